# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""People who book rooms at a server, and the rows that they leave."""

import base64

import databases

#: where a booking or what hangs on it leaves rows
TABLES = (
    "amss_room_booking",
    "calendar_event",
    "calendar_attendee",
    "mail_message",
    "mail_mail",
    "mail_notification",
    "mail_followers",
    "mail_activity",
    "ir_attachment",
)


def book(person, room, day, slot="morning", **values):
    """Book a room, with a file; return the booking's id."""
    file = {"name": "ระเบียบวาระ.txt", "datas": base64.b64encode(b"1").decode()}
    values = {
        "name": f"ประชุมของ {person.login}",
        "room_id": room,
        "date": day,
        "slot": slot,
        "attachment_ids": [[0, 0, file]],
        **values,
    }
    return person.call("amss.room.booking", "create", [values])[0]


def rows(database):
    """Return how many rows there are in each table that a booking touches."""
    counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in TABLES)
    [found] = databases.query(database, f"SELECT {counts}")
    return found


def rows_since(database, before):
    """Return how many rows have been added to each table."""
    after = rows(database)
    return tuple(now - then for now, then in zip(after, before, strict=True))


def assert_one_has_it(database, day, outcomes):
    """Check that one alone has booked, and that the others read who.

    :param outcomes: of what ``guest0``, ``guest1`` … asked for
    :return: the state of the booking
    """
    [(name, state)] = databases.query(
        database, "SELECT name, state FROM amss_room_booking WHERE date = %s", day
    )
    assert outcomes.count(None) == 1
    assert name == f"ประชุมของ guest{outcomes.index(None)}"
    for refusal in filter(None, outcomes):
        assert refusal.kind == "ValidationError", refusal
        assert f"“{name}”" in str(refusal) and "ห้องทดสอบ" in str(refusal), refusal
    return state
