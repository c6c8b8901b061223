# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, tagged

from .common import RoomsCase


@tagged("post_install", "-at_install")
class TestTableTour(RoomsCase, HttpCase):
    """Booking in the month table, in a browser; the time is that of the browser."""

    def test_requester_and_keeper(self):
        self.start_tour(
            "/odoo/room-timetable",
            "amss_rooms_table_requester",
            login="rooms_requester",
        )
        bookings = self.env["amss.room.booking"].search(
            [("company_id", "=", self.office.id)], order="date, room_id"
        )
        asked = bookings.filtered(lambda booking: booking.room_id == self.phet)
        self.assertEqual([day.day for day in asked.mapped("date")], [8, 9, 10])
        self.assertEqual(set(asked.mapped("state")), {"requested"})
        self.assertEqual(set(asked.mapped("slot")), {"day"})
        self.assertEqual(asked.mapped("headcount"), [40, 40, 40])
        self.assertEqual(asked.user_id, self.requester)
        self.assertEqual((bookings - asked).slot, "morning")
        self.start_tour(
            "/odoo/room-timetable", "amss_rooms_table_keeper", login="rooms_keeper"
        )
        self.assertEqual(asked.mapped("state"), ["approved", "requested", "requested"])
