# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime, timedelta
from unittest.mock import patch

import pytz
import vobject

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, freeze_time, tagged

from odoo.addons.amss_base.tools import guard

from ..controllers import feeds
from ..tools import ics
from .common import FRIDAY, NOW, THURSDAY, RoomsCase

ROOM = "/rooms/feed/room"
MINE = "/rooms/feed/my"


@tagged("post_install", "-at_install")
class TestIcs(RoomsCase):
    def test_lines_of_thai_are_folded_by_octets_between_characters(self):
        text = "ก" * 100
        folded = ics.fold(f"SUMMARY:{text}\r\nX:1\r\n")
        lines = folded.split(b"\r\n")
        self.assertLessEqual(max(map(len, lines)), 75)
        for line in lines:
            line.decode()
        self.assertEqual(
            folded.replace(b"\r\n ", b"").decode(), f"SUMMARY:{text}\r\nX:1\r\n"
        )

    def test_what_is_typed_cannot_add_an_event(self):
        moment = datetime(2023, 6, 8, 1, 30)
        bad = "ประชุม\r\nEND:VEVENT\r\nBEGIN:VEVENT;\\,\x07"
        entry = ics.Entry(
            uid="1@x",
            start=moment,
            stop=moment + timedelta(hours=1),
            summary=bad,
            location=bad,
            description=bad,
            url="https://example.com",
            is_certain=True,
            created=moment,
            changed=moment,
        )
        parsed = vobject.readOne(ics.calendar(bad, [entry]).decode())
        self.assertEqual(len(parsed.vevent_list), 1)
        self.assertEqual(
            parsed.vevent.summary.value, "ประชุม\nEND:VEVENT\nBEGIN:VEVENT;\\,"
        )


