"""A question typed outside any form is offered to the sessions that take it, and asked by one press."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import replace

import aiohttp
import pytest

from bot.actions.questions.questions import LONGEST, PER_MINUTE, STAYS_OPEN
from bot.programme.model import Programme
from storage import bookmarks, mutes
from tests.conftest import TOKEN, Forum, Running, fill_in
from tests.scenarios.agenda.congress import congress
from tests.scenarios.second_reader import tables, traces
from tests.scenarios.steps import ask, at, first_question, publish, said, sessions
from tests.screen import Message
from tests.telegram import Person

QUESTION = "Когда примут закон о <b>волонтёрах</b> & грантах?"


def offered(shown: Message) -> list[str]:
    """The sessions to which the words are offered, in order."""
    data = [one["callback_data"] for row in shown.rows for one in row]
    return [one.removeprefix("tq:") for one in data if one.startswith("tq:")]


async def typed(person: Person, text: str = QUESTION, language: str = "ru") -> Message:
    await person.send(text)
    return await person.sees(said("typed.ask_hint", language))


def kept(forum: Forum) -> list[tuple[str, str]]:
    return [(row["session"], row["text"]) for row in tables(forum.folder)["questions"]]


@pytest.mark.parametrize(
    ("language", "text"),
    [("kk", "Заң қашан қабылданады?"), ("ru", QUESTION), ("en", "When will the law on charity be passed")],
)
async def test_one_press_asks_it_as_it_was_typed(forum: Forum, language: str, text: str) -> None:
    moderator = await forum.moderator(await forum.organizer())
    person = await forum.delegate("Дина", language)
    await forum.at(at(forum, "10:15"))
    shown = await typed(person, text, language)
    assert offered(shown) == ["opening"]
    await person.press(said("typed.ask_this", language), shown)
    receipt = await person.sees("🧾", "№1", text)
    assert receipt.id == shown.id
    await moderator.sees("№1", text)
    assert kept(forum) == [("opening", text)]
    await person.press("m1:1", receipt)
    await person.press(said("questions.withdraw", language))
    await person.press("mw:1:1")
    assert first_question(forum)["state"] == "withdrawn"


async def test_a_second_press_and_another_session_ask_nothing_more(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    shown = await typed(person)
    data = f"tq:{offered(shown)[0]}"
    await asyncio.gather(*(person.press_data(data, shown.id) for _ in range(3)))
    await person.press_data(f"tq:{sessions(forum)[5].code}", shown.id)
    await person.sees("🧾", "№1")
    assert len(kept(forum)) == 1


async def test_what_was_edited_before_it_is_asked_is_asked_as_it_reads_now(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    sent = await person.send(QUESTION)
    shown = await person.sees(said("typed.ask_hint"))
    await person.edit(sent, "Кто заплатит за обед делегатов?")
    await person.press("tq:", shown)
    await person.sees("🧾", "Кто заплатит за обед делегатов?")
    assert [text for _, text in kept(forum)] == ["Кто заплатит за обед делегатов?"]


async def test_what_was_deleted_is_not_asked(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    sent = await person.send(QUESTION)
    shown = await person.sees(said("typed.ask_hint"))
    async with aiohttp.ClientSession() as session:
        gone = {"chat_id": person.id, "message_id": sent.id}
        await session.post(f"{forum.url}/bot{TOKEN}/deleteMessage", data=gone)
    answer = await person.press("tq:", shown)
    assert (answer.alert, answer.text) == (True, said("typed.lost"))
    assert kept(forum) == []


async def test_pressed_again_when_more_has_happened_it_says_what_has(forum: Forum) -> None:
    """On a phone that lags, or on the other message that offers the same words."""
    person = await forum.delegate("Дина", "ru")
    shown = await typed(person)
    data = f"tq:{offered(shown)[0]}"
    await person.press("tq:", shown)
    await person.press("m1:1", await person.sees("🧾", "№1"))
    await person.press(said("questions.withdraw"))
    await person.press("mw:1:1")
    await person.sees(said("questions.state_withdrawn"))
    await person.press_data(data, shown.id)
    await forum.telegram.idle()
    assert "🧾" not in await person.screen()
    assert said("questions.state_withdrawn") in await person.screen()
    assert len(kept(forum)) == 1


async def test_an_edit_of_what_was_typed_edits_the_question(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    sent = await person.send(QUESTION)
    await person.press("tq:")
    await person.sees("🧾", "№1")
    await person.edit(sent, "Когда примут закон о волонтёрах и грантах?")
    await person.sees(said("questions.edited", number=1))
    assert kept(forum)[0][1] == "Когда примут закон о волонтёрах и грантах?"


async def test_the_words_outlast_a_restart_and_a_page_turned(running: Running) -> None:
    async with running.open() as forum:
        person = await forum.delegate("Дина", "ru")
        shown = await typed(person, "Что с законом?")
        await person.press("s:", shown)
        await person.press(said("menu.back"), shown)
        await person.sees(said("typed.ask_hint"))
        await running.stop()
        await running.start()
        await person.press("tq:", shown)
        await person.sees("🧾", "№1", "Что с законом?")


class TestWhere:
    @pytest.fixture
    def programme(self) -> Programme:
        return congress(days=1, rooms=6, a_day=3)

    async def test_to_three_that_are_on_one_s_own_first(self, forum: Forum) -> None:
        person = await forum.delegate("Дина", "ru")
        now = sessions(forum)[0].start + dt.timedelta(minutes=1)
        running = [one for one in sessions(forum) if one.start <= now < one.end]
        assert len(running) > 3
        await forum.at(now)
        await forum.db.write(bookmarks.add, person.id, running[-1].code, 1)
        forum.application.people.changed(person.id)
        shown = await typed(person)
        assert offered(shown) == [running[-1].code, running[0].code, running[1].code]
        assert len(shown.rows) <= 8
        await person.press(f"tq:{running[-1].code}", shown)
        await person.sees("🧾")
        assert kept(forum) == [(running[-1].code, QUESTION)]

    async def test_no_break_takes_a_question(self, forum: Forum) -> None:
        one = sessions(forum)[0]
        at_the_same_time = [other for other in sessions(forum) if other.start == one.start]
        await publish(forum, *(replace(other, kind="break") for other in at_the_same_time))
        await forum.at(one.start)
        shown = await typed(await forum.delegate("Дина", "ru"))
        later = min(other.start for other in sessions(forum) if other.start > one.start)
        assert [next(o for o in sessions(forum) if o.code == code).start for code in offered(shown)] == [later]


async def test_after_the_last_session_it_may_be_answered_in_writing_and_then_not_at_all(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    last = max(sessions(forum), key=lambda one: one.end)
    await forum.at(last.end + dt.timedelta(minutes=1))
    assert len(offered(await typed(person))) == 1
    await forum.at(last.end + STAYS_OPEN + dt.timedelta(minutes=1))
    await person.send("Когда примут закон о волонтёрах?")
    shown = await person.sees(said("agenda.not_found", query="Когда примут закон о волонтёрах?"))
    assert offered(shown) == []


@pytest.mark.parametrize("text", ["абракадабра", "а кто?", "как дела у нас", "сколько стоит билет"])
async def test_what_may_be_a_question_is_offered(forum: Forum, text: str) -> None:
    assert offered(await typed(await forum.delegate("Дина", "ru"), text))


@pytest.mark.parametrize(
    "text", ["открытие", "Отырар", "спасибо", "12:15", "где Отырар", "🙂", "?!", "ой", "https://a.kz"]
)
async def test_what_is_no_question_is_not(forum: Forum, text: str) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.look_away()
    await person.send(text)
    assert offered(await person.sees("")) == []


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_a_guest_registers_and_comes_back_to_their_words(forum: Forum, language: str) -> None:
    guest = await forum.telegram.person("Guest", language)
    shown = await typed(guest, "Кто финансирует проекты молодых?", language)
    await guest.press("tq:", shown)
    await guest.sees(said("typed.to_ask", language).split(":")[0])
    await forum.telegram.idle()
    assert traces(forum.folder, guest.id, "финансирует") == []
    await fill_in(guest)
    again = await guest.sees(said("typed.still_here", language))
    await guest.press("tq:", again)
    await guest.sees("🧾", "№1", "Кто финансирует проекты молодых?")
    assert kept(forum)[0][1] == "Кто финансирует проекты молодых?"


async def test_a_guest_who_registers_after_the_end_is_offered_another_session(forum: Forum) -> None:
    guest = await forum.telegram.person("Guest", "ru")
    shown = await typed(guest)
    first = offered(shown)[0]
    await guest.press("tq:", shown)
    one = next(one for one in forum.programme.sessions if one.code == first)
    await forum.at(one.end + STAYS_OPEN + dt.timedelta(minutes=1))
    await fill_in(guest)
    again = await guest.sees(said("typed.still_here"))
    assert offered(again)
    assert first not in offered(again)


async def test_one_like_it_is_shown_first_and_the_words_wait(forum: Forum) -> None:
    moderator = await forum.moderator(await forum.organizer())
    author, person = await forum.delegate("Автор", "ru"), await forum.delegate("Дина", "ru")
    await forum.at(at(forum, "10:15"))
    await ask(author, "opening", "Когда примут закон о волонтёрах?")
    await moderator.press("kd:1:approve")
    shown = await typed(person, "Когда же примут закон о волонтёрах?")
    await person.press("tq:opening", shown)
    near = await person.sees(said("likeness.asked"), "№1")
    assert near.id == shown.id
    await person.press(said("likeness.send_anyway"), near)
    await person.sees("🧾", "№2", "Когда же примут закон о волонтёрах?")


async def test_after_the_end_the_words_come_back(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await forum.at(at(forum, "10:15"))
    shown = await typed(person)
    await forum.at(sessions(forum)[0].end + STAYS_OPEN + dt.timedelta(days=1))
    await person.press("tq:opening", shown)
    await person.sees(said("questions.session_closed_words", text=QUESTION).split("\n")[0], QUESTION)
    assert kept(forum) == []


async def test_a_session_that_was_cancelled_gives_the_words_back(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await forum.at(at(forum, "10:15"))
    shown = await typed(person)
    opening = next(one for one in forum.programme.sessions if one.code == "opening")
    await publish(forum, replace(opening, cancelled=True))
    await person.press("tq:opening", shown)
    await person.sees(QUESTION)
    assert kept(forum) == []


async def test_who_is_muted_gets_the_words_back(forum: Forum) -> None:
    organizer, person = await forum.organizer(), await forum.delegate("Дина", "ru")
    await forum.at(at(forum, "10:15"))
    await ask(person, "opening", "Первый вопрос")
    await forum.db.write(lambda tx: mutes.mute(tx, 1, moderator=organizer.id, now=1))
    await person.press("tq:opening", await typed(person))
    await person.sees(said("mutes.asking").split(".")[0], QUESTION)
    assert len(kept(forum)) == 1


async def test_the_limits_hold_and_the_button_stays(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await forum.at(at(forum, "10:15"))
    for number in range(PER_MINUTE):
        await ask(person, "opening", f"Вопрос {'абвг'[number]}, которого ещё не было")
    shown = await typed(person)
    answer = await person.press("tq:opening", shown)
    assert (answer.alert, answer.text) == (True, said("questions.too_fast", limit=PER_MINUTE))
    await forum.at(at(forum, "10:17"))
    await person.press("tq:opening", shown)
    await person.sees("🧾", QUESTION)


async def test_what_is_too_long_is_said_and_typed_anew(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await forum.at(at(forum, "10:15"))
    text = ("Почему закон о волонтёрах так долго не принимают? " * 82)[:4096].strip()
    shown = await typed(person, text)
    await person.press("tq:opening", shown)
    said_so = said("questions.too_long", most=LONGEST, length=len(text), over=len(text) - LONGEST)
    await person.sees(said_so, "✋")
    assert kept(forum) == []
    await person.send(text[:400])
    await person.sees("🧾", "№1")
    assert kept(forum) == [("opening", text[:400].strip())]


async def test_without_the_words_it_is_said(forum: Forum) -> None:
    """A press on a message that quotes nothing, or somebody else's words."""
    person = await forum.delegate("Дина", "ru")
    answer = await person.press_data("tq:opening", (await person.last()).id)
    assert (answer.alert, answer.text) == (True, said("typed.lost"))
    assert kept(forum) == []


async def test_staff_are_offered_the_same(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer)
    for person in (organizer, moderator):
        await person.press("tq:", await typed(person, f"Когда примут закон, {person.id}?"))
        await person.sees("🧾")
    assert len(kept(forum)) == 2


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_to_a_whole_question_the_offer_comes_before_what_a_search_says(forum: Forum, language: str) -> None:
    person = await forum.delegate("Дина", language)
    await person.send("Zzyx qwrt vbnm plkj?")
    shown = (await person.sees(said("typed.ask_hint", language))).text
    assert shown.startswith(said("typed.ask_hint", language))
