"""The forum as every test meets it: the real bot, a real database, a local Telegram over HTTP, a still clock."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.app import Application
from bot.clock import StillClock
from bot.programme.load import load_file
from bot.programme.model import Programme
from bot.rehearsal import Rehearsal
from bot.settings import read_settings
from bot.watching.reach import Reach, public
from handlers import router
from handlers.commands import introduce
from storage.database import Database
from tests.telegram import Person, Telegram

TOKEN = "4200000000:test-test-test-test-test-test"
PROGRAMME = Path("programme/turkistan.toml")
ORGANIZER = 7001


@dataclass
class Forum:
    """A running bot and its people. `db` is what the bot itself writes to: a second reader for assertions."""

    telegram: Telegram
    clock: StillClock
    programme: Programme
    folder: Path
    url: str
    application: Application

    @property
    def db(self) -> Database:
        return self.application.db

    async def delegate(self, name: str = "Айгерім", language: str = "kk", **more: Any) -> Person:
        """A registered person, by the way everybody registers."""
        person = await self.telegram.person(name, language, **more)
        await register(person)
        return person

    async def organizer(self, language: str = "ru") -> Person:
        return await self.delegate("Динара", language, id=ORGANIZER)

    async def moderator(self, organizer: Person, name: str = "Марат", language: str = "ru") -> Person:
        """A person invited by the organizer to moderate all sessions."""
        person = await self.delegate(name, language)
        await person.start(await self.invitation(organizer, "si:moderator:"))
        await person.sees("🗝")
        return person

    async def invitation(self, organizer: Person, button: str) -> str:
        """The payload of a fresh invitation link, made with the button that has this data."""
        await organizer.send("/staff")
        await organizer.sees("🗝")
        await organizer.press(button)
        message = await organizer.sees("?start=i_")
        return message.text.split("?start=")[1].split()[0]

    async def at(self, moment: dt.datetime) -> None:
        """Move everybody's clock."""
        await self.telegram.clock(to=moment.timestamp())


async def register(person: Person, delegation: str = "rd:shymkent") -> None:
    await person.start()
    await person.press("c:")
    await person.press("rn")
    await person.press(delegation)
    await person.press("rs")
    await person.sees("✅")


class Running:
    """Starts and stops the bot, as often as a test likes, on the same Telegram and database."""

    def __init__(
        self, telegram_url: str, folder: Path, clock: StillClock, programme: Programme, **settings: Any
    ) -> None:
        self.url = telegram_url
        self.folder = folder
        self.clock = clock
        self.programme = programme
        self.settings = settings
        self.reach: Reach = public
        self.application: Application
        self._stop: asyncio.Event
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> Application:
        values = {
            "bot_token": TOKEN,
            "bot_api_url": self.url,
            "data_dir": self.folder,
            "programme": PROGRAMME,
            "organizers": frozenset((ORGANIZER,)),
            "messages_per_second": 1000,
        } | self.settings
        settings = read_settings(None, **values)
        self.application = Application(settings, router(), introduce, self.clock, self.programme, self.reach)
        self._stop, started = asyncio.Event(), asyncio.Event()
        self._task = asyncio.create_task(self.application.run(self._stop, started))
        ready = asyncio.create_task(started.wait())
        await asyncio.wait((self._task, ready), return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if self._task.done():
            self._task.result()
        return self.application

    async def stop(self) -> None:
        if self._task is not None:
            self._stop.set()
            await self._task
            self._task = None


@pytest.fixture
def programme() -> Programme:
    return load_file(PROGRAMME)


@pytest.fixture
def clock(programme: Programme) -> StillClock:
    """A quarter of an hour before the opening."""
    first = next(one for one in programme.sessions if not one.is_break)
    return StillClock((first.start - dt.timedelta(minutes=15)).astimezone(dt.UTC))


@pytest.fixture
async def rehearsal(clock: StillClock, programme: Programme) -> AsyncIterator[Rehearsal]:
    server = Rehearsal(token=TOKEN, clock=clock, zone=programme.forum.timezone)
    yield server
    await server.stop()


@pytest.fixture
async def running(
    rehearsal: Rehearsal, tmp_path: Path, clock: StillClock, programme: Programme
) -> AsyncIterator[Running]:
    """A bot that is not started yet, on a Telegram that is."""
    url = await rehearsal.start()
    running = Running(url, tmp_path, clock, programme)

    async def moved() -> None:
        await running.application.time_moved()

    rehearsal.on_clock = moved
    yield running
    await running.stop()


@pytest.fixture
async def forum(running: Running) -> AsyncIterator[Forum]:
    """The bot, running, with nobody there yet."""
    application = await running.start()
    async with await Telegram.connect(running.url) as telegram:
        yield Forum(telegram, running.clock, running.programme, running.folder, running.url, application)
