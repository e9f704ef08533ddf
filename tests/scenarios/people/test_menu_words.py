"""What people type instead of pressing a key, and what only looks like it."""

from __future__ import annotations

import pytest

from tests.conftest import Forum
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import said

FIRST_DAY = "26 ноября"  # at the head of the agenda


@pytest.mark.parametrize(
    "typed",
    ["📅 программа", "программа", "  ПРОГРАММА ", "agenda", "/AGENDA", "Бағдарлама", "📅\ufe0f Программа", "📅Agenda"],
)
async def test_the_agenda_in_any_spelling(forum: Forum, typed: str) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.send(typed)
    await person.sees(FIRST_DAY)


@pytest.mark.parametrize("typed", ["⚙ настройки", "⚙️ НАСТРОЙКИ", "settings", "баптаулар", "/Settings"])
async def test_with_or_without_the_variant_selector(forum: Forum, typed: str) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.send(typed)
    await person.sees("⚙️")


@pytest.mark.parametrize("typed", ["help", "Помощь", "көмек", "/HELP"])
async def test_a_command_without_its_slash(forum: Forum, typed: str) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.send(typed)
    await person.sees("/agenda")


async def test_start_without_its_slash_begins_the_registration(forum: Forum) -> None:
    guest = await forum.telegram.person("Гость", "ru")
    await guest.send("Start")
    await guest.press("c:")
    await guest.sees(said("registration.name", limit=64))


async def test_a_command_of_staff_is_a_word_like_any_other_to_a_delegate(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.send("export")
    shown = await person.sees("export")
    assert said("refusal.not_organizer") not in shown.text


@pytest.mark.parametrize("typed", ["Где меню на русском?", "Бағдарлама қайда, please tell me?"])
async def test_a_menu_word_inside_a_question_is_a_question(forum: Forum, typed: str) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.start("q_opening")
    await person.sees("✋")
    await person.send(typed)
    await person.sees("🧾", "№1", typed)
    assert [row["text"] for row in tables(forum.folder)["questions"]] == [typed]


@pytest.mark.parametrize("typed", ["программа", "📅 Программа", "Agenda"])
async def test_a_bare_menu_word_is_no_question(forum: Forum, typed: str) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.start("q_opening")
    await person.sees("✋")
    await person.send(typed)
    await person.sees(FIRST_DAY)
    await person.sees(said("kept.question"))
    assert tables(forum.folder)["questions"] == []


async def test_in_another_form_a_bare_word_is_the_answer_and_a_key_a_key(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    for typed, name in (("⭐ Моя программа", "Дина"), ("Меню", "Меню")):
        await person.send("/settings")
        await person.press("sp:name")
        await person.look_away()
        await person.send(typed)
        await forum.telegram.idle()
        assert [row["name"] for row in tables(forum.folder)["participants"]] == [name]


@pytest.mark.parametrize("typed", ["ы" * 4096, "🙂🙂🙂", "https://example.org/", "hello привет сәлем"])
async def test_odd_words_outside_a_form_get_an_answer(forum: Forum, typed: str) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.look_away()
    await person.send(typed)
    await person.sees("")


@pytest.mark.parametrize("typed", ["ы" * 4096, "🙂🙂🙂"])
async def test_odd_words_in_a_form_get_an_answer_and_leave_it_open(forum: Forum, typed: str) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.start("q_opening")
    await person.look_away()
    await person.send(typed)
    await person.sees("")
    await person.send("Когда примут новый закон?")
    await person.sees("🧾", "№1")


async def test_two_messages_while_a_form_waits_get_an_answer_each(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.start("q_opening")
    await person.look_away()
    await person.send("Когда примут новый закон?")
    await person.send("открытие")
    await person.sees("🧾", "№1")
    await person.sees("открытие")
