# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, api, fields, models

from ..tools.when import Asked


class AmssRoomFind(models.TransientModel):
    """The dialog that finds a free room by day, time of day, people and equipment."""

    _name = "amss.room.find"
    _inherit = "amss.room.hours"
    _description = "Find a Free Room"

    date = fields.Date(
        required=True,
        default=lambda self: self.env["amss.room.booking"]._default_date(),
    )
    headcount = fields.Integer(string="People")
    equipment_ids = fields.Many2many("amss.room.equipment", string="Equipment")
    free_room_ids = fields.Many2many(
        "amss.room",
        string="Free Rooms",
        compute="_compute_rooms",
        store=True,
    )
    line_ids = fields.One2many(
        "amss.room.find.line",
        "find_id",
        string="Other Rooms",
        compute="_compute_rooms",
        store=True,
    )
    obstacle = fields.Char(compute="_compute_obstacle")

    @api.depends("slot", "hour_from", "hour_to")
    def _compute_obstacle(self):
        for dialog in self:
            dialog.obstacle = dialog._obstacle_of_hours()

    @api.depends("date", "slot", "hour_from", "hour_to", "headcount", "equipment_ids")
    def _compute_rooms(self):
        for dialog in self:
            reasons = dialog._reasons()
            # the smallest that fits first, as long as the dialog is open
            dialog.free_room_ids = self.env["amss.room"].browse(
                room.id for room, reason in reasons.items() if not reason
            )
            dialog.line_ids = [Command.clear()] + [
                Command.create({"room_id": room.id, "reason": reason})
                for room, reason in reasons.items()
                if reason
            ]

    def _reasons(self):
        """Say of each room of the office why it cannot be had.

        :return: dict of texts by room, ``None`` where it can be had; empty while the
            time itself makes no sense
        """
        self.ensure_one()
        if not self.date or self._obstacle_of_hours():
            return {}
        asked = Asked(
            self.date, *self._hours(), self.headcount, self.equipment_ids._origin
        )
        [reasons] = self.env["amss.room"]._reasons_for(self.company_id, [asked])
        return reasons


class AmssRoomFindLine(models.TransientModel):
    """A room that cannot be had, and why."""

    _name = "amss.room.find.line"
    _description = "Room That Is Not Free"

    find_id = fields.Many2one("amss.room.find", required=True, ondelete="cascade")
    room_id = fields.Many2one("amss.room", required=True, ondelete="cascade")
    reason = fields.Char()
