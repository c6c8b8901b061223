# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta
from unittest.mock import patch

from psycopg2.errors import ExclusionViolation

from odoo import Command
from odoo.exceptions import AccessError, ConcurrencyError, UserError, ValidationError
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

    def test_much_that_came_between_is_told_in_short(self):
        dialog = self.dialog(date_to=THURSDAY + timedelta(days=9)).save()
        for days in range(10):
            self.book(self.other, date=THURSDAY + timedelta(days=days))
        dialog.action_book()
        self.assertEqual(dialog.failure.count("กลุ่มนโยบายและแผน"), 3)
        self.assertFalse(any(dialog.line_ids.mapped("take")))

    def test_who_is_later_by_a_moment_looks_anew(self):
        """What another transaction holds is seen by the retry alone."""
        dialog = self.dialog().save()
        bookings = type(self.env["amss.room.booking"])
        with (
            patch.object(bookings, "create", side_effect=ExclusionViolation()),
            self.assertRaises(ConcurrencyError),
        ):
            dialog.action_book()

    def test_nothing_ticked(self):
        form = self.dialog()
        with form.line_ids.edit(0) as line:
            line.take = False
        with self.assertRaisesRegex(UserError, "ticked|ทำเครื่องหมาย|เลือก"):
            form.save().action_book()

    def test_a_purpose_is_needed(self):
        dialog = self.dialog(name=False).save()
        with self.assertRaises(UserError):
            dialog.action_book()

    def test_what_cannot_be_says_so_and_makes_no_rows(self):
        far = THURSDAY + timedelta(days=999)
        bad = {
            "backwards": {"date_to": THURSDAY - timedelta(days=1)},
            "hours": {"slot": "times", "hour_from": 12.0, "hour_to": 9.0},
            "no such hour": {"slot": "times", "hour_from": 9.0, "hour_to": 25.0},
            "1,000 days": {"repeat": "day", "until": far},
            "two years": {"repeat": "month_day", "until": far},
            "300 days": {"date_to": THURSDAY + timedelta(days=300)},
            "every 0 days": {"repeat": "day", "every": 0, "until": FRIDAY},
            "no day": {"repeat": "week", "until": FRIDAY, "mon": True, "tue": True},
            "no room": {"room_ids": False},
            "no date": {"date_from": False, "date_to": False},
        }
        for what, values in bad.items():
            with self.subTest(what):
                dialog = (
                    self.env["amss.room.book"]
                    .with_user(self.requester)
                    .create(
                        {
                            "name": "ประชุม",
                            "room_ids": [Command.set(self.phet.ids)],
                            "date_from": THURSDAY,
                        }
                        | values
                    )
                )
                self.assertFalse(dialog.line_ids)
                with self.assertRaises(UserError) as error:
                    dialog.action_book()
                if values.get("room_ids", True):
                    self.assertEqual(str(error.exception), dialog.obstacle)

    def test_rows_that_the_room_does_not_allow(self):
        self.phet.write({"horizon_days": 30, "sat": False, "open_to": 12.0})
        cases = (
            ({"date_from": date(2023, 5, 31)}, "31"),
            ({"date_from": THURSDAY + timedelta(days=60)}, "30"),
            ({"date_from": date(2023, 6, 10)}, "10"),
            ({"slot": "afternoon"}, "12:00"),
        )
        for values, told in cases:
            with self.subTest(values):
                dialog = self.dialog(**values).save()
                self.assertEqual(dialog.line_ids.mapped("take"), [False])
                self.assertIn(told, dialog.line_ids.problem)
                with self.assertRaises(UserError):
                    dialog.action_book()

    def test_an_archived_room(self):
        dialog = self.dialog().save()
        self.phet.active = False
        action = dialog.action_book()
        self.assertEqual(action["res_id"], dialog.id)
        self.assertIn("เพชร", dialog.failure)

    def test_rows_made_by_hand_are_held_to_the_rules(self):
        """A client that sends rows of its own gains nothing."""
        self.book(self.other)
        dialog = self.dialog(date_from=FRIDAY).save()
        dialog.line_ids = [
            Command.clear(),
            Command.create({"room_id": self.phet.id, "date": THURSDAY, "take": True}),
        ]
        dialog.action_book()
        self.assertIn("กลุ่มนโยบายและแผน", dialog.failure)
        self.assertEqual(len(self.bookings()), 1)

    def test_more_people_than_seats(self):
        form = self.dialog()
        form.headcount = 150
        self.assertRegex(form.warning, "100.*150")
        self.assertTrue(form.save().line_ids.take)
        self.phet.over_capacity = "refuse"
        form = self.dialog(headcount=150)
        self.assertFalse(form.save().line_ids.take)
        form.headcount = 90
        self.assertTrue(form.save().line_ids.take)

    def test_equipment_that_a_room_lacks_is_said_and_may_be_asked_for(self):
        form = self.dialog(room_ids=[Command.set(self.phailin.ids)])
        form.equipment_ids.add(self.projector)
        self.assertIn(self.projector.name, form.warning)
        form.save().action_book()
        self.assertEqual(self.bookings().equipment_ids, self.projector)

    def test_a_room_about_which_nobody_decides(self):
        self.assertFalse(self.dialog().warning)
        self.phet.keeper_ids = False
        self.assertFalse(self.dialog().warning, "the administrators decide")
        self.admin.active = False
        self.assertIn("เพชร", self.dialog().warning)
        self.phet.needs_approval = False
        self.assertFalse(self.dialog().warning)

    def test_what_the_rooms_tell_those_who_book(self):
        form = self.dialog()
        self.assertFalse(form.room_note)
        self.phet.note = "รับกุญแจที่กลุ่มอำนวยการ"
        form = self.dialog()
        self.assertEqual(form.room_note, "เพชร: รับกุญแจที่กลุ่มอำนวยการ")

    def test_a_layout_is_of_the_room(self):
        rows, hall = self.env["amss.room.layout"].create(
            [
                {"room_id": self.phet.id, "name": "แบบห้องเรียน", "capacity": 60},
                {"room_id": self.phailin.id, "name": "แบบโรงละคร"},
            ]
        )
        form = self.dialog()
        form.layout_id = rows
        form.room_ids.add(self.phailin)
        self.assertFalse(form.layout_id)
        with self.assertRaisesRegex(ValidationError, "แบบโรงละคร"):
            self.book(layout_id=hall.id)

    def test_files_are_read_by_who_may_read_the_booking(self):
        file = (
            self.env["ir.attachment"]
            .with_user(self.requester)
            .create(
                {
                    "name": "วาระ.txt",
                    "raw": "วาระที่ 1".encode(),
                    "res_model": "amss.room.book",
                }
            )
        )
        other = file.with_user(self.other)
        with self.assertRaises(AccessError):
            other.check_access("read")
        form = self.dialog(date_to=FRIDAY)
        form.attachment_ids.add(file)
        form.save().action_book()
        first, second = self.bookings()
        self.assertEqual((file.res_model, file.res_id), (first._name, first.id))
        other.check_access("read")
        self.assertEqual(second.with_user(self.other).attachment_ids, file)

    def test_a_file_of_another_is_not_given_away(self):
        file = (
            self.env["ir.attachment"]
            .with_user(self.other)
            .create({"name": "ลับ.txt", "raw": b"1", "res_model": "amss.room.book"})
        )
        with self.assertRaises(AccessError):
            self.book(attachment_ids=[Command.link(file.id)])
        self.assertFalse(file.res_id)

    def test_defaults_of_the_dialog_do_not_leak_into_bookings(self):
        dialog = self.dialog(reason="x", headcount=12).save()
        dialog.with_context(default_chair="ไม่ใช่").action_book()
        booking = self.bookings()
        self.assertEqual((booking.headcount, booking.chair), (12, False))

    def test_hours_that_are_a_half_day(self):
        form = self.dialog(hour_from=13.0, hour_to=16.5)
        self.assertEqual(form.slot, "afternoon")
        form = self.dialog(hour_from=13.0, hour_to=15.0)
        self.assertEqual((form.slot, form.hour_from), ("times", 13.0))

    def test_the_weekday_follows_the_first_day_until_several_are_ticked(self):
        form = self.dialog(repeat="week")
        self.assertTrue(form.thu)
        form.date_from = FRIDAY
        self.assertEqual((form.thu, form.fri), (False, True))
        form.mon = True
        form.date_from = THURSDAY
        self.assertEqual((form.mon, form.thu, form.fri), (True, False, True))

    def test_the_notice_leads_to_what_was_booked(self):
        action = self.dialog(room_ids=[Command.set(self.phailin.ids)]).save()
        params = action.action_book()["params"]
        booking = self.bookings()
        url = f"/odoo/amss.room.booking/{booking.id}"
        self.assertEqual(params["links"][0]["url"], url)
        params = self.dialog(date_to=FRIDAY).save().action_book()["params"]
        first = self.bookings().filtered("request_id")[0]
        self.assertEqual(params["links"][0]["url"], f"/odoo/{first.id}/room-request")

    def test_others_do_not_read_a_dialog(self):
        dialog = self.dialog().save()
        with self.assertRaises(AccessError):
            dialog.with_user(self.other).read(["name"])
        with self.assertRaises(AccessError):
            dialog.line_ids.with_user(self.other).read(["date"])

    def test_queries_of_the_preview_do_not_grow_with_its_rows(self):
        dialog = self.dialog().save()

        def count(days):
            dialog.date_to = THURSDAY + timedelta(days=days - 1)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertEqual(len(list(dialog._rows())), days)
            return self.cr.sql_log_count - before

        count(1)
        self.assertEqual(count(60), count(2))
