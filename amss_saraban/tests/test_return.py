# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from ..models.amss_recipient import RETURN_KINDS
from .common import SarabanCommon


class ReturnCommon(SarabanCommon):
    """A letter of a school that has come to the office."""

    def setUp(self):
        super().setUp()
        self.row = self._from_school("รายงานผล").with_user(self.central)
        self.row.invalidate_recordset()

    def _from_school(self, subject, agencies=None):
        """Send a letter of the first school; return its row at the office."""
        letter = self._draft(self.school_user, subject=subject)
        self._attach(letter)
        letter._issue()
        letter._send(agencies or self.office)
        return letter.recipient_ids[0]

    @classmethod
    def _draft(cls, user=None, **vals):
        if user != cls.school_user:
            return super()._draft(user, **vals)
        letters = cls.env["amss.document"].with_user(user).sudo()
        return letters.create({"addressee_text": "ผอ.เขต", **vals})

    def _ask(self, action, model="amss.reason"):
        """Return the dialog that an action opens, as the central registrar."""
        dialog = self.env[model].with_user(self.central)
        return dialog.browse(action["res_id"])


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestReturn(ReturnCommon):
    def test_the_dialog_asks_for_kind_and_reason(self):
        dialog = self._ask(self.row.action_ask_return())
        with Form(dialog) as form:
            self.assertFalse(form.next_step)
            form.return_kind = "damaged_file"
            self.assertIn("corrects the file", form.next_step)
            form.reason = " ไฟล์เปิดไม่ได้ "
        dialog.action_confirm()
        self.assertEqual(self.row.state, "returned")
        self.assertEqual(self.row.return_kind, "damaged_file")
        self.assertEqual(self.row.return_reason, "ไฟล์เปิดไม่ได้")

    def test_only_returns_ask_for_a_kind(self):
        letter = self._issued()
        dialog = self._ask(letter.action_ask_void())
        self.assertFalse(dialog.asks_kind)
        dialog.reason = "ซ้ำ"
        dialog.action_confirm()
        self.assertEqual(letter.state, "void")

    def test_a_return_says_what_is_missing(self):
        for kind, reason, missing in (
            (False, "x", "what is wrong"),
            ("other", "  ", "reason in words"),
            (None, None, "what is wrong.*reason in words"),
            ("no_such", "x", "no_such"),
        ):
            with (
                self.subTest(kind=kind, reason=reason),
                self.assertRaisesRegex(UserError, missing),
            ):
                self.row._return(kind, reason)
        self.assertEqual(self.row.state, "sent")

    def test_each_kind_says_what_comes_next(self):
        choices = self.row._return_choices()
        kinds = [kind for kind, _label, _step in choices]
        self.assertEqual(kinds, [kind for kind, _label in RETURN_KINDS])
        self.assertEqual(len({step for _kind, _label, step in choices}), len(kinds))

    def test_both_sides_read_kind_and_reason(self):
        self.row._return("wrong_addressee", "เรื่องของ สพม.")
        event = self.row.sudo().document_id.event_ids[0]
        self.assertEqual((event.kind, event.shared), ("returned", True))
        self.assertEqual(event.text, "Not for us: wrong addressee: เรื่องของ สพม.")
        self.assertEqual((event.agency_id, event.counterpart_id), (self.office,) * 2)

    def test_only_central_registrars_of_the_addressee_return(self):
        for user in (self.unit, self.staff, self.director, self.admin_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.row.with_user(user).action_ask_return()
        own = self._issued()
        own._send(self.school)
        with self.assertRaises(AccessError):
            own.recipient_ids.with_user(self.central).action_ask_return()

    def test_returned_twice_or_after_a_recall(self):
        self.row._return("other", "ครั้งแรก")
        with self.assertRaisesRegex(UserError, "Returned"):
            self.row._return("other", "ครั้งที่สอง")
        self.assertEqual(self.row.return_reason, "ครั้งแรก")
        recalled = self._from_school("เรียกคืน")
        recalled._recall("ส่งผิด")
        for step in (recalled._return, recalled._return_accepted):
            with self.assertRaisesRegex(UserError, "Recalled"):
                step("other", "ผิด")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestReturnAccepted(ReturnCommon):
    def setUp(self):
        super().setUp()
        self.entry = self.row._accept()
        self.letter = self.row.document_id

    def _return(self):
        dialog = self._ask(self.row.action_ask_return())
        self.assertIn("1/2569", dialog.record_names)
        dialog.write({"return_kind": "wrong_addressee", "reason": "เรื่องของ สพม."})
        dialog.action_confirm()

    def test_the_line_keeps_its_number_and_says_that_it_went_back(self):
        self.entry.write({"action_note": "เสนอ ผอ."})
        self._return()
        self.assertEqual(self.row.state, "returned")
        self.assertEqual((self.entry.number, self.entry.state), (1, "registered"))
        self.assertEqual(
            self.entry.action_note,
            "เสนอ ผอ.; Returned to โรงเรียนทดสอบ 1 on 10 มี.ค. 2569 11:00 น.: "
            "Not for us: wrong addressee: เรื่องของ สพม.",
        )
        event = self.letter.sudo().event_ids[0]
        self.assertIn("1/2569", event.text)

    def test_nobody_of_the_office_reads_it_any_more(self):
        self.entry.write(
            {"department_id": self.departments[0].id, "user_id": self.staff.id}
        )
        readers = self.central | self.unit | self.staff | self.director
        for user in readers:
            self.assertTrue(self.letter.with_user(user).has_access("read"))
        self._return()
        for user in readers:
            self.assertFalse(self.letter.with_user(user).has_access("read"))

    def test_who_has_done_the_work_reads_it_no_longer(self):
        route = self.entry.with_user(self.central).action_route()
        wizard = self._ask(route, "amss.route")
        wizard.owner_user_id = self.staff
        wizard.action_confirm()
        work = self.env["amss.assignment"].search(
            [("document_id", "=", self.letter.id), ("user_id", "=", self.staff.id)]
        )
        work._report("เรียบร้อย")
        letter = self.letter.with_user(self.staff)
        self.assertTrue(letter.has_access("read"))
        self._return()
        self.assertEqual(work.state, "done")
        self.assertFalse(letter.has_access("read"))

    def test_accepted_anew_it_gets_another_number(self):
        self.entry.write({"department_id": self.departments[0].id})
        self._return()
        said = self.entry.action_note
        self.row.sudo()._send_again()
        self.assertFalse(self.row.entry_id)
        self.assertFalse(self.row.accepted_at)
        again = self.row._accept()
        self.assertEqual((again.number, self.row.receive_number), (2, 2))
        self.assertEqual((self.entry.number, self.entry.action_note), (1, said))
        # the group of the older line has nothing to do with it now
        self.assertFalse(self.letter.with_user(self.unit).has_access("read"))
        self.entry._void("ซ้ำ")
        self.assertEqual((self.row.state, self.row.entry_id), ("accepted", again))

    def test_who_saw_the_letter_waiting_does_not_return_an_accepted_one(self):
        with self.assertRaisesRegex(UserError, "1/2569"):
            self.row._return("other", "ผิด")
        self.assertEqual(self.row.state, "accepted")

    def test_accepted_and_waiting_letters_are_returned_apart(self):
        waiting = self._from_school("เรื่องที่สอง").with_user(self.central)
        with self.assertRaisesRegex(UserError, "apart"):
            (self.row | waiting).action_ask_return()

    def test_a_void_line_of_a_returned_letter_leaves_it_returned(self):
        self._return()
        self.entry.with_user(self.central)._void("เขียนผิด")
        self.assertEqual(self.row.state, "returned")
