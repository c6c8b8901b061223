# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from lxml import html

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW
from .test_public import PublicCase, by_class

TODAY = date(2023, 6, 1)


class DoorCase(PublicCase):
    """Displays at doors, opened by a secret link; it is noon in Bangkok."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.url = f"/rooms/door/{cls.phet.door_token}"

    def today(self, start, hours=2, **values):
        """A booking of today from an hour on."""
        return self.entry(
            date=TODAY,
            slot="times",
            hour_from=start,
            hour_to=start + hours,
            decided_at=fields.Datetime.now() - timedelta(days=1),
            **values,
        )

    def door(self, hour=None):
        """The display, at an hour of today in Bangkok."""
        if not hour:
            return self.page(self.url)
        moment = fields.Datetime.to_datetime(f"2023-06-01 {hour}:00")
        with freeze_time(moment - timedelta(hours=7)):
            return self.page(self.url)

    def state(self, tree):
        [main] = tree.xpath("//main")
        return main.get("class").removeprefix("o_amss_door_")

    def until(self, tree):
        return self.words(tree, by_class("o_amss_door_until"))


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDoor(DoorCase):
    """What whoever stands before the door is shown."""

    def test_free_until_the_next_booking(self):
        self.today(13, name="ประชุมบ่าย")
        tree = self.door()
        self.assertEqual(self.state(tree), "free")
        self.assertIn("13:00", self.until(tree))
        self.assertIn("ประชุมบ่าย", self.words(tree, by_class("o_amss_door_list")))
        self.assertIn(self.phet.name, self.words(tree, "//h1"))
        self.assertEqual(self.words(tree, "//time"), "12:00")
        self.assertIn("พฤหัสบดี 1 มิถุนายน 2566", self.words(tree, "//header"))

    def test_in_use_until_its_end(self):
        self.today(11, name="ประชุมเช้า", headcount=7)
        self.today(13)
        tree = self.door()
        self.assertEqual(self.state(tree), "taken")
        self.assertIn("13:00", self.until(tree))
        now = self.words(tree, by_class("o_amss_door_current"))
        self.assertIn("ประชุมเช้า", now)
        self.assertIn(self.personnel.name, now)
        self.assertIn("11:00–13:00", now)
        self.assertEqual(self.state(self.door("15:00")), "free")

    def test_nothing_more_today_and_the_next_day(self):
        self.entry(date=date(2023, 6, 5), name="ประชุมวันจันทร์")
        self.today(8)
        tree = self.door()
        self.assertEqual(self.state(tree), "free")
        self.assertNotIn(":", self.until(tree))
        listed = self.words(tree, by_class("o_amss_door_list"))
        self.assertIn("จันทร์ 5 มิถุนายน 2566", listed)
        self.assertIn("ประชุมวันจันทร์", listed)

    def test_what_freed_the_room_is_not_shown(self):
        for state in ("refused", "cancelled", "no_show"):
            self.today(11, state=state, name="ไม่มีแล้ว")
        tree = self.door()
        self.assertEqual(self.state(tree), "free")
        self.assertNotIn("ไม่มีแล้ว", self.words(tree, "//html"))

    def test_closed(self):
        self.assertEqual(self.state(self.door("05:00")), "closed")
        self.assertIn("06:00", self.until(self.door("05:00")))
        self.assertEqual(self.state(self.door("20:00")), "closed")
        self.env["resource.calendar.leaves"].create(
            {
                "name": "ซ่อมแอร์",
                "date_from": "2023-06-01 04:00:00",
                "date_to": "2023-06-01 06:00:00",
                "resource_id": self.phet.resource_id.id,
            }
        )
        tree = self.door()
        self.assertEqual(self.state(tree), "closed")
        self.assertRegex(self.until(tree), "13:00.*ซ่อมแอร์")
        self.assertIn("11:00", self.until(self.door("09:00")))
        self.phet.thu = False
        self.assertEqual(self.state(self.door("09:00")), "closed")

    def test_only_that_it_is_taken(self):
        self.phet.public_detail = "busy"
        self.today(11, name="เรื่องลับ", chair="ประธานลับ")
        self.today(14, name="เรื่องลับ", state="requested")
        tree = self.door()
        self.assertEqual(self.state(tree), "taken")
        for hidden in ("ลับ", self.personnel.name):
            self.assertNotIn(hidden, self.words(tree, "//html"))

    def test_never_a_persons_name_or_phone(self):
        self.today(11, coordinator="นางลับ", phone="081-234-5678", note="ลับ")
        everything = self.url_open(self.url).text
        for hidden in ("ลับ", "081-234", "rooms_requester"):
            self.assertNotIn(hidden, everything)

    def test_markup_is_text(self):
        self.phet.name = self.phet.location = "<script>alert(1)</script>"
        self.today(11, name="<script>alert(2)</script>")
        self.assertNotIn("<script>alert", self.url_open(self.url).text)

    def test_a_wrong_link(self):
        old = self.url
        wrong = ("x", "%00", f"{'x' * 30}%00", "%0d%0aX:y", "ลับ", "x" * 2000)
        for url in (f"{old}x", *(f"/rooms/door/{token}" for token in wrong)):
            tree = self.page(url, 404)
            self.assertTrue(self.words(tree, "//main//h1"))
        self.phet.with_user(self.admin).action_renew_links()
        self.page(old, 404)
        self.page(f"/rooms/door/{self.phet.door_token}")
        self.page(f"/rooms/door/{self.phet.feed_token}", 404)
        self.phet.active = False
        self.page(f"/rooms/door/{self.phet.door_token}", 404)

    def test_an_office_that_is_no_more(self):
        self.env["res.users"].search([("company_id", "=", self.office.id)]).active = 0
        self.office.active = False
        self.page(self.url, 404)

    def test_the_public_timetable_may_be_off(self):
        self.office.amss_rooms_public = False
        self.door()

    def test_of_no_use_to_caches_and_search_engines(self):
        answer = self.url_open(self.url)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertIn("noindex", answer.headers["X-Robots-Tag"])
        self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")

    def test_it_renews_itself_and_knows_the_offices_time(self):
        self.today(13)
        tree = self.door()
        [main] = tree.xpath("//main")
        self.assertEqual(main.get("data-epoch"), "1685595600")
        self.assertEqual(main.get("data-offset"), str(7 * 3600))
        self.assertEqual(main.get("data-changes"), str(1685595600 + 3600))
        self.assertTrue(tree.xpath("//noscript/meta[@http-equiv='refresh']"))
        self.assertTrue(tree.xpath("//*[@id='door_offline'][@hidden]"))

    def test_cost_does_not_grow(self):
        def cost():
            self.door()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.door()
            return self.env.cr.sql_log_count - start

        self.today(8, 1)
        self.today(13, 1)
        before = cost()
        for hour in (9, 10, 11, 14, 15, 16, 17):
            self.today(hour, 1)
        self.assertEqual(cost(), before)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDoorCheckIn(DoorCase):
    """Where people have to check in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.phet.checkin_minutes = 90

    def send(self, tree, **values):
        """Tap the button of a display."""
        [form] = tree.xpath("//form")
        data = {
            field.get("name"): field.get("value") for field in form.xpath(".//input")
        }
        return self.url_open(form.get("action"), data={**data, **values})

    def test_check_in(self):
        booking = self.today(11)
        tree = self.door()
        self.assertIn("12:30", self.words(tree, "//form"))
        answer = self.send(tree)
        self.assertEqual(answer.url.split("?")[0], self.base_url() + self.url)
        self.assertEqual(booking.checked_in_at, fields.Datetime.now())
        shown = html.fromstring(answer.text)
        self.assertEqual(self.state(shown), "taken")
        self.assertFalse(shown.xpath("//form"))
        with freeze_time("2023-06-01 05:05:00"):
            self.send(tree)
        self.assertEqual(booking.checked_in_at, fields.Datetime.now(), "twice is once")

    def test_who_has_checked_in_sees_it(self):
        self.today(12.5, checked_in_at=fields.Datetime.now())
        tree = self.door()
        self.assertEqual(self.state(tree), "free")
        listed = tree.xpath(by_class("o_amss_door_list"))[0]
        self.assertTrue(listed.xpath(f".{by_class('o_amss_door_tag')}"))

    def test_check_in_for_the_next_booking(self):
        self.today(13)
        self.assertFalse(self.door("12:29").xpath("//form"))
        self.assertTrue(self.door("12:30").xpath("//form"))
        self.phet.checkin_minutes = 0
        self.assertFalse(self.door("12:30").xpath("//form"))

    def test_what_waits_is_not_checked_in(self):
        self.today(11, state="requested")
        tree = self.door()
        self.assertEqual(self.state(tree), "taken")
        self.assertFalse(tree.xpath("//form"))

    def test_the_room_shows_free_when_nobody_came(self):
        self.phet.checkin_minutes = 15
        self.today(11, name="ไม่มีใครมา")
        self.assertEqual(self.state(self.door("11:14")), "taken")
        tree = self.door("11:15")
        self.assertEqual(self.state(tree), "free")
        self.assertNotIn("ไม่มีใครมา", self.words(tree, "//html"))

    def test_too_late(self):
        booking = self.today(11)
        tree = self.door()
        with freeze_time("2023-06-01 05:31:00"):
            answer = self.send(tree)
        self.assertFalse(booking.checked_in_at)
        shown = html.fromstring(answer.text)
        self.assertTrue(shown.xpath(by_class("o_amss_door_late")))

    def test_another_rooms_booking_is_not_checked_in_here(self):
        self.phailin.checkin_minutes = 90
        self.today(11)
        other = self.today(11, room_id=self.phailin.id)
        tree = self.door()
        for wrong in (other.id, "x", "", "-1", "9" * 30):
            answer = self.send(tree, booking=wrong)
            self.assertEqual(answer.status_code, 200)
        self.assertFalse(other.checked_in_at)

    def test_only_by_the_button_of_the_display(self):
        booking = self.today(11)
        url = f"{self.url}/check-in"
        with mute_logger("odoo.http"):
            answer = self.url_open(url, data={"booking": booking.id})
            self.assertEqual(answer.status_code, 400)
            self.assertGreaterEqual(self.url_open(url).status_code, 400)
            tree = self.door()
            [token] = tree.xpath("//input[@name='csrf_token']/@value")
            answer = self.url_open(
                "/rooms/door/x/check-in",
                data={"booking": booking.id, "csrf_token": token},
            )
        self.assertEqual(answer.status_code, 404)
        self.assertFalse(booking.checked_in_at)
