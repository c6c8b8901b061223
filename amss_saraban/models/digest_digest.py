# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The heads' weekly digest (ข้อ 50)."""

from odoo import api, fields, models
from odoo.fields import Domain

from .amss_assignment import OPEN


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
