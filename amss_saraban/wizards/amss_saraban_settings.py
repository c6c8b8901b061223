# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_datetime

NAMES = (
    "amss_file_types",
    "amss_file_megabytes",
    "amss_unit_may_issue",
    "amss_days_most_urgent",
    "amss_days_very_urgent",
    "amss_days_urgent",
    "amss_days_normal",
    "amss_remind_before",
    "amss_remind_every",
)


class AmssSarabanSettings(models.TransientModel):
    """The settings of letters, for the office's administrator.

    Odoo's own settings page is for who administers the whole database.
    """

    _name = "amss.saraban.settings"
    _description = "Settings of Letters"

    company_id = fields.Many2one(
        "res.company",
        string="Office",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    amss_file_types = fields.Char(string="Types of letter files", required=True)
    amss_file_megabytes = fields.Integer(string="Largest letter file (MB)")
    amss_unit_may_issue = fields.Boolean(string="Group registrars may issue and send")
    amss_days_most_urgent = fields.Integer(string="Most urgent: days")
    amss_days_very_urgent = fields.Integer(string="Very urgent: days")
    amss_days_urgent = fields.Integer(string="Urgent: days")
    amss_days_normal = fields.Integer(string="Not urgent: days")
    amss_remind_before = fields.Integer(string="Remind: days before the due date")
    amss_remind_every = fields.Integer(string="Remind again: every how many days")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        # sudo: the settings of the user's own office
        company = self.env.company.sudo()
        return values | {name: company[name] for name in NAMES if name in fields_list}

    def action_save(self):
        """Write the settings on the office."""
        self.ensure_one()
        if not self.env.user.has_group("amss_base.group_amss_admin"):
            raise AccessError(
                self.env._("Only the administrator of the office may set this.")
            )
        # sudo: checked above; these settings of the user's own office and no others
        self.env.company.sudo().write({name: self[name] for name in NAMES})
        return {"type": "ir.actions.act_window_close"}

    def action_check_history(self):
        """Tell whether the histories of letters are what was sealed."""
        if not self.env.user.has_group("amss_base.group_amss_admin"):
            raise AccessError(
                self.env._("Only the administrator of the office may check this.")
            )
        # sudo: whether the chain holds and the number of a line, nothing of a letter
        broken = self.env["amss.document.event"].sudo()._first_broken()
        message = self.env._("The histories of letters are whole.")
        if broken:
            message = self.env._(
                "Line %(line)s of the histories, of %(when)s, is not what was sealed. "
                "Compare it with a backup.",
                line=broken.seal_number,
                when=format_datetime(self.env, broken.at),
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if broken else "success",
                "message": message,
                "sticky": True,
            },
        }
