# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who gets at assignments, stand-ins and lists, by role and door; what is refused."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .test_assignment import AssignmentCommon

DAYS = {"date_from": date(2026, 3, 10), "date_to": date(2026, 3, 12)}
RULES = "odoo.addons.base.models.ir_rule"
ACCESS = "odoo.addons.base.models.ir_model"


class TwoOffices(AssignmentCommon):
    """A second area office in the same database, with a registrar and a group."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create({"name": "สพป.อื่น"})
        cls.other_office = cls.other_company.partner_id
        cls.other_office.write(
            {
                "agency_type": "area_primary",
                "agency_code": "T200",
                "letter_prefix": "ศธ 04998",
                "tz": "Asia/Bangkok",
            }
        )
        cls.clerk = cls._other_user("other_clerk", "amss_saraban.group_saraban_central")
        cls.person = cls._other_user("other_person", "amss_saraban.group_saraban_staff")
        cls.other_group = cls.env["hr.department"].create(
            {
                "name": "กลุ่มของอีกเขต",
                "company_id": cls.other_company.id,
                "registrar_ids": [(6, 0, cls.clerk.ids)],
            }
        )

    @classmethod
    def _other_user(cls, login, group):
        return new_test_user(
            cls.env,
            login,
            groups=group,
            company_id=cls.other_company.id,
            company_ids=[(6, 0, cls.other_company.ids)],
            tz="Asia/Bangkok",
        )

    @classmethod
    def _accepted_there(cls, **vals):
        """Return a letter that the other office has accepted, as it came there."""
        letter = cls._issued(cls.central, **vals)
        cls._attach(letter)
        letter._send(cls.other_office)
        row = letter.recipient_ids
        row.with_user(cls.clerk).action_accept()
        return row

    def _work(self, letter, parent=False):
        found = self.rows.search([("document_id", "=", letter.id)])
        return found.filtered(lambda row: row.parent_id.id == (parent and parent.id))


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestAssignmentAccess(TwoOffices):
    """Role × door: lists, counts, groups, names, export, ids."""

    def _doors(self, user, record, field):
        """Return which doors give ``field`` of ``record`` to ``user``."""
        records = self.env[record._name].with_user(user)
        domain = [("id", "=", record.id)]
        doors = {
            "search": lambda: bool(records.search(domain)),
            "count": lambda: bool(records.search_count(domain)),
            "group": lambda: bool(
                records.formatted_read_group(domain, [], ["__count"])[0]["__count"]
            ),
            "name": lambda: bool(records.name_search(domain=domain)),
            "read": lambda: bool(records.browse(record.id).read([field])),
            "web_read": lambda: bool(records.browse(record.id).web_read({field: {}})),
            "export": lambda: bool(records.browse(record.id)._export_rows([[field]])),
        }
        opened = set()
        for name, door in doors.items():
            try:
                if door():
                    opened.add(name)
            except AccessError:
                continue
        return opened

    @mute_logger(RULES, ACCESS)
    def test_each_role_by_every_door(self):
        work = self._to_person(self._received())
        inside = {self.staff, self.unit, self.head, self.central, self.director}
        office = inside | {self.colleague, self.stranger}
        lists = self.env["amss.route.list"].create(
            {"name": "เวียน", "company_id": self.company.id}
        )
        phrase = self.env["amss.phrase"].create(
            {"name": "เพื่อทราบ", "company_id": self.company.id}
        )
        away = self.env["amss.substitute"].create(
            {
                "user_id": self.director.id,
                "substitute_id": self.head.id,
                "company_id": self.company.id,
                **DAYS,
            }
        )
        step = self.env["amss.approval.step"].create(
            {"name": "หัวหน้ากลุ่ม", "company_id": self.company.id}
        )
        event = work.document_id.event_ids[0]
        outside = {self.school_user, self.clerk, self.person}
        admins = {self.admin_user}
        for record, field, readers in (
            (work, "state", inside),
            (event, "kind", inside),
            (lists, "name", office),
            (phrase, "name", office | admins),
            (away, "date_from", office),
            (step, "name", office | admins),
        ):
            for user in office | outside | admins:
                doors = self._doors(user, record, field)
                with self.subTest(model=record._name, user=user.login):
                    self.assertEqual(len(doors), 7 if user in readers else 0, doors)

    @mute_logger(RULES, ACCESS)
    def test_nobody_writes_them_by_hand(self):
        work = self._to_person(self._received())
        for user in (self.staff, self.unit, self.central, self.director, self.clerk):
            for step in (
                lambda user=user: work.with_user(user).write({"user_id": user.id}),
                lambda user=user: work.with_user(user).unlink(),
                lambda user=user: work.with_user(user).copy(),
                lambda user=user: work.document_id.event_ids.with_user(user).unlink(),
            ):
                with self.assertRaises(UserError), self.cr.savepoint():
                    step()

    @mute_logger(RULES, ACCESS)
    def test_a_forged_dialog_assigns_nothing_of_others(self):
        document = self._received()
        group = self._to_group(document)
        wizards = self.env["amss.route"].with_user(self.clerk)
        for records in (document, document.entry_id, group):
            with self.assertRaises(AccessError), self.cr.savepoint():
                wizards.create(
                    {
                        "res_model": records._name,
                        "res_ids": records.ids,
                        "company_id": self.company.id,
                        "owner_user_id": self.clerk.id,
                    }
                ).action_confirm()
        wizards = self.env["amss.route"].with_user(self.central)
        with self.assertRaisesRegex(UserError, "own groups"), self.cr.savepoint():
            wizards.create(
                {
                    "res_model": "amss.document",
                    "res_ids": document.ids,
                    "company_id": self.other_company.id,
                    "owner_user_id": self.person.id,
                }
            ).action_confirm()
        self.assertEqual(document.assignment_ids, group)

    @mute_logger(RULES, ACCESS)
    def test_lists_of_a_group_are_changed_by_who_made_them(self):
        lists = self.env["amss.route.list"]
        mine, of_central = (
            lists.with_user(user).create({"name": f"เวียนของ {user.login}"})
            for user in (self.unit, self.central)
        )
        mine.name = "เวียนใหม่"
        for step in (
            lambda row: row.write({"name": "ของฉัน"}),
            lambda row: row.unlink(),
        ):
            with self.assertRaisesRegex(AccessError, "was made by"):
                step(of_central.with_user(self.unit))
            with self.assertRaises(AccessError), self.cr.savepoint():
                step(mine.with_user(self.staff))
            with self.assertRaises(AccessError), self.cr.savepoint():
                step(mine.with_user(self.clerk))
        mine.with_user(self.director).name = "เวียนของสำนักงาน"
        mine.with_user(self.central).unlink()
        own = lists.with_user(self.unit).create({"name": "ลบได้"})
        own.unlink()
        self.assertEqual(lists.search([("id", "in", (mine | own).ids)]), lists)

    @mute_logger(RULES, ACCESS)
    def test_a_forged_dialog_names_no_list_or_phrase_of_others(self):
        there = {"name": "ของอีกเขต", "company_id": self.other_company.id}
        forged = (
            {"list_id": self.env["amss.route.list"].create(there).id},
            {"phrase_id": self.env["amss.phrase"].create(there).id},
        )
        dialogs = self.env["amss.route"].with_user(self.central)
        letter = {
            "res_model": "amss.document",
            "res_ids": self._received().ids,
            "company_id": self.company.id,
        }
        dialog = dialogs.create(letter)
        for vals in forged:
            [name] = vals
            for step in (
                lambda vals=vals: dialogs.create(letter | vals),
                lambda vals=vals: dialog.write(vals),
                lambda vals=vals, name=name: dialogs.onchange(
                    vals, [name], {name: {"fields": {"display_name": {}}}}
                ),
            ):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    step()


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestAssignmentRefused(TwoOffices):
    """What went away is gone, and nothing happens twice."""

    def test_what_was_withdrawn_is_not_passed_on(self):
        document = self._received()
        groups = [(6, 0, self.departments[0].ids)]
        self._route(document, self.central, info_department_ids=groups)
        work = self._work(document)
        work.with_user(self.central)._withdraw("ผิดกลุ่ม")
        with self.assertRaisesRegex(UserError, "Withdrawn"), self.cr.savepoint():
            self._route(work, self.unit, info_user_ids=[(6, 0, self.unit.ids)])
        self.assertFalse(document.with_user(self.unit).has_access("read"))

    def test_what_one_was_told_of_is_passed_on_after_reading(self):
        document = self._received()
        groups = [(6, 0, self.departments[0].ids)]
        self._route(document, self.central, info_department_ids=groups)
        work = self._work(document)
        work.with_user(self.unit).action_accept()
        self.assertEqual(work.state, "done")
        self._route(work, self.unit, info_user_ids=[(6, 0, self.colleague.ids)])
        self.assertEqual(self._work(document, work).user_id, self.colleague)

    def test_a_returned_letter_is_not_assigned_from_its_line(self):
        row = self._accepted_there()
        line = row.entry_id
        row.with_user(self.clerk)._return_accepted("wrong_addressee", "ไม่ใช่ของเรา")
        with self.assertRaisesRegex(UserError, "no letter"), self.cr.savepoint():
            self._route(line, self.clerk, info_user_ids=[(6, 0, self.clerk.ids)])
        letter = row.document_id
        self.assertFalse(letter.with_user(self.clerk).has_access("read"))

    def test_a_letter_that_came_again_is_assigned_from_its_new_line(self):
        row = self._accepted_there()
        row.with_user(self.clerk)._return_accepted("damaged_file", "เปิดไม่ได้")
        row.with_user(self.central)._send_again()
        row.with_user(self.clerk).action_accept()
        self._route(row.document_id, self.clerk, owner_user_id=self.person.id)
        self.assertEqual(self._work(row.document_id).entry_id, row.entry_id)

    def test_a_return_takes_also_what_was_passed_on_from_work_done(self):
        row = self._accepted_there()
        groups = [(6, 0, self.other_group.ids)]
        self._route(row, self.clerk, info_department_ids=groups)
        group = self._work(row.document_id)
        group.with_user(self.clerk).action_accept()
        self._route(group, self.clerk, owner_user_id=self.person.id)
        child = self._work(row.document_id, group)
        row.with_user(self.clerk)._return_accepted("wrong_letter", "ผิดเรื่อง")
        self.assertEqual((group.state, child.state), ("done", "withdrawn"))

    def test_withdrawing_takes_also_what_hangs_below_work_done(self):
        """Person and group have it; below a copy that was read is work again."""
        document = self._received()
        self._route(document, self.central, owner_department_id=self.departments[0].id)
        group = self._work(document)
        group.with_user(self.unit).action_accept()
        self._route(group, self.unit, info_user_ids=[(6, 0, self.unit.ids)])
        read = self._work(document, group)
        read.with_user(self.unit).action_accept()
        self._route(read, self.unit, owner_user_id=self.staff.id)
        below = self._work(document, read)
        group.with_user(self.central)._withdraw("ผิดกลุ่ม")
        self.assertEqual(
            (group.state, read.state, below.state), ("withdrawn", "done", "withdrawn")
        )
        self.assertFalse(below.activity_ids)
        self.assertFalse(document.with_user(self.staff).has_access("read"))
        kinds = document.event_ids.mapped("kind")
        self.assertEqual(kinds.count("withdrawn"), 2)

    def test_a_void_line_takes_the_work_back(self):
        row = self._accepted_there()
        self._route(row, self.clerk, owner_user_id=self.person.id)
        work = self._work(row.document_id)
        row.entry_id.with_user(self.clerk)._void("ลงรับผิด")
        self.assertEqual((row.state, work.state), ("opened", "withdrawn"))
        self.assertFalse(work.activity_ids)
        row.with_user(self.clerk).action_accept()
        self._route(row, self.clerk, owner_user_id=self.person.id)
        self.assertEqual(self._work(row.document_id).mapped("state").count("new"), 1)

    def test_what_was_taken_back_still_opens_and_shows_nothing(self):
        """Who is told of a withdrawal comes from the notice to the row of it."""
        document = self._received()
        document.sudo().summary = "สรุปที่ไม่บอกใคร"
        self._attach(document)
        work = self._to_person(document)
        self.assertEqual(work.with_user(self.staff).summary, "สรุปที่ไม่บอกใคร")
        work.with_user(self.central)._withdraw("ผิดคน")
        row = self._accepted_there(summary="สรุปที่ไม่บอกใคร")
        self.assertEqual(row.with_user(self.clerk).summary, "สรุปที่ไม่บอกใคร")
        row.with_user(self.clerk)._return_accepted("wrong_addressee", "ไม่ใช่ของเรา")
        self.env.invalidate_all()
        shown = ("attachment_ids", "timeline_ids", "thread_ids")
        spec = dict.fromkeys(shown, {"fields": {"display_name": {}}})
        for record, user in ((work, self.staff), (row, self.clerk)):
            [values] = record.with_user(user).web_read({"subject": {}, **spec})
            for name in shown:
                self.assertFalse(values[name], f"{user.login} {name}")
            self.assertTrue(values["subject"])
        for record in (work, row):
            reader = self.staff if record == work else self.clerk
            [values] = record.with_user(reader).read(["summary"])
            self.assertFalse(values["summary"])

    def test_a_double_click_endorses_and_keeps_the_list_once(self):
        document = self._received()
        action = document.with_user(self.director).action_route()
        wizard = self.env["amss.route"].with_user(self.director)
        wizard = wizard.browse(action["res_id"])
        wizard.write(
            {
                "owner_department_id": self.departments[0].id,
                "decision": "approved",
                "list_name": "เวียนกลุ่มเดียว",
            }
        )
        wizard.action_confirm()
        wizard.action_confirm()
        kinds = document.event_ids.mapped("kind")
        self.assertEqual(kinds.count("endorsed"), 1)
        self.assertEqual(
            self.env["amss.route.list"].search_count([("name", "=", "เวียนกลุ่มเดียว")]),
            1,
        )

    def test_a_double_click_reminds_once(self):
        work = self._to_person(self._received())
        self.staff.email = "staff@example.com"
        self.env.cr.precommit.run()
        before = self.env["mail.mail"].search_count([])
        for _click in range(2):
            work.with_user(self.unit).action_remind()
            self.env.cr.precommit.run()
        self.assertEqual(self.env["mail.mail"].search_count([]), before + 1)

    def test_for_information_first_and_then_to_do(self):
        document = self._received()
        groups = [(6, 0, self.departments.ids)]
        self._route(document, self.central, info_department_ids=groups)
        told = self._route(
            document,
            self.central,
            owner_department_id=self.departments[0].id,
            info_department_ids=groups,
        )
        self.assertIn("1", told["params"]["message"])
        found = self._work(document).sorted("id")
        self.assertEqual(found.mapped("state"), ["done", "new", "new"])
        self.assertEqual(found[-1].department_id, self.departments[0])
        self.assertTrue(found[-1].is_owner)

    def test_same_cost_of_each_step_for_few_and_many(self):
        def cost(count):
            documents = self.env["amss.document"].union(
                *(self._received() for _index in range(count))
            )
            group = self.departments[0]
            self._route(documents, self.central, owner_department_id=group.id)
            domain = [("document_id", "in", documents.ids)]
            work = self.rows.search(domain)
            spent = []
            for step in (
                lambda: work.with_user(self.unit).action_accept(),
                lambda: self._route(work, self.unit, owner_user_id=self.staff.id),
                lambda: self.rows.search(domain + [("user_id", "=", self.staff.id)])[
                    : count // 2
                ]
                .with_user(self.staff)
                ._report("เสร็จ"),
                lambda: self.rows.search(domain + [("state", "=", "accepted")])
                .with_user(self.central)
                ._withdraw("ผิดเรื่อง"),
            ):
                self.env.flush_all()
                self.env.invalidate_all()
                start = self.env.cr.sql_log_count
                step()
                self.env.flush_all()
                spent.append(self.env.cr.sql_log_count - start)
            return spent

        cost(2)
        few, many = cost(4), cost(24)
        for step, less, more in zip(
            ("accept", "assign", "report", "withdraw"), few, many, strict=True
        ):
            self.assertLessEqual(more, less + 1, step)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestStandInRefused(TwoOffices):
    """Stand-ins are colleagues, and nobody sets those of others."""

    @mute_logger(RULES)
    def test_no_registrar_sets_stand_ins_of_another_office(self):
        people = {"user_id": self.person.id, "substitute_id": self.clerk.id}
        for company in (self.company, self.other_company):
            with self.assertRaises(UserError), self.cr.savepoint():
                self.env["amss.substitute"].with_user(self.central).create(
                    {**people, "company_id": company.id, **DAYS}
                )

    @mute_logger(RULES)
    def test_nobody_takes_over_the_row_of_another(self):
        row = self.env["amss.substitute"].create(
            {
                "user_id": self.director.id,
                "substitute_id": self.head.id,
                "company_id": self.company.id,
                **DAYS,
            }
        )
        for step in (
            lambda: row.with_user(self.staff).write({"user_id": self.staff.id}),
            lambda: row.with_user(self.staff).write({"date_to": DAYS["date_from"]}),
            lambda: row.with_user(self.staff).unlink(),
        ):
            with self.assertRaises(AccessError), self.cr.savepoint():
                step()

    def test_who_left_does_not_stand_in(self):
        self.colleague.active = False
        with self.assertRaisesRegex(UserError, "archived"), self.cr.savepoint():
            self.env["amss.substitute"].with_user(self.staff).create(
                {"substitute_id": self.colleague.id, **DAYS}
            )
        with self.assertRaisesRegex(UserError, "staff"), self.cr.savepoint():
            self.env["amss.substitute"].with_user(self.staff).create(
                {"substitute_id": self.school_user.id, **DAYS}
            )


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestNotesByMail(AssignmentCommon):
    """A mail never carries what a letter or a note on it says."""

    def test_notes_and_activities_of_letters_say_nothing_by_mail(self):
        letter = self._issued(self.central, subject="เรื่องที่ไม่บอกใคร")
        self.staff.write({"email": "staff@example.com", "notification_type": "email"})
        letter.user_id = self.staff
        self.env.cr.precommit.run()
        before = self.env["mail.mail"].search([])
        colleague = letter.with_user(self.central)
        colleague.message_post(
            body="ข้อความที่ไม่บอกใคร",
            partner_ids=self.staff.partner_id.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        colleague.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.staff.id, summary="ไม่บอกใคร"
        )
        self.env.cr.precommit.run()
        mail = self.env["mail.mail"].search([]) - before
        self.assertEqual(mail.email_to, self.staff.email_formatted)
        text = f"{mail.subject} {mail.body_html} {mail.headers}"
        for secret in ("ไม่บอกใคร", letter.letter_number):
            self.assertNotIn(secret, text)
