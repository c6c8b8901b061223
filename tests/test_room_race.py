"""Many people want one room: one has it, the others read who."""

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta
from itertools import count

import databases
import office
import pytest
from odoo_server import Server
from races import at_once, race
from room_office import assert_one_has_it, book, rows, rows_since

PEOPLE = 50
#: where a step of a booking stops in mid-transaction
STOPPED = ("LOCK TABLE amss_room_booking IN SHARE MODE",)
_days = (date.today() + timedelta(days=number) for number in count(2))


@pytest.fixture(scope="module")
def rooms(district):
    """Give the ids of two rooms; the second one needs no approval."""
    return office.build_rooms(district["database"], PEOPLE)


@pytest.fixture(scope="module")
def guests(rooms, server):
    """Give fifty people, logged in, who may book."""
    calls = [f"guest{index}" for index in range(PEOPLE)]
    return [server.client(login) for login in calls]


@pytest.fixture(scope="module")
def keeper(rooms, server):
    return server.client("keeper")


@pytest.fixture
def day():
    """Give a day on which no test has booked yet."""
    return next(_days).isoformat()


def on(district, day):
    """Return state, room, purpose and slot of the day's bookings, in order of ids."""
    return databases.query(
        district["database"],
        "SELECT state, room_id, name, slot FROM amss_room_booking"
        " WHERE date = %s ORDER BY id",
        day,
    )


def move(person, booking, **values):
    return person.call("amss.room.booking", "write", [booking], values)


def approve(person, booking):
    """Return what happens when a person presses the button."""
    return lambda: person.call("amss.room.booking", "action_approve", [booking])


def _dialog(person, booking, button, reason):
    """Open a dialog and fill it in; return what happens when it is confirmed."""
    dialog = person.call("amss.room.booking", button, [booking])
    model, wizard = dialog["res_model"], [dialog["res_id"]]
    person.call(model, "write", wizard, {"reason": reason})
    return lambda: person.call(model, "action_confirm", wizard)


def refuse(person, booking):
    return _dialog(person, booking, "action_open_refuse", "ห้องปิดซ่อม")


def cancel(person, booking):
    return _dialog(person, booking, "action_open_cancel", "เลื่อน")


def meet(district, booking, calls):
    """Let steps with one booking meet in the order given; return their outcomes."""
    return race(district["database"], ("amss_room_booking", booking), calls)


@pytest.mark.parametrize("workers", [4, 0], ids=["processes", "threads"])
@pytest.mark.parametrize("needs_approval", [True, False])
def test_fifty_want_one_slot(
    district, server, rooms, guests, workers, needs_approval, day
):
    room = rooms[0] if needs_approval else rooms[1]
    database = district["database"]
    before = rows(database)
    book(guests[0], room, next(_days).isoformat())
    alone = rows_since(database, before)
    before = rows(database)
    if workers:
        outcomes = at_once(
            [lambda guest=guest: book(guest, room, day) for guest in guests]
        )
    else:
        with Server(database, workers=0) as threads:
            people = [guest.again(threads) for guest in guests]
            outcomes = at_once(
                [lambda guest=guest: book(guest, room, day) for guest in people]
            )
    state = assert_one_has_it(database, day, outcomes)
    assert state == ("requested" if needs_approval else "approved")
    assert rows_since(database, before) == alone


def test_twenty_want_one_slot_by_the_dialog(district, rooms, guests, day):
    """The dialogs of those who come too late stay open, and say who was faster."""

    def fill_in(guest):
        values = {"name": f"ประชุมของ {guest.login}", "date_from": day}
        values |= {"room_ids": [[6, 0, rooms[:1]]], "slot": "day"}
        return guest.call("amss.room.book", "create", [values])[0]

    def press(guest, dialog):
        answers[guest] = guest.call("amss.room.book", "action_book", [dialog])

    answers = {}
    before = rows(district["database"])
    dialogs = {guest: fill_in(guest) for guest in guests[:20]}
    calls = [
        lambda guest=guest, dialog=dialog: press(guest, dialog)
        for guest, dialog in dialogs.items()
    ]
    assert at_once(calls) == [None] * 20
    [(_state, _room, purpose, _slot)] = on(district, day)
    late = {
        guest: answer
        for guest, answer in answers.items()
        if answer["type"] == "ir.actions.act_window"
    }
    assert len(late) == 19
    for guest, answer in late.items():
        [dialog] = guest.call(answer["res_model"], "read", [answer["res_id"]])
        assert f"“{purpose}”" in dialog["failure"]
    # no file came with these: one booking, its first message and its notices
    assert rows_since(district["database"], before)[0] == 1


