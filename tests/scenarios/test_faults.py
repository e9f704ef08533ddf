"""Whatever the weather and whenever it is killed: everybody ends with exactly one copy, or it is counted otherwise."""

from __future__ import annotations

import asyncio
import random
import signal
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

import bot.app
from bot.clock import Clock, StillClock
from bot.delivery import sender as sender_module
from bot.delivery.carrier import TRIES, Carrier
from bot.delivery.pace import Pace
from bot.delivery.rendering import Renderers
from bot.delivery.screens import Screens
from bot.delivery.sender import Sender, places_at
from bot.delivery.session import LeanSession
from bot.delivery.topics import DeskKeeper
from bot.people import People
from bot.programme.current import CurrentProgramme
from bot.programme.load import load_file
from bot.programme.model import Programme
from bot.rehearsal import Rehearsal
from bot.texts import Translators
from bot.versions import Versions
from storage import deliveries, leases
from storage.database import Database, Transaction, open_database
from storage.deliveries import BLOCKED, FAILED, LANE_ANNOUNCEMENT, LANE_REMINDER, SENT, UNSURE
from tests.conftest import PROGRAMME, TOKEN, Running
from tests.examples import examples
from tests.postgres import forum
from tests.process import Process
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import enrol_all, said, until
from tests.telegram import Telegram
from tests.test_kill import PROGRAMME as TOWN

FIRST = 500_000  # the first person's id
ENDED = "role-ended"  # a message that needs nothing but a person
THINGS = {"moderator@@1": "staff.moderator", "organizer@@1": "staff.organizer"}
PEOPLE = 8
PATIENCE = 20.0  # seconds until nothing waits any more; the forum's time is moved along


async def join(telegram: Telegram, count: int) -> list[int]:
    """People who opened the bot some day before."""
    ids = list(range(FIRST, FIRST + count))
    for person in ids:
        await telegram.post("people", id=person, first_name="Делегат", language_code="ru", started=True)
    return ids


def enqueue(tx: Transaction, ids: list[int], now: int) -> None:
    """Two messages to everybody, of different urgency."""
    for thing, lane in zip(THINGS, (LANE_ANNOUNCEMENT, LANE_REMINDER), strict=True):
        deliveries.put(tx, ENDED, thing=thing, recipients=ids, lane=lane, now=now)


async def copies(url: str) -> Counter[tuple[int, str]]:
    """How often each person has got each message."""
    found: Counter[tuple[int, str]] = Counter()
    async with await Telegram.connect(url) as telegram:
        for person in telegram._people:
            for message in telegram.messages_of(person):
                for thing, words in THINGS.items():
                    found[person, thing] += message.from_bot and said(words) in message.text
    return found


# any weather


@dataclass(frozen=True)
class Trouble:
    """What is wrong with the next few messages. `status` 0 drops the connection; None is only slow."""

    messages: int
    status: int | None
    after: bool
    delay: float


@dataclass(frozen=True)
class Flood:
    messages: int


@dataclass(frozen=True)
class Block:
    person: int


@dataclass(frozen=True)
class Restart:
    """`patient`: what is on its way is waited for."""

    patient: bool


@dataclass(frozen=True)
class Later:
    """Time goes on, by so many seconds of the forum's."""

    seconds: int


def trouble(messages: int, what: tuple[int | None, bool], delay: float) -> Trouble:
    return Trouble(messages, *what, delay)


# A server's error says that nothing was sent, so it never comes after the effect.
WHAT = st.sampled_from([(500, False), (502, False), (0, False), (0, True), (None, False)])
TROUBLES = st.builds(trouble, st.integers(1, 10), WHAT, st.sampled_from([0, 0.02, 0.2]))
STEPS = (
    TROUBLES,
    st.builds(Later, st.integers(1, 600)),
    st.builds(Block, st.integers(0, PEOPLE - 1)),
    st.builds(Restart, st.booleans()),
    st.builds(Flood, st.integers(1, 3)),
)
SCHEDULES = st.lists(st.one_of(TROUBLES, *STEPS), min_size=1, max_size=PEOPLE).filter(
    lambda steps: sum(isinstance(step, Flood) for step in steps) <= 1  # a pause takes a whole second
)


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(schedule=SCHEDULES, outage=st.sampled_from([0, 0, 0, PEOPLE, TRIES * PEOPLE]))
def test_in_any_weather_everybody_has_one_copy_or_it_is_counted_otherwise(
    monkeypatch: pytest.MonkeyPatch, schedule: list[object], outage: int
) -> None:
    monkeypatch.setattr(bot.app, "STOP_WITHIN", 0.3)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(weather(Path(folder), load_file(PROGRAMME), schedule, outage))


