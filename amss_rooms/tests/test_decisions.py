# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What keepers decide, what they are asked again, and what people are told."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, new_test_user, tagged

from .common import FRIDAY, NOW, RoomsCase


class DecisionsCase(RoomsCase):
    def notices(self, user):
        """What people are told of bookings, the last first."""
        return self.env["mail.message"].search(
            [
                ("model", "=", "amss.room.booking"),
                ("partner_ids", "in", user.partner_id.ids),
            ]
        )

    def approved(self, **values):
        booking = self.book(**values)
        booking.with_user(self.keeper).action_approve()
        return booking.with_user(self.requester)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestReasons(DecisionsCase):
    def test_nobody_is_refused_without_a_reason(self):
        booking = self.book()
        for reason in (False, "", "  "):
            dialog = self.env["amss.room.reason"].with_user(self.keeper)
            dialog = dialog.create(
                {"step": "_refuse", "booking_ids": booking.ids, "reason": reason}
            )
            with self.assertRaisesRegex(UserError, "ประชุมครูผู้ช่วย"):
                dialog.action_confirm()
        self.assertEqual(booking.state, "requested")

    def test_blanks_are_no_reason(self):
        booking = self.book()
        with self.assertRaises(UserError):
            booking.with_user(self.keeper)._cancel("   ")
        with self.assertRaises(UserError):
            booking.with_user(self.keeper).write({"headcount": 3, "change_note": " "})
        before = booking.message_ids
        booking.with_user(self.requester).change_note = " "
        self.assertEqual(booking.message_ids, before)
        booking.with_user(self.keeper)._cancel(" ผู้จองขอยกเลิก ")
        self.assertEqual(booking.reason, "ผู้จองขอยกเลิก")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestClosedSince(DecisionsCase):
    def test_a_request_is_not_approved_when_its_room_is_closed_since(self):
        booking = self.book().with_user(self.keeper)
        closure = self.env["resource.calendar.leaves"].create(
            {
                "name": "ทาสี",
                "resource_id": self.phet.resource_id.id,
                "date_from": "2023-06-08 02:00:00",
                "date_to": "2023-06-08 05:00:00",
            }
        )
        with self.assertRaisesRegex(UserError, "เพชร.*ทาสี"):
            booking.action_approve()
        closure.unlink()
        self.phet.open_from = 9
        with self.assertRaisesRegex(UserError, "เพชร.*09:00"):
            booking.action_approve()
        self.phet.open_from = 8
        booking.action_approve()
        self.assertEqual(booking.state, "approved")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAlternatives(DecisionsCase):
    def _offered(self, **values):
        booking = self.book(**values)
        booking.with_user(self.keeper)._refuse("ห้องปิดซ่อม")
        free = booking.with_user(self.keeper)._free_instead()[booking]
        return free.sudo()

    def test_the_refused_room_is_not_offered_again(self):
        self.assertEqual(self._offered(), self.phailin)

    def test_only_what_the_requester_can_book(self):
        self.phailin.write(
            {"notice_hours": 240, "keeper_ids": [Command.link(self.keeper.id)]}
        )
        self.assertFalse(self._offered())

    def test_only_rooms_with_the_equipment_wanted(self):
        self.assertFalse(self._offered(equipment_ids=self.projector.ids))
        self.phailin.equipment_ids = self.projector
        self.assertEqual(
            self._offered(date=FRIDAY, equipment_ids=self.projector.ids), self.phailin
        )

    def test_rooms_of_the_office_of_the_booking(self):
        elsewhere = self.env["res.company"].create({"name": "สพป.อื่น"})
        self.phailin.copy({"name": "มรกต", "company_id": elsewhere.id})
        self.keeper.company_ids = [Command.link(elsewhere.id)]
        self.keeper.company_id = elsewhere
        booking = self.book()
        keeper = booking.with_user(self.keeper).with_context(
            allowed_company_ids=[elsewhere.id, self.office.id]
        )
        keeper._refuse("ห้องปิดซ่อม")
        self.assertEqual(keeper._free_instead()[keeper].sudo(), self.phailin)

    def test_what_is_refused_at_the_same_time_is_not_offered(self):
        self.phailin.needs_approval = True
        bookings = self.book() | self.book(room_id=self.phailin.id)
        bookings = bookings.with_user(self.admin)
        bookings._refuse("ห้องปิดซ่อม")
        self.assertFalse(any(bookings._free_instead().values()))

    def test_one_notice_names_all_that_is_decided_at_once(self):
        bookings = self.book(name="ประชุมแรก") | self.book(name="ประชุมหลัง", date=FRIDAY)
        bookings.with_user(self.keeper).action_approve()
        notice = self.notices(self.requester)
        for name in ("ประชุมแรก", "ประชุมหลัง"):
            self.assertIn(name, notice.subject)
            self.assertIn(name, notice.body)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestChangesAfterApproval(DecisionsCase):
    def test_what_a_keeper_looked_at_is_asked_for_again(self):
        layout = self.env["amss.room.layout"].create(
            {"name": "ตัวยู", "room_id": self.phet.id, "capacity": 60}
        )
        changes = (
            {"headcount": 90},
            {"layout_id": layout.id},
            {"equipment_ids": [Command.link(self.projector.id)]},
            {"room_id": self.phet.copy({"name": "มรกต"}).id},
            {"date": FRIDAY},
            {"slot": "times", "hour_from": 9, "hour_to": 10},
        )
        for vals in changes:
            with self.subTest(vals), self.cr.savepoint() as savepoint:
                booking = self.approved()
                before = self.notices(self.keeper)
                booking.write(vals)
                self.assertEqual(booking.state, "requested")
                self.assertEqual(len(self.notices(self.keeper) - before), 1)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_keepers_are_told_of_another_purpose(self):
        booking = self.approved()
        before = self.notices(self.keeper)
        booking.write({"name": "งานเลี้ยงวันเกิด", "headcount": 10})
        self.assertEqual(booking.state, "approved")
        notice = self.notices(self.keeper) - before
        self.assertIn("งานเลี้ยงวันเกิด", notice.body)

    def test_keepers_are_told_when_a_request_moves_or_is_taken_back(self):
        booking = self.book().with_user(self.requester)
        before = self.notices(self.keeper)
        booking.date = FRIDAY
        moved = self.notices(self.keeper) - before
        self.assertIn("9", moved.body)
        booking._cancel("")
        self.assertEqual(len(self.notices(self.keeper) - before - moved), 1)

    def test_nobody_is_asked_for_less_or_where_nothing_is_asked(self):
        booking = self.approved()
        before = self.notices(self.keeper)
        booking.write({"headcount": 10, "note": "น้ำดื่ม", "chair": "ผอ."})
        free = self.book(room_id=self.phailin.id).with_user(self.requester)
        free.write({"headcount": 40, "name": "ประชุมกลุ่ม"})
        self.assertEqual((booking.state, free.state), ("approved", "approved"))
        self.assertEqual(self.notices(self.keeper), before)

    def test_changes_are_on_record(self):
        booking = self.book().with_context(tracking_disable=False, mail_notrack=False)
        self.env.flush_all()
        self.cr.precommit.run()
        booking.with_user(self.requester).write(
            {
                "slot": "times",
                "hour_from": 9,
                "hour_to": 10,
                "headcount": 25,
                "chair": "ผอ.",
                "department_id": self.policy.id,
            }
        )
        self.env.flush_all()
        self.cr.precommit.run()
        tracked = booking.message_ids.sudo().tracking_value_ids.field_id.mapped("name")
        self.assertLessEqual(
            {"hour_from", "hour_to", "headcount", "chair", "department_id"},
            set(tracked),
        )


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSense(DecisionsCase):
    def test_a_purpose_and_a_name_are_no_blanks(self):
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.book(name="  ")
        booking = self.book()
        with self.assertRaises(ValidationError), self.cr.savepoint():
            booking.with_user(self.requester).name = "\t"
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.phet.with_user(self.admin).name = " "

    def test_a_headcount_that_cannot_be_meant(self):
        booking = self.book(date=FRIDAY)
        with self.assertRaisesRegex(ValidationError, "99999999999"):
            self.book(headcount=99999999999)
        with self.assertRaisesRegex(ValidationError, "99999999999"):
            booking.with_user(self.requester).headcount = 99999999999
        dialogs = ("amss.room.book", "amss.room.find")
        for name in dialogs:
            with self.subTest(name), self.assertRaisesRegex(UserError, "99999999999"):
                self.env[name].create({"headcount": 99999999999})

    def test_a_purpose_fits_a_cell(self):
        with self.assertRaisesRegex(ValidationError, "250"), self.cr.savepoint():
            self.book(name="ก" * 251)
        self.book(name="ก" * 250)

    def test_a_copy_of_a_room_has_a_name_of_its_own(self):
        copy = self.phet.with_user(self.admin).copy()
        self.assertNotEqual(copy.name, self.phet.name)
        self.assertNotEqual(copy.resource_id, self.phet.resource_id)

    def test_only_whom_one_may_read_is_invited(self):
        elsewhere = self.env["res.company"].create({"name": "สพป.อื่น"})
        stranger = self.env["res.partner"].create(
            {"name": "คนนอก", "email": "out@example.com", "company_id": elsewhere.id}
        )
        invite = {"participant_ids": [Command.link(stranger.id)]}
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.book(**invite)
        booking = self.book()
        with self.assertRaises(AccessError), self.cr.savepoint():
            booking.with_user(self.requester).write(invite)
        booking.write({"participant_ids": [Command.link(self.other.partner_id.id)]})
        booking.invalidate_recordset()
        self.assertEqual(booking.participant_ids, self.other.partner_id)

    def test_keepers_and_requesters_are_staff_of_the_office(self):
        elsewhere = self.env["res.company"].create({"name": "สพป.อื่น"})
        stranger = new_test_user(
            self.env,
            "rooms_stranger",
            "base.group_user",
            company_id=elsewhere.id,
            company_ids=[Command.set(elsewhere.ids)],
        )
        portal = new_test_user(
            self.env,
            "rooms_portal",
            "base.group_portal",
            company_id=self.office.id,
            company_ids=[Command.set(self.office.ids)],
        )
        booking = self.book().with_user(self.keeper)
        for user in (stranger, portal):
            with self.subTest(user.login):
                with self.assertRaises(ValidationError), self.cr.savepoint():
                    booking.write({"user_id": user.id, "change_note": "รับช่วงต่อ"})
                with self.assertRaises(ValidationError), self.cr.savepoint():
                    self.phet.with_user(self.admin).keeper_ids = [Command.link(user.id)]

    def test_groups_are_of_the_office(self):
        elsewhere = self.env["res.company"].create({"name": "สพป.อื่น"})
        group = self.env["hr.department"].create(
            {"name": "กลุ่มอื่น", "company_id": elsewhere.id}
        )
        booking = self.book().with_user(self.requester)
        with self.assertRaises(ValidationError) as caught, self.cr.savepoint():
            booking.department_id = group.id
        # whose name the requester may not read
        self.assertNotIn("กลุ่มอื่น", str(caught.exception))
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.phet.with_user(self.admin).department_id = group.id

    def test_rooms_made_together_make_their_resources_together(self):
        values = [{"name": f"ห้อง {number}"} for number in range(2)]
        rooms = self.env["amss.room"].with_company(self.office)
        rooms.create([{"name": "ห้องแรก"}])

        def queries(count):
            before = self.cr.sql_log_count
            rooms.create([{"name": f"ห้อง {count} {number}"} for number in range(count)])
            self.env.flush_all()
            return self.cr.sql_log_count - before

        self.assertEqual(len(rooms.create(values).resource_id), 2)
        few, many = queries(2), queries(8)
        self.assertLess(many - few, 18)
