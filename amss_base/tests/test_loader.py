# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Loading an office's files: all or nothing, twice is once, cost follows no row."""

from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from ..loader import LoadFailed

# The district code 9999 exists on no citizen's card.
SOMCHAI, MALEE, NOBODY = "1999900001001", "1999900002008", "1999900003004"
AGENCIES = """code,name,type,letter_prefix,parent,tags,own_office
OBEC,สพฐ.,สพฐ.,ศธ 04,,,
A1,เขตตัวอย่าง,สพป.,ศธ 04049,OBEC,,ใช่
S1,โรงเรียนหนึ่ง,โรงเรียน,ศธ 04049.001,A1,เหนือ|เล็ก,
S2,โรงเรียนสอง,โรงเรียน,ศธ 04049.002,A1,เหนือ,
"""
GROUPS = """name,parent,other_names
กลุ่มแผน,,กลุ่มนโยบาย|แผน
งานข้อมูล,กลุ่มแผน,
"""
STAFF = f"""citizen_id,name,group,job_title,head
{SOMCHAI},สมชาย ตัวอย่าง,แผน,ผู้อำนวยการกลุ่ม,ใช่
{MALEE},มาลี ตัวอย่าง,งานข้อมูล,ธุรการ,
"""
USERS = f"""login,password,role,citizen_id
malee,first-password,บุคลากร,{MALEE}
chief,first-password,ผู้ดูแลระบบ,{SOMCHAI}
"""
SET = {
    "agencies.csv": AGENCIES,
    "groups.csv": GROUPS,
    "staff.csv": STAFF,
    "users.csv": USERS,
}


class LoaderCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.loader = cls.env["amss.loader"]
        cls.env.company.partner_id.agency_code = False

    def _load(self, files=None, **kwargs):
        files = {name: text.encode() for name, text in (files or SET).items()}
        return self.loader._load_set(files, **kwargs)

    def _problems(self, files):
        """Load ``files`` over the common set; return the problems in English."""
        with self.assertRaises(LoadFailed) as caught:
            self._load(files)
        return [problem.text("en_US") for problem in caught.exception.problems]

    def _assert_problem(self, files, *parts):
        problems = self._problems(files)
        self.assertEqual(len(problems), 1, problems)
        for part in parts:
            self.assertIn(part, problems[0])

    def _agency(self, code):
        return self.env["res.partner"].search([("agency_code", "=", code)])

    def _employee(self, citizen_id):
        return self.env["hr.employee"].search([("identification_id", "=", citizen_id)])


@tagged("post_install", "-at_install")
class TestLoader(LoaderCase):
    def test_agencies(self):
        self._load()
        school = self._agency("S1")
        self.assertEqual(school.agency_type, "school")
        self.assertEqual(school.letter_prefix, "ศธ 04049.001")
        self.assertEqual(school.parent_agency_id, self.env.company.partner_id)
        self.assertEqual(school.category_id.mapped("name"), ["เล็ก", "เหนือ"])
        self.assertTrue(school.is_company)

    def test_own_office_is_the_company(self):
        self._load()
        own = self.env.company.partner_id
        self.assertEqual(own, self._agency("A1"))
        self.assertEqual(self.env.company.name, "เขตตัวอย่าง")
        self.assertEqual(own.parent_agency_id, self._agency("OBEC"))

    def test_groups_and_staff(self):
        self._load()
        somchai, malee = self._employee(SOMCHAI), self._employee(MALEE)
        self.assertEqual(malee.department_id.name, "งานข้อมูล")
        self.assertEqual(malee.department_id.parent_id, somchai.department_id)
        self.assertEqual(somchai.department_id.name, "กลุ่มแผน")
        self.assertEqual(somchai.department_id.manager_id, somchai)
        self.assertEqual(malee.job_title, "ธุรการ")

    def test_users_can_log_in_in_their_role(self):
        self._load()
        user = self._employee(SOMCHAI).user_id
        self.assertTrue(user.has_group("amss_base.group_amss_admin"))
        self.assertFalse(self._employee(MALEE).user_id.share)
        credential = {"login": "malee", "password": "first-password"}
        result = self.env["res.users"].authenticate(
            credential | {"type": "password"}, {"interactive": False}
        )
        self.assertEqual(result["uid"], self._employee(MALEE).user_id.id)

    def test_a_user_may_have_two_roles(self):
        header = "login,password,role,citizen_id\n"
        line = f"chief,first-password,เจ้าหน้าที่บุคคล | ผู้ดูแลระบบ,{SOMCHAI}\n"
        self._load(SET | {"users.csv": header + line})
        user = self._employee(SOMCHAI).user_id
        self.assertTrue(user.has_group("amss_base.group_amss_admin"))
        self.assertTrue(user.has_group("hr.group_hr_user"))

    def test_again_changes_nothing_and_says_so(self):
        self._load()
        self.env.flush_all()
        lines = []
        files = {name: text.encode() for name, text in SET.items()}
        self.assertTrue(self.loader._load_and_print(files, out=lines.append))
        self.assertEqual(
            lines[-1], "Nothing to do: all of this is in the database already."
        )
        self.assertIn("agencies.csv: 0 new, 0 changed, 4 as before", lines)

    def test_a_changed_line_changes_that_record_alone(self):
        self._load()
        changed = AGENCIES.replace("โรงเรียนสอง", "โรงเรียนใหม่").replace("เหนือ|เล็ก", "")
        counts = self._load({"agencies.csv": changed})["agencies.csv"]
        self.assertEqual((counts["updated"], counts["unchanged"]), (1, 3))
        self.assertEqual(self._agency("S2").name, "โรงเรียนใหม่")
        self.assertEqual(len(self._agency("S1").category_id), 2, "empty cell: kept")

    def test_a_moved_agency_counts_as_changed(self):
        self._load()
        moved = AGENCIES.replace("002,A1", "002,OBEC")
        counts = self._load({"agencies.csv": moved})["agencies.csv"]
        self.assertEqual((counts["updated"], counts["unchanged"]), (1, 3))
        self.assertEqual(self._agency("S2").parent_agency_id, self._agency("OBEC"))

    def test_a_second_load_keeps_the_changed_password(self):
        self._load()
        user = self._employee(MALEE).user_id
        user.password = "my-own-password"
        self._load({"users.csv": USERS.replace("first-", "other-")})
        credential = {"type": "password", "password": "my-own-password"}
        user.with_user(user)._check_credentials(credential, {"interactive": False})

    def test_files_may_come_one_by_one(self):
        for name, text in SET.items():
            # other names of a group hold only beside the file that gives them
            counts = self._load({name: text.replace(",แผน,", ",กลุ่มแผน,")})
            self.assertTrue(counts[name]["created"], name)

    def test_a_dry_run_writes_nothing(self):
        counts = self._load(dry_run=True)
        self.assertEqual(counts["groups.csv"]["created"], 2)
        self.assertFalse(self._agency("S1"))

    def test_progress_is_reported(self):
        lines = []
        self._load(progress=lines.append)
        self.assertIn("agencies.csv: 3 of 3 new", lines)


