# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A letter that came back: what to do next follows from what was wrong with it."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.amss_base.tools import locks

from .amss_recipient_steps import MOST_NAMED

#: next step -> the kinds of returns that lead to it
NEXT_STEPS = {
    "take_off": ("wrong_addressee", "other"),
    "send_again": ("damaged_file", "other"),
    "write_anew": ("wrong_letter", "other"),
}


class AmssDocument(models.Model):
    _inherit = "amss.document"

    return_open_count = fields.Integer(
        compute="_compute_returns", help="Returns that the sender has not accepted."
    )
    return_text = fields.Text(
        compute="_compute_returns", help="Who returned the letter and why."
    )
    may_take_off = fields.Boolean(compute="_compute_returns")
    may_send_again = fields.Boolean(compute="_compute_returns")
    may_write_anew = fields.Boolean(compute="_compute_returns")

    @api.depends(
        "recipient_ids.state",
        "recipient_ids.return_kind",
        "recipient_ids.return_accepted_at",
    )
    def _compute_returns(self):
        returned = self.env["amss.recipient"].search(
            [("document_id", "in", self.ids), ("state", "=", "returned")]
        )
        of_letter = returned.grouped("document_id")
        for document in self:
            rows = of_letter.get(document._origin, returned.browse())
            open_rows = rows.filtered(lambda row: not row.return_accepted_at)
            document.return_open_count = len(open_rows)
            document.return_text = rows._return_lines()
            kinds = set((rows - open_rows).mapped("return_kind"))
            for step, of_step in NEXT_STEPS.items():
                document[f"may_{step}"] = bool(kinds & set(of_step))

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------
    def action_accept_returns(self):
        """Accept all returns of this letter; its next steps are shown then."""
        return self._returned().action_accept_return()

    def action_ask_take_off(self):
        """Ask, then take the letter back from who said that it is not for them."""
        rows = self._returned("take_off")
        rows._check_may_recall()
        return self.env["amss.reason"]._ask(
            rows,
            "_recall",
            self.env._("Take off the addressee"),
            reason=rows._return_lines(),
        )

    def action_send_returned_again(self):
        """Send the letter again to who could not open its files."""
        return self._returned("send_again").action_send_again()

    def action_ask_write_anew(self):
        """Ask for the reason, then void the letter and open a copy as a draft."""
        self._check_may_write_anew()
        title = self.env._("Void and write anew")
        if self.accepted_count:
            title = self.env._("Write a letter that cancels this one")
        return self.env["amss.reason"]._ask(
            self,
            "_write_anew",
            title,
            reason=self._returned("write_anew")._return_lines(),
        )

    def _check_may_write_anew(self):
        """Raise unless the user may void the number of this letter and write anew."""
        self._check_may_issue()
        self.entry_id._check_may_void()

    def _returned(self, step=None):
        """Return the addressees of this letter that returned it.

        :param str step: of ``NEXT_STEPS``: those whose accepted return leads to it
        """
        rows = self.recipient_ids.filtered(lambda row: row.state == "returned")
        if step:
            rows = rows.filtered(
                lambda row: row.return_accepted_at
                and row.return_kind in NEXT_STEPS[step]
            )
        return rows

    # ------------------------------------------------------------------
    # Write anew
    # ------------------------------------------------------------------
    def _write_anew(self, reason):
        """Void this letter and copy it as a draft, with text, files and addressees.

        A letter that somebody has accepted cannot be void any more; a draft of a
        letter that cancels it is made instead. Rights are the caller's to check.

        :param str reason: why the letter is void
        :return: the draft, as the action that opens it
        :raises UserError: without a reason, or when the letter is void already
        """
        return self._new_version(reason).action_open()

    def _new_version(self, reason):
        """Return the draft of ``_write_anew``; asked for twice there is one."""
        self.ensure_one()
        reason = self.env["amss.recipient"]._check_reason(reason)
        locks.claim(self)  # from who accepts it, or writes it anew, at this moment
        if self.state != "registered" or self.origin != "written":
            raise UserError(
                self.env._(
                    "Letter %s is void already or has no number. Look for its copy "
                    "among the drafts.",
                    self.display_name,
                )
            )
        # sudo: the caller has checked who may
        rows = self.sudo().recipient_ids
        agencies = rows.filtered(
            lambda row: row.state != "recalled"
            and (row.state, row.return_kind) != ("returned", "wrong_addressee")
        ).agency_id
        if any(row.state == "accepted" for row in rows):
            return self._cancelling_draft(agencies)
        draft = self.copy({"planned_agency_ids": [Command.set(agencies.ids)]})
        self._copy_files(draft)
        self.entry_id._void(reason)
        return draft

    def _cancelling_draft(self, agencies):
        """Return the draft of a letter that cancels this one, made once."""
        drafts = self.search(
            [
                ("agency_id", "=", self.agency_id.id),
                ("state", "=", "draft"),
                ("doc_type", "!=", "mail"),
                ("reference_ids", "=", self.id),
            ],
            limit=1,
        )
        return drafts or self.copy(
            {
                "subject": self.env._(
                    "Cancels letter %(number)s: %(subject)s",
                    number=self.letter_number,
                    subject=self.subject,
                ),
                "summary": False,
                "reply_by": False,
                "reference_ids": [Command.link(self.id)],
                "planned_agency_ids": [Command.set(agencies.ids)],
            }
        )

    def _copy_files(self, draft):
        """Give the draft the files of this letter, each checked by its hash."""
        self.env["ir.attachment"].create(
            [
                {
                    "name": file.name,
                    "raw": file._letter_raw(),
                    "description": file.description,
                    "res_model": self._name,
                    "res_id": draft.id,
                    "letter_file": True,
                }
                for file in self.attachment_ids.sorted("id")
            ]
        )


class AmssRecipient(models.Model):
    _inherit = "amss.recipient"

    def _return_lines(self):
        """Return who returned the letter and why, a line each; the first of many."""
        lines = [
            f"{row.agency_id.name} – "
            f"{row._return_text(row.return_kind, row.return_reason)}"
            for row in self[:MOST_NAMED]
        ]
        if len(self) > MOST_NAMED:
            lines.append(self.env._("and %s more", len(self) - MOST_NAMED))
        return "\n".join(lines)
