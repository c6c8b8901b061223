# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import ID_MALEE, ID_NOBODY, ID_SOMCHAI, PASSWORD, OfficeCase

ENV = {"interactive": True}


@tagged("post_install", "-at_install")
class TestSignupRequest(OfficeCase):
    def log_in(self, login, password=PASSWORD):
        """The id of the user who logs in, and the login the session keeps."""
        credential = {"login": login, "password": password, "type": "password"}
        with patch("odoo.addons.amss_base.models.res_users.even_out"):
            info = self.env["res.users"].authenticate(credential, ENV)
        return info["uid"], credential["login"]

    def approve(self, request):
        request.with_user(self.admin).action_approve()
        return request.user_id

    def refuse(self, requests, reason="มาพบด้วยตนเอง"):
        wizard = (
            self.env["amss.signup.refuse"]
            .with_user(self.admin)
            .create({"request_ids": requests.ids, "reason": reason})
        )
        wizard.action_refuse()

    def test_approval_makes_the_user_of_the_employee(self):
        user = self.approve(self.sign_up(ID_SOMCHAI))
        self.assertEqual(self.somchai.user_id, user)
        self.assertEqual(user.name, "สมชาย ใจดี")
        self.assertEqual(user.login, "somchai@example.go.th")
        self.assertEqual(user.partner_id, self.somchai.work_contact_id)
        self.assertEqual(user.company_ids, self.office)
        self.assertEqual(user.tz, "Asia/Bangkok")
        self.assertTrue(user._is_internal())
        self.assertFalse(user.has_group("base.group_erp_manager"))
        self.assertEqual(self.log_in("somchai@example.go.th")[0], user.id)

    def test_citizen_id_logs_in_and_the_session_keeps_the_user_name(self):
        user = self.approve(self.sign_up(ID_SOMCHAI))
        self.assertEqual(self.log_in("1-0000-00000-01-7"), (user.id, user.login))

    def test_wrong_password_and_unknown_id_are_refused_alike(self):
        self.approve(self.sign_up(ID_SOMCHAI))
        messages = set()
        for login in (ID_SOMCHAI, ID_MALEE, ID_NOBODY):
            with self.assertRaises(AccessDenied) as denied:
                self.log_in(login, "wrong")
            messages.add(str(denied.exception))
        self.assertEqual(len(messages), 1)

    def test_archived_user_cannot_log_in_with_citizen_id(self):
        self.approve(self.sign_up(ID_SOMCHAI)).action_archive()
        with self.assertRaises(AccessDenied):
            self.log_in(ID_SOMCHAI)

    def test_user_without_work_email_gets_a_name_that_is_not_the_id(self):
        user = self.approve(self.sign_up(ID_MALEE))
        self.assertRegex(user.login, r"^amss-[0-9a-f]{10}$")
        self.assertEqual(self.log_in(ID_MALEE)[0], user.id)

    def test_work_email_that_is_someone_elses_user_name(self):
        self.staff.login = "somchai@example.go.th"
        user = self.approve(self.sign_up(ID_SOMCHAI))
        self.assertRegex(user.login, r"^amss-")

    def test_two_with_the_same_work_email_approved_together(self):
        self.malee.work_email = "Somchai@example.go.th"
        requests = self.sign_up(ID_SOMCHAI) | self.sign_up(ID_MALEE)
        requests.with_user(self.admin).action_approve()
        self.assertEqual(len(set(requests.user_id.mapped("login"))), 2)

    def test_without_approval_the_user_is_there_at_once(self):
        self.office.amss_signup_approval = False
        self.assertFalse(self.sign_up(ID_SOMCHAI))
        self.assertEqual(self.log_in(ID_SOMCHAI)[0], self.somchai.user_id.id)

    def test_unknown_taken_pending_ambiguous_or_switched_off_change_nothing(self):
        first = self.sign_up(ID_SOMCHAI)
        self.assertEqual(self.sign_up(ID_SOMCHAI, "another-password"), first)
        self.assertEqual(self.sign_up(ID_NOBODY), first)
        user = self.approve(first)
        self.assertFalse(self.sign_up(ID_SOMCHAI, "another-password"))
        self.assertEqual(self.log_in(ID_SOMCHAI)[0], user.id)
        self.env["hr.employee"].create(
            {
                "name": "มาลี มีสุข",
                "company_id": self.env["res.company"].create({"name": "สพม."}).id,
                "identification_id": ID_MALEE,
            }
        )
        self.assertFalse(self.sign_up(ID_MALEE))
        self.office.amss_signup_enabled = False
        self.assertFalse(self.sign_up(ID_MALEE))

    def test_someone_who_left_cannot_sign_up(self):
        self.somchai.action_archive()
        self.assertFalse(self.sign_up(ID_SOMCHAI))

    def test_refused_may_sign_up_again(self):
        first = self.sign_up(ID_SOMCHAI)
        self.refuse(first)
        self.assertEqual(
            (first.state, first.refuse_reason), ("refused", "มาพบด้วยตนเอง")
        )
        self.assertEqual(first.decided_by_id, self.admin)
        self.assertFalse(self.somchai.user_id)
        second = self.sign_up(ID_SOMCHAI, "another-password")
        self.assertNotEqual(second, first)
        self.approve(second)
        self.assertTrue(self.log_in(ID_SOMCHAI, "another-password"))

    def test_may_sign_up_again_when_the_user_was_taken_away(self):
        first = self.sign_up(ID_SOMCHAI)
        self.approve(first)
        self.somchai.user_id = False
        self.assertTrue(self.sign_up(ID_SOMCHAI))
        self.assertEqual(first.state, "replaced")

    def test_decided_once_only(self):
        request = self.sign_up(ID_SOMCHAI)
        self.approve(request)
        with self.assertRaisesRegex(UserError, "สมชาย ใจดี"):
            self.approve(request)
        with self.assertRaisesRegex(UserError, "decided already"):
            self.refuse(request)

    def test_approving_one_who_became_a_user_by_other_means(self):
        request = self.sign_up(ID_SOMCHAI)
        self.somchai.user_id = self.staff
        with self.assertRaisesRegex(UserError, "by other means"):
            self.approve(request)
        self.refuse(request)

    def test_only_administrators_of_the_office_decide(self):
        request = self.sign_up(ID_SOMCHAI)
        for user in (self.staff, self.officer, self.school_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                request.with_user(user).action_approve()
        other = self.env["res.company"].create({"name": "สพม."})
        stranger = self.new_user("amss_stranger", "amss_base.group_amss_admin")
        stranger.write({"company_id": other.id, "company_ids": [(6, 0, other.ids)]})
        with self.assertRaises(AccessError):
            request.with_user(stranger).action_approve()
        self.assertEqual(request.state, "pending")

    def test_password_is_kept_as_a_hash_nobody_reads_and_then_not_at_all(self):
        request = self.sign_up(ID_SOMCHAI)
        self.assertTrue(
            self.env["res.users"]
            ._crypt_context()
            .verify(PASSWORD, request.password_hash)
        )
        system = self.new_user("amss_system", "base.group_system")
        for user in (self.admin, system):
            with self.assertRaises(AccessError):
                request.with_user(user).read(["password_hash"])
            self.assertNotIn("password_hash", request.with_user(user).fields_get())
        self.approve(request)
        self.assertFalse(request.password_hash)

    def test_administrators_get_a_todo_until_it_is_decided(self):
        request = self.sign_up(ID_SOMCHAI)
        self.assertIn(self.admin, request.activity_ids.user_id)
        self.assertNotIn(self.staff, request.activity_ids.user_id)
        self.approve(request)
        self.assertFalse(request.activity_ids)

    def test_person_is_told_at_the_address_the_office_has(self):
        self.refuse(self.sign_up(ID_SOMCHAI), "ไม่ใช่ตัวจริง")
        mail = self.env["mail.mail"].search([("body_html", "ilike", "ไม่ใช่ตัวจริง")])
        self.assertEqual(mail.email_to, "somchai@example.go.th")
        self.assertEqual(mail.state, "outgoing")
        self.approve(self.sign_up(ID_SOMCHAI))
        self.assertNotIn(ID_SOMCHAI, str(mail.search([]).mapped("body_html")))

    def test_signing_up_sends_no_mail(self):
        before = self.env["mail.mail"].search_count([])
        self.sign_up(ID_SOMCHAI)
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    def test_queries_per_request_decided_do_not_grow(self):
        """Mail and activities of core cost some per record; ours costs none."""
        employees = self.env["hr.employee"].create(
            [{"name": str(n), "company_id": self.office.id} for n in range(11)]
        )
        Request = self.env["amss.signup.request"]
        requests = Request.create([{"employee_id": emp.id} for emp in employees])
        counts = []
        for some in (requests[:1], requests[1:]):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.with_user(self.admin).with_context(tracking_disable=True)._refuse("-")
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)


