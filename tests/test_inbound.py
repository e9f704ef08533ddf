"""Updates on their way in: whatever comes, and whatever the way is like."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiogram import Bot, Dispatcher

from bot.app import Application
from bot.clock import StillClock
from bot.commands import until_stopped
from bot.dialogues import Dialogues
from bot.inbound.inbox import Inbox
from bot.programme.model import Programme
from bot.settings import Settings, read_settings
from handlers import router
from handlers.commands import introduce
from storage import inbox
from storage.database import Database, open_database
from tests.conftest import PROGRAMME, TOKEN, Forum, Running, register
from tests.telegram import Telegram

USER = {"id": 9001, "is_bot": False, "first_name": "Nobody"}
CHAT = {"id": 9001, "type": "private", "first_name": "Nobody"}
MESSAGE = {"message_id": 1, "date": 1795400000, "chat": CHAT, "from": USER}
NONSENSE: list[dict[str, Any]] = [
    {},
    {"message": "a text"},
    {"message": None},
    {"message": []},
    {"message": {"message_id": "first", "chat": {"id": "me"}}},
    {"message": {**MESSAGE, "date": "yesterday", "text": "/help"}},
    {"message": {**MESSAGE, "chat": {"id": 10**30, "type": 7}}},
    {"callback_query": {}},
    {"callback_query": {"id": 5, "from": "me", "data": ["d:20261126:0"]}},
    {"my_chat_member": {"chat": CHAT}},
    {"a_kind_of_next_year": {"chat": CHAT, "from": USER}},
    {"poll_answer": {"poll_id": "1", "user": USER, "option_ids": [0], "option_persistent_ids": ["0"]}},
    {"update_id": "none", "message": {}},
]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No second is waited between two tries."""
    monkeypatch.setattr("bot.inbound.poller.FIRST_PAUSE", 0.01)
    monkeypatch.setattr("bot.app.FIRST_PAUSE", 0.01)


@pytest.fixture
async def telegram(running: Running) -> AsyncIterator[Telegram]:
    """The people's side while no bot runs yet."""
    async with await running.connect() as telegram:
        yield telegram


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    database = await open_database(str(tmp_path / "inbox.db"))
    yield database
    await database.close()


def settings(running: Running) -> Settings:
    return read_settings(
        None,
        bot_token=TOKEN,
        bot_api_url=running.url,
        data_dir=running.folder,
        programme=PROGRAMME,
    )


async def test_malformed_updates_do_not_stop_the_rest(forum: Forum, caplog: pytest.LogCaptureFixture) -> None:
    person = await forum.telegram.person("Айгерім", "kk")
    for update in NONSENSE:
        await forum.telegram.update(update)
    await person.send("/privacy")
    await person.sees("🔒")
    await forum.telegram.idle()
    assert await forum.db.read(inbox.count) == 0
    assert max(record.levelno for record in caplog.records) == logging.WARNING
    passed_over = [record.message for record in caplog.records if "cannot be read" in record.message]
    assert len(passed_over) >= len(NONSENSE) - 2
    assert "Nobody" not in caplog.text


async def test_half_a_surrogate_pair_can_be_taken_in(db: Database, clock: StillClock) -> None:
    """JSON can carry it, and no text of a database can: a poller that fails here would fail at every start."""
    bot = Bot(TOKEN)
    intake = Inbox(bot, Dispatcher(), db, Dialogues(), clock)
    await intake.take_in([{"update_id": 7, "message": {**MESSAGE, "text": "\ud83d"}}])
    await intake.drain(5)
    assert await db.read(inbox.count) == 0
    await bot.session.close()


async def test_a_person_who_waits_makes_nobody_else_wait(forum: Forum) -> None:
    slow = await forum.telegram.person("Баян", "ru")
    quick = await forum.telegram.person("Сергей", "ru")
    async with forum.telegram.held(method="sendMessage", chat=slow.id) as hold:
        await slow.send("/privacy")
        await slow.send("/help")
        await slow.send("/speakers")
        await hold.reached()
        for command, text in (("/privacy", "🔒"), ("/help", "/agenda"), ("/speakers", "👤")):
            await quick.send(command)
            await quick.sees(text)
        await forum.telegram.idle()
        assert not any(message.from_bot for message in await slow.messages())
    await slow.sees("🔒")
    await slow.sees("/agenda")
    await slow.sees("👤")


async def test_an_update_that_comes_twice_is_handled_once(running: Running, telegram: Telegram) -> None:
    await running.start()
    person = await telegram.person("Айгерім", "kk")
    await person.send("/privacy")
    await person.sees("🔒")
    await telegram.idle()
    # The confirmation of what comes now is refused until the bot is gone: its next run gets it again.
    await telegram.fault(method="getUpdates", next=100, status=500)
    await person.send("/help")
    await person.sees("/agenda")
    await running.stop()
    assert len(await waiting(running.url)) == 1
    await running.start()
    await person.quiet()


async def waiting(url: str) -> list[dict[str, Any]]:
    """What Telegram holds unconfirmed, asked once the refusals are used up."""
    async with aiohttp.ClientSession() as session:
        while True:
            async with session.post(f"{url}/bot{TOKEN}/getUpdates", json={}) as answer:
                body = await answer.json()
                if body["ok"]:
                    found: list[dict[str, Any]] = body["result"]
                    return found


