"""Two starred sessions at the same time: said when the star is put, on the card, and in my agenda."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from bot.programme.model import Programme, Session
from bot.texts import LANGUAGES
from tests.conftest import Forum
from tests.scenarios.steps import at, publish, said, star
from tests.telegram import Message, Person

HALL, LENGTH = "uly-dala", dt.timedelta(minutes=30)


def made(programme: Programme, code: str, clock: str, room: str | None, **fields: Any) -> Session:
    like = programme.session("opening")
    assert like is not None
    start = dt.datetime.combine(programme.days[0].date, dt.time.fromisoformat(clock), programme.forum.zone)
    made = replace(like, code=code, start=start, end=start + LENGTH, room=room)
    return replace(made, **fields)


@pytest.fixture
def programme(sample: Programme) -> Programme:
    """Halls in which things go on at the same time, one after the other, or not at all."""
    return replace(
        sample,
        sessions=(
            made(sample, "first", "10:00", "uly-dala"),
            made(sample, "second", "10:30", "uly-dala"),
            made(sample, "beside", "10:15", "otyrar"),
            made(sample, "also", "10:15", "sauran"),
            made(sample, "third", "11:00", "otyrar"),
            made(sample, "tea", "10:00", "foyer", kind="break"),
            made(sample, "off", "10:00", "sauran", cancelled=True),
        ),
    )


def title(forum: Forum, code: str, language: str = "ru") -> str:
    session = forum.programme.session(code)
    assert session is not None
    return session.title.say(language)[:20]


async def open_card(person: Person, code: str) -> Message:
    await person.look_away()
    await person.start(f"s_{code}")
    return await person.sees("🕒")


async def put(person: Person, code: str, wanted: int = 1) -> tuple[str, Message]:
    """Star it on its card; what is said then, and the card."""
    card = await open_card(person, code)
    answer = await person.press(f"b:{code}:{wanted}", card)
    return answer.text, next(one for one in await person.messages() if one.id == card.id)


async def agenda(person: Person) -> str:
    await person.look_away()
    await person.send("/my")
    return (await person.sees("⭐")).text


def numbered(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.lstrip("≈⚠️ ")[:2].isdigit()]


def opened(language: str) -> str:
    """The quotation mark of the language."""
    return said("change.quoted", language, words="|").partition("|")[0]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_star_says_at_once_what_else_is_on_then(forum: Forum, language: str) -> None:
    person = await forum.delegate("Дина", language)
    await put(person, "first")
    toast, card = await put(person, "beside")
    words = said("agenda.same_time", language, sessions=f"10:00 {opened(language)}{title(forum, 'first', language)}")
    assert words in toast
    assert said("agenda.starred_lead", language, count=10) in toast
    assert len(toast) <= 200
    assert words in card.text
    assert "10:15" in (await open_card(person, "first")).text.split("⚠️")[1]
    mine = await agenda(person)
    assert [("⚠️" in line) for line in numbered(mine)] == [True, True]
    assert mine.count("⚠️") == 3  # both, and the line that says it
    assert f"10:15 {opened(language)}" in mine.split("⚠️")[3]


async def test_several_at_once_are_counted_and_all_marked(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    for code in ("second", "beside", "also"):
        await put(person, code)
    toast, card = await put(person, "first")
    assert toast.count("«") == card.text.count("10:15 «") == 2
    mine = await agenda(person)
    assert ["⚠️" in line for line in numbered(mine)] == [True] * 4


async def test_what_only_touches_or_is_a_break_or_cancelled_does_not_clash(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    for code in ("first", "second", "third"):
        toast, card = await put(person, code)
        assert "⚠️" not in toast
        assert "⚠️" not in card.text
    assert "⚠️" not in await agenda(person)
    tea, off = (forum.programme.session(code) for code in ("tea", "off"))
    assert tea is not None
    assert off is not None
    await publish(forum, replace(tea, kind="talk"), replace(off, cancelled=False))
    await put(person, "tea")
    await put(person, "off")
    await publish(forum, tea, off)
    assert "⚠️" not in await agenda(person)
    assert "⚠️" not in (await open_card(person, "first")).text


async def test_taking_a_star_off_takes_the_mark_away(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await put(person, "first")
    await put(person, "beside")
    toast, card = await put(person, "beside", 0)
    assert toast == said("agenda.unstarred")
    assert "⚠️" not in card.text
    assert "⚠️" not in await agenda(person)
    assert "⚠️" not in (await open_card(person, "first")).text


async def test_of_what_is_not_starred_nothing_is_said(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await put(person, "first")
    assert "⚠️" not in (await open_card(person, "beside")).text


async def test_a_move_of_the_programme_makes_two_collide_and_another_parts_them(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    second, third = (forum.programme.session(code) for code in ("second", "third"))
    assert second is not None
    assert third is not None
    await star(person, second)
    await star(person, third)
    await publish(forum, replace(third, start=second.start, end=second.end))
    assert (await agenda(person)).count("⚠️") == 3
    await publish(forum, third)
    assert "⚠️" not in await agenda(person)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_mark_in_the_hall_makes_two_collide_as_far_as_people_are_told(forum: Forum, language: str) -> None:
    """Running over by less than five minutes is on time; what is told is what clashes."""
    organizer, person = await forum.organizer(language), await forum.delegate("Дина", language)
    second, third = (forum.programme.session(code) for code in ("second", "third"))
    assert second is not None
    assert third is not None
    await star(person, second)
    await star(person, third)
    assert "⚠️" not in await agenda(person)
    await forum.at(at(forum, "10:20"))
    card = await open_card(organizer, "first")
    await organizer.press("rnp:first", card)
    await organizer.press("rnm:first:start", card)
    mine = await agenda(person)  # the first ends at 10:50, and the second at 11:20
    assert ["⚠️" in line for line in numbered(mine)] == [True, True]
    assert f"≈10:50 {opened(language)}{title(forum, 'second', language)}" in mine
    assert f"≈10:50 {opened(language)}" in (await open_card(person, "third")).text
    await put(person, "third", 0)
    toast, _ = await put(person, "third")
    assert f"≈10:50 {opened(language)}" in toast
