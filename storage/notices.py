"""Change notices in the ledger: whom a session concerns, and of which versions they are still to be notified.

The `thing` of a notice is "5:7": what differs for its reader between the versions 5 and 7. Version numbers only grow,
so at most one notice of a person ends with a given version.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from storage.audiences import listed
from storage.database import Transaction
from storage.deliveries import CHANNEL, LANE_REMINDER, Delivery
from storage.records import columns, parameters, reader, values


@dataclass(frozen=True, slots=True)
class Ties:
    """What concerns a person: sessions by their codes, and themselves as speakers by theirs."""

    sessions: frozenset[str]
    speakers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Touched:
    """A session that people are notified of: the news is due at `due_at` and worth nothing from `valid_until` on (epoch
    seconds); `speakers` are the codes of those before and after."""

    session: str
    speakers: frozenset[str]
    due_at: int
    valid_until: int


@dataclass(frozen=True, slots=True)
class Untold:
    """A notice that was not sent yet, as the ledger has it: it waits, or somebody has claimed it."""

    thing: str
    due_at: int
    valid_until: int
    created_at: int
    claimed: bool


untold_record = reader(Untold, claimed=bool)

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
# What waits for the version before is to speak of this one instead, a little later, but not later and later; what was
# not to wait long does not wait longer. A sender that had claimed it before, and reports late that it was sent, has
# sent another.
EXTEND = """
    UPDATE deliveries
    SET thing = REPLACE(thing, CAST(:old AS TEXT), CAST(:new AS TEXT)), holder = '',
        due_at = CASE WHEN due_at <= created_at + CAST(:soon AS BIGINT) THEN due_at
                      WHEN created_at + CAST(:longest AS BIGINT) < CAST(:due_at AS BIGINT)
                      THEN created_at + CAST(:longest AS BIGINT)
                      ELSE CAST(:due_at AS BIGINT) END
    WHERE kind = :kind AND state = 'waiting' AND thing LIKE '%' || CAST(:old AS TEXT)
"""
# Each person whom version :version concerns, as CONCERNED, for all its sessions at once.
WHOM = """
    SELECT people.id AS person, MIN(ties.due_at) AS due_at, MAX(ties.valid_until) AS valid_until
    FROM (
        SELECT bookmarks.person, news.due_at, news.valid_until
        FROM programme_news AS news JOIN bookmarks ON bookmarks.session = news.session
        WHERE news.version = :version
        UNION ALL SELECT questions.author, news.due_at, news.valid_until
        FROM programme_news AS news JOIN questions ON questions.session = news.session
        WHERE news.version = :version AND questions.state <> 'withdrawn'
        UNION ALL SELECT roles.person, news.due_at, news.valid_until
        FROM programme_news AS news JOIN roles ON roles.role = 'moderator' AND roles.session = news.session
        WHERE news.version = :version
        UNION ALL SELECT roles.person, news.due_at, news.valid_until
        FROM programme_news AS news JOIN roles ON roles.role = 'speaker'
          AND REPLACE(news.speakers, ':' || roles.session || ':', '') <> news.speakers
        WHERE news.version = :version
    ) AS ties JOIN participants AS people ON people.id = ties.person AND people.blocked_at IS NULL
    GROUP BY people.id
"""
NOTE = f"INSERT INTO programme_news (version, {columns(Touched)}) VALUES (:version, {parameters(Touched)})"
# Anyone who is to be notified anyway is notified of this too, in time for the first session and until the last.
ADAPT = f"""
    UPDATE deliveries
    SET due_at = CASE WHEN whom.due_at < deliveries.due_at THEN whom.due_at ELSE deliveries.due_at END,
        valid_until = CASE WHEN whom.valid_until > deliveries.valid_until THEN whom.valid_until
                           ELSE deliveries.valid_until END
    FROM ({WHOM}) AS whom
    WHERE deliveries.recipient = whom.person AND deliveries.kind = :kind AND deliveries.state = 'waiting'
      AND deliveries.thing LIKE '%' || CAST(:new AS TEXT)
"""
ENQUEUE = f"""
    INSERT INTO deliveries (kind, thing, recipient, lane, state, due_at, valid_until, created_at)
    SELECT CAST(:kind AS TEXT), CAST(:thing AS TEXT), whom.person, CAST(:lane AS BIGINT), 'waiting',
           whom.due_at, whom.valid_until, CAST(:now AS BIGINT)
    FROM ({WHOM}) AS whom
    WHERE whom.person NOT IN (
        SELECT recipient FROM deliveries
        WHERE kind = :kind AND state = 'waiting' AND thing LIKE '%' || CAST(:new AS TEXT)
    )
    ON CONFLICT (kind, thing, recipient) DO NOTHING
