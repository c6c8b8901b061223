# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Calendars for other programs (iCalendar, RFC 5545)."""

import re
from datetime import datetime, timedelta
from typing import NamedTuple

import pytz
import vobject

PRODID = "-//AMSS for Odoo//Meeting Rooms//TH"
#: how often programs that subscribe had better look (RFC 7986)
REFRESH = timedelta(hours=1)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MOST_OCTETS = 75
_UNFOLDED = 2**30


class Entry(NamedTuple):
    """One event of a calendar; moments are naive UTC as the ORM stores them."""

    uid: str
    start: datetime
    stop: datetime
    summary: str
    location: str
    description: str
    url: str
    is_certain: bool
    created: datetime
    changed: datetime


def calendar(name, entries):
    """Make a calendar to subscribe to.

    :param str name: what programs call it
    :param entries: iterable of :class:`Entry`
    :return: bytes, UTF-8 with CRLF, lines of at most 75 octets
    """
    result = vobject.iCalendar()
    result.add("prodid").value = PRODID
    result.add("method").value = "PUBLISH"
    result.add("x-wr-calname").value = _clean(name)
    minutes = int(REFRESH.total_seconds() // 60)
    interval = result.add("refresh-interval")
    interval.value, interval.value_param = f"PT{minutes}M", "DURATION"
    result.add("x-published-ttl").value = f"PT{minutes}M"
    for entry in entries:
        _add(result, entry)
    return fold(result.serialize(lineLength=_UNFOLDED))


def _add(result, entry):
    event = result.add("vevent")
    event.add("uid").value = entry.uid
    event.add("dtstart").value = pytz.utc.localize(entry.start)
    event.add("dtend").value = pytz.utc.localize(entry.stop)
    event.add("summary").value = _clean(entry.summary)
    event.add("location").value = _clean(entry.location)
    if entry.description:
        event.add("description").value = _clean(entry.description)
    event.add("url").value = entry.url
    event.add("status").value = "CONFIRMED" if entry.is_certain else "TENTATIVE"
    changed = pytz.utc.localize(entry.changed.replace(microsecond=0))
    # in what is published this is the time of the last change (RFC 5545, 3.8.7.2)
    event.add("dtstamp").value = changed
    event.add("last-modified").value = changed
    # grows with each change, as it has to
    sequence = int((entry.changed - entry.created).total_seconds())
    event.add("sequence").value = str(max(sequence, 0))


def _clean(text):
    """Leave out what no iCalendar text may hold."""
    return _CONTROLS.sub("", text or "")


def fold(text):
    """Fold lines at 75 octets, never within a character.

    vobject counts characters where it decides whether to fold, and a Thai one has
    three octets.

    :param str text: lines that end in CRLF
    :return: bytes
    """
    result = bytearray()
    for line in text.split("\r\n"):
        used = 0
        for character in line:
            octets = character.encode()
            if used + len(octets) > _MOST_OCTETS:
                result += b"\r\n "
                used = 1
            result += octets
            used += len(octets)
        result += b"\r\n"
    return bytes(result[:-2])
