# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Writing a letter: drafts, the form, its files, the agency's own number, sending.

Whatever is typed is saved as a draft before anything else is tried, files included,
so that a mistake costs nothing but its correction.
"""

import uuid

from odoo.http import request, route

from ..models.amss_document import URGENCIES
from .portal import MAX_REQUEST, typed_text
from .portal_draft import SchoolDraft
from .portal_reply import SchoolReply

URL = "/my/letters/sent"
NEW = "/my/letters/new"
TEXTS = ("subject", "addressee_text", "summary", "remark")


class SchoolWrite(SchoolReply, SchoolDraft):
    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------
    @route("/my/letters/drafts", type="http", auth="user", website=True, readonly=True)
    def portal_drafts(self, **kw):
        """The agency's drafts, the newest first."""
        agency = self._get_agency_sudo()
        # sudo: the domain holds the user's agency
        drafts = request.env["amss.document"].sudo()
        values = self._school_values(
            "amss_drafts", drafts=drafts.search(self._draft_domain(agency), limit=200)
        )
        return request.render("amss_saraban.portal_drafts", values)

    @route(NEW, type="http", auth="user", website=True, readonly=True, methods=["GET"])
    def portal_letter_new(self, reply_to="", reply_outside="", **kw):
        """An empty form, or the answer to a letter in the received register."""
        agency = self._get_agency_sudo()
        typed = self._empty_form(agency)
        if answered := self._get_answered_sudo(reply_to, reply_outside):
            typed |= self._answer_form(answered)
            typed |= {"reply_to": reply_to, "reply_outside": reply_outside}
        return self._render_form(agency, None, typed)

    @route(
        f"{URL}/<int:document_id>/edit",
        type="http",
        auth="user",
        website=True,
        readonly=True,
        methods=["GET"],
    )
    def portal_letter_edit(self, document_id, **kw):
        """The form of a draft."""
        document = self._get_document_sudo(document_id)
        if document.state != "draft":
            return request.redirect(f"{URL}/{document.id}")
        return self._render_form(
            document.agency_id, document, self._draft_form(document)
        )

    @route(
        [NEW, f"{URL}/<int:document_id>/edit"],
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        max_content_length=MAX_REQUEST,
    )
    def portal_letter_save(self, document_id=None, action="save", **post):
        """Save the draft; issue its number and send it, if so asked."""
        agency = self._get_agency_sudo()
        if document_id is None:
            document = self._draft_of_form(agency, post.get("form_key"))
        else:
            document = self._get_document_sudo(document_id)
        if document.state != "draft":
            # the second half of a double click: done already
            return request.redirect(f"{URL}/{document.id}")
        typed = self._typed_form(agency, post)
        problems = self._save_draft(document, typed)
        if post.get("remove", "").isdecimal():
            self._get_file(document, int(post["remove"])).unlink()
        elif action in ("issue", "send"):
            problems += self._missing(document, typed, action == "send")
            problems = problems or self._issue_and_send(document, action == "send")
            if not problems:
                return request.redirect(f"{URL}/{document.id}")
        if problems:
            typed = self._draft_form(document) | typed
            return self._render_form(agency, document, typed, problems)
        self._tell(request.env._("The draft was saved."))
        return request.redirect(f"{URL}/{document.id}/edit")

    @route(
        f"{URL}/<int:document_id>/discard",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_letter_discard(self, document_id, **kw):
        """Delete a draft; a letter with a number stays."""
        document = self._get_document_sudo(document_id)
        return self._do(
            document.unlink,
            request.env._("The draft was deleted."),
            "/my/letters/drafts",
        )

    # ------------------------------------------------------------------
    # What the form holds
    # ------------------------------------------------------------------
    def _empty_form(self, agency):
        return {
            **dict.fromkeys(TEXTS, ""),
            "letter_date": self._date_text(agency._agency_now().date()),
            "urgency": "normal",
            "doc_type": "external",
            "is_circular": False,
            "agencies": set(),
            "reply_by": "",
            "reply_to": "",
            "reply_outside": "",
            "form_key": uuid.uuid4().hex,
        }

    def _draft_form(self, document):
        """Return what the form shows of a saved draft."""
        return {
            **{name: document[name] or "" for name in TEXTS},
            "letter_date": self._date_text(document.letter_date),
            "urgency": document.urgency,
            "doc_type": document.doc_type,
            "is_circular": document.is_circular,
            "agencies": set(document.planned_agency_ids.ids),
            "reply_by": self._date_text(document.reply_by),
            "reply_to": "",
            "reply_outside": "",
            "replied": document.reply_to_id.letter_number
            or document.reply_to_id.subject,
            "form_key": document.form_key or "",
        }

    def _typed_form(self, agency, post):
        """Return what was typed, agencies limited to those that may be chosen."""
        chosen = request.httprequest.form.getlist("agency")
        allowed = set(self._addressees(agency).ids)
        return {
            **{name: typed_text(post.get(name)) for name in TEXTS},
            "letter_date": typed_text(post.get("letter_date")),
            "urgency": post.get("urgency", "normal"),
            "doc_type": post.get("doc_type", "external"),
            "is_circular": bool(post.get("is_circular")),
            "agencies": {int(i) for i in chosen if i.isdecimal()} & allowed,
            "reply_by": typed_text(post.get("reply_by")),
            "reply_to": post.get("reply_to", ""),
            "reply_outside": post.get("reply_outside", ""),
        }

    def _addressees(self, agency):
        """Return the agencies to which this one can send: office first, schools.

        The offices are the one above and the one that hosts this system; the schools
        are those of the same office.
        """
        office = agency.parent_agency_id or request.env.company.partner_id.sudo()
        # sudo: names of agencies, which every letter shows
        partners = request.env["res.partner"].sudo()
        schools = partners.search(
            [
                ("agency_type", "=", "school"),
                ("parent_agency_id", "in", (office | agency).ids),
            ],
            order="name, id",
        )
        # sudo: the office that keeps the database; a name to choose
        offices = (office | request.env.company.partner_id.sudo()).filtered("is_agency")
        return (offices | schools) - agency

    def _render_form(self, agency, document, typed, problems=()):
        """Show the form with what was typed and what is wrong with it."""
        fields = request.env["amss.document"]._fields
        values = self._school_values(
            "amss_write",
            document=document,
            files=document.attachment_ids if document else (),
            typed=typed,
            problems=problems,
            **self._picker_values(self._addressees(agency), typed["agencies"]),
            urgencies=fields["urgency"]._description_selection(request.env),
            doc_types=request.env["amss.document"]._letter_types(),
            action_url=f"{URL}/{document.id}/edit" if document else NEW,
            **self._file_limits(),
        )
        return request.render("amss_saraban.portal_letter_form", values)

    def _picker_values(self, addressees, ticked):
        """Return the agencies to tick: offices first, then those ticked."""
        offices = addressees.filtered(lambda one: one.agency_type != "school")
        return {
            "offices": offices,
            "addressees": addressees.sorted(
                lambda one: (one not in offices, one.id not in ticked)
            ),
        }

    # ------------------------------------------------------------------
    # Saving
    # ------------------------------------------------------------------
    def _save_draft(self, document, typed):
        """Write what was typed and the files into the draft.

        :return: list of (field, what is wrong with it); the rest is saved
        """
        problems = []
        values = {name: typed[name] for name in TEXTS}
        values |= {
            "is_circular": typed["is_circular"],
            "planned_agency_ids": [(6, 0, sorted(typed["agencies"]))],
        }
        for name, options in (
            ("urgency", dict(URGENCIES)),
            ("doc_type", dict(document._letter_types())),
        ):
            if typed[name] in options:
                values[name] = typed[name]
        values |= self._typed_date(typed["letter_date"], problems)
        answered = self._get_answered_sudo(typed["reply_to"], typed["reply_outside"])
        if answered:
            values["reply_to_id"] = answered.id
        problems += self._save_parts(
            ("form", lambda: document.write(values)),
            (
                "reply_by",
                lambda: self._save_reply_day(document, "reply_by", typed["reply_by"]),
            ),
        )
        return problems + self._save_files(document)

    def _issue_and_send(self, document, send):
        """Issue the number and, if asked, send: both or nothing.

        :return: list of (field, what is wrong)
        """

        def step():
            self._issue(document)
            if send:
                document._send(document.planned_agency_ids)

        if problem := self._try(step):
            return [("form", problem)]
        self._tell(
            request.env._(
                "The letter has its number and was sent to %s addressees.",
                len(document.recipient_ids),
            )
            if send
            else request.env._("The letter has its number. Write it on the letter:"),
            step="issue",
        )
        return []

    def _missing(self, document, typed, send):
        """Return what the form lacks for a number or a sending."""
        problems = []
        if not typed["subject"]:
            problems.append(
                ("subject", request.env._("Subject: write what the letter is about."))
            )
        if not typed["agencies"] and send:
            problems.append(
                (
                    "agencies",
                    request.env._("Send to: choose at least one office or school."),
                )
            )
        if not typed["addressee_text"] and typed["agencies"]:
            document.addressee_text = self._addressee_text(document)
        elif not typed["addressee_text"] and not send:
            problems.append(
                (
                    "addressee_text",
                    request.env._(
                        "To: write to whom the letter is, or choose an agency."
                    ),
                )
            )
        return problems

    def _addressee_text(self, document):
        """Return the words for “To” where only agencies were chosen."""
        names = document.planned_agency_ids.mapped("name")
        if len(names) <= 3:
            return ", ".join(names)
        return request.env._(
            "%(names)s and %(count)s others",
            names=", ".join(names[:2]),
            count=len(names) - 2,
        )

    def _issue(self, document):
        """Number the letter in the agency's sent register, by the user's name."""
        entries = document._issue()
        entries.person_name = request.env.user.name
