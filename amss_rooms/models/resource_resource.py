# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResourceResource(models.Model):
    _inherit = "resource.resource"

    amss_room_ids = fields.One2many("amss.room", "resource_id", string="Meeting Room")
