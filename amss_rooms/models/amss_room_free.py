# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether a room can be had: opening hours, closures, limits, other bookings."""

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.when import WEEKDAYS, Wish, day_text, hours_text, to_local, to_utc
from .amss_room_booking import OCCUPYING

#: further ahead nobody books; a year there is a slip of the keyboard
FURTHEST = timedelta(days=3653)


class AmssRoom(models.Model):
    _inherit = "amss.room"

    @api.model
    def _problems(self, wishes, ignore=None):
        """Say of each wish what stands against it; batch, three queries in all.

        :param list wishes: of ``tools.when.Wish``
        :param ignore: bookings that do not count, such as those being moved
        :return: list of texts in the user's language, ``None`` where it can be had
        """
        twice = self._asked_twice(wishes)
        problems = self._each_by_itself(wishes, ignore)
        return [problem or twice.get(i) for i, problem in enumerate(problems)]

    @api.model
    def _each_by_itself(self, wishes, ignore=None):
        """As :meth:`_problems`, for wishes of which one at most is taken."""
        if not wishes:
            return []
        taken = self._overlapping(wishes, ignore)
        closed = self._closures(wishes)
        now = fields.Datetime.now()
        # who is in the room already may stay longer or go on in another one
        begun = set(ignore.mapped("start")) if ignore else set()
        return [
            self._time_problem(wish, now, begun)
            or self._opening_problem(wish)
            or self._closure_problem(wish, closed)
            or self._clash_problem(wish, taken)
            for wish in wishes
        ]

    @api.model
    def _find_free_for(self, office, asked):
        """Find the rooms of an office that can be had for each of some meetings.

        :param office: ``res.company`` record
        :param list asked: of ``tools.when.Asked``
        :return: list of rooms, in the order of ``asked``, the smallest that fits first
        """
        return [
            self.browse(room.id for room, reason in reasons.items() if not reason)
            for reasons in self._reasons_for(office, asked)
        ]

    @api.model
    def _reasons_for(self, office, asked):
        """Say of each room of an office why it cannot be had for some meetings.

        :param office: ``res.company`` record
        :param list asked: of ``tools.when.Asked``
        :return: list of dicts of texts by room, in the order of ``asked``; ``None``
            for what can be had; the smallest room first
        """
        rooms = self.search([("company_id", "=", office.id)]).sorted(
            lambda room: (room.capacity or 10**6, room.sequence)
        )
        wishes = [
            room._wish(one.date, one.hour_from, one.hour_to)
            for one in asked
            for room in rooms
        ]
        problems = iter(self._each_by_itself(wishes))
        return [
            {
                room: problem
                or room._equipment_problem(one.equipment)
                or room._seats_problem(one.headcount)
                for room, problem in zip(rooms, problems, strict=False)
            }
            for one in asked
        ]

    def _most_seats(self):
        """Give the seats of the room in its largest layout."""
        self.ensure_one()
        return max([self.capacity, *self.layout_ids.mapped("capacity")])

    def _seats_problem(self, headcount, layout=None):
        """Say that more people come than there are seats.

        :param layout: the one wanted, if any; else the largest counts
        :return: text, ``None`` if all can sit or the room says no number of seats
        """
        self.ensure_one()
        seats = (layout and layout.capacity) or self._most_seats()
        if not seats or headcount <= seats:
            return None
        return self.env._(
            "%(room)s has %(seats)s seats, and %(people)s people are to come. Choose a "
            "larger room.",
            room=self.name,
            seats=seats,
            people=headcount,
        )

    def _equipment_problem(self, wanted):
        """Say which of the wanted equipment the room does not have."""
        self.ensure_one()
        missing = wanted - self.equipment_ids
        if not missing:
            return None
        return self.env._(
            "%(room)s does not have: %(equipment)s.",
            room=self.name,
            equipment=", ".join(missing.mapped("name")),
        )

    # ------------------------------------------------------------------
    # What stands against it
    # ------------------------------------------------------------------
    @api.model
    def _time_problem(self, wish, now, begun):
        room = wish.room
        if not room.active:
            return self.env._("%s is no longer in use. Choose another room.", room.name)
        if wish.stop <= wish.start:
            return self.env._(
                "%(day)s: the end lies before the beginning. Correct the hours.",
                day=day_text(self.env, wish.date),
            )
        if wish.start < now and not (wish.start in begun and wish.stop > now):
            return self.env._(
                "%(day)s, %(hours)s is past. Choose a later time.",
                day=day_text(self.env, wish.date),
                hours=self._wish_hours(wish),
            )
        if wish.start > now + FURTHEST:
            return self.env._(
                "%(day)s is too far ahead to be meant. Correct the year.",
                day=day_text(self.env, wish.date),
            )
        if room.is_kept:
            return None
        if wish.start < now + timedelta(hours=room.notice_hours):
            return self.env._(
                "%(room)s is booked at least %(hours)s hours before. Ask its keeper: "
                "%(keepers)s.",
                room=room.name,
                hours=room.notice_hours,
                keepers=room._keeper_names(),
            )
        if room.horizon_days and wish.start > now + timedelta(days=room.horizon_days):
            return self.env._(
                "%(day)s: %(room)s is booked at most %(days)s days ahead. Choose a "
                "nearer day, or ask its keeper: %(keepers)s.",
                day=day_text(self.env, wish.date),
                room=room.name,
                days=room.horizon_days,
                keepers=room._keeper_names(),
            )
        return None

    @api.model
    def _opening_problem(self, wish):
        room, tz = wish.room, wish.room._tz()
        if not room[WEEKDAYS[wish.date.weekday()]]:
            return self.env._(
                "%(day)s: %(room)s is not open on this day of the week. Choose "
                "another day.",
                day=day_text(self.env, wish.date),
                room=room.name,
            )
        first, hour_from = to_local(wish.start, tz)
        last, hour_to = to_local(wish.stop, tz)
        if (last - wish.date).days == 1 and hour_to == 0:
            last, hour_to = wish.date, 24.0
        within = room.open_from <= hour_from and hour_to <= room.open_to
        if first != wish.date or last != wish.date or not within:
            return self.env._(
                "%(room)s is open %(hours)s. Choose hours within.",
                room=room.name,
                hours=hours_text(room.open_from, room.open_to),
            )
        return None

    @api.model
    def _closures(self, wishes):
        """Give the closures and holidays that touch the days of the wishes.

        :return: list of (date_from, date_to, room ids or None for all, reason) in UTC
        """
        rooms = self.union(*(wish.room for wish in wishes))
        # sudo: whether the office is closed is no secret; no person's absence is
        # looked at, only those of rooms and of the whole office
        leaves = self.env["resource.calendar.leaves"].sudo()
        found = leaves.search_fetch(
            Domain("date_from", "<", max(wish.stop for wish in wishes))
            & Domain("date_to", ">", min(wish.start for wish in wishes))
            & (
                # core takes the office of a closure from who enters it: a room's own
                # closure is known by the room alone
                Domain("resource_id", "in", rooms.sudo().resource_id.ids)
                | rooms.company_id._amss_holidays()
            ),
            ["date_from", "date_to", "resource_id", "company_id", "name"],
        )
        by_resource = {room.resource_id.id: room.id for room in rooms.sudo()}
        by_company = defaultdict(set)
        for room in rooms:
            by_company[room.company_id.id].add(room.id)
        return [
            (
                leave.date_from,
                leave.date_to,
                {by_resource[leave.resource_id.id]}
                if leave.resource_id
                else by_company[leave.company_id.id],
                leave.name,
            )
            for leave in found
        ]

    @api.model
    def _closure_problem(self, wish, closed):
        for date_from, date_to, rooms, reason in closed:
            if wish.room.id in rooms and date_from < wish.stop and date_to > wish.start:
                return self.env._(
                    "%(day)s: %(room)s is closed (%(reason)s). Choose another day.",
                    day=day_text(self.env, wish.date),
                    room=wish.room.name,
                    reason=reason or self.env._("closure"),
                )
        return None

    @api.model
    def _overlapping(self, wishes, ignore=None):
        """Give what holds the wished rooms about the wished times, by room id."""
        rooms = {wish.room.id for wish in wishes}
        domain = (
            Domain("room_id", "in", list(rooms))
            & Domain("state", "in", OCCUPYING)
            # a booking is for one local day; these are looked up by index
            & Domain("date", ">=", min(wish.date for wish in wishes))
            & Domain("date", "<=", max(wish.date for wish in wishes))
            & Domain("start", "<", max(wish.stop for wish in wishes))
            & Domain("stop", ">", min(wish.start for wish in wishes))
        )
        if ignore:
            domain &= Domain("id", "not in", ignore.ids)
        # sudo: what the message tells of another's booking is what all of the office
        # may read; of bookings that the user may not read it tells nothing
        found = self.env["amss.room.booking"].sudo().search(domain, order="start")
        taken = defaultdict(list)
        for booking in found:
            taken[booking.room_id.id].append(booking)
        return taken

    @api.model
    def _clash_problem(self, wish, taken):
        for booking in taken[wish.room.id]:
            if booking.start < wish.stop and booking.stop > wish.start:
                return booking.with_env(self.env)._holder_text()
        return None

    @api.model
    def _asked_twice(self, wishes):
        """Say which wishes overlap with an earlier one, by their index."""
        order = sorted(
            range(len(wishes)), key=lambda i: (wishes[i].room.id, wishes[i].start)
        )
        found = {}
        for before, after in pairwise(order):
            one, other = wishes[before], wishes[after]
            if one.room == other.room and other.start < one.stop:
                found[after] = self.env._(
                    "%(room)s is asked for twice on %(day)s, %(hours)s. Leave one out.",
                    room=other.room.name,
                    day=day_text(self.env, other.date),
                    hours=self._wish_hours(other),
                )
        return found

    def _wish(self, date, hour_from, hour_to):
        """Make the wish for this room on a local day, see ``tools.when.Wish``."""
        self.ensure_one()
        tz = self._tz()
        return Wish(self, date, to_utc(date, hour_from, tz), to_utc(date, hour_to, tz))

    @api.model
    def _wish_hours(self, wish):
        tz = wish.room._tz()
        return hours_text(to_local(wish.start, tz)[1], to_local(wish.stop, tz)[1])

    def _keeper_names(self):
        # sudo: names of colleagues, for people who may not read users
        names = ", ".join(self.sudo().keeper_ids.mapped("name"))
        return names or self.env._("none is named")
