"""A question's life in its author's chat: asked, changed, withdrawn, refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.programme.model import Programme
from tests.conftest import Forum, Running, register
from tests.scenarios.second_reader import Rows, at_rest, tables
from tests.scenarios.steps import said
from tests.telegram import Person


async def ask(person: Person, text: str, session: str = "opening", anonymous: bool = False) -> None:
    """As from a session's card, up to the text that is typed."""
    await person.start(f"q_{session}")
    await person.sees("✋")
    if anonymous:
        await person.press("qa:")
    await person.send(text)


def questions(forum: Forum) -> Rows:
    return tables(forum.folder)["questions"]


async def test_receipts_are_numbered_and_names_are_shown_or_hidden(forum: Forum) -> None:
    organizer = await forum.organizer()
    person = await forum.delegate("Айгерім", "kk")
    await ask(person, "Заң қашан қабылданады?")
    await person.sees("🧾", "№1", "Заң қашан қабылданады?", "ашылуы")
    await organizer.sees("№1", "Айгерім", "Заң қашан қабылданады?")
    await ask(person, "Жобаның бюджеті қандай?", anonymous=True)
    await person.sees("🧾", "№2")
    card = await organizer.sees("№2", "Жобаның бюджеті қандай?")
    assert "Айгерім" not in card.text
    await person.send("/questions")
    await person.sees("№2 ⏳", "№1 ⏳")
    await person.press("m1:2")
    assert "аты көрсетілмеген" in (await person.last()).text
    assert [(row["number"], row["anonymous"], row["state"]) for row in questions(forum)] == [
        (1, 0, "pending"),
        (2, 1, "pending"),
    ]


async def test_the_session_on_now_is_the_first_that_is_offered(forum: Forum, programme: Programme) -> None:
    opening = programme.session("opening")
    assert opening is not None
    await forum.at(opening.start)
    person = await forum.delegate("Дина", "ru")
    await person.tap("Спросить")
    await person.press("Спросить о другой сессии")
    shown = await person.sees("что идёт сейчас")
    assert shown.buttons[0].startswith("🔴 Торжественное открытие")
    await person.press("пт, 27 нояб.")
    await person.press("Назад")
    await person.press("чт, 26 нояб.")
    shown = await person.last()
    assert not any("ланч" in label.lower() or "кофе" in label.lower() for label in shown.buttons)
    await person.press("q:opening")
    await person.sees("Торжественное открытие", "5–500")
    await person.send("Почему так?")
    await person.sees("🧾", "№1")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Так", "не меньше 5"),
        ("?!?!?!", "не меньше 5"),
        ("я" + "\u200b" * 50 + "я", "не меньше 5"),
        ("ы" * 501, "501"),
        ("ы" * 4096, "4096"),
        ("Та" + " " * 300 + "!", "не меньше 5"),
    ],
    ids=["short", "signs", "invisible", "501", "4096", "spaces"],
)
async def test_an_unfit_text_is_refused_with_the_reason_and_the_form_stays(forum: Forum, typed: str, says: str) -> None:
    person = await forum.delegate("Дина", "ru")
    await ask(person, typed)
    refusal = await person.sees(says)
    assert "🧾" not in refusal.text
    assert questions(forum) == []
    await person.send("Теперь подойдёт?")
    await person.sees("🧾", "№1", "Теперь подойдёт?")


@pytest.mark.parametrize("length", [5, 499, 500])
async def test_both_limits_are_within(forum: Forum, length: int) -> None:
    person = await forum.delegate("Дина", "ru")
    await ask(person, "ы" * length)
    await person.sees("🧾", "№1")
    assert len(questions(forum)[0]["text"]) == length


async def test_markup_and_tricks_are_kept_as_plain_words(forum: Forum) -> None:
    organizer = await forum.organizer()
    person = await forum.delegate("Дина", "ru")
    await ask(person, "<b>Где</b> &lt;\u202eдокументы\u202c? z\u0335\u0336\u0337\u0338\u0339algo <a href='x'>")
    shown = await person.sees("🧾", "№1", "<b>Где</b> &lt;документы?", "<a href='x'>")
    assert "\u202e" not in shown.text
    await organizer.sees("<b>Где</b> &lt;документы?")


