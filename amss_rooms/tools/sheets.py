# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A table cut into sheets of A4 paper, landscape: pure functions.

Done here and not by the printer of the PDF, so that every sheet has its heading and its
number also where that printer knows neither.
"""

import unicodedata
from math import ceil
from typing import NamedTuple

#: millimetres on paper: the sheet within its margins, below the head of the table
WIDTH, HEIGHT = 277, 170
FIRST_COLUMN = 35
#: a line of the table, a letter on average, the blank above and below, left and right.
#: wkhtmltopdf shows a length of the style sheet at about 0.77 of its size.
LINE_HEIGHT, LETTER_WIDTH, PADDING = 4.13, 1.75, 1.3


class Line(NamedTuple):
    """A text of a cell, and what it is."""

    text: str
    kind: str = ""


class Sheet(NamedTuple):
    """One sheet: its place among all, the heads of columns, rows of cells of lines."""

    number: int
    count: int
    head: list
    rows: list


def lay_out(head, rows, columns):
    """Cut a table into sheets; the first column is on each of them.

    :param list head: texts, one for each column
    :param list rows: lists of cells, which are lists of :class:`Line`
    :param int columns: how many a sheet has at most beside the first
    :return: list of :class:`Sheet`
    """
    parts = [
        (head[:1] + part, [row[:1] + row[start:stop] for row in rows])
        for start, stop in _spans(len(head) - 1, columns)
        for part in [head[start:stop]]
    ]
    cut = [
        (part_head, page)
        for part_head, part_rows in parts
        for page in _pages(part_rows)
    ]
    return [
        Sheet(number, len(cut), part_head, page)
        for number, (part_head, page) in enumerate(cut, start=1)
    ]


def _spans(count, most):
    """Share columns out evenly: seven by six at most are four and three."""
    sheets = max(1, ceil(count / most))
    bounds = [1 + count * sheet // sheets for sheet in range(sheets + 1)]
    return list(zip(bounds, bounds[1:], strict=False))


def _pages(rows):
    """Cut rows where a sheet is full."""
    page, used = [], 0
    for row in rows:
        height = row_height(row)
        if page and used + height > HEIGHT:
            yield page
            page, used = [], 0
        page.append(row)
        used += height
    if page:
        yield page


def row_height(row):
    """Give the millimetres that a row takes, rather too many than too few.

    :param list row: cells, the first of which is the narrow one
    """
    width = (WIDTH - FIRST_COLUMN) / max(1, len(row) - 1)
    lines = max(
        sum(_lines(line.text, FIRST_COLUMN if index == 0 else width) for line in cell)
        for index, cell in enumerate(row)
    )
    return max(1, lines) * LINE_HEIGHT + PADDING


def _lines(text, width):
    # vowels and tone marks above and below take no room of their own
    letters = sum(1 for letter in text if unicodedata.category(letter) != "Mn")
    return max(1, ceil(letters * LETTER_WIDTH / (width - 2 * PADDING)))
