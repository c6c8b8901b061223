# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os

from lxml import etree

from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from ..tools import atom
from .announce_common import AnnounceCommon
from .common import PDF

ATOM = {"a": atom.NAMESPACE}


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestAnnouncementPages(AnnounceCommon, HttpCase):
    """What everybody reads without a login, and that they read nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("th_TH")
        cls.document = cls._letter(
            "ประกาศ.pdf", "รายชื่อ.pdf", subject="ประกาศรับสมัคร", remark="ห้ามเผยแพร่"
        )
        cls.public = cls._publish(cls.document, "ประกาศ.pdf", note="ถึงวันที่ 31")
        cls.url = f"/announcements/{cls.public.id}"
        cls.office_url = f"/announcements/office/{cls.office.id}"

    def setUp(self):
        super().setUp()
        self.opener.headers["Accept-Language"] = "th-TH"

    def _file_url(self, name, announcement=None):
        announcement = announcement or self.public
        files = announcement.document_id.attachment_ids
        file = files.filtered(lambda one: one.name == name)
        return f"/announcements/{announcement.id}/file/{file.id}"

    def _status(self, url):
        with mute_logger("odoo.http"):
            return self.url_open(url, allow_redirects=False).status_code

    def _many(self, count):
        """Publish letters in one go, as so many days of work would have done."""
        values = self.public.copy_data()[0] | {
            "public_text": False,
            "withdrawn_at": False,
            "attachment_ids": [(6, 0, self.public.attachment_ids.ids)],
        }
        letters = self.env["amss.document"].create(
            [
                {
                    "subject": f"เรื่องที่ {index}",
                    "addressee_text": "โรงเรียน",
                    "agency_id": self.office.id,
                    "company_id": self.company.id,
                }
                for index in range(count)
            ]
        )
        letters._issue()
        return self.env["amss.announcement"].create(
            [
                values
                | {
                    "document_id": letter.id,
                    "entry_id": letter.entry_id.id,
                    "letter_number": letter.letter_number,
                    "title": letter.subject,
                }
                for letter in letters
            ]
        )

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------
    def test_list_and_letter_in_thai(self):
        for url in ("/announcements", self.office_url, self.url):
            with self.subTest(url=url):
                page = self.url_open(url)
                self.assertEqual(page.status_code, 200)
                self.assertIn("ประกาศรับสมัคร", page.text)
                self.assertIn("10 มีนาคม 2569", page.text)
                self.assertIn("no-cache", page.headers["Cache-Control"])
                self.assertIn('type="application/atom+xml"', page.text)

    def test_page_tells_nothing_else_of_the_letter(self):
        self.document.with_user(self.central)._send(self.schools)
        page = self.url_open(self.url).text + self.url_open(self.office_url).text
        for hidden in ("ห้ามเผยแพร่", "รายชื่อ.pdf", self.school.name, self.central.name):
            self.assertNotIn(hidden, page)

    def test_other_title_keeps_the_subject_to_the_office(self):
        self.public.title = "ประกาศทั่วไป"
        for url in (self.url, f"{self.office_url}?search=ทั่วไป"):
            self.assertNotIn("รับสมัคร", self.url_open(url).text)
        page = self.url_open(f"{self.office_url}?search=รับสมัคร").text
        self.assertNotIn("ประกาศทั่วไป", page)

    def test_markup_in_a_title_is_text(self):
        self.public.title = "<script>alert(1)</script>"
        self.public.note = "<b>x</b>"
        for url in (self.url, self.office_url):
            page = self.url_open(f"{url}?search=<script>alert(1)").text
            self.assertNotIn("<script>alert", page)
            self.assertIn("&lt;script&gt;alert", page)

    def test_newest_first_and_paged(self):
        self._many(25)
        first = self.url_open(self.office_url).text
        self.assertIn('rel="next"', first)
        self.assertNotIn('rel="prev"', first)
        self.assertLess(first.index("เรื่องที่ 24"), first.index("เรื่องที่ 23"))
        self.assertNotIn("ประกาศรับสมัคร", first)
        second = self.url_open(f"{self.office_url}?page=2").text
        self.assertIn("ประกาศรับสมัคร", second)
        self.assertNotIn('rel="next"', second)
        for page in ("3", "0", "999999999999999999999"):
            self.assertEqual(self._status(f"{self.office_url}?page={page}"), 404)
        self.assertEqual(self._status(f"{self.office_url}?page=x"), 200)

    def test_search(self):
        self.public.title = "ประกาศ ปี ๒๕๖๙"
        other = self._publish(self._letter(subject="เรื่องอื่น"))
        for text in ("2569", "๒๕๖๙", self.public.letter_number):
            with self.subTest(text=text):
                page = self.url_open(f"{self.office_url}?search={text}").text
                self.assertIn(f'"{self.url}"', page)
                self.assertNotIn(f'"/announcements/{other.id}"', page)
        page = self.url_open(f"{self.office_url}?search=%00ไม่มี%25").text
        self.assertNotIn(f'"{self.url}"', page)

    def test_each_office_has_its_page(self):
        second = self.env["res.company"].create({"name": "สพม.อื่น"})
        second.partner_id.agency_type = "area_secondary"
        url = f"/announcements/office/{second.partner_id.id}"
        self.assertNotIn("ประกาศรับสมัคร", self.url_open(url).text)
        both = self.url_open("/announcements").text
        self.assertIn(url, both)
        self.assertIn("ประกาศรับสมัคร", both)
        for agency in (self.school, self.central.partner_id):
            page = f"/announcements/office/{agency.id}"
            self.assertEqual(self._status(page), 404)

    def test_cost_follows_the_page(self):
        self._many(5)

        def cost(url):
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.assertEqual(self.url_open(url).status_code, 200)
            return self.env.cr.sql_log_count - start

        for url in (self.office_url, f"{self.office_url}/feed.atom", self.url):
            cost(url)  # what is cached in the registry is cached from then on
        before = [cost(self.office_url), cost(f"{self.office_url}/feed.atom")]
        self._many(12)
        after = [cost(self.office_url), cost(f"{self.office_url}/feed.atom")]
        self.assertEqual(after, before)

    # ------------------------------------------------------------------
    # Doors
    # ------------------------------------------------------------------
    def test_doors_for_each_role(self):
        """Whoever asks gets the same: what is public, and “not found” for the rest."""
        withdrawn = self._publish(self._letter("ถอน.pdf"), "ถอน.pdf")
        withdrawn.with_user(self.central).action_withdraw()
        unpublished = self._letter("ภายใน.pdf").attachment_ids
        doors = [
            ("/announcements", 200),
            (self.url, 200),
            (self._file_url("ประกาศ.pdf"), 200),
            (self._file_url("รายชื่อ.pdf"), 404),
            (f"{self.url}/file/{unpublished.id}", 404),
            (f"{self.url}/file/999999999999", 404),
            (f"/announcements/{withdrawn.id}", 404),
            (self._file_url("ถอน.pdf", withdrawn), 404),
            (f"/announcements/{withdrawn.id + 1000}", 404),
            ("/announcements/99999999999999999999", 404),
            (f"/announcements/{self.public.id}/file/0", 404),
        ]
        for user in (None, self.school_user, self.staff, self.central, self.admin_user):
            self.authenticate(user and user.login, user and user.login)
            for url, status in doors:
                with self.subTest(user=user and user.login, url=url):
                    self.assertEqual(self._status(url), status)

    def test_visitors_get_the_file_by_no_other_door(self):
        file = self.public.attachment_ids
        for url in (f"/web/content/{file.id}", f"/web/content/{file.id}?download=1"):
            self.assertNotEqual(self.url_open(url).content, file.raw)

    def test_not_found_is_one_answer(self):
        """A withdrawn letter and one that never was cannot be told apart."""
        url, never = self.url, f"/announcements/{self.public.id + 1000}"
        self.public.with_user(self.central).action_withdraw()
        with mute_logger("odoo.http"):
            pages = [self.url_open(one) for one in (url, never)]
        texts = [page.text.replace(url, "").replace(never, "") for page in pages]
        for page in pages:
            self.assertEqual(page.status_code, 404)
        self.assertEqual(len(texts[0]), len(texts[1]))

    def test_void_letter_is_gone_at_once(self):
        file_url = self._file_url("ประกาศ.pdf")
        self.document.entry_id.with_user(self.central)._void("พิมพ์ผิด")
        for url in (self.url, file_url):
            self.assertEqual(self._status(url), 404)
        self.assertNotIn("ประกาศรับสมัคร", self.url_open(self.office_url).text)

    def test_page_asks_the_letter_itself_once_more(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE amss_document SET secrecy = 'secret' WHERE id = %s",
            (self.document.id,),
        )
        self.env.invalidate_all()
        for url in (self.url, self._file_url("ประกาศ.pdf")):
            self.assertEqual(self._status(url), 404)

    # ------------------------------------------------------------------
    # Files
    # ------------------------------------------------------------------
    def test_file_is_served_as_a_download(self):
        reply = self.url_open(self._file_url("ประกาศ.pdf"))
        self.assertEqual(reply.content, PDF + "ประกาศ.pdf".encode())
        self.assertEqual(reply.headers["Content-Type"], "application/pdf")
        self.assertIn("attachment", reply.headers["Content-Disposition"])
        self.assertEqual(reply.headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(reply.headers["Cache-Control"], "no-cache")

    def test_corrected_file_is_given_out_no_more(self):
        url = self._file_url("ประกาศ.pdf")
        letter = self.document.with_user(self.central)
        new = letter._correct_file(
            self.public.attachment_ids, "ใหม่.pdf", PDF + b"new", "ลืมลงนาม"
        )
        self.assertEqual(self._status(url), 404)
        self.assertEqual(self._status(f"{self.url}/file/{new.id}"), 404)
        page = self.url_open(self.url).text
        self.assertNotIn("ใหม่.pdf", page)
        self.assertNotIn("/file/", page)

    def test_damaged_file_is_not_served(self):
        file = self.public.attachment_ids
        path = file._full_path(file.store_fname)
        content = file.raw
        self.addCleanup(lambda: _rewrite(path, content))
        _rewrite(path, b"%PDF-1.4 other")
        logger = "odoo.addons.amss_saraban.models.ir_attachment"
        with mute_logger(logger):
            reply = self.url_open(self._file_url("ประกาศ.pdf"))
        self.assertEqual(reply.status_code, 503)
        self.assertNotIn(b"%PDF", reply.content)

    # ------------------------------------------------------------------
    # Feed
    # ------------------------------------------------------------------
    def _feed(self, url=None):
        reply = self.url_open(f"{url or self.office_url}/feed.atom")
        self.assertEqual(reply.headers["Content-Type"], atom.MEDIA_TYPE)
        return etree.fromstring(reply.content)

    def test_feed_has_what_rfc_4287_asks(self):
        feed = self._feed()
        self.assertEqual(feed.tag, f"{{{atom.NAMESPACE}}}feed")
        [entry] = feed.findall("a:entry", ATOM)
        for node in (feed, entry):
            for name in ("id", "title", "updated", "author/a:name"):
                [found] = node.findall(f"a:{name}", ATOM)
                self.assertTrue(found.text)
        self.assertEqual(entry.find("a:updated", ATOM).text, "2026-03-10T04:00:00Z")
        self.assertEqual(entry.find("a:summary", ATOM).text, "ถึงวันที่ 31")
        links = {link.get("rel"): link for link in entry.findall("a:link", ATOM)}
        self.assertTrue(links["alternate"].get("href").endswith(self.url))
        self.assertEqual(links["enclosure"].get("type"), "application/pdf")
        rels = [link.get("rel") for link in feed.findall("a:link", ATOM)]
        self.assertEqual(rels, ["self", "alternate"])

    def test_feed_holds_any_title(self):
        self.public.title = "<b>&</b> ]]> \x0b \ufffe"
        [entry] = self._feed().findall("a:entry", ATOM)
        self.assertTrue(entry.find("a:title", ATOM).text.startswith("<b>&</b> ]]>"))

    def test_feed_ids_last_and_withdrawn_ones_vanish(self):
        feed = self._feed()
        before = [node.text for node in feed.iterfind(".//a:id", ATOM)]
        self.env["ir.config_parameter"].set_param("web.base.url", "https://x.go.th")
        feed = self._feed()
        self.assertEqual([n.text for n in feed.iterfind(".//a:id", ATOM)], before)
        self.assertEqual(len(set(before)), 2)
        with freeze_time("2026-03-12 04:00:00"):
            self.public.with_user(self.central).action_withdraw()
        for url in ("/announcements", self.office_url):
            feed = self._feed(url)
            self.assertFalse(feed.findall("a:entry", ATOM))
            self.assertEqual(feed.find("a:updated", ATOM).text, "2026-03-12T04:00:00Z")

    def test_feed_read_again_costs_no_content(self):
        url = f"{self.office_url}/feed.atom"
        mark = self.url_open(url).headers["ETag"]
        again = self.url_open(url, headers={"If-None-Match": mark})
        self.assertEqual((again.status_code, again.content), (304, b""))
        self.public.title = "อื่น"
        again = self.url_open(url, headers={"If-None-Match": mark})
        self.assertEqual(again.status_code, 200)


def _rewrite(path, content):
    os.chmod(path, 0o644)
    with open(path, "wb") as file:
        file.write(content)
