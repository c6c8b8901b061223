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

    def _public_facts(self, slots):
        """Say what everybody may know of a booking: the one place that decides it.

        Never a person's name, a phone number, a note or a file; of a room that shows
        only that it is taken nothing but when.

        :param dict slots: labels of the times of day
        :return: dict of ``taken`` (no more is said), ``facts`` (when, how many) and,
            unless taken, ``purpose``, ``group``, ``waiting``
        """
        self.ensure_one()
        when = (
            hours_text(self.hour_from, self.hour_to)
            if self.slot == "times"
            else slots[self.slot]
        )
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

    def _public_month(self, first, today):
        """Give the month table as everybody may see it.

        :param date first: first day of the month
        :param date today: of the office
        :return: dict of ``rooms`` and ``days`` with their cells, plain values
        """
        table = self._month(first)
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
                        room._public_cell(day, today, table, slots) for room in rooms
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

    def _public_cell(self, day, today, table, slots):
        """Give the cell of this room and day: bookings, closures, what is free."""
        self.ensure_one()
        key = (self.id, day)
        closed = key in table["closed"]
        free = "none" if closed or not self.active else table["free"][key]
        return {
            "room": self.name,
            "room_id": self.id,
            "bookings": [
                one._public_facts(slots) for one in table["bookings"].get(key, ())
            ],
            "closed": closed,
            "reason": table["closed"].get(key, ""),
            "shut": [
                {"hours": hours_text(begin, end), "reason": reason}
                for begin, end, reason in table["shut"].get(key, ())
            ],
            "free": free,
            "bookable": free != "none" and self._is_in_reach(day, today),
        }

    def _is_in_reach(self, day, today):
        """Tell whether people may book this day: not past, not too far ahead."""
        self.ensure_one()
        if day < today:
            return False
        return not self.horizon_days or day <= today + timedelta(days=self.horizon_days)

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
                """SELECT md5(concat_ws('|',
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
                                AND (l.calendar_id IS NULL
                                     OR l.calendar_id = %(schedule)s)))))""",
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
