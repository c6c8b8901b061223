# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..models import amss_recipient_notice
from .common import SarabanCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestSend(SarabanCommon):
    def test_send_accept_return_recall(self):
        document = self._issued()
        count = document._send(self.schools, "urgent", "สรุป")
        self.assertEqual(count, 4)
        rows = document.recipient_ids.sorted("agency_id")
        entry = rows[0].with_user(self.school_user).sudo()._accept()
        rows[1]._return("other", "ผิดโรงเรียน")
        rows[2]._recall("ส่งผิด")
        self.assertEqual(entry.display_name, "1/2569")
        self.assertEqual(rows[0].receive_number, 1)
        self.assertEqual(
            rows.mapped("state"), ["accepted", "returned", "recalled", "sent"]
        )
        self.assertEqual((document.recipient_count, document.accepted_count), (3, 1))

    def test_send_twice_sends_once(self):
        document = self._issued()
        document._send(self.schools[:2])
        self.assertEqual(document._send(self.schools), 2)
        self.assertEqual(document._send(self.schools), 0)
        self.assertEqual(len(document.recipient_ids), 4)

    def test_one_winner(self):
        document = self._issued()
        document._send(self.school)
        row = document.recipient_ids
        row._accept()
        for step in (
            row._accept,
            lambda: row._return("other", "x"),
            lambda: row._recall("x"),
        ):
            with self.assertRaisesRegex(UserError, "1/2569"):
                step()
        self.assertEqual(row.state, "accepted")

    def test_send_again_after_return(self):
        document = self._issued()
        document._send(self.school)
        row = document.recipient_ids
        row._return("other", "ไฟล์เสีย")
        row.with_user(self.central).action_send_again()
        self.assertEqual((row.state, row.return_reason), ("sent", False))
        steps = document.with_user(self.central).event_ids
        self.assertIn("ไฟล์เสีย", steps.filtered(lambda e: e.kind == "returned").text)
        self.assertEqual("sent_again", steps[0].kind)

    def test_notices_go_out_once(self):
        document = self._issued()
        document._send(self.schools)
        rows = self.env["amss.recipient"]
        rows.search([("document_id", "=", document.id)])._queue_notices()
        mails = self.env["mail.mail"].search([("model", "=", "amss.recipient")])
        self.assertEqual(len(mails), 4)
        self.assertNotIn("ขอเชิญประชุม", "".join(mails.mapped("body_html")))
        self.assertFalse(
            rows.search(
                [("document_id", "=", document.id), ("notice_state", "=", "waiting")]
            )
        )

    def test_scheduled_action_queues_each_notice_once(self):
        document = self._issued()
        document._send(self.schools)
        rows = document.recipient_ids
        rows[0].with_user(self.school_user).sudo()._accept()
        cron = self.env.ref("amss_saraban.ir_cron_notices")
        with patch.object(amss_recipient_notice, "BATCH", 2):
            for _run in range(2):
                cron.method_direct_trigger()
        queued = self.env["mail.mail"].search([("model", "=", "amss.recipient")])
        self.assertEqual(set(queued.mapped("res_id")), set(rows[1:].ids))
        self.assertEqual(len(queued), 3)

    def test_send_costs_the_same_for_all(self):
        schools = self.env["res.partner"].create(
            [
                {"name": f"โรงเรียน {index}", "agency_type": "school"}
                for index in range(300)
            ]
        )
        counts = []
        for agencies in (schools[:10], schools):
            document = self._issued()
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            document._send(agencies)
            counts.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0] * 1.2, counts)

    def test_office_accepts_what_a_school_sends(self):
        document = (
            self.env["amss.document"]
            .with_user(self.school_user)
            .sudo()
            .create({"subject": "รายงาน", "addressee_text": "ผอ.เขต"})
        )
        self.assertEqual(document.agency_id, self.school)
        document._issue()
        self.assertEqual(document.letter_number, "ศธ 04999.001/1")
        document._send(self.office)
        inbox = self.env["amss.recipient"].with_user(self.central)
        row = inbox.search([("is_inbox", "=", True)])
        row.action_open_document()
        self.assertEqual(row.state, "opened")
        row.action_accept()
        self.assertEqual(row.entry_id.display_name, "1/2569")
        self.assertEqual(row.document_id.subject, "รายงาน")
        with self.assertRaises(AccessError):
            row.with_user(self.staff).action_accept()

    def test_group_and_person_named_on_a_received_line_read_the_letter(self):
        letter = (
            self.env["amss.document"]
            .with_user(self.school_user)
            .sudo()
            .create({"subject": "รายงาน", "addressee_text": "ผอ.เขต"})
        )
        file = self._attach(letter)
        letter._issue()
        letter._send(self.office)
        entry = letter.recipient_ids._accept()
        for user, values in (
            (self.unit, {"department_id": self.departments[0].id}),
            (self.staff, {"user_id": self.staff.id}),
        ):
            line = entry.with_user(user)
            with self.assertRaises(AccessError):
                line.document_id.with_user(user).read(["subject"])
            entry.with_user(self.central).write(values)
            self.assertEqual(
                line.action_open_document()["res_id"], line.recipient_id.id
            )
            self.assertEqual(line.document_id.subject, "รายงาน")
            self.assertEqual(file.with_user(user).raw, file.raw)

    def test_send_again_starts_with_a_fresh_notice(self):
        document = self._issued()
        document._send(self.school)
        row = document.recipient_ids
        row._remind()
        row._return("other", "ผิดโรงเรียน")
        row._send_again()
        self.assertFalse(row.reminded_at)

    def test_recalled_letter_is_gone_for_the_addressee(self):
        letter = (
            self.env["amss.document"]
            .with_user(self.school_user)
            .sudo()
            .create({"subject": "รายงาน", "addressee_text": "ผอ.เขต"})
        )
        letter._issue()
        letter._send(self.office)
        row = letter.recipient_ids.with_user(self.central)
        self.assertEqual(row.sudo(False).subject, "รายงาน")
        letter.recipient_ids._recall("ส่งผิด")
        row.invalidate_recordset()
        with self.assertRaises(AccessError):
            row.sudo(False).read(["subject"])

    def test_send_to_who_has_it_says_so(self):
        document = self._issued()
        document._send(self.school)
        wizard = self.env["amss.send"].with_user(self.central)._ask(document)
        wizard = self.env["amss.send"].browse(wizard["res_id"]).with_user(self.central)
        wizard.agency_ids = self.school
        notice = wizard.action_send()["params"]
        self.assertEqual(notice["type"], "warning")
        self.assertIn(document.letter_number, notice["message"])

    def test_dialogs_are_their_owners_alone(self):
        document = self._issued()
        action = document.entry_id.action_ask_void()
        dialog = self.env["amss.reason"].browse(action["res_id"])
        colleague = self._user(
            "saraban_colleague", "amss_saraban.group_saraban_central"
        )
        for step in ("read", "write"):
            self.assertFalse(dialog.with_user(colleague).has_access(step))
            self.assertTrue(dialog.with_user(self.central).has_access(step))

    def test_notes_go_to_colleagues_alone(self):
        document = self._issued()
        partners = self.school_user.partner_id | self.director.partner_id
        document.message_subscribe(partners.ids)
        self.assertEqual(document.message_partner_ids, self.director.partner_id)
        message = document.message_post(
            body="ภายใน", partner_ids=partners.ids, message_type="comment"
        )
        self.assertNotIn(
            self.school_user.partner_id, message.notification_ids.res_partner_id
        )

    def test_agency_with_letters_stays_an_agency(self):
        self._issued()._send(self.school)
        with self.assertRaisesRegex(UserError, self.school.name):
            self.school.agency_type = False
        self.schools[3].agency_type = False