@tagged("post_install", "-at_install")
class TestSignupAttempt(OfficeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Attempt = cls.env["amss.signup.attempt"]
        cls.Attempt.search([]).unlink()

    def test_counts_by_id_by_address_and_in_all(self):
        get_param = self.env["ir.config_parameter"].set_param
        for name in ("per_id", "per_address", "total"):
            with self.subTest(name=name):
                self.Attempt.search([]).unlink()
                for other in ("per_id", "per_address", "total"):
                    limit = "2" if other == name else "100"
                    get_param(f"amss_base.signup_limit_{other}", limit)
                taken = [
                    self.Attempt._take_turn(
                        ID_SOMCHAI if name == "per_id" else f"number {turn}",
                        "192.0.2.1" if name == "per_address" else f"192.0.2.{turn}",
                    )
                    for turn in range(2, 5)
                ]
                self.assertEqual(taken, [True, True, False])
                self.assertEqual(
                    self.Attempt._take_turn(ID_NOBODY, "192.0.2.99"), name != "total"
                )

    def test_counts_again_after_an_hour(self):
        now = fields.Datetime.now()
        for _turn in range(5):
            self.assertTrue(self.Attempt._take_turn(ID_SOMCHAI, "192.0.2.1"))
        self.assertFalse(self.Attempt._take_turn(ID_SOMCHAI, "192.0.2.1"))
        with freeze_time(now + timedelta(minutes=61)):
            self.assertTrue(self.Attempt._take_turn(ID_SOMCHAI, "192.0.2.1"))
            self.Attempt._gc_attempts()
        self.assertEqual(len(self.Attempt.search([])), 1)

    def test_keeps_nothing_of_the_id(self):
        self.Attempt._take_turn(ID_SOMCHAI, "192.0.2.1")
        row = self.Attempt.search([]).read()[0]
        self.assertNotIn(ID_SOMCHAI, str(row))
        self.assertRegex(row["id_key"], r"^[0-9a-f]{6}$")
