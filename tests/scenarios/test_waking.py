"""What wakes the parts of the bot: nobody waits here for the look that a part takes by itself after a while."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.actions.agenda import ratings
from bot.delivery import scheduler, sender, topics
from bot.programme.text import Text
from storage import session_runs
from storage.session_runs import SessionRun
from tests.conftest import Forum
from tests.scenarios.moderation.groups import group_of
from tests.scenarios.moderation.test_stage import open_stage
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, nothing_due, publish_unseen, said, sessions, star, until

MINUTE = dt.timedelta(minutes=1)
TITLE = "Су және жер"


@pytest.fixture(autouse=True)
def no_look_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "EVERY", 3600)
    monkeypatch.setattr(sender, "IDLE", 3600.0)
    monkeypatch.setattr(topics, "EVERY", 3600.0)


async def mark(forum: Forum, run: SessionRun) -> None:
    await forum.db.write(session_runs.put, run, 1, forum.clock.seconds())


async def test_what_waits_for_the_morning_is_sent_when_the_clock_says_so(forum: Forum) -> None:
    organizer, delegate, session = await forum.organizer(), await forum.delegate(), sessions(forum)[0]
    await ask(delegate, session.code, "Қаржы қайдан алынады?")
    card = await organizer.sees("Қаржы қайдан алынады?")
    await forum.at(session.start.replace(hour=23))
    await organizer.press("kd:1:approve", card)
    await nothing_due(forum)
    await delegate.look_away()
    await forum.at(session.start.replace(hour=7, minute=0) + dt.timedelta(days=1))
    await delegate.sees("№1")


async def test_a_new_version_moves_reminders(forum: Forum) -> None:
    session = sessions(forum)[-1]
    delegate = await forum.delegate()
    await star(delegate, session)
    soon = forum.clock.now().astimezone(session.start.tzinfo) + 5 * MINUTE
    await publish_unseen(forum, replace(session, start=soon, end=soon + 20 * MINUTE))
    await delegate.sees("⏰", f"{soon:%H:%M}")


async def test_the_mark_of_an_end_asks_for_ratings(forum: Forum) -> None:
    session = sessions(forum)[0]
    delegate = await forum.delegate()
    await star(delegate, session)
    ended = session.start + 3 * MINUTE
    await forum.at(ended + dt.timedelta(seconds=ratings.DELAY))
    await mark(forum, SessionRun(session.code, int(session.start.timestamp()), None, int(ended.timestamp())))
    await delegate.sees(said("ratings.how", "kk"))


async def test_a_stage_follows_the_programme_and_the_marks(forum: Forum) -> None:
    organizer, session = await forum.organizer(), sessions(forum)[0]
    await open_stage(organizer, session.code)
    await forum.at(session.end - 7 * MINUTE)
    await organizer.sees("🎤", said("stage.left", n=7))  # the look that the press and the clock asked for
    await publish_unseen(forum, replace(session, title=Text({"ru": TITLE})))
    await organizer.sees("🎤", TITLE)
    start = int(session.start.timestamp())
    await mark(forum, SessionRun(session.code, start, None, start + 60))
    await organizer.sees("🎤", said("runs.ended", time=f"{session.start + MINUTE:%H:%M}"))


async def test_a_topic_is_named_as_the_new_version_has_it(forum: Forum) -> None:
    organizer, session = await forum.organizer(), sessions(forum)[0]
    chat = await group_of(forum, organizer)
    await ask(await forum.delegate(), session.code, "Бірінші сұрақ")
    await organizer.sees("№1", chat=chat)
    await publish_unseen(forum, replace(session, title=Text({"ru": TITLE})))
    await until(lambda: any(TITLE in row["name"] for row in tables(forum.folder)["desk_topics"]))
