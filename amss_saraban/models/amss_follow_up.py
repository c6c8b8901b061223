# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Follow-up (ข้อ 50): who has what undone, and reminders."""

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.amss_base.tools import guard, locks

from .amss_assignment import OPEN
from .amss_recipient import REMIND_PAUSE

#: assignments reminded of in one transaction
BATCH = 1000


class AmssAssignment(models.Model):
    _inherit = "amss.assignment"

    group_id = fields.Many2one(
        "hr.department",
        string="In group",
        compute="_compute_group_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        help="The group that has the letter, also when one of its staff has it.",
    )
    reminded_at = fields.Datetime(
        readonly=True, help="When who has the letter was last reminded of it."
    )

    @api.depends("department_id", "parent_department_id", "user_id")
    def _compute_group_id(self):
        for row in self:
            row.group_id = (
                row.department_id
                or row.parent_department_id
                or row.user_id.department_ids[:1]
            )

    # ------------------------------------------------------------------
    # Reminders
    # ------------------------------------------------------------------
    @api.model
    def _to_remind(self, company):
        """Return the domain of what persons and groups of an office are reminded of.

        That is what is open and due within the days that the office sets, or overdue,
        and not reminded of within the days that it sets.

        :param company: one ``res.company``
        """
        agency = company.partner_id
        today = agency._agency_now().date()
        soon = fields.Date.add(today, days=company.amss_remind_before)
        # a day is over when it is over at the agency; reminders go out once a day
        since = fields.Datetime.subtract(
            fields.Datetime.now(), days=company.amss_remind_every, hours=-1
        )
        domain = Domain("agency_id", "=", agency.id) & Domain("state", "in", OPEN)
        domain &= Domain("date_deadline", "<=", soon)
        # what a group has passed on is its person's to do
        domain &= ~Domain("child_ids.state", "in", OPEN)
        return domain & (
            Domain("reminded_at", "=", False) | Domain("reminded_at", "<=", since)
        )

    @api.model
    def _cron_remind(self):
        """Remind who has letters that are due soon or overdue (daily)."""
        companies = self.env["res.company"].search([("amss_remind_every", ">", 0)])
        for company in companies:
            domain = self._to_remind(company)
            rows = self.search(domain, limit=BATCH, order="id")
            while rows:
                rows._remind()
                self.env["ir.cron"]._commit_progress(len(rows))
                rows = self.search(
                    domain & Domain("id", ">", rows[-1].id), limit=BATCH, order="id"
                )

    def _remind(self):
        """Tell who has these that they are due; nothing of the letters is told."""
        for user, rows in (
            self.filtered("user_id")
            .grouped(lambda row: row.stand_in_id or row.user_id)
            .items()
        ):
            user._amss_tell("reminder", rows)
        for group, rows in (
            self.filtered("department_id").grouped("department_id").items()
        ):
            keepers = group.registrar_ids | group.manager_id.user_id
            keepers._amss_tell("reminder_group", rows)
        guard.stepping(self).write({"reminded_at": fields.Datetime.now()})

    def action_remind(self):
        """Remind who has these letters now."""
        self._check_assigned_by_me()
        locks.claim(self)  # from the second click of the same person
        since = fields.Datetime.subtract(fields.Datetime.now(), minutes=REMIND_PAUSE)
        # sudo: checked above; the rows are only marked as reminded
        rows = self.sudo().filtered(
            lambda row: row.state in OPEN
            and not (row.reminded_at and row.reminded_at > since)
        )
        rows._remind()
        return self._tell(self.env._("Reminded of %s letters", len(rows)))
