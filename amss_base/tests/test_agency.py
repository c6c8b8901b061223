# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime

import psycopg2
import pytz

from odoo.exceptions import ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import OfficeCase


@tagged("post_install", "-at_install")
class TestAgency(OfficeCase):
    def test_agency_type_makes_an_agency(self):
        self.assertTrue(self.school.is_agency)
        self.assertEqual(self.school.tz, "Asia/Bangkok")
        self.school.agency_type = False
        self.assertFalse(self.school.is_agency)

    def test_clerk_below_an_agency_works_for_it(self):
        school = self.env["res.partner"].create(
            {"name": "โรงเรียนใหม่", "agency_type": "school"}
        )
        clerk = self.new_user("amss_new_clerk", "base.group_portal")
        clerk.partner_id.parent_id = school
        self.assertEqual(clerk.agency_id, school)

    def test_contact_that_becomes_an_agency_gets_the_time_zone(self):
        partner = self.env["res.partner"].create({"name": "สพฐ.", "tz": False})
        partner.agency_type = "obec"
        self.assertEqual(partner.tz, "Asia/Bangkok")

    def test_code_is_unique_however_it_is_typed(self):
        self.school.agency_code = " ๑๐ ๒๐a"
        self.assertEqual(self.school.agency_code, "1020A")
        with (
            self.assertRaisesRegex(psycopg2.errors.UniqueViolation, "agency_code"),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.school.copy({"agency_code": "1020 a"})

    def test_agencies_without_code_do_not_clash(self):
        other = self.school.copy({"agency_code": "  "})
        self.assertFalse(other.agency_code)
        self.assertFalse(self.school.copy().agency_code)

    def test_letter_prefixes_that_are_right(self):
        cases = {
            "ศธ 04049": "ศธ 04049",
            "ศธ  ๐๔๐๔๙.๐๑๒": "ศธ 04049.012",
            "ที่ ศธ 04049": "ศธ 04049",
            "ศธ04049": "ศธ04049",
            "นร 0106(กพร)": "นร 0106(กพร)",
            "นร (กพ.) 0106": "นร (กพ.) 0106",
            "ชม 51001.1.2": "ชม 51001.1.2",
        }
        for typed, kept in cases.items():
            with self.subTest(typed=typed):
                self.school.letter_prefix = typed
                self.assertEqual(self.school.letter_prefix, kept)

    def test_letter_prefixes_that_are_nonsense(self):
        for typed in (
            "ศธ 04049/",
            "ศธ 04049/508",
            "04049",
            "ศธ",
            "ABC 1",
            "ศธ 04049 ว",
        ):
            with (
                self.subTest(typed=typed),
                self.assertRaisesRegex(ValidationError, "before the slash"),
            ):
                self.school.letter_prefix = typed

    def test_private_bodies_number_as_they_like_but_without_slash(self):
        self.school.agency_type = "private"
        self.school.letter_prefix = "ABC-1"
        self.assertEqual(self.school.letter_prefix, "ABC-1")
        with self.assertRaises(ValidationError):
            self.school.letter_prefix = "ABC/1"

    def test_saraban_email_is_an_address(self):
        self.school.saraban_email = " saraban@example.go.th "
        self.assertEqual(self.school.saraban_email, "saraban@example.go.th")
        with self.assertRaisesRegex(ValidationError, "โรงเรียนตัวอย่าง"):
            self.school.saraban_email = "saraban"

    def test_no_agency_stands_below_itself(self):
        area = self.school.copy({"name": "สพป.", "agency_type": "area_primary"})
        self.school.parent_agency_id = area
        with self.assertRaisesRegex(ValidationError, "below itself"):
            area.parent_agency_id = self.school

    def test_found_by_code_and_prefix(self):
        self.school.write({"agency_code": "50030001", "letter_prefix": "ศธ 04049.012"})
        for text in ("50030001", "04049.012", "โรงเรียนตัวอย่าง"):
            with self.subTest(text=text):
                found = self.env["res.partner"].name_search(text)
                self.assertIn(self.school.id, [res_id for res_id, _name in found])

    def test_agency_form_asks_for_the_type(self):
        with Form(
            self.env["res.partner"].with_context(default_is_company=True),
            view="amss_base.res_partner_view_form_agency",
        ) as form:
            form.name = "สพฐ."
            with self.assertRaises(AssertionError):
                form.save()
            form.agency_type = "obec"
        self.assertTrue(form.record.is_agency)

    def test_list_of_agencies_below(self):
        schools = self.school + self.school.copy()
        area = self.school.copy({"agency_type": "area_primary"})
        schools.parent_agency_id = area
        action = area.action_open_child_agencies()
        self.assertEqual(self.env["res.partner"].search(action["domain"]), schools)
        self.assertEqual(area.child_agency_count, 2)

    def test_counting_agencies_below_takes_one_query(self):
        agencies = self.school + self.school.copy() + self.school.copy()
        self.env.flush_all()
        agencies.invalidate_recordset()
        with self.assertQueryCount(1):
            agencies.mapped("child_agency_count")

    @freeze_time("2026-12-31 17:00:00")  # 1 January 2027, 00:00 in Bangkok
    def test_year_is_that_of_the_local_date(self):
        self.assertEqual(self.school._agency_year(), 2570)
        self.assertEqual(self.school._agency_now().date(), date(2027, 1, 1))
        self.school.tz = "UTC"
        self.assertEqual(self.school._agency_year(), 2569)

    def test_year_of_a_given_moment(self):
        year = self.school._agency_year
        self.assertEqual(year(datetime(2018, 12, 31, 16, 59)), 2561)
        self.assertEqual(year(datetime(2018, 12, 31, 17, 0)), 2562)
        self.assertEqual(year(datetime(2018, 12, 31, 17, 0, tzinfo=pytz.utc)), 2562)
        self.assertEqual(year(date(2018, 12, 31)), 2561)
        self.school.tz = False
        self.assertEqual(self.school._agency_timezone().zone, "Asia/Bangkok")
