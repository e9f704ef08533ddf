"""The outbox: everything that is to reach somebody else, one row for each recipient and thing.

waiting -> claimed -> sent | blocked | failed | dropped | unsure; what a process had claimed when it died is waiting
again when its lease has ended (storage.leases). waiting <-> held: a paused announcement; no claim takes what is held.

What a dead process had claimed may have arrived: such claims are counted (`lost`), and what has lost any ends as sent,
perhaps twice, or as unsure, but never as if nobody had got it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storage.database import Transaction, Value
from storage.records import reader

CHANNEL = "deliveries"  # notified when there is something new to send

WAITING, CLAIMED, SENT, BLOCKED = "waiting", "claimed", "sent", "blocked"
FAILED, DROPPED, UNSURE = "failed", "dropped", "unsure"
HELD = "held"

# Lanes, the most urgent first: what a person waits for, moderators' cards, what is bound to a
# moment, and what is for everybody.
LANES = LANE_ANSWER, LANE_CARD, LANE_REMINDER, LANE_ANNOUNCEMENT = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Delivery:
    """`kind` says which outgoing message it is and `thing` what it is about, e.g. "reminder" and "opening@1795...".

    `attempts` counts the tries that failed. `urgent` passes quiet hours and mute.
    """

    id: int
    kind: str
    thing: str
    recipient: int
    lane: int
    attempts: int
    due_at: int
    valid_until: int | None
    urgent: bool = False


record = reader(Delivery, urgent=bool)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a claimed delivery: its new state, the ids of the messages it became, what went wrong.

    `changed`: all it did was to change or delete messages, so that tried twice it leaves no second copy.
    """

    id: int
    state: str
    messages: Sequence[int] = ()
    error: str = ""
    changed: bool = False


PUT = """
    INSERT INTO deliveries (kind, thing, recipient, lane, state, due_at, valid_until, urgent, created_at)
    VALUES (:kind, :thing, :recipient, :lane, 'waiting', :due_at, :valid_until, 0, :now)
    ON CONFLICT (kind, thing, recipient) DO NOTHING
"""
# A message whose words are chosen when it is sent needs no second one while the first still waits. :about is
# how the things of one matter begin.
PUT_UNLESS_WAITING = """
    INSERT INTO deliveries (kind, thing, recipient, lane, state, due_at, created_at)
    SELECT CAST(:kind AS TEXT), CAST(:thing AS TEXT), CAST(:recipient AS BIGINT), CAST(:lane AS BIGINT), 'waiting',
           CAST(:now AS BIGINT), CAST(:now AS BIGINT)
    WHERE NOT EXISTS (
        SELECT 1 FROM deliveries WHERE recipient = :recipient AND state = 'waiting' AND kind = :kind
          AND thing LIKE :about AND due_at <= :now
    )
    ON CONFLICT (kind, thing, recipient) DO NOTHING
"""
# Those on their way, and those of which nobody knows whether they arrived, count as sent.
TOLD = """
    SELECT recipient FROM deliveries
    WHERE kind = :kind AND thing = :thing AND (state IN ('claimed', 'sent', 'unsure') OR lost > 0) ORDER BY id
"""
OUTCOME = "SELECT state, message FROM deliveries WHERE kind = :kind AND thing = :thing AND recipient = :recipient"
# It may stand in a chat, and nobody knows as which message; nor as which all that another bot has sent (storage.bots).
UNKNOWN = "(state = 'unsure' OR lost > 0 OR (state = 'sent' AND message IS NULL))"
DOUBTFUL = f"""
    SELECT 1 FROM deliveries WHERE kind = :kind AND thing = :thing AND recipient = :recipient AND {UNKNOWN}
"""
ANY_PUT = "SELECT 1 FROM deliveries WHERE kind = :kind AND thing = :thing LIMIT 1"
MESSAGES = """
    SELECT message, thing FROM deliveries
    WHERE kind = :kind AND recipient = :recipient AND thing LIKE :about AND message IS NOT NULL
"""
THINGS = "SELECT DISTINCT thing FROM deliveries WHERE kind = :kind AND thing LIKE :about ORDER BY thing"
REPORT_OF_KIND = "SELECT state, COUNT(*) AS rows FROM deliveries WHERE kind = :kind GROUP BY state"
# The state of what nobody will be sent any more.
GIVEN_UP = "CASE WHEN lost > 0 THEN 'unsure' ELSE 'dropped' END"
WITHDRAW = f"""
    UPDATE deliveries SET state = {GIVEN_UP}, error = :error, done_at = :now
    WHERE kind = :kind AND thing = :thing AND state IN ('waiting', 'held')
"""
HOLD = "UPDATE deliveries SET state = 'held' WHERE kind = :kind AND thing = :thing AND state = 'waiting'"
RESUME = "UPDATE deliveries SET state = 'waiting' WHERE kind = :kind AND thing = :thing AND state = 'held'"
PROLONG = """
    UPDATE deliveries SET valid_until = :valid_until
    WHERE kind = :kind AND thing = :thing AND state IN ('waiting', 'claimed', 'held')
"""
OVERTAKEN = """
    SELECT COUNT(*) FROM deliveries
    WHERE kind = :kind AND recipient = :recipient AND thing LIKE :about AND id > :id AND state <> 'dropped'
"""
TAKE_UP = """
    UPDATE deliveries SET state = 'waiting', due_at = :now, holder = '', attempts = 0, error = '', done_at = NULL
    WHERE recipient = :person AND state = 'blocked' AND kind = :kind RETURNING thing
"""
OF_PERSON = """
    SELECT kind, thing, state, due_at, done_at FROM deliveries WHERE recipient = :person ORDER BY id
"""
DELETE = "DELETE FROM deliveries WHERE recipient = :person"
PUT_LATELY = "SELECT COUNT(*) FROM deliveries WHERE kind = :kind AND recipient = :recipient AND created_at > :since"
REDIRECT = """
    UPDATE deliveries SET recipient = :recipient WHERE recipient = :former AND state IN ('waiting', 'claimed')
"""