async def weather(folder: Path, programme: Programme, schedule: list[object], outage: int) -> None:
    clock = StillClock(programme.sessions[0].start)
    rehearsal = Rehearsal(token=TOKEN, clock=clock, zone=programme.forum.timezone)
    running = Running(await rehearsal.start(), folder, clock, programme)
    rehearsal.on_clock = running.time_moved
    try:
        application = await running.start()
        async with await running.connect() as telegram:
            ids = await join(telegram, PEOPLE)
            await application.db.write(enrol_all, ids)
            if outage:
                await telegram.fault(method="sendMessage", next=outage, status=502)
            for number, step in enumerate(schedule):
                if not isinstance(step, Restart):
                    await happens(step, telegram, running, ids)
                await running.application.db.write(enqueue, ids[number :: len(schedule)], clock.seconds())
                if isinstance(step, Restart):
                    await happens(step, telegram, running, ids)  # in the middle of it
            async with asyncio.timeout(PATIENCE):
                while set(states(folder)) & {"waiting", "claimed"}:
                    await telegram.idle(settle=0.05)
                    if (rest := rests(folder, clock.seconds())) > 0:
                        await telegram.clock(by=rest)
        await running.stop()
        for state in states(folder):
            event(state)
        judge(folder, await copies(running.url))
    finally:
        await running.stop()
        await rehearsal.stop()


async def happens(step: object, telegram: Telegram, running: Running, ids: list[int]) -> None:
    match step:
        case Trouble():
            status, after = step.status, step.after
            await telegram.fault(method="sendMessage", next=step.messages, status=status, after=after, delay=step.delay)
        case Flood():
            await telegram.flood(next=step.messages, retry_after=1)
        case Block():
            await telegram.post("block", person=ids[step.person], blocked=True)
        case Restart():
            bot.app.STOP_WITHIN = 3.0 if step.patient else 0.0
            await running.stop()
            await running.start()
        case Later():
            await telegram.clock(by=step.seconds)


def rests(folder: Path, now: int) -> int:
    """Seconds until something is due; 0 when something is already, or on its way."""
    rows = [row for row in tables(folder)["deliveries"] if row["state"] in ("waiting", "claimed")]
    return min((max(row["due_at"] - now, 0) if row["state"] == "waiting" else 0 for row in rows), default=0)


def states(folder: Path) -> Counter[str]:
    return Counter(row["state"] for row in tables(folder)["deliveries"])


def judge(folder: Path, had: Counter[tuple[int, str]]) -> None:
    """Compare the ledger with what people have."""
    found = states(folder)
    assert set(found) <= {SENT, UNSURE, BLOCKED, FAILED}, found
    for row in tables(folder)["deliveries"]:
        number = had[row["recipient"], row["thing"]]
        match row["state"]:
            case "sent":
                assert number == 1, dict(row)
                assert row["messages"] == str(row["message"])
            case "unsure":
                assert number <= 1, dict(row)
                assert row["error"]
            case _:
                assert number == 0, dict(row)
                assert row["error"]


# at Telegram's own pace


LIKELY_STALL = 600  # messages


