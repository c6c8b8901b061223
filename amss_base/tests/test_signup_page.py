# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re
from unittest.mock import patch

from odoo.http import root
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ID_MALEE, ID_NOBODY, ID_SOMCHAI, ID_WRONG, PASSWORD, OfficeCase

EVEN_OUT = "odoo.addons.amss_base.controllers.signup.even_out"
EVEN_OUT_LOGIN = "odoo.addons.amss_base.models.res_users.even_out"


@tagged("post_install", "-at_install")
class TestSignupPage(HttpCase, OfficeCase):
    def setUp(self):
        super().setUp()
        self.even_out = self.startPatcher(patch(EVEN_OUT))
        self.startPatcher(patch(EVEN_OUT_LOGIN))
        self.env["res.lang"]._activate_lang("en_US")
        self.env["ir.default"].set("res.partner", "lang", "en_US")
        self.visit()

    def visit(self):
        """Come as a stranger who reads English."""
        self.authenticate(None, None)
        self.opener.headers["Accept-Language"] = "en-US"

    def get_page(self):
        response = self.url_open("/amss/signup")
        [token] = re.findall(r'name="csrf_token" value="([^"]+)"', response.text)
        return token

    def post(self, number, password=PASSWORD, confirm=None, **kw):
        data = {
            "csrf_token": self.get_page(),
            "citizen_id": number,
            "password": password,
            "confirm_password": password if confirm is None else confirm,
        }
        return self.url_open("/amss/signup", data=data, **kw)

    def log_in(self, login, password=PASSWORD):
        """The id of the user who is logged in after trying, if any."""
        self.visit()
        response = self.url_open("/web/login")
        [token] = re.findall(r'name="csrf_token" value="([^"]+)"', response.text)
        data = {"csrf_token": token, "login": login, "password": password}
        self.url_open("/web/login", data=data)
        return root.session_store.get(self.opener.cookies["session_id"]).uid

    def reset_password(self, login):
        response = self.url_open("/web/reset_password")
        [token] = re.findall(r'name="csrf_token" value="([^"]+)"', response.text)
        data = {"csrf_token": token, "login": login}
        return self.url_open("/web/reset_password", data=data).text

    def test_password_reset_tells_nothing_about_an_id(self):
        self.env["ir.config_parameter"].set_param("auth_signup.reset_password", "True")
        for number in (ID_SOMCHAI, ID_NOBODY, "1-0000-00000-01-7"):
            self.assertIn("not the citizen ID", self.reset_password(number))

    def test_login_page_links_to_signup(self):
        self.assertIn('href="/amss/signup"', self.url_open("/web/login").text)

    def test_switched_off_there_is_no_page_and_no_link(self):
        self.env["res.company"].search([]).amss_signup_enabled = False
        self.assertEqual(self.url_open("/amss/signup").status_code, 404)
        self.assertNotIn("/amss/signup", self.url_open("/web/login").text)

    def test_signed_up_and_approved_logs_in_with_citizen_id(self):
        self.post("๑-๐๐๐๐-๐๐๐๐๐-๐๑-๗")
        request = self.open_requests()
        self.assertEqual(request.employee_id, self.somchai)
        request.with_user(self.admin).action_approve()
        user = self.somchai.user_id
        self.assertEqual(self.log_in("1 0000 00000 01 7"), user.id)
        self.assertEqual(self.log_in("somchai@example.go.th"), user.id)
        self.assertFalse(self.log_in(ID_SOMCHAI, "wrong"))

    def test_without_approval_logs_in_at_once(self):
        self.office.amss_signup_approval = False
        self.post(ID_MALEE)
        self.assertEqual(self.log_in(ID_MALEE), self.malee.user_id.id)
        self.assertTrue(self.malee.user_id)

    def test_answer_is_the_same_whether_the_id_is_known_or_not(self):
        self.post(ID_MALEE)
        self.open_requests().with_user(self.admin).action_approve()
        cases = {
            "known": ID_SOMCHAI,
            "second sign-up": ID_SOMCHAI,
            "taken": ID_MALEE,
            "unknown": ID_NOBODY,
        }
        answers = set()
        for case, number in cases.items():
            with self.subTest(case=case):
                response = self.post(number, allow_redirects=False)
                followed = self.url_open(response.headers["Location"])
                text = re.sub(r'csrf_token: "[^"]+"', "", followed.text)
                answers.add((response.status_code, response.text, text))
        self.assertEqual(len(answers), 1)
        self.assertEqual(answers.pop()[0], 303)
        self.assertEqual(self.open_requests().employee_id, self.somchai)

    def test_every_answer_is_evened_out(self):
        for number in (ID_SOMCHAI, ID_SOMCHAI, ID_NOBODY):
            self.post(number)
        self.assertEqual(self.even_out.call_count, 3)

    def test_mistyped_form_says_what_to_correct(self):
        cases = [
            (ID_WRONG, PASSWORD, PASSWORD, "not a citizen ID"),
            ("12345", PASSWORD, PASSWORD, "not a citizen ID"),
            ("", PASSWORD, PASSWORD, "not a citizen ID"),
            ("<b>x</b>", PASSWORD, PASSWORD, "not a citizen ID"),
            (ID_SOMCHAI, PASSWORD, "different", "passwords differ"),
            (ID_SOMCHAI, "", "", "passwords differ"),
            (ID_SOMCHAI, "short", "short", "password"),
            (ID_SOMCHAI, "x" * 5000, "x" * 5000, "too long"),
            (ID_SOMCHAI, ID_SOMCHAI, ID_SOMCHAI, "cannot be the password"),
        ]
        for number, password, confirm, message in cases:
            with self.subTest(number=number, password=password[:20]):
                response = self.post(number, password, confirm)
                self.assertEqual(response.status_code, 200)
                self.assertIn(message, response.text)
                self.assertEqual(response.text.count('type="password"'), 2)
                self.assertNotRegex(response.text, 'type="password"[^>]*value')
                self.assertNotIn("<b>x</b>", response.text)
        self.assertFalse(self.open_requests())

    def test_form_without_csrf_token_is_refused(self):
        data = {
            "citizen_id": ID_SOMCHAI,
            "password": PASSWORD,
            "confirm_password": PASSWORD,
        }
        with mute_logger("odoo.http"):
            answer = self.url_open("/amss/signup", data=data)
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.open_requests())

    def test_too_many_signups_with_one_id_known_or_not(self):
        for number in (ID_SOMCHAI, ID_NOBODY):
            codes = [self.post(number).status_code for _attempt in range(6)]
            self.assertEqual(codes, [200] * 5 + [429])

    def test_nothing_of_the_id_is_logged(self):
        with self.assertLogs(level="DEBUG") as logs:
            self.post(ID_SOMCHAI)
            self.log_in(ID_SOMCHAI)
            self.log_in(ID_NOBODY)
            self.reset_password(ID_SOMCHAI)
        for number in (ID_SOMCHAI, ID_NOBODY):
            self.assertFalse(
                [
                    line
                    for line in logs.output
                    if number in line and "odoo.sql" not in line
                ]
            )
