"""The order of a session's questions, on both engines."""

from __future__ import annotations

import pytest

from storage import claims, lines, participants, questions, votes
from storage.database import Database, Transaction

# person: delegation
PEOPLE = {1: "astana", 2: "astana", 3: "shymkent", 4: "shymkent", 5: "astana"}
# number: author, anonymous, votes, state
ASKED = {
    1: (1, False, 3, "approved"),
    2: (1, False, 9, "approved"),
    3: (3, False, 1, "approved"),
    4: (2, True, 5, "approved"),
    5: (4, False, 0, "approved"),
    6: (5, False, 7, "approved"),
    7: (5, True, 0, "asked"),
    8: (3, False, 0, "pending"),
    9: (1, True, 0, "pending"),
}


def fill(tx: Transaction) -> None:
    for person, delegation in PEOPLE.items():
        participants.consent(tx, person, "kk", 1, 30)
        participants.set_delegation(tx, person, delegation)
    for number, (author, anonymous, voices, state) in ASKED.items():
        asked = questions.ask(
            tx,
            "opening",
            author=author,
            message=number,
            anonymous=anonymous,
            language="kk",
            text=f"Сұрақ {number}",
            now=number,
        )
        assert asked == number
        if state != "pending":
            questions.decide(tx, number, expected="pending", state="approved", moderator=9, now=1)
        for person in range(100, 100 + voices):
            votes.vote(tx, number, person=person, now=1)
        if state == "asked":
            questions.decide(tx, number, expected="approved", state="asked", moderator=9, now=1)
    questions.ask(tx, "elsewhere", author=2, message=99, anonymous=False, language="kk", text="Басқа жерде", now=1)


@pytest.fixture
async def database(tables: Database) -> Database:
    await tables.write(fill)
    return tables


async def ready(database: Database, sorting: str, limit: int = 100, offset: int = 0) -> list[int]:
    return [one.number for one in await database.read(questions.ready, "opening", sorting, limit, offset)]


async def put_off(database: Database, number: int, now: int) -> None:
    question = await database.read(questions.get, number)
    assert question is not None
    assert await database.write(questions.postpone, number, read=question.revision, now=now)
    assert not await database.write(questions.postpone, number, read=question.revision, now=now)


ORDERS = {
    lines.BY_VOTES: [2, 6, 4, 1, 3, 5],
    lines.BY_TIME: [1, 2, 3, 4, 5, 6],
    # 6 is a newcomer although its author was heard anonymously: nobody is to learn that they were. 2 is its author's
    # second, and 4 is nobody's.
    lines.FIRST_TIMERS: [6, 1, 3, 5, 2, 4],
    # Astana 2, 6, 1; Shymkent 3, 5; the anonymous were heard once already.
    lines.BY_DELEGATION: [2, 3, 6, 4, 5, 1],
}


@pytest.mark.parametrize("sorting", lines.SORTINGS)
async def test_a_line_goes_by_its_order_and_in_pages(database: Database, sorting: str) -> None:
    assert await ready(database, sorting) == ORDERS[sorting]
    assert await ready(database, sorting, 2, 3) == ORDERS[sorting][3:5]
    shown = await database.read(questions.ready, "opening", sorting, 6)
    assert {one.number: one.votes for one in shown} == {one: ASKED[one][2] for one in ORDERS[sorting]}


@pytest.mark.parametrize("sorting", lines.SORTINGS)
async def test_what_was_put_off_comes_last_and_what_was_skipped_not_at_all(database: Database, sorting: str) -> None:
    await put_off(database, 6, 20)
    await put_off(database, 1, 10)
    assert await database.write(questions.skip, 3, 2)
    found = await ready(database, sorting)
    assert found[-2:] == [1, 6]
    assert 3 not in found
    assert [one.number for one in await database.read(questions.skipped, "opening")] == [3]
    assert await database.read(questions.count_ready, "opening") == 5
    for number, revision in ((6, 3), (1, 3), (3, 3)):
        assert await database.write(questions.put_back, number, revision)
    assert await ready(database, sorting) == ORDERS[sorting]


async def test_whoever_was_heard_has_had_the_turn_of_their_delegation(database: Database) -> None:
    """Otherwise the first of the line, once asked, would make room for the next of the same delegation."""
    heard = []
    for _ in range(6):
        number = (await ready(database, lines.BY_DELEGATION, 1))[0]
        heard.append(number)
        await database.write(questions.decide, number, expected="approved", state="asked", moderator=9, now=1)
    assert heard == ORDERS[lines.BY_DELEGATION]


@pytest.mark.parametrize("sorting", lines.SORTINGS)
async def test_next_goes_through_the_line_and_begins_again(database: Database, sorting: str) -> None:
    found: list[int | None] = []
    for _ in range(7):
        after = (found or [0])[-1] or 0
        found.append(
            await database.read(questions.next_ready, "opening", sorting=sorting, after=after, moderator=9, now=1)
        )
    assert found == [*ORDERS[sorting], ORDERS[sorting][0]]


@pytest.mark.parametrize("sorting", lines.SORTINGS)
async def test_next_passes_over_what_others_hold(database: Database, sorting: str) -> None:
    first, second, *_ = ORDERS[sorting]
    assert await database.write(claims.take, first, moderator=8, now=1, until=121)
    assert await database.read(questions.next_ready, "opening", sorting=sorting, after=0, moderator=9, now=1) == second
    assert await database.read(questions.next_ready, "opening", sorting=sorting, after=0, moderator=8, now=1) == first
    assert await database.read(questions.next_ready, "opening", sorting=sorting, after=0, moderator=9, now=121) == first
    for number in (8, 9):
        assert await database.write(claims.take, number, moderator=8, now=1, until=121)
    assert await database.read(questions.next_waiting, "opening", sorting=sorting, after=0, moderator=9, now=1) is None


async def test_by_time_the_line_goes_on_where_a_question_has_left_it(database: Database) -> None:
    await put_off(database, 2, 10)
    await database.write(questions.decide, 4, expected="approved", state="declined", moderator=9, now=1)
    following = questions.next_ready
    assert await database.read(following, "opening", sorting=lines.BY_TIME, after=4, moderator=9, now=1) == 5
    assert await database.read(following, "opening", sorting=lines.BY_TIME, after=6, moderator=9, now=1) == 2
    assert await database.read(following, "opening", sorting=lines.BY_TIME, after=2, moderator=9, now=1) == 1


async def test_pending_ones_stand_by_time_unless_another_order_was_chosen(database: Database) -> None:
    assert [one.number for one in await database.read(questions.waiting, "opening", lines.BY_VOTES, 9)] == [8, 9]
    assert [one.number for one in await database.read(questions.waiting, "opening", lines.FIRST_TIMERS, 9)] == [8, 9]
    assert (
        await database.read(questions.next_waiting, "opening", sorting="what is this", after=8, moderator=9, now=1) == 9
    )
