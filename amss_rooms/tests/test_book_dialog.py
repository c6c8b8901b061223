# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from odoo import Command
from odoo.tests import Form, freeze_time, tagged

from ..tools.repeat import days_of
from .common import FRIDAY, NOW, THURSDAY, RoomsCase


@tagged("post_install", "-at_install")
class TestDays(RoomsCase):
    """Which days a repeat has."""

    def _days(self, first, last=None, **rest):
        return [day.isoformat() for day in days_of(first, last or first, **rest)]

    def test_each_day_from_first_to_last(self):
        self.assertEqual(
            self._days(date(2023, 6, 30), date(2023, 7, 2)),
            ["2023-06-30", "2023-07-01", "2023-07-02"],
        )

    def test_every_second_week_on_two_weekdays(self):
        self.assertEqual(
            self._days(
                THURSDAY,
                until=date(2023, 6, 28),
                repeat="week",
                every=2,
                weekdays=["tue", "thu"],
            ),
            ["2023-06-08", "2023-06-20", "2023-06-22"],
        )

    def test_months_without_the_day_are_left_out(self):
        self.assertEqual(
            self._days(date(2023, 1, 31), until=date(2023, 5, 31), repeat="month_day"),
            ["2023-01-31", "2023-03-31", "2023-05-31"],
        )

    def test_the_same_weekday_of_each_month(self):
        # second Thursday
        self.assertEqual(
            self._days(THURSDAY, until=date(2023, 8, 31), repeat="month_weekday"),
            ["2023-06-08", "2023-07-13", "2023-08-10"],
        )

    def test_several_days_each_month(self):
        self.assertEqual(
            self._days(THURSDAY, FRIDAY, until=date(2023, 7, 31), repeat="month_day"),
            ["2023-06-08", "2023-06-09", "2023-07-08", "2023-07-09"],
        )

    def test_no_more_days_are_made_than_asked_for(self):
        far = THURSDAY + timedelta(days=10**5)
        self.assertEqual(len(days_of(THURSDAY, far, limit=200)), 201)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestBookDialog(RoomsCase):
    def dialog(self, user=None, **context):
        defaults = {
            "default_room_ids": [Command.set(self.phet.ids)],
            "default_date_from": THURSDAY,
            "default_name": "ประชุมครูผู้ช่วย",
        } | {f"default_{name}": value for name, value in context.items()}
        book = self.env["amss.room.book"].with_user(user or self.requester)
        return Form(book.with_context(**defaults))

    def bookings(self):
        return self.env["amss.room.booking"].search(
            [("company_id", "=", self.office.id)], order="start, room_id"
        )

    def test_one_half_day(self):
        form = self.dialog()
        self.assertEqual(form.date_to, THURSDAY)
        self.assertEqual((form.hour_from, form.hour_to), (8.5, 12.0))
        self.assertEqual(len(form.line_ids), 1)
        form.save().action_book()
        booking = self.bookings()
        self.assertEqual((booking.date, booking.slot), (THURSDAY, "morning"))
        self.assertEqual(booking.user_id, self.requester)
        self.assertEqual(booking.department_id, self.personnel)
        self.assertFalse(booking.request_id)

    def test_days_that_are_taken_are_left_out(self):
        self.book(self.other, date=THURSDAY + timedelta(days=7))
        form = self.dialog()
        form.repeat = "week"
        form.until = THURSDAY + timedelta(days=21)
        lines = form.save().line_ids
        self.assertEqual(lines.mapped("take"), [True, False, True, True])
        self.assertIn("กลุ่มนโยบายและแผน", lines[1].problem)
        self.assertRegex(form.summary, "1.*4")
        form.save().action_book()
        mine = self.bookings().filtered(lambda one: one.user_id == self.requester)
        self.assertEqual(len(mine), 3)
        self.assertEqual(mine.request_id, mine[0])
        self.assertEqual(mine[0].together_count, 3)

    def test_what_is_unticked_stays_so(self):
        form = self.dialog(date_to=FRIDAY)
        with form.line_ids.edit(0) as line:
            line.take = False
        form.room_ids.add(self.phailin)
        self.assertEqual(form.save().line_ids.mapped("take"), [False, True, True, True])

    def test_several_rooms_and_days_at_once(self):
        form = self.dialog(date_to=FRIDAY, slot="day")
        form.room_ids.add(self.phailin)
        form.save().action_book()
        self.assertEqual(
            [(one.room_id, one.date) for one in self.bookings()],
            [
                (self.phet, THURSDAY),
                (self.phailin, THURSDAY),
                (self.phet, FRIDAY),
                (self.phailin, FRIDAY),
            ],
        )

    def test_somebody_was_faster(self):
        dialog = self.dialog(date_to=FRIDAY, note="กาแฟ 20 ที่").save()
        self.book(self.other, date=FRIDAY)
        action = dialog.action_book()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (dialog._name, dialog.id)
        )
        self.assertIn("กลุ่มนโยบายและแผน", dialog.failure)
        self.assertEqual(dialog.line_ids.mapped("take"), [True, False])
        self.assertEqual(dialog.note, "กาแฟ 20 ที่")
        self.assertEqual(len(self.bookings()), 1)
        dialog.action_book()
        self.assertEqual(len(self.bookings()), 2)
