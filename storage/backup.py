"""A consistent copy of a SQLite file, while a bot of this or another process goes on writing to it."""

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from storage.contract import DatabaseError


def copy_sqlite(source: Path, target: Path) -> None:
    """Write a copy of `source` as it stands now to `target`, making its folder; blocks until it is on disk.

    The target appears whole or not at all and is readable by its owner only. `DatabaseError` when the
    target exists or the copy cannot be made.

    VACUUM INTO reads one snapshot. The connection is read-only: it neither writes nor checkpoints the
    source, so the bot's stays the only one that does, and it needs no lock file.
    """
    if not source.is_file():
        raise DatabaseError(f"there is no database at {source}")
    _refuse_existing(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    # VACUUM INTO accepts an empty file, and this one is made with the rights 0600.
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    os.close(descriptor)
    part = Path(name)
    try:
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("PRAGMA busy_timeout = 5000")
            connection.execute("VACUUM INTO :part", {"part": name})
        with part.open("rb+") as copy:
            os.fsync(copy.fileno())
        _refuse_existing(target)
        part.replace(target)
    except (sqlite3.Error, OSError) as error:
        raise DatabaseError(f"no backup made: {error}") from error
    finally:
        part.unlink(missing_ok=True)


def _refuse_existing(target: Path) -> None:
    if target.exists():
        raise DatabaseError(f"{target} exists already; a backup never overwrites")
