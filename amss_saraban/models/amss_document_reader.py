# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who may read a letter, kept as rows beside it.

Who reads a letter follows from many things: who wrote it, which agencies it came to,
which line of which book names whom, to whom it was assigned. Asked anew for each
letter of a list, that would cost the whole archive; kept as rows it is one join at
any size. The facts stay where they are: the rows follow from them and can be made
anew at any time.
"""

from odoo import api, fields, models
from odoo.tools import SQL

#: who reads a letter of which agency, and by which fact; one key for each role:
#: ``9a`` central registrars and directors of agency 9, ``9u5`` its user 5, ``9r7`` head
#: and registrars of its group 7, ``9m7`` all of group 7
FACTS = """
    SELECT d.id AS document_id, d.agency_id || 'a' AS key
      FROM amss_document d WHERE d.doc_type <> 'mail' AND d.id = ANY(%(ids)s)
     UNION
    SELECT d.id, d.agency_id || 'u' || unnest(ARRAY[d.user_id, d.create_uid])
      FROM amss_document d WHERE d.id = ANY(%(ids)s)
     UNION
    SELECT d.id, d.agency_id || 'r' || d.department_id
      FROM amss_document d WHERE d.doc_type <> 'mail' AND d.id = ANY(%(ids)s)
     UNION
    SELECT r.document_id, r.agency_id || 'a'
      FROM amss_recipient r
     WHERE r.document_id = ANY(%(ids)s) AND r.state IN ('sent', 'opened', 'accepted')
       AND r.user_id IS NULL
     UNION
    SELECT r.document_id, r.agency_id || 'u' || r.user_id
      FROM amss_recipient r
     WHERE r.document_id = ANY(%(ids)s) AND r.state <> 'recalled'
       AND r.user_id IS NOT NULL
     UNION
    SELECT e.document_id, e.agency_id || unnest(
               ARRAY['u' || e.user_id, 'r' || e.department_id])
      FROM amss_register_entry e
      LEFT JOIN amss_recipient r ON r.id = e.recipient_id
     WHERE e.document_id = ANY(%(ids)s) AND e.state <> 'void'
       AND (r.id IS NULL OR r.state = 'accepted' AND r.entry_id = e.id)
     UNION
    SELECT a.document_id, a.agency_id || unnest(ARRAY[
               'u' || a.user_id, 'u' || a.stand_in_id, 'r' || a.department_id,
               CASE WHEN a.kind = 'info' THEN 'm' || a.department_id END])
      FROM amss_assignment a
      LEFT JOIN amss_recipient r ON r.id = a.recipient_id
     WHERE a.document_id = ANY(%(ids)s) AND a.state <> 'withdrawn'
       AND (r.id IS NULL OR r.state = 'accepted')
       AND (a.state <> 'returned' OR a.kind = 'approval')
"""


class AmssDocumentReader(models.Model):
    """One key that opens one letter."""

    _name = "amss.document.reader"
    _description = "Who May Read a Letter"
    _log_access = False

    document_id = fields.Many2one("amss.document", required=True, ondelete="cascade")
    key = fields.Char(required=True)

    _one_row = models.UniqueIndex("(document_id, key)")
    _letters = models.Index("(key, document_id DESC)")


class AmssDocument(models.Model):
    _inherit = "amss.document"

    reader_ids = fields.One2many("amss.document.reader", "document_id", copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents._refresh_readers()
        return documents

    def write(self, vals):
        result = super().write(vals)
        if {"agency_id", "department_id", "user_id", "doc_type"} & set(vals):
            self._refresh_readers()
        return result

    def _refresh_readers(self):
        """Put the readers of these letters in step with the facts: one statement.

        To be called by each step that changes who reads a letter.
        """
        if not self.ids:
            return
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH wanted AS (SELECT * FROM (%(facts)s) facts WHERE key IS NOT NULL),
                gone AS (
                    DELETE FROM amss_document_reader reader
                     WHERE document_id = ANY(%(ids)s) AND NOT EXISTS (
                        SELECT 1 FROM wanted WHERE wanted.key = reader.key
                           AND wanted.document_id = reader.document_id)
                )
                INSERT INTO amss_document_reader (document_id, key)
                SELECT document_id, key FROM wanted
                EXCEPT
                SELECT document_id, key FROM amss_document_reader
                 WHERE document_id = ANY(%(ids)s)
                    ON CONFLICT DO NOTHING
                """,
                facts=SQL(FACTS, ids=self.ids),
                ids=self.ids,
            )
        )
        self.env["amss.document.reader"].invalidate_model()
        self.invalidate_recordset(["reader_ids"])
