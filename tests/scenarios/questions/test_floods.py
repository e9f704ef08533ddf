"""One person who writes without end slows nobody but themselves, and learns what was not read."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

import bot.app
import bot.delivery.chats
import bot.inbound.unread
import bot.rehearsal.flood
from bot.clock import StillClock
from bot.inbound.lanes import LONGEST
from bot.programme.model import Programme
from bot.rehearsal import Rehearsal
from storage import deliveries, inbox
from tests.conftest import TOKEN, Forum, Running
from tests.scenarios.second_reader import at_rest
from tests.scenarios.steps import outbox, said, until
from tests.telegram import Message, Person, Telegram

ENDED = "role-ended"  # a message that needs nothing but a person


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the end nobody waits for the answers that Telegram wants late."""
    monkeypatch.setattr(bot.app, "STOP_WITHIN", 0.5)


async def enqueue(forum: Forum, person: Person) -> None:
    await forum.db.write(
        deliveries.put, ENDED, thing="moderator@@1", recipients=[person.id], lane=0, now=forum.clock.seconds()
    )


async def refused(telegram: Telegram) -> list[str]:
    """The chats of the calls that Telegram answered with 429."""
    return [call["chat_id"] for call in await telegram.calls() if call["error_code"] == 429]


@asynccontextmanager
async def unanswered(person: Person) -> AsyncIterator[None]:
    """Nothing reaches the person meanwhile; at the end the bot has taken in what they wrote."""
    async with person.telegram.held(method="sendMessage", chat=person.id):
        yield
        await person.telegram.idle()


async def flood(person: Person, count: int) -> list[Message]:
    """Write without waiting for an answer, while Telegram is slow to take the first; what was written."""
    async with unanswered(person):
        return [await person.send("/privacy") for _ in range(count)]


def answers(person: Person) -> int:
    """How many of the messages of `flood` were answered."""
    return sum("🔒" in message.text for message in person.shown())


def notices(person: Person) -> list[tuple[int, str]]:
    """What was said of messages that were not read, with the message it stands under."""
    return [
        (message.data["reply_to_message"]["message_id"], message.text)
        for message in person.shown()
        if message.from_bot and "reply_to_message" in message.data
    ]


def notice(written: Sequence[Message], read: int, language: str) -> tuple[int, str]:
    """What is to be said when the first so many of these messages were read and the others were not."""
    return written[read].id, said("unread.notice", language, len(written) - read)


# the way out


