# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.filetype import KNOWN_TYPES

DEFAULT_TYPES = "pdf,doc,docx,xls,xlsx,gif,jpg,png,zip,rar"


class ResCompany(models.Model):
    _inherit = "res.company"

    amss_file_types = fields.Char(
        string="Types of letter files",
        required=True,
        default=DEFAULT_TYPES,
        help="What may be attached to a letter, judged by content, with commas.",
    )
    amss_file_megabytes = fields.Integer(
        string="Largest letter file (MB)", required=True, default=20
    )
    amss_unit_may_issue = fields.Boolean(
        string="Group registrars may issue and send", default=True
    )

    # How fast a letter is to be dealt with: at once, quickly, faster than usual
    # (ข้อ 28); an office says in days what that means.
    amss_days_most_urgent = fields.Integer(string="Most urgent: days", default=0)
    amss_days_very_urgent = fields.Integer(string="Very urgent: days", default=1)
    amss_days_urgent = fields.Integer(string="Urgent: days", default=3)
    amss_days_normal = fields.Integer(
        string="Not urgent: days",
        default=7,
        help="A negative number means that no due date is proposed.",
    )

    amss_remind_before = fields.Integer(
        string="Remind: days before the due date", default=1
    )
    amss_remind_every = fields.Integer(
        string="Remind again: every how many days",
        default=3,
        help="0: nobody is reminded.",
    )

    _amss_remind_sense = models.Constraint(
        "CHECK(amss_remind_before >= 0 AND amss_remind_every >= 0)",
        "Days are 0 or more.",
    )
    _amss_file_megabytes_positive = models.Constraint(
        "CHECK(amss_file_megabytes > 0)", "The largest file has to be 1 MB or more."
    )

    @api.constrains("amss_file_types")
    def _check_amss_file_types(self):
        for company in self:
            unknown = set(company._letter_file_types()) - set(KNOWN_TYPES)
            if unknown or not company._letter_file_types():
                raise ValidationError(
                    self.env._(
                        "“%(text)s” is not a list of file types that can be told by "
                        "content. Choose from: %(known)s.",
                        text=company.amss_file_types,
                        known=", ".join(KNOWN_TYPES),
                    )
                )

    def _letter_file_types(self):
        """Return the allowed types as a list, such as ``["pdf", "docx"]``."""
        names = (self.amss_file_types or "").lower().replace(" ", "").split(",")
        return [name for name in names if name]

    def _amss_due_days(self, urgency):
        """Return within how many days a letter of that urgency is due (ข้อ 28).

        :param str urgency: of the letter
        :return: number of days, ``None`` where the office sets no time
        """
        days = self[f"amss_days_{urgency}"]
        return days if days >= 0 else None
