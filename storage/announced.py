"""The outcome of an announcement: its deliveries, their corrections and deletions, counted and listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from storage.audiences import listed
from storage.database import Transaction
from storage.deliveries import BLOCKED, CHANNEL, CLAIMED, DROPPED, FAILED, HELD, UNSURE, WAITING
from storage.records import or_empty, reader

# The kinds of bot.actions.outgoing that one announcement comes to.
SENDING, CORRECTING, REMOVING = "announcement", "announcement-edit", "announcement-delete"
ASLEEP = "quiet hours"  # what a delivery says that waits for the end of its recipient's quiet hours
PAUSED = "paused"  # what a delivery says that was claimed just before the pause, and put off


@dataclass(frozen=True, slots=True)
class Tally:
    """State -> how many people; how many of them were done with since some moment, got a message of its own, and
    perhaps got it twice."""

    states: Mapping[str, int] = field(default_factory=dict)
    recent: int = 0
    own: int = 0
    twice: int = 0

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
class Asleep:
    """How many wait for the end of their quiet hours, and when the first and the last of them get it."""

    people: int = 0
    first: int = 0
    last: int = 0


asleep_record = reader(Asleep)


@dataclass(frozen=True, slots=True)
class Failure:
    """Who did not get what kind of it, and why: `error` is Telegram's or ours, "" when the state says it all."""

    name: str
    state: str
    error: str
    kind: str = SENDING


failure_record = reader(Failure, name=or_empty)


@dataclass(frozen=True, slots=True)
class OwnCorrection:
    """A correction that went to a person as a message of its own. `messages` are its ids and those of what it changed,
    `sure` that it arrived, once, and can be changed."""

    messages: Sequence[int]
    sent_at: int
    sure: bool


def ids(messages: str) -> list[int]:
    return [int(one) for one in messages.split(",") if one]


own_record = reader(OwnCorrection, messages=ids, sure=bool)

