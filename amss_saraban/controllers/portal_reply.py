# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Answers in the portal: what is asked for, what was answered, the whole thread."""

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.amss_base.tools import thai

from ..models.amss_recipient_steps import WAITING
from .portal import SchoolPortal

#: who returned a letter, or from whom it was recalled, reads it no longer
READABLE = (*WAITING, "accepted")
#: no letter stands further to the right
DEEPEST = 4


class SchoolReply(SchoolPortal):
    # ------------------------------------------------------------------
    # The letter that is answered
    # ------------------------------------------------------------------
    def _get_answered_sudo(self, reply_to="", reply_outside=""):
        """Return the letter of the agency's received register that is answered.

        :param str reply_to: id of the addressee's row of a letter that was accepted
        :param str reply_outside: id of a letter that was registered from outside
        :return: ``amss.document``, empty when none is meant
        :raises NotFound: for a letter of others
        """
        if str(reply_to).isdecimal():
            row = self._get_recipient_sudo(int(reply_to))
            if row.state == "accepted":
                return row.document_id
        elif str(reply_outside).isdecimal():
            letter = self._get_document_sudo(int(reply_outside), "outside")
            if letter.state == "registered":
                return letter
        # sudo: nothing
        return request.env["amss.document"].sudo()

    def _answer_form(self, letter):
        """Return what the form of an answer to this letter proposes."""
        if not letter:
            return {}
        return {
            "replied": letter.letter_number or letter.subject,
            "subject": letter.subject,
            "addressee_text": letter.sender_text,
            "agencies": set(letter._sender_agency().ids),
        }

    # ------------------------------------------------------------------
    # Days
    # ------------------------------------------------------------------
    def _typed_day(self, text):
        """Return the day that was typed, in either era; ``False`` if none was.

        :raises UserError: when it is no date
        """
        if not text:
            return False
        try:
            return thai.parse_thai_date(text)
        except ValueError as error:
            raise UserError(
                request.env._(
                    "Reply needed by: “%s” is not a date. Write it like 31 ม.ค. 2569 "
                    "or 31/01/2569.",
                    text,
                )
            ) from error

    def _save_reply_day(self, record, name, text):
        """Write the day of the answer into a letter or line, if it is another one.

        The day that is there stays, even when it has passed meanwhile.

        :param str name: of the field
        :param str text: as typed
        :raises UserError: for no date or a day that has passed
        """
        day = self._typed_day(text)
        if day != record[name]:
            record.write({name: day})

    def _reply_due(self, row):
        """Return by when the agency has to answer this letter that came.

        :return: (day or ``False``, whether it has passed without an answer)
        """
        if row.state == "accepted":
            return self._line_due(row.entry_id)
        return row.reply_by, self._is_overdue(row.reply_by, row.is_answered)

    def _line_due(self, entry):
        """Return the same as ``_reply_due`` of a line of the received register."""
        return entry.reply_due, self._is_overdue(entry.reply_due, entry.is_answered)

    def _answers_due(self, document):
        """Return the same for the answers to a letter that the agency sent."""
        day = document.reply_by
        if not day:
            return False, False
        awaited = Domain("document_id", "=", document.id)
        awaited &= Domain("user_id", "=", False)
        awaited &= Domain("state", "in", READABLE) & Domain("is_answered", "=", False)
        # sudo: the letter is the agency's own
        rows = request.env["amss.recipient"].sudo().search(awaited, limit=1)
        return day, self._is_overdue(day, not rows)

    def _is_overdue(self, day, answered):
        """Tell whether a day has passed without an answer."""
        today = self._get_agency_sudo()._agency_now().date()
        return bool(day and not answered and day < today)

    def _unanswered_domain(self, agency):
        """Return the domain of letters that the agency has still to answer."""
        waiting = Domain("state", "in", WAITING) & Domain("reply_by", "!=", False)
        waiting &= Domain("is_answered", "=", False)
        line = [
            ("agency_id", "=", agency.id),
            ("reply_due", "!=", False),
            ("is_answered", "=", False),
            ("state", "=", "registered"),
        ]
        accepted = Domain("state", "=", "accepted")
        return waiting | accepted & Domain("entry_id", "any!", line)

    # ------------------------------------------------------------------
    # Answers that came
    # ------------------------------------------------------------------
    def _answer_urls(self, rows):
        """Return the pages of the answers that came, by addressee's row."""
        answers = {row.id: row.answer_id.id for row in rows if row.answer_id}
        # sudo: letters that came to the user's agency
        came = request.env["amss.recipient"].sudo()
        came = came.search(
            [
                ("document_id", "in", list(answers.values())),
                ("agency_id", "=", self._get_agency_sudo().id),
                ("user_id", "=", False),
                ("state", "in", READABLE),
            ]
        )
        urls = {one.document_id.id: f"/my/letters/{one.id}" for one in came}
        return {row_id: urls.get(answer) for row_id, answer in answers.items()}

    # ------------------------------------------------------------------
    # Thread
    # ------------------------------------------------------------------
    def _thread_of(self, document):
        """Return the letters that hang together with this one, in time order.

        Only what the agency wrote, registered or received; of others nothing, not
        even that they are there.

        :param document: ``amss.document``, sudo, that the agency may read
        :return: list of dicts, empty for a letter on its own
        """
        agency = self._get_agency_sudo()
        ids = document._linked_ids().get(document.id, ())
        came = Domain("agency_id", "=", agency.id) & Domain("state", "in", READABLE)
        came &= Domain("user_id", "=", False)
        own = Domain("agency_id", "=", agency.id) | Domain("recipient_ids", "any", came)
        letters = document.search(
            own
            & Domain("id", "in", list(ids))
            & Domain("secrecy", "=", "normal")
            & Domain("doc_type", "!=", "mail")
        )
        letters = document._shown_of(letters._in_time_order())
        rows = letters._rows_that_came()
        levels = {}
        for letter in letters:
            level = levels.get(letter.reply_to_id.id, -1) + 1
            levels[letter.id] = min(level, DEEPEST)
        return [
            {
                "letter": letter,
                "url": self._thread_url(letter, rows.get(letter.id)),
                "level": levels[letter.id],
                "current": letter == document,
            }
            for letter in letters
        ]

    def _thread_url(self, letter, row):
        """Return the page of a letter as the agency has it.

        :param row: how it came to the agency, ``None`` for its own letters
        """
        if row:
            return f"/my/letters/{row.id}"
        part = "outside" if letter.origin == "outside" else "sent"
        return f"/my/letters/{part}/{letter.id}"
