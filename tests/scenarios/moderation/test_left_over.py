"""What is left of a session that is over: seen before its authors are told, answered, carried or closed at once."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from bot.actions import outgoing
from bot.actions.moderation import left_over
from bot.actions.people.privacy import forget
from bot.actions.questions import over
from bot.actions.questions.questions import STAYS_OPEN
from bot.programme.model import Session
from bot.who import MODERATOR, ORGANIZER
from storage import claims, followers, questions, roles
from storage.database import Transaction
from storage.questions import APPROVED, CLOSED
from tests.conftest import Forum
from tests.scenarios.agenda.test_quiet_hours import silent_sends
from tests.scenarios.moderation.groups import cards_in, group_of, topic_of
from tests.scenarios.questions.ending import (
    GOES_ON,
    MINUTE,
    a_session,
    asked,
    closes,
    is_over,
    look,
    marked,
    question,
    told,
)
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, moderator_of, nothing_due, now_in, outbox, publish, said, sessions, write_version
from tests.telegram import Message, Person

NOTICE = said("left.notice")


def decided(tx: Transaction, number: int) -> None:
    assert questions.decide(tx, number, expected=APPROVED, state="asked", moderator=1, now=1)


async def left(forum: Forum, count: int = 2) -> tuple[Session, Person, list[Person]]:
    """A session with its moderator, of whose questions so many wait and one is approved."""
    session = a_session(forum)
    chair = await moderator_of(forum, await forum.organizer(), session.code, "Жүргізуші")
    authors = [await forum.delegate(f"Автор{number}", "ru") for number in range(count + 1)]
    for number, author in enumerate(authors):
        state = APPROVED if number == count else "pending"
        await asked(forum, session, author, f"Вопрос номер {number} ждёт?", state)
    await chair.look_away()
    return session, chair, authors


async def opened(forum: Forum, chair: Person) -> Message:
    """The screen of what is left, from the notice."""
    notice = await chair.sees(NOTICE)
    await chair.press("le:", notice)
    return await now_in(chair, notice)


async def test_moderators_see_what_is_left_before_its_authors_are_told(forum: Forum) -> None:
    session, chair, authors = await left(forum)
    await is_over(forum, session, 4 * MINUTE)
    await chair.quiet()
    await is_over(forum, session)
    time = (session.end + STAYS_OPEN).strftime("%H:%M")
    notice = await chair.sees(
        NOTICE,
        f"{said('questions.state_pending')}: 2",
        f"{said('left.approved')}: 1",
        said("left.will_tell", time=time),
    )
    assert await told(authors[0]) == 0
    await look(forum)
    await forum.at(session.end + 30 * MINUTE)
    await look(forum)
    assert len(outbox(forum, outgoing.LeftOver.kind)) == 1
    await chair.press("le:", notice)
    screen = await now_in(chair, notice)
    assert [screen.button(data) is not None for data in ("kn:", "lc:", "ls:", "ks:")] == [True] * 4
    await closes(forum, session)
    assert await told(authors[0]) == 1
    await chair.press(f"ks:{session.code}", screen)
    desk = await now_in(chair, screen)
    await chair.press(said("left.open", count=3), desk)
    assert said("left.told", count=3) in (await now_in(chair, desk)).text


async def test_nobody_is_notified_where_nothing_is_left_or_the_session_is_cancelled(forum: Forum) -> None:
    off, empty = a_session(forum), next(one for one in sessions(forum) if one.code != a_session(forum).code)
    chair = await moderator_of(forum, await forum.organizer(), off.code, "Жүргізуші")
    await asked(forum, off, await forum.delegate("Ася", "ru"), "Кто ждёт решения?")
    await publish(forum, replace(off, cancelled=True))
    await chair.look_away()
    for session in (off, empty):
        await is_over(forum, session)
    assert outbox(forum, outgoing.LeftOver.kind) == []


async def test_who_has_decided_all_meanwhile_is_told_nothing(forum: Forum) -> None:
    """The notice was on its way when the last question was dealt with."""
    session, chair, _ = await left(forum, 0)
    ended = int(session.end.timestamp())
    await forum.db.write(left_over.notify, session, ended, forum.clock.seconds())
    number = question(forum, 1)["number"]
    await forum.db.write(decided, number)
    await is_over(forum, session)
    assert [row["state"] for row in outbox(forum, outgoing.LeftOver.kind)] == ["dropped"]
    await chair.quiet()


async def test_an_end_mark_that_is_undone_is_followed_by_another_notice(forum: Forum) -> None:
    session, chair, _ = await left(forum)
    await forum.at(session.start + MINUTE)
    await marked(forum, session, ended_at=forum.clock.seconds())
    await forum.at(session.start + 7 * MINUTE)
    await look(forum)
    first = await chair.sees(NOTICE)
    await marked(forum, session)
    late = replace(session, end=session.start + 90 * MINUTE)
    await publish(forum, late)
    await is_over(forum, late)
    again = await chair.sees(NOTICE)
    assert again.id != first.id
    # An end that is put right by minutes is no other.
    await marked(forum, late, ended_at=forum.clock.seconds())
    await is_over(forum, late, 15 * MINUTE)
    assert len(outbox(forum, outgoing.LeftOver.kind)) == 2


def states(forum: Forum) -> list[str]:
    return [row["state"] for row in sorted(tables(forum.folder)["questions"], key=lambda row: row["number"])]


def news_of(person: Person, words: str) -> list[Message]:
    return [one for one in person.shown() if one.from_bot and words in one.text]


async def test_all_are_closed_with_one_word_and_all_of_it_is_undone(forum: Forum) -> None:
    session, chair, authors = await left(forum)
    reader = await forum.delegate("Оқырман", "ru")
    await forum.db.write(followers.follow, 1, person=reader.id, now=1)
    await is_over(forum, session)
    screen = await opened(forum, chair)
    await chair.press("ls:", screen)
    form = await now_in(chair, screen)
    assert said("left.questions", count=3) in form.text
    assert said("left.people", count=4) in form.text
    await ask(await forum.delegate("Поздняя", "ru"), session.code, "Успею ли я ещё?")
    await chair.send("Напишите <b>нам</b> на почту")
    closed = await chair.sees(said("left.closed", count=3))
    for person in (*authors, reader):
        await person.sees(said("questions.state_closed"), "Напишите <b>нам</b> на почту")
    assert states(forum) == ["closed"] * 3 + ["pending"]
    assert [row["deed"] for row in tables(forum.folder)["audit"]][-3:] == ["close"] * 3
    await closes(forum, session)
    assert await told(authors[0]) == 0

    await forum.at(session.end + 20 * MINUTE)
    assert said("left.undone", count=3) in (await chair.press("lu:", closed)).text
    for author in authors:
        await author.sees(said("undo.author"))
    await reader.sees(said("following.taken_back"))
    assert states(forum) == ["pending", "pending", "approved", "pending"]
    assert said("left.close_all", count=4) in (await now_in(chair, closed)).buttons
    await closes(forum, session)
    assert await told(authors[0]) == 1


async def test_all_are_closed_without_a_word_with_two_taps(forum: Forum) -> None:
    session, chair, authors = await left(forum)
    await is_over(forum, session)
    screen = await opened(forum, chair)
    await chair.press("ls:", screen)
    form = await now_in(chair, screen)
    silent = form.button("ls:")
    assert silent is not None
    await chair.press_data(silent["callback_data"], screen.id)
    await authors[0].sees(said("questions.state_closed"))
    first = await now_in(chair, screen)
    await chair.press_data(silent["callback_data"], screen.id)  # again
    again = await now_in(chair, screen)
    assert again.text == first.text
    assert again.button("lu:")
    assert states(forum) == ["closed"] * 3
    await chair.send("это слово ничего не закрывает")  # the form is closed
    await chair.look_away()
    assert states(forum) == ["closed"] * 3


async def test_what_is_typed_after_leaving_the_form_closes_nothing(forum: Forum) -> None:
    session, chair, _ = await left(forum)
    await is_over(forum, session)
    screen = await opened(forum, chair)
    await chair.press("ls:", screen)
    await chair.press("le:", await now_in(chair, screen))
    await chair.send("хлопок")
    await chair.look_away()
    assert states(forum) == ["pending", "pending", "approved"]


async def test_what_another_works_on_and_what_has_moved_on_is_left(forum: Forum) -> None:
    session, chair, _ = await left(forum)
    organizer = await forum.delegate("Екінші", "ru")
    await is_over(forum, session)
    await forum.db.write(
        claims.take, 1, moderator=organizer.id, now=forum.clock.seconds(), until=forum.clock.seconds() + 500
    )
    screen = await opened(forum, chair)
    await chair.press("ls:", screen)
    await chair.press(said("left.close_silent", count=3), await now_in(chair, screen))
    closed = await now_in(chair, screen)
    assert said("left.closed", count=2) in closed.text
    assert said("left.held", count=1) in closed.text
    assert states(forum) == ["pending", "closed", "closed"]
    card = await forum.db.read(questions.get, 2)
    assert card is not None
    await forum.db.write(reopened, 2)
    toast = (await chair.press("lu:", closed)).text
    assert said("left.undone", count=1) in toast
    assert said("left.moved_on", count=1) in toast
    assert states(forum) == ["pending", "answered", "approved"]


def reopened(tx: Transaction, number: int) -> None:
    """Somebody has answered it since."""
    assert questions.decide(tx, number, expected=CLOSED, state="answered", moderator=1, now=1, answer="Да")


async def test_one_of_them_is_undone_by_its_card(forum: Forum) -> None:
    session, chair, authors = await left(forum)
    await ask(authors[0], session.code, "С карточкой ли я?")
    card = await chair.sees("С карточкой ли я?")
    await is_over(forum, session)
    screen = await opened(forum, chair)
    await chair.press("ls:", screen)
    await chair.send("Поздно")
    await chair.sees(said("left.closed", count=4))
    shown = await now_in(chair, card)
    assert said("questions.state_closed") in shown.text
    assert "Поздно" in shown.text
    await chair.press("ku:", card)
    assert states(forum) == ["closed", "closed", "closed", "pending"]


async def test_an_edit_of_the_word_counts_until_somebody_has_read_it(forum: Forum) -> None:
    session, chair, authors = await left(forum, 0)
    await is_over(forum, session)
    await chair.press("ls:", await opened(forum, chair))
    async with forum.telegram.held(method="sendMessage", chat=authors[0].id) as hold:
        typed = await chair.send("Пишите на почту")
        await hold.reached()
        await chair.sees(said("left.closed", count=1))
        await chair.edit(typed, "Пишите в чат")  # it is on its way
        await chair.sees(said("left.word_told"))
    await authors[0].sees("Пишите на почту")
    row = question(forum, 1)
    assert (row["state"], row["reason"]) == ("closed", "Пишите на почту")


async def test_an_edit_of_the_word_at_night_reaches_all(forum: Forum) -> None:
    session, chair, authors = await left(forum, 0)
    evening = session.end.replace(hour=23, minute=0)
    await publish(forum, replace(session, start=evening - 30 * MINUTE, end=evening))
    await forum.at(evening + 6 * MINUTE)
    await chair.look_away()
    await chair.send("/moderate")
    card = await chair.newest("ks:")
    await chair.press_data(f"ls:{session.code}:1:0", card.id)
    typed = await chair.send("Пишите на почту")
    await chair.sees(said("left.closed", count=1))
    await nothing_due(forum)
    await chair.edit(typed, "!")
    await chair.sees(said("moderation.say_something"))
    await chair.edit(typed, "Пишите в чат")
    await chair.sees(said("edited.counted"))
    assert question(forum, 1)["reason"] == "Пишите в чат"
    await forum.at((evening + dt.timedelta(days=1)).replace(hour=8))
    await authors[0].sees("Пишите в чат")
    assert news_of(authors[0], "Пишите на почту") == []


async def test_who_moderates_another_session_closes_and_undoes_nothing(forum: Forum) -> None:
    session, chair, _ = await left(forum)
    other = await forum.delegate("Басқа", "ru")
    await forum.db.write(
        roles.grant, other.id, role=MODERATOR, session=sessions(forum)[-1].code, granted_by=None, now=1
    )
    forum.application.people.changed(other.id)
    await is_over(forum, session)
    screen = await opened(forum, chair)
    await other.look_away()
    message = await other.last()
    for data in (f"le:{session.code}", f"ls:{session.code}:9:0", f"ls:{session.code}:9:1", f"lc:0:{session.code}::0:-"):
        await other.press_data(data, message.id)
        await other.toast(said("refusal.not_moderator"))
    await chair.press("ls:", screen)
    await chair.press(said("left.close_silent", count=3), await now_in(chair, screen))
    deed = next(row["id"] for row in tables(forum.folder)["audit"] if row["deed"] == "close")
    await other.press_data(f"lu:{deed}", message.id)
    await other.toast(said("undo.not_yours"))
    for data in ("lu:0", "lu:999999", f"lxa:{session.code}:gone:5", "lx:1:gone:1:-", "lk:99:gone:-"):
        await chair.press_data(data, screen.id)
        assert (await chair.toast()).text
    assert states(forum) == ["closed"] * 3


async def test_the_group_is_told_in_the_sessions_topic(forum: Forum) -> None:
    session = a_session(forum)
    organizer = await forum.organizer()
    chat = await group_of(forum, organizer)
    author = await forum.delegate("Ася", "ru")
    await ask(author, session.code, "Что останется?")
    await nothing_due(forum)
    await is_over(forum, session)
    notice = await organizer.sees(NOTICE, said("left.in_private"), chat=chat)
    card = cards_in(organizer, chat, "Что останется?")[0]
    assert topic_of(notice) == topic_of(card)
    await organizer.sees(NOTICE)


async def test_a_question_is_answered_in_writing_from_what_is_left(forum: Forum) -> None:
    session, chair, authors = await left(forum)
    await closes(forum, session)
    await chair.send("/moderate")
    screen = await chair.newest("ks:")
    await chair.press_data(f"le:{session.code}", screen.id)
    await chair.press(f"kn:{session.code}:a", screen)
    card = await now_in(chair, screen)
    assert said("left.known", time="X").split("X")[0] in card.text
    await chair.press("kd:3:answer", card)
    await chair.sees("№3")
    await chair.send("Ответ после сессии")
    await authors[2].sees(said("questions.state_answered"), "Ответ после сессии")
    await chair.press_data(f"le:{session.code}", screen.id)
    assert said("left.approved") not in (await now_in(chair, screen)).text


async def test_two_who_close_at_once_close_each_once(forum: Forum) -> None:
    session, chair, authors = await left(forum)
    organizer = await forum.delegate("Екінші", "ru")
    await forum.db.write(roles.grant, organizer.id, role=MODERATOR, session=session.code, granted_by=None, now=1)
    forum.application.people.changed(organizer.id)
    await is_over(forum, session)
    one, two = await opened(forum, chair), await opened(forum, organizer)
    data = f"ls:{session.code}:3:1"
    await asyncio.gather(chair.press_data(data, one.id), organizer.press_data(data, two.id))
    await nothing_due(forum)
    assert states(forum) == ["closed"] * 3
    assert [row["deed"] for row in tables(forum.folder)["audit"]].count("close") == 3
    shown = [await now_in(chair, one), await now_in(organizer, two)]
    assert sorted(said("left.none") in message.text for message in shown) == [False, True]
    await authors[0].look_away()
    assert len(news_of(authors[0], said("questions.state_closed"))) == 1


async def test_at_night_the_moderators_are_told_without_a_sound(forum: Forum) -> None:
    session, chair, _ = await left(forum, 0)
    evening = session.end.replace(hour=22, minute=30)
    await publish(forum, replace(session, start=evening - 30 * MINUTE, end=evening))
    await forum.at(evening + 6 * MINUTE)
    await chair.sees(NOTICE)
    assert (await silent_sends(chair))[-1] is True


async def test_where_nobody_moderates_the_organizers_are_told(forum: Forum) -> None:
    organizer = await forum.organizer()
    await asked(forum, a_session(forum), await forum.delegate("Ася", "ru"), "Кто ждёт решения?")
    await is_over(forum, a_session(forum))
    await organizer.sees(NOTICE)


async def test_the_summary_and_the_numbers_add_up(forum: Forum) -> None:
    session, chair, _ = await left(forum)
    organizer = await forum.delegate("Динара", "ru")
    await forum.db.write(roles.grant, organizer.id, role=ORGANIZER, session="", granted_by=None, now=1)
    forum.application.people.changed(organizer.id)
    await closes(forum, session)
    await chair.send("/moderate")
    desk = await chair.newest("ks:")
    await chair.press_data(f"ls:{session.code}:1:1", desk.id)
    await chair.press_data(f"ys:{session.code}", desk.id)
    summary = (await now_in(chair, desk)).text
    assert said("papers.closed", count=1) in summary
    assert said("papers.no_time", count=2) in summary
    assert said("papers.received", n=3) in summary
    await chair.press_data(f"ks:{session.code}", desk.id)
    assert said("left.told", count=2) in (await now_in(chair, desk)).text
    await organizer.send("/stats")
    numbers = await organizer.sees("📊")
    assert f"{said('questions.state_no_time')}: 2" in numbers.text
    assert f"{said('questions.state_closed')}: 1" in numbers.text


async def test_many_are_dealt_with_in_several_goes(forum: Forum, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(left_over, "AT_ONCE", 2)
    monkeypatch.setattr(over, "AT_ONCE", 2)
    session, chair, authors = await left(forum, 4)
    await is_over(forum, session)
    screen = await opened(forum, chair)
    await chair.press_data(f"ls:{session.code}:5:1", screen.id)
    closed = await now_in(chair, screen)
    assert said("left.closed", count=5) in closed.text
    assert states(forum) == ["closed"] * 5
    assert said("left.undone", count=5) in (await chair.press("lu:", closed)).text
    last = sessions(forum)[-1].code
    await chair.press_data(f"lxa:{session.code}:{last}:5", screen.id)
    assert [question(forum, number)["session"] for number in range(1, 6)] == [last] * 5
    await chair.press("lu:", await now_in(chair, screen))
    assert states(forum) == ["pending"] * 4 + ["approved"]
    await closes(forum, session)
    for author in authors:
        assert await told(author) == 1
    await forum.at(session.start)
    await nothing_due(forum)
    for author in authors:
        assert await told(author, GOES_ON) == 1


async def test_all_is_undone_when_the_first_author_has_erased_their_data(forum: Forum) -> None:
    session, chair, authors = await left(forum)
    await is_over(forum, session)
    screen = await opened(forum, chair)
    await chair.press_data(f"lxa:{session.code}:{sessions(forum)[-1].code}:3", screen.id)
    await nothing_due(forum)
    await forum.db.write(forget, authors[0].id, forum.clock.seconds())
    toast = await chair.press("lu:", await now_in(chair, screen))
    assert said("left.undone", count=2) in toast.text
    assert said("left.moved_on", count=1) in toast.text
    assert said("left.title") in (await now_in(chair, screen)).text


async def test_of_a_session_that_is_gone_all_of_it_can_be_done(forum: Forum) -> None:
    session, chair, authors = await left(forum)
    await is_over(forum, session)
    screen = await opened(forum, chair)
    programme = forum.application.current.programme
    without = replace(programme, sessions=tuple(one for one in programme.sessions if one.code != session.code))
    number = await write_version(forum, without)
    forum.application.current.replace(without, number)
    await closes(forum, session)
    assert await told(authors[0]) == 0  # it has news of its own
    await chair.press_data(f"le:{session.code}", screen.id)
    shown = await now_in(chair, screen)
    assert said("questions.session_gone") in shown.text
    await chair.press("lc:0", shown)
    last = sessions(forum)[-1].code
    await chair.press_data(f"lka:{session.code}:{last}", screen.id)
    await chair.press("lxa:", await now_in(chair, screen))
    assert [question(forum, one)["session"] for one in (1, 2, 3)] == [last] * 3
    await chair.press("lu:", await now_in(chair, screen))
    await chair.press_data(f"ls:{session.code}:3:1", screen.id)
    assert states(forum) == ["closed"] * 3