# Of several corrections a person's newest counts: each says all that the others were to say.
TALLY = """
    SELECT kind, state, COUNT(*) AS people, SUM(CASE WHEN done_at > :since THEN 1 ELSE 0 END) AS recent,
           SUM(CASE WHEN state = 'sent' AND own = 1 THEN 1 ELSE 0 END) AS own,
           SUM(CASE WHEN state = 'sent' AND lost > 0 THEN 1 ELSE 0 END) AS twice
    FROM (
        SELECT kind, state, done_at, own, lost, ROW_NUMBER() OVER (PARTITION BY kind, recipient ORDER BY id DESC) AS nth
        FROM deliveries
        WHERE (kind = 'announcement' AND thing = :sending) OR (kind = 'announcement-edit' AND thing LIKE :edits)
           OR (kind = 'announcement-delete' AND thing = :sending)
    ) AS newest
    WHERE nth = 1 GROUP BY kind, state
"""
# Once it is due, it is sent as soon as its turn comes.
ASLEEP_NOW = """
    SELECT COUNT(*) AS people, COALESCE(MIN(due_at), 0) AS first, COALESCE(MAX(due_at), 0) AS last FROM deliveries
    WHERE kind = 'announcement' AND thing = :thing AND state = 'waiting' AND error = 'quiet hours' AND due_at > :now
"""
FAILURES = """
    SELECT participants.name AS name, deliveries.state AS state, deliveries.error AS error, deliveries.kind AS kind
    FROM deliveries JOIN participants ON participants.id = deliveries.recipient
    WHERE (deliveries.kind = 'announcement' AND deliveries.thing = :sending
        AND deliveries.state IN ('failed', 'blocked', 'unsure', 'dropped'))
      OR (deliveries.kind = 'announcement-edit' AND deliveries.state IN ('failed', 'blocked', 'unsure')
        AND deliveries.id IN (
          SELECT MAX(id) FROM deliveries WHERE kind = 'announcement-edit' AND thing LIKE :edits GROUP BY recipient))
      OR (deliveries.kind = 'announcement-delete' AND deliveries.thing = :sending
        AND deliveries.state IN ('failed', 'blocked', 'unsure'))
    ORDER BY deliveries.kind, deliveries.state DESC, participants.name, deliveries.id LIMIT :limit OFFSET :offset
"""
OPEN = """
    SELECT 1 FROM deliveries
    WHERE kind = 'announcement' AND thing = :thing AND state IN ('waiting', 'claimed', 'held') LIMIT 1
"""
GO_ON = """
    UPDATE deliveries SET due_at = :now, error = ''
    WHERE kind = 'announcement' AND thing = :thing AND state = 'waiting' AND error = 'paused'
"""
# Only of those who have a notice coming, or got one a moment ago, and not beyond the end of what it is good for.
PUT_OFF = """
    UPDATE deliveries SET due_at = CAST(:seconds AS BIGINT) + (
        SELECT MAX(COALESCE(other.done_at, other.due_at)) FROM deliveries AS other
        WHERE other.kind = :behind AND other.recipient = deliveries.recipient
          AND (other.state IN ('waiting', 'claimed') OR (other.state IN ('sent', 'unsure') AND other.done_at > :since)))
    WHERE kind = 'announcement' AND thing = :thing AND state = 'waiting' AND EXISTS (
        SELECT 1 FROM deliveries AS other
        WHERE other.kind = :behind AND other.recipient = deliveries.recipient
          AND (other.state IN ('waiting', 'claimed') OR (other.state IN ('sent', 'unsure') AND other.done_at > :since))
          AND (deliveries.valid_until IS NULL
            OR deliveries.valid_until > COALESCE(other.done_at, other.due_at) + CAST(:seconds AS BIGINT)))
"""
# Who has it, who may have it, and who is being served at this moment: these may still get the old form, and the edit
# comes after it.
MAY_HAVE = """
    served.kind = 'announcement' AND served.thing = :about
      AND (served.state IN ('sent', 'claimed', 'unsure') OR served.lost > 0)
      AND REPLACE(CAST(:languages AS TEXT), ':' || participants.language || ':', '') <> CAST(:languages AS TEXT)
"""
ENQUEUE_FOR_SERVED = f"""
    INSERT INTO deliveries (kind, thing, recipient, lane, state, due_at, urgent, created_at)
    SELECT CAST(:kind AS TEXT), CAST(:thing AS TEXT), served.recipient, served.lane, 'waiting', CAST(:now AS BIGINT),
           served.urgent, CAST(:now AS BIGINT)
    FROM deliveries AS served JOIN participants ON participants.id = served.recipient
    WHERE {MAY_HAVE}
    ON CONFLICT (kind, thing, recipient) DO NOTHING
"""
SERVED = """
    SELECT COALESCE(NULLIF(messages, ''), CAST(message AS TEXT)) AS messages, done_at FROM deliveries
    WHERE kind = 'announcement' AND thing = :thing AND recipient = :recipient AND state = 'sent'
"""
COUNT_SERVED = f"""
    SELECT COUNT(*) AS people,
           COALESCE(SUM(CASE WHEN served.state = 'sent' AND served.done_at <= :before THEN 1 ELSE 0 END), 0) AS older
    FROM deliveries AS served JOIN participants ON participants.id = served.recipient
    WHERE {MAY_HAVE}
"""
# A copy that nobody knows the id of is outdated by a correction that surely arrived as a message of its own.
COUNT_DOUBTFUL = f"""
    SELECT COUNT(*) AS people, COALESCE(SUM(CASE WHEN EXISTS (
        SELECT 1 FROM deliveries AS own
        WHERE own.recipient = served.recipient AND own.kind = 'announcement-edit' AND own.thing LIKE :edits
          AND own.own = 1 AND own.state = 'sent' AND own.lost = 0 AND own.message IS NOT NULL
    ) THEN 0 ELSE 1 END), 0) AS uncorrected
    FROM deliveries AS served JOIN participants ON participants.id = served.recipient
    WHERE {MAY_HAVE}
      AND (served.state = 'unsure' OR served.lost > 0 OR (served.state = 'sent' AND served.message IS NULL))
"""
OWN_CORRECTIONS = """
    SELECT messages, done_at AS sent_at,
           CASE WHEN state = 'sent' AND lost = 0 AND message IS NOT NULL THEN 1 ELSE 0 END AS sure
    FROM deliveries
    WHERE recipient = :recipient AND kind = 'announcement-edit' AND thing LIKE :edits AND own = 1
    ORDER BY id
"""


