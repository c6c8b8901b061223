# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.amss_base.tools import locks

SERIES = ("main", "circular")


class AmssRegisterYear(models.Model):
    """A register for one Buddhist year; numbers start anew (ข้อ 38.2, 43.1.2).

    Which year is open follows from the agency's local date alone, so the new year
    opens and the old one closes by themselves at midnight of 1 January.
    """

    _name = "amss.register.year"
    _description = "Register Year"
    _order = "register_id, year desc"
    _rec_name = "year"

    register_id = fields.Many2one(
        "amss.register", required=True, index=True, ondelete="cascade"
    )
    agency_id = fields.Many2one(related="register_id.agency_id", store=True, index=True)
    year = fields.Integer(string="Year (B.E.)", required=True, aggregator=None)
    first_number = fields.Integer(
        required=True,
        default=1,
        aggregator=None,
        help="An office that changes over in mid-year goes on after its last number.",
    )
    first_circular_number = fields.Integer(
        required=True,
        default=1,
        aggregator=None,
        help="Used when circulars have a series of their own.",
    )
    closed = fields.Boolean(
        string="Closed by hand", help="No number is given while this is set."
    )
    state = fields.Selection(
        [("upcoming", "Upcoming"), ("open", "Open"), ("closed", "Closed")],
        compute="_compute_state",
    )
    next_number = fields.Integer(compute="_compute_next_number", aggregator=None)
    next_circular_number = fields.Integer(
        compute="_compute_next_number", aggregator=None
    )

    _one_row = models.Constraint(
        "UNIQUE(register_id, year)", "This register has that year already."
    )
    _first_positive = models.Constraint(
        "CHECK(first_number > 0 AND first_circular_number > 0)",
        "The first number has to be 1 or more.",
    )
    _year_sane = models.Constraint(
        "CHECK(year BETWEEN 2400 AND 2999)",
        "The year is a Buddhist year, such as 2569.",
    )

    @api.depends("year", "closed", "agency_id.tz")
    def _compute_state(self):
        for row in self:
            now = row.agency_id._agency_year() if row.agency_id else 0
            if row.year > now:
                row.state = "upcoming"
            else:
                row.state = "open" if row.year == now and not row.closed else "closed"

    @api.depends("first_number", "first_circular_number")
    def _compute_next_number(self):
        last = self._end_numbers(self.env.cr)
        for row in self:
            main, circular = (last.get((row.id, series), 0) for series in SERIES)
            row.next_number = max(main + 1, row.first_number)
            row.next_circular_number = max(circular + 1, row.first_circular_number)

    @api.depends("year")
    def _compute_display_name(self):
        for row in self:
            row.display_name = str(row.year or "")

    @api.constrains("first_number", "first_circular_number", "year", "register_id")
    def _check_unused(self):
        """A year with letters in it keeps its first number: no gap, no double."""
        # who issues holds the book; what they committed meanwhile counts too
        locks.lock(self.env, locks.REGISTER, self.register_id.ids)
        smallest = self._end_numbers(self.env.cr, "MIN")
        with locks.fresh_cursor(self.env) as cr:
            smallest |= self._end_numbers(cr, "MIN")
        for row in self:
            wanted = {"main": row.first_number, "circular": row.first_circular_number}
            for series, first in wanted.items():
                if smallest.get((row.id, series), first) != first:
                    raise ValidationError(
                        self.env._(
                            "Year %(year)s of register “%(name)s” has letters from "
                            "number %(number)s on; its first number cannot change.",
                            year=row.year,
                            name=row.register_id.name,
                            number=smallest[row.id, series],
                        )
                    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # sudo: whether there are lines, whosever they are
        used = self.env["amss.register.entry"].sudo()
        if used.search_count([("year_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("A register year with letters in it cannot be deleted.")
            )

    @api.model
    def _open(self, pairs):
        """Make the rows of years that nobody has made yet.

        One statement for any number of books. When another transaction has just
        made one of them it fails, and is retried with a snapshot that shows it.

        :param pairs: ``(register id, Buddhist year)`` of each row
        """
        if not pairs:
            return
        self.env.flush_all()
        registers, years = zip(*sorted(pairs), strict=True)
        self.env.execute_query(
            SQL(
                """
                INSERT INTO amss_register_year
                    (register_id, agency_id, year, first_number,
                     first_circular_number, closed,
                     create_uid, create_date, write_uid, write_date)
                SELECT book.id, book.agency_id, pair.year, 1, 1, false,
                       %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM unnest(%(registers)s, %(years)s) AS pair(register_id, year)
                  JOIN amss_register book ON book.id = pair.register_id
                    ON CONFLICT (register_id, year) DO NOTHING
             RETURNING id
                """,
                registers=list(registers),
                years=list(years),
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        self.env["amss.register"].invalidate_model(["year_ids", "current_year_id"])

    @api.model
    def _held(self, register, year, look):
        """Return a year's row as it is and stays until commit, made if nobody has.

        Fails, and so is retried, if an administrator has just changed it.

        :param int register: id of a register that this transaction has locked
        :param int year: Buddhist year
        :param look: what ``locks.lookout`` gave
        :return: values: ``id``, ``year``, ``closed`` and, by series, the last number
            given, by others and by this transaction itself
        """
        self.flush_model()
        statement = SQL(
            "SELECT id, year, closed, first_number - 1 AS main,"
            " first_circular_number - 1 AS circular FROM amss_register_year"
            " WHERE register_id = %s AND year = %s FOR SHARE",
            register,
            year,
        )
        rows = self.env.execute_query_dict(statement)
        if not rows:
            self._open({(register, year)})
            rows = self.env.execute_query_dict(statement)
        [row] = rows
        # what the holder before has committed while this transaction waited
        numbers = self._last_numbers(row["id"])
        row |= {line["series"]: line["number"] for line in look(numbers)}
        # and, the second time, what this transaction has given out itself
        mine = self.env.cr.cache.setdefault("amss.register.year", set())
        if row["id"] in mine:
            self.env["amss.register.entry"].flush_model()
            for line in self.env.execute_query_dict(numbers):
                row[line["series"]] = max(row[line["series"]], line["number"])
        mine.add(row["id"])
        return row

    @api.model
    def _last_numbers(self, year):
        """Return a query for the last number of each series of a year, if any.

        Each is one look-up at an end of the index, at any size of the archive.
        """
        return SQL(" UNION ALL ").join(
            SQL(
                "(SELECT series, number FROM amss_register_entry"
                " WHERE year_id = %s AND series = %s ORDER BY number DESC LIMIT 1)",
                year,
                series,
            )
            for series in SERIES
        )

    def _end_numbers(self, cr, function="MAX"):
        """Return the greatest (or least) numbers given, as cursor ``cr`` sees them.

        Each is one look-up at an end of the index, at any size of the archive.

        :param str function: ``MAX`` or ``MIN``
        :return: ``{(year id, series): number}``, years without letters left out
        """
        self.env["amss.register.entry"].flush_model(["year_id", "series", "number"])
        cr.execute(
            SQL(
                """
                SELECT year.id, series.name, (
                    SELECT %s(entry.number) FROM amss_register_entry entry
                     WHERE entry.year_id = year.id AND entry.series = series.name)
                  FROM unnest(%s::int[]) AS year(id), unnest(%s) AS series(name)
                """,
                SQL(function),
                self.ids,
                list(SERIES),
            )
        )
        rows = cr.fetchall()
        return {(year, series): number for year, series, number in rows if number}
