# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The chain of hashes over all histories: it shows when a line was changed later.

Sealing is work of the schedule: a step that waited for the line before it would make
all people wait for each other. A line is sealed once it is committed, some minutes
later at most; from then on a change of it, or of any line before it, can be told.
"""

import hashlib
import json

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.amss_base.tools import locks

#: lines sealed in one transaction
BATCH = 5000
#: what of a line is sealed
SEALED = (
    "id",
    "document_id",
    "agency_id",
    "counterpart_id",
    "shared",
    "kind",
    "at",
    "user_id",
    "text",
    "decision",
    "to_text",
)


class AmssDocumentEvent(models.Model):
    _inherit = "amss.document.event"

    seal_number = fields.Integer(readonly=True, help="The place in the chain.")
    seal = fields.Char(
        string="SHA-256",
        readonly=True,
        help="Hash of this line and of the seal before it.",
    )

    _unsealed = models.Index("(id) WHERE seal_number IS NULL")
    _seals = models.UniqueIndex("(seal_number)", "Each seal has a place of its own.")

    # ------------------------------------------------------------------
    # Seal
    # ------------------------------------------------------------------
    @api.model
    def _cron_seal(self):
        """Seal the lines that were written since the last time."""
        cron = self.env["ir.cron"]
        while sealed := self._seal_some():
            if not cron._commit_progress(sealed):
                break

    @api.model
    def _seal_some(self):
        """Seal the next lines; others that seal wait.

        :return: number of lines sealed
        """
        self.env.flush_all()
        locks.lock(self.env, locks.SEAL, [0])
        [number, seal] = self._last_seal()
        rows = self._rows(SQL("seal_number IS NULL ORDER BY id LIMIT %s", BATCH))
        seals = []
        for row in rows:
            number, seal = number + 1, self._next_seal(seal, row)
            seals.append((row["id"], number, seal))
        if seals:
            self.env.cr.execute_values(
                """
                UPDATE amss_document_event event
                   SET seal_number = made.number, seal = made.seal
                  FROM (VALUES %s) AS made (id, number, seal) WHERE event.id = made.id
                """,
                seals,
            )
            self.invalidate_model(["seal_number", "seal"])
        return len(seals)

    @api.model
    def _last_seal(self):
        """Return number and seal of the last line sealed, as others committed it."""
        statement = """
            SELECT seal_number, seal FROM amss_document_event
             WHERE seal_number IS NOT NULL ORDER BY seal_number DESC LIMIT 1
        """
        with locks.fresh_cursor(self.env) as cr:
            cr.execute(statement)
            committed = cr.fetchone()
        self.env.cr.execute(statement)
        return max(committed or (0, ""), self.env.cr.fetchone() or (0, ""))

    @api.model
    def _rows(self, condition):
        """Return lines of the history as they are stored, as dicts."""
        columns = SQL(", ").join(map(SQL.identifier, (*SEALED, "seal_number", "seal")))
        self.env.cr.execute(
            SQL("SELECT %s FROM amss_document_event WHERE %s", columns, condition)
        )
        return self.env.cr.dictfetchall()

    @api.model
    def _next_seal(self, before, row):
        """Return the seal of a line: the hash of the seal before and of the line.

        :param str before: seal of the line before it, empty for the first
        :param dict row: the line as stored
        """
        told = json.dumps([before, *(row[name] for name in SEALED)], default=str)
        return hashlib.sha256(told.encode()).hexdigest()

    # ------------------------------------------------------------------
    # Check
    # ------------------------------------------------------------------
    @api.model
    def _first_broken(self):
        """Return the first sealed line that is not what was sealed.

        :return: the line, or an empty record when the history is whole; the line
            before which others are missing, when some were deleted
        """
        number, seal = 0, ""
        while rows := self._rows(
            SQL("seal_number > %s ORDER BY seal_number LIMIT %s", number, BATCH)
        ):
            for row in rows:
                seal = self._next_seal(seal, row)
                if row["seal_number"] != number + 1 or row["seal"] != seal:
                    return self.browse(row["id"])
                number += 1
        return self.browse()
