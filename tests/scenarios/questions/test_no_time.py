"""The end of a session is an event: whoever asked hears that there was no time, and what happens now."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.actions import outgoing
from bot.actions.questions import telling
from bot.actions.questions.questions import STAYS_OPEN
from bot.programme.model import Session
from storage import followers, questions
from storage.questions import APPROVED
from tests.conftest import Forum
from tests.scenarios.questions.ending import (
    GOES_ON,
    MINUTE,
    NO_TIME,
    a_session,
    asked,
    closes,
    is_over,
    look,
    marked,
    merged,
    question,
    told,
)
from tests.scenarios.steps import ask, nothing_due, now_in, outbox, publish, said, sessions
from tests.telegram import Person


async def test_whoever_waits_hears_once_that_there_was_no_time(forum: Forum) -> None:
    session = a_session(forum)
    waits, approved, skipped, same, done, reader, other = [
        await forum.delegate(name, "ru") for name in ("Ася", "Бота", "Серик", "Дана", "Ержан", "Оқырман", "Басқа")
    ]
    await asked(forum, session, waits, "Кто ждёт решения?")
    number = await asked(forum, session, approved, "Что одобрено давно?", APPROVED)
    passed = await asked(forum, session, skipped, "Кого пропустили сегодня?", APPROVED)
    await forum.db.write(questions.skip, passed, 2)
    await merged(forum, await asked(forum, session, same, "Что было одобрено давно?", APPROVED), number)
    answered = await asked(forum, session, done, "Кому ответили?", APPROVED)
    await forum.db.write(questions.decide, answered, expected=APPROVED, state="asked", moderator=1, now=1)
    await asked(forum, sessions(forum)[-1], other, "А это другая сессия?")
    await forum.db.write(followers.follow, number, person=reader.id, now=1)

    await is_over(forum, session, STAYS_OPEN)
    assert outbox(forum, outgoing.Unheard.kind) == []
    await closes(forum, session)
    for person in (waits, approved, skipped, reader):
        await person.sees(NO_TIME)
    await same.sees(said("questions.state_merged").split()[0])
    for person in (done, other):
        assert await told(person) == 0
    for moment in (session.end + STAYS_OPEN + 5 * MINUTE, session.end + dt.timedelta(days=3)):
        await forum.at(moment)
        await look(forum)
    for person in (waits, approved, skipped, same, reader):
        assert await told(person) == 1
    assert question(forum, passed)["unheard_at"] is not None
    assert question(forum, answered)["unheard_at"] is None


async def test_after_days_without_the_bot_they_are_told_still(forum: Forum) -> None:
    session = a_session(forum)
    author = await forum.delegate("Ася", "ru")
    await asked(forum, session, author, "Кто ждёт решения?")
    await forum.at(session.end.replace(hour=14) + dt.timedelta(days=4))
    await author.sees(NO_TIME)


async def test_nobody_is_told_at_night(forum: Forum) -> None:
    session = a_session(forum)
    author = await forum.delegate("Ася", "ru")
    await asked(forum, session, author, "Кто ждёт решения?")
    evening = session.end.replace(hour=21, minute=0)
    await publish(forum, replace(session, start=evening - 30 * MINUTE, end=evening))
    await forum.at(evening + STAYS_OPEN + MINUTE)
    await nothing_due(forum)
    assert await told(author) == 0
    assert question(forum, 1)["unheard_at"] is not None
    await forum.at((evening + dt.timedelta(days=1)).replace(hour=7, minute=1))
    await author.sees(NO_TIME)


async def test_after_a_night_what_there_was_no_time_for_is_said_once(forum: Forum) -> None:
    session = a_session(forum)
    author = await forum.delegate("Ася", "ru")
    number = await asked(forum, session, author, "Кого одобрят ночью?")
    evening = session.end.replace(hour=21, minute=0)
    await publish(forum, replace(session, start=evening - 30 * MINUTE, end=evening))
    await forum.at(evening + 90 * MINUTE)
    await forum.db.write(questions.decide, number, expected="pending", state=APPROVED, moderator=1, now=2)
    fate = outgoing.Fate(number, 2)
    await forum.db.write(telling.tell, fate, forum.clock.seconds())
    await forum.at(evening + STAYS_OPEN + MINUTE)
    await nothing_due(forum)
    await forum.at((evening + dt.timedelta(days=1)).replace(hour=7, minute=1))
    await author.sees(NO_TIME)
    await nothing_due(forum)
    assert await told(author) == 1
    assert [row["state"] for row in outbox(forum, fate.kind)] == ["dropped"]


async def test_the_end_of_a_cancelled_session_and_of_a_break_is_none(forum: Forum) -> None:
    off, pause = sessions(forum)[:2]
    author = await forum.delegate("Ася", "ru")
    for session in (off, pause):
        await asked(forum, session, author, f"Кто ждёт решения в {session.code}?")
    await publish(forum, replace(off, cancelled=True), replace(pause, kind="break"))
    await forum.at(max(off.end, pause.end) + STAYS_OPEN + MINUTE)
    await look(forum)
    assert outbox(forum, outgoing.Unheard.kind) == []


async def test_an_end_mark_that_is_undone_before_tells_nobody(forum: Forum) -> None:
    session = a_session(forum)
    author = await forum.delegate("Ася", "ru")
    await asked(forum, session, author, "Кто ждёт решения?")
    await forum.at(session.start + MINUTE)
    await marked(forum, session, ended_at=forum.clock.seconds())
    await marked(forum, session)
    await forum.at(session.start + STAYS_OPEN + 3 * MINUTE)  # two hours after the mark that was none
    await look(forum)
    assert await told(author) == 0
    await closes(forum, session)
    assert await told(author) == 1


async def prolonged(forum: Forum, session: Session) -> None:
    """By so much that it takes questions again."""
    await publish(forum, replace(session, end=session.end + dt.timedelta(hours=3)))
    await nothing_due(forum)


async def test_a_session_that_goes_on_takes_the_news_back(forum: Forum) -> None:
    session = a_session(forum)
    author, reader = await forum.delegate("Ася", "ru"), await forum.delegate("Оқырман", "ru")
    number = await asked(forum, session, author, "Кто ждёт решения?", APPROVED)
    await forum.db.write(followers.follow, number, person=reader.id, now=1)
    await closes(forum, session)
    first = await author.sees(NO_TIME)
    await reader.sees(NO_TIME)
    await prolonged(forum, session)
    corrected = await author.sees(GOES_ON, said("questions.state_approved"))
    assert corrected.id == first.id
    assert NO_TIME not in corrected.text
    await reader.sees(said("following.goes_on"))
    assert said("undo.author") not in corrected.text
    assert question(forum, number)["unheard_at"] is None
    await forum.at(session.end + dt.timedelta(hours=5, minutes=1))
    again = await author.sees(NO_TIME)
    assert again.id != first.id
    await nothing_due(forum)
    assert await told(author) == 1


async def test_an_end_mark_that_is_undone_after_takes_the_news_back(forum: Forum) -> None:
    session = a_session(forum)
    author = await forum.delegate("Ася", "ru")
    await asked(forum, session, author, "Кто ждёт решения?")
    await forum.at(session.start + MINUTE)
    await marked(forum, session, ended_at=forum.clock.seconds())
    await forum.at(session.start + STAYS_OPEN + 3 * MINUTE)
    first = await author.sees(NO_TIME)
    await marked(forum, session)
    assert (await author.sees(GOES_ON, said("questions.state_pending"))).id == first.id
    await closes(forum, session)
    assert await told(author) == 1


async def test_news_that_has_not_gone_out_is_withdrawn_when_it_goes_on(forum: Forum) -> None:
    session = a_session(forum)
    author = await forum.delegate("Ася", "ru")
    await asked(forum, session, author, "Кто ждёт решения?")
    evening = session.end.replace(hour=21, minute=0)
    late = replace(session, start=evening - 30 * MINUTE, end=evening)
    await publish(forum, late)
    await forum.at(evening + STAYS_OPEN + MINUTE)
    await nothing_due(forum)
    await publish(forum, replace(late, start=late.start + dt.timedelta(days=1), end=late.end + dt.timedelta(days=1)))
    await nothing_due(forum)
    await forum.at((evening + dt.timedelta(days=1)).replace(hour=9, minute=0))
    await nothing_due(forum)
    assert await told(author) == await told(author, GOES_ON) == 0
    await forum.at(evening + dt.timedelta(days=2))
    await author.sees(NO_TIME)


async def test_a_clock_that_jumps_tells_nobody_twice(forum: Forum) -> None:
    session = a_session(forum)
    author = await forum.delegate("Ася", "ru")
    await asked(forum, session, author, "Кто ждёт решения?")
    await closes(forum, session)
    await author.sees(NO_TIME)
    await forum.at(session.start)
    await author.sees(GOES_ON)
    await closes(forum, session)
    await author.sees(NO_TIME)
    await look(forum)
    assert await told(author) == 1


async def test_who_is_gone_or_blocked_the_bot_holds_nobody_up(forum: Forum) -> None:
    session = a_session(forum)
    gone, blocks, author = [await forum.delegate(name, "ru") for name in ("Ушла", "Закрыл", "Ася")]
    for person, text in ((gone, "Кого забыли тут?"), (blocks, "Кто закрыл бот тут?"), (author, "Кто здесь тут?")):
        await asked(forum, session, person, text)
    await blocks.block()
    await gone.send("/forget")
    await gone.press("fg:")
    await closes(forum, session)
    await author.sees(NO_TIME)
    assert question(forum, 1)["unheard_at"] is None  # it went with its author
    assert await told(gone) == await told(blocks) == 0


async def say_over(author: Person, session: Session) -> None:
    await author.start(f"q_{session.code}")


async def test_a_question_after_the_end_is_told_so_at_once(forum: Forum) -> None:
    session = a_session(forum)
    author = await forum.delegate("Ася", "ru")
    await say_over(author, session)
    form = await author.sees("✋")
    assert said("questions.only_written") not in form.text
    await is_over(forum, session, MINUTE)
    await author.look_away()
    await say_over(author, session)
    await author.sees("✋", said("questions.only_written"))
    message = await author.send("Можно ли ещё спросить?")
    await author.sees("🧾", said("questions.only_written"))
    await author.edit(message, "Можно ли ещё спросить письменно?")
    await author.sees(said("questions.edited", number=1), said("questions.only_written"))


async def test_what_is_sent_too_late_is_given_back(forum: Forum) -> None:
    session = a_session(forum)
    author = await forum.delegate("Ася", "ru")
    other = await forum.delegate("Бота", "ru")
    await asked(forum, session, other, "Когда начнётся приём заявок на гранты?", APPROVED)
    await say_over(author, session)
    await author.sees("✋")
    await closes(forum, session)
    await author.look_away()
    await author.send("Совсем <b>другой</b> вопрос?")
    refused = await author.sees("Совсем <b>другой</b> вопрос?", "/ask")
    assert said("questions.session_closed") not in refused.text

    await forum.at(session.start)
    await say_over(author, session)
    await author.sees("✋")
    await author.send("Когда начнётся приём заявок на гранты?")
    near = await author.newest("jn:")
    await closes(forum, session)
    await author.look_away()
    await author.press("jn:", near)
    await author.sees("Когда начнётся приём заявок на гранты?", "/ask")


async def test_my_questions_and_the_feed_say_what_is(forum: Forum) -> None:
    session = a_session(forum)
    author = await forum.delegate("Ася", "ru")
    await asked(forum, session, author, "Что одобрено давно?", APPROVED)
    other = await asked(forum, session, author, "Что было задано?", APPROVED)
    await forum.db.write(questions.decide, other, expected=APPROVED, state="asked", moderator=1, now=1)
    await closes(forum, session)
    await author.look_away()
    short = said("questions.state_no_time")
    await author.send("/questions")
    mine = await author.sees("№1")
    assert short in mine.text
    assert said("questions.state_approved") not in mine.text
    await author.start(f"s_{session.code}")
    await author.press(f"f:{session.code}")
    feed = await author.sees(short)
    assert feed.text.index("№2") < feed.text.index("№1")
    await author.press("v:1:1", feed)  # for a written answer
    await author.toast(said("questions.voted"))


async def test_the_cards_say_so_and_do_not_when_it_goes_on(forum: Forum) -> None:
    session = a_session(forum)
    organizer, author = await forum.organizer(), await forum.delegate("Ася", "ru")
    await ask(author, session.code, "Что скажет моя карточка?")
    card = await organizer.sees("Что скажет моя карточка?")
    known = said("left.known", time="X").split("X")[0]
    assert known not in card.text
    await closes(forum, session)
    told_so = await now_in(organizer, card)
    assert known in told_so.text
    assert told_so.button("kd:1:answer")
    await prolonged(forum, session)
    assert known not in (await now_in(organizer, card)).text


async def test_a_question_that_is_answered_after_all_is_told_as_ever(forum: Forum) -> None:
    session = a_session(forum)
    organizer, author = await forum.organizer(), await forum.delegate("Ася", "ru")
    await ask(author, session.code, "Ответят ли мне потом?")
    card = await organizer.sees("Ответят ли мне потом?")
    await closes(forum, session)
    await organizer.press("kd:1:answer", card)
    await organizer.sees("№1")
    await organizer.send("Да, письменно")
    await author.sees(said("questions.state_answered"), "Да, письменно")
    await forum.at(session.start)  # whatever the clock does, it has had its answer
    await look(forum)
    assert await told(author, GOES_ON) == 0
