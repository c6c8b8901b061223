# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The steps of a draft: propose, go on to who is next, withdraw, get a number."""

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.amss_base.tools import guard, locks

from .amss_assignment import OPEN
from .amss_document_approval import FIXED


class AmssDocument(models.Model):
    _inherit = "amss.document"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------
    def action_propose(self):
        """Propose these drafts to the first who has to approve them (เสนอ)."""
        self._check_may_propose()
        self._propose()

    def action_ask_withdraw_proposal(self):
        """Ask for the reason, then take these back from who should approve them."""
        self._check_may_propose()
        return self.env["amss.reason"]._ask(
            self, "_withdraw_proposal", self.env._("Withdraw the proposal")
        )

    def action_approve(self):
        """Approve these letters, which are with the user (เห็นชอบ, อนุมัติ, ลงนาม)."""
        return self._my_approvals().action_approve()

    def action_ask_approve(self):
        """Ask for a comment, then approve these letters."""
        return self._my_approvals().action_ask_approve()

    def action_ask_refuse(self):
        """Ask what is to be corrected, then send these letters back one step."""
        return self._my_approvals().action_ask_refuse()

    def action_number(self):
        """Number these approved letters and tell which numbers they got."""
        self.action_issue()
        numbers = ", ".join(self.mapped("letter_number"))
        return self.env["amss.recipient"]._tell(
            self.env._("Registered: %s", numbers), sticky=True
        )

    def _my_approvals(self):
        """Return the rows by which the user has these letters to approve.

        :raises UserError: when one of them is in nobody's hands
        """
        self.check_access("read")
        rows = self._approval_rows().filtered(lambda row: row.kind == "approval")
        for document in self - rows.document_id.sudo(False):
            raise UserError(document._approval_text())
        return rows.sudo(False)

    def _check_may_propose(self):
        """Raise unless the user may write these drafts of the own agency."""
        self.check_access("write")
        self._check_own_agency()

    # ------------------------------------------------------------------
    # Propose, withdraw
    # ------------------------------------------------------------------
    def _propose(self):
        """Put these drafts before the first who has to approve them.

        Rights are the caller's to check. One's own steps are passed at once.

        :raises UserError: for an incomplete letter, one proposed before or that needs
            no approval, or when a step has nobody
        """
        self._check_complete("written")
        corrected = self.filtered(lambda doc: doc.approval_state == "sent_back")
        corrected._close_approval_rows("done")
        locks.claim(self)  # from who proposes, changes or numbers it at this moment
        # sudo: the caller has checked who may propose
        documents = guard.stepping(self.sudo())
        documents._check_proposable()
        documents.write(
            {
                "approval_state": "proposed",
                "proposed_by_id": self.env.uid,
                "proposed_at": fields.Datetime.now(),
                "approval_comment": False,
            }
        )
        plan = documents._plan_approval({})
        documents._record_event(
            "proposed",
            lambda document: plan[document]["note"],
            to_text=lambda document: plan[document]["user"].name,
        )
        signed = documents._move_on(plan)
        if signed:
            signed._record_event("signed")

    def _check_proposable(self):
        """Raise for what was proposed before, needs no approval, or has no approver."""
        steps = self.env["amss.approval.step"]._of(self)
        for document in self:
            if document.approval_state in FIXED:
                raise UserError(document._approval_text())
            if not steps[document]:
                raise UserError(
                    self.env._(
                        "Letter “%s” needs no approval in this office: register it.",
                        document.display_name,
                    )
                )
            for step in steps[document]:
                step._approver(document)  # a step without anybody shows at once

    def _plan_approval(self, passed):
        """Return who approves each of these letters next.

        Who proposed a letter, and who approves it at this moment, is not asked again.

        :param dict passed: letter → the assignment approved last
        :return: dict: letter → ``step`` and ``user`` who is next, empty after the last;
            ``note`` on steps of one's own that were left out
        """
        steps = self.env["amss.approval.step"]._of(self)
        plan = {}
        for document in self:
            last = passed.get(document)
            left = steps[document]
            if last:
                step_passed = last.approval_step_id
                left = left.filtered(lambda s, p=step_passed: s._is_after(p))
            own = []
            user = self.env["res.users"]
            step = left.browse()
            for step in left:
                user = step._approver(document)
                if user not in (self.env.user, document.proposed_by_id):
                    break
                own.append(step.name)
                user, step = user.browse(), step.browse()
            note = own and self.env._("One's own step, passed: %s", ", ".join(own))
            plan[document] = {"step": step, "user": user, "note": note or False}
        return plan

    def _move_on(self, plan, passed=None):
        """Put each letter before who is next; after the last step it is approved.

        :param dict plan: of ``_plan_approval``
        :param dict passed: letter → the assignment approved last
        :return: the letters that are approved now
        """
        passed = passed or {}
        waiting = self.filtered(lambda document: plan[document]["user"])
        waiting._put_approvals(
            {
                document: {
                    "user_id": plan[document]["user"].id,
                    "approval_step_id": plan[document]["step"].id,
                    "date_deadline": plan[document]["step"]._deadline(document),
                    "parent_id": passed[document].id if document in passed else False,
                }
                for document in waiting
            }
        )
        signed = self - waiting
        signed.write(
            {
                "approval_state": "approved",
                "approval_user_id": False,
                "approval_since": fields.Datetime.now(),
                "approval_deadline": False,
            }
        )
        return signed

    def _put_approvals(self, values):
        """Make one assignment for each of these letters; letters say with whom.

        :param dict values: letter → values of its assignment
        """
        if not self:
            return
        now = fields.Datetime.now()
        common = {"assigned_at": now, "assigned_by_id": self.env.uid}
        # who had it has it no longer, before another has
        self.env["amss.assignment"].flush_model(["state"])
        rows = self.env["amss.assignment"]._put(
            [
                {
                    "document_id": document.id,
                    "agency_id": document.agency_id.id,
                    "kind": "approval",
                    **common,
                    **values[document],
                }
                for document in self
            ]
        )
        for (user, deadline), some in rows.grouped(
            lambda row: (row.user_id, row.date_deadline)
        ).items():
            guard.stepping(some.document_id).write(
                {
                    "approval_user_id": user.id,
                    "approval_since": now,
                    "approval_deadline": deadline,
                }
            )

    def _withdraw_proposal(self, reason):
        """Take these drafts back from who should approve them, to be changed.

        :param str reason: why, for the history
        :raises UserError: without a reason, or when one was not proposed
        """
        reason = self.env["amss.recipient"]._check_reason(reason)
        action = self.env._("Withdraw the proposal")
        self._close_approval_rows("withdrawn", reason, action)
        locks.claim(self)  # from who numbers it at this moment
        # sudo: the caller has checked who may withdraw
        documents = guard.stepping(self.sudo())
        for document in documents:
            if document.state != "draft" or document.approval_state not in FIXED:
                where = document._approval_text()
                if document.state != "draft":
                    where = self.env._(
                        "Letter %s has its number.", document.display_name
                    )
                raise UserError(
                    self.env._(
                        "“%(action)s” is not possible: %(where)s",
                        action=action,
                        where=where,
                    )
                )
        documents.write(
            {
                "approval_state": False,
                "approval_user_id": False,
                "approval_since": False,
                "approval_deadline": False,
            }
        )
        documents._record_event("unproposed", reason)
        documents._refresh_readers()

    def _close_approval_rows(self, state, reason=False, action=None):
        """End what is open of the approval or correction of these letters.

        :param str state: ``done`` or ``withdrawn``
        :param str reason: why, if withdrawn
        :param str action: what the user wanted, for who comes too late
        """
        rows = self._approval_rows()
        if not rows:
            return
        rows = rows._wait_turn(OPEN, action or self.env._("Propose"))
        by = {"done": "done", "withdrawn": "withdrawn"}[state]
        rows.write(
            {
                "state": state,
                f"{by}_at": fields.Datetime.now(),
                f"{by}_by_id": self.env.uid,
                "withdraw_reason": reason,
            }
        )
        rows._unschedule()

    # ------------------------------------------------------------------
    # Number
    # ------------------------------------------------------------------
    def _issue(self):
        self._check_approved()
        return super()._issue()

    def _check_approved(self):
        """Raise unless these are approved, as far as their office asks for it.

        Nothing is asked of the database for offices that have no steps.
        """
        steps = self.env["amss.approval.step"]._of(self)
        missing = self.filtered(
            lambda letter: letter.approval_state != "approved"
            and letter.state == "draft"
            and steps[letter]
        )
        if missing:
            raise UserError(
                self.env._(
                    "%s It gets its number when it is signed.",
                    missing[0]._approval_text(),
                )
            )
        # proposed once, and its office asks for approval no longer
        left = self.filtered(
            lambda doc: doc.approval_state in ("proposed", "sent_back")
        )
        if left:
            left._close_approval_rows("withdrawn", self.env._("Needs no approval"))
            # sudo: who numbers a letter was checked by the caller
            guard.stepping(left.sudo()).write(
                {"approval_state": False, "approval_user_id": False}
            )
