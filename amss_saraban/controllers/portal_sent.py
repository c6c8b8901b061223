# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Letters of the agency that have their number: who has done what, and what next."""

from odoo.exceptions import UserError
from odoo.http import request, route

from ..models.amss_document import URGENCIES
from .portal import MAX_REQUEST, typed_text
from .portal_write import URL, SchoolWrite

LETTER = f"{URL}/<int:document_id>"


class SchoolSent(SchoolWrite):
    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------
    @route(
        [LETTER, f"{LETTER}/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
        methods=["GET"],
    )
    def portal_sent_letter(self, document_id, page=1, **kw):
        """One letter: its number, its files, what each addressee has done."""
        document = self._get_document_sudo(document_id)
        if document.state == "draft":
            return request.redirect(f"{URL}/{document.id}/edit")
        rows, pager = self._page_of(
            "amss.recipient",
            self._addressee_domain(document),
            f"{URL}/{document.id}",
            page,
        )
        counts = self._recipient_counts(document)
        values = self._school_values(
            "amss_sent_letter",
            document=document,
            files=document.attachment_ids,
            rows=rows,
            pager=pager,
            counts=counts,
            answer_urls=self._answer_urls(rows),
            thread=self._thread_of(document),
            due=self._answers_due(document),
            can_void=document.state == "registered" and not counts["accepted"],
            returned=document._returned() if counts["returned"] else rows.browse(),
            events=self._history_sudo(document),
            **self._file_limits(),
        )
        return request.render("amss_saraban.portal_sent_letter", values)

    def _addressee_domain(self, document):
        return [("document_id", "=", document.id), ("user_id", "=", False)]

    def _recipient_counts(self, document):
        """Return how many addressees are in each state."""
        # sudo: the letter is the agency's own
        rows = request.env["amss.recipient"].sudo()
        states = dict.fromkeys(rows._fields["state"].get_values(request.env), 0)
        return states | dict(
            rows._read_group(self._addressee_domain(document), ["state"], ["__count"])
        )

    @route(
        f"{LETTER}/files/<int:file_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_sent_file(self, document_id, file_id, **kw):
        """Download one file of a letter of the agency."""
        document = self._get_document_sudo(document_id)
        file = self._get_file(document, file_id)
        return self._file_response(file, f"{URL}/{document.id}")

    @route(
        f"{LETTER}/send",
        type="http",
        auth="user",
        website=True,
        readonly=True,
        methods=["GET"],
    )
    def portal_send_form(self, document_id, **kw):
        """Choose to whom a numbered letter goes (ส่งหนังสือราชการ)."""
        document = self._get_document_sudo(document_id)
        if document.state != "registered":
            return request.redirect(f"{URL}/{document.id}")
        typed = {
            "agencies": set(document.planned_agency_ids.ids),
            "urgency": document.urgency,
            "summary": document.summary or "",
        }
        return self._render_send(document, typed)

    def _render_send(self, document, typed, problems=()):
        agency = document.agency_id
        # who has it by now is left out
        addressees = self._addressees(agency) - document.recipient_ids.agency_id
        fields = document._fields
        values = self._school_values(
            "amss_send",
            document=document,
            files=document.attachment_ids,
            typed=typed,
            problems=problems,
            **self._picker_values(addressees, typed["agencies"]),
            urgencies=fields["urgency"]._description_selection(request.env),
        )
        return request.render("amss_saraban.portal_send", values)

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------
    @route(f"{LETTER}/send", type="http", auth="user", website=True, methods=["POST"])
    def portal_send(self, document_id, urgency="normal", summary="", **post):
        """Send a numbered letter; sending it again sends nothing twice."""
        document = self._get_document_sudo(document_id)
        chosen = request.httprequest.form.getlist("agency")
        allowed = self._addressees(document.agency_id)
        chosen = {int(text) for text in chosen if text.isdecimal()}
        agencies = allowed.filtered(lambda one: one.id in chosen)
        urgency = urgency if urgency in dict(URGENCIES) else "normal"
        problem = self._try(
            lambda: document._send(agencies, urgency, typed_text(summary) or None)
        )
        if problem:
            typed = {
                "agencies": set(agencies.ids),
                "urgency": urgency,
                "summary": summary,
            }
            return self._render_send(document, typed, [("form", problem)])
        self._tell(
            request.env._("The letter was sent to %s addressees.", len(agencies))
        )
        return request.redirect(f"{URL}/{document.id}")

    @route(
        f"{LETTER}/attach",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        max_content_length=MAX_REQUEST,
    )
    def portal_sent_attach(self, document_id, **post):
        """Attach the scan to a letter that has its number but was not sent yet."""
        document = self._get_document_sudo(document_id)
        return self._attach_and_tell(document, f"{URL}/{document.id}")

    @route(
        f"{LETTER}/correct",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        max_content_length=MAX_REQUEST,
    )
    def portal_sent_correct(self, document_id, file_id="", reason="", **post):
        """Put a corrected file in the place of a wrong one and, if so asked, send the
        letter again to who returned it."""
        document = self._get_document_sudo(document_id)
        if document.state != "registered":
            raise request.not_found()
        old = self._get_file(document, int(file_id) if file_id.isdecimal() else 0)
        upload = request.httprequest.files.get("file")
        # not to who said that the letter is not for them
        again = document._returned().filtered(
            lambda row: row.return_kind != "wrong_addressee"
        )

        def step():
            content = b""
            if upload:
                content = self._read(upload)
            name = upload.filename if upload and upload.filename else old.name
            document._correct_file(old, name, content, typed_text(reason))
            if post.get("again") and again:
                again._send_again()

        return self._do(
            step,
            request.env._("The file was corrected. The old one is kept."),
            f"{URL}/{document.id}",
        )

    def _ticked(self, document):
        """Return the addressees ticked on the page, of this letter alone.

        :raises UserError: when none was ticked
        """
        ticked = {
            int(text)
            for text in request.httprequest.form.getlist("recipient")
            if text.isdecimal()
        }
        rows = document.recipient_ids.filtered(lambda row: row.id in ticked)
        if not rows:
            raise UserError(
                request.env._("Tick at least one addressee in the list first.")
            )
        return rows

    @route(f"{LETTER}/recall", type="http", auth="user", website=True, methods=["POST"])
    def portal_sent_recall(self, document_id, reason="", **post):
        """Take the letter back from who has not accepted it (เรียกคืน)."""
        document = self._get_document_sudo(document_id)
        return self._do(
            lambda: self._ticked(document)._recall(typed_text(reason)),
            request.env._("The letter was recalled."),
            f"{URL}/{document.id}",
        )

    @route(f"{LETTER}/again", type="http", auth="user", website=True, methods=["POST"])
    def portal_sent_again(self, document_id, **post):
        """Send the letter again to who returned it or lost it by a recall."""
        document = self._get_document_sudo(document_id)
        return self._do(
            lambda: self._ticked(document)._send_again(),
            request.env._("The letter was sent again."),
            f"{URL}/{document.id}",
        )

    @route(f"{LETTER}/remind", type="http", auth="user", website=True, methods=["POST"])
    def portal_sent_remind(self, document_id, **post):
        """Remind by e-mail who has not opened the letter."""
        document = self._get_document_sudo(document_id)
        rows = document.recipient_ids.filtered(lambda row: row.state == "sent")
        return self._do(
            rows._remind,
            request.env._("%s addressees will be reminded by e-mail.", len(rows)),
            f"{URL}/{document.id}",
        )

    @route(f"{LETTER}/void", type="http", auth="user", website=True, methods=["POST"])
    def portal_sent_void(self, document_id, reason="", **post):
        """Make the letter's number void; it stays in the book with the reason."""
        document = self._get_document_sudo(document_id)
        if document.state == "draft":
            raise request.not_found()
        return self._do(
            lambda: document.entry_id._void(typed_text(reason)),
            request.env._("The number is void. It is never given again."),
            f"{URL}/{document.id}",
        )
