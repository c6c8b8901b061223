# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Letters that came to the agency outside the system: one form, then the number."""

import uuid

from odoo.http import request, route

from ..models.amss_document import URGENCIES
from .portal import MAX_REQUEST, typed_text
from .portal_draft import SchoolDraft
from .portal_reply import SchoolReply

URL = "/my/letters/outside"
LETTER = f"{URL}/<int:document_id>"
TEXTS = ("letter_number", "sender_text", "addressee_text", "subject", "remark")


class SchoolOutside(SchoolReply, SchoolDraft):
    @route(
        f"{URL}/new",
        type="http",
        auth="user",
        website=True,
        readonly=True,
        methods=["GET"],
    )
    def portal_outside_new(self, **kw):
        """The form for a letter on paper or by e-mail (ลงทะเบียนหนังสือรับ)."""
        agency = self._get_agency_sudo()
        typed = {
            **dict.fromkeys(TEXTS, ""),
            "addressee_text": agency.name,
            "letter_date": "",
            "reply_by": "",
            "urgency": "normal",
            "form_key": uuid.uuid4().hex,
        }
        return self._render_outside(None, typed)

    @route(
        f"{LETTER}/edit",
        type="http",
        auth="user",
        website=True,
        readonly=True,
        methods=["GET"],
    )
    def portal_outside_edit(self, document_id, **kw):
        """The form of a letter that was not registered yet."""
        document = self._get_document_sudo(document_id, "outside")
        if document.state != "draft":
            return request.redirect(f"{URL}/{document.id}")
        return self._render_outside(document, self._outside_form(document))

    @route(
        [f"{URL}/new", f"{LETTER}/edit"],
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        max_content_length=MAX_REQUEST,
    )
    def portal_outside_save(self, document_id=None, **post):
        """Register the letter: document, files and receive number in one go."""
        agency = self._get_agency_sudo()
        if document_id is None:
            key = post.get("form_key")
            document = self._draft_of_form(agency, key, "outside")
        else:
            document = self._get_document_sudo(document_id, "outside")
        if document.state != "draft":
            # the second half of a double click: done already
            return request.redirect(f"{URL}/{document.id}")
        names = (*TEXTS, "letter_date", "reply_by")
        typed = {name: typed_text(post.get(name)) for name in names}
        typed["urgency"] = post.get("urgency", "normal")
        problems = self._save_outside(document, typed)
        if post.get("remove", "").isdecimal():
            self._get_file(document, int(post["remove"])).unlink()
        elif not problems:
            problem = self._try(lambda: self._register(document))
            if not problem:
                return request.redirect(f"{URL}/{document.id}")
            problems = [("form", problem)]
        typed = self._outside_form(document) | typed
        return self._render_outside(document, typed, problems)

    def _register(self, document):
        """Give the letter its receive number."""
        document._register_outside()
        self._tell(
            request.env._("The letter is registered. Write this number on the paper:")
        )

    @route(
        LETTER,
        type="http",
        auth="user",
        website=True,
        readonly=True,
        methods=["GET"],
    )
    def portal_outside_letter(self, document_id, **kw):
        """One letter from outside with its receive number."""
        document = self._get_document_sudo(document_id, "outside")
        if document.state == "draft":
            return request.redirect(f"{URL}/{document.id}/edit")
        values = self._school_values(
            "amss_outside_letter",
            document=document,
            files=document.attachment_ids,
            due=self._line_due(document.entry_id),
            thread=self._thread_of(document),
            **self._file_limits(),
        )
        return request.render("amss_saraban.portal_outside_letter", values)

    @route(
        f"{LETTER}/files/<int:file_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_outside_file(self, document_id, file_id, **kw):
        """Download one file of a letter from outside."""
        document = self._get_document_sudo(document_id, "outside")
        file = self._get_file(document, file_id)
        return self._file_response(file, f"{URL}/{document.id}")

    @route(
        f"{LETTER}/attach",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        max_content_length=MAX_REQUEST,
    )
    def portal_outside_attach(self, document_id, **post):
        """Attach the scan to a registered letter from outside."""
        document = self._get_document_sudo(document_id, "outside")
        return self._attach_and_tell(document, f"{URL}/{document.id}")

    @route(f"{LETTER}/void", type="http", auth="user", website=True, methods=["POST"])
    def portal_outside_void(self, document_id, reason="", **post):
        """Make the receive number void; it stays in the book with the reason."""
        document = self._get_document_sudo(document_id, "outside")
        if document.state == "draft":
            raise request.not_found()
        return self._do(
            lambda: document.entry_id._void(typed_text(reason)),
            request.env._("The number is void. It is never given again."),
            f"{URL}/{document.id}",
        )

    @route(
        f"{LETTER}/discard", type="http", auth="user", website=True, methods=["POST"]
    )
    def portal_outside_discard(self, document_id, **kw):
        """Delete a letter from outside that has no number yet."""
        document = self._get_document_sudo(document_id, "outside")
        return self._do(
            document.unlink,
            request.env._("The draft was deleted."),
            "/my/letters/drafts",
        )

    # ------------------------------------------------------------------
    # The form
    # ------------------------------------------------------------------
    def _outside_form(self, document):
        return {
            **{name: document[name] or "" for name in TEXTS},
            "letter_date": self._date_text(document.letter_date),
            "reply_by": self._date_text(document.reply_by),
            "urgency": document.urgency,
            "form_key": document.form_key or "",
        }

    def _save_outside(self, document, typed):
        """Write what was typed and the files into the draft.

        :return: list of (field, what is wrong with it); the rest is saved
        """
        problems = []
        values = {name: typed[name] for name in TEXTS}
        if typed["urgency"] in dict(URGENCIES):
            values["urgency"] = typed["urgency"]
        if typed["letter_date"]:
            values |= self._typed_date(typed["letter_date"], problems)
        else:
            values["letter_date"] = False
        if not typed["subject"]:
            problem = request.env._("Subject: write what the letter is about.")
            problems.append(("subject", problem))
        if not typed["sender_text"]:
            problem = request.env._("From: write from whom the letter came.")
            problems.append(("sender_text", problem))
        values["addressee_text"] = typed["addressee_text"] or document.agency_id.name
        problems += self._save_parts(
            ("form", lambda: document.write(values)),
            (
                "reply_by",
                lambda: self._save_reply_day(document, "reply_by", typed["reply_by"]),
            ),
        )
        return problems + self._save_files(document)

    def _render_outside(self, document, typed, problems=()):
        fields = request.env["amss.document"]._fields
        values = self._school_values(
            "amss_outside",
            document=document,
            files=document.attachment_ids if document else (),
            typed=typed,
            problems=problems,
            urgencies=fields["urgency"]._description_selection(request.env),
            action_url=f"{URL}/{document.id}/edit" if document else f"{URL}/new",
            **self._file_limits(),
        )
        return request.render("amss_saraban.portal_outside_form", values)
