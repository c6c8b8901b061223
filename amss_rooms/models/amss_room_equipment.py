# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class AmssRoomEquipment(models.Model):
    """A thing that rooms have and bookings ask for, such as a projector."""

    _name = "amss.room.equipment"
    _description = "Room Equipment"
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()

    _name_uniq = models.Constraint(
        "UNIQUE (name)", "There is equipment of this name already."
    )
