# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A letter before its number: proposed, approved step by step, signed (เสนอ–ลงนาม)."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.amss_base.tools import guard

from .amss_assignment import OPEN
from .amss_document import FROZEN, FROZEN_ONCE_SENT

#: written by the steps of approval alone
APPROVAL = {
    "approval_state",
    "approval_user_id",
    "approval_since",
    "approval_deadline",
    "approval_comment",
    "proposed_by_id",
    "proposed_at",
}
#: what is approved; number and date are put on the letter with the number (ข้อ 43)
APPROVED = FROZEN | FROZEN_ONCE_SENT | {"department_id", "planned_agency_ids"}
APPROVED -= {"letter_number", "letter_date"}
#: while it is in one of these, the draft stays as it is
FIXED = ("proposed", "approved")


class AmssDocument(models.Model):
    _inherit = "amss.document"

    approval_state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("approved", "Signed"),
            ("sent_back", "Sent back for correction"),
        ],
        string="Approval",
        readonly=True,
        copy=False,
    )
    approval_user_id = fields.Many2one(
        "res.users", string="Approval: with", readonly=True, copy=False
    )
    approval_since = fields.Datetime(string="There since", readonly=True, copy=False)
    approval_deadline = fields.Date(string="Approval due", readonly=True, copy=False)
    approval_comment = fields.Text(
        string="What is to be corrected", readonly=True, copy=False
    )
    proposed_by_id = fields.Many2one(
        "res.users", string="Proposed by", readonly=True, copy=False
    )
    proposed_at = fields.Datetime(string="Proposed on", readonly=True, copy=False)
    approval_with = fields.Char(
        string="With",
        compute="_compute_approval",
        help="Who has it now to approve or to correct it.",
    )
    approval_step_name = fields.Char(string="Step", compute="_compute_approval")
    is_my_approval = fields.Boolean(compute="_compute_approval")
    is_approval_late = fields.Boolean(
        string="Late",
        compute="_compute_is_approval_late",
        search="_search_is_approval_late",
    )
    needs_approval = fields.Boolean(
        compute="_compute_needs_approval",
        help="Whether it has to be approved before it gets its number.",
    )
    may_propose = fields.Boolean(compute="_compute_may_propose")
    may_withdraw_proposal = fields.Boolean(compute="_compute_may_propose")

    # ------------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------------
    @api.depends_context("uid")
    @api.depends("approval_state", "approval_user_id", "state")
    def _compute_approval(self):
        rows = self._approval_rows().grouped("document_id")
        user = self.env.user
        for document in self:
            row = rows.get(document, self.env["amss.assignment"]).sudo()[:1]
            # sudo: the name of a colleague
            name = document.sudo().approval_user_id.name
            document.approval_with = row.assignee if row else name
            document.approval_step_name = row.approval_step_id.name
            document.is_my_approval = (
                row.kind == "approval" and user in row.user_id | row.stand_in_id
            )

    @api.depends("approval_state", "approval_deadline", "state")
    def _compute_is_approval_late(self):
        today = self.env.user.agency_id._agency_now().date()
        for document in self:
            document.is_approval_late = bool(
                document.approval_state == "proposed"
                and document.approval_deadline
                and document.approval_deadline < today
            )

    def _search_is_approval_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.user.agency_id._agency_now().date()
        late = Domain("approval_state", "=", "proposed")
        late &= Domain("approval_deadline", "<", today)
        return Domain.OR(late if wanted else ~late for wanted in value)

    @api.depends(
        "state", "approval_state", "agency_id", "origin", "doc_type", "department_id"
    )
    def _compute_needs_approval(self):
        waiting = self.filtered(
            lambda letter: letter.state == "draft"
            and letter.approval_state != "approved"
        )
        steps = self.env["amss.approval.step"]._of(waiting)
        for document in self:
            document.needs_approval = bool(steps.get(document))

    @api.depends_context("uid")
    @api.depends("needs_approval", "approval_state", "state", "user_id")
    def _compute_may_propose(self):
        drafts = self.filtered(
            lambda letter: letter.state == "draft"
            and letter.is_own
            and (letter.needs_approval or letter.approval_state)
        )
        # a new letter is its writer's
        mine = drafts.filtered(lambda letter: not letter.id)
        mine |= (drafts - mine)._filtered_access("write")
        for document in self:
            fixed = document.approval_state in FIXED
            own = document in mine
            document.may_propose = own and not fixed and document.needs_approval
            document.may_withdraw_proposal = own and fixed

    @api.depends("needs_approval")
    def _compute_is_own(self):
        """Give no number to what is not approved."""
        result = super()._compute_is_own()
        for document in self.filtered("needs_approval"):
            document.may_issue = False
        return result

    def _approval_rows(self):
        """Return the open assignments of approval and correction of these letters."""
        letters = self.filtered(
            lambda letter: letter.approval_state in ("proposed", "sent_back")
            and letter.state == "draft"
        )
        if not letters.ids:
            return self.env["amss.assignment"].sudo()
        # sudo: who reads a letter sees with whom it is
        return (
            self.env["amss.assignment"]
            .sudo()
            .search(
                [
                    ("document_id", "in", letters.ids),
                    ("approval_step_id", "!=", False),
                    ("state", "in", OPEN),
                ]
            )
        )

    # ------------------------------------------------------------------
    # CRUD: what is proposed stays as it is
    # ------------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        if not guard.is_step(self.env):
            for vals in vals_list:
                # set, not left out: a default in the context would fill it in
                vals |= dict.fromkeys(APPROVAL, False)
        return super().create(vals_list)

    def write(self, vals):
        if not guard.is_step(self.env):
            if APPROVAL & set(vals):
                raise UserError(
                    self.env._(
                        "Approval goes by its own buttons: propose, approve, send "
                        "back, withdraw the proposal."
                    )
                )
            if fixed := APPROVED & set(vals):
                field = self._fields[min(fixed)]
                self._check_not_in_approval(field._description_string(self.env))
        return super().write(vals)

    def unlink(self):
        # who deletes a draft may do so, which the call below checks; its rounds of
        # approval go with it
        if proposed := self.filtered("proposed_at"):
            # sudo: rows that nobody deletes by hand
            rows = proposed.sudo().filtered(lambda doc: doc.state == "draft")
            guard.stepping(rows.assignment_ids).unlink()
        return super().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_approval(self):
        self._check_not_in_approval(self.env._("Delete"))

    def _check_not_in_approval(self, what):
        """Raise when ``what`` would change on a draft that others (have) approve(d).

        :param str what: the field or step, for the message
        """
        for document in self:
            if document.state == "draft" and document.approval_state in FIXED:
                raise UserError(
                    self.env._(
                        "%(where)s What is approved stays as it is: “%(what)s” is not "
                        "possible. Choose “Withdraw the proposal” on the letter, "
                        "correct it and propose it again.",
                        where=document._approval_text(),
                        what=what,
                    )
                )

    def _approval_text(self):
        """Return a sentence that says how far the approval of this letter is."""
        self.ensure_one()
        name = self.display_name
        if self.approval_state == "proposed":
            since = fields.Datetime.context_timestamp(
                self.with_context(tz=self.agency_id._agency_timezone().zone),
                self.approval_since,
            )
            return self.env._(
                "Letter “%(name)s” is with %(whom)s for approval since %(since)s.",
                name=name,
                whom=self.approval_with,
                since=since.strftime("%H:%M %d/%m/") + str(since.year + 543),
            )
        if self.approval_state == "approved":
            return self.env._("Letter “%s” is signed.", name)
        if self.approval_state == "sent_back":
            return self.env._("Letter “%s” was sent back for correction.", name)
        return self.env._("Letter “%s” was not proposed yet.", name)
