# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.tests import freeze_time, tagged

from .test_assignment import AssignmentCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestFollowUp(AssignmentCommon):
    """Undone work is found, reminded of, and told to the heads each week (ข้อ 50)."""

    def setUp(self):
        super().setUp()
        self.group = self._to_group(self._received(), date_deadline=date(2026, 3, 12))
        self.other = self._to_group(self._received(), date_deadline=date(2026, 3, 20))

    def _reminded(self):
        """Run the daily reminder; return what it reminded of."""
        before = {row.id: row.reminded_at for row in self.rows.search([])}
        self.env.ref("amss_saraban.ir_cron_remind").method_direct_trigger()
        return self.rows.search([]).filtered(
            lambda row: row.reminded_at != before[row.id]
        )

    def test_overdue_per_group_and_person(self):
        overdue = [("is_overdue", "=", True)]
        with freeze_time("2026-03-12 16:59:00"):  # 23:59 in Thailand
            self.assertFalse(self.rows.with_user(self.unit).search(overdue))
        with freeze_time("2026-03-12 17:01:00"):
            self.env.invalidate_all()
            late = self.rows.with_user(self.unit).search(overdue)
            self.assertEqual(late, self.group)
            self.assertEqual(late.group_id, self.departments[0])
            self.assertFalse(self.rows.with_user(self.stranger).search(overdue))

    def test_work_of_a_person_counts_for_the_group(self):
        self._route(self.group, self.unit, owner_user_id=self.staff.id)
        self.assertEqual(self.group.child_ids.group_id, self.departments[0])

    def test_reminded_before_the_day_and_every_few_days_after(self):
        self.company.write({"amss_remind_before": 1, "amss_remind_every": 3})
        self.assertFalse(self._reminded())
        with freeze_time("2026-03-11 00:00:00"):
            self.assertEqual(self._reminded(), self.group)
        with freeze_time("2026-03-12 00:00:00"):
            self.assertFalse(self._reminded())
        with freeze_time("2026-03-14 00:00:00"):
            self.assertEqual(self._reminded(), self.group)

    def test_who_is_done_or_passed_it_on_is_left_alone(self):
        self._route(
            self.group,
            self.unit,
            owner_user_id=self.staff.id,
            date_deadline=date(2026, 3, 12),
        )
        person = self.group.child_ids
        with freeze_time("2026-03-12 00:00:00"):
            self.assertEqual(self._reminded(), person)
            person.with_user(self.staff)._report("เสร็จ")
        with freeze_time("2026-03-20 00:00:00"):
            self.assertEqual(self._reminded(), self.other)

    def test_no_reminders_where_the_office_wants_none(self):
        self.company.amss_remind_every = 0
        with freeze_time("2026-03-20 00:00:00"):
            self.assertFalse(self._reminded())

    def test_reminding_costs_the_same_for_few_and_many(self):
        def cost(count):
            rows = self.rows
            for _index in range(count):
                rows |= self._to_group(self._received())
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            rows._remind()
            self.env.flush_all()
            return self.env.cr.sql_log_count - start

        cost(1)
        few, many = cost(2), cost(12)
        self.assertLessEqual(many, few)

    def test_heads_and_directors_are_subscribed_once(self):
        digest = self.env.ref("amss_saraban.digest_heads")
        digest._subscribe_heads()
        self.assertLessEqual(self.head | self.director, digest.user_ids)
        self.assertNotIn(self.staff, digest.user_ids)
        digest.with_user(self.head).action_unsubscribe()
        digest._subscribe_heads()
        self.assertNotIn(self.head, digest.user_ids)

    def test_digest_counts_what_its_reader_may_see(self):
        digest = self.env.ref("amss_saraban.digest_heads")
        with freeze_time("2026-03-14 04:00:00"):
            for user, overdue in ((self.head, 1), (self.stranger, 0)):
                week = digest._compute_kpis(self.company, user)
                counts = {kpi["kpi_name"]: kpi["kpi_col2"]["value"] for kpi in week}
                self.assertEqual(counts["kpi_amss_overdue"], overdue, user.login)
                self.assertEqual(counts["kpi_amss_assigned"], 2 * overdue, user.login)

    def test_weekly_mail_says_numbers_and_no_letters(self):
        digest = self.env.ref("amss_saraban.digest_heads")
        digest.user_ids = self.head
        self.head.email = "head@example.com"
        mails = self.env["mail.mail"].sudo()
        before = mails.search([])
        digest._action_send(update_periodicity=False)
        mail = mails.search([]) - before
        self.assertEqual(mail.email_to, self.head.email_formatted)
        self.assertNotIn(self.group.subject, mail.body_html)
