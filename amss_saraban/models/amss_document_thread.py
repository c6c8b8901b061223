# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A correspondence: letters that answer or refer to one another, across agencies."""

from odoo import api, fields, models
from odoo.tools import SQL

#: letters followed from one to the next; a thread that is longer shows the nearest
MOST_LINKED = 1_000
#: letters shown
MOST_SHOWN = 100

#: each letter with those that hang together with it, the nearest first
LINKED = """
    SELECT start.id, linked.id
      FROM unnest(%(ids)s) AS start(id)
CROSS JOIN LATERAL (
      WITH RECURSIVE thread(id) AS (
            SELECT start.id
             UNION
            SELECT next.id
              FROM thread
        CROSS JOIN LATERAL (
                SELECT reply_to_id AS id FROM amss_document
                 WHERE amss_document.id = thread.id AND reply_to_id IS NOT NULL
                 UNION ALL
                SELECT amss_document.id FROM amss_document
                 WHERE reply_to_id = thread.id
                 UNION ALL
                SELECT reference_id FROM amss_document_reference_rel
                 WHERE document_id = thread.id
                 UNION ALL
                SELECT document_id FROM amss_document_reference_rel
                 WHERE reference_id = thread.id
                   ) next
      )
      SELECT id FROM thread LIMIT %(limit)s
           ) linked
"""


class AmssDocument(models.Model):
    _inherit = "amss.document"

    thread_ids = fields.Many2many(
        "amss.document",
        string="Thread",
        compute="_compute_thread_ids",
        help="The letters that answer or refer to one another, as far as the user "
        "may read them.",
    )
    replied_number = fields.Char(
        string="Answers letter", compute="_compute_thread_columns"
    )
    thread_state = fields.Char(string="Where it is", compute="_compute_thread_columns")

    @api.depends_context("uid")
    @api.depends("reply_to_id", "reference_ids")
    def _compute_thread_ids(self):
        linked = self._linked_ids()
        # the rules leave out what the user may not read
        readable = self.search([("id", "in", sorted(set().union(*linked.values())))])
        readable = readable._in_time_order()
        for document in self:
            ids = linked.get(document._origin.id, set())
            thread = readable.filtered(lambda letter, ids=ids: letter.id in ids)
            document.thread_ids = document._shown_of(thread)

    def _linked_ids(self):
        """Return which letters hang together with each of these, readable or not.

        :return: set of ids, its own as well, by id; one statement for all
        """
        ids = self._origin.ids
        if not ids:
            return {}
        self.flush_model(["reply_to_id", "reference_ids"])
        linked = {}
        for start, found in self.env.execute_query(
            SQL(LINKED, ids=ids, limit=MOST_LINKED)
        ):
            linked.setdefault(start, set()).add(found)
        return linked

    def _shown_of(self, thread):
        """Return what is shown of the thread of this letter, nothing if it is alone.

        Of a long one, as of a circular that all schools answered, the newest letters,
        this one and the one that it answers.

        :param thread: letters that hang together with this one, in time order
        """
        if len(thread) < 2:
            return self.browse()
        newest = thread[-MOST_SHOWN:]
        kept = newest | self._origin | self._origin.reply_to_id
        return thread.filtered(lambda letter: letter in kept)

    def _in_time_order(self):
        """Return these letters as they were written, one after the other."""
        return self.sorted(
            lambda letter: (letter.letter_date or letter.create_date.date(), letter.id)
        )

    @api.depends_context("uid", "lang")
    @api.depends("reply_to_id", "state", "sent_at", "recipient_ids.state")
    def _compute_thread_columns(self):
        readable = self.reply_to_id._filtered_access("read")
        for document in self:
            letter = document.reply_to_id & readable
            document.replied_number = letter.letter_number or letter.subject
        came = self._rows_that_came()
        states = dict(self._fields["state"]._description_selection(self.env))
        for document in self:
            row = came.get(document.id)
            if row:
                document.thread_state = row._thread_state()
            elif document.entry_id and document.origin == "outside":
                document.thread_state = self.env._(
                    "Receive no. %s", document.entry_id.display_name
                )
            elif document.sent_at and document.state == "registered":
                document.thread_state = self.env._("Sent")
            else:
                document.thread_state = states[document.state]

    def _rows_that_came(self):
        """Return by letter how each came to the user's agency, if it came there."""
        agency = self.env.user.agency_id
        others = self.filtered(lambda document: document.agency_id != agency)
        if not others:
            return {}
        # sudo: state and number of a letter that the user reads, in the own agency
        rows = (
            self.env["amss.recipient"]
            .sudo()
            .search(
                [
                    ("document_id", "in", others.ids),
                    ("agency_id", "=", agency.id),
                    ("user_id", "=", False),
                ]
            )
        )
        return {row.document_id.id: row for row in rows}


class AmssRecipient(models.Model):
    _inherit = "amss.recipient"

    thread_ids = fields.Many2many(
        "amss.document", string="Thread", compute="_compute_thread_ids"
    )

    @api.depends_context("uid")
    @api.depends("document_id")
    def _compute_thread_ids(self):
        for row in self:
            row.thread_ids = row.document_id.thread_ids

    def _thread_state(self):
        """Return what became of the letter at this addressee, in a word."""
        if self.state == "accepted":
            return self.env._("Receive no. %s", self.entry_id.display_name)
        return dict(self._fields["state"]._description_selection(self.env))[self.state]
