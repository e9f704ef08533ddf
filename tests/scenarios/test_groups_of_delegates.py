"""A group of delegates: the bot is useful there or silent, the same way each time."""

from __future__ import annotations

import pytest

from bot.groups import A_MINUTE
from bot.texts import LANGUAGES
from bot.views.people.menu import COMMANDS, MODERATOR_COMMANDS, ORGANIZER_COMMANDS
from tests.conftest import Forum, Running
from tests.scenarios.moderation.groups import cards_in, group_of
from tests.scenarios.second_reader import at_rest, tables
from tests.scenarios.steps import ask, said, sessions
from tests.telegram import Person

OUR_LINK = "https://t.me/minber_bot"
ANSWERED = ("start", "now", "agenda")
POINTED = sorted({*COMMANDS, *MODERATOR_COMMANDS, *ORGANIZER_COMMANDS, "desk"} - set(ANSWERED))


async def a_minute_later(forum: Forum) -> None:
    await forum.telegram.clock(by=61)
    await at_rest(forum)


async def answers(forum: Forum, person: Person, text: str, chat: int) -> list[str]:
    """What the bot writes into the group for this message."""
    before = {one.id for one in await person.messages(chat)}
    await person.send(text, chat=chat)
    await forum.telegram.idle()
    new = [one for one in await person.messages(chat) if one.from_bot and one.id not in before]
    assert all(OUR_LINK in one.text and one.rows == [] for one in new)
    return [one.text for one in new]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ending", ["", "@minber_bot"])
async def test_what_is_on_and_the_day_are_answered_for_everybody(forum: Forum, ending: str, language: str) -> None:
    """By a member of the bot or not, and each in the language of who asks."""
    guest, member = await forum.telegram.person("Гость", language), await forum.delegate("Дина", language)
    chat = await forum.telegram.group("Делегация", guest, member)
    title = forum.programme.forum.title.say(language)
    opening = sessions(forum)[1].title.say(language)[:20]
    for person in (guest, member):
        [hello] = await answers(forum, person, f"/start{ending}", chat)
        assert title in hello
        assert said("groups.hello", language) in hello
        [now] = await answers(forum, person, f"/now{ending}", chat)
        assert said("agenda.nothing_now", language) in now or said("agenda.now", language) in now
        [day] = await answers(forum, person, f"/agenda{ending}", chat)
        assert opening in day
        await a_minute_later(forum)
    assert [row["id"] for row in tables(forum.folder)["participants"]] == [member.id]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_other_command_that_names_the_bot_is_answered_with_the_way_to_the_private_chat(
    forum: Forum, language: str
) -> None:
    person = await forum.delegate("Дина", language)
    chat = await forum.telegram.group("Делегация", person)
    for command in (
        *(f"/{one}@minber_bot" for one in POINTED),
        "/start s_opening",
        "/nonsense@minber_bot",
        "/my@MINBER_BOT",
    ):
        found = await answers(forum, person, command, chat)
        assert found == [said("fallback.group", language, link=OUR_LINK)], command
        await a_minute_later(forum)


NOT_OURS = (
    "Всем привет",
    "/ask",
    "/my",
    "/nonsense",
    "/now@another_bot",
    "/start@another_bot x",
    "/",
    "now",
    "⭐ Моя программа",
)


@pytest.mark.parametrize("text", NOT_OURS)
async def test_to_anything_else_the_bot_is_silent(forum: Forum, text: str) -> None:
    person = await forum.delegate("Дина", "ru")
    chat = await forum.telegram.group("Делегация", person)
    for _ in range(2):
        assert await answers(forum, person, text, chat) == []
        await a_minute_later(forum)


async def test_each_answer_is_given_once_a_minute_in_each_language(forum: Forum) -> None:
    one, other = await forum.delegate("Дина", "ru"), await forum.delegate("Марат", "ru")
    reads_kazakh = await forum.delegate("Айгерім", "kk")
    chat = await forum.telegram.group("Делегация", one, other, reads_kazakh)
    elsewhere = await forum.telegram.group("Другая", one)
    assert len(await answers(forum, one, "/now", chat)) == 1
    for person in (one, other):
        assert await answers(forum, person, "/now@minber_bot", chat) == []
    assert len(await answers(forum, other, "/agenda", chat)) == 1
    assert len(await answers(forum, other, "/my@minber_bot", chat)) == 1
    assert len(await answers(forum, other, "/ask@minber_bot", chat)) == 1
    assert await answers(forum, one, "/ask@minber_bot", chat) == []
    assert len(await answers(forum, reads_kazakh, "/now", chat)) == 1
    assert len(await answers(forum, one, "/now", elsewhere)) == 1
    await a_minute_later(forum)
    assert len(await answers(forum, one, "/now", chat)) == 1


async def test_however_many_command_a_group_keeps_to_its_twenty_messages(running: Running) -> None:
    running.settings["messages_per_second"] = 28
    async with running.open() as forum:
        people = [await forum.telegram.person(f"Гость {number}", "ru") for number in range(2)]
        chat = await forum.telegram.group("Делегация", *people)
        for command in (*(f"/{one}@minber_bot" for one in POINTED[:9]), "/start", "/start x", "/now", "/agenda") * 2:
            for person in people:
                await person.send(command, chat=chat)
        await at_rest(forum)
        assert len([one for one in await people[0].messages(chat) if one.from_bot]) == A_MINUTE


async def test_where_the_moderators_are_the_desk_comes_first(running: Running) -> None:
    running.settings["messages_per_second"] = 28
    async with running.open() as forum:
        organizer, author = await forum.organizer(), await forum.delegate("Ася", "ru")
        stranger = await forum.telegram.person("Чужой", "ru")
        chat = await group_of(forum, organizer, stranger)
        for command in ("/start", "/now", "/agenda", "/my@minber_bot", "/ask@minber_bot", "/start x") * 5:
            await stranger.send(command, chat=chat)
        await at_rest(forum)
        await ask(author, sessions(forum)[0].code, "Дойдёт ли карточка?")
        await organizer.sees("Дойдёт ли карточка?", chat=chat)
        assert len(cards_in(stranger, chat, said("fallback.group", link=OUR_LINK))) == 3


async def test_a_press_on_a_button_of_a_private_chat_says_so_each_time(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    chat = await forum.telegram.group("Делегация", person)
    await person.send("/now", chat=chat)
    message = await person.sees(said("agenda.now"), chat=chat)
    for data in ("b:opening:1:", "q:opening", "s:opening:", "sn:kk", "c:ru:", "nonsense"):
        answer = await person.press_data(data, message.id, chat=chat)
        assert (answer.text, answer.alert) == (said("refusal.stale"), True)
    assert tables(forum.folder)["bookmarks"] == []
    await forum.telegram.idle()
    assert len([one for one in await person.messages(chat) if one.from_bot]) == 1
