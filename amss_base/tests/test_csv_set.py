# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The CSV reader alone: what a cell means, and what each broken file is told."""

from datetime import date

from odoo.tests import BaseCase, tagged

from ..tools import csv_cells as cells
from ..tools.csv_set import CellError, Column, FileSpec, read_csv

SPEC = FileSpec(
    "agencies.csv",
    (
        Column("code", "รหัสหน่วยงาน", cells.code, required=True),
        Column("name", "ชื่อหน่วยงาน", cells.text, required=True),
        Column("number", "เลข", cells.number),
        Column("date", "วันที่", cells.date),
    ),
    unique=(("code",),),
)
HEADER = "รหัสหน่วยงาน,ชื่อหน่วยงาน\n"


def read(text, encoding="utf-8"):
    return read_csv(SPEC, text.encode(encoding))


@tagged("post_install", "-at_install")
class TestCells(BaseCase):
    def _check(self, convert, table):
        for cell, expected in table:
            with self.subTest(cell=cell):
                self.assertEqual(convert(cell), expected)

    def _refuses(self, convert, table, word):
        for cell in table:
            with self.subTest(cell=cell), self.assertRaises(CellError) as caught:
                convert(cell)
            self.assertIn(word, caught.exception.message._translate("en_US"))

    def test_number(self):
        table = [("508", 508), ("๕๐๘", 508), ("1,508", 1508), ("508.0", 508)]
        self._check(cells.number, table)
        self._refuses(cells.number, ["0", "-1", "ว508", "5.5", "9" * 9], "whole number")

    def test_buddhist_year(self):
        table = [("2561", 2561), ("๒๕๖๑", 2561), ("พ.ศ. 2561", 2561)]
        self._check(cells.buddhist_year, table)
        self._refuses(cells.buddhist_year, ["2018", "61", "543", "x"], "Buddhist year")

    def test_date_in_either_era_is_one_day(self):
        day = date(2018, 1, 31)
        table = ["31 มค 2561", "31 ม.ค. ๒๕๖๑", "31/01/2561", "2561-01-31", "31/1/2018"]
        self._check(cells.date, [(cell, day) for cell in table])
        self._refuses(cells.date, ["31 กพ 2561", "31/1/61", "-", "543"], "not a date")

    def test_boolean(self):
        table = [("ใช่", True), ("YES", True), ("1", True), ("ไม่", False), ("0", False)]
        self._check(cells.boolean, table)
        self._refuses(cells.boolean, ["maybe"], "neither")

    def test_choice_ignores_dots_and_spaces(self):
        read_type = cells.choice({"area": ("สพป",), "school": ("โรงเรียน",)})
        table = [("สพป.", "area"), ("ส พ ป", "area"), ("School", "school")]
        self._check(read_type, table)
        self._refuses(read_type, ["วัด"], "สพป · โรงเรียน")

    def test_citizen_id(self):
        table = ["1-9999-00001-00-1", "๑๙๙๙๙๐๐๐๐๑๐๐๑", "1999900001001"]
        self._check(cells.citizen_id, [(cell, "1999900001001") for cell in table])
        self._refuses(
            cells.citizen_id, ["1999900001002", "123", "x" * 13], "not a citizen ID"
        )
        self._refuses(cells.citizen_id, ["1.9999E+12"], "shortened")

    def test_a_wrong_citizen_id_is_not_repeated(self):
        with self.assertRaises(CellError) as caught:
            cells.citizen_id("1999900001002")
        self.assertNotIn("1999", caught.exception.message._translate("en_US"))

    def test_texts(self):
        self._check(cells.text, [("ก  ข\n ค", "ก ข ค"), ("นํ้า", "น้ำ"), ("ทํา", "ทำ")])
        self._check(cells.words, [("ก| ข |ก||", ("ก", "ข"))])
        self._check(cells.letter_number, [("ที่ ศธ 04049/ว508", "ศธ 04049/ว508")])
        self._check(cells.letter_prefix, [("ที่ ศธ ๐๔๐๔๙", "ศธ 04049")])
        self._check(cells.code, [(" s 00๑ ", "S001")])

    def test_email_login_password(self):
        self._check(cells.email, [("Saraban@S1.Example.org", "saraban@s1.example.org")])
        self._refuses(cells.email, ["a@b", "x", "a@b.org, c@d.org"], "e-mail")
        self._check(cells.login, [("School001", "school001")])
        self._refuses(cells.login, ["school 001", "a/b"], "user name")
        self._check(cells.password, [("12345678", "12345678")])
        self._refuses(cells.password, ["1234567"], "too short")


