"""A failure around an outgoing message, in the database or on the way, causes no second copy and loses none."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

import bot.app
from bot.clock import StillClock
from bot.delivery import carrier, ledger
from bot.delivery.carrier import TRIES
from bot.programme.model import Programme
from storage import deliveries
from storage.database import Transaction
from storage.deliveries import BLOCKED, DROPPED, LANE_ANSWER, SENT, UNSURE
from tests.conftest import Forum, Running
from tests.scenarios.announcements.announcing import PNG
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, enrol_all, nothing_due, outbox, said, sessions, until
from tests.scenarios.test_delivery import crowd, started, states
from tests.scenarios.test_faults import instance
from tests.telegram import Person

ENDED = "role-ended"  # a message that needs nothing but a person
WORDS, MORE = (said("staff.ended", what=said(role)).split(".")[0] for role in ("staff.moderator", "staff.organizer"))


pytestmark = pytest.mark.usefixtures("quick_reports")


async def statement(forum: Forum, sql: str) -> None:
    """What an operator's hand, a full disk or another version may do to a database that is in use."""

    def run(tx: Transaction) -> None:
        tx.run(sql)

    await forum.db.write(run)


async def enqueue(forum: Forum, *people: Person, thing: str = "moderator@@1") -> None:
    now = forum.clock.seconds()
    await forum.db.write(
        deliveries.put, ENDED, thing=thing, recipients=[person.id for person in people], lane=LANE_ANSWER, now=now
    )


def times_sent(person: Person) -> int:
    """How often; look first."""
    return sum(WORDS in message.text for message in person.shown())


# the database


async def test_a_letter_that_cannot_be_written_for_a_while_comes_later(forum: Forum) -> None:
    delegate = await forum.delegate("Ася", "ru")
    await forum.telegram.idle()
    await statement(forum, "ALTER TABLE bookmarks RENAME TO elsewhere")
    forum.application.people.changed(delegate.id)
    await enqueue(forum, delegate)
    await until(lambda: any(row["attempts"] for row in outbox(forum, ENDED)))
    assert states(forum, ENDED) == ["waiting"]
    await statement(forum, "ALTER TABLE elsewhere RENAME TO bookmarks")
    await forum.telegram.clock(by=2)
    await delegate.sees(WORDS)
    await until(lambda: states(forum, ENDED) == [SENT])


async def test_a_letter_that_can_never_be_written_ends_as_failed(forum: Forum) -> None:
    delegate = await forum.delegate("Ася", "ru")
    await statement(forum, "ALTER TABLE bookmarks RENAME TO elsewhere")
    forum.application.people.changed(delegate.id)
    await enqueue(forum, delegate)
    for attempt in range(1, TRIES):
        await until(lambda: outbox(forum, ENDED)[0]["attempts"] == attempt)  # noqa: B023 - awaited here
        await forum.telegram.clock(by=300)
    await until(lambda: states(forum, ENDED) == ["failed"])
    assert "bookmarks" in outbox(forum, ENDED)[0]["error"]


async def test_a_card_that_cannot_be_written_down_was_sent_all_the_same(
    forum: Forum, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrier, "NOTE_PAUSE", 0.01)
    moderator = await forum.moderator(await forum.organizer())
    delegate = await forum.delegate()
    await statement(forum, "CREATE TRIGGER full BEFORE INSERT ON cards BEGIN SELECT RAISE(ABORT, 'full'); END")
    await ask(delegate, sessions(forum)[0].code, "Кто это увидит?")
    card = await moderator.sees("Кто это увидит?")
    await until(lambda: "sent" in states(forum, "card"))
    assert outbox(forum, "card")[-1]["messages"] == str(card.id)
    await statement(forum, "DROP TRIGGER full")
    for _ in range(2):  # nobody knows which text it shows, so the first press shows it afresh
        await moderator.press("kd:1:approve", card)
        await forum.telegram.idle()
    await moderator.sees(said("questions.state_approved"))


