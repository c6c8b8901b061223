# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The answer in the books: by which letter a received one was answered (ข้อ 39), which
received letter a sent one answers (ข้อ 47), and what still waits for one (ข้อ 50)."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.amss_base.tools import guard
from odoo.addons.amss_base.tools.dates import short_date


def answered_domain(operator, value):
    """Return the domain of records with an answer, or without.

    In SQL, because the answer itself is no user's to ask for.
    """
    if operator not in ("in", "not in"):
        return NotImplemented
    wanted = set(value) if operator == "in" else {True, False} - set(value)
    if len(wanted) != 1:
        return Domain(bool(wanted))
    answered = wanted.pop()
    # as the partial indexes of the unanswered have it
    word = SQL("IS NOT NULL") if answered else SQL("IS NULL")
    return Domain.custom(
        to_sql=lambda _model, alias, _query: SQL(
            "%s %s", SQL.identifier(alias, "answer_id"), word
        ),
        # sudo: whether there is an answer, not which
        predicate=lambda record: bool(record.sudo().answer_id) == answered,
    )


class AmssRegisterEntry(models.Model):
    _inherit = "amss.register.entry"

    reply_due = fields.Date(
        string="Answer due",
        help="The day by which this office wants to have answered; at first the day "
        "that the letter asks for.",
    )
    # the name of a letter that the reader of the line may not read would come with it
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
    )
    answer_text = fields.Char(
        string="Answer",
        compute="_compute_answer_text",
        compute_sudo=True,
        help="By which letter this one was answered, or which letter it answers.",
    )
    action_text = fields.Char(
        string="Action and answer", compute="_compute_action_text", compute_sudo=True
    )

    _unanswered = models.Index(
        "(agency_id, reply_due, id) WHERE answer_id IS NULL"
        " AND reply_due IS NOT NULL AND state = 'registered'"
    )

    @api.depends("answer_id")
    def _compute_is_answered(self):
        for entry in self:
            entry.is_answered = bool(entry.answer_id)

    def _search_is_answered(self, operator, value):
        return answered_domain(operator, value)

    @api.depends_context("lang")
    @api.depends("answer_id", "document_id.reply_to_id")
    def _compute_answer_text(self):
        sent = self.filtered(lambda entry: entry.kind == "sent")
        lines = sent._lines_answered()
        for entry in self - sent:
            entry.answer_text = entry._answered_by_text()
        for entry in sent:
            letter = entry.document_id.reply_to_id
            line = lines.get((letter, entry.agency_id))
            entry.answer_text = self._answers_text(letter, line)

    def _answered_by_text(self):
        """Return by which letter this received line was answered, ``False`` if none."""
        answer = self.answer_id
        if not answer:
            return False
        return self.env._(
            "answered by %(number)s of %(date)s",
            number=answer.letter_number,
            date=short_date(self.env, answer.letter_date),
        )

    @api.model
    def _answers_text(self, letter, line):
        """Return which letter is answered, ``False`` if none.

        :param letter: ``amss.document`` answered
        :param line: its line in the own received register, or nothing
        """
        number = letter.letter_number or letter.subject
        if line:
            return self.env._(
                "answers %(number)s, receive no. %(receive)s",
                number=number,
                receive=line.display_name,
            )
        return self.env._("answers %s", number) if letter else False

    def _lines_answered(self):
        """Return the received lines that these sent lines answer (ข้อ 47).

        :return: line by letter and agency
        """
        letters = self.document_id.reply_to_id
        if not letters:
            return {}
        lines = self.search(
            [
                ("document_id", "in", letters.ids),
                ("agency_id", "in", self.agency_id.ids),
                ("kind", "=", "received"),
                ("state", "=", "registered"),
                ("book_department_id", "=", False),
            ]
        )
        return {(line.document_id, line.agency_id): line for line in lines}

    @api.depends("action_note", "answer_text")
    def _compute_action_text(self):
        """What the column การปฏิบัติ says: what was written, and the answer."""
        for entry in self:
            parts = [entry.action_note, entry.answer_text]
            entry.action_text = ", ".join(filter(None, parts))

    @api.constrains("reply_due")
    def _check_reply_due(self):
        if guard.is_step(self.env):
            return
        for entry in self.filtered("reply_due"):
            if entry.reply_due < entry.agency_id._agency_now().date():
                raise ValidationError(
                    self.env._(
                        "Line %(name)s: the day when the answer is due, %(date)s, has "
                        "passed. Choose today or a later day, or leave it empty.",
                        name=entry.display_name,
                        date=short_date(self.env, entry.reply_due),
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        if "reply_due" in vals:
            # sudo: a letter from outside and its only line say the same
            for entry in self.sudo().filtered("document_id"):
                letter = entry.document_id
                if letter.entry_id == entry and letter.reply_by != entry.reply_due:
                    guard.stepping(letter).reply_by = entry.reply_due
        return result

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------
    def action_answer(self):
        """Open an answer to the letter of this received line (ตอบหนังสือ).

        Nothing is saved until the user saves. The sender, the subject and the group
        and person of the line are proposed.

        :raises UserError: for a line that is void, sent, or has no letter
        """
        self.ensure_one()
        row = self.recipient_id
        void = self.kind != "received" or self.state != "registered"
        if void or row and (row.state, row.entry_id) != ("accepted", self):
            raise UserError(
                self.env._(
                    "Line %s is no letter that this office has, so there is nothing "
                    "to answer.",
                    self.display_name,
                )
            )
        return self.document_id._write_answer(self.department_id, self.user_id)

    def action_open_answer(self):
        """Open the letter by which this line was answered."""
        self.ensure_one()
        self.check_access("read")
        # sudo: the answer itself is opened only to who may read it
        return self.sudo()._open_answer(self.env)

    def _open_answer(self, env):
        """Return the action that opens the answer to the letter of this line.

        :param env: environment of the user, who has to be able to read the answer
        :raises UserError: when there is none, or the user may not read it
        """
        answer = self.answer_id.with_env(env)
        if not answer.has_access("read") or not answer:
            raise UserError(
                env._(
                    "You cannot read the answer to line %s, or there is none. Ask the "
                    "central registry.",
                    self.display_name,
                )
            )
        return answer.action_open()
