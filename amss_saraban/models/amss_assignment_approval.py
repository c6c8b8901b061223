# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The steps of who approves letters: approve, send back one step with a comment."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .amss_assignment import OPEN


class AmssAssignment(models.Model):
    _inherit = "amss.assignment"

    approval_step_id = fields.Many2one(
        "amss.approval.step",
        string="Step of approval",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The step in which it is approved, or that sent it back for correction.",
    )
    state_text = fields.Char(
        string="How it stands",
        compute="_compute_state_text",
        help="What the state means for this letter: approval says so.",
    )
    document_state = fields.Selection(
        related="document_id.state", string="State of the letter"
    )

    # of two who bring a letter to somebody one wins
    _one_approval = models.UniqueIndex(
        "(document_id) WHERE approval_step_id IS NOT NULL"
        " AND state IN ('new', 'accepted')",
        "The letter is with somebody for approval already.",
    )

    @api.depends_context("lang")
    @api.depends("state", "kind", "approval_step_id")
    def _compute_state_text(self):
        names = dict(self._fields["state"]._description_selection(self.env))
        waiting = self.env._("Awaiting approval")
        approval = dict.fromkeys(OPEN, waiting) | {"done": self.env._("Approved")}
        correction = dict.fromkeys(OPEN, self.env._("To be corrected"))
        for row in self:
            words = {}
            if row.approval_step_id:
                words = approval if row.kind == "approval" else correction
            row.state_text = words.get(row.state, names.get(row.state))

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------
    def action_approve(self):
        """Approve these letters and pass them on to who is next."""
        self._check_mine()
        self._approve()
        return self._tell(self.env._("Approved: %s letters", len(self)))

    def action_ask_approve(self):
        """Ask for a comment, then approve these letters."""
        self._check_mine()
        return self.env["amss.reason"]._ask(
            self, "_approve", self.env._("Approve with a comment")
        )

    def action_ask_refuse(self):
        """Ask what is to be corrected, then send these letters back one step."""
        self._check_mine()
        return self.env["amss.reason"]._ask(
            self, "_refuse", self.env._("Send back for correction")
        )

    def action_open_draft(self):
        """Open the draft itself: to read all of it, or to correct it."""
        self.ensure_one()
        return self.document_id.action_open()

    def action_open(self):
        """Open what was sent back for correction as the draft that it is."""
        action = super().action_open()
        if self.approval_step_id and self.kind == "task":
            return self.action_open_draft()
        return action

    def action_route(self):
        self._check_no_approval()
        return super().action_route()

    # ------------------------------------------------------------------
    # Approve, send back
    # ------------------------------------------------------------------
    def _approve(self, comment=None):
        """Approve these letters; each goes on to who is next, or is signed.

        Rights are the caller's to check.

        :param str comment: for the history and who is next
        :raises UserError: when one was approved, sent back or withdrawn before, or
            when the next step has nobody
        """
        self._check_for_approval()
        rows = self._wait_turn(OPEN, self.env._("Approve"))
        comment = (comment or "").strip()
        now = fields.Datetime.now()
        rows.write(
            {
                "state": "done",
                "report": comment or False,
                "done_at": now,
                "done_by_id": self.env.uid,
            }
        )
        rows.filtered(lambda row: not row.opened_at).write({"opened_at": now})
        rows._unschedule()
        documents = rows.document_id
        passed = {row.document_id: row for row in rows}
        plan = documents._plan_approval(passed)
        signed = documents._move_on(plan, passed)
        for kind, letters in (("approved", documents - signed), ("signed", signed)):
            letters._record_event(
                kind,
                lambda letter: passed[letter]._approval_note(
                    comment, plan[letter]["note"]
                ),
                to_text=lambda letter: plan[letter]["user"].name,
            )

    def _approval_note(self, *texts):
        """Return what the history says of a step: its name, for whom, the comment."""
        parts = [self.approval_step_id.name]
        if self.stand_in_id:
            parts = [f"{self.approval_step_id.name} ({self.assignee})"]
        return "\n".join(filter(None, [*parts, *texts]))

    def _refuse(self, comment):
        """Send these letters back one step: to who approved before, or the writer.

        :param str comment: what is to be corrected
        :raises UserError: without a comment, or when one is open no longer
        """
        self._check_for_approval()
        comment = (comment or "").strip()
        if not comment:
            raise UserError(
                self.env._("Write what is to be corrected, then send it back.")
            )
        rows = self._wait_turn(OPEN, self.env._("Send back"))
        now = fields.Datetime.now()
        rows.write(
            {
                "state": "returned",
                "return_reason": comment,
                "returned_at": now,
                "returned_by_id": self.env.uid,
                "return_handled_at": now,
            }
        )
        rows.filtered(lambda row: not row.opened_at).write({"opened_at": now})
        rows._unschedule()
        back = {row.document_id: row._approved_before() for row in rows}
        to_names = {
            letter: (before.user_id or letter.proposed_by_id).name
            for letter, before in back.items()
        }
        refused = {row.document_id: row for row in rows}
        rows.document_id._record_event(
            "refused",
            lambda letter: refused[letter]._approval_note(comment),
            to_text=lambda letter: to_names[letter],
        )
        rows._put_back(back, comment)
        rows.document_id._refresh_readers()

    def _approved_before(self):
        """Return the assignment by which the letter came here, if its person is here.

        :return: an assignment, empty if the letter goes back to its writer
        """
        before = self.parent_id
        while before and not before.approval_step_id._may_approve(before.user_id):
            before = before.parent_id
        return before

    def _put_back(self, back, comment):
        """Give each letter to who approved it before, or to its writer to correct.

        :param dict back: letter → the assignment of who approved before
        :param str comment: what is to be corrected
        """
        values = {}
        for row in self:
            before = back[row.document_id]
            writer = row.document_id.proposed_by_id
            values[row.document_id] = {"instruction": comment} | (
                {
                    "user_id": before.user_id.id,
                    "approval_step_id": before.approval_step_id.id,
                    "date_deadline": before.approval_step_id._deadline(row.document_id),
                    "parent_id": before.parent_id.id,
                }
                if before
                else {
                    "user_id": writer.id,
                    "approval_step_id": row.approval_step_id.id,
                    "kind": "task",
                }
            )
        documents = self.document_id
        documents._put_approvals(values)
        documents.filtered(lambda letter: not back[letter]).write(
            {"approval_state": "sent_back", "approval_comment": comment}
        )

    # ------------------------------------------------------------------
    # What is not for approval, and what is
    # ------------------------------------------------------------------
    def _check_for_approval(self):
        """Raise unless all of these are for approval."""
        others = self.filtered(lambda row: row.kind != "approval")
        if others:
            raise UserError(
                self.env._(
                    "Letter “%s” was not brought to you for approval. Accept it, or "
                    "send it back.",
                    others[0].display_name,
                )
            )

    def _check_no_approval(self):
        """Raise when one of these is for approval or for correction."""
        # sudo: only what sort of assignment it is
        found = self.sudo().filtered("approval_step_id")
        for row in found:
            if row.kind == "approval":
                raise UserError(
                    self.env._(
                        "Letter “%s” is for approval: approve it or send it back for "
                        "correction. Who proposed it can withdraw the proposal.",
                        row.display_name,
                    )
                )
            raise UserError(
                self.env._(
                    "Letter “%s” is a draft to be corrected: correct it and propose it "
                    "again, or delete it.",
                    row.display_name,
                )
            )

    def _accept(self):
        if approvals := self.filtered(lambda row: row.kind == "approval"):
            approvals._check_no_approval()
        return super()._accept()

    def _report(self, text=None):
        self._check_no_approval()
        return super()._report(text)

    def _return(self, kind, reason):
        self._check_no_approval()
        return super()._return(kind, reason)

    def _withdraw(self, reason):
        self._check_no_approval()
        return super()._withdraw(reason)
