# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ast import literal_eval
from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import SQL

from ..models.amss_document_reply import AmssDocument as ReplyDocument
from .common import SarabanCommon

THREAD = "odoo.addons.amss_saraban.models.amss_document_thread"


def issue_without_answers(documents):
    """Issue numbers as if nothing was ever answered."""
    return super(ReplyDocument, documents)._issue()


class ReplyCase(SarabanCommon):
    """Letters between the office and its schools, and their answers."""

    def _came(self, school=None, **vals):
        """Send a letter of a school to the office; return the office's row."""
        letter = self._school_letter(school or self.school, **vals)
        letter._send(self.office)
        return letter.recipient_ids.sudo(False).with_user(self.central)

    def _school_letter(self, school, **vals):
        letters = self.env["amss.document"].sudo()
        letter = letters.create(
            {
                "agency_id": school.id,
                "subject": "ขอข้อมูล",
                "addressee_text": "ผอ.เขต",
                "department_id": False,
                "user_id": False,
                **vals,
            }
        )
        letter._issue()
        return letter

    def _accepted(self, **vals):
        row = self._came(**vals)
        row.action_accept()
        return row

    def _answer(self, row, user=None, **vals):
        """Write the answer that “Answer” proposes; return it, a draft."""
        action = row.with_user(user or self.central).action_answer()
        letters = self.env["amss.document"].with_user(user or self.central)
        with Form(
            letters.with_context(**action["context"]),
            "amss_saraban.amss_document_view_form",
        ) as form:
            for name, value in vals.items():
                form[name] = value
        return form.record

    def _outside(self, **vals):
        letter = self._draft(origin="outside", sender_text="กรมหนึ่ง", **vals)
        letter.action_register_outside()
        return letter


