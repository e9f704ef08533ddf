"""The table as CSV, for other programs."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence

from bot.papers.table import Cell


def comma_separated(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """With a byte order mark, without which Excel takes UTF-8 for something else."""
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(heads)
    table.writerows([written(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def written(cell: Cell) -> str | int | float:
    if isinstance(cell, dt.datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    return harmless(cell) if isinstance(cell, str) else cell


def harmless(text: str) -> str:
    """A spreadsheet runs what begins like a formula; a question may begin with "="."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
