# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Months as the public pages name them: ``2566-06``, in the Buddhist era."""

import re
from datetime import date

from babel.dates import format_date

from odoo.addons.amss_base.tools import thai

#: no room was booked in such a system before; what is dated earlier is a slip
FIRST_YEAR = 2000
#: years ahead that can be looked at
YEARS_AHEAD = 10
_KEY = re.compile(r"(\d{4})-(\d{1,2})")


def is_likely_year(year, today):
    """Tell whether a booking can be in a year: none in B.E. 543, as S3's page has it.

    :param int year: Gregorian
    :param date today: local
    """
    return FIRST_YEAR <= year <= today.year + YEARS_AHEAD


def month_key(first):
    """``2566-06`` for a day of June 2023."""
    return f"{thai.buddhist_year(first):04}-{first.month:02}"


def parse_month_key(text, today):
    """Give the first day of the month that an address names.

    :param str text: such as ``2566-06``; also ``2023-06``, ``2566-6``, ``๒๕๖๖-๐๖``
    :param date today: local
    :raise ValueError: no month, or none that can be looked at
    """
    match = _KEY.fullmatch(thai.to_arabic_digits(text))
    if not match:
        raise ValueError(f"{text!r} is no month such as 2566-06")
    first = date(thai.gregorian_year(int(match[1])), int(match[2]), 1)
    if not is_likely_year(first.year, today):
        raise ValueError(f"{text!r} is too far from today")
    return first


def years_to_show(counts, today):
    """Give the years of the table, newest first: from the first booking to the last,
    and always the current one.

    :param counts: (Gregorian year, month) of bookings
    :param date today: local
    :rtype: list
    """
    years = {year for year, _month in counts if is_likely_year(year, today)}
    years.add(today.year)
    return list(range(max(years), min(years) - 1, -1))


def month_names(env, short=True):
    """The names of the twelve months in the reader's language."""
    if (env.lang or "").startswith("th"):
        return list(thai.MONTHS_SHORT if short else thai.MONTHS)
    return [
        format_date(
            date(2000, month, 1), "LLL" if short else "LLLL", locale=env.lang or "en_US"
        )
        for month in range(1, 13)
    ]
