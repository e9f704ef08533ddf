"""Words typed right after a rating may be about it."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.actions.agenda.ratings import LONGEST, RECENT
from tests.conftest import Forum, Running
from tests.scenarios.agenda.test_ratings import a_session, kept, over
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import said, star
from tests.screen import Message
from tests.telegram import Person

WORDS = "Очень полезно, спасибо"


async def rated(forum: Forum, language: str = "ru", stars: int = 4) -> tuple[Person, Message]:
    """Somebody who has just given stars, and the message with them."""
    session, person = a_session(forum), await forum.delegate("Дина", language)
    await star(person, session)
    await over(forum, session)
    request = await person.sees(said("ratings.how", language))
    await person.press(f"rt:{session.code}:{stars}", request)
    await person.sees(said("ratings.thanks", language, stars=stars))
    return person, request


def data(shown: Message) -> list[str]:
    return [one["callback_data"].split(":")[0] for row in shown.rows for one in row]


@pytest.mark.parametrize(
    ("language", "words"), [("kk", "Өте пайдалы болды"), ("ru", WORDS), ("en", "Too long"), ("ru", "ок"), ("ru", "🙏")]
)
async def test_they_are_offered_to_the_rating_first(forum: Forum, language: str, words: str) -> None:
    person, _ = await rated(forum, language)
    await person.send(words)
    shown = await person.sees("")
    assert data(shown)[0] == "tyr"
    assert len(shown.rows) <= 8
    await person.press("tyr:", shown)
    await person.sees(said("ratings.thanks", language, stars=4), words)
    assert kept(forum) == [(a_session(forum).code, 4, words)]


async def test_an_edit_of_them_is_one_of_the_rating(forum: Forum) -> None:
    person, _ = await rated(forum)
    sent = await person.send(WORDS)
    await person.press("tyr:")
    await person.sees(WORDS)
    await person.edit(sent, "Очень полезно")
    await person.sees(said("edited.counted"))
    assert kept(forum)[0][2] == "Очень полезно"


async def test_they_may_be_asked_or_looked_for_all_the_same(forum: Forum) -> None:
    person, _ = await rated(forum)
    await person.send("Когда примут закон о волонтёрах?")
    shown = await person.sees(said("typed.rating_hint"))
    assert data(shown)[:2] == ["tyr", "tq"]
    await person.press("tq:", shown)
    await person.sees("🧾")
    assert kept(forum)[0][2] == ""


async def test_ten_minutes_later_they_are_words_like_any_other(forum: Forum) -> None:
    person, _ = await rated(forum)
    await forum.at(forum.clock.now() + dt.timedelta(seconds=RECENT + 1))
    await person.send(WORDS)
    assert "tyr" not in data(await person.sees(said("typed.ask_hint")))


@pytest.mark.parametrize("between", ["/now", "закон", "press"])
async def test_so_are_they_after_anything_between(forum: Forum, between: str) -> None:
    person, request = await rated(forum)
    if between == "press":
        await person.press_data("go:now", request.id)
    else:
        await person.send(between)
    await person.look_away()
    await person.send(WORDS)
    assert "tyr" not in data(await person.sees(said("typed.ask_hint")))


async def test_other_stars_begin_the_ten_minutes_again(forum: Forum) -> None:
    person, request = await rated(forum)
    await forum.at(forum.clock.now() + dt.timedelta(seconds=RECENT - 10))
    await person.press(f"rt:{a_session(forum).code}:5", request)
    await forum.at(forum.clock.now() + dt.timedelta(seconds=RECENT - 10))
    await person.send(WORDS)
    await person.press("tyr:")
    await person.sees(said("ratings.thanks", stars=5), WORDS)


async def test_a_restart_between_loses_nothing(running: Running) -> None:
    async with running.open() as forum:
        person, _ = await rated(forum)
        await running.stop()
        await running.start()
        await person.send(WORDS)
        shown = await person.sees(said("typed.rating_hint"))
        await running.stop()
        await running.start()
        await person.press("tyr:", shown)
        await person.sees(said("ratings.thanks", stars=4), WORDS)


async def test_the_form_for_them_stays_as_it_is(forum: Forum) -> None:
    person, request = await rated(forum)
    await person.press("rtw:", request)
    await person.sees("✍️")
    await person.send(WORDS)
    await person.sees(said("ratings.thanks", stars=4), WORDS)
    assert kept(forum)[0][2] == WORDS


async def test_what_is_too_long_is_typed_anew(forum: Forum) -> None:
    person, _ = await rated(forum)
    await person.send("Хорошо, но долго. " * 40)
    shown = await person.sees(said("typed.rating_hint"))
    await person.press("tyr:", shown)
    typed = ("Хорошо, но долго. " * 40).strip()
    await person.sees(said("ratings.too_long", most=LONGEST, over=len(typed) - LONGEST))
    await person.send(WORDS)
    await person.sees(said("ratings.thanks", stars=4), WORDS)


async def test_a_rating_that_is_gone_takes_no_words(forum: Forum) -> None:
    person, request = await rated(forum)
    await person.send(WORDS)
    shown = await person.sees(said("typed.rating_hint"))
    await person.press("rtr:", request)
    await person.press("rtx:", request)
    assert (await person.press("tyr:", shown)).text == said("ratings.none")
    assert tables(forum.folder)["ratings"] == []
