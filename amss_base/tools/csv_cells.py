# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How one cell of an office's CSV file is read: a function from text to value.

Each function takes the cleaned, non-empty text of a cell and returns the value, or
raises :class:`~.csv_set.CellError` with the remedy.
"""

import datetime
import re

from odoo.tools.mail import email_normalize
from odoo.tools.translate import LazyTranslate

from . import citizen_id as citizen_ids
from . import thai
from .csv_set import CellError

# pylint: disable=prefer-env-translation
# There is no environment here: whoever prints a message translates it.
_lt = LazyTranslate(__name__)

YES = frozenset(("1", "yes", "y", "true", "x", "✓", "/", "ใช่", "จริง"))
NO = frozenset(("0", "no", "n", "false", "-", "ไม่", "ไม่ใช่", "เท็จ"))
LIST_SEPARATOR = "|"
MIN_PASSWORD_LENGTH = 8
# Beyond this a year or a number is a slip of the keyboard.
YEAR_RANGE = range(2400, 2701)
MAX_NUMBER = 10_000_000


def text(cell: str) -> str:
    """Read a text of one line."""
    return thai.normalize_text(cell)


def long_text(cell: str) -> str:
    """Read a text that may have several lines."""
    return "\n".join(thai.normalize_text(line) for line in cell.splitlines())


def words(cell: str) -> tuple[str, ...]:
    """Read a list of names separated by ``|``, each once, in the order written."""
    names = (thai.normalize_text(name) for name in cell.split(LIST_SEPARATOR))
    return tuple(dict.fromkeys(name for name in names if name))


def number(cell: str) -> int:
    """Read a whole number of at least 1, in Arabic or Thai digits."""
    return _whole_number(cell, 1)


def count(cell: str) -> int:
    """Read a whole number of at least 0, in Arabic or Thai digits."""
    return _whole_number(cell, 0)


def _whole_number(cell: str, least: int) -> int:
    digits = thai.to_arabic_digits(thai.normalize_text(cell)).replace(",", "")
    digits = re.sub(r"\.0+$", "", digits)
    if not (
        digits.isascii() and digits.isdigit() and least <= int(digits) < MAX_NUMBER
    ):
        raise CellError(
            _lt(
                "“%(cell)s” is not a whole number from %(least)s on. Correct it.",
                cell=cell,
                least=least,
            )
        )
    return int(digits)


def buddhist_year(cell: str) -> int:
    """Read a Buddhist year."""
    digits = thai.to_arabic_digits(thai.normalize_text(cell))
    digits = re.sub(r"^พ\.?\s?ศ\.?\s*", "", digits)
    if not (digits.isascii() and digits.isdigit() and int(digits) in YEAR_RANGE):
        raise CellError(
            _lt(
                "“%(cell)s” is not a Buddhist year. Write it with four digits, such as "
                "2569.",
                cell=cell,
            )
        )
    return int(digits)


def date(cell: str):
    """Read a date as Thai offices write it; the years 2561 and 2018 mean the same."""
    try:
        value = thai.parse_thai_date(thai.normalize_text(cell))
    except ValueError as error:
        raise CellError(
            _lt(
                "“%(cell)s” is not a date. Write it like 31 ม.ค. 2561, 31/01/2561 or "
                "2561-01-31.",
                cell=cell,
            )
        ) from error
    return value


def boolean(cell: str) -> bool:
    """Read ใช่ or ไม่ใช่ (yes or no)."""
    word = thai.normalize_text(cell).casefold()
    if word not in YES | NO:
        raise CellError(
            _lt("“%(cell)s” is neither ใช่ (yes) nor ไม่ใช่ (no). Write one.", cell=cell)
        )
    return word in YES


def choice(options: dict[str, tuple[str, ...]]):
    """Return a reader for one of ``options``: value → the words that mean it."""
    values = {value.casefold(): value for value in options}
    for value, names in options.items():
        values.update((_loose(name), value) for name in names)

    def read(cell: str) -> str:
        value = values.get(_loose(cell))
        if value is None:
            raise CellError(
                _lt(
                    "“%(cell)s” is unknown. Write one of: %(options)s.",
                    cell=cell,
                    options=" · ".join(
                        next(iter(names), value) for value, names in options.items()
                    ),
                )
            )
        return value

    return read


def choices(options: dict[str, tuple[str, ...]]):
    """Return a reader for several of ``options``, separated by ``|``, each once."""
    read_one = choice(options)

    def read(cell: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(read_one, words(cell) or (cell,))))

    return read


def _loose(name: str) -> str:
    """Return ``name`` without spaces and full stops, for comparing typed words."""
    return re.sub(r"[\s.]+", "", name).casefold()


def email(cell: str) -> str:
    """Read one e-mail address."""
    address = email_normalize(cell)
    if not address or "." not in address.rpartition("@")[2]:
        raise CellError(
            _lt("“%(cell)s” is not one e-mail address. Correct it.", cell=cell)
        )
    return address


def citizen_id(cell: str) -> str:
    """Read a 13-digit citizen ID, with or without hyphens, and check its last digit.

    The message does not repeat the number: it must not end up in logs.
    """
    digits = thai.to_arabic_digits(thai.normalize_text(cell))
    if re.fullmatch(r"[\d.]+[eE]\+?\d+", digits):
        raise CellError(
            _lt(
                "the spreadsheet program has shortened the citizen ID and lost digits. "
                "Format the column as text, then type the ID again."
            )
        )
    try:
        return citizen_ids.parse(digits)
    except ValueError as error:
        raise CellError(
            _lt(
                "this is not a citizen ID: it must have 13 digits, and the last one "
                "must fit the others. Compare it with the card."
            )
        ) from error


def password(cell: str) -> str:
    """Read a first password."""
    if len(cell) < MIN_PASSWORD_LENGTH:
        raise CellError(
            _lt(
                "the password is too short. Give at least %(length)s characters.",
                length=MIN_PASSWORD_LENGTH,
            )
        )
    return cell


def login(cell: str) -> str:
    """Read a user name: no spaces, stored in lower case as it is compared."""
    name = cell.lower()
    if not re.fullmatch(r"[\w.@+-]+", name):
        raise CellError(
            _lt(
                "a user name has only letters, digits and the signs . _ - + @. Correct "
                "“%(cell)s”.",
                cell=cell,
            )
        )
    return name


def code(cell: str) -> str:
    """Read an agency code the way it is stored: Arabic digits, capitals, no spaces."""
    return re.sub(r"\s", "", thai.to_arabic_digits(cell)).upper()


def letter_prefix(cell: str) -> str:
    """Read a letter prefix such as ``ศธ 04049``, with Arabic digits, without ที่."""
    return thai.to_arabic_digits(letter_number(cell))


def letter_number(cell: str) -> str:
    """Read a letter number as it is stored: one line, without the word ที่ before."""
    return re.sub(r"^ที่\s+", "", thai.normalize_text(cell))


def clock_time(cell: str):
    """Read a time of day such as ``09:30``, ``9.30 น.`` or ``๐๙.๓๐``."""
    digits = thai.to_arabic_digits(thai.normalize_text(cell))
    match = re.fullmatch(r"(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?\s*(?:น\.?)?", digits)
    try:
        hour, minute = map(int, match.groups()) if match else (24, 0)
        return datetime.time(hour, minute)
    except ValueError as error:
        raise CellError(
            _lt("“%(cell)s” is not a time of day. Write it like 09:30.", cell=cell)
        ) from error
