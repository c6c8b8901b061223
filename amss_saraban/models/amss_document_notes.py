# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The notes on a letter: for the agency that keeps it, nobody else."""

from odoo import models


class AmssDocument(models.Model):
    _inherit = "amss.document"

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Keep the notes of the agency that wrote the letter inside that agency.

        Who reads a letter of the own agency may write a note on it; an addressee
        reads the letter but neither reads nor writes its notes.
        """
        agency = self.env.user.agency_id
        # sudo: tells only whose letter it is
        own = self.filtered(lambda document: document.sudo().agency_id == agency)
        operation = "read" if message_operation in ("read", "create") else "write"
        return dict.fromkeys(own, operation) | dict.fromkeys(self - own, "write")

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Let only staff of the agency that keeps a letter follow its notes."""
        partners = self.env["res.partner"].browse(partner_ids or ())
        colleagues = partners & self._colleagues(partners)
        return super()._message_subscribe(colleagues.ids, subtype_ids, customer_ids)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Send notes to staff of the agency that keeps the letter, nobody else."""
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        partners = self.env["res.partner"].browse(row["id"] for row in recipients)
        allowed = set(self._colleagues(partners).ids)
        return [row for row in recipients if row["id"] in allowed]

    def _notify_thread_by_email(self, message, recipients_data, **kwargs):
        """Tell by mail that there is a note on a letter, nothing of note or letter."""
        users = [
            row["uid"]
            for row in recipients_data
            if row["notif"] == "email" and row["uid"]
        ]
        self.env["res.users"].browse(users)._amss_tell("note", self)
        return True

    def _notify_thread_by_web_push(self, message, recipients_data, **kwargs):
        """Push no note: what is pushed goes by way of other companies' services."""
        return True

    def _colleagues(self, partners):
        """Return those of ``partners`` who work for the agency of these letters."""
        # sudo: whom a person works for
        users = partners.sudo().user_ids.filtered(
            lambda user: user._is_internal() and user.agency_id in self.agency_id
        )
        return users.partner_id.sudo(False)
