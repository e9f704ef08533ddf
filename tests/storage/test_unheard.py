"""What is left of sessions that are over, and bringing carried questions back, on both engines."""

from __future__ import annotations

from dataclasses import replace

from bot.actions.moderation import carrying as moderation
from storage import audit, carrying, followers, merges, question_counts, questions, unheard
from storage.database import Database, Transaction
from storage.questions import APPROVED, CLOSED, NO_TIME, PENDING, Question
from storage.unheard import LeftOver


def asked(
    tx: Transaction,
    author: int,
    state: str = PENDING,
    session: str = "opening",
    message: int = 0,
    *,
    named: bool = True,
) -> int:
    message = message or author
    number = questions.ask(
        tx, session, author=author, message=message, anonymous=not named, language="ru", text="Когда?", now=1
    )
    assert number is not None
    if state != PENDING:
        questions.decide(tx, number, expected=PENDING, state=state, moderator=9, now=1)
    return number


def found(tx: Transaction, number: int) -> Question:
    question = questions.get(tx, number)
    assert question is not None
    return question


async def test_what_is_open_is_counted_by_session(tables: Database) -> None:
    for author, state in enumerate((PENDING, APPROVED, APPROVED, "asked", CLOSED), 1):
        await tables.write(asked, author, state)
    other = await tables.write(asked, 8, PENDING, "film")
    assert await tables.write(questions.skip, 3, 2)
    assert await tables.write(unheard.mark, 2, 50)
    assert await tables.read(unheard.of_session, "opening") == LeftOver("opening", 1, 2, 1, 1, 3)
    assert {one.session: one.all for one in await tables.read(unheard.by_session)} == {"opening": 3, "film": 1}
    assert await tables.read(unheard.of_session, "gone") == LeftOver("gone")
    assert await tables.read(unheard.numbers, "opening", 2) == [1, 2]
    assert await tables.read(unheard.untold, "opening", 9) == [1, 3]
    assert await tables.read(unheard.untold, "opening", 1) == [1]
    assert await tables.read(unheard.told, "opening", 9) == [(2, 50)]
    assert await tables.read(question_counts.by_state) == {PENDING: 2, APPROVED: 1, NO_TIME: 1, "asked": 1, CLOSED: 1}
    counts = await tables.read(question_counts.by_session)
    assert counts["opening"][question_counts.UNHEARD] == counts["opening"][question_counts.OFF_LINE] == 1
    assert await tables.read(found, other) is not None


async def test_a_question_is_marked_and_unmarked_once(tables: Database) -> None:
    number = await tables.write(asked, 1)
    assert await tables.write(unheard.mark, number, 50)
    assert not await tables.write(unheard.mark, number, 60)
    assert (await tables.read(found, number)).shown_state == NO_TIME
    assert not await tables.write(unheard.unmark, number, 60)
    assert await tables.write(unheard.unmark, number, 50)
    assert not await tables.write(unheard.unmark, number, 50)
    decided = await tables.write(asked, 2, "asked")
    assert not await tables.write(unheard.mark, decided, 50)


async def test_everybody_who_cares_is_counted_once(tables: Database) -> None:
    first, second = await tables.write(asked, 1), await tables.write(asked, 2)
    await tables.write(asked, 3)
    for number, person in ((first, 11), (first, 2), (second, 11), (second, 12)):
        await tables.write(followers.follow, number, person=person, now=1)
    await tables.write(merges.merge, second, target=first, moderator=9, read=1, beside=1, now=1)
    assert await tables.read(unheard.count_people, "opening", 1) == 4  # 1, 2, 11, 12
    assert await tables.read(unheard.count_people, "opening", 9) == 5
    assert await tables.read(unheard.count_people, "film", 9) == 0


async def test_counting_tells_nobody_whose_a_question_without_a_name_is(tables: Database) -> None:
    """One of the same person's and one of somebody else's count alike, merged or not."""
    first = await tables.write(asked, 1)
    hidden = await tables.write(asked, 1, message=50, named=False)
    assert await tables.read(unheard.count_people, "opening", 9) == 2
    await tables.write(merges.merge, hidden, target=first, moderator=9, read=1, beside=1, now=1)
    assert await tables.read(unheard.count_people, "opening", 9) == 2
    assert await tables.read(moderation.reach, first) == 2


async def test_another_word_holds_while_it_is_closed_so(tables: Database) -> None:
    number = await tables.write(asked, 1, CLOSED)
    assert await tables.write(unheard.reword, number, "Пишите", 2)
    assert not await tables.write(unheard.reword, number, "Пишите нам", 1)
    assert (await tables.read(found, number)).reason == "Пишите"


async def test_a_carried_question_comes_back_as_it_stood(tables: Database) -> None:
    number, fellow = await tables.write(asked, 1, APPROVED), await tables.write(asked, 2)
    await tables.write(merges.merge, fellow, target=number, moderator=9, read=1, beside=2, now=1)
    assert await tables.write(questions.postpone, number, read=2, now=40)
    assert await tables.write(unheard.mark, number, 50)
    before = await tables.read(found, number)
    assert await tables.write(carrying.carry, number, session="film", state=PENDING, read=3)
    carried = await tables.read(found, number)
    assert (carried.session, carried.postponed_at, carried.unheard_at) == ("film", None, None)
    assert not await tables.write(carrying.carry_back, before, 3)
    assert await tables.write(carrying.carry_back, before, 4)
    assert await tables.read(found, number) == replace(before, revision=5)
    assert (await tables.read(found, fellow)).session == "opening"


async def test_actions_of_one_press_are_known_by_the_first(tables: Database) -> None:
    def note(tx: Transaction, actor: int, deed: str, now: int, first: int = 0) -> int:
        return audit.note(tx, actor, deed, now, question=1, detail={"first": first} if first else {})

    first = await tables.write(note, 9, "close", 5)
    of_it = await tables.write(note, 9, "close", 5, first)
    for actor, deed, now, named in ((9, "close", 5, 0), (8, "close", 5, first), (9, "carry", 5, first)):
        await tables.write(note, actor, deed, now, named)
    begun = await tables.read(audit.get, first)
    assert begun is not None
    assert [one.id for one in await tables.read(audit.together, begun)] == [first, of_it]
