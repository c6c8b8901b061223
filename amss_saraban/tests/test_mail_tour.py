# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, tagged

from .mail_common import MailCommon


@tagged("post_install", "-at_install")
class TestMailTours(MailCommon, HttpCase):
    """Mail in the browser: written, sent, read."""

    def test_a_mail_is_written_and_sent(self):
        self.start_tour(
            "/odoo/saraban-mail-new", "amss_mail_written", login="mail_writer"
        )
        mail = self.env["amss.document"].search([("create_uid", "=", self.writer.id)])
        self.assertEqual(mail.summary, "พรุ่งนี้ 9.00 น.")
        self.assertEqual(self._rows(mail).user_id, self.staff | self.unit | self.reader)

    def test_what_is_opened_is_read(self):
        mails = self._sent_mail(self.staff) | self._sent_mail(self.staff)
        self.start_tour(
            "/odoo/saraban-mail-received", "amss_mail_received", login="saraban_staff"
        )
        self.env.invalidate_all()
        self.assertEqual(self._rows(mails).mapped("state"), ["opened", "opened"])
