"""A second connection to the bot's database: what is really on disk, table by table."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from storage import inbox
from tests.conftest import Forum

Rows = list[dict[str, Any]]


def tables(folder: Path) -> dict[str, Rows]:
    """Every table with its rows, the schema's own bookkeeping aside."""
    with closing(sqlite3.connect(f"file:{folder / 'forum.db'}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return {name: [dict(row) for row in connection.execute(f"SELECT * FROM {name}")] for (name,) in names}


@contextmanager
def missing(folder: Path, table: str) -> Iterator[None]:
    """Whatever reads that table fails meanwhile."""
    rename(folder, table, "away")
    yield
    rename(folder, "away", table)


def rename(folder: Path, table: str, becomes: str) -> None:
    with closing(sqlite3.connect(folder / "forum.db", timeout=5)) as connection:
        connection.execute(f"ALTER TABLE {table} RENAME TO {becomes}")
        connection.commit()


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


async def at_rest(forum: Forum) -> None:
    """Wait until every update is handled and struck out of the inbox."""
    await forum.telegram.idle()
    async with asyncio.timeout(20):
        while await forum.db.read(inbox.count):  # noqa: ASYNC110 - nobody is notified of the end of an update
            await asyncio.sleep(0.01)
