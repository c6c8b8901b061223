# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Figures of the reports, against what is counted by hand."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged

from odoo.addons.amss_base.tools import guard

from .common import FRIDAY, NOW, THURSDAY, RoomsCase

MONDAY = date(2023, 6, 12)
#: rooms are made on 1 June (in UTC, still in May) and are open every day: 30 days of
#: 3.5 and 3.5 hours
HALF, DAY, JUNE = 3.5, 7.0, 30 * 7.0


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRoomUse(RoomsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.use = cls.env["amss.room.use"].with_user(cls.requester)
        cls.made(cls.phet | cls.phailin, "2023-05-31 17:30:00")

    @classmethod
    def made(cls, rooms, moment):
        """Make rooms older; the ORM writes when by itself."""
        rooms.flush_recordset()
        cls.env.cr.execute(
            "UPDATE amss_room SET create_date = %s WHERE id = ANY(%s)",
            [moment, rooms.ids],
        )

    def figures(self, measures, groupby=(), domain=()):
        """Give the measures, by the values of what they are grouped by."""
        specs = [
            f"{name}:{self.use._fields[name].aggregator}" for name in measures.split()
        ]
        rows = self.use._read_group(domain, groupby, specs)
        count = len(groupby)
        return {row[:count]: row[count:] for row in rows}

    def total(self, measures, domain=()):
        return self.figures(measures, domain=domain)[()]

    def close(self, date_from, date_to, room=None):
        """Close a room, or the office, between two moments in UTC."""
        self.env["resource.calendar.leaves"].with_company(self.office).create(
            {
                "name": "ปิดทดสอบ",
                "date_from": date_from,
                "date_to": date_to,
                "company_id": self.office.id,
                "resource_id": room.resource_id.id if room else False,
            }
        )

    # ------------------------------------------------------------------
    # Occupancy
    # ------------------------------------------------------------------
    def test_a_half_day_of_a_month(self):
        self.book()
        self.assertEqual(
            self.figures("bookings hours open_hours occupancy", ["room_id"]),
            {
                (self.phet,): (1, HALF, JUNE, HALF / JUNE),
                (self.phailin,): (0, 0.0, JUNE, 0.0),
            },
        )
        self.assertEqual(
            self.total("open_hours occupancy"), (2 * JUNE, HALF / (2 * JUNE))
        )

    def test_a_whole_day_is_in_both_halves_and_once_in_total(self):
        self.book(slot="day", headcount=80)
        self.book(self.other, room_id=self.phailin.id, headcount=20)
        figures = self.figures("bookings headcount occupancy", ["part"])
        opened = 2 * 30 * HALF
        self.assertEqual(figures["am",], (2, 100, 2 * HALF / opened))
        self.assertEqual(figures["pm",], (1, 80, HALF / opened))
        self.assertEqual(
            self.total("bookings headcount hours used_hours"),
            # lunch is booked, and is none of the open hours
            (2, 100, 8.0 + HALF, 3 * HALF),
        )

    def test_evenings_are_booked_and_not_open(self):
        self.book(slot="times", hour_from=15.5, hour_to=19)
        figures = self.figures("bookings hours used_hours open_hours", ["part"])
        self.assertEqual(figures["pm",], (1, 1.0, 1.0, 30 * HALF * 2))
        self.assertEqual(figures["rest",], (1, 2.5, 0.0, 0.0))
        self.assertEqual(self.total("bookings hours used_hours"), (1, 3.5, 1.0))

    def test_days_and_hours_on_which_a_room_is_closed(self):
        self.phet.write({"sat": False, "sun": False})
        # June 2566 has four of each
        self.assertEqual(self._open(self.phet), 22 * DAY)
        self.close("2023-06-08 17:00:00", "2023-06-09 16:59:59")
        self.assertEqual(self._open(self.phet), 21 * DAY)
        self.assertEqual(self._open(self.phailin), 29 * DAY)
        # Monday from 10:00, and from 08:30 to 11:00: the morning, once
        self.close("2023-06-12 03:00:00", "2023-06-12 05:00:00", self.phet)
        self.close("2023-06-12 01:30:00", "2023-06-12 04:00:00", self.phet)
        self.assertEqual(self._open(self.phet), 21 * DAY - HALF)
        self.assertEqual(self._open(self.phailin), 29 * DAY)

    def test_open_hours_end_with_the_opening_hours(self):
        self.phet.write({"open_from": 9, "open_to": 12})
        self.assertEqual(self._open(self.phet), 30 * 3.0)

    def test_a_day_closed_after_it_was_booked(self):
        """The booking stays one; of open hours it takes none."""
        self.book()
        self.close("2023-06-07 17:00:00", "2023-06-08 16:59:59")
        domain = [("room_id", "=", self.phet.id)]
        self.assertEqual(
            self.total("bookings hours used_hours open_hours occupancy", domain),
            (1, HALF, 0.0, 29 * DAY, 0.0),
        )

    def test_a_room_no_longer_in_use_is_open_until_its_last_booking(self):
        self.book()
        with freeze_time("2023-06-20 05:00:00"):
            self.phet.active = False
        self.assertEqual(self._open(self.phet), 8 * DAY)

    def test_months_to_come_are_open_as_far_as_rooms_are_booked(self):
        self.book(date=date(2023, 8, 15))
        months = self.figures("open_hours", ["date:month"])
        days = {month.month: hours / DAY / 2 for (month,), (hours,) in months.items()}
        self.assertEqual(days, {6: 30, 7: 31, 8: 31})

    def _open(self, room):
        return self.total("open_hours", [("room_id", "=", room.id)])[0]

    # ------------------------------------------------------------------
    # By group and by what came of it
    # ------------------------------------------------------------------
    def test_what_groups_take_of_the_open_hours(self):
        self.book()
        self.book(self.other, slot="afternoon", room_id=self.phailin.id)
        self.book(self.other, date=FRIDAY, slot="day", room_id=self.phailin.id)
        self.assertEqual(
            self.figures("bookings open_hours occupancy", ["department_id"]),
            {
                (self.personnel,): (1, 2 * JUNE, HALF / (2 * JUNE)),
                (self.policy,): (2, 2 * JUNE, 3 * HALF / (2 * JUNE)),
            },
        )
        self.assertEqual(
            self.figures("occupancy", ["department_id", "room_id", "part"])[
                self.policy, self.phailin, "pm"
            ],
            (2 * HALF / (30 * HALF),),
        )
        self.assertEqual(
            self.total("occupancy", [("department_id", "=", self.policy.id)]),
            (3 * HALF / (2 * JUNE),),
        )

    def test_refused_cancelled_nobody_came(self):
        refused, cancelled, missed = (
            self.book(slot="day", headcount=7, date=day)
            for day in (THURSDAY, FRIDAY, MONDAY)
        )
        refused.with_user(self.keeper)._refuse("ห้องปิดซ่อม")
        cancelled.with_user(self.requester)._cancel("เลื่อนประชุม")
        guard.stepping(missed).state = "no_show"
        self.book(self.other, slot="afternoon", headcount=5)
        self.assertEqual(
            self.total("bookings headcount refused cancelled no_shows hours"),
            (1, 5, 1, 1, 1, HALF),
        )
        self.assertEqual(
            self.figures("bookings refused no_shows occupancy", ["state"]),
            {
                ("requested",): (1, 0, 0, HALF / (2 * JUNE)),
                ("refused",): (0, 1, 0, 0.0),
                ("cancelled",): (0, 0, 0, 0.0),
                ("no_show",): (0, 0, 1, 0.0),
            },
        )

    def test_it_counts_what_the_year_table_counts(self):
        self.book()
        self.book(self.other, slot="afternoon")
        self.book(date=FRIDAY).with_user(self.keeper)._refuse("ห้องปิดซ่อม")
        rooms = (self.phet | self.phailin).with_user(self.requester)
        self.assertEqual(rooms._year_counts(rooms), {(2023, 6): 2})
        self.assertEqual(self.total("bookings"), (2,))

    # ------------------------------------------------------------------
    # Where and when
    # ------------------------------------------------------------------
    def test_new_years_day_is_that_of_the_office(self):
        """07:00 on 1 January in Bangkok is midnight of UTC, and 06:30 last year's."""
        self.phet.horizon_days = 0
        day = date(2024, 1, 1)
        booking = self.book(date=day, slot="times", hour_from=6, hour_to=10)
        self.assertEqual(booking.start.year, 2023)
        years = self.figures("bookings hours", ["date:year"])
        self.assertEqual(years[day,], (1, 4.0))
        self.assertEqual(years[date(2023, 1, 1),], (0, 0.0))

    def test_a_room_is_open_from_the_day_it_was_made_in_its_office(self):
        # 23:30 on 14 June in UTC is the 15th in Bangkok, and 14th in the Azores
        self.made(self.phailin, "2023-06-14 23:30:00")
        self.assertEqual(self._open(self.phailin), 16 * DAY)
        self.office.partner_id.tz = "Atlantic/Azores"
        self.assertEqual(self._open(self.phailin), 17 * DAY)

    def test_another_office_is_not_counted(self):
        office = self.env["res.company"].create({"name": "สพป.ตัวอย่าง เขต 2"})
        room = self.env["amss.room"].create(
            {"name": "ทับทิม", "company_id": office.id, "needs_approval": False}
        )
        self.made(room, "2023-05-31 17:30:00")
        stranger = new_test_user(
            self.env,
            "rooms_stranger",
            "base.group_user,amss_rooms.group_rooms_user",
            company_id=office.id,
            company_ids=[Command.set(office.ids)],
        )
        self.book()
        self.assertEqual(
            self.figures("bookings", ["room_id"]),
            {(self.phet,): (1,), (self.phailin,): (0,)},
        )
        theirs = self.use.with_user(stranger)._read_group(
            [], ["room_id"], ["bookings:sum"]
        )
        self.assertEqual(theirs, [(room, 0)])
        with self.assertRaises(AccessError):
            self.use.with_user(self.env.ref("base.public_user"))._read_group([])

    # ------------------------------------------------------------------
    # As the web client asks
    # ------------------------------------------------------------------
    def test_months_of_a_pivot_are_buddhist(self):
        self.env["res.lang"]._activate_lang("th_TH")
        self.book()
        groups = self.use.with_context(lang="th_TH").formatted_read_group(
            [("date", ">=", "2023-01-01"), ("date", "<", "2024-01-01")],
            ["date:month"],
            ["bookings:sum", "occupancy:avg"],
        )
        (group,) = groups
        self.assertEqual(group["date:month"], ("2023-06-01", "มิถุนายน 2566"))
        self.assertEqual(group["occupancy:avg"], HALF / (2 * JUNE))

    def test_the_levels_of_a_pivot_by_group(self):
        self.book()
        self.book(self.other, slot="afternoon")
        sets = self.use.formatted_read_grouping_sets(
            [("room_id", "=", self.phet.id)],
            [[], ["department_id"], ["date:month"], ["department_id", "date:month"]],
            ["__count", "bookings:sum", "occupancy:avg"],
        )
        shares = [[group["occupancy:avg"] for group in groups] for groups in sets]
        part = HALF / JUNE
        self.assertEqual(shares, [[2 * part], [part, part], [2 * part], [part, part]])

    def test_a_pivot_costs_the_same_for_many_bookings(self):
        def cost():
            start = self.env.cr.sql_log_count
            self.use._read_grouping_sets(
                [], [[], ["department_id"], ["room_id"]], ["bookings:sum"]
            )
            return self.env.cr.sql_log_count - start

        self.book()
        cost()
        one = cost()
        for number in range(1, 6):
            self.book(date=date(2023, 6, 12 + number), slot="day")
        self.env.invalidate_all()
        cost()
        self.assertEqual(cost(), one)

    def test_rows_are_listed_with_names_of_their_own(self):
        booking = self.book(slot="day")
        rows = self.use.search([("booking_id", "=", booking.id)])
        self.assertEqual(rows.mapped("part"), ["am", "pm"])
        # what is counted once stands in one of the rows, for sums in a spreadsheet
        self.assertEqual(sum(rows.mapped("bookings")), 1)
        self.assertEqual(sum(rows.mapped("headcount")), 20)
        everything = self.use.search([])
        self.assertEqual(len(set(everything.ids)), 2 * 30 * 2 + 2)

    def test_a_row_leads_to_its_booking(self):
        booking = self.book()
        row = self.use.search([("booking_id", "=", booking.id)])
        action = row.action_open_booking()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (booking._name, booking.id)
        )
        opened = self.use.search([("booking_id", "=", False)], limit=1)
        self.assertEqual(opened.action_open_booking()["res_model"], "amss.room")
