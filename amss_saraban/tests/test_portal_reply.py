# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.tests import freeze_time, tagged

from .portal_common import PortalCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestPortalReply(PortalCase):
    def setUp(self):
        super().setUp()
        self._login()

    def _asked(self, reply_by="2026-03-12", school=None):
        """Send a letter that asks for an answer; return the row of the school."""
        document = self._issued(subject="ขอรายงาน", reply_by=reply_by)
        document._send(self.schools[:2])
        rows = document.recipient_ids
        return rows.filtered(lambda row: row.agency_id == (school or self.school))

    def _answer(self, row, **typed):
        url = f"/my/letters/new?reply_to={row.id}"
        return self._write(url, reply_to=row.id, **typed)

    def test_the_school_sees_by_when_it_has_to_answer(self):
        row = self._asked()
        for url in ("/my/letters", f"/my/letters/{row.id}"):
            with self.subTest(url=url):
                text = self.url_open(url).text
                self.assertIn("12 มี.ค. 2569", text)
        text = self.url_open("/my/letters?filterby=unanswered").text
        self.assertIn("ขอรายงาน", text)
        self.assertNotIn("หนังสือ 1", text)

    def test_what_is_overdue_is_marked(self):
        row = self._asked()
        row._accept()
        mark = 'class="badge text-bg-danger"'
        self.assertNotIn(mark, self.url_open("/my/letters?filterby=accepted").text)
        with freeze_time("2026-03-13 04:00:00"):
            self._login()
            for url in ("/my/letters?filterby=unanswered", f"/my/letters/{row.id}"):
                with self.subTest(url=url):
                    self.assertIn(mark, self.url_open(url).text)

    def test_a_letter_answered_before_it_was_accepted_is_not_overdue(self):
        row = self._asked()
        answer = self.env["amss.document"].create(
            {
                "agency_id": self.school.id,
                "subject": "ตอบก่อนรับ",
                "addressee_text": "เขต",
                "reply_to_id": row.document_id.id,
            }
        )
        answer._issue()
        answer._send(self.office)
        with freeze_time("2026-03-13 04:00:00"):
            self._login()
            text = self.url_open("/my/letters?filterby=unanswered").text
            self.assertNotIn("ขอรายงาน", text)
            text = self.url_open(f"/my/letters/{row.id}").text
            self.assertNotIn('class="badge text-bg-danger"', text)

    def test_the_answer_is_shown_on_both_sides(self):
        row = self._asked()
        row._accept()
        self._answer(row)
        answer = self._letters()
        self.assertEqual(answer.reply_to_id, row.document_id)
        page = self.url_open(f"/my/letters/{row.id}").text
        self.assertIn(f'href="/my/letters/sent/{answer.id}"', page)
        page = self.url_open(f"/my/letters/sent/{answer.id}").text
        self.assertIn("1/2569", page)
        self.assertIn(row.letter_number, page)
        page = self.url_open("/my/registers/received").text
        self.assertIn(f"{answer.letter_number}", page)
        text = self.url_open("/my/letters?filterby=unanswered").text
        self.assertNotIn("ขอรายงาน", text)

    def test_a_school_sees_who_answered_its_letter(self):
        self._write(agency=[self.office.id, self.other_school.id], reply_by="12/3/2569")
        asked = self._letters()
        self.assertEqual(asked.reply_by, date(2026, 3, 12))
        row = asked.recipient_ids.filtered(lambda one: one.agency_id == self.office)
        row._accept()
        answer = self._issued(reply_to_id=asked.id)
        answer._send(self.school)
        page = self.url_open(f"/my/letters/sent/{asked.id}").text
        came = answer.recipient_ids
        self.assertIn(f'href="/my/letters/{came.id}"', page)
        self.assertIn(answer.letter_number, page)

    def test_a_letter_from_outside_is_answered(self):
        letter = self.env["amss.document"].create(
            {
                "agency_id": self.school.id,
                "origin": "outside",
                "subject": "จากมูลนิธิ",
                "sender_text": "มูลนิธิ",
                "addressee_text": "ผอ.",
            }
        )
        letter._register_outside()
        page = self.url_open(f"/my/letters/outside/{letter.id}").text
        url = f"/my/letters/new?reply_outside={letter.id}"
        self.assertIn(url, page)
        self.assertIn("จากมูลนิธิ", self.url_open(url).text)
        self._write(url, reply_outside=letter.id, action="issue")
        self.assertEqual(self._letters()[0].reply_to_id, letter)
        page = self.url_open(f"/my/letters/outside/{letter.id}").text
        self.assertIn(self._letters()[0].letter_number, page)

    def test_bad_days_keep_what_was_typed(self):
        for typed in ("31 กุมภาพันธ์ 2569", "9/3/2569"):
            with self.subTest(typed=typed):
                page = self._write(reply_by=typed, action="save")
                draft = self._letters()[0]
                self.assertEqual((draft.subject, draft.reply_by), ("รายงานผล", False))
                self.assertIn(typed, page.text)
                self.assertIn("o_amss_problems", page.text)

    def test_a_day_that_passed_meanwhile_does_not_stop_the_draft(self):
        self._write(reply_by="12/3/2569", action="save")
        draft = self._letters()
        with freeze_time("2026-03-13 04:00:00"):
            self._login()
            url = f"/my/letters/sent/{draft.id}/edit"
            self._write(url, reply_by="12/3/2569", subject="แก้", action="save")
            self.env.invalidate_all()
            self.assertEqual(draft.subject, "แก้")
            page = self._write(url, reply_by="12/3/2569", action="send")
            self.assertIn("o_amss_problems", page.text)
            self.env.invalidate_all()
            self.assertEqual(draft.state, "draft")

    def test_the_school_sets_its_own_day(self):
        row = self._asked()
        row._accept()
        url = f"/my/registers/received/{row.entry_id.id}/note"
        self._post(url, reply_due="11 มี.ค. 2569", action_note="มอบครู")
        self.env.invalidate_all()
        line = row.entry_id.sudo()
        self.assertEqual(line.reply_due, date(2026, 3, 11))
        self.assertEqual(row.reply_by, date(2026, 3, 12))
        for typed in ("เมื่อวาน", "9/3/2569"):
            page = self._post(url, reply_due=typed, action_note="อื่น")
            self.assertIn("alert-danger", page.text)
        self.env.invalidate_all()
        self.assertEqual(line.action_note, "มอบครู")

    def test_the_thread_shows_only_what_the_school_has(self):
        row = self._asked()
        row._accept()
        self._answer(row)
        other = self.env["amss.document"].create(
            {
                "agency_id": self.other_school.id,
                "subject": "คำตอบของโรงเรียนอื่น",
                "addressee_text": "เขต",
                "reply_to_id": row.document_id.id,
            }
        )
        other._issue()
        other._send(self.office)
        answer = self._letters()
        for url in (f"/my/letters/{row.id}", f"/my/letters/sent/{answer.id}"):
            with self.subTest(url=url):
                page = self.url_open(url).text
                self.assertEqual(page.count("o_amss_level_"), 2)
                self.assertIn(f'href="/my/letters/{row.id}"', page)
                self.assertNotIn("คำตอบของโรงเรียนอื่น", page)

    def test_others_letters_cannot_be_answered(self):
        row = self._asked(school=self.other_school)
        row._accept()
        letter = self._draft(origin="outside", sender_text="กรม")
        letter.action_register_outside()
        for query in (f"reply_to={row.id}", f"reply_outside={letter.id}"):
            with self.subTest(query=query):
                page = self.url_open(f"/my/letters/new?{query}")
                self.assertEqual(page.status_code, 404)
