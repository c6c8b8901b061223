# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import time

from odoo import api, fields, models
from odoo.exceptions import AccessDenied, ValidationError

from ..tools import citizen_id
from ..tools.timing import even_out

# What the log says, and no user is called, when an unknown citizen ID was typed.
UNKNOWN_CITIZEN = "(citizen ID)"


class ResUsers(models.Model):
    _inherit = "res.users"

    agency_id = fields.Many2one(
        "res.partner",
        compute="_compute_agency_id",
        compute_sudo=True,
        help="The agency for which the user works: the company's for internal "
        "users, the commercial entity's for portal users.",
    )
    department_ids = fields.Many2many(
        "hr.department",
        string="Office Groups",
        compute="_compute_department_ids",
        compute_sudo=True,
        help="The groups in which the user is employed, with their sections.",
    )
    registrar_department_ids = fields.Many2many(
        "hr.department",
        string="Office Groups Kept",
        compute="_compute_registrar_department_ids",
        compute_sudo=True,
        help="The groups of which the user is head or registrar, with their sections.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + [
            "agency_id",
            "department_ids",
            "registrar_department_ids",
        ]

    @api.depends(
        "share",
        "company_id.partner_id",
        "partner_id.commercial_partner_id.is_agency",
    )
    def _compute_agency_id(self):
        # asked at each step of each letter: what is needed, not the hundred columns
        # that users, companies and partners have
        self.fetch(["share", "company_id", "partner_id"])
        self.company_id.fetch(["partner_id"])
        for user in self:
            if not user.share:
                user.agency_id = user.company_id.partner_id
            else:
                partner = user.partner_id.commercial_partner_id
                user.agency_id = partner if partner.is_agency else False
        partners = self.agency_id | self.partner_id
        partners.fetch(["name", "agency_type", "letter_prefix", "tz"])

    # Not declared on employees and departments: those come through fields that
    # are computed without being stored. _invalidate_user_departments does it.
    @api.depends("employee_ids")
    def _compute_department_ids(self):
        employees = self.env["hr.employee"].search([("user_id", "in", self.ids)])
        own = {}
        for employee in employees:
            departments = own.setdefault(employee.user_id.id, self.env["hr.department"])
            own[employee.user_id.id] = departments | employee.department_id
        self._set_with_sections("department_ids", own)

    @api.depends("employee_ids")
    def _compute_registrar_department_ids(self):
        departments = self.env["hr.department"].search(
            [
                "|",
                ("registrar_ids", "in", self.ids),
                ("manager_id.user_id", "in", self.ids),
            ]
        )
        own = {}
        for department in departments:
            for user in department.registrar_ids | department.manager_id.user_id:
                kept = own.setdefault(user.id, self.env["hr.department"])
                own[user.id] = kept | department
        self._set_with_sections("registrar_department_ids", own)

    def _set_with_sections(self, field_name, own):
        """Set a field of departments to each user's own and all below them.

        :param str field_name: the computed field
        :param dict own: departments by user id
        """
        Department = self.env["hr.department"]
        tops = Department.union(*own.values())
        tree = Department.search([("id", "child_of", tops.ids)]) if tops else tops
        paths = [(department.parent_path, department.id) for department in tree]
        for user in self:
            roots = tuple(own.get(user._origin.id, tops[:0]).mapped("parent_path"))
            user[field_name] = Department.browse(
                [res_id for path, res_id in paths if roots and path.startswith(roots)]
            )

    @api.model
    def _invalidate_user_departments(self):
        """Forget which departments users belong to, after a change of staff.

        Record rules that name ``user.department_ids`` are kept evaluated in the
        registry's cache of every process, so that has to go as well.
        """
        self.invalidate_model(["department_ids", "registrar_department_ids"])
        self.env.registry.clear_cache()

    def authenticate(self, credential, user_agent_env):
        """Let staff log in with their citizen ID, as they are used to from AMSS++.

        The ID is replaced by the user's login before anything else sees it: no
        log, no session and no other user does. An unknown ID takes as long to be
        refused as a wrong password.

        :raise AccessDenied: when ID or password are wrong
        """
        typed = credential.get("login")
        if not citizen_id.is_thirteen_digits(typed):
            return super().authenticate(credential, user_agent_env)
        started = time.monotonic()
        # in place: the session takes the login from this very dict afterwards
        credential["login"] = self._get_login_of_citizen(citizen_id.compact(typed))
        try:
            return super().authenticate(credential, user_agent_env)
        except AccessDenied:
            even_out(started)
            raise

    @api.model
    def _get_login_of_citizen(self, number):
        """Find out as whom the holder of a citizen ID logs in.

        :param str number: 13 digits
        :return: the login of the one user whose employee has the ID, otherwise a
            text that is nobody's
        """
        # sudo: nobody is logged in yet, and the answer stays in authenticate
        employees = (
            self.env["hr.employee"]
            .sudo()
            .search([("identification_id", "=", number), ("user_id.active", "=", True)])
        )
        users = employees.user_id
        return users.login if len(users) == 1 else UNKNOWN_CITIZEN

    @api.constrains("login")
    def _check_login_is_no_citizen_id(self):
        for user in self.filtered(lambda u: citizen_id.is_thirteen_digits(u.login)):
            raise ValidationError(
                self.env._(
                    "The user name of %(user)s is a citizen ID, which every colleague "
                    "could read there. Choose another one, such as the e-mail address: "
                    "with the ID on the employee record, logging in with it works all "
                    "the same.",
                    user=user.name,
                )
            )
