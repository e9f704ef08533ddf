"""Where what hangs on a session that goes away is moved: chosen with the draft, carried out with its publication, and
kept, so that it comes back with the session."""

from __future__ import annotations

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import columns, reader

OF_DRAFT = "SELECT session, heir FROM draft_heirs ORDER BY session"
CHOOSE = """
    INSERT INTO draft_heirs (session, heir) VALUES (:session, :heir)
    ON CONFLICT (session) DO UPDATE SET heir = excluded.heir
"""
DROP = "DELETE FROM draft_heirs WHERE session = :session"
DROP_ALL = "DELETE FROM draft_heirs"

NOTE_STARS = """
    INSERT INTO moved_stars (session, person, heir, had, starred_at)
    SELECT stars.session, stars.person, CAST(:heir AS TEXT),
           CASE WHEN EXISTS (
               SELECT 1 FROM bookmarks AS others WHERE others.person = stars.person AND others.session = :heir
           ) THEN 1 ELSE 0 END, stars.created_at
    FROM bookmarks AS stars WHERE stars.session = :session
    ON CONFLICT (session, person) DO UPDATE
    SET heir = excluded.heir, had = excluded.had, starred_at = excluded.starred_at
"""
GIVE_STARS = """
    INSERT INTO bookmarks (person, session, created_at)
    SELECT person, CAST(:heir AS TEXT), created_at FROM bookmarks AS stars WHERE stars.session = :session
    ON CONFLICT (person, session) DO NOTHING
"""
TAKE_STARS = "DELETE FROM bookmarks WHERE session = :session"
# Whoever has taken the star off the heir since wants neither.
RETURN_STARS = """
    INSERT INTO bookmarks (person, session, created_at)
    SELECT moved.person, moved.session, moved.starred_at FROM moved_stars AS moved
    JOIN bookmarks AS now ON now.person = moved.person AND now.session = moved.heir
    WHERE moved.session = :session
    ON CONFLICT (person, session) DO NOTHING
"""
TAKE_BACK_STARS = """
    DELETE FROM bookmarks WHERE EXISTS (
        SELECT 1 FROM moved_stars AS moved WHERE moved.session = :session AND moved.person = bookmarks.person
          AND moved.heir = bookmarks.session AND moved.had = 0
    )
"""
FORGET_STARS = "DELETE FROM moved_stars WHERE session = :session"
NOTE_QUESTION = """
    INSERT INTO moved_questions (session, question, heir, revision) VALUES (:session, :question, :heir, :revision)
    ON CONFLICT (session, question) DO UPDATE SET heir = excluded.heir, revision = excluded.revision
"""


@dataclass(frozen=True, slots=True)
class MovedQuestion:
    """`revision` is what the move made."""

    session: str
    question: int
    heir: str
    revision: int


record = reader(MovedQuestion)

MOVED_QUESTIONS = f"SELECT {columns(MovedQuestion)} FROM moved_questions WHERE session = :session ORDER BY question"
FORGET_QUESTIONS = "DELETE FROM moved_questions WHERE session = :session"
MOVED_FROM = "SELECT session FROM moved_stars UNION SELECT session FROM moved_questions"
HEIRS_OF = """
    SELECT heir FROM moved_stars WHERE session = :session
    UNION SELECT heir FROM moved_questions WHERE session = :session
"""
STARS_TO_RETURN = """
    SELECT COUNT(*) FROM moved_stars AS moved
    JOIN bookmarks AS now ON now.person = moved.person AND now.session = moved.heir
    WHERE moved.session = :session
"""
STARRED = "SELECT person FROM bookmarks WHERE session = :session ORDER BY person"
STARS_OF = "SELECT session, heir FROM moved_stars WHERE person = :person ORDER BY session"
FORGET = "DELETE FROM moved_stars WHERE person = :person"


def of_draft(tx: Transaction) -> dict[str, str]:
    """Session that goes away -> its heir."""
    return {row["session"]: row["heir"] for row in tx.rows(OF_DRAFT)}


def choose(tx: Transaction, session: str, heir: str) -> None:
    """Of the draft; "" for none. After the draft has moved on."""
    if heir:
        tx.run(CHOOSE, session=session, heir=heir)
    else:
        tx.run(DROP, session=session)


def drop_all(tx: Transaction) -> None:
    """The draft is empty."""
    tx.run(DROP_ALL)


def moved_from(tx: Transaction) -> frozenset[str]:
    """The sessions from which anything was moved that has not come back."""
    return frozenset(row["session"] for row in tx.rows(MOVED_FROM))


def heirs_of(tx: Transaction, session: str) -> frozenset[str]:
    """Where anything was moved to from the session that has not come back."""
    return frozenset(row["heir"] for row in tx.rows(HEIRS_OF, session=session))


def move_stars(tx: Transaction, session: str, heir: str) -> list[int]:
    """Whoever starred the session has starred its heir instead; who."""
    people = [row["person"] for row in tx.rows(STARRED, session=session)]
    tx.run(NOTE_STARS, session=session, heir=heir)
    tx.run(GIVE_STARS, session=session, heir=heir)
    tx.run(TAKE_STARS, session=session)
    return people


def return_stars(tx: Transaction, session: str) -> int:
    """The session is back, and so are the stars that were moved from it and are still where they were moved to; how
    many."""
    returned = tx.run(RETURN_STARS, session=session)
    tx.run(TAKE_BACK_STARS, session=session)
    tx.run(FORGET_STARS, session=session)
    return returned


def stars_to_return(tx: Transaction, session: str) -> int:
    return int(tx.value(STARS_TO_RETURN, session=session))


def note_question(tx: Transaction, moved: MovedQuestion) -> None:
    tx.run(NOTE_QUESTION, session=moved.session, question=moved.question, heir=moved.heir, revision=moved.revision)


def moved_questions(tx: Transaction, session: str) -> list[MovedQuestion]:
    return [record(row) for row in tx.rows(MOVED_QUESTIONS, session=session)]


def forget_questions(tx: Transaction, session: str) -> None:
    """They have been brought back, or stay for good."""
    tx.run(FORGET_QUESTIONS, session=session)


def stars_of(tx: Transaction, person: int) -> dict[str, str]:
    """Which of the person's stars were moved: from where, and where to."""
    return {row["session"]: row["heir"] for row in tx.rows(STARS_OF, person=person)}


def forget(tx: Transaction, person: int) -> None:
    tx.run(FORGET, person=person)
