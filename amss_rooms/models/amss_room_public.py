# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What everybody may see of the rooms without a login: plain values, masked here.

Everything below runs as superuser, since visitors have no right on any model. It is
reached through the offices that show their timetable (``_amss_rooms_shown``) alone,
and nothing leaves it but the values of ``_public_facts``.
"""

from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.when import day_of_month_text, day_text, hours_text, weekday_text

#: see ``_public_stamp``
_STAMP = """SELECT md5(concat_ws('|',
    (SELECT string_agg(r::text, ',' ORDER BY r.id)
       FROM amss_room r WHERE r.id = ANY(%(rooms)s)),
    (SELECT string_agg(concat(b::text, d.name::text), ',' ORDER BY b.id)
       FROM amss_room_booking b
       LEFT JOIN hr_department d ON d.id = b.department_id
      WHERE b.room_id = ANY(%(rooms)s)
        AND b.date BETWEEN %(first)s AND %(last)s
        AND b.state IN ('requested', 'approved', 'held')),
    (SELECT string_agg(l::text, ',' ORDER BY l.id)
       FROM resource_calendar_leaves l
      WHERE l.date_from < %(until)s AND l.date_to > %(since)s
        AND (l.resource_id = ANY(%(resources)s)
             OR l.resource_id IS NULL
                AND l.company_id = %(company)s
                AND (l.calendar_id IS NULL OR l.calendar_id = %(schedule)s)))))"""


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model
    def _amss_rooms_shown(self):
        """Give the offices whose timetable is public: those that have rooms.

        :return: ``res.company`` records, as superuser
        """
        # sudo: see above
        rows = (
            self.env["amss.room"]
            .sudo()
            ._read_group(
                Domain("company_id.amss_rooms_public", "=", True)
                & Domain("company_id.active", "=", True),
                ["company_id"],
            )
        )
        offices = self.sudo().concat(*(company for [company] in rows))
        return offices.sorted(lambda company: (company.sequence, company.name))

    def _amss_rooms_of(self):
        """Give all rooms that this office has or had, as superuser."""
        self.ensure_one()
        # sudo: see above; rooms no longer in use have their old bookings
        rooms = self.env["amss.room"].sudo().with_context(active_test=False)
        return rooms.search([("company_id", "=", self.id)])


class AmssRoomBooking(models.Model):
    _inherit = "amss.room.booking"

    def _time_text(self, slots):
        """Say the time of day; the hours, where they are no half-day of the office,
        as of old bookings when the office's half-days have changed.

        :param dict slots: labels of the times of day
        """
        self.ensure_one()
        hours = (self.hour_from, self.hour_to)
        slot = self.company_id.sudo()._amss_slot_of(*hours)
        return slots[slot] if slot == self.slot != "times" else hours_text(*hours)

    def _public_facts(self, slots):
        """Say what everybody may know of a booking: the one place that decides it.

        Never a person's name, a phone number, a note or a file; of a room that shows
        only that it is taken nothing but when.

        :param dict slots: labels of the times of day
        :return: dict of ``taken`` (no more is said), ``facts`` (when, how many) and,
            unless taken, ``purpose``, ``group``, ``waiting``
        """
        self.ensure_one()
        when = self._time_text(slots)
        if self.room_id.public_detail != "all":
            return {"taken": True, "facts": when}
        facts = when
        if self.headcount:
            facts = self.env._(
                "%(when)s, %(people)s people", when=when, people=self.headcount
            )
        return {
            "taken": False,
            "facts": facts,
            "waiting": self.state == "requested",
            "purpose": self.name,
            "group": self.department_id.name or "",
        }


class AmssRoom(models.Model):
    _inherit = "amss.room"

    def _public_month(self, first, now):
        """Give the month table as everybody may see it.

        :param date first: first day of the month
        :param datetime now: on the office's clock
        :return: dict of ``rooms`` and ``days`` with their cells, plain values
        """
        table = self._month(first)
        today, reach = now.date(), self._public_reach(now)
        rooms = self.filtered(
            lambda room: room.active
            or any((room.id, day) in table["bookings"] for day in table["days"])
        )
        slots = dict(
            self.env["amss.room.booking"]
            ._fields["slot"]
            ._description_selection(self.env)
        )
        return {
            "rooms": [room._public_room() for room in rooms],
            "days": [
                {
                    **self._public_day(day, today),
                    "cells": [
                        room._public_cell(day, table, slots, reach[room.id])
                        for room in rooms
                    ],
                }
                for day in table["days"]
            ],
            "is_empty": not any(table["bookings"].values()),
        }

    @api.model
    def _public_day(self, day, today):
        return {
            "key": day.isoformat(),
            "weekday": weekday_text(self.env, day),
            "date": day_of_month_text(self.env, day),
            "text": day_text(self.env, day),
            "is_today": day == today,
            "is_past": day < today,
            "is_weekend": day.weekday() >= 5,
        }

    def _public_room(self):
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.name,
            "place": self.location or "",
            "seats": self.env._("%s seats", self.capacity) if self.capacity else "",
            "active": self.active,
        }

    def _public_cell(self, day, table, slots, reach):
        """Give the cell of this room and day: bookings, closures, what is free.

        :param reach: of the room, see :meth:`_public_reach`
        """
        self.ensure_one()
        key = (self.id, day)
        closed = key in table["closed"]
        bookings = table["bookings"].get(key, ())
        free = "none" if closed or not self.active else table["free"][key]
        if self.active and not (closed or bookings or table["shut"].get(key)):
            # also where no half-day of the office lies within its hours
            free = "all"
        first, halves, last = reach
        return {
            "room": self.name,
            "room_id": self.id,
            "bookings": [one._public_facts(slots) for one in bookings],
            "closed": closed,
            "reason": table["closed"].get(key, ""),
            "shut": [
                {"hours": hours_text(begin, end), "reason": reason}
                for begin, end, reason in table["shut"].get(key, ())
            ],
            "free": free,
            "bookable": free != "none"
            and (day > first or day == first and free in halves)
            and (not last or day <= last),
        }

    def _public_reach(self, now):
        """Give from when and until when people may book each room, without queries.

        :param datetime now: on the office's clock
        :return: by room id (first day; what has to be free on it, as ``_free_parts``
            says it; last day, if any)
        """
        reach = {}
        for company, rooms in self.grouped("company_id").items():
            begins = {
                slot: company._amss_slot_hours(slot)[0]
                for slot in ("morning", "afternoon")
            }
            for room in rooms:
                earliest = now + timedelta(hours=room.notice_hours)
                hour = earliest.hour + earliest.minute / 60
                halves = [slot for slot, begin in begins.items() if begin >= hour]
                halves += ["all"] if halves else []
                horizon = room.horizon_days
                last = now.date() + timedelta(days=horizon) if horizon else None
                reach[room.id] = (earliest.date(), halves, last)
        return reach

    def _public_stamp(self, first, last):
        """Give a text that changes with whatever the public month table is made of.

        One query; made of the rows themselves, since two transactions may end in
        another order than their ``write_date`` has.

        :param date first: and ``last`` day of the month
        """
        for model in (
            "amss.room",
            "amss.room.booking",
            "hr.department",
            "resource.calendar.leaves",
        ):
            self.env[model].flush_model()
        company = self.company_id[:1]
        days = (first - timedelta(days=1), last + timedelta(days=2))
        [[stamp]] = self.env.execute_query(
            SQL(
                _STAMP,
                rooms=self.ids,
                first=first,
                last=last,
                company=company.id,
                schedule=company.sudo().resource_calendar_id.id or None,
                since=days[0],
                until=days[1],
                resources=self.resource_id.ids,
            )
        )
        return stamp
