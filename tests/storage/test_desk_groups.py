"""The desk's group in the database: on both engines a topic is dropped once, and a moved group is one."""

from __future__ import annotations

import asyncio

import pytest

from storage import cards, deliveries, desk_groups, questions
from storage.database import Database, Transaction

GROUP, GROWN, PERSON, NOW = -4_000_001, -1_001_000_000_001, 7001, 1_795_000_000


@pytest.fixture
async def db(tables: Database) -> Database:
    await tables.write(
        desk_groups.open_group, GROUP, title="Модераторлар", forum=True, language="kk", person=PERSON, now=NOW
    )
    return tables


def ask(tx: Transaction, session: str, message: int) -> int:
    number = questions.ask(
        tx, session, author=PERSON, message=message, anonymous=False, language="kk", text="Сұрақ", now=NOW
    )
    assert number is not None
    return number


async def test_a_fault_is_news_once(db: Database) -> None:
    assert await db.write(desk_groups.set_standing, GROUP, "topics", True)
    assert not await db.write(desk_groups.set_standing, GROUP, "topics", True)
    assert await db.write(desk_groups.set_standing, GROUP, "topics", False)
    group = await db.read(desk_groups.current)
    assert group is not None
    assert (group.fault, group.forum) == ("topics", False)


async def test_a_session_wants_a_topic_while_it_has_live_questions_and_none(db: Database) -> None:
    def scene(tx: Transaction) -> None:
        for message, session in enumerate(("a", "b", "c", "c")):
            ask(tx, session, message)
        questions.decide(tx, 2, expected="pending", state="declined", moderator=PERSON, now=NOW)
        desk_groups.put_topic(tx, GROUP, "a", 480, "A")

    await db.write(scene)
    assert await db.read(desk_groups.wanting, GROUP) == ["c"]
    assert await db.read(desk_groups.wanting, GROWN) == ["a", "c"]
    assert await db.read(desk_groups.live) == [(1, "a"), (3, "c"), (4, "c")]


async def test_a_topic_goes_once_and_takes_its_cards_and_no_others(db: Database) -> None:
    def scene(tx: Transaction) -> None:
        for message, session in enumerate(("a", "b")):
            number = ask(tx, session, message)
            desk_groups.put_topic(tx, GROUP, session, 480 + message, session.upper())
            for chat in (GROUP, PERSON):
                cards.place(tx, chat, message=500 + message, question=number, revision=1, desk="-")

    await db.write(scene)
    assert await db.write(desk_groups.drop_topic, GROUP, 480)
    assert not await db.write(desk_groups.drop_topic, GROUP, 480)
    assert await db.read(cards.of_chat, GROUP) == [(501, 2)]
    assert await db.read(cards.of_chat, PERSON) == [(500, 1), (501, 2)]
    assert [topic.thread for topic in await db.read(desk_groups.topics, GROUP)] == [481]
    await db.write(desk_groups.put_topic, GROUP, "a", 490, "A")
    assert await db.read(desk_groups.thread, GROUP, "a") == 490


async def test_of_two_instances_one_makes_a_topic_and_after_its_time_another_may(db: Database) -> None:
    taken = await asyncio.gather(*(db.write(desk_groups.begin_topic, GROUP, "a", NOW, NOW + 90) for _ in range(8)))
    assert sorted(taken) == [False] * 7 + [True]
    assert await db.write(desk_groups.begin_topic, GROUP, "b", NOW, NOW + 90)
    assert not await db.write(desk_groups.begin_topic, GROUP, "a", NOW + 89, NOW + 179)
    assert await db.write(desk_groups.begin_topic, GROUP, "a", NOW + 90, NOW + 180)
    await db.write(desk_groups.end_topic, GROUP, "a")
    assert await db.write(desk_groups.begin_topic, GROUP, "a", NOW + 91, NOW + 181)
    await db.write(desk_groups.put_topic, GROUP, "a", 480, "A")
    await db.write(desk_groups.end_topic, GROUP, "a")
    assert not await db.write(desk_groups.begin_topic, GROUP, "a", NOW + 92, NOW + 182)
    await db.write(desk_groups.drop_topic, GROUP, 480)
    assert await db.write(desk_groups.begin_topic, GROUP, "a", NOW + 93, NOW + 183)


async def test_a_group_that_moved_takes_what_waits_with_it(db: Database) -> None:
    await db.write(desk_groups.put_topic, GROUP, "a", 480, "A")
    await db.write(deliveries.put, "desk-card", thing="1:480:x", recipients=[GROUP, PERSON], lane=1, now=NOW)
    await db.write(deliveries.redirect, GROUP, GROWN)
    assert await db.write(desk_groups.move, GROUP, GROWN)
    assert not await db.write(desk_groups.move, GROUP, GROWN)
    assert await db.read(desk_groups.thread, GROWN, "a") == 480
    assert await db.read(deliveries.put_lately, "desk-card", GROWN, NOW - 1)
    assert not await db.read(deliveries.put_lately, "desk-card", GROUP, NOW - 1)
    assert not await db.read(deliveries.put_lately, "desk-card", GROWN, NOW)


async def test_who_opened_it_is_forgotten_and_the_desk_stays(db: Database) -> None:
    assert await db.read(desk_groups.opened_by, PERSON) == [("Модераторлар", NOW)]
    await db.write(desk_groups.forget, PERSON)
    assert await db.read(desk_groups.opened_by, PERSON) == []
    group = await db.read(desk_groups.current)
    assert group is not None
    assert group.opened_by is None


async def test_a_group_speaks_the_language_set_for_it(db: Database) -> None:
    assert await db.write(desk_groups.speak, GROUP, "en")
    assert not await db.write(desk_groups.speak, GROUP, "en")
    assert not await db.write(desk_groups.speak, GROWN, "ru")
    group = await db.read(desk_groups.current)
    assert group is not None
    assert group.language == "en"


async def test_what_is_unfolded_in_a_group_is_folded_and_nothing_of_a_private_chat(db: Database) -> None:
    def scene(tx: Transaction) -> None:
        for number in (ask(tx, "a", 1), ask(tx, "a", 2)):
            for chat in (GROUP, PERSON):
                place = chat, 500 + number
                cards.place(tx, chat, message=500 + number, question=number, revision=1, desk="-")
                cards.unfold(tx, *place, question=number, unfolded=cards.REASONS)
        cards.fold(tx, 1)

    await db.write(scene)
    for number, expected in ((1, 0), (2, cards.REASONS)):
        assert [one.unfolded for one in await db.read(cards.in_chat, number, GROUP)] == [expected]
        assert [one.unfolded for one in await db.read(cards.in_chat, number, PERSON)] == [cards.REASONS]
