"""What became of an announcement: its deliveries, their corrections and deletions, counted and listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from storage.audiences import listed
from storage.database import Transaction
from storage.deliveries import BLOCKED, CHANNEL, CLAIMED, DROPPED, FAILED, HELD, UNSURE, WAITING
from storage.records import or_empty, reader

# The kinds of bot.actions.outgoing that one announcement comes to.
SENDING, CORRECTING, REMOVING = "announcement", "announcement-edit", "announcement-delete"
PAUSED = "paused"  # what a delivery says that was claimed just before the pause, and put off


@dataclass(frozen=True, slots=True)
class Tally:
    """State -> how many people, and how many of them were done with since some moment."""

    states: Mapping[str, int] = field(default_factory=dict)
    recent: int = 0

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def open(self) -> int:
        """Those not done with."""
        return sum(self.states.get(state, 0) for state in (WAITING, CLAIMED, HELD))

    @property
    def undelivered(self) -> int:
        return sum(self.states.get(state, 0) for state in (FAILED, BLOCKED, DROPPED, UNSURE))


@dataclass(frozen=True, slots=True)
class Failure:
    """Who did not get it, and why: `error` is Telegram's or ours, "" when the state says it all."""

    name: str
    state: str
    error: str


failure_record = reader(Failure, name=or_empty)

TALLY = """
    SELECT kind, state, COUNT(*) AS people, SUM(CASE WHEN done_at > :since THEN 1 ELSE 0 END) AS recent
    FROM deliveries
    WHERE (kind = 'announcement' AND thing = :sending) OR (kind = 'announcement-edit' AND thing = :correcting)
       OR (kind = 'announcement-delete' AND thing = :sending)
    GROUP BY kind, state
"""
FAILURES = """
    SELECT participants.name AS name, deliveries.state AS state, deliveries.error AS error
    FROM deliveries JOIN participants ON participants.id = deliveries.recipient
    WHERE deliveries.kind = 'announcement' AND deliveries.thing = :thing
      AND deliveries.state IN ('failed', 'blocked', 'unsure', 'dropped')
    ORDER BY deliveries.state DESC, participants.name, deliveries.id LIMIT :limit OFFSET :offset
"""
GO_ON = """
    UPDATE deliveries SET due_at = :now, error = ''
    WHERE kind = 'announcement' AND thing = :thing AND state = 'waiting' AND error = 'paused'
"""
# Who has it, and who is being served at this moment: these may still get the old form, and the edit comes after it.
ENQUEUE_FOR_SERVED = """
    INSERT INTO deliveries (kind, thing, recipient, lane, state, due_at, urgent, created_at)
    SELECT CAST(:kind AS TEXT), CAST(:thing AS TEXT), served.recipient, served.lane, 'waiting', CAST(:now AS BIGINT),
           served.urgent, CAST(:now AS BIGINT)
    FROM deliveries AS served JOIN participants ON participants.id = served.recipient
    WHERE served.kind = 'announcement' AND served.thing = :about AND served.state IN ('sent', 'claimed')
      AND REPLACE(CAST(:languages AS TEXT), ':' || participants.language || ':', '') <> CAST(:languages AS TEXT)
    ON CONFLICT (kind, thing, recipient) DO NOTHING
"""
SERVED = """
    SELECT COALESCE(NULLIF(messages, ''), CAST(message AS TEXT)) AS messages, done_at FROM deliveries
    WHERE kind = 'announcement' AND thing = :thing AND recipient = :recipient AND state = 'sent'
"""
COUNT_SERVED = """
    SELECT COUNT(*) AS people, COALESCE(SUM(CASE WHEN served.done_at <= :before THEN 1 ELSE 0 END), 0) AS older
    FROM deliveries AS served JOIN participants ON participants.id = served.recipient
    WHERE served.kind = 'announcement' AND served.thing = :thing AND served.state IN ('sent', 'claimed')
      AND REPLACE(CAST(:languages AS TEXT), ':' || participants.language || ':', '') <> CAST(:languages AS TEXT)
"""


def tallies(tx: Transaction, sending: str, correcting: str, since: int) -> dict[str, Tally]:
    """By kind (SENDING, CORRECTING, REMOVING); `recent` counts what was done with after `since`."""
    states: dict[str, dict[str, int]] = {SENDING: {}, CORRECTING: {}, REMOVING: {}}
    recent = dict.fromkeys(states, 0)
    for row in tx.rows(TALLY, sending=sending, correcting=correcting, since=since):
        states[row["kind"]][row["state"]] = row["people"]
        recent[row["kind"]] += row["recent"]
    return {kind: Tally(counts, recent[kind]) for kind, counts in states.items()}


def go_on(tx: Transaction, thing: str, now: int) -> None:
    """Send at once also what the pause put off."""
    tx.run(GO_ON, thing=thing, now=now)


def failures(tx: Transaction, thing: str, limit: int, offset: int) -> list[Failure]:
    rows = tx.rows(FAILURES, thing=thing, limit=limit, offset=offset)
    return [failure_record(row) for row in rows]


def enqueue_for_served(
    tx: Transaction, kind: str, *, thing: str, about: str, languages: Iterable[str], now: int
) -> int:
    """Enqueue a correction or deletion for everybody who reads one of the languages and has announcement `about`, or is
    being sent it. How many."""
    tx.notify(CHANNEL)
    return tx.run(ENQUEUE_FOR_SERVED, kind=kind, thing=thing, about=about, languages=listed(languages), now=now)


def served(tx: Transaction, thing: str, recipient: int) -> tuple[list[int], int]:
    """The ids of the messages the person got, in order, and when (epoch seconds); none unless they were sent."""
    row = tx.row(SERVED, thing=thing, recipient=recipient)
    if row is None or not row["messages"]:
        return [], 0
    return [int(one) for one in row["messages"].split(",")], row["done_at"]


def count_served(tx: Transaction, thing: str, languages: Iterable[str], before: int) -> tuple[int, int]:
    """How many who read one of the languages have it or are being sent it, and how many of them got it at `before` or
    earlier."""
    row = tx.row(COUNT_SERVED, thing=thing, languages=listed(languages), before=before)
    assert row is not None
    return row["people"], row["older"]