def put(
    tx: Transaction,
    kind: str,
    *,
    thing: str,
    recipients: Iterable[int],
    lane: int,
    now: int,
    due_at: int | None = None,
    valid_until: int | None = None,
) -> int:
    """Enqueue `thing` for each recipient; anyone who has it there already is passed over. Returns how many are new."""
    tx.notify(CHANNEL)
    return tx.many(
        PUT,
        (
            {
                "kind": kind,
                "thing": thing,
                "recipient": recipient,
                "lane": lane,
                "due_at": now if due_at is None else due_at,
                "valid_until": valid_until,
                "now": now,
            }
            for recipient in recipients
        ),
    )


def put_unless_waiting(
    tx: Transaction, kind: str, *, thing: str, about: str, recipients: Iterable[int], lane: int, now: int
) -> int:
    """As `put`, but for recipients to whom a thing that begins with `about` is waiting to be sent anyway."""
    tx.notify(CHANNEL)
    common: dict[str, Value] = {"kind": kind, "thing": thing, "about": f"{about}%", "lane": lane, "now": now}
    return tx.many(PUT_UNLESS_WAITING, [{**common, "recipient": recipient} for recipient in recipients])


def any_put(tx: Transaction, kind: str, thing: str) -> bool:
    """Whether `thing` was ever enqueued for anybody."""
    return tx.value(ANY_PUT, kind=kind, thing=thing) is not None


def things(tx: Transaction, kind: str, about: str) -> list[str]:
    """All that was ever enqueued of the kind and begins with `about`."""
    return [row["thing"] for row in tx.rows(THINGS, kind=kind, about=f"{about}%")]


def reached(tx: Transaction, kind: str, thing: str) -> list[int]:
    """Who was sent `thing`, or is being sent it now, or may have been."""
    return [row["recipient"] for row in tx.rows(TOLD, kind=kind, thing=thing)]


def outcome(tx: Transaction, kind: str, thing: str, recipient: int) -> tuple[str, int | None]:
    """The outcome of `thing` for one recipient: its state, and the message it became."""
    row = tx.row(OUTCOME, kind=kind, thing=thing, recipient=recipient)
    return ("", None) if row is None else (row["state"], row["message"])


def messages(tx: Transaction, kind: str, recipient: int, about: str) -> dict[int, str]:
    """The recipient's messages that brought things of the kind which begin with `about`, each with its thing."""
    rows = tx.rows(MESSAGES, kind=kind, recipient=recipient, about=f"{about}%")
    return {row["message"]: row["thing"] for row in rows}


def doubtful(tx: Transaction, kind: str, thing: str, recipient: int) -> bool:
    """Whether the recipient may have a copy of `thing` of whose id nothing is known."""
    return tx.row(DOUBTFUL, kind=kind, thing=thing, recipient=recipient) is not None


def withdraw(tx: Transaction, kind: str, thing: str, now: int, error: str = "withdrawn") -> int:
    """Drop what nobody has been sent yet, held or not; what a sender has claimed already goes out. How many."""
    return tx.run(WITHDRAW, kind=kind, thing=thing, now=now, error=error)


def hold(tx: Transaction, kind: str, thing: str) -> int:
    """Let what waits wait until `resume`; what a sender has claimed already goes out. How many are held."""
    return tx.run(HOLD, kind=kind, thing=thing)


def resume(tx: Transaction, kind: str, thing: str) -> int:
    """Let what is held go on; how many."""
    tx.notify(CHANNEL)
    return tx.run(RESUME, kind=kind, thing=thing)


def prolong(tx: Transaction, kind: str, thing: str, valid_until: int) -> None:
    """Let what was not sent yet be valid until then, epoch seconds; also sooner than before."""
    tx.run(PROLONG, kind=kind, thing=thing, valid_until=valid_until)


def report_of_kind(tx: Transaction, kind: str) -> dict[str, int]:
    """State -> how many deliveries of the kind."""
    return {row["state"]: row["rows"] for row in tx.rows(REPORT_OF_KIND, kind=kind)}


def of_person(tx: Transaction, person: int) -> list[dict[str, int | str | None]]:
    """What was sent to the person, for their own eyes."""
    return [dict(row) for row in tx.rows(OF_PERSON, person=person)]


def delete(tx: Transaction, person: int) -> None:
    tx.run(DELETE, person=person)


def put_lately(tx: Transaction, kind: str, recipient: int, since: int) -> bool:
    """Whether anything of the kind was put for the recipient after `since`."""
    return bool(tx.value(PUT_LATELY, kind=kind, recipient=recipient, since=since))


def take_up(tx: Transaction, person: int, kinds: Iterable[str], now: int) -> list[tuple[str, str]]:
    """Let what did not reach the person because they had blocked the bot be tried again: of which kind, what thing."""
    tx.notify(CHANNEL)
    return [(kind, row["thing"]) for kind in kinds for row in tx.rows(TAKE_UP, person=person, kind=kind, now=now)]


def redirect(tx: Transaction, former: int, recipient: int) -> None:
    """A group has another id now: what waits for it, or is on its way, goes to that one."""
    tx.run(REDIRECT, former=former, recipient=recipient)


def overtaken(tx: Transaction, delivery: Delivery, about: str) -> bool:
    """Whether a later message of the kind says more to the recipient about the matter: its things begin with
    `about`."""
    later = tx.value(OVERTAKEN, kind=delivery.kind, recipient=delivery.recipient, about=f"{about}%", id=delivery.id)
    return bool(later)
