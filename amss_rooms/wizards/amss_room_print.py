# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The tables of S3 on paper: years × months, and one month's days × rooms."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_datetime, get_lang

from odoo.addons.amss_base.tools import thai

from ..tools import sheets
from ..tools.months import month_names, years_to_show
from ..tools.when import day_of_month_text, hours_text, month_text, weekday_text

#: years that one table has at most
MOST_YEARS = 60


class AmssRoomPrint(models.TransientModel):
    """Asks which table of the rooms is printed, and lays it out."""

    _name = "amss.room.print"
    _description = "Print Timetable"

    kind = fields.Selection(
        [
            ("month", "Timetable of a month"),
            ("years", "Bookings by year and month"),
        ],
        string="Table",
        required=True,
        default="month",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Office",
        required=True,
        default=lambda self: self.env.company,
    )
    room_ids = fields.Many2many(
        "amss.room",
        string="Rooms",
        domain="[('company_id', '=', company_id)]",
        help="All rooms of the office if none is chosen.",
    )
    date = fields.Date(
        string="Month",
        default=lambda self: self._today(),
        help="Any day of the month.",
    )
    # Typed, in either era: a number field would write 2,569
    year_from = fields.Char(
        string="From Year",
        compute="_compute_years",
        store=True,
        readonly=False,
    )
    year_to = fields.Char(
        string="Until Year",
        compute="_compute_years",
        store=True,
        readonly=False,
    )

    @api.model
    def _today(self):
        return self.env.company.partner_id._agency_now().date()

    @api.depends("company_id", "room_ids")
    def _compute_years(self):
        """From the first year with bookings until this one, or the last with some."""
        for dialog in self:
            rooms = dialog._rooms()
            years = years_to_show(rooms._year_counts(rooms), self._today())
            dialog.year_from = str(dialog._shown_year(years[-1]))
            dialog.year_to = str(dialog._shown_year(years[0]))

    @api.constrains("kind", "year_from", "year_to", "date")
    def _check_time(self):
        for dialog in self:
            if dialog.kind == "years":
                dialog._years()
            elif not dialog.date:
                raise ValidationError(
                    self.env._("Choose the month that is to be printed.")
                )

    def action_print(self):
        """Make the PDF.

        :raise UserError: for an office without rooms
        """
        self.ensure_one()
        if not self._rooms():
            raise UserError(
                self.env._(
                    "%s has no rooms yet. Their administrator enters them under "
                    "Configuration › Rooms.",
                    self.company_id.name,
                )
            )
        report = self.env.ref("amss_rooms.amss_room_print_report")
        return {
            **report.report_action(self, config=False),
            "close_on_report_download": True,
        }

    # ------------------------------------------------------------------
    # What is printed
    # ------------------------------------------------------------------
    def _rooms(self):
        """Give the rooms that are printed, in the order of the office.

        Rooms no longer in use are among them, for what they were used for.
        """
        rooms = self.env["amss.room"].with_context(active_test=False)
        domain = [("company_id", "=", self.company_id.id)]
        return self.room_ids.filtered_domain(domain).sorted() or rooms.search(domain)

    def _shown_year(self, year):
        """Give a Gregorian year as the reader counts years."""
        buddhist = get_lang(self.env).buddhist_era
        return year + thai.BUDDHIST_OFFSET if buddhist else year

    def _years(self):
        """Give the years of the table, the last one first as in S3.

        :return: list of Gregorian years
        :raise ValidationError: for what is no year, or too many of them
        """
        self.ensure_one()
        first, last = self._typed_year(self.year_from), self._typed_year(self.year_to)
        if first > last:
            raise ValidationError(
                self.env._(
                    "The table ends in %(last)s, before it begins in %(first)s. "
                    "Correct the years.",
                    first=self.year_from,
                    last=self.year_to,
                )
            )
        if last - first >= MOST_YEARS:
            raise ValidationError(
                self.env._("A table has at most %s years. Choose fewer.", MOST_YEARS)
            )
        return list(range(last, first - 1, -1))

    def _typed_year(self, text):
        try:
            return thai.gregorian_year(int(thai.to_arabic_digits(text).strip()))
        except ValueError as error:
            raise ValidationError(
                self.env._(
                    "“%(text)s” is not a year. Type one such as %(year)s.",
                    text=text or "",
                    year=self._shown_year(self._today().year),
                )
            ) from error

    def _title(self):
        """The heading, and the name of the file."""
        self.ensure_one()
        if self.kind == "years":
            return self.env._("Bookings of the Meeting Rooms")
        return self.env._(
            "Timetable of the Meeting Rooms, %s", month_text(self.env, self.date)
        )

    def _printed_at(self):
        """When it is printed, on the office's clock."""
        zone = self.company_id.partner_id._agency_timezone()
        now = fields.Datetime.now()
        if (self.env.lang or "").startswith("th"):
            return thai.format_thai_datetime(now, zone, short=True)
        return format_datetime(self.env, now, tz=zone.zone)

    def _sheets(self):
        """Lay the table out on sheets of paper.

        :return: list of ``tools.sheets.Sheet``
        """
        self.ensure_one()
        return self._year_sheets() if self.kind == "years" else self._month_sheets()

    def _year_sheets(self):
        rooms = self._rooms()
        counts = rooms._year_counts(rooms)
        rows = []
        for year in self._years():
            months = [counts.get((year, month), 0) for month in range(1, 13)]
            rows.append(
                [
                    [sheets.Line(str(self._shown_year(year)))],
                    *([self._count_line(count)] for count in months),
                    [self._count_line(sum(months))],
                ]
            )
        head = [
            self.env._("Year"),
            *month_names(self.env),
            self.env._("Total"),
        ]
        return sheets.lay_out(head, rows, columns=13)

    def _count_line(self, count):
        if not count:
            return sheets.Line(self.env._("Free"), "free")
        return sheets.Line(self.env._("%s times", count))

    def _month_sheets(self):
        rooms = self._rooms()
        table = rooms._month(self.date.replace(day=1))
        booked = {room_id for room_id, _day in table["bookings"]}
        rooms = rooms.filtered(lambda room: room.active or room.id in booked)
        rows = [
            [
                [sheets.Line(self._day_text(day))],
                *(self._cell(table, room, day) for room in rooms),
            ]
            for day in table["days"]
        ]
        head = [self.env._("Date"), *rooms.mapped("name")]
        return sheets.lay_out(head, rows, columns=6)

    def _day_text(self, day):
        return f"{weekday_text(self.env, day)} {day_of_month_text(self.env, day)}"

    def _cell(self, table, room, day):
        """Give the lines of one room on one day, as S3 has them."""
        key = (room.id, day)
        lines = [
            sheets.Line(self._booking_text(booking))
            for booking in table["bookings"].get(key, ())
        ]
        if key in table["closed"]:
            lines.append(self._closed_line(table["closed"][key]))
        for hour_from, hour_to, reason in table["shut"].get(key, ()):
            lines.append(self._closed_line(hours_text(hour_from, hour_to), reason))
        free = {
            "all": self.env._("Free"),
            "morning": self.env._("Morning free"),
            "afternoon": self.env._("Afternoon free"),
        }.get(table["free"][key])
        if free and room.active and key not in table["closed"]:
            lines.append(sheets.Line(free, "free"))
        return lines

    def _closed_line(self, *words):
        words = filter(None, (self.env._("Closed"), *words))
        return sheets.Line(" ".join(words), "closed")

    def _booking_text(self, booking):
        slots = dict(booking._fields["slot"]._description_selection(self.env))
        when = booking._time_text(slots)
        if booking.headcount:
            when = self.env._(
                "%(when)s, %(people)s people", when=when, people=booking.headcount
            )
        if booking.state == "requested":
            when = self.env._("%s, not decided yet", when)
        group = booking.department_id.name
        return " ".join(filter(None, (booking.name, group, f"({when})")))
