"""Change notices in the ledger: whom a session concerns, and of which versions they are still to be notified.

The `thing` of a notice is "5:7": what differs for its reader between the versions 5 and 7. Version numbers only grow,
so at most one notice of a person ends with a given version. What somebody has been told is in storage.told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from storage.audiences import listed
from storage.database import Transaction
from storage.deliveries import CHANNEL, GIVEN_UP, LANE_REMINDER, Delivery
from storage.records import columns, parameters, reader, values
from storage.roles import OWN_MODERATOR


@dataclass(frozen=True, slots=True)
class Ties:
    """What concerns a person: sessions by their codes, and themselves as speakers by theirs.

    `all_but` is of those who moderate all sessions: the sessions that have a moderator of their own. `followed` are
    those where they wait for another's question.
    """

    sessions: frozenset[str]
    speakers: frozenset[str]
    all_but: frozenset[str] | None = None
    followed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Touched:
    """A session that people are notified of: the news is due at `due_at` and worth nothing from `valid_until` on (epoch
    seconds); `speakers` are the codes of those before and after; `asked` when questions can be asked there; it `goes`
    away."""

    session: str
    speakers: frozenset[str]
    due_at: int
    valid_until: int
    asked: bool = True
    goes: bool = False


@dataclass(frozen=True, slots=True)
class Untold:
    """A notice that was not sent yet, as the ledger has it: it waits, or somebody has claimed it."""

    thing: str
    due_at: int
    valid_until: int
    created_at: int
    claimed: bool


untold_record = reader(Untold, claimed=bool)

# Whoever starred the session, asked there (without a name too) and did not withdraw it, moderates it or speaks there;
# who moderates all of them, where questions can be asked and nobody moderates this very one (storage.roles). Whose star
# or question was moved from there when it went away (storage.heirs); when it goes away, who follows a question there.
# :speakers is a list as storage.audiences has them.
CONCERNED = f"""
    FROM participants AS people WHERE people.blocked_at IS NULL AND people.id IN (
        SELECT person FROM bookmarks WHERE session = :session
        UNION SELECT author FROM questions
        WHERE session = :session AND author IS NOT NULL AND state <> 'withdrawn'
        UNION SELECT person FROM moved_stars WHERE session = :session
        UNION SELECT questions.author FROM moved_questions AS moved JOIN questions ON questions.number = moved.question
        WHERE moved.session = :session AND questions.author IS NOT NULL
        UNION SELECT followers.person FROM followers JOIN questions ON questions.number = followers.question
        WHERE CAST(:goes AS BIGINT) = 1 AND questions.session = :session
          AND questions.state IN ('pending', 'approved', 'merged')
        UNION SELECT followers.person FROM followers
        JOIN moved_questions AS moved ON moved.question = followers.question
        WHERE CAST(:goes AS BIGINT) = 1 AND moved.session = :session
        UNION SELECT person FROM roles WHERE role = 'moderator' AND session = :session
        UNION SELECT person FROM roles
        WHERE role = 'moderator' AND session = '' AND CAST(:asked AS BIGINT) = 1 AND NOT EXISTS ({OWN_MODERATOR})
        UNION SELECT person FROM roles
        WHERE role = 'speaker'
          AND REPLACE(CAST(:speakers AS TEXT), ':' || session || ':', '') <> CAST(:speakers AS TEXT)
    )
"""
PEOPLE = f"SELECT people.id AS person {CONCERNED}"
TIES = """
    SELECT session FROM bookmarks WHERE person = :person
    UNION SELECT session FROM questions WHERE author = :person AND state <> 'withdrawn'
    UNION SELECT session FROM moved_stars WHERE person = :person
    UNION SELECT moved.session FROM moved_questions AS moved JOIN questions ON questions.number = moved.question
    WHERE questions.author = :person
    UNION SELECT session FROM roles WHERE person = :person AND role = 'moderator' AND session <> ''
"""
FOLLOWED = """
    SELECT DISTINCT questions.session FROM followers JOIN questions ON questions.number = followers.question
    WHERE followers.person = :person AND questions.state IN ('pending', 'approved', 'merged')
    UNION SELECT moved.session FROM followers JOIN moved_questions AS moved ON moved.question = followers.question
    WHERE followers.person = :person
"""
MODERATES_ALL = "SELECT 1 FROM roles WHERE person = :person AND role = 'moderator' AND session = ''"
OWN_MODERATORS = """
    SELECT DISTINCT roles.session FROM roles JOIN participants ON participants.id = roles.person
    WHERE roles.role = 'moderator' AND roles.session <> '' AND participants.blocked_at IS NULL
