# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a registrar types into the one search box, made ready for matching.

Pure functions, no database.
"""

import re

from odoo.addons.amss_base.tools.thai import to_arabic_digits, to_thai_digits

from .number_format import CIRCULAR_MARK

#: the word before a letter number on paper: ``ที่ ศธ 04049/508``
NUMBER_WORD = "ที่ "
#: a letter number as typed, with or without the space and the mark of circulars
LETTER_NUMBER = re.compile(r"([ก-ฮ.]+) ?([\d.]+)/(\d+)")
#: no register of one year comes near it; longer digits are part of something else
MOST_DIGITS = 7


def variants(text):
    """Return the texts that mean what was typed, in either sort of digits.

    A letter number is found whether or not ว is typed: nobody remembers which of
    their letters were circulars.

    :param str text: as typed, such as ``ที่ ศธ ๐๔๐๔๙/๕๐๘``
    :return: list of texts, empty when nothing was typed
    """
    text = to_arabic_digits(" ".join((text or "").split()).removeprefix(NUMBER_WORD))
    if not text:
        return []
    texts = [text]
    if match := LETTER_NUMBER.fullmatch(text):
        letters, prefix, number = match.groups()
        texts = [f"{letters} {prefix}/{mark}{number}" for mark in ("", CIRCULAR_MARK)]
    return list(dict.fromkeys([*texts, *map(to_thai_digits, texts)]))


def register_number(text):
    """Return the register number that was typed, or ``None``."""
    digits = to_arabic_digits((text or "").strip())
    if digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS:
        return int(digits)
    return None
