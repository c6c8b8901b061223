# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a booking shows as its time is what it holds, however the time was said."""

from datetime import date, datetime

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import FRIDAY, NOW, THURSDAY, RoomsCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestTimes(RoomsCase):
    def _with_context(self, vals, **context):
        bookings = self.env["amss.room.booking"].with_user(self.requester)
        return bookings.with_context(**context).create(
            {"name": "ประชุม", "room_id": self.phailin.id, **vals}
        )

    def _hours(self, booking):
        return booking.slot, booking.hour_from, booking.hour_to

    def test_what_is_said_outright_wins_over_the_context(self):
        booking = self._with_context(
            {"date": THURSDAY, "slot": "morning"},
            # 17:00–18:00 in Bangkok
            default_start="2023-06-08 10:00:00",
            default_stop="2023-06-08 11:00:00",
            default_hour_from=17,
            default_hour_to=18,
            default_hours=99,
            default_company_id=self.env.ref("base.main_company").id,
        )
        booking.invalidate_recordset()
        self.assertEqual(self._hours(booking), ("morning", 8.5, 12.0))
        self.assertEqual(booking.start, datetime(2023, 6, 8, 1, 30))
        self.assertEqual((booking.hours, booking.company_id), (3.5, self.office))
        with self.assertRaises(ValidationError):
            self.book(room_id=self.phailin.id)

    def test_defaults_of_ones_own_move_nothing(self):
        defaults = self.env["ir.default"].with_user(self.requester)
        values = {
            "start": "2023-06-08 10:00:00",
            "stop": "2023-06-08 11:00:00",
            "hour_from": 17.0,
            "hour_to": 18.0,
            "hours": 99.0,
        }
        for name, value in values.items():
            defaults.set("amss.room.booking", name, value, user_id=True)
        booking = self.book(room_id=self.phailin.id)
        booking.invalidate_recordset()
        self.assertEqual(self._hours(booking), ("morning", 8.5, 12.0))
        self.assertEqual(booking.start, datetime(2023, 6, 8, 1, 30))
        self.assertEqual(booking.hours, 3.5)

    def test_the_context_says_what_is_not_said(self):
        booking = self._with_context(
            {}, default_start="2023-06-08 06:00:00", default_stop="2023-06-08 09:30:00"
        )
        self.assertEqual(booking.date, THURSDAY)
        self.assertEqual(self._hours(booking), ("afternoon", 13.0, 16.5))
        booking = self._with_context(
            {"date": FRIDAY}, default_hour_from=9, default_hour_to=10
        )
        self.assertEqual(self._hours(booking), ("times", 9.0, 10.0))
        booking = self._with_context(
            {"date": FRIDAY, "hour_from": 10, "hour_to": 11}, default_slot="morning"
        )
        self.assertEqual(self._hours(booking), ("times", 10.0, 11.0))

    def test_office_and_hours_are_not_typed_in(self):
        booking = self.book()
        elsewhere = self.env["res.company"].create({"name": "สพป.อื่น"})
        booking.with_user(self.requester).write(
            {"company_id": elsewhere.id, "hours": 9999}
        )
        booking.invalidate_recordset()
        self.assertEqual((booking.company_id, booking.hours), (self.office, 3.5))

    def test_hours_are_whole_minutes(self):
        booking = self.book(slot="times", hour_from=8.4999, hour_to=10.0001)
        self.assertEqual((booking.hour_from, booking.hour_to), (8.5, 10.0))

    def test_days_that_are_none_are_named(self):
        booking = self.book(slot="afternoon").with_user(self.requester)
        dialog = self.env["amss.room.book"].with_user(self.requester)
        doors = {
            "create": lambda day: self.book(date=day),
            "write": lambda day: booking.write({"date": day}),
            "move": lambda day: booking.write({"start": day, "stop": day}),
            "dialog": lambda day: dialog.create({"date_from": day}),
            "dialog, changed": lambda day: dialog.create({}).write({"until": day}),
            "finder": lambda day: self.env["amss.room.find"].create({"date": day}),
        }
        for name, door in doors.items():
            for day in ("2023-02-31", "31/02/2566"):
                with (
                    self.subTest(name, day=day),
                    self.assertRaisesRegex(UserError, day),
                    self.cr.savepoint(),
                ):
                    door(day)

    def test_what_was_booked_stays_when_the_half_days_change(self):
        booking = self.book()
        self.office.amss_morning_from = 9
        booking.with_user(self.requester).date = FRIDAY
        self.assertEqual(self._hours(booking), ("morning", 8.5, 12.0))
        self.assertEqual(booking.start, datetime(2023, 6, 9, 1, 30))
        booking.with_user(self.requester).room_id = self.phailin
        self.assertEqual(self._hours(booking), ("morning", 8.5, 12.0))
        booking.with_user(self.requester).slot = "day"
        self.assertEqual(self._hours(booking), ("day", 9.0, 16.5))

    def test_the_hours_that_are_kept_are_those_checked(self):
        booking = self.book()
        self.office.amss_morning_from = 9
        self.book(self.other, date=FRIDAY, slot="times", hour_from=8, hour_to=9)
        with self.assertRaisesRegex(ValidationError, "กลุ่มนโยบายและแผน"):
            booking.with_user(self.requester).date = FRIDAY

    def test_half_days_of_the_office_to_which_it_moves(self):
        elsewhere = self.env["res.company"].create(
            {"name": "สพป.อื่น", "amss_morning_from": 9}
        )
        elsewhere.partner_id.tz = "Asia/Bangkok"
        room = self.phailin.copy({"name": "มรกต", "company_id": elsewhere.id})
        self.requester.company_ids = [Command.link(elsewhere.id)]
        booking = self.book(department_id=False)
        booking.with_user(self.requester).with_context(
            allowed_company_ids=[self.office.id, elsewhere.id]
        ).room_id = room
        self.assertEqual(self._hours(booking), ("morning", 9.0, 12.0))
        self.assertEqual(booking.company_id, elsewhere)

    def test_several_moved_at_once_each_by_itself(self):
        first = self.book(slot="times", hour_from=9, hour_to=12)
        second = self.book(
            room_id=self.phailin.id, slot="times", hour_from=9, hour_to=11
        )
        (first | second).with_user(self.requester).write({"hour_from": 8.5})
        self.assertEqual(self._hours(first), ("morning", 8.5, 12.0))
        self.assertEqual(self._hours(second), ("times", 8.5, 11.0))

    def test_a_day_far_away_is_still_one(self):
        with self.assertRaises(ValidationError):
            self.book(date=date(9999, 12, 31))
