# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .announce_common import AnnounceCommon
from .common import PDF


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestAnnouncement(AnnounceCommon):
    """A letter goes on the public page by hand, and comes off by hand or by itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls._letter("ประกาศ.pdf", "รายชื่อ.pdf", subject="ประกาศรับสมัคร")

    # ------------------------------------------------------------------
    # Publish
    # ------------------------------------------------------------------
    def test_dialog_proposes_the_subject_and_ticks_no_file(self):
        wizard = self._dialog(self.document)
        self.assertEqual(wizard.title, "ประกาศรับสมัคร")
        self.assertEqual(wizard.sender_text, self.office.name)
        self.assertFalse(wizard.attachment_ids)

    def test_sender_that_is_a_private_person_is_not_proposed(self):
        person = self.env["res.partner"].create(
            {"name": "นางสมศรี ใจดี", "agency_type": "person"}
        )
        letter = self._draft(origin="outside", sender_id=person.id)
        letter.action_register_outside()
        self.assertFalse(self._dialog(letter).sender_text)

    def test_who_and_when_are_kept(self):
        published = self._publish(self.document, "ประกาศ.pdf", note="ถึงวันที่ 31")
        self.assertEqual(published.published_by_id, self.central)
        self.assertEqual(published.published_at, datetime(2026, 3, 10, 4))
        self.assertEqual(published.letter_number, self.document.letter_number)
        self.assertEqual(published.attachment_ids.mapped("name"), ["ประกาศ.pdf"])
        self.assertEqual(published.state, "published")
        self.assertTrue(self.document.with_user(self.central).is_published)

    def test_letter_from_outside_can_be_published(self):
        letter = self._draft(origin="outside", sender_text="เทศบาลเมือง")
        letter.action_register_outside()
        self.assertEqual(self._publish(letter).sender_text, "เทศบาลเมือง")

    def test_letter_that_another_agency_sent_is_published_once_accepted(self):
        letter = self._accepted_from_school("รายงาน.pdf")
        published = self._publish(letter, "รายงาน.pdf")
        self.assertEqual(published.agency_id, self.office)
        self.assertEqual(published._public_files().mapped("name"), ["รายงาน.pdf"])
        row = letter.recipient_ids.with_user(self.central)
        self.assertTrue(row.is_published)

    def test_draft_and_letter_not_accepted_yet_are_refused(self):
        sent = self._sent_by_school()
        for letter in (self._draft(), sent):
            with self.assertRaisesRegex(UserError, "cannot be published"):
                self._dialog(letter)

    def test_empty_title_and_files_of_other_letters_are_refused(self):
        other = self._letter("อื่น.pdf")
        wizard = self._dialog(self.document)
        wizard.title = "  "
        with self.assertRaisesRegex(UserError, "Write the title"):
            wizard.action_publish()
        wizard.title = "ประกาศ"
        wizard.attachment_ids = other.attachment_ids
        with self.assertRaisesRegex(UserError, "อื่น.pdf"):
            wizard.action_publish()
        self.assertFalse(self._announcements(self.document))

    def test_button_pressed_twice_publishes_once(self):
        wizard = self._dialog(self.document)
        wizard.action_publish()
        with self.assertRaisesRegex(UserError, "meanwhile"):
            wizard.action_publish()
        self.assertEqual(len(self._announcements(self.document)), 1)

    def test_database_keeps_one_live_row_per_letter_and_agency(self):
        published = self._publish(self.document)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            published.copy({"title": "ซ้ำ"})
            self.env.flush_all()

    # ------------------------------------------------------------------
    # Change, withdraw, publish again
    # ------------------------------------------------------------------
    def test_change_keeps_the_page_and_its_files(self):
        published = self._publish(self.document, "ประกาศ.pdf")
        with freeze_time("2026-03-11 04:00:00"):
            wizard = self._dialog(self.document)
            self.assertEqual(wizard.attachment_ids.mapped("name"), ["ประกาศ.pdf"])
            wizard.title = "ประกาศ (แก้ไข)"
            wizard.action_publish()
        self.assertEqual(self._announcements(self.document), published)
        self.assertEqual(published.title, "ประกาศ (แก้ไข)")
        self.assertEqual(published.published_at, datetime(2026, 3, 10, 4))
        self.assertEqual(published.updated_at, datetime(2026, 3, 11, 4))

    def test_withdrawn_and_published_again_keeps_both(self):
        first = self._publish(self.document, "ประกาศ.pdf", note="หมายเหตุ")
        first.with_user(self.central).action_withdraw()
        self.assertEqual(first.withdrawn_by_id, self.central)
        self.assertEqual(first.withdrawn_at, datetime(2026, 3, 10, 4))
        self.assertFalse(self.document.with_user(self.central).is_published)
        wizard = self._dialog(self.document)
        self.assertEqual(wizard.note, "หมายเหตุ")
        self.assertFalse(wizard.attachment_ids)
        wizard.action_publish()
        both = self._announcements(self.document)
        self.assertEqual(sorted(both.mapped("state")), ["published", "withdrawn"])

    def test_withdrawing_twice_changes_nothing(self):
        published = self._publish(self.document).with_user(self.central)
        published.action_withdraw()
        with freeze_time("2026-03-11 04:00:00"):
            published.action_withdraw()
        self.assertEqual(published.withdrawn_at, datetime(2026, 3, 10, 4))

    def test_void_letter_is_withdrawn_by_itself(self):
        published = self._publish(self.document)
        self.document.entry_id.with_user(self.central)._void("พิมพ์ผิด")
        self.assertEqual(published.state, "withdrawn")
        self.assertEqual(published.withdrawn_by_id, self.central)

    def test_void_receive_line_withdraws_what_came_by_it(self):
        letter = self._accepted_from_school()
        published = self._publish(letter)
        letter.recipient_ids.entry_id.with_user(self.central)._void("ลงผิดเล่ม")
        self.assertEqual(published.state, "withdrawn")
        with self.assertRaisesRegex(UserError, "cannot be published"):
            self._dialog(letter)

    def test_letter_returned_to_its_sender_is_withdrawn(self):
        letter = self._accepted_from_school()
        published = self._publish(letter)
        rows = letter.recipient_ids.with_user(self.central)
        rows._return_accepted("wrong_letter", "ไม่ใช่ฉบับจริง")
        self.assertEqual(published.state, "withdrawn")
        self.assertFalse(rows.may_publish)

    def test_history_of_the_office_tells_who_published_what(self):
        letter = self._accepted_from_school("รายงาน.pdf")
        published = self._publish(letter, "รายงาน.pdf", title="รายงาน")
        published.with_user(self.central).action_withdraw()
        events = letter.event_ids.filtered(lambda event: "publish" in event.kind)
        self.assertEqual(events.mapped("kind"), ["unpublished", "published"])
        self.assertEqual(events[1].text, "รายงาน\nรายงาน.pdf")
        self.assertEqual(
            (events.agency_id, events.user_id), (self.office, self.central)
        )
        self.assertFalse(any(events.mapped("shared")))

    def test_corrected_file_is_given_out_only_when_it_is_chosen(self):
        published = self._publish(self.document, "ประกาศ.pdf")
        wrong = published.attachment_ids
        letter = self.document.with_user(self.central)
        new = letter._correct_file(wrong, "ใหม่.pdf", PDF + b"new", "ลืมลงนาม")
        self.assertFalse(published._public_files())
        self.assertTrue(published.is_outdated)
        announcements = self.env["amss.announcement"].with_user(self.central)
        outdated = announcements.search([("is_outdated", "=", True)])
        self.assertEqual(outdated.ids, published.ids)
        wizard = self._dialog(self.document)
        self.assertFalse(wizard.attachment_ids)
        wizard.attachment_ids = new
        wizard.action_publish()
        self.assertEqual(published._public_files().ids, new.ids)
        self.assertFalse(published.is_outdated)

    # ------------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------------
    def test_who_may_publish(self):
        """(user, may group registrars issue here?, may they publish?)"""
        letter = self._letter(department_id=self.departments[0].id)
        letter.user_id = self.staff
        others = self._letter(department_id=self.departments[1].id)
        for user, units_issue, document, may in (
            (self.central, False, letter, True),
            (self.central, False, others, True),
            (self.unit, True, letter, True),
            (self.unit, False, letter, False),
            (self.unit, True, others, False),
            (self.staff, True, letter, False),
            (self.director, True, letter, False),
            (self.admin_user, True, letter, False),
        ):
            with self.subTest(user=user.login, units=units_issue, may=may):
                self.company.amss_unit_may_issue = units_issue
                document.invalidate_recordset()
                seen = document.with_user(user)
                if may:
                    self.assertTrue(seen.may_publish)
                    self.assertTrue(self._dialog(document, user))
                else:
                    with self.assertRaises(AccessError):
                        self._dialog(document, user)

    def test_who_may_withdraw(self):
        published = self._publish(self._letter(department_id=self.departments[1].id))
        self.company.amss_unit_may_issue = True
        for user in (self.unit, self.staff, self.director, self.admin_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                published.with_user(user).action_withdraw()
        self.assertEqual(published.state, "published")

    def test_what_each_role_sees_in_the_list(self):
        ours = self._publish(self._letter(department_id=self.departments[0].id))
        theirs = self._publish(self._letter(department_id=self.departments[1].id))
        for user, seen in (
            (self.central, ours | theirs),
            (self.director, ours | theirs),
            (self.unit, ours),
        ):
            with self.subTest(user=user.login):
                found = self.env["amss.announcement"].with_user(user).search([])
                self.assertEqual(found.ids, found.browse(seen.ids).sorted().ids)
        for user in (self.staff, self.admin_user, self.school_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["amss.announcement"].with_user(user).search([])

    def test_screens_open_for_each_role_that_sees_them(self):
        self.company.amss_unit_may_issue = True
        letter = self._letter("ประกาศ.pdf", department_id=self.departments[0].id)
        published = self._publish(letter, "ประกาศ.pdf")
        for user, may in (
            (self.central, True),
            (self.unit, True),
            (self.director, False),
        ):
            with self.subTest(user=user.login):
                form = Form(published.with_user(user))
                self.assertEqual(form.may_publish, may)
                self.assertEqual(form.attachment_ids.ids, letter.attachment_ids.ids)
        dialog = Form(self._dialog(letter, self.unit))
        self.assertEqual(dialog.title, letter.subject)

    def test_nobody_writes_the_rows_by_hand(self):
        published = self._publish(self.document).with_user(self.central)
        for step in (
            lambda: published.write({"title": "อื่น"}),
            lambda: published.copy(),
            lambda: published.unlink(),
        ):
            with self.assertRaises(AccessError):
                step()

    def test_dialog_of_another_letter_or_user_is_closed(self):
        wizard = self._dialog(self.document)
        with self.assertRaises(AccessError):
            wizard.with_user(self.unit).read(["title"])
        hidden = self._letter("ลับ.pdf", department_id=self.departments[1].id)
        dialogs = self.env["amss.publish"].with_user(self.unit)
        with self.assertRaises(AccessError):
            dialogs.create({"document_id": hidden.id})

    def test_search_in_either_digits_and_spelling(self):
        published = self._publish(self.document, title="ประกาศ ปี ๒๕๖๙ น้ำท่วม")
        announcements = self.env["amss.announcement"].with_user(self.central)
        number = self.document.letter_number
        same = ("2569", "๒๕๖๙", "น้\u0e4dาท่วม", "ท่วม ประกาศ", number, f"ที่ {number}")
        for text in same:
            with self.subTest(text=text):
                found = announcements.search([("search_text", "ilike", text)])
                self.assertEqual(found.ids, published.ids)
        for text in ("2570", "ประกาศ 2570", "%", "_"):
            with self.subTest(text=text):
                found = announcements.search([("search_text", "ilike", text)])
                self.assertFalse(found)
