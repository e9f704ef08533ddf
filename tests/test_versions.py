"""The version that holds: every instance follows, older ones can be asked for, and no search waits for an index."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from bot.programme.current import CurrentProgramme
from bot.programme.load import load_file
from bot.programme.model import Programme, Text
from bot.versions import Versions
from storage import bookmarks, programmes
from storage.database import Database, open_database
from tests.conftest import PROGRAMME
from tests.postgres import forum


def renamed(programme: Programme, words: str) -> Programme:
    first, *others = programme.sessions
    return replace(programme, sessions=(replace(first, title=Text(words)), *others))


@asynccontextmanager
async def following(url: str, programme: Programme, told: asyncio.Event) -> AsyncIterator[tuple[Database, Versions]]:
    db = await open_database(url)
    versions = Versions(db, CurrentProgramme(programme, 1))
    versions.follow(told.set)
    db.listen(programmes.CHANNEL, versions.wake)
    running = asyncio.create_task(versions.run())
    try:
        yield db, versions
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await db.close()


async def publish(db: Database, programme: Programme) -> int:
    return await db.write(programmes.publish, programme.to_document(), source="x", published_by=None, now=1)


async def test_another_instance_follows(postgres_template: str) -> None:
    with forum(postgres_template) as url:
        await two_instances(url)


async def two_instances(url: str) -> None:
    programme = load_file(PROGRAMME)
    first, second = asyncio.Event(), asyncio.Event()
    async with following(url, programme, first) as (db, _), following(url, programme, second) as (_, there):
        await publish(db, programme)
        number = await publish(db, renamed(programme, "Новое"))
        async with asyncio.timeout(20):
            await asyncio.gather(first.wait(), second.wait())
        assert await there.refresh() == number
        newest = await there.get(number)
        assert newest.sessions[0].title == Text("Новое")
        assert (await there.get(1)).sessions[0].title == programme.sessions[0].title


async def test_older_versions_are_read_again_when_they_are_not_kept(tmp_path: Path) -> None:
    programme = load_file(PROGRAMME)
    async with following(str(tmp_path / "forum.db"), programme, asyncio.Event()) as (db, versions):
        await publish(db, programme)
        for number in range(2, 14):
            assert await publish(db, renamed(programme, str(number))) == number
        assert await versions.refresh() == 13
        for number in (*range(2, 14), 2):
            assert (await versions.get(number)).sessions[0].title == Text(str(number))


async def test_what_a_version_says_waits_until_it_holds(tmp_path: Path) -> None:
    """The news of a publication is in the outbox with it, and may be taken from there before anybody has read it."""
    programme = load_file(PROGRAMME)
    db = await open_database(str(tmp_path / "forum.db"))
    current = CurrentProgramme(programme, 1)
    versions = Versions(db, current)
    db.listen(programmes.CHANNEL, versions.wake)
    try:
        await publish(db, programme)
        number = await publish(db, replace(programme, sessions=programme.sessions[1:]))
        await versions.settled()
        assert current.number == number
        assert current.programme.session(programme.sessions[0].code) is None
    finally:
        await db.close()


async def test_what_has_left_the_programme_is_known_beside_it(tmp_path: Path) -> None:
    programme = load_file(PROGRAMME)
    async with following(str(tmp_path / "forum.db"), programme, asyncio.Event()) as (db, versions):
        gone = programme.sessions[1]
        await publish(db, programme)
        await db.write(bookmarks.add, 1, gone.code, 1)
        fewer = replace(programme, sessions=tuple(one for one in programme.sessions if one is not gone))
        newest = await versions.get(await publish(db, fewer) and await versions.refresh())
        assert newest.known(gone.code) == gone
        assert newest.session(gone.code) is None
        # It is no part of what is stored or compared.
        assert newest == fewer
        assert newest.to_document() == fewer.to_document()
        again = await versions.get(await publish(db, programme) and await versions.refresh())
        assert again.session(gone.code) == gone
        assert again.gone == ()


def test_the_former_index_stands_in_until_the_new_one_is_made() -> None:
    programme = load_file(PROGRAMME)
    current = CurrentProgramme(programme, 1)
    current.warm_up()
    former = current.index
    current.replace(renamed(programme, "Жаңалық"), 2)
    assert current.index is former
    current.warm_up()
    assert current.index is not former
    assert next(hit.session.code for hit in current.index.find("жаңалық", "kk")) == programme.sessions[0].code
