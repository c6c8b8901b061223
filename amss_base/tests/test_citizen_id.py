# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from odoo.addons.amss_base.hooks import post_init_hook
from odoo.addons.amss_base.tools import citizen_id

from .common import ID_MALEE, ID_NOBODY, ID_SOMCHAI, ID_WRONG, OfficeCase


@tagged("post_install", "-at_install")
class TestCitizenId(OfficeCase):
    def test_reads_what_people_type(self):
        for typed in (
            ID_SOMCHAI,
            "1-0000-00000-01-7",
            " 1 0000 00000 01 7 ",
            "๑๐๐๐๐๐๐๐๐๐๐๑๗",
            "๑–๐๐๐๐–๐๐๐๐๐–๐๑–๗",
            "\u200b1000000000017\ufeff",
        ):
            with self.subTest(typed=typed):
                self.assertEqual(citizen_id.parse(typed), ID_SOMCHAI)

    def test_refuses_what_is_no_citizen_id(self):
        for typed in (
            ID_WRONG,
            "0000000000000",
            "9000000000000",
            "100000000001",
            "10000000000177",
            "1000000000o17",
            "¹000000000017",
            "",
            None,
        ):
            with self.subTest(typed=typed), self.assertRaises(ValueError):
                citizen_id.parse(typed)

    def test_employee_keeps_thirteen_plain_digits(self):
        self.malee.identification_id = "๑-๐๐๐๐-๐๐๐๐๐-๐๓-๓"
        self.assertEqual(self.malee.identification_id, ID_NOBODY)

    def test_employee_may_have_a_passport_instead(self):
        self.malee.identification_id = "AA-1234567"
        self.assertEqual(self.malee.identification_id, "AA-1234567")

    def test_mistyped_id_names_the_employee(self):
        with self.assertRaisesRegex(ValidationError, "มาลี มีสุข"):
            self.malee.identification_id = ID_WRONG

    def test_mistyped_id_of_a_new_employee(self):
        with self.assertRaisesRegex(ValidationError, "คนใหม่"):
            self.env["hr.employee"].create(
                {"name": "คนใหม่", "identification_id": ID_WRONG}
            )

    def test_two_employees_of_an_office_cannot_share_an_id(self):
        with self.assertRaisesRegex(ValidationError, "same citizen ID"):
            self.malee.identification_id = ID_SOMCHAI
        with self.assertRaisesRegex(ValidationError, "same citizen ID"):
            self.env["hr.employee"].create(
                {
                    "name": "คนใหม่",
                    "company_id": self.office.id,
                    "identification_id": ID_SOMCHAI,
                }
            )

    def test_who_left_and_other_offices_may_have_the_id(self):
        self.somchai.action_archive()
        self.malee.identification_id = ID_SOMCHAI
        other = self.env["hr.employee"].create(
            {
                "name": "คนเดียวกัน",
                "company_id": self.env["res.company"].create({"name": "สพม."}).id,
                "identification_id": ID_SOMCHAI,
            }
        )
        self.assertEqual(other.identification_id, ID_SOMCHAI)

    def test_only_personnel_officers_see_it(self):
        employee = self.somchai
        self.assertEqual(employee.with_user(self.officer).identification_id, ID_SOMCHAI)
        system = self.new_user("amss_system", "base.group_system")
        for user in (self.staff, self.admin, system, self.school_user):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    employee.with_user(user).read(["identification_id"])
                # other roles search hr.employee.public, which has no such field
                refusal = (
                    AccessError if user in (system, self.school_user) else ValueError
                )
                with self.assertRaises(refusal):
                    self.env["hr.employee"].with_user(user).search(
                        [("identification_id", "=", ID_SOMCHAI)]
                    )
                with self.assertRaises(AccessError):
                    employee.version_id.with_user(user).read(["identification_id"])

    def test_history_keeps_no_copy(self):
        self.malee.identification_id = ID_NOBODY
        self.flush_tracking()
        values = self.env["mail.tracking.value"].search(
            [("old_value_char", "in", [ID_MALEE, ID_NOBODY])]
        )
        self.assertFalse(values)
        messages = self.malee.message_ids | self.malee.version_id.message_ids
        self.assertNotIn(ID_NOBODY, str(messages.mapped("body")))

    def test_installing_straightens_what_is_there(self):
        version = self.malee.version_id
        version.flush_recordset()
        self.env.cr.execute(
            "UPDATE hr_version SET identification_id = %s WHERE id = %s",
            ("1-0000-00000-02 5", version.id),
        )
        post_init_hook(self.env)
        self.assertEqual(self.malee.identification_id, ID_MALEE)

    def test_user_name_cannot_be_a_citizen_id(self):
        with self.assertRaisesRegex(ValidationError, "every colleague"):
            self.staff.login = "1-0000-00000-03-3"

    def flush_tracking(self):
        self.env.flush_all()
        self.env.cr.precommit.run()
