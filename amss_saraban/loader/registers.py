# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""registers.csv: from which number on a book goes in a year, and how it is written."""

from dataclasses import dataclass

from odoo.addons.amss_base.loader.agencies import SPEC as AGENCIES
from odoo.addons.amss_base.loader.session import QUIET, FileHandler
from odoo.addons.amss_base.tools import csv_cells as cells
from odoo.addons.amss_base.tools.csv_set import Column, FileSpec

KINDS = {"received": ("รับ", "หนังสือรับ"), "sent": ("ส่ง", "หนังสือส่ง")}
SERIES = {"same": ("รวม", "รวมกับหนังสืออื่น"), "own": ("แยก", "แยกจากหนังสืออื่น")}
DIGITS = {"arabic": ("อารบิก", "เลขอารบิก"), "thai": ("ไทย", "เลขไทย")}
# Columns that are the book's own, the same in all its years.
SETTINGS = ("circular_series", "digits", "number_format")

SPEC = FileSpec(
    "registers.csv",
    (
        Column("agency", "รหัสหน่วยงาน", cells.code),
        Column("kind", "ทะเบียน", cells.choice(KINDS), required=True),
        Column("year", "ปี", cells.buddhist_year, required=True),
        Column("first_number", "เลขเริ่มต้น", cells.number),
        Column("first_circular_number", "เลขเริ่มต้นหนังสือเวียน", cells.number),
        Column("circular_series", "การออกเลขหนังสือเวียน", cells.choice(SERIES)),
        Column("digits", "เลขที่เขียนเป็น", cells.choice(DIGITS)),
        Column("number_format", "รูปแบบเลขที่หนังสือ", cells.text),
    ),
)


@dataclass(frozen=True)
class Plan:
    """What a book's year will be like once the set is loaded."""

    own_series: bool
    next_numbers: dict


class RegistersHandler(FileHandler):
    """Books are known by agency and kind; an empty agency is the office itself."""

    spec = SPEC

    def __init__(self, session):
        super().__init__(session)
        self.agencies = self.other(AGENCIES.name)
        self.registers = session.env["amss.register"].with_context(**QUIET)
        self.in_file = {
            self.key(row) + (row["kind"], row["year"]): row for row in self.rows
        }
        self.by_book = {}
        books = [("secret", "=", False), ("department_id", "=", False)]
        for register in self.registers.search(books):
            code = register.agency_id.agency_code
            key = None if self._is_host(register.agency_id) else code
            self.by_book[key, register.kind] = register

    def _is_host(self, agency):
        return agency == self.env.company.partner_id

    def key(self, row):
        """Return what stands for a row's agency: its code, None for this office."""
        code = row["agency"]
        return (None if not code or self.agencies.is_own(code) else code,)

    def check(self):
        settings, years = {}, {}
        for row in self.rows:
            if not self.agencies.check_known(row, "agency") or not row["kind"]:
                continue
            book = self.key(row) + (row["kind"],)
            before = years.setdefault(book + (row["year"],), row)
            if before is not row:
                message = self.env._(
                    "line %(line)s is about this year of this book already. Keep one.",
                    line=before.line,
                )
                self.problem(row, "year", message)
            for column in SETTINGS:
                before = settings.setdefault(book + (column,), row)
                if row[column] and row[column] != before[column]:
                    message = self.env._(
                        "line %(line)s says otherwise of the same book. Write the same "
                        "in all its years.",
                        line=before.line,
                    )
                    self.problem(row, column, message)

    def plan(self, key, kind, year):
        """Tell how a book's year will stand before any line of the set is in it.

        :param key: agency code, None for this office
        :return: a :class:`Plan` with the next number of each series
        """
        row = self.in_file.get((key, kind, year))
        register = self.by_book.get((key, kind), self.registers.browse())
        book_year = register.year_ids.filtered(lambda found: found.year == year)
        next_numbers = {
            "main": self._next(row, book_year, "first_number", "next_number"),
            "circular": self._next(
                row, book_year, "first_circular_number", "next_circular_number"
            ),
        }
        series = self._setting(key, kind, "circular_series") or register.circular_series
        return Plan(series == "own" and kind == "sent", next_numbers)

    def _next(self, row, book_year, first_name, next_name):
        """Return a next number: the file's first number as long as none is given."""
        first = row and row[first_name]
        if first and book_year[next_name] == book_year[first_name]:
            return first
        return book_year[next_name] or 1

    def _setting(self, key, kind, column):
        for (row_key, row_kind, _year), row in self.in_file.items():
            if (row_key, row_kind) == (key, kind) and row[column]:
                return row[column]
        return None

    def load(self):
        if not self.rows:
            return
        wanted = {}
        for row in self.rows:
            wanted.setdefault((self.key(row)[0], row["kind"]), []).append(row)
        registers = self.find(wanted)
        self._load_settings(wanted, registers)
        items = []
        for row in self.rows:
            register = registers[self.key(row)[0], row["kind"]]
            year = register.year_ids.filtered(
                lambda found, row=row: found.year == row["year"]
            )
            vals = {
                "register_id": register.id,
                "year": row["year"],
                "first_number": row["first_number"],
                "first_circular_number": row["first_circular_number"],
            }
            items.append((row, year, vals))
        self.save(items)

    def _load_settings(self, wanted, registers):
        for book, rows in wanted.items():
            vals = {
                column: next((row[column] for row in rows if row[column]), None)
                for column in SETTINGS
            }
            changes = self._changes(registers[book], vals)
            if changes:
                self._write(rows[0], registers[book], changes)
                self.session.counts[self.spec.name]["updated"] += 1

    def find(self, books):
        """Return the registers of these books, opened where new.

        :param books: pairs of agency key and kind
        :return: ``{(agency key, kind): register}``
        """
        for kind in sorted({kind for _key, kind in books}):
            missing = [
                key
                for key, of in books
                if of == kind and (key, kind) not in self.by_book
            ]
            partners = {self.agencies.find(key).id: key for key in missing}
            agencies = self.env["res.partner"].browse(list(partners))
            for register in self.registers._for_agency(agencies, kind):
                key = partners[register.agency_id.id]
                self.by_book[key, kind] = register.with_context(**QUIET)
        return {book: self.by_book[book] for book in books}
