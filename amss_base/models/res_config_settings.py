# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    amss_signup_enabled = fields.Boolean(
        related="company_id.amss_signup_enabled", readonly=False
    )
    amss_signup_approval = fields.Boolean(
        related="company_id.amss_signup_approval", readonly=False
    )

    def action_create_amss_standard_groups(self):
        """Create the ten standard groups that the company lacks.

        :return: a notification
        """
        return self.company_id.action_create_standard_groups()
