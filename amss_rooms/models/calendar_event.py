# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Meetings that are room bookings: the booking's rules hold in the calendar too."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from odoo.addons.amss_base.tools import guard, locks

from .amss_room_booking import OCCUPYING

RUNNING = ("requested", "approved")
#: what a meeting has of its bookings
FOLLOWED = ("name", "start", "stop", "user_id", "partner_ids", "alarm_ids")
#: what is asked of the bookings when it is written
WATCHED = {
    *FOLLOWED,
    "duration",
    "start_date",
    "stop_date",
    "allday",
    "recurrency",
    "recurrence_id",
    "location",
    "active",
}


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    amss_booking_count = fields.Integer(
        string="Room Bookings",
        compute="_compute_amss_booking_count",
        groups="amss_rooms.group_rooms_user",
    )

    def _compute_amss_booking_count(self):
        counts = dict(
            self.env["amss.room.booking"]._read_group(
                [("event_id", "in", self.ids)], ["event_id"], ["__count"]
            )
        )
        for event in self:
            event.amss_booking_count = counts.get(event._origin, 0)

    def _compute_display_time(self):
        """Who comes by a link has no time zone, and reads the organizer's."""
        if self.env.context.get("tz") or self.env.user.tz:
            return super()._compute_display_time()
        # sudo: the organizer's zone alone, for visitors
        for tz, events in self.grouped(lambda one: one.sudo().user_id.tz).items():
            super(CalendarEvent, events.with_context(tz=tz))._compute_display_time()
        return None

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------
    def write(self, vals):
        """Move the bookings of the meetings too, or refuse.

        :raise UserError: naming the booking, what stands against it, and the remedy
        """
        if guard.is_step(self.env) or not WATCHED.intersection(vals):
            return super().write(vals)
        bookings = self._amss_bookings()
        if not bookings:
            return super().write(vals)
        if "active" in vals:
            self._amss_archive(bookings, vals["active"])
        holding = bookings.filtered(lambda booking: booking.state in OCCUPYING)
        self._amss_refuse_impossible(holding, vals)
        if {"start", "stop", "duration"}.intersection(vals):
            # before the rows of the events, in the order in which bookings lock
            locks.lock_rows(holding.room_id)
        events = self.filtered(lambda event: event in holding.event_id)
        before = {event: event._amss_followed() for event in events}
        result = super().write(dict(vals))
        for event, values in before.items():
            event._amss_move_bookings(
                holding.filtered(
                    lambda booking, event=event: booking.event_id == event
                ),
                values,
            )
        return result

    def unlink(self):
        """Cancel the bookings of the meetings, or refuse.

        :raise UserError: naming the booking, and who can cancel it
        """
        if not guard.is_step(self.env):
            self._amss_cancel(self._amss_bookings())
        return super().unlink()

    def copy_data(self, default=None):
        """A copy has no booking, so it does not say that it is in the room."""
        result = super().copy_data(default)
        booked = self._amss_bookings().event_id
        for event, vals in zip(self, result, strict=True):
            if event in booked and "location" not in (default or {}):
                vals["location"] = False
        return result

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------
    def action_open_room_bookings(self):
        """Open the bookings of the rooms in which the meeting is."""
        self.ensure_one()
        bookings = self.env["amss.room.booking"].search([("event_id", "=", self.id)])
        if len(bookings) == 1:
            return bookings.get_formview_action()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Room Bookings"),
            "res_model": bookings._name,
            "domain": [("event_id", "=", self.id)],
            "views": [(False, "list"), (False, "form")],
        }

    # ------------------------------------------------------------------
    # The bookings of a meeting
    # ------------------------------------------------------------------
    def _amss_bookings(self):
        """Give the bookings of these meetings, whoever looks."""
        # sudo: what holds a meeting counts for who may not see it, too
        return (
            self.env["amss.room.booking"].sudo().search([("event_id", "in", self.ids)])
        )

    def _amss_as_user(self, bookings):
        """Give bookings as the user sees them, who is to change them.

        :raise AccessError: for bookings of another office
        :raise UserError: where the booking asks for a reason
        """
        bookings = bookings.with_env(self.env)
        if bookings._filtered_access("read") != bookings:
            raise AccessError(
                self.env._(
                    "“%(meeting)s” is in a room that you have no right to book. Its "
                    "organizer, %(organizer)s, can change it.",
                    meeting=self[:1].sudo().name,
                    organizer=self[:1].sudo().user_id.name,
                )
            )
        for booking in bookings:
            if booking.needs_note:
                raise UserError(
                    self.env._(
                        "%s: its requester is told why a keeper changes or cancels it. "
                        "Do it in the booking itself, where you can say why.",
                        booking.display_name,
                    )
                )
        return bookings

    def _amss_refuse_impossible(self, bookings, vals):
        """:raise UserError: for what a booking of a room cannot be"""
        if not bookings:
            return
        name = bookings[0].name
        if vals.get("allday"):
            raise UserError(
                self.env._(
                    "“%s” is in a booked room, and that is booked by hours. Choose the "
                    "hours instead of “all day”.",
                    name,
                )
            )
        if vals.get("recurrency") or vals.get("recurrence_id"):
            raise UserError(
                self.env._(
                    "“%s” is in a booked room, and does not repeat here. Book the room "
                    "for the other days in the meeting rooms.",
                    name,
                )
            )
        for event in bookings.event_id:
            place = event.location or False
            if (vals.get("location", place) or False) != place:
                raise UserError(
                    self.env._(
                        "“%(meeting)s” is in %(place)s. Choose another room in the "
                        "booking, and the place follows.",
                        meeting=name,
                        place=event.location,
                    )
                )

    def _amss_followed(self):
        """Give what the bookings follow, as it stands."""
        self.ensure_one()
        # sudo: participants that the user may not read count as well
        event = self.sudo()
        return {name: event[name] for name in FOLLOWED}

    def _amss_move_bookings(self, bookings, before):
        """Let bookings be what their meeting has become, if the user may.

        :param dict before: what the bookings follow, as it was
        """
        self.ensure_one()
        after = self._amss_followed()
        changed = {name for name in FOLLOWED if after[name] != before[name]}
        joined = after["partner_ids"] - before["partner_ids"]
        left = before["partner_ids"] - after["partner_ids"]
        vals = {name: after[name] for name in {"name"} & changed}
        if {"start", "stop"} & changed:
            vals |= {"start": after["start"], "stop": after["stop"]}
        if "user_id" in changed:
            vals["user_id"] = after["user_id"].id
        if "alarm_ids" in changed:
            vals["alarm_ids"] = [Command.set(after["alarm_ids"].ids)]
        joined -= bookings.user_id.partner_id
        guests = [Command.link(partner.id) for partner in joined]
        guests += [Command.unlink(partner.id) for partner in left]
        if guests and joined | left == self.env.user.partner_id:
            # who joins or leaves does that for nobody else; the calendar allowed it
            guard.stepping(bookings).write({"participant_ids": guests})
        elif guests:
            vals["participant_ids"] = guests
        if vals:
            self._amss_as_user(bookings).write(vals)

    def _amss_archive(self, bookings, active):
        """Cancel the bookings of meetings that are archived.

        :raise UserError: when a meeting is to come back whose booking has ended
        """
        if not active:
            self._amss_cancel(bookings)
            return
        for booking in bookings:
            if booking.state not in OCCUPYING and not booking.event_id.active:
                raise UserError(
                    self.env._(
                        "%(booking)s: %(state)s. Its meeting does not come back; book "
                        "the room anew.",
                        booking=booking.with_env(self.env).sudo().display_name,
                        state=booking.with_env(self.env).sudo()._state_label(),
                    )
                )

    def _amss_cancel(self, bookings):
        """Cancel those bookings that are not over, if the user may."""
        running = bookings.filtered(lambda booking: booking.state in RUNNING)
        if running:
            self._amss_as_user(running)._cancel(None)

    # ------------------------------------------------------------------
    # Telling
    # ------------------------------------------------------------------
    def _amss_tell(self, template_xmlid, attendees, about=None, besides=()):
        """Send a mail of core's calendar to attendees, except to who has declined.

        Each gets it in the own language; nothing goes to who did it.

        :param str template_xmlid: of a mail template for meetings
        :param about: record that the mail belongs to; the meeting if left out
        :param besides: partners who hear of it in another way
        """
        self.ensure_one()
        partners = attendees.filtered(lambda one: one.state != "declined").partner_id
        partners = partners.filtered(
            lambda one: one != self.env.user.partner_id and one not in besides
        )
        template = self.env.ref(template_xmlid, raise_if_not_found=False)
        if not partners or not template or self._amss_mails_blocked():
            return
        organizer = self.user_id or self.env.user
        # the template says the time in the zone of its user
        template = template.with_user(organizer).sudo()
        for lang, readers in partners.grouped("lang").items():
            texts = {
                name: template._render_field(name, self.ids, set_lang=lang)[self.id]
                for name in ("subject", "body_html")
            }
            (about or self).sudo().message_notify(
                author_id=organizer.partner_id.id,
                partner_ids=readers.ids,
                subject=texts["subject"],
                body=texts["body_html"],
                email_layout_xmlid="mail.mail_notification_light",
            )

    @api.model
    def _amss_mails_blocked(self):
        """Tell whether core's own switches keep mails of the calendar back."""
        parameters = self.env["ir.config_parameter"].sudo()
        return bool(
            parameters.get_param("calendar.block_mail")
            or self.env.context.get("no_mail_to_attendees")
        )
