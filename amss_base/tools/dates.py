# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Dates inside texts, as the reader writes them."""

from odoo.tools import format_date

from . import thai


def short_date(env, day):
    """Return a date in the reader's language, in the Buddhist era if that is Thai.

    :param env: environment with the reader's language
    :param day: date, or nothing
    :return: such as ``3 ก.พ. 2569``; empty without a date
    """
    if not day:
        return ""
    if (env.lang or "").startswith("th"):
        return thai.format_thai_date(day, short=True)
    return format_date(env, day)
