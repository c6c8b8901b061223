# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import get_lang


class MailRenderMixin(models.AbstractModel):
    _inherit = "mail.render.mixin"

    @api.model
    def _render_eval_context(self):
        """``format_date`` and ``format_datetime`` in the templates of e-mails show
        the Buddhist year where the language of the reader has it switched on."""
        context = super()._render_eval_context()
        gregorian_date = context["format_date"]
        gregorian_datetime = context["format_datetime"]

        def format_date(date, date_format=False, lang_code=False):
            lang = get_lang(self.env, lang_code)
            if not lang.buddhist_era:
                return gregorian_date(date, date_format, lang_code)
            converter = self.env["ir.qweb.field.date"].with_context(lang=lang.code)
            return converter.value_to_html(date, {"format": date_format})

        def format_datetime(dt, tz=False, dt_format=False, lang_code=False):
            lang = get_lang(self.env, lang_code)
            if not lang.buddhist_era:
                return gregorian_datetime(dt, tz, dt_format, lang_code)
            converter = self.env["ir.qweb.field.datetime"].with_context(lang=lang.code)
            options = {"tz_name": tz or self.env.user.tz or "UTC"}
            if dt_format:
                options["format"] = dt_format
            return converter.value_to_html(dt, options)

        return {
            **context,
            "format_date": format_date,
            "format_datetime": format_datetime,
        }
