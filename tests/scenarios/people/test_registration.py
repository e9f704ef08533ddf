"""From a stranger to a delegate: consent, five taps, and coming back to a registration that was left."""

from __future__ import annotations

import asyncio

import pytest

from bot.programme.model import Programme
from tests.conftest import ORGANIZER, Forum, Running, register, turn_to
from tests.scenarios.second_reader import at_rest, tables, traces
from tests.telegram import Person

WORDS = {
    "kk": ("Қайырлы күн", "Келісемін", "Қай делегациядансыз", "Тіркелдіңіз"),
    "ru": ("Здравствуйте", "Даю согласие", "Из какой вы делегации", "Вы зарегистрированы"),
    "en": ("Hello", "I agree", "Which delegation", "You are registered"),
}


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_four_taps_register_in_the_language_of_ones_telegram(forum: Forum, language: str) -> None:
    hello, agree, which, done = WORDS[language]
    person = await forum.telegram.person("Дина", language, last_name="Ахметова")
    await person.start()
    await person.sees(hello, "/privacy", "/mydata", "/forget")
    await person.press(agree)
    await person.press("Дина Ахметова")
    await person.sees(which)
    await turn_to(person, "rd:shymkent")
    await person.press("rd:shymkent")
    await person.press("rs")
    await person.sees(done, "Дина Ахметова")
    assert len(person.keys) == 6

    await at_rest(forum)
    [row] = tables(forum.folder)["participants"]
    assert (row["id"], row["language"], row["name"], row["delegation"], row["organization"]) == (
        person.id,
        language,
        "Дина Ахметова",
        "shymkent",
        None,
    )
    assert row["registered_at"] == forum.clock.seconds()


async def test_another_language_is_one_tap_away_before_anything_is_stored(forum: Forum) -> None:
    person = await forum.telegram.person("Дина", "ru")
    await person.start()
    await person.sees("Здравствуйте")
    await person.press("Қазақша")
    await person.sees("Сәлем")
    await person.press("Келісемін")
    await person.press("rn")
    await person.sees("Қай делегациядансыз")
    await person.press("rd:abai")
    await person.send("«Болашақ» қоры")
    await person.sees("Тіркелдіңіз")
    [row] = tables(forum.folder)["participants"]
    assert (row["language"], row["organization"]) == ("kk", "«Болашақ» қоры")


async def test_nothing_personal_is_stored_before_consent(forum: Forum) -> None:
    """The whole bot but what needs a registration, and no trace of the person in any table."""
    guest = await forum.telegram.person("Зарина", "ru", last_name="Ибраева", username="zarina_ibraeva")
    await guest.start("q_book")
    await guest.press("English")
    await guest.press("Look around")
    for word in ("/agenda", "/now", "/speakers", "/help", "/privacy", "/settings", "/my", "/ask", "форум", "Зарина"):
        await guest.send(word)
    await guest.sticker()
    await guest.press("sn:kk")
    await guest.press_data("b:book:1:", (await guest.last()).id)
    await at_rest(forum)
    assert traces(forum.folder, guest.id, "Зарина", "Ибраева", "zarina") == []
    filled = {name for name, rows in tables(forum.folder).items() if rows}
    assert filled <= {"programmes", "draft_revision", "inbox_mark", "serving_bot", "migrations", "chief_organizers"}


async def test_a_second_start_does_not_register_twice(forum: Forum) -> None:
    person = await forum.delegate()
    [before] = tables(forum.folder)["participants"]
    await forum.telegram.clock(by=3600)
    await person.start()
    await person.sees("Айгерім", "👋")
    await register_again(person)
    [after] = tables(forum.folder)["participants"]
    assert after == before


async def register_again(person: Person) -> None:
    """The buttons of the old greeting and the old question still stand in the chat."""
    greeting = next(message for message in await person.messages() if message.from_bot)
    assert (await person.press_data("c:kk:", greeting.id)).text == "Сіз бұрын тіркелгенсіз."
    assert (await person.press_data("rs", greeting.id)).text == "Сіз бұрын тіркелгенсіз."


async def test_two_taps_at_once_are_one(forum: Forum) -> None:
    person = await forum.telegram.person("Дина", "en")
    await person.start()
    greeting = await person.sees("Hello")
    for data in ("c:en:", "rn", "rd:abai", "rs"):
        await person.newest(data)
        await forum.telegram.linger()
        for _ in range(2):
            await forum.telegram.post("press", person=person.id, message_id=greeting.id, data=data)
    await person.sees("You are registered, Дина")
    await at_rest(forum)
    assert sum("You are registered" in message.text for message in await person.messages()) == 1
    assert len(tables(forum.folder)["participants"]) == 1


async def test_a_registration_can_be_left_and_resumed_and_keeps_its_deep_link(forum: Forum) -> None:
    person = await forum.telegram.person("Дина", "ru")
    await person.start("q_book")
    await person.press("Даю согласие")
    await person.sees("Как вас представить")
    await person.send("/agenda")
    await person.sees("26 ноября")
    await person.send("дневник")  # no longer taken for a name
    await person.sees("дневник")
    assert tables(forum.folder)["participants"][0]["name"] is None
    await person.start()
    await person.sees("Как вас представить")
    await person.send("Дина Ахметова")
    await person.sees("Из какой вы делегации")
    await person.send("Шымкент")
    await person.sees("кнопкой")
    await turn_to(person, "Шымкент")
    await person.press("Шымкент")
    await person.press("Пропустить")
    await person.sees("Вы зарегистрированы, Дина Ахметова")
    await person.sees("Презентация книги", "5–500")


