"""The steps of the registration: back and on again, and what people are who are in no delegation."""

from __future__ import annotations

import json

import pytest

from bot.actions.moderation.hall import HallQuestion
from bot.programme.outside import OUTSIDE, kind_of
from bot.programme.readers.table import CODE
from bot.texts import LANGUAGES
from bot.web import state
from tests.conftest import Forum, fill_in
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import TRANSLATORS, ask, now_in, said, sessions, star
from tests.telegram import Person

ROWS = 8


def stored(forum: Forum) -> tuple[object, object, object]:
    [row] = tables(forum.folder)["participants"]
    return row["name"], row["delegation"], row["organization"]


async def begin(forum: Forum, language: str = "ru", payload: str | None = None) -> Person:
    person = await forum.telegram.person("Дина", language)
    await person.start(payload)
    await person.press("c:")
    await person.sees(said("registration.name", language, limit=64))
    return person


async def register_as(forum: Forum, code: str, name: str = "Дина", language: str = "ru") -> Person:
    person = await forum.telegram.person(name, language)
    await person.start()
    await fill_in(person, f"rd:{code}")
    await person.sees("✅")
    return person


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", OUTSIDE)
async def test_whoever_is_in_no_delegation_says_what_they_are(forum: Forum, code: str, language: str) -> None:
    name = said(f"delegation.{kind_of(code)}", language)
    person = await begin(forum, language)
    await person.press("rn")
    await person.sees(said("registration.delegation", language))
    await person.press(name)
    await person.press("rs")
    await person.sees("✅")
    assert stored(forum)[1] == code
    await person.send("/settings")
    await person.sees(said("settings.delegation", language, value=name))


@pytest.mark.parametrize("code", OUTSIDE)
def test_no_delegation_of_a_programme_can_have_such_a_code(code: str) -> None:
    assert CODE.fullmatch(code) is None


@pytest.mark.parametrize("language", LANGUAGES)
async def test_no_page_of_delegations_has_more_rows_than_a_phone_shows(forum: Forum, language: str) -> None:
    """Going round, each delegation is offered once, and the four on every page."""
    person = await begin(forum, language)
    await person.press("rn")
    shown = await person.sees(said("registration.delegation", language))
    offered: list[str] = []
    while True:
        data = [one["callback_data"] for row in shown.rows for one in row]
        assert len(shown.rows) <= ROWS
        assert set(OUTSIDE) <= {one.removeprefix("rd:") for one in data}
        new = [one for one in data if one.startswith("rd:") and one.removeprefix("rd:") not in OUTSIDE]
        if set(new) <= set(offered):
            break
        offered += new
        await person.press("›", shown)
        shown = await now_in(person, shown)
    assert sorted(offered) == sorted(f"rd:{one.code}" for one in forum.programme.delegations)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_step_leads_back_and_loses_nothing(forum: Forum, language: str) -> None:
    session = sessions(forum)[0]
    person = await begin(forum, language, f"q_{session.code}")
    await person.send("Дина Ахметова")
    await person.press("rd:abai")
    await person.sees(said("registration.organization", language))
    await person.press("bc:delegation")
    asked = await person.sees(said("registration.delegation", language))
    assert asked.button("● ")
    await person.press("bc:name")
    await person.sees(said("settings.name", language, value="Дина Ахметова"))
    await person.press("bc:delegation")  # on again, as it was
    await person.press("bc:organization")
    await person.sees(said("registration.organization", language))
    assert stored(forum) == ("Дина Ахметова", "abai", None)
    await person.send("Фонд")
    await person.sees("✅")
    await person.sees("✋", session.title.say(language))
    assert stored(forum) == ("Дина Ахметова", "abai", "Фонд")


async def test_what_is_entered_anew_after_going_back_counts(forum: Forum) -> None:
    person = await begin(forum)
    await person.press("rn")
    await person.press("rd:abai")
    await person.press("bc:delegation")
    await person.press("bc:name")
    await person.send("Дина Ахметова")
    await person.sees(said("registration.organization"))
    await person.press("bc:delegation")
    await person.press("rd:*press")
    await person.press("rs")
    await person.sees("Вы зарегистрированы, Дина Ахметова")
    assert stored(forum) == ("Дина Ахметова", "*press", None)


async def test_old_ways_back_change_nothing_when_pressed_late_early_or_forged(forum: Forum) -> None:
    guest = await forum.telegram.person("Гость", "ru")
    await guest.start()
    greeting = await guest.sees("Здравствуйте")
    await guest.press_data("bc:organization", greeting.id)
    await guest.sees(said("registration.to_go_on"))
    assert tables(forum.folder)["participants"] == []
    person = await begin(forum)
    for step in ("organization", "delegation", "nonsense", ""):  # without a name there is nothing to go on to
        await person.press_data(f"bc:{step}", (await person.last()).id)
        await forum.telegram.idle()
        assert said("registration.name", limit=64) in (await person.last()).text
    await person.press("rn")
    await person.press("rd:abai")
    await person.press("rs")
    await person.sees("✅")
    before = tables(forum.folder)["participants"]
    answer = await person.press_data("bc:name", (await person.last()).id)
    assert answer.text == said("registration.already")
    assert tables(forum.folder)["participants"] == before


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_they_are_is_named_wherever_a_delegation_is(forum: Forum, language: str) -> None:
    """Who is here, numbers, badges, an announcement's audience, the paper, the hall's screen, turns, settings."""
    organizer = await forum.organizer(language)
    press, guest = await register_as(forum, "*press", "Марат"), await register_as(forum, "*guest", "Дина")
    named = said("delegation.press", language)
    session = sessions(forum)[0]
    await star(press, session)
    number = await ask(press, session.code, "Вопрос прессы: когда начнётся?")
    await ask(guest, session.code, "Вопрос гостя: где это будет?")
    await organizer.send("/entrance")
    await organizer.press("go:present")
    await organizer.sees(f"{named} — 0/1")
    await organizer.send("/stats")
    await organizer.sees(f"{named}: 1")
    await organizer.send("/entrance")
    await organizer.press("go:badges")
    listed = await organizer.sees(said("badges.title", language))
    await organizer.press("bdd:0", listed)
    await organizer.press("‹", listed)  # the last page
    assert (await now_in(organizer, listed)).button(named)
    await organizer.send("/announce")
    await organizer.sees("📣")
    await organizer.send("Всем, кто из прессы")
    draft = await organizer.sees("📣", "№")
    at = draft.text.split("№")[1].split()[0]
    await organizer.press_data(f"aa:{at}:d:*press:1:-1", draft.id)
    await organizer.sees("👥", named)
    [kept] = tables(forum.folder)["announcements"]
    assert json.loads(kept["audience"]) == {"delegations": ["*press"]}
    sides = {row["number"]: row["side"] for row in tables(forum.folder)["questions"]}
    assert sides[number] == "*press"
    facts = HallQuestion(number, language, "Вопрос прессы", votes=0, author="Марат", delegation="*press")
    assert state.question(TRANSLATORS, forum.programme, facts)["by"] == f"Марат · {named}"
    await guest.send("/settings")
    await guest.press("sp:delegation")
    chosen = await guest.sees(said("registration.delegation"))
    assert chosen.button("● " + said("delegation.guest"))
    await guest.press("rd:abai")
    await guest.sees("Область Абай")
