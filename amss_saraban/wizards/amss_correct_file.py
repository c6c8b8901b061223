# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from odoo import api, fields, models


class AmssCorrectFile(models.TransientModel):
    """Puts a corrected file in the place of a wrong one; both are kept."""

    _name = "amss.correct.file"
    _description = "Correct a File of a Letter"

    document_id = fields.Many2one("amss.document", required=True, readonly=True)
    attachment_id = fields.Many2one(
        "ir.attachment",
        string="File to correct",
        domain="[('res_model', '=', 'amss.document'), ('res_id', '=', document_id), "
        "('letter_file', '=', True), ('letter_superseded_at', '=', False)]",
    )
    content = fields.Binary(string="New file", attachment=False)
    name = fields.Char(string="File name")
    reason = fields.Char()

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
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        files = self.env["amss.document"].browse(values.get("document_id"))
        files = files.attachment_ids
        if len(files) == 1 and "attachment_id" in fields_list:
            values.setdefault("attachment_id", files.id)
        return values

    def action_confirm(self):
        """Correct the file."""
        self.ensure_one()
        self.document_id._check_may_issue()
        self.document_id._correct_file(
            self.attachment_id,
            self.name,
            base64.b64decode(self.content or b""),
            self.reason,
        )
        return {"type": "ir.actions.act_window_close"}
