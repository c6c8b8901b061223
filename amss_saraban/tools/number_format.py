# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The text of a letter number, made from a register's format.

Pure functions, no database.
"""

import string

from odoo.addons.amss_base.tools.thai import to_thai_digits

#: what may stand in braces: the agency's prefix (ศธ 04049), ว for circulars
#: (ข้อ 32), the register number and the Buddhist year
PLACEHOLDERS = ("prefix", "circular", "number", "year")
CIRCULAR_MARK = "ว"


def check(number_format, own_circulars=False):
    """Raise ``ValueError`` unless the format can make unique letter numbers.

    :param bool own_circulars: circulars have a series of their own, so that only the
        mark tells ว1 from 1
    """
    parts = list(string.Formatter().parse(number_format))
    if any(spec or conversion for _text, _field, spec, conversion in parts):
        raise ValueError("only names may stand in braces")
    fields = [field for _text, field, _spec, _conversion in parts if field is not None]
    unknown = [field for field in fields if field not in PLACEHOLDERS]
    if unknown:
        raise ValueError(f"unknown placeholder {{{unknown[0]}}}")
    if fields.count("number") != 1:
        raise ValueError("{number} has to stand exactly once")
    if own_circulars and "circular" not in fields:
        raise ValueError("{circular} has to stand in it")
    number_format.format_map(dict.fromkeys(PLACEHOLDERS, 1))


def render(number_format, *, prefix, number, year, circular=False, thai_digits=False):
    """Return the letter number, as ``ศธ 04049/ว508``.

    :param str number_format: as ``{prefix}/{circular}{number}``
    :param str prefix: the agency's letter prefix; may be empty
    :param int number: the register number
    :param int year: Buddhist year
    :param bool circular: put ว before the number (ข้อ 32)
    :param bool thai_digits: write ๕๐๘ instead of 508
    """
    text = number_format.format(
        prefix=prefix or "",
        circular=CIRCULAR_MARK if circular else "",
        number=number,
        year=year,
    ).strip()
    return to_thai_digits(text) if thai_digits else text
