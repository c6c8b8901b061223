# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the screens of sent and received letters need beside the rows themselves."""

from odoo import fields, models
from odoo.fields import Domain

from ..tools import search_text


class AmssRecipient(models.Model):
    _inherit = "amss.recipient"

    search_text = fields.Char(
        string="Number, subject or agency", store=False, search="_search_search_text"
    )
    addressee_text = fields.Char(related="document_id.addressee_text")
    # of who may read the letter still
    summary = fields.Text(compute="_compute_contents")
    attachment_ids = fields.One2many(
        "ir.attachment", string="Files", compute="_compute_contents"
    )
    entry_department_id = fields.Many2one(related="entry_id.department_id")
    entry_person_name = fields.Char(related="entry_id.person_name")
    entry_action_note = fields.Char(related="entry_id.action_note")
    entry_remark = fields.Text(related="entry_id.remark")

    def _search_search_text(self, operator, value):
        if operator != "ilike":
            return NotImplemented
        if not search_text.terms(value):
            return Domain.TRUE
        return (
            self.env["amss.document"]._letters_saying(value)
            | Domain("agency_id.name", "ilike", value)
            | Domain("sender_agency_id.name", "ilike", value)
            | Domain("sent_by_id.name", "ilike", value)
        )

    def action_edit_entry(self):
        """Open the receive line: group, person, action taken and remarks."""
        return self.entry_id.action_edit()
