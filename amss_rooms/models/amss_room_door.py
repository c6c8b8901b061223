# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The display at the door of a room: plain values for whoever stands before it."""

import pytz

from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.amss_base.tools import guard

from ..tools.when import WEEKDAYS, day_text, hour_text, hours_text, to_local, to_utc
from .amss_room_booking import OCCUPYING


class AmssRoom(models.Model):
    _inherit = "amss.room"

    def write(self, vals):
        """Let meetings that are going on stay when their room begins to ask people to
        check in: they could not."""
        before = self.filtered(lambda room: not room.checkin_minutes)
        result = super().write(vals)
        now = fields.Datetime.now()
        if vals.get("checkin_minutes") and before:
            # sudo: who may write the room; its bookings follow
            running = self.env["amss.room.booking"].sudo()
            guard.stepping(running).search(
                Domain("room_id", "in", before.ids)
                & Domain("state", "=", "approved")
                & Domain("checked_in_at", "=", False)
                & Domain("start", "<=", now)
                & Domain("stop", ">", now)
            ).write({"checked_in_at": now})
        return result

    def _door_booking(self, text):
        """Give the booking of this room that a display names, or none.

        :param str text: its id, as the browser sends it
        """
        self.ensure_one()
        bookings = self.env["amss.room.booking"]
        if not (text.isascii() and text.isdecimal() and len(text) < 10):
            return bookings
        return bookings.search([("id", "=", int(text)), ("room_id", "=", self.id)])

    def _door(self):
        """Say what the display shows now.

        :return: dict of ``room``, ``state`` (``free``, ``taken`` or ``closed``),
            ``until`` (in words, or nothing: for the rest of the day), ``reason``,
            ``current``, ``next``, ``checkin``, ``bookings`` (of today), ``clock`` and
            ``changes_at`` (epoch of the next change, or nothing)
        """
        self.ensure_one()
        now = fields.Datetime.now()
        tz = self._tz()
        today = to_local(now, tz)[0]
        bookings = self._door_bookings(today, now)
        current = bookings.filtered(lambda one: one.start <= now < one.stop)[:1]
        coming = bookings.filtered(lambda one: one.start > now)
        closed, until, reason = self._door_opening(today, now, coming[:1])
        if current:
            until = current.stop
        slots = dict(bookings._fields["slot"]._description_selection(self.env))
        facts = {one: one._door_facts(now, today, slots) for one in bookings}
        return {
            "room": self._public_room(),
            "state": "taken" if current else "closed" if closed else "free",
            "until": until
            and self.env._("until %s", hour_text(to_local(until, tz)[1])),
            "reason": reason,
            "current": facts.get(current),
            "next": facts.get(coming[:1]),
            "checkin": self._door_checkin(current, coming, now, tz),
            "bookings": [facts[one] for one in bookings if one.date == today],
            "clock": self._door_clock(now, today, tz),
            "changes_at": self._door_change(bookings, until, now),
        }

    def _door_bookings(self, today, now):
        """Give what holds the room today, and the first booking after; without those
        nobody came to, whose release is a matter of minutes."""
        holding = Domain("room_id", "=", self.id) & Domain("state", "in", OCCUPYING)
        bookings = self.env["amss.room.booking"]
        found = bookings.search(holding & Domain("date", "=", today), order="start")
        if not any(one.start > now for one in found):
            found |= bookings.search(
                holding & Domain("date", ">", today), order="start", limit=1
            )
        return found.filtered(lambda one: not one._is_missed(now))

    def _door_opening(self, today, now, coming):
        """Say whether the room is closed now, until when it stays so or stays free.

        :return: (whether closed, moment or nothing, reason)
        """
        tz = self._tz()
        start, stop = to_utc(today, self.open_from, tz), to_utc(today, self.open_to, tz)
        if not self[WEEKDAYS[today.weekday()]] or now >= stop:
            return True, None, ""
        if now < start:
            return True, start, ""
        ahead = [stop] if stop > now else []
        for begin, end, room_ids, reason in self._closures(
            [self._wish(today, self.open_from, self.open_to)]
        ):
            if self.id not in room_ids:
                continue
            if begin <= now < end:
                return True, end if end < stop else None, reason or ""
            ahead += [begin] if begin > now else []
        if coming.date == today:
            ahead.append(coming.start)
        first = min(ahead)
        return False, first if first < stop else None, ""

    def _door_checkin(self, current, coming, now, tz):
        """Give the booking that has to be checked in, if it can be now; until when."""
        for booking in current + coming[:1]:
            deadline = booking._checkin_deadline()
            if deadline and booking._can_check_in(now):
                until = hour_text(to_local(deadline, tz)[1])
                return {
                    "booking": booking.id,
                    "is_next": booking != current,
                    "until": self.env._(
                        "Without check-in the room is released at %s.", until
                    ),
                }
        return None

    def _door_clock(self, now, today, tz):
        """Give the time on the office's wall, for a tablet whose own may be wrong."""
        local = pytz.utc.localize(now).astimezone(tz)
        return {
            "epoch": int(pytz.utc.localize(now).timestamp()),
            "offset": int(local.utcoffset().total_seconds()),
            "hour": f"{local:%H:%M}",
            "day": day_text(self.env, today),
        }

    def _door_change(self, bookings, until, now):
        """Give the moment at which the display will say something else."""
        moments = [until, *bookings.mapped("start"), *bookings.mapped("stop")]
        moments += [one._checkin_deadline() for one in bookings]
        ahead = [moment for moment in moments if moment and moment > now]
        if not ahead:
            return None
        return int(pytz.utc.localize(min(ahead)).timestamp())


class AmssRoomBooking(models.Model):
    _inherit = "amss.room.booking"

    def _door_facts(self, now, today, slots):
        """Say what the display tells of a booking: what everybody may know."""
        self.ensure_one()
        return {
            **self._public_facts(slots),
            "hours": hours_text(self.hour_from, self.hour_to),
            "day": "" if self.date == today else day_text(self.env, self.date),
            "is_past": self.stop <= now,
            "is_current": self.start <= now < self.stop,
            "has_checked_in": bool(self.checked_in_at),
        }
