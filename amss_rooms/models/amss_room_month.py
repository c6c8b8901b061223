# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The tables of S3: years × months with counts, one month's days × rooms."""

from calendar import monthrange
from collections import defaultdict
from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.when import WEEKDAYS, to_utc
from .amss_room_booking import OCCUPYING


class AmssRoom(models.Model):
    _inherit = "amss.room"

    def _month(self, first):
        """Give the table of one month for these rooms, in three queries.

        :param date first: first day of the month
        :return: dict of ``days`` (dates), ``bookings`` (records by room id and date,
            in the order of time), ``closed`` (reasons by room id and date) and
            ``free`` (by room id and date: ``all``, ``morning``, ``afternoon``,
            ``none``)
        """
        days = [
            first + timedelta(days=index)
            for index in range(monthrange(first.year, first.month)[1])
        ]
        bookings = defaultdict(self.env["amss.room.booking"].browse)
        found = self._bookings_between(days[0], days[-1])
        for booking in found:
            bookings[booking.room_id.id, booking.date] |= booking
        return {
            "days": days,
            "bookings": bookings,
            "closed": self._closed_days(days),
            "free": {
                (room.id, day): room._free_part(bookings[room.id, day])
                for room in self
                for day in days
            },
        }

    def _bookings_between(self, first, last):
        """Give the bookings that hold these rooms on the days, by time.

        :param date first: and ``last``, both included
        """
        return self.env["amss.room.booking"].search(
            Domain("room_id", "in", self.ids)
            & Domain("date", ">=", first)
            & Domain("date", "<=", last)
            & Domain("state", "in", OCCUPYING),
            order="start, id",
        )

    def _free_part(self, bookings):
        """Say which half of the day no booking touches."""
        self.ensure_one()
        company = self.company_id.sudo()
        free = [
            not any(
                booking.hour_from < end and booking.hour_to > begin
                for booking in bookings
            )
            for begin, end in map(company._amss_slot_hours, ("morning", "afternoon"))
        ]
        return {
            (True, True): "all",
            (True, False): "morning",
            (False, True): "afternoon",
            (False, False): "none",
        }[tuple(free)]

    def _closed_days(self, days):
        """Give the days on which rooms are closed all day.

        :param list days: dates
        :return: reason (may be empty) by room id and date
        """
        closed = {
            (room.id, day): ""
            for room in self
            for day in days
            if not room[WEEKDAYS[day.weekday()]]
        }
        if not self:
            return closed
        tz = self._tz()
        wishes = [
            room._wish(day, 0, 24) for room in self[:1] for day in (days[0], days[-1])
        ]
        everywhere = [wish._replace(room=self) for wish in wishes]
        for date_from, date_to, room_ids, reason in self._closures(everywhere):
            for room in self:
                if room.id not in room_ids:
                    continue
                for day in days:
                    opens = to_utc(day, room.open_from, tz)
                    closes = to_utc(day, room.open_to, tz)
                    if date_from <= opens and date_to >= closes - timedelta(minutes=1):
                        closed[room.id, day] = reason or ""
        return closed

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
                    WHERE room_id = ANY(%s) AND state = ANY(%s)
                    GROUP BY 1, 2""",
                rooms.ids,
                list(OCCUPYING),
            )
        )
        return {(year, month): count for year, month, count in rows}
