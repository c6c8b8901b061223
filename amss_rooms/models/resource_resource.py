# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResourceResource(models.Model):
    _inherit = "resource.resource"

    # for who may read rooms: others read resources all the same
    amss_room_ids = fields.One2many(
        "amss.room",
        "resource_id",
        string="Meeting Room",
        groups="amss_rooms.group_rooms_user",
    )
