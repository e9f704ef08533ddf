"""Half-typed forms: the state of a dialogue with one person in one chat."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from storage.database import Row, Transaction


@dataclass(frozen=True, slots=True)
class Conversation:
    """`key` is "chat:person" or "chat:person:topic"; state None and no data means: nothing to keep."""

    key: str
    person: int
    state: str | None
    data: dict[str, Any]


OF_PERSON = "SELECT key, person, state, data FROM conversations WHERE person = :person"
ALL = "SELECT key, person, state, data FROM conversations"
KEEP = """
    INSERT INTO conversations (key, person, state, data, updated_at)
    VALUES (:key, :person, :state, :data, :now)
    ON CONFLICT (key) DO UPDATE SET state = excluded.state, data = excluded.data, updated_at = excluded.updated_at
"""
DROP = "DELETE FROM conversations WHERE key = :key"
DELETE = "DELETE FROM conversations WHERE person = :person"


def everything(tx: Transaction) -> list[Conversation]:
    return [record(row) for row in tx.rows(ALL)]


def of_person(tx: Transaction, person: int) -> list[Conversation]:
    return [record(row) for row in tx.rows(OF_PERSON, person=person)]


def record(row: Row) -> Conversation:
    return Conversation(row["key"], row["person"], row["state"], json.loads(row["data"]))


def keep(tx: Transaction, conversation: Conversation, now: int) -> None:
    """Store the dialogue, or drop its row when there is nothing in it."""
    if conversation.state is None and not conversation.data:
        tx.run(DROP, key=conversation.key)
        return
    tx.run(
        KEEP,
        key=conversation.key,
        person=conversation.person,
        state=conversation.state,
        data=json.dumps(conversation.data, ensure_ascii=False),
        now=now,
    )


def delete(tx: Transaction, person: int) -> None:
    tx.run(DELETE, person=person)
