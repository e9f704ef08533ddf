"""Buttons that we never made: Telegram hands over any callback data that somebody's client sends."""

from __future__ import annotations

import datetime as dt
import logging
import random
from collections.abc import Iterator

import pytest

from tests.callback_data import CLASSES
from tests.conftest import Forum
from tests.scenarios.second_reader import Rows, at_rest, tables
from tests.scenarios.steps import ask, moderator_of, sessions
from tests.telegram import Person

OWN = {"Agree", "Forget", "Revoke", "SetLanguage"}  # change oneself, or what the test is made of
WORDS = (
    *("", "zz", "0", "1", "kk", "w", "-", "m", "take", "leave", "over", "put", "off", "asked", "next", "later", "skip"),
    *("back", "approve", "decline", "answer", "rude", "none", "own", "open", "close", "move", "undo", "docx", "person"),
    *("time", "delegation", "confirm", "drop", "pause", "stop", "removal", "stage", "session", "all", "my"),
)
EACH = 4  # tries of a class
REAL = 0.8  # of the values of a field that has only a few
# What a press may leave: who pressed what, and how far the forms of their own are.
OF_ONE_S_OWN = (
    *("inbox", "inbox_mark", "conversations", "cards", "stages", "deliveries", "votes", "followers", "bookmarks"),
)


def forged(numbers: tuple[int, ...], codes: tuple[str, ...], seed: int, each: int = EACH) -> Iterator[str]:
    """Callback data of every class, with values that may mean something anywhere, or nothing; where a class says which
    ones its field has, mostly one of them, for all others are refused at the door."""
    chance = random.Random(seed)
    for data in CLASSES:
        for _ in range(0 if data.__name__ in OWN else each):
            values: dict[str, int | str] = {}
            for name, field in data.model_fields.items():
                among = tuple(getattr(data, "among", {}).get(name, ()))
                if among and chance.random() < REAL:
                    values[name] = chance.choice(among)
                elif field.annotation is int:
                    values[name] = chance.choice(numbers)
                else:
                    values[name] = chance.choice(codes if name == "session" else WORDS)
            yield data(**values).pack()


async def questions_of_two(forum: Forum) -> tuple[Person, str, str]:
    """The organizer, and two sessions with a question each, №1 and №2."""
    code, other = (one.code for one in sessions(forum)[:2])
    organizer, author = await forum.organizer(), await forum.delegate("Ася", "ru")
    await ask(author, code, "Вопрос одной сессии?")
    await ask(author, other, "Вопрос другой сессии?")
    await organizer.press("kd:2:approve")
    await at_rest(forum)
    return organizer, code, other


async def press_all(person: Person, data: Iterator[str], caplog: pytest.LogCaptureFixture) -> None:
    message = (await person.last()).id
    for one in data:
        caplog.clear()
        answer = await person.press_data(one, message)
        failures = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
        assert (answer.answered, failures) == (True, []), one


@pytest.mark.parametrize("each", [EACH, pytest.param(100, marks=pytest.mark.endure)])
async def test_no_button_makes_the_bot_fail(forum: Forum, caplog: pytest.LogCaptureFixture, each: int) -> None:
    organizer, code, other = await questions_of_two(forum)
    numbers = (1, 2, 404, 0, -1, 2**53)
    await press_all(organizer, forged(numbers, (code, other, "", "nope"), 1, each), caplog)


async def test_numbers_beyond_all_bounds_make_nothing_fail(forum: Forum, caplog: pytest.LogCaptureFixture) -> None:
    organizer, code, _ = await questions_of_two(forum)
    session = forum.programme.session(code)
    assert session is not None
    await forum.at(session.start + dt.timedelta(minutes=7))
    presses = (f"rnm:{code}:start:{2**53}:0:now", f"rnm:{code}:end:{2**53}:1:page", f"bd:person:{'9' * 40}")
    await press_all(organizer, iter(presses), caplog)
    [marked] = tables(forum.folder)["session_runs"]
    assert marked["ended_at"] == forum.clock.seconds()


async def test_a_moderator_of_one_session_changes_nothing_of_another(
    forum: Forum, caplog: pytest.LogCaptureFixture
) -> None:
    organizer, code, other = await questions_of_two(forum)
    moderator = await moderator_of(forum, organizer, code, "Гүлнар")
    await at_rest(forum)

    def kept() -> dict[str, Rows]:
        """All but how many voices a question has: that is for everybody to change."""
        return {
            name: [{column: value for column, value in row.items() if column != "votes"} for row in rows]
            for name, rows in tables(forum.folder).items()
            if name not in OF_ONE_S_OWN
        }

    before = kept()
    await press_all(moderator, forged((2, 1), (other, ""), 3), caplog)
    await at_rest(forum)
    changed = {
        (name, str(row.get("question", row.get("number", row.get("session")))))
        for name, rows in kept().items()
        for row in rows
        if row not in before[name]
    }
    assert {about for _, about in changed} <= {"1", "None", str(moderator.id), code}, changed
    assert changed & {("audit", "1"), ("questions", "1")}  # the same presses do something at their own desk
