# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Assignments that end before they are done: sent back one step, withdrawn."""

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.amss_base.tools import guard

from .amss_assignment import OPEN


class AmssAssignment(models.Model):
    _inherit = "amss.assignment"

    def _return(self, kind, reason):
        """Send these back one step, to who assigned them.

        :param str kind: of ``RETURN_KINDS``
        :param str reason: why, for who assigned them
        :raises UserError: without kind or reason, or when one is open no longer
        """
        reason = self.env["amss.recipient"]._check_return(kind, reason)
        if self.filtered(lambda row: row.kind == "approval"):
            raise UserError(
                self.env._(
                    "What is for approval is approved or sent back for correction."
                )
            )
        rows = self._wait_turn(OPEN, self.env._("Send back"))
        if below := rows._open_below():
            below._withdraw(reason)
        rows.write(
            {
                "state": "returned",
                "return_kind": kind,
                "return_reason": reason,
                "returned_at": fields.Datetime.now(),
                "returned_by_id": self.env.uid,
            }
        )
        rows._unschedule()
        rows._unname_owner_in_register()
        rows._record("sent_back", self.env["amss.recipient"]._return_text(kind, reason))
        rows.document_id._refresh_readers()

    def _withdraw(self, reason):
        """Take these back from who has them, with all that was assigned on.

        :param str reason: why
        """
        reason = self.env["amss.recipient"]._check_reason(reason)
        action = self.env._("Withdraw the assignment")
        rows = self._wait_turn(OPEN, action)
        if below := rows._open_below():
            rows |= below._wait_turn(OPEN, action)
        rows.write(
            {
                "state": "withdrawn",
                "withdraw_reason": reason,
                "withdrawn_at": fields.Datetime.now(),
                "withdrawn_by_id": self.env.uid,
            }
        )
        rows._unschedule()
        rows._unname_owner_in_register()
        rows._record("withdrawn", reason)
        rows.document_id._refresh_readers()

    def _withdraw_all(self, reason):
        """Withdraw those of these that are open, each once.

        :param str reason: why
        """
        if left := self.filtered(lambda row: row.state in OPEN):
            left._withdraw(reason)

    def _open_below(self):
        """Return what was assigned on from these and is open, at any depth.

        What was finished (a copy for information that was read) may have open work
        below it.
        """
        below = level = self.child_ids
        while level := level.child_ids:
            below |= level
        return below.filtered(lambda row: row.state in OPEN) - self

    def _unname_owner_in_register(self):
        """Take who has the letter no longer off its line of the register."""
        # sudo: lines of letters that the user takes from somebody
        persons = guard.stepping(self.env["amss.register.entry"].sudo())
        groups = persons
        for row in self.filtered(lambda r: r.is_owner and r.entry_id):
            if row.user_id and row.entry_id.user_id == row.user_id:
                persons |= row.entry_id
            if row.department_id and row.entry_id.department_id == row.department_id:
                groups |= row.entry_id
        if persons:
            persons.write({"user_id": False, "person_name": False})
        if groups:
            groups.write({"department_id": False, "user_id": False})

    def _handle_return(self):
        """Mark what was sent back as dealt with by who had assigned it."""
        # sudo: the callers have checked whose these are
        rows = guard.stepping(self.sudo()).filtered(
            lambda row: row.state == "returned" and not row.return_handled_at
        )
        rows.write({"return_handled_at": fields.Datetime.now()})

    def _handle_returned(self):
        """Mark what was sent back as dealt with once it is assigned anew."""
        places = {(row.document_id, row.parent_id) for row in self}
        # sudo: rows that came back to the place from which these are assigned
        self.sudo().search(
            [
                ("document_id", "in", self.document_id.ids),
                ("agency_id", "in", self.agency_id.ids),
                ("parent_id", "in", [*self.parent_id.ids, False]),
                ("state", "=", "returned"),
                ("return_handled_at", "=", False),
            ]
        ).filtered(
            lambda back: (back.document_id, back.parent_id) in places
        )._handle_return()
