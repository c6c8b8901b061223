# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

MEMBERSHIP_FIELDS = {"parent_id", "active", "manager_id", "registrar_ids"}


class HrDepartment(models.Model):
    _inherit = "hr.department"

    registrar_ids = fields.Many2many(
        "res.users",
        "amss_department_registrar_rel",
        "department_id",
        "user_id",
        string="Group Registrars",
        domain=[("share", "=", False)],
        help="The staff who keep the correspondence of the group.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        departments = super().create(vals_list)
        self.env["res.users"]._invalidate_user_departments()
        return departments

    def write(self, vals):
        result = super().write(vals)
        if MEMBERSHIP_FIELDS & vals.keys():
            self.env["res.users"]._invalidate_user_departments()
        return result

    def unlink(self):
        result = super().unlink()
        self.env["res.users"]._invalidate_user_departments()
        return result
