# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The tables of S3: years × months with counts, one month's days × rooms."""

from calendar import monthrange
from collections import defaultdict
from datetime import timedelta
from itertools import product

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.when import WEEKDAYS, Wish, free_part, hours_of_days, to_utc
from .amss_room_booking import OCCUPYING

#: an end of 23:59 closes until midnight
_A_MINUTE = 1 / 60 + 1e-6


class AmssRoomBooking(models.Model):
    _inherit = "amss.room.booking"

    # the tables look for the days of all rooms at once, at what holds a room alone
    _timetable = models.Index(
        "(date, room_id) WHERE state IN ('requested', 'approved', 'held')"
    )


class AmssRoom(models.Model):
    _inherit = "amss.room"

    def _month(self, first):
        """Give the table of one month for these rooms, in three queries.

        :param date first: first day of the month
        :return: dict of ``days`` (dates), ``bookings`` (records by room id and date,
            in the order of time), ``closed`` (reasons by room id and date, where it is
            closed all day), ``shut`` (list of hour from, hour to and reason by room id
            and date, where it is closed for a part of the day) and ``free`` (by room
            id and date: ``all``, ``morning``, ``afternoon``, ``none``)
        """
        days = [
            first + timedelta(days=index)
            for index in range(monthrange(first.year, first.month)[1])
        ]
        bookings = self._bookings_by_day(days[0], days[-1])
        closed, shut = self._closed_times(days)
        return {
            "days": days,
            "bookings": bookings,
            "closed": closed,
            "shut": shut,
            "free": self._free_parts(days, bookings, closed, shut),
        }

    def _bookings_by_day(self, first, last):
        """Give what holds these rooms, by room id and date, in the order of time.

        :param date first: and ``last``, both included
        """
        none = self.env["amss.room.booking"]
        found = none.search_fetch(
            Domain("room_id", "in", self.ids)
            & Domain("date", ">=", first)
            & Domain("date", "<=", last)
            & Domain("state", "in", OCCUPYING),
            # what all tables show; other fields are one query more
            [
                "name",
                "room_id",
                "date",
                "slot",
                "hour_from",
                "hour_to",
                "state",
                "department_id",
                "headcount",
                "user_id",
            ],
            order="start, id",
        )
        ids = defaultdict(list)
        for booking in found:
            ids[booking.room_id.id, booking.date].append(booking.id)
        # looked up together, whichever is asked first
        together = found.ids
        by_day = {
            key: none.browse(some).with_prefetch(together) for key, some in ids.items()
        }
        return defaultdict(none.browse, by_day)

    def _free_parts(self, days, bookings, closed, shut):
        """Say which half of each day is open and nothing touches, by room id and
        date."""
        free = {}
        for company, rooms in self.grouped("company_id").items():
            halves = [
                company.sudo()._amss_slot_hours(slot)
                for slot in ("morning", "afternoon")
            ]
            for room, day in product(rooms, days):
                key = room.id, day
                taken = [(0.0, room.open_from), (room.open_to, 24.0)]
                taken += [(one.hour_from, one.hour_to) for one in bookings.get(key, ())]
                taken += [(begin, end) for begin, end, _why in shut.get(key, ())]
                free[key] = "none" if key in closed else free_part(halves, taken)
        return free

    def _closed_times(self, days):
        """Give when rooms are closed on the days of a month.

        :param list days: dates, in their order
        :return: reasons (may be empty) of days closed all day by room id and date, and
            lists of (hour from, hour to, reason) of days closed in part
        """
        closed = {
            (room.id, day): ""
            for room in self
            for day in days
            if not room[WEEKDAYS[day.weekday()]]
        }
        shut = defaultdict(list)
        if not self:
            return closed, shut
        tz = self._tz()
        span = Wish(self, days[0], to_utc(days[0], 0, tz), to_utc(days[-1], 24, tz))
        for start, stop, room_ids, reason in self._closures([span]):
            hours = hours_of_days(start, stop, tz, days)
            for room in self.filtered(lambda one, ids=room_ids: one.id in ids):
                for day, begin, end in hours:
                    if begin <= room.open_from and end + _A_MINUTE >= room.open_to:
                        closed[room.id, day] = reason or closed.get((room.id, day), "")
                    elif begin < room.open_to and end > room.open_from:
                        shut[room.id, day].append((begin, end, reason or ""))
        return closed, shut

    @api.model
    def _year_counts(self, rooms):
        """Count the bookings of rooms by year and month.

        :return: dict of the count by (Gregorian year, month)
        """
        if not rooms:
            return {}
        self.env["amss.room.booking"].flush_model(["date", "room_id", "state"])
        rows = self.env.execute_query(
            SQL(
                """SELECT extract(year FROM date)::int, extract(month FROM date)::int,
                          count(*)
                     FROM amss_room_booking
                    WHERE room_id = ANY(%s)
                      AND state IN ('requested', 'approved', 'held')
                    GROUP BY 1, 2""",
                rooms.ids,
            )
        )
        return {(year, month): count for year, month, count in rows}
