# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether rooms are free just now, and what people open from a room."""

from odoo import fields, models
from odoo.fields import Domain

from ..tools.when import hour_text, to_local
from .amss_room_booking import OCCUPYING


class AmssRoom(models.Model):
    _inherit = "amss.room"

    now_state = fields.Selection(
        [("free", "Free"), ("taken", "Taken"), ("closed", "Closed")],
        string="Now",
        compute="_compute_now",
    )
    now_text = fields.Char(string="Free Now?", compute="_compute_now")
    upcoming_count = fields.Integer(
        string="Bookings to Come", compute="_compute_upcoming_count"
    )
    closure_count = fields.Integer(string="Closures", compute="_compute_closure_count")

    def _compute_now(self):
        """Two queries for any number of rooms."""
        now = fields.Datetime.now()
        for company, rooms in self.grouped("company_id").items():
            if not company:
                rooms.now_state, rooms.now_text = False, False
                continue
            today, hour = to_local(now, rooms._tz())
            closed = rooms._closed_days([today])
            coming = rooms._bookings_between(today, today).grouped("room_id")
            for room in rooms:
                room.now_state, room.now_text = room._now(
                    hour,
                    coming.get(room, self.env["amss.room.booking"]),
                    (room.id, today) in closed,
                )

    def _now(self, hour, bookings, is_closed):
        """Say whether the room is free at an hour of today, and until when.

        :param bookings: those of today, by time
        :return: (value of ``now_state``, text)
        """
        self.ensure_one()
        if is_closed:
            return "closed", self.env._("Closed today")
        if not self.open_from <= hour < self.open_to:
            return "closed", self.env._("Opens %s", hour_text(self.open_from))
        until = None
        for booking in bookings:
            if booking.hour_from <= (until or hour) < booking.hour_to:
                until = booking.hour_to
        if until:
            return "taken", self.env._("Taken until %s", hour_text(until))
        following = [one.hour_from for one in bookings if one.hour_from > hour]
        if following:
            return "free", self.env._("Free until %s", hour_text(following[0]))
        return "free", self.env._("Free now")

    def _compute_upcoming_count(self):
        counts = dict(
            self.env["amss.room.booking"]._read_group(
                Domain("room_id", "in", self.ids)
                & Domain("state", "in", OCCUPYING)
                & Domain("stop", ">", fields.Datetime.now()),
                ["room_id"],
                ["__count"],
            )
        )
        for room in self:
            room.upcoming_count = counts.get(room, 0)

    def _compute_closure_count(self):
        """Closures of the room itself that are not over."""
        counts = dict(
            self.env["resource.calendar.leaves"]._read_group(
                Domain("resource_id", "in", self.resource_id.ids)
                & Domain("date_to", ">", fields.Datetime.now()),
                ["resource_id"],
                ["__count"],
            )
        )
        for room in self:
            room.closure_count = counts.get(room.resource_id, 0)

    def action_book(self):
        """Open the dialog in which these rooms are booked.

        Defaults for the dialog (``default_date_from`` …) are taken from the context.
        """
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "amss_rooms.amss_room_book_action"
        )
        defaults = {
            name: value
            for name, value in self.env.context.items()
            if name.startswith("default_")
        }
        rooms = [fields.Command.set(self.ids)]
        return action | {"context": {**defaults, "default_room_ids": rooms}}

    def action_open_upcoming(self):
        """Show the bookings of the room from today on."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "amss_rooms.amss_room_booking_action"
        )
        return action | {
            "display_name": self.name,
            "context": {"search_default_room_id": self.id, "search_default_coming": 1},
        }

    def action_open_closures(self):
        """Show when the room is closed, apart from its weekdays and hours."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "amss_rooms.resource_calendar_leaves_action"
        )
        return action | {
            "display_name": self.env._("Closures: %s", self.name),
            "domain": [("resource_id", "=", self.resource_id.id)],
            "context": {"default_resource_id": self.resource_id.id},
        }
