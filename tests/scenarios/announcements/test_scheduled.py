"""Announcements that go out at their time, with a session, or when a second organizer has agreed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.conftest import Forum, Running
from tests.scenarios.announcements.announcing import (
    bot_messages,
    data,
    decided,
    draft,
    second_organizer,
    together,
)
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import outbox, said, sessions
from tests.telegram import Message, Person

pytestmark = pytest.mark.usefixtures("quick_reports")


def state(forum: Forum) -> str:
    return str(tables(forum.folder)["announcements"][0]["state"])


async def confirm(organizer: Person) -> None:
    await organizer.press("ad:1:confirm")
    await organizer.press("an:1:send")


async def test_at_a_typed_time_also_after_a_restart(running: Running) -> None:
    async with running.open() as forum:
        organizer, delegate = await forum.organizer(), await forum.delegate()
        await draft(organizer, "В половине третьего")
        await organizer.press("aw:1:")
        await organizer.press("aw:1:typed")
        for typed, answer in (("завтра", "bad_time"), ("25:00", "bad_time"), ("00:01", "past_time")):
            await organizer.send(typed)
            await organizer.sees(said(f"announcements.{answer}"))
        await organizer.send("14:30")
        await organizer.sees("№1", "14:30")
        await confirm(organizer)
        await organizer.sees(said("announcements.state_scheduled"))
        await delegate.look_away()
        await running.stop()
        assert state(forum) == "scheduled"
        await running.start()
        await delegate.quiet()
        local = forum.clock.now().astimezone(forum.programme.forum.zone)
        await forum.at(local.replace(hour=14, minute=30, second=0, microsecond=0))
        await delegate.sees("В половине третьего")
        await organizer.sees("2/2")
        assert len(outbox(forum, "announcement")) == 2


async def test_buttons_for_soon_and_a_change_of_mind(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    await draft(organizer, "Скоро")
    await organizer.press("aw:1:")
    await organizer.press("aw:1:30")
    await confirm(organizer)
    await organizer.press("ad:1:back")
    await organizer.sees(said("announcements.state_draft"))
    await delegate.look_away()
    await forum.at(forum.clock.now() + dt.timedelta(minutes=31))
    await delegate.quiet()
    await organizer.press("aw:1:")
    await organizer.press("aw:1:15")
    await confirm(organizer)
    await organizer.sees(said("announcements.state_scheduled"))
    await organizer.press("ah:1:drop")
    await organizer.sees(said("announcements.call_off_sure", number=1))
    await organizer.press("ad:1:drop")
    await organizer.sees(said("announcements.cancelled"))
    await forum.at(forum.clock.now() + dt.timedelta(minutes=16))
    await delegate.quiet()
    assert outbox(forum, "announcement") == []


async def test_with_a_session_it_moves_with_it(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    session = next(one for one in sessions(forum) if one.start > forum.clock.now() + dt.timedelta(minutes=20))
    await draft(organizer, "Начинаем")
    await organizer.press("aw:1:")
    await organizer.press_data(f"as:1:w:{session.code}:0", (await organizer.last()).id)
    await confirm(organizer)
    await organizer.sees(said("announcements.state_scheduled"))
    await delegate.look_away()
    later = replace(session, start=session.start + dt.timedelta(hours=1), end=session.end + dt.timedelta(hours=1))
    moved = tuple(later if one.code == session.code else one for one in forum.programme.sessions)
    forum.application.current.replace(replace(forum.programme, sessions=moved), 2)
    await forum.at(session.start)
    await delegate.quiet()
    await forum.at(later.start)
    await delegate.sees("Начинаем")


async def test_a_cancelled_session_takes_it_back_and_the_author_is_told(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    session = next(one for one in sessions(forum) if one.start > forum.clock.now() + dt.timedelta(minutes=20))
    await draft(organizer, "Начинаем")
    await organizer.press_data(f"as:1:w:{session.code}:0", (await organizer.last()).id)
    await confirm(organizer)
    await delegate.look_away()
    without = tuple(replace(one, cancelled=one.code == session.code) for one in forum.programme.sessions)
    forum.application.current.replace(replace(forum.programme, sessions=without), 2)
    await forum.at(session.start)
    await organizer.sees(said("announcements.news_session", number=1))
    await delegate.quiet()
    assert state(forum) == "draft"
    await organizer.press("📣")  # the way to its desk
    await organizer.sees("№1", said("announcements.at_once"))


async def test_what_would_come_after_its_end_is_refused(forum: Forum) -> None:
    organizer = await forum.organizer()
    await draft(organizer, "Поздно")
    await organizer.press("ax:1:")
    await organizer.press("ax:1:1")
    await organizer.press("aw:1:")
    await organizer.press("aw:1:60")
    await confirm(organizer)
    await organizer.toast(said("announcements.ends_first"))
    assert state(forum) == "draft"


def word(request: Message, act: str) -> str:
    """The callback data of "approve" or "decline" under a request."""
    button = request.button(said(f"announcements.{act}"))
    assert button is not None
    return str(button["callback_data"])


async def test_a_second_organizer_must_agree_and_the_first_of_them_decides(approving: None, forum: Forum) -> None:
    organizer = await forum.organizer()
    await draft(organizer, "Вдвоём")
    await confirm(organizer)
    await organizer.toast(said("announcements.no_second"))
    helper, third = await second_organizer(forum, organizer), await second_organizer(forum, organizer, "Сауле")
    await organizer.press("an:1:send")
    await organizer.sees(said("announcements.state_asked"))
    requests = [await person.sees("№1", said("announcements.state_asked")) for person in (helper, third)]
    approve, decline = word(requests[0], "approve"), word(requests[0], "decline")
    assert (await organizer.press_data(approve, 1)).text == said("announcements.own_approval")
    assert outbox(forum, "announcement") == []
    answers = await together(helper.press_data(approve, requests[0].id), third.press_data(decline, requests[1].id))
    approved = answers[0] == said("announcements.toast_approved")
    assert answers.count(decided("approved", "Алия") if approved else decided("declined", "Сауле")) == 1
    await organizer.sees(said(f"announcements.news_{'approved' if approved else 'declined'}", number=1))
    await forum.telegram.idle()
    heard = [person for person in (helper, third) if "Вдвоём" in [m.text for m in await bot_messages(person)]]
    assert len(heard) == (2 if approved else 0)


async def test_declined_it_is_a_draft_again_and_nobody_has_it(approving: None, forum: Forum) -> None:
    organizer = await forum.organizer()
    helper = await second_organizer(forum, organizer)
    await draft(organizer, "Нет")
    await confirm(organizer)
    await helper.press(said("announcements.decline"))
    await organizer.sees(said("announcements.news_declined", number=1))
    assert state(forum) == "draft"
    assert outbox(forum, "announcement") == []


async def test_an_old_approval_lets_nothing_go_that_was_put_forward_since(approving: None, forum: Forum) -> None:
    organizer = await forum.organizer()
    helper = await second_organizer(forum, organizer)
    await draft(organizer, "Обед в 13:00")
    await confirm(organizer)
    request = await helper.sees("Обед в 13:00", said("announcements.state_asked"))
    await organizer.press("ad:1:back")
    await organizer.press("av:1::write")
    await forum.telegram.idle()
    await organizer.send("Голосуйте за меня")
    await organizer.sees("№1", "Голосуйте за меня")
    await forum.at(forum.clock.now() + dt.timedelta(seconds=30))
    await confirm(organizer)
    asked_again = await helper.sees("Голосуйте за меня", said("announcements.state_asked"))
    for act in ("approve", "decline"):
        answer = await helper.press_data(word(request, act), request.id)
        assert (answer.text, answer.alert) == (said("announcements.not_now"), True)
    assert (state(forum), outbox(forum, "announcement")) == ("asked", [])
    await helper.press(said("announcements.decline"), asked_again)
    await organizer.sees(said("announcements.news_declined", number=1))


async def test_what_two_agreed_on_one_alone_does_not_correct(approving: None, forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    helper, third = await second_organizer(forum, organizer), await second_organizer(forum, organizer, "Сауле")
    await draft(organizer, "Обед в 13:00")
    await confirm(organizer)
    await helper.press(said("announcements.approve"))
    await delegate.sees("Обед в 13:00")
    await organizer.sees("4/4")
    await organizer.press("ar:1:correct")
    await organizer.sees(said("announcements.form_correction", number=1))
    await organizer.send("Голосуйте за меня")
    sure = said("announcements.correct_sure", n=4, number=1)
    mine = await organizer.sees(sure)
    for _ in range(2):  # however often
        assert (await organizer.press("az:1:", mine)).text == said("announcements.second")
    await delegate.quiet()
    asked = [await person.sees(sure, "Обед в 13:00", "Голосуйте за меня") for person in (helper, third)]
    await helper.press("av:1::staged", asked[0])
    await helper.sees("Голосуйте за меня")
    assert (await helper.press("az:1:", asked[0])).text == ""
    await delegate.sees("Голосуйте за меня")
    await organizer.sees(said("announcements.news_correction_approved", number=1))
    late = await third.press_data(data(asked[1], "az:1:"), asked[1].id)
    assert late.text == decided("correction_approved", "Алия")
    actions = [(row["deed"], row["actor"]) for row in tables(forum.folder)["audit"] if "announcement" in row["detail"]]
    assert actions[-2:] == [("corrected", organizer.id), ("approved", helper.id)]
