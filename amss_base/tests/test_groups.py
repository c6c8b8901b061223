# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.service.model import call_kw
from odoo.tests import tagged

from .common import OfficeCase


@tagged("post_install", "-at_install")
class TestGroups(OfficeCase):
    def employ(self, user, department, **vals):
        return self.env["hr.employee"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "company_id": self.office.id,
                "department_id": department.id,
                **vals,
            }
        )

    def standard_groups(self):
        return (
            self.env["hr.department"]
            .with_context(active_test=False)
            .search(
                [
                    ("company_id", "=", self.office.id),
                    ("amss_standard_group", "!=", False),
                ]
            )
        )

    def test_office_has_no_standard_groups_until_it_wants_them(self):
        self.assertFalse(self.standard_groups())

    def test_ten_groups_once(self):
        Department = self.env["hr.department"].with_user(self.admin)
        # as the button above the list calls it
        call_kw(Department, "action_create_standard_groups", [[]], {})
        groups = self.standard_groups()
        self.assertEqual(len(groups), 10)
        call_kw(Department, "action_create_standard_groups", [groups.ids], {})
        self.assertEqual(self.standard_groups(), groups)

    def test_renamed_and_archived_groups_stay_that_way(self):
        self.office.action_create_standard_groups()
        groups = self.standard_groups()
        groups[0].name = "กลุ่มใหม่"
        groups[1].action_archive()
        self.office.action_create_standard_groups()
        self.assertEqual(self.standard_groups(), groups)
        self.assertEqual(groups[0].name, "กลุ่มใหม่")
        self.assertFalse(groups[1].active)

    def test_group_that_is_there_already_is_used(self):
        own = self.env["hr.department"].create(
            {"name": "Finance and Assets Group", "company_id": self.office.id}
        )
        self.office.action_create_standard_groups()
        self.assertIn(own, self.standard_groups())
        self.assertEqual(len(self.standard_groups()), 10)

    def test_user_belongs_to_the_group_and_its_sections(self):
        self.assertFalse(self.staff.department_ids)
        employee = self.employ(self.staff, self.group)
        self.assertEqual(self.staff.department_ids, self.group | self.section)
        employee.department_id = self.section
        self.assertEqual(self.staff.department_ids, self.section)
        below = self.section.create(
            {
                "name": "งานย่อย",
                "parent_id": self.section.id,
                "company_id": self.office.id,
            }
        )
        self.assertEqual(self.staff.department_ids, self.section | below)
        employee.action_archive()
        self.assertFalse(self.staff.department_ids)

    def test_sibling_with_a_longer_path_is_not_below(self):
        """parent_path '1/' is a prefix of '1/2/', but not of '12/'."""
        self.employ(self.staff, self.section)
        siblings = self.section.create(
            [{"name": str(n), "parent_id": self.group.id} for n in range(12)]
        )
        self.assertFalse(siblings & self.staff.department_ids)

    def test_head_and_registrars_keep_the_group(self):
        head = self.employ(self.admin, self.group)
        self.group.manager_id = head
        self.section.registrar_ids = self.staff
        self.assertEqual(self.admin.registrar_department_ids, self.group | self.section)
        self.assertEqual(self.staff.registrar_department_ids, self.section)
        self.section.registrar_ids = [Command.clear()]
        self.assertFalse(self.staff.registrar_department_ids)

    def test_record_rule_follows_the_user_to_another_group(self):
        """The evaluated rules are kept in a cache, which must be emptied."""
        self.env["ir.rule"].create(
            {
                "name": "test: own groups",
                "model_id": self.env["ir.model"]._get_id("hr.department"),
                "domain_force": "[('id', 'in', user.department_ids.ids)]",
                "groups": [Command.link(self.env.ref("base.group_user").id)],
            }
        )
        Department = self.env["hr.department"].with_user(self.staff)
        office = [("company_id", "=", self.office.id)]
        self.assertFalse(Department.search(office))
        employee = self.employ(self.staff, self.group)
        self.assertEqual(Department.search(office), self.group | self.section)
        employee.department_id = self.section
        self.assertEqual(Department.search(office), self.section)
        self.section.parent_id = False
        employee.department_id = self.group
        self.assertEqual(Department.search(office), self.group)

    def test_groups_of_many_users_take_few_queries(self):
        users = self.staff | self.admin | self.officer
        for user in users:
            self.employ(user, self.group)
        counts = []
        for some in (users[:1], users):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.mapped("department_ids.id")
            some.mapped("registrar_department_ids.id")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_agency_of_internal_and_portal_users(self):
        self.assertEqual(self.staff.agency_id, self.office.partner_id)
        self.assertEqual(self.school_user.agency_id, self.school)
        self.school.agency_type = False
        self.assertFalse(self.school_user.agency_id)

    def test_agencies_of_many_users_take_no_more_queries_than_of_one(self):
        portal = self.new_user("amss_school_2", "base.group_portal")
        portal.partner_id.parent_id = self.school.copy()
        users = self.staff | self.admin | self.school_user | portal
        counts = []
        for some in (self.school_user, users):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.mapped("agency_id.id")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)