"""
# A notice spoke of its sessions with the versions after :first up to :last; what it says to each person is looked at
# only when the mark is due. Each publication may outdate more of it, or make it true again before that: so the mark is
# looked at again, even while it is on its way, for nobody knows which version its sender knew. The sender's report that
# it went out comes too late then: once more does no harm.
MARK = f"""
    INSERT INTO deliveries (kind, thing, recipient, lane, state, due_at, valid_until, created_at)
    SELECT CAST(:mark AS TEXT), notified.thing, notified.recipient, CAST(:lane AS BIGINT), 'waiting',
           whom.due_at, whom.valid_until, CAST(:now AS BIGINT)
    FROM deliveries AS notified JOIN ({WHOM}) AS whom ON whom.person = notified.recipient
    WHERE notified.kind = :kind AND notified.thing = :thing AND notified.state IN ('claimed', 'sent') AND EXISTS (
        SELECT 1 FROM programme_news AS news JOIN programme_news AS former ON former.session = news.session
        WHERE news.version = :version AND former.version > :first AND former.version <= :last
    )
    ON CONFLICT (kind, thing, recipient) DO UPDATE SET
        due_at = CASE WHEN deliveries.state = 'waiting' AND deliveries.due_at < excluded.due_at
                      THEN deliveries.due_at ELSE excluded.due_at END,
        valid_until = CASE WHEN deliveries.state IN ('waiting', 'claimed')
                           AND deliveries.valid_until > excluded.valid_until
                           THEN deliveries.valid_until ELSE excluded.valid_until END,
        state = 'waiting', holder = '', attempts = 0, done_at = NULL, error = ''
"""
# What the person is being sent, and what waits for them.
UNTOLD = """
    SELECT thing, due_at, valid_until, created_at, CASE WHEN state = 'claimed' THEN 1 ELSE 0 END AS claimed
    FROM deliveries WHERE recipient = :person AND kind = :kind AND (id = :id OR state = 'waiting')
"""
WITH_ANOTHER = """
    UPDATE deliveries SET state = 'dropped', error = 'told with another', done_at = :now
    WHERE recipient = :person AND kind = :kind AND state = 'waiting'
"""
NOTIFY_TOGETHER = """
    UPDATE deliveries SET state = 'waiting', holder = '', claimed_until = NULL,
           thing = :thing, due_at = :due_at, valid_until = :valid_until
    WHERE id = :id
"""
THINGS = "SELECT DISTINCT thing FROM deliveries WHERE kind = :kind AND state IN ('claimed', 'sent')"
WAITING_FOR = """
    SELECT COUNT(*) AS people, MIN(due_at) AS due_at FROM deliveries
    WHERE kind = :kind AND state = 'waiting' AND thing LIKE '%' || CAST(:new AS TEXT)
"""
WAITING = """
    SELECT thing, recipient FROM deliveries
    WHERE kind = :kind AND state = 'waiting' AND thing LIKE '%' || CAST(:new AS TEXT)
"""
WITHDRAW = """
    UPDATE deliveries SET state = 'dropped', error = 'undone', done_at = :now
    WHERE kind = :kind AND thing = :thing AND recipient = :recipient AND state = 'waiting'
"""
WAITS = "SELECT MAX(due_at) FROM deliveries WHERE recipient = :person AND state = 'waiting' AND kind = :kind"
LAST_NOTIFIED = """
    SELECT thing FROM deliveries WHERE recipient = :person AND state IN ('sent', 'unsure') AND kind = :kind
    ORDER BY done_at DESC, id DESC LIMIT 1
"""
# What is being sent, or was at :since or later.
NOTIFIED_SINCE = """
    SELECT thing FROM deliveries WHERE recipient = :person AND kind = :kind AND (
        state IN ('waiting', 'claimed') OR (state IN ('sent', 'unsure') AND done_at >= :since)
    )
