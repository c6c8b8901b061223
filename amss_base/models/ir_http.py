# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import get_lang


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Tell the web client whether the user's language shows Buddhist years."""
        info = super().session_info()
        lang = get_lang(self.env, info["user_context"].get("lang"))
        info["buddhist_era"] = lang.buddhist_era
        return info

    def get_frontend_session_info(self):
        """The same for the portal, by the language of the page."""
        info = super().get_frontend_session_info()
        info["buddhist_era"] = get_lang(self.env).buddhist_era
        return info
