"""Questions of a session that comes to its end, in more than one test."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bot.actions.questions.questions import STAYS_OPEN
from bot.programme.model import Session
from storage import merges, questions, session_runs
from storage.database import Transaction
from storage.questions import APPROVED, PENDING
from storage.session_runs import SessionRun
from tests.conftest import Forum
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import nothing_due, said, sessions
from tests.telegram import Person

MINUTE = dt.timedelta(minutes=1)
NO_TIME, GOES_ON = said("questions.state_unheard"), said("undo.goes_on")


def a_session(forum: Forum) -> Session:
    """One that is over early in the day: the evening's quiet is far."""
    return next(one for one in sessions(forum) if one.speakers)


def put(tx: Transaction, session: str, author: int, text: str, state: str = PENDING) -> int:
    """A question of that author as it would be by now."""
    number = questions.ask(
        tx,
        session,
        author=author,
        message=10_000 + sum(text.encode()),
        anonymous=False,
        language="ru",
        text=text,
        now=1,
    )
    assert number is not None
    if state == APPROVED:
        questions.decide(tx, number, expected=PENDING, state=APPROVED, moderator=author, now=1)
    return number


async def asked(forum: Forum, session: Session, author: Person, text: str, state: str = PENDING) -> int:
    return await forum.db.write(put, session.code, author.id, text, state)


async def merged(forum: Forum, number: int, target: int) -> None:
    rows = {row["number"]: row for row in tables(forum.folder)["questions"]}
    read, beside = rows[number]["revision"], rows[target]["revision"]
    assert await forum.db.write(merges.merge, number, target=target, moderator=1, read=read, beside=beside, now=1)


async def is_over(forum: Forum, session: Session, after: dt.timedelta = 6 * MINUTE) -> None:
    await forum.at(session.end + after)
    await nothing_due(forum)


async def closes(forum: Forum, session: Session, after: dt.timedelta = MINUTE) -> None:
    """It takes no questions any more."""
    await is_over(forum, session, STAYS_OPEN + after)


async def look(forum: Forum) -> None:
    await forum.application.scheduler.look()
    await nothing_due(forum)


async def marked(forum: Forum, session: Session, *, ends_at: int | None = None, ended_at: int | None = None) -> None:
    """What the hall says of the session from now on."""
    current = forum.application.current
    revision = current.runs.of(current.programme, session.code).revision
    run = SessionRun(session.code, ends_at=ends_at, ended_at=ended_at, revision=revision)
    assert await forum.db.write(session_runs.put, run, person=1, now=forum.clock.seconds())
    await forum.application.runs_keeper.refresh()
    await look(forum)


def question(forum: Forum, number: int) -> dict[str, Any]:
    return next(row for row in tables(forum.folder)["questions"] if row["number"] == number)


async def told(person: Person, words: str = NO_TIME) -> int:
    """How many of the bot's messages say so, when all has come."""
    await person.look_away()
    return sum(words in one.text for one in await person.messages() if one.from_bot)
