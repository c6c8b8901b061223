# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import fields
from odoo.tests import freeze_time, tagged

from odoo.addons.amss_base.tools import guard

from ..models import amss_room_booking_release as release
from .common import NOW, RoomsCase

TODAY = date(2023, 6, 1)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRelease(RoomsCase):
    """Rooms nobody came to are free again; what is over is closed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("th_TH")
        cls.requester.lang = "th_TH"
        cls.phailin.checkin_minutes = 15
        # the schedule commits what it has done; a test does not
        progress = cls.env.registry["ir.cron"]
        cls.commits = []
        cls.classPatch(
            progress,
            "_commit_progress",
            lambda self, done=0, **kw: cls.commits.append(done) or 60.0,
        )

    def entry(self, start="13:00", **values):
        """A booking of today at an hour, approved long ago unless said otherwise."""
        hour, minute = map(int, start.split(":"))
        begin = hour + minute / 60
        return guard.stepping(self.env["amss.room.booking"]).create(
            {
                "name": "ประชุม",
                "room_id": self.phailin.id,
                "date": TODAY,
                "slot": "times",
                "hour_from": begin,
                "hour_to": begin + 2,
                "state": "approved",
                "user_id": self.requester.id,
                "decided_at": fields.Datetime.now() - timedelta(days=3),
                **values,
            }
        )

    def run_at(self, hour):
        """Run the schedule at an hour of today in Bangkok."""
        self.env.flush_all()
        moment = fields.Datetime.to_datetime(f"2023-06-01 {hour}:00")
        with freeze_time(moment - timedelta(hours=7)):
            self.env["amss.room.booking"]._cron_release()

    def notices(self):
        """What the requester was told."""
        return self.env["mail.message"].search(
            [("notified_partner_ids", "in", self.requester.partner_id.ids)]
        )

    def test_the_room_is_released_when_nobody_came(self):
        booking = self.entry("13:00")
        self.run_at("13:14")
        self.assertEqual(booking.state, "approved")
        self.run_at("13:15")
        self.assertEqual(booking.state, "no_show")
        [notice] = self.notices()
        self.assertIn(booking.name, notice.subject)
        with freeze_time("2023-06-01 06:16:00"):
            other = self.book(
                self.other,
                room_id=self.phailin.id,
                date=TODAY,
                slot="times",
                hour_from=13.5,
                hour_to=14.5,
            )
        self.assertEqual(other.state, "approved")

    def test_who_has_checked_in_keeps_the_room(self):
        booking = self.entry("13:00")
        with freeze_time("2023-06-01 05:45:00"):
            self.assertTrue(booking._check_in())
            self.assertTrue(booking._check_in(), "twice is once")
        self.assertEqual(
            booking.checked_in_at, fields.Datetime.now().replace(minute=45)
        )
        self.run_at("13:30")
        self.assertEqual(booking.state, "approved")
        self.run_at("15:00")
        self.assertEqual(booking.state, "held")

    def test_when_people_can_check_in(self):
        booking = self.entry("13:00")
        for hour, allowed in (
            ("12:29", False),
            ("12:30", True),
            ("13:14", True),
            ("13:15", False),
            ("15:00", False),
        ):
            moment = fields.Datetime.to_datetime(f"2023-06-01 {hour}:00")
            now = moment - timedelta(hours=7)
            self.assertEqual(booking._can_check_in(now), allowed, hour)
        for state in ("requested", "cancelled", "refused", "held", "no_show"):
            guard.stepping(booking).state = state
            with freeze_time("2023-06-01 06:05:00"):
                self.assertFalse(booking._check_in(), state)
        self.assertFalse(booking.checked_in_at)

    def test_who_is_approved_late_has_time_from_then_on(self):
        booking = self.entry("13:00", state="requested", decided_at=False)
        self.run_at("13:30")
        self.assertEqual(booking.state, "requested")
        with freeze_time("2023-06-01 06:40:00"):
            booking.with_user(self.admin).action_approve()
        self.run_at("13:50")
        self.assertEqual(booking.state, "approved")
        self.run_at("13:55")
        self.assertEqual(booking.state, "no_show")

    def test_a_room_without_check_in_is_never_released(self):
        booking = self.entry("13:00", room_id=self.phet.id)
        self.run_at("14:59")
        self.assertEqual(booking.state, "approved")
        self.run_at("15:00")
        self.assertEqual(booking.state, "held")

    def test_a_meeting_going_on_stays_when_its_room_begins_to_ask(self):
        running = self.entry("11:00", room_id=self.phet.id)
        later = self.entry("14:00", room_id=self.phet.id)
        self.phet.checkin_minutes = 10
        self.assertTrue(running.checked_in_at)
        self.assertFalse(later.checked_in_at)
        self.run_at("12:59")
        self.assertEqual(running.state, "approved")

    def test_a_request_nobody_decided_is_refused_and_its_requester_told(self):
        booking = self.entry("13:00", state="requested", room_id=self.phet.id)
        self.run_at("14:59")
        self.assertEqual(booking.state, "requested")
        self.run_at("15:00")
        self.assertEqual(booking.state, "refused")
        self.assertTrue(booking.reason)
        [notice] = self.notices()
        self.assertIn(booking.reason, notice.body)

    def test_what_was_asked_together_is_told_together(self):
        first = self.entry("13:00")
        second = self.entry("13:00", room_id=self.phet.id, request_id=first.id)
        guard.stepping(first).request_id = first
        self.phet.checkin_minutes = 15
        self.run_at("13:20")
        self.assertEqual((first | second).mapped("state"), ["no_show", "no_show"])
        self.assertEqual(len(self.notices()), 1)

    def test_batches(self):
        self.patch(release, "BATCH", 2)
        bookings = self.env["amss.room.booking"].concat(
            *(
                self.entry("08:00", room_id=self.phet.id, date=date(2023, 5, day))
                for day in range(1, 6)
            )
        )
        del self.commits[:]
        self.run_at("12:00")
        self.assertEqual(set(bookings.mapped("state")), {"held"})
        self.assertEqual(self.commits, [2, 2, 1])

    def test_a_batch_somebody_else_changes_waits_for_the_next_run(self):
        self.patch(release, "BATCH", 1)
        first, second = self.entry("08:00"), self.entry("10:00")
        booking_class = self.env.registry["amss.room.booking"]
        lock = booking_class.try_lock_for_update

        def somebody_was_faster(records, **kw):
            if first in records:
                raise SerializationFailure
            return lock(records, **kw)

        with patch.object(booking_class, "try_lock_for_update", somebody_was_faster):
            self.run_at("12:30")
        self.assertEqual((first.state, second.state), ("approved", "held"))
        self.run_at("12:30")
        self.assertEqual(first.state, "held")

    def test_what_was_decided_meanwhile_stays(self):
        booking = self.entry("13:00")
        booking_class = self.env.registry["amss.room.booking"]
        lock = booking_class.try_lock_for_update

        def checked_in_before(records, **kw):
            guard.stepping(booking).checked_in_at = fields.Datetime.now()
            return lock(records, **kw)

        with patch.object(booking_class, "try_lock_for_update", checked_in_before):
            self.run_at("13:20")
        self.assertEqual(booking.state, "approved")
