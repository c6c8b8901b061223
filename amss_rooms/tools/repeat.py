# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The days of a booking that is for several days or repeats: pure functions."""

from datetime import timedelta
from itertools import islice

from dateutil import rrule

from .when import WEEKDAYS


def days_between(first, last):
    """Give each day from the first to the last, both included, lazily."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def repeated(first, until, repeat, every=1, weekdays=()):
    """Give the days on which a repeat begins, in order, lazily.

    Months that lack the day (31 February, a fifth Monday) are left out.

    :param date first: the first day; it counts only where the rule meets it
    :param date until: the last day that may be given
    :param str repeat: ``day``, ``week``, ``month_day`` (on the same day of the month)
        or ``month_weekday`` (on the same weekday, such as the third Monday)
    :param int every: each so many days, weeks or months
    :param weekdays: names out of ``WEEKDAYS``, for ``week``; that of the first day
        if left out
    """
    rules = {"interval": max(every, 1), "dtstart": first, "until": until}
    if repeat == "day":
        found = rrule.rrule(rrule.DAILY, **rules)
    elif repeat == "week":
        numbers = [WEEKDAYS.index(name) for name in weekdays] or [first.weekday()]
        found = rrule.rrule(rrule.WEEKLY, byweekday=numbers, **rules)
    elif repeat == "month_day":
        found = rrule.rrule(rrule.MONTHLY, bymonthday=first.day, **rules)
    else:
        weekday = rrule.weekday(first.weekday(), (first.day - 1) // 7 + 1)
        found = rrule.rrule(rrule.MONTHLY, byweekday=weekday, **rules)
    return (moment.date() for moment in found)


def days_of(first, last, until=None, repeat="none", every=1, weekdays=(), limit=None):
    """Give the days of a booking and of its repeats.

    :param date first: and ``last``, the days of the booking itself
    :param date until: end of the repeat
    :param int limit: give one day more than these at most
    :return: sorted list of dates, each once
    """
    if repeat == "none":
        days = days_between(first, last)
    elif repeat in ("day", "week"):
        days = repeated(first, until, repeat, every, weekdays)
    else:
        length = last - first
        days = (
            day
            for begin in repeated(first, until, repeat, every)
            for day in days_between(begin, begin + length)
        )
    if limit is not None:
        days = islice(days, limit + 1)
    return sorted(set(days))
