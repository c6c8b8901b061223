# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Days and hours of bookings: pure functions on local dates and decimal hours."""

from datetime import datetime, time, timedelta
from typing import NamedTuple

import pytz
from babel.dates import format_date

from odoo.exceptions import UserError

from odoo.addons.amss_base.tools import thai

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Wish(NamedTuple):
    """One room wanted for some hours of one local day.

    ``start`` and ``stop`` are naive UTC as the ORM stores them.
    """

    room: object
    date: object
    start: datetime
    stop: datetime


class Asked(NamedTuple):
    """What a meeting needs of a room: hours of a local day, seats, equipment.

    ``equipment`` are ``amss.room.equipment`` records.
    """

    date: object
    hour_from: float
    hour_to: float
    headcount: int
    equipment: object


def to_utc(day, hour, tz):
    """Give the moment of an hour of a local day.

    :param date day: local
    :param float hour: 0–24 of its wall clock, e.g. 8.5
    :param tz: pytz zone
    :return: naive UTC; some moment where there is none, as at the end of year 9999 or
        for hour 99: the rules refuse it
    """
    minutes = round(hour * 60) if -24 <= hour <= 48 else 48 * 60
    local = datetime.combine(day, time())
    try:
        local += timedelta(minutes=minutes)
        return tz.localize(local).astimezone(pytz.utc).replace(tzinfo=None)
    except OverflowError:
        return local


def to_local(moment, tz):
    """Give the local date and hour of a moment.

    :param datetime moment: naive UTC
    :param tz: pytz zone
    :return: (date, float hour)
    """
    try:
        local = pytz.utc.localize(moment).astimezone(tz)
    except OverflowError:  # the last hours of year 9999: the rules refuse it
        local = moment
    return local.date(), local.hour + local.minute / 60


def whole_minutes(hour):
    """Round an hour of the day to the minute; leave what is none to the rules."""
    hour = hour or 0.0
    return round(hour * 60) / 60 if -24 <= hour <= 48 else hour


def check_days(env, vals, **kinds):
    """Refuse days that are none, such as 31 February.

    :param dict vals: as they come from a client
    :param kinds: ``fields.Date`` or ``fields.Datetime`` by the name of a field
    :raise UserError: naming the day
    """
    for name, kind in kinds.items():
        convert = kind.to_datetime if kind.type == "datetime" else kind.to_date
        try:
            convert(vals.get(name))
        except (TypeError, ValueError):
            raise UserError(
                env._("“%s” is no day of the calendar. Correct the date.", vals[name])
            ) from None


def hours_of_days(start, stop, tz, days):
    """Give the hours that a time takes of each of some local days.

    :param datetime start: and ``stop``, naive UTC
    :param tz: pytz zone
    :param list days: dates
    :return: list of (date, hour from, hour to), without the days it does not touch
    """
    first, hour_from = to_local(start, tz)
    last, hour_to = to_local(stop, tz)
    return [
        (day, hour_from if day == first else 0.0, hour_to if day == last else 24.0)
        for day in days
        if first <= day <= last and (day < last or hour_to > 0)
    ]


def free_part(halves, taken):
    """Say which half of a day nothing touches.

    :param halves: (hour from, hour to) of morning and afternoon
    :param list taken: of (hour from, hour to)
    :return: ``all``, ``morning``, ``afternoon`` or ``none``
    """
    if not taken:
        return "all"
    morning, afternoon = (
        not any(begin < end and until > start for begin, until in taken)
        for start, end in halves
    )
    if morning:
        return "all" if afternoon else "morning"
    return "afternoon" if afternoon else "none"


def end_of_row(hour, parts):
    """Give when the parts of a day that follow on each other from an hour are over.

    :param float hour: of the day
    :param parts: (hour from, hour to) pairs
    :return: the hour itself where no part covers it
    """
    for begin, end in sorted(parts):
        if begin <= hour < end:
            hour = end
    return hour


def hour_text(hour):
    """``08:30`` for 8.5."""
    minutes = round(hour * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def hours_text(hour_from, hour_to):
    """``08:30–12:00``."""
    return f"{hour_text(hour_from)}–{hour_text(hour_to)}"


def weekday_text(env, day):
    """The name of the weekday in the reader's language."""
    # timetables leave the word วัน before it out (S3)
    return format_date(day, "EEEE", locale=env.lang or "en_US").removeprefix("วัน")


def day_text(env, day):
    """A day in words, such as ``พฤหัสบดี 1 มิถุนายน 2566``.

    :param env: with the reader's language
    :param date day: local
    """
    if (env.lang or "").startswith("th"):
        return f"{weekday_text(env, day)} {thai.format_thai_date(day)}"
    return format_date(day, "EEEE d MMMM y", locale=env.lang or "en_US")


def day_of_month_text(env, day):
    """A day without its year, such as ``1 มิถุนายน``."""
    return format_date(day, "d MMMM", locale=env.lang or "en_US")


def month_text(env, day):
    """A month in words, such as ``มิถุนายน 2566``."""
    if (env.lang or "").startswith("th"):
        return f"{thai.MONTHS[day.month - 1]} {thai.buddhist_year(day)}"
    return format_date(day, "MMMM y", locale=env.lang or "en_US")
