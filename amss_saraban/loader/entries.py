# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""sent_register.csv, received_register.csv: the lines of a book kept so far."""

import re
from datetime import datetime, time

import pytz

from odoo.exceptions import UserError

from odoo.addons.amss_base.loader import FileHandler, LoadFailed
from odoo.addons.amss_base.loader.agencies import SPEC as AGENCIES
from odoo.addons.amss_base.loader.groups import SPEC as GROUPS
from odoo.addons.amss_base.loader.session import QUIET
from odoo.addons.amss_base.tools import csv_cells as cells
from odoo.addons.amss_base.tools import guard
from odoo.addons.amss_base.tools.csv_set import Column, FileSpec, Problem
from odoo.addons.amss_base.tools.thai import normalize_text, to_arabic_digits

from ..tools import number_format
from .registers import SPEC as REGISTERS

STATES = {"registered": ("ปกติ", "ลงทะเบียน"), "void": ("ยกเลิก",)}
CIRCULAR = re.compile(r"ว\s*\d")
# Registers kept on paper and in AMSS++ lists have no time of day.
NO_TIME = time(12, 0)
# What a line that is in the database already has to agree in.
FIXED = {
    "letter_number": "letter_number",
    "letter_date": "letter_date",
    "sender": "sender_text",
    "addressee": "addressee_text",
    "subject": "subject",
}


def _columns(number_label, date_label):
    return (
        Column("number", number_label, cells.number, required=True),
        Column("year", "ปี", cells.buddhist_year, required=True),
        Column("letter_number", "ที่", cells.letter_number),
        Column("letter_date", "ลงวันที่", cells.date),
        Column("sender", "จาก", cells.text),
        Column("addressee", "ถึง", cells.text),
        Column("subject", "เรื่อง", cells.text),
        Column("action_note", "การปฏิบัติ", cells.text),
        Column("group", "กลุ่มปฏิบัติ", cells.text),
        Column("person", "บุคคลปฏิบัติ", cells.text),
        Column("registered_on", date_label, cells.date),
        Column("registered_time", "เวลา", cells.clock_time),
        Column("remark", "หมายเหตุ", cells.long_text),
        Column("state", "สถานะ", cells.choice(STATES)),
        Column("void_reason", "เหตุผลที่ยกเลิก", cells.text),
        Column("agency", "รหัสหน่วยงาน", cells.code),
    )


