"""Every step of an announcement is taken once, from the state it states, on both engines."""

from __future__ import annotations

import pytest

from storage import announced, announcement_parts, announcements, deliveries, forum_settings
from storage.announcement_parts import Part
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
    assert (held.state, held.confirmed_at) == (ASKED, moment)


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


CLAIM = '{"before": 1, "sessions": {}}'


async def test_one_of_a_version_is_found_whoever_made_it_and_made_again_once_it_was_dropped(tables: Database) -> None:
    made = await tables.write(announcements.draft_of_version, AUTHOR, 7, 1)
    again = await tables.write(announcements.draft_of_version, AUTHOR, 7, 2)
    assert (again.number, again.state) == (made.number, "draft")
    assert await tables.read(announcements.of_version, 8) is None
    found = await tables.read(announcements.of_version, 7)
    assert found is not None
    assert found.number == made.number
    assert await tables.write(announcements.drop, made.number)
    assert await tables.read(announcements.of_version, 7) is None
    other = await tables.write(announcements.draft_of_version, AUTHOR, 7, 3)
    assert other.number != made.number
    # Worded again by a later version, it is of that one too.
    await tables.write(announcement_parts.put, other.number, Part("ru", -9, "text", "x", place=CLAIM))
    found = await tables.read(announcements.of_version, 9)
    assert found is not None
    assert found.number == other.number


async def test_what_says_something_of_the_programme_is_found_until_it_is_deleted(tables: Database) -> None:
    number = await tables.write(put_forward, SCHEDULED)
    await tables.write(announcement_parts.put, number, Part("ru", 1, "location", place="43.3,68.2"))
    assert await tables.read(announcements.claiming) == []
    await tables.write(announcement_parts.put, number, Part("kk", -2, "text", "x", place=CLAIM))
    assert [one.number for one in await tables.read(announcements.claiming)] == [number]
    await tables.write(announcements.start, number, recipients=1, now=3)
    await tables.write(announcements.withdraw, number, 4)
    assert await tables.read(announcements.claiming) == []


async def test_an_announcement_keeps_a_minute_from_the_notice_of_the_same_person(tables: Database) -> None:
    people = {"waits": 11, "just told": 12, "told long ago": 13, "not told": 14, "dropped": 15, "would be late": 16}

    def write(tx: Transaction) -> None:
        for person in people.values():
            until = 170 if person == people["would be late"] else None
            deliveries.put(
                tx, "announcement", thing="1", recipients=[person], lane=3, due_at=100, valid_until=until, now=100
            )
        for person in (11, 12, 13, 15, 16):
            deliveries.put(tx, "change", thing="1:2", recipients=[person], lane=2, due_at=130, now=100)
        for state, done, person in (("sent", 90, 12), ("sent", 30, 13), ("dropped", 95, 15)):
            tx.run(FATE, state=state, done=done, person=person)
        announced.put_off(tx, "1", behind="change", seconds=60, now=100)

    await tables.write(write)
    rows = await tables.read(lambda tx: list(tx.rows(DUE)))
    due = {row["recipient"]: row["due_at"] for row in rows}
    assert {who: due[person] for who, person in people.items()} == {
        "waits": 190,
        "just told": 150,
        "told long ago": 100,
        "not told": 100,
        "dropped": 100,
        "would be late": 100,
    }


FATE = "UPDATE deliveries SET state = :state, done_at = :done WHERE kind = 'change' AND recipient = :person"
DUE = "SELECT recipient, due_at FROM deliveries WHERE kind = 'announcement'"


async def test_from_whom_it_is_is_a_draft_s_to_change_and_begins_as_it_is_told(tables: Database) -> None:
    def choose(tx: Transaction) -> tuple[str, bool, bool, str]:
        number = announcements.draft(tx, AUTHOR, 10, "Lunch", 1, said_by='"From: us"').number
        again = announcements.draft(tx, AUTHOR, 10, "Lunch", 1, said_by='"other"')
        changed = announcements.set_said_by(tx, number, '"From: them"')
        announcements.confirm(tx, number, state=SCHEDULED, chat=AUTHOR, message=None, now=2)
        late = announcements.set_said_by(tx, number, "")
        kept = announcements.get(tx, number)
        assert kept is not None
        return again.said_by, changed, late, kept.said_by

    assert await tables.write(choose) == ('"From: us"', True, False, '"From: them"')


async def test_a_setting_of_the_forum_is_the_last_that_was_put(tables: Database) -> None:
    def put(tx: Transaction) -> list[str | None]:
        found = [forum_settings.get(tx, "line")]
        for value in ("one", "two"):
            forum_settings.put(tx, "line", value)
            found.append(forum_settings.get(tx, "line"))
        return [*found, forum_settings.get_or_set(tx, "line", "three")]

    assert await tables.write(put) == [None, "one", "two", "two"]
