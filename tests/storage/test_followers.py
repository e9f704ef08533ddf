"""Following questions and carrying them to another session, on both engines."""

from __future__ import annotations

from storage import carrying, followers, merges, questions
from storage.database import Database, Transaction
from storage.questions import APPROVED, PENDING


def asked(tx: Transaction, author: int, session: str = "opening") -> int:
    number = questions.ask(
        tx, session, author=author, message=author, anonymous=False, language="ru", text="Когда?", now=1
    )
    assert number is not None
    return number


async def test_one_follows_what_one_did_not_ask_and_once(tables: Database) -> None:
    number = await tables.write(asked, 1)
    assert not await tables.write(followers.follow, number, person=1, now=5)
    assert await tables.write(followers.follow, number, person=2, now=5)
    assert not await tables.write(followers.follow, number, person=2, now=6)
    assert not await tables.write(followers.follow, 77, person=2, now=6)
    assert await tables.read(followers.of_person, 2) == [(number, 5)]
    assert await tables.read(followers.in_session, 2, "opening") == {number}
    assert await tables.write(followers.unfollow, number, 2)
    assert not await tables.write(followers.unfollow, number, 2)
    assert not await tables.read(followers.follows, number, 2)


async def test_who_follows_a_merged_question_follows_what_stands_for_it(tables: Database) -> None:
    first, second, third = [await tables.write(asked, author) for author in (1, 2, 3)]
    for number, person in ((first, 11), (second, 12), (third, 13), (third, 11)):
        await tables.write(followers.follow, number, person=person, now=5)
    await tables.write(merges.merge, first, target=second, moderator=9, read=1, beside=1, now=6)
    await tables.write(merges.merge, second, target=third, moderator=9, read=1, beside=1, now=7)
    assert await tables.read(followers.of_all, third) == [11, 12, 13]
    assert await tables.read(followers.of_all, first) == [11]
    await tables.write(followers.forget, 11)
    assert await tables.read(followers.of_all, third) == [12, 13]


async def test_whoever_follows_the_one_follows_the_other_instead_but_not_who_asked_it(tables: Database) -> None:
    first, second = [await tables.write(asked, author) for author in (1, 2)]
    for number, person in ((first, 2), (first, 11), (first, 12), (second, 12)):
        await tables.write(followers.follow, number, person=person, now=5)
    assert await tables.read(followers.of_one, first) == [2, 11, 12]
    await tables.write(followers.move, first, second)
    assert await tables.read(followers.of_one, first) == []
    assert await tables.read(followers.of_one, second) == [11, 12]
    assert [one.number for one in await tables.read(followers.questions_of, 11)] == [second]
    await tables.write(followers.follow, first, person=11, now=9)
    assert [one.number for one in await tables.read(followers.questions_of, 11)] == [second, first]


async def test_a_question_is_carried_with_those_merged_into_it(tables: Database) -> None:
    first, second = [await tables.write(asked, author) for author in (1, 2)]
    await tables.write(merges.merge, first, target=second, moderator=9, read=1, beside=1, now=6)
    assert not await tables.write(carrying.carry, second, session="film", state=PENDING, read=7)
    assert await tables.write(carrying.carry, second, session="film", state=APPROVED, read=1)
    for number in (first, second):
        question = await tables.read(questions.get, number)
        assert question is not None
        assert question.session == "film"
    assert not await tables.write(carrying.carry, first, session="opening", state=PENDING, read=2)  # it is merged
