# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import closing
from unittest.mock import patch

import psycopg2

from odoo import sql_db
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from .. import hooks
from ..tools import search_sql, search_text

#: what people type, and what comes out of PDF files
TEXTS = (
    "",
    "ขอเชิญประชุมผู้บริหารสถานศึกษา",
    "ที่ ศธ ๐๔๐๔๙/ว๕๐๘  ลงวันที่ ๓๑ มกราคม ๒๕๖๑",
    "คําสั่ง น้ํา น้ำ นํ้า",
    "ควำมก้ำวหน้ำ ข้อเทจ็จริง",
    "เเผนปฏิบัติการ",
    "ประ\u200bชุม\u2060 ผู\uf70bบร\u00adิหาร\ufeff",
    "บรรทัด\nใหม่\t\u00a0 ABC Åé ครู\x1fที่ 5/๒๕๖๙ (ฉบับที่ ๒)",
    "กำ\u0e4d\u0e4d\u0e32\u0e33\u0e48\u0e4d\u0e32 \uf700\uf71a ฯลฯ ๆ",
)


@tagged("post_install", "-at_install")
class TestFindText(TransactionCase):
    """What is typed and what is kept are made alike."""

    def test_database_and_python_agree(self):
        for text in TEXTS:
            with self.subTest(text=text):
                self.env.cr.execute(
                    "SELECT amss_norm(%s), amss_skeleton(%s)", [text, text]
                )
                said = search_text.norm(text), search_text.skeleton(text)
                self.assertEqual(self.env.cr.fetchone(), said)

    def test_the_skeleton_of_a_part_is_part_of_the_skeleton(self):
        """So one index finds what is said exactly and what is mangled."""
        for text in filter(None, TEXTS):
            whole = search_text.norm(text)
            for start in range(len(whole)):
                part = search_text.skeleton(whole[start : start + 4])
                self.assertIn(part, search_text.skeleton(text))

    def test_both_spellings_of_sara_am_and_both_digits_are_one(self):
        for one, other in (
            ("น้ำ", "นํ้า"),
            ("คำสั่ง", "คํา\u200bสั่ง"),
            ("ปี ๒๕๖๑", "ปี  2561"),
            ("แผน", "เเผน"),
            ("ค่าใช้จ่ายผู้ใหญ่", "ค\uf70aาใช\uf70bจ\uf705ายผู\uf714ให\uf70f\uf70a"),
        ):
            self.assertEqual(search_text.norm(one), search_text.norm(other))

    def test_a_mangled_text_has_the_same_skeleton(self):
        for clean, mangled in (
            ("ความ", "ควำม"),
            ("ข้อเท็จจริง", "ขอ เทจ็จริง"),
            ("ผู้บริหาร", "ผู\uf70aบร\nิหำร"),
        ):
            said = search_text.skeleton(clean), search_text.skeleton(mangled)
            self.assertEqual(*said)

    def test_words_phrases_and_letter_numbers_are_told_apart(self):
        for typed, wanted in (
            ("", []),
            (" \u200b ", []),
            ("่", []),
            ("ขอเชิญ ประชุม ขอเชิญ", ["ขอเชิญ", "ประชุม"]),
            ("“ขอเชิญ ประชุม” ครู", ["ขอเชิญ ประชุม", "ครู"]),
            ("ที่ ศธ ๐๔๐๔๙/๕๐๘ อบรม", ["ศธ 04049/508", "อบรม"]),
            ("ศธ04049.๐๑๒/ว ๗", ["ศธ 04049.012/ว7"]),
            ("ประชุม 5/2569", ["ประชุม", "5/2569"]),
            ("a b c d e f g h i j", list("abcdefgh")),
        ):
            with self.subTest(typed=typed):
                said = [term.text for term in search_text.terms(typed)]
                self.assertEqual(said, wanted)

    def test_a_letter_number_is_looked_for_with_and_without_the_mark(self):
        [term] = search_text.terms("ศธ 04049/508")
        self.assertEqual(
            [typed for typed, _bones in term.ways], ["ศธ 04049/508", "ศธ 04049/ว508"]
        )

    def test_places_are_those_of_the_text_itself(self):
        for text, typed, wanted in (
            ("การประชุมครู", "ประชุม", [("ประชุม", True)]),
            ("กำรประชุ มผู้บริ หำร", "ผู้บริหาร", [("ผู้บริ หำร", False)]),
            ("นํ้าท่วม น้ำป่า", "น้ำ", [("นํ้า", True), ("น้ำ", True)]),
            ("เเผนงาน ๒๕๖๑", "แผนงาน", [("เเผนงาน", True)]),
            ("ปี ๒๕๖๑ และ 2561", "2561", [("๒๕๖๑", True), ("2561", True)]),
            ("โครงการ ครู", "ครู", [("ครู", True)]),
        ):
            with self.subTest(text=text):
                [term] = search_text.terms(typed)
                found = search_text.places(text, term)
                said = [(text[start:stop], exact) for start, stop, exact in found]
                self.assertEqual(said, wanted)

    def test_a_snippet_keeps_characters_whole(self):
        text = "ที่" * 50 + " <b>ประชุม</b> " + "ผู้" * 50
        [term] = search_text.terms("ประชุม")
        cut = search_text.snippet(text, search_text.places(text, term), around=9)
        self.assertEqual(cut[0], ["…", False])
        self.assertIn(["ประชุม", True], cut)
        self.assertTrue(cut[1][0].startswith("ที่"))
        self.assertTrue(cut[-2][0].endswith("ผู้"))