@tagged("post_install", "-at_install")
@freeze_time("2026-02-03 04:00:00")
class TestAnswer(ReplyCase):
    """The answer is proposed, and both registers say which letter goes with which."""

    def test_an_answer_is_proposed_and_nothing_saved(self):
        row = self._accepted()
        row.entry_id.write(
            {"department_id": self.departments[1].id, "user_id": self.staff.id}
        )
        count = self.env["amss.document"].search_count([])
        row.action_answer()
        self.assertEqual(self.env["amss.document"].search_count([]), count)
        answer = self._answer(row)
        self.assertEqual(answer.reply_to_id, row.document_id)
        self.assertEqual(answer.subject, "ขอข้อมูล")
        self.assertEqual(answer.addressee_text, self.school.name)
        self.assertEqual(answer.planned_agency_ids, self.school)
        self.assertEqual(answer.department_id, self.departments[1])
        self.assertEqual(answer.user_id, self.staff)
        self.assertEqual(answer.state, "draft")

    def test_the_agency_answered_is_proposed_when_sending(self):
        answer = self._answer(self._accepted())
        answer.action_issue()
        action = answer.action_open_send()
        wizard = self.env["amss.send"].browse(action["res_id"])
        self.assertEqual(wizard.agency_ids, self.school)

    def test_both_registers_say_it(self):
        row = self._accepted(user_id=False)
        row.entry_id.action_note = "มอบกลุ่มแผน"
        answer = self._answer(row)
        answer.with_context(lang="th_TH").action_issue()
        line = row.entry_id.with_context(lang="th_TH")
        # by which letter, of which day, in whatever words the language has
        self.assertRegex(line.answer_text, "ศธ 04999/1 .*3 ก.พ. 2569")
        self.assertEqual(line.action_text, f"มอบกลุ่มแผน, {line.answer_text}")
        self.assertTrue(line.is_answered)
        self.assertEqual(
            answer.entry_id.action_text,
            f"answers {row.letter_number}, receive no. 1/2569",
        )
        self.assertIn(answer.letter_number, self._history(row.document_id))

    def _history(self, letter):
        events = letter.with_user(self.central).event_ids
        return events.filtered(lambda event: event.kind == "answered").text

    def test_a_letter_from_outside_is_answered(self):
        letter = self._outside(sender_id=self.other_school.id, subject="จากภายนอก")
        answer = self._answer(letter)
        self.assertEqual(answer.planned_agency_ids, self.other_school)
        answer.action_issue()
        self.assertIn("ศธ 04999/1", letter.answer_text)
        opened = letter.action_open_answer()
        self.assertEqual(opened["res_id"], answer.id)

    def test_a_sender_outside_the_system_is_only_named(self):
        answer = self._answer(self._outside())
        self.assertFalse(answer.planned_agency_ids)
        self.assertEqual(answer.addressee_text, "กรมหนึ่ง")

    def test_of_two_answers_the_later_counts_until_it_is_void(self):
        row = self._accepted()
        first, second = self._answer(row), self._answer(row)
        for answer in (second, first):
            answer.action_issue()
        line = row.entry_id
        self.assertIn(first.letter_number, line.answer_text)
        first.entry_id._void("พิมพ์ผิด")
        self.assertIn(second.letter_number, line.answer_text)
        second.entry_id._void("พิมพ์ผิด")
        self.assertFalse(line.answer_text)
        self.assertFalse(line.is_answered)

    def test_a_draft_answers_nothing_yet(self):
        row = self._accepted()
        self._answer(row)
        self.assertFalse(row.entry_id.is_answered)

    def test_several_answers_issued_at_once(self):
        rows = self._accepted() | self._accepted(school=self.other_school)
        answers = self._answer(rows[0]) | self._answer(rows[1])
        answers.action_issue()
        for row, answer in zip(rows, answers, strict=True):
            self.assertIn(answer.letter_number, row.entry_id.answer_text)

    def test_an_answer_on_a_reserved_number(self):
        row = self._accepted()
        line = self.env["amss.register.entry"]._reserve(self.register, 1, "จอง")
        answer = self._answer(row, reserved_entry_id=line)
        answer.action_issue()
        self.assertIn("ศธ 04999/1", row.entry_id.answer_text)

    def test_the_line_of_a_letter_accepted_anew_has_the_answer(self):
        row = self._accepted()
        answer = self._answer(row)
        answer.action_issue()
        answer._send(self.school)
        row.entry_id.with_user(self.central)._void("ลงผิด")
        row.action_accept()
        self.assertIn(answer.letter_number, row.entry_id.answer_text)

    def test_clear_messages(self):
        row = self._came()
        with self.assertRaisesRegex(UserError, "no receive number"):
            row.action_answer()
        row.action_accept()
        answer = self._answer(row)
        answer.action_issue()
        with self.assertRaisesRegex(UserError, "nothing to answer"):
            answer.entry_id.action_answer()
        line = row.entry_id
        line._void("ลงผิด")
        with self.assertRaisesRegex(UserError, "nothing to answer"):
            line.action_answer()

    def test_what_went_back_is_not_to_be_answered(self):
        row = self._accepted(reply_by="2026-02-10")
        line = row.entry_id
        row._return_accepted("other", "ผิดหน่วยงาน")
        self.assertFalse(line.reply_due)
        with self.assertRaisesRegex(UserError, "nothing to answer"):
            line.action_answer()

    def test_no_loops_and_no_answers_to_drafts(self):
        first = self._issued()
        with self.assertRaisesRegex(UserError, "has no valid number"):
            self._draft(reply_to_id=self._draft().id)
        second = self._draft(reply_to_id=first.id)
        with self.assertRaisesRegex(ValidationError, "its own reply"):
            second.reply_to_id = second

    def test_who_reads_the_letter_may_answer(self):
        row = self._accepted()
        with self.assertRaises(AccessError):
            row.with_user(self.staff).action_answer()
        row.entry_id.user_id = self.staff
        answer = self._answer(row, self.staff)
        self.assertEqual(answer.create_uid, self.staff)
        with self.assertRaises(AccessError):
            row.with_user(self.admin_user).action_answer()

    def test_an_answer_that_one_may_not_read_is_not_given_away(self):
        row = self._accepted()
        row.entry_id.user_id = self.staff
        answer = self._answer(row, user_id=self.central)
        answer.action_issue()
        line = row.entry_id.with_user(self.staff)
        self.assertIn(answer.letter_number, line.answer_text)
        with self.assertRaisesRegex(UserError, "Ask the central registry"):
            line.action_open_answer()
        with self.assertRaises(AccessError):
            line.read(["answer_id"])


