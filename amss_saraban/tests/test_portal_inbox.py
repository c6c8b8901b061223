# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import io
import zipfile

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import PDF
from .portal_common import PortalCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestPortalInbox(PortalCase):
    def setUp(self):
        super().setUp()
        self._login()

    def test_inbox_shows_waiting_letters(self):
        self._row_of(self.school, self.school_rows[1])._accept()
        text = self.url_open("/my/letters").text
        self.assertIn("หนังสือ 1", text)
        self.assertNotIn("หนังสือ 2", text)
        text = self.url_open("/my/letters?filterby=accepted").text
        self.assertIn("หนังสือ 2", text)
        text = self.url_open("/my/letters?filterby=all&search=หนังสือ+2").text
        self.assertNotIn("หนังสือ 1", text)

    def test_home_counts_unopened(self):
        self.assertIn("/my/letters", self.url_open("/my").text)
        counters = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["amss_unopened_count"]}
        )
        self.assertEqual(counters["amss_unopened_count"], 2)

    def test_opening_is_recorded(self):
        self.assertEqual(self.url_open(f"/my/letters/{self.row.id}").status_code, 200)
        self.row.invalidate_recordset()
        self.assertEqual(self.row.state, "opened")
        self.assertEqual(self.row.opened_by_id, self.school_user)

    def test_accept_shows_the_receive_number(self):
        page = self._post(f"/my/letters/{self.row.id}/accept")
        self.row.invalidate_recordset()
        self.assertEqual(self.row.state, "accepted")
        self.assertEqual(self.row.accepted_by_id, self.school_user)
        self.assertIn("1/2569", page.text)
        self.assertIn("10 มี.ค. 2569 11:00", page.text)

    def test_double_click_accepts_once(self):
        self._post(f"/my/letters/{self.row.id}/accept")
        page = self._post(f"/my/letters/{self.row.id}/accept")
        self.assertIn("1/2569", page.text)
        self.assertNotIn("alert-danger", page.text)
        entries = self.env["amss.register.entry"].search(
            [("recipient_id", "=", self.row.id)]
        )
        self.assertEqual(len(entries), 1)

    def test_return_needs_a_reason(self):
        url = f"/my/letters/{self.row.id}/return"
        self.assertIn("alert-danger", self._post(url, kind="other", reason="  ").text)
        self.row.invalidate_recordset()
        self.assertEqual(self.row.state, "opened")
        self._post(url, kind="wrong_addressee", reason="ส่งผิดโรงเรียน <b>")
        self.row.invalidate_recordset()
        self.assertEqual(self.row.state, "returned")
        page = self.url_open(f"/my/letters/{self.row.id}").text
        self.assertIn("ส่งผิดโรงเรียน &lt;b&gt;", page)

    def test_return_asks_what_is_wrong(self):
        url = f"/my/letters/{self.row.id}"
        page = self.url_open(url).text
        self.assertEqual(page.count("o_amss_return_kind"), 4)
        for kind in ("", "no_such"):
            answer = self._post(f"{url}/return", kind=kind, reason="ผิด")
            self.assertIn("alert-danger", answer.text)
        self.row.invalidate_recordset()
        self.assertEqual(self.row.state, "opened")
        self._post(f"{url}/return", kind="damaged_file", reason="เปิดไม่ได้")
        self.row.invalidate_recordset()
        self.assertEqual(self.row.return_kind, "damaged_file")

    def test_an_accepted_letter_is_returned_and_keeps_its_line(self):
        entry = self.row._accept()
        url = f"/my/letters/{self.row.id}"
        self.assertIn('name="accepted"', self.url_open(url).text)
        typed = {"kind": "wrong_addressee", "reason": "เรื่องของโรงเรียนอื่น"}
        # from a page that was opened before somebody accepted the letter
        self.assertIn("alert-danger", self._post(f"{url}/return", **typed).text)
        page = self._post(f"{url}/return", accepted="1", **typed).text
        self.assertIn("alert-success", page)
        self.row.invalidate_recordset()
        self.assertEqual(self.row.state, "returned")
        book = self.url_open("/my/registers/received").text
        self.assertIn("เรื่องของโรงเรียนอื่น", book)
        self.assertEqual((entry.number, entry.state), (1, "registered"))

    def test_returned_letter_is_read_no_longer(self):
        file = self.row._visible_files()
        self.row._return("other", "ผิด")
        url = f"/my/letters/{self.row.id}"
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(f"{url}/files/{file.id}").status_code, 404)
            self.assertEqual(self.url_open(f"{url}/zip").status_code, 404)

    def test_who_comes_too_late_reads_who_was_first(self):
        other = self._school_user("school_second", self.school)
        self.row.with_user(other).sudo()._accept()
        page = self._post(
            f"/my/letters/{self.row.id}/return", kind="other", reason="ผิด"
        )
        self.assertEqual(page.status_code, 200)
        self.assertIn("alert-danger", page.text)
        self.assertIn("school_second", page.text)
        self.assertIn("10/03/2569", page.text)

    def test_recalled_letter_says_so_without_content(self):
        self.row._recall("ส่งผิด")
        page = self._post(f"/my/letters/{self.row.id}/accept")
        self.assertIn("alert-danger", page.text)
        self.assertIn("o_amss_recalled", page.text)
        self.assertNotIn("หนังสือ 1", page.text.split("o_amss_recalled")[1])
        self.assertNotIn("หนังสือ 1", self.url_open("/my/letters?filterby=all").text)

    def test_one_file(self):
        file = self.row._visible_files()
        reply = self.url_open(f"/my/letters/{self.row.id}/files/{file.id}")
        self.assertEqual(reply.content, PDF)
        self.row.invalidate_recordset()
        self.assertEqual(self.row.state, "opened")
        self.assertEqual(reply.headers["Content-Type"], "application/pdf")
        self.assertEqual(reply.headers["X-Content-Type-Options"], "nosniff")
        self.assertTrue(reply.headers["Content-Disposition"].startswith("attachment"))

    def test_damaged_file_is_not_served(self):
        file = self.row._visible_files()
        self.env.cr.execute(
            "UPDATE ir_attachment SET letter_sha256 = 'x' WHERE id = %s", (file.id,)
        )
        file.invalidate_recordset()
        with mute_logger("odoo.addons.amss_saraban.models.ir_attachment"):
            page = self.url_open(f"/my/letters/{self.row.id}/files/{file.id}")
            self.assertIn("alert-danger", page.text)
            page = self.url_open(f"/my/letters/{self.row.id}/zip")
            self.assertIn("alert-danger", page.text)

    def test_all_files_as_zip(self):
        document = self._draft(subject="หลายไฟล์")
        for _index in range(2):
            self._attach(document, name="แนบ.pdf")
        self._attach(document, name="ก" * 300 + ".pdf")
        document.action_issue()
        document._send(self.school)
        reply = self.url_open(f"/my/letters/{document.recipient_ids.id}/zip")
        self.assertEqual(reply.headers["Content-Type"], "application/zip")
        self.assertEqual(reply.headers["X-Content-Type-Options"], "nosniff")
        with zipfile.ZipFile(io.BytesIO(reply.content)) as archive:
            names = archive.namelist()
            self.assertEqual(archive.read(names[2]), PDF)
        self.assertEqual(names[:2], ["แนบ.pdf", "แนบ (2).pdf"])
        self.assertLess(len(names[2].encode()), 255)

    def test_pages_cost_the_same_for_5_and_50_letters(self):
        self.env["amss.recipient"].search([])._recall("x")
        counts = []
        for more in (5, 45):
            self._sent(*[f"ที่ {index}" for index in range(more)])
            self.url_open("/my/letters")
            self.env.flush_all()
            start = self.env.cr.sql_log_count
            page = self.url_open("/my/letters")
            counts.append(self.env.cr.sql_log_count - start)
            self.assertIn("ที่ 0", page.text)
        self.assertEqual(counts[0], counts[1])
