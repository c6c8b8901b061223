# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""rooms.csv: the meeting rooms of the office, in the order of the timetable."""

from odoo.addons.amss_base.loader.groups import SPEC as GROUPS
from odoo.addons.amss_base.loader.session import QUIET, FileHandler
from odoo.addons.amss_base.loader.users import SPEC as USERS
from odoo.addons.amss_base.tools import csv_cells as cells
from odoo.addons.amss_base.tools.csv_set import Column, FileSpec
from odoo.addons.amss_base.tools.thai import normalize_text, to_arabic_digits

from ..tools.when import WEEKDAYS

OVER_CAPACITY = {"refuse": ("ไม่รับ", "ไม่รับจอง"), "warn": ("เตือน",)}
PUBLIC_SEES = {
    "all": ("ทั้งหมด", "เรื่องและกลุ่ม"),
    "busy": ("เฉพาะไม่ว่าง", "ไม่ว่าง"),
}
OPEN_DAYS = dict(
    zip(
        WEEKDAYS,
        (
            ("จันทร์", "จ"),
            ("อังคาร", "อ"),
            ("พุธ", "พ"),
            ("พฤหัสบดี", "พฤหัส", "พฤ"),
            ("ศุกร์", "ศ"),
            ("เสาร์", "ส"),
            ("อาทิตย์", "อา"),
        ),
        strict=True,
    )
)


def hour(cell):
    """Read a time of day as decimal hours; the end of a day may be 24:00."""
    digits = to_arabic_digits(normalize_text(cell)).replace(".", ":")
    if digits.startswith("24:00"):
        return 24.0
    time = cells.clock_time(cell)
    return time.hour + time.minute / 60


SPEC = FileSpec(
    "rooms.csv",
    (
        Column("name", "ชื่อห้อง", cells.text, required=True),
        Column("place", "สถานที่", cells.text),
        Column("seats", "จำนวนที่นั่ง", cells.number),
        Column("over_capacity", "เมื่อคนเกินที่นั่ง", cells.choice(OVER_CAPACITY)),
        Column("equipment", "อุปกรณ์", cells.words),
        Column("group", "กลุ่มเจ้าของห้อง", cells.text),
        Column("keepers", "ผู้ดูแลห้อง", cells.words),
        Column("needs_approval", "ต้องอนุมัติ", cells.boolean),
        Column("public_sees", "ประชาชนเห็น", cells.choice(PUBLIC_SEES)),
        Column("open_from", "เปิดตั้งแต่", hour),
        Column("open_until", "เปิดถึง", hour),
        Column("open_days", "วันที่เปิด", cells.choices(OPEN_DAYS)),
        Column("notice_hours", "จองล่วงหน้าอย่างน้อยกี่ชั่วโมง", cells.count),
        Column("horizon_days", "จองล่วงหน้าได้กี่วัน", cells.count),
        Column("change_hours", "แก้ไขเองได้ก่อนกี่ชั่วโมง", cells.count),
        Column("note", "หมายเหตุถึงผู้จอง", cells.long_text),
    ),
    unique=(("name",),),
)


class RoomsHandler(FileHandler):
    """Rooms are known by name. Their order is that of the file that brings them."""

    spec = SPEC

    def __init__(self, session):
        super().__init__(session)
        self.rooms = session.env["amss.room"].with_context(**QUIET)
        self.groups = self.other(GROUPS.name)
        self.users = self.other(USERS.name)
        self.users.look_up(
            login.lower() for row in self.rows for login in row["keepers"] or ()
        )
        found = self.rooms.with_context(active_test=False).search(
            [("company_id", "=", self.env.company.id)], order="active, id"
        )
        # those in use stand last, and so hide others that had the name before
        self.by_name = {room.name: room for room in found}
        self.in_file = {row["name"]: row for row in self.rows if row["name"]}

    def check_known(self, row, column):
        """Report the name in ``column`` unless it is a room's.

        :return: whether the cell can be used
        """
        name = row[column]
        if name in self.in_file or name in self.by_name:
            return True
        if name:
            self.problem(
                row,
                column,
                self.env._(
                    "there is no room “%(name)s”, neither in rooms.csv nor in the "
                    "database. Correct the name, or add the room to rooms.csv.",
                    name=name,
                ),
            )
        return False

    def find(self, name):
        """Return the room of that name, or none."""
        return self.by_name.get(name, self.rooms.browse())

    def check(self):
        for row in self.rows:
            self.groups.check_known(row, "group")
            for login in row["keepers"] or ():
                if not self.users.is_staff(login.lower()):
                    message = self.env._(
                        "there is no user “%(login)s” of this office. Correct the user "
                        "name, or add the user to users.csv.",
                        login=login,
                    )
                    self.problem(row, "keepers", message)
            self._check_hours(row)

    def _check_hours(self, row):
        room = self.find(row["name"])
        begin, end = row["open_from"], row["open_until"]
        if begin is None and end is None:
            return
        defaults = self.rooms.default_get(["open_from", "open_to"])
        begin = (room.open_from or defaults["open_from"]) if begin is None else begin
        end = (room.open_to or defaults["open_to"]) if end is None else end
        if begin >= end:
            message = self.env._(
                "the room closes before it opens. Correct one of the two."
            )
            column = "open_from" if row["open_until"] is None else "open_until"
            self.problem(row, column, message)

    def load(self):
        if not self.rows:
            return
        things = self._load_equipment()
        last = max((room.sequence for room in self.by_name.values()), default=0)
        items = []
        for index, row in enumerate(self.rows, start=1):
            room = self.find(row["name"])
            vals = self._vals(row, things)
            if not room:
                vals |= {"company_id": self.env.company.id, "sequence": last + index}
            items.append((row, room, vals))
        for row, room in zip(self.rows, self.save(items), strict=True):
            self.by_name[row["name"]] = room

    def _vals(self, row, things):
        days = row["open_days"]
        return {
            "name": row["name"],
            "location": row["place"],
            "capacity": row["seats"],
            "over_capacity": row["over_capacity"],
            "equipment_ids": [things[name] for name in row["equipment"] or ()],
            "department_id": self.groups.find(row["group"]).id or None,
            "keeper_ids": [
                self.users.find(login.lower()).id for login in row["keepers"] or ()
            ],
            "needs_approval": row["needs_approval"],
            "public_detail": row["public_sees"],
            "open_from": row["open_from"],
            "open_to": row["open_until"],
            "notice_hours": row["notice_hours"],
            "horizon_days": row["horizon_days"],
            "change_hours": row["change_hours"],
            "note": row["note"],
            **({day: day in days for day in WEEKDAYS} if days else {}),
        }

    def _load_equipment(self):
        """Return the id of each thing named in the file, making those that are new."""
        names = dict.fromkeys(n for row in self.rows for n in row["equipment"] or ())
        model = self.env["amss.room.equipment"]
        found = model.with_context(active_test=False).search([])
        ids = {thing.name: thing.id for thing in found}
        new = [name for name in names if name not in ids]
        ids |= {
            thing.name: thing.id for thing in model.create([{"name": n} for n in new])
        }
        return ids
