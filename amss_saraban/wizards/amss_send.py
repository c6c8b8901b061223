# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..models.amss_document import URGENCIES


class AmssSend(models.TransientModel):
    """Sends a letter: choose schools, urgency and summary, check the files (S2)."""

    _name = "amss.send"
    _description = "Send a Letter"

    document_id = fields.Many2one("amss.document", required=True, readonly=True)
    letter_number = fields.Char(related="document_id.letter_number", related_sudo=False)
    subject = fields.Char(related="document_id.subject", related_sudo=False)
    sender_agency_id = fields.Many2one(
        related="document_id.agency_id", related_sudo=False
    )
    sent_agency_ids = fields.Many2many(
        "res.partner",
        string="Sent already",
        compute="_compute_sent_agency_ids",
        help="Addressees of the letter; sending again to them is done in their list.",
    )
    sent_before = fields.Datetime(related="document_id.sent_at", related_sudo=False)
    choice = fields.Selection(
        [
            ("all", "All schools under this office"),
            ("tag", "Schools and agencies by tag"),
            ("some", "Chosen one by one"),
        ],
        string="Send to",
        required=True,
        default="some",
    )
    tag_ids = fields.Many2many("res.partner.category", string="Tags")
    agency_ids = fields.Many2many(
        "res.partner", string="Agencies", domain=[("is_agency", "=", True)]
    )
    agency_count = fields.Integer(
        string="Goes now to",
        compute="_compute_agency_count",
        help="Agencies chosen that have not got the letter yet.",
    )
    urgency = fields.Selection(URGENCIES, required=True, default="normal")
    summary = fields.Text()
    attachment_ids = fields.One2many(
        related="document_id.attachment_ids", related_sudo=False
    )
    files_checked = fields.Boolean(string="I have opened and checked the files")

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        # a forged call could name any letter and read its name from here
        wizards.document_id.check_access("read")
        return wizards

    def write(self, vals):
        result = super().write(vals)
        self.document_id.check_access("read")
        return result

    @api.model
    def _ask(self, document):
        """Open the dialog for one letter."""
        document.ensure_one()
        # the agencies chosen on the draft that have not got the letter yet
        planned = document.planned_agency_ids - document.recipient_ids.agency_id
        wizard = self.create(
            {
                "document_id": document.id,
                "urgency": document.urgency,
                "summary": document.summary,
                "agency_ids": [Command.set(planned.ids)],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send to schools"),
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }

    @api.depends("document_id")
    def _compute_sent_agency_ids(self):
        for wizard in self:
            wizard.sent_agency_ids = wizard.document_id.recipient_ids.agency_id

    @api.depends("choice", "tag_ids", "agency_ids", "sent_agency_ids")
    def _compute_agency_count(self):
        for wizard in self:
            agencies = wizard._agencies()
            # ids of what the user sees: records typed in are new ones with an origin
            wizard.agency_count = len(
                set(agencies._origin.ids) - set(wizard.sent_agency_ids._origin.ids)
            )

    def _agencies(self):
        """Return the agencies chosen, the sender left out."""
        self.ensure_one()
        sender = self.document_id.agency_id
        domain = [("is_agency", "=", True), ("id", "!=", sender.id)]
        if self.choice == "all":
            domain += [
                ("agency_type", "=", "school"),
                ("parent_agency_id", "=", sender.id),
            ]
        elif self.choice == "tag":
            domain += [("category_id", "child_of", self.tag_ids.ids)]
            if not self.tag_ids:
                return self.env["res.partner"]
        else:
            return self.agency_ids - sender
        return self.env["res.partner"].search(domain)

    def action_send(self):
        """Send the letter to the agencies chosen; a repeat sends nothing twice."""
        self.ensure_one()
        self.document_id._check_may_issue()
        if self.document_id.attachment_ids and not self.files_checked:
            raise UserError(
                self.env._(
                    "Open the files of letter %s once more, then tick that you have "
                    "checked them.",
                    self.letter_number,
                )
            )
        count = self.document_id._send(self._agencies(), self.urgency, self.summary)
        message = self.env._(
            "Letter %(number)s was sent to %(count)s agencies.",
            number=self.letter_number,
            count=count,
        )
        if not count:
            message = self.env._(
                "All of these have letter %s already, so nothing was sent. To send it "
                "again to who returned it, or from whom it was recalled, choose them "
                "in its addressees and use “Send again”.",
                self.letter_number,
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if count else "warning",
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
