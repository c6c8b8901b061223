# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who may do what with which booking and room, at every door."""

import base64
from contextlib import suppress

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import get_public_method
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from ..hooks import post_init_hook
from ..models.amss_room_booking import STEP_FIELDS
from .common import FRIDAY, NOW, THURSDAY, RoomsCase

WHO = ("requester", "other", "keeper", "admin", "outsider", "staff", "portal", "public")
INSIDE = ("requester", "other", "keeper", "admin")


class AccessCase(RoomsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outsider = new_test_user(
            cls.env, "rooms_outsider", "base.group_user,amss_rooms.group_rooms_user"
        )
        cls.staff = cls.new_user("rooms_no_role", "base.group_user")
        cls.portal = new_test_user(cls.env, "rooms_portal", "base.group_portal")
        cls.public = cls.env.ref("base.public_user")

    def setUp(self):
        super().setUp()
        self.booking = self.book()

    def _allowed(self, door, refusal=UserError):
        """Give the roles to which a door opens; each finds all as it was before."""
        found = set()
        for who in WHO:
            self.env.invalidate_all()
            with suppress(refusal), self.cr.savepoint() as savepoint:
                door(getattr(self, who))
                self.env.flush_all()
                found.add(who)
                savepoint.rollback()
        return found

    def _assert_doors(self, doors):
        for name, (door, expected) in doors.items():
            with self.subTest(name):
                self.assertEqual(self._allowed(door), set(expected))


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestBookingDoors(AccessCase):
    def test_records(self):
        booking, other_half = self.booking, {"slot": "afternoon"}
        self._assert_doors(
            {
                "read": (
                    lambda u: booking.with_user(u).read(["name", "phone"]),
                    INSIDE,
                ),
                "write": (
                    lambda u: booking.with_user(u).write({"headcount": 3}),
                    ("requester",),
                ),
                "write with a note": (
                    lambda u: booking.with_user(u).write(
                        {"headcount": 3, "change_note": "ตามที่แจ้ง"}
                    ),
                    ("requester", "keeper", "admin"),
                ),
                "create": (lambda u: self.book(u, **other_half), INSIDE),
                "create for another": (
                    lambda u: self.book(u, user_id=self.other.id, **other_half),
                    ("other", "keeper", "admin"),
                ),
                "unlink": (lambda u: booking.with_user(u).unlink(), ()),
                "give to another": (
                    lambda u: booking.with_user(u).write(
                        {"user_id": self.other.id, "change_note": "รับช่วงต่อ"}
                    ),
                    ("keeper", "admin"),
                ),
            }
        )

    def test_steps(self):
        def reason(step):
            def door(user):
                bookings = self.booking.with_user(user)
                dialog = self.env["amss.room.reason"].with_user(user)
                dialog.create(
                    {
                        "step": step,
                        "booking_ids": [Command.set(bookings.ids)],
                        "reason": "ห้องปิดซ่อม",
                    }
                ).action_confirm()

            return door

        booking = self.booking
        deciders = ("keeper", "admin")
        self._assert_doors(
            {
                "approve": (lambda u: booking.with_user(u).action_approve(), deciders),
                "refuse": (reason("_refuse"), deciders),
                "cancel": (reason("_cancel"), ("requester", *deciders)),
                "open refuse": (
                    lambda u: booking.with_user(u).action_open_refuse(),
                    deciders,
                ),
            }
        )

    def test_steps_are_no_rpc(self):
        for name in (
            "_set_approved",
            "_set_ended",
            "_refuse",
            "_cancel",
            "_check_in",
            "_cron_release",
            "_update_events",
            "_remove_events",
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                get_public_method(self.booking, name)

    def test_fields_of_steps_are_not_written(self):
        values = {
            "state": "held",
            "request_id": self.booking.id,
            "event_id": 1,
            "decided_by_id": self.requester.id,
            "decided_at": NOW,
            "reason": "ก",
            "checked_in_at": NOW,
        }
        self.assertEqual(values.keys(), STEP_FIELDS)
        for name, value in values.items():
            for user in (self.requester, self.keeper, self.admin):
                with self.subTest(name, login=user.login):
                    vals = {name: value, "change_note": "ก"}
                    with self.assertRaises(UserError), self.cr.savepoint():
                        self.booking.with_user(user).write(vals)
                    with self.assertRaises(UserError), self.cr.savepoint():
                        self.book(user, date=FRIDAY, **{name: value})

    def test_fields_of_steps_have_no_default_of_a_client(self):
        context = {
            "default_state": "approved",
            "default_decided_by_id": self.keeper.id,
            "default_checked_in_at": NOW,
            "amss_step": True,
        }
        self.env["ir.default"].with_user(self.requester).set(
            "amss.room.booking", "state", "approved", user_id=True
        )
        bookings = self.env["amss.room.booking"].with_user(self.requester)
        booking = bookings.with_context(**context).create(
            {"name": "ก", "room_id": self.phet.id, "date": FRIDAY, "slot": "morning"}
        )
        self.assertEqual(booking.state, "requested")
        self.assertFalse(booking.decided_by_id or booking.checked_in_at)

    def test_what_search_count_and_groups_tell(self):
        domain = [("id", "=", self.booking.id)]
        name = self.booking.name

        def model(user):
            return self.env["amss.room.booking"].with_user(user)

        doors = {
            "search": lambda u: model(u).search(domain),
            "search_count": lambda u: model(u).search_count(domain),
            "name_search": lambda u: model(u).name_search(name),
            "read_group": lambda u: model(u).formatted_read_group(
                domain, ["name"], ["headcount:sum"]
            ),
        }
        for door, call in doors.items():
            for who in WHO:
                with self.subTest(door, who=who):
                    self.env.invalidate_all()
                    if who in INSIDE:
                        self.assertTrue(call(getattr(self, who)))
                    elif who == "outsider":
                        self.assertFalse(call(self.outsider))
                    else:
                        with self.assertRaises(AccessError):
                            call(getattr(self, who))

    def test_a_room_of_another_office_tells_nothing_by_being_asked_for(self):
        with self.assertRaises(AccessError) as caught, self.cr.savepoint():
            self.book(self.outsider)
        self.assertNotIn(self.booking.name, str(caught.exception))
        elsewhere = self.env["amss.room"].create(
            {"name": "ห้องอื่น", "company_id": self.outsider.company_id.id}
        )
        with self.assertRaises(UserError), self.cr.savepoint():
            self.book(self.requester, room_id=elsewhere.id)

    def test_files_follow_their_booking(self):
        file = self.env["ir.attachment"].with_user(self.requester)
        file = file.create(
            {
                "name": "วาระ.txt",
                "datas": base64.b64encode(b"1"),
                "res_model": "amss.room.booking",
                "res_id": 0,
            }
        )
        self.book(slot="afternoon", attachment_ids=[Command.link(file.id)])
        self._assert_doors(
            {
                "read": (lambda u: file.with_user(u).read(["datas"]), INSIDE),
                "delete": (
                    lambda u: file.with_user(u).unlink(),
                    ("requester", "keeper", "admin"),
                ),
            }
        )

    def test_a_dialog_is_its_owners(self):
        dialog = self.env["amss.room.reason"].with_user(self.requester)
        dialog = dialog.create(
            {"step": "_cancel", "booking_ids": [Command.set(self.booking.ids)]}
        )
        self._assert_doors(
            {
                "read": (
                    lambda u: dialog.with_user(u).read(["reason"]),
                    ("requester",),
                ),
                "write": (
                    lambda u: dialog.with_user(u).write({"reason": "ก"}),
                    ("requester",),
                ),
                "confirm": (
                    lambda u: dialog.with_user(u).action_confirm(),
                    ("requester",),
                ),
            }
        )


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRoomDoors(AccessCase):
    def test_records(self):
        room = self.phet
        self._assert_doors(
            {
                "read": (lambda u: room.with_user(u).read(["name"]), INSIDE),
                "write": (
                    lambda u: room.with_user(u).write({"capacity": 3}),
                    ("admin",),
                ),
                "keep it oneself": (
                    lambda u: room.with_user(u).write(
                        {"keeper_ids": [Command.link(u.id)]}
                    ),
                    ("admin",),
                ),
                "create": (
                    lambda u: self.env["amss.room"]
                    .with_user(u)
                    .create({"name": "ใหม่", "company_id": self.office.id}),
                    ("admin",),
                ),
                "renew links": (
                    lambda u: room.with_user(u).action_renew_links(),
                    ("keeper", "admin"),
                ),
                "unlink": (lambda u: self.phailin.with_user(u).unlink(), ("admin",)),
            }
        )

    def test_secrets_of_links_are_nobodys(self):
        """Keepers see the links (``test_feeds.py``), by no door what is in them."""
        room = self.phet

        def rooms(user):
            return room.with_user(user).search([("id", "=", room.id)])

        for field in ("feed_token", "door_token"):
            start = [(field, "=like", room[field][:3] + "%")]
            doors = {
                "read": lambda u, field=field: rooms(u).read([field]),
                "search": lambda u, start=start: rooms(u).search(start),
                "group": lambda u, field=field: rooms(u)._read_group([], [field]),
                "export": lambda u, field=field: rooms(u).export_data([field]),
                "order": lambda u, field=field: rooms(u).search([], order=field),
                "write": lambda u, field=field: rooms(u).write({field: "x" * 43}),
            }
            for name, door in doors.items():
                for user in (self.requester, self.keeper, self.admin):
                    user.group_ids |= self.env.ref("base.group_allow_export")
                    with (
                        self.subTest(name, field=field, user=user.login),
                        self.assertRaises(AccessError),
                        self.cr.savepoint(),
                    ):
                        door(user)

    def test_the_resource_of_a_room_is_its_own(self):
        person = self.env["hr.employee"].create(
            {"name": "ก", "company_id": self.office.id}
        )
        with self.assertRaises(UserError), self.cr.savepoint():
            self.phet.with_user(self.admin).resource_id = person.resource_id
        self.assertNotEqual(self.phet.resource_id, person.resource_id)

    def test_resources_are_read_by_who_may_not_read_rooms(self):
        found = self.env["resource.resource"].with_user(self.staff)
        [values] = found.browse(self.phet.resource_id.id).read()
        self.assertNotIn("amss_room_ids", values)

    def test_a_visitor_is_made_no_keeper(self):
        with self.assertRaises(UserError), self.cr.savepoint():
            self.phet.with_user(self.admin).keeper_ids |= self.portal
        self.assertTrue(self.portal.share)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_when_a_room_is_closed_is_the_administrators(self):
        leaves = self.env["resource.calendar.leaves"]
        closure = leaves.create(
            {
                "name": "ซ่อม",
                "resource_id": self.phet.resource_id.id,
                "date_from": "2023-07-01 00:00:00",
                "date_to": "2023-07-02 00:00:00",
            }
        )
        copier = self.env["resource.resource"].create(
            {
                "name": "เครื่องถ่ายเอกสาร",
                "resource_type": "material",
                "company_id": self.office.id,
            }
        )
        other = closure.copy({"resource_id": copier.id})
        values = {
            "date_from": "2023-07-03 00:00:00",
            "date_to": "2023-07-04 00:00:00",
        }
        to_room = {"resource_id": self.phet.resource_id.id}
        self._assert_doors(
            {
                "create": (
                    lambda u: leaves.with_user(u).create({**values, **to_room}),
                    ("admin",),
                ),
                "holiday of all": (
                    lambda u: leaves.with_user(u).create(values),
                    ("admin",),
                ),
                "move": (lambda u: closure.with_user(u).write(values), ("admin",)),
                "give to a room": (
                    lambda u: other.with_user(u).write(to_room),
                    ("admin",),
                ),
                "unlink": (lambda u: closure.with_user(u).unlink(), ("admin",)),
            }
        )


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRoles(AccessCase):
    """Who has which role from the beginning."""

    def test_who_was_there_before_the_addon_books_rooms(self):
        role = self.env.ref("amss_rooms.group_rooms_user")
        gone = self.new_user("rooms_gone", "base.group_user")
        gone.active = False
        post_init_hook(self.env)
        self.assertIn(role, self.staff.group_ids)
        self.assertFalse(role & (self.portal | self.public | gone).all_group_ids)

    def test_who_comes_later_books_rooms(self):
        user = self.env["res.users"].create({"name": "ก", "login": "rooms_newcomer"})
        self.assertTrue(user.has_group("amss_rooms.group_rooms_user"))
        self.assertFalse(user.has_group("amss_rooms.group_rooms_keeper"))

    def test_who_installs_it_sets_up_the_rooms(self):
        admin = self.env.ref("base.user_admin")
        self.assertTrue(admin.has_group("amss_rooms.group_rooms_admin"))
        self.env["amss.room"].with_user(admin).create({"name": "ห้องแรก"})


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestKeepers(AccessCase):
    def test_the_right_hangs_on_the_room(self):
        """A keeper of one room is nobody in another one."""
        booking = self.book(room_id=self.phailin.id, date=THURSDAY)
        with self.assertRaises(AccessError), self.cr.savepoint():
            booking.with_user(self.keeper)._cancel("ก")
        with self.assertRaises(AccessError), self.cr.savepoint():
            booking.with_user(self.keeper).write({"name": "ก", "change_note": "ก"})
        self.phet.keeper_ids = False
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.booking.with_user(self.keeper).action_approve()

    def test_a_booking_does_not_slip_into_a_room_without_approval(self):
        """Moved from a room had at once to one with a keeper, it is asked for."""
        booking = self.book(room_id=self.phailin.id, date=FRIDAY)
        self.assertEqual(booking.state, "approved")
        booking.with_user(self.requester).room_id = self.phet
        self.assertEqual(booking.state, "requested")
