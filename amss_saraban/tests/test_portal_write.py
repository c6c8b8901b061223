# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.tests import freeze_time, tagged

from .common import PDF
from .portal_common import PortalCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestPortalWrite(PortalCase):
    def setUp(self):
        super().setUp()
        self._login()

    def test_write_and_send_in_one_go(self):
        page = self._write(
            summary="สรุป",
            urgency="urgent",
            is_circular="1",
            description_1="หนังสือนำส่ง",
            files={"file_1": ("รายงาน.pdf", PDF)},
        )
        letter = self._letters()
        self.assertEqual(letter.letter_number, "ศธ 04999.001/ว1")
        self.assertIn(letter.letter_number, page.text)
        self.assertEqual(letter.addressee_text, self.office.name)
        self.assertEqual(letter.recipient_ids.agency_id, self.office)
        self.assertEqual((letter.urgency, letter.summary), ("urgent", "สรุป"))
        self.assertEqual(letter.attachment_ids.description, "หนังสือนำส่ง")
        self.assertEqual(letter.entry_id.person_name, self.school_user.name)

    def test_number_first_file_and_sending_later(self):
        self._write(action="issue")
        letter = self._letters()
        self.assertEqual((letter.state, letter.sent_at), ("registered", False))
        url = f"/my/letters/sent/{letter.id}"
        self._post(f"{url}/attach", files={"file_1": ("ลงนาม.pdf", PDF)})
        self._post(f"{url}/send", agency=[self.office.id, self.other_school.id])
        self.env.invalidate_all()
        self.assertEqual(letter.attachment_ids.name, "ลงนาม.pdf")
        self.assertEqual(
            letter.recipient_ids.agency_id, self.office | self.other_school
        )

    def test_dates_of_both_eras(self):
        for typed in ("31 มค 2569", "31/01/2026", "๓๑ มกราคม ๒๕๖๙"):
            with self.subTest(typed=typed):
                self._write(letter_date=typed, action="save")
                self.assertEqual(self._letters()[0].letter_date, date(2026, 1, 31))

    def test_date_of_the_form_is_understood_in_every_language(self):
        lang = self.env["res.lang"]._activate_lang("en_US")
        for code, text in (("th_TH", "5 มี.ค. 2569"), (lang.code, "2026-03-05")):
            with self.subTest(lang=code), freeze_time("2026-03-05 04:00:00"):
                self.school_user.lang = code
                self._login()
                self.assertIn(text, self.url_open("/my/letters/new").text)
                self._write(letter_date=text, action="save")
                self.assertEqual(self._letters()[0].letter_date, date(2026, 3, 5))

    def test_nothing_typed_is_lost(self):
        page = self._write(
            subject="",
            letter_date="31 กุมภาพันธ์ 2569",
            summary="พิมพ์ไว้ <ยาว>",
            agency="",
            files={"file_1": ("แนบ.pdf", PDF), "file_2": ("ว่าง.pdf", b"")},
        )
        draft = self._letters()
        self.assertEqual((draft.state, draft.summary), ("draft", "พิมพ์ไว้ <ยาว>"))
        self.assertEqual(draft.attachment_ids.name, "แนบ.pdf")
        for text in ("31 กุมภาพันธ์ 2569", "พิมพ์ไว้ &lt;ยาว&gt;", "ว่าง.pdf", "แนบ.pdf"):
            self.assertIn(text, page.text)
        problems = page.text.split("o_amss_problems")[1].split("</ul>")[0]
        self.assertEqual(problems.count("<li>"), 4)

    def test_missing_fields_are_named_together(self):
        for action in ("send", "issue"):
            page = self._write(subject="", agency="", action=action)
            problems = page.text.split("o_amss_problems")[1].split("</ul>")[0]
            self.assertEqual(problems.count("<li>"), 2)
        self.assertFalse(self._letters().entry_id)

    def test_letter_dated_in_another_year(self):
        page = self._write(letter_date="31/12/2568")
        self.assertIn("2568", page.text.split("o_amss_problems")[1])
        self.assertEqual(self._letters().state, "draft")

    def test_bad_files(self):
        self.company.sudo().amss_file_megabytes = 1
        table = [
            ("ว่าง.pdf", b""),
            ("ใหญ่.pdf", PDF + b"0" * 1024 * 1024),
            ("โปรแกรม.pdf", b"MZ\x90\x00" + b"\0" * 200),
            ("รูป.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 200),
            ("โปรแกรม.exe", PDF),
        ]
        for name, content in table:
            with self.subTest(name=name):
                page = self._write(files={"file_1": (name, content)})
                self.assertIn(name, page.text.split("o_amss_problems")[1])
                letter = self._letters()[0]
                self.assertEqual((letter.state, letter.file_count), ("draft", 0))

    def test_name_of_300_thai_characters(self):
        self._write(files={"file_1": ("ก" * 300 + ".pdf", PDF)})
        letter = self._letters()
        self.assertEqual(letter.state, "registered")
        file = letter.attachment_ids
        self.assertTrue(file.name.endswith(".pdf"))
        reply = self.url_open(f"/my/letters/sent/{letter.id}/files/{file.id}")
        self.assertEqual(reply.content, PDF)

    def test_form_sent_twice_makes_one_letter(self):
        key = {"form_key": "0123456789abcdef0123456789abcdef"}
        first = self._write(**key)
        second = self._write(**key)
        self.assertEqual(len(self._letters()), 1)
        self.assertEqual(first.url, second.url)
        self.assertEqual(len(self._letters().entry_ids), 1)

    def test_draft_is_kept_changed_and_deleted(self):
        self._write(action="save", files={"file_1": ("แนบ.pdf", PDF)})
        draft = self._letters()
        url = f"/my/letters/sent/{draft.id}/edit"
        self.assertIn("รายงานผล", self.url_open("/my/letters/drafts").text)
        self._write(url, action="save", subject="แก้แล้ว")
        self._write(url, remove=draft.attachment_ids.id, subject="แก้แล้วอีก")
        self.env.invalidate_all()
        self.assertEqual((draft.subject, draft.file_count), ("แก้แล้วอีก", 0))
        self.assertEqual(draft.planned_agency_ids, self.office)
        self._post(f"/my/letters/sent/{draft.id}/discard")
        self.assertFalse(draft.exists())

    def test_only_agencies_of_the_district_get_letters(self):
        foreign = self.env["res.partner"].create(
            {"name": "โรงเรียนเขตอื่น", "agency_type": "school"}
        )
        self._write(agency=[foreign.id, self.school.id, self.other_school.id])
        self.assertEqual(self._letters().recipient_ids.agency_id, self.other_school)

    def test_answer_refers_to_the_letter(self):
        self.row.with_user(self.school_user).sudo()._accept()
        url = f"/my/letters/new?reply_to={self.row.id}"
        self.assertIn("หนังสือ 1", self.url_open(url).text)
        self._write(url, reply_to=self.row.id)
        self.assertEqual(self._letters().reply_to_id, self.row.document_id)
