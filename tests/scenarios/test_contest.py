"""Fifty thumbs on one card."""

from __future__ import annotations

import asyncio
import itertools

from tests.conftest import Forum
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, outbox, said, sessions

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
    told = [(person.id == winner.id, answer.text) for (person, _), answer in zip(pressed, answers, strict=True)]
    assert set(told) == {(True, done), (False, late)}
    await forum.telegram.idle()
    assert [deed["deed"] for deed in tables(forum.folder)["audit"] if deed["question"] == 1] == ["approve"]
    assert len(outbox(forum, "fate")) == 1
    assert tables(forum.folder)["claims"] == []
    await author.sees(said("questions.state_approved"))
    await author.quiet()
    for person in people:
        shown = [message for message in await person.messages() if "Кто из пятидесяти?" in message.text]
        assert len(shown) == 1
        assert f"{said('questions.state_approved')} · {winner.data['first_name']}" in shown[0].text
