"""Units of work that the contract tests run, and the statements they are made of."""

from collections.abc import Iterable

from storage.database import Transaction

ADD_COUNTER = "INSERT INTO counters (name, value) VALUES (:name, :value)"
READ_COUNTER = "SELECT value FROM counters WHERE name = :name"
SET_COUNTER = "UPDATE counters SET value = :value WHERE name = :name"
COUNT_COUNTERS = "SELECT COUNT(*) FROM counters"
ADD_NOTE = "INSERT INTO notes (author, text, data, weight) VALUES (:author, :text, :data, :weight) RETURNING id"
ADD_REPLY = "INSERT INTO replies (note) VALUES (:note)"


def add_counter(tx: Transaction, name: str, value: int = 0) -> int:
    return tx.run(ADD_COUNTER, name=name, value=value)


def add_counters(tx: Transaction, names: Iterable[str]) -> int:
    return tx.many(ADD_COUNTER, ({"name": name, "value": 0} for name in names))


def read_counter(tx: Transaction, name: str) -> int | None:
    value: int | None = tx.value(READ_COUNTER, name=name)
    return value


def count_counters(tx: Transaction) -> int:
    return int(tx.value(COUNT_COUNTERS))


def increment(tx: Transaction, name: str) -> int:
    """Reads, then writes what it read plus one: the classic lost update."""
    value = int(tx.value(READ_COUNTER, name=name)) + 1
    tx.run(SET_COUNTER, name=name, value=value)
    return value


def reply_to_nothing(tx: Transaction) -> None:
    """Breaks a deferred foreign key, so that only COMMIT finds out."""
    tx.run(ADD_REPLY, note=404)
