"""The feed of a session's questions and the votes for them."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.programme.model import Programme
from tests.conftest import Forum
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask
from tests.telegram import Message, Person


async def approved(forum: Forum, *texts: str) -> tuple[Person, Person]:
    """An organizer and the author of these questions to the opening, all approved."""
    organizer, author = await forum.organizer(), await forum.delegate("Автор", "ru")
    for number, text in enumerate(texts, start=1):
        assert await ask(author, "opening", text) == number
        await organizer.sees(f"№{number}")
        await organizer.press(f"kd:{number}:approve")
        await author.sees(f"№{number}", "одобрен")
        await forum.telegram.clock(by=60)
    return organizer, author


async def open_feed(person: Person) -> Message:
    await person.start("s_opening")
    await person.press("f:opening:0")
    return await person.sees("Поддержите 👍")


def votes(forum: Forum) -> list[tuple[int, int]]:
    return sorted((row["question"], row["person"]) for row in tables(forum.folder)["votes"])


async def test_a_vote_counts_once_and_is_taken_back_by_a_second_tap(forum: Forum) -> None:
    await approved(forum, "Первый вопрос?", "Второй вопрос?")
    person = await forum.delegate("Дина", "ru")
    feed = await open_feed(person)
    assert feed.text.index("Первый") < feed.text.index("Второй")
    assert (await person.press("v:2:1")).text == "👍 Ваш голос учтён"
    shown = await person.last()
    assert shown.id == feed.id
    assert "✓ 1 · №2 Второй вопрос?" in shown.buttons
    assert shown.text.index("Второй") < shown.text.index("Первый")
    assert votes(forum) == [(2, person.id)]
    assert (await person.press("v:2:0")).text == "Ваш голос отозван"
    assert "👍 0 · №2 Второй вопрос?" in (await person.last()).buttons
    assert votes(forum) == []


async def test_two_taps_at_once_are_one_vote(forum: Forum) -> None:
    await approved(forum, "Первый вопрос?")
    person = await forum.delegate("Дина", "ru")
    feed = await open_feed(person)
    answers = await asyncio.gather(*(person.press_data("v:1:1:0", feed.id) for _ in range(5)))
    assert {answer.text for answer in answers} == {"👍 Ваш голос учтён"}
    assert votes(forum) == [(1, person.id)]


async def test_many_people_vote_at_once_and_every_vote_counts(forum: Forum) -> None:
    _, author = await approved(forum, "Первый вопрос?")
    people = [await forum.delegate(f"Делегат {number}", "ru") for number in range(8)]
    feeds = [await open_feed(person) for person in people]
    await asyncio.gather(
        *(person.press_data("v:1:1:0", feed.id) for person, feed in zip(people, feeds, strict=True) for _ in range(2))
    )
    assert votes(forum) == sorted((1, person.id) for person in people)
    await author.send("/questions")
    await author.press("m1:1", await author.sees("Мои вопросы"))
    assert "👍 8 голосов" in (await author.last()).text


async def test_a_vote_and_a_decline_at_once_leave_no_half_state(forum: Forum) -> None:
    organizer, _ = await approved(forum, "Первый вопрос?")
    person = await forum.delegate("Дина", "ru")
    feed = await open_feed(person)
    card = (await organizer.last()).id
    answer, _ = await asyncio.gather(person.press_data("v:1:1:0", feed.id), organizer.press_data("kr:1:none:-", card))
    counted = answer.text == "👍 Ваш голос учтён"
    assert counted or answer.alert
    assert votes(forum) == ([(1, person.id)] if counted else [])
    again = await person.press_data("v:1:1:0", feed.id)
    assert again.text.startswith("Голосование за этот вопрос")
    assert again.alert


async def test_only_approved_questions_are_shown_and_pages_turn(forum: Forum) -> None:
    organizer, author = await approved(forum, *(f"Вопрос номер {number}: {'ы' * 480}" for number in range(1, 8)))
    await author.start("q_opening")
    await author.sees("✋")
    await author.send("Ещё не одобренный?")
    await author.sees("🧾")
    await organizer.sees("№8")
    person = await forum.delegate("Дина", "ru")
    feed = await open_feed(person)
    assert "1/2" in feed.buttons
    assert "№6" not in feed.text
    await person.press("›")
    second = await person.last()
    assert "Вопрос номер 6" in second.text
    assert "не одобренный" not in feed.text + second.text
    await person.press("v:7:1")
    assert "№7" not in (await person.last()).text  # the most wanted comes first: it moved to the first page
    assert votes(forum) == [(7, person.id)]
    await person.press("К сессии")
    await person.sees("🕒", "Торжественное открытие")


async def test_a_guest_reads_the_feed_and_is_asked_to_register_for_a_vote(forum: Forum) -> None:
    await approved(forum, "Первый вопрос?")
    guest = await forum.telegram.person("Гость", "ru")
    await open_feed_as_guest(guest)
    await guest.press("v:1:1")
    await guest.sees("Здравствуйте", "/privacy")
    assert votes(forum) == []


async def open_feed_as_guest(guest: Person) -> None:
    await guest.start("s_opening")
    await guest.press("осмотреться")
    await guest.press("f:opening:0")
    await guest.sees("Поддержите 👍")


async def test_asked_aloud_ends_the_voting_but_stays_in_the_feed(forum: Forum, programme: Programme) -> None:
    organizer, author = await approved(forum, "Первый вопрос?")
    person = await forum.delegate("Дина", "ru")
    feed = await open_feed(person)
    await organizer.press("kd:1:asked")
    await author.sees("задан в зале")
    assert (await person.press_data("v:1:1:0", feed.id)).alert
    feed = await open_feed(person)
    assert "☑️ задан в зале" in feed.text
    assert not any("№1" in label for label in feed.buttons)
    kept = tuple(one for one in programme.sessions if one.code != "opening")
    forum.application.current.replace(replace(programme, sessions=kept), 2)
    for data in ("f:opening:0", "v:1:1:0", "s:opening:"):
        answer = await person.press_data(data, feed.id)
        assert "больше нет в программе" in answer.text