@tagged("post_install", "-at_install")
@freeze_time("2026-02-03 04:00:00")
class TestAnswerSeen(ReplyCase):
    """What the sender sees of the answers to a letter."""

    def setUp(self):
        super().setUp()
        self.letter = self._issued(reply_by="2026-02-10")
        self.letter._send(self.schools[:2])
        self.row = self._row(self.school)
        self.row._accept()

    def _row(self, school):
        rows = self.letter.recipient_ids
        return rows.filtered(lambda row: row.agency_id == school)

    def _awaited(self, user=None):
        action = self.env.ref("amss_saraban.amss_recipient_action_awaiting")
        rows = self.env["amss.recipient"].with_user(user or self.central)
        return rows.search(literal_eval(action.domain))

    def test_an_answer_counts_when_it_was_sent(self):
        answer = self._school_letter(self.school, reply_to_id=self.letter.id)
        self.assertFalse(self.row.is_answered)
        self.assertTrue(self.row.entry_id.sudo().is_answered)
        answer._send(self.office | self.other_school)
        self.assertTrue(self.row.is_answered)
        self.assertIn(answer.letter_number, self.row.answer_text)
        self.assertFalse(self._row(self.other_school).is_answered)
        self.assertEqual(self.letter.answered_count, 1)
        self.assertEqual(self._awaited(), self._row(self.other_school))

    def test_the_answer_opens_as_the_letter_that_came(self):
        answer = self._school_letter(self.school, reply_to_id=self.letter.id)
        answer._send(self.office)
        action = self.row.with_user(self.central).action_open_answer()
        self.assertEqual(action["res_model"], "amss.recipient")
        self.assertEqual(action["res_id"], answer.recipient_ids.id)

    def test_an_answer_sent_elsewhere_is_none(self):
        answer = self._school_letter(self.school, reply_to_id=self.letter.id)
        answer._send(self.other_school)
        self.assertFalse(self.row.is_answered)

    def test_the_answer_of_another_agency_is_that_agencys(self):
        answer = self._school_letter(self.other_school, reply_to_id=self.letter.id)
        answer._send(self.office)
        self.assertTrue(self._row(self.other_school).is_answered)
        self.assertFalse(self.row.is_answered)
        self.assertFalse(self.row.entry_id.sudo().is_answered)

    def test_an_answer_returned_recalled_or_void_counts_no_more(self):
        answer = self._school_letter(self.school, reply_to_id=self.letter.id)
        answer._send(self.office)
        back = answer.recipient_ids
        back._return("damaged_file", "ไฟล์เสีย")
        self.assertFalse(self.row.is_answered)
        back._send_again()
        self.assertTrue(self.row.is_answered)
        back._recall("ส่งผิด")
        self.assertFalse(self.row.is_answered)
        back._send_again()
        answer.entry_id._void("พิมพ์ผิด")
        self.assertFalse(self.row.is_answered)
        self.assertIn(self.row, self._awaited())

    def test_the_writer_of_a_letter_sees_who_has_still_to_answer(self):
        letter = self._draft(self.staff, reply_by="2026-02-10")
        letter.with_user(self.central).action_issue()
        letter.sudo()._send(self.school)
        self.assertEqual(self._awaited(self.staff), letter.recipient_ids)
        self.assertIn(letter.recipient_ids, self._awaited(self.unit))
        letter.sudo().department_id = self.departments[1]
        self.assertFalse(self._awaited(self.unit))


