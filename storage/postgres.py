"""The PostgreSQL engine: one unit, one pooled connection, one transaction, in a thread of its own.

Units are serializable, as SQLite's are by nature; PostgreSQL ends some of them with a serialization failure
and they are run again from the start. Imported only when a PostgreSQL url is used: psycopg is an extra.
"""

import asyncio
import logging
import random
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import psycopg
from psycopg import sql
from psycopg.abc import Buffer
from psycopg.adapt import Dumper, Loader
from psycopg.rows import DictRow, dict_row
from psycopg_pool import ConnectionPool, PoolTimeout

from storage import migrate
from storage.contract import (
    BackupNotHere,
    Database,
    DatabaseError,
    Row,
    Transaction,
    UniqueViolation,
    Value,
    perform,
)
from storage.parameters import to_pyformat

log = logging.getLogger(__name__)

T = TypeVar("T")
P = ParamSpec("P")
_Connection = psycopg.Connection[DictRow]

CONNECTIONS = 8
ATTEMPTS = 12
CONNECT_SECONDS = 10
# Any number that nothing else in the database uses; this one is "minber" in ASCII.
_MIGRATION_LOCK = 0x6D696E626572
TAKE_TURNS = "SELECT pg_advisory_xact_lock(:key)"
# Notifications are the whole database's: instances that share a schema share a name.
NEWS = "SELECT 'minber_' || current_schema()::regnamespace::oid AS name"
NOTIFY = "SELECT pg_notify(:news, :payload)"
# A unit that keeps losing, or is long enough to lose against whatever goes on meanwhile, has all tables to itself: the
# lock is its first statement, so that its snapshot is taken when nobody else writes any more. Reading goes on.
FAIR = 4  # attempts that any unit makes among others
LONG = 0.1  # seconds of an attempt
_ALONE = "LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE"
TABLES = """
    SELECT STRING_AGG(QUOTE_IDENT(tablename), ', ' ORDER BY tablename) FROM pg_tables
    WHERE schemaname = current_schema() AND tablename = ANY (STRING_TO_ARRAY(CAST(:made AS TEXT), ','))
"""
# The planner expects a recursive statement to go on for long, and compiling one takes longer than any of ours runs.
NO_COMPILING = "SELECT set_config('jit', 'off', false)"
LISTEN_PAUSE, LONGEST_LISTEN_PAUSE = 0.5, 15.0  # seconds before the listening connection is made again


class _WholeNumber(Dumper):
    """Sends int and bool without a type, as psycopg sends str: PostgreSQL infers it from the statement.

    psycopg's own choice, the smallest integer type that fits, overflows in `:a * :b` and is no bigint in a
    function call; and a bool would be refused by an integer column. What the statements' test prepares is
    exactly what is sent.
    """

    def dump(self, obj: int) -> bytes:
        return b"%d" % obj


class _Number(Loader):
    """SUM over BIGINT is NUMERIC; SQLite gives an int there, and a float where there is a fraction."""

    def load(self, data: Buffer) -> int | float:
        text = bytes(data).decode()
        return int(text) if text.lstrip("-").isdigit() else float(text)


def _configure(connection: _Connection) -> None:
    connection.adapters.register_dumper(int, _WholeNumber)
    connection.adapters.register_dumper(bool, _WholeNumber)
    connection.adapters.register_loader("numeric", _Number)
    connection.autocommit = True
    connection.execute(NO_COMPILING)
    connection.autocommit = False


class PostgresTransaction(Transaction):
    """A unit's hold on its connection."""

    skip_locked = "FOR UPDATE SKIP LOCKED"

    def __init__(self, connection: _Connection) -> None:
        self._cursor = connection.cursor()

    def run(self, sql: str, /, **params: Value) -> int:
        self._execute(self._cursor.execute, sql, params)
        return max(self._cursor.rowcount, 0)

    def many(self, sql: str, rows: Iterable[Mapping[str, Value]], /) -> int:
        self._execute(self._cursor.executemany, sql, rows)
        return max(self._cursor.rowcount, 0)

    def row(self, sql: str, /, **params: Value) -> Row | None:
        self._execute(self._cursor.execute, sql, params)
        return self._cursor.fetchone()

    def rows(self, sql: str, /, **params: Value) -> list[Row]:
        self._execute(self._cursor.execute, sql, params)
        return list(self._cursor.fetchall())

    def value(self, sql: str, /, **params: Value) -> Any:
        self._execute(self._cursor.execute, sql, params)
        row = self._cursor.fetchone()
        return None if row is None else next(iter(row.values()))

    def _execute(self, execute: Callable[..., Any], sql: str, params: object) -> None:
        if self.failure is not None:
            raise self.failure
        try:
            execute(to_pyformat(sql), params)
        except psycopg.Error as error:
            self.failure = _translated(error)
            raise self.failure from error


