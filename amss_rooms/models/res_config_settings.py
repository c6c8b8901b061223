# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    amss_morning_from = fields.Float(
        related="company_id.amss_morning_from", readonly=False
    )
    amss_morning_to = fields.Float(related="company_id.amss_morning_to", readonly=False)
    amss_afternoon_from = fields.Float(
        related="company_id.amss_afternoon_from", readonly=False
    )
    amss_afternoon_to = fields.Float(
        related="company_id.amss_afternoon_to", readonly=False
    )
    amss_rooms_public = fields.Boolean(
        related="company_id.amss_rooms_public", readonly=False
    )
