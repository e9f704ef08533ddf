"""The real process, ended at any moment while twenty people write: nothing is lost, nothing is doubled."""

from __future__ import annotations

import asyncio
import random
import signal
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.rehearsal import Rehearsal
from tests.process import Process
from tests.scenarios.steps import insist
from tests.telegram import Person, Telegram

TOKEN = "4200000000:test-test-test-test-test-test"
ORGANIZER = 7001
STOPS_WITHIN = 10.0  # seconds, as the manual promises
# The process has the real clock, so the session lies where that will not come for long.
PROGRAMME = """
[forum]
title = "Town meeting"
timezone = "Asia/Almaty"

[[days]]
date = 2096-11-26

[[days.sessions]]
code = "opening"
title = "Opening"
start = "10:00"
end = "10:30"
"""
SEEDS = 4
"""Questions that are approved before the storm, to be voted for."""
ENDS = (signal.SIGKILL, signal.SIGTERM, signal.SIGKILL)
VOTES = 5
"""Of every person in a wave, besides one question; three a minute is what a person may ask."""


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    server = Rehearsal(token=TOKEN)
    async with await Telegram.connect(await server.start()) as telegram:
        yield telegram
    await server.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "town.toml").write_text(PROGRAMME)
    return tmp_path


async def start(telegram: Telegram, folder: Path) -> Process:
    process = await Process.start(
        "run",
        folder=folder,
        bot_token=TOKEN,
        bot_api_url=telegram.url,
        programme="town.toml",
        organizers=ORGANIZER,
        messages_per_second=1000,
    )
    await process.ready()
    return process


async def come(telegram: Telegram, number: int, id: int | None = None) -> Person:
    person = await telegram.person(f"Person {number}", "en", id=id)
    await person.start()
    for button in ("c:", "rn", "rs"):
        await insist(person, button)
    await person.sees("✅")
    return person


async def press(person: Person, data: str) -> None:
    """Press without waiting for the answer: the process may be dead."""
    await person.telegram.post("press", person=person.id, message_id=1, data=data)


@contextmanager
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(folder / "data/forum.db")) as connection:
        yield connection


class Storm:
    """What everybody asked and voted."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, str]] = []
        self.votes: dict[tuple[int, int], bool] = {}

    async def ask(self, person: Person, text: str) -> None:
        self.asked.append((person.id, text))
        await press(person, "q:opening")
        await person.send(text)

    async def wave(self, person: Person, number: int, choose: random.Random, every: int) -> None:
        """Votes; and a question in every so-manieth wave, others in other waves."""
        turn = choose.randrange(VOTES) if (person.id + number) % every == 0 else None
        for vote in range(VOTES):
            if vote == turn:
                await self.ask(person, f"Question {number} of person {person.id}?")
            question, wanted = choose.randint(1, SEEDS), choose.random() < 0.6
            self.votes[(question, person.id)] = wanted
            await press(person, f"v:{question}:{int(wanted)}:0")


async def some_calls(telegram: Telegram, number: int) -> None:
    """Wait until the bot has made so many more calls."""
    seq = (await telegram.get("state"))["seq"]
    while number > 0:
        answer = await telegram.get("events", since=seq, wait=20)
        assert answer["events"], "the bot does nothing any more"
        seq = answer["seq"]
        number -= sum(event["type"] == "call" for event in answer["events"])


@pytest.mark.parametrize(
    ("ends", "every"),
    [pytest.param(ENDS, 1, id="short"), pytest.param(ENDS * 8, 10, id="long", marks=pytest.mark.endure)],
)
async def test_killed_while_people_ask_and_vote_it_loses_and_doubles_nothing(
    telegram: Telegram, folder: Path, ends: tuple[signal.Signals, ...], every: int
) -> None:
    choose = random.Random(2026)
    storm = Storm()
    process = await start(telegram, folder)
    try:
        organizer = await come(telegram, 0, id=ORGANIZER)
        people = await asyncio.gather(*(come(telegram, number) for number in range(1, 21)))
        for number, person in enumerate(people[:SEEDS], 1):
            await storm.ask(person, f"What will be done about the matter of person {number}?")
            await insist(organizer, f"kd:{number}:approve")

        for number, end in enumerate(ends):
            acting = asyncio.gather(*(storm.wave(person, number, choose, every) for person in people[SEEDS:]))
            await some_calls(telegram, choose.randint(10, 90))
            process.signal(end)
            code = await process.ends(STOPS_WITHIN)
            assert code == (0 if end == signal.SIGTERM else -signal.SIGKILL)
            process = await start(telegram, folder)
            await acting
        await telegram.idle(timeout=20, settle=0.5)
        process.signal(signal.SIGTERM)
        assert await process.ends(STOPS_WITHIN) == 0
        assert "Traceback" not in process.output
    finally:
        await process.kill()

    with database(folder) as stored:
        assert sorted(stored.execute("SELECT author, text FROM questions")) == sorted(storm.asked)
        expected = sorted(pair for pair, wanted in storm.votes.items() if wanted)
        assert sorted(stored.execute("SELECT question, person FROM votes")) == expected
        assert stored.execute("SELECT COUNT(*) FROM inbox").fetchone() == (0,)
        assert stored.execute("SELECT COUNT(*) FROM conversations").fetchone() == (0,)
        # One person takes a message a second, so most of the cards still wait; none is lost or left half sent.
        cards = stored.execute("SELECT state FROM deliveries WHERE kind = 'card'").fetchall()
        assert len(cards) == len(storm.asked)
        assert set(cards) <= {("sent",), ("waiting",)}
        assert stored.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_sigterm_does_not_wait_for_a_telegram_that_hangs(telegram: Telegram, folder: Path) -> None:
    process = await start(telegram, folder)
    try:
        people = await asyncio.gather(*(come(telegram, number) for number in range(3)))
        await telegram.idle()
        for person in people:
            await press(person, "q:opening")
        await telegram.idle()
        async with telegram.held(method="sendMessage", next=len(people)) as hold:
            for person in people:
                await person.send(f"Does person {person.id} get an answer?")
            await hold.reached(len(people))
            await until_there_are(len(people), folder)
            process.signal(signal.SIGTERM)
            assert await process.ends(STOPS_WITHIN) == 0

        process = await start(telegram, folder)
        for person in people:
            await person.sees(f"Does person {person.id} get an answer?", "№")
        await telegram.idle()
        await until_there_are(len(people), folder)
        process.signal(signal.SIGINT)
        assert await process.ends(STOPS_WITHIN) == 0
    finally:
        await process.kill()


async def until_there_are(number: int, folder: Path) -> None:
    """Wait until so many questions are stored; the handlers then hang in their receipts."""

    def stored() -> int:
        with database(folder) as connection:
            return int(connection.execute("SELECT COUNT(*) FROM questions").fetchone()[0])

    async with asyncio.timeout(10):
        # Another process's file notifies nobody that it has changed.
        while await asyncio.to_thread(stored) != number:  # noqa: ASYNC110 - as said above
            await asyncio.sleep(0.02)
