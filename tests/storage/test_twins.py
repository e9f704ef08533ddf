"""Open questions linked in pairs, on both engines."""

from __future__ import annotations

import pytest

from storage import questions, twins
from storage.database import Database, Transaction


def fill(tx: Transaction) -> None:
    """Four that wait, of the authors 1 to 4; the second is like all others, and they are like it alone."""
    for author in (1, 2, 3, 4):
        questions.ask(
            tx,
            "opening",
            author=author,
            message=author,
            anonymous=author == 4,
            language="kk",
            text=f"Сұрақ {author}",
            now=author,
        )
    twins.link(tx, 2, {1: 90})
    twins.link(tx, 3, {2: 90})
    twins.link(tx, 4, {2: 95})


@pytest.fixture
async def database(tables: Database) -> Database:
    await tables.write(fill)
    return tables


async def test_a_pair_is_seen_from_both_ends(database: Database) -> None:
    def look(tx: Transaction) -> None:
        assert twins.of(tx, 2) == {1: 90, 3: 90, 4: 95}
        assert twins.of(tx, 3) == {2: 90}
        assert [twins.nearest(tx, number) for number in (1, 2, 3, 4, 5)] == [2, 4, 2, 2, None]

    await database.read(look)


async def test_the_nearest_is_the_most_alike_then_the_first_of_those_that_are_open(database: Database) -> None:
    def decide(tx: Transaction) -> None:
        questions.decide(tx, 4, expected="pending", state="declined", moderator=9, now=5)
        assert twins.nearest(tx, 2) == 1
        questions.decide(tx, 1, expected="pending", state="approved", moderator=9, now=5)
        assert twins.nearest(tx, 2) == 1
        questions.decide(tx, 1, expected="approved", state="asked", moderator=9, now=5)
        assert twins.nearest(tx, 2) == 3

    await database.write(decide)


async def test_those_that_name_it_are_found_also_when_it_is_decided_already(database: Database) -> None:
    def decide(tx: Transaction) -> None:
        assert [twins.named_by(tx, number) for number in (1, 2, 3, 4)] == [[], [1, 3, 4], [], [2]]
        questions.decide(tx, 4, expected="pending", state="declined", moderator=9, now=5)
        assert twins.named_by(tx, 4) == [2]
        assert twins.named_by(tx, 1) == [2]
        assert twins.named_by(tx, 3) == []

    await database.write(decide)


async def test_links_are_replaced_as_a_whole(database: Database) -> None:
    def again(tx: Transaction) -> None:
        twins.link(tx, 2, {3: 70})
        assert twins.of(tx, 2) == {3: 70}
        assert twins.of(tx, 1) == twins.of(tx, 4) == {}
        twins.link(tx, 3, {2: 80})
        assert twins.of(tx, 2) == {3: 80}
        twins.part(tx, 3)
        assert twins.of(tx, 2) == {}
        twins.link(tx, 2, {})
        assert twins.named_by(tx, 2) == []

    await database.write(again)


async def test_what_waits_and_what_was_merged_are_read_at_once(database: Database) -> None:
    def merged(tx: Transaction) -> None:
        tx.run("UPDATE questions SET state = 'merged', merged_into = 2 WHERE number = 1")
        questions.decide(tx, 3, expected="pending", state="approved", moderator=9, now=5)
        found = [(one.number, one.author, one.anonymous, one.merged_into) for one in twins.waiting(tx, "opening")]
        assert found == [(1, 1, False, 2), (2, 2, False, None), (4, 4, True, None)]
        assert twins.waiting(tx, "film") == []
        assert set(twins.open_texts(tx, "opening", 2)) == {3, 4}

    await database.write(merged)