@tagged("post_install", "-at_install")
class TestLoaderProblems(LoaderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.loader._load_set({name: text.encode() for name, text in SET.items()})

    def test_nothing_is_half_loaded(self):
        files = {
            "agencies.csv": "code,name,type\nS9,ใหม่,โรงเรียน\n",
            "groups.csv": "name,parent\nกลุ่มใหม่,กลุ่มที่ไม่มี\n",
        }
        self._assert_problem(files, "groups.csv, line 2", "“parent”", "กลุ่มที่ไม่มี")
        self.assertFalse(self._agency("S9"))

    def test_problems_of_all_files_in_order(self):
        files = {
            "staff.csv": "citizen_id,name\n123,ก\n",
            "agencies.csv": "code,name,type,parent\nS8,ข,โรงเรียน,X\nS9,ค,วัด,\n",
        }
        problems = self._problems(files)
        places = [problem.split(",")[:2] for problem in problems]
        self.assertEqual(
            places,
            [
                ["agencies.csv", " line 2"],
                ["agencies.csv", " line 3"],
                ["staff.csv", " line 2"],
            ],
        )

    def test_agencies(self):
        header = "code,name,type,parent,own_office\n"
        table = [
            ("S9,ก,โรงเรียน,S9,\n", "below itself"),
            ("S9,ก,โรงเรียน,NONE,\n", "no agency with code “NONE”"),
            ("A9,ก,สพป,,ใช่\n", "with code “A1”"),
            ("A1,ก,สพป,,ใช่\nA9,ก,สพป,,ใช่\n", "line 2 is marked as this office"),
        ]
        for text, expected in table:
            with self.subTest(expected):
                self._assert_problem({"agencies.csv": header + text}, expected)
        circle = header + "S8,ก,โรงเรียน,S9,\nS9,ข,โรงเรียน,S8,\n"
        self.assertEqual(len(self._problems({"agencies.csv": circle})), 2)

    def test_groups(self):
        header = "name,parent,other_names\n"
        table = [
            ("ก,ก,\n", "below itself"),
            ("ก,ข,\n", "no group “ข”"),
            ("ก,,ค\nข,,ค\n", "“ค” would mean two groups"),
            ("ก,,\nก,,\n", "“ก” is already in line 2"),
        ]
        for text, expected in table:
            with self.subTest(expected):
                self._assert_problem({"groups.csv": header + text}, expected)

    def test_two_groups_of_one_name_in_the_database(self):
        self.env["hr.department"].create({"name": "กลุ่มแผน"})
        text = f"citizen_id,name,group\n{NOBODY},ก,กลุ่มแผน\n"
        self._assert_problem({"staff.csv": text}, "two groups named “กลุ่มแผน”")

    def test_staff(self):
        header = "citizen_id,name,group,head\n"
        table = [
            ("1999900001002,ก,,\n", "not a citizen ID"),
            (f"{NOBODY},ก,ไม่มี,\n", "no group “ไม่มี”"),
            (f"{NOBODY},ก,,ใช่\n", "a head needs a group"),
            (f"{NOBODY},ก,,\n{NOBODY},ข,,\n", "already in line 2"),
            (
                f"{NOBODY},ก,กลุ่มแผน,ใช่\n{MALEE},ข,กลุ่มแผน,ใช่\n",
                "line 2 names a head",
            ),
        ]
        for text, expected in table:
            with self.subTest(expected):
                self._assert_problem({"staff.csv": header + text}, expected)

    def test_users(self):
        header = "login,password,role,citizen_id\n"
        table = [
            (f"new,,บุคลากร,{NOBODY}\n", 2, "needs a first password"),
            (f"new,short,บุคลากร,{NOBODY}\n", 3, "too short"),
            (f"new,long-enough,บุคลากร,{NOBODY}\n", 1, "nobody on the staff list"),
            ("new,long-enough,บุคลากร,\n", 1, "is on the staff list"),
            (f"new,long-enough,บุคลากร,{MALEE}\n", 1, "user name “malee” already"),
            (f"chief,long-enough,บุคลากร,{NOBODY}\n", 1, "nobody on the staff list"),
            (f"new one,long-enough,บุคลากร,{NOBODY}\n", 1, "only letters, digits"),
            (f"new,long-enough,|,{NOBODY}\n", 1, "is unknown"),
            (f"new,long-enough,บุคลากร|x,{NOBODY}\n", 1, "“x” is unknown"),
        ]
        for text, count, expected in table:
            with self.subTest(text):
                problems = self._problems({"users.csv": header + text})
                self.assertEqual(len(problems), count, problems)
                self.assertIn(expected, " ".join(problems))

    def test_a_user_name_of_someone_else(self):
        files = {
            "staff.csv": f"citizen_id,name\n{NOBODY},ก\n",
            "users.csv": "login,password,role,citizen_id\n"
            f"chief,long-enough,บุคลากร,{NOBODY}\n",
        }
        self._assert_problem(files, "users.csv, line 2", "belongs to someone else")

    def test_what_only_the_database_refuses_names_the_line_too(self):
        text = (
            "code,name,type,letter_prefix\n"
            "S8,ก,โรงเรียน,ศธ 04049.008\nS9,ข,โรงเรียน,???\n"
        )
        self._assert_problem({"agencies.csv": text}, "line 3", "“???”")
        self.assertFalse(self._agency("S8"))

    @mute_logger("odoo.sql_db")
    def test_what_postgresql_refuses_names_the_line_too(self):
        # as if another process had made the agency after the files were checked
        text = "code,name,type\nS1,ก,โรงเรียน\n"
        original = self.loader._handlers()[0].check

        def forget(handler):
            original(handler)
            handler.by_code.clear()

        self.patch(self.loader._handlers()[0], "check", forget)
        self._assert_problem({"agencies.csv": text}, "line 2", "agency code")

    def test_unknown_and_missing_files(self):
        self._assert_problem({"schools.csv": "a\n"}, "no file to load", "agencies.csv")
        files = {"groups.csv": GROUPS, "school.csv": "a\n"}
        self._assert_problem(files, "school.csv", "no such file", "Rename")

    def test_thousands_of_problems_print_short(self):
        lines = []
        text = "code,name,type\n" + "".join(f"X{n},ก,วัด\n" for n in range(700))
        files = {"agencies.csv": text.encode()}
        self.assertFalse(self.loader._load_and_print(files, out=lines.append))
        self.assertEqual(len(lines), 502)
        self.assertEqual(lines[500], "… and 200 more.")
        self.assertIn("700", lines[501])


@tagged("post_install", "-at_install")
class TestLoaderCost(LoaderCase):
    def _queries(self, files):
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self._load(files)
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_agencies_cost_no_query_per_line(self):
        self._load()

        def schools(start, count):
            return AGENCIES + "".join(
                f"X{n},โรงเรียน {n},โรงเรียน,ศธ 04049.{n},A1,เหนือ|เล็ก,\n"
                for n in range(start, start + count)
            )

        self._queries({"agencies.csv": schools(900, 1)})
        few = self._queries({"agencies.csv": schools(100, 10)})
        many = self._queries({"agencies.csv": schools(200, 200)})
        # the ORM inserts in batches of 100
        self.assertLessEqual(many, few + 15)
        again = self._queries({"agencies.csv": schools(200, 200)})
        self.assertLessEqual(again, few)