async def test_answers_keep_the_pace_of_their_chat(
    tmp_path: Path, clock: StillClock, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the windows of both sides five times as short as they are."""
    monkeypatch.setattr(bot.delivery.chats, "PRIVATE_WINDOW", bot.delivery.chats.PRIVATE_WINDOW / 5)
    monkeypatch.setattr(bot.rehearsal.flood, "PRIVATE_BURST", (5, 1.0))
    rehearsal = Rehearsal(token=TOKEN, clock=clock, zone=programme.forum.timezone, flood_limits=True)
    running = Running(await rehearsal.start(), tmp_path, clock, programme, messages_per_second=28)
    try:
        async with running.open() as forum:
            delegate = await forum.delegate("Ася", "ru")
            spammer = await forum.telegram.person("Спам", "ru")
            for _ in range(12):
                await spammer.send("/privacy")
            await enqueue(forum, delegate)
            await delegate.sees(said("staff.moderator"))
            await at_rest(forum)
            await spammer.look_away()
            assert answers(spammer) == 12
            assert str(spammer.id) not in await refused(forum.telegram)
    finally:
        await running.stop()
        await rehearsal.stop()


async def test_an_answer_that_meets_a_429_holds_up_its_own_chat_alone(forum: Forum) -> None:
    delegate, spammer = await forum.delegate("Ася", "ru"), await forum.delegate("Спам", "ru")
    await forum.telegram.flood(next=1, retry_after=25)
    await spammer.send("/stats")
    await forum.telegram.idle()
    for person in (spammer, delegate):
        await enqueue(forum, person)
    await delegate.sees(said("staff.moderator"))
    await delegate.send("/stats")
    await delegate.sees(said("refusal.not_organizer"))
    assert await refused(forum.telegram) == [str(spammer.id)]

    def states() -> dict[int, str]:
        return {row["recipient"]: row["state"] for row in outbox(forum, ENDED)}

    await until(lambda: states() == {spammer.id: deliveries.CLAIMED, delegate.id: deliveries.SENT})


async def test_answers_refused_in_two_chats_at_once_hold_up_the_outbox(forum: Forum) -> None:
    people = [await forum.delegate(name, "ru") for name in ("Ася", "Баян", "Сара")]
    await forum.telegram.flood(next=2, retry_after=25)
    for person in people[:2]:
        await person.send("/stats")
    await forum.telegram.idle()
    await enqueue(forum, people[2])
    await people[2].send("/stats")  # Telegram takes it; the outbox cannot know that it would
    await people[2].sees(said("refusal.not_organizer"))
    await forum.telegram.idle()
    assert [row["state"] for row in outbox(forum, ENDED)] == [deliveries.WAITING]


# the way in


async def test_who_writes_faster_than_can_be_answered_is_told_what_was_not_read(forum: Forum) -> None:
    spammer, other = await forum.telegram.person("Спам", "kk"), await forum.telegram.person("Сергей", "ru")
    async with unanswered(spammer):
        written = [await spammer.send("/privacy") for _ in range(2 * LONGEST)]
        await other.send("/help")
        await other.sees("/agenda")
        await forum.telegram.idle()
        await forum.telegram.catch_up()
        assert answers(spammer) == 0
    await at_rest(forum)
    await spammer.look_away()
    assert LONGEST <= answers(spammer) < len(written)
    assert notices(spammer) == [notice(written, answers(spammer), "kk")]
    await spammer.send("/help")
    await spammer.sees("/agenda")


async def test_who_deleted_what_was_not_read_is_told_all_the_same(forum: Forum) -> None:
    spammer = await forum.telegram.person("Спам", "ru")
    await spammer.start()
    await spammer.look_away()
    who = {"id": spammer.id, "is_bot": False, "first_name": "Спам", "language_code": "ru"}
    chat = {"id": spammer.id, "type": "private", "first_name": "Спам"}
    async with unanswered(spammer):
        for number in range(LONGEST + 3):  # messages that stand in no chat
            message = {"message_id": 10_000 + number, "date": 1, "chat": chat, "from": who, "text": "/privacy"}
            await forum.telegram.update({"message": message})
    await spammer.sees(said("unread.notice", "ru", 3))


async def test_presses_beyond_the_measure_pass_without_a_word(forum: Forum) -> None:
    delegate = await forum.delegate("Ася", "ru")
    menu = await delegate.last()
    async with forum.telegram.held(method="answerCallbackQuery"):
        for _ in range(2 * LONGEST):
            await forum.telegram.post("press", person=delegate.id, message_id=menu.id, data="of:last:year")
        await forum.telegram.idle()
    await at_rest(forum)
    made = [call for call in await forum.telegram.calls() if call["method"] == "answerCallbackQuery"]
    assert LONGEST <= len(made) < 2 * LONGEST
    await delegate.quiet()
    await delegate.send("/help")
    await delegate.sees("/agenda")


async def test_the_next_notice_waits_for_its_minute(forum: Forum, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a minute that is shorter here; that none comes earlier is seen in the next test."""
    monkeypatch.setattr(bot.inbound.unread, "NOTIFY_EVERY", 1.0)
    spammer = await forum.telegram.person("Спам", "ru")
    expected, read = [], 0
    for _ in range(2):
        written = await flood(spammer, 2 * LONGEST)
        await at_rest(forum)
        await forum.telegram.catch_up()
        expected.append(notice(written, answers(spammer) - read, "ru"))
        read = answers(spammer)
    assert notices(spammer) == expected


async def test_what_was_neither_read_nor_told_is_read_after_a_restart(forum: Forum, running: Running) -> None:
    spammer = await forum.telegram.person("Спам", "ru")
    await flood(spammer, 2 * LONGEST)
    await at_rest(forum)
    await forum.telegram.catch_up()
    before = answers(spammer)
    written = await flood(spammer, 3 * LONGEST)
    await forum.telegram.idle(settle=0.5)
    await forum.telegram.catch_up()
    assert await forum.db.read(inbox.count) > LONGEST
    assert len(notices(spammer)) == 1
    await running.stop()
    forum.application = await running.start()
    await at_rest(forum)
    await forum.telegram.catch_up()
    assert answers(spammer) == before + len(written)
    assert len(notices(spammer)) == 1
