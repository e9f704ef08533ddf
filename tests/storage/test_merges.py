"""Merged questions and the votes they bring, on both engines."""

from __future__ import annotations

import asyncio

import pytest

from storage import merges, questions, votes
from storage.database import Database, Transaction

MODERATOR = 9


def fill(tx: Transaction) -> None:
    """Four approved questions of the authors 1 to 4; 101 and 102 voted for the first, 102 and 103 for the second."""
    for author in (1, 2, 3, 4):
        number = questions.ask(
            tx,
            "opening",
            author=author,
            message=author,
            anonymous=False,
            language="kk",
            text=f"Сұрақ {author}",
            now=author,
        )
        assert number == author
        questions.decide(tx, number, expected="pending", state="approved", moderator=MODERATOR, now=1)
    for number, person in ((1, 101), (1, 102), (2, 102), (2, 103)):
        votes.vote(tx, number, person=person, now=1)


@pytest.fixture
async def database(tables: Database) -> Database:
    await tables.write(fill)
    return tables


def voters(tx: Transaction, number: int) -> set[int]:
    return {person for person in (1, 2, 3, 4, 101, 102, 103) for one, _ in votes.of_person(tx, person) if one == number}


def revision(tx: Transaction, number: int) -> int:
    question = questions.get(tx, number)
    assert question is not None
    return question.revision


def join(tx: Transaction, number: int, target: int) -> bool:
    return merges.merge(
        tx, number, target=target, moderator=MODERATOR, read=revision(tx, number), beside=revision(tx, target), now=5
    )


def part(tx: Transaction, number: int, state: str = "approved") -> bool:
    return merges.part(tx, number, read=revision(tx, number), state=state, decided_by=MODERATOR, decided_at=6)


async def test_votes_unite_as_people_and_part_again(database: Database) -> None:
    assert await database.write(join, 1, 2)
    assert await database.read(voters, 2) == {1, 101, 102, 103}
    assert await database.write(part, 1)
    assert await database.read(voters, 2) == {102, 103}
    assert await database.read(voters, 1) == {101, 102}


async def test_a_chain_brings_everybody_and_each_link_can_be_parted(database: Database) -> None:
    assert await database.write(join, 1, 2)
    assert await database.write(join, 2, 3)
    assert await database.read(voters, 3) == {1, 2, 101, 102, 103}
    assert await database.read(questions.fellows, 3) == [1, 2]
    assert await database.read(merges.authors, 3) == [1, 2, 3]
    assert await database.read(merges.stays, 1) == 3
    assert await database.write(part, 1)
    assert await database.read(voters, 3) == {2, 102, 103}  # what came by way of 1 left both that it had come to
    assert await database.read(merges.stays, 1) == 1
    assert await database.write(part, 2)
    assert await database.read(voters, 3) == set()
    assert await database.read(merges.stays, 99) is None


async def test_a_voice_for_what_stays_is_its_own_and_one_taken_back_stays_back(database: Database) -> None:
    await database.write(join, 1, 2)
    assert await database.write(votes.vote, 2, person=101, now=7) is False
    assert await database.write(votes.take_back, 2, 101)
    assert await database.write(join, 3, 2)  # which counts them again
    assert await database.read(voters, 2) == {1, 3, 102, 103}
    assert await database.write(votes.take_back, 2, 103)
    assert await database.write(part, 1)
    assert await database.read(voters, 2) == {3, 102}
    assert not await database.write(votes.take_back, 1, 103)


async def test_the_author_of_what_stays_needs_no_voice(database: Database) -> None:
    def ask_again(tx: Transaction) -> None:
        assert (
            questions.ask(tx, "opening", author=2, message=22, anonymous=True, language="kk", text="Тағы да сол", now=8)
            == 5
        )

    await database.write(ask_again)
    assert await database.write(join, 5, 2)
    assert await database.read(voters, 2) == {102, 103}


@pytest.mark.parametrize("state", ["declined", "asked", "answered"])
async def test_nothing_is_merged_into_what_is_decided(database: Database, state: str) -> None:
    await database.write(questions.decide, 2, expected="approved", state=state, moderator=MODERATOR, now=4)
    assert not await database.write(join, 1, 2)
    assert not await database.write(join, 2, 1)
    assert not await database.write(join, 1, 1)


async def test_only_what_was_read_is_merged(database: Database) -> None:
    def careless(tx: Transaction, read: int, beside: int) -> bool:
        return merges.merge(tx, 1, target=2, moderator=MODERATOR, read=read, beside=beside, now=5)

    assert not await database.write(careless, 1, 2)
    assert not await database.write(careless, 2, 1)
    assert await database.write(careless, 2, 2)
    assert not await database.write(careless, 3, 2)


async def test_of_many_merges_at_once_one_is_done_and_no_circle_closes(database: Database) -> None:
    pairs = [(1, 2), (2, 1), (1, 3), (1, 4), (2, 3)] * 4
    done = await asyncio.gather(*(database.write(join, *pair) for pair in pairs))
    merged = [pair for pair, was in zip(pairs, done, strict=True) if was]
    assert len(merged) == len({number for number, _ in merged})
    for number in (1, 2, 3, 4):
        stays = await database.read(merges.stays, number)
        question = await database.read(questions.get, stays or 0)
        assert question is not None
        assert question.state == "approved"
