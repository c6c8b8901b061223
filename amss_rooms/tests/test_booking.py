# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime, timedelta

from psycopg2.errors import CheckViolation, ExclusionViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.amss_base.tools import guard

from .common import FRIDAY, NOW, THURSDAY, RoomsCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestBooking(RoomsCase):
    def test_half_days_are_hours_of_the_office(self):
        booking = self.book(slot="morning")
        # 08:30–12:00 in Bangkok
        self.assertEqual(booking.start, datetime(2023, 6, 8, 1, 30))
        self.assertEqual(booking.stop, datetime(2023, 6, 8, 5, 0))
        self.assertEqual(booking.hours, 3.5)
        day = self.book(slot="day", date=FRIDAY)
        self.assertEqual((day.hour_from, day.hour_to), (8.5, 16.5))

    def test_a_request_waits_for_the_keeper_and_holds_its_time(self):
        booking = self.book()
        self.assertEqual(booking.state, "requested")
        with self.assertRaisesRegex(ValidationError, "ประชุมครูผู้ช่วย.*กลุ่มบริหารงานบุคคล"):
            self.book(self.other, slot="day")
        self.book(self.other, slot="afternoon")

    def test_a_room_without_approval_is_had_at_once(self):
        self.assertEqual(self.book(room_id=self.phailin.id).state, "approved")

    def test_the_keeper_needs_nobody_to_approve(self):
        self.assertEqual(self.book(self.keeper).state, "approved")

    def test_approve_and_refuse(self):
        first, second = self.book(), self.book(self.other, slot="afternoon")
        with self.assertRaises(AccessError):
            first.with_user(self.other).action_approve()
        (first | second).with_user(self.keeper).action_approve()
        self.assertEqual((first | second).mapped("state"), ["approved", "approved"])
        self.assertEqual(first.decided_by_id, self.keeper)
        third = self.book(date=FRIDAY)
        third.with_user(self.keeper)._refuse("ห้องปิดซ่อม")
        self.assertEqual((third.state, third.reason), ("refused", "ห้องปิดซ่อม"))
        self.book(self.other, date=FRIDAY)

    @mute_logger("odoo.sql_db")
    def test_the_database_itself_refuses_a_double_booking(self):
        booking = self.book()
        with self.assertRaises(ExclusionViolation), self.cr.savepoint():
            guard.stepping(booking).copy({"date": THURSDAY}).flush_recordset()

    def test_the_state_is_not_typed_in(self):
        with self.assertRaisesRegex(UserError, "ปุ่ม|buttons"):
            self.book(state="approved")
        booking = self.book()
        with self.assertRaises(UserError):
            booking.with_user(self.requester).state = "held"

    def test_moved_by_start_and_stop_as_the_calendar_does(self):
        booking = self.book()
        booking.with_user(self.requester).write(
            {
                "start": booking.start + timedelta(days=1, hours=4, minutes=30),
                "stop": booking.stop + timedelta(days=1, hours=4, minutes=30),
            }
        )
        self.assertEqual((booking.date, booking.slot), (FRIDAY, "afternoon"))

    def test_bad_times_are_refused(self):
        bad = {
            "past": {"date": date(2023, 5, 31)},
            "backwards": {"slot": "times", "hour_from": 12, "hour_to": 10},
            "closed hours": {"slot": "times", "hour_from": 5, "hour_to": 8},
            "too far": {"date": date(2025, 6, 1)},
        }
        for what, values in bad.items():
            with (
                self.subTest(what),
                self.assertRaises(ValidationError),
                self.cr.savepoint(),
            ):
                self.book(**values)

    def test_no_year_beyond_all_sense(self):
        """S3's table has a year 543; keepers may book far ahead, but not that far."""
        days = [date(1, 1, 1), date(543, 6, 8), date(2033, 6, 20), date(9999, 12, 31)]
        self.phet.horizon_days = 0
        moved = self.book(slot="afternoon")
        for day in days:
            for user in (self.requester, self.keeper):
                with (
                    self.subTest(day, login=user.login),
                    self.assertRaisesRegex(ValidationError, "past|too far ahead"),
                    self.cr.savepoint(),
                ):
                    self.book(user, date=day)
            with self.assertRaises(ValidationError), self.cr.savepoint():
                moved.with_user(self.requester).date = day
        with self.assertRaises(ValidationError), self.cr.savepoint():
            moved.with_user(self.requester).write(
                {"start": "9999-12-31 20:00:00", "stop": "9999-12-31 21:00:00"}
            )
        self.book(self.keeper, date=date(2032, 6, 8))

    @mute_logger("odoo.sql_db")
    def test_the_database_itself_refuses_such_a_year(self):
        booking = self.book()
        with self.assertRaises(CheckViolation), self.cr.savepoint():
            guard.stepping(booking).copy({"date": "0543-06-08"}).flush_recordset()

    def test_hours_of_no_day_are_refused(self):
        self.phet.write({"open_from": 0, "open_to": 24})
        hours = [(-1, 2), (23, 25), (9, 1e12), (-1e12, 9), (30, 31), (9, float("nan"))]
        for hour_from, hour_to in hours:
            with (
                self.subTest(hour_from=hour_from, hour_to=hour_to),
                self.assertRaises(ValidationError),
                self.cr.savepoint(),
            ):
                self.book(slot="times", hour_from=hour_from, hour_to=hour_to)
        self.book(slot="times", hour_from=22, hour_to=24)

    def test_closures_and_holidays(self):
        leaves = self.env["resource.calendar.leaves"].with_company(self.office)
        leaves.create(
            {
                "name": "วันหยุดทดสอบ",
                "date_from": "2023-06-07 17:00:00",
                "date_to": "2023-06-08 16:59:59",
                "company_id": self.office.id,
            }
        )
        with self.assertRaisesRegex(ValidationError, "วันหยุดทดสอบ"):
            self.book()
        self.book(date=FRIDAY)

    def test_another_persons_booking_is_changed_by_the_keeper_with_a_note(self):
        booking = self.book()
        with self.assertRaises(AccessError):
            booking.with_user(self.other).headcount = 3
        with self.assertRaises(UserError):
            booking.with_user(self.keeper).headcount = 3
        booking.with_user(self.keeper).write(
            {"headcount": 3, "change_note": "ลดจำนวนตามที่แจ้ง"}
        )
        self.assertIn("ลดจำนวนตามที่แจ้ง", booking.message_ids[0].body)

    def test_the_keepers_are_told_once_of_what_is_asked_together(self):
        bookings = (
            self.env["amss.room.booking"]
            .with_user(self.requester)
            .create(
                [
                    {
                        "name": "อบรมสามวัน",
                        "room_id": self.phet.id,
                        "date": date(2023, 6, day),
                        "slot": "day",
                    }
                    for day in (12, 13, 14)
                ]
            )
        )
        self.assertEqual(bookings.request_id, bookings[0])
        notice = self._notices(self.keeper)
        self.assertEqual(len(notice), 1)
        for day in ("12", "13", "14"):
            self.assertIn(day, notice.body)

    def _notices(self, user):
        return self.env["mail.message"].search(
            [
                ("model", "=", "amss.room.booking"),
                ("partner_ids", "in", user.partner_id.ids),
            ]
        )

    def test_what_to_know_of_the_room_is_told_with_the_approval(self):
        self.phet.note = "รับกุญแจที่กลุ่มอำนวยการ"
        first, second = self.book(), self.book(slot="afternoon")
        self.assertNotIn("รับกุญแจ", "".join(self._notices(self.keeper).mapped("body")))
        self.assertEqual(first.with_user(self.requester).room_note, self.phet.note)
        first.with_user(self.keeper).action_approve()
        self.assertIn("รับกุญแจ", self._notices(self.requester).body)
        second.with_user(self.keeper)._refuse("ห้องปิดซ่อม")
        refused = self._notices(self.requester).sorted("id")[-1]
        self.assertNotIn("รับกุญแจ", refused.body)

    def test_a_room_without_keepers_is_decided_by_the_administrators(self):
        self.phet.keeper_ids = False
        self.book()
        self.assertTrue(self._notices(self.admin))

    def test_the_refused_are_told_why_and_what_is_free_instead(self):
        booking = self.book(headcount=40)
        booking.with_user(self.keeper)._refuse("ห้องปิดซ่อม")
        notice = self._notices(self.requester)
        self.assertIn("ห้องปิดซ่อม", notice.body)
        self.assertIn("ไพลิน", notice.body)

    def test_a_room_too_small_is_no_alternative(self):
        booking = self.book(headcount=80)
        booking.with_user(self.keeper)._refuse("ห้องปิดซ่อม")
        self.assertNotIn("ไพลิน", self._notices(self.requester).body)

    def test_own_bookings_are_changed_until_the_deadline(self):
        self.phet.change_hours = 48
        near = self.book(date=date(2023, 6, 2))
        with self.assertRaisesRegex(UserError, "rooms_keeper"):
            near.with_user(self.requester)._cancel("")
        far = self.book()
        far.with_user(self.requester)._cancel("")
        self.assertEqual(far.state, "cancelled")
        near.with_user(self.keeper)._cancel("ผู้จองขอยกเลิก")
        self.assertEqual(near.state, "cancelled")

    def test_the_keeper_cancels_with_a_reason(self):
        booking = self.book()
        with self.assertRaises(UserError):
            booking.with_user(self.keeper)._cancel("")

    def test_a_moved_booking_is_asked_for_again_and_holds_the_new_time(self):
        booking = self.book()
        booking.with_user(self.keeper).action_approve()
        booking.with_user(self.requester).write({"date": FRIDAY})
        self.assertEqual(booking.state, "requested")
        self.book(self.other)
        with self.assertRaises(ValidationError):
            self.book(self.other, date=FRIDAY)

    def test_a_running_meeting_is_made_longer_by_the_keeper(self):
        booking = self.book(date=date(2023, 6, 2))
        booking.with_user(self.keeper).action_approve()
        with freeze_time("2023-06-02 03:00:00"):
            booking.with_user(self.keeper).write(
                {"slot": "day", "change_note": "ประชุมต่อช่วงบ่าย"}
            )
        self.assertEqual(booking.slot, "day")

    def test_too_many_people_are_refused_where_the_room_says_so(self):
        self.book(headcount=150)
        self.phet.over_capacity = "refuse"
        with self.assertRaisesRegex(ValidationError, "100.*150"):
            self.book(headcount=150, date=FRIDAY)

    def test_nothing_of_a_request_is_booked_when_one_day_is_taken(self):
        self.book(self.other, date=FRIDAY)
        days = [THURSDAY, FRIDAY]
        before = self.env["amss.room.booking"].search_count([])
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.env["amss.room.booking"].with_user(self.requester).create(
                [{"name": "อบรม", "room_id": self.phet.id, "date": day} for day in days]
            )
        self.assertEqual(self.env["amss.room.booking"].search_count([]), before)

    def test_one_request_that_overlaps_itself(self):
        with self.assertRaises(ValidationError):
            self.env["amss.room.booking"].with_user(self.requester).create(
                [
                    {
                        "name": "อบรม",
                        "room_id": self.phet.id,
                        "date": THURSDAY,
                        "slot": slot,
                    }
                    for slot in ("morning", "day")
                ]
            )

    def test_a_room_that_is_booked_ahead_is_not_archived(self):
        # who archives looks past the own transaction, which here holds the booking
        self.registry_enter_test_mode()
        booking = self.book()
        with self.assertRaisesRegex(UserError, "เพชร"):
            self.phet.with_user(self.admin).active = False
        booking.with_user(self.requester)._cancel("")
        self.phet.with_user(self.admin).active = False
        with self.assertRaisesRegex(ValidationError, "เพชร"):
            self.book()
        with self.assertRaisesRegex(UserError, "เพชร"):
            self.phet.with_user(self.admin).unlink()

    def test_notice_and_horizon_bind_all_but_the_keeper(self):
        self.phet.write({"notice_hours": 240, "horizon_days": 20})
        with self.assertRaisesRegex(ValidationError, "240"), self.cr.savepoint():
            self.book()
        with self.assertRaisesRegex(ValidationError, "20"), self.cr.savepoint():
            self.book(date=date(2023, 7, 1))
        self.book(self.keeper)
        self.book(self.keeper, date=date(2023, 7, 1))