def _translated(error: psycopg.Error) -> DatabaseError:
    """Without the detail lines of the server, which quote people's data."""
    kind = UniqueViolation if isinstance(error, psycopg.errors.UniqueViolation) else DatabaseError
    return kind(error.diag.message_primary or str(error).partition("\n")[0])


class _Again(Exception):
    """The attempt left nothing behind and may succeed when repeated; its cause says why."""


class PostgresDatabase(Database):
    """A pool of connections and as many threads. Made by `open`."""

    engine = "postgres"

    def __init__(self, url: str, pool: ConnectionPool[_Connection]) -> None:
        super().__init__()
        self._url = url
        self._pool = pool
        self._instance = secrets.token_hex(8)  # what we notified ourselves of need not be heard again
        self._news = ""
        self._tables = ""
        self._hearing: asyncio.Task[None] | None = None
        self._loop = asyncio.get_running_loop()
        self._threads = ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="storage")
        self._one_by_one = threading.Lock()
        self._closed = False

    @classmethod
    async def open(cls, url: str, migrations: Sequence[migrate.Migration]) -> "PostgresDatabase":
        """Connect, and apply what migrations are pending; instances that start together take turns."""
        pool: ConnectionPool[_Connection] = ConnectionPool(
            url,
            connection_class=_Connection,
            kwargs={
                "row_factory": dict_row,
                "application_name": "minber",
                "connect_timeout": CONNECT_SECONDS,
            },
            configure=_configure,
            min_size=2,
            max_size=CONNECTIONS,
            timeout=CONNECT_SECONDS,
            name="storage",
            open=False,
        )
        database = cls(url, pool)
        try:
            await database._in_thread(partial(_open_pool, url, pool))
            # Not serializable: its snapshot would be as old as the moment it began to wait for the lock.
            applied = await database._in_thread(
                partial(
                    database._repeat,
                    partial(_migrate, migrations),
                    psycopg.IsolationLevel.READ_COMMITTED,
                    read_only=False,
                )
            )
            database._news = await database.read(_news)
            database._tables = await database.read(_tables, migrations)
            hears = asyncio.Event()
            database._hearing = asyncio.create_task(database._hear(hears), name="storage listener")
            async with asyncio.timeout(CONNECT_SECONDS):
                await hears.wait()
        except TimeoutError as error:
            await database.close()
            raise DatabaseError("PostgreSQL gave no connection to listen on") from error
        except BaseException:
            await database.close()
            raise
        log.info("opened PostgreSQL, migrations applied: %s", ", ".join(applied) or "none pending")
        return database

    async def write(self, unit: Callable[Concatenate[Transaction, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._in_thread(
            lambda: self._repeat(
                lambda transaction: unit(transaction, *args, **kwargs),
                psycopg.IsolationLevel.SERIALIZABLE,
                read_only=False,
            )
        )

    async def read(self, unit: Callable[Concatenate[Transaction, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._in_thread(
            lambda: self._repeat(
                lambda transaction: unit(transaction, *args, **kwargs),
                psycopg.IsolationLevel.REPEATABLE_READ,
                read_only=True,
            )
        )

    async def backup(self, target: Path) -> None:
        raise BackupNotHere("PostgreSQL is backed up by its own pg_dump")

    async def scrub(self) -> None:
        """Nothing: dead rows are the server's own, and its autovacuum reuses their space."""

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        if self._hearing is not None:
            self._hearing.cancel()
            with suppress(asyncio.CancelledError):
                await self._hearing
        await asyncio.to_thread(self._threads.shutdown)
        await asyncio.to_thread(self._pool.close)

    async def _hear(self, hears: asyncio.Event) -> None:
        """Call our listeners for what other instances notify of, for as long as the database is open.

        `hears` is set once no notification is missed any more. What came while the connection was down is not
        known, so afterwards every listener is called once.
        """
        pause = LISTEN_PAUSE
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    self._url, autocommit=True, application_name="minber", connect_timeout=CONNECT_SECONDS
                ) as connection:
                    await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self._news)))
                    if hears.is_set():
                        self._spread(list(self._listeners))
                    hears.set()
                    pause = LISTEN_PAUSE
                    async for news in connection.notifies():
                        instance, _, channel = news.payload.partition(" ")
                        if instance != self._instance:
                            self._spread([channel])
            except psycopg.Error as error:
                log.warning("news of other instances cannot be heard (%s); trying again", _translated(error))
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_LISTEN_PAUSE)

    async def _in_thread(self, function: Callable[[], T]) -> T:
        if self._closed:
            raise DatabaseError("the database is closed")
        return await asyncio.get_running_loop().run_in_executor(self._threads, function)

    def _repeat(self, unit: Callable[[Transaction], T], isolation: psycopg.IsolationLevel, *, read_only: bool) -> T:
        began = time.monotonic()
        try:
            return self._attempt(unit, isolation, read_only)
        except _Again as again:
            reason = again
        fair = 1 if time.monotonic() - began > LONG else FAIR
        # Those that got in each other's way go one by one, so among this process's units every round has
        # a winner; the pause is for the units of other instances, and for messages that go out all the time.
        with self._one_by_one:
            for attempt in range(1, ATTEMPTS):
                try:
                    return self._attempt(unit, isolation, read_only, alone=attempt >= fair and not read_only)
                except _Again as again:
                    reason = again
                    time.sleep(random.uniform(0, 0.002 * 2 ** min(attempt, 7)))
        raise DatabaseError(f"given up after {ATTEMPTS} attempts: {reason.__cause__}") from reason.__cause__

    def _attempt(
        self, unit: Callable[[Transaction], T], isolation: psycopg.IsolationLevel, read_only: bool, alone: bool = False
    ) -> T:
        try:
            with self._pool.connection() as connection:  # rolls back when an error passes
                connection.isolation_level = isolation
                connection.read_only = read_only
                transaction = PostgresTransaction(connection)
                try:
                    if alone and self._tables:
                        transaction.run(_ALONE.format(tables=self._tables))
                    result = perform(unit, transaction)
                    for channel in transaction.notified:
                        # To the other instances; the server hands it out with this COMMIT, or never.
                        transaction.row(NOTIFY, news=self._news, payload=f"{self._instance} {channel}")
                except BaseException:
                    if transaction.failure is not None and _may_repeat(transaction.failure, connection):
                        raise _Again from transaction.failure
                    raise
                self._commit(connection)
                if transaction.notified:
                    self._loop.call_soon_threadsafe(self._spread, transaction.notified)
                return result
        except PoolTimeout as error:
            raise DatabaseError(f"PostgreSQL gave no connection within {CONNECT_SECONDS} s") from error

    def _commit(self, connection: _Connection) -> None:
        try:
            connection.commit()
        except (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected) as error:
            raise _Again from _translated(error)
        except psycopg.Error as error:
            if connection.broken:
                # Repeating might do it twice; the callers' unique keys make their own repetition safe.
                raise DatabaseError("the connection broke during COMMIT: it may be stored or not") from error
            raise _translated(error) from error


def _may_repeat(failure: DatabaseError, connection: _Connection) -> bool:
    """A conflict with another unit, or a connection lost before COMMIT, as after a restart of the server."""
    conflicts = (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected)
    return isinstance(failure.__cause__, conflicts) or connection.broken


def _open_pool(url: str, pool: ConnectionPool[_Connection]) -> None:
    # The pool would try again in the background and in the end say only that it timed out; one plain
    # connection says what is wrong (no server, no such database, wrong password) at once.
    try:
        psycopg.connect(url, connect_timeout=CONNECT_SECONDS).close()
        pool.open(wait=True, timeout=CONNECT_SECONDS)
    except psycopg.Error as error:
        raise DatabaseError(f"cannot open PostgreSQL: {str(error).partition(chr(10))[0]}") from error


def _news(transaction: Transaction) -> str:
    name: str = transaction.value(NEWS)
    return name


def _tables(transaction: Transaction, migrations: Sequence[migrate.Migration]) -> str:
    """Our own; the schema may hold others' too."""
    names: str = transaction.value(TABLES, made=",".join(migrate.tables(migrations)))
    return names or ""


def _migrate(migrations: Sequence[migrate.Migration], transaction: Transaction) -> list[str]:
    transaction.run(TAKE_TURNS, key=_MIGRATION_LOCK)
    return migrate.apply(transaction, migrations, migrate.POSTGRES_TYPES)
