"""What an organizer sees of what goes out."""

from __future__ import annotations

import datetime as dt

from tests.conftest import Forum
from tests.scenarios.announcements.announcing import announced
from tests.scenarios.steps import ask, outbox, said, sessions, until


async def test_what_waits_what_was_sent_and_what_went_wrong(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    session = sessions(forum)[0]
    await organizer.send("/outbox")
    board = await organizer.sees(said("outbox.title"), said("outbox.empty"), "1000")
    await delegate.press_data(f"b:{session.code}:1:", 1)
    await delegate.look_away()

    # A gateway's error is tried again; a message whose answer was lost is counted, and not repeated.
    await forum.telegram.fault(method="sendMessage", next=1, status=502)
    await forum.at(session.start - dt.timedelta(minutes=5))
    await until(lambda: [row["attempts"] for row in outbox(forum, "reminder")] == [1])
    await organizer.press("go:outbox", board)
    await organizer.sees(said("outbox.again", count=1), said("outbox.later", count=1))
    await forum.telegram.fault(method="sendMessage", next=1, status=0, after=True)
    await forum.telegram.clock(by=5)
    await until(lambda: [row["state"] for row in outbox(forum, "reminder")] == ["unsure"])
    await organizer.press("go:outbox", board)
    shown = await organizer.sees(said("outbox.unsure", count=1), said("outbox.errors"), said("outbox.lane_reminder"))
    assert said("outbox.empty") in shown.text
    assert "×1" in shown.text
    assert str(delegate.id) not in shown.text


async def test_what_may_have_arrived_twice_after_a_crash_is_counted(forum: Forum) -> None:
    organizer = await forum.organizer()
    await announced(forum, organizer, "Обед", 1)
    await forum.db.write(lambda tx: tx.run("UPDATE deliveries SET lost = 1"))
    await organizer.send("/outbox")
    await organizer.sees(said("outbox.title"), said("outbox.twice", count=1))


async def test_only_organizers_see_it(forum: Forum) -> None:
    delegate = await forum.delegate("Дина", "ru")
    await delegate.send("/outbox")
    await delegate.sees(said("refusal.not_organizer"))


async def test_what_comes_in_the_morning_is_shown_as_later(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    await ask(delegate, sessions(forum)[-1].code, "Түнде шешілетін сұрақ па?")
    card = await organizer.sees("Түнде шешілетін сұрақ па?")
    await forum.at(sessions(forum)[0].start.replace(hour=23) + dt.timedelta(minutes=5))
    await organizer.press("kd:1:approve", card)
    await organizer.look_away()
    await until(lambda: [row["error"] for row in outbox(forum, "fate")] == ["quiet hours"])
    await organizer.send("/outbox")
    await organizer.sees(said("outbox.later", count=1))