class FeedsCase(RoomsCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.meeting = {
            "name": "ประชุมครูผู้ช่วย, รอบ 2; ทั้งเขต",
            "headcount": 20,
            "chair": "ผอ.สพป.",
            "coordinator": "นางสาวสมศรี",
            "phone": "02-123-4567",
        }

    def link(self, user):
        """The user's own link, as the dialog shows it."""
        dialog = self.env["amss.room.feed"].with_user(user)
        shown = dialog.browse(dialog.action_open()["res_id"])
        return shown.url.removeprefix(shown.get_base_url())

    def room_link(self, room=None):
        """A room's link, as its keeper finds it."""
        room = (room or self.phet).with_user(self.keeper)
        return room.feed_url.removeprefix(room.get_base_url())

    def fetch(self, link):
        """What a calendar program makes of a link."""
        response = self.url_open(link)
        self.assertEqual(response.status_code, 200, response.text)
        return vobject.readOne(response.content.decode())

    def events(self, link):
        return self.fetch(link).contents.get("vevent", [])


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFeeds(FeedsCase):
    def test_the_calendar_of_a_room(self):
        self.phet.location = "อาคาร 1"
        booking = self.book(**self.meeting)
        [event] = self.events(self.room_link())
        self.assertEqual(event.summary.value, self.meeting["name"])
        self.assertEqual(event.location.value, "เพชร (อาคาร 1)")
        self.assertEqual(event.status.value, "TENTATIVE")
        start = datetime(2023, 6, 8, 1, 30, tzinfo=pytz.utc)
        self.assertEqual(event.dtstart.value, start)
        self.assertEqual(event.dtend.value, start + timedelta(hours=3.5))
        self.assertIn("กลุ่มบริหารงานบุคคล", event.description.value)
        for secret in ("02-123-4567", "สมศรี", self.requester.name):
            self.assertNotIn(secret, event.serialize())
        booking.with_user(self.keeper).action_approve()
        [event] = self.events(self.room_link())
        self.assertEqual(event.status.value, "CONFIRMED")

    def test_a_moved_booking_is_the_same_event_and_newer(self):
        booking = self.book()
        [before] = self.events(self.room_link())
        with freeze_time("2023-06-02 05:00:00"):
            booking.with_user(self.requester).write({"date": FRIDAY})
            # the moment of the transaction is not frozen
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE amss_room_booking SET write_date = write_date"
                " + interval '1 day' WHERE id = %s",
                [booking.id],
            )
            self.env.invalidate_all()
            [after] = self.events(self.room_link())
        self.assertEqual(before.uid.value, after.uid.value)
        self.assertIn("@", after.uid.value)
        self.assertEqual(after.dtstart.value.date(), FRIDAY)
        self.assertGreater(int(after.sequence.value), int(before.sequence.value))
        self.assertGreater(after.last_modified.value, before.last_modified.value)

    def test_what_holds_no_room_is_not_there(self):
        self.book().with_user(self.requester)._cancel(None)
        self.assertEqual(self.events(self.room_link()), [])
        self.assertEqual(self.events(self.link(self.requester)), [])

    def test_a_room_shows_its_own_bookings_about_now(self):
        self.book(self.other, room_id=self.phailin.id)
        held = self.book()
        guard.stepping(held).state = "held"
        with freeze_time("2023-09-05 05:00:00"):
            self.assertEqual(len(self.events(self.room_link())), 1)
        with freeze_time("2023-09-08 05:00:00"):
            self.assertEqual(self.events(self.room_link()), [])
        self.phet.horizon_days = 0
        self.book(date=date(2024, 8, 1), name="ไกลเกินไป")
        self.assertEqual(len(self.events(self.room_link())), 1)

    def test_the_calendar_of_ones_own_bookings(self):
        self.book(**self.meeting)
        self.book(self.other, slot="afternoon")
        [event] = self.events(self.link(self.requester))
        self.assertEqual(event.summary.value, self.meeting["name"])
        self.assertEqual(event.location.value, "เพชร")
        self.assertIn("02-123-4567", event.description.value)

    def test_headers_keep_it_private(self):
        self.book()
        for link in (self.room_link(), self.link(self.requester)):
            response = self.url_open(link)
            headers = response.headers
            self.assertEqual(headers["Content-Type"], "text/calendar; charset=utf-8")
            self.assertIn("private", headers["Cache-Control"])
            self.assertIn("noindex", headers["X-Robots-Tag"])
            self.assertNotIn("Set-Cookie", headers)
            self.assertIn(b"\r\n", response.content)
            self.assertLessEqual(max(map(len, response.content.split(b"\r\n"))), 75)

    def test_unchanged_is_not_sent_again(self):
        booking = self.book()
        link = self.room_link()
        tag = self.url_open(link).headers["ETag"]
        again = self.url_open(link, headers={"If-None-Match": tag})
        self.assertEqual((again.status_code, again.content), (304, b""))
        self.assertEqual(again.headers["ETag"], tag)
        booking.with_user(self.keeper).action_approve()
        changed = self.url_open(link, headers={"If-None-Match": tag})
        self.assertEqual(changed.status_code, 200)

    def test_wrong_links_say_all_the_same(self):
        wrong = (
            f"{ROOM}/{'x' * 43}.ics",
            f"{MINE}/{'x' * 43}.ics",
            f"{ROOM}/False.ics",
            f"{MINE}/False.ics",
            f"{ROOM}/%00.ics",
            f"{ROOM}/{'x' * 30}%00.ics",
            f"{MINE}/ลับ.ics",
            # the door's secret opens no calendar, a room's not that of a user
            f"{ROOM}/{self.phet.sudo().door_token}.ics",
            f"{MINE}/{self.phet.sudo().feed_token}.ics",
        )
        answers = set()
        for link in wrong:
            response = self.url_open(link)
            self.assertEqual(response.status_code, 404, link)
            self.assertEqual(
                response.headers["Content-Type"], "text/plain; charset=utf-8"
            )
            answers.add(response.text)
        self.assertEqual(len(answers), 1)
        self.assertIn("There is no calendar here", answers.pop())

    def test_a_language_that_is_not_loaded_is_left_out(self):
        with patch.object(feeds, "LANGS", ("fr_FR", "en_US")):
            response = self.url_open(f"{ROOM}/{'x' * 43}.ics")
        self.assertEqual(response.status_code, 404)
        self.assertIn("There is no calendar here", response.text)

    def test_a_renewed_link_opens_and_the_old_one_does_not(self):
        old = self.room_link()
        self.phet.with_user(self.keeper).action_renew_links()
        new = self.room_link()
        self.assertEqual(self.url_open(old).status_code, 404)
        self.fetch(new)
        mine = self.link(self.requester)
        self.assertEqual(self.link(self.requester), mine, "it stays")
        dialog = self.env["amss.room.feed"].with_user(self.requester)
        dialog.create({}).action_renew()
        self.assertEqual(self.url_open(mine).status_code, 404)
        self.fetch(self.link(self.requester))

    def test_what_is_archived_opens_nothing(self):
        room, mine = self.room_link(), self.link(self.requester)
        self.phet.active = False
        self.requester.active = False
        self.assertEqual(self.url_open(room).status_code, 404)
        self.assertEqual(self.url_open(mine).status_code, 404)

    def test_who_is_no_longer_of_the_staff_loses_the_link(self):
        mine = self.link(self.requester)
        self.requester.group_ids = [Command.set(self.env.ref("base.group_portal").ids)]
        self.assertEqual(self.url_open(mine).status_code, 404)

    def test_links_are_for_the_keepers_of_the_room(self):
        keeper_elsewhere = self.new_user("rooms_keeper2", "amss_rooms.group_rooms_user")
        self.phailin.keeper_ids = keeper_elsewhere
        self.assertTrue(self.phet.with_user(self.keeper).door_url)
        self.assertTrue(self.phet.with_user(self.admin).feed_url)
        self.assertFalse(self.phet.with_user(keeper_elsewhere).feed_url)
        with self.assertRaises(AccessError):
            self.phet.with_user(self.requester).read(["feed_url"])
        for user in (self.requester, self.keeper, keeper_elsewhere, self.admin):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.phet.with_user(user).read(["feed_token"])
            with self.assertRaises(AccessError), self.cr.savepoint():
                user.with_user(user).read(["amss_rooms_token"])
        with self.assertRaisesRegex(AccessError, self.keeper.name[:12]):
            self.phet.with_user(keeper_elsewhere).action_renew_links()

    def test_one_dialog_shows_each_user_the_own_link(self):
        mine, others = self.link(self.requester), self.link(self.other)
        self.assertNotEqual(mine, others)
        dialog = self.env["amss.room.feed"].with_user(self.requester).create({})
        with self.assertRaises(AccessError):
            dialog.with_user(self.other).read(["url"])

    def test_many_bookings_cost_no_query_each(self):
        feed = self.env["amss.room.booking"].sudo()
        domain = [("room_id", "=", self.phailin.id)]

        def spent():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            feed._feed_entries(domain, own=True)
            return self.env.cr.sql_log_count - before

        self.book(room_id=self.phailin.id)
        few = spent()
        for day in range(1, 21):
            self.book(room_id=self.phailin.id, date=THURSDAY + timedelta(days=day))
        self.assertLessEqual(spent(), few)
