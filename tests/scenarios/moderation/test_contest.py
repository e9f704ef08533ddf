"""Fifty thumbs on one card."""

from __future__ import annotations

import asyncio
import itertools

from bot.views.buttons import meaning_of
from tests.conftest import Forum
from tests.scenarios.moderation.groups import group_of
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, outbox, said, sessions
from tests.scenarios.walk import under

PRESSES = 50


async def test_fifty_presses_at_once_decide_once(forum: Forum) -> None:
    organizer = await forum.organizer()
    people = [await forum.moderator(organizer, name) for name in ("Марат", "Алия", "Дана")]
    author = await forum.delegate("Ася", "ru")
    await ask(author, sessions(forum)[0].code, "Кто из пятидесяти?")
    cards = [await person.sees("Кто из пятидесяти?") for person in people]
    pairs = itertools.islice(itertools.cycle(zip(people, cards, strict=True)), PRESSES)
    pressed = [(person, person.press_data("kd:1:approve:-", card.id, timeout=20)) for person, card in pairs]
    answers = await asyncio.gather(*(press for _, press in pressed))

    [row] = tables(forum.folder)["questions"]
    assert (row["state"], row["revision"]) == ("approved", 2)
    winner = next(person for person in people if person.id == row["decided_by"])
    done = said("moderation.done_approve", number=1)
    late = said("moderation.too_late", state=said("questions.state_approved"), by=winner.data["first_name"])
    answered = [(person.id == winner.id, answer.text) for (person, _), answer in zip(pressed, answers, strict=True)]
    assert set(answered) == {(True, done), (False, late)}
    await forum.telegram.idle()
    assert [action["deed"] for action in tables(forum.folder)["audit"] if action["question"] == 1] == ["approve"]
    assert len(outbox(forum, "fate")) == 1
    assert tables(forum.folder)["claims"] == []
    await author.sees(said("questions.state_approved"))
    await author.quiet()
    for person in people:
        shown = [message for message in await person.messages() if "Кто из пятидесяти?" in message.text]
        assert len(shown) == 1
        assert f"{said('questions.state_approved')} · {winner.data['first_name']}" in shown[0].text


async def test_fifty_presses_in_the_group_and_at_a_desk_decide_once(forum: Forum) -> None:
    """One approves it, one declines it, one is at their own desk; the card of all changes under their thumbs."""
    organizer = await forum.organizer()
    people = [await forum.moderator(organizer, name) for name in ("Марат", "Алия", "Дана")]
    author = await forum.delegate("Ася", "ru")
    chat = await group_of(forum, organizer, *people)
    await ask(author, sessions(forum)[0].code, "Кто из пятидесяти?")
    card = await people[0].sees("Кто из пятидесяти?", chat=chat)
    await people[2].press("gc:1:more", card, chat=chat)
    own = await people[2].sees("Кто из пятидесяти?")
    ways = [("gc:1:approve", card.id, chat), ("gc:1:decline", card.id, chat), ("kd:1:approve:-", own.id, None)]
    turns = list(itertools.islice(itertools.cycle(zip(people, ways, strict=True)), PRESSES))
    presses = [who.press_data(data, message, chat=where, timeout=20) for who, (data, message, where) in turns]
    answers = await asyncio.gather(*presses)
    assert all(answer.answered for answer in answers)
    if tables(forum.folder)["questions"][0]["state"] == "pending":  # the one who declines was first, and chooses why
        await people[1].press_data("gr:1:rude", card.id, chat=chat)

    await forum.telegram.idle()
    [row] = tables(forum.folder)["questions"]
    assert (row["state"], row["revision"]) in (("approved", 2), ("declined", 2))
    [action] = [action for action in tables(forum.folder)["audit"] if action["question"] == 1]
    assert action["actor"] == row["decided_by"]
    assert len(outbox(forum, "fate")) == 1
    answered = {who.id for (who, _), answer in zip(turns, answers, strict=True) if answer.text == done_text("approve")}
    assert answered <= {action["actor"]}
    state = said(f"questions.state_{row['state']}")
    await author.sees("№1", state)
    await author.quiet()
    [shown] = [message for message in await people[0].messages(chat) if "Кто из пятидесяти?" in message.text]
    assert shown.id == card.id
    assert state in shown.text


async def test_a_late_thumb_asks_nothing_aloud(forum: Forum) -> None:
    """Where a card said "approve" before another approved it, nothing stands that decides anything by itself."""
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer)
    chat = await group_of(forum, organizer, moderator)
    author = await forum.delegate("Ася", "ru")
    await ask(author, sessions(forum)[0].code, "Успел ли палец?")
    card = await moderator.sees("Успел ли палец?", chat=chat)
    await organizer.press("gc:1:approve", card, chat=chat)
    approved = await moderator.sees(said("questions.state_approved"), chat=chat)
    assert [meaning_of(data) for data in under(card, "gc:1:approve", approved)] == [None]
    assert [meaning_of(data) for data in under(card, "gc:1:decline", approved)] == [None]
    assert approved.button("gc:1:asked")


def done_text(decision: str) -> str:
    return said(f"moderation.done_{decision}", number=1)
