"""The draft's steps and its revision, on both engines."""

from __future__ import annotations

import asyncio

from storage import drafts, programmes
from storage.database import Database, Transaction

NOW = 1000


def step(tx: Transaction, revision: int, what: str, by: int | None = 7) -> bool:
    if not drafts.move_on(tx, revision):
        return False
    drafts.add(
        tx,
        what,
        detail={"session": "opening"},
        changes=[["sessions", "opening", "room", "a", None]],
        made_by=by,
        now=NOW,
    )
    return True


async def test_steps_come_back_in_their_order_as_they_were_made(tables: Database) -> None:
    assert await tables.read(drafts.revision) == 0
    assert await tables.write(step, 0, "move")
    assert await tables.write(step, 1, "watched", None)
    first, second = await tables.read(drafts.steps)
    assert (first.what, first.made_by, first.made_at, first.detail) == ("move", 7, NOW, {"session": "opening"})
    assert first.changes == [["sessions", "opening", "room", "a", None]]
    assert (second.what, second.made_by) == ("watched", None)
    assert await tables.read(drafts.of_person, 7) == [("move", NOW)]
    await tables.write(drafts.forget, 7)
    assert [one.made_by for one in await tables.read(drafts.steps)] == [None, None]


async def test_of_many_who_change_what_they_saw_one_does(tables: Database) -> None:
    done = await asyncio.gather(*(tables.write(step, 0, f"step {number}") for number in range(12)))
    assert done.count(True) == 1
    assert len(await tables.read(drafts.steps)) == 1
    assert await tables.read(drafts.revision) == 1


async def test_a_revision_never_comes_back(tables: Database) -> None:
    """Or the button of a step that was taken back would do something to the one after it."""
    assert await tables.write(step, 0, "shift")

    def undo(tx: Transaction) -> None:
        assert drafts.move_on(tx, 1)
        drafts.delete(tx, drafts.steps(tx)[-1].number)

    await tables.write(undo)
    assert await tables.read(drafts.revision) == 2
    assert not await tables.write(step, 1, "shift")
    assert await tables.write(step, 2, "shift")


async def test_versions_say_what_they_restore(tables: Database) -> None:
    first = await tables.write(programmes.publish, {"a": 1}, source="file.toml", published_by=None, now=NOW)
    second = await tables.write(programmes.publish, {"a": 2}, source="draft", published_by=7, now=NOW + 1)
    third = await tables.write(
        programmes.publish, {"a": 1}, source="draft", published_by=7, now=NOW + 2, restores=first
    )
    assert await tables.read(programmes.newest_number) == third
    kept = await tables.read(programmes.get, second)
    assert kept is not None
    assert (kept.document, kept.published_by, kept.restores) == ({"a": 2}, 7, None)
    newest = await tables.read(programmes.newest)
    assert newest is not None
    assert (newest.number, newest.restores) == (third, first)
    assert await tables.read(programmes.get, third + 1) is None
