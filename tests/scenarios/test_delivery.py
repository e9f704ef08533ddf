"""The outbox and its sender in every weather Telegram can have."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError

import bot.app
from bot.clock import StillClock
from bot.delivery.carrier import TRIES, never_left
from bot.programme.model import Programme
from bot.rehearsal import Rehearsal
from storage import deliveries
from storage.database import Transaction
from tests.conftest import ORGANIZER, TOKEN, Forum, Running
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import announce, ask, enrol_all, nothing_due, outbox, said, sessions, until
from tests.telegram import Person, Telegram

ENDED = "role-ended"  # a message that needs nothing but a person


pytestmark = pytest.mark.usefixtures("quick_reports")


@asynccontextmanager
async def started(running: Running, **settings: Any) -> AsyncIterator[Forum]:
    """The bot with settings of its own."""
    running.settings |= settings
    async with running.open() as forum:
        yield forum


async def crowd(forum: Forum, count: int) -> tuple[Person, list[Person]]:
    """The organizer and many people who have pressed START, written down as registered at once."""
    organizer = await forum.telegram.person("Динара", id=ORGANIZER)
    people = [organizer] + [await forum.telegram.person(f"Делегат {number}") for number in range(count)]
    await asyncio.gather(*(person.start() for person in people))
    for person in people:
        await person.sees("/privacy", timeout=10)
    await forum.db.write(enrol_all, [person.id for person in people])
    for person in people:
        forum.application.people.changed(person.id)
    return organizer, people[1:]


def received(person: Person, text: str) -> int:
    return sum(message.from_bot and message.text == text for message in person.shown())


def states(forum: Forum, kind: str = "announcement") -> list[str]:
    return sorted(row["state"] for row in outbox(forum, kind))


async def flooded(telegram: Telegram, *people: Person) -> int:
    """How many calls Telegram has refused with 429, of those to these people if any are named."""
    chats = {str(person.id) for person in people}
    refused = [call["chat_id"] for call in await telegram.calls() if call["error_code"] == 429]
    return sum(not chats or chat in chats for chat in refused)


# the pace (its arithmetic: tests/test_pace.py)


async def test_at_the_usual_pace_telegram_refuses_nothing(
    tmp_path: Path, clock: StillClock, programme: Programme
) -> None:
    rehearsal = Rehearsal(token=TOKEN, clock=clock, zone=programme.forum.timezone, flood_limits=True)
    running = Running(await rehearsal.start(), tmp_path, clock, programme)
    try:
        async with started(running, messages_per_second=28) as forum:
            organizer, people = await crowd(forum, 45)
            before = await flooded(forum.telegram, *people)
            await announce(organizer, "Всем сразу")
            await organizer.press("an:1:send")
            await until(lambda: states(forum).count("sent") >= 45, 15)
            assert await flooded(forum.telegram, *people) == before
            await people[0].look_away()
            assert [received(person, "Всем сразу") for person in people] == [1] * 45
    finally:
        await running.stop()
        await rehearsal.stop()


# what Telegram says


async def test_a_429_is_obeyed_and_that_message_repeated_once(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    question = await announce(organizer, "После паузы")
    await forum.telegram.flood(next=1, retry_after=1)
    await organizer.press("an:1:send", question)
    await organizer.sees("2/2", said("announcements.delivered", count=2))
    await delegate.look_away()
    assert await flooded(forum.telegram) == 1
    assert received(delegate, "После паузы") == 1


async def test_an_answer_to_a_tap_that_meets_a_429_comes_late_but_comes(forum: Forum) -> None:
    delegate = await forum.delegate("Ася", "ru")
    await forum.telegram.flood(next=1, retry_after=1)
    await delegate.send("/stats")
    await delegate.sees(said("refusal.not_organizer"))


async def test_during_a_pause_nothing_is_claimed_and_the_urgent_goes_first_after_it(running: Running) -> None:
    async with started(running, messages_per_second=28) as forum:
        people = (await crowd(forum, 40))[1]
        now = forum.clock.seconds()
        await forum.telegram.flood(on=True, retry_after=3)
        everybody = [person.id for person in people]
        await forum.db.write(
            deliveries.put,
            ENDED,
            thing="moderator@@1",
            recipients=everybody,
            lane=deliveries.LANE_ANNOUNCEMENT,
            now=now,
        )
        await forum.telegram.called(error_code=429)
        await until(lambda: "claimed" not in states(forum, ENDED))
        await forum.telegram.idle(settle=0.5)
        await forum.db.write(
            deliveries.put, ENDED, thing="organizer@@1", recipients=everybody[:1], lane=deliveries.LANE_ANSWER, now=now
        )
        await forum.telegram.flood(on=False)
        urgent = await people[0].sees(said("staff.organizer"))
        await until(lambda: states(forum, ENDED) == ["sent"] * 41)
        for person in people[1:]:
            assert urgent.id < (await person.sees(said("staff.moderator"))).id


@pytest.mark.parametrize("status", [500, 502])
async def test_server_errors_are_tried_again_after_growing_pauses(forum: Forum, status: int) -> None:
    organizer = await forum.organizer()
    question = await announce(organizer, "Упорство")
    start = forum.clock.seconds()
    await forum.telegram.fault(method="sendMessage", next=3, status=status)
    await organizer.press("an:1:send", question)
    due = start
    for attempt, pause in ((1, 2), (2, 4), (3, 8)):
        await until(lambda: outbox(forum, "announcement")[0]["attempts"] == attempt)  # noqa: B023 - awaited here
        [row] = outbox(forum, "announcement")
        due += pause
        assert (row["state"], row["due_at"]) == ("waiting", due)
        await forum.telegram.clock(by=pause)
    await organizer.sees("1/1", said("announcements.delivered", count=1))
    assert received(organizer, "Упорство") == 2  # the preview, and the announcement


async def test_patience_ends(forum: Forum) -> None:
    organizer = await forum.organizer()
    question = await announce(organizer, "Напрасно")
    await forum.telegram.fault(method="sendMessage", next=TRIES, status=500)
    await organizer.press("an:1:send", question)
    for attempt in range(1, TRIES):
        await until(lambda: outbox(forum, "announcement")[0]["attempts"] == attempt)  # noqa: B023 - awaited here
        await forum.telegram.clock(by=300)
    await organizer.sees("1/1", said("announcements.failed", count=1))


async def test_who_blocked_the_bot_is_marked_and_who_comes_back_is_not(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    question = await announce(organizer, "Первое")
    async with forum.telegram.held(method="sendMessage", text="Первое", next=2) as hold:
        await organizer.press("an:1:send", question)
        await hold.reached(2)
        await delegate.block()
    await organizer.sees("2/2", said("announcements.blocked", count=1))
    people = {row["id"]: row["blocked_at"] for row in tables(forum.folder)["participants"]}
    assert people[delegate.id] == forum.clock.seconds()

    await delegate.unblock()
    await delegate.send("/menu")
    await delegate.look_away()
    people = {row["id"]: row["blocked_at"] for row in tables(forum.folder)["participants"]}
    assert people[delegate.id] is None
    await announce(organizer, "Второе")
    await organizer.press("an:2:send")
    await delegate.sees("Второе")
    assert received(delegate, "Первое") == 0


async def test_what_cannot_be_sent_stops_nobody(forum: Forum, caplog: pytest.LogCaptureFixture) -> None:
    """A kind of a newer version, a thing that makes no sense, a chat that is not there; then a good one."""
    organizer = await forum.organizer()

    def put(tx: Transaction, now: int) -> None:
        deliveries.put(tx, "telepathy", thing="1", recipients=[organizer.id], lane=0, now=now)
        deliveries.put(tx, "card", thing="nonsense", recipients=[organizer.id], lane=0, now=now)
        deliveries.put(tx, ENDED, thing="moderator@@1", recipients=[123_456], lane=0, now=now)
        deliveries.put(tx, ENDED, thing="moderator@@2", recipients=[organizer.id], lane=1, now=now)

    await forum.db.write(put, forum.clock.seconds())
    await organizer.sees(said("staff.moderator"))
    await nothing_due(forum)
    rows = tables(forum.folder)["deliveries"]
    assert [row["state"] for row in rows] == ["dropped", "failed", "failed", "sent"]
    assert "chat not found" in rows[2]["error"]
    assert [record.name for record in caplog.records if record.levelname == "ERROR"] == ["bot.delivery.sender"]


async def test_only_what_never_left_may_be_sent_again_without_a_doubt() -> None:
    api = TelegramAPIServer.from_base("http://127.0.0.1:9")  # nobody listens at the discard port
    nowhere = Bot(TOKEN, session=AiohttpSession(api=api))
    with pytest.raises(TelegramNetworkError) as caught:
        await nowhere.get_me()
    await nowhere.session.close()
    assert never_left(caught.value)


async def test_a_dropped_connection_leaves_no_card_behind_the_times(forum: Forum) -> None:
    """To edit twice does no harm, so an edit that may have arrived is made again."""
    organizer = await forum.organizer()
    one, other = await forum.moderator(organizer, "Марат"), await forum.moderator(organizer, "Алия")
    delegate = await forum.delegate()
    await ask(delegate, sessions(forum)[0].code, "Кто это покажет?")
    card = await other.sees("Кто это покажет?")
    await one.sees("Кто это покажет?")
    await forum.telegram.fault(method="editMessageText", next=2, status=0)
    await one.press("kd:1:approve")  # its own edit is the first
    await until(lambda: any(row["attempts"] for row in outbox(forum, "card-change")))
    await forum.telegram.clock(by=2)
    assert (await other.sees(said("questions.state_approved"))).id == card.id


async def test_the_letters_of_a_person_keep_their_order(forum: Forum) -> None:
    moderator = await forum.moderator(await forum.organizer())
    delegate = await forum.delegate()
    code = sessions(forum)[0].code
    for text in ("Бірінші сұрақ", "Екінші сұрақ"):
        await ask(delegate, code, text)
    await moderator.look_away()
    async with forum.telegram.held(method="sendMessage", chat=delegate.id) as hold:
        await moderator.press("kd:1:approve")
        await hold.reached()
        await moderator.press("kd:2:approve")
        await forum.telegram.idle()
    approved = said("questions.state_approved", "kk")
    first, second = await delegate.sees("№1", approved), await delegate.sees("№2", approved)
    assert first.id < second.id


# stops and starts


async def test_what_a_killed_process_had_claimed_is_sent_by_the_next(running: Running) -> None:
    async with started(running) as forum:
        organizer, delegate = await forum.organizer(), await forum.delegate()
        await forum.telegram.flood(on=True, retry_after=30)
        now = forum.clock.seconds()
        await forum.db.write(
            deliveries.put, ENDED, thing="moderator@@1", recipients=[organizer.id, delegate.id], lane=0, now=now
        )
        await running.stop()
        await forum.telegram.flood(on=False)
        with closing(sqlite3.connect(running.folder / "forum.db")) as connection, connection:
            connection.execute("UPDATE deliveries SET state = 'claimed', claimed_until = 1")
        await running.start()
        await organizer.sees(said("staff.moderator"))
        await delegate.sees(said("staff.moderator", "kk"))


async def test_it_stops_in_time_while_telegram_asks_to_wait(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """Handlers and the sender are waiting for the end of the pause; nothing of either is lost or doubled."""
    monkeypatch.setattr(bot.app, "STOP_WITHIN", 1.0)
    async with started(running) as forum:
        organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
        question = await announce(organizer, "После остановки")
        await forum.telegram.flood(on=True, retry_after=25)
        await organizer.press("an:1:send", question)
        await delegate.send("/stats")
        await forum.telegram.idle()
        async with asyncio.timeout(20):  # and not as long as Telegram would take
            await running.stop()
        assert states(forum) == ["waiting", "waiting"]
        await forum.telegram.flood(on=False)
        await running.start()
        await delegate.sees("После остановки")
        await organizer.sees("2/2")
        await delegate.look_away()
        assert received(delegate, said("refusal.not_organizer")) == 1
        assert received(delegate, "После остановки") == 1


async def test_it_stops_in_time_while_telegram_hangs(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """What hung may have arrived: it is counted as unsure and not sent again. The tap is answered afterwards."""
    monkeypatch.setattr(bot.app, "STOP_WITHIN", 1.0)
    async with started(running) as forum:
        organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
        question = await announce(organizer, "Повисло")
        await forum.telegram.idle(settle=0.2)  # their chats have rested: the messages leave at once
        async with forum.telegram.held(method="sendMessage", next=3) as hold:
            await organizer.press("an:1:send", question)
            await delegate.send("/stats")
            await hold.reached(3)
            async with asyncio.timeout(20):  # and not as long as Telegram would take
                await running.stop()
        assert states(forum) == ["unsure", "unsure"]
        await running.start()
        await organizer.sees("2/2", said("announcements.unsure", count=2))
        await delegate.sees(said("refusal.not_organizer"))
        await delegate.look_away()
        assert received(delegate, "Повисло") == 0
