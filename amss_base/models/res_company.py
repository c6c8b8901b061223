# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_agency(self):
        """Give the partner that is this hosting office as an agency.

        :return: ``res.partner`` record
        """
        self.ensure_one()
        return self.partner_id