def tallies(tx: Transaction, sending: str, edits: str, since: int) -> dict[str, Tally]:
    """By kind (SENDING, CORRECTING, REMOVING); the things of its corrections begin with `edits`. `recent` counts what
    was done with after `since`."""
    states: dict[str, dict[str, int]] = {SENDING: {}, CORRECTING: {}, REMOVING: {}}
    sums: dict[str, Counter[str]] = {kind: Counter() for kind in states}
    for row in tx.rows(TALLY, sending=sending, edits=f"{edits}%", since=since):
        states[row["kind"]][row["state"]] = row["people"]
        sums[row["kind"]] += Counter({of: row[of] for of in ("recent", "own", "twice")})
    return {kind: Tally(counts, **sums[kind]) for kind, counts in states.items()}


def has_open(tx: Transaction, thing: str) -> bool:
    """Whether anybody is still to be sent it."""
    return tx.value(OPEN, thing=thing) is not None


def put_off(tx: Transaction, thing: str, *, behind: str, seconds: int, now: int) -> None:
    """Let so much time pass between what is still to be sent of it and what of that kind goes to the same person."""
    tx.run(PUT_OFF, thing=thing, behind=behind, seconds=seconds, since=now - seconds)


def asleep(tx: Transaction, thing: str, now: int) -> Asleep:
    row = tx.row(ASLEEP_NOW, thing=thing, now=now)
    assert row is not None
    return asleep_record(row)


def go_on(tx: Transaction, thing: str, now: int) -> None:
    """Send at once also what the pause put off."""
    tx.run(GO_ON, thing=thing, now=now)


def failures(tx: Transaction, sending: str, edits: str, limit: int, offset: int) -> list[Failure]:
    """Who did not get it, its correction or its deletion, or perhaps did not."""
    rows = tx.rows(FAILURES, sending=sending, edits=f"{edits}%", limit=limit, offset=offset)
    return [failure_record(row) for row in rows]


def enqueue_for_served(
    tx: Transaction, kind: str, *, thing: str, about: str, languages: Iterable[str], now: int
) -> int:
    """Enqueue a correction or deletion for everybody who reads one of the languages and has announcement `about`, may
    have it or is being sent it. How many."""
    tx.notify(CHANNEL)
    return tx.run(ENQUEUE_FOR_SERVED, kind=kind, thing=thing, about=about, languages=listed(languages), now=now)


def served(tx: Transaction, thing: str, recipient: int) -> tuple[list[int], int]:
    """The ids of the messages the person got, in order, and when (epoch seconds); none unless they were sent."""
    row = tx.row(SERVED, thing=thing, recipient=recipient)
    if row is None or not row["messages"]:
        return [], 0
    return ids(row["messages"]), row["done_at"]


def count_served(tx: Transaction, thing: str, languages: Iterable[str], before: int) -> tuple[int, int]:
    """How many who read one of the languages have it, may have it or are being sent it, and how many of them got it at
    `before` or earlier."""
    row = tx.row(COUNT_SERVED, about=thing, languages=listed(languages), before=before)
    assert row is not None
    return row["people"], row["older"]


def count_doubtful(tx: Transaction, thing: str, edits: str, languages: Iterable[str]) -> tuple[int, int]:
    """How many of them may have a copy that nobody knows the id of, and how many of these no correction has surely
    reached as a message of its own. The things of its corrections begin with `edits`."""
    row = tx.row(COUNT_DOUBTFUL, about=thing, edits=f"{edits}%", languages=listed(languages))
    assert row is not None
    return row["people"], row["uncorrected"]


def own_corrections(tx: Transaction, edits: str, recipient: int) -> list[OwnCorrection]:
    """Those the person got, in order."""
    return [own_record(row) for row in tx.rows(OWN_CORRECTIONS, edits=f"{edits}%", recipient=recipient)]
