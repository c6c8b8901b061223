# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from .mail_common import MailCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestMail(MailCommon):
    def test_groups_stand_for_their_people_and_nobody_comes_twice(self):
        mail = self._sent_mail(self.staff, self.central, groups=self.departments[:2])
        rows = self._rows(mail)
        self.assertEqual(
            rows.user_id, self.staff | self.central | self.unit | self.reader
        )
        self.assertEqual(len(rows), 4)
        groups = {row.user_id: row.department_id for row in rows}
        self.assertFalse(groups[self.staff], "named and in a group: named")
        self.assertEqual(groups[self.unit], self.departments[0])
        self.assertEqual(groups[self.reader], self.departments[1], "of a section")

    def test_sent_it_has_no_number_and_says_from_whom_to_whom(self):
        mail = self._sent_mail(self.staff, groups=self.departments[0])
        self.assertEqual(mail.state, "registered")
        self.assertFalse(mail.letter_number or mail.entry_id)
        self.assertEqual(mail.sender_text, self.writer.name)
        self.assertEqual(mail.addressee_text, f"กลุ่มอำนวยการ, {self.staff.name}")

    def test_a_second_click_sends_nothing_twice(self):
        mail = self._sent_mail(self.staff)
        action = mail.action_send_mail()
        self.assertEqual(len(self._rows(mail)), 1)
        self.assertIn("sent before", action["params"]["message"])

    def test_bad_addressees_are_named(self):
        self.unit.active = False
        nobody = self.env["hr.department"].create(
            {"name": "กลุ่มว่าง", "company_id": self.company.id}
        )
        gone = nobody.copy({"name": "กลุ่มยุบ", "active": False})
        table = [
            ([], {}, "Choose at least one"),
            ([self.unit], {}, "saraban_unit"),
            ([self.school_user], {}, "school_clerk"),
            ([], {"groups": nobody}, "กลุ่มว่าง"),
            ([self.staff], {"groups": gone}, "กลุ่มยุบ"),
            ([self.staff], {"subject": " "}, "about"),
        ]
        for users, values, said in table:
            mail = self._mail(*users, **values)
            with self.subTest(said=said), self.assertRaisesRegex(UserError, said):
                mail.action_send_mail()
            self.assertFalse(self._rows(mail) or mail.sent_at)

    def test_a_group_without_people_is_told_and_holds_nobody_up(self):
        nobody = self.env["hr.department"].create(
            {"name": "กลุ่มว่าง", "company_id": self.company.id}
        )
        mail = self._mail(groups=self.departments[0] | nobody)
        action = mail.action_send_mail()
        self.assertIn("กลุ่มว่าง", action["params"]["message"])
        self.assertEqual(self._rows(mail).user_id, self.staff | self.unit)

    def test_who_left_gets_nothing_through_a_group(self):
        self.unit.active = False
        mail = self._sent_mail(groups=self.departments[0])
        self.assertEqual(self._rows(mail).user_id, self.staff)

    def test_all_groups_with_one_click(self):
        form = Form(
            self.env["amss.document"]
            .with_user(self.writer)
            .with_context(default_doc_type="mail"),
            "amss_saraban.amss_document_view_form_mail",
        )
        form.subject = "แจ้งเวียน"
        form.mail_all_groups = True
        self.assertEqual(form.mail_department_ids[:], self.departments[:2])
        form.mail_department_ids.remove(id=self.departments[1].id)
        self.assertFalse(form.mail_all_groups)
        self.assertEqual(form.mail_department_ids[:], self.departments[0])
        form.mail_all_groups = True
        form.mail_all_groups = False
        self.assertFalse(form.mail_department_ids[:])

    def test_opened_once_it_is_read_and_its_writer_sees_when(self):
        mail = self._sent_mail(self.staff, self.central)
        self.assertEqual(mail.person_progress, "0 of 2")
        self._row(mail, self.staff).action_open_document()
        with freeze_time("2026-03-11 04:00:00"):
            self._row(mail, self.staff).action_mark_read()
        self.env.invalidate_all()
        self.assertEqual(mail.person_progress, "1 of 2")
        row = mail.person_ids.filtered(lambda one: one.user_id == self.staff)
        self.assertEqual(row.opened_at.isoformat(), "2026-03-10T04:00:00")

    def test_only_the_person_marks_it_read(self):
        mail = self._sent_mail(self.staff)
        row = mail.person_ids
        row.action_mark_read()
        row.action_open_document()
        self.assertEqual(self._rows(mail).state, "sent")

    def test_found_and_opened_as_a_letter_it_counts_as_read(self):
        mail = self._sent_mail(self.staff)
        found = (
            self.env["amss.document"]
            .with_user(self.staff)
            .search([("search_text", "ilike", "นัดประชุม")])
        )
        action = found.action_open()
        self.assertEqual(action["res_model"], "amss.recipient")
        self.assertEqual(self._rows(mail).state, "opened")

    def test_recall_takes_it_from_who_has_not_read_it(self):
        mail = self._sent_mail(self.staff, self.central)
        read, unread = self._row(mail, self.staff), self._row(mail, self.central)
        read.action_mark_read()
        mine = mail.person_ids
        wizard = self.env["amss.reason"].with_user(self.writer)
        action = mine.filtered(lambda r: r.state == "sent").action_ask_recall()
        wizard.browse(action["res_id"]).write({"reason": "ส่งผิดเรื่อง"})
        wizard.browse(action["res_id"]).action_confirm()
        self.env.invalidate_all()
        self.assertEqual(unread.sudo().state, "recalled")
        letters = self.env["amss.document"]
        self.assertFalse(letters.with_user(self.central).search([("id", "=", mail.id)]))
        self.assertTrue(letters.with_user(self.staff).search([("id", "=", mail.id)]))
        with self.assertRaisesRegex(UserError, "saraban_staff"):
            mine.filtered(lambda r: r.user_id == self.staff)._recall("สาย")
        with self.assertRaises(UserError):
            mine._recall("  ")

    def test_reply_and_reply_to_all_open_a_mail_to_the_right_people(self):
        mail = self._sent_mail(self.staff, self.central, groups=self.departments[1])
        row = self._row(mail, self.staff)
        context = row.action_reply()["context"]
        self.assertEqual(context["default_mail_user_ids"], self.writer.ids)
        context = row.action_reply_all()["context"]
        self.assertEqual(
            set(context["default_mail_user_ids"]), {self.writer.id, self.central.id}
        )
        self.assertEqual(
            context["default_mail_department_ids"], self.departments[1].ids
        )
        letters = self.env["amss.document"].with_user(self.staff)
        reply = letters.with_context(**context).create({})
        reply.action_send_mail()
        self.assertEqual(reply.reply_to_id, mail)
        thread = letters.search(reply.action_open_thread()["domain"])
        self.assertEqual(thread, mail.with_user(self.staff) | reply)
        self.assertEqual(thread, letters.search(mail.action_open_thread()["domain"]))

    def test_a_letter_and_a_mail_do_not_reply_to_each_other(self):
        mail = self._sent_mail(self.central)
        letter = self._issued(self.central)
        with self.assertRaisesRegex(UserError, "Refer to the other"):
            self._mail(self.staff, by=self.central, reply_to_id=letter.id)
        with self.assertRaisesRegex(UserError, "Refer to the other"):
            self._draft(self.central, reply_to_id=mail.id)
        self._mail(self.staff, by=self.central, reference_ids=[(4, letter.id)])

    def test_reminding_tells_only_those_who_have_not_read(self):
        mail = self._sent_mail(self.staff, self.central)
        self._row(mail, self.staff).action_mark_read()
        self.env.invalidate_all()
        mail.action_remind_persons()
        reminded = self._rows(mail).filtered("reminded_at")
        self.assertEqual(reminded.user_id, self.central)
        self.assertEqual(set(self._rows(mail).mapped("notice_state")), {"none"})

    def test_a_double_click_reminds_persons_once(self):
        with freeze_time("2026-03-10 04:00:00") as frozen:
            mail = self._sent_mail(self.central)
            self.central.email = "central@example.com"
            self.env.cr.precommit.run()
            mails = self.env["mail.mail"]
            before = mails.search_count([])
            for minutes, told in ((0, 1), (1, 1), (10, 2)):
                frozen.tick(60 * minutes)
                mail.action_remind_persons()
                self.env.cr.precommit.run()
                self.assertEqual(mails.search_count([]), before + told)

    def test_notices_say_nothing_of_the_mail(self):
        bus = self.env["bus.bus"].sudo()
        last = bus.search([], order="id desc", limit=1).id
        self._sent_mail(self.staff)
        self.env.cr.precommit.run()
        notices = bus.search([("id", ">", last)]).mapped("message")
        self.assertTrue([text for text in notices if "amss.notice" in text])
        self.assertFalse([text for text in notices if "นัดประชุม" in text])


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestMailIsNoLetter(MailCommon):
    """Mail goes no way that letters go."""

    def test_steps_of_letters_refuse_it(self):
        mail = self._mail(self.staff, by=self.central)
        for name in ("action_issue", "action_open_send", "action_register_outside"):
            with self.subTest(name=name), self.assertRaisesRegex(UserError, "internal"):
                getattr(mail, name)()
        with self.assertRaisesRegex(UserError, "internal"):
            mail._issue()
        mail.action_send_mail()
        with self.assertRaisesRegex(UserError, "internal"):
            mail._send(self.school)
        self.assertFalse(mail.entry_id)

    def test_a_letter_does_not_become_mail_nor_mail_a_letter(self):
        mail, letter = self._mail(self.staff), self._draft(self.staff)
        with self.assertRaises(UserError):
            mail.doc_type = "external"
        with self.assertRaises(UserError):
            letter.doc_type = "mail"
        letter.doc_type = "order"

    def test_lists_of_letters_leave_it_out(self):
        draft = self._mail(self.staff, by=self.central)
        sent = self._sent_mail(self.central, by=self.central)
        letters = self.env["amss.document"].with_user(self.central)
        for name in ("amss_document_action_drafts", "amss_document_action_outbox"):
            action = self.env.ref(f"amss_saraban.{name}")
            found = letters.search(safe_eval(action.domain))
            self.assertFalse(found & (draft | sent))

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models")
    def test_sent_it_is_fixed(self):
        mail = self._mail(self.staff)
        file = self._attach(mail)
        mail.action_send_mail()
        for record, values in (
            (mail, {"summary": "อื่น"}),
            (mail, {"mail_user_ids": [(4, self.central.id)]}),
            (file, {"raw": b"%PDF-1.4 x"}),
        ):
            with self.subTest(values=values):
                with self.assertRaises(UserError):
                    record.write(values)
                with self.assertRaises(UserError):
                    record.sudo().write(values)
                with self.assertRaises(UserError):
                    record.sudo().unlink()
        with self.assertRaises(UserError):
            self._attach(mail)

    def test_a_person_is_no_agency(self):
        """Rows of persons count nowhere as agencies, and have no step of theirs."""
        mail = self._sent_mail(self.central, by=self.staff)
        row = self._row(mail, self.central)
        self.assertFalse(mail.recipient_ids)
        self.assertEqual(mail.recipient_count, 0)
        inbox = self.env["amss.recipient"].with_user(self.central)
        for wanted in (True, False):
            self.assertFalse(inbox.search([("is_inbox", "=", wanted)]) & row)
        self.assertTrue(row.is_inbox)
        for name in ("action_accept", "action_ask_return", "action_send_again"):
            with self.subTest(name=name), self.assertRaises(UserError):
                getattr(row, name)()
        with self.assertRaises(AccessError):
            row.action_ask_recall()


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestMailQueries(MailCommon):
    """What mail costs does not depend on to how many it goes."""

    FEW, MANY = 5, 50

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = cls.env.ref("amss_saraban.group_saraban_staff")
        users = cls.env["res.users"].with_context(no_reset_password=True)
        cls.many = users.create(
            [
                {
                    "name": f"บุคลากร {index}",
                    "login": f"mail{index}",
                    "company_id": cls.company.id,
                    "company_ids": [(6, 0, cls.company.ids)],
                    "group_ids": [(6, 0, group.ids)],
                }
                for index in range(cls.MANY)
            ]
        )
        cls.large, cls.small = cls.env["hr.department"].create(
            [
                {"name": name, "company_id": cls.company.id}
                for name in ("กลุ่มใหญ่", "กลุ่มเล็ก")
            ]
        )
        cls.env["hr.employee"].create(
            [
                {
                    "name": user.name,
                    "user_id": user.id,
                    "company_id": cls.company.id,
                    "department_id": group.id,
                }
                for group, users in (
                    (cls.small, cls.many[: cls.FEW]),
                    (cls.large, cls.many[cls.FEW :]),
                )
                for user in users
            ]
        )

    def _cost(self, records, step):
        self.env.flush_all()
        self.env.invalidate_all()
        records = records.browse(records.ids)
        start = self.env.cr.sql_log_count
        step(records)
        self.env.flush_all()
        return self.env.cr.sql_log_count - start

    def _assert_same_cost(self, make, step):
        step(make(self.small))  # what the registry keeps is kept from then on
        few = self._cost(make(self.small), step)
        many = self._cost(make(self.small | self.large), step)
        self.assertLessEqual(many, few)

    def test_send(self):
        self._assert_same_cost(
            lambda groups: self._mail(groups=groups),
            lambda mail: mail.action_send_mail(),
        )

    def test_circulate(self):
        def make(groups):
            letter = self._issued(self.central)
            action = letter.action_circulate()
            wizard = letter.env["amss.circulate"].browse(action["res_id"])
            wizard.department_ids = groups
            return wizard

        self._assert_same_cost(make, lambda wizard: wizard.action_confirm())

    def test_receipts(self):
        spec = {
            "person_progress": {},
            "person_ids": {
                "fields": {
                    "user_id": {"fields": {"display_name": {}}},
                    "department_id": {"fields": {"display_name": {}}},
                    "opened_at": {},
                    "state": {},
                }
            },
        }
        self._assert_same_cost(
            lambda groups: self._sent_mail(groups=groups),
            lambda mail: mail.web_read(spec),
        )

    def test_mails_received(self):
        """A page of 50 mails costs what a page of 5 costs."""
        spec = {
            name: {}
            for name in ("sent_at", "subject", "preview", "file_count", "state")
        }
        spec["sent_by_id"] = {"fields": {"display_name": {}}}
        person = self.many[0]
        for _index in range(self.MANY):
            self._sent_mail(person)
        rows = self.env["amss.recipient"].with_user(person)
        domain = [("user_id", "=", person.id)]

        def page(size):
            return self._cost(
                rows, lambda _rows: rows.web_search_read(domain, spec, limit=size)
            )

        page(self.FEW)
        self.assertLessEqual(page(self.MANY), page(self.FEW))
