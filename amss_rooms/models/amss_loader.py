# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from ..loader import BookingsHandler, RoomsHandler


class AmssLoader(models.AbstractModel):
    _inherit = "amss.loader"

    @api.model
    def _handlers(self):
        """Load rooms and their bookings after the office and its people."""
        return [*super()._handlers(), RoomsHandler, BookingsHandler]

    @api.model
    def _role_groups(self):
        """Give the role of who looks after all rooms its security group."""
        return super()._role_groups() | {
            "rooms_administrator": ["amss_rooms.group_rooms_admin"]
        }

    @api.model
    def _office_groups(self):
        """Let all who work in the office book rooms."""
        return [*super()._office_groups(), "amss_rooms.group_rooms_user"]
