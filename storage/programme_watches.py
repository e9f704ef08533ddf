"""The one address from which the programme is watched, what was taken from it last, and how looking at it goes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storage import boards
from storage.database import Transaction
from storage.programmes import packed
from storage.records import columns, reader

CHANNEL = "programme_watches"  # notified when there is something to look at at once


@dataclass(frozen=True, slots=True)
class Watch:
    """`mark` is what the server called the version taken last (its ETag, or Last-Modified), "" when it called it
    nothing; `digest` that of its bytes.

    `fault` is None while all is well; else what the last look met, as a text key with fields. `failures` is how many
    looks in a row met one, `told` whether organizers know of it. Times are epoch seconds; `checked_at` is None when it
    is to be looked at at once.
    """

    address: str
    mark: str
    digest: str
    fault: dict[str, Any] | None
    failures: int
    told: bool
    taken_at: int
    checked_at: int | None
    set_at: int


record = reader(Watch, fault=lambda text: json.loads(text) if text else None, told=bool)

GET = f"SELECT {columns(Watch)} FROM programme_watches"
DOCUMENT = "SELECT document FROM programme_watches WHERE address = :address"
SET = """
    INSERT INTO programme_watches (address, mark, digest, document, taken_at, checked_at, set_by, set_at)
    VALUES (:address, :mark, :digest, :document, :now, :now, :set_by, :now)
"""
END = "DELETE FROM programme_watches"
# The database decides which instance looks: the second of two finds another moment.
CLAIM = """
    UPDATE programme_watches SET checked_at = :now
    WHERE address = :address AND COALESCE(checked_at, -1) = CAST(:seen AS BIGINT)
"""
ASK = "UPDATE programme_watches SET checked_at = NULL"
TAKE = """
    UPDATE programme_watches SET mark = :mark, digest = :digest, document = :document, taken_at = :now
    WHERE address = :address
"""
WELL = """
    UPDATE programme_watches SET mark = :mark, fault = '', failures = 0, told = 0 WHERE address = :address
"""
FAIL = """
    UPDATE programme_watches SET fault = :fault, failures = failures + 1, told = :told
    WHERE address = :address
"""
OF_PERSON = "SELECT address, set_at FROM programme_watches WHERE set_by = :person"
FORGET = "UPDATE programme_watches SET set_by = NULL WHERE set_by = :person"


def get(tx: Transaction) -> Watch | None:
    row = tx.row(GET)
    return None if row is None else record(row)


def document(tx: Transaction, address: str) -> dict[str, Any] | None:
    """The programme that was taken last, as plain JSON data; None when the address is not watched any more."""
    text = tx.value(DOCUMENT, address=address)
    return None if text is None else dict(json.loads(text))


def put(tx: Transaction, address: str, *, mark: str, digest: str, taken: dict[str, Any], set_by: int, now: int) -> None:
    """Watch this address, and no other, from the version that was just taken."""
    tx.run(END)
    tx.run(SET, address=address, mark=mark, digest=digest, document=packed(taken), set_by=set_by, now=now)
    tx.notify(CHANNEL)


def end(tx: Transaction) -> bool:
    """Watch nothing any more. False when nothing was watched."""
    tx.notify(boards.CHANNEL)
    return tx.run(END) > 0


def claim(tx: Transaction, watch: Watch, now: int) -> bool:
    """Become the instance that looks now. False when another was first, or the address is another."""
    seen = -1 if watch.checked_at is None else watch.checked_at
    return tx.run(CLAIM, address=watch.address, seen=seen, now=now) == 1


def ask(tx: Transaction) -> bool:
    """Let it be looked at at once. False when nothing is watched."""
    tx.notify(CHANNEL)
    return tx.run(ASK) > 0


def take(tx: Transaction, address: str, *, mark: str, digest: str, taken: dict[str, Any], now: int) -> None:
    tx.run(TAKE, address=address, mark=mark, digest=digest, document=packed(taken), now=now)


def well(tx: Transaction, address: str, mark: str) -> None:
    """The last look went well."""
    tx.notify(boards.CHANNEL)
    tx.run(WELL, address=address, mark=mark)


def fail(tx: Transaction, address: str, fault: Mapping[str, Any], told: bool) -> None:
    """The last look met a fault."""
    tx.notify(boards.CHANNEL)
    tx.run(FAIL, address=address, fault=packed(fault), told=int(told))


def set_by(tx: Transaction, person: int) -> list[tuple[str, int]]:
    """The address the person set, as (address, epoch seconds)."""
    return [(row["address"], row["set_at"]) for row in tx.rows(OF_PERSON, person=person)]


def forget(tx: Transaction, person: int) -> None:
    tx.run(FORGET, person=person)
