# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rooms and bookings kept elsewhere come in as they were, and never twice."""

from datetime import date, datetime

from odoo.tests import freeze_time, tagged

from odoo.addons.amss_base.loader import LoadFailed
from odoo.addons.base.tests.common import BaseCommon

# noon in Bangkok of Thursday 8 June 2566
NOW = "2023-06-08 05:00:00"
CLERK, BOSS = "1999900001001", "1999900002008"
ROOMS = """ชื่อห้อง,สถานที่,จำนวนที่นั่ง,เมื่อคนเกินที่นั่ง,อุปกรณ์,กลุ่มเจ้าของห้อง,ผู้ดูแลห้อง,ต้องอนุมัติ,ประชาชนเห็น,เปิดตั้งแต่,เปิดถึง,วันที่เปิด
เพชร,อาคาร 1,120,ไม่รับ,โปรเจกเตอร์|จอ,กลุ่มอำนวยการ,Keeper|boss,ใช่,ทั้งหมด,7.30 น.,24:00,จันทร์|อังคาร|พ.|พฤ.|ศ.
ทับทิม,,,,,,,ไม่,เฉพาะไม่ว่าง,,,
"""  # noqa: E501
HEADER = "room,date,time_of_day,from,until,purpose,group,headcount,state\n"
BOOKINGS = (
    HEADER
    + """เพชร,1 มิ.ย. 2566,เช้า-บ่าย,,,รับสมัครสอบครูผู้ช่วย,กลุ่มอำนวยการ,100,
เพชร,2/6/2566,เช้า,,,ประชุมประจำเดือน,,20,ยกเลิก
เพชร,2023-06-02,,๐๙.๓๐ น.,11:00,ประชุมคณะทำงาน,,12,
ทับทิม,12 มิ.ย. 2566,บ่าย,,,ประชุมเครือข่าย,,8,
ทับทิม,13 มิ.ย. 2566,บ่าย,,,ประชุมกลุ่ม,,8,รออนุมัติ
"""
)
SET = {
    "groups.csv": "name\nกลุ่มอำนวยการ\n",
    "staff.csv": f"citizen_id,name,group\n{CLERK},ก ตัวอย่าง,กลุ่มอำนวยการ\n"
    f"{BOSS},ข ตัวอย่าง,\n",
    "users.csv": "login,password,role,citizen_id\n"
    f"keeper,first-password,บุคลากร,{CLERK}\n"
    f"boss,first-password,บุคลากร|ผู้ดูแลระบบห้องประชุม,{BOSS}\n",
    "rooms.csv": ROOMS,
    "room_bookings.csv": BOOKINGS,
}


