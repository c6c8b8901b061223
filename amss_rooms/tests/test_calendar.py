# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, freeze_time, tagged

from odoo.addons.amss_base.tools import guard
from odoo.addons.mail.tests.common import MailCase

from .common import FRIDAY, NOW, THURSDAY, RoomsCase

GUESTS = ["ครูผู้ช่วย", "ผู้อำนวยการ"]


class CalendarCase(RoomsCase, MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._init_mail_gateway()
        cls._init_mail_servers()
        cls.teacher, cls.director = cls.env["res.partner"].create(
            [
                {"name": "ครูผู้ช่วย", "email": "teacher@example.com"},
                {"name": "ผู้อำนวยการ", "email": "director@example.com"},
            ]
        )
        cls.guests = cls.teacher | cls.director

    def meet(self, user=None, **values):
        """An approved booking with two participants."""
        values.setdefault("participant_ids", [Command.set(self.guests.ids)])
        booking = self.book(user, **values)
        if booking.state == "requested":
            booking.with_user(self.keeper).action_approve()
        return booking

    def in_two_rooms(self, **values):
        """Both rooms at once, approved, with two participants."""
        rooms = self.phet | self.phailin
        bookings = (
            self.env["amss.room.booking"]
            .with_user(self.requester)
            .create(
                [
                    {
                        "name": "ประชุมผู้บริหาร",
                        "room_id": room.id,
                        "date": THURSDAY,
                        "slot": "morning",
                        "participant_ids": [Command.set(self.guests.ids)],
                        **values,
                    }
                    for room in rooms
                ]
            )
        )
        requested = bookings.filtered(lambda one: one.state == "requested")
        requested.with_user(self.keeper).action_approve()
        return bookings

    def meeting(self, bookings, user=None):
        """The meeting as a user finds it in the calendar."""
        return bookings.event_id.with_user(user or self.requester)

    def told(self):
        """Who that is no user got a mail since the mock began: sorted names."""
        partners = self._new_mails.recipient_ids
        return sorted(partners.filtered(lambda one: not one.user_ids).mapped("name"))

    def subjects(self, partner):
        """What a partner got since the mock began."""
        mails = self._new_mails.filtered(lambda mail: partner in mail.recipient_ids)
        return mails.mapped("subject")


@tagged("post_install", "-at_install", "mail_flow")
@freeze_time(NOW)
class TestMeeting(CalendarCase):
    """What becomes of the meeting when something happens to the booking."""

    def test_an_approved_booking_is_a_meeting_of_its_requester(self):
        self.phet.location = "อาคาร 1 ชั้น 2"
        with self.mock_mail_gateway():
            booking = self.book(
                participant_ids=[Command.set(self.guests.ids)],
                chair="ผอ.สพป.",
                coordinator="นางสาวสมศรี",
                phone="02-123-4567",
            )
            self.assertFalse(booking.event_id, "a request is no meeting yet")
            self.assertFalse(self.told())
            booking.with_user(self.keeper).action_approve()
        event = booking.event_id
        self.assertEqual(event.name, "ประชุมครูผู้ช่วย")
        self.assertEqual(event.start, datetime(2023, 6, 8, 1, 30))
        self.assertEqual(event.stop, datetime(2023, 6, 8, 5, 0))
        self.assertEqual(event.location, "เพชร (อาคาร 1 ชั้น 2)")
        self.assertEqual(event.user_id, self.requester)
        self.assertEqual(event.partner_ids, self.requester.partner_id | self.guests)
        self.assertEqual(event.alarm_ids, self.env.ref("calendar.alarm_notif_2"))
        for text in ("กลุ่มบริหารงานบุคคล", "ผอ.สพป.", "นางสาวสมศรี", "02-123-4567"):
            self.assertIn(text, event.description)
        states = {one.partner_id: one.state for one in event.attendee_ids}
        self.assertEqual(states[self.requester.partner_id], "accepted")
        self.assertEqual(states[self.teacher], "needsAction")

    def test_the_requester_invites_whoever_approves(self):
        booking = self.book(participant_ids=[Command.set(self.guests.ids)])
        with self.mock_mail_gateway():
            booking.with_user(self.keeper).action_approve()
        invited = self._new_mails.filtered(lambda mail: mail.model == "calendar.event")
        self.assertEqual(invited.recipient_ids, self.guests)
        self.assertEqual(set(invited.mapped("author_id")), {self.requester.partner_id})

    def test_a_moved_booking_moves_its_meeting_and_odoo_tells(self):
        booking = self.meet(room_id=self.phailin.id)
        event = booking.event_id
        with self.mock_mail_gateway():
            booking.with_user(self.requester).write({"slot": "afternoon"})
        self.assertEqual(booking.event_id, event)
        self.assertEqual(event.start, datetime(2023, 6, 8, 6, 0))
        self.assertEqual(event.stop, booking.stop)
        self.assertEqual(self.told(), GUESTS)

    def test_a_booking_moved_by_its_requester_is_asked_again_and_stays_a_meeting(self):
        booking = self.meet()
        event = booking.event_id
        booking.with_user(self.requester).write({"date": FRIDAY})
        self.assertEqual(booking.state, "requested")
        self.assertEqual((booking.event_id, event.active), (event, True))
        self.assertEqual(event.start.date(), FRIDAY)
        with self.mock_mail_gateway():
            booking.with_user(self.keeper)._refuse("ห้องปิดซ่อม")
        self.assertFalse(event.active)
        self.assertIn("ผู้อำนวยการ", self.told())

    def test_another_room_is_told_as_a_change_of_place(self):
        booking = self.meet(room_id=self.phailin.id)
        with self.mock_mail_gateway():
            booking.with_user(self.requester).room_id = self.phet
        self.assertEqual(booking.event_id.location, "เพชร")
        self.assertEqual(self.told(), GUESTS)

    def test_purpose_participants_and_reminders_follow(self):
        booking = self.meet(room_id=self.phailin.id)
        hour = self.env.ref("calendar.alarm_notif_3")
        with self.mock_mail_gateway():
            booking.with_user(self.requester).write(
                {
                    "name": "ประชุมกลุ่ม",
                    "participant_ids": [Command.unlink(self.teacher.id)],
                    "alarm_ids": [Command.set(hour.ids)],
                    "chair": "รองผอ.",
                }
            )
        event = booking.event_id
        self.assertEqual(event.name, "ประชุมกลุ่ม")
        self.assertEqual(event.partner_ids, self.requester.partner_id | self.director)
        self.assertEqual(event.attendee_ids.partner_id, event.partner_ids)
        self.assertEqual(event.alarm_ids, hour)
        self.assertIn("รองผอ.", event.description)
        self.assertFalse(self.told(), "nobody is told of a new name")

    def test_no_reminder_stays_none(self):
        booking = self.meet(room_id=self.phailin.id, alarm_ids=[])
        booking.with_user(self.requester).write({"slot": "afternoon"})
        self.assertFalse(booking.event_id.alarm_ids)

    def test_a_cancelled_booking_leaves_the_calendars_and_they_are_told(self):
        booking = self.meet()
        event = booking.event_id
        event.attendee_ids.filtered(lambda a: a.partner_id == self.teacher).do_decline()
        with self.mock_mail_gateway():
            booking.with_user(self.requester)._cancel(None)
        self.assertFalse(event.active)
        self.assertEqual(self.told(), ["ผู้อำนวยการ"], "who had declined is not told")

    def test_a_room_nobody_came_to_leaves_the_calendars(self):
        self.phailin.checkin_minutes = 15
        booking = self.meet(room_id=self.phailin.id)
        with freeze_time("2023-06-08 01:50:00"), self.mock_mail_gateway():
            self.assertTrue(booking._is_missed(datetime(2023, 6, 8, 1, 50)))
            booking._release()
        self.assertEqual(booking.state, "no_show")
        self.assertFalse(booking.event_id.active)
        self.assertIn("ผู้อำนวยการ", self.told())

    def test_a_renamed_room_is_renamed_in_its_meetings(self):
        booking = self.meet()
        with self.mock_mail_gateway():
            self.phet.name = "เพชรใหม่"
        self.assertEqual(booking.event_id.location, "เพชรใหม่")
        self.assertFalse(self.told())

    def test_another_requester_organizes(self):
        booking = self.meet()
        booking.with_user(self.keeper).write(
            {"user_id": self.other.id, "change_note": "รับช่วงต่อ"}
        )
        event = booking.event_id
        self.assertEqual(event.user_id, self.other)
        self.assertEqual(event.partner_ids, self.other.partner_id | self.guests)

    def test_thirty_approvals_cost_as_many_creates_as_one(self):
        batches = [
            self.many_requests(range(first, last))
            for first, last in ((8, 9), (9, 12), (12, 42))
        ]
        spent = []
        with patch.object(
            self.registry["calendar.event"],
            "create",
            autospec=True,
            side_effect=self.registry["calendar.event"].create,
        ) as create:
            for bookings in batches:
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                bookings.with_user(self.keeper).action_approve()
                self.env.flush_all()
                spent.append(self.env.cr.sql_log_count - before)
        self.assertEqual(create.call_count, 3, "one for each batch")
        self.assertEqual(len(batches[2].event_id), 30)
        # the first fills the caches
        self.assertLessEqual(spent[2], spent[1] + 3)

    def many_requests(self, days):
        return self.env["amss.room.booking"].concat(
            *(
                self.book(date=date(2023, 6, 1) + timedelta(days=day), name=f"{day}")
                for day in days
            )
        )


@tagged("post_install", "-at_install", "mail_flow")
@freeze_time(NOW)
class TestTwoRooms(CalendarCase):
    """Rooms asked for together for one time are one meeting."""

    def test_one_meeting_in_two_rooms(self):
        with self.mock_mail_gateway():
            bookings = self.in_two_rooms()
        event = bookings.event_id
        self.assertEqual(len(event), 1)
        self.assertEqual(event.name, "ประชุมผู้บริหาร")
        self.assertEqual(set(event.location.split(", ")), {"เพชร", "ไพลิน"})
        # one room needs no approval: invited there, and told of the second
        self.assertEqual(len(self.subjects(self.director)), 2)

    def test_other_days_are_other_meetings(self):
        first = self.meet(room_id=self.phailin.id)
        second = self.meet(room_id=self.phailin.id, date=FRIDAY)
        self.assertNotEqual(first.event_id, second.event_id)

    def test_one_room_less_is_a_change_of_place(self):
        phet, phailin = self.in_two_rooms()
        event = phet.event_id
        with self.mock_mail_gateway():
            phailin.with_user(self.requester)._cancel(None)
        self.assertTrue(event.active)
        self.assertEqual(event.location, "เพชร")
        self.assertEqual(event.partner_ids, self.requester.partner_id | self.guests)
        self.assertNotIn("Deleted", self.subjects(self.director)[0])
        self.assertEqual(self.told(), GUESTS)
        with self.mock_mail_gateway():
            phet.with_user(self.requester)._cancel(None)
        self.assertFalse(event.active)
        self.assertEqual(self.told(), GUESTS)

    def test_who_had_only_the_room_that_goes_stays_invited(self):
        phet, phailin = self.in_two_rooms()
        guest = self.env["res.partner"].create({"name": "แขก"})
        phailin.with_user(self.requester).participant_ids |= guest
        self.assertIn(guest, phet.event_id.partner_ids)
        phailin.with_user(self.requester)._cancel(None)
        self.assertIn(guest, phet.event_id.partner_ids)
        self.assertIn(guest, phet.participant_ids)

    def test_a_room_that_moves_away_gets_a_meeting_of_its_own(self):
        phet, phailin = self.in_two_rooms()
        event = phet.event_id
        phailin.with_user(self.requester).write({"slot": "afternoon"})
        self.assertEqual(phet.event_id, event)
        self.assertEqual(event.location, "เพชร")
        self.assertEqual(event.start, phet.start)
        self.assertEqual(phailin.event_id.start, phailin.start)
        self.assertEqual(phailin.event_id.location, "ไพลิน")
        # and back again
        apart = phailin.event_id
        phailin.with_user(self.requester).write({"slot": "morning"})
        self.assertEqual(phailin.event_id, event)
        self.assertEqual(event.location.count("เพชร"), 1)
        self.assertFalse(apart.active)

    def test_both_move_with_their_meeting(self):
        bookings = self.in_two_rooms()
        event = self.meeting(bookings)
        event.write(
            {
                "start": event.start + timedelta(days=1),
                "stop": event.stop + timedelta(days=1),
            }
        )
        self.assertEqual(set(bookings.mapped("date")), {FRIDAY})
        self.assertEqual(bookings.event_id, event)

    def test_none_moves_where_one_cannot(self):
        bookings = self.in_two_rooms()
        self.book(self.other, room_id=self.phailin.id, date=FRIDAY)
        event = self.meeting(bookings)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            event.start += timedelta(days=1)
        self.assertEqual(set(bookings.mapped("date")), {THURSDAY})
        self.assertEqual(event.start.date(), THURSDAY)


@tagged("post_install", "-at_install", "mail_flow")
@freeze_time(NOW)
class TestFromTheCalendar(CalendarCase):
    """What becomes of the booking when the meeting is changed in Odoo's calendar."""

    def test_dragging_the_meeting_moves_the_booking_and_tells_once(self):
        booking = self.meet(room_id=self.phailin.id)
        with self.mock_mail_gateway():
            # what the calendar view sends
            self.meeting(booking).write(
                {
                    "start": "2023-06-09 06:00:00",
                    "stop": "2023-06-09 09:30:00",
                    "allday": False,
                    "duration": 3.5,
                }
            )
        self.assertEqual((booking.date, booking.slot), (FRIDAY, "afternoon"))
        self.assertEqual(booking.stop, datetime(2023, 6, 9, 9, 30))
        self.assertEqual(len(self.subjects(self.director)), 1)

    def test_the_start_alone_and_the_duration_alone(self):
        booking = self.meet(room_id=self.phailin.id)
        self.meeting(booking).write({"start": "2023-06-08 02:00:00"})
        self.assertEqual((booking.hour_from, booking.hour_to), (9.0, 12.5))
        self.meeting(booking).write({"duration": 1})
        self.assertEqual((booking.hour_from, booking.hour_to), (9.0, 10.0))

    def test_moved_in_the_calendar_it_is_asked_for_again(self):
        booking = self.meet()
        self.meeting(booking).start += timedelta(days=1)
        self.assertEqual((booking.state, booking.date), ("requested", FRIDAY))

    def test_name_guests_and_reminders(self):
        booking = self.meet(room_id=self.phailin.id)
        hour = self.env.ref("calendar.alarm_notif_3")
        guest = self.env["res.partner"].create({"name": "แขก"})
        self.meeting(booking).write(
            {
                "name": "ประชุมใหม่",
                "partner_ids": [
                    Command.link(guest.id),
                    Command.unlink(self.teacher.id),
                ],
                "alarm_ids": [Command.set(hour.ids)],
            }
        )
        self.assertEqual(booking.name, "ประชุมใหม่")
        self.assertEqual(booking.participant_ids, self.director | guest)
        self.assertEqual(booking.alarm_ids, hour)
        self.assertEqual(
            booking.event_id.partner_ids,
            self.director | guest | self.requester.partner_id,
        )

    def test_a_requester_who_does_not_come_stays_out(self):
        booking = self.meet(room_id=self.phailin.id)
        me = self.requester.partner_id
        self.meeting(booking).partner_ids -= me
        self.assertEqual(booking.participant_ids, self.guests)
        booking.with_user(self.requester).write({"slot": "afternoon"})
        self.assertEqual(booking.event_id.partner_ids, self.guests)

    def test_what_a_room_booking_cannot_be(self):
        booking = self.meet()
        event = self.meeting(booking)
        impossible = (
            ({"allday": True}, UserError, "all day"),
            ({"recurrency": True, "rrule_type": "daily"}, UserError, "repeat"),
            ({"location": "ห้องอื่น"}, UserError, "another room"),
            (
                {"start": "2023-06-08 10:00:00", "stop": "2023-06-09 02:00:00"},
                UserError,
                "Book each day",
            ),
            # 05:00 in Bangkok, and past
            ({"start": "2023-06-07 22:00:00"}, ValidationError, "open"),
            ({"start": "2023-05-31 02:00:00"}, ValidationError, "past"),
        )
        for vals, error, words in impossible:
            with (
                self.subTest(vals),
                self.assertRaisesRegex(error, words),
                self.cr.savepoint(),
            ):
                event.write(vals)
        self.assertEqual(booking.event_id.start, booking.start)

    def test_a_colleague_cannot_change_it_a_keeper_says_why(self):
        booking = self.meet()
        later = {"start": "2023-06-08 02:00:00"}
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.meeting(booking, self.other).write(later)
        with self.assertRaisesRegex(UserError, "where you can say why"):
            self.meeting(booking, self.keeper).write(later)

    def test_what_is_not_the_bookings_is_free(self):
        booking = self.meet()
        self.meeting(booking, self.other).write({"videocall_location": "https://a.b"})
        self.meeting(booking).write({"privacy": "confidential", "show_as": "free"})
        self.assertEqual(booking.state, "approved")

    def test_deleting_cancels_and_tells(self):
        booking = self.meet()
        with self.mock_mail_gateway():
            self.meeting(booking).unlink()
        self.assertEqual(booking.state, "cancelled")
        self.assertFalse(booking.event_id)
        self.assertEqual(self.told(), GUESTS)
        self.book(self.other)

    def test_mails_of_a_deleted_meeting_outlive_it(self):
        booking = self.meet()
        with self.mock_mail_gateway():
            self.meeting(booking).unlink()
        self.assertTrue(self._new_mails.mail_message_id.exists())

    def test_who_may_not_cancel_cannot_delete_or_archive(self):
        booking = self.meet()
        for step in ("unlink", "action_archive"):
            with self.assertRaises(AccessError), self.cr.savepoint():
                getattr(self.meeting(booking, self.other), step)()
            with self.assertRaises(UserError), self.cr.savepoint():
                getattr(self.meeting(booking, self.keeper), step)()
        self.assertEqual(booking.state, "approved")

    def test_archiving_cancels_and_it_does_not_come_back(self):
        booking = self.meet()
        event = self.meeting(booking)
        with self.mock_mail_gateway():
            event.action_archive()
        self.assertEqual(booking.state, "cancelled")
        self.assertEqual(self.told(), GUESTS)
        with self.assertRaisesRegex(UserError, "book the room anew"):
            event.action_unarchive()

    def test_a_past_meeting_can_be_deleted_and_its_booking_stays(self):
        booking = self.meet()
        guard.stepping(booking).state = "held"
        with freeze_time("2023-06-10 05:00:00"):
            self.meeting(booking).unlink()
        self.assertEqual(booking.state, "held")

    def test_deleting_with_odoos_dialog(self):
        booking = self.meet()
        dialog = self.env["calendar.popover.delete.wizard"].with_user(self.requester)
        wizard = dialog.create({"calendar_event_id": booking.event_id.id})
        with self.mock_mail_gateway():
            wizard.action_send_mail_and_delete()
        self.assertEqual(booking.state, "cancelled")
        mails = [
            mail for mail in self._mails if self.director.email in mail["email_to"][0]
        ]
        self.assertEqual(len(mails), 1, "what was written in the dialog, once")

    def test_a_copied_meeting_is_in_no_room(self):
        booking = self.meet()
        copy = self.meeting(booking).copy()
        self.assertFalse(copy.location)
        self.assertFalse(copy.amss_booking_count)
        copy.start += timedelta(days=3)
        copy.unlink()
        self.assertEqual((booking.state, booking.date), ("approved", THURSDAY))

    def test_guests_answer_as_they_like(self):
        booking = self.meet()
        attendees = booking.event_id.attendee_ids
        guest = attendees.filtered(lambda one: one.partner_id == self.teacher)
        # as the link in the mail does it
        guest.with_user(self.env.ref("base.public_user")).sudo().do_decline()
        self.assertEqual(guest.state, "declined")
        self.assertEqual(booking.state, "approved")

    def test_a_colleague_joins_and_leaves(self):
        booking = self.meet()
        event = self.meeting(booking, self.other)
        event.action_join_meeting(self.other.partner_id.id)
        self.assertIn(self.other.partner_id, booking.participant_ids)
        event.partner_ids -= self.other.partner_id
        self.assertNotIn(self.other.partner_id, booking.participant_ids)
        with self.assertRaises(AccessError), self.cr.savepoint():
            event.partner_ids -= self.director

    def test_a_client_cannot_pretend_to_be_the_booking(self):
        booking = self.meet()
        event = self.meeting(booking, self.other).with_context(amss_step=True)
        with self.assertRaises(AccessError), self.cr.savepoint():
            event.start += timedelta(days=1)
        self.assertEqual(event.start.date(), THURSDAY)

    def test_users_of_other_offices_and_without_rooms(self):
        booking = self.meet()
        abroad = self.env["res.company"].create({"name": "สพป.ตัวอย่าง เขต 2"})
        stranger = self.new_user("rooms_stranger", "amss_rooms.group_rooms_user")
        stranger.write(
            {"company_ids": [Command.set(abroad.ids)], "company_id": abroad.id}
        )
        plain = self.new_user("rooms_none", "base.group_user")
        for user in (stranger, plain):
            event = self.meeting(booking, user)
            with self.assertRaisesRegex(AccessError, "organizer"), self.cr.savepoint():
                event.start += timedelta(days=1)
            event.read(["name", "start", "location"])

    def test_meetings_without_a_room_are_left_alone(self):
        event = (
            self.env["calendar.event"]
            .with_user(self.requester)
            .create({"name": "ประชุมออนไลน์", "start": NOW, "stop": NOW})
        )
        event.write({"allday": True})
        event.action_archive()
        event.action_unarchive()
        event.unlink()

    def test_the_last_minute_of_the_year(self):
        self.phailin.write({"open_to": 24.0})
        booking = self.meet(
            room_id=self.phailin.id,
            date=date(2023, 12, 31),
            slot="times",
            hour_from=20.0,
            hour_to=24.0,
        )
        event = self.meeting(booking)
        # 23:59 of the old year in Bangkok
        event.write({"stop": "2023-12-31 16:59:00"})
        self.assertEqual(booking.date, date(2023, 12, 31))
        event.write({"stop": "2023-12-31 17:00:00"})
        self.assertEqual(booking.hour_to, 24.0)
        with self.assertRaises(UserError):
            event.write({"stop": "2023-12-31 17:01:00"})

    def test_the_two_forms_lead_to_each_other(self):
        booking = self.meet().with_user(self.requester)
        self.assertEqual(booking.event_id.amss_booking_count, 1)
        there = booking.event_id.action_open_room_bookings()
        self.assertEqual(
            (there["res_model"], there["res_id"]), (booking._name, booking.id)
        )
        back = booking.action_open_meeting()
        self.assertEqual(
            (back["res_model"], back["res_id"]), ("calendar.event", booking.event_id.id)
        )
        two = self.in_two_rooms(date=FRIDAY).event_id.with_user(self.requester)
        self.assertEqual(two.amss_booking_count, 2)
        self.assertEqual(
            two.action_open_room_bookings()["domain"], [("event_id", "=", two.id)]
        )

    def test_reminders_go_out_at_the_time_that_the_booking_has(self):
        booking = self.meet(room_id=self.phailin.id)
        mail = self.env.ref("calendar.alarm_mail_1")
        booking.with_user(self.requester).write(
            {"alarm_ids": [Command.set(mail.ids)], "slot": "afternoon"}
        )
        # three hours before: the old time, then the new one
        for now, told in (
            ("2023-06-07 22:31:00", []),
            ("2023-06-08 03:01:00", GUESTS),
        ):
            with freeze_time(now), self.mock_mail_gateway():
                manager = self.env["calendar.alarm_manager"].with_context(
                    lastcall=datetime.fromisoformat(now) - timedelta(minutes=5)
                )
                manager._send_reminder()
            self.assertEqual(self.told(), told)
        # guests without a time zone of their own, told by the scheduler
        for mail in self._new_mails:
            self.assertIn("Asia/Bangkok", mail.body_html)
            # with English alone it is 1:00 PM
            self.assertRegex(mail.body_html, r"\b(13|0?1):00\b")


@tagged("post_install", "-at_install")
class TestAnswerByLink(CalendarCase, HttpCase):
    def test_a_guest_declines_by_the_link_in_the_mail(self):
        with freeze_time(NOW):
            booking = self.meet()
        event = booking.event_id
        guest = event.attendee_ids.filtered(lambda one: one.partner_id == self.teacher)
        response = self.url_open(
            f"/calendar/meeting/decline?token={guest.access_token}&id={event.id}"
        )
        self.assertEqual(response.status_code, 200)
        page = response.content.decode()
        self.assertIn(booking.name, page)
        self.assertIn("08:30", page, "the time of the office, not UTC")
        self.assertEqual(guest.state, "declined")
        self.assertEqual(booking.state, "approved")
