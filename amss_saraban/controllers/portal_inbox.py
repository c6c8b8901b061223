# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Letters that came to the agency: inbox, letter, files, accept, return."""

import tempfile

from odoo.fields import Domain
from odoo.http import request, route

from ..models.amss_recipient_steps import WAITING
from ..tools import filetype, search_text
from ..tools.zip_files import write_zip
from .portal import typed_text
from .portal_reply import READABLE, SchoolReply

URL = "/my/letters"


class SchoolInbox(SchoolReply):
    @route(
        [URL, f"{URL}/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_letters(self, page=1, filterby="waiting", search="", **kw):
        """The inbox (หนังสือรับ): letters waiting first, the newest on top."""
        agency = self._get_agency_sudo()
        search = typed_text(search)
        filters = self._letter_filters(agency)
        filterby = filterby if filterby in filters else "waiting"
        domain = (
            Domain("agency_id", "=", agency.id)
            & Domain("user_id", "=", False)
            & Domain("document_id.secrecy", "=", "normal")
            & Domain(filters[filterby]["domain"])
            & self._inbox_search(agency, search)
        )
        rows, pager = self._page_of(
            "amss.recipient", domain, URL, page, filterby=filterby, search=search
        )
        values = self._school_values(
            "amss_inbox",
            rows=rows,
            pager=pager,
            filters=filters,
            filterby=filterby,
            search=search,
            reply_due=self._reply_due,
        )
        return request.render("amss_saraban.portal_letters", values)

    def _inbox_search(self, agency, search):
        """Return the domain of letters that a text finds: number, subject, from."""
        # sudo: the inbox is limited to the user's agency
        documents = request.env["amss.document"].sudo()
        if not search_text.terms(search):
            return Domain.TRUE
        found = documents._letters_saying(search)
        number = search_text.register_number(search)
        if number is not None:
            line = [("agency_id", "=", agency.id), ("number", "=", number)]
            found |= Domain("entry_id", "any!", line)
        return found

    def _letter_filters(self, agency):
        """Return the filters of the inbox: name, label, domain."""
        waiting = [("state", "in", WAITING)]
        urgent = [*waiting, ("document_id.urgency", "!=", "normal")]
        return {
            "waiting": {"label": request.env._("To be accepted"), "domain": waiting},
            "urgent": {
                "label": request.env._("Urgent, to be accepted"),
                "domain": urgent,
            },
            "unanswered": {
                "label": request.env._("To be answered"),
                "domain": self._unanswered_domain(agency),
            },
            "accepted": {
                "label": request.env._("Accepted"),
                "domain": [("state", "=", "accepted")],
            },
            "returned": {
                "label": request.env._("Returned"),
                "domain": [("state", "=", "returned")],
            },
            "all": {
                "label": request.env._("All"),
                "domain": [("state", "!=", "recalled")],
            },
        }

    @route(
        f"{URL}/<int:recipient_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def portal_letter(self, recipient_id, **kw):
        """One letter; opening it is recorded and shown to the sender."""
        row = self._get_recipient_sudo(recipient_id)
        if row.state == "recalled":
            values = self._school_values("amss_letter", row=row)
            return request.render("amss_saraban.portal_letter_recalled", values)
        row._mark_opened()
        readable = row.state in READABLE
        values = self._school_values(
            "amss_letter",
            row=row,
            files=row._visible_files() if readable else row.env["ir.attachment"],
            return_choices=row._return_choices(),
            due=self._reply_due(row),
            thread=self._thread_of(row.document_id) if readable else [],
            events=self._history_sudo(row.document_id),
        )
        notice = values["notice"]
        if notice and notice.get("step") == "accept" and self._is_own_accept(row):
            # the second half of a double click: the letter was accepted by the first
            values["notice"] = self._accepted_notice()
        return request.render("amss_saraban.portal_letter", values)

    def _is_own_accept(self, row):
        return row.state == "accepted" and row.accepted_by_id == request.env.user

    def _accepted_notice(self):
        return {
            "kind": "success",
            "text": request.env._("The letter was accepted. Its receive number is:"),
        }

    @route(
        f"{URL}/<int:recipient_id>/files/<int:file_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def portal_letter_file(self, recipient_id, file_id, **kw):
        """Download one file of a letter that came."""
        row = self._get_recipient_sudo(recipient_id)
        files = row._visible_files() if row.state in READABLE else row.browse()
        file = next((file for file in files if file.id == file_id), None)
        if file is None:
            raise request.not_found()
        row._mark_opened()
        return self._file_response(file, f"{URL}/{row.id}")

    @route(
        f"{URL}/<int:recipient_id>/zip",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def portal_letter_zip(self, recipient_id, **kw):
        """Download all files of a letter that came, in one archive."""
        row = self._get_recipient_sudo(recipient_id)
        files = row._visible_files() if row.state in READABLE else None
        if not files:
            raise request.not_found()
        row._mark_opened()
        # not in a with block: the response closes it when all is sent
        handle = tempfile.TemporaryFile()  # noqa: SIM115
        problem = self._try(
            lambda: write_zip(
                handle, ((file.name, file._letter_raw()) for file in files)
            )
        )
        if problem:
            handle.close()
            self._tell(problem, "danger")
            return request.redirect(f"{URL}/{row.id}")
        name = filetype.short_name(f"{row.document_id.letter_number or row.id}.zip")
        return self._download(handle, name, "application/zip")

    @route(
        f"{URL}/<int:recipient_id>/accept",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_letter_accept(self, recipient_id, **kw):
        """Accept a letter (ลงทะเบียนรับ): it gets the agency's receive number."""
        row = self._get_recipient_sudo(recipient_id)
        problem = self._try(row._accept)
        if problem:
            self._tell(problem, "danger", step="accept")
        else:
            request.session["amss_notice"] = self._accepted_notice()
        return request.redirect(f"{URL}/{row.id}")

    @route(
        f"{URL}/<int:recipient_id>/return",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_letter_return(self, recipient_id, kind="", reason="", accepted="", **kw):
        """Return a letter to its sender, who reads kind and reason.

        :param str accepted: set by the page of a letter that has its receive number
        """
        row = self._get_recipient_sudo(recipient_id)
        step = row._return_accepted if accepted else row._return
        return self._do(
            lambda: step(kind, typed_text(reason)),
            request.env._("The letter was returned. The sender has been told why."),
            f"{URL}/{row.id}",
        )
