"""Every button that decides, pressed where or when nobody should: on a message that is gone or older than the bot, in
another chat, by two at the same moment."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.views.buttons import meaning_of
from tests.callback_data import CLASSES
from tests.conftest import ORGANIZER, Forum
from tests.scenarios.announcements.announcing import second_organizer
from tests.scenarios.moderation.groups import group_of
from tests.scenarios.second_reader import at_rest
from tests.scenarios.staff.staff_presses import staff_presses
from tests.scenarios.steps import ask, sessions
from tests.telegram import Answer, Person

LONG_GONE = 1_000_000  # no message has this number: Telegram hands over that there was one, and nothing of it
OF_EVERYBODY: dict[str, tuple[str, ...]] = {
    "Agree": ("c:kk:",),
    "TakeName": ("rn",),
    "TakeDelegation": ("rd:shymkent",),
    "SkipOrganization": ("rs",),
    "Profile": ("sp:no_organization",),
    "AddVoice": ("ja:2",),
    "SendAnyway": ("jn:1",),
    "Follow": ("fw:2:1:0", "fw:2:0:0"),
    "FollowAlike": ("fm:2",),
    "VoteHere": ("fs:2:1:0", "fs:2:0:0"),
    "WithdrawQuestion": ("mw:1:1",),
    "AskThis": ("tq:opening",),
    "AddToRating": ("tyr:opening",),
    "ShowName": ("qn:1:0:1", "qn:1:1:1"),
    "GroupCard": tuple(f"gc:1:{act}" for act in ("approve", "asked", "take", "undo")),
    "GroupReason": ("gr:1:rude", "gr:1:none"),
    "GroupTwin": ("jc:merge:1:2:1:1",),
    "GroupDesk": tuple(f"gd:{act}" for act in ("open", "move", "close")),
}
LAST: dict[str, tuple[str, ...]] = {"Forget": ("fg:1",)}


def decisive(code: str, person: int) -> list[str]:
    """Data of every kind that decides, with values that would do something."""
    by_class = staff_presses(code, "20261126", person, "0" * 64) | OF_EVERYBODY
    stars: dict[str, tuple[str, ...]] = {
        "Star": (f"b:{code}:1:",),
        "Vote": ("v:2:1:0",),
        "RemoveRating": (f"rtx:{code}",),
    }
    found = [data for presses in (by_class | stars | LAST).values() for data in presses if meaning_of(data) is not None]
    missing = {one.__name__ for one in CLASSES if hasattr(one, "stays")} - set(by_class | stars | LAST)
    assert missing == set(), "a new kind that decides is to be pressed here too"
    return found


async def questions_of(forum: Forum, author: Person) -> str:
    code = sessions(forum)[0].code
    await ask(author, code, "Екі адам бірден басса ше?")
    await ask(author, code, "Мүлдем басқа сұрақ қандай?")
    await at_rest(forum)
    return code


def failures(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


async def heard(forum: Forum, person: Person, answer: Answer, before: int, chat: int | None = None) -> bool:
    """Whether something came back: words in the answer, or something new or changed in the chat."""
    if answer.text:
        return True
    await forum.telegram.idle(settle=0.02)
    return len(await person.messages(chat)) != before or bool(person._new)


async def test_on_a_message_that_is_gone_or_older_than_the_bot(forum: Forum, caplog: pytest.LogCaptureFixture) -> None:
    organizer = await forum.organizer()
    code = await questions_of(forum, organizer)
    silent = []
    for data in decisive(code, ORGANIZER):
        await organizer.messages()
        organizer._new.clear()
        before = len(organizer.shown())
        answer = await organizer.press_data(data, LONG_GONE)
        assert (answer.answered, failures(caplog)) == (True, []), data
        if not await heard(forum, organizer, answer, before):
            silent.append(data)
    assert silent == []


async def test_in_another_chat_and_on_a_message_without_buttons(forum: Forum, caplog: pytest.LogCaptureFixture) -> None:
    """As a copy of it that somebody's client presses."""
    organizer = await forum.organizer()
    code = await questions_of(forum, organizer)
    chat = await group_of(forum, organizer)
    said = await organizer.send("копия", chat=chat)
    for data in decisive(code, ORGANIZER):
        answer = await organizer.press_data(data, said.id, chat=chat)
        assert (answer.answered, failures(caplog)) == (True, []), data


async def test_by_two_at_the_same_moment(forum: Forum, caplog: pytest.LogCaptureFixture) -> None:
    organizer = await forum.organizer()
    helper = await second_organizer(forum, organizer)
    code = await questions_of(forum, await forum.delegate("Ася", "ru"))
    for data in decisive(code, helper.id):
        if data in LAST["Forget"]:
            continue
        messages = [(await person.last()).id for person in (organizer, helper)]
        both = zip((organizer, helper), messages, strict=True)
        answers = await asyncio.gather(*(person.press_data(data, message) for person, message in both))
        assert ([one.answered for one in answers], failures(caplog)) == ([True, True], []), data
