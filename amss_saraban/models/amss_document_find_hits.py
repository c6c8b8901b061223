# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The hits of a search: which letters, in which order, how many of which sort.

First comes the letter whose number was typed, then who says all of it in one place,
then who says each word, last who only says something spelt similarly; the newest
first in each. Letters are put into this order within blocks of the newest hits, so
that a word which every other letter has costs no more than a rare one.
"""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import search_text
from .amss_document_find import is_indexed, like

#: hits put in order at a time
BLOCK = 300
#: from how many letters on a word is common
COMMON = 1_000
#: newest letters gone through one by one before an index is asked for a common word:
#: it fills its page from them
WINDOW = 2_000
#: letters gone through one by one where no index helps: for words of one or two
#: characters, and for several common words
WIDE = 50_000
#: hits counted; more are said to be more
COUNTED = 1_000
COUNTED_WINDOW = 20_000
#: lines of that number, in all books and years
NUMBERED = 100


class AmssDocument(models.Model):
    _inherit = "amss.document"

    @api.model
    def _find_ranked(self, text, domain, need):
        """Return the best letters that say what was typed.

        :param str text: as typed
        :param domain: of the facets chosen
        :param int need: how many are wanted
        :return: ``{id: whether said exactly}`` in order, some more or fewer
        """
        self._flush_texts()
        hits = dict.fromkeys(self._find_numbered(text, domain), True)
        terms = search_text.terms(text)
        whole = search_text.phrase(text)
        if whole and len(hits) < need:
            block = self._find_block([whole], self._without(domain, hits), 0, need)
            hits |= {letter: True for letter, exact in block if exact}
        rest, index = self._without(domain, hits), 0
        while terms and len(hits) < need:
            block = self._find_block(terms, rest, index, need - len(hits))
            hits |= {letter: True for letter, exact in block if exact}
            hits |= {letter: False for letter, exact in block if not exact}
            if len(block) < BLOCK:
                break
            index += 1
        return hits

    def _without(self, domain, hits):
        return Domain(domain) & Domain("id", "not in", list(hits)) if hits else domain

    def _find_numbered(self, text, domain):
        """Return the letters whose number was typed, or whose line's number."""
        if line := search_text.line_number(text):
            entries = self.env["amss.register.entry"]
            found = Domain("agency_id", "=", self.env.user.agency_id.id)
            found &= Domain("number", "=", line[0])
            found &= Domain("year", "=", line[1]) if line[1] else Domain.TRUE
            lines = entries.search(found, limit=NUMBERED)
            # sudo: ids alone; which of the letters are readable is asked below
            found = Domain("id", "in", lines.sudo().document_id.ids)
        elif number := search_text.letter_number(text):
            found = self._number_domain(number)
        else:
            return []
        return self.search(domain & found, order="id desc", limit=NUMBERED).ids

    def _number_domain(self, number):
        # the number is the first of the texts of a letter
        starts = [
            like(bones + search_text.SEPARATOR, "") for _typed, bones in number.ways
        ]

        def to_sql(_model, alias, _query):
            return SQL("%s.find_text LIKE ANY(%s)", SQL.identifier(alias), starts)

        return Domain.custom(to_sql=to_sql)

    def _find_block(self, terms, domain, index, need):
        """Return the hits of one block, exact or not, the newest first.

        :param list terms: what to look for
        :param int index: which block of hits, counted from the newest
        :param int need: if the newest hits have so many exact ones, the rest of the
            block does not matter
        :return: list of ``(id, exact)``
        """
        few, rest = self._find_few(terms, COMMON)
        if few is not None:
            found = Domain(domain) & Domain("id", "in", few) & self._says_domain(rest)
            return self._find_ordered(terms, found, BLOCK, index * BLOCK)
        if not index:
            block = self._find_newest(terms, domain, WINDOW, need + need // 2)
            if sum(exact for _id, exact in block) >= need:
                return block
        return self._find_many(terms, domain, BLOCK, index * BLOCK)

    def _find_many(self, terms, domain, limit, offset=0, ranked=True):
        """Return hits of common or short words, where the newest were not enough."""
        short = not any(map(is_indexed, terms))
        if short or (len(terms) > 1 and self._reads_at_most(WIDE)):
            return self._find_newest(terms, domain, WIDE, limit + offset, ranked)[
                offset:
            ]
        longest = self._indexed(terms)[0]
        rest = [term for term in terms if term is not longest]
        found = SQL(" UNION ALL ").join(self._saying_parts(longest))

        def to_sql(_model, alias, _query):
            return SQL("%s.id = ANY(ARRAY(%s))", SQL.identifier(alias), found)

        domain = Domain(domain) & Domain.custom(to_sql=to_sql) & self._says_domain(rest)
        return self._find_ordered(terms, domain, limit, offset, ranked)

    def _find_ordered(self, terms, domain, limit, offset=0, ranked=True):
        """Return ``(id, exact)`` of the letters of a domain, the newest first.

        :param bool ranked: whether to tell what is said exactly
        """
        query = self._search(domain, order="id DESC", limit=limit, offset=offset)
        letter = SQL.identifier(query.table)
        exact = self._exact_sql(letter, terms) if ranked else SQL("TRUE")
        return self.env.execute_query(query.select(SQL("%s.id", letter), exact))

    def _find_newest(self, terms, domain, window, limit, ranked=True):
        """Go through the newest letters of the user; return ``(id, exact)`` of hits.

        :param int window: how many letters to look into
        :param int limit: how many hits to return
        :param bool ranked: whether to tell what is said exactly
        """
        letter, own = SQL.identifier("letter"), SQL.identifier("own")
        # very short words are in most files, and those are long
        files = any(map(is_indexed, terms))
        # the rules, asked of the letters that say it and, by OFFSET, of no others
        readable = self._search(domain)
        readable.add_where(SQL("%s = letter.id", SQL.identifier(readable.table, "id")))
        return self.env.execute_query(
            SQL(
                """
                SELECT letter.id, %(exact)s
                  FROM (%(newest)s) AS newest
                 CROSS JOIN LATERAL (
                        SELECT * FROM amss_document AS own
                         WHERE own.id = newest.document_id AND %(says)s
                        OFFSET 0) AS letter
                 WHERE coalesce((%(readable)s LIMIT 1), 0) <> 0
                 ORDER BY newest.document_id DESC LIMIT %(limit)s
                """,
                exact=self._exact_sql(letter, terms)
                if ranked and files
                else SQL("TRUE"),
                newest=self._newest_sql(window),
                says=SQL(" AND ").join(
                    self._says_sql(own, one, files=files) for one in terms
                ),
                readable=readable.select(),
                limit=limit,
            )
        )

    def _newest_sql(self, window):
        """Return the SELECT of the newest letters that the user's keys open.

        By the keys, each in its order: through the rule PostgreSQL would go through
        all letters, to find the few of one group.
        """
        self.env["amss.document.reader"].flush_model()
        known = SQL(" UNION ALL ").join(
            SQL(
                "(SELECT document_id FROM amss_document_reader WHERE key = %s"
                " ORDER BY document_id DESC LIMIT %s)",
                key,
                window,
            )
            for key in self.env.user.amss_reader_keys
        )
        return SQL(
            "SELECT DISTINCT document_id FROM (%s) AS known"
            " ORDER BY document_id DESC LIMIT %s",
            known,
            window,
        )

    def _reads_at_most(self, most):
        [[count]] = self.env.execute_query(
            SQL("SELECT count(*) FROM (%s) AS newest", self._newest_sql(most + 1))
        )
        return count <= most

    def _exact_sql(self, letter, terms):
        return SQL(" AND ").join(self._says_sql(letter, one, True) for one in terms)

    @api.model
    def _find_counted(self, text, domain):
        """Return the letters that are counted, at most one more than ``COUNTED``.

        :return: set of ids
        """
        self._flush_texts()
        hits = set(self._find_numbered(text, domain))
        terms = search_text.terms(text)
        if not terms:
            return hits
        most = COUNTED + 1
        few, rest = self._find_few(terms, COMMON)
        if few is not None:
            found = Domain(domain) & Domain("id", "in", few) & self._says_domain(rest)
            rows = self._find_ordered(terms, found, most, ranked=False)
        else:
            rows = self._count_common(terms, domain, most)
        return hits | {letter for letter, _exact in rows}

    def _count_common(self, terms, domain, most):
        """Return hits of common words, at most so many.

        A look at the newest letters tells how common the word is, and so whether
        letters or index are gone through sooner.
        """
        rows = self._find_newest(terms, domain, WINDOW, most, ranked=False)
        if len(rows) * COUNTED_WINDOW >= most * WINDOW:
            rows = self._find_newest(terms, domain, COUNTED_WINDOW, most, ranked=False)
        if len(rows) >= most or self._reads_at_most(WINDOW):
            return rows
        return self._find_many(terms, domain, most, ranked=False)
