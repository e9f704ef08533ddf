"""Who did what and when: one row for each staff action, kept for the organizers and for undoing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from storage.database import Transaction
from storage.records import columns, reader


@dataclass(frozen=True, slots=True)
class StaffAction:
    """`actor` is None once they were forgotten; `question` is None and `session` "" where an action is about neither.

    `detail` depends on the action. `undone_at` is None while the action stands. Times are epoch seconds.
    """

    id: int
    at: int
    actor: int | None
    deed: str
    question: int | None
    session: str
    detail: Mapping[str, Any]
    undone_at: int | None


record = reader(StaffAction, detail=json.loads)

NOTE = """
    INSERT INTO audit (at, actor, deed, question, session, detail)
    VALUES (:at, :actor, :deed, :question, :session, :detail)
    RETURNING id
"""
SELECT = f"SELECT {columns(StaffAction)} FROM audit "
GET = SELECT + "WHERE id = :deed"
STANDING = SELECT + "WHERE question = :question AND undone_at IS NULL ORDER BY id DESC LIMIT :limit"
OF_QUESTION = SELECT + "WHERE question = :question ORDER BY id DESC LIMIT :limit"
OF_PERSON = SELECT + "WHERE actor = :person ORDER BY id"
# 0 and "" stand for everybody and everywhere.
WANTED = """
    WHERE (CAST(:actor AS BIGINT) = 0 OR actor = :actor) AND (CAST(:session AS TEXT) = '' OR session = :session)
"""
LATEST = SELECT + "WHERE actor = :actor AND session = :session ORDER BY id DESC LIMIT :limit"
TOGETHER = SELECT + "WHERE actor = :actor AND deed = :deed AND id >= :first AND at = :at ORDER BY id"
PAGE = SELECT + WANTED + "ORDER BY id DESC LIMIT :limit OFFSET :offset"
COUNT = "SELECT COUNT(*) FROM audit " + WANTED
ACTORS = (
    "SELECT actor, COUNT(*) AS actions FROM audit WHERE actor IS NOT NULL GROUP BY actor ORDER BY actions DESC, actor"
)
SESSIONS = "SELECT DISTINCT session FROM audit WHERE session <> '' ORDER BY session"
WHO_DID = "SELECT actor FROM audit WHERE deed = :deed AND detail = :detail ORDER BY id DESC LIMIT 1"
# The words of the index audit_of_announcements.
OF_ANNOUNCEMENT = (
    SELECT
    + """
    WHERE deed IN ('announced', 'approved', 'declined', 'taken_back', 'cancelled', 'corrected')
      AND at >= :since AND (detail = :detail OR detail LIKE :more)
    ORDER BY id DESC LIMIT :limit
"""
)
# Of two who undo at once one touches the row.
UNDO = "UPDATE audit SET undone_by = :person, undone_at = :now WHERE id = :deed AND undone_at IS NULL"
FORGET_ACTOR = "UPDATE audit SET actor = NULL WHERE actor = :person"
FORGET_UNDONE_BY = "UPDATE audit SET undone_by = NULL WHERE undone_by = :person"
# What a question was before may hold its author's words.
BLANK = "UPDATE audit SET detail = '{}' WHERE question = :question"


def note(
    tx: Transaction,
    actor: int,
    action: str,
    now: int,
    *,
    question: int | None = None,
    session: str = "",
    detail: Mapping[str, Any] | None = None,
) -> int:
    """Log an action and return its id. `detail` is kept as JSON and names no participant by id or name."""
    written = as_json(detail or {})
    return int(tx.value(NOTE, at=now, actor=actor, deed=action, question=question, session=session, detail=written))


def as_json(detail: Mapping[str, Any]) -> str:
    return json.dumps(detail, ensure_ascii=False)


def who_did(tx: Transaction, action: str, detail: Mapping[str, Any]) -> int | None:
    """Who did last what was noted with exactly that detail; None when nobody did, or they were forgotten."""
    row = tx.row(WHO_DID, deed=action, detail=as_json(detail))
    return None if row is None else row["actor"]


def of_announcement(tx: Transaction, number: int, since: int, limit: int) -> list[StaffAction]:
    """What was decided since then about an announcement or its corrections, put forward or taken back; the last first.
    The number of one that was erased may be another's."""
    detail = as_json({"announcement": number})
    rows = tx.rows(OF_ANNOUNCEMENT, detail=detail, more=f"{detail[:-1]}, %", since=since, limit=limit)
    return [record(row) for row in rows]


def get(tx: Transaction, action: int) -> StaffAction | None:
    row = tx.row(GET, deed=action)
    return None if row is None else record(row)


def standing(tx: Transaction, question: int, limit: int) -> list[StaffAction]:
    """What was done about the question and not undone, the last first."""
    return [record(row) for row in tx.rows(STANDING, question=question, limit=limit)]


def of_question(tx: Transaction, question: int, limit: int) -> list[StaffAction]:
    """All that was done about the question, the last first."""
    return [record(row) for row in tx.rows(OF_QUESTION, question=question, limit=limit)]


def of_person(tx: Transaction, person: int) -> list[StaffAction]:
    return [record(row) for row in tx.rows(OF_PERSON, person=person)]


def latest(tx: Transaction, actor: int, session: str, limit: int) -> list[StaffAction]:
    """What the person did last about the session, the last first."""
    return [record(row) for row in tx.rows(LATEST, actor=actor, session=session, limit=limit)]


def together(tx: Transaction, first: StaffAction) -> list[StaffAction]:
    """The actions that were done with one press, of which this was the first: the others name it in their detail."""
    rows = tx.rows(TOGETHER, actor=first.actor, deed=first.deed, first=first.id, at=first.at)
    found = map(record, rows)
    return [one for one in found if one.id == first.id or one.detail.get("first") == first.id]


def page(tx: Transaction, actor: int, session: str, limit: int, offset: int) -> list[StaffAction]:
    """Actions, the newest first: of one person (0: of everybody) about one session ("": about anything)."""
    return [record(row) for row in tx.rows(PAGE, actor=actor, session=session, limit=limit, offset=offset)]


def count(tx: Transaction, actor: int, session: str) -> int:
    """How many `page` goes through."""
    return int(tx.value(COUNT, actor=actor, session=session))


def actors(tx: Transaction) -> list[tuple[int, int]]:
    """Who has done something, as (person, how many actions), the busiest first."""
    return [(row["actor"], row["actions"]) for row in tx.rows(ACTORS)]


def sessions(tx: Transaction) -> list[str]:
    """Codes of the sessions something was done about."""
    return [row["session"] for row in tx.rows(SESSIONS)]


def undo(tx: Transaction, action: int, *, person: int, now: int) -> bool:
    """Mark an action as undone. False when it was already."""
    return tx.run(UNDO, deed=action, person=person, now=now) == 1


def forget(tx: Transaction, person: int, asked: Iterable[int]) -> None:
    """Take the person out of the actions, and out of what is kept about the questions they `asked`."""
    tx.run(FORGET_ACTOR, person=person)
    tx.run(FORGET_UNDONE_BY, person=person)
    tx.many(BLANK, [{"question": number} for number in asked])
