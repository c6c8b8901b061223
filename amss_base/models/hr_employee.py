# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

MEMBERSHIP_FIELDS = {"user_id", "active", "current_version_id", "department_id"}


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    @api.model_create_multi
    def create(self, vals_list):
        employees = super().create(vals_list)
        self.env["res.users"]._invalidate_user_departments()
        return employees

    def write(self, vals):
        result = super().write(vals)
        if MEMBERSHIP_FIELDS & vals.keys():
            self.env["res.users"]._invalidate_user_departments()
        return result

    def unlink(self):
        # sudo: who may delete the person may not read sign-ups. Not left to the
        # database's cascade, which would forget their activities.
        self.env["amss.signup.request"].sudo().search(
            [("employee_id", "in", self.ids)]
        ).unlink()
        result = super().unlink()
        self.env["res.users"]._invalidate_user_departments()
        return result