@tagged("post_install", "-at_install")
@freeze_time("2026-02-03 04:00:00")
class TestReplyDue(ReplyCase):
    """By when a letter is to be answered, and what is overdue."""

    def _unanswered(self, user=None, *more):
        action = self.env.ref("amss_saraban.amss_register_entry_action_unanswered")
        lines = self.env["amss.register.entry"].with_user(user or self.central)
        return lines.search([*literal_eval(action.domain), *more])

    def test_the_day_comes_with_the_letter(self):
        row = self._accepted(reply_by="2026-02-10")
        self.assertEqual(row.entry_id.reply_due, date(2026, 2, 10))
        row.entry_id.reply_due = "2026-02-08"
        self.assertEqual(row.reply_by, date(2026, 2, 10))
        self.assertEqual(row.entry_id.reply_due, date(2026, 2, 8))

    def test_letter_from_outside_and_its_line_say_the_same(self):
        letter = self._outside(reply_by="2026-02-10")
        line = letter.entry_id
        self.assertEqual(line.reply_due, date(2026, 2, 10))
        letter.reply_by = "2026-02-12"
        self.assertEqual(line.reply_due, date(2026, 2, 12))
        line.reply_due = False
        self.assertFalse(letter.reply_by)

    def test_a_day_that_has_passed_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "ขอเชิญประชุม.*has passed"):
            self._draft(reply_by="2026-02-02")
        self.assertTrue(self._draft(reply_by="2026-02-03"))
        row = self._accepted()
        with self.assertRaisesRegex(ValidationError, "1/2569.*has passed"):
            row.entry_id.reply_due = "2026-02-02"

    def test_a_letter_is_not_sent_with_a_day_that_has_passed(self):
        letter = self._issued(reply_by="2026-02-04")
        with freeze_time("2026-02-05 04:00:00"):
            with self.assertRaisesRegex(UserError, "has passed"):
                letter._send(self.school)
            letter.reply_by = "2026-02-06"
            letter._send(self.school)
        with freeze_time("2026-02-09 04:00:00"):
            letter._send(self.other_school)
            letter.recipient_ids._accept()
        self.assertEqual(len(letter.recipient_ids), 2)

    def test_the_day_is_fixed_once_the_letter_was_sent(self):
        letter = self._issued(reply_by="2026-02-10")
        letter._send(self.school)
        with self.assertRaises(UserError):
            letter.reply_by = "2026-02-11"
        self.assertEqual(letter.recipient_ids.reply_by, date(2026, 2, 10))

    def test_a_letter_written_anew_keeps_a_day_that_is_still_to_come(self):
        letter = self._issued(reply_by="2026-02-10")
        self.assertEqual(letter.copy().reply_by, date(2026, 2, 10))
        with freeze_time("2026-02-11 04:00:00"):
            self.assertFalse(letter.copy().reply_by)

    def test_unanswered_letters_leave_the_list_when_answered(self):
        late = self._accepted(reply_by="2026-02-04")
        soon = self._accepted(reply_by="2026-02-20")
        self._accepted()
        with freeze_time("2026-02-10 04:00:00"):
            self.assertEqual(self._unanswered(), late.entry_id | soon.entry_id)
            overdue = ("reply_due", "<", "today")
            self.assertEqual(self._unanswered(None, overdue), late.entry_id)
            answer = self._answer(late)
            answer.action_issue()
            self.assertEqual(self._unanswered(), soon.entry_id)
            answer.entry_id._void("ผิด")
            self.assertEqual(self._unanswered(), late.entry_id | soon.entry_id)

    def test_a_group_sees_its_own(self):
        row = self._accepted(reply_by="2026-02-04")
        other = self._accepted(reply_by="2026-02-04")
        row.entry_id.department_id = self.departments[0]
        other.entry_id.user_id = self.staff
        self.assertEqual(self._unanswered(self.unit), row.entry_id)
        self.assertEqual(self._unanswered(self.staff), other.entry_id)
        groups = self._unanswered()._read_group([], ["department_id"], ["__count"])
        self.assertTrue(groups)


@tagged("post_install", "-at_install")
@freeze_time("2026-02-03 04:00:00")
class TestReplyQueries(ReplyCase):
    """Answers cost the same for many letters as for few, and nothing where none are."""

    def _count(self, step):
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        step()
        self.env.flush_all()
        return self.env.cr.sql_log_count - start

    def _answers(self, count):
        letters = self.env["amss.document"]
        for _index in range(count):
            row = self._accepted()
            letters |= self._draft(reply_to_id=row.document_id.id)
        return letters

    def test_issuing_answers(self):
        self._answers(1).action_issue()
        few, many = (
            self._count(self._answers(count).action_issue) for count in (2, 10)
        )
        self.assertLessEqual(many, few)

    def test_a_letter_that_answers_nothing_costs_nothing_more(self):
        self._issued()
        cost = self._count(self._browsed(self._draft()).action_issue)
        with patch.object(ReplyDocument, "_issue", issue_without_answers):
            bare = self._count(self._browsed(self._draft()).action_issue)
        self.assertEqual(cost, bare)

    def _browsed(self, records):
        """Return records as the server gets them: with nothing known of them."""
        return records.browse(records.ids)

    def _texts_of(self, lines):
        return lambda: self._browsed(lines).mapped("action_text")

    def test_the_column_of_the_register(self):
        rows = self._answers(10)
        rows.action_issue()
        lines = rows.reply_to_id.recipient_ids.entry_id.with_user(self.central)
        for books in (lines, rows.entry_id.with_user(self.central)):
            self._count(self._texts_of(books[:1]))
            few = self._count(self._texts_of(books[:2]))
            many = self._count(self._texts_of(books))
            self.assertLessEqual(many, few)

    def test_the_lists_use_their_indexes(self):
        self.env.flush_all()
        # as with a million lines: the list comes from an index, ready sorted
        for way in ("seqscan", "sort", "bitmapscan"):
            self.env.cr.execute(f"SET LOCAL enable_{way} = off")
        for action, index in (
            ("amss_register_entry_action_unanswered", "amss_register_entry_unanswered"),
            ("amss_recipient_action_awaiting", "amss_recipient_unanswered"),
        ):
            with self.subTest(action=action):
                action = self.env.ref(f"amss_saraban.{action}")
                records = self.env[action.res_model].with_user(self.central)
                day = "reply_by" if "reply_by" in action.domain else "reply_due"
                query = records._search(
                    literal_eval(action.domain), order=f"{day}, id", limit=80
                )
                plan = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
                self.assertIn(f"{index} on", "\n".join(line for [line] in plan))


