# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Books kept elsewhere go on here: their lines as written, then the next number."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.amss_base.loader import LoadFailed
from odoo.addons.base.tests.common import BaseCommon

OFFICE = """code,name,type,letter_prefix,own_office
T1,เขตตัวอย่าง,สพป.,ศธ 04999,ใช่
S1,โรงเรียนหนึ่ง,โรงเรียน,ศธ 04999.001,
"""
GROUPS = "name,other_names\nกลุ่มแผน,แผน\n"
REGISTERS = "kind,year,first_number\nส่ง,2561,503\n"
HEADER = "number,year,letter_number,letter_date,sender,addressee,subject,group,person,"
HEADER += "registered_on,state,void_reason,agency\n"
SENT = (
    HEADER
    + """503,2561,ที่ ศธ 04999/503,31 มค 2561,เขต,สพฐ,เรื่องหนึ่ง,แผน,ศิริ,31 มค 2561,,,
504,2561,ที่ ศธ 04999/ว504,31/01/2561,เขต,โรงเรียน,เรื่องสอง,,,1 กพ 2561,,,
505,2561,,,,,,,,2 กพ 2561,ยกเลิก,เขียนผิด,
"""
)
SET = {
    "agencies.csv": OFFICE,
    "groups.csv": GROUPS,
    "registers.csv": REGISTERS,
    "sent_register.csv": SENT,
}
# The ORM inserts in batches of 100; that is all that more lines may cost.
MORE_BATCHES = 15


def line(number, year=2561, day="31 มค 2561", letter="", state="", agency=""):
    return f"{number},{year},{letter},{day},ก,ข,ค,,,,{state},,{agency}\n"


