"""The watched address on both engines: one looks, and what the look came to stays with that address."""

from __future__ import annotations

import asyncio

from storage import programme_watches as watches
from storage.database import Database
from storage.programme_watches import Watch

ADDRESS = "https://example.org/schedule.json"


async def watch(database: Database) -> Watch:
    found = await database.read(watches.get)
    assert found is not None
    return found


async def test_of_two_who_look_at_once_one_does(tables: Database) -> None:
    await tables.write(watches.put, ADDRESS, mark='"1"', digest="d1", taken={"days": []}, set_by=7, now=100)
    seen = await watch(tables)
    assert sorted(await asyncio.gather(*(tables.write(watches.claim, seen, 700) for _ in range(3)))) == [
        False,
        False,
        True,
    ]
    assert (await watch(tables)).checked_at == 700
    assert await tables.write(watches.ask)
    asked = await watch(tables)
    assert asked.checked_at is None
    assert await tables.write(watches.claim, asked, 700)
    assert not await tables.write(watches.claim, asked, 701)


async def test_a_fault_is_counted_until_all_is_well(tables: Database) -> None:
    await tables.write(watches.put, ADDRESS, mark="", digest="d1", taken={"days": [1]}, set_by=7, now=100)
    for told in (False, True):
        await tables.write(watches.fail, ADDRESS, {"key": "watch.status", "fields": {"status": 500}}, told)
    found = await watch(tables)
    assert (found.failures, found.told, found.fault) == (2, True, {"key": "watch.status", "fields": {"status": 500}})
    await tables.write(watches.take, ADDRESS, mark='"2"', digest="d2", taken={"days": [2]}, now=800)
    await tables.write(watches.well, ADDRESS, '"2"')
    found = await watch(tables)
    assert (found.failures, found.told, found.fault, found.mark, found.digest) == (0, False, None, '"2"', "d2")
    assert (found.taken_at, found.set_at) == (800, 100)
    assert await tables.read(watches.document, ADDRESS) == {"days": [2]}


async def test_another_address_takes_the_place_of_the_first(tables: Database) -> None:
    await tables.write(watches.put, ADDRESS, mark="", digest="d1", taken={}, set_by=7, now=100)
    seen = await watch(tables)
    await tables.write(watches.put, "https://example.net/", mark="", digest="d2", taken={}, set_by=8, now=200)
    assert not await tables.write(watches.claim, seen, 300)
    await tables.write(watches.fail, ADDRESS, {"key": "watch.redirects", "fields": {}}, True)
    assert (await watch(tables)).fault is None
    assert await tables.read(watches.document, ADDRESS) is None
    assert await tables.read(watches.set_by, 7) == []
    assert await tables.read(watches.set_by, 8) == [("https://example.net/", 200)]
    await tables.write(watches.forget, 8)
    assert await tables.read(watches.set_by, 8) == []
    assert await tables.write(watches.end)
    assert await tables.read(watches.get) is None
    assert not await tables.write(watches.end)
    assert not await tables.write(watches.ask)
