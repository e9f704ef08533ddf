"""The SQLite engine: one writing connection, a few reading ones, each on a thread of its own.

Units that wait while a transaction is under way share the next one: each runs in its savepoint, then one
COMMIT makes all of them durable and only then is anybody answered. So `synchronous=FULL`, which survives a
loss of power, costs one sync a group instead of one a unit.

This is the one module that uses private names of aiosqlite (`_execute`, `_conn`; pinned below 0.23): a unit
must run as a whole on the connection's thread, and the public methods take one hop for every statement.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import aiosqlite

from storage import migrate
from storage.backup import copy_sqlite
from storage.contract import Database, DatabaseError, Transaction
from storage.filelock import FileLock
from storage.sqlite_units import Waiting, commit_group, snapshot

log = logging.getLogger(__name__)

T = TypeVar("T")
P = ParamSpec("P")

READERS = 3
# Bounds how long the first unit of a group waits for the last; at some 25 µs a unit this is 6 ms.
LARGEST_GROUP = 256

SCRUB_TRIES, SCRUB_PAUSE = 100, 0.05  # seconds between the tries to empty the log
_BUSY_TIMEOUT = "PRAGMA busy_timeout = 5000"

_WRITER = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    _BUSY_TIMEOUT,
    # A long backup lets the log grow; the next checkpoint gives all but this many bytes back.
    "PRAGMA journal_size_limit = 16777216",
    # What is deleted is overwritten with zeros at once; see `scrub` for what this does not reach.
    "PRAGMA secure_delete = ON",
    # A VACUUM makes its copy in memory, not in a file next to ours.
    "PRAGMA temp_store = MEMORY",
)
_READER = ("PRAGMA query_only = ON", "PRAGMA wal_autocheckpoint = 0", _BUSY_TIMEOUT)


async def _on_thread(connection: aiosqlite.Connection, function: Callable[[sqlite3.Connection], T]) -> T:
    """Run a function as a whole on the connection's thread: one hop there, one back."""
    # A lambda without arguments, for aiosqlite writes what it executes to its debug log, and arguments are people's
    # words.
    result: T = await connection._execute(lambda: function(connection._conn))  # type: ignore[no-untyped-call]  # aiosqlite has no type here
    return result


async def _connect(path: Path, pragmas: Iterable[str]) -> aiosqlite.Connection:
    def prepare(raw: sqlite3.Connection) -> None:
        raw.row_factory = sqlite3.Row
        for pragma in pragmas:
            raw.execute(pragma).fetchall()

    connection = await aiosqlite.connect(path, isolation_level=None, cached_statements=512)
    try:
        await _on_thread(connection, prepare)
    except BaseException:
        await connection.close()
        raise
    return connection


def _take_file(path: Path) -> tuple[Path, FileLock]:
    """Lock a file, made when missing: its real path, so that two links to it are one database."""
    path = path.resolve()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Names and questions of real people: for the owner's eyes. The -wal and -shm files take its rights.
        path.touch(mode=0o600)
        return path, FileLock(path)
    except OSError as error:
        raise DatabaseError(f"cannot open {path}: {error.strerror}") from error


@dataclass
class _Reader:
    """A reading connection and how many units wait on its thread, the running one included."""

    connection: aiosqlite.Connection
    under_way: int = 0

    def load(self) -> int:
        return self.under_way


