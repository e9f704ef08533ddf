"""What is left of a session that is over: seen before its authors are told, answered, carried or closed at once."""

from __future__ import annotations

from dataclasses import replace

from bot.actions import outgoing
from bot.actions.moderation import left_over
from bot.actions.questions.questions import STAYS_OPEN
from bot.programme.model import Session
from storage import questions
from storage.database import Transaction
from storage.questions import APPROVED
from tests.conftest import Forum
from tests.scenarios.questions.ending import (
    MINUTE,
    a_session,
    asked,
    closes,
    is_over,
    look,
    question,
    told,
)
from tests.scenarios.steps import moderator_of, now_in, outbox, publish, said, sessions
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
    await forum.db.write(left_over.notify, session, forum.clock.seconds())
    number = question(forum, 1)["number"]
    await forum.db.write(decided, number)
    await is_over(forum, session)
    assert [row["state"] for row in outbox(forum, outgoing.LeftOver.kind)] == ["dropped"]
    await chair.quiet()
