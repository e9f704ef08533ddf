"""What a database is to the rest of the project: the transaction, the database and their errors.

Both engines promise the same. A unit of work is a plain synchronous function whose first argument is a
`Transaction`; it cannot await, so nothing slow can stand inside a transaction, and it may be run again from
the start (PostgreSQL does so after a serialization failure), so it touches nothing but its transaction and
takes lists, not iterators, as arguments. Units behave as if they ran one after the other.

The first statement that fails ends its unit: later statements raise the same error again, and a unit that
swallows it is rolled back and its caller still gets it. PostgreSQL cannot do otherwise, so SQLite does the same.
"Insert or nothing" is therefore said in SQL, with ON CONFLICT.
"""

# Errors are named after what has happened, which reads better where they are caught.

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Concatenate, ParamSpec, Protocol, TypeVar

# A bool counts as an int and is stored as 0 or 1; str and int enumerations are stored as their values.
Value = int | float | str | bytes | None

T = TypeVar("T")
P = ParamSpec("P")


class DatabaseError(Exception):
    """Storage could not do what was asked; `str()` is one line without parameter values."""


class UniqueViolation(DatabaseError):
    """A row with this unique key is there already."""


class DatabaseInUse(DatabaseError):
    """Another process, or another `Database` of this one, holds the file."""


class MigrationChanged(DatabaseError):
    """A migration file is not the one this database was made with."""


class BackupNotHere(DatabaseError):
    """This engine has better tools of its own for a backup."""


class Row(Protocol):
    """One row, read by column name (computed columns need AS). `keys()` allows `dict(row)`."""

    def __getitem__(self, name: str, /) -> Any: ...

    def keys(self) -> Iterable[str]: ...


class Transaction(ABC):
    """What a unit of work speaks to. Parameters are written `:name` and passed by keyword.

    Every method raises `UniqueViolation` for a broken unique or primary key and `DatabaseError` for any
    other failure of the statement.
    """

    skip_locked: ClassVar[str]
    """Ends the SELECT that claims rows: empty on SQLite, FOR UPDATE SKIP LOCKED on PostgreSQL."""

    failure: DatabaseError | None = None
    """The error that ended this unit, if one did."""

    notified: frozenset[str] = frozenset()
    """The channels this unit has news on."""

    def notify(self, channel: str) -> None:
        """Call those who listen on the channel (`Database.listen`) once this unit is durable, and only then."""
        self.notified |= {channel}

    @abstractmethod
    def run(self, sql: str, /, **params: Value) -> int:
        """Run one INSERT, UPDATE, DELETE or DDL statement; the number of rows touched (0 for DDL)."""

    @abstractmethod
    def many(self, sql: str, rows: Iterable[Mapping[str, Value]], /) -> int:
        """Run one statement once for each set of parameters; the number of rows touched in all."""

    @abstractmethod
    def row(self, sql: str, /, **params: Value) -> Row | None:
        """The first row, or None. A statement with RETURNING takes full effect all the same."""

    @abstractmethod
    def rows(self, sql: str, /, **params: Value) -> list[Row]:
        """All rows."""

    @abstractmethod
    def value(self, sql: str, /, **params: Value) -> Any:
        """The first column of the first row, None when there is no row."""


class Database(ABC):
    """An open database. Made by `storage.database.open_database`, ended by `close`."""

    engine: ClassVar[str]
    """`sqlite` or `postgres`."""

    def __init__(self) -> None:
        self._listeners: dict[str, list[Callable[[], None]]] = {}

    def listen(self, channel: str, callback: Callable[[], None]) -> None:
        """Call back on the event loop after each unit that notified the channel.

        On PostgreSQL also after those of other instances, and after a while in which these could not be heard.
        """
        self._listeners.setdefault(channel, []).append(callback)

    def _spread(self, notified: Iterable[str]) -> None:
        for channel in notified:
            for callback in self._listeners.get(channel, ()):
                callback()

    @abstractmethod
    async def write(self, unit: Callable[Concatenate[Transaction, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a unit in a transaction; return its result once that is durable on disk.

        A unit that raises is rolled back alone and its error reaches the caller. When the caller is
        cancelled, its unit takes effect as a whole or not at all. `DatabaseError` when it cannot be stored.
        """

    @abstractmethod
    async def read(self, unit: Callable[Concatenate[Transaction, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a unit on one consistent snapshot; an attempt to write raises `DatabaseError`."""

    @abstractmethod
    async def backup(self, target: Path) -> None:
        """Write a consistent copy while units go on. An existing target is refused, never overwritten."""

    @abstractmethod
    async def scrub(self) -> None:
        """Leave no bytes of what was deleted in the files of the database, as far as they are ours to write.

        Deleted means deleted before the call. It rewrites the file, so it is for rare occasions.
        """

    @abstractmethod
    async def close(self) -> None:
        """Finish the units under way and let go of the database. Safe to call twice."""


def perform(unit: Callable[[Transaction], T], transaction: Transaction) -> T:
    """Call a unit the way both engines must: a swallowed failure still fails it."""
    try:
        result = unit(transaction)
    except StopIteration as error:
        # A future refuses StopIteration, so the caller would wait for ever for a `next()` that found nothing.
        raise RuntimeError("a unit of work raised StopIteration") from error
    if transaction.failure is not None:
        raise transaction.failure
    return result