@tagged("post_install", "-at_install")
class TestFindInstall(TransactionCase):
    """A database that cannot find Thai letters is refused with the remedy."""

    def test_a_database_without_thai_letters_is_refused(self):
        name = f"{self.env.cr.dbname}_ctype_c"
        with closing(sql_db.db_connect("postgres").cursor()) as cr:
            cr._cnx.autocommit = True
            cr.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cr.execute(
                f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'"
                " LC_COLLATE 'C' LC_CTYPE 'C'"
            )
        try:
            with closing(sql_db.db_connect(name).cursor()) as cr:
                with self.assertRaises(UserError) as refused:
                    search_sql.check(cr)
        finally:
            sql_db.close_db(name)
            with closing(sql_db.db_connect("postgres").cursor()) as cr:
                cr._cnx.autocommit = True
                cr.execute(f'DROP DATABASE "{name}"')
        self.assertIn("C.UTF-8", str(refused.exception))
        self.assertIn("LC_CTYPE", str(refused.exception))
        self.assertIn("ฐานข้อมูล", str(refused.exception))

    def test_a_server_without_trigrams_is_refused(self):
        cr = self.env.cr

        def execute(query, *args, **kwargs):
            if "CREATE EXTENSION" in str(query):
                raise psycopg2.errors.UndefinedFile("no pg_trgm.control")
            return original(query, *args, **kwargs)

        original = cr.execute
        with (
            patch.object(cr, "execute", execute),
            self.assertRaisesRegex(UserError, "pg_trgm.control"),
        ):
            hooks.pre_init_hook(self.env)

    def test_an_older_form_is_made_anew(self):
        cr = self.env.cr
        cr.execute(
            "CREATE OR REPLACE FUNCTION amss_skeleton(text) RETURNS text"
            " LANGUAGE sql IMMUTABLE AS 'SELECT $1'"
        )
        for model in ("amss.document", "ir.attachment", "amss.register.entry"):
            self.env[model].init()
        cr.execute("COMMENT ON COLUMN amss_document.find_text IS 'other texts'")
        self.env["amss.document"].init()
        cr.execute("SELECT amss_skeleton('ที่ดิน')")
        self.assertEqual(cr.fetchone()[0], "ทดน")
        cr.execute(
            "SELECT count(*) FROM pg_indexes WHERE indexname IN %s",
            [
                (
                    "amss_document_find_text_idx",
                    "ir_attachment_letter_find_text_idx",
                    "amss_register_entry_find_text_idx",
                )
            ],
        )
        self.assertEqual(cr.fetchone()[0], 3)

    def test_a_dump_can_be_restored(self):
        """While a dump is restored no schema is on the search path."""
        self.env.cr.execute("SET LOCAL search_path = ''")
        self.env.cr.execute("SELECT public.amss_skeleton('นํ้า'), public.amss_norm('๑')")
        self.assertEqual(self.env.cr.fetchone(), ("นา", "1"))
        self.env.cr.execute("SET LOCAL search_path = DEFAULT")
