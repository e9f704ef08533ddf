"""Behind its time, or with an end that moves: what people expect of an announcement's time."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.actions.announcements.timing import LATEST
from bot.programme.model import Session
from tests.conftest import Forum, Running
from tests.scenarios.announcements.announcing import announced, draft, second_organizer
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import outbox, said, sessions, until
from tests.telegram import Person

pytestmark = pytest.mark.usefixtures("quick_reports")


@pytest.fixture
async def forum(running: Running) -> AsyncIterator[Forum]:
    """One whose bot may be stopped and started."""
    running.settings["announcement_approval"] = False
    async with running.open() as forum:
        yield forum


async def scheduled(organizer: Person, minutes: int, text: str) -> None:
    await draft(organizer, text)
    await organizer.press("aw:1:")
    await organizer.press(f"aw:1:{minutes}")
    await organizer.press("ad:1:confirm")
    await organizer.press("an:1:send")
    await organizer.sees(said("announcements.state_scheduled"))


@pytest.mark.parametrize("late", [LATEST, LATEST + 1])
async def test_missed_while_the_bot_was_down_it_goes_out_unless_it_is_an_hour_late(
    running: Running, forum: Forum, late: int
) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    await scheduled(organizer, 15, "Обед подан")
    await delegate.look_away()
    await running.stop()
    running.clock.move(dt.timedelta(minutes=15, seconds=late))
    await running.start()
    if late <= LATEST:
        await delegate.sees("Обед подан")
        return
    await organizer.sees(said("announcements.news_missed", number=1))
    await delegate.quiet()
    assert outbox(forum, "announcement") == []
    await organizer.press("📣")  # the way to its desk: it may still be sent, at once
    await organizer.sees("№1", said("announcements.at_once"), said("announcements.state_draft"))


async def test_a_draft_whose_time_is_long_past_asks_for_another(forum: Forum) -> None:
    organizer = await forum.organizer()
    await draft(organizer, "Обед подан")
    await organizer.press("aw:1:")
    await organizer.press("aw:1:15")
    await forum.at(forum.clock.now() + dt.timedelta(minutes=15, seconds=LATEST + 1))
    await organizer.press("ad:1:confirm")
    await organizer.press("an:1:send")
    await organizer.toast(said("announcements.past_time"))


async def test_approved_too_late_it_goes_back_to_its_author(running: Running, forum: Forum) -> None:
    await running.stop()
    running.settings["announcement_approval"] = True
    forum.application = await running.start()
    organizer = await forum.organizer()
    helper = await second_organizer(forum, organizer)
    await draft(organizer, "Обед подан")
    await organizer.press("aw:1:")
    await organizer.press("aw:1:15")
    await organizer.press("ad:1:confirm")
    await organizer.press("an:1:send")
    await helper.sees("Обед подан", said("announcements.state_asked"))
    await forum.at(forum.clock.now() + dt.timedelta(minutes=15, seconds=LATEST + 1))
    await helper.press(said("announcements.approve"))
    await helper.toast(said("announcements.toast_late"))
    await helper.sees(said("announcements.given_back", number=1))
    await organizer.sees(said("announcements.news_missed", number=1))
    assert outbox(forum, "announcement") == []


async def ends(forum: Forum, session: Session, by: dt.timedelta) -> None:
    """A new version of the programme lets it end so much later, which is seen at the next look."""
    later = replace(session, end=session.end + by)
    everything = tuple(later if one.code == session.code else one for one in forum.programme.sessions)
    forum.application.current.replace(replace(forum.programme, sessions=everything), 2)
    await forum.at(forum.clock.now() + dt.timedelta(seconds=1))


async def test_what_holds_until_a_session_ends_follows_it(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    session = sessions(forum)[0]
    await draft(organizer, "Зал полон, смотрите в фойе")
    await organizer.press("ax:1:")
    await organizer.press_data(f"as:1:x:{session.code}:0", (await organizer.last()).id)
    await organizer.press("ad:1:confirm")
    await organizer.press("an:1:send")
    await delegate.sees("Зал полон")
    by = dt.timedelta(minutes=30)
    await ends(forum, session, by)
    await until(lambda: tables(forum.folder)["announcements"][0]["expires_at"] == int((session.end + by).timestamp()))
    await forum.at(session.end)
    await delegate.send("/news")
    await delegate.sees(said("news.how", "kk"))
    await forum.at(session.end + by)
    await delegate.send("/news")
    await delegate.sees(said("news.none", "kk"))


async def test_what_waits_to_be_sent_is_dropped_at_the_new_end(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    session = sessions(forum)[0]
    await draft(organizer, "Пока идёт сессия")
    await organizer.press("ax:1:")
    await organizer.press_data(f"as:1:x:{session.code}:0", (await organizer.last()).id)
    await delegate.look_away()
    await forum.telegram.fault(method="sendMessage", next=2, status=502)
    await organizer.press("ad:1:confirm")
    await organizer.press("an:1:send")
    await until(lambda: [row["attempts"] for row in outbox(forum, "announcement")] == [1, 1])
    await ends(forum, session, -dt.timedelta(minutes=20))
    end = session.end - dt.timedelta(minutes=20)
    await until(lambda: {row["valid_until"] for row in outbox(forum, "announcement")} == {int(end.timestamp())})
    await forum.at(end)
    await until(lambda: {row["state"] for row in outbox(forum, "announcement")} == {"dropped"})
    await delegate.quiet()


async def test_who_is_forgotten_takes_the_drafts_along_and_leaves_what_went_out(forum: Forum) -> None:
    organizer = await forum.organizer()
    helper = await second_organizer(forum, organizer)
    await announced(forum, helper, "Вышло", 2)
    for number, text in ((2, "Секретный черновик"), (3, "Отменённое"), (4, "Назначено")):
        await forum.telegram.idle()
        await helper.send("/announce")
        await helper.sees(said("announcements.form"))
        await helper.send(text)
        await helper.sees(f"№{number}", timeout=10)
    await helper.press_data("an:3:cancel", 1)
    await helper.press("aw:4:")
    await helper.press("aw:4:30")
    await helper.press("ad:4:confirm")
    await helper.press("an:4:send")
    await helper.sees(said("announcements.state_scheduled"))
    await helper.press_data("fg:1", 1)
    await forum.telegram.idle()
    kept = tables(forum.folder)
    assert [(row["number"], row["author"]) for row in kept["announcements"]] == [(1, None), (4, None)]
    assert {row["text"] for row in kept["announcement_parts"]} == {"Вышло", "Назначено"}
    await forum.at(forum.clock.now() + dt.timedelta(minutes=30))
    await organizer.sees("Назначено")
