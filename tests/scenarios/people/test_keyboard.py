"""The keys under the input field, and the menu's own screen for the rest."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.programme.model import Programme
from bot.texts import LANGUAGES
from bot.views.people import menu
from tests.conftest import Forum
from tests.person import Person
from tests.scenarios.steps import said
from tests.screen import read

THREE = [list(row) for row in menu.ROWS]


def rows(person: Person) -> list[list[str]]:
    return [[read(key["text"]) for key in row] for row in person.data["keyboard"]["keyboard"]]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_delegate_has_two_rows_and_staff_a_third(forum: Forum, language: str) -> None:
    organizer = await forum.organizer(language)
    moderator = await forum.moderator(organizer, language=language)
    delegate = await forum.delegate("Дина", language)
    own = {organizer: ["menu.desk", "menu.announce", "menu.staff"], moderator: ["menu.desk"], delegate: None}
    for person, staffs in own.items():
        await person.send("/menu")
        await person.sees(said("menu.everything", language))
        wanted = [*THREE, *([staffs] if staffs else [])]
        assert rows(person) == [[said(key, language) for key in row] for row in wanted]
        assert not person.data["keyboard"].get("is_persistent")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_rest_is_behind_the_menu_within_eight_rows(forum: Forum, language: str) -> None:
    organizer = await forum.organizer(language)
    await organizer.send(said("menu.menu", language))
    shown = await organizer.sees(said("menu.everything", language))
    assert len(shown.rows) <= 8
    for key in ("menu.help", "menu.privacy"):
        await organizer.press(said(key, language), shown)
        await organizer.press(said("menu.back", language), shown)
    for key in ("menu.speakers", "menu.info", "news.button", "menu.settings", "menu.stats", "menu.outbox"):
        await organizer.send(said("menu.menu", language))
        shown = await organizer.sees(said("menu.everything", language))
        answer = await organizer.press(said(key, language), shown)
        assert answer.answered
        assert not answer.text


async def test_now_is_one_tap_and_names_the_sessions_to_ask_in(forum: Forum, programme: Programme) -> None:
    opening = programme.session("opening")
    assert opening is not None
    await forum.at(opening.start)
    person = await forum.delegate("Дина", "ru")
    await person.tap(said("menu.now"))
    shown = await person.sees("Сейчас идёт")
    await person.press("✋", shown)
    await person.sees("Торжественное открытие", "одним сообщением")
    await person.send("Когда примут новый закон?")
    await person.sees("🧾", "№1")


async def test_ask_on_now_is_one_tap_and_the_text(forum: Forum, programme: Programme) -> None:
    opening = programme.session("opening")
    assert opening is not None
    await forum.at(opening.start)
    person = await forum.delegate("Дина", "ru")
    await person.tap(said("menu.ask"))
    form = await person.sees("Торжественное открытие", "одним сообщением")
    assert form.button(said("questions.elsewhere"))
    await person.send("Когда примут новый закон?")
    await person.sees("🧾", "№1")


async def test_another_session_can_be_chosen_from_that_form(forum: Forum, programme: Programme) -> None:
    opening = programme.session("opening")
    assert opening is not None
    await forum.at(opening.start)
    person = await forum.delegate("Дина", "ru")
    await person.tap(said("menu.ask"))
    form = await person.sees("одним сообщением")
    await person.press(said("questions.elsewhere"), form)
    await person.sees("что идёт сейчас")


async def test_when_nothing_is_on_the_key_shows_where_to_ask(forum: Forum, programme: Programme) -> None:
    await forum.at(programme.sessions[0].start - dt.timedelta(days=2))
    person = await forum.delegate("Дина", "ru")
    await person.tap(said("menu.ask"))
    await person.sees(said("questions.choose_day"))
