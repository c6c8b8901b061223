# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.amss_base.tools import locks

from ..tools import number_format

KINDS = [("received", "Received letters"), ("sent", "Sent letters")]


class AmssRegister(models.Model):
    """One book of one agency (ข้อ 38, 43; electronic form: ข้อ 29/1)."""

    _name = "amss.register"
    _description = "Register"
    _order = "agency_id, kind, secret, id"
    _rec_names_search = ["name", "agency_id"]

    name = fields.Char(
        required=True,
        compute="_compute_name",
        precompute=True,
        store=True,
        readonly=False,
    )
    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, required=True, default="sent")
    secret = fields.Boolean(
        required=True,
        default=False,
        help="A secret register lists secret letters apart from the ordinary ones.",
    )
    agency_id = fields.Many2one(
        "res.partner",
        string="Agency",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("is_agency", "=", True)],
        default=lambda self: self.env.user.agency_id,
    )
    department_id = fields.Many2one(
        "hr.department",
        string="Group's own book",
        index="btree_not_null",
        ondelete="restrict",
        help="A group may keep a book of its own of the letters that come to it, with "
        "receive numbers of its own (ข้อ 40). Empty for the books of the agency.",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Hosting office",
        required=True,
        default=lambda self: self.env.company,
    )
    number_format = fields.Char(
        required=True,
        default="{prefix}/{circular}{number}",
        help="How a letter number is written. {prefix} is the agency's letter "
        "prefix, {circular} is ว on circulars and else empty, {number} is the "
        "register number, {year} the Buddhist year.",
    )
    circular_series = fields.Selection(
        [
            ("same", "In the same series as other letters"),
            ("own", "In a series of their own"),
        ],
        required=True,
        default="same",
        help="Circulars (ว) are numbered either way (ข้อ 32).",
    )
    digits = fields.Selection(
        [("arabic", "Arabic (508)"), ("thai", "Thai (๕๐๘)")],
        required=True,
        default="arabic",
        string="Digits in letter numbers",
    )
    year_ids = fields.One2many("amss.register.year", "register_id", string="Years")
    current_year_id = fields.Many2one(
        "amss.register.year", compute="_compute_current_year_id", string="Year open now"
    )
    next_number = fields.Integer(
        compute="_compute_current_year_id", help="The next ordinary number this year."
    )

    _one_book = models.UniqueIndex(
        "(agency_id, kind, secret, COALESCE(department_id, 0)) WHERE active",
        "This agency has such a register already: open that one instead.",
    )

    _group_receives = models.Constraint(
        "CHECK(department_id IS NULL OR kind = 'received')",
        "A group keeps a book of received letters; letters are sent from the book of "
        "the agency.",
    )

    @api.depends("kind", "agency_id.name", "secret", "department_id")
    def _compute_name(self):
        """Name a book in its agency's language; the name is kept as it is then."""
        for register in self:
            lang = register.agency_id.lang or self.env.lang
            env = register.with_context(lang=lang).env
            kinds = dict(self._fields["kind"]._description_selection(env))
            name = kinds.get(register.kind)
            if register.department_id:
                name = f"{name} {register.department_id.with_env(env).name}"
            register.name = register.name or name

    @api.depends("year_ids.year", "agency_id.tz")
    def _compute_current_year_id(self):
        for register in self:
            year = register.agency_id._agency_year() if register.agency_id else 0
            register.current_year_id = register.year_ids.filtered(
                lambda row, year=year: row.year == year
            )[:1]
        for register in self:
            register.next_number = register.current_year_id.next_number

    @api.constrains("number_format", "circular_series")
    def _check_number_format(self):
        for register in self:
            try:
                number_format.check(
                    register.number_format,
                    own_circulars=register.circular_series == "own",
                )
            except (ValueError, KeyError, IndexError) as error:
                raise ValidationError(
                    self.env._(
                        "The number format “%(text)s” of register “%(name)s” cannot "
                        "be used (%(error)s). Write it like "
                        "{prefix}/{circular}{number}.",
                        text=register.number_format,
                        name=register.name,
                        error=error,
                    )
                ) from error

    @api.constrains("department_id", "agency_id")
    def _check_department_id(self):
        for register in self.filtered("department_id"):
            if register.department_id.company_id.partner_id != register.agency_id:
                raise ValidationError(
                    self.env._(
                        "Group “%(group)s” is not one of %(agency)s, so it cannot keep "
                        "a book there.",
                        group=register.department_id.name,
                        agency=register.agency_id.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # sudo: whether there are lines, whosever they are
        used = self.env["amss.register.entry"].sudo()
        if used.search_count([("register_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "A register with letters in it cannot be deleted. Archive it."
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        registers = super().create(vals_list)
        registers._open_year()
        return registers

    def write(self, vals):
        self._check_movable(vals)
        self._check_series_kept(vals)
        return super().write(vals)

    def _check_series_kept(self, vals):
        """Raise when ``vals`` would give a number of this year a second time.

        Another book, or another way to number circulars, starts with a number that
        the year has already.
        """
        asked = self.filtered(
            lambda register: (not vals.get("active", True) and register.active)
            or vals.get("circular_series", register.circular_series)
            != register.circular_series
        )
        # who issues holds the book; what they committed meanwhile counts too
        locks.lock(self.env, locks.REGISTER, asked.ids)
        years = asked.current_year_id
        given = years._end_numbers(self.env.cr)
        with locks.fresh_cursor(self.env) as cr:
            given |= years._end_numbers(cr)
        for year in years:
            if any(year_id == year.id for year_id, _series in given):
                raise UserError(
                    self.env._(
                        "Register “%(name)s” of %(agency)s has numbers of %(year)s, so "
                        "it can neither be archived nor number circulars in another "
                        "way before the next year. Close the year by hand if no more "
                        "numbers shall be given.",
                        name=year.register_id.name,
                        agency=year.agency_id.name,
                        year=year.year,
                    )
                )

    def _check_movable(self, vals):
        """Raise when ``vals`` would make a book with letters in it another book."""
        fixed = [
            name
            for name in ("agency_id", "kind", "secret", "department_id")
            if name in vals
        ]
        moved = self.filtered(
            lambda register: any(
                self._fields[name].convert_to_write(register[name], register)
                != vals[name]
                for name in fixed
            )
        )
        # sudo: whether there are lines, whosever they are
        used = self.env["amss.register.entry"].sudo()
        if moved and used.search_count([("register_id", "in", moved.ids)], limit=1):
            raise UserError(
                self.env._(
                    "Register “%s” has letters in it, so it stays with its agency "
                    "and its kind. Open another register instead.",
                    moved[0].name,
                )
            )

    # ------------------------------------------------------------------
    # Books of an agency
    # ------------------------------------------------------------------
    @api.model
    def _for_agency(self, agency, kind):
        """Return the ordinary register of that kind of each agency, opened if new.

        :param agency: ``res.partner`` agencies
        :param str kind: ``received`` or ``sent``
        :return: registers, sudo, one for each agency
        """
        # sudo: registers are configuration; who may use one is checked by the steps
        registers = self.sudo().search_fetch(
            [
                ("agency_id", "in", agency.ids),
                ("kind", "=", kind),
                ("secret", "=", False),
                ("department_id", "=", False),
            ],
            # all that a number and its text are made of
            [
                "agency_id",
                "department_id",
                "kind",
                "number_format",
                "circular_series",
                "digits",
            ],
            order="id",
        )
        missing = agency - registers.agency_id
        return registers | missing._open_books(kind) if missing else registers

    @api.model
    def _for_departments(self, departments):
        """Return the own books of those of these groups that keep one (ข้อ 40).

        :param departments: ``hr.department`` groups
        :return: registers, sudo
        """
        if not departments:
            return self.sudo().browse()
        # sudo: registers are configuration; who may use one is checked by the steps
        return self.sudo().search(
            [("department_id", "in", departments.ids), ("kind", "=", "received")],
            order="id",
        )

    def _open_year(self):
        """Make the row of the current year where it is missing.

        In December that of the coming year too, so that it is there when the year
        begins.
        """
        have = {(row.register_id.id, row.year) for row in self.year_ids}
        wanted = set()
        for register in self:
            now = register.agency_id._agency_now()
            years = {now.year + 543} | ({now.year + 544} if now.month == 12 else set())
            wanted |= {(register.id, year) for year in years}
        # sudo: opening the year is the calendar's doing, not the user's
        self.env["amss.register.year"].sudo()._open(wanted - have)

    @api.model
    def _cron_open_years(self):
        """Open the years of all books ahead of time (ข้อ 38.2, 43.1.2)."""
        registers = self.search([("active", "=", True)])
        registers._open_year()

    # ------------------------------------------------------------------
    # Numbers
    # ------------------------------------------------------------------
    def _series(self, circular):
        """Return the number series of a letter: ``main`` or ``circular`` (ข้อ 32)."""
        own = self.circular_series == "own" and circular and self.kind == "sent"
        return "circular" if own else "main"

    def _next_text(self, circular=False):
        """Return the number that would be given now, as it would be written.

        For the eye alone: somebody else may take it first.
        """
        self.ensure_one()
        row = self.current_year_id
        number = row.next_number or 1
        if self._series(circular) == "circular":
            number = row.next_circular_number or 1
        if self.kind == "received":
            return f"{number}/{row.year or self.agency_id._agency_year()}"
        year = row.year or self.agency_id._agency_year()
        return self._letter_number(number, year, circular)

    def _letter_number(self, number, year, circular=False):
        """Return a letter number as this book writes it, as ``ศธ 04049/ว508``.

        :param int number: the register number
        :param int year: Buddhist year
        :param bool circular: whether the letter is a circular (ข้อ 32)
        """
        self.ensure_one()
        return number_format.render(
            self.number_format,
            prefix=self.agency_id.letter_prefix,
            number=number,
            year=year,
            circular=circular,
            thai_digits=self.digits == "thai",
        )

    def _number_rows(self, rows):
        """Put the next numbers of this book into values of lines, in their order.

        :param list rows: values of lines; ``is_circular`` chooses the series
        :raises UserError: when the year of the agency's local date is closed
        """
        series = [self._series(row.get("is_circular", False)) for row in rows]
        year, upcoming, now = self._take_numbers(
            {name: series.count(name) for name in set(series)}
        )
        for row, name in zip(rows, series, strict=True):
            row |= {
                "register_id": self.id,
                "year_id": year["id"],
                "year": year["year"],
                "series": name,
                "number": upcoming[name],
                "registered_at": now,
            }
            upcoming[name] += 1

    def _take_numbers(self, counts):
        """Take the next numbers of this book and keep the book until commit.

        To be called as the last step before the rows are written: until this
        transaction ends all others wait for the book. A rollback frees the numbers.

        :param dict counts: how many numbers of each series, as ``{"main": 3}``
        :return: ``(values of the year's row, {series: first number}, UTC time)``
        :raises UserError: when the year of the agency's local date is closed
        """
        self.ensure_one()
        self.env.flush_all()
        # sudo: the counter of the book; who numbers was checked by the caller
        years = self.env["amss.register.year"].sudo()
        with locks.lookout(self.env) as look:
            locks.lock(self.env, locks.REGISTER, self.ids)
            # the clock is read under the lock: numbers rise with time, and an issue
            # in the first second of January gets the new year (agency's local date)
            now = fields.Datetime.now()
            year = years._held(self.id, self.agency_id._agency_year(now), look)
        if year["closed"]:
            raise UserError(
                self.env._(
                    "Year %(year)s of register “%(name)s” of %(agency)s is closed, so "
                    "no number can be given. Ask the administrator to open the year.",
                    year=year["year"],
                    name=self.name,
                    agency=self.agency_id.name,
                )
            )
        return year, {series: year[series] + 1 for series in counts}, now