async def test_a_card_and_what_became_of_its_letter_are_written_down_together(
    forum: Forum, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who reads between two writes, or starts after a crash between them, must not meet the one without the other."""
    monkeypatch.setattr(carrier, "NOTE_TRIES", 1000)
    monkeypatch.setattr(carrier, "NOTE_PAUSE", 0.05)
    moderator = await forum.moderator(await forum.organizer())
    delegate = await forum.delegate()
    await statement(
        forum,
        "CREATE TRIGGER full BEFORE UPDATE ON deliveries WHEN NEW.state = 'sent' AND NEW.kind = 'card'"
        " BEGIN SELECT RAISE(ABORT, 'full'); END",
    )
    await ask(delegate, sessions(forum)[0].code, "Кто это увидит?")
    card = await moderator.sees("Кто это увидит?")
    await forum.telegram.idle(settle=0.3)
    assert states(forum, "card") == ["claimed"]
    assert tables(forum.folder)["cards"] == []
    await statement(forum, "DROP TRIGGER full")
    await until(lambda: "claimed" not in states(forum, "card"))
    assert [row["message"] for row in tables(forum.folder)["cards"]] == [card.id]


async def test_a_card_is_written_down_when_the_database_takes_it_again(
    forum: Forum, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrier, "NOTE_TRIES", 1000)
    monkeypatch.setattr(carrier, "NOTE_PAUSE", 0.05)
    moderator = await forum.moderator(await forum.organizer())
    delegate = await forum.delegate()
    await statement(forum, "CREATE TRIGGER full BEFORE INSERT ON cards BEGIN SELECT RAISE(ABORT, 'full'); END")
    await ask(delegate, sessions(forum)[0].code, "Кто это увидит?")
    card = await moderator.sees("Кто это увидит?")
    await statement(forum, "DROP TRIGGER full")
    await until(lambda: any(row["message"] == card.id for row in tables(forum.folder)["cards"]))


async def test_stopped_while_a_card_is_written_down_it_is_not_sent_again(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.app, "STOP_WITHIN", 0.3)
    monkeypatch.setattr(carrier, "NOTE_TRIES", 1000)
    async with started(running) as forum:
        moderator = await forum.moderator(await forum.organizer())
        delegate = await forum.delegate()
        await statement(forum, "CREATE TRIGGER full BEFORE INSERT ON cards BEGIN SELECT RAISE(ABORT, 'full'); END")
        await ask(delegate, sessions(forum)[0].code, "Один раз?")
        await moderator.sees("Один раз?")
        await running.stop()
        await running.start()
        await forum.telegram.idle()
        await moderator.look_away()
        assert sum("Один раз?" in message.text for message in moderator.shown()) == 1


async def test_one_result_that_is_refused_for_ever_holds_up_no_other(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "RETRY", 0.05)
    async with started(running) as forum:
        people = (await crowd(forum, 6))[1]
        for person in people[:3]:
            await statement(
                forum,
                f"CREATE TRIGGER refuse{person.id} BEFORE UPDATE ON deliveries WHEN NEW.state = 'sent'"
                f" AND NEW.recipient = {person.id} BEGIN SELECT RAISE(ABORT, 'never'); END",
            )
        await enqueue(forum, *people)
        await until(lambda: states(forum, ENDED) == ["claimed"] * 3 + [SENT] * 3)
        for person in people[:3]:
            await statement(forum, f"DROP TRIGGER refuse{person.id}")
        await until(lambda: states(forum, ENDED) == [SENT] * 6)
        for person in people:
            await person.look_away()
            assert times_sent(person) == 1


async def test_it_goes_on_when_the_outbox_can_be_read_again_and_no_claim_is_forgotten(
    forum: Forum, caplog: pytest.LogCaptureFixture
) -> None:
    """A claim that was stored although its connection broke belongs to a process that does not know of it."""
    one, other = await forum.delegate("Ася", "ru"), await forum.delegate("Ева", "ru")
    await forum.telegram.idle()
    await statement(
        forum,
        "CREATE TRIGGER broken BEFORE UPDATE ON deliveries WHEN NEW.state = 'claimed' AND OLD.state = 'waiting'"
        " BEGIN SELECT RAISE(ABORT, 'broken'); END",
    )
    await enqueue(forum, one, other)
    holder = forum.application.sender._holder
    await statement(
        forum,
        "INSERT INTO deliveries (kind, thing, recipient, lane, state, due_at, claimed_until, holder, created_at)"
        f" VALUES ('{ENDED}', 'organizer@@1', {one.id}, 0, 'claimed', 0, 0, '{holder}', 0)",
    )
    await until(lambda: any("outbox could not be read" in record.message for record in caplog.records))
    await statement(forum, "DROP TRIGGER broken")
    await other.sees(WORDS, timeout=10)
    await one.sees(MORE, timeout=10)
    await one.sees(WORDS, timeout=10)


# the way


async def test_what_may_have_arrived_when_the_connection_broke_is_never_repeated(forum: Forum) -> None:
    """Dropped after the effect: it is there, and nobody knows. Dropped before: it is not, and nobody knows either."""
    one, other = await forum.delegate("Ася", "ru"), await forum.delegate("Ева", "ru")
    await forum.telegram.idle()
    for after, person in ((True, one), (False, other)):
        await forum.telegram.fault(method="sendMessage", next=1, status=0, after=after)
        await enqueue(forum, person)
        await until(lambda: "waiting" not in states(forum, ENDED) and "claimed" not in states(forum, ENDED))
    assert states(forum, ENDED) == [UNSURE] * 2
    await forum.telegram.clock(by=600)  # whatever would be tried again would be by now
    await nothing_due(forum)
    for person, number in ((one, 1), (other, 0)):
        await person.look_away()
        assert times_sent(person) == number
    assert states(forum, ENDED) == [UNSURE] * 2


async def test_what_is_sent_but_not_written_down_yet_is_written_down_when_it_stops(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "TOGETHER", 1.0)  # so that it stops before
    monkeypatch.setattr(ledger, "LAST", 30.0)
    async with started(running) as forum:
        delegate, gone = await forum.delegate("Ася", "ru"), await forum.delegate("Ева", "ru")
        await gone.block()
        await forum.telegram.idle()
        await enqueue(forum, delegate, gone)
        await delegate.sees(WORDS)
        await forum.telegram.called(error_code=403)
        await running.stop()
        assert states(forum, ENDED) == [BLOCKED, SENT]
        monkeypatch.setattr(ledger, "TOGETHER", 0.05)
        await running.start()
        await nothing_due(forum)
        await delegate.look_away()
        assert times_sent(delegate) == 1


async def test_however_long_nothing_can_be_reached_it_costs_nobody_a_letter(
    tmp_path: Path, clock: StillClock, programme: Programme
) -> None:
    nowhere = "http://127.0.0.1:9"  # nobody listens at the discard port
    async with instance(str(tmp_path / "forum.db"), nowhere, clock, programme) as db:
        await db.write(enrol_all, [1])
        await db.write(
            deliveries.put, ENDED, thing="moderator@@1", recipients=[1], lane=LANE_ANSWER, now=clock.seconds()
        )

        def row() -> dict[str, Any]:
            return tables(tmp_path)["deliveries"][0]

        for _ in range(4):
            await until(lambda: row()["due_at"] > clock.seconds())
            assert (row()["state"], row()["attempts"]) == ("waiting", 0)
            assert "Cannot connect" in row()["error"]
            clock.move(dt.timedelta(seconds=row()["due_at"] - clock.seconds()))
            await db.write(lambda tx: tx.notify(deliveries.CHANNEL))


async def test_one_chat_that_is_refused_holds_up_nobody_else(forum: Forum) -> None:
    one, other = await forum.delegate("Ася", "ru"), await forum.delegate("Ева", "ru")
    await forum.telegram.idle()
    await forum.telegram.flood(next=1, retry_after=600)
    await enqueue(forum, one)
    await until(lambda: outbox(forum, ENDED)[0]["state"] == "claimed")
    await forum.telegram.idle()
    await enqueue(forum, other)
    await other.sees(WORDS)
    await one.look_away()
    assert times_sent(one) == 0


async def test_stopped_before_its_first_call_an_album_is_whole_the_next_time(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has had its turn, but it is as many messages as it holds, and waits for as many turns."""
    monkeypatch.setattr(bot.app, "STOP_WITHIN", 0.3)
    async with started(running) as forum:
        organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
        await organizer.send("/announce")
        await organizer.sees("📣")
        await organizer.send_album("way", *(("photo", PNG, f"Путь {number}") for number in range(5)))
        await organizer.sees("№1", "×5")
        await organizer.press("ad:1:confirm")
        await organizer.sees("?")
        await running.stop()
        running.settings |= {"messages_per_second": 1}
        await running.start()
        await organizer.press("an:1:send")
        await until(lambda: states(forum).count("claimed") == 2)
        await running.stop()
        assert UNSURE not in states(forum)
        running.settings |= {"messages_per_second": 1000}
        await running.start()
        await until(lambda: states(forum) == [SENT] * 2, 15)
        await delegate.look_away()
        assert sum("Путь" in message.text for message in delegate.shown()) == 5


async def test_a_card_that_waited_for_its_turn_is_about_the_question_as_it_is_then(running: Running) -> None:
    """What it was to say was read with its claim; meanwhile the author took the question back."""
    async with started(running) as forum:
        organizer, author = await forum.organizer(), await forum.delegate("Ася", "ru")
        moderators = [await forum.moderator(organizer, name) for name in ("Марат", "Дана")]
        await running.stop()
        running.settings |= {"messages_per_second": 1}
        await running.start()
        number = await ask(author, sessions(forum)[0].code, "Когда покажут результаты?")
        await until(lambda: SENT in cards(forum))
        assert cards(forum).count("claimed") == 1
        await author.press(f"m1:{number}")
        await author.press(f"mw:{number}:0")
        await author.press(f"mw:{number}:1")
        await until(lambda: "claimed" not in cards(forum), 15)
        assert sorted(cards(forum)) == [DROPPED, SENT]
        for moderator in moderators:
            await moderator.look_away()
        assert sum("результаты" in message.text for one in moderators for message in one.shown()) <= 1


def cards(forum: Forum) -> list[str]:
    return [row["state"] for row in outbox(forum, "card")]


async def test_an_answer_that_says_nothing_leaves_the_letter_unsure(
    tmp_path: Path, clock: StillClock, programme: Programme
) -> None:
    """JSON, "ok", and no message in it: it was sent, most likely, and is not sent again."""
    calls = 0

    async def answer(request: web.Request) -> web.Response:
        nonlocal calls
        calls += 1
        return web.json_response({"ok": True, "result": {"message_id": "?", "date": 0, "chat": {"id": 0}}})

    application = web.Application()
    application.router.add_post("/{path:.*}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        async with instance(str(tmp_path / "forum.db"), url, clock, programme) as db:
            await db.write(enrol_all, [1])
            await db.write(
                deliveries.put, ENDED, thing="moderator@@1", recipients=[1], lane=LANE_ANSWER, now=clock.seconds()
            )
            async with asyncio.timeout(20):
                while await db.read(deliveries.report_of_kind, ENDED) != {UNSURE: 1}:  # noqa: ASYNC110 - as in `until`
                    await asyncio.sleep(0.05)
            assert calls == 1
    finally:
        await runner.cleanup()
