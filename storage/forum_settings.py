"""What organizers set for the whole forum from their phones."""

from __future__ import annotations

from storage.database import Transaction

GET = "SELECT value FROM forum_settings WHERE name = :name"
SET_FIRST = "INSERT INTO forum_settings (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING"

SET = """
    INSERT INTO forum_settings (name, value) VALUES (:name, :value)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""


def get(tx: Transaction, name: str) -> str | None:
    value: str | None = tx.value(GET, name=name)
    return value


def get_or_set(tx: Transaction, name: str, value: str) -> str:
    """The value that is there, else this one, which is kept from now on."""
    tx.run(SET_FIRST, name=name, value=value)
    kept = get(tx, name)
    assert kept is not None
    return kept


def put(tx: Transaction, name: str, value: str) -> None:
    tx.run(SET, name=name, value=value)