"""
SPEAKS_AS = "SELECT session FROM roles WHERE person = :person AND role = 'speaker'"
# What nobody has been sent: it waits, or was claimed and has not left (see storage.told).
NOT_LEFT = """
    (deliveries.state = 'waiting' OR (deliveries.state = 'claimed' AND NOT EXISTS (
        SELECT 1 FROM told WHERE told.delivery = deliveries.id AND told.holder = deliveries.holder
    )))
"""
# Where two wait for one person, because one was put back, one of them speaks of both: from what the person knows.
TOGETHER = f"""
    UPDATE deliveries SET state = {GIVEN_UP}, error = 'told with another', done_at = :now
    WHERE kind = :kind AND state = 'waiting' AND EXISTS (
        SELECT 1 FROM deliveries AS others
        JOIN programmes AS theirs ON others.thing LIKE CAST(theirs.number AS TEXT) || ':%'
        JOIN programmes AS mine ON deliveries.thing LIKE CAST(mine.number AS TEXT) || ':%'
        WHERE others.recipient = deliveries.recipient AND others.kind = deliveries.kind AND others.state = 'waiting'
          AND others.id <> deliveries.id AND theirs.number < mine.number
    )
"""
# What waits is to speak of this version too, a little later, but not later and later; what was not to wait long does
# not wait longer. A sender that had claimed it before, and reports late that it was sent, has sent another.
EXTEND = """
    UPDATE deliveries
    SET thing = CAST(known.number AS TEXT) || ':' || CAST(:after AS TEXT), holder = '',
        due_at = CASE WHEN due_at <= created_at + CAST(:soon AS BIGINT) THEN due_at
                      WHEN created_at + CAST(:longest AS BIGINT) < CAST(:due_at AS BIGINT)
                      THEN created_at + CAST(:longest AS BIGINT)
                      ELSE CAST(:due_at AS BIGINT) END
    FROM programmes AS known
    WHERE kind = :kind AND state = 'waiting' AND thing LIKE CAST(known.number AS TEXT) || ':%'