@pytest.mark.parametrize("slots", [("morning", "day"), ("day", "afternoon")])
def test_half_a_day_meets_the_whole(district, rooms, guests, slots, day):
    calls = [
        lambda guest=guest, slot=slot: book(guest, rooms[0], day, slot)
        for guest, slot in zip(guests, slots, strict=False)
    ]
    first, second = race(district["database"], STOPPED, calls)
    assert first is None
    assert second.kind == "ValidationError" and "ประชุมของ guest0" in str(second)
    assert [slot for *_others, slot in on(district, day)] == [slots[0]]


def test_two_halves_of_a_day_do_not_meet(district, rooms, guests, day):
    calls = [
        lambda guest=guest, slot=slot: book(guest, rooms[0], day, slot)
        for guest, slot in zip(guests, ("morning", "afternoon"), strict=False)
    ]
    assert race(district["database"], STOPPED, calls) == [None, None]


def move_meeting(person, district, booking, day):
    """Move a booking by its meeting in the calendar, to 9–15 o'clock in Bangkok."""
    [[event]] = databases.query(
        district["database"],
        "SELECT event_id FROM amss_room_booking WHERE id = %s",
        booking,
    )
    values = {"start": f"{day} 02:00:00", "stop": f"{day} 08:00:00"}
    return person.call("calendar.event", "write", [event], values)


@pytest.mark.parametrize("by_meeting", [True, False])
@pytest.mark.parametrize("move_first", [True, False])
def test_who_moves_meets_who_books(
    district, rooms, guests, move_first, by_meeting, day
):
    elsewhere = next(_days).isoformat()
    moved = book(guests[0], rooms[1], elsewhere)
    calls = [
        lambda: move_meeting(guests[0], district, moved, day)
        if by_meeting
        else move(guests[0], moved, date=day, slot="day"),
        lambda: book(guests[1], rooms[1], day, "afternoon"),
    ]
    first, second = race(
        district["database"], STOPPED, calls if move_first else calls[::-1]
    )
    holder = "guest0" if move_first else "guest1"
    assert first is None
    assert second.kind == "ValidationError" and holder in str(second)
    assert len(on(district, day)) == 1
    assert len(on(district, elsewhere)) == (0 if move_first else 1)


def test_two_exchange_their_rooms(district, rooms, guests, day):
    """Neither waits for the other: each is told who has the other room."""
    bookings = [
        book(guest, room, day) for guest, room in zip(guests, rooms, strict=False)
    ]
    calls = [
        lambda guest=guest, booking=booking, room=room: move(
            guest, booking, room_id=room
        )
        for guest, booking, room in zip(guests, bookings, rooms[::-1], strict=False)
    ]
    for refusal in at_once(calls):
        assert refusal.kind == "ValidationError" and "ประชุมของ" in str(refusal)
    assert [room for _state, room, *_others in on(district, day)] == rooms


def test_two_rooms_in_opposite_order(district, rooms, guests, day):
    """Who books both has both; the other has none of the two."""

    def both(person, order):
        values = [
            {"name": person.login, "room_id": room, "date": day, "slot": "morning"}
            for room in order
        ]
        return person.call("amss.room.booking", "create", values)

    orders = [rooms, rooms[::-1]] * 8
    outcomes = at_once(
        [
            lambda guest=guest, order=order: both(guest, order)
            for guest, order in zip(guests, orders, strict=False)
        ]
    )
    assert outcomes.count(None) == 1
    names = {name for _state, _room, name, _slot in on(district, day)}
    assert names == {f"guest{outcomes.index(None)}"}
    assert len(on(district, day)) == 2
    for refusal in filter(None, outcomes):
        assert refusal.kind == "ValidationError" and "ห้องทดสอบ" in str(refusal)


@pytest.mark.parametrize(
    "steps, left",
    [
        ((approve, refuse), "approved"),
        ((refuse, approve), "refused"),
        ((approve, approve), "approved"),
        ((refuse, refuse), "refused"),
    ],
)
def test_one_decision_counts(district, rooms, guests, keeper, steps, left, day):
    booking = book(guests[0], rooms[0], day)
    calls = [
        step(who, booking)
        for step, who in zip(steps, (keeper, keeper.again()), strict=True)
    ]
    first, second = meet(district, booking, calls)
    assert first is None
    assert second.kind == "UserError", second
    [(state, *_others)] = on(district, day)
    assert state == left


