# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import AccessError

from .amss_room import ADMINISTRATOR


class ResourceCalendarLeaves(models.Model):
    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._check_room_closures()
        return leaves

    def write(self, vals):
        self._check_room_closures()
        result = super().write(vals)
        self._check_room_closures()
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
