# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged

from .common import FRIDAY, NOW, THURSDAY, RoomsCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMonthTable(RoomsCase):
    """What the web client is given to draw the month table."""

    def table(self, user=None, year=2023, month=6):
        rooms = self.env["amss.room"].with_user(user or self.requester)
        return rooms.amss_month_table(year, month)

    def room(self, table, room):
        return next(values for values in table["rooms"] if values["id"] == room.id)

    def free(self, table, room, day):
        return self.room(table, room)["free"][day.day - 1]

    def test_days_and_rooms(self):
        table = self.table()
        self.assertEqual((table["month"], table["today"]), ("2023-06", "2023-06-01"))
        self.assertEqual(len(table["days"]), 30)
        weekend = [day["day"] for day in table["days"] if day["weekend"]]
        self.assertEqual(weekend, [3, 4, 10, 11, 17, 18, 24, 25])
        names = [room["name"] for room in table["rooms"]]
        self.assertEqual(names, ["เพชร", "ไพลิน"])
        self.assertEqual(self.room(table, self.phet)["seats"], 100)
        self.assertEqual(
            table["equipment"],
            [{"id": self.projector.id, "name": "โปรเจกเตอร์ทดสอบ"}],
        )

    def test_weekdays_in_thai(self):
        self.env["res.lang"]._activate_lang("th_TH")
        self.requester.lang = "th_TH"
        table = (
            self.env["amss.room"]
            .with_user(self.requester)
            .with_context(lang="th_TH")
            .amss_month_table(2566, 6)
        )
        self.assertEqual(table["month"], "2023-06")
        self.assertEqual(table["days"][0]["weekday"], "พฤหัสบดี")

    def test_a_booking_and_what_is_left_free(self):
        booking = self.book(headcount=100)
        self.book(self.other, date=FRIDAY, slot="day")
        table = self.table()
        shown = next(row for row in table["bookings"] if row["id"] == booking.id)
        self.assertEqual(
            shown,
            {
                "id": booking.id,
                "room": self.phet.id,
                "date": "2023-06-08",
                "slot": "morning",
                "from": 8.5,
                "to": 12.0,
                "name": "ประชุมครูผู้ช่วย",
                "group": "กลุ่มบริหารงานบุคคล",
                "who": self.requester.name,
                "people": 100,
                "state": "requested",
                "own": True,
            },
        )
        self.assertEqual(self.free(table, self.phet, THURSDAY), "afternoon")
        self.assertEqual(self.free(table, self.phet, FRIDAY), "none")
        self.assertEqual(self.free(table, self.phailin, FRIDAY), "all")

    def test_a_half_day_outside_the_hours_of_the_room_is_not_free(self):
        self.phet.open_from = 9
        self.phailin.write({"open_from": 12, "open_to": 16})
        table = self.table()
        self.assertEqual(self.free(table, self.phet, THURSDAY), "afternoon")
        self.assertEqual(self.free(table, self.phailin, THURSDAY), "none")

    def test_a_colleagues_booking_is_read_but_not_ones_own(self):
        self.book(name="ประชุมแผน")
        (shown,) = self.table(self.other)["bookings"]
        self.assertEqual((shown["name"], shown["own"]), ("ประชุมแผน", False))

    def test_what_was_refused_or_cancelled_frees_its_time(self):
        self.book().with_user(self.keeper)._refuse("ห้องปิดซ่อม")
        table = self.table()
        self.assertFalse(table["bookings"])
        self.assertEqual(self.free(table, self.phet, THURSDAY), "all")

    def test_closed_days_say_why(self):
        self.phailin.thu = False
        self.env["resource.calendar.leaves"].with_company(self.office).create(
            {
                "name": "วันหยุดทดสอบ",
                "date_from": "2023-06-08 17:00:00",
                "date_to": "2023-06-09 16:59:59",
                "company_id": self.office.id,
            }
        )
        table = self.table()
        self.assertEqual(
            self.room(table, self.phet)["closed"], {"2023-06-09": "วันหยุดทดสอบ"}
        )
        closed = self.room(table, self.phailin)["closed"]
        self.assertEqual(closed["2023-06-09"], "วันหยุดทดสอบ")
        self.assertEqual(closed["2023-06-08"], "")

    def test_a_part_of_a_day_that_is_closed(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "ล้างแอร์",
                "resource_id": self.phet.resource_id.id,
                "date_from": "2023-06-09 06:00:00",
                "date_to": "2023-06-09 10:00:00",
                "company_id": self.office.id,
            }
        )
        table = self.table()
        shut = self.room(table, self.phet)["shut"]
        self.assertEqual(shut, {"2023-06-09": [(13.0, 17.0, "ล้างแอร์")]})
        self.assertEqual(self.free(table, self.phet, FRIDAY), "morning")

    def test_calendars_shade_the_days_on_which_all_rooms_are_closed(self):
        (self.phet | self.phailin).sun = False
        self.phet.sat = False
        bookings = self.env["amss.room.booking"].with_user(self.requester)
        # 8 to 11 June in Bangkok
        days = bookings.get_unusual_days("2023-06-07 17:00:00", "2023-06-11 16:59:59")
        self.assertEqual(
            days,
            {
                "2023-06-08": False,
                "2023-06-09": False,
                "2023-06-10": False,
                "2023-06-11": True,
            },
        )

    def test_notice_and_horizon_bind_requesters_not_keepers(self):
        self.phet.write({"notice_hours": 48, "horizon_days": 10})
        limits = self.room(self.table(), self.phet)
        self.assertEqual(limits["earliest"], "2023-06-03T12:00")
        self.assertEqual(limits["latest"], "2023-06-11")
        limits = self.room(self.table(self.keeper), self.phet)
        self.assertEqual(limits["earliest"], "2023-06-01T12:00")
        self.assertFalse(limits["latest"])
        self.assertTrue(limits["kept"])

    def test_rooms_of_other_offices_and_archived_ones_are_not_shown(self):
        elsewhere = self.env["res.company"].create({"name": "สพป.อื่น"})
        self.env["amss.room"].create({"name": "ห้องอื่น", "company_id": elsewhere.id})
        self.phailin.active = False
        names = [room["name"] for room in self.table()["rooms"]]
        self.assertEqual(names, ["เพชร"])

    def test_who_has_no_role_sees_nothing(self):
        stranger = new_test_user(
            self.env,
            "rooms_stranger",
            "base.group_portal",
            company_id=self.office.id,
            company_ids=[Command.set(self.office.ids)],
        )
        with self.assertRaises(AccessError):
            self.table(stranger)

    def test_months_that_do_not_exist(self):
        for year, month in (
            (2023, 13),
            (2023, 0),
            (543, 6),
            (1, 1),
            (99999, 6),
            (None, 6),
            ("มิถุนายน", 6),
            (2023, [6]),
        ):
            with (
                self.subTest(year=year, month=month),
                self.assertRaisesRegex(UserError, "month|เดือน"),
            ):
                self.table(year=year, month=month)

    def test_queries_do_not_grow_with_rooms_and_bookings(self):
        def queries():
            # twice: what is read once per server, such as access rules, does not count
            for _round in range(2):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                self.table()
            return self.cr.sql_log_count - before

        self.book(room_id=self.phailin.id)
        few = queries()
        rooms = self.env["amss.room"].create(
            [
                {"name": f"ห้อง {number}", "company_id": self.office.id}
                for number in range(18)
            ]
        )
        for number, room in enumerate(rooms):
            for days in range(5):
                self.book(
                    (self.other, self.requester)[number % 2],
                    room_id=room.id,
                    date=THURSDAY + timedelta(days=days),
                )
        self.assertEqual(queries(), few)
        self.assertLessEqual(few, 20)
