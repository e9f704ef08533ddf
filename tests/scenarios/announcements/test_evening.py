"""One evening, end to end: a delegate, a moderator and an organizer."""

from __future__ import annotations

import datetime as dt

from tests.conftest import Forum


async def test_a_delegate_asks_a_moderator_approves_an_organizer_announces(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer)
    delegate = await forum.delegate()

    session = next(one for one in forum.programme.sessions if not one.is_break)
    await delegate.start(f"s_{session.code}")
    await delegate.sees(session.title.say("kk"))
    await delegate.press(f"b:{session.code}:1")
    await forum.at(session.start - dt.timedelta(minutes=10))
    await delegate.sees("⏰", session.title.say("kk"))

    await delegate.press(f"q:{session.code}")
    await delegate.sees("✋")
    await delegate.send("Заң жобасы қашан қабылданады?")
    await delegate.sees("№1", "Заң жобасы қашан қабылданады?")
    await moderator.sees("Заң жобасы қашан қабылданады?", "Айгерім")
    await moderator.press("kd:1:approve")
    await moderator.sees("одобрен")
    await delegate.sees("№1", "мақұлданды")

    await organizer.send("/announce")
    await organizer.sees("📣")
    await organizer.send("Автобус отправляется в 18:30")
    await organizer.press("ad:1:confirm")
    await organizer.press("an:1:send")
    await delegate.sees("Автобус отправляется в 18:30")
    await organizer.sees("3/3")
