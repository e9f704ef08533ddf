"""The outbox as a whole: what waits, the outcomes of the rest, and what went wrong."""

from __future__ import annotations

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import reader


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits in one lane: `due` now, `later` at its time; `oldest` is the due time of the first, epoch seconds."""

    lane: int
    due: int
    later: int
    oldest: int


queue_record = reader(Queue)


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong with messages of a lane: how often, and when last (epoch seconds)."""

    lane: int
    state: str
    error: str
    times: int
    last: int


fault_record = reader(Fault)

# The end of a claim waits for its time as a card's change; no message is written then, so it is not counted.
QUEUES = """
    SELECT lane, SUM(CASE WHEN due_at <= :now THEN 1 ELSE 0 END) AS due,
           SUM(CASE WHEN due_at > :now THEN 1 ELSE 0 END) AS later, MIN(due_at) AS oldest
    FROM deliveries WHERE state = 'waiting' AND (kind <> 'card-change' OR due_at <= :now) GROUP BY lane ORDER BY lane
"""
TRIED_AGAIN = "SELECT COUNT(*) FROM deliveries WHERE state = 'waiting' AND attempts > 0"
IN_FLIGHT = "SELECT COUNT(*) FROM deliveries WHERE state = 'claimed'"
TWICE_SINCE = "SELECT COUNT(*) FROM deliveries WHERE done_at > :since AND state = 'sent' AND lost > 0"
DONE_SINCE = "SELECT state, COUNT(*) AS messages FROM deliveries WHERE done_at > :since GROUP BY state"
FAULTS = """
    SELECT lane, state, error, COUNT(*) AS times, MAX(done_at) AS last FROM deliveries
    WHERE done_at > :since AND state IN ('failed', 'unsure')
    GROUP BY lane, state, error ORDER BY last DESC, lane, error LIMIT :limit
"""


def queues(tx: Transaction, now: int) -> list[Queue]:
    """A lane in which nothing waits is not in it."""
    return [queue_record(row) for row in tx.rows(QUEUES, now=now)]


def tried_again(tx: Transaction) -> int:
    """How many wait for another try after Telegram failed."""
    return int(tx.value(TRIED_AGAIN))


def in_flight(tx: Transaction) -> int:
    return int(tx.value(IN_FLIGHT))


def done_since(tx: Transaction, since: int) -> dict[str, int]:
    """State -> how many messages came to it after `since`, epoch seconds."""
    return {row["state"]: row["messages"] for row in tx.rows(DONE_SINCE, since=since)}


def twice_since(tx: Transaction, since: int) -> int:
    """How many were sent after `since` that a process which died may have sent already."""
    return int(tx.value(TWICE_SINCE, since=since))


def faults(tx: Transaction, since: int, limit: int) -> list[Fault]:
    """What failed or is unsure since then, alike ones together, the latest first."""
    return [fault_record(row) for row in tx.rows(FAULTS, since=since, limit=limit)]
