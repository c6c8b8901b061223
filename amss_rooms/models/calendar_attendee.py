# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class CalendarAttendee(models.Model):
    _inherit = "calendar.attendee"

    def _compute_mail_tz(self):
        """Guests whose time zone nobody knows read the organizer's time, not UTC."""
        result = super()._compute_mail_tz()
        for attendee in self.filtered(lambda one: not one.mail_tz):
            attendee.mail_tz = attendee.event_id.user_id.tz
        return result
