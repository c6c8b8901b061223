# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An approved booking is a meeting in Odoo's calendar."""

from odoo import models


class AmssRoomBooking(models.Model):
    _inherit = "amss.room.booking"

    def _update_events(self, names=None):
        """Make and move the meetings of approved bookings.

        :param names: the fields of the bookings that have changed; all if left out
        """

    def _remove_events(self):
        """Take the meetings of bookings that are over before they began away."""
