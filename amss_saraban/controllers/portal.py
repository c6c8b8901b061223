# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the portal pages of an agency share: who may, what is said, how it looks.

Portal users have no right on any model of this addon. Every page gets its records
from one of the helpers here, which look only into the user's own agency and answer
“not found” for all else, so that no answer tells whether an id exists.
"""

import logging

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import content_disposition, request
from odoo.tools import format_datetime, human_size

from odoo.addons.amss_base.tools import thai
from odoo.addons.amss_base.tools.dates import short_date
from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

_logger = logging.getLogger(__name__)

REGISTRARS = "amss_saraban.group_school_registrar,amss_saraban.group_saraban_central"
NOTICE = "amss_notice"
PAGE_SIZE = 50
#: the newest steps of a letter that its page shows
HISTORY_SIZE = 100
#: no request is larger: several scans of the largest size allowed
MAX_REQUEST = 512 * 1024 * 1024
#: control characters, which no database text holds; tab and line end are kept
CONTROL = dict.fromkeys({*range(32)} - {9, 10})


def typed_text(text):
    """Return what was typed, without the blanks around and control characters.

    :param str text: from a form or an address; may be missing
    """
    return (text or "").translate(CONTROL).strip()


class SchoolPortal(CustomerPortal):
    """Base of the letter pages; also adds them to the portal's home page."""

    # ------------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------------
    def _find_agency_sudo(self):
        """Return the agency whose letters the user handles, or an empty record."""
        user = request.env.user
        agency = user.agency_id
        if not agency or not user.has_groups(REGISTRARS):
            return request.env["res.partner"].sudo().browse()
        # sudo: portal users read nothing; all lookups are limited to this agency
        return agency.sudo()

    def _get_agency_sudo(self):
        """Return the agency whose letters the user handles.

        :raises NotFound: for users who are no registrar of an agency
        """
        agency = self._find_agency_sudo()
        if not agency:
            raise request.not_found()
        return agency

    def _get_own_sudo(self, model, record_id, domain):
        """Return one record of the user's agency, or answer “not found”.

        :param str model: technical name
        :param int record_id: as it came with the address
        :param domain: what makes the record the agency's own
        """
        if not 0 < record_id < 2**31:
            raise request.not_found()
        # sudo: the domain holds the user's agency
        record = (
            request.env[model]
            .sudo()
            .search(Domain("id", "=", record_id) & Domain(domain))
        )
        if not record:
            raise request.not_found()
        return record

    def _get_recipient_sudo(self, recipient_id):
        """Return a letter that was sent to the user's agency, or “not found”."""
        return self._get_own_sudo(
            "amss.recipient",
            recipient_id,
            [
                ("agency_id", "=", self._get_agency_sudo().id),
                ("user_id", "=", False),
                ("document_id.secrecy", "=", "normal"),
            ],
        )

    def _get_document_sudo(self, document_id, origin="written"):
        """Return a letter that the user's agency wrote, or “not found”.

        :param str origin: ``outside`` for one that it registered from outside
        """
        return self._get_own_sudo(
            "amss.document",
            document_id,
            [
                ("agency_id", "=", self._get_agency_sudo().id),
                ("origin", "=", origin),
                ("doc_type", "!=", "mail"),
                ("secrecy", "=", "normal"),
            ],
        )

    # ------------------------------------------------------------------
    # What is said
    # ------------------------------------------------------------------
    def _try(self, step):
        """Do a step wholly or not at all.

        :param step: called without arguments
        :return: what went wrong, as text for the user, or ``None``
        """
        try:
            with request.env.cr.savepoint():
                step()
        except UserError as error:
            return str(error)
        return None

    def _tell(self, text, kind="success", **details):
        """Keep a message for the next page that the user sees."""
        request.session[NOTICE] = {"text": text, "kind": kind, **details}

    def _told(self):
        """Return the message kept by the page before, once."""
        return request.session.pop(NOTICE, None)

    def _do(self, step, done, url):
        """Do a step, then go to ``url``, which says how it went.

        :param step: called without arguments
        :param str done: said when it went well
        """
        problem = self._try(step)
        self._tell(problem or done, "danger" if problem else "success")
        return request.redirect(url)

    # ------------------------------------------------------------------
    # How it looks
    # ------------------------------------------------------------------
    def _local_date(self, day):
        """Return a date as the reader writes it, in the Buddhist era if in Thai."""
        return short_date(request.env, day)

    def _date_text(self, day):
        """Return a date as the form shows it and takes it back."""
        if not day or (request.env.lang or "").startswith("th"):
            return self._local_date(day)
        # other languages write day and month in either order
        return day.isoformat()

    def _local_time(self, moment):
        """Return a moment as the clock of the user's agency showed it."""
        if not moment:
            return ""
        zone = self._get_agency_sudo()._agency_timezone()
        if (request.env.lang or "").startswith("th"):
            return thai.format_thai_datetime(moment, zone, short=True)
        return format_datetime(request.env, moment, tz=zone.zone)

    def _school_values(self, page_name, **values):
        """Return what every letter page shows.

        :param str page_name: for breadcrumbs and the row of tabs
        :param values: of this page
        """
        agency = self._get_agency_sudo()
        # sudo: counts of the user's own agency
        unopened = request.env["amss.recipient"].sudo()
        drafts = request.env["amss.document"].sudo()
        return {
            **self._prepare_portal_layout_values(),
            "page_name": page_name,
            "agency": agency,
            "unopened_count": unopened.search_count(self._unopened_domain(agency)),
            "draft_count": drafts.search_count(self._draft_domain(agency)),
            "returned_count": unopened.search_count(self._returned_domain(agency)),
            "notice": self._told(),
            "local_date": self._local_date,
            "date_text": self._date_text,
            "local_time": self._local_time,
            "human_size": human_size,
            **values,
        }

    def _unopened_domain(self, agency):
        return [
            ("agency_id", "=", agency.id),
            ("user_id", "=", False),
            ("state", "=", "sent"),
        ]

    def _returned_domain(self, agency):
        """Return the domain of what came back and nobody has dealt with."""
        return [
            ("sender_agency_id", "=", agency.id),
            ("state", "=", "returned"),
            ("return_accepted_at", "=", False),
            ("document_id.secrecy", "=", "normal"),
        ]

    def _draft_domain(self, agency):
        return [
            ("agency_id", "=", agency.id),
            ("state", "=", "draft"),
            ("doc_type", "!=", "mail"),
            ("secrecy", "=", "normal"),
        ]

    def _page_of(self, model, domain, url, page, **url_args):
        """Return one page of records and the pager.

        :return: ``(records, pager values)``
        """
        # sudo: the domain holds the user's agency
        records = request.env[model].sudo()
        total = records.search_count(domain)
        url_args = {name: value for name, value in url_args.items() if value}
        pages = portal_pager(url, total, page, PAGE_SIZE, url_args=url_args)
        found = records.search(domain, limit=PAGE_SIZE, offset=pages["offset"])
        return found, pages | {"total": total}

    def _read(self, upload):
        """Return an uploaded file, at most one byte more than a file may have.

        :param upload: of the request; one that is tried again reads it again
        """
        # sudo: a setting of the hosting office
        megabytes = request.env.company.sudo().amss_file_megabytes
        upload.stream.seek(0)
        return upload.stream.read(megabytes * 1024 * 1024 + 1)

    def _file_response(self, file, url):
        """Serve one letter file as a download, or go back and say why not.

        :param file: ``ir.attachment``, sudo, of a letter that the user may read
        :param str url: where to go if the stored file is damaged
        """
        problem = self._try(file._letter_raw)
        if problem:
            self._tell(problem, "danger")
            return request.redirect(url)
        stream = request.env["ir.binary"]._get_stream_from(file)
        return stream.get_response(as_attachment=True)

    def _download(self, handle, name, mimetype):
        """Serve an open temporary file, a piece at a time.

        :param handle: file object, closed by the response
        """
        size = handle.seek(0, 2)
        handle.seek(0)
        pieces = iter(lambda: handle.read(64 * 1024), b"")
        response = request.make_response(
            pieces,
            [
                ("Content-Type", mimetype),
                ("Content-Length", size),
                ("Content-Disposition", content_disposition(name)),
                ("X-Content-Type-Options", "nosniff"),
                ("Cache-Control", "private, no-store"),
            ],
        )
        response.call_on_close(handle.close)
        return response

    # ------------------------------------------------------------------
    # Home page
    # ------------------------------------------------------------------
    def _prepare_portal_layout_values(self):
        return super()._prepare_portal_layout_values() | {
            "amss_agency": self._find_agency_sudo()
        }

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        agency = self._find_agency_sudo()
        # sudo: counts of the user's own agency
        rows = request.env["amss.recipient"].sudo()
        for name, domain in (
            ("amss_unopened_count", self._unopened_domain),
            ("amss_returned_count", self._returned_domain),
        ):
            if name in counters:
                values[name] = rows.search_count(domain(agency)) if agency else 0
        return values

    # ------------------------------------------------------------------
    # History
    # ------------------------------------------------------------------
    def _history_sudo(self, document):
        """Return what the user's agency sees of the history of a letter.

        Its own steps and, of the other side, those that both see; the newest first.

        :param document: one ``amss.document`` that the user may read
        """
        agency = self._get_agency_sudo()
        shared = Domain("shared", "=", True)
        if document.agency_id != agency:
            shared &= Domain("counterpart_id", "=", agency.id)
        # sudo: the letter is the user's to read, the lines are chosen here
        events = request.env["amss.document.event"].sudo()
        return events.search(
            Domain("document_id", "=", document.id)
            & (Domain("agency_id", "=", agency.id) | shared),
            limit=HISTORY_SIZE,
        )