@tagged("post_install", "-at_install")
class TestCsvSet(BaseCase):
    def _problems(self, data):
        found = read_csv(SPEC, data) if isinstance(data, bytes) else read(data)
        return [problem.text("en_US") for problem in found.problems]

    def _assert_problem(self, data, *parts):
        problems = self._problems(data)
        self.assertEqual(len(problems), 1, problems)
        for part in parts:
            self.assertIn(part, problems[0])

    def test_shapes_that_are_read_alike(self):
        plain = HEADER + "S1,โรงเรียนหนึ่ง\n"
        shapes = {
            "plain": plain.encode(),
            "byte order mark": plain.encode("utf-8-sig"),
            "semicolons of a European Excel": plain.replace(",", ";").encode(),
            "tabs": plain.replace(",", "\t").encode(),
            "Windows lines": plain.replace("\n", "\r\n").encode(),
            "old Mac lines": plain.replace("\n", "\r").encode(),
            "quoted": 'code,name\n"S1","โรงเรียนหนึ่ง"\n'.encode(),
            "technical names": plain.replace(HEADER, "CODE,Name\n").encode(),
            "blank lines": plain.replace("\n", "\n,,\n\n").encode(),
            "empty columns": plain.replace("\n", ",,,\n").encode(),
            "control characters": plain.replace("S1", "\x00S\x071\u200b").encode(),
        }
        for name, data in shapes.items():
            with self.subTest(name):
                found = read_csv(SPEC, data)
                self.assertFalse(found.problems)
                self.assertEqual(
                    [(row["code"], row["name"]) for row in found.rows],
                    [("S1", "โรงเรียนหนึ่ง")],
                )

    def test_a_cell_may_hold_separators_and_lines(self):
        found = read(HEADER + 'S1,"ก, ข; ""ค""\nง"\nS2,ข\n')
        self.assertFalse(found.problems)
        self.assertEqual(found.rows[0]["name"], 'ก, ข; "ค" ง')
        self.assertEqual([row.line for row in found.rows], [2, 4])

    def test_tis620_names_the_remedy(self):
        data = (HEADER + "S1,โรงเรียนหนึ่ง\n").encode("cp874")
        self._assert_problem(data, "agencies.csv", "TIS-620", "CSV UTF-8", "line 1")

    def test_other_wrong_files(self):
        self._assert_problem(b"PK\x03\x04....", "workbook", "Save As")
        self._assert_problem(HEADER.encode("utf-16"), "UTF-16", "CSV UTF-8")
        self._assert_problem(b"code,name\nS1,\xff\xfe\x81\x9d\n", "line 2", "not UTF-8")
        self._assert_problem(b"", "empty")
        self._assert_problem(b"\n\n", "empty")
        self._assert_problem(HEADER + 'S1,"ก\nS2,ข\n', "line 2", "quotation mark")

    def test_wrong_columns(self):
        self._assert_problem(
            "รหัสหน่วยงาน,ชื่อหน่วยงาน,เลขข\nS1,ก,1\n", "“เลขข”", "Did you mean “เลข”"
        )
        self._assert_problem("code,name,wxyz\nS1,ก,1\n", "“wxyz”", "วันที่")
        self._assert_problem("code\nS1\n", "“ชื่อหน่วยงาน”", "missing")
        self._assert_problem("code,name,code\nS1,ก,S2\n", "twice")
        self.assertEqual(len(self._problems("a,b\nS1,ก\n")), 4)

    def test_wrong_rows(self):
        self._assert_problem(HEADER + "S1,ก,x\n", "line 2", "more cells")
        self._assert_problem(HEADER + "S1\n", "line 2", "ชื่อหน่วยงาน", "must be filled")
        self._assert_problem(HEADER + "S1,ก\nS2,ข\ns 1,ค\n", "line 4", "“S1”", "line 2")
        self._assert_problem("code,name,number\nS1,ก,x\n", "line 2", "“number”", "“x”")

    def test_all_problems_are_collected(self):
        text = "code,name,number,date\n,ก,x,31/2/2561\nS1,,1,\nS1,ข,,\n"
        problems = self._problems(text)
        self.assertEqual(len(problems), 5, problems)
