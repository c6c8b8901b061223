# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import threading
import time

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import common, tagged

from .common import PASSWORD

ID_RACE = "1000000000041"


@tagged("post_install", "-at_install")
class TestSignupRace(common.BaseCase):
    """Two server processes take a sign-up with the same ID at the same moment.

    On connections of their own, so what is made here is committed, and removed.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(common.get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            office = env.ref("base.main_company")
            self.settings = office.read(["amss_signup_enabled", "amss_signup_approval"])
            office.write({"amss_signup_enabled": True, "amss_signup_approval": True})
            employee = env["hr.employee"].create(
                {
                    "name": "test_signup_race",
                    "company_id": office.id,
                    "identification_id": ID_RACE,
                }
            )
            self.employee_id = employee.id
        self.addCleanup(self.remove)

    def remove(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            [settings] = self.settings
            env["res.company"].browse(settings.pop("id")).write(settings)
            employee = env["hr.employee"].browse(self.employee_id)
            user, contact = employee.user_id, employee.work_contact_id
            employee.unlink()
            user.unlink()
            contact.unlink()

    def sign_up(self, cr, password):
        env = api.Environment(cr, SUPERUSER_ID, {})
        user = env.ref("base.public_user")
        env["amss.signup.request"].with_user(user)._sign_up(ID_RACE, password)
        env.flush_all()

    def wait_until_blocked(self, pid):
        deadline = time.monotonic() + 20
        with self.registry.cursor() as cr:
            while time.monotonic() < deadline:
                cr.execute(
                    "SELECT 1 FROM pg_locks WHERE pid = %s AND NOT granted", [pid]
                )
                if cr.fetchone():
                    return
                time.sleep(0.05)
        self.fail("the second sign-up did not wait for the first")

    def race(self):
        """The first wins; the second has begun before the first is committed."""
        errors = []

        def second():
            try:
                self.sign_up(cr_2, "another-password")
                cr_2.commit()
            except Exception as error:  # shown by the test
                errors.append(error)

        with self.registry.cursor() as cr_1, self.registry.cursor() as cr_2:
            cr_2.execute("SELECT pg_backend_pid()")  # its snapshot is taken here
            [pid] = cr_2.fetchone()
            self.sign_up(cr_1, PASSWORD)
            thread = threading.Thread(target=second)
            thread.start()
            self.wait_until_blocked(pid)
            cr_1.commit()
            thread.join(timeout=20)
        self.assertFalse(errors)

    def assert_one_winner(self, state):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            request = env["amss.signup.request"].search(
                [("employee_id", "=", self.employee_id)]
            )
            self.assertEqual(request.mapped("state"), [state])
            users = env["res.users"].search([("name", "=", "test_signup_race")])
            self.assertEqual(users, request.user_id)
            crypt = env["res.users"]._crypt_context()
            kept = request.password_hash
            if users:
                cr.execute("SELECT password FROM res_users WHERE id = %s", [users.id])
                [kept] = cr.fetchone()
            self.assertTrue(crypt.verify(PASSWORD, kept))

    def test_one_request_waits_for_approval(self):
        self.race()
        self.assert_one_winner("pending")

    def test_one_user_where_no_approval_is_needed(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env.ref("base.main_company").amss_signup_approval = False
        self.race()
        self.assert_one_winner("approved")
