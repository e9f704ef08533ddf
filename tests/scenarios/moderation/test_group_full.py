"""A full hall with its desk in a group: two moderators at the cards there, a third at a desk of their own."""

from __future__ import annotations

import asyncio
from collections import Counter

from tests.conftest import Forum
from tests.scenarios.moderation.groups import group_of
from tests.scenarios.moderation.test_hall_full import (
    PATIENCE,
    QUESTIONS,
    at_desk,
    fill,
)
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import open_list, outbox, said, sessions, until
from tests.telegram import Person


async def in_group(moderator: Person, chat: int, cards: dict[int, int], numbers: list[int]) -> dict[int, str]:
    """Go through the cards and decide about every question that can be taken: number -> what was decided."""
    decided: dict[int, str] = {}
    for number in numbers:
        answer = await moderator.press_data(f"gc:{number}:take", cards[number], chat=chat, timeout=PATIENCE)
        assert answer.answered
        if answer.alert:
            continue  # somebody is on it, or was
        decision = ("approve", "decline", "answer")[number % 3]
        if await decide(moderator, chat, card=cards[number], number=number, decision=decision):
            decided[number] = decision
    return decided


async def decide(moderator: Person, chat: int, *, card: int, number: int, decision: str) -> bool:
    """False when the question was taken only after another had approved it."""
    done = said(f"moderation.done_{decision}", number=number)
    answer = await moderator.press_data(f"gc:{number}:{decision}", card, chat=chat, timeout=PATIENCE)
    if decision == "decline":
        answer = await moderator.press_data(f"gr:{number}:unclear", card, chat=chat, timeout=PATIENCE)
    if decision == "answer":
        assert answer.text == said("group.asked_privately")
        await moderator.send(f"Ответ на записку {number}.")
        await moderator.sees(done, timeout=PATIENCE)
    elif answer.text != done:
        assert decision == "approve"
        assert answer.text.startswith(said("moderation.too_late", state=said("questions.state_approved"), by=""))
        return False
    return True


async def test_in_the_group_and_beside_it_nobody_handles_the_same(forum: Forum) -> None:
    organizer = await forum.organizer()
    one, other, third = [await forum.moderator(organizer, name) for name in ("Марат", "Алия", "Дана")]
    chat = await group_of(forum, organizer, one, other)
    code = sessions(forum)[0].code
    asked = await fill(forum, code)
    await until(lambda: [row["state"] for row in outbox(forum, "desk-card")] == ["sent"] * QUESTIONS, PATIENCE)
    cards = {int(card.text[1:].split()[0]): card.id for card in await one.messages(chat) if card.text.startswith("№")}
    assert sorted(cards) == list(range(1, QUESTIONS + 1))
    upwards, downwards = sorted(cards), sorted(cards, reverse=True)
    desk = await open_list(third, code)
    handled = await asyncio.gather(
        in_group(one, chat, cards, upwards), in_group(other, chat, cards, downwards), at_desk(third, desk)
    )

    assert Counter(number for decided in handled for number in decided) == Counter(cards.keys())
    assert all(len(decided) > 1 for decided in handled)
    await until(lambda: [row["state"] for row in outbox(forum, "fate")] == ["sent"] * QUESTIONS, PATIENCE)
    await forum.telegram.idle(PATIENCE, settle=1.0)
    rows = tables(forum.folder)
    by = {person.id: decided for person, decided in zip((one, other, third), handled, strict=True)}
    actions = [(row["question"], row["deed"], row["actor"]) for row in rows["audit"] if row["question"]]
    assert sorted(actions) == sorted(
        (number, action, who) for who, decided in by.items() for number, action in decided.items()
    )
    approved = {row["number"] for row in rows["questions"] if row["state"] == "approved"}
    assert {row["question"] for row in rows["claims"]} <= approved  # to ask it is still to be done
    fates = outbox(forum, "fate")
    assert {(row["recipient"], int(row["thing"].split(":")[0])) for row in fates} == {
        (person.id, number) for person, number in asked
    }

    shown = {card.id: card.text for card in await one.messages(chat) if card.text.startswith("№")}
    assert sorted(shown) == sorted(cards.values())  # one card a question, through all its life
    states = {"approve": "approved", "decline": "declined", "answer": "answered"}
    for person in (one, other, third):
        for number, decision in by[person.id].items():
            state = said(f"questions.state_{states[decision]}")
            assert f"{state} · {person.data['first_name']}" in shown[cards[number]]
