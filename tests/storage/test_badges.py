"""Badges on both engines: a code for everybody, used once, and who is on no sheet yet."""

from __future__ import annotations

import asyncio

import pytest

from storage import badges, participants, presence
from storage.database import Database, Transaction
from storage.presence import Attendance

PEOPLE = {1: "north", 2: "north", 3: "south", 4: None}


@pytest.fixture
async def database(tables: Database) -> Database:
    await tables.write(people)
    return tables


def people(tx: Transaction) -> None:
    for person, delegation in PEOPLE.items():
        participants.consent(tx, person, "kk", 10, 1)
        participants.set_name(tx, person, f"Name {person}")
        if delegation:
            participants.set_delegation(tx, person, delegation)
        participants.register(tx, person, 1)
    participants.consent(tx, 77, "kk", 10, 1)  # never finished the registration


async def test_a_code_stays_until_it_is_renewed(database: Database) -> None:
    await database.write(badges.make, [(1, "a"), (2, "b")], 10)
    await database.write(badges.make, [(1, "other"), (3, "c")], 20)
    assert [(one.person, one.code) for one in await database.read(badges.holders, 0, "", False)] == [
        (1, "a"),
        (2, "b"),
        (3, "c"),
        (4, ""),
    ]
    await database.write(badges.use, 1, by=9, now=30)
    await database.write(badges.printed, ["a", "b", "gone"], 40)
    await database.write(badges.renew, 1, "z", 50)
    assert await database.read(badges.by_code, "a") is None
    renewed = await database.read(badges.by_code, "z")
    assert renewed == badges.Badge(1, "z", 50, None, 30, 9)  # to be printed again; let in they are


async def test_who_is_on_no_sheet_yet(database: Database) -> None:
    assert await database.read(badges.count_unprinted) == 4
    await database.write(badges.make, [(person, f"c{person}") for person in PEOPLE], 10)
    assert await database.read(badges.count_unprinted) == 4
    await database.write(badges.printed, ["c1", "c3"], 20)
    assert await database.read(badges.count_unprinted) == 2
    assert [one.person for one in await database.read(badges.holders, 0, "", True)] == [2, 4]
    assert [one.person for one in await database.read(badges.holders, 0, "north", True)] == [2]
    assert [one.person for one in await database.read(badges.holders, 0, "north", False)] == [1, 2]
    assert [one.person for one in await database.read(badges.holders, 3, "", False)] == [3]
    assert await database.read(badges.holders, 77, "", False) == []


async def test_of_many_who_scan_at_once_one_lets_in(database: Database) -> None:
    await database.write(badges.make, [(1, "a")], 10)
    won = await asyncio.gather(*(database.write(badges.use, 1, by=by, now=20 + by) for by in range(10)))
    assert sum(won) == 1
    used = await database.read(badges.get, 1)
    assert used is not None
    assert used.used_at == 20 + won.index(True)
    assert used.used_by == won.index(True)
    assert not await database.write(badges.free, 1, 19)
    assert used.used_at is not None
    assert await database.write(badges.free, 1, used.used_at)
    assert not await database.write(badges.free, 1, used.used_at)
    assert not await database.write(badges.use, 2, by=9, now=30)  # who has no badge


async def test_here_and_gone_by_delegation(database: Database) -> None:
    for person in (1, 3, 4, 77):
        await database.write(participants.arrive, person, 20)
    groups = await database.read(presence.by_delegation)
    assert groups == {"north": Attendance(1, 2), "south": Attendance(1, 1), "": Attendance(1, 1)}
    assert await database.read(presence.total) == Attendance(3, 4)
    await database.write(presence.leave, 1, 19)  # came at another moment
    assert (await database.read(presence.by_delegation))["north"] == Attendance(1, 2)
    await database.write(presence.leave, 1, 20)
    assert (await database.read(presence.by_delegation))["north"] == Attendance(0, 2)
    assert [one.person for one in await database.read(presence.names)] == [1, 2, 3, 4]


async def test_forgetting_takes_the_badge_and_the_name_of_who_let_in(database: Database) -> None:
    await database.write(badges.make, [(1, "a"), (2, "b")], 10)
    await database.write(badges.use, 1, by=2, now=20)
    assert await database.read(badges.let_in_by, 2) == [20]
    await database.write(badges.forget, 2)
    assert await database.read(badges.get, 2) is None
    assert await database.read(badges.get, 1) == badges.Badge(1, "a", 10, None, 20, None)
