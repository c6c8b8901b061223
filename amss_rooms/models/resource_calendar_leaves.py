# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..tools.when import to_utc
from .amss_room import ADMINISTRATOR

#: what says which bookings a closure falls on
TOUCHING = {"date_from", "date_to", "resource_id", "company_id", "calendar_id"}
#: bookings that the warning names
MOST_NAMED = 10


class ResourceCalendarLeaves(models.Model):
    _inherit = "resource.calendar.leaves"

    @api.model
    def default_get(self, fields):
        """A closure is for whole days of the office, from today on."""
        values = super().default_get(fields)
        if self.env.context.get("amss_room_closure"):
            zone = self.env.company.partner_id._agency_timezone()
            today = self.env.company.partner_id._agency_now().date()
            values["date_from"] = to_utc(today, 0, zone)
            values["date_to"] = to_utc(today, 24, zone) - timedelta(seconds=1)
        return values

    @api.depends("resource_id")
    def _compute_company_id(self):
        """A closure is of the room's office, from whichever office it is entered."""
        res = super()._compute_company_id()
        for leave in self:
            if not leave.calendar_id and leave.resource_id.company_id:
                leave.company_id = leave.resource_id.company_id
        return res

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._check_room_closures()
        leaves._tell_bookings_touched()
        return leaves

    def write(self, vals):
        self._check_room_closures()
        result = super().write(vals)
        self._check_room_closures()
        if TOUCHING & vals.keys():
            self._tell_bookings_touched()
        return result

    def unlink(self):
        self._check_room_closures()
        return super().unlink()

    def _check_room_closures(self):
        """Leave closures of rooms to the rooms' administrators.

        Odoo lets all staff enter time off of resources that are no people.

        :raise AccessError: naming the room
        """
        if self.env.su or self.env.user.has_group(ADMINISTRATOR):
            return
        # sudo: whether a resource is a room's, for people who may not read rooms
        rooms = (
            self.env["amss.room"]
            .sudo()
            .with_context(active_test=False)
            .search([("resource_id", "in", self.resource_id.ids)])
        )
        if rooms:
            raise AccessError(
                self.env._(
                    "When %s is closed is set by the administrator of the rooms.",
                    ", ".join(rooms.mapped("name")),
                )
            )

    def _bookings_touched(self):
        """Give the bookings to come whose rooms are closed by this time off.

        Closures stand all the same: a burst pipe asks nobody. Whoever enters one sees
        what has to be moved or cancelled.

        :return: ``amss.room.booking`` records that the user may read
        """
        bookings = self.env["amss.room.booking"]
        holidays = self.filtered_domain(self.company_id._amss_holidays())
        domain = Domain.OR(
            Domain("start", "<", leave.date_to)
            & Domain("stop", ">", leave.date_from)
            & (
                Domain("room_id.resource_id", "=", leave.resource_id.id)
                if leave.resource_id
                else Domain("company_id", "=", leave.company_id.id)
            )
            for leave in self.filtered("resource_id") | holidays
        )
        return bookings.search(
            domain
            & Domain("state", "in", ("requested", "approved"))
            & Domain("stop", ">", fields.Datetime.now()),
            order="start",
        )

    def _tell_bookings_touched(self):
        """Show who entered a closure which bookings it falls on."""
        if not self.env.user.has_group(ADMINISTRATOR) or not self:
            return
        touched = self._bookings_touched()
        if touched:
            lines = touched[:MOST_NAMED].mapped("display_name")
            if len(touched) > MOST_NAMED:
                lines.append("…")
            self.env.user._bus_send(
                "simple_notification",
                {
                    "type": "warning",
                    "sticky": True,
                    "title": self.env._(
                        "%s bookings fall on this closure. Move or cancel them.",
                        len(touched),
                    ),
                    "message": "\n".join(lines),
                },
            )