async def test_a_half_done_registration_survives_a_restart(running: Running) -> None:
    await running.start()
    async with await running.connect() as telegram:
        person = await telegram.person("Дина", "ru")
        await person.start("s_book")
        await person.press("Даю согласие")
        await person.press("rn")
        await telegram.idle()
        await running.stop()
        await running.start()
        await person.press("rd:abai")
        await person.sees("Какую организацию")
        await person.send("Фонд")
        await person.sees("Вы зарегистрированы")
        await person.sees("Презентация книги", "📍")


@pytest.mark.parametrize(
    ("first", "last", "offered"),
    [
        ("🙂🙃", "", ""),
        ("<b>Bold</b>", "&amp;", "<b>Bold</b> &amp;"),
        ("\u202eавраЗ", "", "авраЗ"),
        ("سارة", "الحسن", "سارة الحسن"),
        ("A\u200b\u200bB", "", "AB"),
        ("x" * 60, "y" * 60, "x" * 60),
        ("x" * 4096, "", ""),
    ],
    ids=["emoji", "html", "reordered", "right-to-left", "zero-width", "too long together", "4096"],
)
async def test_a_profile_name_of_any_kind_is_offered_clean_or_not_at_all(
    forum: Forum, first: str, last: str, offered: str
) -> None:
    person = await forum.telegram.person(first, "en", last_name=last)
    await person.start()
    await person.press("I agree")
    asked = await person.sees("What is your name")
    if not offered:
        assert asked.button("rn") is None
        await person.send("Sara")
    else:
        await person.press("rn")
    await person.sees("Which delegation")
    assert tables(forum.folder)["participants"][0]["name"] == (offered or "Sara")
    await person.press("rd:abai")
    await person.press("rs")
    await person.sees(f"You are registered, {offered or 'Sara'}!")


@pytest.mark.parametrize("typed", ["?", "🙂🙂🙂", "\u200b\u200d.", "я" * 65, "-" * 4096])
async def test_what_is_no_name_is_refused_and_the_form_stays_open(forum: Forum, typed: str) -> None:
    person = await forum.telegram.person("Дина", "ru")
    await person.start()
    await person.press("Даю согласие")
    await person.send(typed)
    await person.sees("Напишите имя и фамилию", "64")
    await person.sticker()
    await person.sees("Напишите имя и фамилию")
    await person.send("Дина\n\u202eАхметова  ")
    await person.sees("Из какой вы делегации")
    assert tables(forum.folder)["participants"][0]["name"] == "Дина Ахметова"


async def test_a_forum_without_delegations_does_not_ask_for_one(running: Running, programme: Programme) -> None:
    running.programme = Programme(forum=programme.forum, days=programme.days, sessions=())
    await running.start()
    async with await running.connect() as telegram:
        person = await telegram.person("Дина", "ru")
        await person.start()
        await person.press("Даю согласие")
        await person.press("rn")
        await person.sees("Какую организацию")
        await person.press("Пропустить")
        await person.sees("Вы зарегистрированы")


async def test_the_command_menu_follows_the_language_and_the_role(forum: Forum) -> None:
    guest = await forum.telegram.person("Guest", "en")
    await at_rest(forum)
    await forum.telegram.catch_up()
    assert "agenda" in guest.commands
    organizer = await forum.telegram.person("Динара", "ru", id=ORGANIZER)
    await register(organizer)
    await at_rest(forum)
    await forum.telegram.catch_up()
    assert {"announce", "moderate", "stats"} <= set(organizer.commands)
    assert "announce" not in guest.commands
    delegate = await forum.telegram.person("Айша", "en")
    await delegate.start()
    await delegate.press("Қазақша")
    await register_from_greeting(delegate)
    await at_rest(forum)
    await forum.telegram.catch_up()
    assert {"command": "agenda", "description": "Бағдарлама"} in delegate.data["commands"]


async def register_from_greeting(person: Person) -> None:
    await person.press("c:kk")
    await person.press("rn")
    await person.press("rd:abai")
    await person.press("rs")
    await person.sees("Тіркелдіңіз")


async def test_the_first_question_comes_in_the_language_in_which_somebody_agreed(running: Running) -> None:
    """Of a guest nothing is stored: a start in between forgets the language, and the button remembers it."""
    await running.start()
    async with await running.connect() as telegram:
        person = await telegram.person("Иван", "ru")
        await person.start()
        await person.press("l:kk:")
        await person.sees("Сәлеметсіз бе")
        await running.stop()
        await running.start()
        await person.press("c:kk:")
        await person.sees("Есіміңіз кім")


async def test_everybody_can_register_at_the_same_time(forum: Forum) -> None:
    people = [await forum.telegram.person(f"Delegate{number}", "en") for number in range(12)]
    await asyncio.gather(*(register(person) for person in people))
    rows = tables(forum.folder)["participants"]
    assert sorted(row["id"] for row in rows) == sorted(person.id for person in people)
    assert all(row["registered_at"] for row in rows)
