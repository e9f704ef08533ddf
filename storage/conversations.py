"""Half-typed forms: the state of a dialogue with one person in one chat."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from storage.database import Transaction
from storage.records import columns, parameters, reader, values


@dataclass(frozen=True, slots=True)
class Conversation:
    """`key` is "chat:person" or "chat:person:topic", with ":kept" behind it for the form that was left last
    (bot.middlewares.kept); state None and no data means: nothing to keep."""

    key: str
    person: int
    state: str | None
    data: dict[str, Any]


record = reader(Conversation, data=json.loads)

ALL = f"SELECT {columns(Conversation)} FROM conversations"
OF_PERSON = f"{ALL} WHERE person = :person"
KEEP = f"""
    INSERT INTO conversations ({columns(Conversation)}, updated_at) VALUES ({parameters(Conversation)}, :now)
    ON CONFLICT (key) DO UPDATE SET state = excluded.state, data = excluded.data, updated_at = excluded.updated_at
"""
DROP = "DELETE FROM conversations WHERE key = :key"
DELETE = "DELETE FROM conversations WHERE person = :person"


def everything(tx: Transaction) -> list[Conversation]:
    return [record(row) for row in tx.rows(ALL)]


def of_person(tx: Transaction, person: int) -> list[Conversation]:
    return [record(row) for row in tx.rows(OF_PERSON, person=person)]


def keep(tx: Transaction, conversation: Conversation, now: int) -> None:
    """Store the dialogue, or drop its row when there is nothing in it."""
    if conversation.state is None and not conversation.data:
        tx.run(DROP, key=conversation.key)
        return
    data = json.dumps(conversation.data, ensure_ascii=False)
    tx.run(KEEP, **{**values(conversation), "data": data}, now=now)


def delete(tx: Transaction, person: int) -> None:
    tx.run(DELETE, person=person)
