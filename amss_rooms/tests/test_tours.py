# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo.tests import HttpCase, tagged

from .common import RoomsCase


@tagged("post_install", "-at_install")
class TestTours(RoomsCase, HttpCase):
    """Requesters and keepers in the browser.

    The browser has a clock of its own, so the days are from today on.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.office.partner_id._agency_now().date()

    def _in_days(self, days):
        return self.today + timedelta(days=days)

    def _mine(self):
        return self.env["amss.room.booking"].search(
            [("user_id", "=", self.requester.id)], order="start"
        )

    def test_a_requester_books_each_week_with_a_clash_left_out(self):
        self.book(self.other, date=self._in_days(21))
        self.start_tour(
            "/odoo/my-room-bookings", "amss_rooms_book", login="rooms_requester"
        )
        days = [self._in_days(number) for number in (7, 14, 28)]
        self.assertEqual(self._mine().mapped("date"), days)
        self.assertEqual(self._mine().request_id, self._mine()[0])

    def test_a_requester_changes_and_cancels_an_own_booking(self):
        booking = self.book(date=self._in_days(7))
        self.start_tour(
            "/odoo/my-room-bookings", "amss_rooms_change", login="rooms_requester"
        )
        booking.invalidate_recordset()
        self.assertEqual((booking.headcount, booking.state), (45, "cancelled"))

    def test_the_keeper_decides_and_the_refused_is_told_what_is_free(self):
        first = self.book(date=self._in_days(7))
        second = self.book(date=self._in_days(8))
        refused = self.book(self.other, date=self._in_days(9))
        self.start_tour(
            "/odoo/room-requests", "amss_rooms_decide", login="rooms_keeper"
        )
        self.env.invalidate_all()
        self.assertEqual((first | second).mapped("state"), ["approved", "approved"])
        self.assertEqual((refused.state, refused.reason), ("refused", "ห้องปิดซ่อม"))
        told = self.env["mail.message"].search(
            [
                ("model", "=", refused._name),
                ("res_id", "=", refused.id),
                ("notified_partner_ids", "in", self.other.partner_id.ids),
            ],
            limit=1,
        )
        self.assertIn("ห้องปิดซ่อม", told.body)
        self.assertIn("ไพลิน", told.body)

    def test_a_free_room_is_found_and_booked(self):
        self.book(self.other, date=self._in_days(7))
        self.start_tour("/odoo/find-room", "amss_rooms_find", login="rooms_requester")
        self.assertEqual(
            (self._mine().room_id, self._mine().date), (self.phailin, self._in_days(7))
        )
