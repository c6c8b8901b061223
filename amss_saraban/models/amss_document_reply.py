# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Answers: which letter answers which, and by when one is asked for (ข้อ 39, 47)."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.amss_base.tools import guard
from odoo.addons.amss_base.tools.dates import short_date

#: the received line of an agency: the latest letter of its own that answers
ANSWER_OF_LINES = """
    UPDATE amss_register_entry line
       SET answer_id = found.answer_id
      FROM (SELECT received.id,
                   (SELECT answer.id
                      FROM amss_document answer
                      JOIN amss_register_entry sent ON sent.id = answer.entry_id
                     WHERE answer.reply_to_id = received.document_id
                       AND answer.agency_id = received.agency_id
                       AND answer.state = 'registered' AND answer.origin = 'written'
                  ORDER BY sent.registered_at DESC, sent.year DESC, sent.number DESC
                     LIMIT 1) AS answer_id
              FROM amss_register_entry received
             WHERE received.document_id = ANY(%(letters)s)
               AND received.agency_id = ANY(%(agencies)s)
               AND received.kind = 'received') found
     WHERE line.id = found.id AND line.answer_id IS DISTINCT FROM found.answer_id
"""
#: an addressee: the latest answer that the sender of the letter has got from it
ANSWER_OF_ADDRESSEES = """
    UPDATE amss_recipient addressee
       SET answer_id = found.answer_id
      FROM (SELECT asked.id,
                   (SELECT answer.id
                      FROM amss_document answer
                      JOIN amss_recipient back ON back.document_id = answer.id
                     WHERE answer.reply_to_id = asked.document_id
                       AND answer.agency_id = asked.agency_id
                       AND answer.state = 'registered'
                       AND back.agency_id = asked.sender_agency_id
                       AND back.user_id IS NULL
                       AND back.state IN ('sent', 'opened', 'accepted')
                  ORDER BY back.sent_at DESC, answer.id DESC
                     LIMIT 1) AS answer_id
              FROM amss_recipient asked
             WHERE asked.document_id = ANY(%(letters)s)
               AND asked.agency_id = ANY(%(agencies)s)
               AND asked.user_id IS NULL) found
     WHERE addressee.id = found.id
       AND addressee.answer_id IS DISTINCT FROM found.answer_id
"""
#: what follows from the answer on both models
ANSWER_FIELDS = ["answer_id", "is_answered", "answer_text"]