class RoomsLoaderCase(BaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.partner_id.write({"agency_code": False, "tz": "Asia/Bangkok"})
        cls.loader = cls.env["amss.loader"]

    def _load(self, files=None):
        files = {name: text.encode() for name, text in (files or SET).items()}
        return self.loader._load_set(files)

    def _problems(self, files):
        with self.assertRaises(LoadFailed) as caught:
            self._load(files)
        return [problem.text("en_US") for problem in caught.exception.problems]

    def _room(self, name):
        return self.env["amss.room"].search(
            [("name", "=", name), ("company_id", "=", self.env.company.id)]
        )

    def _bookings(self, name="เพชร"):
        return self.env["amss.room.booking"].search(
            [("room_id", "=", self._room(name).id)], order="start, id"
        )

    def _user(self, login):
        return self.env["res.users"].search([("login", "=", login)])


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRoomsLoader(RoomsLoaderCase):
    def test_rooms(self):
        self._load()
        room = self._room("เพชร")
        self.assertEqual((room.location, room.capacity), ("อาคาร 1", 120))
        self.assertEqual(room.over_capacity, "refuse")
        self.assertEqual(room.equipment_ids.mapped("name"), ["จอ", "โปรเจกเตอร์"])
        self.assertEqual(room.department_id.name, "กลุ่มอำนวยการ")
        self.assertEqual(room.keeper_ids, self._user("keeper") | self._user("boss"))
        self.assertEqual((room.open_from, room.open_to), (7.5, 24.0))
        self.assertEqual((room.wed, room.thu, room.sat), (True, True, False))
        other = self._room("ทับทิม")
        self.assertEqual((other.needs_approval, other.public_detail), (False, "busy"))
        self.assertEqual((other.open_from, other.sat), (6.0, True))
        self.assertLess(room.sequence, other.sequence, "as in the file")

    def test_roles(self):
        self._load()
        keeper, boss = self._user("keeper"), self._user("boss")
        self.assertTrue(keeper.has_group("amss_rooms.group_rooms_keeper"))
        self.assertFalse(keeper.has_group("amss_rooms.group_rooms_admin"))
        self.assertTrue(boss.has_group("amss_rooms.group_rooms_admin"))

    def test_all_who_work_in_the_office_book_rooms(self):
        users = f"login,password,role,citizen_id\nx,first-password,บุคลากร,{CLERK}\n"
        self._load(
            {"staff.csv": SET["staff.csv"], "users.csv": users}
            | SET
            | {
                "users.csv": users,
                "rooms.csv": "name\nเพชร\n",
                "room_bookings.csv": HEADER,
            }
        )
        self.assertTrue(self._user("x").has_group("amss_rooms.group_rooms_user"))

    def test_bookings_stand_as_they_were(self):
        self._load()
        first, cancelled, hours = self._bookings()
        self.assertEqual(first.name, "รับสมัครสอบครูผู้ช่วย")
        self.assertEqual((first.date, first.slot), (date(2023, 6, 1), "day"))
        self.assertEqual(first.start, datetime(2023, 6, 1, 1, 30))
        self.assertEqual((first.state, first.headcount), ("held", 100))
        self.assertEqual(first.department_id.name, "กลุ่มอำนวยการ")
        self.assertIn(first.user_id, first.room_id.keeper_ids)
        self.assertEqual((cancelled.slot, cancelled.state), ("morning", "cancelled"))
        self.assertEqual((hours.hour_from, hours.hour_to), (9.5, 11.0))
        self.assertFalse(hours.department_id)
        self.assertEqual(
            self._bookings("ทับทิม").mapped("state"), ["approved", "requested"]
        )

    def test_again_changes_nothing(self):
        self._load()
        before = self._bookings().read() + self._room("เพชร").read()
        counts = self._load()
        self.assertEqual(counts["rooms.csv"], {"unchanged": 2})
        self.assertEqual(counts["room_bookings.csv"], {"unchanged": 5})
        self.assertEqual(self._bookings().read() + self._room("เพชร").read(), before)

    def test_what_was_cancelled_since_stays_cancelled(self):
        self._load()
        coming = self._bookings("ทับทิม")[0]
        coming.with_user(self._user("boss"))._cancel("เลื่อนไม่มีกำหนด")
        counts = self._load({"room_bookings.csv": BOOKINGS})
        self.assertEqual(counts["room_bookings.csv"], {"unchanged": 5})
        self.assertEqual(coming.state, "cancelled")

    def test_later_lines_may_come_by_themselves(self):
        self._load()
        counts = self._load(
            {"room_bookings.csv": HEADER + "เพชร,3 มิ.ย. 2566,เช้า,,,ค,,,\n"}
        )
        self.assertEqual(counts["room_bookings.csv"]["created"], 1)

    def test_a_changed_room_changes_that_room_alone(self):
        self._load()
        counts = self._load({"rooms.csv": "name,seats\nเพชร,150\nทับทิม,\n"})
        self.assertEqual(counts["rooms.csv"], {"updated": 1, "unchanged": 1})
        self.assertEqual(self._room("เพชร").capacity, 150)
        self.assertEqual(self._room("เพชร").location, "อาคาร 1")

    def test_lines_cost_no_query_each(self):
        def text(first, count):
            lines = (
                f"เพชร,{number % 28 + 1}/{number // 28 % 12 + 1}/{2560 + number // 336}"
                f",เช้า,,,ประชุมครั้งที่ {number},,,\n"
                for number in range(first, first + count)
            )
            return {"room_bookings.csv": (HEADER + "".join(lines)).encode()}

        self._load()
        self.loader._load_set(text(0, 10))
        counts = []
        for first, count in ((10, 100), (110, 400)):
            before = self.env.cr.sql_log_count
            self.loader._load_set(text(first, count))
            counts.append(self.env.cr.sql_log_count - before)
        # the ORM inserts in batches of 100
        self.assertLess(counts[1], counts[0] + 15)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRoomsLoaderProblems(RoomsLoaderCase):
    def setUp(self):
        super().setUp()
        self._load()

    def _assert_refused(self, line, *parts):
        before = self.env["amss.room.booking"].search_count([])
        problems = self._problems({"room_bookings.csv": HEADER + line + "\n"})
        self.assertEqual(len(problems), 1, problems)
        for part in parts:
            self.assertIn(part, problems[0])
        self.assertEqual(self.env["amss.room.booking"].search_count([]), before)

    def test_bookings(self):
        table = [
            ("เพชร,31 ก.พ. 2566,เช้า,,,ค,,,", "is not a date"),
            ("เพชร,1/6/0543,เช้า,,,ค,,,", "is not a date"),
            ("เพชร,1/6/1086,เช้า,,,ค,,,", "too far away to be meant"),
            ("เพชร,1/6/2666,เช้า,,,ค,,,", "too far away to be meant"),
            ("โกเมน,9/6/2566,เช้า,,,ค,,,", "there is no room “โกเมน”"),
            ("เพชร,9/6/2566,เย็น,,,ค,,,", "“เย็น” is unknown"),
            ("เพชร,9/6/2566,,,,ค,,,", "one of the two"),
            ("เพชร,9/6/2566,เช้า,9:00,10:00,ค,,,", "one of the two"),
            ("เพชร,9/6/2566,,9:00,,ค,,,", "one of the two"),
            ("เพชร,9/6/2566,,10:00,9:00,ค,,,", "end lies before the beginning"),
            ("เพชร,9/6/2566,,9:75,10:00,ค,,,", "is not a time of day"),
            ("เพชร,9/6/2566,เช้า,,,,,,", "must be filled in"),
            (f"เพชร,9/6/2566,เช้า,,,{'ค' * 251},,,", "250 letters at most"),
            ("เพชร,9/6/2566,เช้า,,,ค,กลุ่มไหน,,", "no group “กลุ่มไหน”"),
            ("เพชร,9/6/2566,เช้า,,,ค,,-3,", "not a whole number from 0"),
            ("เพชร,7/6/2566,เช้า,,,ค,,,รออนุมัติ", "of a past day"),
            ("เพชร,9/6/2566,เช้า,,,ค,,,ใช้แล้ว", "still to come"),
        ]
        for line, expected in table:
            with self.subTest(line):
                self._assert_refused(line, "line 2", expected)

    def test_the_requester_is_of_the_office(self):
        header = "room,date,time_of_day,purpose,requester\n"
        files = {"room_bookings.csv": header + "เพชร,9/6/2566,เช้า,ค,nobody\n"}
        [problem] = self._problems(files)
        self.assertIn("there is no user “nobody”", problem)

    def test_two_lines_for_one_time_name_each_other(self):
        self._assert_refused(
            "เพชร,9/6/2566,เช้า,,,ค,,,\nเพชร,9/6/2566,,11:00,13:00,ง,,,",
            "line 3",
            "line 2 has the room",
            "08:30–12:00, “ค”",
        )
        self._assert_refused(
            "เพชร,9/6/2566,เช้า,,,ค,,,\nเพชร,9/6/2566,เช้า,,,ค,,,", "line 3", "line 2"
        )

    def test_one_time_may_be_cancelled_and_given_to_another(self):
        lines = "เพชร,9/6/2566,เช้า,,,ค,,,ยกเลิก\nเพชร,9/6/2566,เช้า,,,ง,,,\n"
        self._load({"room_bookings.csv": HEADER + lines})
        self.assertEqual(
            self._bookings()[-2:].mapped("state"), ["cancelled", "approved"]
        )

    def test_who_holds_the_room_in_the_database_is_named(self):
        self._assert_refused(
            "เพชร,1/6/2566,บ่าย,,,ประชุมอื่น,,,",
            "line 2",
            "“รับสมัครสอบครูผู้ช่วย”, กลุ่มอำนวยการ",
        )

    def test_rooms(self):
        header = "name,keepers,open_from,open_until,seats,group,over_capacity\n"
        table = [
            ("ก,nobody,,,,,", "there is no user “nobody”"),
            ("ก,,18:00,8:00,,,", "closes before it opens"),
            ("ก,,21:00,,,,", "closes before it opens"),
            ("ก,,,,0,,", "not a whole number from 1"),
            ("ก,,,,,กลุ่มไหน,", "no group “กลุ่มไหน”"),
            ("ก,,,,,,อื่น", "“อื่น” is unknown"),
            ("ก,,,,,,\nก,,,,,,", "is already in line 2"),
        ]
        for line, expected in table:
            with self.subTest(line):
                [problem] = self._problems({"rooms.csv": header + line + "\n"})
                self.assertIn(expected, problem)

    def test_a_school_keeps_no_room(self):
        self.env["res.users"].create(
            {
                "name": "ครู",
                "login": "t.school",
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        [problem] = self._problems({"rooms.csv": "name,keepers\nก,t.school\n"})
        self.assertIn("there is no user “t.school” of this office", problem)
