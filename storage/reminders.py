"""Reminders: the bookmarks of a session turned into deliveries, each once a start."""

from __future__ import annotations

from storage import bookmarks
from storage.database import Transaction
from storage.deliveries import CHANNEL, LANE_REMINDER

OWE = """
    INSERT INTO deliveries (kind, thing, recipient, lane, state, due_at, valid_until, created_at)
    SELECT CAST(:kind AS TEXT), CAST(:thing AS TEXT), participants.id, CAST(:lane AS BIGINT), 'waiting',
           CAST(:now AS BIGINT), CAST(:start AS BIGINT), CAST(:now AS BIGINT)
    FROM bookmarks JOIN participants ON participants.id = bookmarks.person
    WHERE bookmarks.session = :session AND participants.blocked_at IS NULL
      AND participants.lead_minutes > 0
      AND CAST(:start AS BIGINT) - participants.lead_minutes * 60 <= CAST(:now AS BIGINT)
    ON CONFLICT (kind, thing, recipient) DO NOTHING
"""


def owe(tx: Transaction, kind: str, thing: str, session: str, start: int, now: int) -> int:
    """Owe the reminder to everybody who starred the session and whose lead has come; valid until the start."""
    owed = tx.run(OWE, kind=kind, thing=thing, session=session, start=start, lane=LANE_REMINDER, now=now)
    if owed:
        tx.tell(CHANNEL)
    return owed


def wanted(tx: Transaction, person: int, session: str) -> bool:
    return bookmarks.has(tx, person, session)
