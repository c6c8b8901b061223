# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How much rooms are used: by room, group, month and time of day."""

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.amss_base.models.res_partner import DEFAULT_TIMEZONE

from ..tools.use_sql import rows_of_use
from .amss_room_booking import OCCUPYING, SLOTS, STATES

#: what bookings have, and open hours have not
OF_BOOKINGS = {"booking_id", "department_id", "is_booking", "slot", "state"}
OCCUPANCY, OPEN, USED = "occupancy:avg", "open_hours:sum", "used_hours:sum"
#: the states that a measure counts bookings in
COUNTED = {
    "bookings:sum": OCCUPYING,
    "refused:sum": ("refused",),
    "cancelled:sum": ("cancelled",),
    "no_shows:sum": ("no_show",),
}


class AmssRoomUse(models.Model):
    """What bookings take of the hours that rooms are open.

    As in the timetable, bookings count as long as they hold their room: requested,
    approved, held. A booking that touches both halves of the day is counted in each,
    and once in their total.
    """

    _name = "amss.room.use"
    _description = "Use of Rooms"
    _auto = False
    _rec_name = "room_id"
    # what is listed is looked at for its bookings
    _order = "is_booking desc, date desc, room_id, part, id"
    _depends = {
        "amss.room": [
            *("active", "company_id", "create_date", "open_from", "open_to"),
            *("mon", "tue", "wed", "thu", "fri", "sat", "sun", "resource_id"),
        ],
        "amss.room.booking": [
            *("company_id", "date", "department_id", "headcount", "hour_from"),
            *("hour_to", "room_id", "slot", "state"),
        ],
        "res.company": [
            *("amss_morning_from", "amss_morning_to", "partner_id"),
            *("amss_afternoon_from", "amss_afternoon_to", "resource_calendar_id"),
        ],
        "res.partner": ["tz"],
        "resource.calendar.leaves": [
            *("calendar_id", "company_id", "date_from", "date_to", "resource_id"),
        ],
    }

    date = fields.Date(readonly=True)
    company_id = fields.Many2one("res.company", string="Office", readonly=True)
    room_id = fields.Many2one("amss.room", readonly=True)
    part = fields.Selection(
        [
            # keys in the order in which groups are shown
            ("am", "Morning"),
            ("pm", "Afternoon"),
            ("rest", "Outside Office Hours"),
        ],
        string="Time of Day",
        readonly=True,
    )
    is_booking = fields.Boolean(readonly=True, help="If not, it is open time.")
    booking_id = fields.Many2one("amss.room.booking", string="Booking", readonly=True)
    department_id = fields.Many2one("hr.department", string="Group", readonly=True)
    slot = fields.Selection(SLOTS, string="Booked for", readonly=True)
    state = fields.Selection(STATES, readonly=True)

    bookings = fields.Integer(
        string="Times Booked",
        readonly=True,
        help="How often rooms are booked: requested, approved or held. A booking of "
        "the whole day counts in the morning and in the afternoon, and once in total.",
    )
    headcount = fields.Integer(string="People", readonly=True)
    hours = fields.Float(
        string="Hours Booked",
        readonly=True,
        help="All hours of the bookings, also those over lunch and in the evening.",
    )
    used_hours = fields.Float(
        string="Hours Booked of the Open Ones",
        readonly=True,
        help="What bookings take of the open hours.",
    )
    open_hours = fields.Float(
        readonly=True,
        help="The mornings and afternoons of the office on the days on which the room "
        "is open, without holidays and closures.",
    )
    occupancy = fields.Float(
        readonly=True,
        aggregator="avg",
        exportable=False,
        help="Hours booked of the open ones, divided by the open hours. By group: what "
        "each group takes of the open hours.",
    )
    refused = fields.Integer(readonly=True)
    cancelled = fields.Integer(readonly=True)
    no_shows = fields.Integer(string="Nobody Came", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            "SELECT rows.*, rows.booking_id IS NOT NULL AS is_booking,"
            " rows.used_hours / NULLIF(rows.open_hours, 0) AS occupancy"
            " FROM (%s) rows",
            rows_of_use(fields.Datetime.now(), DEFAULT_TIMEZONE, OCCUPYING),
        )

    def action_open_booking(self):
        """Open the booking of this row, or the room of open time."""
        self.ensure_one()
        return (self.booking_id or self.room_id)._get_records_action()

    # ------------------------------------------------------------------
    # Measures that are no sums of rows
    # ------------------------------------------------------------------
    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec == OCCUPANCY:
            return SQL(
                "SUM(%s) / NULLIF(SUM(%s), 0)",
                self._field_to_sql(self._table, "used_hours", query),
                self._field_to_sql(self._table, "open_hours", query),
            )
        booking = self._field_to_sql(self._table, "booking_id", query)
        state = self._field_to_sql(self._table, "state", query)
        if aggregate_spec in COUNTED:
            return SQL(
                "COUNT(DISTINCT %s) FILTER (WHERE %s = ANY(%s))",
                booking,
                state,
                list(COUNTED[aggregate_spec]),
            )
        if aggregate_spec == "headcount:sum":
            # the people of each booking once, however many of its rows there are: they
            # ride on its id, which is then taken off again
            return SQL(
                "(SUM(DISTINCT %(id)s::numeric * 10000000000 + %(people)s)"
                " FILTER (%(of)s)"
                " - SUM(DISTINCT %(id)s::numeric * 10000000000) FILTER (%(of)s)"
                ")::bigint",
                id=booking,
                people=SQL.identifier(self._table, "people"),
                of=SQL("WHERE %s = ANY(%s)", state, list(OCCUPYING)),
            )
        return super()._read_group_select(aggregate_spec, query)

    def _read_group(
        self,
        domain,
        groupby=(),
        aggregates=(),
        having=(),
        offset=0,
        limit=None,
        order=None,
    ):
        domain = Domain(domain)
        if not self._is_of_bookings(domain, groupby):
            return super()._read_group(
                domain, groupby, aggregates, having, offset, limit, order
            )
        rows = super()._read_group(
            domain & Domain("booking_id", "!=", False),
            groupby,
            (*aggregates, USED),
            having,
            offset,
            limit,
            order,
        )
        if not {OCCUPANCY, OPEN} & set(aggregates):
            return [row[:-1] for row in rows]
        opened = super()._read_group(
            self._of_open_hours(domain), self._groups_of_open_hours(groupby), [OPEN]
        )
        return self._with_open_hours(rows, groupby, aggregates, opened)

    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        domain = Domain(domain)
        if not any(self._is_of_bookings(domain, groupby) for groupby in grouping_sets):
            return super()._read_grouping_sets(domain, grouping_sets, aggregates, order)
        # the sets of a pivot: as many as levels are open in it
        return [
            self._read_group(
                domain, groupby, aggregates, order=self._order_within(order, groupby)
            )
            for groupby in grouping_sets
        ]

    # ------------------------------------------------------------------
    # What groups of bookings take of the open hours
    # ------------------------------------------------------------------
    def _is_of_bookings(self, domain, groupby):
        """Whether the question is about what open hours have not, such as a group.

        What such bookings take is told of all hours that the rooms were open then.
        """
        names = {condition.field_expr for condition in domain.iter_conditions()}
        return any(_name(spec) in OF_BOOKINGS for spec in names | set(groupby))

    def _of_open_hours(self, domain):
        """Give the open hours of a domain, whatever it says of bookings."""
        domain = domain.map_conditions(
            lambda condition: Domain.TRUE
            if _name(condition.field_expr) in OF_BOOKINGS
            else condition
        )
        return domain & Domain("booking_id", "=", False)

    def _groups_of_open_hours(self, groupby):
        return [spec for spec in groupby if _name(spec) not in OF_BOOKINGS]

    def _with_open_hours(self, rows, groupby, aggregates, opened):
        """Put the open hours, and what is used of them, into groups of bookings.

        :param list rows: as ``_read_group`` gives them, and the used hours at the end
        :param list opened: open hours by what of ``groupby`` open hours have
        """
        hours = {tuple(row[:-1]): row[-1] for row in opened}
        places = [
            index
            for index, spec in enumerate(groupby)
            if _name(spec) not in OF_BOOKINGS
        ]
        result = []
        for *row, used in rows:
            open_hours = hours.get(tuple(row[index] for index in places)) or 0.0
            values = {
                OPEN: open_hours,
                OCCUPANCY: used / open_hours if open_hours else False,
            }
            for index, spec in enumerate(aggregates, start=len(groupby)):
                row[index] = values.get(spec, row[index])
            result.append(tuple(row))
        return result

    def _order_within(self, order, groupby):
        """Give what of an order tells of these groups."""
        parts = [part.strip() for part in (order or "").split(",")]
        return ",".join(part for part in parts if part.split(" ")[0] in groupby)


def _name(spec):
    """The field of a groupby or of a condition, such as ``date:month``."""
    return spec.split(".")[0].split(":")[0]
