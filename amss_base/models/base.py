# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import get_lang

from ..tools.thai import buddhist_label

# Granularities whose labels end with a year
GRANULARITIES_WITH_YEAR = ("day", "week", "month", "quarter", "year")


class Base(models.AbstractModel):
    _inherit = "base"

    def _web_read_group_groupby_formatter(self, groupby_spec, values):
        """Label groups of dates with the Buddhist year, such as มีนาคม 2569, where
        the language has it switched on."""
        formatter = super()._web_read_group_groupby_formatter(groupby_spec, values)
        field_name, __, granularity = groupby_spec.partition(":")
        field = self._fields.get(field_name)
        if (
            granularity not in GRANULARITIES_WITH_YEAR
            or not field
            or field.type not in ("date", "datetime")
            or not get_lang(self.env).buddhist_era
        ):
            return formatter

        def buddhist_formatter(value):
            result, domain = formatter(value)
            if result:
                start, label = result
                result = (start, buddhist_label(label))
            return result, domain

        return buddhist_formatter
