# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class AmssRoomLayout(models.Model):
    """A way in which the seats of one room can stand, with how many there are then."""

    _name = "amss.room.layout"
    _description = "Room Layout"
    _order = "room_id, sequence, id"

    room_id = fields.Many2one(
        "amss.room", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(string="Layout", required=True, translate=True)
    sequence = fields.Integer(default=10)
    capacity = fields.Integer(string="Seats")

    _capacity_not_negative = models.Constraint(
        "CHECK (capacity >= 0)", "A layout cannot have fewer than no seats."
    )

    @api.depends("name", "capacity")
    def _compute_display_name(self):
        for layout in self:
            layout.display_name = (
                self.env._(
                    "%(layout)s (%(count)s seats)",
                    layout=layout.name,
                    count=layout.capacity,
                )
                if layout.capacity
                else layout.name
            )
