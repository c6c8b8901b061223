# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the screens of mail and circulated letters need beside the rows themselves."""

from odoo import api, fields, models
from odoo.exceptions import UserError

#: how much of a text a list shows
PREVIEW = 80


def shorten(text):
    """Return the beginning of a text, as a list shows it."""
    return text if len(text) <= PREVIEW else f"{text[:PREVIEW]}…"


class AmssRecipient(models.Model):
    _inherit = "amss.recipient"

    doc_type = fields.Selection(related="document_id.doc_type")
    reply_to_id = fields.Many2one(related="document_id.reply_to_id")
    person_count = fields.Integer(related="document_id.person_count")
    preview = fields.Char(
        string="Beginning",
        compute="_compute_preview",
        help="The message of who sent it, or how the text begins.",
    )
    is_own_letter = fields.Boolean(related="document_id.is_own")
    is_passed_on = fields.Boolean(
        compute="_compute_is_passed_on",
        help="Whether somebody else wrote what this person got.",
    )

    @api.depends_context("uid")
    @api.depends("note", "document_id.summary")
    def _compute_preview(self):
        for row in self:
            text = " ".join((row.note or row.summary or "").split())
            row.preview = shorten(text)

    @api.depends("sent_by_id", "document_id.sent_by_id")
    def _compute_is_passed_on(self):
        for row in self:
            # sudo: whether it is the writer, for who reads the row
            writer = row.document_id.sudo().sent_by_id
            row.is_passed_on = row.doc_type != "mail" or row.sent_by_id != writer

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------
    def action_open_document(self):
        """Open what came to a person with its own form; opened once, it is read."""
        self.ensure_one()
        if not self.user_id:
            return super().action_open_document()
        if self.user_id != self.env.user:
            return self.document_id.get_formview_action()
        self.action_mark_read()
        return self.get_formview_action() | {"name": self.document_id.display_name}

    def action_mark_read(self):
        """Record that the user has the letter open; rows of others stay as they are."""
        self.check_access("read")
        self.filtered(lambda row: row.user_id == self.env.user)._mark_read()
        return True

    def action_open_letter(self):
        """Open the letter that was circulated."""
        self.ensure_one()
        return self.document_id.action_open()

    def action_open_persons(self):
        """Open who has read the letter of those to whom the user circulated it."""
        self.ensure_one()
        return self.document_id.action_open_persons()

    def action_open_thread(self):
        """Open the mails and letters of this thread that the user reads."""
        self.ensure_one()
        return self.document_id.action_open_thread()

    def action_reply(self):
        """Open a new mail to who sent this (ตอบกลับ)."""
        self.ensure_one()
        return self._reply_to(self.sent_by_id)

    def action_reply_all(self):
        """Open a new mail to who sent this and to all to whom it was written."""
        self.ensure_one()
        document = self.document_id
        persons = self.sent_by_id | document.mail_user_ids
        return self._reply_to(persons - self.env.user, document.mail_department_ids)

    def _reply_to(self, users, groups=()):
        """Return the action that opens the reply, filled in as far as is known."""
        document = self.document_id
        context = {
            "default_doc_type": "mail",
            "default_subject": self.env._("Re: %s", document.subject),
            "default_mail_user_ids": users.filtered("active").ids,
            "default_mail_department_ids": [group.id for group in groups],
        }
        if document.doc_type == "mail":
            context["default_reply_to_id"] = document.id
        else:
            context["default_reference_ids"] = document.ids
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "amss_saraban.amss_document_action_write_mail"
        )
        return action | {"context": context, "path": False}

    def action_send_again(self):
        if self.filtered("user_id"):
            raise UserError(
                self.env._("To send it to a person again, circulate or forward it.")
            )
        return super().action_send_again()

    @api.model
    def _tell_persons(self, message, empty):
        """Return the action that says how a sending to persons went.

        :param str message: to how many it went
        :param empty: groups in which nobody uses the system
        """
        if empty:
            message += " " + self.env._(
                "Nobody of %s uses the system, so nobody there got it.",
                ", ".join(empty.mapped("name")),
            )
        action = self._tell(message, sticky=bool(empty))
        action["params"]["next"] = {"type": "ir.actions.act_window_close"}
        return action

    def get_formview_id(self, access_uid=None):
        """Open what came to a person with the form for persons."""
        if len(self) == 1 and self.user_id:
            return self.env.ref("amss_saraban.amss_recipient_view_form_person").id
        return super().get_formview_id(access_uid=access_uid)
