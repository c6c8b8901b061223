# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The agency's received and sent register (forms 13 and 14), on screen and in Excel."""

import tempfile

from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.amss_base.tools import thai

from ..tools import filetype
from ..tools.register_sheet import write_register
from .portal import typed_text
from .portal_reply import SchoolReply

KIND = "<any(received,sent):kind>"
URL = "/my/registers"
#: lines read at a time for Excel
CHUNK = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SchoolRegister(SchoolReply):
    @route(
        [f"{URL}/{KIND}", f"{URL}/{KIND}/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_register(self, kind, page=1, year="", search="", **kw):
        """One book of the agency: ทะเบียนหนังสือรับ or ทะเบียนหนังสือส่ง."""
        agency = self._get_agency_sudo()
        search = typed_text(search)
        year = self._chosen_year(agency, year)
        url = f"{URL}/{kind}"
        entries, pager = self._page_of(
            "amss.register.entry",
            self._book_domain(agency, kind, year, search),
            url,
            page,
            year=year or "all",
            search=search,
        )
        values = self._school_values(
            f"amss_{kind}",
            kind=kind,
            entries=entries,
            pager=pager,
            year=year,
            years=self._book_years(agency, kind),
            search=search,
            book_title=self._book_title(kind),
            book_action=self._book_action,
            book_remark=self._book_remark,
            book_url=self._book_url,
        )
        return request.render("amss_saraban.portal_register", values)

    @route(f"{URL}/{KIND}/xlsx", type="http", auth="user", website=True, readonly=True)
    def portal_register_xlsx(self, kind, year="", search="", **kw):
        """Download the book of one year, or of all, as an Excel file."""
        agency = self._get_agency_sudo()
        search = typed_text(search)
        year = self._chosen_year(agency, year)
        # the book has its headings in Thai whatever the reader's language (ข้อ 38)
        request.update_context(lang="th_TH")
        title = self._book_title(kind)
        years = year or request.env._("all years")
        # not in a with block: the response closes it when all is sent
        handle = tempfile.TemporaryFile()  # noqa: SIM115
        write_register(
            handle,
            f"{title} {agency.name} {years}",
            title[:31],
            self._book_columns(kind),
            self._book_rows(agency, self._book_domain(agency, kind, year, search)),
        )
        name = filetype.short_name(f"{title} {agency.name} {years}.xlsx")
        return self._download(handle, name, XLSX)

    @route(
        f"{URL}/received/<int:entry_id>/note",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_register_note(self, entry_id, **post):
        """Write who works on a received letter and what was done (ข้อ 39)."""
        agency = self._get_agency_sudo()
        entry = self._get_own_sudo(
            "amss.register.entry",
            entry_id,
            [
                ("agency_id", "=", agency.id),
                ("kind", "=", "received"),
                ("document_id.secrecy", "=", "normal"),
            ],
        )
        names = ("person_name", "action_note", "remark")
        values = {name: typed_text(post.get(name)) for name in names}
        back = (
            f"/my/letters/{entry.recipient_id.id}"
            if entry.recipient_id
            else f"/my/letters/outside/{entry.document_id.id}"
        )

        def step():
            entry.write(values)
            if "reply_due" in post:
                self._save_reply_day(entry, "reply_due", typed_text(post["reply_due"]))

        return self._do(
            step,
            request.env._("The register line was saved."),
            back,
        )

    # ------------------------------------------------------------------
    # Lines
    # ------------------------------------------------------------------
    def _chosen_year(self, agency, text):
        """Return the year B.E. asked for, the current one if none, 0 for all."""
        if text == "all":
            return 0
        plain = thai.to_arabic_digits(text)
        return (
            int(plain)
            if plain.isdecimal() and len(plain) == 4
            else (agency._agency_year())
        )

    def _book_years(self, agency, kind):
        """Return the years that this book has, the newest first."""
        # sudo: the user's own agency
        years = request.env["amss.register.year"].sudo()
        groups = years._read_group(
            [
                ("agency_id", "=", agency.id),
                ("register_id.kind", "=", kind),
                ("register_id.secret", "=", False),
                ("year", "<=", agency._agency_year()),
            ],
            ["year"],
            order="year desc",
        )
        return [year for (year,) in groups]

    def _book_domain(self, agency, kind, year, search):
        """Return the domain of one ordinary book of the agency."""
        # sudo: the user's own agency; a book put away still shows its lines
        books = request.env["amss.register"].sudo().with_context(active_test=False)
        books = books.search(
            [
                ("agency_id", "=", agency.id),
                ("kind", "=", kind),
                ("secret", "=", False),
                ("department_id", "=", False),
            ]
        )
        domain = Domain(
            [
                ("agency_id", "=", agency.id),
                ("kind", "=", kind),
                ("book_department_id", "=", False),
                ("register_id", "in", books.ids),
            ]
        )
        if year:
            domain &= Domain("year", "=", year)
        if search:
            domain &= Domain("search_text", "ilike", search)
        return domain

    def _book_title(self, kind):
        return (
            request.env._("Received register")
            if kind == "received"
            else request.env._("Sent register")
        )

    def _book_columns(self, kind):
        """Return heading and width of the columns of form 13 or 14."""
        number = (
            request.env._("Receive no.")
            if kind == "received"
            else request.env._("Send no.")
        )
        return [
            (number, 10),
            (request.env._("Year"), 7),
            (request.env._("Registered on"), 20),
            (request.env._("Letter no."), 22),
            (request.env._("Dated"), 14),
            (request.env._("From"), 30),
            (request.env._("To"), 30),
            (request.env._("Subject"), 50),
            (request.env._("Action taken"), 24),
            (request.env._("Remarks"), 24),
        ]

    def _book_rows(self, agency, domain):
        """Yield the lines of the book for Excel, in the order of their numbers."""
        zone = agency._agency_timezone()
        # sudo: the domain holds the user's agency
        entries = request.env["amss.register.entry"].sudo()
        found = entries.search(domain, order="year, number, id").ids
        for start in range(0, len(found), CHUNK):
            for entry in entries.browse(found[start : start + CHUNK]):
                yield [
                    entry.number,
                    entry.year,
                    thai.format_thai_datetime(entry.registered_at, zone, short=True),
                    entry.letter_number or "",
                    thai.format_thai_date(entry.letter_date, short=True),
                    entry.sender_text or "",
                    entry.addressee_text or "",
                    entry.subject or "",
                    self._book_action(entry),
                    self._book_remark(entry),
                ]
            entries.invalidate_model()
            request.env["amss.document"].invalidate_model()

    def _book_url(self, entry):
        """Return the page of the letter of a line, ``None`` if it has none."""
        if entry.recipient_id:
            return f"/my/letters/{entry.recipient_id.id}"
        if not entry.document_id:
            return None
        part = "sent" if entry.kind == "sent" else "outside"
        return f"/my/letters/{part}/{entry.document_id.id}"

    def _book_action(self, entry):
        parts = [entry.department_id.name, entry.person_name, entry.action_text]
        return ", ".join(filter(None, parts))

    def _book_remark(self, entry):
        """Return the remarks; a void or reserved number says so."""
        state = {
            "void": request.env._("Void: %s", entry.void_reason),
            "reserved": request.env._("Reserved"),
        }.get(entry.state)
        return "\n".join(filter(None, [state, entry.remark]))
