"""Reminders: on time, once, about the world as it is, and never after the start."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.programme.model import Programme, Session, Text
from tests.conftest import Forum, Running, register
from tests.scenarios.steps import nothing_due, outbox, publish, said, sessions, star, until
from tests.telegram import Person

MINUTE = dt.timedelta(minutes=1)


def busy(programme: Programme) -> Session:
    """A session with a room and somebody to name, later in the day: half an hour before it nothing has begun."""
    return next(one for one in programme.sessions if one.room and one.speakers and not one.is_break)


def reminders(person: Person) -> list[str]:
    return [message.text for message in person.shown() if message.text.startswith("⏰")]


@pytest.mark.parametrize("lead", [5, 10, 15, 30])
async def test_it_comes_on_time_and_once(forum: Forum, lead: int) -> None:
    session = busy(forum.programme)
    delegate = await forum.delegate()
    await delegate.send("/settings")
    await delegate.press(f"sl:{lead}")
    await star(delegate, session)
    await forum.at(session.start - (lead + 1) * MINUTE)
    await delegate.look_away()
    assert reminders(delegate) == []
    await forum.at(session.start - lead * MINUTE)
    await delegate.sees("⏰", said("agenda.in_minutes", "kk", n=lead))
    for moment in (session.start - MINUTE, session.start - lead * MINUTE, session.start - 40 * MINUTE, session.start):
        await forum.at(moment)
        await forum.application.scheduler.look()
    await delegate.look_away()
    assert len(reminders(delegate)) == 1


async def test_it_names_room_time_and_people_and_opens_the_card(forum: Forum) -> None:
    session = busy(forum.programme)
    room = forum.programme.room(session.room or "")
    assert room is not None
    for language in ("kk", "ru", "en"):
        delegate = await forum.delegate("Ася", language)
        await star(delegate, session)
        await forum.at(session.start - 10 * MINUTE)
        reminder = await delegate.sees("⏰", session.title.say(language), room.name.say(language))
        assert f"{session.start:%H:%M}–{session.end:%H:%M}" in reminder.text
        for code in session.speakers:
            speaker = forum.programme.speaker(code)
            assert speaker is not None
            assert speaker.name.say(language) in reminder.text
        await delegate.press("s:", reminder)
        opened = await delegate.sees(session.title.say(language))
        assert opened.button(f"b:{session.code}:0")
        await forum.at(session.start - 20 * MINUTE)


async def test_nobody_is_reminded_who_does_not_want_it(forum: Forum) -> None:
    session = busy(forum.programme)
    off, took_back, gone, other = [await forum.delegate(name) for name in ("Өшірді", "Алды", "Кетті", "Басқа")]
    for person in (off, took_back, gone):
        await star(person, session)
    await off.send("/settings")
    await off.press("sl:0")
    await star(took_back, session, wanted=0)
    await gone.block()
    await forum.telegram.idle()
    await forum.at(session.start - MINUTE)
    for person in (off, took_back, gone, other):
        await person.look_away()
        assert reminders(person) == []
    assert outbox(forum, "reminder") == []


async def test_a_bookmark_made_within_the_lead_is_still_told_and_one_after_the_start_is_not(forum: Forum) -> None:
    session = busy(forum.programme)
    early, late = await forum.delegate("Ерте"), await forum.delegate("Кеш")
    await forum.at(session.start - 3 * MINUTE)
    await star(early, session)
    await forum.application.scheduler.look()
    await early.sees("⏰", said("agenda.in_minutes", "kk", n=3))
    await forum.at(session.start)
    await star(late, session)
    await forum.application.scheduler.look()
    await late.look_away()
    assert reminders(late) == []


async def test_a_session_that_is_moved_or_cancelled(forum: Forum) -> None:
    session = busy(forum.programme)
    delegate = await forum.delegate()
    await star(delegate, session)
    await publish(forum, replace(session, start=session.start + 20 * MINUTE, end=session.end + 20 * MINUTE))
    await forum.at(session.start - 10 * MINUTE)
    await delegate.look_away()
    assert reminders(delegate) == []
    await forum.at(session.start + 10 * MINUTE)
    await delegate.sees("⏰", f"{session.start + 20 * MINUTE:%H:%M}")

    # Put off again after the reminder: there is a new start to be reminded of.
    await publish(forum, replace(session, start=session.start + 60 * MINUTE, end=session.end + 60 * MINUTE))
    await forum.at(session.start + 50 * MINUTE)
    await delegate.sees("⏰", f"{session.start + 60 * MINUTE:%H:%M}")
    await publish(forum, replace(session, start=session.start + 90 * MINUTE, end=session.end + 90 * MINUTE))
    await publish(
        forum, replace(session, start=session.start + 90 * MINUTE, end=session.end + 90 * MINUTE, cancelled=True)
    )
    await forum.at(session.start + 85 * MINUTE)
    await delegate.look_away()
    assert len(reminders(delegate)) == 2


async def test_what_is_untrue_by_the_time_it_could_be_sent_is_dropped_and_counted(forum: Forum) -> None:
    """Telegram answers 502 just then; meanwhile one bookmark is taken back, and one session begins."""
    first, second = sessions(forum)[1:3]
    patient, changed = await forum.delegate("Сабыр"), await forum.delegate("Өзге")
    organizer = await forum.organizer()
    await star(patient, first)
    await star(changed, first)
    await forum.telegram.fault(method="sendMessage", next=2, status=502)
    await forum.at(first.start - 5 * MINUTE)
    await nothing_due(forum)
    assert [row["attempts"] for row in outbox(forum, "reminder")] == [1, 1]
    await star(changed, first, wanted=0)
    await forum.telegram.clock(by=5)
    await patient.sees("⏰")
    await forum.telegram.idle()

    await star(changed, second)
    await forum.telegram.fault(method="sendMessage", next=1, status=502)
    await forum.at(second.start - MINUTE)
    await until(lambda: outbox(forum, "reminder")[-1]["attempts"] == 1)
    await forum.at(second.start)
    await until(lambda: [row["state"] for row in outbox(forum, "reminder")] == ["sent", "dropped", "dropped"])
    await changed.look_away()
    assert reminders(changed) == []
    await organizer.send("/stats")
    await organizer.sees(said("stats.reminders", sent=1, dropped=2, lost=0))


async def test_what_was_missed_while_down_is_sent_if_it_is_still_of_use(running: Running) -> None:
    async with running.open() as forum:
        first, second = sessions(forum)[1:3]
        early, late = await forum.telegram.person("Айгерім", "kk"), await forum.telegram.person("Сергей", "ru")
        for person in (early, late):
            await register(person)
        await star(early, first)
        await star(early, second)
        await star(late, first)
        await forum.at(first.start - 10 * MINUTE)
        await early.sees("⏰", first.title.say("kk"))
        await late.sees("⏰", first.title.say("ru"))

        await running.stop()
        running.clock.move(second.start - 2 * MINUTE - running.clock.now())  # nobody is there to notice
        await late.send(f"/start s_{second.code}")  # what is written while the bot is away waits in Telegram
        await running.start()
        await early.sees("⏰", second.title.say("kk"), said("agenda.in_minutes", "kk", n=2))
        await running.stop()
        await running.start()
        for person, count in ((early, 2), (late, 1)):
            await person.look_away()
            assert len(reminders(person)) == count

        await running.stop()
        running.clock.move(second.start - running.clock.now())
        await running.start()
        await early.look_away()
        assert len(reminders(early)) == 2


async def test_a_large_audience_is_told_by_its_lead_and_two_sessions_take_turns(running: Running) -> None:
    """Ten people at five a second: two sessions that start together share the time."""
    first = busy(running.programme)
    second = replace(first, code="together", title=Text({"kk": "Қатар кездесу"}))
    running.programme = replace(running.programme, sessions=(*running.programme.sessions, second))
    async with running.open() as forum:
        people = [await forum.delegate(f"Делегат {number}") for number in range(10)]
        for number, person in enumerate(people):
            await star(person, first if number < 5 else second)
        await running.stop()
        running.settings = {"messages_per_second": 5}
        await running.start()

        on_time = first.start - 10 * MINUTE
        for seconds in range(8, 0, -1):
            await forum.at(on_time - dt.timedelta(seconds=seconds))
        await until(lambda: {row["state"] for row in outbox(forum, "reminder")} == {"sent"})
        for person in people:
            await person.sees("⏰")
        assert forum.clock.now() < on_time
        due: dict[str, list[int]] = {first.code: [], "together": []}
        for row in outbox(forum, "reminder"):
            due[row["thing"].split("@")[0]].append(row["due_at"] - int(on_time.timestamp()))
        assert due == {first.code: [-4, -4, -3, -3, -2], "together": [-4, -4, -3, -3, -2]}
