# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ast import literal_eval
from unittest.mock import patch

from lxml import etree

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged

from .common import SarabanCommon

FIND = "odoo.addons.amss_saraban.models.amss_document_find"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestBooks(SarabanCommon):
    """The registers as lists: search, lines, what a click opens."""

    def _find(self, text, model="amss.register.entry"):
        records = self.env[model].with_user(self.central)
        return records.search([("search_text", "ilike", text)])

    def test_one_box_finds_a_letter_by_all_that_a_clerk_remembers(self):
        self.register.current_year_id.first_number = 508
        letter = self._issued(
            is_circular=True, subject="การประชุมผู้บริหาร", addressee_text="ผอ.โรงเรียน"
        )
        self._issued(subject="เรื่องอื่น", addressee_text="ผู้อื่น")
        for text in (
            "508",
            "๕๐๘",
            "ศธ 04999/ว508",
            "ศธ 04999/508",
            "ศธ04999/508",
            "ที่ ศธ ๐๔๙๙๙/ว๕๐๘",
            "ประชุม",
            "ผอ.โรงเรียน",
        ):
            with self.subTest(text=text):
                self.assertEqual(self._find(text), letter.entry_id)
                self.assertEqual(self._find(text, "amss.document"), letter)
        self.assertEqual(len(self._find("สพป.ทดสอบ")), 2)
        self.assertFalse(self._find("ไม่มีคำนี้"))

    def test_the_box_finds_thai_digits_and_reserved_numbers(self):
        self.register.digits = "thai"
        letter = self._issued()
        self.assertEqual(self._find("ศธ 04999/1"), letter.entry_id)
        reserved = self.env["amss.register.entry"]._reserve(self.register, 1, "จอง")
        self.assertEqual(self._find("ศธ 04999/2"), reserved)

    def test_a_word_of_many_letters_finds_the_same(self):
        lines = self._issued(subject="ประชุม").entry_id
        lines |= self._issued(subject="การประชุม").entry_id
        self._issued(subject="อื่น")
        with patch(f"{FIND}.MANY", 1):
            self.assertEqual(self._find("ประชุม"), lines)
            self.assertEqual(self._find("1/"), self.env["amss.register.entry"])
            self.assertEqual(self._find("ศธ 04999/1"), lines[0])

    def test_addressees_are_found_by_school_and_by_letter(self):
        letter = self._issued(subject="สอบธรรมศึกษา")
        letter._send(self.schools)
        row = letter.recipient_ids.filtered(lambda one: one.agency_id == self.school)
        self.assertEqual(self._find(self.school.name, "amss.recipient"), row)
        self.assertEqual(len(self._find("ธรรมศึกษา", "amss.recipient")), 4)

    def test_newest_line_first(self):
        first, second = self._issued().entry_id, self._issued().entry_id
        lines = self.env["amss.register.entry"].with_user(self.central).search([])
        self.assertEqual(lines, second | first)

    def test_a_line_opens_the_form_of_its_letter(self):
        written = self._issued()
        outside = self._draft(origin="outside", sender_text="กรม")
        outside.action_register_outside()
        came = self._from_school()
        came.with_user(self.central).action_accept()
        reserved = self.env["amss.register.entry"]._reserve(self.register, 1, "จอง")
        for entry, model, view in (
            (written.entry_id, "amss.document", False),
            (outside.entry_id, "amss.document", "amss_document_view_form_outside"),
            (came.entry_id, "amss.recipient", "amss_recipient_view_form"),
            (reserved, "amss.register.entry", "amss_register_entry_view_form"),
        ):
            with self.subTest(model=model, view=view):
                action = entry.with_user(self.central).action_open_document()
                self.assertEqual(action["res_model"], model)
                if view:
                    wanted = self.env.ref(f"amss_saraban.{view}").id
                    self.assertEqual(action["views"][0][0], wanted)

    def test_a_group_registrar_opens_the_line_of_a_letter_that_came(self):
        row = self._from_school().with_user(self.central)
        row.action_accept()
        row.entry_id.department_id = self.departments[0]
        action = row.entry_id.with_user(self.unit).action_open_document()
        self.assertEqual(action["res_model"], "amss.recipient")
        self.assertEqual(row.with_user(self.unit).subject, "รายงาน")

    def _from_school(self, subject="รายงาน"):
        letters = self.env["amss.document"].with_user(self.school_user).sudo()
        letter = letters.create({"subject": subject, "addressee_text": "ผอ.เขต"})
        letter._issue()
        letter._send(self.office)
        return letter.recipient_ids.sudo(False)

    def test_a_director_looks_without_marking_the_letter_opened(self):
        row = self._from_school()
        row.with_user(self.director).action_open_document()
        self.assertEqual(row.state, "sent")
        row.with_user(self.central).action_open_document()
        self.assertEqual(row.state, "opened")

    def test_several_are_accepted_at_once_and_the_numbers_said(self):
        rows = self._from_school("ก") | self._from_school("ข")
        action = rows.with_user(self.central).action_accept()
        self.assertIn("1/2569", action["params"]["message"])
        self.assertIn("2/2569", action["params"]["message"])
        with self.assertRaisesRegex(UserError, "1/2569"):
            rows[0].with_user(self.central).action_accept()

    def test_the_registrar_writes_action_and_group_on_the_line(self):
        entry = self._from_school().with_user(self.central)
        entry.action_accept()
        line = entry.entry_id
        with Form(line, "amss_saraban.amss_register_entry_view_form") as form:
            form.action_note = "มอบกลุ่มนโยบายและแผน"
            form.department_id = self.departments[1]
        self.assertEqual(entry.entry_action_note, "มอบกลุ่มนโยบายและแผน")
        self.assertEqual(entry.entry_department_id, self.departments[1])

    def test_a_reserved_line_starts_its_letter(self):
        entry = self.env["amss.register.entry"]._reserve(
            self.register, 1, "จองทางโทรศัพท์", circular=True
        )
        action = entry.with_user(self.central).action_use_reserved()
        letters = self.env["amss.document"].with_user(self.central)
        with Form(letters.with_context(**action["context"])) as form:
            self.assertEqual(form.next_letter_number, "ศธ 04999/ว1")
            form.subject = "เวียน"
            form.addressee_text = "ผอ.โรงเรียน"
        form.record.action_issue()
        self.assertEqual(form.record.entry_id, entry)

    def test_the_question_before_voiding_says_which_letter(self):
        letter = self._issued()
        action = letter.action_ask_void()
        question = self.env["amss.reason"].browse(action["res_id"])
        self.assertIn(letter.letter_number, question.record_names)
        self.assertIn(letter.subject, question.record_names)

    def test_the_only_file_is_the_one_to_correct(self):
        letter = self._draft()
        file = self._attach(letter)
        letter.action_issue()
        dialog = self.env["amss.correct.file"].with_user(self.central)
        values = dialog.with_context(default_document_id=letter.id).default_get(
            ["document_id", "attachment_id"]
        )
        self.assertEqual(values["attachment_id"], file.id)

    def test_drafts_and_outbox_list_own_letters_alone(self):
        self._from_school()
        own = self._issued()
        own._send(self.school)
        letters = self.env["amss.document"].with_user(self.central)
        domain = [("sent_at", "!=", False), ("is_own", "=", True)]
        self.assertEqual(letters.search(domain), own)
        domain = [("sent_at", "!=", False), ("is_own", "=", False)]
        self.assertEqual(len(letters.search(domain)), 1)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestForms(SarabanCommon):
    """The forms of a letter, as the server sees them."""

    def test_form_proposes_office_addressee_and_next_number(self):
        letters = self.env["amss.document"].with_user(self.central)
        with Form(letters) as form:
            self.assertEqual(form.sender_text, "สพป.ทดสอบ")
            self.assertEqual(form.next_letter_number, "ศธ 04999/1")
            form.is_circular = True
            self.assertEqual(form.next_letter_number, "ศธ 04999/ว1")
            self.assertIn("schools", form.addressee_text)
            form.subject = "เวียน"
        self.assertEqual(form.record.state, "draft")

    def test_outside_form_ends_with_the_number_and_a_new_form(self):
        letters = self.env["amss.document"].with_user(self.central)
        letters = letters.with_context(default_origin="outside")
        form = Form(letters, "amss_saraban.amss_document_view_form_outside")
        self.assertIn(self.office.name, form.addressee_text)
        self.assertEqual(form.next_letter_number, "1/2569")
        form.letter_number = "มท 0101/77"
        form.sender_text = "นายประชา ใจดี"
        form.channel = "email"
        form.subject = "ขอข้อมูล"
        letter = form.save()
        action = letter.action_register_outside()
        self.assertEqual(action["target"], "new")
        self.assertEqual(letter.register_number, 1)
        following = letter.action_register_next()
        self.assertEqual(following["res_model"], "amss.document")
        self.assertFalse(following.get("res_id"))

    def test_known_agency_fills_in_the_sender(self):
        letters = self.env["amss.document"].with_user(self.central)
        letters = letters.with_context(default_origin="outside")
        form = Form(letters, "amss_saraban.amss_document_view_form_outside")
        form.sender_id = self.schools[1]
        self.assertEqual(form.sender_text, self.schools[1].name)

    def test_only_ordinary_letters_can_be_chosen(self):
        form = Form(self.env["amss.document"].with_user(self.central))
        with self.assertRaisesRegex(AssertionError, "readonly"):
            form.secrecy = "secret"

    def test_buttons_are_for_who_may_issue(self):
        letter = self._issued(department_id=self.departments[0].id)
        for user, expected in (
            (self.central, True),
            (self.unit, True),
            (self.director, False),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(letter.with_user(user).may_issue, expected)
        self.company.amss_unit_may_issue = False
        letter.invalidate_recordset(["may_issue"])
        self.assertFalse(letter.with_user(self.unit).may_issue)

    def test_reminder_says_how_many(self):
        letter = self._issued()
        letter._send(self.schools)
        letter.recipient_ids[0]._mark_opened()
        action = letter.action_remind()
        self.assertIn("3", action["params"]["message"])
        self.assertEqual(len(letter.recipient_ids.filtered("reminded_at")), 3)

    def test_file_added_after_the_number_and_not_after_sending(self):
        letter = self._issued()
        self._attach(letter)
        letter.invalidate_recordset()
        self.assertEqual(letter.file_count, 1)
        letter._send(self.school)
        with self.assertRaisesRegex(UserError, letter.letter_number):
            self._attach(letter)

    def test_settings_of_the_office_administrator(self):
        settings = self.env["amss.saraban.settings"].with_user(self.admin_user)
        with Form(settings) as form:
            form.amss_file_megabytes = 5
            form.amss_unit_may_issue = False
        form.record.action_save()
        self.assertEqual(self.company.amss_file_megabytes, 5)
        letter = self._draft()
        self.assertEqual(letter.file_rules["megabytes"], 5)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestSendDialog(SarabanCommon):
    def _dialog(self, letter, **values):
        action = letter.with_user(self.central).action_open_send()
        dialog = self.env["amss.send"].with_user(self.central).browse(action["res_id"])
        dialog.write({"files_checked": True, **values})
        return dialog

    def test_all_schools_under_the_office(self):
        self.schools[3].parent_agency_id = False
        dialog = self._dialog(self._issued(), choice="all")
        self.assertEqual(dialog.agency_count, 3)
        dialog.action_send()
        sent = dialog.document_id.recipient_ids.agency_id
        self.assertEqual(sent, self.schools[:3])

    def test_by_tag(self):
        tag = self.env["res.partner.category"].create({"name": "เครือข่ายเหนือ"})
        self.schools[:2].category_id = tag
        values = {"choice": "tag", "tag_ids": [Command.set(tag.ids)]}
        dialog = self._dialog(self._issued(), **values)
        self.assertEqual(dialog.agency_count, 2)
        self.assertFalse(self._dialog(self._issued(), choice="tag").agency_count)

    def test_ticked_one_by_one_with_urgency_and_summary(self):
        letter = self._issued()
        values = {"agency_ids": [Command.set(self.schools[:2].ids)]}
        dialog = self._dialog(letter, urgency="urgent", summary="สรุป", **values)
        self.assertEqual(dialog.agency_count, 2)
        message = dialog.action_send()["params"]["message"]
        self.assertIn("2", message)
        self.assertEqual((letter.urgency, letter.summary), ("urgent", "สรุป"))

    def test_second_click_sends_nothing_and_more_schools_can_follow(self):
        letter = self._issued()
        values = {"agency_ids": [Command.set(self.schools[:2].ids)]}
        dialog = self._dialog(letter, **values)
        dialog.action_send()
        dialog.action_send()
        self.assertEqual(len(letter.recipient_ids), 2)
        following = self._dialog(letter, choice="all")
        self.assertEqual(following.sent_agency_ids, self.schools[:2])
        self.assertEqual(following.agency_count, 2)

    def test_nobody_chosen(self):
        with self.assertRaises(UserError):
            self._dialog(self._issued()).action_send()

    def test_files_have_to_be_looked_at(self):
        letter = self._issued()
        self._attach(letter)
        dialog = self._dialog(letter, choice="all", files_checked=False)
        with self.assertRaisesRegex(UserError, letter.letter_number):
            dialog.action_send()


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestListCost(SarabanCommon):
    """A list costs the same number of queries for ten rows as for eighty."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        values = {"addressee_text": "ผอ.", "department_id": cls.departments[0].id}
        letters = cls.env["amss.document"].with_user(cls.central)
        letters = letters.create([{**values, "subject": f"{i}"} for i in range(80)])
        letters._issue()
        outside = letters.create(
            [{**values, "subject": f"{i}", "origin": "outside"} for i in range(80)]
        )
        outside.write({"sender_text": "กรม"})
        outside._register_outside()
        for letter in letters:
            letter._send(cls.schools[:2])
        school = cls.env["amss.document"].with_user(cls.school_user).sudo()
        came = school.create([{**values, "subject": f"{i}"} for i in range(80)])
        came._issue()
        for letter in came:
            letter._send(cls.office)
        cls.env.flush_all()

    def _cost(self, action, view, limit, user):
        action = self.env.ref(f"amss_saraban.amss_{action}")
        records = self.env[action.res_model].with_user(user)
        view = self.env.ref(f"amss_saraban.amss_{view}")
        arch = etree.fromstring(records.get_view(view.id, "list")["arch"])
        spec = {}
        for node in arch.xpath("//field"):
            relational = records._fields[node.get("name")].relational
            spec[node.get("name")] = (
                {"fields": {"display_name": {}}} if relational else {}
            )
        book = literal_eval(action.domain or "[]")
        domain = [("id", "in", records.search(book, limit=limit).ids)]
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        # a page that is not full needs no count of its own
        result = records.web_search_read(domain, spec, limit=81)
        self.assertEqual(len(result["records"]), limit)
        return self.env.cr.sql_log_count - start

    def test_lists_cost_the_same_for_ten_and_eighty_rows(self):
        lists = [
            ("register_entry_action_sent", "register_entry_view_list_sent"),
            ("register_entry_action_received", "register_entry_view_list_received"),
            ("recipient_action_inbox", "recipient_view_list_inbox"),
            ("recipient_action_of_document", "recipient_view_list_sent"),
            ("document_action_outbox", "document_view_list_outbox"),
        ]
        for user in (self.central, self.director):
            for action, view in lists:
                with self.subTest(user=user.login, action=action):
                    self._cost(action, view, 10, user)
                    few = self._cost(action, view, 10, user)
                    many = self._cost(action, view, 80, user)
                    self.assertEqual(few, many)
