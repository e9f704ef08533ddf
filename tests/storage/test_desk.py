"""Claims, mutes and staff actions, on both engines."""

from __future__ import annotations

import asyncio

import pytest

from storage import audit, claims, decisions, deliveries, mutes, participants, questions
from storage.database import Database, Transaction

NOW, LASTS = 1000, 120
# number: author, anonymous
ASKED = {1: (1, False), 2: (1, False), 3: (1, True), 4: (1, True), 5: (2, False)}


def fill(tx: Transaction) -> None:
    for person, name in ((1, "Айгерім"), (2, "Ерлан")):
        participants.consent(tx, person, "kk", 10, NOW)
        participants.set_name(tx, person, name)
    for number, (author, anonymous) in ASKED.items():
        assert (
            questions.ask(
                tx, "opening", author=author, message=number, anonymous=anonymous, language="kk", text="Сұрақ", now=NOW
            )
            == number
        )


@pytest.fixture
async def database(tables: Database) -> Database:
    await tables.write(fill)
    return tables


async def test_a_claim_is_one_persons_until_it_is_over(database: Database) -> None:
    assert await database.write(claims.take, 1, moderator=7, now=NOW, until=NOW + LASTS)
    assert not await database.write(claims.take, 1, moderator=8, now=NOW + LASTS - 1, until=NOW + 2 * LASTS)
    assert await database.read(claims.get, 1, NOW + LASTS - 1) == claims.Claim(1, 7, NOW + LASTS)
    assert await database.write(claims.take, 1, moderator=7, now=NOW + 10, until=NOW + 10 + LASTS)  # for longer
    assert not await database.write(claims.release, 1, 8)
    assert await database.read(claims.get, 1, NOW + 10 + LASTS) is None
    assert await database.read(claims.last_until, 1) == NOW + 10 + LASTS
    assert await database.write(claims.take, 1, moderator=8, now=NOW + 10 + LASTS, until=NOW + 2 * LASTS)
    assert await database.write(claims.release, 1, 8)
    assert await database.read(claims.last_until, 1) is None


async def test_of_many_who_claim_at_once_one_does(database: Database) -> None:
    took = await asyncio.gather(
        *(database.write(claims.take, 1, moderator=moderator, now=NOW, until=NOW + LASTS) for moderator in range(20))
    )
    assert took.count(True) == 1


async def test_who_is_muted_by_name_and_who_by_a_question_without_one(database: Database) -> None:
    assert await database.write(mutes.mute, 1, moderator=9, now=NOW)
    assert not await database.write(mutes.mute, 1, moderator=9, now=NOW + 1)
    assert await database.write(mutes.mute, 2, moderator=9, now=NOW + 2)
    assert await database.write(mutes.mute, 3, moderator=9, now=NOW + 3)
    shown = [number for number in ASKED if await database.read(mutes.shown_on, number)]
    assert shown == [1, 2, 3]
    assert await database.read(mutes.listed) == [
        mutes.Mute(3, "opening", 0, "", NOW + 3),
        mutes.Mute(2, "opening", 1, "Айгерім", NOW + 2),
        mutes.Mute(1, "opening", 1, "Айгерім", NOW),
    ]
    assert await database.write(mutes.unmute, 4) is False  # anonymous: it is one with no other
    assert await database.write(mutes.unmute, 1)
    assert await database.read(mutes.listed) == [mutes.Mute(3, "opening", 0, "", NOW + 3)]
    assert await database.read(mutes.is_muted, 1)
    assert await database.write(mutes.unmute, 3)
    assert not await database.read(mutes.is_muted, 1)


async def test_a_decision_is_taken_back_once_and_only_as_it_left_the_question(database: Database) -> None:
    await database.write(
        questions.decide, 1, expected="pending", state="declined", moderator=7, now=NOW, reason="=rude"
    )
    assert not await database.write(
        decisions.take_back, 1, revision=1, state="pending", decided_by=None, decided_at=None
    )
    back = await asyncio.gather(
        *(
            database.write(decisions.take_back, 1, revision=2, state="pending", decided_by=None, decided_at=None)
            for _ in range(5)
        )
    )
    assert back.count(True) == 1
    question = await database.read(questions.get, 1)
    assert question is not None
    assert (question.state, question.reason, question.decided_by, question.revision) == ("pending", "", None, 3)


async def test_a_deed_is_undone_once_and_found_until_then(database: Database) -> None:
    first = await database.write(lambda tx: audit.note(tx, 7, "approve", NOW, question=1, detail={"revision": 2}))
    second = await database.write(lambda tx: audit.note(tx, 8, "asked", NOW + 1, question=1, session="opening"))
    assert [one.id for one in await database.read(audit.standing, 1, 20)] == [second, first]
    undone = await asyncio.gather(*(database.write(audit.undo, second, person=7, now=NOW + 2) for _ in range(5)))
    assert undone.count(True) == 1
    [standing] = await database.read(audit.standing, 1, 20)
    assert (standing.id, standing.detail) == (first, {"revision": 2})
    assert await database.read(audit.count, 0, "") == 2
    assert [one.id for one in await database.read(audit.page, 8, "opening", 10, 0)] == [second]
    assert [one.id for one in await database.read(audit.latest, 8, "opening", 1)] == [second]
    assert await database.read(audit.latest, 8, "", 1) == []
    await database.write(audit.forget, 7, [1])
    assert [(one.actor, one.detail) for one in await database.read(audit.of_question, 1, 20)] == [(8, {}), (None, {})]


async def test_what_is_due_later_stands_in_no_ones_way(database: Database) -> None:
    """A claim's end waits for its moment; a change of the card must not wait with it."""
    await database.write(
        lambda tx: deliveries.put(
            tx, "card-change", thing="1:u1120", recipients=[50], lane=1, now=NOW, due_at=NOW + LASTS
        )
    )
    put = deliveries.put_unless_waiting
    assert await database.write(put, "card-change", thing="1:2", about="1:", recipients=[50], lane=1, now=NOW) == 1
    assert await database.write(put, "card-change", thing="1:3", about="1:", recipients=[50], lane=1, now=NOW) == 0
    assert await database.write(deliveries.withdraw, "card-change", "1:2", NOW, "undone") == 1
    assert await database.read(deliveries.reached, "card-change", "1:2") == []
    assert await database.read(deliveries.outcome, "card-change", "1:2", 50) == ("dropped", None)
