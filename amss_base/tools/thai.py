# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Thai dates and digits: pure functions, no database.

Everything is stored in the Gregorian calendar with Arabic digits; these functions
stand where people read and write. Years are the Buddhist era as it has been counted
since B.E. 2484: the Gregorian year plus 543, beginning on 1 January.
"""

import os
import re
from contextlib import contextmanager
from datetime import date

import pytz

BUDDHIST_OFFSET = 543
# A four-digit year above this one was typed in the Buddhist era.
LAST_GREGORIAN_YEAR = 2400
MIN_YEAR = 1000


@contextmanager
def _no_data_folder():
    """Keep PyThaiNLP from making its data folder in the home of the server's user,
    which may not be writable; nothing here needs it."""
    if "PYTHAINLP_READ_ONLY" in os.environ or "PYTHAINLP_READ_MODE" in os.environ:
        yield
        return
    os.environ["PYTHAINLP_READ_ONLY"] = "1"
    try:
        yield
    finally:
        del os.environ["PYTHAINLP_READ_ONLY"]


with _no_data_folder():
    from pythainlp.util import arabic_digit_to_thai_digit, thai_digit_to_arabic_digit
    from pythainlp.util.date import thai_abbr_months, thai_full_months

MONTHS = tuple(thai_full_months)
MONTHS_SHORT = tuple(thai_abbr_months)


def _squeeze(text):
    """The letters of a month name: no dots, no blanks, no thanthakhat (often left
    out when typing)."""
    return re.sub(r"[\s.\u0e4c]", "", text)


_MONTH_NUMBERS = {
    _squeeze(name): number
    for names in (MONTHS, MONTHS_SHORT)
    for number, name in enumerate(names, start=1)
}
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_WORDS = re.compile(
    r"(?:วัน\S*\s*ที่\s*)?(\d{1,2})\s*(?:เดือน\s*)?([\u0e01-\u0e4e.\s]+?)\s*"
    r"(?:(พ|ค)\.?\s?ศ\.?\s*)?(\d{4})"
)


def normalize_text(text):
    """Text as it is compared: SARA AM as one character whether it was typed or
    scanned as one or two, no invisible characters, single plain blanks.

    :param str text: any text
    :rtype: str
    """
    text = re.sub("[\u200b-\u200d\u2060\ufeff]", "", text)
    # NIKHAHIT, a tone mark before or after it, SARA AA: the two-character SARA AM
    text = re.sub("\u0e4d([\u0e48-\u0e4b]?)\u0e32", "\\1\u0e33", text)
    text = re.sub("([\u0e48-\u0e4b])\u0e4d\u0e32", "\\1\u0e33", text)
    return " ".join(text.split())


def to_thai_digits(text):
    """The same text with Thai digits: ``๕๐๘`` for ``508``.

    :param text: text, a number, or nothing
    :rtype: str
    """
    return arabic_digit_to_thai_digit(_text(text))


def to_arabic_digits(text):
    """The same text with Arabic digits: ``508`` for ``๕๐๘``.

    :param text: text, a number, or nothing
    :rtype: str
    """
    return thai_digit_to_arabic_digit(_text(text))


def _text(value):
    return "" if value is None or value is False else str(value)


def buddhist_year(day):
    """The Buddhist year of a local date (the caller has chosen the time zone).

    :param day: date or datetime
    :rtype: int
    """
    return day.year + BUDDHIST_OFFSET


def gregorian_year(year, era=None):
    """The Gregorian year of a typed four-digit year: above 2400 it is Buddhist.

    :param int year: the year as typed
    :param str era: ``"be"`` or ``"ce"`` where the text names the era
    :raise ValueError: a year that cannot be meant, such as 69 or พ.ศ. 2026
    """
    if era is None:
        era = "be" if year > LAST_GREGORIAN_YEAR else "ce"
    if year < MIN_YEAR or (era == "be") != (year > LAST_GREGORIAN_YEAR):
        raise ValueError(f"{year} is not a four-digit year of this era")
    return year - BUDDHIST_OFFSET if era == "be" else year


def format_thai_date(day, short=False, digits="arabic"):
    """A date in Thai words with the Buddhist year.

    :param day: date or datetime (its own date is taken), or nothing
    :param bool short: ``31 ม.ค. 2561`` instead of ``31 มกราคม 2561``
    :param str digits: ``"arabic"`` or ``"thai"``
    :return: the text, empty without a date
    :rtype: str
    """
    if not day:
        return ""
    month = (MONTHS_SHORT if short else MONTHS)[day.month - 1]
    text = f"{day.day} {month} {buddhist_year(day)}"
    return to_thai_digits(text) if digits == "thai" else text


def format_thai_datetime(moment, tz, short=False, digits="arabic"):
    """A moment in Thai words at a place: ``31 ม.ค. 2561 09:30 น.`` with ``short``.

    :param datetime moment: UTC when it has no time zone, as the ORM stores it
    :param tz: tzinfo or the name of a time zone
    :param bool short: abbreviate the month
    :param str digits: ``"arabic"`` or ``"thai"``
    :return: the text, empty without a moment
    :rtype: str
    """
    if not moment:
        return ""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=pytz.utc)
    local = moment.astimezone(pytz.timezone(tz) if isinstance(tz, str) else tz)
    text = f"{format_thai_date(local, short=short)} {local:%H:%M} น."
    return to_thai_digits(text) if digits == "thai" else text


def parse_thai_date(text):
    """The date that a text writes, in either era and with either kind of digits.

    Understood: ``31 ม.ค. 2561``, ``31 มค 2561``, ``วันที่ 31 มกราคม พ.ศ. ๒๕๖๑``,
    ``31/01/2561``, ``31-1-2018``, ``2561-01-31``, ``2018-01-31``. A year above 2400
    is Buddhist unless the text names the era.

    :param str text: the date as written
    :rtype: datetime.date
    :raise ValueError: not a date, not a day of the calendar, or a two-digit year
    """
    plain = normalize_text(to_arabic_digits(text))
    era = None
    if match := _YEAR_FIRST.fullmatch(plain):
        year, _sep, month, day = match.groups()
    elif match := _DAY_FIRST.fullmatch(plain):
        day, _sep, month, year = match.groups()
    elif match := _WORDS.fullmatch(plain):
        day, name, era, year = match.groups()
        month = _MONTH_NUMBERS.get(_squeeze(name))
        era = {"พ": "be", "ค": "ce"}.get(era)
    else:
        month = None
    if month is None:
        raise ValueError(f"{text!r} is not a date such as 31 ม.ค. 2561")
    try:
        return date(gregorian_year(int(year), era), int(month), int(day))
    except ValueError as error:
        raise ValueError(f"{text!r} is not a day of the calendar: {error}") from error


def buddhist_pattern(pattern, year):
    """An LDML pattern in which the year is written out in the Buddhist era, for Babel
    to fill in the rest.

    :param str pattern: such as ``dd/MM/yyyy`` or ``d MMMM G y``
    :param int year: the Gregorian year of the date to format
    :rtype: str
    """
    buddhist = str(year + BUDDHIST_OFFSET)

    def write_out(match):
        token = match[0]
        if token[0] == "G":
            return "พ.ศ."
        if token[0] in "yu":
            return buddhist[-2:] if token == "yy" else buddhist
        return token

    return re.sub(r"'[^']*'|G+|[yu]+", write_out, pattern)


def buddhist_label(label):
    """The label of a group of dates, with its year in the Buddhist era.

    :param str label: text that ends with a Gregorian year, such as ``มีนาคม 2026``
    :rtype: str
    """
    return re.sub(r"\d{4}$", lambda match: str(int(match[0]) + BUDDHIST_OFFSET), label)
