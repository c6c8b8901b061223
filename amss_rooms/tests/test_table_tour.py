# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, tagged

from .common import RoomsCase

TABLE = "/odoo/room-timetable"


class TableTour(RoomsCase, HttpCase):
    """Booking in the month table, in a browser; the time is that of the browser."""

    def bookings(self, room):
        return self.env["amss.room.booking"].search(
            [("room_id", "=", room.id)], order="date"
        )


@tagged("post_install", "-at_install")
class TestTableTour(TableTour):
    def test_requester_and_keeper(self):
        self.start_tour(TABLE, "amss_rooms_table_requester", login="rooms_requester")
        asked = self.bookings(self.phet)
        self.assertEqual([day.day for day in asked.mapped("date")], [8, 9, 10])
        self.assertEqual(set(asked.mapped("state")), {"requested"})
        self.assertEqual(set(asked.mapped("slot")), {"day"})
        self.assertEqual(asked.mapped("headcount"), [40, 40, 40])
        self.assertEqual(asked.user_id, self.requester)
        self.assertEqual(self.bookings(self.phailin).slot, "morning")
        self.start_tour(TABLE, "amss_rooms_table_keeper", login="rooms_keeper")
        self.assertEqual(asked.mapped("state"), ["approved", "requested", "requested"])


@tagged("post_install", "-at_install", "mobile")
class TestTableTourPhone(TableTour):
    browser_size = "390x844"
    touch_enabled = True

    def test_two_days_are_chosen_by_tapping(self):
        self.start_tour(TABLE, "amss_rooms_table_phone", login="rooms_requester")
        booked = self.bookings(self.phailin)
        self.assertEqual([day.day for day in booked.mapped("date")], [14, 15])
        self.assertFalse(self.bookings(self.phet))
