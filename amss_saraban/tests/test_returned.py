# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import PDF, SarabanCommon


class ReturnedCommon(SarabanCommon):
    """A letter of the office that two schools have returned."""

    def setUp(self):
        super().setUp()
        self.letter = self._draft(summary="สรุป")
        self._attach(self.letter, description="หนังสือนำส่ง")
        self.letter.action_issue()
        self.letter._send(self.schools[:3])
        rows = self.letter.recipient_ids.sorted("agency_id")
        self.row, self.second, self.third = rows

    def _return(self, row, kind="other", reason="ผิด"):
        clerk = self.school_user if row == self.row else self.other_school_user
        row.with_user(clerk).sudo()._return(kind, reason)
        self.env.flush_all()
        self.letter.invalidate_recordset()

    def _dialog(self, action):
        return self.env["amss.reason"].with_user(self.central).browse(action["res_id"])

    def _kinds(self, agency):
        """Return the steps in the history of an agency, the newest first."""
        events = self.letter.sudo().event_ids
        return events.filtered(lambda e: e.agency_id == agency).mapped("kind")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestReturned(ReturnedCommon):
    def test_the_return_is_accepted_once_and_both_sides_see_it(self):
        self._return(self.row)
        for _click in range(2):
            self.row.action_accept_return()
        self.assertEqual(self.row.state, "returned")
        self.assertEqual(self.row.return_accepted_by_id, self.central)
        self.assertEqual(self._kinds(self.office)[:1], ["return_accepted"])
        self.assertEqual(self._kinds(self.school), ["return_accepted", "returned"])

    def test_sent_again_without_the_extra_click(self):
        self._return(self.row)
        self.row.action_send_again()
        self.assertEqual(self.row.state, "sent")
        self.assertFalse(self.row.return_accepted_at or self.row.return_notice)
        self.assertEqual(
            self._kinds(self.office)[:2], ["sent_again", "return_accepted"]
        )
        self.assertEqual(
            self._kinds(self.school), ["sent_again", "return_accepted", "returned"]
        )
        accepted = self.letter.sudo().event_ids[2]
        self.assertIn("by sending it again", accepted.text)

    def test_who_may_accept_a_return(self):
        self._return(self.row)
        for user in (self.unit, self.staff, self.director, self.admin_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.row.with_user(user).action_accept_return()
        self.company.amss_unit_may_issue = True
        self.letter.department_id = self.departments[0]
        self.row.with_user(self.unit).action_accept_return()
        self.assertEqual(self.row.return_accepted_by_id, self.unit)

    def test_too_late_to_accept_a_return(self):
        self._return(self.row)
        self.row._send_again()
        with self.assertRaisesRegex(UserError, "Accept the return"):
            self.row.action_accept_return()
        self._return(self.second)
        self.second._recall("ไม่ส่งแล้ว")
        with self.assertRaisesRegex(UserError, "Recalled"):
            self.second.action_accept_return()

    def test_the_list_holds_what_nobody_has_dealt_with(self):
        self._return(self.row)
        self._return(self.second)
        action = self.env.ref("amss_saraban.amss_recipient_action_returned")
        domain = [("is_inbox", "=", False), ("state", "=", "returned")]
        self.assertEqual(action.domain, str(domain).replace("'", '"'))
        domain += [("return_accepted_at", "=", False)]
        listed = self.env["amss.recipient"].with_user(self.central)
        self.assertEqual(listed.search(domain), self.row | self.second)
        self.row.action_accept_return()
        self.assertEqual(listed.search(domain), self.second)
        self.second.action_send_again()
        self.assertFalse(listed.search(domain))
        self.assertEqual(self.row.action_open_document()["res_model"], "amss.document")

    def test_the_open_returns_of_an_agency_are_found_by_their_index(self):
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute(
            "EXPLAIN SELECT id FROM amss_recipient WHERE sender_agency_id = %s AND "
            "state = 'returned' AND return_accepted_at IS NULL "
            "ORDER BY returned_at DESC, id DESC LIMIT 80",
            (self.office.id,),
        )
        plan = "\n".join(line for [line] in self.env.cr.fetchall())
        self.assertIn("amss_recipient_returned_to_us", plan)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestNextSteps(ReturnedCommon):
    def _steps(self):
        letter = self.letter
        return (letter.may_take_off, letter.may_send_again, letter.may_write_anew)

    def test_the_next_steps_follow_from_the_kind(self):
        for kind, steps in (
            ("wrong_addressee", (True, False, False)),
            ("damaged_file", (False, True, False)),
            ("wrong_letter", (False, False, True)),
            ("other", (True, True, True)),
        ):
            with self.subTest(kind=kind):
                self._return(self.row, kind)
                self.assertEqual(self._steps(), (False, False, False))
                self.letter.action_accept_returns()
                self.letter.invalidate_recordset()
                self.assertEqual(self._steps(), steps)
                self.row._send_again()

    def test_the_letter_says_who_returned_it_and_why(self):
        self._return(self.row, "wrong_letter", "ขาดหน้า 2")
        self.assertEqual(self.letter.return_open_count, 1)
        self.assertIn("โรงเรียนทดสอบ 1", self.letter.return_text)
        self.assertIn("ขาดหน้า 2", self.letter.return_text)

    def test_wrong_addressee_is_taken_off_and_another_gets_the_letter(self):
        self._return(self.row, "wrong_addressee", "ไม่ใช่ของเรา")
        self._return(self.second, "damaged_file")
        self.letter.action_accept_returns()
        dialog = self._dialog(self.letter.action_ask_take_off())
        self.assertIn("ไม่ใช่ของเรา", dialog.reason)
        dialog.action_confirm()
        self.assertEqual((self.row.state, self.second.state), ("recalled", "returned"))
        send = self.letter.action_open_send()
        wizard = self.env["amss.send"].with_user(self.central).browse(send["res_id"])
        wizard.write({"agency_ids": self.schools[3].ids, "files_checked": True})
        wizard.action_send()
        self.assertIn(self.schools[3], self.letter.recipient_ids.agency_id)

    def test_damaged_file_is_corrected_and_sent_again_to_who_returned_it(self):
        self._return(self.row, "damaged_file", "เปิดไม่ได้")
        self._return(self.second, "wrong_addressee")
        self.letter.action_accept_returns()
        old = self.letter.attachment_ids
        self.letter._correct_file(old, "ใหม่.pdf", PDF + b"2", "ไฟล์เสีย")
        self.letter.action_send_returned_again()
        self.assertEqual((self.row.state, self.second.state), ("sent", "returned"))
        self.assertEqual(self.row._visible_files().name, "ใหม่.pdf")
        entry = self.row.sudo()._accept()
        self.assertEqual(entry.display_name, "1/2569")
        self.assertEqual(
            self._kinds(self.school),
            ["accepted", "sent_again", "return_accepted", "returned"],
        )

    def test_wrong_letter_is_void_and_written_anew(self):
        self._return(self.row, "wrong_letter", "ขาดหน้า 2")
        self.letter.action_accept_returns()
        dialog = self._dialog(self.letter.action_ask_write_anew())
        self.assertIn("ขาดหน้า 2", dialog.reason)
        action = dialog.action_confirm()
        self.assertEqual(self.letter.state, "void")
        self.assertIn("ขาดหน้า 2", self.letter.entry_id.void_reason)
        draft = (
            self.env["amss.document"].with_user(self.central).browse(action["res_id"])
        )
        self.assertEqual((draft.state, draft.letter_number), ("draft", False))
        for name in ("subject", "summary", "addressee_text", "agency_id"):
            self.assertEqual(draft[name], self.letter[name])
        self.assertEqual(draft.attachment_ids.raw, self.letter.attachment_ids.raw)
        self.assertEqual(draft.attachment_ids.description, "หนังสือนำส่ง")
        self.assertEqual(draft.planned_agency_ids, self.schools[:3])
        draft.action_issue()
        send = draft.action_open_send()
        wizard = self.env["amss.send"].with_user(self.central).browse(send["res_id"])
        self.assertEqual(wizard.agency_ids, self.schools[:3])

    def test_a_letter_that_somebody_accepted_is_cancelled_by_another(self):
        self.second.sudo()._accept()
        self._return(self.row, "wrong_letter", "ขาดหน้า 2")
        self.letter.action_accept_returns()
        drafts = [
            self._dialog(self.letter.action_ask_write_anew()).action_confirm()["res_id"]
            for _click in range(2)
        ]
        self.assertEqual(drafts[0], drafts[1])
        draft = self.env["amss.document"].browse(drafts[0])
        self.assertEqual(self.letter.state, "registered")
        self.assertEqual(draft.reference_ids, self.letter)
        self.assertIn(self.letter.letter_number, draft.subject)
        self.assertFalse(draft.attachment_ids)

    def test_written_anew_twice_says_so(self):
        self._return(self.row, "wrong_letter")
        self.letter.action_accept_returns()
        dialogs = [
            self._dialog(self.letter.action_ask_write_anew()) for _click in range(2)
        ]
        dialogs[0].action_confirm()
        with self.assertRaisesRegex(UserError, "among the drafts"):
            dialogs[1].action_confirm()

    def test_a_group_registrar_reads_who_goes_on(self):
        letters = self.env["amss.document"]
        hint = (
            "//div[contains(@class, 'o_amss_returned')]"
            "//div[@invisible='not may_write_anew']"
        )
        for user, shown in ((self.unit, True), (self.central, False)):
            with self.subTest(user=user.login):
                form = letters.with_user(user).get_view(view_type="form")["arch"]
                found = etree.fromstring(form).xpath(hint)
                self.assertEqual(bool(found), shown)

    def test_who_may_write_anew(self):
        self._return(self.row, "wrong_letter")
        self.company.amss_unit_may_issue = True
        self.letter.department_id = self.departments[0]
        for user in (self.unit, self.staff, self.director):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                self.letter.with_user(user).action_ask_write_anew()


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestSenderIsTold(ReturnedCommon):
    def _mails(self):
        self.env.ref("amss_saraban.ir_cron_return_notices").method_direct_trigger()
        return self.env["mail.mail"].search([("model", "=", "amss.recipient")])

    def test_by_mail_once_without_content(self):
        self.office.saraban_email = "office@example.com"
        before = self._mails()
        self._return(self.row, "other", "ความลับของหนังสือ")
        self._return(self.second)
        mail = self._mails() - before
        self.assertEqual(mail.email_to, "office@example.com")
        self.assertIn("/odoo/saraban-returned", mail.body_html)
        self.assertIn("โรงเรียนทดสอบ 1", mail.body_html)
        for secret in (self.letter.subject, "ความลับ", self.letter.letter_number):
            self.assertNotIn(secret, mail.body_html + mail.subject)
        self.assertEqual(self._mails() - before, mail)

    def test_a_school_is_sent_to_its_portal(self):
        letters = self.env["amss.document"].with_user(self.school_user).sudo()
        letter = letters.create({"subject": "รายงาน", "addressee_text": "ผอ.เขต"})
        letter._issue()
        letter._send(self.office)
        before = self._mails()
        letter.recipient_ids._return("other", "ผิด")
        mail = self._mails() - before
        self.assertEqual(mail.email_to, "school1@example.com")
        self.assertIn("/my/letters/returned", mail.body_html)

    def test_no_mail_when_it_was_sent_again_meanwhile(self):
        self.office.saraban_email = "office@example.com"
        before = self._mails()
        self._return(self.row)
        self.row._send_again()
        self.assertFalse(
            (self._mails() - before).filtered(
                lambda mail: mail.email_to == "office@example.com"
            )
        )

    def test_on_the_screens_of_registrars_and_who_is_responsible(self):
        self.letter.write({"user_id": self.staff.id})
        self.letter.department_id = self.departments[0]
        sent = []
        users = type(self.env["res.users"])
        with patch.object(
            users,
            "_bus_send",
            lambda self, kind, message, **kw: sent.append((self, kind, message)),
        ):
            self._return(self.row, "damaged_file")
            self.env.cr.precommit.run()
        sent = [one for one in sent if one[1] == "amss.notice"]
        told, _kinds, messages = zip(*sent, strict=True)
        everybody = self.env["res.users"].union(*told)
        self.assertEqual(
            everybody & (self.central | self.unit | self.staff | self.director),
            self.central | self.unit | self.staff,
        )
        self.assertNotIn(self.school_user, everybody)
        for secret in (self.letter.letter_number, self.letter.subject):
            self.assertNotIn(secret, str(messages))
