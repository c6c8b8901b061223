# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The text of a letter's files, as it is found."""

from odoo import models
from odoo.tools import SQL

from ..tools import search_sql
from .amss_document_find import says

#: Of a longer text the beginning is looked into: about a hundred pages. PostgreSQL
#: compares each candidate of the index once more, and one book among the files of the
#: letters found would make everybody wait.
LONGEST = 300_000


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def init(self):  # pylint: disable=missing-return
        """Keep and index the skeletons of the files of letters, of no others.

        An index of the text of all attachments of a database would be too large
        (``hr_recruitment`` limits its own likewise).
        """
        super().init()
        search_sql.keep_skeleton(
            self.env.cr,
            self._table,
            "letter_find_text",
            f"CASE WHEN letter_file THEN left(index_content, {LONGEST}) END",
            "letter_file AND letter_superseded_at IS NULL",
        )

    def _found_files_sql(self):
        """Return the condition of files that are looked into; as in the index."""
        return SQL(
            "res_model = 'amss.document' AND letter_file"
            " AND letter_superseded_at IS NULL"
        )

    def _file_says_sql(self, term, exact=False):
        text = SQL("left(index_content, %s)", LONGEST)
        return says(SQL("letter_find_text"), text, term, exact)
