# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When a booking is: a local day and hours, or the moments made of them."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.when import day_text, hours_text, to_local, to_utc
from .amss_room_booking import RULE_FIELDS


class AmssRoomBooking(models.Model):
    _inherit = "amss.room.booking"

    @api.depends("slot", "room_id")
    def _compute_hours_of_slot(self):
        for booking in self:
            if booking.slot and booking.slot != "times":
                company = booking.room_id.company_id or self.env.company
                hours = company.sudo()._amss_slot_hours(booking.slot)
                booking.hour_from, booking.hour_to = hours
            else:
                booking.hour_from = booking.hour_from or 0.0
                booking.hour_to = booking.hour_to or 0.0

    @api.depends("date", "hour_from", "hour_to", "room_id")
    def _compute_moments(self):
        for booking in self:
            if not booking.date:
                booking.start = booking.stop = False
                booking.hours = 0.0
                continue
            tz = (booking.room_id or self.env["amss.room"])._booking_tz()
            booking.start = to_utc(booking.date, booking.hour_from, tz)
            booking.stop = to_utc(booking.date, booking.hour_to, tz)
            booking.hours = booking.hour_to - booking.hour_from

    def _with_day_and_hours(self, vals):
        """Say what vals tell of the time as day, time of day and hours.

        The calendar view and Odoo's calendar know moments (``start``, ``stop``) alone;
        hours without a time of day may be one.

        :raise UserError: when the moments lie on two days
        """
        if {"start", "stop"} & vals.keys():
            return self._with_day_of_moments(vals)
        if "slot" in vals and vals["slot"] != "times":
            hours = ("hour_from", "hour_to")
            return {name: value for name, value in vals.items() if name not in hours}
        if "slot" not in vals and {"hour_from", "hour_to"} & vals.keys():
            room = self.env["amss.room"].browse(vals.get("room_id")) or self.room_id[:1]
            company = (room.company_id or self.env.company).sudo()
            hours = [
                vals.get(name, self[:1][name]) for name in ("hour_from", "hour_to")
            ]
            return {**vals, "slot": company._amss_slot_of(*hours)}
        return vals

    def _with_day_of_moments(self, vals):
        """Say ``start`` and ``stop`` of vals as day, time of day and hours."""
        room = self.env["amss.room"].browse(vals.get("room_id")) or self.room_id[:1]
        vals = dict(vals)
        start = fields.Datetime.to_datetime(vals.pop("start", self[:1].start))
        stop = fields.Datetime.to_datetime(vals.pop("stop", self[:1].stop))
        if not start:
            return vals
        stop = stop or start + timedelta(hours=1)
        day, hour_from = to_local(start, room._booking_tz())
        last, hour_to = to_local(stop, room._booking_tz())
        if (last - day).days == 1 and hour_to == 0:
            last, hour_to = day, 24.0
        if last != day:
            raise UserError(
                self.env._(
                    "“%(purpose)s”: a booking is for one day, and this one would end "
                    "on %(day)s. Book each day.",
                    purpose=vals.get("name") or self[:1].name or "",
                    day=day_text(self.env, last),
                )
            )
        company = room.company_id or self.env.company
        slot = company.sudo()._amss_slot_of(hour_from, hour_to)
        return vals | {
            "date": day,
            "slot": slot,
            "hour_from": hour_from,
            "hour_to": hour_to,
        }

    def _drafts_with(self, vals):
        """Give the bookings as they would be with these values, in memory alone."""
        drafts = self.browse()
        changes = {name: vals[name] for name in RULE_FIELDS if name in vals}
        for booking in self:
            now = booking._convert_to_write(
                {name: booking[name] for name in RULE_FIELDS}
            )
            if changes.get("slot", now["slot"]) != "times":
                now.pop("hour_from")
                now.pop("hour_to")
            drafts += self.new({**now, **changes})
        return drafts

    # ------------------------------------------------------------------
    # In words
    # ------------------------------------------------------------------
    @api.depends("name", "room_id", "date", "hour_from", "hour_to")
    def _compute_display_name(self):
        for booking in self:
            if not booking.date:
                booking.display_name = booking.name
                continue
            booking.display_name = self.env._(
                "%(purpose)s · %(room)s, %(when)s",
                purpose=booking.name,
                room=booking.room_id.name,
                when=booking._when_text(),
            )

    def _when_text(self):
        """Day and hours in words, such as ``พฤหัสบดี 1 มิถุนายน 2566 08:30–12:00``."""
        self.ensure_one()
        return (
            f"{day_text(self.env, self.date)} "
            f"{hours_text(self.hour_from, self.hour_to)}"
        )

    def _holder_text(self):
        """Say that this booking holds its room, for who wanted it at that time."""
        self.ensure_one()
        if self.company_id not in self.env.companies:
            return self.env._("The room is taken at that time. Choose another.")
        # sudo: names of colleague and group, for people who may not read users
        holder = self.sudo()
        return self.env._(
            "%(room)s is taken on %(when)s: “%(purpose)s”, %(who)s. Choose another "
            "time or room.",
            room=holder.room_id.name,
            when=holder.with_context(lang=self.env.lang)._when_text(),
            purpose=holder.name,
            who=holder.department_id.name or holder.user_id.name,
        )
