"""What happens on the thread of a SQLite connection: a snapshot for a read, a group of units for writes.

Units that wait together share one COMMIT. Each runs in its own savepoint, so one that fails takes nothing
with it but itself; when the COMMIT fails, all of them are rolled back and all of them say so. (A constraint
declared DEFERRABLE INITIALLY DEFERRED is checked only there, so one unit could fail the others: the schema
declares none.)
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from storage.contract import DatabaseError, Row, Transaction, UniqueViolation, Value, perform

T = TypeVar("T")

_UNIQUE = frozenset(
    {sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID}
)


class SqliteTransaction(Transaction):
    """A unit's hold on its savepoint (or on its snapshot, for a read)."""

    skip_locked = ""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def run(self, sql: str, /, **params: Value) -> int:
        return self._take(partial(self._connection.execute, sql, params), _touched)

    def many(self, sql: str, rows: Iterable[Mapping[str, Value]], /) -> int:
        return self._take(partial(self._connection.executemany, sql, rows), _touched)

    def row(self, sql: str, /, **params: Value) -> Row | None:
        return self._take(partial(self._connection.execute, sql, params), _first)

    def rows(self, sql: str, /, **params: Value) -> list[Row]:
        return self._take(partial(self._connection.execute, sql, params), sqlite3.Cursor.fetchall)

    def value(self, sql: str, /, **params: Value) -> Any:
        row = self._take(partial(self._connection.execute, sql, params), _first)
        return None if row is None else row[0]

    def _take(self, execute: Callable[[], sqlite3.Cursor], take: Callable[[sqlite3.Cursor], T]) -> T:
        if self.failure is not None:
            raise self.failure
        try:
            return take(execute())
        except sqlite3.Error as error:
            unique = getattr(error, "sqlite_errorcode", None) in _UNIQUE
            self.failure = (UniqueViolation if unique else DatabaseError)(str(error))
            raise self.failure from error


def _touched(cursor: sqlite3.Cursor) -> int:
    if cursor.description is not None:
        cursor.fetchall()  # with RETURNING the count is known only at the end
    return max(cursor.rowcount, 0)


def _first(cursor: sqlite3.Cursor) -> sqlite3.Row | None:
    row: sqlite3.Row | None = cursor.fetchone()
    cursor.close()  # an unfinished statement would stand in the way of COMMIT
    return row


class Waiting:
    """A unit on its way through a group, and its result."""

    __slots__ = ("_notified", "answer", "error", "result", "unit")

    def __init__(self, unit: Callable[[Transaction], Any], answer: asyncio.Future[Any]) -> None:
        self.unit = unit
        self.answer = answer
        self.result: Any = None
        self.error: BaseException | None = None
        self._notified: frozenset[str] = frozenset()

    @property
    def notified(self) -> frozenset[str]:
        """The channels that the unit notified, if it came to stay."""
        return self._notified if self.error is None else frozenset()

    def run(self, connection: sqlite3.Connection) -> None:
        connection.execute("SAVEPOINT unit")
        try:
            transaction = SqliteTransaction(connection)
            self.result = perform(self.unit, transaction)
            self._notified = transaction.notified
        except BaseException as error:
            self.error = error
            # A full disk and the like make SQLite roll the whole transaction back by itself.
            if connection.in_transaction:
                connection.execute("ROLLBACK TO unit")
        if not connection.in_transaction:
            raise self.error or DatabaseError("the unit ended the transaction that it shares with others")
        connection.execute("RELEASE unit")

    def reply(self) -> None:
        if self.answer.done():
            return  # cancelled meanwhile
        if self.error is None:
            self.answer.set_result(self.result)
        else:
            self.answer.set_exception(self.error)


def commit_group(group: Sequence[Waiting], connection: sqlite3.Connection) -> None:
    """On the writer's thread: run the units and commit them together, or note in each why it was lost."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        for waiting in group:
            waiting.run(connection)
        connection.execute("COMMIT")
    except BaseException as error:
        for waiting in group:
            if waiting.error is None:
                waiting.error = DatabaseError(f"the transaction was rolled back: {error}")
                waiting.error.__cause__ = error
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def snapshot(unit: Callable[[Transaction], T], connection: sqlite3.Connection) -> T:
    connection.execute("BEGIN")
    try:
        return perform(unit, SqliteTransaction(connection))
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
