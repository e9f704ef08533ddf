"""A full hall: three moderators, each at their own desk, forty delegates, fifty questions."""

from __future__ import annotations

import asyncio
import re
from collections import Counter

from tests.conftest import Forum
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, nothing_due, open_list, outbox, said, sessions
from tests.telegram import Message, Person

DELEGATES, QUESTIONS = 40, 50
AT_ONCE = 8  # people who do something at the same moment before the hall is full
PATIENCE = 20.0  # seconds: fifty questions are handled in about as many


async def fill(forum: Forum, code: str) -> list[tuple[Person, int]]:
    """Forty delegates ask fifty questions between them: who asked which."""
    room = asyncio.Semaphore(AT_ONCE)

    async def come(number: int) -> list[tuple[Person, int]]:
        async with room:
            language = ("kk", "ru", "en")[number % 3]
            person = await forum.delegate(f"Делегат {number}", language)
            asked = range(number, QUESTIONS, DELEGATES)
            return [(person, await ask(person, code, f"Вопрос зала, записка {one}?")) for one in asked]

    return [one for asked in await asyncio.gather(*map(come, range(DELEGATES))) for one in asked]


async def at_desk(moderator: Person, shown: Message) -> dict[int, str]:
    """Handle question after question until none is left: number -> what was decided."""
    decided: dict[int, str] = {}
    while True:
        shown = await as_it_stands(moderator, shown)
        if shown.text.startswith(said("claims.all_held")):
            await moderator.press("kn:", shown)
            continue
        if shown.text.startswith(said("moderation.list_done")):
            return decided
        number = int(re.search(r"№(\d+)", shown.text).group(1))  # type: ignore[union-attr]  # every card has one
        assert number not in decided
        decided[number] = ("approve", "decline", "answer")[number % 3]
        shown = await decide(moderator, shown, number, decided[number])


async def decide(moderator: Person, shown: Message, number: int, decision: str) -> Message:
    """The message that shows the next question."""
    done = said(f"moderation.done_{decision}", number=number)
    if decision == "answer":
        await moderator.press(f"kd:{number}:answer:w", shown)
        await moderator.send(f"Ответ на записку {number}.")
        confirmed = await moderator.sees(done, timeout=PATIENCE)
        return await after(moderator, confirmed)
    if decision == "decline":
        await moderator.press(f"kd:{number}:decline:w", shown)
        answer = await moderator.press(f"kr:{number}:unclear:w", shown)
    else:
        answer = await moderator.press(f"kd:{number}:approve:w", shown)
    assert answer.text == done
    return shown


async def after(person: Person, message: Message) -> Message:
    """The next message of the bot, which comes by itself."""
    newer: list[Message] = []
    async with asyncio.timeout(PATIENCE):
        while not newer:
            await person.telegram.catch_up(0.5)
            newer = [one for one in person.shown() if one.id > message.id and one.from_bot]
    return newer[0]


async def as_it_stands(person: Person, message: Message) -> Message:
    return next(one for one in await person.messages() if one.id == message.id)


async def test_nobody_handles_the_same_and_every_author_hears_one_fate(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderators = [await forum.moderator(organizer, name) for name in ("Марат", "Алия", "Дана")]
    code = sessions(forum)[0].code
    asked = await fill(forum, code)
    assert sorted(number for _, number in asked) == list(range(1, QUESTIONS + 1))
    desks = [await open_list(moderator, code) for moderator in moderators]
    handled = await asyncio.gather(*(at_desk(*pair) for pair in zip(moderators, desks, strict=True)))

    assert Counter(number for one in handled for number in one) == Counter(range(1, QUESTIONS + 1))
    assert all(len(one) > 1 for one in handled)  # all three had something to do
    await nothing_due(forum)
    rows = tables(forum.folder)
    actions = [row for row in rows["audit"] if row["question"]]
    by = {moderator.id: one for moderator, one in zip(moderators, handled, strict=True)}
    assert {(row["question"], row["deed"], row["actor"]) for row in actions} == {
        (number, decision, person) for person, one in by.items() for number, decision in one.items()
    }
    assert len(actions) == QUESTIONS
    assert rows["claims"] == []
    fates = outbox(forum, "fate")
    assert [row["state"] for row in fates] == ["sent"] * QUESTIONS
    assert {(row["recipient"], int(row["thing"].split(":")[0])) for row in fates} == {
        (person.id, number) for person, number in asked
    }
    for person, number in asked:
        heard = [one.text for one in await person.messages() if f"№{number} " in one.text and "🧾" not in one.text]
        assert len(heard) == 1, heard
