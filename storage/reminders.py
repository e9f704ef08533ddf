"""Reminders: the bookmarks of a session turned into deliveries, each once for a start."""

from __future__ import annotations

from storage import bookmarks
from storage.database import Transaction
from storage.deliveries import CHANNEL, LANE_REMINDER

COUNT_BY_LEAD = """
    SELECT participants.lead_minutes AS lead, COUNT(*) AS people
    FROM bookmarks JOIN participants ON participants.id = bookmarks.person
    WHERE bookmarks.session = :session AND participants.blocked_at IS NULL AND participants.lead_minutes > 0
    GROUP BY participants.lead_minutes
"""
# Spread evenly from :begins over :seconds, so that those of another session in the same time come in between. That
# holds for what is late too, after an outage: it stays due at the moment that was meant, and goes in that order.
ENQUEUE = """
    INSERT INTO deliveries (kind, thing, recipient, lane, state, due_at, valid_until, created_at)
    SELECT CAST(:kind AS TEXT), CAST(:thing AS TEXT), person, CAST(:lane AS BIGINT), 'waiting',
           due_at, CAST(:start AS BIGINT), CAST(:now AS BIGINT)
    FROM (
        SELECT participants.id AS person,
               CAST(:begins AS BIGINT) + (ROW_NUMBER() OVER (ORDER BY participants.id) - 1)
               * CAST(:seconds AS BIGINT) / COUNT(*) OVER () AS due_at
        FROM bookmarks JOIN participants ON participants.id = bookmarks.person
        WHERE bookmarks.session = :session AND participants.blocked_at IS NULL
          AND participants.lead_minutes = :lead
    ) AS audience
    WHERE TRUE
    ON CONFLICT (kind, thing, recipient) DO NOTHING
"""


def count_by_lead(tx: Transaction, session: str) -> dict[int, int]:
    """Minutes before the start -> how many people want to be reminded of the session then."""
    return {row["lead"]: row["people"] for row in tx.rows(COUNT_BY_LEAD, session=session)}


def enqueue(
    tx: Transaction, kind: str, *, thing: str, session: str, start: int, lead: int, due: range, now: int
) -> int:
    """Enqueue the reminder for everybody who starred the session and chose that lead; valid until the start.

    They are due one after the other, evenly over `due` (epoch seconds), though it may be over.
    """
    enqueued = tx.run(
        ENQUEUE,
        kind=kind,
        thing=thing,
        session=session,
        start=start,
        lead=lead,
        begins=due.start,
        seconds=len(due),
        lane=LANE_REMINDER,
        now=now,
    )
    if enqueued:
        tx.notify(CHANNEL)
    return enqueued


def wanted(tx: Transaction, person: int, session: str) -> bool:
    return bookmarks.has(tx, person, session)
