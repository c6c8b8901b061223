# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is written on the lines of the books, as it is found."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import search_sql, search_text
from .amss_document_find import joined, says

#: what the registrar writes; most lines have neither
NOTES = ("remark", "action_note")
NOTED = "remark IS NOT NULL OR action_note IS NOT NULL"
RESERVED = ("letter_number", "remark")


class AmssRegisterEntry(models.Model):
    _inherit = "amss.register.entry"

    search_text = fields.Char(
        string="Number, subject, from, to, remarks or text of a file",
        store=False,
        search="_search_search_text",
    )

    _by_number = models.Index("(agency_id, number)")

    def init(self):  # pylint: disable=missing-return
        """Keep and index the skeletons of remarks and of what was done."""
        super().init()
        search_sql.keep_skeleton(
            self.env.cr,
            self._table,
            "find_text",
            f"CASE WHEN {NOTED} THEN {joined(NOTES)} END",
            "find_text IS NOT NULL",
        )

    def _line_says_sql(self, line, term, exact=False):
        """Return the condition that what is written on a line says a term.

        :param SQL line: alias of its row
        """
        text = SQL(joined(NOTES, line.code))  # pylint: disable=sql-injection
        return says(SQL("%s.find_text", line), text, term, exact)

    def _search_search_text(self, operator, value):
        """Find lines by one box over the letter, its files and the line (S2)."""
        if operator != "ilike":
            return NotImplemented
        terms = search_text.terms(value)
        if not terms:
            return Domain.TRUE
        found = self.env["amss.document"]._letters_saying(value)
        # a reserved line has a number and remarks, and no letter yet
        found |= Domain("state", "=", "reserved") & self._reserved_saying(terms)
        number, year = search_text.line_number(value) or (None, 0)
        if number is not None:
            line = Domain("number", "=", number)
            found |= line & Domain("year", "=", year) if year else line
        return found

    def _reserved_saying(self, terms):
        def to_sql(_model, alias, _query):
            line = SQL.identifier(alias).code
            text = SQL(joined(RESERVED, line))  # pylint: disable=sql-injection
            bones = SQL("amss_skeleton(%s)", text)
            return SQL(" AND ").join(says(bones, text, term) for term in terms)

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _search_display_name(self, operator, value):
        """Find a line by the same box where one is to be chosen."""
        if operator == "ilike" and value:
            return self._search_search_text(operator, value)
        return super()._search_display_name(operator, value)