class EntriesHandler(FileHandler):
    """Lines are known by agency, year, series and number, and never overwritten."""

    kind = ""

    def __init__(self, session):
        super().__init__(session)
        self.agencies = self.other(AGENCIES.name)
        self.groups = self.other(GROUPS.name)
        self.registers = self.other(REGISTERS.name)
        self.entries = session.env["amss.register.entry"].with_context(**QUIET)
        self.existing = self._look_up()

    def _look_up(self):
        """Return the lines in the database that the file has too, by place."""
        numbers = {row["number"] for row in self.rows} - {None}
        years = {row["year"] for row in self.rows} - {None}
        registers = self.env["amss.register"].concat(
            *(
                register
                for (_key, kind), register in self.registers.by_book.items()
                if kind == self.kind
            )
        )
        keys = {
            register.id: key for (key, _), register in self.registers.by_book.items()
        }
        found = self.entries.search(
            [
                ("register_id", "in", registers.ids),
                ("year", "in", list(years)),
                ("number", "in", list(numbers)),
            ]
        )
        return {
            (keys[entry.register_id.id], entry.year, entry.series, entry.number): entry
            for entry in found
        }

    # ------------------------------------------------------------------
    # Check
    # ------------------------------------------------------------------
    def check(self):
        books = {}
        for row in self.rows:
            usable = self.agencies.check_known(row, "agency")
            self._check_cells(row)
            if usable and row["number"] and row["year"]:
                key = self.registers.key(row)[0]
                books.setdefault((key, row["year"]), []).append(row)
        for (key, year), rows in books.items():
            plan = self.registers.plan(key, self.kind, year)
            for series, upcoming in plan.next_numbers.items():
                self._check_series(
                    (key, year, series),
                    upcoming,
                    [row for row in rows if self._series(row, plan) == series],
                )

    def _check_cells(self, row):
        void = row["state"] == "void"
        if void and not row["void_reason"]:
            message = self.env._("a void number needs a reason. Write why it is void.")
            self.problem(row, "void_reason", message)
        for column in ("sender", "addressee", "subject"):
            if not void and not row[column]:
                message = self.env._("this cell is empty, and it must be filled in.")
                self.problem(row, column, message)
        if row["group"] and self.registers.key(row)[0]:
            message = self.env._(
                "only this office has groups. Leave the cell empty for other agencies."
            )
            self.problem(row, "group", message)
        else:
            self.groups.check_known(row, "group")
        self._check_dates(row)
        self._check_letter_number(row)

    def _check_dates(self, row):
        """Check the registration date; the letter's own date stands in for it."""
        day = self._day(row)
        column = "registered_on" if row["registered_on"] else "letter_date"
        if not day:
            message = self.env._(
                "the line has no date. Fill in when the letter was registered."
            )
            self.problem(row, "registered_on", message)
        elif row["year"] and day.year + 543 != row["year"]:
            message = self.env._(
                "%(date)s is not in year %(year)s. Correct the date or the year.",
                date=day,
                year=row["year"],
            )
            self.problem(row, column, message)
        elif day > self.env.company.partner_id._agency_now().date():
            message = self.env._("%(date)s is in the future. Correct it.", date=day)
            self.problem(row, column, message)

    def _check_letter_number(self, row):
        """A letter's number ends in the number of its line (ข้อ 43)."""

    def _day(self, row):
        return row["registered_on"] or row["letter_date"]

    def _is_circular(self, row):
        return False

    def _series(self, row, plan):
        return "circular" if plan.own_series and self._is_circular(row) else "main"

    def _check_series(self, place, upcoming, rows):
        """Check that the new numbers of one series follow on without a gap."""
        seen = {}
        for row in sorted(rows, key=lambda row: row["number"]):
            number = row["number"]
            before = seen.setdefault(number, row)
            entry = self.existing.get((*place, number))
            if before is not row:
                message = self.env._(
                    "number %(number)s is in line %(line)s too. Correct one of them.",
                    number=number,
                    line=before.line,
                )
                self.problem(row, "number", message)
            elif entry:
                self._check_same(row, entry)
            elif number < upcoming:
                message = self.env._(
                    "the book of %(year)s goes on from number %(next)s, so number "
                    "%(number)s overlaps. Correct it, or the first number in "
                    "registers.csv.",
                    year=place[1],
                    next=upcoming,
                    number=number,
                )
                self.problem(row, "number", message)
            else:
                if number > upcoming:
                    self._gap(row, place, upcoming)
                upcoming = number + 1

    def _gap(self, row, place, upcoming):
        last = row["number"] - 1
        message = self.env._(
            "number %(missing)s of %(year)s is missing before this line. Add it (with "
            "status ยกเลิก and a reason if it was not used), or give the first number "
            "of the year in registers.csv.",
            missing=upcoming if upcoming == last else f"{upcoming}–{last}",
            year=place[1],
        )
        self.problem(row, "number", message)

    def _check_same(self, row, entry):
        """Report where a line differs from the one that is in the book already."""
        for column, name in FIXED.items():
            ours, theirs = row[column], entry[name] or None
            if isinstance(theirs, str):
                theirs = normalize_text(theirs)
            if ours is not None and ours != theirs:
                message = self.env._(
                    "number %(number)s is in the database with “%(value)s” here. A "
                    "line of a register is never overwritten: correct the file.",
                    number=row["number"],
                    value=theirs or "",
                )
                self.problem(row, column, message)

    # ------------------------------------------------------------------
    # Load
    # ------------------------------------------------------------------
    def load(self):
        books = {}
        for row in self.rows:
            key = self.registers.key(row)[0]
            books.setdefault((key, self.kind), {}).setdefault(row["year"], []).append(
                row
            )
        registers = self.registers.find(books)
        for book, by_year in books.items():
            self._load_book(book, registers[book], by_year)

    def _load_book(self, book, register, by_year):
        for year, rows in sorted(by_year.items()):
            plan = self.registers.plan(*book, year)
            new = []
            for row in rows:
                series = self._series(row, plan)
                if (book[0], year, series, row["number"]) not in self.existing:
                    new.append((series, row["number"], row))
            self.counts["unchanged"] += len(rows) - len(new)
            if new:
                new.sort(key=lambda item: item[:2])
                self._load_rows(register, year, new)

    def _load_rows(self, register, year, new):
        """Write the letters and lines of one book's year, in the order of numbers."""
        book_year = register.year_ids.filtered(lambda found: found.year == year)
        if not book_year:
            book_year = register.year_ids.create(
                {"register_id": register.id, "year": year}
            )
        documents = guard.stepping(self.env["amss.document"].with_context(**QUIET))
        letters = [
            (row, self._document_vals(register, row))
            for _series, _number, row in new
            if row["subject"]
        ]
        made = iter(self._create(documents, letters))
        lines = []
        for series, _number, row in new:
            vals = self._entry_vals(register, row) | {"series": series}
            if row["subject"]:
                vals["document_id"] = next(made).id
            lines.append(vals)
        self.counts["created"] += len(lines) - len(letters)
        try:
            entries = self.entries._load_rows(book_year, lines)
        except UserError as error:
            raise LoadFailed([Problem(self.spec.name, str(error))]) from error
        for entry in entries.filtered("document_id"):
            guard.stepping(entry.document_id).entry_id = entry

    def _document_vals(self, register, row):
        return {
            "agency_id": register.agency_id.id,
            "state": row["state"] or "registered",
            "letter_number": row["letter_number"] or False,
            "letter_date": row["letter_date"] or False,
            "sender_text": row["sender"] or False,
            "addressee_text": row["addressee"] or False,
            "subject": row["subject"],
            "department_id": self.groups.find(row["group"]).id,
            "user_id": False,
            "remark": row["remark"] or False,
        }

    def _entry_vals(self, register, row):
        void = row["state"] == "void"
        moment = self._moment(register, row)
        return {
            "number": row["number"],
            "registered_at": moment,
            "state": row["state"] or "registered",
            "void_reason": row["void_reason"] if void else False,
            "voided_at": moment if void else False,
            "is_circular": self._is_circular(row),
            "department_id": self.groups.find(row["group"]).id,
            "person_name": row["person"] or False,
            "action_note": row["action_note"] or False,
            "remark": row["remark"] or False,
        }

    def _moment(self, register, row):
        """Return when the line was written, in UTC as it is stored."""
        local = datetime.combine(self._day(row), row["registered_time"] or NO_TIME)
        zone = register.agency_id._agency_timezone()
        return zone.localize(local).astimezone(pytz.utc).replace(tzinfo=None)


