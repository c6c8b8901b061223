# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Answers as who works on a letter inside the office sees and writes them."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class AmssAssignment(models.Model):
    _inherit = "amss.assignment"

    reply_due = fields.Date(related="entry_id.reply_due")
    answer_text = fields.Char(related="entry_id.answer_text", string="Answer")
    is_answered = fields.Boolean(related="entry_id.is_answered", string="Answered")
    may_answer = fields.Boolean(
        compute="_compute_may_answer",
        help="Whether the letter came from elsewhere, so that it can be answered.",
    )
    thread_ids = fields.Many2many(
        "amss.document", string="Thread", compute="_compute_thread_ids"
    )

    @api.depends("document_id.origin", "document_id.agency_id", "agency_id")
    def _compute_may_answer(self):
        for row in self:
            # sudo: whose letter it is, which its page shows
            letter = row.document_id.sudo()
            elsewhere = letter.agency_id != row.agency_id
            row.may_answer = elsewhere or letter.origin == "outside"

    @api.depends_context("uid")
    @api.depends("document_id")
    def _compute_thread_ids(self):
        for row in self:
            row.thread_ids = row.document_id.sudo(False).thread_ids

    def action_answer(self):
        """Open an answer to this letter, to be written (ตอบหนังสือ).

        :raises UserError: for a letter that was written in this office
        """
        self.ensure_one()
        letter = self.document_id
        if not self.may_answer:
            raise UserError(
                self.env._(
                    "Letter “%s” was written in this office, so there is nothing to "
                    "answer.",
                    letter.display_name,
                )
            )
        return letter._write_answer(self.department_id, self.user_id)

    def action_open_answer(self):
        """Open the letter by which this one was answered."""
        self.ensure_one()
        self.check_access("read")
        # sudo: the answer itself is opened only to who may read it
        return self.entry_id.sudo()._open_answer(self.env)
