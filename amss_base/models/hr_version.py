# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import citizen_id

MEMBERSHIP_FIELDS = {"department_id", "active", "date_version", "employee_id"}


class HrVersion(models.Model):
    _inherit = "hr.version"

    # Not tracked: the chatter would keep copies of it.
    identification_id = fields.Char(tracking=False)

    _identification_id_index = models.Index(
        "(identification_id) WHERE identification_id IS NOT NULL"
    )

    @api.constrains("identification_id", "employee_id")
    def _check_citizen_id(self):
        """Thirteen digits are a citizen ID: its check digit must fit, and no one
        else at work in the office may have it. Other text may be a passport.

        A new employee's version comes here twice, first without the employee."""
        citizens = self.filtered(
            lambda version: version.employee_id
            and citizen_id.is_thirteen_digits(version.identification_id)
        )
        for version in citizens:
            try:
                citizen_id.parse(version.identification_id)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "The citizen ID of %(employee)s is mistyped: its last digit "
                        "does not fit the others. Compare it with the ID card.",
                        employee=version.employee_id.name,
                    )
                ) from error
        citizens._check_citizen_id_unique()

    def _check_citizen_id_unique(self):
        """:raise ValidationError: when two employees of an office share an ID"""
        employees = self.env["hr.employee"].search(
            [("identification_id", "in", self.mapped("identification_id"))]
        )
        by_key = {}
        for employee in employees:
            key = (employee.company_id, employee.identification_id)
            other = by_key.setdefault(key, employee)
            if other != employee:
                raise ValidationError(
                    self.env._(
                        "%(employee)s and %(other)s have the same citizen ID. "
                        "Correct one of them, or archive the one that is double.",
                        employee=employee.name,
                        other=other.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._normalize_citizen_id(vals)
        versions = super().create(vals_list)
        self.env["res.users"]._invalidate_user_departments()
        return versions

    def write(self, vals):
        self._normalize_citizen_id(vals)
        result = super().write(vals)
        if MEMBERSHIP_FIELDS & vals.keys():
            self.env["res.users"]._invalidate_user_departments()
        return result

    @api.model
    def _normalize_citizen_id(self, vals):
        """Store citizen IDs as 13 plain digits, so that they can be found.

        :param dict vals: values for create or write, changed in place
        """
        if citizen_id.is_thirteen_digits(vals.get("identification_id")):
            vals["identification_id"] = citizen_id.compact(vals["identification_id"])