@pytest.mark.parametrize("approve_first", [True, False])
def test_the_keeper_approves_what_is_cancelled(
    district, rooms, guests, keeper, approve_first, day
):
    """A cancelled booking stays cancelled, and the room is free for others."""
    booking = book(guests[0], rooms[0], day)
    calls = [approve(keeper, booking), cancel(guests[0], booking)]
    first, second = meet(district, booking, calls if approve_first else calls[::-1])
    assert first is None
    assert second is None if approve_first else second.kind == "UserError"
    [(state, *_others)] = on(district, day)
    assert state == "cancelled"
    book(guests[1], rooms[0], day)


@pytest.mark.parametrize("approve_first", [True, False])
def test_the_keeper_approves_what_is_moved(
    district, rooms, guests, keeper, approve_first, day
):
    """A booking that is moved after its approval is asked for again."""
    booking = book(guests[0], rooms[0], day)
    calls = [
        approve(keeper, booking),
        lambda: move(guests[0], booking, slot="afternoon"),
    ]
    outcomes = meet(district, booking, calls if approve_first else calls[::-1])
    assert outcomes == [None, None]
    [(state, _room, _name, slot)] = on(district, day)
    assert (state, slot) == ("requested" if approve_first else "approved", "afternoon")


def test_who_is_refused_cannot_move_it_meanwhile(district, rooms, guests, keeper, day):
    booking = book(guests[0], rooms[0], day)
    calls = [
        refuse(keeper, booking),
        lambda: move(guests[0], booking, slot="afternoon"),
    ]
    first, second = meet(district, booking, calls)
    assert first is None
    assert second.kind == "UserError"
    [(state, *_others, slot)] = on(district, day)
    assert (state, slot) == ("refused", "morning")


def test_a_double_click_books_once(district, rooms, guests, day):
    tabs = [guests[0], guests[0].again(), guests[0].again()]
    outcomes = at_once([lambda tab=tab: book(tab, rooms[1], day) for tab in tabs])
    assert outcomes.count(None) == 1
    [(state, *_others)] = on(district, day)
    assert state == "approved"


def test_a_double_click_approves_once(district, rooms, guests, keeper, day):
    booking = book(guests[0], rooms[0], day)
    tabs = [keeper, keeper.again(), keeper.again()]
    outcomes = at_once([approve(tab, booking) for tab in tabs])
    assert outcomes.count(None) == 1
    for refusal in filter(None, outcomes):
        assert refusal.kind == "UserError", refusal
    events = databases.query(
        district["database"],
        "SELECT count(*) FROM amss_room_booking booking"
        " JOIN calendar_event event ON event.id = booking.event_id"
        " WHERE booking.id = %s",
        booking,
    )
    assert events == [(1,)]


@pytest.mark.parametrize("book_first", [True, False])
def test_a_room_is_archived_while_somebody_books_it(
    district, guests, server, book_first, day
):
    """Either it is booked and stays in use, or it is gone and not booked."""
    admin = server.client("admin")
    values = {"name": f"ห้องทดสอบ {day} {book_first}", "needs_approval": False}
    [room] = admin.call("amss.room", "create", [values])
    [[resource]] = databases.query(
        district["database"], "SELECT resource_id FROM amss_room WHERE id = %s", room
    )
    calls = [
        lambda: book(guests[0], room, day),
        lambda: admin.call("amss.room", "write", [room], {"active": False}),
    ]
    # who archives is stopped after the room, at the resource that goes with it
    where = STOPPED if book_first else ("resource_resource", resource)
    first, second = race(
        district["database"], where, calls if book_first else calls[::-1]
    )
    assert first is None
    assert second.kind == ("UserError" if book_first else "ValidationError"), second
    [found] = databases.query(
        district["database"],
        "SELECT room.active, count(booking.id) FROM amss_room room"
        " LEFT JOIN amss_room_booking booking ON booking.room_id = room.id"
        " WHERE room.id = %s GROUP BY room.active",
        room,
    )
    assert found == ((True, 1) if book_first else (False, 0))
