"""The draft of the programme's next version: the steps made since the newest one, in their order.

Whoever changes the draft names the revision they saw; of two at once, one is first and the other hears of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storage.database import Transaction
from storage.programmes import packed
from storage.records import columns, reader

CHANNEL = "drafts"  # notified when the draft has changed


@dataclass(frozen=True, slots=True)
class Step:
    """`what` and `detail` say what was done, `changes` is JSON of bot.programme.changes.

    `made_by` is None for the bot itself (a watched address), and for anyone forgotten since; `made_at` is in epoch
    seconds.
    """

    number: int
    what: str
    detail: Mapping[str, Any]
    changes: Sequence[Any]
    made_by: int | None
    made_at: int


record = reader(Step, detail=json.loads, changes=json.loads)

REVISION = "SELECT revision FROM draft_revision"
# The row is the draft's lock: on PostgreSQL the second of two waits here and then finds another revision.
MOVE_ON = "UPDATE draft_revision SET revision = revision + 1 WHERE revision = :revision"
STEPS = f"SELECT {columns(Step)} FROM draft_steps ORDER BY number"
ADD = """
    INSERT INTO draft_steps (what, detail, changes, made_by, made_at)
    VALUES (:what, :detail, :changes, :made_by, :now)
"""
DELETE = "DELETE FROM draft_steps WHERE number = :number"
DELETE_ALL = "DELETE FROM draft_steps"
OF_PERSON = "SELECT what, made_at FROM draft_steps WHERE made_by = :person ORDER BY number"
FORGET = "UPDATE draft_steps SET made_by = NULL WHERE made_by = :person"


def revision(tx: Transaction) -> int:
    return int(tx.value(REVISION))


def steps(tx: Transaction) -> tuple[Step, ...]:
    return tuple(record(row) for row in tx.rows(STEPS))


def move_on(tx: Transaction, revision: int) -> bool:
    """Take hold of the draft as it was at this revision. False when it has changed since: then change nothing."""
    if tx.run(MOVE_ON, revision=revision) != 1:
        return False
    tx.notify(CHANNEL)
    return True


def add(
    tx: Transaction, what: str, *, detail: Mapping[str, Any], changes: Sequence[Any], made_by: int | None, now: int
) -> None:
    """One more step; after `move_on`."""
    tx.run(ADD, what=what, detail=packed(detail), changes=packed(changes), made_by=made_by, now=now)


def delete(tx: Transaction, number: int) -> None:
    """Take a step out; after `move_on`."""
    tx.run(DELETE, number=number)


def delete_all(tx: Transaction) -> int:
    """Leave nothing of the draft; after `move_on`. Returns how many steps there were."""
    return tx.run(DELETE_ALL)


def of_person(tx: Transaction, person: int) -> list[tuple[str, int]]:
    """What the person changed in the open draft, as (what, epoch seconds)."""
    return [(row["what"], row["made_at"]) for row in tx.rows(OF_PERSON, person=person)]


def forget(tx: Transaction, person: int) -> None:
    tx.run(FORGET, person=person)
