# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The month table of S3 as the web client draws it: plain values, in one call."""

from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.amss_base.tools import thai

from ..tools.when import to_local, weekday_text

#: Gregorian; what lies outside is a slip of the keys
FIRST_YEAR = 1900
#: days that a calendar shows at most
MOST_DAYS = 62


class AmssRoom(models.Model):
    _inherit = "amss.room"

    @api.model
    def amss_month_table(self, year, month):
        """Give the table of one month for all rooms of the current office.

        :param int year: Gregorian, or Buddhist above 2400
        :param int month: 1–12
        :return: dict of ``month`` and ``today`` (ISO), ``days``, ``rooms`` (each with
            what is free by day, ``closed`` reasons by day, ``shut`` hours by day where
            a part of it is closed, and within which time it can be booked),
            ``bookings``, ``equipment``, ``slots`` and ``states`` (labels) and
            ``can_book``
        :raise UserError: for a month that does not exist
        """
        first = self._month_of(year, month)
        rooms = self.search_fetch(
            [("company_id", "=", self.env.company.id)], self._month_room_fields()
        )
        table = rooms._month(first)
        bookings = self.env["amss.room.booking"]
        return {
            "month": first.strftime("%Y-%m"),
            "today": self.env.company.partner_id._agency_now().date().isoformat(),
            "days": [
                {
                    "date": day.isoformat(),
                    "day": day.day,
                    "weekday": weekday_text(self.env, day),
                    "weekend": day.weekday() >= 5,
                }
                for day in table["days"]
            ],
            "rooms": rooms._month_rooms(table),
            "bookings": bookings.concat(*table["bookings"].values())._month_values(),
            "equipment": rooms.equipment_ids.read(["name"]),
            "slots": self._month_slots(),
            "states": dict(bookings._fields["state"]._description_selection(self.env)),
            "can_book": bookings.has_access("create"),
        }

    @api.model
    def _month_of(self, year, month):
        """Give the first day of a month that was asked for.

        :raise UserError: saying what was asked for
        """
        try:
            number = int(year)
            if number > thai.LAST_GREGORIAN_YEAR:
                number -= thai.BUDDHIST_OFFSET
            if not FIRST_YEAR <= number <= thai.LAST_GREGORIAN_YEAR:
                raise ValueError
            return date(number, int(month), 1)
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._(
                    "There is no month %(month)s of a year %(year)s. Choose a month "
                    "from 1 to 12 and a year such as 2566.",
                    month=month,
                    year=year,
                )
            ) from error

    @api.model
    def _month_room_fields(self):
        return [
            "name",
            "location",
            "capacity",
            "equipment_ids",
            "company_id",
            "notice_hours",
            "horizon_days",
            "open_from",
            "open_to",
            "needs_approval",
        ]

    def _month_rooms(self, table):
        """Give these rooms with their columns of the table."""
        closed = {room.id: {} for room in self}
        for (room_id, day), reason in table["closed"].items():
            closed[room_id][day.isoformat()] = reason
        shut = {room.id: {} for room in self}
        for (room_id, day), hours in table["shut"].items():
            shut[room_id][day.isoformat()] = hours
        return [
            {
                "id": room.id,
                "name": room.name,
                "location": room.location or "",
                "seats": room._most_seats(),
                "equipment": room.equipment_ids.ids,
                "open_from": room.open_from,
                "open_to": room.open_to,
                "needs_approval": room.needs_approval,
                "kept": room.is_kept,
                "free": [table["free"][room.id, day] for day in table["days"]],
                "closed": closed[room.id],
                "shut": shut[room.id],
                **room._month_limits(),
            }
            for room in self
        ]

    def _month_limits(self):
        """Give the times between which the user may book this room.

        What the dialog accepts is decided by ``_problems``; this is for the looks.
        """
        self.ensure_one()
        now = self.company_id.sudo().partner_id._agency_now()
        notice = 0 if self.is_kept else self.notice_hours
        horizon = 0 if self.is_kept else self.horizon_days
        earliest = now + timedelta(hours=notice)
        return {
            "earliest": earliest.strftime("%Y-%m-%dT%H:%M"),
            "latest": (now + timedelta(days=horizon)).date().isoformat()
            if horizon
            else False,
        }

    @api.model
    def _month_slots(self):
        """Give the times of day with their labels and the office's hours."""
        labels = self.env["amss.room.booking"]._fields["slot"]
        company = self.env.company
        slots = {}
        for slot, label in labels._description_selection(self.env):
            hours = (
                (False, False) if slot == "times" else company._amss_slot_hours(slot)
            )
            slots[slot] = {"label": label, "from": hours[0], "to": hours[1]}
        return slots


class AmssRoomBooking(models.Model):
    _inherit = "amss.room.booking"

    @api.model
    def get_unusual_days(self, date_from, date_to=None):
        """Give the days that calendars shade: those on which all rooms are closed.

        :param str date_from: and ``date_to``, moments in UTC
        :return: dict of whether it is closed, by ISO date
        """
        rooms = self.env["amss.room"].search([("company_id", "=", self.env.company.id)])
        tz = rooms._tz()
        first, last = (
            to_local(fields.Datetime.to_datetime(moment), tz)[0]
            for moment in (date_from, date_to or date_from)
        )
        count = min((last - first).days + 1, MOST_DAYS)
        days = [first + timedelta(days=index) for index in range(count)]
        closed = rooms._closed_times(days)[0] if days else {}
        return {
            day.isoformat(): bool(rooms)
            and all((room.id, day) in closed for room in rooms)
            for day in days
        }

    def _month_values(self):
        """Give these bookings as the month table shows them, by time."""
        # sudo: names of groups and colleagues; who may read the booking may know
        # whose it is, and users may not be read by all
        known = self.sudo()
        groups = dict(known.department_id.mapped(lambda group: (group.id, group.name)))
        people = dict(known.user_id.mapped(lambda user: (user.id, user.name)))
        return [
            {
                "id": booking.id,
                "room": booking.room_id.id,
                "date": booking.date.isoformat(),
                "slot": booking.slot,
                "from": booking.hour_from,
                "to": booking.hour_to,
                "name": booking.name,
                "group": groups.get(booking.department_id.id, ""),
                "who": people.get(booking.user_id.id, ""),
                "people": booking.headcount,
                "state": booking.state,
                "own": booking.user_id.id == self.env.uid,
            }
            for booking in self
        ]
