# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read the CSV files an office fills in: text in, clean typed rows or problems out.

Nothing here needs a database. A problem names file, line, column and remedy, and
all problems of a file are collected. Messages are lazy: the caller translates them.
"""

import csv
import io
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from odoo.tools.translate import LazyGettext, LazyTranslate

from .thai import normalize_text

# pylint: disable=prefer-env-translation
# There is no environment here: whoever prints a message translates it.
_lt = LazyTranslate(__name__)

DELIMITERS = ",;\t"
# What Excel and copying from web pages leave in a cell and nobody sees.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_INVISIBLE |= {
    code: None
    for code in (*range(32), 127, *range(0x80, 0xA0))
    if code not in (9, 10, 13)
}
_INVISIBLE[0xA0] = " "


class CellError(ValueError):
    """A cell that cannot be understood; ``message`` (lazy) says why and what to do."""

    def __init__(self, message: LazyGettext):
        super().__init__()
        self.message = message


@dataclass(frozen=True)
class Problem:
    """Something wrong in a file: where (as far as known), what, and the remedy."""

    file: str
    message: LazyGettext | str
    line: int = 0
    column: str = ""

    def text(self, lang: str) -> str:
        """Return one printable line in language ``lang`` (a code such as ``th_TH``)."""
        if self.line and self.column:
            where = _lt(
                "%(file)s, line %(line)s, column “%(column)s”: %(message)s",
                file=self.file,
                line=self.line,
                column=self.column,
                message=self.message,
            )
        elif self.line:
            where = _lt(
                "%(file)s, line %(line)s: %(message)s",
                file=self.file,
                line=self.line,
                message=self.message,
            )
        else:
            where = _lt("%(file)s: %(message)s", file=self.file, message=self.message)
        return where._translate(lang)


@dataclass(frozen=True)
class Column:
    """A column: its technical name, the Thai header offices use, how to read a cell."""

    name: str
    label: str
    convert: Callable[[str], object]
    required: bool = False


@dataclass(frozen=True)
class FileSpec:
    """The shape of one CSV file.

    ``unique`` lists column tuples whose (non-empty) values may occur only once.
    """

    name: str
    columns: tuple[Column, ...]
    unique: tuple[tuple[str, ...], ...] = ()

    def find(self, header: str) -> Column | None:
        """Return the column that ``header`` (technical name or Thai label) means."""
        header = header.casefold()
        for column in self.columns:
            if header in (column.name, column.label.casefold()):
                return column
        return None


@dataclass
class Row:
    """One line of a file: ``values`` by technical name, None for empty cells."""

    file: str
    line: int
    values: dict
    headers: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name):
        return self.values.get(name)

    def problem(self, column: str, message: LazyGettext | str) -> Problem:
        """Return a problem at this line in ``column`` (technical name)."""
        return Problem(self.file, message, self.line, self.headers.get(column, column))


@dataclass
class CsvFile:
    """A file as read: rows without problems can be trusted to match the spec."""

    spec: FileSpec
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def clean(text: str) -> str:
    """Return ``text`` without invisible characters, in the usual Unicode form."""
    return unicodedata.normalize("NFC", text.translate(_INVISIBLE)).strip()


def decode(data: bytes) -> str:
    """Return the text of a UTF-8 file, with or without byte order mark.

    :raise CellError: for TIS-620/CP874, UTF-16, workbooks and what is no text at all
    """
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise CellError(
            _lt(
                "this is a workbook, not a CSV file. Open it in Excel or LibreOffice, "
                "choose Save As and the type “CSV UTF-8 (Comma delimited)”."
            )
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CellError(
            _lt(
                "the file is in UTF-16 (“Unicode text”). Choose Save As and the type "
                "“CSV UTF-8 (Comma delimited)”."
            )
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CellError(_not_utf8(data, error)) from error


def _not_utf8(data: bytes, error: UnicodeDecodeError) -> LazyGettext:
    line = data.count(b"\n", 0, error.start) + 1
    high = [byte for byte in data if byte > 0x7F]
    # Thai letters, vowels and tone marks sit at A1-DA and DF-FB in TIS-620.
    thai = sum(0xA1 <= byte <= 0xDA or 0xDF <= byte <= 0xFB for byte in high)
    if thai >= 0.9 * len(high):
        return _lt(
            "the file is in TIS-620 (Windows-874), not UTF-8 (first seen in line "
            "%(line)s). In Excel choose Save As and the type “CSV UTF-8 (Comma "
            "delimited)”; in LibreOffice tick “Edit filter settings” and choose "
            "character set “Unicode (UTF-8)”. Then load again.",
            line=line,
        )
    return _lt(
        "line %(line)s is not UTF-8 text. Save the file again with the type “CSV UTF-8 "
        "(Comma delimited)”.",
        line=line,
    )


def read_csv(spec: FileSpec, data: bytes) -> CsvFile:
    """Read one file.

    :param spec: what the file should hold
    :param data: the bytes of the file
    :return: typed rows and every problem found
    """
    result = CsvFile(spec)
    try:
        text = decode(data)
    except CellError as error:
        result.problems.append(Problem(spec.name, error.message))
        return result
    records = _records(result, text)
    if not records:
        if not result.problems:
            message = _lt("the file is empty. Its first line must name the columns.")
            result.problems.append(Problem(spec.name, message))
        return result
    line, header = records[0]
    columns = _read_header(result, line, header)
    if not any(columns):
        return result
    _read_rows(
        result, columns, [normalize_text(clean(cell)) for cell in header], records[1:]
    )
    _check_unique(result)
    return result


def _records(result: CsvFile, text: str) -> list[tuple[int, list[str]]]:
    """Return (first line number, cells) of each record that is not blank."""
    text = text.replace("\0", "")
    delimiter = _sniff(result.spec, text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                records.append((line, cells))
            line = reader.line_num + 1
    except csv.Error:
        message = _lt(
            "a quotation mark is not closed, or stands in the middle of a cell. Save "
            "the file from a spreadsheet program, which writes quotation marks right."
        )
        result.problems.append(Problem(result.spec.name, message, line))
    return records


def _sniff(spec: FileSpec, text: str) -> str:
    """Return the delimiter under which the first line names the most columns."""
    header = next((line for line in text.splitlines() if line.strip()), "")

    def known(delimiter):
        cells = header.split(delimiter)
        return sum(bool(spec.find(_header_name(cell))) for cell in cells)

    return max(DELIMITERS, key=known)


def _header_name(cell: str) -> str:
    return normalize_text(clean(cell).strip('"'))


def _read_header(result: CsvFile, line: int, header: list[str]) -> list[Column | None]:
    """Match the header line with the spec; None for columns that are to be skipped."""
    spec, problems = result.spec, result.problems
    columns, seen = [], set()
    for cell in header:
        name = _header_name(cell)
        column = spec.find(name)
        if column and column.name in seen:
            message = _lt("this column is there twice. Remove one of the two.")
            problems.append(Problem(spec.name, message, line, name))
            column = None
        elif not column and name:
            problems.append(Problem(spec.name, _unknown_column(spec, name), line, name))
        if column:
            seen.add(column.name)
        columns.append(column)
    for column in spec.columns:
        if column.required and column.name not in seen:
            message = _lt(
                "this column is missing. Add it to the first line, as in the template."
            )
            problems.append(Problem(spec.name, message, line, column.label))
    return columns


def _unknown_column(spec: FileSpec, name: str) -> LazyGettext:
    labels = [column.label for column in spec.columns]
    names = [column.name for column in spec.columns]
    near = get_close_matches(name, labels + names, n=1)
    if near:
        return _lt(
            "there is no column of this name. Did you mean “%(near)s”?", near=near[0]
        )
    return _lt(
        "there is no column of this name. Remove it, or use one of: %(names)s.",
        names=" · ".join(labels),
    )


def _read_rows(result, columns, header, records):
    headers = {
        column.name: text
        for column, text in zip(columns, header, strict=True)
        if column
    }
    for line, cells in records:
        if any(cell.strip() for cell in cells[len(columns) :]):
            message = _lt(
                "the line has more cells than the first line. Put cells that hold a "
                "comma in quotation marks."
            )
            result.problems.append(Problem(result.spec.name, message, line))
            continue
        row = Row(result.spec.name, line, {}, headers)
        cells += [""] * (len(columns) - len(cells))
        for column, cell in zip(columns, cells, strict=False):
            if column:
                _read_cell(result, row, column, clean(cell))
        result.rows.append(row)


def _read_cell(result: CsvFile, row: Row, column: Column, cell: str):
    row.values[column.name] = None
    if not cell:
        if column.required:
            message = _lt("this cell is empty, and it must be filled in.")
            result.problems.append(row.problem(column.name, message))
        return
    try:
        row.values[column.name] = column.convert(cell)
    except CellError as error:
        result.problems.append(row.problem(column.name, error.message))


def _check_unique(result: CsvFile):
    for names in result.spec.unique:
        first = {}
        for row in result.rows:
            key = tuple(row[name] for name in names)
            if None in key:
                continue
            before = first.setdefault(key, row.line)
            if before != row.line:
                message = _lt(
                    "“%(value)s” is already in line %(line)s. Remove or correct one of "
                    "the two lines.",
                    value=" ".join(map(str, key)),
                    line=before,
                )
                result.problems.append(row.problem(names[-1], message))
