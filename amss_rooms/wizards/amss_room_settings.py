# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..models.amss_room import ADMINISTRATOR


class AmssRoomSettings(models.TransientModel):
    """The settings of meeting rooms, for the rooms' administrator."""

    _name = "amss.room.settings"
    _inherit = "amss.office.settings"
    _description = "Settings of Meeting Rooms"
    _administrators = ADMINISTRATOR

    amss_morning_from = fields.Float(string="Morning from", required=True)
    amss_morning_to = fields.Float(string="Morning to", required=True)
    amss_afternoon_from = fields.Float(string="Afternoon from", required=True)
    amss_afternoon_to = fields.Float(string="Afternoon to", required=True)
    amss_rooms_public = fields.Boolean(string="Public room timetable")
