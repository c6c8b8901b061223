# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    amss_file_types = fields.Char(related="company_id.amss_file_types", readonly=False)
    amss_file_megabytes = fields.Integer(
        related="company_id.amss_file_megabytes", readonly=False
    )
    amss_unit_may_issue = fields.Boolean(
        related="company_id.amss_unit_may_issue", readonly=False
    )
