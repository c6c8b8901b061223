# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The page “Find letters”: one page of hits with where they matched, and facets.

Everything here is asked with the rights of who asks: hits, counts, names of files
and pieces of text are of letters that the user may read.
"""

from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import search_text
from .amss_document_find import is_indexed
from .amss_document_find_hits import COUNTED
from .ir_attachment_find import LONGEST

PAGE = 20
MOST = 100
#: facets of the letter itself, and of the line in the own agency's books
OF_LETTER = {"type": "doc_type", "urgency": "urgency", "state": "state"}
OF_LINE = {"year": "year", "register": "register_id"}
#: places in a letter where a text may be found, with columns of their own or not
COLUMNS = ("letter_number", "subject", "sender_text", "addressee_text")
BESIDE = ("summary",)
ON_LINE = ("remark", "action_note")
#: files named with a hit
MOST_FILES = 3


class AmssDocument(models.Model):
    _inherit = "amss.document"

    # ------------------------------------------------------------------
    # Asked by the page
    # ------------------------------------------------------------------
    @api.model
    @api.readonly
    def amss_find(self, text, facets=None, offset=0, limit=PAGE):
        """Return one page of letters that say what was typed.

        :param str text: as typed; nothing finds nothing
        :param dict facets: value of each facet chosen (``year``, ``register``,
            ``group``, ``type``, ``urgency``, ``state``)
        :param int offset: hits before this page
        :param int limit: hits of a page, at most 100
        :return: ``hits`` (list of dictionaries: the letter, ``exact``, and ``places``
            where it matched), ``more`` (whether there is another page) and ``short``
            (whether only the newest letters were looked into)
        """
        offset, limit = max(0, int(offset)), min(max(1, int(limit)), MOST)
        terms = search_text.terms(text)
        hits = {}
        if terms:
            domain = self._facet_domain(facets)
            hits = self._find_ranked(text, domain, offset + limit + 1)
        page = dict(list(hits.items())[offset : offset + limit])
        return {
            "hits": self.browse(page)._find_details(terms, page),
            "more": len(hits) > offset + limit,
            "short": bool(terms) and not any(map(is_indexed, terms)),
        }

    @api.model
    @api.readonly
    def amss_find_counts(self, text, facets=None):
        """Return how many letters say what was typed, and of which sorts they are.

        :param str text: as typed
        :param dict facets: as of :meth:`amss_find`
        :return: ``total``, ``capped`` (there are more), and ``facets``: a list of
            ``name``, ``label``, ``values`` with ``value``, ``label`` and ``count``
        """
        ids = list(self._find_counted(text, self._facet_domain(facets)))
        capped = len(ids) > COUNTED
        ids = ids[:COUNTED]
        return {
            "total": len(ids),
            "capped": capped,
            "facets": self._facets_of(ids, capped) if ids else [],
        }

    # ------------------------------------------------------------------
    # Facets
    # ------------------------------------------------------------------
    def _facet_domain(self, facets):
        """Return the domain of the facets chosen; unknown ones choose nothing."""
        chosen = {name: value for name, value in (facets or {}).items() if value}
        agency = self.env.user.agency_id.id
        domain, line = Domain.TRUE, Domain("agency_id", "=", agency)
        for name, field in OF_LETTER.items():
            if name in chosen:
                domain &= Domain(field, "=", str(chosen[name]))
        for name, field in OF_LINE.items():
            if name in chosen:
                line &= Domain(field, "=", int(chosen[name]))
        if OF_LINE.keys() & chosen.keys():
            domain &= Domain("entry_ids", "any", line)
        if "group" in chosen:
            group = Domain("department_id", "=", int(chosen["group"]))
            own = Domain("agency_id", "=", agency)
            domain &= (group & own) | Domain("entry_ids", "any", own & group)
        return domain

    def _facets_of(self, ids, capped):
        """Return the facets of these letters with their counts.

        :param bool capped: more letters were found, perhaps of other years
        """
        counts = defaultdict(dict)
        for name, value, count in self._count_facets(ids):
            counts[name][value] = count
        if capped:
            years = self.env["amss.register.year"].search(
                [("agency_id", "=", self.env.user.agency_id.id)]
            )
            for year in years:
                counts["year"].setdefault(str(year.year), 0)
        return self._labelled_facets(counts)

    def _count_facets(self, ids):
        """Return (facet, value, count) of these letters: one statement."""
        agency = self.env.user.agency_id
        lines = self.env["amss.register.entry"]._search(
            [("document_id", "in", ids), ("agency_id", "=", agency.id)]
        )
        line_columns = ("document_id", "year", "register_id", "department_id")
        return self.env.execute_query(
            SQL(
                """
                WITH line AS (%(lines)s),
                     letter AS (SELECT * FROM amss_document WHERE id = ANY(%(ids)s)),
                     grouped AS (
                        SELECT document_id, department_id FROM line UNION
                        SELECT id, department_id FROM letter
                         WHERE agency_id = %(agency)s)
                SELECT 'year', year::text, count(DISTINCT document_id)
                  FROM line GROUP BY 2
                 UNION ALL
                SELECT 'register', register_id::text, count(DISTINCT document_id)
                  FROM line GROUP BY 2
                 UNION ALL
                SELECT 'group', department_id::text, count(*)
                  FROM grouped WHERE department_id IS NOT NULL GROUP BY 2
                 UNION ALL
                SELECT 'type', doc_type, count(*) FROM letter GROUP BY 2
                 UNION ALL
                SELECT 'urgency', urgency, count(*) FROM letter GROUP BY 2
                 UNION ALL
                SELECT 'state', state, count(*) FROM letter GROUP BY 2
                """,
                lines=lines.select(
                    *(SQL.identifier(lines.table, name) for name in line_columns)
                ),
                ids=ids,
                agency=agency.id or None,
            )
        )

    def _labelled_facets(self, counts):
        entries = self.env["amss.register.entry"]
        labels = {
            name: (
                self._fields[field]._description_string(self.env),
                dict(self._fields[field]._description_selection(self.env)),
            )
            for name, field in OF_LETTER.items()
        }
        years = sorted(counts["year"], reverse=True)
        labels["year"] = (self.env._("Year"), {year: year for year in years})
        for name, model, field in (
            ("register", "amss.register", "register_id"),
            ("group", "hr.department", "department_id"),
        ):
            # sudo: names of the own agency's books and groups, of lines just read
            records = self.env[model].sudo().browse(map(int, counts[name]))
            names = {str(one.id): one.display_name for one in records}
            names = dict(sorted(names.items(), key=lambda one: -counts[name][one[0]]))
            labels[name] = (entries._fields[field]._description_string(self.env), names)
        return [
            {
                "name": name,
                "label": labels[name][0],
                "values": [
                    {"value": value, "label": label, "count": counts[name][value]}
                    for value, label in labels[name][1].items()
                    if value in counts[name]
                ],
            }
            for name in ("year", "register", "group", "type", "urgency", "state")
        ]

    # ------------------------------------------------------------------
    # Where it matched
    # ------------------------------------------------------------------
    def _find_details(self, terms, exact):
        """Return what the page shows of these letters.

        :param list terms: what was looked for
        :param dict exact: whether each letter says it exactly
        """
        lines = self._own_lines()
        files = self._files_found(terms)
        urgencies = dict(self._fields["urgency"]._description_selection(self.env))
        states = dict(self._fields["state"]._description_selection(self.env))
        return [
            {
                "id": letter.id,
                "exact": exact[letter.id],
                "date": fields.Date.to_string(letter.letter_date),
                "state": letter.state,
                "state_label": states[letter.state],
                "urgency": letter.urgency,
                "urgency_label": urgencies[letter.urgency],
                "lines": [
                    f"{line.register_id.name} {line.display_name}"
                    for line in lines.get(letter.id, ())
                ],
                **{name: self._cut(letter[name], terms) for name in COLUMNS},
                "places": letter._places(terms, lines, files),
            }
            for letter in self
        ]

    def _own_lines(self):
        """Return the lines of these letters in the books that the user reads."""
        lines = self.env["amss.register.entry"].search(
            [
                ("document_id", "in", self.ids),
                ("agency_id", "=", self.env.user.agency_id.id),
            ]
        )
        return lines.grouped(lambda line: line.document_id.id)

    def _files_found(self, terms):
        """Return name and text of the files of these letters that say a term."""
        if not (self and terms):
            return {}
        attachments = self.env["ir.attachment"]
        says = [attachments._file_says_sql(term) for term in terms]
        found = defaultdict(list)
        # the letters were found with the user's rights; these are their files of today
        for letter_id, file_id, name, text in self.env.execute_query(
            SQL(
                "SELECT res_id, id, name, left(index_content, %s) FROM ir_attachment"
                " WHERE %s AND res_id = ANY(%s) AND (%s) ORDER BY id",
                LONGEST,
                attachments._found_files_sql(),
                self.ids,
                SQL(" OR ").join(says),
            )
        ):
            found[letter_id].append((file_id, name, text))
        return found

    def _places(self, terms, lines, files):
        """Return where this letter matched: ``label``, ``pieces``, ``file``."""
        self.ensure_one()
        places = []
        texts = [(self, name) for name in (*COLUMNS, *BESIDE)]
        texts += [(line, name) for line in lines.get(self.id, ()) for name in ON_LINE]
        for record, name in texts:
            if found := self._found_in(record[name], terms):
                label = record._fields[name]._description_string(self.env)
                places.append(
                    {
                        "label": label,
                        "column": name in COLUMNS,
                        "pieces": search_text.snippet(record[name], found),
                    }
                )
        for file_id, name, text in files.get(self.id, ())[:MOST_FILES]:
            if found := self._found_in(text, terms):
                places.append(
                    {
                        "label": name,
                        "file": file_id,
                        "pieces": search_text.snippet(text, found),
                    }
                )
        return places

    def _found_in(self, text, terms):
        return [place for term in terms for place in search_text.places(text, term)]

    def _cut(self, text, terms):
        """Return a text in pieces that say whether they were looked for."""
        text = text or ""
        return search_text.pieces(text, self._found_in(text, terms))
