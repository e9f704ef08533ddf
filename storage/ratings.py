"""What people thought of a session: whom to ask, their stars and their words, and the sums of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from storage.audiences import listed
from storage.database import Transaction
from storage.deliveries import CHANNEL, LANE_REMINDER
from storage.records import columns, reader

STARS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Rating:
    """One person's rating: `stars` is one of STARS, `word` what they added, or ""; `rated_at` epoch seconds."""

    session: str
    stars: int
    word: str
    rated_at: int


record = reader(Rating)

# Who had the session in their agenda or asked there, by name or without; but not who spoke there. :speakers is a
# list as storage.audiences has them.
STARRED = "SELECT person FROM bookmarks WHERE session = :session"
AUTHORS = "SELECT author AS person FROM questions WHERE session = :session AND state <> 'withdrawn'"
TO_BE_ASKED = """
    participants.registered_at IS NOT NULL AND participants.blocked_at IS NULL AND participants.muted = 0
    AND NOT EXISTS (
        SELECT 1 FROM roles
        WHERE roles.person = participants.id AND roles.role = 'speaker'
          AND REPLACE(CAST(:speakers AS TEXT), ':' || roles.session || ':', '') <> CAST(:speakers AS TEXT)
    )
"""
AUDIENCE = f"""
    SELECT participants.id AS person
    FROM ({STARRED} UNION {AUTHORS}) AS interested JOIN participants ON participants.id = interested.person
    WHERE {TO_BE_ASKED}
"""
WANTED = f"""
    SELECT 1
    FROM ({STARRED} AND person = :person UNION {AUTHORS} AND author = :person) AS interested
    JOIN participants ON participants.id = interested.person
    WHERE {TO_BE_ASKED}
"""
ASKED = "SELECT 1 FROM deliveries WHERE kind = :kind AND thing = :thing LIMIT 1"
# Few a second from :begins on, since nobody waits for it and the reminders of what comes next go at the same time.
ENQUEUE = f"""
    INSERT INTO deliveries (kind, thing, recipient, lane, state, due_at, valid_until, created_at)
    SELECT CAST(:kind AS TEXT), CAST(:session AS TEXT), person, CAST(:lane AS BIGINT), 'waiting',
           CAST(:begins AS BIGINT) + (ROW_NUMBER() OVER (ORDER BY person) - 1) / CAST(:per_second AS BIGINT),
           CAST(:valid_until AS BIGINT), CAST(:now AS BIGINT)
    FROM ({AUDIENCE}) AS audience
    WHERE TRUE
    ON CONFLICT (kind, thing, recipient) DO NOTHING
"""
RATE = """
    INSERT INTO ratings (session, person, stars, rated_at) VALUES (:session, :person, :stars, :now)
    ON CONFLICT (session, person) DO UPDATE SET stars = excluded.stars, rated_at = excluded.rated_at
"""
SET_WORD = "UPDATE ratings SET word = :word WHERE session = :session AND person = :person"
REMOVE = "DELETE FROM ratings WHERE session = :session AND person = :person"
RATING = f"SELECT {columns(Rating)} FROM ratings "
GET = RATING + "WHERE session = :session AND person = :person"
OF_PERSON = RATING + "WHERE person = :person ORDER BY rated_at, session"
COUNTS = "SELECT session, stars, COUNT(*) AS people FROM ratings GROUP BY session, stars ORDER BY session, stars"
WORDS = "SELECT session, stars, word FROM ratings WHERE word <> ''"
FORGET = "DELETE FROM ratings WHERE person = :person"


def asked(tx: Transaction, kind: str, session: str) -> bool:
    """Whether the request to rate the session (messages of `kind`) was enqueued for anybody already."""
    return tx.value(ASKED, kind=kind, thing=session) is not None


def enqueue(
    tx: Transaction,
    kind: str,
    *,
    session: str,
    speakers: Iterable[str],
    begins: int,
    per_second: int,
    valid_until: int,
    now: int,
) -> int:
    """Enqueue the request for everybody who was to be there, `per_second` of them at a time from `begins` on. How many.

    Not to the `speakers` (codes of the programme) who are linked to a person.
    """
    enqueued = tx.run(
        ENQUEUE,
        kind=kind,
        session=session,
        speakers=listed(speakers),
        begins=begins,
        per_second=per_second,
        valid_until=valid_until,
        lane=LANE_REMINDER,
        now=now,
    )
    if enqueued:
        tx.notify(CHANNEL)
    return enqueued


def wanted(tx: Transaction, person: int, session: str, speakers: Iterable[str]) -> bool:
    """False when the person took the star back, muted the bot or left after the request went into the outbox."""
    return tx.value(WANTED, person=person, session=session, speakers=listed(speakers)) is not None


def rate(tx: Transaction, session: str, person: int, *, stars: int, now: int) -> None:
    """Give stars, or others than before; the word stays."""
    tx.run(RATE, session=session, person=person, stars=stars, now=now)


def set_word(tx: Transaction, session: str, person: int, word: str) -> bool:
    """False when the person has given no stars."""
    return tx.run(SET_WORD, session=session, person=person, word=word) == 1


def remove(tx: Transaction, session: str, person: int) -> bool:
    """Stars and word. False when there were none."""
    return tx.run(REMOVE, session=session, person=person) == 1


def get(tx: Transaction, session: str, person: int) -> Rating | None:
    row = tx.row(GET, session=session, person=person)
    return None if row is None else record(row)


def of_person(tx: Transaction, person: int) -> list[Rating]:
    return [record(row) for row in tx.rows(OF_PERSON, person=person)]


def counts(tx: Transaction) -> dict[str, dict[int, int]]:
    """Session -> stars -> how many people gave so many."""
    found: dict[str, dict[int, int]] = {}
    for row in tx.rows(COUNTS):
        found.setdefault(row["session"], {})[row["stars"]] = row["people"]
    return found


def words(tx: Transaction) -> dict[str, list[tuple[int, str]]]:
    """Session -> (stars, word) of those who added one, in no order and without their names."""
    found: dict[str, list[tuple[int, str]]] = {}
    for row in tx.rows(WORDS):
        found.setdefault(row["session"], []).append((row["stars"], row["word"]))
    return found


def forget(tx: Transaction, person: int) -> None:
    tx.run(FORGET, person=person)
