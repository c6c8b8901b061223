# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import io
import zipfile

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import BaseCase, freeze_time, tagged

from ..tools import filetype
from .common import PDF, SarabanCommon


def _zip(*names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


class TestFileType(BaseCase):
    def test_content_tells_the_type(self):
        table = [
            (PDF, "pdf"),
            (_zip("[Content_Types].xml", "word/document.xml"), "docx"),
            (_zip("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
            (_zip("[Content_Types].xml", "ppt/slide.xml"), None),
            (_zip("a.txt"), "zip"),
            (b"GIF89a" + b"\x01\x00\x01\x00\x00\x00\x00;", "gif"),
            (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", "jpg"),
            (b"MZ\x90\x00" + b"\x00" * 60, None),
            (b"PK\x03\x04 broken", None),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", None),
            (b"", None),
        ]
        for content, kind in table:
            with self.subTest(kind=kind, head=content[:8]):
                self.assertEqual(filetype.sniff(content), kind)

    def test_long_thai_name_keeps_its_ending(self):
        short = filetype.short_name("ก" * 300 + ".pdf")
        self.assertLessEqual(len(short.encode()), 200)
        self.assertTrue(short.endswith(".pdf"))
        self.assertEqual(filetype.short_name("../a/b.pdf"), "a b.pdf")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestFiles(SarabanCommon):
    def test_bad_files_are_named_and_refused(self):
        document = self._draft()
        self.company.amss_file_megabytes = 1
        table = [
            ("ว่าง.pdf", b"", "0 bytes"),
            ("ใหญ่.pdf", PDF + b" " * 1024 * 1024, "1 MB"),
            ("โปรแกรม.exe", b"MZ\x90\x00" + b"\x00" * 60, "type"),
            ("ปลอม.pdf", b"MZ\x90\x00" + b"\x00" * 60, "type"),
            ("ปลอม.docx", PDF, "pdf"),
        ]
        for name, content, problem in table:
            with self.subTest(name=name):
                message = self.assertRaisesRegex(ValidationError, f"{name}.*{problem}")
                with message, self.cr.savepoint():
                    self._attach(document, name, content)
        self.assertFalse(document.attachment_ids)

    def test_scan_comes_after_the_number_and_stays(self):
        document = self._issued()
        file = self._attach(document)
        self.assertEqual(document.file_count, 1)
        for change in (
            lambda: file.write({"raw": PDF + b"%"}),
            lambda: file.write({"name": "x.pdf"}),
            lambda: file.write({"letter_file": False}),
            file.unlink,
        ):
            with self.assertRaises(UserError):
                change()
        document._send(self.school)
        with self.assertRaisesRegex(UserError, document.letter_number):
            self._attach(document)

    def test_corrected_file_keeps_the_old_for_who_accepted(self):
        document = self._issued()
        old = self._attach(document)
        document._send(self.schools[:2])
        first, second = document.recipient_ids
        first._accept()
        with freeze_time("2026-03-10 05:00:00"):
            new = document._correct_file(old, "ใหม่.pdf", PDF + b"%2\n", "หน้าไม่ครบ")
        self.assertEqual(document.attachment_ids, new)
        self.assertEqual(first._visible_files(), old | new)
        self.assertEqual(second._visible_files(), new)

    def test_changed_store_is_not_served(self):
        file = self._attach(self._draft())
        self.assertEqual(file._letter_raw(), PDF)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_attachment SET letter_sha256 = 'x' WHERE id = %s", (file.id,)
        )
        file.invalidate_recordset()
        with self.assertLogs("odoo.addons.amss_saraban", "ERROR"):
            with self.assertRaises(UserError):
                file._to_http_stream()

    def test_who_wrote_a_letter_attaches_its_scan(self):
        document = self._draft(self.staff)
        document.with_user(self.central).action_issue()
        document.write(
            {
                "attachment_ids": [
                    (0, 0, {"name": "สแกน.pdf", "raw": PDF, "description": "สแกน"})
                ]
            }
        )
        self.assertEqual(document.file_count, 1)
        document.with_user(self.central)._send(self.school)
        with self.assertRaisesRegex(UserError, document.letter_number):
            document.attachment_ids.sudo(False).with_user(
                self.central
            ).description = "อื่น"

    def test_addressee_reads_the_files_and_nothing_beside(self):
        letter = (
            self.env["amss.document"]
            .with_user(self.school_user)
            .sudo()
            .create({"subject": "รายงาน", "addressee_text": "ผอ.เขต"})
        )
        old = self._attach(letter)
        note = self.env["ir.attachment"].create(
            {
                "name": "ภายใน.txt",
                "raw": b"x",
                "res_model": letter._name,
                "res_id": letter.id,
            }
        )
        letter._issue()
        letter._send(self.office)
        new = letter._correct_file(old, "ใหม่.pdf", PDF + b"%2\n", "หน้าไม่ครบ")
        files = self.env["ir.attachment"].with_user(self.central)
        domain = [("res_model", "=", letter._name), ("res_id", "=", letter.id)]
        self.assertEqual(files.search(domain), new)
        self.assertEqual(files.browse(new.id).name, "ใหม่.pdf")
        for hidden in (old, note):
            with self.assertRaises(AccessError):
                files.browse(hidden.id).read(["name"])

    def test_token_opens_no_letter_file(self):
        file = self._attach(self._issued())
        token = file.generate_access_token()[0]
        binary = self.env["ir.binary"].with_user(self.other_school_user)
        with self.assertRaises(AccessError):
            binary._find_record(
                res_model="ir.attachment", res_id=file.id, access_token=token
            )
