# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""room_bookings.csv: who has had the rooms so far, and who will have them."""

from dataclasses import dataclass

from odoo.addons.amss_base.loader.groups import SPEC as GROUPS
from odoo.addons.amss_base.loader.session import QUIET, FileHandler
from odoo.addons.amss_base.loader.users import SPEC as USERS
from odoo.addons.amss_base.tools import csv_cells as cells
from odoo.addons.amss_base.tools import guard
from odoo.addons.amss_base.tools.csv_set import Column, FileSpec, Row

from ..models.amss_room_booking import OCCUPYING
from ..models.amss_room_booking_request import LONGEST_PURPOSE
from ..tools.when import day_text, hours_text
from .rooms import SPEC as ROOMS
from .rooms import hour

SLOTS = {
    "morning": ("เช้า",),
    "afternoon": ("บ่าย",),
    "day": ("เช้า-บ่าย", "เช้าบ่าย", "ทั้งวัน", "เต็มวัน"),
}
STATES = {
    "requested": ("รออนุมัติ", "ขอใช้"),
    "approved": ("อนุมัติ",),
    "held": ("ใช้แล้ว", "ใช้ห้องแล้ว"),
    "refused": ("ไม่อนุมัติ",),
    "cancelled": ("ยกเลิก",),
    "no_show": ("ไม่มาใช้",),
}
#: offices keep no bookings of rooms on older paper, and promise none so far ahead
YEARS_BACK, YEARS_AHEAD = 50, 10

SPEC = FileSpec(
    "room_bookings.csv",
    (
        Column("room", "ห้อง", cells.text, required=True),
        Column("date", "วันที่", cells.date, required=True),
        Column("time_of_day", "ช่วงเวลา", cells.choice(SLOTS)),
        Column("from", "ตั้งแต่เวลา", hour),
        Column("until", "ถึงเวลา", hour),
        Column("purpose", "เรื่อง", cells.text, required=True),
        Column("group", "กลุ่ม", cells.text),
        Column("headcount", "จำนวนคน", cells.count),
        Column("chair", "ประธาน", cells.text),
        Column("coordinator", "ผู้ประสานงาน", cells.text),
        Column("phone", "โทรศัพท์", cells.text),
        Column("note", "หมายเหตุ", cells.long_text),
        Column("requester", "ผู้จอง", cells.login),
        Column("state", "สถานะ", cells.choice(STATES)),
        Column("reason", "เหตุผล", cells.text),
    ),
)


@dataclass(frozen=True)
class Use:
    """A line that can be understood: its place in the timetable and its state."""

    row: Row
    hour_from: float
    hour_to: float
    state: str

    @property
    def place(self):
        """Room, day, hours and purpose: what makes two lines the same booking."""
        row = self.row
        return _place(
            row["room"], row["date"], self.hour_from, self.hour_to, row["purpose"]
        )


def _place(room, day, hour_from, hour_to, purpose):
    minutes = (round(hour_from * 60), round(hour_to * 60))
    return room, day, *minutes, cells.text(purpose)


