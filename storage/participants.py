"""People who consented: their profile and their settings."""

from __future__ import annotations

from dataclasses import dataclass

from storage import announcement_screens, boards
from storage.database import Transaction
from storage.records import columns, reader


@dataclass(frozen=True, slots=True)
class Participant:
    """One person's row. Times are epoch seconds; `registered_at` is None until the profile is complete."""

    id: int
    language: str
    consented_at: int
    name: str | None
    delegation: str | None
    organization: str | None
    registered_at: int | None
    lead_minutes: int
    muted: bool
    blocked_at: int | None
    quiet: str = ""  # the quiet hours they chose, as "22-7" or "off"; "" the forum's own
    present_at: int | None = None  # when they said that they had arrived


record = reader(Participant, muted=bool)

GET = f"SELECT {columns(Participant)} FROM participants WHERE id = :person"
CONSENT = """
    INSERT INTO participants (id, language, consented_at, lead_minutes)
    VALUES (:person, :language, :now, :lead)
    ON CONFLICT (id) DO NOTHING
"""
SET_NAME = "UPDATE participants SET name = :name WHERE id = :person"
SET_DELEGATION = "UPDATE participants SET delegation = :delegation WHERE id = :person"
# Their questions take the turns of the delegation they are of now (storage.lines).
CHANGE_SIDE = "UPDATE questions SET side = :delegation WHERE author = :person AND anonymous = 0"
SET_ORGANIZATION = "UPDATE participants SET organization = :organization WHERE id = :person"
SET_LANGUAGE = "UPDATE participants SET language = :language WHERE id = :person"
SET_LEAD = "UPDATE participants SET lead_minutes = :minutes WHERE id = :person"
SET_QUIET = "UPDATE participants SET quiet = :quiet WHERE id = :person"
ARRIVE = "UPDATE participants SET present_at = COALESCE(present_at, :now) WHERE id = :person"
SET_MUTED = "UPDATE participants SET muted = :muted WHERE id = :person"
# Registering again keeps the first moment: a second /start is no second registration.
REGISTER = "UPDATE participants SET registered_at = COALESCE(registered_at, :now) WHERE id = :person"
BLOCK = "UPDATE participants SET blocked_at = :now WHERE id = :person AND blocked_at IS NULL"
UNBLOCK = "UPDATE participants SET blocked_at = NULL WHERE id = :person AND blocked_at IS NOT NULL"
DELETE = "DELETE FROM participants WHERE id = :person"
COUNT_BY_DELEGATION = """
    SELECT delegation, COUNT(*) AS people FROM participants
    WHERE registered_at IS NOT NULL GROUP BY delegation ORDER BY people DESC, delegation
"""
COUNT_BY_LANGUAGE = """
    SELECT language, COUNT(*) AS people FROM participants
    WHERE registered_at IS NOT NULL GROUP BY language ORDER BY people DESC, language
"""
COUNT_BLOCKED = """
    SELECT COUNT(*) AS people FROM participants WHERE registered_at IS NOT NULL AND blocked_at IS NOT NULL
"""
REGISTERED_AT = "SELECT registered_at FROM participants WHERE registered_at IS NOT NULL ORDER BY registered_at"
NAMED = "SELECT name FROM participants WHERE id = :person"


def get(tx: Transaction, person: int) -> Participant | None:
    row = tx.row(GET, person=person)
    return None if row is None else record(row)


def consent(tx: Transaction, person: int, language: str, lead_minutes: int, now: int) -> None:
    """Open the person's row; a second consent changes nothing."""
    tx.run(CONSENT, person=person, language=language, lead=lead_minutes, now=now)


def set_name(tx: Transaction, person: int, name: str) -> None:
    tx.run(SET_NAME, person=person, name=name)


def set_delegation(tx: Transaction, person: int, delegation: str) -> None:
    if tx.run(SET_DELEGATION, person=person, delegation=delegation):
        tx.run(CHANGE_SIDE, person=person, delegation=delegation)


def set_organization(tx: Transaction, person: int, organization: str | None) -> None:
    tx.run(SET_ORGANIZATION, person=person, organization=organization)


def set_language(tx: Transaction, person: int, language: str) -> None:
    tx.notify(boards.CHANNEL)
    tx.run(SET_LANGUAGE, person=person, language=language)


def set_lead(tx: Transaction, person: int, minutes: int) -> None:
    """Minutes before a session at which its reminder comes; 0 is never."""
    tx.run(SET_LEAD, person=person, minutes=minutes)


def set_muted(tx: Transaction, person: int, muted: bool) -> None:
    tx.run(SET_MUTED, person=person, muted=int(muted))


def set_quiet(tx: Transaction, person: int, quiet: str) -> None:
    tx.run(SET_QUIET, person=person, quiet=quiet)


def arrive(tx: Transaction, person: int, now: int) -> None:
    """The person is here; the first time counts."""
    tx.notify(boards.CHANNEL)
    tx.run(ARRIVE, person=person, now=now)


def register(tx: Transaction, person: int, now: int) -> None:
    tx.notify(boards.CHANNEL)
    tx.run(REGISTER, person=person, now=now)


def block(tx: Transaction, person: int, now: int) -> None:
    """Mark that the person blocked the bot: nothing is sent to them until they come back."""
    tx.run(BLOCK, person=person, now=now)


def unblock(tx: Transaction, person: int) -> None:
    tx.notify(announcement_screens.CHANNEL)  # theirs have stood still meanwhile
    tx.run(UNBLOCK, person=person)


def delete(tx: Transaction, person: int) -> None:
    tx.notify(boards.CHANNEL)
    tx.run(DELETE, person=person)


def name_of(tx: Transaction, person: int | None) -> str:
    """ "" for nobody, and for anyone who is not there or has no name yet."""
    return "" if person is None else tx.value(NAMED, person=person) or ""


def count_by_delegation(tx: Transaction) -> list[tuple[str | None, int]]:
    return [(row["delegation"], row["people"]) for row in tx.rows(COUNT_BY_DELEGATION)]


def count_by_language(tx: Transaction) -> list[tuple[str, int]]:
    return [(row["language"], row["people"]) for row in tx.rows(COUNT_BY_LANGUAGE)]


def registered_at(tx: Transaction) -> list[int]:
    """When people registered, the first first, without saying who."""
    return [row["registered_at"] for row in tx.rows(REGISTERED_AT)]


def count_blocked(tx: Transaction) -> int:
    return int(tx.value(COUNT_BLOCKED))
