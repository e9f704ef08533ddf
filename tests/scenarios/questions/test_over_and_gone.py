"""A session that is over and leaves the programme, or leaves and is over when it comes back: whoever waits hears once
of each, and what they read last is so."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.actions.questions.questions import STAYS_OPEN
from bot.programme.writers import write
from storage import followers
from tests.conftest import Forum
from tests.scenarios.moderation.test_gone_sessions import remove, without
from tests.scenarios.publishing.changing import publish, tap
from tests.scenarios.questions.ending import (
    GOES_ON,
    MINUTE,
    NO_TIME,
    a_session,
    asked,
    closes,
    is_over,
    question,
    told,
)
from tests.scenarios.steps import nothing_due, said
from tests.telegram import Person


async def sends_without(forum: Forum, organizer: Person, code: str) -> None:
    await organizer.send_document(write(without(forum.programme, code), "xlsx", "ru"), "program.xlsx")
    await organizer.sees("program.xlsx")


async def test_who_was_told_of_an_end_reads_that_it_goes_on_when_the_session_is_back_later(forum: Forum) -> None:
    session = a_session(forum)
    organizer = await forum.organizer()
    author, reader = await forum.delegate("Ася", "ru"), await forum.delegate("Оқырман", "ru")
    number = await asked(forum, session, author, "Кто ждёт решения?")
    await forum.db.write(followers.follow, number, person=reader.id, now=1)
    await closes(forum, session)
    await author.sees(NO_TIME)
    await remove(forum, organizer, session.code)
    await nothing_due(forum)
    later = replace(session, start=session.start + dt.timedelta(hours=4), end=session.end + dt.timedelta(hours=4))
    back = replace(
        forum.programme,
        sessions=tuple(later if one.code == session.code else one for one in forum.programme.sessions),
    )
    await organizer.send_document(write(back, "xlsx", "ru"), "back.xlsx")
    await organizer.sees("back.xlsx")
    await publish(organizer)
    await nothing_due(forum)
    for person, words in ((author, GOES_ON), (reader, said("following.goes_on"))):
        assert await told(person) == 0
        assert await told(person, words) == 1
    assert question(forum, number)["unheard_at"] is None


async def test_what_comes_back_over_is_told_of_once(forum: Forum) -> None:
    session = a_session(forum)
    organizer, author = await forum.organizer(), await forum.delegate("Ася", "ru")
    await asked(forum, session, author, "Кто ждёт решения?")
    await is_over(forum, session, dt.timedelta(minutes=90))
    await sends_without(forum, organizer, session.code)
    done = await publish(organizer, quiet=1)
    await forum.at(session.end + STAYS_OPEN + 10 * MINUTE)
    await nothing_due(forum)
    assert await told(author) == 0
    await tap(organizer, "ppu:", done)
    await nothing_due(forum)
    await forum.at(session.end + 2 * STAYS_OPEN)
    await nothing_due(forum)
    assert await told(author) == 1
