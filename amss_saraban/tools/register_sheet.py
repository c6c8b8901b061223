# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A register as an Excel file (forms 13 and 14). Pure functions, no database."""

import xlsxwriter

#: the most that a cell of Excel holds
CELL_LIMIT = 32767


def write_register(target, title, sheet_name, columns, rows):
    """Write the lines of a book, a row at a time, in constant memory.

    Text is written as text, so nothing in it is taken for a formula or a link.

    :param target: file name
    :param str title: first line, above the head of the table
    :param str sheet_name: at most 31 characters
    :param list columns: (heading, width in characters)
    :param rows: iterable of lists of int or str, one for each line
    """
    options = {"constant_memory": True, "in_memory": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(sheet_name)
        bold = book.add_format({"bold": True, "font_size": 14})
        head = book.add_format(
            {"bold": True, "border": 1, "bg_color": "#DDEBF7", "text_wrap": True}
        )
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        for index, (_heading, width) in enumerate(columns):
            sheet.set_column(index, index, width)
        sheet.freeze_panes(2, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(1)
        sheet.fit_to_pages(1, 0)
        sheet.write_string(0, 0, title, bold)
        for index, (heading, _width) in enumerate(columns):
            sheet.write_string(1, index, heading, head)
        for line, row in enumerate(rows, start=2):
            for index, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(line, index, value, cell)
                else:
                    sheet.write_string(line, index, value[:CELL_LIMIT], cell)
