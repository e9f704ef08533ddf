"""Quiet hours: at night nothing rings. What can wait comes in the morning, what cannot comes without sound."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.actions import outgoing
from bot.programme.model import Session
from storage import deliveries, programmes
from storage.database import Transaction
from tests.conftest import Forum
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, nothing_due, outbox, said, sessions, until
from tests.telegram import Person


async def evening(forum: Forum, hour: int = 22) -> dt.datetime:
    """Move to that hour of the first day."""
    moment = sessions(forum)[0].start.replace(hour=hour, minute=30)
    await forum.at(moment)
    return moment


async def held_at(forum: Forum, start: dt.datetime) -> Session:
    """The first session, moved to a time of its own."""
    session = replace(sessions(forum)[0], start=start, end=start + dt.timedelta(hours=1))
    current = forum.application.current
    everything = tuple(session if one.code == session.code else one for one in current.programme.sessions)
    version = replace(current.programme, sessions=tuple(sorted(everything, key=lambda one: one.start)))
    current.replace(
        version,
        await forum.db.write(programmes.publish, version.to_document(), source="test", published_by=None, now=1),
    )
    return session


async def silent_sends(person: Person) -> list[bool]:
    """Of each message the bot sent this person: whether it came without sound."""
    calls = await person.telegram.calls()
    return [call["silent"] for call in calls if call["method"] == "sendMessage" and call["chat_id"] == str(person.id)]


async def test_the_fate_of_a_question_decided_at_night_is_told_in_the_morning(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    await ask(delegate, sessions(forum)[-1].code, "Қаржы қайдан алынады?")
    card = await organizer.sees("Қаржы қайдан алынады?")
    night = await evening(forum)
    await organizer.press("kd:1:approve", card)
    await organizer.sees(said("questions.state_approved"))
    await nothing_due(forum)
    await delegate.look_away()
    [row] = outbox(forum, outgoing.Fate.kind)
    assert (row["state"], row["attempts"], row["error"]) == ("waiting", 0, "quiet hours")
    morning = (night + dt.timedelta(days=1)).replace(hour=7, minute=0)
    await forum.at(morning - dt.timedelta(seconds=1))
    await delegate.quiet()
    await forum.at(morning)
    await delegate.sees("№1")
    await until(lambda: [row["state"] for row in outbox(forum, outgoing.Fate.kind)] == ["sent"])


async def test_a_reminder_that_cannot_wait_comes_without_sound(forum: Forum) -> None:
    delegate = await forum.delegate()
    session = await held_at(forum, sessions(forum)[0].start.replace(hour=23, minute=0))
    await delegate.start(f"s_{session.code}")
    await delegate.press(f"b:{session.code}:1")
    await delegate.look_away()
    await forum.at(session.start - dt.timedelta(minutes=10))
    await delegate.sees("⏰")
    assert (await silent_sends(delegate))[-1] is True
    assert not any((await silent_sends(delegate))[:-1])


async def test_everybody_chooses_their_own_hours(forum: Forum) -> None:
    organizer, owl, lark = await forum.organizer(), await forum.delegate("Үкі"), await forum.delegate("Торғай")
    await owl.send("/settings")
    await owl.sees("22–7")
    await owl.press("sq:off")
    await owl.sees(said("settings.quiet", "kk", value=said("settings.quiet_off", "kk")))
    await lark.send("/settings")
    await lark.press("sq:21-8")
    assert (await lark.sees("21–8")).button("● 🌙 21–8")
    chosen = {row["id"]: row["quiet"] for row in tables(forum.folder)["participants"]}
    assert (chosen[owl.id], chosen[lark.id], chosen[organizer.id]) == ("off", "21-8", "")
    for person in (owl, lark):
        await ask(person, sessions(forum)[0].code, f"Сұрақ: {person.id}?")
        await organizer.sees(f"Сұрақ: {person.id}?")
    await owl.look_away()
    await lark.look_away()
    await evening(forum, 21)
    for number in (1, 2):
        card = next(message for message in organizer.shown() if f"№{number}" in message.text)
        await organizer.press(f"kd:{number}:approve", card)
    await owl.sees("№1")
    await lark.quiet()


async def test_what_is_urgent_rings_at_night(forum: Forum) -> None:
    delegate = await forum.delegate()
    session = sessions(forum)[1]
    await evening(forum)
    message = outgoing.Reminder(session.code, int(session.start.timestamp()))
    await delegate.press_data(f"b:{session.code}:1:", 1)
    await delegate.look_away()
    lane, now = deliveries.LANE_REMINDER, forum.clock.seconds()

    def urgent(tx: Transaction) -> None:
        deliveries.put(tx, message.kind, thing=message.thing, recipients=[delegate.id], lane=lane, now=now)
        tx.run("UPDATE deliveries SET urgent = 1 WHERE kind = :kind", kind=message.kind)

    await forum.db.write(urgent)
    await delegate.sees("⏰")
    assert (await silent_sends(delegate))[-1] is False


async def test_a_choice_of_no_version_of_ours_changes_nothing(forum: Forum) -> None:
    delegate = await forum.delegate("Дина", "ru")
    await delegate.send("/settings")
    settings = await delegate.sees("22–7")
    answer = await delegate.press_data("sq:1-24", settings.id)
    assert answer.text == said("refusal.stale")
    assert tables(forum.folder)["participants"][0]["quiet"] == ""
