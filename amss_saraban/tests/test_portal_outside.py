# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re
from datetime import date

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import PDF
from .portal_common import PortalCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestPortalOutside(PortalCase):
    """A school registers what comes on paper in its own received register."""

    def setUp(self):
        super().setUp()
        self._login()

    def _register(self, files=None, **typed):
        page = self.url_open("/my/letters/outside/new").text
        values = {
            "csrf_token": self._csrf(),
            "form_key": re.search(r'name="form_key" value="(\w+)"', page)[1],
            "letter_number": "ชม 0017/123",
            "letter_date": "1 มี.ค. 2569",
            "sender_text": "ที่ว่าการอำเภอ",
            "subject": "ขอเชิญร่วมงาน",
            **typed,
        }
        return self._answered(
            self.url_open("/my/letters/outside/new", data=values, files=files)
        )

    def test_one_form_gives_the_number(self):
        page = self._register(files={"file_1": ("สแกน.pdf", PDF)})
        letter = self._letters()
        self.assertEqual(letter.entry_id.display_name, "1/2569")
        self.assertIn("1/2569", page.text.split("o_amss_big")[1])
        self.assertEqual(letter.origin, "outside")
        self.assertEqual(letter.letter_date, date(2026, 3, 1))
        self.assertEqual(letter.addressee_text, self.school.name)
        book = self.url_open("/my/registers/received").text
        self.assertIn(f"/my/letters/outside/{letter.id}", book)
        file = letter.attachment_ids
        reply = self.url_open(f"/my/letters/outside/{letter.id}/files/{file.id}")
        self.assertEqual(reply.content, PDF)

    def test_numbers_go_on_with_those_of_accepted_letters(self):
        self.school_rows.with_user(self.school_user).sudo()._accept()
        self._register()
        self.assertEqual(self._letters().entry_id.number, 3)

    def test_nothing_typed_is_lost(self):
        page = self._register(
            subject="", letter_date="เมื่อวาน", files={"file_1": ("สแกน.pdf", PDF)}
        )
        draft = self._letters()
        self.assertEqual((draft.state, draft.entry_id.id), ("draft", False))
        for text in ("เมื่อวาน", "ที่ว่าการอำเภอ", "สแกน.pdf"):
            self.assertIn(text, page.text)
        self.assertIn("ที่ว่าการอำเภอ", self.url_open("/my/letters/drafts").text)

    def test_form_sent_twice_registers_once(self):
        for _click in range(2):
            self._register(form_key="0123456789abcdef0123456789abcdef")
        self.assertEqual(len(self._letters().entry_ids), 1)

    def test_scan_later_and_void(self):
        self._register()
        letter = self._letters()
        url = f"/my/letters/outside/{letter.id}"
        self._post(f"{url}/attach", files={"file_1": ("สแกน.pdf", PDF)})
        self.assertEqual(self._letters().file_count, 1)
        self._post(f"{url}/void", reason="ลงซ้ำ")
        self.env.invalidate_all()
        self.assertEqual(letter.entry_id.state, "void")
        self.assertIn("ลงซ้ำ", self.url_open(url).text)

    def test_action_taken_on_a_received_letter(self):
        self.row.with_user(self.school_user).sudo()._accept()
        entry = self.row.entry_id
        page = self._post(
            f"/my/registers/received/{entry.id}/note",
            person_name="ครูสมศรี",
            action_note="ดำเนินการแล้ว",
            number="99",
        )
        self.assertIn("ดำเนินการแล้ว", page.text)
        self.env.invalidate_all()
        self.assertEqual((entry.person_name, entry.number), ("ครูสมศรี", 1))

    def test_other_schools_see_nothing_of_it(self):
        self._register()
        letter = self._letters()
        self._login(self.other_school_user)
        token = self._csrf()
        url = f"/my/letters/outside/{letter.id}"
        with mute_logger("odoo.http"):
            for page in (url, f"{url}/edit", f"{url}/files/1"):
                self.assertEqual(self.url_open(page).status_code, 404)
            note = f"/my/registers/received/{letter.entry_id.id}/note"
            for step in (f"{url}/void", f"{url}/attach", f"{url}/discard", note):
                reply = self.url_open(step, data={"csrf_token": token, "reason": "x"})
                self.assertEqual(reply.status_code, 404)
