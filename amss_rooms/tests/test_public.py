# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from lxml import html

from odoo.tests import BaseCase, HttpCase, freeze_time, tagged

from odoo.addons.amss_base.tools import guard

from ..tools import months
from ..tools.when import free_part
from .common import FRIDAY, NOW, THURSDAY, RoomsCase

YEARS, MONTH = "/rooms", "/rooms/2566-06"


def plain(text):
    """A text with single blanks."""
    return " ".join(text.split())


def by_class(name, tag="*"):
    """The path of the elements of a class."""
    return f"//{tag}[contains(concat(' ', @class, ' '), ' {name} ')]"


class PublicCase(RoomsCase, HttpCase):
    """Visitors without a login, whose browser prefers Thai."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("th_TH")
        # of the offices here, ours alone shows its timetable
        cls.env["res.company"].search([]).amss_rooms_public = False
        cls.office.amss_rooms_public = True

    def setUp(self):
        super().setUp()
        self.opener.headers["Accept-Language"] = "th-TH"

    def page(self, url, status=200, **headers):
        """Open a page and give it as a tree."""
        answer = self.url_open(url, headers=headers or None)
        self.assertEqual(answer.status_code, status, url)
        return html.fromstring(answer.text)

    def words(self, tree, path="//div[@id='wrap']"):
        """The words of a part of a page, with single blanks."""
        return " ".join(
            " ".join(node.text_content() for node in tree.xpath(path)).split()
        )

    def cell(self, tree, day, room):
        """The words of the cell of a day (its number) and the room's column."""
        heads = [
            " ".join(th.text_content().split()) for th in tree.xpath("//thead//th")
        ]
        column = next(i for i, head in enumerate(heads) if head.startswith(room.name))
        row = tree.xpath("//tbody/tr")[day - 1]
        return plain(row.xpath("./*")[column].text_content())

    def entry(self, **values):
        """A booking as it was entered long ago: no rule is asked."""
        return guard.stepping(self.env["amss.room.booking"]).create(
            {
                "name": "ประชุม",
                "room_id": self.phet.id,
                "date": THURSDAY,
                "slot": "morning",
                "state": "approved",
                "user_id": self.requester.id,
                "department_id": self.personnel.id,
                **values,
            }
        )


