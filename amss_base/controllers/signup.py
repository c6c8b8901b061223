# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import time

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.auth_signup.controllers.main import AuthSignupHome

from ..tools import citizen_id
from ..tools.timing import even_out

# Where no module sets a password policy.
MIN_PASSWORD_LENGTH = 8
MAX_PASSWORD_LENGTH = 4096


class StaffSignup(AuthSignupHome):
    def get_auth_signup_config(self):
        """Let the login page know whether to offer the staff sign-up."""
        config = super().get_auth_signup_config()
        config["amss_signup_enabled"] = self._is_staff_signup_enabled()
        return config

    def get_auth_signup_qcontext(self):
        """Stop citizen IDs at the door of Odoo's own sign-up and password reset:
        they would be written to the log, and the answer would tell who is known."""
        qcontext = super().get_auth_signup_qcontext()
        if citizen_id.is_thirteen_digits(request.params.get("login")):
            qcontext["error"] = request.env._(
                "Type your user name or e-mail, not the citizen ID. If you know "
                "neither, ask the administrator of your office."
            )
        return qcontext

    @http.route(
        "/amss/signup",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
    )
    def staff_signup(self, **post):
        """Take a citizen ID and a password (S3: ลงทะเบียนผู้ใช้).

        Apart from a mistyped form and from too many attempts, every answer is the
        same redirect after the same time.
        """
        if not self._is_staff_signup_enabled():
            raise NotFound()
        if request.httprequest.method == "GET":
            return self._render_staff_signup()
        # kept over the repeats of a transaction: they take time as well
        environ = request.httprequest.environ
        started = environ.setdefault("amss.signup_started", time.monotonic())
        try:
            number, password = self._check_staff_signup(post)
        except UserError as error:
            typed_id = post.get("citizen_id")
            return self._render_staff_signup(error=error.args[0], typed_id=typed_id)
        env = request.env
        address = request.httprequest.remote_addr
        if not env["amss.signup.attempt"]._take_turn(number, address):
            error = env._("Too many sign-ups. Wait an hour, then try again.")
            return self._render_staff_signup(error=error, status=429)
        env["amss.signup.request"]._sign_up(number, password)
        # before the wait: someone else with the same ID would wait for the locks
        env.cr.commit()
        even_out(started)
        return request.redirect("/amss/signup/received", code=303)

    @http.route(
        "/amss/signup/received",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def staff_signup_received(self, **kw):
        """Say what happens next, to whoever comes here."""
        return self._render_staff_signup(received=True)

    def _is_staff_signup_enabled(self):
        # sudo: visitors may not read companies; yes or no is all they get
        companies = request.env["res.company"].sudo()
        return bool(
            companies.search_count([("amss_signup_enabled", "=", True)], limit=1)
        )

    def _render_staff_signup(self, status=200, **values):
        response = request.render("amss_base.staff_signup", values, status=status)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        response.headers["Content-Security-Policy"] = "frame-ancestors 'self'"
        return response

    def _check_staff_signup(self, post):
        """Check what can be told from the form alone.

        :param dict post: the fields of the form
        :return: the citizen ID, 13 digits, and the password
        :raise UserError: with what to correct
        """
        env = request.env
        try:
            number = citizen_id.parse(post.get("citizen_id"))
        except ValueError as error:
            raise UserError(
                env._(
                    "This is not a citizen ID. Type the 13 digits as they stand on "
                    "the ID card."
                )
            ) from error
        password = post.get("password") or ""
        if not password or password != post.get("confirm_password"):
            raise UserError(
                env._("The two passwords differ. Type the same password twice.")
            )
        if number in citizen_id.compact(password):
            raise UserError(
                env._("The citizen ID cannot be the password. Choose another one.")
            )
        self._check_password_policy(password)
        return number, password

    def _check_password_policy(self, password):
        """:raise UserError: when the password is too weak for this database"""
        users = request.env["res.users"]
        if len(password) > MAX_PASSWORD_LENGTH:
            raise UserError(
                request.env._(
                    "The password is too long. Use at most %(length)s characters.",
                    length=MAX_PASSWORD_LENGTH,
                )
            )
        if hasattr(users, "_check_password_policy"):
            users._check_password_policy([password])
        elif len(password) < MIN_PASSWORD_LENGTH:
            raise UserError(
                request.env._(
                    "The password is too short. Use at least %(length)s characters.",
                    length=MIN_PASSWORD_LENGTH,
                )
            )
