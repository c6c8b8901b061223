# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import io

import openpyxl

from odoo.tests import freeze_time, tagged

from .common import PDF
from .portal_common import PortalCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestPortalSent(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.letter = cls._own_letter("รายงานผล")
        cls.letter._send(cls.office | cls.other_school)
        cls.to_office, cls.to_school = (
            cls.letter.recipient_ids.filtered(lambda row, to=to: row.agency_id == to)
            for to in (cls.office, cls.other_school)
        )
        cls.url = f"/my/letters/sent/{cls.letter.id}"

    @classmethod
    def _own_letter(cls, subject):
        """Return a letter that the first school has numbered, with a file."""
        letter = (
            cls.env["amss.document"]
            .with_user(cls.school_user)
            .sudo()
            .create({"subject": subject, "addressee_text": "ผอ.เขต"})
        )
        cls._attach(letter.with_user(cls.env.user))
        letter._issue()
        return letter

    def setUp(self):
        super().setUp()
        self._login()

    def test_status_shows_what_each_has_done(self):
        self.to_office.with_user(self.central).sudo()._accept()
        self.to_school._return("other", "ไม่เกี่ยวข้อง")
        text = self.url_open(self.url).text
        for expected in ("1/2569", "saraban_central", "ไม่เกี่ยวข้อง", "ศธ 04999.001/1"):
            self.assertIn(expected, text)

    def test_recall_needs_a_reason_and_a_tick(self):
        page = self._post(f"{self.url}/recall", reason="ส่งผิด")
        self.assertIn("alert-danger", page.text)
        page = self._post(f"{self.url}/recall", recipient=self.to_school.id)
        self.assertIn("alert-danger", page.text)
        self._post(f"{self.url}/recall", reason="ส่งผิด", recipient=self.to_school.id)
        self.env.invalidate_all()
        self.assertEqual(self.to_school.state, "recalled")
        self.assertEqual(self.to_office.state, "sent")

    def test_accepted_letter_is_not_recalled(self):
        self.to_office.with_user(self.central).sudo()._accept()
        page = self._post(
            f"{self.url}/recall", reason="ส่งผิด", recipient=self.to_office.id
        )
        self.assertIn("saraban_central", page.text.split("alert-danger")[1])
        self.env.invalidate_all()
        self.assertEqual(self.to_office.state, "accepted")

    def test_addressees_of_other_letters_cannot_be_ticked(self):
        self._post(f"{self.url}/recall", reason="x", recipient=self.row.id)
        self.env.invalidate_all()
        self.assertEqual(self.row.state, "sent")

    def test_correct_and_send_again(self):
        self.to_school._return("other", "ไฟล์เสีย")
        old = self.letter.attachment_ids
        self._post(
            f"{self.url}/correct",
            files={"file": ("ใหม่.pdf", PDF)},
            file_id=old.id,
            reason="สแกนใหม่",
            again="1",
        )
        self.env.invalidate_all()
        self.assertEqual(self.letter.attachment_ids.name, "ใหม่.pdf")
        self.assertTrue(old.letter_superseded_at)
        self.assertEqual(self.to_school.state, "sent")

    def test_correct_wants_a_file_and_a_reason(self):
        old = self.letter.attachment_ids
        for files, reason in (({}, "x"), ({"file": ("ใหม่.pdf", PDF)}, "")):
            page = self._post(
                f"{self.url}/correct", files=files, file_id=old.id, reason=reason
            )
            self.assertIn("alert-danger", page.text)
            self.env.invalidate_all()
            self.assertEqual(self.letter.attachment_ids, old)

    def test_send_again_to_who_returned(self):
        self.to_school._return("other", "ขอใหม่")
        self._post(f"{self.url}/again", recipient=self.to_school.id)
        self.env.invalidate_all()
        self.assertEqual(self.to_school.state, "sent")

    def test_remind(self):
        self._post(f"{self.url}/remind")
        self.env.invalidate_all()
        self.assertTrue(self.to_office.reminded_at)

    def test_void_with_a_reason(self):
        self.assertIn("alert-danger", self._post(f"{self.url}/void").text)
        self._post(f"{self.url}/void", reason="ออกเลขซ้ำ")
        self.env.invalidate_all()
        self.assertEqual(self.letter.state, "void")
        self.assertEqual(self.to_office.state, "recalled")
        self.assertIn("ออกเลขซ้ำ", self.url_open(self.url).text)
        self.assertIn("ออกเลขซ้ำ", self.url_open("/my/registers/sent").text)

    def test_send_twice_sends_once(self):
        for _click in range(2):
            self._post(f"{self.url}/send", agency=self.schools[2].id)
        self.env.invalidate_all()
        self.assertEqual(len(self.letter.recipient_ids), 3)

    def test_status_page_costs_the_same_for_5_and_50(self):
        schools = self.env["res.partner"].create(
            [{"name": f"ร.ร. {n}", "agency_type": "school"} for n in range(50)]
        )
        counts = []
        for some in (schools[:3], schools[3:]):
            self.letter._send(some)
            self.url_open(self.url)
            self.env.flush_all()
            start = self.env.cr.sql_log_count
            self.url_open(self.url)
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[0], counts[1])


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestPortalRegister(PortalCase):
    def setUp(self):
        super().setUp()
        self._login()

    def _accept_all(self):
        self.school_rows.with_user(self.school_user).sudo()._accept()

    def test_received_register(self):
        self._accept_all()
        text = self.url_open("/my/registers/received").text
        for expected in ("1/2569", "2/2569", "หนังสือ 1", "ศธ 04999/1", "10 มี.ค. 2569"):
            self.assertIn(expected, text)
        text = self.url_open("/my/registers/received?search=หนังสือ+2").text
        self.assertNotIn("หนังสือ 1", text)
        text = self.url_open("/my/registers/received?search=๑").text
        self.assertIn("1/2569", text)

    def test_other_years_are_apart(self):
        self._accept_all()
        with freeze_time("2027-01-05 04:00:00"):
            self._login()
            self.assertNotIn("หนังสือ 1", self.url_open("/my/registers/received").text)
            for year in ("2569", "all"):
                text = self.url_open(f"/my/registers/received?year={year}").text
                self.assertIn("หนังสือ 1", text)

    def _sheet(self, url):
        reply = self.url_open(url)
        self.assertEqual(reply.headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("attachment", reply.headers["Content-Disposition"])
        book = openpyxl.load_workbook(io.BytesIO(reply.content))
        for row in book.active.iter_rows():
            self.assertNotIn("f", [cell.data_type for cell in row], "a formula")
        return list(book.active.iter_rows(values_only=True))

    def test_excel_of_the_received_register(self):
        self.school_rows[1].document_id.sudo()._write({"subject": "=1+1"})
        self._accept_all()
        title, _head, first, second = self._sheet("/my/registers/received/xlsx")
        self.assertIn(self.school.name, title[0])
        self.assertEqual(first[:2], (1, 2569))
        self.assertEqual(first[2], "10 มี.ค. 2569 11:00 น.")
        self.assertEqual(first[3:5], ("ศธ 04999/1", "10 มี.ค. 2569"))
        self.assertEqual(first[7], "หนังสือ 1")
        self.assertEqual(second[7], "=1+1")

    def test_excel_of_all_years(self):
        self._accept_all()
        with freeze_time("2027-01-05 04:00:00"):
            self._login()
            self.assertEqual(len(self._sheet("/my/registers/received/xlsx")), 2)
            rows = self._sheet("/my/registers/received/xlsx?year=all")
        self.assertEqual([row[0] for row in rows[2:]], [1, 2])

    def test_register_costs_the_same_for_5_and_50_lines(self):
        counts = []
        for more in (3, 45):
            rows = self._sent(*[f"ที่ {index}" for index in range(more)])
            rows.with_user(self.school_user).sudo()._accept()
            self.url_open("/my/registers/received")
            self.env.flush_all()
            start = self.env.cr.sql_log_count
            self.url_open("/my/registers/received")
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[0], counts[1])
