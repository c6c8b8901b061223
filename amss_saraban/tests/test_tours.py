# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import PDF, SarabanCommon


@tagged("post_install", "-at_install")
class TestOfficeTours(SarabanCommon, HttpCase):
    """The office's day in the browser, in Thai."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("th_TH")
        modules = ["base", "web", "amss_base", "amss_saraban"]
        cls.env["ir.module.module"]._load_module_terms(modules, ["th_TH"])
        cls.central.lang = "th_TH"

    def _from_school(self, subject):
        letters = self.env["amss.document"].with_user(self.school_user).sudo()
        values = {"subject": subject, "remark": "ภายในโรงเรียน"}
        letter = letters.create({**values, "addressee_text": "ผอ.เขต"})
        self.env["ir.attachment"].create(
            {
                "name": "หนังสือ.pdf",
                "raw": PDF,
                "res_model": "amss.document",
                "res_id": letter.id,
                "letter_file": True,
            }
        )
        letter._issue()
        letter._send(self.office)
        return letter.recipient_ids

    # a refused file is the user's error, which Odoo logs as a warning
    @mute_logger("odoo.http")  # two files are refused
    def test_a_letter_gets_its_number_and_goes_to_two_schools(self):
        self.start_tour(
            "/odoo/saraban-sent-register", "amss_office_sends", login="saraban_central"
        )
        self.env.invalidate_all()
        letter = self.env["amss.document"].search([("agency_id", "=", self.office.id)])
        self.assertEqual(letter.letter_number, "ศธ 04999/1")
        self.assertEqual(letter.file_count, 2)
        self.assertEqual(letter.urgency, "very_urgent")
        self.assertEqual(letter.summary, "เชิญประชุมวันที่ 20")
        sent = letter.recipient_ids.agency_id
        self.assertEqual(sent, self.schools[0] | self.schools[2])

    @mute_logger("odoo.http")  # two files are refused
    def test_the_whole_trip_out_and_back(self):
        """The office sends, the school accepts, the office sees the number."""
        book = "/odoo/saraban-sent-register"
        self.start_tour(book, "amss_office_sends", login="saraban_central")
        self.start_tour("/my/letters", "amss_trip_school_accepts", login="school_clerk")
        self.start_tour(book, "amss_trip_office_sees_number", login="saraban_central")
        self.env.invalidate_all()
        letter = self.env["amss.document"].search([("agency_id", "=", self.office.id)])
        self.assertEqual(letter.accepted_count, 1)

    def test_a_letter_from_outside_ends_with_its_number(self):
        self.start_tour(
            "/odoo/saraban-received-register",
            "amss_office_registers_outside",
            login="saraban_central",
        )
        self.env.invalidate_all()
        letter = self.env["amss.document"].search([("agency_id", "=", self.office.id)])
        self.assertEqual(letter.register_number, 1)
        self.assertEqual(letter.sender_text, "นายประชา ใจดี")
        self.assertFalse(letter.department_id)

    def test_letters_of_schools_are_accepted_and_returned(self):
        accepted, returned = self._from_school("รายงานผล"), self._from_school("ส่งผิด")
        self.start_tour(
            "/odoo/saraban-inbox", "amss_office_receives", login="saraban_central"
        )
        self.env.invalidate_all()
        self.assertEqual((accepted.state, returned.state), ("accepted", "returned"))
        self.assertEqual(returned.return_reason, "ไม่ใช่เรื่องของสำนักงานนี้")

    def test_a_wrong_letter_is_returned_corrected_and_accepted(self):
        letter = self._draft(subject="หนังสือผิด")
        self._attach(letter)
        letter.action_issue()
        letter._send(self.school)
        inbox = "/my/letters"
        self.start_tour(inbox, "amss_return_school_returns", login="school_clerk")
        self.start_tour(
            "/odoo/saraban-returned",
            "amss_return_office_corrects",
            login="saraban_central",
        )
        self.start_tour(inbox, "amss_return_school_accepts", login="school_clerk")
        self.env.invalidate_all()
        self.assertEqual(letter.recipient_ids.state, "accepted")
        self.assertEqual(letter.attachment_ids.name, "แก้ไขแล้ว.gif")
        steps = letter.sudo().event_ids.filtered(
            lambda event: event.agency_id == self.school
        )
        self.assertEqual(
            steps.mapped("kind")[::-1],
            [
                "opened",
                "returned",
                "return_accepted",
                "sent_again",
                "opened",
                "accepted",
            ],
        )

    def test_a_school_corrects_what_the_office_returned(self):
        row = self._from_school("รายงานผล")
        row.with_user(self.central).sudo()._return("damaged_file", "เปิดไฟล์ไม่ได้")
        self.start_tour("/my", "amss_return_school_corrects", login="school_clerk")
        self.env.invalidate_all()
        self.assertEqual(row.state, "sent")
        self.assertEqual(row._visible_files().name, "แก้ไขแล้ว.gif")

    def test_central_group_person_report_done(self):
        """A school's letter through the whole office, and back into the register."""
        row = self._from_school("รายงานผล")
        for user, path, tour in (
            ("central", "inbox", "central"),
            ("unit", "group-inbox", "group"),
            ("staff", "my-work", "person"),
            ("central", "received-register", "register"),
        ):
            self.start_tour(
                f"/odoo/saraban-{path}",
                f"amss_routing_{tour}",
                login=f"saraban_{user}",
            )
        self.env.invalidate_all()
        self.assertEqual(row.state, "accepted")
        states = set(row.assignment_ids.mapped("state"))
        self.assertEqual(states, {"done"})
        self.assertEqual(row.entry_id.department_id, self.departments[0])
        self.assertEqual(row.entry_id.user_id, self.staff)

    def test_every_menu_and_filter_opens(self):
        self._from_school("รายงานผล")
        self._issued(self.central, is_circular=True)._send(self.schools)
        self.browser_js(
            "/odoo",
            "odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader')"
            ".startClickEverywhere('amss_saraban.menu_saraban');",
            "odoo.isReady === true",
            login="saraban_central",
            timeout=180,
            success_signal="clickbot test succeeded",
        )
