# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import csv
import json
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import file_open

from .common import SarabanCommon

DATA = "amss_saraban/tests/data/find"
HITS = "odoo.addons.amss_saraban.models.amss_document_find_hits"
FIELDS = (
    "subject",
    "summary",
    "is_circular",
    "remark",
    "urgency",
    "doc_type",
    "addressee_text",
    "sender_text",
    "letter_number",
    "origin",
)


class FindCommon(SarabanCommon):
    """The letters of ``data/find/letters.json``, written and sent by who wrote them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {
            "central": cls.central,
            "director": cls.director,
            "unit": cls.unit,
            "staff": cls.staff,
            "school": cls.school_user,
            "other_school": cls.other_school_user,
        }
        cls.agencies = {
            "office": cls.office,
            "school": cls.school,
        }

    def setUp(self):
        super().setUp()
        self.company.amss_unit_may_issue = True
        with file_open(f"{DATA}/letters.json") as file:
            rows = json.load(file)
        self.letters = {row["key"]: self._letter(row) for row in rows}
        self.keys = {letter.id: key for key, letter in self.letters.items()}

    def _letter(self, row):
        writer = self.people[row["writer"]]
        documents = self.env["amss.document"].with_user(writer)
        if writer.share:
            # sudo: as the portal does for its user
            documents = documents.sudo()
        values = {name: row[name] for name in FIELDS if name in row}
        values.setdefault("addressee_text", "ผู้อำนวยการ")
        if "department" in row:
            values["department_id"] = self.departments[row["department"]].id
        letter = documents.create(values)
        for name in row.get("files", ()):
            with file_open(f"{DATA}/{name}", "rb") as file:
                self._attach(letter, name, file.read())
        if row.get("origin") == "outside":
            letter.action_register_outside()
        elif row.get("issue", True):
            letter._issue()
        if "to" in row:
            letter.sudo()._send(self.agencies[row["to"]])
        self._after(letter, row)
        return letter.sudo(False).with_user(self.central)

    def _after(self, letter, row):
        if row.get("accepted"):
            came = letter.recipient_ids.sudo(False).with_user(self.central)
            came._accept()
            came.sudo().entry_id.write(
                {
                    "remark": row["their_remark"],
                    "department_id": self.departments[row["their_department"]].id,
                }
            )
        if "corrected" in row:
            with file_open(f"{DATA}/{row['corrected']}", "rb") as file:
                letter._correct_file(
                    letter.attachment_ids, row["corrected"], file.read(), "ผิดไฟล์"
                )

    def _find(self, who, text, **kwargs):
        documents = self.env["amss.document"].with_user(self.people[who])
        return documents.amss_find(text, **kwargs)

    def _found(self, who, text, **kwargs):
        """Return the keys of exact and of similar hits, in order."""
        hits = self._find(who, text, **kwargs)["hits"]
        exact = [self.keys[hit["id"]] for hit in hits if hit["exact"]]
        return exact, [self.keys[hit["id"]] for hit in hits if not hit["exact"]]

    def _in_book(self, who, text):
        """Return the keys of letters whose lines the box of the portal finds."""
        user = self.people[who]
        # sudo: as the portal looks into the lines of its user's agency
        lines = self.env["amss.register.entry"].with_user(user).sudo()
        lines = lines.search(
            [("agency_id", "=", user.agency_id.id), ("search_text", "ilike", text)]
        )
        return [self.keys[letter.id] for letter in lines.document_id]

    def _counts(self, who, text, facets=None):
        documents = self.env["amss.document"].with_user(self.people[who])
        found = documents.amss_find_counts(text, facets)
        return found["total"], {
            facet["name"]: {one["label"]: one["count"] for one in facet["values"]}
            for facet in found["facets"]
        }


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestFindQueries(FindCommon):
    """What clerks type, and which letters it has to find: ``data/find/queries.csv``."""

    def test_queries(self):
        with file_open(f"{DATA}/queries.csv") as file:
            rows = list(csv.DictReader(file))
        self.assertGreaterEqual(len(rows), 60)
        for row in rows:
            with self.subTest(row["why"], query=row["query"]):
                wanted = row["exact"].split(), row["similar"].split()
                if self.people[row["who"]].share:
                    found = self._in_book(row["who"], row["query"])
                    self.assertEqual(found, sum(wanted, []))
                else:
                    self.assertEqual(self._found(row["who"], row["query"]), wanted)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestFindPage(FindCommon):
    """Order and pages of hits, facets and counts, where a hit matched."""

    def test_nothing_typed_finds_nothing(self):
        for text in ("", "  ", False, "่"):
            found = self._find("central", text)
            self.assertEqual((found["hits"], found["more"]), ([], False))
            self.assertEqual(self._counts("central", text), (0, {}))

    def test_pages_follow_one_another(self):
        letters = self._issued(subject="กระบวนพยุหยาตรา")
        for number in range(6):
            letters |= self._issued(subject=f"กระบวนพยุหยาตรา {number}")
        pages = []
        for offset in range(0, 9, 3):
            found = self._find("central", "กระบวนพยุหยาตรา", offset=offset, limit=3)
            pages += [hit["id"] for hit in found["hits"]]
            self.assertEqual(found["more"], offset < 6)
        self.assertEqual(pages, letters.sorted("id", reverse=True).ids)

    def test_a_word_of_many_letters_finds_the_same_in_the_same_order(self):
        for text in ("ความ", "ผู้บริหาร", "ซักซ้อม อุดหนุน", "1500"):
            wanted = self._found("central", text), self._counts("central", text)
            with self.subTest(text=text), patch(f"{HITS}.COMMON", 0):
                found = self._found("central", text), self._counts("central", text)
                self.assertEqual(found, wanted)
                with patch(f"{HITS}.WINDOW", 1), patch(f"{HITS}.COUNTED_WINDOW", 1):
                    found = self._found("central", text), self._counts("central", text)
                self.assertEqual(found, wanted)

    def test_blocks_of_hits_keep_the_order_and_lose_none(self):
        for number in range(7):
            subject = "น้ำทิพย์" if number % 2 else "นำทพย"
            self._issued(subject=f"{subject} {number}")
        for common in (0, 1000):
            with patch(f"{HITS}.BLOCK", 4), patch(f"{HITS}.COMMON", common):
                hits = self._find("central", "น้ำทิพย์", limit=20)["hits"]
                said = ["".join(part for part, _hit in hit["subject"]) for hit in hits]
                # the four newest and the three before them, exact ones first
                self.assertEqual([one[-1] for one in said], list("5364120"))

    def test_the_phrase_stands_before_its_words(self):
        phrase = self._issued(subject="พิธีเปิด งานวันเด็ก")
        words = self._issued(subject="งานวันเด็ก และพิธีเปิด")
        hits = self._find("central", "พิธีเปิด งานวันเด็ก")["hits"]
        self.assertEqual([hit["id"] for hit in hits], [phrase.id, words.id])

    def test_facets_count_what_is_found(self):
        total, facets = self._counts("central", "ลูกเสือชั้นความรู้ อบรม")
        self.assertEqual(total, 1)
        self.assertEqual(facets["group"], {"กลุ่มอำนวยการ": 1})
        total, facets = self._counts("central", "2569")
        self.assertEqual(facets, {})
        total, facets = self._counts("central", "ผู้อำนวยการ")
        self.assertEqual(total, sum(facets["type"].values()))
        self.assertEqual(facets["urgency"]["Very urgent"], 1)
        self.assertEqual(facets["type"]["Order or rule"], 1)
        self.assertEqual(facets["state"], {"Draft": 1, "Registered": total - 1})
        # a draft and a letter that waits have no line yet
        self.assertEqual(sum(facets["year"].values()), total - 2)

    def test_each_facet_narrows_to_its_count(self):
        documents = self.env["amss.document"].with_user(self.central)
        found = documents.amss_find_counts("ผู้อำนวยการ")
        for facet in found["facets"]:
            for value in facet["values"]:
                chosen = {facet["name"]: value["value"]}
                with self.subTest(chosen=chosen):
                    hits = documents.amss_find("ผู้อำนวยการ", chosen, limit=50)["hits"]
                    counts = documents.amss_find_counts("ผู้อำนวยการ", chosen)
                    self.assertEqual(len(hits), value["count"])
                    self.assertEqual(counts["total"], value["count"])

    def test_counts_are_of_what_one_may_read(self):
        self.assertEqual(self._counts("central", "ผู้อำนวยการ")[0], 14)
        total, facets = self._counts("unit", "ผู้อำนวยการ")
        hits = self._find("unit", "ผู้อำนวยการ", limit=50)["hits"]
        self.assertEqual(total, len(hits))
        self.assertLess(total, 14)
        self.assertEqual(set(facets["group"]), {"กลุ่มอำนวยการ"})
        self.assertEqual(self._counts("staff", "ซักซ้อม"), (0, {}))

    def test_counts_end_somewhere(self):
        with patch(
            "odoo.addons.amss_saraban.models.amss_document_find_page.COUNTED", 2
        ):
            documents = self.env["amss.document"].with_user(self.central)
            found = documents.amss_find_counts("ผู้อำนวยการ")
        self.assertEqual((found["total"], found["capped"]), (2, True))
        # of all that was not counted, any year can be chosen
        self.env["amss.register.year"].create(
            {"register_id": self.register.id, "year": 2560}
        )
        with patch(
            "odoo.addons.amss_saraban.models.amss_document_find_page.COUNTED", 2
        ):
            [years, *_facets] = documents.amss_find_counts("ผู้อำนวยการ")["facets"]
        self.assertEqual([one["label"] for one in years["values"]], ["2569", "2560"])

    def test_unknown_facets_choose_nothing(self):
        hits = self._found("central", "ซักซ้อม", facets={"no": "1", "year": ""})
        self.assertEqual(hits, (["outside"], []))

    def test_who_has_no_part_in_letters_finds_none(self):
        for user in (self.admin_user, self.school_user):
            documents = self.env["amss.document"].with_user(user)
            with self.assertRaises(AccessError), self.cr.savepoint():
                documents.amss_find("ซักซ้อม")
            with self.assertRaises(AccessError), self.cr.savepoint():
                documents.amss_find_counts("ซักซ้อม")

    def _places(self, text, who="central"):
        [hit] = self._find(who, text)["hits"]
        return hit, {
            place["label"]: "".join(
                f"[{piece}]" if found else piece for piece, found in place["pieces"]
            )
            for place in hit["places"]
        }

    def test_a_hit_shows_where_it_matched(self):
        hit, places = self._places("สมศรี")
        self.assertEqual(places, {"Remarks": "โทรแจ้งแล้ว คุณ[สมศรี]รับเรื่อง"})
        hit, places = self._places("อุจจาระร่วง")
        self.assertEqual(set(places), {"chromium.pdf"})
        # of the font's private use in the file, and read as what it is
        self.assertIn("[อุจจาระร่วง]", places["chromium.pdf"])
        self.assertTrue(hit["exact"])
        hit, places = self._places("บัญชีคุมวัตถุดิบ")
        self.assertFalse(hit["exact"])
        hit, places = self._places("มิถุนายน คุณธรรม")
        self.assertEqual(set(places), {"Subject", "Summary", "wkhtmltopdf.pdf"})
        self.assertIn(["คุณธรรม", True], hit["subject"])
        self.assertEqual(hit["lines"], ["หนังสือส่ง 1/2569"])

    def test_a_remark_is_shown_to_its_agency_alone(self):
        _hit, places = self._places("ทักษะวิชาการ ท่านรองทราบ")
        self.assertEqual(set(places), {"Subject", "Remarks"})
        [hit] = self._find("central", "ทักษะวิชาการ")["hits"]
        self.assertNotIn("ครูใหญ่", str(hit))

    def test_a_file_that_was_corrected_is_not_shown(self):
        hits = self._find("central", "น้ำฝน")["hits"]
        self.assertEqual(
            [[place["label"] for place in hit["places"]] for hit in hits],
            [["excel.xlsx"], ["excel.xlsx"]],
        )

    def test_a_hit_opens_as_from_inbox_and_register(self):
        self.letters["waiting"].action_open()
        self.assertEqual(self.letters["waiting"].recipient_ids.state, "opened")
        action = self.letters["moral"].action_open()
        self.assertEqual(action["res_model"], "amss.document")
        with self.assertRaises(AccessError):
            self.letters["outside"].with_user(self.staff).action_open()

    def test_references_are_found_by_the_same_box(self):
        found = self.env["amss.document"].with_user(self.central).name_search("คําสั่งที่")
        self.assertEqual([one for one, _name in found], self.letters["order"].ids)
        lines = self.env["amss.register.entry"].with_user(self.central)
        found = lines.name_search("สมศรี")
        self.assertEqual(
            [one for one, _name in found], self.letters["moral"].entry_id.ids
        )

    def test_the_text_of_files_from_the_portal_is_indexed(self):
        letter = self.letters["theirs"].with_user(self.other_school_user).sudo()
        with file_open(f"{DATA}/word.docx", "rb") as file:
            self._attach(letter, "ประกาศ.docx", file.read())
        self.assertIn("ลูกเสือ", letter.attachment_ids.index_content)

    def test_any_number_of_hits_costs_the_same(self):
        def cost(text):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self._find("central", text, limit=50)
            middle = self.env.cr.sql_log_count
            self._counts("central", text)
            return middle - start, self.env.cr.sql_log_count - middle

        self._issued(subject="หนึ่งเดียว")
        for number in range(12):
            letter = self._issued(subject=f"มากมาย {number}", department_id=False)
            letter.entry_id.sudo().remark = "มากมาย"
        cost("หนึ่งเดียว")
        self.assertEqual(cost("มากมาย"), cost("หนึ่งเดียว"))


@tagged("post_install", "-at_install")
class TestFindTour(FindCommon, HttpCase):
    """The page in the browser."""

    def test_a_clerk_finds_and_opens_a_letter(self):
        self.start_tour("/odoo/saraban-find", "amss_find", login="saraban_central")
