"""How many taps fourteen tasks take, from the chat as it stands: a key, a button and a link's START are a tap each, a
command is two (the menu beside the field, then the command), what is typed and sent is a text.

`BEFORE` was counted by the same test at 0.8.0. No task may become longer.
"""

from __future__ import annotations

import datetime as dt

import pytest

from bot.programme.lookup import need_session
from tests.conftest import DELEGATION, Forum, turn_to
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, said
from tests.telegram import Message, Person

BEFORE = {
    "register": (5, 0),
    "now": (2, 0),
    "ask on now": (2, 1),
    "speaker": (1, 1),
    "remind me": (3, 0),
    "my agenda": (1, 0),
    "my questions": (1, 0),
    "approve": (1, 0),
    "decline": (2, 0),
    "merge": (4, 0),
    "put on stage": (4, 0),
    "shift the day": (9, 0),
    "announce in three languages": (9, 3),
    "replace a speaker": (9, 1),
}
SESSION = "opening"
LANGUAGE = "ru"


class Thumb:
    """A person whose taps are counted."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.taps = self.texts = 0

    async def key(self, key: str) -> Message:
        self.taps += 1
        await self.person.look_away()
        await self.person.tap(said(key, LANGUAGE))
        return await self._shown()

    async def command(self, name: str) -> Message:
        self.taps += 2
        await self.person.look_away()
        await self.person.send(f"/{name}")
        return await self._shown()

    async def press(self, *buttons: str) -> Message:
        """One after the other, each on the newest message that has it."""
        for data in buttons:
            self.taps += 1
            await self.person.look_away()
            await self.person.press(data)
        return await self._shown()

    async def type(self, text: str) -> Message:
        self.texts += 1
        await self.person.look_away()
        await self.person.send(text)
        return await self._shown()

    async def _shown(self) -> Message:
        await self.person.telegram.idle()
        return await self.person.last()

    def no_worse(self, task: str) -> None:
        taps, texts = BEFORE[task]
        assert (self.taps <= taps, self.texts <= texts) == (True, True), (task, self.taps, self.texts)


async def delegate(forum: Forum) -> Thumb:
    return Thumb(await forum.delegate("Айгерім", LANGUAGE))


async def on_now(forum: Forum) -> None:
    """The session has just begun."""
    await forum.at(need_session(forum.programme, SESSION).start + dt.timedelta(minutes=5))


async def asked(forum: Forum, *texts: str) -> None:
    author = await forum.delegate("Ерлан", LANGUAGE)
    for text in texts:
        await ask(author, SESSION, text)


async def test_register(forum: Forum) -> None:
    thumb = Thumb(await forum.telegram.person("Айгерім", LANGUAGE))
    await thumb.person.start()
    thumb.taps += 1
    await thumb.press("c:", "rn")
    await turn_to(thumb.person, f"rd:{DELEGATION}")
    await thumb.press(f"rd:{DELEGATION}", "rs")
    assert tables(forum.folder)["participants"][0]["registered_at"]
    thumb.no_worse("register")


async def test_now_is_one_tap(forum: Forum) -> None:
    thumb = await delegate(forum)
    await on_now(forum)
    screen = await thumb.key("menu.now")
    assert need_session(forum.programme, SESSION).title.say(LANGUAGE) in screen.text
    assert thumb.taps == 1
    thumb.no_worse("now")


async def test_asking_on_what_is_on_is_one_tap_and_the_text(forum: Forum) -> None:
    thumb = await delegate(forum)
    await on_now(forum)
    await thumb.key("menu.ask")
    await thumb.type("Когда опубликуют бюджет?")
    assert tables(forum.folder)["questions"][0]["session"] == SESSION
    assert (thumb.taps, thumb.texts) == (1, 1)
    thumb.no_worse("ask on now")


async def test_when_and_where_somebody_speaks(forum: Forum) -> None:
    thumb = await delegate(forum)
    found = await thumb.type("Курманов")
    assert "📍" in found.text
    thumb.no_worse("speaker")


async def test_remind_me(forum: Forum) -> None:
    thumb = await delegate(forum)
    await thumb.key("menu.agenda")
    await thumb.press(f"s:{SESSION}", f"b:{SESSION}:1")
    assert tables(forum.folder)["bookmarks"]
    thumb.no_worse("remind me")


@pytest.mark.parametrize(("task", "key"), [("my agenda", "menu.my"), ("my questions", "menu.questions")])
async def test_what_is_mine(forum: Forum, task: str, key: str) -> None:
    thumb = await delegate(forum)
    await thumb.key(key)
    thumb.no_worse(task)


@pytest.mark.parametrize(("task", "buttons"), [("approve", ["approve"]), ("decline", ["decline", "offtopic"])])
async def test_a_question_is_decided(forum: Forum, task: str, buttons: list[str]) -> None:
    thumb = Thumb(await forum.organizer(LANGUAGE))
    await asked(forum, "Когда опубликуют бюджет?")
    await thumb.person.sees("1")
    if task == "approve":
        await thumb.press("kd:1:approve")
    else:
        await thumb.press("kd:1:decline", "kr:1:")
    assert tables(forum.folder)["questions"][0]["state"] == {"approve": "approved", "decline": "declined"}[task]
    thumb.no_worse(task)


async def test_two_questions_are_merged(forum: Forum) -> None:
    thumb = Thumb(await forum.organizer(LANGUAGE))
    await asked(forum, "Когда опубликуют бюджет?", "Бюджет: когда его опубликуют?")
    await thumb.person.sees("2")
    await thumb.press("km:2:-", "jm:2:0:-", "jt:2:1:-", "jy:2:1:")
    assert tables(forum.folder)["questions"][1]["merged_into"] == 1
    thumb.no_worse("merge")


async def test_a_question_goes_on_stage(forum: Forum) -> None:
    thumb = Thumb(await forum.organizer(LANGUAGE))
    await on_now(forum)
    await asked(forum, "Когда опубликуют бюджет?")
    await thumb.person.press("kd:1:approve")
    await thumb.key("menu.desk")
    await thumb.press(f"ks:{SESSION}", "to:", "tm:")
    assert "№1" in (await thumb.person.last()).text
    thumb.no_worse("put on stage")


async def test_the_day_is_shifted(forum: Forum) -> None:
    thumb = Thumb(await forum.organizer(LANGUAGE))
    await on_now(forum)
    await thumb.key("menu.staff")
    await thumb.press("go:programme", "go:change", f"pes:{SESSION}:", f"pes:{SESSION}:time:0", f"peo:{SESSION}:d")
    await thumb.press(f"peh:{SESSION}:d:20:", "ppa:", "ppy:")
    assert len(tables(forum.folder)["programmes"]) == 2
    thumb.no_worse("shift the day")


async def test_three_languages_are_announced(forum: Forum) -> None:
    thumb = Thumb(await forum.organizer(LANGUAGE))
    await thumb.key("menu.announce")
    await thumb.type("Автобус в 18:30")
    await thumb.press("av:1::open", "av:1:ru:name", "av:1:kk:write")
    await thumb.type("Автобус 18:30-да")
    await thumb.press("av:1::open", "av:1:en:write")
    await thumb.type("The bus leaves at 18:30")
    await thumb.press("ad:1:confirm", "an:1:send")
    assert sorted(row["language"] for row in tables(forum.folder)["announcement_parts"]) == ["en", "kk", "ru"]
    thumb.no_worse("announce in three languages")


async def test_a_speaker_is_replaced(forum: Forum) -> None:
    thumb = Thumb(await forum.organizer(LANGUAGE))
    await thumb.key("menu.staff")
    await thumb.press("go:speakers", "skd:altayev:0", "pei:p:altayev:", "za:altayev")
    await thumb.type("Нургазиева")
    await thumb.press("zb:altayev:", "ze:altayev:", "ppa:", "ppy:")
    assert len(tables(forum.folder)["programmes"]) == 2
    thumb.no_worse("replace a speaker")
