"""Change notices in the ledger: whom a session concerns, and what they are still to be told of which versions.

The `thing` of a notice is "5:7": what differs for its reader between the versions 5 and 7. Version numbers only grow, so
at most one notice of a person ends with a given version.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from storage.audiences import listed
from storage.database import Transaction
from storage.deliveries import CHANNEL, LANE_REMINDER

# Whoever starred the session, asked there (without a name too) and did not withdraw it, moderates it or speaks there.
# :speakers is a list as storage.audiences has them.
CONCERNED = """
    FROM participants AS people WHERE people.blocked_at IS NULL AND people.id IN (
        SELECT person FROM bookmarks WHERE session = :session
        UNION SELECT author FROM questions
        WHERE session = :session AND author IS NOT NULL AND state <> 'withdrawn'
        UNION SELECT person FROM roles WHERE role = 'moderator' AND session = :session
        UNION SELECT person FROM roles
        WHERE role = 'speaker'
          AND REPLACE(CAST(:speakers AS TEXT), ':' || session || ':', '') <> CAST(:speakers AS TEXT)
    )
"""
PEOPLE = f"SELECT people.id AS person {CONCERNED}"
TIES = """
    SELECT session FROM bookmarks WHERE person = :person
    UNION SELECT session FROM questions WHERE author = :person AND state <> 'withdrawn'
    UNION SELECT session FROM roles WHERE person = :person AND role = 'moderator'
"""
SPEAKS_AS = "SELECT session FROM roles WHERE person = :person AND role = 'speaker'"
# What waits for the version before is to tell of this one instead, a little later, but not ever later; what was not to
# wait long does not wait longer.
EXTEND = """
    UPDATE deliveries
    SET thing = REPLACE(thing, CAST(:old AS TEXT), CAST(:new AS TEXT)),
        due_at = CASE WHEN due_at <= created_at + CAST(:soon AS BIGINT) THEN due_at
                      WHEN created_at + CAST(:longest AS BIGINT) < CAST(:due_at AS BIGINT)
                      THEN created_at + CAST(:longest AS BIGINT)
                      ELSE CAST(:due_at AS BIGINT) END
    WHERE kind = :kind AND state = 'waiting' AND thing LIKE '%' || CAST(:old AS TEXT)
"""
# Who has such a notice already keeps that one.
OWE = f"""
    INSERT INTO deliveries (kind, thing, recipient, lane, state, due_at, valid_until, created_at)
    SELECT CAST(:kind AS TEXT),
           COALESCE((SELECT MAX(waits.thing) FROM deliveries AS waits
                     WHERE waits.recipient = people.id AND waits.state = 'waiting' AND waits.kind = :kind
                       AND waits.thing LIKE '%' || CAST(:new AS TEXT)), CAST(:thing AS TEXT)),
           people.id, CAST(:lane AS BIGINT), 'waiting',
           CAST(:due_at AS BIGINT), CAST(:valid_until AS BIGINT), CAST(:now AS BIGINT)
    {CONCERNED}
    ON CONFLICT (kind, thing, recipient) DO UPDATE SET
        due_at = CASE WHEN excluded.due_at < deliveries.due_at THEN excluded.due_at ELSE deliveries.due_at END,
        valid_until = CASE WHEN excluded.valid_until > deliveries.valid_until THEN excluded.valid_until
                           ELSE deliveries.valid_until END
"""
# A notice that was marked stays marked; one that was true again when its mark was due is looked at anew.
MARK = f"""
    INSERT INTO deliveries (kind, thing, recipient, lane, state, due_at, valid_until, created_at)
    SELECT CAST(:mark AS TEXT), told.thing, told.recipient, CAST(:lane AS BIGINT), 'waiting',
           CAST(:due_at AS BIGINT), CAST(:valid_until AS BIGINT), CAST(:now AS BIGINT)
    FROM deliveries AS told
    WHERE told.kind = :kind AND told.state IN ('claimed', 'sent')
      AND CAST(:things AS TEXT) LIKE '%,' || told.thing || ',%' AND told.recipient IN (SELECT people.id {CONCERNED})
    ON CONFLICT (kind, thing, recipient) DO UPDATE SET
        state = 'waiting', due_at = excluded.due_at, valid_until = excluded.valid_until, done_at = NULL, error = ''
    WHERE deliveries.state = 'dropped'
"""
THINGS = "SELECT DISTINCT thing FROM deliveries WHERE kind = :kind AND state IN ('claimed', 'sent')"
WAITING_FOR = """
    SELECT COUNT(*) AS people, MIN(due_at) AS due_at FROM deliveries
    WHERE kind = :kind AND state = 'waiting' AND thing LIKE '%' || CAST(:new AS TEXT)
