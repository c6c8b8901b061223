# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    amss_signup_enabled = fields.Boolean(
        string="Staff Sign-up",
        default=True,
        help="People with an employee record can make themselves users with their "
        "citizen ID.",
    )
    amss_signup_approval = fields.Boolean(
        string="Approve Staff Sign-ups",
        default=True,
        help="An administrator decides about each sign-up before it becomes a user.",
    )

    def action_create_standard_groups(self):
        """Create those of the ten standard groups that the offices lack.

        :return: a notification of how many there were to create
        """
        departments = self.env["hr.department"]._create_standard_groups(self)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if departments else "info",
                "message": self.env._(
                    "Groups created: %(count)s", count=len(departments)
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
