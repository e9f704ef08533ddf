"""Every step of an announcement is taken once, from the state it states, on both engines."""

from __future__ import annotations

import pytest

from storage import announcements
from storage.announcements import ASKED, SCHEDULED
from storage.database import Database, Transaction

AUTHOR, SECOND = 1, 2


def put_forward(tx: Transaction, state: str) -> int:
    number = announcements.draft(tx, AUTHOR, 10, "Lunch", 1).number
    announcements.confirm(tx, number, state=state, chat=AUTHOR, message=None, now=2)
    return number


async def test_only_what_was_put_forward_is_approved_and_once(tables: Database) -> None:
    number = await tables.write(put_forward, ASKED)
    assert await tables.write(announcements.approve, number, SECOND)
    assert not await tables.write(announcements.approve, number, AUTHOR)
    approved = await tables.read(announcements.get, number)
    assert approved is not None
    assert (approved.state, approved.approved_by) == (SCHEDULED, SECOND)


async def test_what_goes_its_way_or_was_taken_back_cannot_be_approved(tables: Database) -> None:
    number = await tables.write(put_forward, SCHEDULED)
    assert not await tables.write(announcements.approve, number, SECOND)
    assert await tables.write(announcements.back, number)
    assert not await tables.write(announcements.approve, number, SECOND)
    assert not await tables.write(announcements.start, number, recipients=5, now=3)
    taken_back = await tables.read(announcements.get, number)
    assert taken_back is not None
    assert (taken_back.state, taken_back.approved_by, taken_back.started_at) == ("draft", None, None)


async def test_nobody_s_draft_only_is_erased(tables: Database) -> None:
    number = await tables.write(put_forward, SCHEDULED)
    await tables.write(announcements.erase, number)
    await tables.write(announcements.forget, AUTHOR)
    await tables.write(announcements.erase, number)
    assert await tables.read(announcements.get, number) is not None
    await tables.write(announcements.back, number)
    await tables.write(announcements.erase, number)
    assert await tables.read(announcements.get, number) is None


@pytest.mark.parametrize(("state", "moment"), [(SCHEDULED, 3), (ASKED, 2)])
async def test_held_back_it_waits_to_be_approved_as_of_when_it_was_put_forward(
    tables: Database, state: str, moment: int
) -> None:
    number = await tables.write(put_forward, state)
    assert await tables.write(announcements.hold, number, 3)
    held = await tables.read(announcements.get, number)
    assert held is not None
    assert (held.state, held.confirmed_at, held.report_chat) == (ASKED, moment, None)


async def test_what_has_begun_is_not_held_back(tables: Database) -> None:
    number = await tables.write(put_forward, SCHEDULED)
    await tables.write(announcements.start, number, recipients=5, now=3)
    assert not await tables.write(announcements.hold, number, 4)


async def test_what_is_adopted_is_no_answer_to_a_message_of_the_new_author_s(tables: Database) -> None:
    number = await tables.write(put_forward, SCHEDULED)
    own = await tables.write(announcements.draft, SECOND, 10, "Tea", 1)
    await tables.write(announcements.adopt, number, SECOND)
    assert await tables.read(announcements.of_author, AUTHOR) == []
    assert {one.number for one in await tables.read(announcements.of_author, SECOND)} == {number, own.number}
    assert await tables.write(announcements.draft, SECOND, 10, "Tea", 1) == own