class AmssDocument(models.Model):
    _inherit = "amss.document"

    reply_by = fields.Date(
        string="Reply needed by",
        help="The day by which the addressees are asked to answer.",
    )
    answer_text = fields.Char(related="entry_id.answer_text", string="Answer")
    is_answered = fields.Boolean(related="entry_id.is_answered", string="Answered")
    answered_count = fields.Integer(string="Answers", compute="_compute_answered_count")

    @api.depends("recipient_ids")
    def _compute_answered_count(self):
        groups = self.env["amss.recipient"]._read_group(
            [("document_id", "in", self.ids), ("is_answered", "=", True)],
            ["document_id"],
            ["__count"],
        )
        counts = {document.id: count for document, count in groups}
        for document in self:
            document.answered_count = counts.get(document.id, 0)

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------
    @api.constrains("reply_by")
    def _check_reply_by(self):
        if guard.is_step(self.env):
            return
        for document in self.filtered("reply_by"):
            if document.reply_by < document.agency_id._agency_now().date():
                raise ValidationError(document._late_answer_message())

    def _late_answer_message(self):
        """Return what is wrong with a day for answers that has passed."""
        return self.env._(
            "Letter “%(name)s”: the day by which a reply is needed, %(date)s, has "
            "passed. Choose today or a later day, or leave it empty.",
            name=self.display_name,
            date=short_date(self.env, self.reply_by),
        )

    def _check_answerable(self):
        """Raise when one of these letters answers a letter without valid number."""
        for document in self:
            if document.reply_to_id and document.reply_to_id.state != "registered":
                raise UserError(
                    self.env._(
                        "Letter “%(name)s” cannot answer “%(other)s”, which has no "
                        "valid number. Choose a letter that is registered.",
                        name=document.display_name,
                        other=document.reply_to_id.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents._check_answerable()
        return documents

    def write(self, vals):
        result = super().write(vals)
        if "reply_to_id" in vals:
            self._check_answerable()
        if "reply_by" in vals:
            self._sync_reply_due()
        return result

    def copy_data(self, default=None):
        """Leave out a day for the reply that has passed."""
        vals_list = super().copy_data(default)
        for document, vals in zip(self, vals_list, strict=True):
            today = document.agency_id._agency_now().date()
            if vals.get("reply_by") and vals["reply_by"] < today:
                vals["reply_by"] = False
        return vals_list

    def _sync_reply_due(self):
        """Carry the day for the answer to the lines of letters from outside."""
        # sudo: who may write the letter keeps its line in step
        for document in self.sudo().filtered(lambda doc: doc.origin == "outside"):
            line = document.entry_id
            if line and line.reply_due != document.reply_by:
                guard.stepping(line).reply_due = document.reply_by

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------
    def action_answer(self):
        """Open the answer to this letter from outside, to be written (ตอบหนังสือ)."""
        self.ensure_one()
        return self.entry_id.action_answer()

    def action_open_answer(self):
        """Open the letter that answers this one from outside."""
        self.ensure_one()
        return self.entry_id.action_open_answer()

    def _sender_agency(self):
        """Return the agency in the system from which this letter came, if it is one."""
        self.ensure_one()
        sender = self.sender_id if self.origin == "outside" else self.agency_id
        return sender.filtered("is_agency")

    def _write_answer(self, department, user):
        """Return the action that opens an answer to this letter; saves nothing.

        :param department: ``hr.department`` that answers, may be empty
        :param user: ``res.users`` who answers, may be empty
        :raises AccessError: for who may not read the letter or write drafts
        """
        self.ensure_one()
        self.check_access("read")
        self.browse().check_access("create")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "amss_saraban.amss_document_action_new_sent"
        )
        context = {
            "default_origin": "written",
            "default_reply_to_id": self.id,
            "default_subject": self.subject,
            "default_addressee_text": self.sender_text,
            "default_planned_agency_ids": self._sender_agency().ids,
        }
        if department:
            context["default_department_id"] = department.id
        if user:
            context["default_user_id"] = user.id
        return action | {"name": self.env._("Answer a letter"), "context": context}

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------
    def _entry_values(self):
        values = super()._entry_values()
        if self.origin == "outside":
            values["reply_due"] = self.reply_by
        return values

    def _issue(self):
        entries = super()._issue()
        # sudo: the caller has checked who may issue
        answers = self.sudo().filtered("reply_to_id")
        if answers:
            answers._refresh_answers()
            answers._record_answered()
        return entries

    def _send(self, agencies, urgency=None, summary=None):
        if self.reply_by and not self.sent_at:
            if self.reply_by < self.agency_id._agency_now().date():
                raise UserError(self._late_answer_message())
        count = super()._send(agencies, urgency, summary)
        self._refresh_answers()
        return count

    def _void(self, reason):
        result = super()._void(reason)
        self._refresh_answers()
        return result

    def _refresh_answers(self):
        """Note on what these letters answer by which letter it is answered now.

        Which letter that is follows from the facts: to be called when one of these
        letters got its number, was sent or came back, or became void. Nothing is
        asked of the database for letters that answer none.
        """
        # sudo: the lines and addressees concerned are the answering agency's own
        answers = self.sudo().filtered("reply_to_id")
        if not answers:
            return
        self.env.flush_all()
        ids = {"letters": answers.reply_to_id.ids, "agencies": answers.agency_id.ids}
        for statement in (ANSWER_OF_LINES, ANSWER_OF_ADDRESSEES):
            self.env.cr.execute(SQL(statement, **ids))
        self.env["amss.register.entry"].invalidate_model(
            [*ANSWER_FIELDS, "action_text"], flush=False
        )
        self.env["amss.recipient"].invalidate_model(ANSWER_FIELDS, flush=False)
        self.invalidate_model(["is_answered", "answer_text"], flush=False)

    def _record_answered(self):
        """Write into the history of each letter answered by which number it was."""
        for agency, answers in self.grouped("agency_id").items():
            by_letter = answers.grouped("reply_to_id")
            answers.reply_to_id._record_event(
                "answered",
                lambda letter, answers=by_letter: ", ".join(
                    answers[letter].mapped("letter_number")
                ),
                agency=agency,
            )
