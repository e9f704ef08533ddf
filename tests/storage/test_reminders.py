"""The waves of reminders in the ledger, on both engines."""

from __future__ import annotations

from storage import bookmarks, leases, participants, reminders
from storage.database import Database, Transaction
from storage.deliveries import LANE_REMINDER

START, BEGINS, SECONDS = 10_000, 9_000, 50
DUE = "SELECT thing, recipient, due_at, valid_until FROM deliveries ORDER BY lane, due_at, id"


def attend(tx: Transaction, people: range, session: str, lead: int = 10) -> None:
    for person in people:
        participants.consent(tx, person, "kk", lead, 1)
        participants.register(tx, person, 1)
        bookmarks.add(tx, person, session, 1)


def enqueue(tx: Transaction, session: str, now: int, lead: int = 10) -> int:
    return reminders.enqueue(
        tx,
        "reminder",
        thing=f"{session}@{START}",
        session=session,
        start=START,
        lead=lead,
        due=range(BEGINS, BEGINS + SECONDS),
        now=now,
    )


def due(tx: Transaction) -> list[tuple[str, int, int, int]]:
    return [(row["thing"], row["recipient"], row["due_at"], row["valid_until"]) for row in tx.rows(DUE)]


async def test_a_wave_is_spread_evenly_over_its_time(tables: Database) -> None:
    await tables.write(attend, range(1, 101), "opening")
    assert await tables.read(reminders.count_by_lead, "opening") == {10: 100}
    assert await tables.write(enqueue, "opening", BEGINS - 5) == 100
    moments = [moment for _, _, moment, _ in await tables.read(due)]
    assert moments == [BEGINS + number // 2 for number in range(100)]
    assert {until for _, _, _, until in await tables.read(due)} == {START}
    assert await tables.write(enqueue, "opening", BEGINS - 5) == 0


async def test_two_sessions_in_the_same_time_take_turns(tables: Database) -> None:
    await tables.write(attend, range(1, 51), "opening")
    await tables.write(attend, range(101, 151), "panel")
    for session in ("opening", "panel"):
        await tables.write(enqueue, session, BEGINS)
    things = [thing for thing, _, _, _ in await tables.read(due)]
    assert things == [f"opening@{START}", f"panel@{START}"] * 50


async def test_after_an_outage_they_take_turns_as_they_would_have_before(tables: Database) -> None:
    await tables.write(attend, range(1, 51), "opening")
    await tables.write(attend, range(101, 151), "panel")
    late = BEGINS + 10 * SECONDS
    for session in ("opening", "panel"):
        await tables.write(enqueue, session, late)
    first = await tables.write(leases.claim, "a", now=late, until=late + 60, limit=20, lane=LANE_REMINDER)
    assert [one.thing for one in first] == [f"opening@{START}", f"panel@{START}"] * 10


async def test_who_comes_late_is_due_at_once_and_other_leads_are_not_meant(tables: Database) -> None:
    await tables.write(attend, range(1, 3), "opening")
    await tables.write(attend, range(3, 4), "opening", 30)
    await tables.write(attend, range(4, 5), "opening", 0)
    assert await tables.read(reminders.count_by_lead, "opening") == {10: 2, 30: 1}
    assert await tables.write(enqueue, "opening", BEGINS + 40) == 2
    assert [(person, moment) for _, person, moment, _ in await tables.read(due)] == [
        (1, BEGINS),
        (2, BEGINS + SECONDS // 2),
    ]
