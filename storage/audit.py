"""Who did what and when: one row a deed, kept for the organizers and for undoing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from storage.database import Transaction

NOTE = """
    INSERT INTO audit (at, actor, deed, question, session, detail)
    VALUES (:at, :actor, :deed, :question, :session, :detail)
    RETURNING id
"""
FORGET_ACTOR = "UPDATE audit SET actor = NULL WHERE actor = :person"
FORGET_UNDOER = "UPDATE audit SET undone_by = NULL WHERE undone_by = :person"


def note(
    tx: Transaction,
    actor: int,
    deed: str,
    now: int,
    *,
    question: int | None = None,
    session: str = "",
    detail: Mapping[str, Any] | None = None,
) -> int:
    """Write a deed down and return its id. `detail` is kept as JSON and names no participant by id or name."""
    written = json.dumps(detail or {}, ensure_ascii=False)
    return int(tx.value(NOTE, at=now, actor=actor, deed=deed, question=question, session=session, detail=written))


def forget(tx: Transaction, person: int) -> None:
    tx.run(FORGET_ACTOR, person=person)
    tx.run(FORGET_UNDOER, person=person)
