"""The table as a workbook that is ready to read: a fixed head, widths, filters, wrapped text."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

from bot.papers.table import Cell

# Characters a column is wide: the columns of `bot.papers.table.heads`, in their order.
WIDTHS = (6, 28, 18, 8, 60, 40, 24, 24, 24, 6, 20, 10, 24, 50, 20, 16, 16)


def workbook(name: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[int] = WIDTHS) -> bytes:
    """An .xlsx with one sheet of that name. What people typed stays text: no formula, no link, no number."""
    # Late, like everything big that is seldom wanted: it costs memory from then on.
    from xlsxwriter import Workbook

    file = io.BytesIO()
    # They are the defaults of `write`, which is not used here; said again for whoever will use it.
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(name[:31])  # Excel's limit of a sheet's name
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8EEF4", "border": 1})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm", "valign": "top", "align": "left"})
    for column, (title, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
    for at, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, dt.datetime):
                sheet.write_datetime(at, column, cell, moment)
            elif isinstance(cell, (int, float)):
                sheet.write_number(at, column, cell, text)
            else:
                sheet.write_string(at, column, cell, text)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
    # On paper: all columns on one page's width, the head on each page.
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return file.getvalue()