async def test_numbers_begin_anew_after_a_week_and_with_another_bot(db: Database) -> None:
    now, day = 1_795_400_000, 86_400
    assert await db.write(inbox.take_in, 42, [(900, "{}"), (901, "{}")], now) == [900, 901]
    assert await db.write(inbox.take_in, 42, [(901, "{}"), (902, "{}")], now + 3 * day) == [902]
    assert await db.write(inbox.take_in, 42, [(5, "{}")], now + 4 * day) == []
    assert await db.write(inbox.take_in, 43, [(5, "{}")], now + 4 * day) == [5]
    assert await db.write(inbox.take_in, 42, [(7, "{}")], now + 10 * day) == [7]
    assert await db.write(inbox.take_in, 42, [(6, "{}"), (8, "{}")], now + 10 * day) == [8]


async def test_a_half_typed_question_is_handled_again_as_it_was(
    running: Running, telegram: Telegram, programme: Programme
) -> None:
    """What a run took in and did not finish: handled at the next start, with the form as it was before."""
    application = await running.start()
    person = await telegram.person("Айгерім", "kk")
    await register(person)
    session = next(one for one in programme.sessions if not one.is_break)
    await person.start(f"q_{session.code}")
    await person.sees("✋")
    await running.stop()

    await person.send("Сұрақ қайда кетті?")
    update = (await waiting(running.url))[0]
    bot, rows = int(TOKEN.split(":")[0]), [(update["update_id"], json.dumps(update))]
    database = await open_database(application.settings.database)
    try:
        await database.write(inbox.take_in, bot, rows, running.clock.seconds())
    finally:
        await database.close()
    application = await running.start()
    await person.sees("№1", "Сұрақ қайда кетті?")
    await telegram.idle()
    await person.quiet()
    assert await application.db.read(inbox.count) == 0


@pytest.mark.parametrize("status", [500, 502, 0])
async def test_bad_weather_of_polling_is_survived(forum: Forum, status: int, caplog: pytest.LogCaptureFixture) -> None:
    person = await forum.telegram.person("Айгерім", "kk")
    await forum.telegram.fault(method="getUpdates", next=4, status=status)
    for command, text in (("/privacy", "🔒"), ("/speakers", "👤")):
        await person.send(command)
        await person.sees(text)
    assert caplog.text.count("Telegram does not answer") == 4
    assert "Traceback" not in caplog.text


async def test_another_poller_is_told_of_and_outlived(forum: Forum, caplog: pytest.LogCaptureFixture) -> None:
    person = await forum.telegram.person("Айгерім", "kk")
    async with aiohttp.ClientSession() as session:
        for _ in range(3):
            async with session.post(f"{forum.url}/bot{TOKEN}/getUpdates", json={"timeout": 0}) as answer:
                assert answer.status == 200
    await person.send("/privacy")
    await person.sees("🔒")
    assert "another program polls with this token" in caplog.text


async def test_a_forgotten_webhook_does_not_make_the_bot_deaf(
    running: Running, telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    async with aiohttp.ClientSession() as session:
        hook = {"url": "https://127.0.0.1:9/hook"}
        async with session.post(f"{running.url}/bot{TOKEN}/setWebhook", json=hook) as answer:
            assert answer.status == 200
    person = await telegram.person("Айгерім", "kk")
    await person.send("/privacy")
    await running.start()
    await person.sees("🔒")
    assert "a webhook was set for this token" in caplog.text


async def test_a_revoked_token_ends_the_run_with_one_line(
    running: Running, telegram: Telegram, clock: StillClock, capsys: pytest.CaptureFixture[str]
) -> None:
    application = Application(settings(running), router=router(), introduce=introduce, clock=clock)
    started = asyncio.Event()
    run = asyncio.create_task(until_stopped(application, started))
    await started.wait()
    await telegram.fault(method="getUpdates", status=401)
    await (await telegram.person("Айгерім", "kk")).send("/help")
    assert await asyncio.wait_for(run, 15) == 2
    assert capsys.readouterr().err.splitlines() == [
        "BOT_TOKEN: Telegram does not know this token; get a fresh one from @BotFather"
    ]


async def test_a_telegram_that_comes_late_is_waited_for(running: Running, telegram: Telegram) -> None:
    for status in (502, 500, 0):
        await telegram.fault(method="getMe", status=status)
    await running.start()
    person = await telegram.person("Айгерім", "kk")
    await person.send("/privacy")
    await person.sees("🔒")


async def test_a_stop_does_not_wait_for_the_first_contact(
    running: Running, telegram: Telegram, clock: StillClock
) -> None:
    application = Application(settings(running), router=router(), introduce=introduce, clock=clock)
    stop, started = asyncio.Event(), asyncio.Event()
    async with telegram.held(method="getMe") as hold:
        run = asyncio.create_task(application.run(stop, started))
        await hold.reached()
        stop.set()
        await asyncio.wait_for(run, 10)
    assert not started.is_set()


async def test_a_failure_of_ours_has_one_id_for_the_person_and_the_log(
    forum: Forum, caplog: pytest.LogCaptureFixture
) -> None:
    person = await forum.delegate(language="ru")
    await forum.db.write(lambda tx: tx.run("DROP TABLE bookmarks"))
    await person.send("/my")
    shown = (await person.sees("код")).text
    logged = next(record.message for record in caplog.records if record.levelno == logging.ERROR)
    assert logged.removeprefix("failure ") in shown
    await person.send("/help")
    await person.sees("/agenda")


async def test_an_answer_that_telegram_refuses_is_a_failure_and_one_that_gets_lost_is_not(
    forum: Forum, caplog: pytest.LogCaptureFixture
) -> None:
    person = await forum.telegram.person("Сергей", "ru")
    await forum.telegram.fault(method="sendMessage", status=502)
    await person.send("/privacy")
    await person.quiet()
    assert "did not reach the person" in caplog.text
    assert max(record.levelno for record in caplog.records) == logging.WARNING
    await forum.telegram.fault(method="sendMessage", status=400)
    await person.send("/privacy")
    await person.sees("код")
    assert "failure " in caplog.text
