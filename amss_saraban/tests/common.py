# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


class SarabanCommon(BaseCommon):
    """An area office with two groups, four schools and one user per role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partners = cls.env["res.partner"]
        cls.company = cls.env["res.company"].create({"name": "สพป.ทดสอบ"})
        cls.office = cls.company.partner_id
        cls.office.write(
            {
                "agency_type": "area_primary",
                "agency_code": "T100",
                "letter_prefix": "ศธ 04999",
                "tz": "Asia/Bangkok",
            }
        )
        cls.schools = partners.create(
            [
                {
                    "name": f"โรงเรียนทดสอบ {index}",
                    "is_company": True,
                    "agency_type": "school",
                    "agency_code": f"T10{index}",
                    "letter_prefix": f"ศธ 04999.{index:03}",
                    "parent_agency_id": cls.office.id,
                    "saraban_email": f"school{index}@example.com",
                }
                for index in range(1, 5)
            ]
        )
        cls.school, cls.other_school = cls.schools[0], cls.schools[1]
        cls._set_up_users()
        cls.register = cls.env["amss.register"]._for_agency(cls.office, "sent")

    @classmethod
    def _set_up_users(cls):
        """Make the groups of the office and one user for each role."""
        cls.departments = cls.env["hr.department"].create(
            [
                {"name": "กลุ่มอำนวยการ", "company_id": cls.company.id},
                {"name": "กลุ่มนโยบายและแผน", "company_id": cls.company.id},
            ]
        )
        cls.staff = cls._user("saraban_staff", "amss_saraban.group_saraban_staff", 0)
        cls.unit = cls._user("saraban_unit", "amss_saraban.group_saraban_unit", 0)
        cls.central = cls._user("saraban_central", "amss_saraban.group_saraban_central")
        cls.director = cls._user(
            "saraban_director", "amss_saraban.group_saraban_director"
        )
        cls.admin_user = cls._user("saraban_admin", "amss_base.group_amss_admin")
        cls.departments[0].registrar_ids = cls.unit
        cls.school_user = cls._school_user("school_clerk", cls.school)
        cls.other_school_user = cls._school_user("school_other", cls.other_school)

    def setUp(self):
        super().setUp()
        # the steps look through a second cursor: let it share the test's transaction
        if not type(self)._registry_patched:
            self.registry_enter_test_mode()

    @classmethod
    def _user(cls, login, groups, department=None):
        user = new_test_user(
            cls.env,
            login,
            groups=groups,
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
            tz="Asia/Bangkok",
        )
        if department is not None:
            cls.env["hr.employee"].create(
                {
                    "name": login,
                    "user_id": user.id,
                    "company_id": cls.company.id,
                    "department_id": cls.departments[department].id,
                }
            )
        return user

    @classmethod
    def _school_user(cls, login, school):
        user = new_test_user(
            cls.env,
            login,
            groups="amss_saraban.group_school_registrar",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
            tz="Asia/Bangkok",
        )
        user.partner_id.parent_id = school
        return user

    @classmethod
    def _draft(cls, user=None, **vals):
        """Write a draft as ``user`` (central registrar if none)."""
        return (
            cls.env["amss.document"]
            .with_user(user or cls.central)
            .create(
                {
                    "subject": "ขอเชิญประชุม",
                    "addressee_text": "ผู้อำนวยการโรงเรียนในสังกัด",
                    **vals,
                }
            )
        )

    @classmethod
    def _issued(cls, user=None, **vals):
        document = cls._draft(user, **vals)
        document.action_issue()
        return document

    @classmethod
    def _attach(cls, document, name="หนังสือ.pdf", raw=PDF, **vals):
        return (
            cls.env["ir.attachment"]
            .with_env(document.env)
            .create(
                {
                    "name": name,
                    "raw": raw,
                    "res_model": "amss.document",
                    "res_id": document.id,
                    "letter_file": True,
                    **vals,
                }
            )
        )
