# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import SarabanCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestIssue(SarabanCommon):
    def test_next_number_shown_is_up_to_date(self):
        self.assertEqual(self.register.next_number, 1)
        self._issued()
        self.assertEqual(self.register.next_number, 2)

    def test_numbers_follow_on_and_show_on_the_letter(self):
        first, second = self._issued(), self._issued(is_circular=True)
        self.assertEqual(first.letter_number, "ศธ 04999/1")
        self.assertEqual(second.letter_number, "ศธ 04999/ว2")
        self.assertEqual(second.entry_id.display_name, "2/2569")

    def test_circulars_in_a_series_of_their_own(self):
        self.register.circular_series = "own"
        numbers = [
            self._issued(is_circular=circular).letter_number
            for circular in (False, True, True, False)
        ]
        self.assertEqual(
            numbers, ["ศธ 04999/1", "ศธ 04999/ว1", "ศธ 04999/ว2", "ศธ 04999/2"]
        )

    def test_thai_digits(self):
        self.register.digits = "thai"
        self.assertEqual(self._issued().letter_number, "ศธ ๐๔๙๙๙/๑")

    def test_first_number_of_an_office_that_changes_over(self):
        self.register.current_year_id.first_number = 509
        self.assertEqual(self._issued().letter_number, "ศธ 04999/509")
        with self.assertRaisesRegex(UserError, "509"):
            self.register.current_year_id.first_number = 1

    def test_incomplete_letters_get_no_number(self):
        for values, missing in (
            ({"subject": False}, "Subject"),
            ({"addressee_text": "  "}, "To"),
        ):
            document = self._draft(**values)
            with self.assertRaisesRegex(UserError, missing):
                document.action_issue()
            self.assertEqual(document.state, "draft")
        self.assertEqual(self.register.next_number, 1)

    def test_second_click_names_the_number(self):
        document = self._issued()
        with self.assertRaisesRegex(UserError, "ศธ 04999/1"):
            document.action_issue()
        self.assertEqual(self.register.next_number, 2)

    def test_frozen_once_issued(self):
        document = self._issued()
        for values in (
            {"subject": "x"},
            {"letter_date": date(2026, 1, 1)},
            {"letter_number": "x"},
            {"addressee_text": "x"},
            {"state": "draft"},
        ):
            with self.assertRaises(UserError):
                document.write(values)
        with self.assertRaises(UserError):
            document.unlink()
        with self.assertRaises(UserError):
            document.sudo().entry_id.number = 7
        with self.assertRaises(UserError):
            document.sudo().entry_id.unlink()

    def test_letter_date_of_another_year(self):
        document = self._draft(letter_date=date(2025, 12, 31))
        with self.assertRaisesRegex(UserError, "2568.*2569"):
            document.action_issue()

    def test_closed_year(self):
        document = self._draft()
        self.register.current_year_id.closed = True
        with self.assertRaisesRegex(UserError, "2569"), self.cr.savepoint():
            document.action_issue()
        self.assertEqual(document.state, "draft")

    def test_new_year_minute(self):
        """23:59 of 31 December and 00:00 of 1 January are Bangkok's, not UTC's."""
        with freeze_time("2026-12-31 16:59:30"):
            old = self._issued()
        with freeze_time("2026-12-31 17:00:10"):
            new = self._issued()
        self.assertEqual(old.entry_id.display_name, "1/2569")
        self.assertEqual(new.entry_id.display_name, "1/2570")
        with freeze_time("2026-12-31 17:00:10"):
            years = self.register.year_ids
            years.invalidate_recordset()
            states = {year.year: year.state for year in years}
        self.assertEqual((states[2569], states[2570]), ("closed", "open"))

    def test_year_is_that_of_the_agencys_own_clock(self):
        """At 06:30 of 1 January in Bangkok it is still 31 December in London."""
        self.office.tz = "Europe/London"
        with freeze_time("2026-12-31 23:30:00"):
            self.assertEqual(self._issued().entry_id.year, 2569)
        with freeze_time("2027-01-01 00:00:30"):
            self.assertEqual(self._issued().entry_id.display_name, "1/2570")

    def test_book_with_numbers_of_the_year_gives_none_twice(self):
        self._issued(is_circular=True)
        for values in ({"active": False}, {"circular_series": "own"}):
            with self.assertRaisesRegex(UserError, "2569"), self.cr.savepoint():
                self.register.write(values)
        with freeze_time("2026-12-31 17:00:10"):
            self.register.circular_series = "own"

    def test_number_formats_that_could_not_tell_two_letters_apart(self):
        for text in ("{prefix}", "{number}{number}", "{number:>99}", "{x}/{number}"):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.register.number_format = text
        self.register.circular_series = "own"
        with self.assertRaises(ValidationError):
            self.register.number_format = "{prefix}/{number}"

    def test_each_letter_goes_in_the_book_of_its_sort(self):
        written, outside = self._draft(), self._draft(origin="outside")
        with self.assertRaisesRegex(UserError, "register"), self.cr.savepoint():
            written.action_register_outside()
        with self.assertRaisesRegex(UserError, "register"), self.cr.savepoint():
            outside.action_issue()
        self.assertEqual((written | outside).mapped("state"), ["draft", "draft"])

    def test_outside_letter_dated_in_the_future(self):
        document = self._draft(
            origin="outside", sender_text="กรมทดสอบ", letter_date=date(2026, 3, 11)
        )
        with self.assertRaises(UserError):
            document.action_register_outside()

    def test_reserved_number_of_a_closed_year(self):
        wizard = self.env["amss.reserve"].with_user(self.central)
        wizard.create({"count": 1, "remark": "โทรจอง"}).action_confirm()
        entry = self.env["amss.register.entry"].search(
            [("state", "=", "reserved"), ("register_id", "=", self.register.id)]
        )
        self.register.current_year_id.closed = True
        with self.assertRaisesRegex(UserError, "1/2569"):
            self._issued(reserved_entry_id=entry.id)

    def test_reserve_then_use(self):
        wizard = self.env["amss.reserve"].with_user(self.central)
        wizard.create({"count": 2, "remark": "โทรจอง"}).action_confirm()
        third = self._issued()
        reserved = self.env["amss.register.entry"].search(
            [("state", "=", "reserved"), ("register_id", "=", self.register.id)],
            order="number",
        )
        document = self._issued(reserved_entry_id=reserved[0].id)
        self.assertEqual(third.letter_number, "ศธ 04999/3")
        self.assertEqual(document.letter_number, "ศธ 04999/1")
        self.assertEqual(reserved[0].document_id, document)
        with self.assertRaisesRegex(UserError, "1/2569"):
            self._issued(reserved_entry_id=reserved[0].id)

    def test_void_keeps_the_number_used(self):
        document = self._issued()
        document.entry_id._void("พิมพ์ผิด")
        self.assertEqual(document.state, "void")
        self.assertEqual(document.entry_id.void_reason, "พิมพ์ผิด")
        self.assertEqual(self._issued().letter_number, "ศธ 04999/2")
        for reason in ("", "  "):
            with self.assertRaises(UserError):
                self._issued().entry_id._void(reason)

    def test_new_user_may_draft(self):
        user = self.env["res.users"].create(
            {
                "name": "คนใหม่",
                "login": "saraban_newcomer",
                "company_id": self.company.id,
                "company_ids": [(6, 0, self.company.ids)],
            }
        )
        self.assertEqual(self._draft(user).state, "draft")

    def test_who_may_issue(self):
        mine = self.departments[0].id
        self.assertTrue(self._issued(self.unit, department_id=mine).letter_number)
        with self.assertRaises(AccessError):
            self._draft(self.staff).action_issue()
        self.company.amss_unit_may_issue = False
        with self.assertRaises(AccessError):
            self._draft(self.unit, department_id=mine).action_issue()

    def test_outside_letter(self):
        document = self._draft(
            origin="outside",
            letter_number="มท 0101/77",
            sender_text="กรมทดสอบ",
            letter_date=date(2025, 12, 30),
        )
        action = document.action_register_outside()
        self.assertEqual(action["target"], "new")
        self.assertEqual(document.entry_id.kind, "received")
        self.assertEqual(document.register_number, 1)
        self.assertEqual(document.letter_number, "มท 0101/77")

    def test_letter_and_line_name_the_same_group(self):
        document = self._issued(department_id=self.departments[0].id)
        document.department_id = self.departments[1]
        self.assertEqual(document.entry_id.department_id, self.departments[1])
        document.entry_id.with_user(self.central).department_id = self.departments[0]
        self.assertEqual(document.department_id, self.departments[0])

    def test_context_cannot_pretend_a_state(self):
        document = (
            self.env["amss.document"]
            .with_user(self.staff)
            .with_context(
                default_state="registered", default_letter_number="ศธ 04999/99"
            )
            .create({"subject": "x"})
        )
        self.assertEqual((document.state, document.letter_number), ("draft", False))

    def test_void_recalls_and_spares_the_accepted(self):
        document = self._issued()
        document._send(self.schools[:2])
        document.entry_id._void("ยกเลิก")
        self.assertEqual(set(document.recipient_ids.mapped("state")), {"recalled"})
        taken = self._issued()
        taken._send(self.schools[:2])
        taken.recipient_ids[0]._accept()
        with self.assertRaisesRegex(UserError, taken.letter_number):
            taken.entry_id._void("ยกเลิก")

    def test_void_receive_line_puts_letter_back_in_the_inbox(self):
        document = self._issued()
        document._send(self.school)
        row = document.recipient_ids
        row._accept()._void("รับผิดฉบับ")
        self.assertEqual((row.state, row.entry_id.id), ("opened", False))
        self.assertEqual(row._accept().number, 2)