@tagged("post_install", "-at_install")
class TestMonths(BaseCase):
    """Months as addresses and readers write them."""

    def test_the_key_of_a_month(self):
        today = date(2023, 6, 1)
        self.assertEqual(months.month_key(date(2023, 6, 30)), "2566-06")
        for text in ("2566-06", "2023-06", "2566-6", "๒๕๖๖-๐๖"):
            self.assertEqual(months.parse_month_key(text, today), today)
        for text in ("", "2566", "66-06", "2566-13", "543-01", "2566-06-01", "2544-0"):
            with self.subTest(text), self.assertRaises(ValueError):
                months.parse_month_key(text, today)
        for text in ("2542-12", "2577-01", "1999-12"):
            with self.subTest(text), self.assertRaises(ValueError):
                months.parse_month_key(text, today)

    def test_free_part_of_a_day(self):
        halves = [(8.5, 12), (13, 16.5)]
        for taken, free in (
            ([], "all"),
            ([(17, 19)], "all"),
            ([(12, 13)], "all"),
            ([(11, 12)], "afternoon"),
            ([(15, 18)], "morning"),
            ([(11, 14)], "none"),
            ([(9, 10), (13, 14)], "none"),
        ):
            self.assertEqual(free_part(halves, taken), free, taken)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPublicYears(PublicCase):
    """The table of years and months, as in S3."""

    def counts(self, tree):
        """The words of the cells by Buddhist year."""
        return {
            plain(row.xpath("./th")[0].text_content()): [
                plain(cell.text_content()) for cell in row.xpath("./td")
            ]
            for row in tree.xpath("//table/tbody/tr")
        }

    def test_years_from_the_first_booking_to_the_last_newest_first(self):
        for day in (date(2021, 3, 4), date(2023, 6, 9), date(2024, 1, 9)):
            self.entry(date=day)
        rows = self.counts(self.page(YEARS))
        self.assertEqual(list(rows), ["2567", "2566", "2565", "2564"])
        self.assertIn("1", rows["2564"][2])
        self.assertEqual(len(set(rows["2565"])), 1, "a year with nothing")
        self.assertEqual(len(rows["2566"]), 12)

    def test_the_current_year_is_there_and_no_spurious_one(self):
        # typed with a slip in the year; the database refuses the years 543 and 9999
        self.entry(date=date(1994, 6, 8))
        self.entry(date=date(2066, 6, 8))
        self.assertEqual(list(self.counts(self.page(YEARS))), ["2566"])

    def test_what_holds_no_room_is_not_counted(self):
        for state in ("refused", "cancelled", "no_show"):
            self.entry(state=state)
        free = self.counts(self.page(YEARS))["2566"]
        self.assertEqual(free[5], free[4])
        self.entry(state="requested")
        self.assertNotEqual(self.counts(self.page(YEARS))["2566"][5], free[4])

    def test_each_month_is_a_link(self):
        tree = self.page(YEARS)
        links = tree.xpath("//table//td/a/@href")
        self.assertEqual(links[5], MONTH)
        self.assertEqual(len(links), 12)
        for link in links[4:7]:
            self.page(link)

    def test_on_a_phone_the_current_year_is_open(self):
        self.entry(date=date(2021, 3, 4))
        years = self.page(YEARS).xpath("//details")
        self.assertEqual(
            ["open" in year.attrib for year in years], [True, False, False]
        )
        self.assertEqual(len(years[0].xpath(".//a")), 12)

    def test_the_way_to_booking_asks_for_the_login(self):
        [link] = self.page(YEARS).xpath(by_class("o_amss_rooms_login") + "/@href")
        answer = self.url_open(link, allow_redirects=False)
        self.assertIn("/web/login?redirect=", answer.headers["Location"])
        self.authenticate("rooms_requester", "rooms_requester")
        answer = self.url_open(f"{link}?room=3&day=2023-06-08", allow_redirects=False)
        self.assertTrue(
            answer.headers["Location"].endswith(
                "/odoo/room-timetable?room=3&date=2023-06-08&book=1"
            )
        )
        answer = self.url_open(f"{link}?month=2566-06", allow_redirects=False)
        self.assertTrue(
            answer.headers["Location"].endswith("/odoo/room-timetable?month=2023-06")
        )
        answer = self.url_open(
            f"{link}?room=x&day=31&month=2566-13", allow_redirects=False
        )
        self.assertTrue(answer.headers["Location"].endswith("/odoo/room-timetable"))

    def test_who_may_not_book_is_told_so(self):
        self.requester.group_ids = self.env.ref("base.group_portal")
        self.authenticate("rooms_requester", "rooms_requester")
        tree = self.page("/rooms/book?room=3", 403)
        self.assertTrue(self.words(tree, "//main//h1"))
        self.assertTrue(tree.xpath("//main//a[@href='/rooms']"))

    def test_several_offices_are_chosen_from(self):
        other = self.env["res.company"].create({"name": "สพม.ตัวอย่าง"})
        self.assertNotIn(other.name, self.words(self.page(YEARS)), "it has no rooms")
        self.env["amss.room"].create({"name": "ห้องใหญ่", "company_id": other.id})
        for url, suffix in ((YEARS, ""), (MONTH, "/2566-06")):
            tree = self.page(url)
            for office in (self.office, other):
                address = f"/rooms/office/{office.id}{suffix}"
                self.assertIn(address, tree.xpath("//a/@href"))
                self.assertIn(office.name, self.words(self.page(address)))
        self.page("/rooms/office/2566-06", 404)

    def test_an_office_that_does_not_show_it_is_not_found(self):
        self.office.amss_rooms_public = False
        for url in (YEARS, MONTH, f"/rooms/office/{self.office.id}", "/rooms/x"):
            tree = self.page(url, 404)
            self.assertNotIn(self.phet.name, self.words(tree))


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPublicMonth(PublicCase):
    """The table of days and rooms, as in S3."""

    def test_days_and_rooms(self):
        tree = self.page(MONTH)
        self.assertEqual(len(tree.xpath("//tbody/tr")), 30)
        self.assertEqual(len(tree.xpath("//thead//th")), 3)
        self.assertIn("มิถุนายน 2566", self.words(tree, "//h1"))
        self.assertIn(self.office.name, self.words(tree, "//h1"))
        self.assertIn("พฤหัสบดี 1 มิถุนายน", self.words(tree, "//tbody/tr[1]/th"))
        for node in tree.xpath("//tbody//th"):
            self.assertEqual(node.get("scope"), "row")

    def test_a_booking_as_everybody_sees_it(self):
        self.entry(
            name="รับสมัครสอบ ครูผู้ช่วย",
            slot="day",
            headcount=100,
            chair="นายลับ",
            coordinator="นางลับ",
            phone="081-234-5678",
            note="หมายเหตุลับ",
        )
        tree = self.page(MONTH)
        cell = self.cell(tree, 8, self.phet)
        for shown in ("รับสมัครสอบ ครูผู้ช่วย", self.personnel.name, "100"):
            self.assertIn(shown, cell)
        everything = self.words(tree, "//html")
        for hidden in ("ลับ", "081-234", self.requester.name):
            self.assertNotIn(hidden, everything)

    def test_a_room_that_shows_only_that_it_is_taken(self):
        free = self.cell(self.page(MONTH), 9, self.phet)
        self.phet.public_detail = "busy"
        self.entry(name="เรื่องลับ", headcount=47)
        self.entry(name="เรื่องลับ", date=FRIDAY, state="requested", slot="day")
        tree = self.page(MONTH)
        for hidden in ("เรื่องลับ", self.personnel.name):
            self.assertNotIn(hidden, self.words(tree, "//html"))
        # the head of the page has tokens, with any digits
        self.assertNotIn("47", self.words(tree, "//main"))
        self.assertNotEqual(self.cell(tree, 9, self.phet), free)
        self.assertFalse(tree.xpath(by_class("o_amss_rooms_waiting")))

    def test_what_waits_is_taken_too(self):
        self.entry(state="requested")
        tree = self.page(MONTH)
        self.assertTrue(tree.xpath(by_class("o_amss_rooms_waiting")))
        self.assertIn("ประชุม", self.cell(tree, 8, self.phet))

    def test_the_half_that_is_left_over(self):
        self.entry(slot="morning")
        self.entry(slot="afternoon", date=FRIDAY)
        self.entry(slot="day", date=date(2023, 6, 14))
        self.entry(slot="times", hour_from=17, hour_to=19, date=date(2023, 6, 15))
        tree = self.page(MONTH)
        for day, part in ((8, "afternoon"), (9, "morning"), (14, None), (15, "all")):
            row = tree.xpath("//tbody/tr")[day - 1]
            marks = row.xpath(
                ".//td[1]//*[contains(@class, 'o_amss_rooms_free')]/@class"
            )
            self.assertEqual(
                marks, [f"o_amss_rooms_free o_amss_rooms_free_{part}"] if part else []
            )
        self.assertIn("17:00–19:00", self.cell(tree, 15, self.phet))

    def test_closed_days_and_hours_say_why(self):
        leaves = self.env["resource.calendar.leaves"]
        leaves.create(
            {
                "name": "วันหยุดชดเชย",
                "date_from": "2023-06-07 17:00:00",
                "date_to": "2023-06-08 16:59:59",
                "calendar_id": self.office.resource_calendar_id.id,
            }
        )
        leaves.create(
            {
                "name": "ซ่อมแอร์",
                "date_from": "2023-06-09 01:30:00",
                "date_to": "2023-06-09 05:00:00",
                "resource_id": self.phet.resource_id.id,
            }
        )
        self.phailin.sat = False
        tree = self.page(MONTH)
        self.assertIn("วันหยุดชดเชย", self.cell(tree, 8, self.phet))
        self.assertIn("วันหยุดชดเชย", self.cell(tree, 8, self.phailin))
        self.assertIn("08:30–12:00 ซ่อมแอร์", self.cell(tree, 9, self.phet))
        self.assertNotIn("ซ่อมแอร์", self.cell(tree, 9, self.phailin))
        closed = tree.xpath("//tbody/tr[3]/td/@class")
        self.assertEqual(["closed" in one for one in closed], [False, True])
        friday = tree.xpath("//tbody/tr[9]/td[1]")[0]
        self.assertTrue(friday.xpath(f".{by_class('o_amss_rooms_free_afternoon')}"))

    def test_book_links_on_free_days_to_come(self):
        self.entry(slot="day")
        self.phailin.horizon_days = 10
        tree = self.page(MONTH)
        links = tree.xpath(by_class("o_amss_rooms_book") + "/@href")
        self.assertIn(f"/rooms/book?room={self.phet.id}&day=2023-06-01", links)
        self.assertNotIn(f"/rooms/book?room={self.phet.id}&day=2023-06-08", links)
        self.assertIn(f"/rooms/book?room={self.phailin.id}&day=2023-06-11", links)
        self.assertNotIn(f"/rooms/book?room={self.phailin.id}&day=2023-06-12", links)
        before = self.page("/rooms/2566-05")
        self.assertFalse(before.xpath(by_class("o_amss_rooms_book")))

    def test_what_has_begun_or_is_too_late_has_no_book_link(self):
        def links(day, time="05:00"):
            with freeze_time(f"2023-06-01 {time}"):
                tree = self.page(MONTH)
            paths = tree.xpath(by_class("o_amss_rooms_book") + "/@href")
            return [path for path in paths if path.endswith(f"-{day:02}")]

        self.assertEqual(len(links(1)), 2, "the afternoon can be had")
        self.assertFalse(links(1, "06:30"))
        self.phet.notice_hours = 48
        self.assertEqual([len(links(day)) for day in (1, 2, 3)], [1, 1, 2])
        self.entry(slot="afternoon", date=date(2023, 6, 3), room_id=self.phailin.id)
        self.entry(slot="afternoon", date=date(2023, 6, 3))
        self.assertEqual(len(links(3)), 1, "the morning is within the notice")

    def test_half_days_outside_the_hours_of_the_room_are_not_free(self):
        self.phet.write({"open_from": 9, "open_to": 17})
        self.entry(slot="times", hour_from=15, hour_to=16)
        self.phailin.write({"open_from": 12, "open_to": 16})
        row = self.page(MONTH).xpath("//tbody/tr[8]")[0]
        self.assertFalse(row.xpath(f"./td[1]{by_class('o_amss_rooms_free_all')}"))
        self.assertFalse(row.xpath(f"./td[1]{by_class('o_amss_rooms_free_morning')}"))
        self.assertTrue(row.xpath(f"./td[2]{by_class('o_amss_rooms_free_all')}"))

    def test_an_old_half_day_says_its_hours(self):
        self.entry()
        self.office.amss_morning_from = 9
        self.assertIn("08:30–12:00", self.cell(self.page(MONTH), 8, self.phet))

    def test_today_is_marked_and_past_days_can_be_put_away(self):
        with freeze_time("2023-06-07 17:30:00"):
            # half past midnight of the 8th in Bangkok
            tree = self.page(MONTH)
        [today] = tree.xpath("//tr[@id='today']")
        self.assertIn("8 มิถุนายน", today.text_content())
        past = tree.xpath(by_class("o_amss_rooms_past"))
        self.assertEqual(len(past), 7)
        self.assertTrue(tree.xpath("//input[@id='show_past']"))
        self.assertTrue(tree.xpath("//a[@href='#today']"))
        self.assertFalse(self.page("/rooms/2566-07").xpath("//input[@id='show_past']"))

    def test_on_a_phone_each_cell_names_its_room(self):
        cells = self.page(MONTH).xpath("//tbody/tr[1]/td")
        self.assertEqual(
            [cell.xpath("./span[1]")[0].text_content() for cell in cells],
            [self.phet.name, self.phailin.name],
        )

    def test_in_english(self):
        self.env["res.lang"]._activate_lang("en_US")
        self.opener.cookies["frontend_lang"] = "en_US"
        self.entry(slot="day", headcount=3)
        tree = self.page(MONTH)
        self.assertIn("June 2023", self.words(tree, "//h1"))
        self.assertIn("Thursday 8 June", self.words(tree, "//tbody/tr[8]/th"))
        self.assertIn("(Morning-Afternoon, 3 people)", self.cell(tree, 8, self.phet))
        years = self.page(YEARS)
        self.assertIn("2566 2023", self.words(years, "//table/tbody/tr[1]/th"))
        self.assertIn("Jun", self.words(years, "//thead"))

    def test_one_room_alone(self):
        tree = self.page(f"{MONTH}?room={self.phailin.id}")
        self.assertEqual(len(tree.xpath("//thead//th")), 2)
        self.assertIn(
            f"?room={self.phailin.id}", tree.xpath("//a[@rel='next']/@href")[0]
        )
        for wrong in ("999999", "x", ""):
            tree = self.page(f"{MONTH}?room={wrong}")
            self.assertEqual(len(tree.xpath("//thead//th")), 3)

    def test_months_before_and_after(self):
        tree = self.page("/rooms/2566-12")
        self.assertEqual(tree.xpath("//a[@rel='prev']/@href"), ["/rooms/2566-11"])
        self.assertEqual(tree.xpath("//a[@rel='next']/@href"), ["/rooms/2567-01"])
        self.assertFalse(self.page("/rooms/2543-01").xpath("//a[@rel='prev']"))
        self.assertFalse(self.page("/rooms/2576-12").xpath("//a[@rel='next']"))

    def test_other_ways_of_writing_the_month(self):
        for key in ("2023-06", "2566-6", "๒๕๖๖-๐๖"):
            answer = self.url_open(f"/rooms/{key}", allow_redirects=False)
            self.assertEqual(answer.status_code, 303, key)
            self.assertTrue(answer.headers["Location"].endswith(MONTH))

    def test_what_is_no_month_is_not_found_with_a_way_back(self):
        for key in (
            "2566-13",
            "2566-00",
            "543-01",
            "0543-01",
            "2200-01",
            "9999-12",
            "0000-00",
            "abc",
            "2566-06-01",
            "%00",
            "office",
            "office/x",
            "office/0/2566-06",
            "office/99999999999999999999/2566-06",
        ):
            with self.subTest(key=key):
                tree = self.page(f"/rooms/{key}", 404)
                self.assertTrue(tree.xpath("//div[@id='wrap']//a/@href"))

    def test_markup_is_text(self):
        evil = "<script>alert(1)</script>"
        self.phet.name = self.office.name = self.personnel.name = evil
        self.phet.location = '"><img src=x onerror=alert(1)>'
        self.entry(name=evil)
        for url in (YEARS, MONTH, f"{MONTH}?room={evil}"):
            text = self.url_open(url).text
            self.assertNotIn("<script>alert", text)
            self.assertNotIn("<img src=x", text)
            self.assertIn("&lt;script&gt;alert", text)

    def test_a_room_no_longer_used_is_shown_with_its_old_bookings(self):
        self.entry(date=date(2023, 5, 4))
        self.phet.active = False
        self.assertIn("ประชุม", self.cell(self.page("/rooms/2566-05"), 4, self.phet))
        self.assertEqual(len(self.page(MONTH).xpath("//thead//th")), 2)

    def test_cost_does_not_grow(self):
        self.entry()
        few = self.queries(MONTH), self.queries(YEARS)
        rooms = self.env["amss.room"].create(
            [{"name": f"ห้อง {i}", "company_id": self.office.id} for i in range(18)]
        )
        groups = self.env["hr.department"].create(
            [{"name": f"กลุ่ม {i}", "company_id": self.office.id} for i in range(9)]
        )
        for index, room in enumerate(rooms):
            for day in range(20):
                self.entry(
                    room_id=room.id,
                    date=date(2023, 6, 1) + timedelta(days=day),
                    department_id=groups[index % 9].id,
                )
        self.assertEqual((self.queries(MONTH), self.queries(YEARS)), few)

    def queries(self, url):
        """Count the queries of a page opened without any record in memory."""
        self.url_open(url)  # what the registry keeps, it keeps from then on
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        self.assertEqual(self.url_open(url).status_code, 200)
        return self.env.cr.sql_log_count - start


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPublicCaching(PublicCase):
    """A page is asked for each time, and sent when something has changed."""

    def test_pages_are_for_their_reader_alone(self):
        for url in (YEARS, MONTH):
            answer = self.url_open(url)
            self.assertEqual(answer.headers["Cache-Control"], "private, no-cache")
            self.assertIn("Cookie", answer.headers["Vary"])
        self.assertNotIn("ETag", self.url_open("/rooms/2566-13").headers)

    def assertChanges(self, change, url=MONTH):
        """Assert that a page is sent anew after a change, and then known again."""
        known = self.url_open(url).headers["ETag"]
        again = self.url_open(url, headers={"If-None-Match": known})
        self.assertEqual((again.status_code, again.text), (304, ""))
        self.assertEqual(again.headers["ETag"], known)
        change()
        fresh = self.url_open(url, headers={"If-None-Match": known})
        self.assertEqual(fresh.status_code, 200)
        self.assertNotEqual(fresh.headers["ETag"], known)

    def test_each_change_of_the_data_gives_a_new_page(self):
        booking = self.entry()
        leaves = self.env["resource.calendar.leaves"]
        closure = {
            "name": "ปิด",
            "date_from": "2023-06-07 17:00:00",
            "date_to": "2023-06-08 16:59:59",
            "resource_id": self.phet.resource_id.id,
        }
        changes = {
            "new": lambda: self.entry(date=FRIDAY),
            "moved": lambda: guard.stepping(booking).write({"slot": "afternoon"}),
            "cancelled": lambda: guard.stepping(booking).write({"state": "cancelled"}),
            "setting of a room": lambda: self.phet.write({"public_detail": "busy"}),
            "name of a room": lambda: self.phet.write({"name": "เพชรใหม่"}),
            "group": lambda: self.personnel.write({"name": "กลุ่มใหม่"}),
            "closure": lambda: leaves.create(closure),
            "office": lambda: self.office.write({"name": "สพป.ใหม่"}),
            "half-days": lambda: self.office.write({"amss_morning_to": 11.5}),
        }
        for what, change in changes.items():
            with self.subTest(what):
                self.assertChanges(change)

    def test_the_years_change_with_the_counts(self):
        self.assertChanges(lambda: self.entry(date=date(2022, 1, 4)), YEARS)
        booking = self.entry()
        self.assertChanges(
            lambda: guard.stepping(booking).write({"date": date(2023, 7, 4)}), YEARS
        )
        known = self.url_open(YEARS).headers["ETag"]
        guard.stepping(booking).name = "อื่น"
        again = self.url_open(YEARS, headers={"If-None-Match": known})
        self.assertEqual(again.status_code, 304, "the name is not on this page")

    def test_login_and_logout_give_a_new_page(self):
        for url in (YEARS, MONTH):
            self.assertChanges(
                lambda: self.authenticate("rooms_requester", "rooms_requester"), url
            )
            self.assertIn("rooms_requester", self.url_open(url).text)
            self.assertChanges(self.logout, url)
            self.assertNotIn("rooms_requester", self.url_open(url).text)

    def test_another_visitor_has_another_page(self):
        known = self.url_open(MONTH).headers["ETag"]
        self.opener.cookies.clear()
        other = self.url_open(MONTH, headers={"If-None-Match": known})
        self.assertEqual(other.status_code, 200)

    def test_what_can_no_longer_be_booked_gives_a_new_page(self):
        known = {"If-None-Match": self.url_open(MONTH).headers["ETag"]}
        with freeze_time("2023-06-01 06:30:00"):
            self.assertEqual(self.url_open(MONTH, headers=known).status_code, 200)

    def test_another_day_or_language_gives_a_new_page(self):
        known = {"If-None-Match": self.url_open(MONTH).headers["ETag"]}
        with freeze_time("2023-06-01 17:00:00"):
            self.assertEqual(self.url_open(MONTH, headers=known).status_code, 200)
        self.env["res.lang"]._activate_lang("en_US")
        known = {"If-None-Match": self.url_open(MONTH).headers["ETag"]}
        self.opener.cookies["frontend_lang"] = "en_US"
        self.assertEqual(self.url_open(MONTH, headers=known).status_code, 200)

    def test_a_page_that_is_known_costs_little(self):
        for day in range(1, 20):
            self.entry(date=date(2023, 6, day))
        known = self.url_open(MONTH).headers["ETag"]
        start = self.env.cr.sql_log_count
        self.url_open(MONTH, headers={"If-None-Match": known})
        cheap = self.env.cr.sql_log_count - start
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        self.url_open(MONTH)
        self.assertLess(cheap, self.env.cr.sql_log_count - start)
