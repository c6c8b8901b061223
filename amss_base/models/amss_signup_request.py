# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from uuid import uuid4

import psycopg2.errors

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize, mute_logger

ADMINISTRATOR = "amss_base.group_amss_admin"


class AmssSignupRequest(models.Model):
    """A person of the office who wants to become a user (S3: ลงทะเบียนผู้ใช้)."""

    _name = "amss.signup.request"
    _description = "Staff Sign-up Request"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "employee_id"
    _mail_post_access = "read"

    employee_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True, string="Office"
    )
    department_id = fields.Many2one(
        "hr.department",
        string="Group",
        compute="_compute_department_id",
        compute_sudo=True,
        store=True,
    )
    state = fields.Selection(
        [
            ("pending", "Waiting for Approval"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("replaced", "Replaced"),
        ],
        default="pending",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )
    # A hash in the form in which res.users keeps it; gone with the decision.
    password_hash = fields.Char(groups=fields.NO_ACCESS, copy=False)
    user_id = fields.Many2one("res.users", readonly=True)
    login = fields.Char(related="user_id.login", string="User Name")
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_at = fields.Datetime(readonly=True)
    refuse_reason = fields.Text(readonly=True, tracking=True)

    _one_open_request = models.UniqueIndex(
        "(employee_id) WHERE state IN ('pending', 'approved')",
        "This person has already signed up.",
    )

    @api.depends("employee_id")
    def _compute_department_id(self):
        for request in self:
            request.department_id = request.employee_id.department_id

    @api.model
    def _sign_up(self, number, password):
        """Take the sign-up of somebody who has shown nothing but a citizen ID.

        Returns nothing on purpose: whoever asks learns nothing about the ID. The
        password is hashed before anything is looked up, since that takes longest.

        :param str number: the citizen ID, 13 digits
        :param str password: the password that the person wants
        """
        password_hash = self.env["res.users"]._crypt_context().hash(password)
        # sudo: the visitor is nobody yet; only what _find_employee allows happens
        request = self.sudo()._claim(self.sudo()._find_employee(number), password_hash)
        if request and not request.company_id.amss_signup_approval:
            request._approve()
        elif request:
            request._call_administrators()

    @api.model
    def _find_employee(self, number):
        """Find the one employee without a user who has the ID, in an office that
        lets its staff sign up.

        :param str number: the citizen ID, 13 digits
        :return: ``hr.employee``, empty when there is none, or more than one
        """
        employees = self.env["hr.employee"].search(
            [
                ("identification_id", "=", number),
                ("company_id.amss_signup_enabled", "=", True),
                ("user_id", "=", False),
            ]
        )
        return employees if len(employees) == 1 else employees.browse()

    @api.model
    def _claim(self, employee, password_hash):
        """Make the one open request of an employee. Of two at the same moment one
        wins, by the unique index.

        :return: the request, empty when there is no employee or one is open
        """
        if not employee:
            return self.browse()
        # The user whom an older request led to has been taken away since.
        self.search(
            [("employee_id", "=", employee.id), ("state", "=", "approved")]
        ).state = "replaced"
        vals = {"employee_id": employee.id, "password_hash": password_hash}
        try:
            # muted: the log would show the hash
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                return self.with_context(mail_create_nosubscribe=True).create(vals)
        except psycopg2.errors.UniqueViolation:
            return self.browse()

    def _call_administrators(self):
        """Put the request on the to-do list of the office's administrators. No
        e-mail leaves from here: sending it would take time, and tell."""
        users = self.env.ref(ADMINISTRATOR).all_user_ids.filtered("active")
        Activity = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        Activity.create(
            [
                {
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": request.id,
                    "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                    "summary": self.env._("Decide about a staff sign-up"),
                    "user_id": user.id,
                    "automated": True,
                }
                for request in self
                for user in users
                if request.company_id in user.company_ids
            ]
        )

    def action_approve(self):
        """Make the persons users, with the passwords that they have set.

        :raise AccessError: for anyone but an administrator
        :raise UserError: when one is decided already, or has a user by now
        """
        self._check_open()
        # sudo: administrators of the office may not create users otherwise, and
        # they neither choose the person nor the rights here
        self.sudo()._approve()
        self.sudo()._tell("amss_base.mail_template_signup_approved")

    def action_open_refuse(self):
        """Ask for the reason of a refusal.

        :return: the action of the dialog
        """
        self._check_open()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refuse Sign-up"),
            "res_model": "amss.signup.refuse",
            "view_mode": "form",
            "target": "new",
            "context": {"default_request_ids": self.ids},
        }

    def _refuse(self, reason):
        """Refuse the requests; the persons may sign up again.

        :param str reason: shown in the history and mailed to the person
        :raise AccessError: for anyone but an administrator
        :raise UserError: when one is decided already
        """
        self._check_open()
        # sudo: administrators decide, they do not otherwise write requests
        requests = self.sudo()
        requests._decide({"state": "refused", "refuse_reason": reason})
        requests._tell("amss_base.mail_template_signup_refused")

    def _check_open(self):
        """Let only an administrator decide, once, and one at a time."""
        if not self.env.user.has_group(ADMINISTRATOR):
            raise AccessError(
                self.env._("Only an administrator may decide about staff sign-ups.")
            )
        self.check_access("read")
        # sudo: locking asks for the right to write, which only the decision has
        self.sudo().lock_for_update()
        for request in self.filtered(lambda request: request.state != "pending"):
            raise UserError(
                self.env._(
                    "The sign-up of %(person)s has been decided already. Reload "
                    "the page to see how.",
                    person=request.employee_id.display_name,
                )
            )

    def _approve(self):
        """Create the users, link them to their employees and forget the hashes."""
        for request in self.filtered("employee_id.user_id"):
            raise UserError(
                self.env._(
                    "%(person)s has become a user by other means. Refuse this sign-up.",
                    person=request.employee_id.name,
                )
            )
        users = (
            self.env["res.users"]
            .with_context(no_reset_password=True, mail_create_nosubscribe=True)
            .create(self._prepare_users())
        )
        for request, user in zip(self, users, strict=True):
            user._set_encrypted_password(user.id, request.password_hash)
            request.user_id = user
        self._decide({"state": "approved"})

    def _prepare_users(self):
        """Give the values of the users to create.

        The login is the work e-mail or an invented name, never the citizen ID,
        which every colleague could then read. Logging in with the ID works all
        the same: ``res.users.authenticate`` looks it up.

        :return: list of dicts, in the order of the requests
        """
        emails = [email_normalize(emp.work_email) or "" for emp in self.employee_id]
        Users = self.env["res.users"].with_context(active_test=False)
        taken = {"", *Users.search([("login", "in", emails)]).mapped("login")}
        vals_list = []
        for employee, login in zip(self.employee_id, emails, strict=True):
            if login in taken:
                login = f"amss-{uuid4().hex[:10]}"
            taken.add(login)
            vals = {
                "name": employee.name,
                "login": login,
                "email": employee.work_email,
                "company_id": employee.company_id.id,
                "company_ids": [fields.Command.set(employee.company_id.ids)],
                "create_employee_id": employee.id,
                "lang": employee.company_id.partner_id.lang or self.env.lang,
                "tz": employee.company_id.partner_id._agency_timezone().zone,
            }
            if employee.work_contact_id and not employee.work_contact_id.user_ids:
                vals["partner_id"] = employee.work_contact_id.id
            vals_list.append(vals)
        return vals_list

    def _decide(self, vals):
        """Write a decision and clear what waited for it.

        :param dict vals: state, and what belongs to it
        """
        self.activity_unlink(["mail.mail_activity_data_todo"])
        nobody = self.env.user._is_public()
        self.write(
            {
                **vals,
                "password_hash": False,
                "decided_by_id": False if nobody else self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )

    def _tell(self, template_xmlid):
        """Queue an e-mail to the address that the office has of each person; the
        one who signed up has given none.

        :param str template_xmlid: which template
        """
        reachable = self.filtered("employee_id.work_email")
        template = self.env.ref(template_xmlid, raise_if_not_found=False)
        if reachable and template:
            template.send_mail_batch(reachable.ids)