class RegisterLoaderCase(BaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.partner_id.agency_code = False
        cls.loader = cls.env["amss.loader"]

    def setUp(self):
        super().setUp()
        # registers look through a second cursor: let it share the test's transaction
        if not type(self)._registry_patched:
            self.registry_enter_test_mode()

    def _load(self, files=None):
        files = {name: text.encode() for name, text in (files or SET).items()}
        return self.loader._load_set(files)

    def _assert_problem(self, files, *parts):
        with self.assertRaises(LoadFailed) as caught:
            self._load(files)
        problems = [problem.text("en_US") for problem in caught.exception.problems]
        self.assertEqual(len(problems), 1, problems)
        for part in parts:
            self.assertIn(part, problems[0])

    def _entries(self, year=2561):
        return self.env["amss.register.entry"].search(
            [("register_id", "=", self._register().id), ("year", "=", year)],
            order="series, number",
        )

    def _register(self, kind="sent"):
        agency = self.env.company.partner_id
        return self.env["amss.register"]._for_agency(agency, kind)

    def _year(self, year=2561):
        return self._register().year_ids.filtered(lambda row: row.year == year)


@tagged("post_install", "-at_install")
class TestRegisterLoader(RegisterLoaderCase):
    def test_lines_stand_as_written(self):
        self._load()
        first = self._entries()[0]
        self.assertEqual(first.number, 503)
        self.assertEqual(first.letter_number, "ศธ 04999/503")
        self.assertEqual(first.letter_date, date(2018, 1, 31))
        self.assertEqual(first.sender_text, "เขต")
        self.assertEqual(first.addressee_text, "สพฐ")
        self.assertEqual(first.subject, "เรื่องหนึ่ง")
        self.assertEqual(first.department_id.name, "กลุ่มแผน")
        self.assertEqual(first.person_name, "ศิริ")
        self.assertEqual(first.registered_at.date(), date(2018, 1, 31))
        self.assertEqual(first.document_id.entry_id, first)
        self.assertEqual(first.document_id.state, "registered")
        self.assertFalse(first.document_id.user_id)

    def test_the_book_goes_on_after_the_last_line(self):
        self._load()
        self.assertEqual(self._year().next_number, 506)
        self.assertEqual(self._year().state, "closed", "a past year")
        self.assertEqual(self._register().next_number, 1, "this year's book")

    def test_circulars_share_the_series(self):
        self._load()
        circular = self._entries()[1]
        self.assertTrue(circular.is_circular)
        self.assertEqual((circular.series, circular.number), ("main", 504))
        self.assertEqual(circular.letter_number, "ศธ 04999/ว504")

    def test_circulars_in_a_series_of_their_own(self):
        registers = (
            "kind,year,first_number,first_circular_number,circular_series\n"
            "ส่ง,2561,7,3,แยก\n"
        )
        sent = HEADER + line(7, letter="ศธ 04999/7") + line(3, letter="ศธ 04999/ว3")
        sent += line(4, letter="ศธ 04999/ว ๔") + line(8)
        self._load(SET | {"registers.csv": registers, "sent_register.csv": sent})
        places = [(entry.series, entry.number) for entry in self._entries()]
        self.assertEqual(
            places, [("circular", 3), ("circular", 4), ("main", 7), ("main", 8)]
        )
        year = self._year()
        self.assertEqual((year.next_number, year.next_circular_number), (9, 5))

    def test_a_void_number_needs_no_letter(self):
        self._load()
        void = self._entries()[2]
        self.assertEqual((void.state, void.void_reason), ("void", "เขียนผิด"))
        self.assertFalse(void.document_id)

    def test_a_void_letter_keeps_its_text(self):
        sent = HEADER + "503,2561,,31 มค 2561,ก,ข,ค,,,,ยกเลิก,ซ้ำ,\n"
        self._load(SET | {"sent_register.csv": sent})
        entry = self._entries()
        self.assertEqual((entry.state, entry.subject), ("void", "ค"))
        self.assertEqual(entry.document_id.state, "void")

    def test_a_missing_letter_number_is_made_by_the_format(self):
        self._load(SET | {"sent_register.csv": HEADER + line(503)})
        self.assertEqual(self._entries().letter_number, "ศธ 04999/503")

    def test_a_received_register(self):
        received = (
            "เลขทะเบียนรับ,ปี,ที่,ลงวันที่,จาก,ถึง,เรื่อง,การปฏิบัติ,วันลงทะเบียน,เวลา\n"
            "1,2561,กค 0401/5,28 ธค 2560,กรมบัญชีกลาง,ผอ.สพป.,ค,แผน,3 มค 2561,9.30 น.\n"
        )
        self._load(SET | {"received_register.csv": received})
        entry = self.env["amss.register.entry"].search(
            [("register_id", "=", self._register("received").id)]
        )
        self.assertEqual((entry.number, entry.letter_number), (1, "กค 0401/5"))
        self.assertEqual(entry.letter_date, date(2017, 12, 28))
        self.assertEqual(entry.action_note, "แผน")
        self.assertEqual(str(entry.registered_at), "2018-01-03 02:30:00")
        self.assertEqual(entry.document_id.origin, "outside")

    def test_a_schools_book(self):
        registers = REGISTERS.replace("\n", ",agency\n", 1) + "ส่ง,2561,20,S1\n"
        registers = registers.replace("503\n", "503,\n")
        sent = SENT + line(20, agency="S1") + line(21, agency="S1")
        self._load(SET | {"registers.csv": registers, "sent_register.csv": sent})
        school = self.env["res.partner"].search([("agency_code", "=", "S1")])
        entries = self.env["amss.register.entry"].search(
            [("agency_id", "=", school.id)], order="number"
        )
        self.assertEqual(
            entries.mapped("letter_number"), ["ศธ 04999.001/20", "ศธ 04999.001/21"]
        )

    def test_again_changes_nothing(self):
        self._load()
        entries = self._entries()
        counts = self._load()
        for count in counts.values():
            self.assertFalse(count["created"] or count["updated"])
        self.assertEqual(counts["sent_register.csv"]["unchanged"], 3)
        self.assertEqual(self._entries(), entries)

    def test_later_lines_follow_on(self):
        self._load()
        self._load(SET | {"sent_register.csv": SENT + line(506) + line(507)})
        self.assertEqual(self._year().next_number, 508)

    def test_order_in_the_file_does_not_matter(self):
        sent = HEADER + line(505) + line(503) + line(504)
        self._load(SET | {"sent_register.csv": sent})
        self.assertEqual(self._entries().mapped("number"), [503, 504, 505])

    def test_office_roles(self):
        files = SET | {
            "staff.csv": "citizen_id,name,group\n1999900001001,ก,แผน\n"
            "1999900002008,ข,\n",
            "users.csv": "login,password,role,citizen_id,agency,name\n"
            "t.group,first-password,สารบรรณกลุ่ม,1999900001001,,\n"
            "t.central,first-password,สารบรรณกลาง,1999900002008,,\n"
            "t.school,first-password,สารบรรณโรงเรียน,,S1,ครู\n",
        }
        self._load(files)
        users = self.env["res.users"].search([("login", "=like", "t.%")])
        by_login = {user.login: user for user in users}
        group = by_login["t.group"]
        self.assertTrue(group.has_group("amss_saraban.group_saraban_unit"))
        self.assertEqual(group.registrar_department_ids.name, "กลุ่มแผน")
        central = by_login["t.central"]
        self.assertTrue(central.has_group("amss_saraban.group_saraban_central"))
        school = by_login["t.school"]
        self.assertTrue(school.share)
        self.assertEqual(school.agency_id.agency_code, "S1")

    def test_a_school_user_needs_a_school(self):
        header = "login,password,role,agency,name\n"
        table = [
            ("x,first-password,สารบรรณโรงเรียน,,ครู\n", "a school's registrar"),
            ("x,first-password,สารบรรณโรงเรียน,T1,ครู\n", "not for this office"),
            ("x,first-password,สารบรรณโรงเรียน,NONE,ครู\n", "no agency with code"),
        ]
        for text, expected in table:
            with self.subTest(expected):
                self._assert_problem(SET | {"users.csv": header + text}, expected)


@tagged("post_install", "-at_install")
class TestRegisterLoaderProblems(RegisterLoaderCase):
    def _sent(self, *parts, text):
        self._assert_problem({"sent_register.csv": HEADER + text}, *parts)

    def setUp(self):
        super().setUp()
        self._load()

    def test_numbers(self):
        table = [
            (line(507), "number 506 of 2561 is missing"),
            (line(509), "number 506–508 of 2561 is missing"),
            (line(506) + line(506), "number 506 is in line 2 too"),
            (line(502), "number 502 overlaps"),
            (line(2, 2560, "31 มค 2560"), "number 1 of 2560 is missing"),
            (line(506, letter="ศธ 04999/560"), "does not go with register number 506"),
            (line("ว506"), "not a whole number"),
        ]
        for text, expected in table:
            with self.subTest(expected):
                self._sent(expected, text=text)

    def test_a_gap_names_line_column_and_remedy(self):
        text = line(506) + line(508)
        self._sent("sent_register.csv, line 3, column “number”", "ยกเลิก", text=text)

    def test_other_content_under_a_number_that_is_taken(self):
        text = SENT.replace("เรื่องหนึ่ง", "เรื่องอื่น")
        self._assert_problem(
            {"groups.csv": GROUPS, "sent_register.csv": text},
            "line 2, column “subject”",
            "number 503 is in the database with “เรื่องหนึ่ง”",
            "never overwritten",
        )
        self.assertEqual(self._entries()[0].subject, "เรื่องหนึ่ง")

    def test_dates(self):
        table = [
            (line(506, day="31 กพ 2561"), 2, "is not a date"),
            (line(506, day="31 มค 2560"), 1, "is not in year 2561"),
            (line(506, day=""), 1, "has no date"),
            (line(1, 2690, "1 มค 2690"), 1, "is in the future"),
        ]
        for text, count, expected in table:
            with self.subTest(expected), self.assertRaises(LoadFailed) as caught:
                self._load({"sent_register.csv": HEADER + text})
            problems = [found.text("en_US") for found in caught.exception.problems]
            self.assertEqual(len(problems), count, problems)
            self.assertIn(expected, " ".join(problems))

    def test_void_needs_a_reason(self):
        self._sent("needs a reason", text=line(506, state="ยกเลิก"))

    def test_a_letter_needs_its_texts(self):
        text = "506,2561,,31 มค 2561,ก,,ค,,,,,,\n"
        self._sent("“addressee”", "must be filled", text=text)

    def test_groups_are_this_offices(self):
        text = "1,2561,,31 มค 2561,ก,ข,ค,กลุ่มแผน,,,,,S1\n"
        self._sent("only this office has groups", text=text)
        text = "506,2561,,31 มค 2561,ก,ข,ค,ไม่มี,,,,,\n"
        self._sent("no group “ไม่มี”", text=text)

    def test_registers(self):
        header = "kind,year,first_number,circular_series,number_format\n"
        table = [
            ("ส่ง,2561,600,,\n", "first number cannot change"),
            ("ส่ง,2562,1,,\nส่ง,2562,2,,\n", "line 2 is about this year"),
            ("ส่ง,2562,1,รวม,\nส่ง,2563,1,แยก,\n", "says otherwise of the same book"),
            ("ส่ง,2562,1,,{x}\n", "{x}"),
            ("ยืม,2562,1,,\n", "รับ · ส่ง"),
        ]
        for text, expected in table:
            with self.subTest(expected):
                self._assert_problem({"registers.csv": header + text}, expected)

    def test_nothing_is_half_loaded(self):
        self._sent("missing", text=line(506) + line(508))
        self.assertEqual(self._year().next_number, 506)


@tagged("post_install", "-at_install")
class TestRegisterLoaderCost(RegisterLoaderCase):
    def _queries(self, first, count):
        numbers = range(first, first + count)
        text = HEADER + "".join(line(number) for number in numbers)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self._load({"sent_register.csv": text})
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_lines_cost_no_query_each(self):
        self._load()
        self._queries(506, 2)
        few = self._queries(508, 10)
        many = self._queries(518, 200)
        self.assertLessEqual(many, few + MORE_BATCHES)

    def test_schools_cost_no_query_each(self):
        self._load()

        def cost(first, count):
            schools = "".join(
                f"X{n},โรงเรียน {n},โรงเรียน,ศธ 04999.{n},\n"
                for n in range(first, first + count)
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._load({"agencies.csv": OFFICE + schools})
            self.env.flush_all()
            return self.cr.sql_log_count - before

        cost(900, 2)
        few, many = cost(100, 10), cost(200, 200)
        self.assertLessEqual(many, few + MORE_BATCHES)


@tagged("post_install", "-at_install")
class TestLoadedRegister(RegisterLoaderCase):
    def test_a_book_with_letters_stays_with_its_agency_and_kind(self):
        self._load()
        school = self.env["res.partner"].search([("agency_code", "=", "S1")])
        register = self._register()
        for vals in ({"agency_id": school.id}, {"kind": "received"}, {"secret": True}):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "stays with"):
                register.write(vals)
        register.write({"agency_id": register.agency_id.id, "kind": "sent"})
