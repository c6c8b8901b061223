# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

MOST = 100


class AmssReserve(models.TransientModel):
    """Reserves the next numbers of the sent register (จองเลข)."""

    _name = "amss.reserve"
    _description = "Reserve Register Numbers"

    count = fields.Integer(string="How many", required=True, default=1)
    is_circular = fields.Boolean(string="For circulars (ว)")
    remark = fields.Char(string="What for", required=True)

    @api.model
    def _check_may_reserve(self):
        if not self.env.user.has_group("amss_saraban.group_saraban_central"):
            raise AccessError(
                self.env._("Only the central registrar may reserve numbers.")
            )

    def action_confirm(self):
        """Reserve the numbers and show their lines."""
        self.ensure_one()
        self._check_may_reserve()
        if not 1 <= self.count <= MOST:
            raise UserError(
                self.env._("Reserve between 1 and %s numbers at a time.", MOST)
            )
        register = self.env["amss.register"]._for_agency(
            self.env.user.agency_id, "sent"
        )
        entries = self.env["amss.register.entry"]._reserve(
            register, self.count, self.remark, self.is_circular
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "amss_saraban.amss_register_entry_action_sent"
        )
        action["name"] = self.env._("Reserved numbers")
        return action | {"domain": [("id", "in", entries.ids)], "path": False}