"""
WAITS = "SELECT MAX(due_at) FROM deliveries WHERE recipient = :person AND state = 'waiting' AND kind = :kind"
LAST_TOLD = """
    SELECT thing FROM deliveries WHERE recipient = :person AND state IN ('sent', 'unsure') AND kind = :kind
    ORDER BY done_at DESC, id DESC LIMIT 1
"""
# What is being told, or was at :since or later.
TOLD_SINCE = """
    SELECT thing FROM deliveries WHERE recipient = :person AND kind = :kind AND (
        state IN ('waiting', 'claimed') OR (state IN ('sent', 'unsure') AND done_at >= :since)
    )
"""


@dataclass(frozen=True, slots=True)
class Ties:
    """What concerns a person: sessions by their codes, and themselves as speakers by theirs."""

    sessions: frozenset[str]
    speakers: frozenset[str]


def people(tx: Transaction, session: str, speakers: Iterable[str]) -> set[int]:
    """Whom a change of the session concerns, and who can be reached; `speakers` are those of before and after."""
    return {row["person"] for row in tx.rows(PEOPLE, session=session, speakers=listed(sorted(speakers)))}


def ties(tx: Transaction, person: int) -> Ties:
    return Ties(
        frozenset(row["session"] for row in tx.rows(TIES, person=person)),
        frozenset(row["session"] for row in tx.rows(SPEAKS_AS, person=person)),
    )


def extend(tx: Transaction, kind: str, before: int, after: int, due_at: int, soon: int, longest: int) -> int:
    """Let the notices that wait to tell of version `before` tell of `after`; how many.

    They are due at `due_at`, but never later than `longest` seconds after they were owed first; those that were to go
    out within `soon` seconds still are.
    """
    tx.tell(CHANNEL)
    return tx.run(EXTEND, kind=kind, old=f":{before}", new=f":{after}", due_at=due_at, soon=soon, longest=longest)


def owe(
    tx: Transaction,
    kind: str,
    before: int,
    after: int,
    session: str,
    speakers: Iterable[str],
    due_at: int,
    valid_until: int,
    now: int,
) -> None:
    """Owe the news between two versions to those whom the session concerns; after `extend`."""
    tx.tell(CHANNEL)
    tx.run(
        OWE,
        kind=kind,
        thing=f"{before}:{after}",
        new=f":{after}",
        session=session,
        speakers=listed(sorted(speakers)),
        lane=LANE_REMINDER,
        due_at=due_at,
        valid_until=valid_until,
        now=now,
    )


def things(tx: Transaction, kind: str) -> list[str]:
    """The notices that somebody has been sent."""
    return [row["thing"] for row in tx.rows(THINGS, kind=kind)]


def mark(
    tx: Transaction,
    kind: str,
    mark: str,
    told: Iterable[str],
    session: str,
    speakers: Iterable[str],
    due_at: int,
    valid_until: int,
    now: int,
) -> None:
    """Owe a letter `mark` to those whom the session concerns, for each of the `told` notices that they have."""
    tx.tell(CHANNEL)
    tx.run(
        MARK,
        kind=kind,
        mark=mark,
        things=f",{','.join(told)},",
        session=session,
        speakers=listed(sorted(speakers)),
        lane=LANE_REMINDER,
        due_at=due_at,
        valid_until=valid_until,
        now=now,
    )


def waiting_for(tx: Transaction, kind: str, version: int) -> tuple[int, int | None]:
    """How many people are to be told of the version, and when the first will be (epoch seconds)."""
    row = tx.row(WAITING_FOR, kind=kind, new=f":{version}")
    assert row is not None
    return row["people"], row["due_at"]


def waits(tx: Transaction, kind: str, person: int) -> int | None:
    """When the last notice that waits for the person is due; None when none does."""
    due: int | None = tx.value(WAITS, kind=kind, person=person)
    return due


def last_told(tx: Transaction, kind: str, person: int) -> str | None:
    """The notice that the person was sent last."""
    thing: str | None = tx.value(LAST_TOLD, kind=kind, person=person)
    return thing


def told_since(tx: Transaction, kind: str, person: int, since: int) -> list[str]:
    """The notices that the person is about to be sent, or was sent at that moment (epoch seconds) or later."""
    return [row["thing"] for row in tx.rows(TOLD_SINCE, kind=kind, person=person, since=since)]