class BookingsHandler(FileHandler):
    """Bookings are known by room, day, hours and purpose, and never overwritten.

    They are taken over as they were: limits, opening hours and closures were the old
    system's matter. Two in one room at one time are refused all the same.
    """

    spec = SPEC

    def __init__(self, session):
        super().__init__(session)
        self.bookings = guard.stepping(
            session.env["amss.room.booking"].with_context(**QUIET)
        )
        self.groups = self.other(GROUPS.name)
        self.users = self.other(USERS.name)
        self.rooms = self.other(ROOMS.name)
        self.users.look_up(row["requester"] for row in self.rows)
        self.today = self.env.company.partner_id._agency_now().date()
        self.unread = {problem.line for problem in self._problems_of_cells()}
        self.uses = []
        self.existing = set()
        self.holders = {}

    def _problems_of_cells(self):
        return self.session.files[self.spec.name].problems if self.given else ()

    # ------------------------------------------------------------------
    # Check
    # ------------------------------------------------------------------
    def check(self):
        for row in self.rows:
            self._check_cells(row)
            known = self.rooms.check_known(row, "room")
            hours = self._check_hours(row)
            if known and hours and self._check_date(row) and row["purpose"]:
                self.uses.append(Use(row, *hours, self._state(row)))
        self._look_up()
        self._check_twice()
        self._check_taken()

    def _check_cells(self, row):
        self.groups.check_known(row, "group")
        login = row["requester"]
        if login and not self.users.is_staff(login):
            message = self.env._(
                "there is no user “%(login)s” of this office. Correct the user name, "
                "or add the user to users.csv.",
                login=login,
            )
            self.problem(row, "requester", message)
        if len(row["purpose"] or "") > LONGEST_PURPOSE:
            message = self.env._(
                "a purpose has %s letters at most. Shorten it.", LONGEST_PURPOSE
            )
            self.problem(row, "purpose", message)

    def _check_hours(self, row):
        """Return from and until of a line, or nothing if they cannot be used."""
        hours = (row["from"], row["until"])
        slot = row["time_of_day"]
        if slot and hours == (None, None):
            return self.env.company._amss_slot_hours(slot)
        if slot or None in hours:
            if row.line not in self.unread:
                message = self.env._(
                    "write the time of day, or from and until which hour: one of the "
                    "two."
                )
                self.problem(row, "time_of_day", message)
            return None
        if hours[0] >= hours[1]:
            message = self.env._("the end lies before the beginning. Correct it.")
            self.problem(row, "until", message)
            return None
        return hours

    def _check_date(self, row):
        """Report a day that no booking can have been on; return whether it is good."""
        day, state = row["date"], row["state"]
        if not day:
            return False
        year = self.today.year
        if not year - YEARS_BACK <= day.year <= year + YEARS_AHEAD:
            message = self.env._(
                "%(date)s is too far away to be meant. Correct the year.",
                date=day_text(self.env, day),
            )
            self.problem(row, "date", message)
            return False
        message = None
        if day < self.today and state == "requested":
            message = self.env._(
                "nobody can approve a booking of a past day. Write ใช้แล้ว, ไม่อนุมัติ or "
                "ยกเลิก."
            )
        elif day > self.today and state in ("held", "no_show"):
            message = self.env._(
                "this day is still to come. Write อนุมัติ or รออนุมัติ, or correct the date."
            )
        if message:
            self.problem(row, "state", message)
        return not message

    def _state(self, row):
        return row["state"] or ("held" if row["date"] < self.today else "approved")

    def _look_up(self):
        """Find the bookings in the database on the days of the file."""
        if not self.uses:
            return
        days = [use.row["date"] for use in self.uses]
        rooms = {self.rooms.find(use.row["room"]).id for use in self.uses}
        found = self.bookings.search_fetch(
            [
                ("room_id", "in", list(rooms - {False})),
                ("date", ">=", min(days)),
                ("date", "<=", max(days)),
            ],
            ["name", "room_id", "date", "hour_from", "hour_to", "state"],
            order="start",
        )
        for booking in found:
            place = _place(
                booking.room_id.name,
                booking.date,
                booking.hour_from,
                booking.hour_to,
                booking.name,
            )
            self.existing.add(place)
            if booking.state in OCCUPYING:
                self.holders.setdefault(place[:2], []).append((place, booking))

    def _check_twice(self):
        """Report lines that have a room at the same time, or are there twice."""
        order = sorted(self.uses, key=lambda use: (use.place[:3], use.row.line))
        seen, holders = {}, {}
        for use in order:
            before = seen.setdefault(use.place, use)
            if before is not use:
                self._report_same(use, before)
                continue
            if use.state not in OCCUPYING:
                continue
            holder = holders.get(use.place[:2])
            if holder and use.hour_from < holder.hour_to:
                self._report_taken(use, holder)
            if not holder or use.hour_to > holder.hour_to:
                holders[use.place[:2]] = use

    def _report_same(self, use, before):
        message = self.env._(
            "line %(line)s is the same booking. Remove one of the two.",
            line=before.row.line,
        )
        self.problem(use.row, "purpose", message)

    def _report_taken(self, use, holder):
        """Report the later of two lines of the file, naming the other one."""
        use, holder = sorted((use, holder), key=lambda one: -one.row.line)
        message = self.env._(
            "line %(line)s has the room at that time already (%(hours)s, "
            "“%(purpose)s”). Correct one of the two, or write ยกเลิก as its status.",
            line=holder.row.line,
            hours=hours_text(holder.hour_from, holder.hour_to),
            purpose=holder.row["purpose"],
        )
        self.problem(use.row, "date", message)

    def _check_taken(self):
        """Report lines whose room somebody else has in the database."""
        for use in self.uses:
            if use.place in self.existing or use.state not in OCCUPYING:
                continue
            start, stop = use.place[2:4]
            for place, booking in self.holders.get(use.place[:2], ()):
                if place[2] < stop and place[3] > start:
                    self.problem(use.row, "date", booking._holder_text())
                    break

    # ------------------------------------------------------------------
    # Load
    # ------------------------------------------------------------------
    def load(self):
        new = [use for use in self.uses if use.place not in self.existing]
        self.counts["unchanged"] += len(self.uses) - len(new)
        new.sort(key=lambda use: use.place[1:])
        made = self._create(self.bookings, [(use.row, self._vals(use)) for use in new])
        made = self.bookings.concat(*made)
        made.filtered(lambda booking: booking.state == "approved")._update_events()

    def _vals(self, use):
        row, room = use.row, self.rooms.find(use.row["room"])
        requester = self.users.find(row["requester"]) or room.keeper_ids[:1]
        slot = self.env.company._amss_slot_of(use.hour_from, use.hour_to)
        hours = {"hour_from": use.hour_from, "hour_to": use.hour_to}
        return {
            "name": row["purpose"],
            "room_id": room.id,
            "date": row["date"],
            "slot": slot,
            **(hours if slot == "times" else {}),
            "state": use.state,
            "user_id": requester.id or self.env.uid,
            "department_id": self.groups.find(row["group"]).id,
            "headcount": row["headcount"],
            "chair": row["chair"],
            "coordinator": row["coordinator"],
            "phone": row["phone"],
            "note": row["note"],
            "reason": row["reason"],
        }
