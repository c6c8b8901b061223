# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The steps of a letter: issue, register from outside, send, void."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from odoo.addons.amss_base.tools import guard, locks


class AmssDocument(models.Model):
    _inherit = "amss.document"

    # ------------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------------
    def _check_may_issue(self):
        """Raise unless the user may number and send these letters.

        The central registrar may; a group registrar where the office allows it.
        """
        self.check_access("read")
        user = self.env.user
        if self.env.su or user.has_group("amss_saraban.group_saraban_central"):
            return self._check_own_agency()
        if (
            user.has_group("amss_saraban.group_saraban_unit")
            and user.company_id.amss_unit_may_issue
        ):
            return self._check_own_agency()
        raise AccessError(
            self.env._(
                "Only the central registrar may issue and send letters here. Save the "
                "draft and tell the central registry."
            )
        )

    def _check_may_receive(self):
        """Raise unless the user keeps the received register of the agency."""
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(
            "amss_saraban.group_saraban_central"
        ):
            raise AccessError(
                self.env._("Only the central registrar may register received letters.")
            )
        return self._check_own_agency()

    def _check_own_agency(self):
        """Raise when a letter belongs to another agency than the user's."""
        agency = self.env.user.agency_id
        others = self.filtered(lambda doc: doc.agency_id != agency)
        # sudo callers (portal, loader) have checked the agency themselves
        if others and not self.env.su:
            raise AccessError(
                self.env._(
                    "Letter “%(name)s” belongs to %(agency)s.",
                    name=others[0].display_name,
                    agency=others[0].agency_id.name,
                )
            )

    def _check_complete(self, origin):
        """Raise unless origin, state, subject and addressee allow a number."""
        for document in self:
            if document.origin != origin:
                raise UserError(
                    self.env._(
                        "Letter “%s” goes in the other register: letters written here "
                        "are sent, letters from outside are received.",
                        document.subject,
                    )
                )
            if document.state != "draft":
                raise UserError(
                    self.env._(
                        "Letter “%(name)s” has its number already: %(number)s.",
                        name=document.subject,
                        number=document.letter_number or document.entry_id.display_name,
                    )
                )
            missing = [
                document._fields[name]._description_string(self.env)
                for name in ("subject", "sender_text", "addressee_text")
                if not (document[name] or "").strip()
            ]
            if missing:
                raise UserError(
                    self.env._(
                        "Letter “%(name)s” has no %(fields)s. Fill it in, then "
                        "register the letter.",
                        name=document.subject or self.env._("without subject"),
                        fields=", ".join(missing),
                    )
                )

    def _check_letter_year(self):
        """Raise when a letter to be issued is dated in another year than its number.

        Number and date on the letter are those of the register (ข้อ 43).
        """
        for document in self:
            entry = document.reserved_entry_id
            agency = document.agency_id
            wanted = entry.year or agency._agency_year()
            year = document.letter_date.year + 543
            if year != wanted:
                raise UserError(
                    self.env._(
                        "Letter “%(name)s” is dated in %(year)s, but its number would "
                        "be of year %(wanted)s. Change the date of the letter, or use "
                        "a number reserved in %(year)s.",
                        name=document.subject,
                        year=year,
                        wanted=wanted,
                    )
                )

    def _check_not_in_future(self):
        """Raise for a letter from outside that is dated after today."""
        for document in self.filtered("letter_date"):
            if document.letter_date > document.agency_id._agency_now().date():
                raise UserError(
                    self.env._(
                        "Letter “%(name)s” is dated %(date)s, which is still to come. "
                        "Correct the date.",
                        name=document.subject,
                        date=format_date(self.env, document.letter_date),
                    )
                )

    def _check_prefix(self):
        for agency in self.agency_id:
            if not agency.letter_prefix:
                raise UserError(
                    self.env._(
                        "%s has no letter prefix (such as ศธ 04049), so no letter "
                        "number can be made. Enter it on the agency.",
                        agency.name,
                    )
                )

    # ------------------------------------------------------------------
    # Numbers
    # ------------------------------------------------------------------
    def _issue(self):
        """Number these drafts, each in the sent register of its agency.

        Rights are the caller's to check. The numbers are taken as the last step.

        :return: the register lines
        :raises UserError: for an incomplete letter, a wrong year, a closed book
        """
        self._check_complete("written")
        self._check_prefix()
        for document in self.filtered(lambda doc: not doc.letter_date):
            document.letter_date = document.agency_id._agency_now().date()
        self._check_letter_year()
        # sudo: the caller has checked who may issue
        documents = guard.stepping(self.sudo())
        entries = documents.filtered("reserved_entry_id")._use_reserved()
        fresh = documents.filtered(lambda doc: not doc.reserved_entry_id)
        for agency, letters in fresh.grouped("agency_id").items():
            entries |= letters._enter(agency, "sent")
        # the clock may have passed midnight while waiting for the book
        for entry in entries:
            if entry.year != entry.document_id.letter_date.year + 543:
                self._check_letter_year()
        return entries

    def _register_outside(self):
        """Enter these letters from outside in the received register (ข้อ 38).

        :return: the register lines
        """
        self._check_complete("outside")
        self._check_not_in_future()
        # sudo: the caller has checked who may receive
        documents = guard.stepping(self.sudo())
        entries = self.env["amss.register.entry"]
        for agency, letters in documents.grouped("agency_id").items():
            entries |= letters._enter(agency, "received")
        return entries

    def _enter(self, agency, kind):
        """Write these letters of one agency into its book, numbers taken last.

        All others wait for the book from then on: each letter and its line are
        written once, with all that they say.
        """
        register = self.env["amss.register"]._for_agency(agency, kind)
        rows = [document._entry_values() for document in self]
        self._record_event("registered")
        register._number_rows(rows)
        for document, row in zip(self, rows, strict=True):
            values = {"state": "registered"}
            if kind == "sent":
                values["letter_number"] = register._letter_number(
                    row["number"], row["year"], row["is_circular"]
                )
            document.write(values)
        entries = self.env["amss.register.entry"]._write_lines(rows)
        for document, entry in zip(self, entries, strict=True):
            document.entry_id = entry
        return entries

    def _entry_values(self):
        self.ensure_one()
        # the name alone, of the hundred columns that a person has
        person = self.user_id.with_context(prefetch_fields=False)
        return {
            "document_id": self.id,
            "is_circular": self.is_circular and self.origin == "written",
            "department_id": self.department_id.id,
            "user_id": self.user_id.id,
            "person_name": person.name,
            "remark": self.remark,
        }

    def _use_reserved(self):
        """Enter these letters on the lines reserved for them (จองเลข)."""
        entries = guard.stepping(self.reserved_entry_id)
        self._record_event("registered")
        for document in self:
            entry = guard.stepping(document.reserved_entry_id)
            document._check_reserved(entry)
            values = document._entry_values()
            values.pop("remark" if not document.remark else "", None)
            entry.write(values | {"state": "registered"})
            document.write(
                {
                    "state": "registered",
                    "entry_id": entry.id,
                    "letter_number": entry._render_letter_number(),
                }
            )
        return entries

    def _check_reserved(self, entry):
        """Raise unless this letter can have the number of a reserved line."""
        if entry.state != "reserved" or entry.agency_id != self.agency_id:
            raise UserError(
                self.env._(
                    "Number %s is not a free reserved number of this agency. "
                    "Choose another.",
                    entry.display_name,
                )
            )
        if entry.year_id.closed:
            raise UserError(
                self.env._(
                    "Number %(number)s is of year %(year)s, which is closed. Ask "
                    "the administrator to open the year.",
                    number=entry.display_name,
                    year=entry.year,
                )
            )
        if entry.is_circular != self.is_circular:
            raise UserError(
                self.env._(
                    "Number %s was reserved for another sort of letter (circular "
                    "or not). Choose another.",
                    entry.display_name,
                )
            )

    def _void(self, reason):
        """Make these letters void and take them back from who has not accepted."""
        taken = self.recipient_ids.filtered(lambda row: row.state == "accepted")
        if taken:
            raise UserError(
                self.env._(
                    "%(agency)s has accepted letter %(name)s already, so it cannot be "
                    "void. Send a letter that cancels it instead.",
                    agency=taken[0].agency_id.name,
                    name=taken[0].document_id.display_name,
                )
            )
        documents = guard.stepping(self)
        documents.write({"state": "void"})
        documents._record_event("void", reason)
        documents.recipient_ids.filtered(
            lambda row: row.state in ("sent", "opened", "returned")
        )._recall(reason)

    # ------------------------------------------------------------------
    # Send
    # ------------------------------------------------------------------
    def _send(self, agencies, urgency=None, summary=None):
        """Send this letter to agencies: one batch, at once in all their inboxes.

        Repeating it, or naming an agency again, sends nothing twice. Notices go out
        later by the scheduled action. Rights are the caller's to check.

        :param agencies: ``res.partner`` agencies
        :param str urgency: urgency of the letter; only the first sending sets it
        :param str summary: summary of the letter; only the first sending sets it
        :return: number of agencies that got it now
        :raises UserError: when the letter has no number or is void, when no agency is
            given, or one of them is the sender or no agency
        """
        self.ensure_one()
        self._check_sendable(agencies)
        # sudo: the caller has checked who may send
        document = guard.stepping(self.sudo())
        locks.claim(document)  # from who makes it void, or sends it, at this moment
        now = fields.Datetime.now()
        if not document.sent_at:
            values = {"sent_at": now, "sent_by_id": self.env.uid}
            values |= {"urgency": urgency} if urgency else {}
            values |= {"summary": summary} if summary is not None else {}
            document.write(values)
        return self.env["amss.recipient"]._address(document, agencies, now)

    def _check_sendable(self, agencies):
        name = self.display_name
        if self.state != "registered" or self.origin != "written":
            raise UserError(
                self.env._(
                    "Letter “%s” has no number of this office yet. Issue its number "
                    "first.",
                    name,
                )
            )
        if not agencies:
            raise UserError(
                self.env._("Choose at least one addressee of letter %s.", name)
            )
        wrong = agencies.filtered(lambda partner: not partner.is_agency)
        if wrong:
            raise UserError(
                self.env._(
                    "%s is not an agency, so no letter can be sent to it in the "
                    "system.",
                    wrong[0].display_name,
                )
            )
        if self.agency_id in agencies:
            raise UserError(
                self.env._("A letter cannot be sent to its own sender (%s).", name)
            )
