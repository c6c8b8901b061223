# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How letters are found by what was typed: one way for all boxes.

A word is looked for in the letter's own texts, in its files, and in what the
searcher's own agency wrote on its line; several words have to be there all. The
skeletons of all texts are indexed; what is said exactly is told afterwards.
"""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import search_sql, search_text

#: what the skeleton of a letter is made of
TEXTS = ("letter_number", "subject", "sender_text", "addressee_text", "summary")
#: from how many letters on a box goes through the book, page by page
MANY = 4_000


def joined(names, table=""):
    """Return the SQL of several texts of a row as one.

    :param names: columns
    :param str table: name of the table or its alias, if it has to be said
    """
    row = f"{table}." if table else ""
    return " || E'\\x1f' || ".join(f"coalesce({row}{name}, '')" for name in names)


def like(text, start="%"):
    """Return the pattern of texts that hold this, its own signs taken as such."""
    for sign in "\\%_":
        text = text.replace(sign, f"\\{sign}")
    return f"{start}{text}%"


def says(bones, text, term, exact=False):
    """Return the condition that a text says a term.

    :param SQL bones: the skeleton of the text
    :param SQL text: the text itself
    :param term: a ``search_text.Term``
    :param bool exact: as it was typed; short words are never found otherwise
    """
    ways = []
    for typed, skeleton in term.ways:
        way = SQL("%s LIKE %s", bones, like(skeleton))
        # of plain letters and digits there is only one spelling
        exactly = exact or len(skeleton) < search_text.INDEXED
        if exactly and not typed.isascii():
            way = SQL("%s AND amss_norm(%s) LIKE %s", way, text, like(typed))
        ways.append(SQL("(%s)", way))
    return SQL("(%s)", SQL(" OR ").join(ways))


def is_indexed(term):
    """Tell whether an index of trigrams can find this term."""
    return all(len(bones) >= search_text.INDEXED for _typed, bones in term.ways)


class AmssDocument(models.Model):
    _inherit = "amss.document"

    search_text = fields.Char(
        string="Number, subject, from, to, summary or text of a file",
        store=False,
        search="_search_search_text",
    )

    def init(self):  # pylint: disable=missing-return
        """Keep and index the skeletons by which letters are found."""
        super().init()
        search_sql.keep_skeleton(self.env.cr, self._table, "find_text", joined(TEXTS))

    def _search_search_text(self, operator, value):
        if operator != "ilike":
            return NotImplemented
        return self._text_domain(value)

    @api.model
    def _search_display_name(self, operator, value):
        """Find the letters of a reference by the same box."""
        if operator == "ilike" and value:
            return self._text_domain(value)
        return super()._search_display_name(operator, value)

    # ------------------------------------------------------------------
    # Boxes of lists
    # ------------------------------------------------------------------
    @api.model
    def _text_domain(self, text):
        """Return the domain of letters that say what was typed.

        :param str text: as typed; nothing finds all
        """
        ids, terms = self._find_few(search_text.terms(text), MANY)
        domain = Domain.TRUE if ids is None else Domain("id", "in", ids)
        return domain & self._says_domain(terms)

    @api.model
    def _letters_saying(self, text):
        """Return the domain of records whose ``document_id`` says this.

        Few letters are named by their ids, found in the indexes of texts. Of many,
        as with a word that every other letter has, one page is found sooner by going
        through the book itself; so the cost follows the page at any size of it.

        :param str text: as typed
        """
        ids, terms = self._find_few(search_text.terms(text), MANY)
        domain = Domain.TRUE if ids is None else Domain("document_id", "in", ids)
        if terms:
            # access is that of the records: the columns of the letter are theirs too
            domain &= Domain("document_id", "any!", self._says_domain(terms))
        return domain

    def _find_few(self, terms, most):
        """Return the letters of a rare word, and the words left to look for.

        Longer words are rarer, so they are asked first; which of several rare words
        is the rarest does not matter.

        :param list terms: what to look for
        :param int most: how many letters are few
        :return: ``(ids, terms)``; ``ids`` is ``None`` if each word has more
        """
        self._flush_texts()
        for longest in self._indexed(terms):
            parts = self._saying_parts(longest)
            rows = self.env.execute_query(
                SQL(" UNION ").join(SQL("(%s LIMIT %s)", part, most) for part in parts)
            )
            if len(rows) < most:
                rest = [term for term in terms if term is not longest]
                return [letter_id for (letter_id,) in rows], rest
        return None, terms

    def _indexed(self, terms):
        """Return the terms that an index finds, the longest first."""
        return sorted(filter(is_indexed, terms), key=lambda term: -len(term.ways[0][1]))

    def _says_domain(self, terms):
        """Return the domain of letters that say all of these, asked one by one."""

        def to_sql(_model, alias, _query):
            letter = SQL.identifier(alias)
            return SQL(" AND ").join(self._says_sql(letter, term) for term in terms)

        return Domain.custom(to_sql=to_sql) if terms else Domain.TRUE

    # ------------------------------------------------------------------
    # Conditions
    # ------------------------------------------------------------------
    def _flush_texts(self):
        """Write down what is looked into by SQL."""
        self.flush_model([*TEXTS, "agency_id"])
        self.env["ir.attachment"].flush_model(
            ["letter_file", "letter_superseded_at", "index_content", "res_id"]
        )
        self.env["amss.register.entry"].flush_model(
            ["remark", "action_note", "document_id", "agency_id"]
        )

    def _saying_parts(self, term):
        """Return the SELECTs of ids of letters that say a term, each by its index."""
        return [
            SQL(
                "SELECT id FROM amss_document WHERE %s",
                self._own_text_says(SQL.identifier("amss_document"), term),
            ),
            self._files_saying(term),
            *self._lines_saying(term),
        ]

    def _says_sql(self, letter, term, exact=False, files=True):
        """Return the condition that one letter says a term.

        :param SQL letter: alias of its row
        :param bool exact: as it was typed
        :param bool files: whether to look into its files
        """
        # one by one: left to itself, PostgreSQL would gather the files of all letters
        beside = [self._files_saying(term, letter, exact)] if files else []
        beside += self._lines_saying(term, letter, exact)
        return SQL(
            "(%s OR %s)",
            self._own_text_says(letter, term, exact),
            SQL(" OR ").join(
                [SQL("coalesce((%s LIMIT 1), 0) <> 0", one) for one in beside]
                or [SQL("FALSE")]
            ),
        )

    def _own_text_says(self, letter, term, exact=False):
        text = SQL(joined(TEXTS, letter.code))  # pylint: disable=sql-injection
        return says(SQL("%s.find_text", letter), text, term, exact)

    def _files_saying(self, term, letter=None, exact=False):
        """Return the SELECT of ids of letters whose files say a term.

        A file that was corrected is not looked into: another stands in its place.
        """
        return SQL(
            "SELECT res_id FROM ir_attachment WHERE %s AND %s AND %s",
            self.env["ir.attachment"]._found_files_sql(),
            self.env["ir.attachment"]._file_says_sql(term, exact),
            SQL("res_id = %s.id", letter) if letter else SQL("TRUE"),
        )

    def _lines_saying(self, term, letter=None, exact=False):
        """Return the SELECTs of ids of letters by what the own agency's lines say.

        Remarks are of the agency that keeps the line, and of those of its people who
        may read the line.
        """
        agency = self.env.user.agency_id
        if not agency:
            return []
        query = self.env["amss.register.entry"]._search(
            [("agency_id", "=", agency.id), ("document_id", "!=", False)]
        )
        line = SQL.identifier(query.table)
        query.add_where(
            self.env["amss.register.entry"]._line_says_sql(line, term, exact)
        )
        if letter:
            query.add_where(SQL("%s.document_id = %s.id", line, letter))
        return [query.select(SQL("%s.document_id", line))]
