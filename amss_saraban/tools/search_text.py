# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a registrar types into the one search box, made ready for matching.

Pure functions, no database.
"""

from odoo.addons.amss_base.tools.thai import to_arabic_digits, to_thai_digits

#: the word before a letter number on paper: ``ที่ ศธ 04049/508``
NUMBER_WORD = "ที่ "
#: no register of one year comes near it; longer digits are part of something else
MOST_DIGITS = 7


def variants(text):
    """Return the texts that mean what was typed, in either sort of digits.

    :param str text: as typed, such as ``ที่ ศธ ๐๔๐๔๙/ว๕๐๘``
    :return: list of one or two texts, empty when nothing was typed
    """
    text = " ".join((text or "").split()).removeprefix(NUMBER_WORD)
    if not text:
        return []
    return list(dict.fromkeys([to_arabic_digits(text), to_thai_digits(text)]))


def register_number(text):
    """Return the register number that was typed, or ``None``."""
    digits = to_arabic_digits((text or "").strip())
    if digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS:
        return int(digits)
    return None
