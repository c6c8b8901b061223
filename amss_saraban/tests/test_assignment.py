# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import SarabanCommon


class AssignmentCommon(SarabanCommon):
    """An office with a head, a registrar and a colleague in its first group."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = cls._user("saraban_head", "amss_saraban.group_saraban_staff", 0)
        cls.departments[0].manager_id = cls.env["hr.employee"].search(
            [("user_id", "=", cls.head.id)]
        )
        cls.colleague = cls._user(
            "saraban_colleague", "amss_saraban.group_saraban_staff", 0
        )
        cls.stranger = cls._user(
            "saraban_stranger", "amss_saraban.group_saraban_staff", 1
        )
        cls.rows = cls.env["amss.assignment"]

    @classmethod
    def _received(cls, **vals):
        """Return a letter from outside in the received register."""
        document = cls._draft(
            origin="outside",
            sender_text="สพฐ.",
            addressee_text="ผอ.สพป.",
            department_id=False,
            user_id=False,
            **vals,
        )
        document.action_register_outside()
        return document

    @classmethod
    def _route(cls, records, user, **vals):
        """Fill in and confirm the dialog “Assign” as ``user``."""
        wizards = cls.env["amss.route"].with_user(user)
        action = records.with_user(user).action_route()
        wizard = wizards.browse(action["res_id"])
        wizard.write(vals)
        return wizard.action_confirm()

    def _to_group(self, document, **vals):
        """Assign a letter to the first group as its owner; return the assignment."""
        self._route(
            document,
            self.central,
            owner_department_id=self.departments[0].id,
            **vals,
        )
        return self.rows.search(
            [
                ("document_id", "=", document.id),
                ("department_id", "=", self.departments[0].id),
            ]
        )

    def _to_person(self, document, person=None):
        """Assign a letter through the group to one of its staff."""
        person = person or self.staff
        group = self._to_group(document)
        self._route(group, self.unit, owner_user_id=person.id)
        return group.child_ids


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestAssignment(AssignmentCommon):
    """Central → group → person → report → done, and back again."""

    def test_central_group_person_report_done(self):
        document = self._received()
        group = self._to_group(document, instruction="เพื่อดำเนินการ")
        self.assertEqual(group.state, "new")
        group.with_user(self.unit).action_accept()
        self._route(group, self.unit, owner_user_id=self.staff.id)
        person = group.child_ids
        person.with_user(self.staff).action_open()
        self.assertEqual(person.state, "accepted")
        person.with_user(self.staff)._report("ทำหนังสือแจ้งโรงเรียนแล้ว")
        self.assertEqual((person.state, group.state), ("done", "done"))
        line = document.entry_id
        self.assertEqual(line.department_id, self.departments[0])
        self.assertEqual(line.user_id, self.staff)
        self.assertEqual(line.action_note, "ทำหนังสือแจ้งโรงเรียนแล้ว")

    def test_history_names_every_step(self):
        document = self._received()
        person = self._to_person(document)
        person.with_user(self.staff)._report("เสร็จ")
        events = document.with_user(self.staff).event_ids
        self.assertEqual(
            events.sorted("id").mapped("kind"),
            ["registered", "assigned", "taken", "assigned", "done", "done"],
        )
        self.assertEqual(set(events.mapped("at")), {events[0].at})

    def test_only_those_concerned_read_the_letter(self):
        document = self._received()
        letters = self.env["amss.document"]
        self._to_person(document)
        for user in (self.staff, self.unit, self.head, self.central, self.director):
            self.assertTrue(
                letters.with_user(user).search([("id", "=", document.id)]), user.login
            )
        for user in (self.colleague, self.stranger):
            self.assertFalse(
                letters.with_user(user).search([("id", "=", document.id)]), user.login
            )

    def test_for_information_is_for_all_of_the_group(self):
        document = self._received()
        self._route(
            document, self.central, info_department_ids=[(6, 0, self.departments.ids)]
        )
        for user in (self.colleague, self.stranger):
            self.assertTrue(document.with_user(user).has_access("read"), user.login)

    def test_a_found_letter_opens_as_what_it_is_to_the_reader(self):
        letter = self.env["amss.document"].with_user(self.school_user).sudo()
        letter = letter.create({"subject": "จากโรงเรียน", "addressee_text": "ผอ.เขต"})
        letter._issue()
        letter._send(self.office)
        self._route(
            letter.recipient_ids,
            self.central,
            owner_department_id=self.departments[1].id,
            info_department_ids=[(6, 0, self.departments[0].ids)],
        )
        for user, model in (
            (self.central, "amss.recipient"),
            (self.colleague, "amss.assignment"),
            (self.unit, "amss.assignment"),
        ):
            action = letter.with_user(user).sudo(False).action_open()
            self.assertEqual(action["res_model"], model, user.login)

    def test_sent_back_one_step_with_a_reason(self):
        document = self._received()
        person = self._to_person(document)
        group = person.parent_id
        with self.assertRaises(UserError), self.cr.savepoint():
            person.with_user(self.staff)._return("wrong_addressee", " ")
        person.with_user(self.staff)._return("wrong_addressee", "ไม่ใช่งานของผม")
        self.assertEqual((person.state, group.state), ("returned", "accepted"))
        self.assertFalse(document.entry_id.user_id)
        self.assertFalse(document.with_user(self.staff).has_access("read"))
        back = self.rows.with_user(self.unit).search(
            [("is_sent_back_to_me", "=", True)]
        )
        self.assertEqual(back, person)
        self._route(back, self.unit, owner_user_id=self.colleague.id)
        self.assertFalse(
            self.rows.with_user(self.unit).search([("is_sent_back_to_me", "=", True)])
        )
        group.with_user(self.unit)._return("wrong_addressee", "ไม่ใช่งานของกลุ่ม")
        back = self.rows.with_user(self.central).search(
            [("is_sent_back_to_me", "=", True)]
        )
        self.assertEqual(back, group)
        states = group.child_ids.sorted("id").mapped("state")
        self.assertEqual(states, ["returned", "withdrawn"])

    def test_accepted_letter_goes_back_to_its_sender(self):
        letter = self._issued(self.central)
        letter._send(self.school)
        row = letter.recipient_ids
        company = self.env["res.company"].create(
            {"name": "โรงเรียน", "partner_id": self.school.id}
        )
        clerk = self.env["res.users"].create(
            {
                "name": "clerk",
                "login": "school_clerk_internal",
                "company_id": company.id,
                "company_ids": [(6, 0, company.ids)],
                "group_ids": [
                    (6, 0, self.env.ref("amss_saraban.group_saraban_central").ids)
                ],
            }
        )
        self._route(row, clerk, owner_user_id=clerk.id)
        assignment = row.with_user(clerk).assignment_ids
        self.assertEqual((row.state, assignment.state), ("accepted", "new"))
        row.with_user(clerk)._return_accepted("wrong_letter", "ผิดเรื่อง")
        self.assertEqual((row.state, assignment.state), ("returned", "withdrawn"))

    def test_two_at_once_with_one_winner(self):
        group = self._to_group(self._received())
        group.with_user(self.unit)._accept()
        with self.assertRaisesRegex(UserError, "11:00:00"):
            group.with_user(self.head)._accept()

    def test_double_click_assigns_once(self):
        document = self._received()
        self._to_group(document)
        self._to_group(document)
        self.assertEqual(len(document.assignment_ids), 1)

    def test_activity_and_assignment_finish_together(self):
        person = self._to_person(self._received())
        activity = person.activity_ids
        self.assertEqual(activity.user_id, self.staff)
        activity.with_user(self.staff).action_feedback(feedback="เรียบร้อย")
        self.assertEqual((person.state, person.report), ("done", "เรียบร้อย"))
        other = self._to_person(self._received())
        activity = other.activity_ids
        other.with_user(self.staff)._report("เสร็จแล้ว")
        self.assertFalse(activity.active)

    def test_activity_is_not_taken_off_behind_the_letter(self):
        activity = self._to_person(self._received()).activity_ids
        for step in (
            lambda: activity.with_user(self.staff).unlink(),
            lambda: activity.with_user(self.staff).action_reschedule_tomorrow(),
            lambda: activity.with_user(self.staff).write({"user_id": self.head.id}),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                step()

    def test_due_date_follows_the_urgency(self):
        """ข้อ 28: the most urgent is dealt with at once."""
        for urgency, day in (("most_urgent", 10), ("urgent", 13)):
            document = self._received(urgency=urgency)
            group = self._to_group(document)
            self.assertEqual(group.date_deadline, date(2026, 3, day))

    def test_bad_input(self):
        document = self._received()
        archived = self.stranger
        archived.active = False
        for vals, message in (
            ({}, "group or a person"),
            ({"owner_user_id": archived.id}, "archived"),
            (
                {
                    "owner_user_id": self.staff.id,
                    "date_deadline": date(2026, 3, 9),
                },
                "past",
            ),
        ):
            with self.assertRaisesRegex(UserError, message), self.cr.savepoint():
                self._route(document, self.central, **vals)
        self.assertFalse(document.assignment_ids)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_group_registrars_assign_inside_their_groups(self):
        group = self._to_group(self._received())
        with self.assertRaisesRegex(UserError, "own groups"), self.cr.savepoint():
            self._route(group, self.unit, owner_user_id=self.stranger.id)
        with self.assertRaises(AccessError), self.cr.savepoint():
            self._route(group, self.colleague, owner_user_id=self.colleague.id)

    def test_endorsement_in_the_history(self):
        document = self._received()
        self._route(
            document,
            self.director,
            owner_department_id=self.departments[0].id,
            instruction="เห็นชอบ ดำเนินการ",
            decision="approved",
        )
        event = document.with_user(self.unit).event_ids[0]
        self.assertEqual((event.kind, event.decision), ("endorsed", "approved"))
        self.assertEqual(event.user_id, self.director)
        self.assertEqual(event.to_text, self.departments[0].name)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_registrars_do_not_decide(self):
        document = self._received()
        with self.assertRaises(AccessError), self.cr.savepoint():
            self._route(
                document,
                self.central,
                owner_department_id=self.departments[0].id,
                decision="approved",
            )

    def test_own_book_of_a_group(self):
        """ข้อ 40: groups do the same, if they keep a book."""
        book = self.env["amss.register"].create(
            {
                "kind": "received",
                "agency_id": self.office.id,
                "department_id": self.departments[0].id,
                "company_id": self.company.id,
            }
        )
        documents = self._received() | self._received()
        groups = self.rows
        for document in documents:
            groups |= self._to_group(document)
        groups.sorted("id").with_user(self.unit).action_accept()
        self.assertEqual(groups.unit_entry_id.register_id, book)
        self.assertEqual(sorted(groups.mapped("unit_number")), [1, 2])
        # the book of the office goes on by itself
        self.assertEqual(self._received().entry_id.number, 3)
        groups[0].unit_entry_id.with_user(self.unit)._void("ผิดกลุ่ม")
        self.assertEqual((groups[0].state, groups[0].unit_number), ("new", 0))

    def test_stand_in_gets_and_does_the_work(self):
        before = self._to_person(self._received())
        self.env["amss.substitute"].with_user(self.staff).create(
            {
                "substitute_id": self.colleague.id,
                "date_from": date(2026, 3, 10),
                "date_to": date(2026, 3, 12),
            }
        )
        after = self._to_person(self._received())
        for row in before | after:
            self.assertEqual(row.stand_in_id, self.colleague)
            self.assertEqual(row.activity_ids.user_id, self.colleague)
            self.assertTrue(row.document_id.with_user(self.colleague).subject)
        after.with_user(self.colleague)._report("ทำแทนแล้ว")
        with freeze_time("2026-03-13 04:00:00"):
            self.env["amss.substitute"]._cron_apply()
        self.assertFalse(before.stand_in_id)
        self.assertEqual(before.activity_ids.user_id, self.staff)
        self.assertFalse(
            before.document_id.with_user(self.colleague).has_access("read")
        )

    def test_who_stands_in_for_the_head_keeps_the_group(self):
        document = self._received()
        group = self._to_group(document)
        self.env["amss.substitute"].with_user(self.head).create(
            {
                "substitute_id": self.stranger.id,
                "date_from": date(2026, 3, 10),
                "date_to": date(2026, 3, 12),
            }
        )
        box = [("is_mine", "=", True), ("department_id", "!=", False)]
        self.assertEqual(self.rows.with_user(self.stranger).search(box), group)
        self._route(
            group,
            self.stranger,
            owner_user_id=self.staff.id,
            decision="proceed",
        )
        self.assertEqual(group.child_ids.user_id, self.staff)
        with freeze_time("2026-03-13 04:00:00"):
            self.env["amss.substitute"]._cron_apply()
            self.assertFalse(self.rows.with_user(self.stranger).search(box))
            self.assertFalse(document.with_user(self.stranger).has_access("read"))

    def test_who_stands_in_for_the_director_endorses_what_is_with_them(self):
        document = self._received()
        self.env["amss.substitute"].with_user(self.director).create(
            {"substitute_id": self.head.id, "date_to": date(2026, 3, 12)}
        )
        self._route(document, self.central, owner_user_id=self.director.id)
        row = document.assignment_ids
        self._route(
            row,
            self.head,
            owner_department_id=self.departments[1].id,
            decision="approved",
        )
        self.assertEqual(row.child_ids.department_id, self.departments[1])
        # the letters of the office stay closed to who stands in
        other = self._received()
        self.assertFalse(other.with_user(self.head).has_access("read"))

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_administrators_name_no_stand_ins(self):
        with self.assertRaises(AccessError):
            self.env["amss.substitute"].with_user(self.admin_user).create(
                {
                    "user_id": self.director.id,
                    "substitute_id": self.admin_user.id,
                    "date_to": date(2026, 3, 12),
                }
            )

    def test_a_letter_has_one_owner(self):
        document = self._received()
        first = self._to_group(document)
        self._route(document, self.central, owner_department_id=self.departments[1].id)
        second = document.assignment_ids - first
        self.assertEqual((first.is_owner, second.is_owner), (False, True))
        self.assertEqual(document.entry_id.department_id, self.departments[1])
        # at any depth: nobody below the first is the owner either
        third = self._to_group(self._received())
        self._route(third, self.unit, owner_user_id=self.head.id)
        self._route(third.child_ids, self.head, owner_user_id=self.staff.id)
        self._route(
            third.document_id,
            self.central,
            owner_department_id=self.departments[1].id,
        )
        owners = third.document_id.assignment_ids.filtered("is_owner")
        self.assertEqual(owners.department_id, self.departments[1])
        self.assertFalse(owners.user_id)
        # it is still with the first, who may finish or send it back
        self.assertEqual(first.state, "new")

    def test_letters_of_who_leaves_go_back(self):
        person = self._to_person(self._received())
        self.staff.with_user(self.env.ref("base.user_admin")).action_archive()
        self.assertFalse(self.staff.active)
        self.assertEqual((person.state, person.return_kind), ("returned", "other"))
        back = self.rows.with_user(self.unit).search(
            [("is_sent_back_to_me", "=", True)]
        )
        self.assertEqual(back, person)
        self.assertFalse(person.activity_ids)

    def test_same_cost_for_few_and_many(self):
        def cost(count):
            documents = self.env["amss.document"].union(
                *(self._received() for _index in range(count))
            )
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self._route(
                documents,
                self.central,
                owner_department_id=self.departments[0].id,
                info_user_ids=[(6, 0, (self.staff | self.colleague).ids)],
            )
            self.env.flush_all()
            return self.env.cr.sql_log_count - start

        cost(1)
        few, many = cost(2), cost(12)
        self.assertLessEqual(many, few)
