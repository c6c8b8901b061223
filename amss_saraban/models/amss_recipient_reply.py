# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Answers as sender and addressee see them."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.amss_base.tools import guard
from odoo.addons.amss_base.tools.dates import short_date

from .amss_register_entry_reply import answered_domain


class AmssRecipient(models.Model):
    _inherit = "amss.recipient"

    # fixed with the sending, here so that the overdue are found in one index
    reply_by = fields.Date(string="Reply needed by", readonly=True)
    # the name of a letter that the reader may not read would come with it
    answer_id = fields.Many2one(
        "amss.document",
        string="Answered by",
        readonly=True,
        index="btree_not_null",
        groups=fields.NO_ACCESS,
    )
    is_answered = fields.Boolean(
        string="Answered",
        compute="_compute_is_answered",
        compute_sudo=True,
        search="_search_is_answered",
        help="Whether an answer of the addressee has come to the sender.",
    )
    answer_text = fields.Char(
        string="Answer", compute="_compute_is_answered", compute_sudo=True
    )
    entry_reply_due = fields.Date(related="entry_id.reply_due")
    entry_answer_text = fields.Char(related="entry_id.answer_text", string="Our answer")
    entry_is_answered = fields.Boolean(
        related="entry_id.is_answered", string="Answered by us"
    )

    _unanswered = models.Index(
        "(sender_agency_id, reply_by, id) WHERE answer_id IS NULL"
        " AND reply_by IS NOT NULL AND state IN ('sent', 'opened', 'accepted')"
    )

    @api.depends_context("lang")
    @api.depends("answer_id")
    def _compute_is_answered(self):
        for row in self:
            answer = row.answer_id
            row.is_answered = bool(answer)
            row.answer_text = False
            if answer:
                row.answer_text = self.env._(
                    "%(number)s of %(date)s",
                    number=answer.letter_number,
                    date=short_date(self.env, answer.letter_date),
                )

    def _search_is_answered(self, operator, value):
        return answered_domain(operator, value)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------
    def action_answer(self):
        """Open an answer to this letter, to be written (ตอบหนังสือ).

        :raises UserError: for a letter that the agency has not accepted
        """
        self.ensure_one()
        if not self.is_inbox or self.state != "accepted":
            raise UserError(
                self.env._(
                    "Letter “%s” has no receive number of this agency yet. Accept it, "
                    "then answer it.",
                    self.document_id.display_name,
                )
            )
        return self.entry_id.action_answer()

    def action_open_answer(self):
        """Open the answer: the addressee its own letter, the sender what came."""
        self.ensure_one()
        if self.is_inbox:
            return self.entry_id.action_open_answer()
        self.check_access("read")
        came = self.search(
            [
                # sudo: which letter it is; the rules say who may open it
                ("document_id", "=", self.sudo().answer_id.id),
                ("agency_id", "=", self.env.user.agency_id.id),
                ("user_id", "=", False),
            ]
        )
        if not came:
            raise UserError(
                self.env._(
                    "The answer of %s is with the central registry. Ask there for it "
                    "to be passed on to you.",
                    self.agency_id.name,
                )
            )
        return came.action_open_document()

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------
    def _entry_values(self):
        # sudo: the answer is the addressee's own
        return super()._entry_values() | {
            "reply_due": self.reply_by,
            "answer_id": self.sudo().answer_id.id,
        }

    def _before_return(self, text):
        # what goes back is not to be answered
        guard.stepping(self.entry_id).reply_due = False
        return super()._before_return(text)

    def _give_back(self, kind, reason, text):
        result = super()._give_back(kind, reason, text)
        self.document_id._refresh_answers()
        return result

    def _recall(self, reason):
        result = super()._recall(reason)
        self.document_id._refresh_answers()
        return result

    def _send_again(self):
        result = super()._send_again()
        self.document_id._refresh_answers()
        return result
