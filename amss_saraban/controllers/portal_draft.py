# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the forms of letters share: one draft for each form, dates, files."""

import re
import uuid
import zlib

from odoo.exceptions import ConcurrencyError
from odoo.http import request

from odoo.addons.amss_base.tools import locks, thai

from .portal import MAX_REQUEST, SchoolPortal, typed_text

FORM_KEY = re.compile(r"[0-9a-f]{32}")


class SchoolDraft(SchoolPortal):
    def _draft_of_form(self, agency, key, origin="written"):
        """Return the draft that this form makes, or made when it was sent before.

        :param str key: made with the form; a form sent twice has the same
        :param str origin: of the letter
        """
        # sudo: the agency is the user's own
        drafts = request.env["amss.document"].sudo()
        if not FORM_KEY.fullmatch(key or ""):
            key = uuid.uuid4().hex
        domain = [
            ("form_key", "=", key),
            ("agency_id", "=", agency.id),
            ("origin", "=", origin),
        ]
        locks.lock(request.env, locks.FORM, [zlib.crc32(key.encode()) >> 1])
        if found := drafts.search(domain):
            return found
        with locks.fresh_cursor(request.env) as cr:
            cr.execute("SELECT 1 FROM amss_document WHERE form_key = %s", (key,))
            if cr.fetchone():
                # made while this request waited: tried again, it sees the letter
                raise ConcurrencyError("the form was sent a moment ago")
        return drafts.create(
            {
                "agency_id": agency.id,
                "origin": origin,
                "form_key": key,
                "department_id": False,
            }
        )

    def _typed_date(self, text, problems):
        """Return the value of the date as typed, in either era.

        :param list problems: takes what is wrong with it
        """
        try:
            return {"letter_date": thai.parse_thai_date(text)}
        except ValueError:
            problem = request.env._(
                "Dated: “%s” is not a date. Write it like 31 ม.ค. 2569 or 31/01/2569.",
                text,
            )
            problems.append(("letter_date", problem))
            return {}

    def _save_parts(self, *parts):
        """Save the parts of a form, each for itself.

        :param parts: (field, function that saves it)
        :return: list of (field, what is wrong with it); the rest is saved
        """
        tried = [(name, self._try(save)) for name, save in parts]
        return [(name, problem) for name, problem in tried if problem]

    def _file_limits(self):
        """Return what the rows for new files say and check."""
        # sudo: settings of the hosting office
        company = request.env.company.sudo()
        return {
            "file_types": company._letter_file_types(),
            "file_megabytes": company.amss_file_megabytes,
            "max_request": MAX_REQUEST,
        }

    def _get_file(self, document, file_id):
        """Return a file of this letter, or “not found”."""
        for file in document.attachment_ids:
            if file.id == file_id:
                return file
        raise request.not_found()

    def _save_files(self, document):
        """Attach the files that came with the form, each for itself.

        :return: list of ("file", what is wrong with it)
        """
        problems = []
        for name, upload in request.httprequest.files.items(multi=True):
            if not name.startswith("file") or not upload.filename:
                continue
            about = request.httprequest.form.get(
                name.replace("file", "description", 1), ""
            )
            problem = self._try(
                lambda upload=upload, about=about: self._attach(document, upload, about)
            )
            if problem:
                problems.append(("file", problem))
        document.invalidate_recordset(["attachment_ids", "file_count"])
        return problems

    def _attach_and_tell(self, document, url):
        """Attach the files that came, then go to ``url``, which says how it went."""
        problems = self._save_files(document)
        if problems:
            self._tell("\n".join(text for _field, text in problems), "danger")
        else:
            self._tell(request.env._("The files were attached."))
        return request.redirect(url)

    def _attach(self, document, upload, description=""):
        """Make an uploaded file a file of the letter.

        :raises ValidationError: for an empty, too large or forbidden file
        """
        # sudo: the letter is the agency's own
        return (
            request.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": upload.filename,
                    "raw": self._read(upload),
                    "description": typed_text(description),
                    "res_model": "amss.document",
                    "res_id": document.id,
                    "letter_file": True,
                }
            )
        )
