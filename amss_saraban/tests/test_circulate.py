# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .mail_common import MailCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestCirculate(MailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.letter = cls._from_school()
        cls.row = cls.letter.recipient_ids.with_user(cls.central).sudo(False)

    @classmethod
    def _from_school(cls, **vals):
        letters = cls.env["amss.document"].with_user(cls.school_user).sudo()
        values = {"subject": "รายงานผล", "addressee_text": "ผอ.เขต", "remark": "ภายใน"}
        letter = letters.create(values | vals)
        cls._attach(letter)
        letter._issue()
        letter._send(cls.office)
        return letter

    def _dialog(self, records, groups=None, users=None, **vals):
        """Open the dialog for these records, as their user, and fill it in."""
        action = records.action_circulate()
        wizard = records.env["amss.circulate"].browse(action["res_id"])
        wizard.write(
            {
                "department_ids": [(6, 0, groups.ids if groups else [])],
                "user_ids": [(6, 0, users.ids if users else [])],
                **vals,
            }
        )
        return wizard

    def _read_by(self, user):
        letters = self.env["amss.document"].with_user(user)
        return letters.search([("id", "=", self.letter.id)])

    def test_an_accepted_letter_reaches_the_people_of_all_groups(self):
        self.row.action_accept()
        wizard = self._dialog(self.row, note="เพื่อทราบและถือปฏิบัติ")
        wizard.all_groups = True
        wizard._onchange_all_groups()
        wizard.action_confirm()
        rows = self._rows(self.letter)
        self.assertEqual(
            rows.user_id, self.staff | self.unit | self.writer | self.reader
        )
        self.assertEqual(rows.sender_agency_id, self.office)
        mine = self._row(self.letter, self.reader)
        self.assertEqual(mine.note, "เพื่อทราบและถือปฏิบัติ")
        self.assertEqual(mine.sent_by_id, self.central)
        self.assertEqual(self._read_by(self.reader).subject, "รายงานผล")
        self.assertTrue(mine.attachment_ids.read(["name", "raw"]))
        mine.action_mark_read()
        self.env.invalidate_all()
        self.assertEqual(self.letter.with_user(self.central).read_count, 1)

    def test_circulating_again_adds_only_who_is_new(self):
        self.row.action_accept()
        self._dialog(self.row, self.departments[0]).action_confirm()
        self._row(self.letter, self.staff).action_mark_read()
        self._dialog(
            self.row, self.departments[0], self.writer, note="อีกครั้ง"
        ).action_confirm()
        rows = self._rows(self.letter)
        self.assertEqual(rows.user_id, self.staff | self.unit | self.writer)
        self.assertEqual(len(rows), 3)
        self.assertEqual(rows.filtered("note").user_id, self.writer)
        self.assertEqual(
            rows.filtered(lambda r: r.state == "opened").user_id, self.staff
        )
        again = self._dialog(self.row, users=self.writer).action_confirm()
        self.assertIn("already", again["params"]["message"])

    def test_the_history_of_the_office_says_to_whom(self):
        self.row.action_accept()
        self._dialog(self.row, self.departments[0], note="ด่วน").action_confirm()
        event = self.letter.event_ids.filtered(lambda one: one.kind == "circulated")
        self.assertEqual(event.agency_id, self.office)
        self.assertEqual(event.user_id, self.central)
        self.assertEqual((event.text, event.to_text), ("ด่วน", "กลุ่มอำนวยการ"))
        self.assertFalse(event.shared)

    def test_found_and_opened_it_counts_as_read(self):
        self.row.action_accept()
        self._dialog(self.row, users=self.staff).action_confirm()
        action = self.letter.sudo(False).with_user(self.staff).action_open()
        self.assertEqual(action["res_model"], "amss.recipient")
        self.assertEqual(self._rows(self.letter).state, "opened")

    def test_several_letters_at_once(self):
        other = self._from_school(subject="อีกฉบับ")
        rows = self.row | other.recipient_ids.with_user(self.central).sudo(False)
        rows.action_accept()
        self._dialog(rows, users=self.staff).action_confirm()
        for letter in self.letter, other:
            self.assertEqual(self._rows(letter).user_id, self.staff)

    def test_first_the_receive_number_then_the_circulation(self):
        with self.assertRaisesRegex(UserError, "Accept letter"):
            self.row.action_circulate()
        with self.assertRaisesRegex(UserError, "draft"):
            self._draft(self.central).action_circulate()

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models")
    def test_who_may(self):
        self.row.action_accept()
        letter = self.letter.sudo(False)
        self.row.document_id._circulate(
            self.env["hr.department"], self.staff | self.unit | self.reader
        )
        for user in (self.staff, self.unit, self.reader, self.admin_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                letter.with_user(user).action_circulate()
        self.row.entry_id.department_id = self.departments[0]
        for user in (self.unit, self.director, self.central):
            with self.subTest(user=user.login):
                letter.with_user(user).action_circulate()

    def test_a_group_circulates_what_was_assigned_to_it(self):
        self.row.action_accept()
        assignments = self.env["amss.assignment"].sudo()
        place = {
            "document_id": self.letter.id,
            "agency_id": self.office.id,
            "entry_id": self.row.entry_id.id,
        }
        target = {"department_id": self.departments[0].id, "kind": "task"}
        work = assignments._assign([place], [target])
        mine = work.sudo(False).with_user(self.unit)
        self._dialog(mine, self.departments[0]).action_confirm()
        self.assertEqual(self._rows(self.letter).user_id, self.staff)
        self.assertEqual(self._rows(self.letter).sent_by_id, self.unit)

    def test_own_letters_and_letters_from_outside_as_well(self):
        order = self._issued(self.central, doc_type="order")
        outside = self._draft(
            self.central,
            origin="outside",
            sender_text="จังหวัด",
            letter_date="2026-03-09",
        )
        outside.action_register_outside()
        for letter in order, outside:
            self._dialog(letter, users=self.staff).action_confirm()
            self.assertEqual(self._rows(letter).user_id, self.staff)
            self.assertFalse(letter.recipient_ids)

    def test_what_goes_back_is_taken_from_everybody(self):
        self.row.action_accept()
        self._dialog(self.row, self.departments[0]).action_confirm()
        self._row(self.letter, self.staff).action_mark_read()
        self.row.sudo()._return_accepted("wrong_addressee", "ไม่ใช่ของเรา")
        self.assertFalse(self._read_by(self.staff) or self._read_by(self.unit))
        self.assertEqual(set(self._rows(self.letter).mapped("state")), {"recalled"})
        self.assertFalse(self._row(self.letter, self.staff))

    def test_what_its_sender_recalls_is_taken_from_everybody(self):
        self.row.action_accept()
        self._dialog(self.row, users=self.staff).action_confirm()
        self.row.entry_id.sudo()._void("ลงรับผิด")
        self.letter.sudo().recipient_ids._recall("ส่งผิด")
        self.assertFalse(self._read_by(self.staff))

    def test_taken_back_and_circulated_anew(self):
        self.row.action_accept()
        self._dialog(self.row, users=self.staff).action_confirm()
        rows = self.env["amss.recipient"].with_user(self.central)
        mine = rows.search([("user_id", "=", self.staff.id)])
        mine._check_may_recall()
        mine._recall("ผิดคน")
        self.assertFalse(self._read_by(self.staff))
        self._dialog(self.row, users=self.staff).action_confirm()
        self.assertTrue(self._read_by(self.staff))
        self.assertFalse(self._row(self.letter, self.staff).recall_reason)

    def test_a_mail_is_forwarded_and_nothing_is_copied(self):
        mail = self._sent_mail(self.staff)
        row = self._row(mail, self.staff)
        self._dialog(row, users=self.reader, note="ดูให้ด้วย").action_confirm()
        forwarded = self._row(mail, self.reader)
        self.assertEqual(forwarded.subject, "นัดประชุมกลุ่ม")
        self.assertEqual(forwarded.sent_by_id, self.staff)
        self.env.invalidate_all()
        self.assertEqual(mail.person_progress, "0 of 1", "the writer's own sending")
        self.assertFalse(mail.event_ids)

    def test_the_sender_sees_nothing_of_it(self):
        """Neither rows nor counts nor history of the office reach the school."""
        other = self.env["res.company"].create(
            {"name": "โรงเรียน", "partner_id": self.school.id}
        )
        clerk = self._user("school_central", "amss_saraban.group_saraban_central")
        clerk.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.row.action_accept()
        self._dialog(self.row, self.departments[0]).action_confirm()
        letter = self.letter.sudo(False).with_user(clerk)
        self.assertEqual(letter.recipient_ids, self.row)
        self.assertFalse(letter.person_ids)
        self.assertEqual(letter.recipient_count, 1)
        self.assertNotIn("circulated", letter.event_ids.mapped("kind"))
        rows = self.env["amss.recipient"].with_user(clerk)
        self.assertEqual(rows.search([("document_id", "=", letter.id)]), self.row)