class SqliteDatabase(Database):
    """One file, held by this process alone until `close`. Made by `open`."""

    engine = "sqlite"

    def __init__(self, path: Path, lock: FileLock) -> None:
        super().__init__()
        self._path = path
        self._lock = lock
        self._writer: aiosqlite.Connection | None = None
        self._readers: list[_Reader] = []
        self._waiting: list[Waiting] = []
        self._draining: asyncio.Task[None] | None = None
        self._closed = False

    @classmethod
    async def open(cls, path: Path, migrations: Sequence[migrate.Migration]) -> "SqliteDatabase":
        """Take the file, made with its folder when missing, and apply what migrations are pending."""
        _explain_old_sqlite()
        path, lock = await asyncio.to_thread(_take_file, path)
        database = cls(path, lock)
        try:
            database._writer = await _connect(path, _WRITER)
            applied = await database.write(migrate.apply, migrations, migrate.SQLITE_TYPES)
            for _ in range(READERS):
                database._readers.append(_Reader(await _connect(path, _READER)))
        except sqlite3.Error as error:
            await database.close()
            raise DatabaseError(f"cannot open {path}: {error}") from error
        except BaseException:
            await database.close()
            raise
        log.info("opened %s, migrations applied: %s", path, ", ".join(applied) or "none pending")
        return database

    async def write(self, unit: Callable[Concatenate[Transaction, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        self._refuse_when_closed()
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append(Waiting(lambda transaction: unit(transaction, *args, **kwargs), answer))
        if self._draining is None:
            self._draining = asyncio.create_task(self._drain(), name="storage writer")
        return await answer

    async def _drain(self) -> None:
        assert self._writer is not None
        group: list[Waiting] = []
        try:
            while self._waiting:
                # A unit whose caller has gone away before its turn is not run at all.
                group = [waiting for waiting in self._waiting[:LARGEST_GROUP] if not waiting.answer.done()]
                del self._waiting[:LARGEST_GROUP]
                if group:
                    await _on_thread(self._writer, partial(commit_group, group))
                for waiting in group:
                    waiting.reply()
                    self._spread(waiting.notified)
        except BaseException as error:
            # The connection itself is unusable or the loop is ending: nobody may be left waiting.
            for waiting in group + self._waiting:
                waiting.error = waiting.error or DatabaseError(f"the writer stopped: {error!r}")
                waiting.reply()
            self._waiting.clear()
            if not isinstance(error, Exception):
                raise
            log.exception("the writer stopped in the middle of a group")
        finally:
            self._draining = None

    async def read(self, unit: Callable[Concatenate[Transaction, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        self._refuse_when_closed()
        reader = min(self._readers, key=_Reader.load)
        reader.under_way += 1
        try:
            return await _on_thread(
                reader.connection, partial(snapshot, lambda transaction: unit(transaction, *args, **kwargs))
            )
        finally:
            reader.under_way -= 1

    async def backup(self, target: Path) -> None:
        self._refuse_when_closed()
        await asyncio.to_thread(copy_sqlite, self._path, target)

    async def scrub(self) -> None:
        """Rewrite the file and empty its log: the one keeps copies of rows that moved between pages, the other
        every page as it was. A snapshot being read holds the log back for a moment."""
        self._refuse_when_closed()
        assert self._writer is not None
        try:
            await _on_thread(self._writer, _rewrite)
        except sqlite3.Error as error:
            raise DatabaseError(f"{self._path} could not be rewritten: {error}") from error
        for _ in range(SCRUB_TRIES):
            if await _on_thread(self._writer, _empty_log):
                return
            await asyncio.sleep(SCRUB_PAUSE)
        log.warning("a long read keeps the write-ahead log; it is emptied when the database is closed")

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        try:
            if self._draining is not None:
                await asyncio.wait([self._draining])
            # Each close queues behind what its thread has still to do. The writer goes last: the last
            # connection to close checkpoints, and only the writer may.
            for reader in self._readers:
                await reader.connection.close()
            if self._writer is not None:
                await self._writer.close()
        finally:
            self._lock.release()

    def _refuse_when_closed(self) -> None:
        if self._closed:
            raise DatabaseError(f"{self._path} is closed")


def _rewrite(connection: sqlite3.Connection) -> None:
    connection.execute("VACUUM")


def _empty_log(connection: sqlite3.Connection) -> bool:
    """False when a reader stands in the way. It is not waited for here: every write would wait too."""
    connection.execute("PRAGMA busy_timeout = 0").fetchall()
    try:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.execute(_BUSY_TIMEOUT).fetchall()
    return not busy


@cache
def _explain_old_sqlite() -> None:
    if sqlite3.sqlite_version_info < (3, 51, 3):
        log.info(
            "SQLite %s is older than 3.51.3 and can damage a database that two connections write or"
            " checkpoint at once (the WAL-reset bug). Harmless here: one connection does both.",
            sqlite3.sqlite_version,
        )
