# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Dates with the Buddhist year on printed forms, portal pages and in e-mails.

``t-field`` and ``t-out`` with ``t-options='{"widget": "date"}'`` show the year as the
language of the reader has it; a pattern in ``format`` is kept.
"""

from datetime import datetime

from babel.dates import get_date_format, get_datetime_format, get_time_format

from odoo import api, fields, models
from odoo.tools import get_lang, posix_to_ldml
from odoo.tools.misc import babel_locale_parse

from ..tools.thai import buddhist_pattern

NAMED_FORMATS = ("full", "long", "medium", "short")


class IrQwebFieldDate(models.AbstractModel):
    _inherit = "ir.qweb.field.date"

    @api.model
    def value_to_html(self, value, options):
        """Format a date, a moment or the text of either as Odoo does, with the
        Buddhist year where the language has it switched on."""
        lang = get_lang(self.env)
        if not lang.buddhist_era or not value:
            return super().value_to_html(value, options)
        if isinstance(value, str):
            to_value = fields.Date if len(value) <= 10 else fields.Datetime
            value = to_value.from_string(value)
        if isinstance(value, datetime) and not value.tzinfo:
            value = fields.Datetime.context_timestamp(self, value)
        locale = babel_locale_parse(lang.code)
        pattern = options.get("format") or posix_to_ldml(lang.date_format, locale)
        if pattern in NAMED_FORMATS:
            pattern = get_date_format(pattern, locale).pattern
        options = dict(options, format=buddhist_pattern(pattern, value.year))
        return super().value_to_html(value, options)


class IrQwebFieldDatetime(models.AbstractModel):
    _inherit = "ir.qweb.field.datetime"

    @api.model
    def value_to_html(self, value, options):
        """Format a moment as Odoo does, with the Buddhist year of its local date
        where the language has it switched on."""
        lang = get_lang(self.env)
        if not lang.buddhist_era or not value or options.get("time_only"):
            return super().value_to_html(value, options)
        if isinstance(value, str):
            value = fields.Datetime.from_string(value)
        model = self
        if options.get("tz_name"):
            model = self.with_context(tz=options["tz_name"])
        year = fields.Datetime.context_timestamp(model, value).year
        pattern = self._datetime_pattern(lang, options)
        options = dict(options, format=buddhist_pattern(pattern, year))
        return super().value_to_html(value, options)

    @api.model
    def _datetime_pattern(self, lang, options):
        """The LDML pattern that Odoo would use; named formats written out."""
        locale = babel_locale_parse(lang.code)
        pattern = options.get("format")
        if pattern in NAMED_FORMATS:
            if options.get("date_only"):
                return get_date_format(pattern, locale).pattern
            return (
                get_datetime_format(pattern, locale=locale)
                .replace("'", "")
                .replace("{0}", get_time_format(pattern, locale).pattern)
                .replace("{1}", get_date_format(pattern, locale).pattern)
            )
        if pattern:
            return pattern
        if options.get("date_only"):
            return posix_to_ldml(lang.date_format, locale)
        return posix_to_ldml(f"{lang.date_format} {lang.time_format}", locale)
