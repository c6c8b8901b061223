# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

#: senders whose name is a person's own affair until the registrar writes it
PRIVATE = ("private", "person")


class AmssPublish(models.TransientModel):
    """Publishes a letter: its title, a note, and which of its files (S4)."""

    _name = "amss.publish"
    _description = "Publish a Letter"

    document_id = fields.Many2one("amss.document", required=True, readonly=True)
    announcement_id = fields.Many2one(
        "amss.announcement",
        readonly=True,
        help="What is published already and will be changed.",
    )
    letter_number = fields.Char(related="document_id.letter_number", related_sudo=False)
    letter_date = fields.Date(related="document_id.letter_date", related_sudo=False)
    title = fields.Char(
        help="The public reads and finds the letter by it. Leave out names of persons."
    )
    sender_text = fields.Char(
        string="From", help="Leave it empty if the public should not read it."
    )
    note = fields.Text()
    attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Files for the public",
        domain="[('res_model', '=', 'amss.document'), ('res_id', '=', document_id), "
        "('letter_file', '=', True), ('letter_superseded_at', '=', False)]",
    )
    file_ids = fields.One2many(
        related="document_id.attachment_ids", string="All files", related_sudo=False
    )

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        wizards._check_readable()
        return wizards

    def write(self, vals):
        result = super().write(vals)
        self._check_readable()
        return result

    def _check_readable(self):
        """Raise when a forged call names what the user may not read."""
        self.document_id.check_access("read")
        self.announcement_id.check_access("read")
        self.attachment_ids.check_access("read")

    @api.model
    def _ask(self, document):
        """Open the dialog for one letter, filled in with what was said last.

        No file is ticked until the registrar ticks it.

        :param document: one ``amss.document`` that the user may publish
        """
        live = document._live_announcement()
        # sudo: what the user's own agency has shown to the public
        last = live or live.search(
            [
                ("document_id", "=", document.id),
                ("agency_id", "=", self.env.user.agency_id.id),
            ],
            limit=1,
        )
        private = document.sender_id.agency_type in PRIVATE
        sender = last.sender_text if last else not private and document.sender_text
        wizard = self.create(
            {
                "document_id": document.id,
                "announcement_id": live.id,
                "title": last.title or document.subject,
                "sender_text": sender,
                "note": last.note,
                "attachment_ids": [
                    fields.Command.set(live._public_files().ids if live else [])
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Publish on the public page"),
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_publish(self):
        """Publish the letter at once, or change what is published."""
        self.ensure_one()
        self.document_id._check_may_publish()
        # sudo: compares ids; the right was checked above
        if self.document_id._live_announcement() != self.announcement_id.sudo():
            raise UserError(
                self.env._(
                    "Letter %s was published or withdrawn by somebody else meanwhile. "
                    "Close this dialog and look at it again.",
                    self.document_id.display_name,
                )
            )
        announcement = self.document_id._publish(
            self.title, self.sender_text, self.note, self.attachment_ids
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The letter is on the public page now:") + " %s",
                "links": [
                    {
                        "label": announcement.public_url,
                        "url": announcement._public_path(),
                    }
                ],
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