@pytest.mark.parametrize("crowd", [60, pytest.param(1200, marks=pytest.mark.endure)])
async def test_taps_during_a_broadcast_are_answered_and_telegram_refuses_nothing(
    tmp_path: Path, clock: StillClock, programme: Programme, crowd: int
) -> None:
    rehearsal = Rehearsal(token=TOKEN, clock=clock, zone=programme.forum.timezone, flood_limits=True)
    running = Running(await rehearsal.start(), tmp_path, clock, programme, messages_per_second=28)
    try:
        application = await running.start()
        async with await running.connect() as telegram:
            ids = await join(telegram, crowd)
            tappers = [await telegram.person(f"Гость {number}") for number in range(6)]
            await application.db.write(enrol_all, ids)
            await application.db.write(enqueue, ids, clock.seconds())

            async def tap() -> None:
                for number, person in enumerate(tappers * (crowd // 20)):
                    await person.send("/help")
                    await asyncio.sleep(0.15 + number % 3 * 0.05)

            await tap()
            for person in tappers:
                await person.sees("/agenda")
            await until(lambda: set(states(tmp_path)) == {SENT}, crowd / 4)
            # In minutes of load a stall of the machine may squeeze two seconds' messages into one.
            refused = [call for call in await telegram.calls() if call["error_code"] == 429]
            assert len(refused) <= crowd // LIKELY_STALL
    finally:
        await running.stop()
        judge(tmp_path, await copies(running.url))
        await rehearsal.stop()


# killed


PER_SECOND = 40
CROWD = 60  # to a kill


@pytest.mark.parametrize("kills", [2, pytest.param(30, marks=pytest.mark.endure)])
async def test_killed_at_any_moment_it_repeats_at_most_what_was_under_way(tmp_path: Path, kills: int) -> None:
    """And loses nothing. The bound is the number that organizers are shown (/outbox)."""
    crowd = kills * CROWD
    choose = random.Random(2026)
    (tmp_path / "town.toml").write_text(TOWN)
    rehearsal = Rehearsal(token=TOKEN)
    url = await rehearsal.start()
    process: Process | None = None
    try:
        async with await Telegram.connect(url) as telegram:
            ids = await join(telegram, crowd)
            (tmp_path / "data").mkdir()
            db = await open_database(str(tmp_path / "data/forum.db"))
            await db.write(enrol_all, ids)
            await db.write(enqueue, ids, Clock().seconds())
            await db.close()
            await telegram.fault(method="sendMessage", next=crowd * 3, delay=0.1)  # so that many are on their way
            for _ in range(kills):
                seq = (await telegram.get("state"))["seq"]
                process = await begin(tmp_path, url)
                await messages_since(telegram, seq, choose.randint(5, 50))
                process.signal(signal.SIGKILL)
                assert await process.ends() == -signal.SIGKILL
            process = await begin(tmp_path, url)
            await until(lambda: set(states(tmp_path / "data")) == {SENT}, 15 * kills)
            process.signal(signal.SIGTERM)
            assert await process.ends() == 0
    finally:
        if process is not None:
            await process.kill()
    had = await copies(url)
    await rehearsal.stop()
    assert len(had) == min(had.values()) * 2 * crowd
    again = sum(had.values()) - 2 * crowd
    assert 0 < again <= kills * places_at(PER_SECOND)


async def begin(folder: Path, url: str, **more: object) -> Process:
    return await Process.start(
        "run",
        folder=folder,
        bot_token=TOKEN,
        bot_api_url=url,
        programme="town.toml",
        quiet_hours="off",
        messages_per_second=PER_SECOND,
        **more,
    )


async def messages_since(telegram: Telegram, seq: int, number: int) -> None:
    """Wait until so many have arrived."""
    while number > 0:
        answer = await telegram.get("events", since=seq, wait=20)
        assert answer["events"], "nothing is sent any more"
        seq = answer["seq"]
        number -= sum(event["type"] == "message" for event in answer["events"])


# several instances


PER_INSTANCE = 30  # messages a second


@pytest.fixture
def postgres_url(postgres_template: str) -> Iterator[str]:
    with forum(postgres_template) as url:
        yield url


@asynccontextmanager
async def instance(database_url: str, url: str, clock: Clock, programme: Programme) -> AsyncIterator[Database]:
    """A sender as one of several instances of the bot has it; with its database."""
    db = await open_database(database_url)
    client = Bot(TOKEN, session=LeanSession(api=TelegramAPIServer.from_base(url)))
    pace, people = Pace(PER_INSTANCE), People(db)
    translators, current = Translators(ZoneInfo("UTC")), CurrentProgramme(programme, 1)
    renderers = Renderers(
        db,
        people,
        translators=translators,
        current=current,
        versions=Versions(db, current),
        clock=clock,
        open_screens=Screens(db),
    )
    keeper = DeskKeeper(client, db, translators, current, clock)
    sender = Sender(
        db,
        Carrier(client, db, renderers, pace=pace, people=people, clock=clock, desk_keeper=keeper),
        pace,
        clock,
        PER_INSTANCE,
    )
    db.listen(deliveries.CHANNEL, sender.wake)
    await sender.start()
    run = asyncio.create_task(sender.run())
    try:
        yield db
    finally:
        run.cancel()
        await asyncio.gather(run, return_exceptions=True)
        await sender.finish(2)
        await client.session.close()
        await db.close()


async def test_two_instances_send_everybody_one_copy_and_finish_what_a_dead_one_held(
    postgres_url: str, clock: StillClock, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender_module, "RENEW", 0.2)
    rehearsal = Rehearsal(token=TOKEN, clock=clock, zone=programme.forum.timezone)
    url = await rehearsal.start()
    try:
        async with (
            await Telegram.connect(url) as telegram,
            instance(postgres_url, url, clock, programme) as one,
            instance(postgres_url, url, clock, programme) as other,
        ):
            ids = await join(telegram, 40)

            def begin(tx: Transaction) -> None:
                enrol_all(tx, ids)
                enqueue(tx, ids, clock.seconds())
                leases.claim(
                    tx, "dead", now=clock.seconds(), until=clock.seconds() + 60, limit=5, lane=LANE_ANNOUNCEMENT
                )

            async with telegram.held(method="sendMessage", next=2 * len(ids)):
                await one.write(begin)
                async with asyncio.timeout(20):
                    while len(await other.read(holders)) < 3:  # noqa: ASYNC110 - the dead one, and each has its part
                        await asyncio.sleep(0.05)
            report = {SENT: 2 * len(ids) - 10, "claimed": 5, "waiting": 5}
            await until_report(other, report)
            await telegram.clock(by=61)
            await until_report(other, {SENT: 2 * len(ids)})
            had = await copies(url)
            assert set(had.values()) == {1}
            assert len(had) == 2 * len(ids)
            assert len(await other.read(holders)) == 2  # both had their part
    finally:
        await rehearsal.stop()


async def until_report(db: Database, report: dict[str, int]) -> None:
    async with asyncio.timeout(20):
        while await db.read(deliveries.report_of_kind, ENDED) != report:  # noqa: ASYNC110 - as in `until`
            await asyncio.sleep(0.1)


def holders(tx: Transaction) -> set[str]:
    return {row["holder"] for row in tx.rows(HOLDERS)}


HOLDERS = "SELECT holder FROM deliveries"
