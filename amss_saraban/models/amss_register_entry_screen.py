# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the screens of the registers need beside the lines themselves."""

from odoo import fields, models

from .amss_register_entry import EDITABLE


class AmssRegisterEntry(models.Model):
    _inherit = "amss.register.entry"

    origin = fields.Selection(related="document_id.origin")
    attachment_ids = fields.One2many(related="document_id.attachment_ids")

    def onchange(self, values, field_names, fields_spec):
        """Give no column of another letter that a forged call names by its id."""
        values = {name: values[name] for name in values if name in EDITABLE}
        field_names = [name for name in field_names if name in EDITABLE]
        return super().onchange(values, field_names, fields_spec)

    def action_edit(self):
        """Open what the registrar may still write on the line (แก้ไข)."""
        self.ensure_one()
        view = self.env.ref("amss_saraban.amss_register_entry_view_form")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Line %s", self.display_name),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
            "target": "new",
        }

    def action_open_recipients(self):
        """Open the addressees of the letter of this line."""
        self.ensure_one()
        return self.document_id.action_open_recipients()

    def action_use_reserved(self):
        """Open a new letter that will get this reserved number."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "amss_saraban.amss_document_action_new_sent"
        )
        context = {
            "default_origin": "written",
            "default_reserved_entry_id": self.id,
            "default_is_circular": self.is_circular,
            "default_department_id": self.department_id.id,
            "default_remark": self.remark,
        }
        return action | {"context": context}
