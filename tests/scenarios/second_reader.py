"""A second connection to the bot's database: what is really on disk, table by table."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

Rows = list[dict[str, Any]]


def tables(folder: Path) -> dict[str, Rows]:
    """Every table with its rows, the schema's own bookkeeping aside."""
    with closing(sqlite3.connect(f"file:{folder / 'forum.db'}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return {name: [dict(row) for row in connection.execute(f"SELECT * FROM {name}")] for (name,) in names}


def traces(folder: Path, *needles: str | int) -> list[str]:
    """ "table.column" wherever one of the needles stands, be it inside a longer text."""
    return sorted(
        {
            f"{table}.{column}"
            for table, rows in tables(folder).items()
            for row in rows
            for column, value in row.items()
            for needle in needles
            if str(needle) in str(value)
        }
    )
