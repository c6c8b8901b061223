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
        rows[1]._return("ผิดโรงเรียน")
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
        for step in (row._accept, lambda: row._return("x"), lambda: row._recall("x")):
            with self.assertRaisesRegex(UserError, "1/2569"):
                step()
        self.assertEqual(row.state, "accepted")

    def test_send_again_after_return(self):
        document = self._issued()
        document._send(self.school)
        row = document.recipient_ids
        row._return("ไฟล์เสีย")
        row.with_user(self.central).action_send_again()
        self.assertEqual((row.state, row.return_reason), ("sent", False))
        self.assertIn("ไฟล์เสีย", "".join(document.message_ids.mapped("body")))

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