class SentRegisterHandler(EntriesHandler):
    """The sent register, with the columns of AMSS++'s list and form 14."""

    kind = "sent"
    spec = FileSpec("sent_register.csv", _columns("เลขทะเบียนส่ง", "วันลงทะเบียน"))

    def _check_letter_number(self, row):
        if not row["letter_number"] or not row["number"]:
            return
        tail = to_arabic_digits(row["letter_number"]).rpartition("/")[2]
        if str(row["number"]) not in re.findall(r"\d+", tail):
            message = self.env._(
                "letter number “%(letter)s” does not go with register number "
                "%(number)s. Correct one of the two.",
                letter=row["letter_number"],
                number=row["number"],
            )
            self.problem(row, "letter_number", message)

    def _is_circular(self, row):
        return bool(CIRCULAR.search(to_arabic_digits(row["letter_number"] or "")))

    def _document_vals(self, register, row):
        vals = super()._document_vals(register, row)
        vals |= {"origin": "written", "is_circular": self._is_circular(row)}
        if not row["letter_number"]:
            vals["letter_number"] = number_format.render(
                register.number_format,
                prefix=register.agency_id.letter_prefix,
                number=row["number"],
                year=row["year"],
                thai_digits=register.digits == "thai",
            )
        return vals


class ReceivedRegisterHandler(EntriesHandler):
    """The received register, with the columns of form 13 (ข้อ 38)."""

    kind = "received"
    spec = FileSpec("received_register.csv", _columns("เลขทะเบียนรับ", "วันลงทะเบียน"))

    def _document_vals(self, register, row):
        return super()._document_vals(register, row) | {"origin": "outside"}
