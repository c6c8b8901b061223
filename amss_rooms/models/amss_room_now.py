# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether rooms are free just now, and what people open from a room."""

from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

from ..tools.when import end_of_row, hour_text, to_local
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
        """Two queries for any number of rooms of one office."""
        now = fields.Datetime.now()
        self.now_state = self.now_text = False
        for rooms in self.filtered("company_id").grouped("company_id").values():
            today, hour = to_local(now, rooms._tz())
            closed, shut = rooms._closed_times([today])
            bookings = rooms._bookings_by_day(today, today)
            for room in rooms:
                key = room.id, today
                taken = [(one.hour_from, one.hour_to) for one in bookings[key]]
                parts = [(begin, end) for begin, end, _why in shut.get(key, ())]
                room.now_state, room.now_text = (
                    ("closed", self.env._("Closed today"))
                    if key in closed
                    else room._now(hour, taken, parts)
                )

    def _now(self, hour, taken, shut):
        """Say whether the room is free at an hour of today, and until when.

        :param taken: (hour from, hour to) of the bookings of today
        :param shut: the same, of its closures
        :return: (value of ``now_state``, text)
        """
        self.ensure_one()
        if hour < self.open_from:
            return "closed", self.env._("Opens at %s", hour_text(self.open_from))
        until = end_of_row(hour, shut)
        if hour >= self.open_to or until >= self.open_to:
            return "closed", self.env._("Closed for today")
        if until > hour:
            return "closed", self.env._("Closed until %s", hour_text(until))
        until = end_of_row(hour, taken)
        if until > hour:
            return "taken", self.env._("Taken until %s", hour_text(until))
        following = [begin for begin, _end in (*taken, *shut) if begin > hour]
        if following:
            return "free", self.env._("Free until %s", hour_text(min(following)))
        return "free", self.env._("Free now")

    def _compute_upcoming_count(self):
        now = fields.Datetime.now()
        counts = dict(
            self.env["amss.room.booking"]._read_group(
                Domain("room_id", "in", self.ids)
                & Domain("state", "in", OCCUPYING)
                # looked up by the index of days; somewhere it is yesterday still
                & Domain("date", ">=", now.date() - timedelta(days=1))
                & Domain("stop", ">", now),
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
            "context": {
                "default_resource_id": self.resource_id.id,
                "amss_room_closure": 1,
            },
        }
