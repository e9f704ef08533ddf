"""The door to storage: the names that units of work are written with, and how a database is opened.

database = await open_database("data/forum.db")
question = await database.write(questions.ask, author, session, text)
"""

import asyncio
from pathlib import Path

from storage import migrate
from storage.backup import copy_sqlite
from storage.contract import (
    BackupNotHere,
    Database,
    DatabaseError,
    DatabaseInUse,
    MigrationChanged,
    Row,
    Transaction,
    UniqueViolation,
    Value,
)
from storage.sqlite import SqliteDatabase

__all__ = [
    "BackupNotHere",
    "Database",
    "DatabaseError",
    "DatabaseInUse",
    "MigrationChanged",
    "Row",
    "Transaction",
    "UniqueViolation",
    "Value",
    "backup_file",
    "open_database",
]

_POSTGRES = ("postgresql", "postgres")


async def open_database(url: str, migrations: Path = migrate.FOLDER) -> Database:
    """Open the database and bring it up to date; to do so twice changes nothing.

    `url` is the path of a SQLite file, `sqlite:///path` (a fourth slash makes it absolute) or
    `postgresql://…`. A missing file is made, with its folder. `DatabaseInUse` when another process has the
    file, `MigrationChanged` when a migration is not the one that was applied, `DatabaseError` for the rest.
    """
    steps = await asyncio.to_thread(migrate.load, migrations)
    path = _sqlite_path(url)
    if path is not None:
        return await SqliteDatabase.open(path, steps)
    try:
        # Late: psycopg is an extra, and anyone who keeps everything in one file need not have it.
        from storage.postgres import PostgresDatabase  # noqa: PLC0415 - as said above
    except ImportError as error:
        raise DatabaseError(
            "PostgreSQL needs psycopg: pip install --require-hashes -r requirements-postgres.txt"
        ) from error
    return await PostgresDatabase.open(url, steps)


def backup_file(url: str | Path, target: Path) -> None:
    """Copy the SQLite file at `url` (as for `open_database`) to `target`, from any process, while a bot runs.

    Blocks until the copy is on disk. `BackupNotHere` for a PostgreSQL url, `DatabaseError` when the target
    exists or the copy fails.
    """
    path = _sqlite_path(str(url))
    if path is None:
        raise BackupNotHere("PostgreSQL is backed up by its own pg_dump")
    copy_sqlite(path, target)


def _sqlite_path(url: str) -> Path | None:
    """The file a url names, None when it names a PostgreSQL database."""
    scheme, mark, rest = url.partition("://")
    if mark and scheme in _POSTGRES:
        return None
    if not mark:
        rest = url
    elif scheme == "sqlite" and rest.startswith("/"):
        rest = rest[1:]
    else:
        # The url may hold a password: no more of it than the scheme is shown.
        raise DatabaseError(f"a database url begins with sqlite:/// or postgresql://, this one with {scheme}://")
    if rest in ("", ":memory:"):
        raise DatabaseError("the database url names no file, for example data/forum.db")
    return Path(rest)
