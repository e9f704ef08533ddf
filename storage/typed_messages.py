"""What people's typed messages have become: an edit of one of them finds it here."""

from __future__ import annotations

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import columns, reader, values


@dataclass(frozen=True, slots=True)
class TypedMessage:
    """`message` of the person's own chat. `kind` and `thing` are as bot.actions.became writes them, `seen` is the
    fingerprint of the content that was dealt with last. `at` is in epoch seconds."""

    person: int
    message: int
    kind: str
    thing: str
    seen: str
    at: int


record = reader(TypedMessage)

TYPED = f"SELECT {columns(TypedMessage)} FROM typed_messages "
GET = TYPED + "WHERE person = :person AND message = :message"
OF_PERSON = TYPED + "WHERE person = :person ORDER BY message"
# Nobody without a row of their own has anything kept of them.
PUT = f"""
    INSERT INTO typed_messages ({columns(TypedMessage)})
    SELECT CAST(:person AS BIGINT), CAST(:message AS BIGINT), :kind, :thing, :seen, CAST(:at AS BIGINT)
    FROM participants WHERE id = :person
    ON CONFLICT (person, message) DO UPDATE
    SET kind = excluded.kind, thing = excluded.thing, seen = excluded.seen, at = excluded.at
"""
TURN = "UPDATE typed_messages SET kind = :becomes, thing = :thing WHERE person = :person AND message = :message"
SEE = "UPDATE typed_messages SET seen = :seen WHERE person = :person AND message = :message"
DROP_OLD = "DELETE FROM typed_messages WHERE person = :person AND at < :before"
FORGET = "DELETE FROM typed_messages WHERE person = :person"


def get(tx: Transaction, person: int, message: int) -> TypedMessage | None:
    row = tx.row(GET, person=person, message=message)
    return None if row is None else record(row)


def of_person(tx: Transaction, person: int) -> list[TypedMessage]:
    return [record(row) for row in tx.rows(OF_PERSON, person=person)]


def put(tx: Transaction, typed: TypedMessage) -> None:
    """Remember it, or what it is now."""
    tx.run(PUT, **values(typed))


def turn(tx: Transaction, person: int, message: int, *, becomes: str, thing: str) -> None:
    """A message that is remembered has become something else; one that is not stays unknown."""
    tx.run(TURN, person=person, message=message, becomes=becomes, thing=thing)


def see(tx: Transaction, person: int, message: int, seen: str) -> None:
    """This content of it was dealt with."""
    tx.run(SEE, person=person, message=message, seen=seen)


def drop_old(tx: Transaction, person: int, before: int) -> None:
    """Forget those of the person that were typed earlier."""
    tx.run(DROP_OLD, person=person, before=before)


def forget(tx: Transaction, person: int) -> None:
    tx.run(FORGET, person=person)
