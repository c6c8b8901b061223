# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ast import literal_eval
from datetime import timedelta

from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .common import FRIDAY, NOW, THURSDAY, RoomsCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestViews(RoomsCase):
    """Every action, menu and filter opens for those who see it."""

    def _actions(self):
        data = self.env["ir.model.data"].search(
            [("module", "=", "amss_rooms"), ("model", "=", "ir.actions.act_window")]
        )
        return self.env["ir.actions.act_window"].browse(data.mapped("res_id"))

    def _users(self):
        return self.requester, self.keeper, self.admin

    def test_every_menu_opens_what_its_people_may_see(self):
        menus = self.env.ref("amss_rooms.menu_rooms_root")
        for user in self._users():
            visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            inside = self.env["ir.ui.menu"].search(
                [("id", "child_of", menus.id), ("id", "in", list(visible))]
            )
            self.assertIn(menus, inside)
            for menu in inside.filtered("action"):
                action = menu.action.sudo()
                with self.subTest(user=user.login, menu=menu.name):
                    if action.type != "ir.actions.act_window":
                        continue
                    model = self.env[action.res_model].with_user(user)
                    model.check_access("read")
                    for view_id, view_type in action.views:
                        model.get_view(view_id, view_type)

    def test_requesters_see_no_configuration(self):
        visible = self.env["ir.ui.menu"].with_user(self.requester)._visible_menu_ids()
        for hidden in ("menu_rooms_configuration", "menu_bookings_decide"):
            self.assertNotIn(self.env.ref(f"amss_rooms.{hidden}").id, visible)

    def test_every_action_finds_its_records_and_has_a_word_for_none(self):
        context = {"uid": self.keeper.id, "active_id": self.book().id}
        for action in self._actions():
            with self.subTest(action.name):
                if not self.env[action.res_model]._transient:
                    domain = safe_eval(action.domain or "[]", context)
                    self.env[action.res_model].with_user(self.admin).search(domain)
                if "list" in action.view_mode and action.path != "room-request":
                    self.assertTrue(action.help)

    def test_every_path_is_there_once(self):
        paths = [path for path in self._actions().mapped("path") if path]
        self.assertEqual(len(paths), len(set(paths)))

    def _filters(self, xmlid):
        view = self.env.ref(f"amss_rooms.{xmlid}")
        arch = self.env[view.model].with_user(self.keeper).get_view(view.id, "search")
        for node in etree.fromstring(arch["arch"]).iter("filter"):
            yield view.model, node

    def test_every_filter_and_grouping_works(self):
        self.book()
        for xmlid in (
            "amss_room_booking_view_search",
            "amss_room_view_search",
            "resource_calendar_leaves_view_search",
            "amss_room_equipment_view_search",
        ):
            for model, node in self._filters(xmlid):
                with self.subTest(model=model, filter=node.get("name")):
                    records = self.env[model].with_user(self.keeper)
                    domain = safe_eval(
                        node.get("domain") or "[]", {"uid": self.keeper.id}
                    )
                    records.search(domain)
                    if node.get("context"):
                        group = literal_eval(node.get("context"))["group_by"]
                        if group == "date":  # the client asks for months
                            group = "date:month"
                        records.formatted_read_group([], [group], ["__count"])

    def _found(self, name, user):
        records = self.env["amss.room.booking"].with_user(user)
        for _model, node in self._filters("amss_room_booking_view_search"):
            if node.get("name") == name:
                domain = safe_eval(node.get("domain"), {"uid": user.id})
                return records.search([*domain, ("company_id", "=", self.office.id)])
        return None

    def test_facets_of_bookings_find_what_they_say(self):
        today = self.book(date="2023-06-01", slot="afternoon")
        own = self.book(self.other, date=THURSDAY)
        at_once = self.book(room_id=self.phailin.id, date="2023-07-03")
        cases = {
            ("mine", self.requester): today | at_once,
            ("decide", self.keeper): today | own,
            ("kept", self.keeper): today | own,
            ("approved", self.keeper): at_once,
            ("today", self.keeper): today,
            ("week", self.keeper): today,
            ("month", self.keeper): today | own,
            ("coming", self.keeper): today | own | at_once,
        }
        for (name, user), found in cases.items():
            with self.subTest(name):
                self.assertEqual(self._found(name, user), found.with_user(user))

    def test_months_are_grouped_with_buddhist_years(self):
        self.env["res.lang"]._activate_lang("th_TH")
        self.book()
        bookings = self.env["amss.room.booking"].with_context(lang="th_TH")
        result = bookings.web_read_group(
            [("company_id", "=", self.office.id)], ["date:month"], ["__count"]
        )
        self.assertIn("2566", result["groups"][0]["date:month"][1])

    def test_bookings_are_made_in_the_dialog_alone(self):
        for kind in ("list", "kanban", "form"):
            view = self.env.ref(f"amss_rooms.amss_room_booking_view_{kind}")
            self.assertEqual(etree.fromstring(view.arch).get("create"), "0")

    def test_queries_of_the_list_do_not_grow_with_its_lines(self):
        bookings = self.env["amss.room.booking"].with_user(self.keeper)
        names = ["name", "state", "can_decide", "can_change", "display_name"]
        specification = {name: {} for name in names}
        specification["room_id"] = {"fields": {"display_name": {}}}

        def count(limit):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            found = bookings.web_search_read(
                [("company_id", "=", self.office.id)], specification, limit=limit
            )
            self.assertEqual(len(found["records"]), limit)
            return self.cr.sql_log_count - before

        for days in range(30):
            self.book(date=THURSDAY + timedelta(days=days))
        count(2)
        self.assertEqual(count(29), count(3))

    def test_group_and_requester_are_of_the_office(self):
        elsewhere = self.env["res.company"].create({"name": "สพป.อื่น"})
        group = self.env["hr.department"].create(
            {"name": "กลุ่มของที่อื่น", "company_id": elsewhere.id}
        )
        with self.assertRaisesRegex(ValidationError, self.office.name):
            self.book(department_id=group.id)
        stranger = new_test_user(
            self.env,
            "rooms_stranger",
            "base.group_user",
            company_id=elsewhere.id,
            company_ids=[Command.set(elsewhere.ids)],
        )
        with self.assertRaisesRegex(ValidationError, "สพป.ตัวอย่าง"):
            self.book(self.admin, user_id=stranger.id, date=FRIDAY)

    def test_a_booking_of_another_is_read_only_in_its_form(self):
        booking = self.book().with_user(self.other)
        with Form(booking) as form, self.assertRaises(AssertionError):
            form.headcount = 5

    def test_what_the_room_lacks_is_said_in_the_form(self):
        booking = self.book(room_id=self.phailin.id)
        with Form(booking.with_user(self.requester)) as form:
            self.assertFalse(form.warning)
            form.headcount = 500
            self.assertRegex(form.warning, "50 .*500")
            form.equipment_ids.add(self.projector)
            self.assertIn(self.projector.name, form.warning)

    def test_the_keeper_changes_with_a_note(self):
        booking = self.book().with_user(self.keeper)
        form = Form(booking)
        form.headcount = 5
        with self.assertRaises(UserError):
            form.save()
        form = Form(booking)
        form.headcount = 5
        form.change_note = "ตามที่โทรแจ้ง"
        form.save()
        self.assertEqual(booking.headcount, 5)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSeveral(RoomsCase):
    """Deciding about several bookings at once in the list."""

    def test_several_are_approved_and_the_result_is_told(self):
        bookings = self.book() | self.book(slot="afternoon")
        action = bookings.with_user(self.keeper).action_approve()
        self.assertIn("2", action["params"]["message"])
        more = bookings | self.book(date=FRIDAY)
        action = more.with_user(self.keeper).action_approve()
        self.assertRegex(action["params"]["message"], "1.*2")
        self.assertEqual(set(more.mapped("state")), {"approved"})

    def test_several_are_refused_with_one_reason(self):
        bookings = self.book() | self.book(slot="afternoon")
        action = bookings.with_user(self.keeper).action_open_refuse()
        dialog = self.env[action["res_model"]].with_user(self.keeper)
        dialog = dialog.browse(action["res_id"])
        dialog.reason = "ห้องปิดซ่อม"
        self.assertIn("2", dialog.action_confirm()["params"]["message"])
        self.assertEqual(bookings.mapped("reason"), ["ห้องปิดซ่อม"] * 2)

    def test_one_alone_needs_no_notice(self):
        action = self.book().with_user(self.keeper).action_approve()
        self.assertEqual(action["type"], "ir.actions.act_window_close")

    def test_those_asked_for_together_are_shown(self):
        values = {"name": "อบรม", "room_id": self.phet.id, "slot": "morning"}
        bookings = (
            self.env["amss.room.booking"]
            .with_user(self.requester)
            .create([{**values, "date": THURSDAY}, {**values, "date": FRIDAY}])
        )
        action = bookings[1].action_open_together()
        domain = safe_eval(action["domain"], action["context"])
        self.assertEqual(bookings.search(domain, order="start"), bookings)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSetUp(RoomsCase):
    """What the administrator of the rooms sets up."""

    def test_the_rooms_administrator_sets_the_half_days(self):
        form = Form(self.env["amss.room.settings"].with_user(self.admin))
        self.assertEqual(form.amss_morning_to, 12.0)
        form.amss_morning_to = 11.5
        form.amss_rooms_public = False
        form.save().action_save()
        self.assertEqual(self.office.amss_morning_to, 11.5)
        self.assertFalse(self.office.amss_rooms_public)
        self.assertEqual(self.book().hour_to, 11.5)

    def test_half_days_that_overlap_are_refused(self):
        form = Form(self.env["amss.room.settings"].with_user(self.admin))
        form.amss_morning_to = 14.0
        with self.assertRaisesRegex(ValidationError, self.office.name):
            form.save().action_save()

    def test_nobody_else_opens_the_settings(self):
        for user in (self.requester, self.keeper):
            with self.assertRaises(AccessError):
                self.env["amss.room.settings"].with_user(user).create({})

    def test_the_settings_page_of_the_database(self):
        settings = self.env["res.config.settings"].with_company(self.office).create({})
        settings.amss_afternoon_to = 17.0
        self.assertEqual(self.office.amss_afternoon_to, 17.0)

    def test_a_closure_is_for_the_whole_day_unless_said_otherwise(self):
        action = self.phet.with_user(self.admin).action_open_closures()
        leaves = self.env["resource.calendar.leaves"].with_user(self.admin)
        view = "amss_rooms.resource_calendar_leaves_view_form"
        form = Form(leaves.with_context(**action["context"]), view)
        form.name = "ซ่อมแอร์"
        leave = form.save()
        self.assertEqual(leave.resource_id, self.phet.resource_id)
        # Thursday 1 June of Bangkok
        self.assertEqual(str(leave.date_from), "2023-05-31 17:00:00")
        self.assertEqual(str(leave.date_to), "2023-06-01 16:59:59")
        self.assertEqual(self.phet.closure_count, 1)
        with self.assertRaisesRegex(ValidationError, "ซ่อมแอร์"):
            self.book(date="2023-06-01", slot="afternoon")

    def test_a_room_shows_its_bookings_to_come(self):
        self.book()
        self.assertEqual(self.phet.with_user(self.requester).upcoming_count, 1)
        action = self.phet.with_user(self.requester).action_open_upcoming()
        self.assertEqual(action["context"]["search_default_room_id"], self.phet.id)

    def test_several_rooms_are_booked_from_their_list(self):
        action = (self.phet | self.phailin).with_user(self.requester).action_book()
        rooms = action["context"]["default_room_ids"]
        self.assertEqual(rooms, [Command.set((self.phet | self.phailin).ids)])
