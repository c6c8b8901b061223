# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

MEMBERSHIP_FIELDS = {"department_id", "active", "date_version", "employee_id"}


class HrVersion(models.Model):
    _inherit = "hr.version"

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create(vals_list)
        self.env["res.users"]._invalidate_user_departments()
        return versions

    def write(self, vals):
        result = super().write(vals)
        if MEMBERSHIP_FIELDS & vals.keys():
            self.env["res.users"]._invalidate_user_departments()
        return result
