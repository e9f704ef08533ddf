"""The codes on people's badges: whose they are, whether they are printed, who let them in and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from storage.database import Transaction
from storage.records import columns, or_empty, reader


@dataclass(frozen=True, slots=True)
class Badge:
    """Times are epoch seconds. `printed_at` is None for a code that was on no sheet yet, `used_at` until the person
    is let in, `used_by` also once who let them in was forgotten."""

    person: int
    code: str
    made_at: int
    printed_at: int | None
    used_at: int | None
    used_by: int | None


record = reader(Badge)


@dataclass(frozen=True, slots=True)
class Holder:
    """A registered person as a badge names them. `delegation` is a code or "", `code` "" until a badge is made."""

    person: int
    name: str
    organization: str
    delegation: str
    language: str
    code: str


holder_record = reader(Holder, organization=or_empty, delegation=or_empty, code=or_empty)

BADGE = f"SELECT {columns(Badge)} FROM badges "
GET = BADGE + "WHERE person = :person"
BY_CODE = BADGE + "WHERE code = :code"
MAKE = """
    INSERT INTO badges (person, code, made_at) VALUES (:person, :code, :now) ON CONFLICT (person) DO NOTHING
"""
# Whoever is let in stays in: only the code is another one.
RENEW = """
    INSERT INTO badges (person, code, made_at) VALUES (:person, :code, :now)
    ON CONFLICT (person) DO UPDATE SET code = excluded.code, made_at = excluded.made_at, printed_at = NULL
"""
# Of two who scan one badge at once, one touches the row.
USE = "UPDATE badges SET used_at = :now, used_by = :by WHERE person = :person AND used_at IS NULL"
FREE = "UPDATE badges SET used_at = NULL, used_by = NULL WHERE person = :person AND used_at = :used_at"
PRINTED = "UPDATE badges SET printed_at = :now WHERE code = :code"
HOLDERS = """
    SELECT people.id AS person, people.name, people.organization, people.delegation, people.language, badges.code
    FROM participants AS people LEFT JOIN badges ON badges.person = people.id
    WHERE people.registered_at IS NOT NULL
      AND (CAST(:person AS BIGINT) = 0 OR people.id = :person)
      AND (CAST(:delegation AS TEXT) = '' OR people.delegation = :delegation)
      AND (CAST(:unprinted AS BIGINT) = 0 OR badges.printed_at IS NULL)
    ORDER BY people.id
"""
COUNT_UNPRINTED = """
    SELECT COUNT(*) FROM participants AS people LEFT JOIN badges ON badges.person = people.id
    WHERE people.registered_at IS NOT NULL AND badges.printed_at IS NULL
"""
LET_IN_BY = "SELECT used_at FROM badges WHERE used_by = :person ORDER BY used_at"
DELETE = "DELETE FROM badges WHERE person = :person"
FORGET_USER = "UPDATE badges SET used_by = NULL WHERE used_by = :person"


def get(tx: Transaction, person: int) -> Badge | None:
    row = tx.row(GET, person=person)
    return None if row is None else record(row)


def by_code(tx: Transaction, code: str) -> Badge | None:
    row = tx.row(BY_CODE, code=code)
    return None if row is None else record(row)


def make(tx: Transaction, codes: Iterable[tuple[int, str]], now: int) -> None:
    """Give each (person, code) the code, unless the person has one."""
    tx.many(MAKE, [{"person": person, "code": code, "now": now} for person, code in codes])


def renew(tx: Transaction, person: int, code: str, now: int) -> None:
    """Give the person another code; the one before is nobody's from now on."""
    tx.run(RENEW, person=person, code=code, now=now)


def use(tx: Transaction, person: int, *, by: int, now: int) -> bool:
    """Let the person in. False when somebody has already, or they have no badge."""
    return tx.run(USE, person=person, by=by, now=now) == 1


def free(tx: Transaction, person: int, used_at: int) -> bool:
    """Take back that the person was let in at that moment. False when it was not so."""
    return tx.run(FREE, person=person, used_at=used_at) == 1


def printed(tx: Transaction, codes: Iterable[str], now: int) -> None:
    """These codes are on a sheet; one that was renewed meanwhile does not count."""
    tx.many(PRINTED, [{"code": code, "now": now} for code in codes])


def holders(tx: Transaction, person: int, delegation: str, unprinted: bool) -> list[Holder]:
    """Registered people: one (0: all), of one delegation ("": of all), only those `unprinted` or not."""
    rows = tx.rows(HOLDERS, person=person, delegation=delegation, unprinted=int(unprinted))
    return [holder_record(row) for row in rows]


def count_unprinted(tx: Transaction) -> int:
    """How many registered people are on no sheet yet, those with a new code among them."""
    return int(tx.value(COUNT_UNPRINTED))


def let_in_by(tx: Transaction, person: int) -> list[int]:
    """When the person let others in."""
    return [row["used_at"] for row in tx.rows(LET_IN_BY, person=person)]


def forget(tx: Transaction, person: int) -> None:
    tx.run(DELETE, person=person)
    tx.run(FORGET_USER, person=person)
