# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The 13-digit Thai citizen ID as people type it: pure functions, no database."""

import re

from stdnum.exceptions import ValidationError as StdnumError
from stdnum.th import pin

from .thai import to_arabic_digits

LENGTH = 13
# blanks, invisible characters and the hyphens and dashes of phones and Word
SEPARATORS = re.compile(r"[\s\u00ad\u200b-\u200d\u2010-\u2015\u2212\u2060\ufeff-]")


def compact(text):
    """Strip what people put between the digits, and make the digits Arabic.

    :param str text: e.g. ``๑-๒๓๔๕-๖๗๘๙๐-๑๒-๑``
    :return: e.g. ``1234567890121``; not checked
    :rtype: str
    """
    return SEPARATORS.sub("", to_arabic_digits(text or ""))


def is_thirteen_digits(text):
    """Tell whether the text can only be meant as a citizen ID.

    :param str text: as typed
    :rtype: bool
    """
    number = compact(text)
    return len(number) == LENGTH and number.isascii() and number.isdigit()


def parse(text):
    """Read a citizen ID.

    :param str text: as typed, in Thai or Arabic digits, with dashes or blanks
    :return: the 13 digits
    :rtype: str
    :raise ValueError: when there are not 13 digits, or the last one, which is
        calculated from the others, does not fit
    """
    number = compact(text)
    if not is_thirteen_digits(number):
        raise ValueError("not 13 digits")
    try:
        return pin.validate(number)
    except StdnumError as error:
        raise ValueError("wrong check digit") from error
