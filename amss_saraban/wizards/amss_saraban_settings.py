# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import format_datetime


class AmssSarabanSettings(models.TransientModel):
    """The settings of letters, for the office's administrator."""

    _name = "amss.saraban.settings"
    _inherit = "amss.office.settings"
    _description = "Settings of Letters"
    _administrators = "amss_base.group_amss_admin"

    amss_file_types = fields.Char(string="Types of letter files", required=True)
    amss_file_megabytes = fields.Integer(string="Largest letter file (MB)")
    amss_unit_may_issue = fields.Boolean(string="Group registrars may issue and send")
    amss_days_most_urgent = fields.Integer(string="Most urgent: days")
    amss_days_very_urgent = fields.Integer(string="Very urgent: days")
    amss_days_urgent = fields.Integer(string="Urgent: days")
    amss_days_normal = fields.Integer(string="Not urgent: days")
    amss_remind_before = fields.Integer(string="Remind: days before the due date")
    amss_remind_every = fields.Integer(string="Remind again: every how many days")

    def action_check_history(self):
        """Tell whether the histories of letters are what was sealed."""
        self._check_administrator()
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
