# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ast import literal_eval
from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from .common import PDF
from .test_assignment import AssignmentCommon
from .test_queries import QueriesCommon


class ApprovalCommon(AssignmentCommon):
    """An office where letters pass the head of the group, a deputy and the director."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.deputy = cls._user("saraban_deputy", "amss_saraban.group_saraban_staff")
        cls.steps = cls._steps()

    @classmethod
    def _steps(cls):
        return cls.env["amss.approval.step"].create(
            [
                {
                    "name": "หัวหน้ากลุ่ม",
                    "company_id": cls.company.id,
                    "who": "head",
                    "sequence": 1,
                    "days": 2,
                },
                {
                    "name": "รอง ผอ.สพป.",
                    "company_id": cls.company.id,
                    "who": "person",
                    "user_id": cls.deputy.id,
                    "sequence": 2,
                    "days": 1,
                },
                {
                    "name": "ผอ.สพป. ลงนาม",
                    "company_id": cls.company.id,
                    "who": "person",
                    "user_id": cls.director.id,
                    "sequence": 3,
                    "days": -1,
                },
            ]
        )

    @classmethod
    def _proposed(cls, user=None, **vals):
        """Write and propose a draft of the first group."""
        vals = {"department_id": cls.departments[0].id, **vals}
        draft = cls._draft(user or cls.staff, **vals)
        draft.action_propose()
        return draft

    @classmethod
    def _row(cls, document):
        """Return the open assignment of approval or correction of a letter."""
        return document.sudo()._approval_rows().sudo(False)

    def _approve(self, document, *users):
        for user in users:
            self._row(document).with_user(user).action_approve()

    def _signed(self, **vals):
        draft = self._proposed(**vals)
        self._approve(draft, self.head, self.deputy, self.director)
        return draft


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestApproval(ApprovalCommon):
    """Propose → head of group → deputy → director → signed → number."""

    def test_head_deputy_director_number(self):
        draft = self._draft(self.staff, department_id=self.departments[0].id)
        self.assertFalse(draft.approval_state)  # saving submits nothing
        self.assertTrue(draft.may_propose)
        draft.action_propose()
        self.assertEqual(draft.approval_with, self.head.name)
        self._approve(draft, self.head)
        self.assertEqual(draft.approval_with, self.deputy.name)
        self._approve(draft, self.deputy, self.director)
        self.assertEqual(draft.approval_state, "approved")
        letter = draft.with_user(self.central)
        self.assertTrue(letter.may_issue)
        letter.action_issue()
        self.assertEqual((letter.state, letter.register_number), ("registered", 1))

    def test_saving_never_proposes(self):
        """However a draft is saved, it goes to nobody before “propose” is pressed."""
        group = self.departments[0].id
        drafts = self.env["amss.document"].with_user(self.staff)
        spec = {"approval_state": {}, "subject": {}}
        made = self._draft(self.staff, department_id=group)
        vals = {"subject": "เรื่องเดิม", "addressee_text": "ผอ.", "department_id": group}
        [saved] = drafts.browse().web_save(vals, spec)
        form = Form(made)
        form.subject = "จากจอ"
        form.save()
        made.write({"subject": "เรื่องใหม่", "summary": "สรุป"})
        [again] = made.web_save({"subject": "บันทึกอีกครั้ง"}, spec)
        forged = {"approval_state": "proposed", "proposed_by_id": self.staff.id}
        context = {f"default_{name}": value for name, value in forged.items()}
        [new] = drafts.with_context(**context).web_save(vals | forged, spec)
        with self.assertRaises(UserError), self.cr.savepoint():
            made.web_save(forged, spec)
        for values in (saved, again, new):
            self.assertFalse(values["approval_state"])
        letters = drafts.browse([saved["id"], made.id, new["id"]])
        for letter in letters:
            self.assertEqual(letter.state, "draft")
            self.assertTrue(letter.needs_approval)
            self.assertFalse(letter.proposed_at)
        domain = [("document_id", "in", letters.ids)]
        self.assertFalse(self.rows.sudo().search(domain))
        self.assertNotIn("proposed", letters.event_ids.mapped("kind"))

    def test_states_say_what_approval_waits_for(self):
        draft = self._proposed()
        first = self._row(draft)
        self.assertEqual(first.state_text, "Awaiting approval")
        self._approve(draft, self.head)
        self.assertEqual(first.state_text, "Approved")
        deputy = self._row(draft)
        deputy.with_user(self.deputy)._refuse("แก้")
        self._row(draft).with_user(self.head)._refuse("แก้คำ")
        self.assertEqual(self._row(draft).state_text, "To be corrected")
        self.assertEqual(deputy.state_text, "Sent back")

    def test_no_number_before_it_is_signed(self):
        draft = self._draft(self.staff, department_id=self.departments[0].id)
        letter = draft.with_user(self.central)
        self.assertFalse(letter.may_issue)
        with self.assertRaisesRegex(UserError, "not proposed"), self.cr.savepoint():
            letter.action_issue()
        draft.action_propose()
        with self.assertRaisesRegex(UserError, "saraban_head"), self.cr.savepoint():
            letter.action_issue()
        self._approve(draft, self.head, self.deputy)
        with self.assertRaisesRegex(UserError, "saraban_director"):
            letter.action_issue()
        self.assertEqual(letter.state, "draft")

    def test_reserved_numbers_need_the_signature_as_well(self):
        line = self.env["amss.register.entry"]._reserve(self.register, 1, "จอง")
        draft = self._proposed()
        letter = draft.with_user(self.central)
        letter.reserved_entry_id = line
        with self.assertRaisesRegex(UserError, "when it is signed"):
            letter.action_issue()
        self._approve(draft, self.head, self.deputy, self.director)
        letter.action_issue()
        self.assertEqual(letter.entry_id, line)

    def test_history_says_who_did_what(self):
        draft = self._proposed()
        self._row(draft).with_user(self.head)._approve("เห็นชอบตามเสนอ")
        self._approve(draft, self.deputy, self.director)
        events = draft.with_user(self.staff).event_ids.sorted("id")
        self.assertEqual(
            events.mapped("kind"), ["proposed", "approved", "approved", "signed"]
        )
        self.assertEqual(
            events.mapped("user_id"),
            self.staff | self.head | self.deputy | self.director,
        )
        self.assertEqual(events[0].to_text, self.head.name)
        self.assertEqual(events[1].text, "หัวหน้ากลุ่ม\nเห็นชอบตามเสนอ")
        self.assertEqual(events[1].to_text, self.deputy.name)

    def test_due_dates_and_who_is_late(self):
        draft = self._proposed()
        self.assertEqual(draft.approval_deadline, date(2026, 3, 12))
        urgent = self._proposed(urgency="very_urgent")
        self.assertEqual(urgent.approval_deadline, date(2026, 3, 11))
        letters = self.env["amss.document"].with_user(self.central)
        late = [("is_approval_late", "=", True)]
        self.assertFalse(letters.search(late))
        with freeze_time("2026-03-12 04:00:00"):
            self.assertEqual(letters.search(late).ids, urgent.ids)
        with freeze_time("2026-03-13 04:00:00"):
            self.assertEqual(set(letters.search(late).ids), {draft.id, urgent.id})
            letter = draft.with_user(self.unit)
            letter.invalidate_recordset()
            self.assertTrue(letter.is_approval_late)
            self.assertTrue(self._row(draft).is_overdue)
        self._approve(draft, self.head, self.deputy)
        self.assertFalse(draft.approval_deadline)  # the director takes the time needed

    def test_several_at_once(self):
        drafts = self._proposed() | self._proposed(subject="เรื่องที่สอง")
        rows = drafts.sudo()._approval_rows().with_user(self.head).sudo(False)
        rows.action_approve()
        self.assertEqual(drafts.approval_user_id, self.deputy)
        # from the letters themselves
        drafts.with_user(self.deputy).action_approve()
        drafts.with_user(self.director).action_approve()
        action = drafts.with_user(self.central).action_number()
        self.assertIn(drafts[1].letter_number, action["params"]["message"])

    def test_list_to_be_numbered(self):
        signed = self._signed()
        self._proposed()
        action = self.env.ref("amss_saraban.amss_document_action_to_number")
        domain = literal_eval(action.domain)
        letters = self.env["amss.document"]
        for user in (self.central, self.unit):
            self.assertEqual(letters.with_user(user).search(domain).ids, signed.ids)

    def test_one_passes_ones_own_step(self):
        draft = self._proposed(self.head)
        self.assertEqual(draft.approval_user_id, self.deputy)
        self.assertIn("หัวหน้ากลุ่ม", draft.event_ids[0].text)
        self.steps[1].user_id = self.head
        other = self._proposed()
        self._approve(other, self.head)  # head and deputy in one person
        self.assertEqual(other.approval_user_id, self.director)

    def test_director_signs_own_letter_at_once(self):
        self.steps[:2].action_archive()
        draft = self._proposed(self.director, department_id=False)
        self.assertEqual(draft.approval_state, "approved")
        self.assertEqual(
            draft.event_ids.sorted("id").mapped("kind"), ["proposed", "signed"]
        )

    def test_steps_of_some_groups_alone(self):
        self.steps[1].department_ids = self.departments[1]
        draft = self._proposed()
        self._approve(draft, self.head)
        self.assertEqual(draft.approval_user_id, self.director)
        section = self.env["hr.department"].create(
            {
                "name": "งานสารบรรณ",
                "company_id": self.company.id,
                "parent_id": self.departments[0].id,
            }
        )
        self.steps[1].department_ids = self.departments[0]
        # a section without a head is approved by the head of its group
        below = self._proposed(department_id=section.id)
        self.assertEqual(below.approval_user_id, self.head)
        self._approve(below, self.head)
        self.assertEqual(below.approval_user_id, self.deputy)

    def test_stand_in_approves(self):
        draft = self._proposed()
        self.env["amss.substitute"].with_user(self.head).create(
            {"user_id": self.head.id, "substitute_id": self.colleague.id}
        )
        self.assertTrue(draft.with_user(self.colleague).has_access("read"))
        self._approve(draft, self.colleague)
        self.assertEqual(draft.approval_user_id, self.deputy)
        self.assertIn(self.head.name, draft.event_ids[0].text)
        with self.assertRaisesRegex(UserError, "saraban_colleague"):
            draft.sudo().assignment_ids.filtered(
                lambda row: row.user_id == self.head
            ).with_user(self.head).action_approve()


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestApprovalBack(ApprovalCommon):
    """Sent back one step with a comment; withdrawn; fixed meanwhile."""

    def test_sent_back_to_who_approved_before(self):
        draft = self._proposed()
        self._approve(draft, self.head)
        self._row(draft).with_user(self.deputy)._refuse("ขอให้หัวหน้ากลุ่มตรวจอีกครั้ง")
        row = self._row(draft)
        self.assertEqual((row.user_id, row.kind), (self.head, "approval"))
        self.assertEqual(row.instruction, "ขอให้หัวหน้ากลุ่มตรวจอีกครั้ง")
        self.assertEqual(draft.approval_state, "proposed")
        self._approve(draft, self.head, self.deputy, self.director)
        self.assertEqual(draft.approval_state, "approved")

    def test_sent_back_to_the_writer_and_proposed_again(self):
        draft = self._proposed()
        self._row(draft).with_user(self.head)._refuse("แก้ชื่อโรงเรียน")
        self.assertEqual(draft.approval_state, "sent_back")
        self.assertEqual(draft.approval_comment, "แก้ชื่อโรงเรียน")
        work = self.rows.with_user(self.staff).search(
            [("is_my_own", "=", True), ("state", "=", "new")]
        )
        self.assertEqual((work.document_id, work.kind), (draft, "task"))
        self.assertEqual(work.activity_ids.user_id, self.staff)
        draft.subject = "ขอเชิญประชุม (แก้ไข)"
        draft.action_propose()
        self.assertEqual(work.state, "done")
        self.assertEqual(draft.approval_user_id, self.head)
        self.assertEqual(
            draft.event_ids.sorted("id").mapped("kind"),
            ["proposed", "refused", "proposed"],
        )
        # who sent it back reads it on
        self.assertTrue(draft.with_user(self.head).has_access("read"))

    def test_from_the_deputy_back_to_the_writer_in_two_steps(self):
        draft = self._proposed()
        self._approve(draft, self.head)
        self._row(draft).with_user(self.deputy)._refuse("แก้ไข")
        self._row(draft).with_user(self.head)._refuse("แก้ไขตามรอง ผอ.")
        self.assertEqual(draft.approval_state, "sent_back")
        self.assertTrue(draft.with_user(self.deputy).has_access("read"))

    def test_who_is_gone_is_left_out_on_the_way_back(self):
        draft = self._proposed()
        self._approve(draft, self.head)
        self.head.active = False
        self._row(draft).with_user(self.deputy)._refuse("แก้ไข")
        self.assertEqual(draft.approval_state, "sent_back")
        self.assertEqual(self._row(draft).user_id, self.staff)

    def test_draft_is_fixed_while_others_approve_it(self):
        draft = self._draft(self.staff, department_id=self.departments[0].id)
        file = self._attach(draft)
        draft.action_propose()
        steps = {
            "subject": lambda: draft.write({"subject": "อื่น"}),
            "summary": lambda: draft.write({"summary": "อื่น"}),
            "urgency": lambda: draft.write({"urgency": "urgent"}),
            "by the central registrar": lambda: draft.with_user(self.central).write(
                {"addressee_text": "อื่น"}
            ),
            "group": lambda: draft.write({"department_id": self.departments[1].id}),
            "new file": lambda: self._attach(draft, "อื่น.pdf"),
            "other content": lambda: file.write({"raw": PDF + b"%"}),
            "title of a file": lambda: file.write({"description": "อื่น"}),
            "no file": lambda: file.unlink(),
            "delete": lambda: draft.unlink(),
        }
        for signed in (False, True):
            for name, step in steps.items():
                with self.subTest(name, signed=signed):
                    with self.assertRaisesRegex(UserError, "Withdraw the proposal"):
                        with self.cr.savepoint():
                            step()
            if not signed:
                self._approve(draft, self.head, self.deputy, self.director)
        draft.remark = "ส่งทางไปรษณีย์ด้วย"
        draft.with_user(self.central).letter_date = date(2026, 3, 11)

    def test_withdrawn_by_the_writer(self):
        for approvers in ((), (self.head,), (self.head, self.deputy, self.director)):
            draft = self._proposed()
            self._approve(draft, *approvers)
            self.assertTrue(draft.may_withdraw_proposal)
            action = draft.action_ask_withdraw_proposal()
            wizard = self.env["amss.reason"].with_user(self.staff)
            wizard = wizard.browse(action["res_id"])
            wizard.reason = "พิมพ์ผิด"
            wizard.action_confirm()
            self.assertFalse(draft.approval_state)
            self.assertFalse(self._row(draft))
            self.assertEqual(draft.event_ids[0].text, "พิมพ์ผิด")
            draft.subject = "แก้แล้ว"
            draft.action_propose()
            self.assertEqual(draft.approval_user_id, self.head)

    def test_approving_what_was_withdrawn_says_so(self):
        draft = self._proposed()
        row = self._row(draft)
        draft._withdraw_proposal("พิมพ์ผิด")
        with self.assertRaisesRegex(UserError, "Withdrawn.*saraban_staff"):
            row.with_user(self.head)._approve()
        # who was asked reads the draft no longer, but for the head of its group
        self.assertTrue(draft.with_user(self.head).has_access("read"))

    def test_double_click_and_two_at_once(self):
        draft = self._proposed()
        with self.assertRaisesRegex(UserError, "is with saraban_head"):
            with self.cr.savepoint():
                draft.action_propose()
        row = self._row(draft)
        self._approve(draft, self.head)
        for step in (
            lambda: row.with_user(self.head).action_approve(),
            lambda: row.with_user(self.head)._refuse("แก้ไข"),
        ):
            with self.assertRaisesRegex(UserError, "Done.*saraban_head"):
                with self.cr.savepoint():
                    step()
        self.assertEqual(len(draft.sudo().assignment_ids), 2)

    def test_draft_sent_back_can_be_deleted_with_its_rounds(self):
        draft = self._proposed()
        self._approve(draft, self.head)
        self._row(draft).with_user(self.deputy)._refuse("แก้ไข")
        self._row(draft).with_user(self.head)._refuse("ไม่ต้องออกหนังสือ")
        rows = draft.sudo().assignment_ids
        activities = rows.with_context(active_test=False).activity_ids
        draft.unlink()
        self.assertFalse(rows.exists() | rows.browse())
        self.assertFalse(activities.exists())

    def test_steps_archived_meanwhile(self):
        draft = self._proposed()
        row = self._row(draft)
        self.steps.action_archive()
        draft.with_user(self.central).action_issue()
        self.assertEqual(draft.state, "registered")
        self.assertFalse(draft.approval_state)
        self.assertEqual(row.state, "withdrawn")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestApprovalRights(ApprovalCommon):
    """Who may do what, and what makes no sense."""

    def test_who_reads_the_draft(self):
        draft = self._proposed()
        readers = {self.staff, self.head, self.unit, self.central, self.director}
        everybody = readers | {self.deputy, self.colleague, self.stranger}

        def check():
            for user in everybody:
                with self.subTest(user=user.login):
                    self.assertEqual(
                        draft.with_user(user).has_access("read"), user in readers
                    )

        check()
        self._approve(draft, self.head)
        readers.add(self.deputy)
        check()
        self._approve(draft, self.deputy, self.director)
        check()

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models")
    def test_role_by_step(self):
        users = {
            "writer": self.staff,
            "head": self.head,
            "registrar": self.unit,
            "central": self.central,
            "deputy": self.deputy,
            "director": self.director,
            "colleague": self.colleague,
            "stranger": self.stranger,
        }
        table = {
            "action_propose": {"writer", "registrar", "central"},
            "action_approve": {"head"},
            "action_ask_refuse": {"head"},
            "action_ask_withdraw_proposal": {"writer", "registrar", "central"},
        }
        group = self.departments[0].id
        for step, allowed in table.items():
            for name, user in users.items():
                draft = self._draft(self.staff, department_id=group)
                if step != "action_propose":
                    draft.action_propose()
                with self.subTest(step=step, role=name):
                    if name in allowed:
                        getattr(draft.with_user(user), step)()
                        continue
                    with self.assertRaises(AccessError), self.cr.savepoint():
                        getattr(draft.with_user(user), step)()

    def test_nobody_writes_the_approval(self):
        draft = self._draft(
            self.staff, approval_state="approved", proposed_by_id=self.director.id
        )
        self.assertFalse(draft.approval_state)
        context = {"default_approval_state": "approved"}
        self.assertFalse(
            self._draft(self.staff).with_context(**context).copy().approval_state
        )
        for vals in ({"approval_state": "approved"}, {"approval_user_id": False}):
            with self.assertRaisesRegex(UserError, "its own buttons"):
                draft.write(vals)

    def test_only_by_its_own_buttons(self):
        draft = self._proposed()
        row = self._row(draft)
        activity = row.sudo().activity_ids.with_user(self.head)
        mine = row.with_user(self.head)
        for name, step in {
            "accept": lambda: mine.action_accept(),
            "report": lambda: mine._report("เสร็จ"),
            "return": lambda: mine._return("other", "เหตุผล"),
            "assign": lambda: mine.action_route(),
            "withdraw": lambda: row.with_user(self.staff)._withdraw("เหตุผล"),
            "finish the activity": lambda: activity.action_feedback(),
        }.items():
            with self.subTest(name):
                with self.assertRaisesRegex(UserError, "is for approval"):
                    with self.cr.savepoint():
                        step()
        mine.action_open()
        self.assertEqual((row.state, bool(row.opened_at)), ("new", True))
        work = self.rows.with_user(self.staff)
        mine._refuse("แก้ไข")
        work = work.search([("is_my_own", "=", True)])
        action = work.action_open()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("amss.document", draft.id)
        )
        self.assertEqual(work.state, "accepted")
        with self.assertRaisesRegex(UserError, "to be corrected"):
            work._report("เสร็จ")

    def test_other_assignments_are_not_approved(self):
        task = self._to_person(self._received())
        for step in ("_approve", "_refuse"):
            with self.assertRaisesRegex(UserError, "not brought to you"):
                getattr(task.with_user(self.staff), step)("ok")

    def test_bad_input(self):
        with self.assertRaisesRegex(UserError, "no responsible group"):
            with self.cr.savepoint():
                self._proposed(department_id=False)
        with self.assertRaisesRegex(UserError, "กลุ่มนโยบายและแผน"):
            with self.cr.savepoint():
                self._proposed(department_id=self.departments[1].id)
        with self.assertRaisesRegex(UserError, "has no"), self.cr.savepoint():
            self._proposed(addressee_text=" ")
        draft = self._proposed()
        with self.assertRaisesRegex(UserError, "to be corrected"):
            self._row(draft).with_user(self.head)._refuse("  ")
        with self.assertRaisesRegex(UserError, "the reason"):
            draft._withdraw_proposal(" ")
        with self.assertRaisesRegex(UserError, "not proposed"):
            self._draft(self.staff)._withdraw_proposal("เหตุผล")
        self.deputy.active = False
        with self.assertRaisesRegex(UserError, "รอง ผอ.สพป.*saraban_deputy"):
            with self.cr.savepoint():
                self._approve(draft, self.head)
        self.assertEqual(self._row(draft).state, "new")

    def test_letters_from_outside_and_of_schools_need_none(self):
        outside = self._draft(origin="outside", sender_text="สพฐ.")
        self.assertFalse(outside.needs_approval)
        outside.action_register_outside()
        letters = self.env["amss.document"].with_user(self.school_user).sudo()
        letter = letters.create(
            {
                "subject": "รายงาน",
                "addressee_text": "ผอ.สพป.",
                "agency_id": self.school.id,
            }
        )
        self.assertFalse(letter.needs_approval)
        letter._issue()
        self.assertEqual(letter.state, "registered")

    def test_without_steps_nothing_changes(self):
        self.steps.action_archive()
        draft = self._draft(self.central)
        self.assertFalse(draft.needs_approval or draft.may_propose)
        self.assertTrue(draft.may_issue)
        with self.assertRaisesRegex(UserError, "needs no approval"):
            draft.action_propose()
        draft.action_issue()
        self.assertEqual(draft.state, "registered")

    def test_form_of_the_draft(self):
        draft = self._proposed()
        with self.assertRaisesRegex(AssertionError, "readonly"):
            Form(draft).subject = "อื่น"
        Form(draft.with_user(self.head))
        Form(draft.with_user(self.central))

    def test_menus_are_for_offices_with_steps(self):
        names = {"menu_my_approvals", "menu_in_approval", "menu_to_number"}
        ids = {self.env.ref(f"amss_saraban.{name}").id for name in names}
        menus = self.env["ir.ui.menu"].with_user(self.central)
        self.assertLessEqual(ids, set(menus.load_menus(False)))
        self.steps.action_archive()
        self.assertFalse(ids & set(menus.load_menus(False)))


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestApprovalSteps(ApprovalCommon):
    """What the administrator of the office sets up."""

    def test_administrators_alone_set_steps_up(self):
        steps = self.steps.with_user(self.admin_user)
        steps[0].days = 5
        for user in (self.staff, self.unit, self.central, self.director):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.steps[0].with_user(user).write({"days": 9})
        company = self.env["res.company"].create({"name": "สพป.อื่น"})
        other = self.steps[0].sudo().copy({"company_id": company.id})
        self.assertNotIn(
            other, self.env["amss.approval.step"].with_user(self.admin_user).search([])
        )

    def test_steps_need_somebody(self):
        with self.assertRaisesRegex(ValidationError, "Choose the person"):
            with self.cr.savepoint():
                self.steps[1].user_id = False
        self.stranger.active = False
        with self.assertRaisesRegex(ValidationError, "saraban_stranger"):
            with self.cr.savepoint():
                self.steps[1].user_id = self.stranger
        with self.assertRaisesRegex(ValidationError, "another office"):
            self.steps[1].department_ids = self.env["hr.department"].create(
                {
                    "name": "อื่น",
                    "company_id": self.env["res.company"].create({"name": "อื่น"}).id,
                }
            )

    def test_steps_passed_are_archived_not_deleted(self):
        self._proposed()
        with self.assertRaisesRegex(UserError, "archived instead"):
            with self.cr.savepoint():
                self.steps.unlink()
        self.steps[1:].unlink()

    def test_usual_steps(self):
        steps = self.env["amss.approval.step"].with_user(self.admin_user)
        with self.assertRaisesRegex(UserError, "There are steps"):
            steps.action_add_usual()
        self.steps.unlink()
        steps.action_add_usual()
        self.assertEqual(
            steps.search([]).mapped("user_id"), self.director.with_user(self.admin_user)
        )
        draft = self._proposed()
        self._approve(draft, self.head, self.director)
        self.assertEqual(draft.approval_state, "approved")

    def test_new_first_step_does_not_hold_up_what_is_on_its_way(self):
        draft = self._proposed()
        self.steps[0].copy({"name": "ตรวจทาน", "sequence": 0})
        self._approve(draft, self.head)
        self.assertEqual(draft.approval_user_id, self.deputy)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestApprovalQueries(ApprovalCommon, QueriesCommon):
    """Steps on many letters cost as many statements as on one."""

    def _drafts(self, count):
        vals = {"department_id": self.departments[0].id, "addressee_text": "โรงเรียน"}
        letters = self.env["amss.document"].with_user(self.staff)
        return letters.create([{**vals, "subject": str(i)} for i in range(count)])

    def _at_the_head(self, count):
        drafts = self._drafts(count)
        drafts.action_propose()
        return drafts.sudo()._approval_rows().sudo(False).with_user(self.head)

    def test_propose(self):
        self._assert_same_cost(self._drafts, lambda docs: docs.action_propose())

    def test_approve(self):
        self._assert_same_cost(self._at_the_head, lambda rows: rows.action_approve())

    def test_send_back(self):
        self._assert_same_cost(self._at_the_head, lambda rows: rows._refuse("แก้ไข"))

    def test_withdraw(self):
        self._assert_same_cost(
            lambda count: self._at_the_head(count).document_id.with_user(self.staff),
            lambda docs: docs._withdraw_proposal("พิมพ์ผิด"),
        )

    def test_lists(self):
        """With whom each is, and who may number it: once for all of a page."""
        names = ["approval_with", "is_approval_late", "may_propose", "may_issue"]
        self._assert_same_cost(
            lambda count: self._at_the_head(count).document_id.with_user(self.central),
            lambda docs: docs.read(names),
        )

    def test_offices_without_steps_pay_nothing(self):
        self.steps.action_archive()
        draft = self._drafts(1).with_user(self.central)
        draft._check_approved()
        draft.mapped("approval_state")
        self.assertEqual(self._cost_known(draft), 0)

    def _cost_known(self, draft):
        start = self.env.cr.sql_log_count
        draft._check_approved()
        return self.env.cr.sql_log_count - start


@tagged("post_install", "-at_install")
class TestApprovalTours(ApprovalCommon, HttpCase):
    """A letter on its way to its number, in the browser of all whom it passes."""

    def test_proposed_sent_back_corrected_signed_numbered(self):
        for tour, user in (
            ("amss_approval_staff_proposes", self.staff),
            ("amss_approval_head_sends_back", self.head),
            ("amss_approval_staff_corrects", self.staff),
            ("amss_approval_list", self.head),
            ("amss_approval_list", self.deputy),
            ("amss_approval_director_signs", self.director),
            ("amss_approval_central_numbers", self.central),
        ):
            with self.subTest(tour=tour, user=user.login):
                self.start_tour("/odoo", tour, login=user.login)
        self.env.invalidate_all()
        letter = self.env["amss.document"].search([("agency_id", "=", self.office.id)])
        self.assertEqual(letter.letter_number, "ศธ 04999/1")
        self.assertEqual(letter.subject, "ขอเชิญประชุมผู้บริหาร")
