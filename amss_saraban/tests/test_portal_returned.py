# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import freeze_time, tagged

from .common import PDF
from .portal_common import PortalCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestPortalReturned(PortalCase):
    """A letter of a school that the office or another school has returned."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        letters = cls.env["amss.document"].with_user(cls.school_user).sudo()
        cls.letter = letters.create({"subject": "รายงานผล", "addressee_text": "ผอ.เขต"})
        cls._attach(cls.letter.with_user(cls.env.user))
        cls.letter._issue()
        cls.letter._send(cls.office | cls.other_school)
        cls.to_office = cls._row_at(cls.office)
        cls.to_school = cls._row_at(cls.other_school)
        cls.url = f"/my/letters/sent/{cls.letter.id}"
        cls.inbox = f"/my/letters/{cls.row.id}"

    @classmethod
    def _row_at(cls, agency):
        return cls.letter.recipient_ids.filtered(lambda row: row.agency_id == agency)

    def setUp(self):
        super().setUp()
        self._login()

    def _return(self, kind="other", reason="ขาดลายเซ็น", row=None):
        (row or self.to_office).with_user(self.central).sudo()._return(kind, reason)

    def _step(self, step, **data):
        page = self._post(f"{self.url}/{step}", **data)
        self.env.invalidate_all()
        return page.text

    def test_home_and_lists_say_how_many_were_returned(self):
        self.assertNotIn("o_amss_returned_alert", self.url_open("/my/letters").text)
        self._return()
        self._return(row=self.to_school)
        counters = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["amss_returned_count"]}
        )
        self.assertEqual(counters["amss_returned_count"], 2)
        for url in ("/my/letters", "/my/registers/sent"):
            self.assertIn("o_amss_returned_alert", self.url_open(url).text)
        text = self.url_open("/my/letters/returned").text
        self.assertEqual(text.count("o_amss_returned_letter"), 2)
        self.assertIn("ขาดลายเซ็น", text)

    def test_other_schools_see_nothing_of_it(self):
        self._return()
        self._login(self.other_school_user)
        text = self.url_open("/my/letters/returned").text
        self.assertNotIn("รายงานผล", text)
        self.assertNotIn("o_amss_returned_letter", text)

    def test_accept_the_return_once(self):
        self._return()
        for _click in range(2):
            self.assertIn("alert-success", self._step("accept-return"))
        self.assertEqual(self.to_office.return_accepted_by_id, self.school_user)
        events = self.letter.event_ids.filtered(lambda e: e.kind == "return_accepted")
        self.assertEqual(events.agency_id, self.school | self.office)
        self.assertEqual(len(events), 2)
        text = self.url_open("/my/letters/returned").text
        self.assertNotIn("o_amss_returned_letter", text)

    def test_next_steps_come_after_accepting(self):
        marks = ("/returned-again", "#o_amss_take_off", "#o_amss_anew")
        for kind, shown in (
            ("damaged_file", (True, False, False)),
            ("wrong_addressee", (False, True, False)),
            ("wrong_letter", (False, False, True)),
        ):
            with self.subTest(kind=kind):
                self._return(kind)
                text = self.url_open(self.url).text
                self.assertFalse([mark for mark in marks if mark in text])
                self._step("accept-return")
                text = self.url_open(self.url).text
                self.assertEqual(tuple(mark in text for mark in marks), shown)
                self.to_office._send_again()

    def test_file_is_corrected_and_the_letter_accepted(self):
        self._return("damaged_file", "เปิดไม่ได้")
        self._return("wrong_addressee", row=self.to_school)
        self._step("accept-return")
        self._post(
            f"{self.url}/correct",
            files={"file": ("ใหม่.pdf", PDF)},
            file_id=self.letter.attachment_ids.id,
            reason="สแกนใหม่",
            again="1",
        )
        self.env.invalidate_all()
        # who said that it is not for them does not get it again
        self.assertEqual(
            (self.to_office.state, self.to_school.state), ("sent", "returned")
        )
        self.to_office.with_user(self.central).sudo()._accept()
        text = self.url_open(self.url).text
        self.assertIn("1/2569", text)

    def test_every_dialog_has_its_reason(self):
        self._return()
        self._step("accept-return")
        text = self.url_open(self.url).text
        for dialog in ("take_off", "anew", "correct", "void"):
            self.assertIn(f'id="o_amss_{dialog}_reason"', text)
        self.assertIn('id="o_amss_return_reason"', self.url_open(self.inbox).text)

    def test_wrong_addressee_is_taken_off(self):
        self._return("wrong_addressee", "เรื่องของ สพม.")
        self._step("accept-return")
        self.assertIn("alert-danger", self._step("take-off", reason=" "))
        self.assertEqual(self.to_office.state, "returned")
        self._step("take-off", reason="ส่งผิดหน่วยงาน")
        self.assertEqual(
            (self.to_office.state, self.to_school.state), ("recalled", "sent")
        )

    def test_sent_again_from_the_letter(self):
        self._return("damaged_file")
        self._step("accept-return")
        for _click in range(2):
            self.assertNotIn("alert-danger", self._step("returned-again"))
        self.assertEqual(self.to_office.state, "sent")

    def test_void_and_written_anew(self):
        self._return("wrong_letter")
        self._step("accept-return")
        page = self._step("anew", reason="ขาดลายเซ็น")
        self.assertEqual(self.letter.state, "void")
        draft = self._letters()[0]
        self.assertEqual((draft.state, draft.subject), ("draft", "รายงานผล"))
        self.assertEqual(draft.agency_id, self.school)
        self.assertEqual(draft.attachment_ids.raw, PDF)
        self.assertEqual(draft.planned_agency_ids, self.office | self.other_school)
        self.assertIn(f"/my/letters/sent/{draft.id}", page)
        # the second half of a double click
        self.assertIn("alert-danger", self._step("anew", reason="ขาดลายเซ็น"))
        self.assertEqual(len(self._letters()), 2)

    def test_history_on_both_sides(self):
        self._return("damaged_file", "เปิดไม่ได้ <b>")
        self.to_office._send_again()
        text = self.url_open(self.url).text.split("o_amss_history")[1]
        self.assertIn("เปิดไม่ได้ &lt;b&gt;", text)
        self.assertIn("saraban_central", text)
        self.row._return("other", "ไม่ใช่ของเรา")
        self.row._send_again()
        text = self.url_open(f"/my/letters/{self.row.id}").text
        self.assertIn("ไม่ใช่ของเรา", text.split("o_amss_history")[1])

    def test_an_addressee_sees_nothing_of_the_others_or_of_the_inside(self):
        document = self.row.document_id
        self._row_of(self.other_school)._return("other", "ความเห็นของโรงเรียนอื่น")
        document._record_event("endorsed", "ภายในเท่านั้น")
        text = self.url_open(f"/my/letters/{self.row.id}").text
        self.assertNotIn("ความเห็นของโรงเรียนอื่น", text)
        self.assertNotIn("ภายในเท่านั้น", text)
        self.assertNotIn("โรงเรียนทดสอบ 2", text.split("o_amss_history")[-1])