async def test_pictures_and_voices_leave_the_form_open(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.start("q_opening")
    await person.sees("✋")
    for send in (person.sticker, person.voice, person.contact):
        await send()
        await person.sees("вопрос текстом")
    await person.send_photo(b"\x89PNG", "Почему так?")
    await person.sees("вопрос текстом")
    await person.send("Почему так?")
    await person.sees("🧾", "№1")


async def test_doing_something_else_closes_the_form(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.start("q_opening")
    form = await person.sees("✋")
    await person.send("/speakers")
    await person.sees("👤 ")
    await person.send("открытие форума")
    await person.sees("🔍")
    answer = await person.press("Скрыть моё имя", form)
    assert not answer.alert
    await person.sees("форма вопроса уже закрыта")
    assert questions(forum) == []


async def test_the_buttons_of_a_sent_form_promise_nothing(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.start("q_opening")
    form = await person.sees("✋")
    await person.send("Почему так?")
    await person.sees("🧾", "№1")
    assert (await person.press("Отмен", form)).text == said("form.nothing_to_cancel")
    await person.press("qa:", form)
    await person.sees("форма вопроса уже закрыта")
    assert questions(forum)[0]["state"] == "pending"
    await person.press("Ещё вопрос", form)
    await person.sees("5–500")
    await person.press("Отмен", form)
    await person.sees("Отменено")
    await person.send("ещё один вопрос")
    await at_rest(forum)
    assert len(questions(forum)) == 1


async def test_the_same_update_twice_is_one_question(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.start("q_opening")
    await person.sees("✋")
    sent = await person.send("Почему так?")
    await person.sees("🧾", "№1")
    await person.press("Ещё вопрос")
    await person.sees("5–500")
    await forum.telegram.update({"message": sent.data})
    await person.sees("🧾", "№1")
    assert len(questions(forum)) == 1


async def test_a_waiting_question_is_edited_by_button_and_by_editing_the_message(forum: Forum) -> None:
    organizer = await forum.organizer()
    person = await forum.delegate("Дина", "ru")
    await person.start("q_opening")
    await person.sees("✋")
    sent = await person.send("Почему так?")
    await person.press("Открыть мой вопрос")
    await person.press("✏️")
    await person.send("но")
    await person.sees("Слишком коротко")
    await person.send("Почему именно так?")
    await person.sees("✏️ Вопрос №1 изменён", "Почему именно так?")
    await organizer.sees("№1", "Почему именно так?")
    await person.edit(sent, "Почему всё-таки так?")
    await person.sees("✏️ Вопрос №1 изменён")
    await organizer.sees("№1", "Почему всё-таки так?")
    await person.edit(sent, "Почему  всё-таки так?")
    await person.quiet()
    await person.edit(sent, "ой")
    await person.sees("Слишком коротко")
    assert questions(forum)[0]["text"] == "Почему всё-таки так?"
    await organizer.press("kd:1:approve")
    await person.sees("№1", "одобрен")
    await person.edit(sent, "Совсем другой вопрос")
    await person.sees("уже нельзя изменить")
    assert (await person.press_data("me:1", sent.id)).alert
    assert questions(forum)[0]["text"] == "Почему всё-таки так?"


async def test_a_question_is_withdrawn_after_a_confirmation(forum: Forum) -> None:
    organizer = await forum.organizer()
    person, other = await forum.delegate("Дина", "ru"), await forum.delegate("Марат", "ru")
    await ask(person, "Почему так?")
    await person.press("Открыть мой вопрос")
    await person.press("Отозвать")
    await person.press("Назад")
    await person.press("Отозвать")
    assert (await other.press_data("mw:1:1", 1)).text == "Такого вопроса нет. Откройте список заново из меню."
    assert (await other.press_data("m1:1", 1)).text == "Такого вопроса нет. Откройте список заново из меню."
    assert questions(forum)[0]["state"] == "pending"
    card = await organizer.sees("№1", "Почему так?")
    await person.press("mw:1:1")
    assert (await person.toast()).text.startswith("Вопрос отозван")
    await organizer.sees("отозван")
    assert (await organizer.press_data("kd:1:approve:-", card.id)).text
    assert questions(forum)[0]["state"] == "withdrawn"


async def test_limits_are_said_politely_and_end_with_time(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    for number in range(3):
        await ask(person, f"Вопрос номер {number}?")
        await person.sees("🧾")
    await ask(person, "Ещё вопрос сразу?")
    await person.sees("В минуту можно задать до 3")
    await forum.telegram.clock(by=61)
    await person.send("Ещё вопрос сразу?")
    await person.sees("🧾", "№4")
    for number in range(6):
        await forum.telegram.clock(by=30)
        await ask(person, f"Вопрос дальше {number}?")
        await person.sees("🧾")
    await forum.telegram.clock(by=61)
    await ask(person, "Одиннадцатый вопрос?")
    await person.sees("К одной сессии можно задать до 10")
    assert len(questions(forum)) == 10
    await ask(person, "К другой сессии можно?", session="film")
    await person.sees("🧾", "№11")


async def test_what_takes_no_questions_says_why(forum: Forum, programme: Programme) -> None:
    person = await forum.delegate("Дина", "ru")
    film = programme.session("film")
    assert film is not None
    await person.start("q_film")
    await person.sees("✋")
    await forum.at(film.end + dt.timedelta(hours=2, minutes=1))
    await person.send("Успел ли я?")
    await person.sees("больше не принимает вопросы")
    assert (await person.press_data("q:lunch-1", 1)).alert
    assert "больше нет в программе" in (await person.press_data("q:nowhere", 1)).text
    assert questions(forum) == []


async def test_a_session_that_left_the_programme_leaves_its_questions_readable(
    forum: Forum, programme: Programme
) -> None:
    await forum.organizer()
    person = await forum.delegate("Дина", "ru")
    await ask(person, "Почему так?", session="film")
    await person.sees("🧾", "№1")
    await person.start("q_film")
    await person.sees("✋")
    kept = tuple(one for one in programme.sessions if one.code != "film")
    forum.application.current.replace(replace(programme, sessions=kept), 2)
    await person.send("А этот куда?")
    await person.sees("больше нет в программе")
    await person.send("/questions")
    listed = await person.sees("№1", "сессия, которой больше нет в программе")
    assert "№1 Почему так?" in listed.buttons
    await person.press("m1:1")
    assert "Почему так?" in (await person.last()).text
    assert len(questions(forum)) == 1


async def test_a_half_typed_question_survives_a_restart(running: Running) -> None:
    await running.start()
    async with await running.connect() as telegram:
        person = await telegram.person("Дина", "ru")
        await register(person)
        await person.start("q_opening")
        await person.press("qa:opening:1")
        await person.sees("имени никто не увидит")
        await telegram.idle()
        await running.stop()
        [row] = tables(running.folder)["conversations"]
        assert row["person"] == person.id
        await person.send("Написано, пока бот не работал?")
        await running.start()
        await person.sees("🧾", "№1", "Написано, пока бот не работал?")
        await telegram.idle()
        assert tables(running.folder)["conversations"] == []
        assert tables(running.folder)["questions"][0]["anonymous"] == 1


async def test_a_guest_who_wants_to_ask_registers_and_comes_back_to_the_question(forum: Forum) -> None:
    guest = await forum.telegram.person("Дина", "ru")
    await guest.start("s_opening")
    await guest.press("осмотреться")
    await guest.sees("🕒")
    await guest.press("✋ Задать вопрос")
    await guest.sees("Здравствуйте")
    await guest.press("c:ru:q_opening")
    await guest.press("rn")
    await guest.press("rd:abai")
    await guest.press("rs")
    await guest.sees("Торжественное открытие", "5–500")
