# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.amss_base.tools import guard, locks

from .amss_document import ON_THE_LINE

#: what the registrar may still write on a line (form 13 and 14); all else is fixed
EDITABLE = {
    "action_note",
    "remark",
    "department_id",
    "user_id",
    "person_name",
    "reply_due",
}


class AmssRegisterEntry(models.Model):
    """One line of a book: form 13 and 14 of the regulation, kept electronically."""

    _name = "amss.register.entry"
    _description = "Register Line"
    _order = "year desc, number desc, id desc"
    _rec_names_search = ["number", "letter_number", "subject"]

    register_id = fields.Many2one(
        "amss.register", required=True, readonly=True, ondelete="restrict"
    )
    kind = fields.Selection(related="register_id.kind", store=True, precompute=True)
    agency_id = fields.Many2one(
        related="register_id.agency_id", store=True, precompute=True, string="Agency"
    )
    book_department_id = fields.Many2one(
        related="register_id.department_id",
        store=True,
        precompute=True,
        string="Group's own book",
    )
    year_id = fields.Many2one(
        "amss.register.year",
        string="Register year",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    year = fields.Integer(
        compute="_compute_year",
        store=True,
        precompute=True,
        readonly=False,  # so that who has just read the year need not read it again
        aggregator=None,
    )
    series = fields.Selection(
        [("main", "Ordinary"), ("circular", "Circulars")],
        required=True,
        readonly=True,
        default="main",
    )
    is_circular = fields.Boolean(string="Circular (ว)", readonly=True)
    number = fields.Integer(
        string="Register number", required=True, readonly=True, aggregator=None
    )
    registered_at = fields.Datetime(
        string="Registered on", required=True, readonly=True
    )
    state = fields.Selection(
        [("reserved", "Reserved"), ("registered", "Registered"), ("void", "Void")],
        required=True,
        readonly=True,
        default="registered",
    )
    document_id = fields.Many2one(
        "amss.document", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    recipient_id = fields.Many2one(
        "amss.recipient", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    # The columns of the book that are the letter's own
    letter_number = fields.Char(
        compute="_compute_letter_number",
        store=True,
        precompute=True,
        string="Letter no.",
    )
    letter_date = fields.Date(related="document_id.letter_date", string="Dated")
    sender_text = fields.Char(related="document_id.sender_text", string="From")
    addressee_text = fields.Char(related="document_id.addressee_text", string="To")
    subject = fields.Char(related="document_id.subject", string="Subject")
    urgency = fields.Selection(related="document_id.urgency")
    file_count = fields.Integer(related="document_id.file_count")
    sent_at = fields.Datetime(related="document_id.sent_at")
    # What the registrar writes on the line
    department_id = fields.Many2one(
        "hr.department", string="Responsible group", index="btree_not_null"
    )
    user_id = fields.Many2one(
        "res.users", string="Responsible person (user)", index="btree_not_null"
    )
    # who reads the line too, kept on it: asked of the letter, each page and each count
    # of a book would go through all letters of the archive
    writer_id = fields.Many2one(
        "res.users",
        string="Written by",
        compute="_compute_writer_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        help="Who wrote the letter; empty for letters that came in the system.",
    )
    person_name = fields.Char(
        string="Responsible person",
        compute="_compute_person_name",
        store=True,
        precompute=True,
        readonly=False,
    )
    action_note = fields.Char(string="Action taken")
    remark = fields.Text(string="Remarks")
    assignment_ids = fields.One2many(
        "amss.assignment", "unit_entry_id", string="Numbered by the group for"
    )
    # Void
    void_reason = fields.Char(readonly=True)
    voided_at = fields.Datetime(readonly=True)
    voided_by_id = fields.Many2one("res.users", readonly=True)

    _one_number = models.Constraint(
        "UNIQUE(register_id, year, series, number)",
        "This register number has been given already.",
    )
    _reserved = models.Index("(agency_id, number) WHERE state = 'reserved'")
    _year_numbers = models.Index("(year_id, series, number)")
    # the lists of an agency's books, newest first, at any size of the archive; whose
    # lines they are is in the index too, so that a count of one's own reads it alone
    _agency_book = models.Index(
        "(agency_id, kind, year DESC, number DESC, id DESC)"
        " INCLUDE (department_id, user_id, writer_id)"
        " WHERE book_department_id IS NULL"
    )
    _group_book = models.Index(
        "(book_department_id, year DESC, number DESC, id DESC)"
        " WHERE book_department_id IS NOT NULL"
    )
    _number_positive = models.Constraint(
        "CHECK(number > 0)", "A register number is 1 or more."
    )

    @api.depends("year_id.year")
    def _compute_year(self):
        for entry in self:
            entry.year = entry.year_id.year

    @api.depends("document_id.letter_number")
    def _compute_letter_number(self):
        """The number on the letter; a reserved line already shows its own."""
        for entry in self:
            if entry.document_id:
                entry.letter_number = entry.document_id.letter_number
            elif entry.register_id.kind == "sent":
                entry.letter_number = entry._render_letter_number()
            else:
                entry.letter_number = False

    @api.depends("document_id", "recipient_id")
    def _compute_writer_id(self):
        for entry in self:
            own = not entry.recipient_id
            entry.writer_id = own and entry.document_id.create_uid

    @api.depends("user_id")
    def _compute_person_name(self):
        for entry in self:
            entry.person_name = entry.user_id.name or entry.person_name

    @api.depends("number", "year")
    def _compute_display_name(self):
        for entry in self:
            entry.display_name = f"{entry.number}/{entry.year}"

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        if not guard.is_step(self.env):
            raise UserError(
                self.env._(
                    "A line of a register is made by registering a letter or by "
                    "reserving a number, not by hand."
                )
            )
        return super().create(vals_list)

    def write(self, vals):
        fixed = set(vals) - EDITABLE
        if fixed and not guard.is_step(self.env):
            raise UserError(
                self.env._(
                    "Register line %(name)s is fixed; “%(field)s” cannot be changed. "
                    "Void the line with a reason if it is wrong.",
                    name=self[:1].display_name,
                    field=self._fields[min(fixed)]._description_string(self.env)
                    if min(fixed) in self._fields
                    else min(fixed),
                )
            )
        result = super().write(vals)
        if {"department_id", "user_id"} & set(vals):
            self.document_id._refresh_readers()
        shared = ON_THE_LINE & set(vals)
        if shared:
            # sudo: the line of a letter's own agency and the letter say the same
            letters = self.env["amss.document"].sudo()
            for entry in self.sudo():
                letter = entry.document_id
                if letter.entry_id == entry and any(
                    letter[name] != entry[name] for name in shared
                ):
                    letters |= letter
            if letters:
                letters.write({name: vals[name] for name in shared})
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(
            self.env._(
                "A line of a register is never deleted. Void it with a reason; its "
                "number stays used."
            )
        )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------
    def action_open_document(self):
        """Open the letter of this line, else the line itself.

        A reserved line has no letter; the letter of a void line may be with its
        sender again.
        """
        self.ensure_one()
        if self.book_department_id and self.assignment_ids:
            return self.assignment_ids[:1].action_open()
        if self.recipient_id:
            if self.recipient_id.has_access("read"):
                return self.recipient_id.action_open_document()
        elif self.document_id.has_access("read") and self.document_id:
            return self.document_id.action_open()
        return self.action_edit()

    def action_send_schools(self):
        """Open “send to schools” for the letter of this line (ส่ง ร.ร.)."""
        self.ensure_one()
        return self.document_id.action_open_send()

    def action_ask_void(self):
        """Ask for the reason, then void the line."""
        self._check_may_void()
        return self.env["amss.reason"]._ask(
            self, "_void", self.env._("Void a register number")
        )

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------
    @api.model
    def _enter_lines(self, register, rows):
        """Write lines into ``register``, the numbers taken as the last step.

        :param register: one ``amss.register``
        :param list rows: values of lines; ``is_circular`` chooses the series
        :return: the lines, in the order of ``rows``
        :raises UserError: when the year of the agency's local date is closed
        """
        register._number_rows(rows)
        return self._write_lines(rows)

    @api.model
    def _load_rows(self, register_year, rows):
        """Write lines that were numbered elsewhere, as the loader does.

        :param register_year: one ``amss.register.year``
        :param list rows: values with ``number``, ``registered_at`` (UTC) and, when the
            letter has one, ``document_id``; ``series`` if not ``main``
        :return: the lines
        :raises ValidationError: when the numbers do not follow on without a gap
        """
        # sudo: the counter of the book; the caller has checked who loads
        year = register_year.sudo()
        with locks.lookout(self.env) as look:
            locks.lock(self.env, locks.REGISTER, year.register_id.ids)
            last = year._held(year.register_id.id, year.year, look)
        for row in rows:
            series = row.setdefault("series", "main")
            if row["number"] != last[series] + 1:
                raise ValidationError(
                    self.env._(
                        "Number %(number)s of year %(year)s does not follow: the next "
                        "number of register “%(name)s” is %(next)s.",
                        number=row["number"],
                        year=year.year,
                        name=year.register_id.name,
                        next=last[series] + 1,
                    )
                )
            last[series] += 1
            row |= {
                "register_id": year.register_id.id,
                "year_id": year.id,
                "year": year.year,
            }
        return self._write_lines(rows)

    @api.model
    def _write_lines(self, rows):
        # the next numbers that somebody may have looked at are others from now on
        self.env["amss.register.year"].invalidate_model(
            ["next_number", "next_circular_number"], flush=False
        )
        self.env["amss.register"].invalidate_model(["next_number"], flush=False)
        # sudo: callers have checked who may register; lines have no create right
        return guard.stepping(self.sudo()).create(rows)

    @api.model
    def _reserve(self, register, count, remark, circular=False):
        """Reserve the next ``count`` numbers (จองเลข); letters come later.

        :return: the reserved lines
        """
        rows = [
            {"state": "reserved", "remark": remark, "is_circular": circular}
            for _index in range(count)
        ]
        return self._enter_lines(register, rows)

    def _void(self, reason):
        """Make these lines void; the numbers stay used and are never given again.

        The letter of a sent line becomes void and is recalled; a letter that came in
        the system goes back to the inbox, to be returned or accepted again.

        :param str reason: written on the line
        :raises UserError: without a reason, on a void line, or when an addressee has
            accepted the letter already
        """
        self._check_may_void()
        if not (reason or "").strip():
            raise UserError(self.env._("Write the reason for voiding the number."))
        void = self.filtered(lambda entry: entry.state == "void")
        if void:
            raise UserError(
                self.env._("Line %s is void already.", void[0].display_name)
            )
        # sudo: the right to void was checked above
        entries = guard.stepping(self.sudo())
        entries.write(
            {
                "state": "void",
                "void_reason": reason.strip(),
                "voided_at": fields.Datetime.now(),
                "voided_by_id": self.env.uid,
            }
        )
        letters = entries.document_id.filtered(lambda doc: doc.entry_id in entries)
        letters._void(reason.strip())
        # an older line of a letter that was returned and came again changes nothing
        entries.recipient_id.filtered(lambda row: row.entry_id in entries)._unaccept()
        entries.assignment_ids._unaccept()
        (entries.document_id - letters)._record_event(
            "void", reason.strip(), agency=entries.agency_id[:1]
        )
        entries.document_id._refresh_readers()

    def _check_may_void(self):
        """Raise unless the user keeps the books that these lines are in."""
        self.check_access("read")
        if self.env.su or self.env.user.has_group("amss_saraban.group_saraban_central"):
            return
        if self.book_department_id and not self.filtered(
            lambda entry: entry.book_department_id
            not in self.env.user.registrar_department_ids
        ):
            return
        raise UserError(
            self.env._(
                "Only the central registrar can void a register number, and in the "
                "own book of a group who keeps it."
            )
        )

    def _render_letter_number(self):
        """Return the letter number that this line gives, from the book's format."""
        self.ensure_one()
        return self.register_id._letter_number(
            self.number, self.year_id.year, self.is_circular
        )