@tagged("post_install", "-at_install")
@freeze_time("2026-02-03 04:00:00")
class TestThread(ReplyCase):
    """A correspondence across agencies, as far as one may read it."""

    def _thread(self, letter, user=None):
        return letter.with_user(user or self.central).thread_ids

    def test_letters_stand_in_time_order(self):
        asked = self._issued(letter_date="2026-01-05")
        asked._send(self.school)
        answer = self._school_letter(
            self.school, reply_to_id=asked.id, letter_date="2026-01-20"
        )
        answer._send(self.office)
        thanks = self._issued(
            letter_date="2026-01-10", reference_ids=[Command.set(asked.ids)]
        )
        self.assertEqual(list(self._thread(asked)), list(asked | thanks | answer))
        self.assertEqual(self._thread(answer), asked | thanks | answer)
        row = answer.recipient_ids.with_user(self.central)
        self.assertEqual(row.thread_ids, asked | thanks | answer)

    def test_what_each_letter_is(self):
        asked = self._issued()
        asked._send(self.school)
        answer = self._school_letter(self.school, reply_to_id=asked.id)
        answer._send(self.office)
        draft = self._draft(reply_to_id=answer.id)
        thread = self._thread(asked)
        self.assertEqual(thread.mapped("thread_state"), ["Sent", "Not opened", "Draft"])
        answer.recipient_ids._accept()
        thread.invalidate_recordset()
        state = answer.with_user(self.central).thread_state
        self.assertEqual(state, "Receive no. 1/2569")
        self.assertEqual(draft.replied_number, answer.letter_number)

    def test_a_letter_in_the_middle_that_one_may_not_read(self):
        """Office → school 1; that asks school 2 in a letter of its own, which answers
        the office as well: the office sees neither letter between the schools."""
        asked = self._issued()
        asked._send(self.school)
        between = self._school_letter(self.school, reply_to_id=asked.id)
        between._send(self.other_school)
        answer = self._school_letter(self.other_school, reply_to_id=between.id)
        answer._send(self.school | self.office)
        self.assertEqual(self._thread(asked), asked | answer)
        self.assertFalse(answer.with_user(self.central).replied_number)
        answer.recipient_ids.filtered(lambda row: row.agency_id == self.office)._return(
            "other", "ผิด"
        )
        asked.invalidate_recordset()
        self.assertFalse(self._thread(asked))

    def test_a_letter_alone_has_no_thread(self):
        self.assertFalse(self._thread(self._issued()))

    def test_of_a_long_thread_the_newest_and_the_letter_itself_are_shown(self):
        asked = self._issued()
        answers = [self._draft(reply_to_id=asked.id) for _index in range(3)]
        with patch(f"{THREAD}.MOST_SHOWN", 1):
            self.assertEqual(self._thread(asked), asked | answers[2])
            thread = asked | answers[0] | answers[2]
            self.assertEqual(self._thread(answers[0]), thread)

    def test_a_reference_loop_ends(self):
        first, second = self._draft(), self._draft()
        first.reference_ids = second
        second.reference_ids = first
        self.assertEqual(self._thread(first), first | second)

    def test_each_letter_opens_as_ones_own_agency_has_it(self):
        asked = self._issued()
        asked._send(self.school)
        answer = self._school_letter(self.school, reply_to_id=asked.id)
        answer._send(self.office)
        opened = answer.with_user(self.central).action_open()
        self.assertEqual(opened["res_model"], "amss.recipient")
        opened = asked.with_user(self.central).action_open()
        self.assertEqual(opened["res_model"], "amss.document")

    def test_a_long_thread_costs_no_more(self):
        def thread(count):
            letters = asked = self._issued()
            for _index in range(count):
                letters |= self._issued(reply_to_id=asked.id)
            return asked.with_user(self.central)

        def read(letter):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            letter.thread_ids.read(["replied_number", "thread_state", "subject"])
            return self.env.cr.sql_log_count - start

        read(thread(1))
        self.assertLessEqual(read(thread(12)), read(thread(2)))
