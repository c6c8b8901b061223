# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Follow-up (ข้อ 50): who has what undone, reminders, and the heads' weekly digest."""

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import guard, locks
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


class ResCompany(models.Model):
    _inherit = "res.company"

    amss_remind_before = fields.Integer(
        string="Remind: days before the due date", default=1
    )
    amss_remind_every = fields.Integer(
        string="Remind again: every how many days",
        default=3,
        help="0: nobody is reminded.",
    )

    _amss_remind_sense = models.Constraint(
        "CHECK(amss_remind_before >= 0 AND amss_remind_every >= 0)",
        "Days are 0 or more.",
    )


class DigestDigest(models.Model):
    _inherit = "digest.digest"

    amss_for_heads = fields.Boolean(
        string="To all heads of groups and directors",
        help="Each is subscribed once; who unsubscribes stays so.",
    )
    amss_asked_user_ids = fields.Many2many(
        "res.users",
        "amss_digest_asked_rel",
        "digest_id",
        "user_id",
        string="Subscribed once already",
    )
    kpi_amss_assigned = fields.Boolean("Letters assigned")
    kpi_amss_assigned_value = fields.Integer(compute="_compute_kpi_amss_assigned_value")
    kpi_amss_done = fields.Boolean("Letters done")
    kpi_amss_done_value = fields.Integer(compute="_compute_kpi_amss_done_value")
    kpi_amss_overdue = fields.Boolean("Overdue letters, due in this time")
    kpi_amss_overdue_value = fields.Integer(compute="_compute_kpi_amss_overdue_value")
    kpi_amss_unanswered = fields.Boolean("Unanswered letters, due in this time")
    kpi_amss_unanswered_value = fields.Integer(
        compute="_compute_kpi_amss_unanswered_value"
    )

    # One method each: Odoo asks for one figure after the other, for one span of time
    # after the other. All count what the reader of the digest may read.
    def _compute_kpi_amss_assigned_value(self):
        self._count_letters("assigned", "amss.assignment", "assigned_at")

    def _compute_kpi_amss_done_value(self):
        self._count_letters("done", "amss.assignment", "done_at")

    def _compute_kpi_amss_overdue_value(self):
        late = Domain("state", "in", OPEN)
        self._count_letters("overdue", "amss.assignment", "date_deadline", late)

    def _compute_kpi_amss_unanswered_value(self):
        late = Domain("is_answered", "=", False) & Domain("state", "=", "registered")
        self._count_letters("unanswered", "amss.register.entry", "reply_due", late)

    def _count_letters(self, name, model, field, domain=Domain.TRUE):
        """Set a figure: rows whose time or day falls into the digest's span."""
        start, end, _companies = self._get_kpi_compute_parameters()
        if self.env[model]._fields[field].type == "date":
            # days that have ended by then: what is due today is not overdue yet
            start, end = start[:10], end[:10]
        domain &= Domain("agency_id", "=", self.env.user.agency_id.id)
        domain &= Domain(field, ">=", start) & Domain(field, "<", end)
        count = self.env[model].search_count(domain)
        for digest in self:
            digest[f"kpi_amss_{name}_value"] = count

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        return actions | {
            "kpi_amss_assigned": "amss_saraban.amss_assignment_action_follow_up",
            "kpi_amss_done": "amss_saraban.amss_assignment_action_follow_up",
            "kpi_amss_overdue": "amss_saraban.amss_assignment_action_overdue",
            "kpi_amss_unanswered": (
                "amss_saraban.amss_register_entry_action_unanswered"
            ),
        }

    @api.model
    def _cron_send_digest_email(self):
        self.search([("amss_for_heads", "=", True)])._subscribe_heads()
        return super()._cron_send_digest_email()

    def _subscribe_heads(self):
        """Subscribe heads of groups and directors that were not subscribed before."""
        heads = self.env["hr.department"].search([("manager_id", "!=", False)])
        heads = heads.manager_id.user_id
        heads |= self.env.ref("amss_saraban.group_saraban_director").all_user_ids
        for digest in self:
            new = heads.filtered(lambda user: user.active and not user.share)
            new -= digest.amss_asked_user_ids
            if digest.company_id:
                new = new.filtered(
                    lambda user, office=digest.company_id: user.company_id == office
                )
            digest.write(
                {
                    "user_ids": [(4, user.id) for user in new],
                    "amss_asked_user_ids": [(4, user.id) for user in new],
                }
            )
