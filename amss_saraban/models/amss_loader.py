# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from ..loader import ReceivedRegisterHandler, RegistersHandler, SentRegisterHandler


class AmssLoader(models.AbstractModel):
    _inherit = "amss.loader"

    @api.model
    def _handlers(self):
        """Load registers and their lines after the office and its people."""
        return [
            *super()._handlers(),
            RegistersHandler,
            SentRegisterHandler,
            ReceivedRegisterHandler,
        ]

    @api.model
    def _role_groups(self):
        """Give the roles of correspondence work their security groups."""
        return super()._role_groups() | {
            "staff": ["amss_saraban.group_saraban_staff"],
            "group_registrar": ["amss_saraban.group_saraban_unit"],
            "central_registrar": ["amss_saraban.group_saraban_central"],
            "director": ["amss_saraban.group_saraban_director"],
            "school_registrar": ["amss_saraban.group_school_registrar"],
        }
