# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What stands against a booking that can be had all the same."""

from odoo import api, fields, models

from .amss_room import ADMINISTRATOR


class AmssRoom(models.Model):
    _inherit = "amss.room"

    def _warnings(self, headcount, layout, equipment):
        """Say what the room lacks for who asks for it all the same.

        :param int headcount: of people
        :param layout: the one wanted, or none
        :param equipment: what is wanted
        :return: text, a line for each; empty where nothing is missing
        """
        self.ensure_one()
        found = [
            self._seats_problem(headcount, layout),
            self._equipment_problem(equipment),
            self._decider_problem(),
        ]
        return "\n".join(filter(None, found))

    def _decider_problem(self):
        """Say that nobody decides about requests for the room."""
        self.ensure_one()
        if not self.needs_approval or self.is_kept:
            return None
        # sudo: whether there is somebody, for people who may not read users
        if self.sudo().keeper_ids or any(
            self.company_id in user.company_ids
            for user in self.env.ref(ADMINISTRATOR).sudo().all_user_ids
            if user.active
        ):
            return None
        return self.env._(
            "Nobody decides about %s: no keeper is named. Ask the office's "
            "administrator to name one, or choose another room.",
            self.name,
        )


class AmssRoomBooking(models.Model):
    _inherit = "amss.room.booking"

    warning = fields.Text(
        compute="_compute_warning", help="What the room lacks for this booking."
    )

    @api.depends("room_id", "headcount", "layout_id", "equipment_ids", "state")
    def _compute_warning(self):
        for booking in self:
            awaited = booking.state in ("requested", "approved")
            booking.warning = (
                booking.room_id
                and awaited
                and booking.room_id._origin._warnings(
                    booking.headcount,
                    booking.layout_id._origin,
                    booking.equipment_ids._origin,
                )
            )
