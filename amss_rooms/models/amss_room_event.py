# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from odoo.addons.amss_base.tools import guard

from .amss_room_booking import OCCUPYING


class AmssRoom(models.Model):
    _inherit = "amss.room"

    def write(self, vals):
        """Meetings that are still to come name the room as it is called now."""
        result = super().write(vals)
        if {"name", "location"} & vals.keys():
            self._rename_in_meetings()
        return result

    def _rename_in_meetings(self):
        # sudo: who may write the room; the places of its meetings follow
        bookings = self.env["amss.room.booking"].sudo()
        coming = bookings.search(
            [
                ("room_id", "in", self.ids),
                ("event_id", "!=", False),
                ("stop", ">", fields.Datetime.now()),
            ]
        )
        together = bookings.search(
            [("event_id", "in", coming.event_id.ids), ("state", "in", OCCUPYING)]
        )
        for event, booked in together.grouped("event_id").items():
            guard.stepping(event).location = booked._place_of_meeting()
