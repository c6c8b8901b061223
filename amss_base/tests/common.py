# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

# With valid check digits, and nobody's: no district has the code 0000.
ID_SOMCHAI = "1000000000017"
ID_MALEE = "1000000000025"
ID_NOBODY = "1000000000033"
ID_WRONG = "1000000000018"
PASSWORD = "ก-good-Password-1"


class OfficeCase(BaseCommon):
    """An office with a group, a section, two employees and one user per role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office = cls.env["res.company"].create({"name": "สพป.ตัวอย่าง เขต 1"})
        cls.group = cls.env["hr.department"].create(
            {"name": "กลุ่มอำนวยการ", "company_id": cls.office.id}
        )
        cls.section = cls.env["hr.department"].create(
            {
                "name": "งานสารบรรณ",
                "company_id": cls.office.id,
                "parent_id": cls.group.id,
            }
        )
        cls.somchai, cls.malee = cls.env["hr.employee"].create(
            [
                {
                    "name": "สมชาย ใจดี",
                    "company_id": cls.office.id,
                    "department_id": cls.group.id,
                    "identification_id": ID_SOMCHAI,
                    "work_email": "somchai@example.go.th",
                },
                {
                    "name": "มาลี มีสุข",
                    "company_id": cls.office.id,
                    "department_id": cls.section.id,
                    "identification_id": ID_MALEE,
                },
            ]
        )
        cls.staff = cls.new_user("amss_staff", "base.group_user")
        cls.admin = cls.new_user("amss_admin", "amss_base.group_amss_admin")
        cls.officer = cls.new_user("amss_officer", "hr.group_hr_user")
        cls.school = cls.env["res.partner"].create(
            {"name": "โรงเรียนตัวอย่าง", "is_company": True, "agency_type": "school"}
        )
        cls.school_user = cls.new_user("amss_school", "base.group_portal")
        cls.school_user.partner_id.parent_id = cls.school

    @classmethod
    def new_user(cls, login, groups):
        """A user of the office, who may see no other."""
        return new_test_user(
            cls.env,
            login,
            groups,
            company_id=cls.office.id,
            company_ids=[(6, 0, cls.office.ids)],
        )

    def sign_up(self, number, password=PASSWORD):
        """Sign up as the public page does; give the open requests afterwards."""
        public = self.env.ref("base.public_user")
        self.env["amss.signup.request"].with_user(public)._sign_up(number, password)
        return self.open_requests()

    def open_requests(self):
        return self.env["amss.signup.request"].search(
            [("company_id", "=", self.office.id), ("state", "=", "pending")]
        )
