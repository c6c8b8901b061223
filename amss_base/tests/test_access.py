# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ID_SOMCHAI, OfficeCase

READ, WRITE, CREATE, UNLINK = "read", "write", "create", "unlink"
ALL = {READ, WRITE, CREATE, UNLINK}
# What each role may do with each model; nothing else, and roles not named nothing.
ALLOWED = {
    "amss.signup.request": {"admin": {READ}, "system": {READ}},
    "amss.signup.attempt": {},
    "amss.signup.refuse": {"admin": ALL, "system": ALL},
    "hr.department": {
        "staff": {READ},
        "admin": ALL,
        "officer": ALL,
        "system": ALL,
    },
    "res.partner": {
        "public": {READ},
        "school_user": {READ},
        "staff": {READ},
        "admin": ALL,
        "officer": {READ},
        "system": ALL,
    },
}


@tagged("post_install", "-at_install")
class TestAccess(OfficeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            "public": cls.env.ref("base.public_user"),
            "school_user": cls.school_user,
            "staff": cls.staff,
            "admin": cls.admin,
            "officer": cls.officer,
            "system": cls.new_user("amss_system", "base.group_system"),
        }

    def test_role_by_model_by_operation(self):
        for model, by_role in ALLOWED.items():
            for role, user in self.users.items():
                for operation in sorted(ALL):
                    with self.subTest(model=model, role=role, operation=operation):
                        self.assertEqual(
                            self.env[model].with_user(user).has_access(operation),
                            operation in by_role.get(role, set()),
                        )

    def test_administrator_adds_users_and_gives_them_roles(self):
        user = (
            self.env["res.users"]
            .with_user(self.admin)
            .with_context(no_reset_password=True)
            .create({"name": "คนใหม่", "login": "amss_newcomer"})
        )
        user.group_ids += self.env.ref("amss_base.group_amss_admin")
        self.assertTrue(user.sudo().has_group("amss_base.group_amss_admin"))
        with self.assertRaises(AccessError):
            self.env["res.users"].with_user(self.staff).create(
                {"name": "x", "login": "amss_x"}
            )

    def test_requests_of_other_offices_are_not_seen(self):
        request = self.sign_up(ID_SOMCHAI)
        Request = self.env["amss.signup.request"]
        self.assertEqual(Request.with_user(self.admin).search([]), request)
        other = self.env["res.company"].create({"name": "สพม."})
        self.admin.write({"company_id": other.id, "company_ids": [(6, 0, other.ids)]})
        self.assertFalse(Request.with_user(self.admin).search([]))
        with self.assertRaises(AccessError):
            request.with_user(self.admin).read(["state"])

    def test_administrator_sees_the_request_without_personnel_rights(self):
        request = self.sign_up(ID_SOMCHAI).with_user(self.admin)
        [row] = request.web_read(
            {
                "employee_id": {"fields": {"display_name": {}}},
                "department_id": {"fields": {"display_name": {}}},
                "state": {},
            }
        )
        self.assertEqual(row["employee_id"]["display_name"], "สมชาย ใจดี")
        self.assertEqual(row["department_id"]["display_name"], "กลุ่มอำนวยการ")
        self.assertNotIn(ID_SOMCHAI, str(request.read()))

    def test_users_read_their_own_agency_and_groups(self):
        user = self.staff.with_user(self.staff)
        row = user.read(["agency_id", "department_ids", "registrar_department_ids"])
        self.assertEqual(row[0]["agency_id"][0], self.office.partner_id.id)
