# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import FRIDAY, NOW, RoomsCase

#: all of Thursday 8 June 2566 in Bangkok
THURSDAY_UTC = ("2023-06-07 17:00:00", "2023-06-08 16:59:59")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestClosures(RoomsCase):
    def close(self, user, **values):
        first, last = THURSDAY_UTC
        closure = (
            user.env["resource.calendar.leaves"]
            .with_user(user)
            .create({"name": "ซ่อมหลังคา", "date_from": first, "date_to": last, **values})
        )
        # core takes the office from the company in which one works when it is stored
        closure.flush_recordset()
        return closure

    def test_a_closure_closes_its_room_alone(self):
        self.close(self.admin, resource_id=self.phet.resource_id.id)
        with self.assertRaisesRegex(ValidationError, "ซ่อมหลังคา"), self.cr.savepoint():
            self.book()
        self.book(room_id=self.phailin.id)
        self.book(date=FRIDAY)

    def test_a_holiday_closes_all_rooms_of_the_office(self):
        self.close(self.admin)
        for room in self.phet | self.phailin:
            with (
                self.subTest(room.name),
                self.assertRaises(ValidationError),
                self.cr.savepoint(),
            ):
                self.book(room_id=room.id)

    def test_a_holiday_of_another_office_closes_nothing_here(self):
        other = self.env["res.company"].create({"name": "สพป.อื่น"})
        self.close(self.env(context={"allowed_company_ids": other.ids}).user)
        self.book()

    def test_a_day_off_of_another_working_schedule_closes_nothing(self):
        night = self.env["resource.calendar"].create(
            {"name": "กะกลางคืน", "company_id": self.office.id}
        )
        booking = self.book()
        closure = self.close(self.admin, calendar_id=night.id)
        self.assertFalse(closure.with_user(self.admin)._bookings_touched())
        self.book(self.other, slot="afternoon")
        closure.calendar_id = self.office.resource_calendar_id
        self.assertEqual(
            closure.with_user(self.admin)._bookings_touched().room_id, booking.room_id
        )
        with self.assertRaisesRegex(ValidationError, "ซ่อมหลังคา"):
            self.book(room_id=self.phailin.id)

    def test_leave_of_a_person_closes_no_room(self):
        officer = self.env(context={"allowed_company_ids": self.office.ids}).user
        employee = self.env["hr.employee"].create(
            {"name": "สมชาย ลาพัก", "company_id": self.office.id}
        )
        self.close(officer, resource_id=employee.resource_id.id)
        self.book()

    def test_staff_and_keepers_close_no_room(self):
        for user in (self.requester, self.keeper):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.close(user, resource_id=self.phet.resource_id.id)

    def test_who_closes_a_room_sees_the_bookings_touched(self):
        booking = self.book()
        self.book(self.other, date=FRIDAY)
        self.book(self.other, room_id=self.phailin.id)
        closure = self.close(self.admin, resource_id=self.phet.resource_id.id)
        self.assertEqual(closure._bookings_touched(), booking)
        self.assertEqual(booking.state, "requested")
