"""Marks of what really happens, on both engines: of two at once one counts."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from storage import session_runs
from storage.database import Database
from storage.session_runs import SessionRun

NOW = 1_795_000_000


async def test_marks_are_made_over_what_was_seen_only(tables: Database) -> None:
    assert await tables.read(session_runs.everything) == []
    begun = SessionRun("opening", started_at=NOW)
    assert await tables.write(session_runs.put, begun, 1, NOW)
    assert not await tables.write(session_runs.put, replace(begun, started_at=NOW + 5), 2, NOW + 5)
    [found] = await tables.read(session_runs.everything)
    assert found == SessionRun("opening", started_at=NOW, revision=1)
    assert await tables.write(session_runs.put, replace(found, ends_at=NOW + 600), 2, NOW + 5)
    assert await tables.write(session_runs.put, SessionRun("opening", revision=2), 1, NOW + 6)
    # What was taken back is not what nobody has marked: an old button does not bring it again.
    assert not await tables.write(session_runs.put, begun, 1, NOW)
    assert await tables.read(session_runs.everything) == [SessionRun("opening", revision=3)]


async def test_of_many_who_mark_at_once_one_does(tables: Database) -> None:
    marks = [SessionRun("opening", started_at=NOW + second) for second in range(20)]
    made = await asyncio.gather(*(tables.write(session_runs.put, mark, 1, NOW) for mark in marks))
    assert made.count(True) == 1
    assert [one.started_at for one in await tables.read(session_runs.everything)] == [NOW + made.index(True)]


async def test_the_marks_outlive_who_made_them(tables: Database) -> None:
    await tables.write(session_runs.put, SessionRun("opening", started_at=NOW), 1, NOW)
    await tables.write(session_runs.put, SessionRun("awards", started_at=NOW), 2, NOW)
    assert await tables.read(session_runs.marked_by, 1) == [("opening", NOW)]
    await tables.write(session_runs.forget, 1)
    assert await tables.read(session_runs.marked_by, 1) == []
    assert [one.session for one in await tables.read(session_runs.everything)] == ["awards", "opening"]


async def test_who_listens_hears_of_a_mark(tables: Database) -> None:
    heard = asyncio.Event()
    tables.listen(session_runs.CHANNEL, heard.set)
    await tables.write(session_runs.put, SessionRun("opening", started_at=NOW), 1, NOW)
    async with asyncio.timeout(10):
        await heard.wait()
