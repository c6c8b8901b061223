# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class AmssSignupRefuse(models.TransientModel):
    _name = "amss.signup.refuse"
    _description = "Refuse Staff Sign-up"

    request_ids = fields.Many2many("amss.signup.request", required=True)
    reason = fields.Text(required=True)

    def action_refuse(self):
        """Refuse the requests with the reason."""
        self.request_ids._refuse(self.reason)