"""


def people(tx: Transaction, session: str, speakers: Iterable[str]) -> set[int]:
    """Whom a change of the session concerns, and who can be reached; `speakers` are those of before and after."""
    return {row["person"] for row in tx.rows(PEOPLE, session=session, speakers=listed(sorted(speakers)))}


def ties(tx: Transaction, person: int) -> Ties:
    return Ties(
        frozenset(row["session"] for row in tx.rows(TIES, person=person)),
        frozenset(row["session"] for row in tx.rows(SPEAKS_AS, person=person)),
    )


def extend(tx: Transaction, kind: str, *, before: int, after: int, due_at: int, soon: int, longest: int) -> int:
    """Let the notices that wait to speak of version `before` speak of `after`; how many.

    They are due at `due_at`, but never later than `longest` seconds after they were enqueued; those that were to go out
    within `soon` seconds still are.
    """
    tx.notify(CHANNEL)
    return tx.run(EXTEND, kind=kind, old=f":{before}", new=f":{after}", due_at=due_at, soon=soon, longest=longest)


def note(tx: Transaction, version: int, touched: Iterable[Touched]) -> None:
    """What people are notified of with the version; before `enqueue` and `mark`."""
    tx.many(
        NOTE,
        [{**values(one), "speakers": listed(sorted(one.speakers)), "version": version} for one in touched],
    )


def enqueue(tx: Transaction, kind: str, before: int, *, after: int, now: int) -> None:
    """Enqueue the news between two versions for those whom it concerns; after `extend`."""
    tx.notify(CHANNEL)
    new = f":{after}"
    tx.run(ADAPT, kind=kind, new=new, version=after)
    tx.run(ENQUEUE, kind=kind, new=new, version=after, thing=f"{before}:{after}", lane=LANE_REMINDER, now=now)


def untold(tx: Transaction, kind: str, delivery: Delivery) -> list[Untold]:
    """The notice itself, and those that wait for the same person."""
    rows = tx.rows(UNTOLD, kind=kind, person=delivery.recipient, id=delivery.id)
    return [untold_record(row) for row in rows]


def notify_together(
    tx: Transaction, kind: str, *, delivery: Delivery, thing: str, due_at: int, valid_until: int, now: int
) -> None:
    """Let a claimed notice wait again, as `thing` and the only one for the person."""
    tx.notify(CHANNEL)
    tx.run(WITH_ANOTHER, kind=kind, person=delivery.recipient, now=now)
    tx.run(NOTIFY_TOGETHER, id=delivery.id, thing=thing, due_at=due_at, valid_until=valid_until)


def things(tx: Transaction, kind: str) -> list[str]:
    """The notices that somebody has been sent."""
    return [row["thing"] for row in tx.rows(THINGS, kind=kind)]


def mark(tx: Transaction, kind: str, *, mark: str, thing: str, first: int, last: int, version: int, now: int) -> None:
    """Enqueue a message `mark` for those who have the notice `thing`, of the versions after `first` up to `last`, if
    one of their sessions in it has changed again with `version`."""
    tx.notify(CHANNEL)
    tx.run(
        MARK,
        kind=kind,
        mark=mark,
        thing=thing,
        first=first,
        last=last,
        version=version,
        lane=LANE_REMINDER,
        now=now,
    )


def waiting_for(tx: Transaction, kind: str, version: int) -> tuple[int, int | None]:
    """How many people are to be notified of the version, and when the first will be (epoch seconds)."""
    row = tx.row(WAITING_FOR, kind=kind, new=f":{version}")
    assert row is not None
    return row["people"], row["due_at"]


def waiting(tx: Transaction, kind: str, version: int) -> dict[str, set[int]]:
    """Who is to be notified of the version, by the `thing` they are to get."""
    found: dict[str, set[int]] = {}
    for row in tx.rows(WAITING, kind=kind, new=f":{version}"):
        found.setdefault(row["thing"], set()).add(row["recipient"])
    return found


def withdraw(tx: Transaction, kind: str, thing: str, recipients: Iterable[int], now: int) -> None:
    """Drop what waits for these people, because it was undone in time."""
    tx.many(WITHDRAW, [{"kind": kind, "thing": thing, "recipient": one, "now": now} for one in recipients])


def waits(tx: Transaction, kind: str, person: int) -> int | None:
    """When the last notice that waits for the person is due; None when none does."""
    due: int | None = tx.value(WAITS, kind=kind, person=person)
    return due


def last_notified(tx: Transaction, kind: str, person: int) -> str | None:
    """The notice that the person was sent last."""
    thing: str | None = tx.value(LAST_NOTIFIED, kind=kind, person=person)
    return thing


def notified_since(tx: Transaction, kind: str, person: int, since: int) -> list[str]:
    """The notices that the person is about to be sent, or was sent at that moment (epoch seconds) or later."""
    return [row["thing"] for row in tx.rows(NOTIFIED_SINCE, kind=kind, person=person, since=since)]
