# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResLang(models.Model):
    _inherit = "res.lang"

    buddhist_era = fields.Boolean(
        help="Show dates with the year of the Buddhist era (2569 for 2026) and accept "
        "both when typed: a year above 2400 is Buddhist. Stored dates do not change.",
    )

    @property
    def CACHED_FIELDS(self):
        """The switch is asked for on every page and every printed date."""
        return super().CACHED_FIELDS | {"buddhist_era"}
