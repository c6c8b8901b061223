# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The tables of S3 on paper."""

from datetime import date

from lxml import html

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from odoo.addons.base.tests.common import BaseCommon

from ..tools import sheets
from .common import FRIDAY, NOW, RoomsCase

REPORT = "amss_rooms.report_room_timetable"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPrint(RoomsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("th_TH")
        cls.env.ref("base.lang_th").buddhist_era = True

    def dialog(self, user=None, **values):
        dialogs = self.env["amss.room.print"].with_user(user or self.requester)
        return dialogs.with_context(lang="th_TH").create(values)

    def tables(self, dialog):
        """Give the printed tables: rows of texts of cells, for each sheet."""
        # as the web client: the report in the language of the reader
        report = self.env["ir.actions.report"].with_user(dialog.env.user)
        page, _type = report.with_context(lang="th_TH")._render_qweb_html(
            REPORT, dialog.ids
        )
        self.page = html.fromstring(page)
        return [
            [
                [" ".join(cell.text_content().split()) for cell in row.iter("th", "td")]
                for row in table.iter("tr")
            ]
            for table in self.page.iterfind(".//table[@class='amss_grid']")
        ]

    # ------------------------------------------------------------------
    # Month
    # ------------------------------------------------------------------
    def test_the_month_as_in_s3(self):
        self.book(slot="morning")
        self.book(self.keeper, room_id=self.phailin.id, date=FRIDAY, slot="day")
        (table,) = self.tables(self.dialog(date=date(2023, 6, 20)))
        self.assertEqual(table[0][1:], ["เพชร", "ไพลิน"])
        self.assertEqual(len(table), 1 + 30)
        thursday, friday = table[8], table[9]
        self.assertEqual(thursday[0], "พฤหัสบดี 8 มิถุนายน")
        self.assertIn("ประชุมครูผู้ช่วย กลุ่มบริหารงานบุคคล (", thursday[1])
        self.assertIn("20", thursday[1])
        # the other half of the day is told to be free, a whole day is not
        self.assertEqual(len(self._lines("free", row=8)), 2)
        self.assertEqual(len(self._lines("free", row=9)), 1)
        self.assertIn("ประชุมครูผู้ช่วย", friday[2])
        heading = self.page.find(".//h1").text_content()
        self.assertIn("มิถุนายน 2566", heading)
        self.assertIn("สพป.ตัวอย่าง เขต 1", self.page.text_content())
        self.assertIn("1 มิ.ย. 2566 12:00 น.", self.page.text_content())

    def test_what_is_not_held_is_not_printed(self):
        self.book().with_user(self.keeper)._refuse("ห้องปิดซ่อม")
        (table,) = self.tables(self.dialog())
        self.assertNotIn("ประชุมครูผู้ช่วย", str(table))

    def test_closed_days_and_hours(self):
        leaves = self.env["resource.calendar.leaves"].with_company(self.office)
        leaves.create(
            [
                {
                    "name": "วันหยุดทดสอบ",
                    "date_from": "2023-06-07 17:00:00",
                    "date_to": "2023-06-08 16:59:59",
                    "company_id": self.office.id,
                },
                {
                    "name": "ตรวจไฟ",
                    "date_from": "2023-06-09 01:30:00",
                    "date_to": "2023-06-09 05:00:00",
                    "company_id": self.office.id,
                    "resource_id": self.phet.resource_id.id,
                },
            ]
        )
        (table,) = self.tables(self.dialog())
        self.assertTrue(all(text.endswith("วันหยุดทดสอบ") for text in table[8][1:]))
        self.assertIn("08:30–12:00 ตรวจไฟ", table[9][1])
        self.assertEqual(len(self._lines("closed", row=9)), 1)
        self.assertEqual(len(self._lines("free", row=9)), 2)

    def _lines(self, kind, row):
        rows = self.page.findall(".//table[@class='amss_grid']//tr")
        return rows[row].findall(f".//div[@class='amss_{kind}']")

    def test_many_rooms_are_on_several_sheets(self):
        self.env["amss.room"].create(
            [
                {"name": f"ห้อง {number}", "company_id": self.office.id}
                for number in range(7)
            ]
        )
        tables = self.tables(self.dialog())
        self.assertEqual([len(table[0]) for table in tables], [5, 6])
        numbers = [side.text_content() for side in self.page.find_class("amss_side")]
        self.assertIn("2/2", "".join(numbers[1].split()))

    def test_rooms_that_were_chosen(self):
        dialog = self.dialog(room_ids=self.phailin.ids)
        self.assertEqual(self.tables(dialog)[0][0][1:], ["ไพลิน"])

    def test_a_room_no_longer_in_use_where_it_was_used(self):
        self.book(self.keeper)
        with freeze_time("2023-07-10 05:00:00"):
            self.phet.active = False
            june, july = (
                self.tables(self.dialog(date=date(2023, month, 1))) for month in (6, 7)
            )
        self.assertEqual(june[0][0][1:], ["เพชร", "ไพลิน"])
        self.assertEqual(july[0][0][1:], ["ไพลิน"])

    # ------------------------------------------------------------------
    # Years
    # ------------------------------------------------------------------
    def test_years_by_months(self):
        self.phet.horizon_days = 0
        self.book()
        self.book(slot="afternoon")
        self.book(date=date(2024, 1, 1), slot="times", hour_from=6, hour_to=7)
        dialog = self.dialog(kind="years")
        self.assertEqual((dialog.year_from, dialog.year_to), ("2566", "2567"))
        (table,) = self.tables(dialog)
        self.assertEqual(table[0][1:3] + table[0][6:7], ["ม.ค.", "ก.พ.", "มิ.ย."])
        after, before = table[1:]
        self.assertEqual((after[0], before[0]), ("2567", "2566"))
        self.assertTrue(after[1].startswith("1 "))
        self.assertTrue(before[6].startswith("2 "))
        self.assertTrue(before[13].startswith("2 "))
        self.assertEqual(len(self._lines("free", row=2)), 11)

    def test_years_of_either_era_and_in_thai_digits(self):
        for first, last in (("2565", "2566"), ("2022", "2023"), ("๒๕๖๕", " 2023")):
            with self.subTest(first):
                dialog = self.dialog(kind="years", year_from=first, year_to=last)
                self.assertEqual(
                    [row[0] for row in self.tables(dialog)[0][1:]], ["2566", "2565"]
                )

    def test_what_is_no_year_is_refused(self):
        for first, last in (
            ("69", "2569"),
            ("2569", "25699"),
            ("มิ.ย.", "2569"),
            ("", "2569"),
            ("2569", "2566"),
            ("2400", "2569"),
            ("2443", "2569"),
        ):
            with (
                self.subTest(f"{first}-{last}"),
                self.assertRaises(ValidationError) as caught,
                self.cr.savepoint(),
            ):
                self.dialog(kind="years", year_from=first, year_to=last)
            self.assertTrue(str(caught.exception))

    def test_a_month_has_to_be_chosen(self):
        with self.assertRaises(ValidationError):
            self.dialog(date=False)

    # ------------------------------------------------------------------
    # Who, and how
    # ------------------------------------------------------------------
    def test_the_button_gives_the_report(self):
        action = self.dialog().action_print()
        self.assertEqual(action["report_name"], REPORT)
        self.assertTrue(action["close_on_report_download"])

    def test_an_office_without_rooms_is_told_so(self):
        (self.phet | self.phailin).unlink()
        with self.assertRaisesRegex(UserError, "สพป.ตัวอย่าง เขต 1"):
            self.dialog().action_print()

    def test_dialogs_are_their_own_users(self):
        dialog = self.dialog()
        with self.assertRaises(AccessError):
            dialog.with_user(self.other).date = date(2023, 7, 1)

    def test_rooms_of_another_office_are_not_printed(self):
        office = self.env["res.company"].create({"name": "สพป.ตัวอย่าง เขต 2"})
        self.env["amss.room"].create({"name": "ทับทิม", "company_id": office.id})
        dialog = self.dialog(company_id=office.id)
        with self.assertRaises(UserError):
            dialog.action_print()
        self.assertEqual(self.tables(self.dialog())[0][0][1:], ["เพชร", "ไพลิน"])


class TestSheets(BaseCommon):
    """Tables are cut where a sheet of paper is full."""

    def _rows(self, count, text=""):
        return [
            [
                [sheets.Line("1")],
                [sheets.Line("ว่าง"), *[sheets.Line(text)] * bool(text)],
            ]
            for _number in range(count)
        ]

    def test_an_empty_month_is_one_sheet(self):
        self.assertEqual(len(sheets.lay_out(["", "a"], self._rows(31), 6)), 1)

    def test_long_cells_make_more_sheets_and_lose_no_row(self):
        rows = self._rows(31, "ประชุม " * 100)
        found = sheets.lay_out(["", "a"], rows, 6)
        self.assertGreater(len(found), 1)
        self.assertEqual([row for sheet in found for row in sheet.rows], rows)
        self.assertEqual(
            [(sheet.number, sheet.count) for sheet in found],
            [(number, len(found)) for number in range(1, len(found) + 1)],
        )
        for sheet in found:
            self.assertLessEqual(sum(map(sheets.row_height, sheet.rows)), sheets.HEIGHT)

    def test_a_cell_longer_than_a_sheet_is_alone_on_its_own(self):
        rows = self._rows(2) + self._rows(1, "ประชุม " * 10000) + self._rows(1)
        found = sheets.lay_out(["", "a"], rows, 6)
        self.assertEqual([len(sheet.rows) for sheet in found], [2, 1, 1])

    def test_marks_above_letters_take_no_room(self):
        plain, marked = (
            sheets.row_height([[sheets.Line("")], [sheets.Line(text)]])
            for text in ("ก" * 130, "ก้" * 130)
        )
        self.assertEqual(plain, marked)

    def test_columns_are_shared_out_evenly(self):
        head = ["", *"abcdefg"]
        rows = [[[sheets.Line(text)] for text in head]]
        found = sheets.lay_out(head, rows, 6)
        self.assertEqual([sheet.head for sheet in found], [["", *"abc"], ["", *"defg"]])
        self.assertEqual(
            found[1].rows, [[[sheets.Line(text)] for text in ["", *"defg"]]]
        )
