# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bookings as calendars that other programs subscribe to."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.ics import Entry
from .amss_room_booking import OCCUPYING

DAYS_BACK = 90
DAYS_AHEAD = 400


class AmssRoomBooking(models.Model):
    _inherit = "amss.room.booking"

    @api.model
    def _feed_entries(self, domain, own=False):
        """Give the bookings of a domain that hold their rooms about now.

        :param domain: which of them; ninety days back to four hundred ahead
        :param bool own: with what only the requester and the office are to see
        :return: list of ``tools.ics.Entry``
        """
        now = fields.Datetime.now()
        bookings = self.search(
            Domain(domain)
            & Domain("state", "in", OCCUPYING)
            & Domain("start", ">=", now - timedelta(days=DAYS_BACK))
            & Domain("start", "<", now + timedelta(days=DAYS_AHEAD)),
            order="start, id",
        )
        host = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        base = self.get_base_url()
        return [booking._feed_entry(host, base, own) for booking in bookings]

    def _feed_entry(self, host, base, own):
        self.ensure_one()
        return Entry(
            uid=f"room-booking-{self.id}@{host}",
            start=self.start,
            stop=self.stop,
            summary=self.name,
            location=self._place_of_meeting(),
            description=self._feed_description(own),
            url=f"{base}/odoo/{self._name}/{self.id}",
            is_certain=self.state != "requested",
            created=self.create_date,
            changed=self.write_date,
        )

    def _feed_description(self, own):
        """Say who meets; never whom to call, unless it is one's own booking."""
        said = [
            (self.env._("Group"), self.department_id.name),
            (self.env._("People"), self.headcount),
        ]
        if own:
            coordinator = filter(None, (self.coordinator, self.phone))
            said += [
                (self.env._("Chaired by"), self.chair),
                (self.env._("Coordinator"), " ".join(coordinator)),
            ]
        if self.state == "requested":
            said.append((self.env._("State"), self._state_label()))
        return "\n".join(f"{label}: {value}" for label, value in said if value)