"""
# Each person whom version :version concerns, as CONCERNED, for all its sessions at once.
WHOM = f"""
    SELECT people.id AS person, MIN(ties.due_at) AS due_at, MAX(ties.valid_until) AS valid_until
    FROM (
        SELECT bookmarks.person, news.due_at, news.valid_until
        FROM programme_news AS news JOIN bookmarks ON bookmarks.session = news.session
        WHERE news.version = :version
        UNION ALL SELECT questions.author, news.due_at, news.valid_until
        FROM programme_news AS news JOIN questions ON questions.session = news.session
        WHERE news.version = :version AND questions.state <> 'withdrawn'
        UNION ALL SELECT moved.person, news.due_at, news.valid_until
        FROM programme_news AS news JOIN moved_stars AS moved ON moved.session = news.session
        WHERE news.version = :version
        UNION ALL SELECT questions.author, news.due_at, news.valid_until
        FROM programme_news AS news JOIN moved_questions AS moved ON moved.session = news.session
        JOIN questions ON questions.number = moved.question
        WHERE news.version = :version
        UNION ALL SELECT followers.person, news.due_at, news.valid_until
        FROM programme_news AS news JOIN questions ON questions.session = news.session
        JOIN followers ON followers.question = questions.number
        WHERE news.version = :version AND news.goes = 1 AND questions.state IN ('pending', 'approved', 'merged')
        UNION ALL SELECT followers.person, news.due_at, news.valid_until
        FROM programme_news AS news JOIN moved_questions AS moved ON moved.session = news.session
        JOIN followers ON followers.question = moved.question
        WHERE news.version = :version AND news.goes = 1
        UNION ALL SELECT roles.person, news.due_at, news.valid_until
        FROM programme_news AS news JOIN roles ON roles.role = 'moderator' AND roles.session = news.session
        WHERE news.version = :version
        UNION ALL SELECT roles.person, news.due_at, news.valid_until
        FROM programme_news AS news JOIN roles ON roles.role = 'moderator' AND roles.session = ''
        WHERE news.version = :version AND news.asked = 1
          AND NOT EXISTS ({OWN_MODERATOR.replace(":session", "news.session")})
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
# What the person is being sent, and what waits for them.
UNTOLD = """
    SELECT thing, due_at, valid_until, created_at, CASE WHEN state = 'claimed' THEN 1 ELSE 0 END AS claimed
    FROM deliveries WHERE recipient = :person AND kind = :kind AND (id = :id OR state = 'waiting')
"""
WITH_ANOTHER = f"""
    UPDATE deliveries SET state = {GIVEN_UP}, error = 'told with another', done_at = :now
    WHERE recipient = :person AND kind = :kind AND state = 'waiting'
"""
NOTIFY_TOGETHER = """
    UPDATE deliveries SET state = 'waiting', holder = '', claimed_until = NULL,
           thing = :thing, due_at = :due_at, valid_until = :valid_until
    WHERE id = :id
"""
UNTOLD_BY = f"SELECT recipient, thing FROM deliveries WHERE kind = :kind AND {NOT_LEFT}"
REWIND = """
    UPDATE deliveries SET due_at = :now, created_at = CASE WHEN created_at > :now THEN :now ELSE created_at END
    WHERE kind = :kind AND state = 'waiting' AND due_at > :latest
"""
DUE = """
    SELECT MIN(due_at) FROM deliveries
    WHERE kind = :kind AND state <> 'dropped' AND thing LIKE '%' || CAST(:new AS TEXT)
"""
WITHDRAW = f"""
    UPDATE deliveries SET state = {GIVEN_UP}, error = 'undone', done_at = :now, holder = ''
    WHERE kind = :kind AND recipient = :recipient AND {NOT_LEFT}
"""
WAITS = "SELECT MIN(due_at) FROM deliveries WHERE recipient = :person AND state = 'waiting' AND kind = :kind"
# What is being sent, or was at :since or later.
NOTIFIED_SINCE = """
    SELECT thing FROM deliveries WHERE recipient = :person AND kind = :kind AND (
        state IN ('waiting', 'claimed') OR (state IN ('sent', 'unsure') AND done_at >= :since)
    )
"""


def people(
    tx: Transaction, session: str, speakers: Iterable[str], asked: bool = True, *, goes: bool = False
) -> set[int]:
    """Whom a change of the session concerns, and who can be reached; `speakers` are those of before and after; `asked`
    when questions can be asked there; it `goes` away."""
    named = listed(sorted(speakers))
    rows = tx.rows(PEOPLE, session=session, speakers=named, asked=int(asked), goes=int(goes))
    return {row["person"] for row in rows}


def ties(tx: Transaction, person: int) -> Ties:
    every = tx.value(MODERATES_ALL, person=person) is not None
    return Ties(
        frozenset(row["session"] for row in tx.rows(TIES, person=person)),
        frozenset(row["session"] for row in tx.rows(SPEAKS_AS, person=person)),
        frozenset(row["session"] for row in tx.rows(OWN_MODERATORS)) if every else None,
        frozenset(row["session"] for row in tx.rows(FOLLOWED, person=person)),
    )


def extend(tx: Transaction, kind: str, *, after: int, now: int, due_at: int, soon: int, longest: int) -> None:
    """Let the notices that wait speak of all up to version `after`, one for each person.

    They are due at `due_at`, but never later than `longest` seconds after they were enqueued; those that were to go out
    within `soon` seconds still are.
    """
    tx.notify(CHANNEL)
    tx.run(TOGETHER, kind=kind, now=now)
    tx.run(EXTEND, kind=kind, after=after, due_at=due_at, soon=soon, longest=longest)


def note(tx: Transaction, version: int, touched: Iterable[Touched]) -> None:
    """What people are notified of with the version; before `enqueue`."""
    tx.many(
        NOTE,
        [
            {
                **values(one),
                "speakers": listed(sorted(one.speakers)),
                "asked": int(one.asked),
                "goes": int(one.goes),
                "version": version,
            }
            for one in touched
        ],
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


def untold_by(tx: Transaction, kind: str) -> dict[int, int]:
    """Everybody who is still to be sent a notice, and the version that they know."""
    found: dict[int, int] = {}
    for row in tx.rows(UNTOLD_BY, kind=kind):
        person, known = row["recipient"], int(row["thing"].partition(":")[0])
        found[person] = min(known, found.get(person, known))
    return found


def rewind(tx: Transaction, kinds: Iterable[str], now: int, longest: int) -> None:
    """The clock is behind what it said before: whatever waits of these kinds longer than `longest` seconds is due."""
    tx.notify(CHANNEL)
    tx.many(REWIND, [{"kind": kind, "now": now, "latest": now + longest} for kind in kinds])


def due(tx: Transaction, kind: str, version: int) -> int | None:
    """When the first who are notified of the version are (epoch seconds)."""
    found: int | None = tx.value(DUE, kind=kind, new=f":{version}")
    return found


def withdraw(tx: Transaction, kind: str, recipients: Iterable[int], now: int) -> None:
    """Drop what these people have not been sent, because it was undone in time."""
    tx.many(WITHDRAW, [{"kind": kind, "recipient": one, "now": now} for one in recipients])


def waits(tx: Transaction, kind: str, person: int) -> int | None:
    """When the first notice that waits for the person is due; None when none does."""
    due: int | None = tx.value(WAITS, kind=kind, person=person)
    return due


def notified_since(tx: Transaction, kind: str, person: int, since: int) -> list[str]:
    """The notices that the person is about to be sent, or was sent at that moment (epoch seconds) or later."""
    return [row["thing"] for row in tx.rows(NOTIFIED_SINCE, kind=kind, person=person, since=since)]
