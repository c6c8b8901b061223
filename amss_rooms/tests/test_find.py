# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import Form, freeze_time, tagged

from .common import FRIDAY, NOW, THURSDAY, RoomsCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFind(RoomsCase):
    """The dialog that finds a free room."""

    def dialog(self, user=None):
        dialogs = self.env["amss.room.find"].with_user(user or self.requester)
        form = Form(dialogs)
        form.date = THURSDAY
        return form

    def test_rooms_that_can_be_had_and_why_others_cannot(self):
        self.book(self.other)
        dialog = self.dialog().save()
        self.assertEqual(dialog.free_room_ids, self.phailin)
        self.assertEqual(dialog.line_ids.room_id, self.phet)
        self.assertIn("กลุ่มนโยบายและแผน", dialog.line_ids.reason)

    def test_the_other_half_of_the_day(self):
        self.book(self.other)
        form = self.dialog()
        form.slot = "afternoon"
        self.assertEqual(form.save().free_room_ids, self.phailin | self.phet)

    def test_hours_of_ones_own(self):
        self.book(self.other)
        form = self.dialog()
        form.slot = "times"
        form.hour_from, form.hour_to = 12, 13
        self.assertIn(self.phet, form.save().free_room_ids)
        form.hour_from, form.hour_to = 11.5, 13
        self.assertNotIn(self.phet, form.save().free_room_ids)

    def test_seats_and_equipment(self):
        form = self.dialog()
        form.headcount = 60
        dialog = form.save()
        self.assertEqual(dialog.free_room_ids, self.phet)
        self.assertIn("60", dialog.line_ids.reason)
        form.headcount = 20
        form.equipment_ids.add(self.projector)
        dialog = form.save()
        self.assertEqual(dialog.free_room_ids, self.phet)
        self.assertIn(self.projector.name, dialog.line_ids.reason)

    def test_a_backward_time_says_so_and_lists_nothing(self):
        form = self.dialog()
        form.slot = "times"
        form.hour_from, form.hour_to = 12, 9
        self.assertTrue(form.obstacle)
        dialog = form.save()
        self.assertFalse(dialog.free_room_ids | dialog.line_ids.room_id)

    def test_rooms_of_another_office_are_not_looked_at(self):
        self.phailin.sudo().copy(
            {"name": "ห้องอื่น", "company_id": self.env.ref("base.main_company").id}
        )
        self.assertEqual(len(self.dialog().save().free_room_ids), 2)

    def test_what_was_looked_for_is_filled_in_when_booking(self):
        action = (
            self.phet.with_user(self.requester)
            .with_context(
                default_date_from=FRIDAY, default_slot="afternoon", default_headcount=30
            )
            .action_book()
        )
        book = self.env[action["res_model"]].with_user(self.requester)
        form = Form(book.with_context(**action["context"]))
        form.name = "ประชุมกลุ่ม"
        form.save().action_book()
        booking = self.env["amss.room.booking"].search([("room_id", "=", self.phet.id)])
        self.assertEqual(
            (booking.date, booking.slot, booking.headcount), (FRIDAY, "afternoon", 30)
        )

    def test_queries_do_not_grow_with_the_rooms(self):
        rooms = self.env["amss.room"]
        for number in range(20):
            rooms |= self.phailin.copy({"name": f"ห้อง {number}"})
        dialog = self.dialog().save()
        self.env.flush_all()
        self.env.invalidate_all()
        dialog.invalidate_recordset()
        # the dialog and its equipment; rooms, their equipment, layouts, office, zone,
        # keepers and groups of the user; bookings; closures
        with self.assertQueryCount(25):
            self.assertEqual(len(dialog._reasons()), 22)


@tagged("post_install", "-at_install")
class TestNow(RoomsCase):
    """Whether a room is free just now, as cards say it."""

    def _now(self, at):
        room = self.phet.with_user(self.requester).with_context(lang="en_US")
        with freeze_time(at):
            room.invalidate_recordset()
            return room.now_state, room.now_text

    @freeze_time(NOW)
    def _booked(self):
        self.book(slot="times", hour_from=9, hour_to=10)
        self.book(slot="times", hour_from=10, hour_to=11)
        self.book(slot="afternoon")

    def test_free_and_taken(self):
        self._booked()
        # 08:00, 09:30, 11:30 and 16:45 of that Thursday in Bangkok
        self.assertEqual(self._now("2023-06-08 01:00:00"), ("free", "Free until 09:00"))
        self.assertEqual(
            self._now("2023-06-08 02:30:00"), ("taken", "Taken until 11:00")
        )
        self.assertEqual(self._now("2023-06-08 04:30:00"), ("free", "Free until 13:00"))
        self.assertEqual(self._now("2023-06-08 09:45:00"), ("free", "Free now"))

    def test_closed(self):
        self.phet.write({"thu": False})
        self.assertEqual(self._now("2023-06-08 02:00:00"), ("closed", "Closed today"))
        self.assertEqual(self._now("2023-06-08 22:30:00"), ("closed", "Opens at 06:00"))
        self.assertEqual(
            self._now("2023-06-09 14:00:00"), ("closed", "Closed for today")
        )

    def test_closed_in_part(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "ซ่อมแอร์",
                "resource_id": self.phet.resource_id.id,
                "date_from": "2023-06-08 02:00:00",
                "date_to": "2023-06-08 05:00:00",
                "company_id": self.office.id,
            }
        )
        self.assertEqual(
            self._now("2023-06-08 02:30:00"), ("closed", "Closed until 12:00")
        )

    def test_queries_do_not_grow_with_the_rooms(self):
        rooms = self.phet | self.phailin
        for number in range(20):
            rooms |= self.phailin.copy({"name": f"ห้อง {number}"})
        rooms = rooms.with_user(self.requester)
        self.env.invalidate_all()
        with freeze_time(NOW), self.assertQueryCount(20):
            rooms.mapped("now_text")
            rooms.mapped("upcoming_count")
