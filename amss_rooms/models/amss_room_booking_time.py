# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When a booking is: a local day and hours, or the moments made of them."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.when import (
    check_days,
    day_text,
    hours_text,
    to_local,
    to_utc,
    whole_minutes,
)
from .amss_room_booking import RULE_FIELDS

#: made of room and hours; what is written there counts for nothing
MADE = ("company_id", "hours")
#: what says when a booking begins, and when it ends
OTHER_END = {
    "start": "stop",
    "stop": "start",
    "hour_from": "hour_to",
    "hour_to": "hour_from",
}


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
            tz = booking.room_id._tz()
            booking.start = to_utc(booking.date, booking.hour_from, tz)
            booking.stop = to_utc(booking.date, booking.hour_to, tz)
            booking.hours = booking.hour_to - booking.hour_from

    # ------------------------------------------------------------------
    # What is said of the time
    # ------------------------------------------------------------------
    def _with_time_of_context(self, vals):
        """Add what the context says of the time, where vals do not say it.

        By itself it would reach the fields beside what vals say: a booking would show
        one time and hold another.
        """
        if {"start", "stop"} & vals.keys():
            return vals
        names = ["hour_from", "hour_to"]
        if not {"hour_from", "hour_to"} & vals.keys():
            names.append("slot")
        if not {"date", "slot", *names} & vals.keys():
            names += ["start", "stop"]
        context = self.env.context
        return {
            name: context[f"default_{name}"]
            for name in names
            if context.get(f"default_{name}")
        } | vals

    def _without_time_in_context(self):
        """Leave out defaults for fields that are made of others."""
        made = {f"default_{name}" for name in (*MADE, *OTHER_END)}
        context = self.env.context
        if made.isdisjoint(context):
            return self
        kept = {name: value for name, value in context.items() if name not in made}
        return self.with_env(self.env(context=kept))

    @api.model
    def default_get(self, fields_list):
        """Somebody's own defaults say nothing about what is made of other fields."""
        context = self.env.context
        return super().default_get(
            [
                name
                for name in fields_list
                if name not in MADE
                and (name not in OTHER_END or f"default_{name}" in context)
            ]
        )

    def _with_day_and_hours(self, vals):
        """Say what vals tell of the time as day, time of day and hours.

        The calendar view and Odoo's calendar know moments (``start``, ``stop``) alone;
        hours without a time of day may be one.

        :raise UserError: when the moments lie on two days, or on a day that is none
        """
        check_days(self.env, vals, date=fields.Date, start=fields.Datetime)
        check_days(self.env, vals, stop=fields.Datetime)
        vals = {name: value for name, value in vals.items() if name not in MADE}
        if {"start", "stop"} & vals.keys():
            return self._with_day_of_moments(vals)
        if "slot" in vals and vals["slot"] != "times":
            hours = ("hour_from", "hour_to")
            return {name: value for name, value in vals.items() if name not in hours}
        given = {"hour_from", "hour_to"} & vals.keys()
        vals |= {name: whole_minutes(vals[name]) for name in given}
        if given and "slot" not in vals:
            room = self.env["amss.room"].browse(vals.get("room_id")) or self.room_id[:1]
            company = (room.company_id or self.env.company).sudo()
            hours = [
                vals.get(name, self[:1][name]) for name in ("hour_from", "hour_to")
            ]
            vals["slot"] = company._amss_slot_of(*hours)
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
        day, hour_from = to_local(start, room._tz())
        last, hour_to = to_local(stop, room._tz())
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

    def _alike(self, vals):
        """Split bookings for which the same vals say different times.

        :return: list of bookings
        """
        given = OTHER_END.keys() & vals.keys()
        if len(self) < 2 or not given:
            return [self]
        missing = sorted({OTHER_END[name] for name in given} - vals.keys())
        return list(
            self.grouped(
                lambda booking: (booking.company_id, *(booking[n] for n in missing))
            ).values()
        )

    def _keeping_hours(self, vals):
        """Give the bookings that keep their hours when these vals are written.

        Half-days that have changed since do not change what was booked; those of
        another office, to which a booking moves, do.
        """
        if {"slot", "hour_from", "hour_to"} & vals.keys():
            return self.browse()
        if not vals.get("room_id"):
            return self
        office = self.env["amss.room"].browse(vals["room_id"]).company_id
        return self.filtered(
            lambda booking: booking.slot == "times" or booking.company_id == office
        )

    @api.model
    def _hour_fields(self):
        return self._fields["hour_from"], self._fields["hour_to"]

    def _drafts_with(self, vals):
        """Give the bookings as they would be with these values, in memory alone."""
        drafts = self.browse()
        keeping = self._keeping_hours(vals)
        changes = {name: vals[name] for name in RULE_FIELDS if name in vals}
        for booking in self:
            now = booking._convert_to_write(
                {name: booking[name] for name in RULE_FIELDS}
            )
            if booking not in keeping and changes.get("slot", now["slot"]) != "times":
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
