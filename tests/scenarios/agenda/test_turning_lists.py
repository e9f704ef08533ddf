"""In a big congress nothing is left out of a list that a phone shows at once: its other pages have it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.programme.model import Page, Programme, Speaker, Text
from tests.conftest import Forum
from tests.scenarios.agenda.congress import congress
from tests.scenarios.steps import now_in, said
from tests.telegram import Message, Person


@pytest.fixture
def programme() -> Programme:
    """With a session of forty people, a person of forty sessions, and forty pages."""
    many = congress()
    crowd = tuple(Speaker(f"crowd-{one}", Text(f"Спикер {one}")) for one in range(40))
    busy = tuple(replace(one, speakers=(*one.speakers, "crowd-0")) for one in many.sessions[1:40])
    first = replace(many.sessions[0], speakers=tuple(one.code for one in crowd))
    pages = tuple(Page(f"page-{one}", Text(f"Страница {one}"), Text("Слова")) for one in range(40))
    return replace(
        many,
        sessions=(first, *busy, *many.sessions[40:]),
        speakers=(*many.speakers, *crowd),
        pages=pages,
    )


async def every(person: Person, shown: Message, begins: str) -> list[str]:
    """The data of the buttons of all pages that begin so, in their order."""
    found: dict[str, None] = {}
    for _ in range(300):
        new = [one["callback_data"] for row in shown.rows for one in row if one["callback_data"].startswith(begins)]
        assert len(shown.rows) <= 8
        if not {*new} - {*found}:
            return list(found)
        found |= dict.fromkeys(new)
        await person.press("›", shown)
        shown = await now_in(person, shown)
    raise AssertionError(f"no end of {begins}")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_all_that_is_on_now_can_be_opened_and_asked(forum: Forum, programme: Programme, language: str) -> None:
    person = await forum.delegate("Ася", language)
    await forum.at(programme.sessions[0].start)
    on = {one.code for one in programme.sessions if one.start <= programme.sessions[0].start < one.end}
    assert len(on) > 10
    await person.send("/now")
    listed = await every(person, await person.sees(said("agenda.now", language)), "s:")
    assert on <= {data.split(":")[1] for data in listed}
    await person.send("/ask")
    asked = await every(person, await person.sees(said("questions.choose_now", language)), "q:")
    assert {data.split(":")[1] for data in asked} >= {
        one.code for one in programme.sessions if one.code in on and not one.is_break
    }


async def test_all_people_of_a_session_and_all_sessions_of_a_person_can_be_opened(
    forum: Forum, programme: Programme
) -> None:
    person, first = await forum.delegate("Ася", "ru"), programme.sessions[0]
    await person.start(f"s_{first.code}")
    card = await person.sees("🕒")
    assert len(card.rows) <= 8
    assert card.button(said("agenda.all_people", count=40))
    await person.press("gpp:", card)
    people = await every(person, await now_in(person, card), "p:")
    assert people == [f"p:crowd-{number}:0" for number in range(40)]
    await person.press("s:", await now_in(person, card))  # back to the card
    assert (await now_in(person, card)).button("gpp:")

    await person.press("p:crowd-0:", await now_in(person, card))
    listed = await every(person, await now_in(person, card), "s:")
    assert {data.split(":")[1] for data in listed} == {one.code for one in programme.sessions[:40]}


async def test_all_pages_of_the_forum_can_be_opened(forum: Forum) -> None:
    person = await forum.delegate("Ася", "ru")
    await person.send(said("menu.info"))
    listed = await every(person, await person.sees("📅"), "pg:")
    assert listed == [f"pg:page-{number}" for number in range(40)]


async def test_the_days_of_a_long_forum_lead_on_from_where_to_ask(forum: Forum, programme: Programme) -> None:
    person = await forum.delegate("Ася", "ru")
    await person.send("/ask")
    shown = await person.sees(said("questions.choose_day"))
    await person.press(f"qd:{programme.days[0].date:%Y%m%d}:", shown)
    for day in programme.days[1:]:
        await person.press(f"qd:{day.date:%Y%m%d}:", await now_in(person, shown))
        assert len((await now_in(person, shown)).rows) <= 8
