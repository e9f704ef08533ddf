"""The forum as every test meets it: the real bot, a real database, a local Telegram over HTTP, a still clock."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from aiogram import Router
from aiogram.methods.base import Response
from aiogram.types import Message, User
from hypothesis import HealthCheck, settings

from bot.actions.people import participants
from bot.app import Application
from bot.clock import StillClock
from bot.programme.load import load_file
from bot.programme.model import Programme
from bot.rehearsal import Rehearsal
from bot.settings import Settings, read_settings
from bot.texts import language_for
from bot.watching.reach import Reach, public
from handlers import router
from handlers.commands import introduce
from storage.database import Database, Transaction, open_database
from tests import postgres
from tests.telegram import Person, Telegram

TOKEN = "4200000000:test-test-test-test-test-test"
PROGRAMME = Path("programme/turkistan.toml")
ORGANIZER = 7001
DELEGATION = "shymkent"
READING = 1.0  # seconds people take to see what they press

# What costs a start most is made once a process: every client of aiogram's reads the authorities it trusts again.
ssl.create_default_context = cache(ssl.create_default_context)  # type: ignore[assignment]  # called the same way
the_router = cache(router)
# pydantic forgets a model of an answer that nobody holds, and aiogram asks for it again with every call.
ANSWERS = (Response[User], Response[Message], Response[bool])


def shared_router() -> Router:
    """The router, for the next dispatcher: aiogram lets it belong to one at a time."""
    the_router()._parent_router = None
    return the_router()


# Which examples `make test` tries and which `make quick` does: --hypothesis-profile=dev.
settings.register_profile("ci", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("dev", settings.get_profile("ci"), max_examples=10, derandomize=True, database=None)
settings.load_profile("ci")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function) and (
            "postgres_server" in item.fixturenames
            or (hasattr(item, "callspec") and "postgres" in item.callspec.params.values())
        ):
            item.add_marker("postgres")


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
        """A registered person, with the menu before them."""
        person = await self.telegram.person(name, language, **more)
        await self.enrol(person)
        return person

    async def enrol(self, person: Person, delegation: str = DELEGATION) -> None:
        """What `register` leaves, written at once: for tests of anything but the registration itself."""
        spoken, now = language_for(person.data["language_code"]), self.clock.seconds()
        full_name = f"{person.data['first_name']} {person.data['last_name'] or ''}"

        def write(tx: Transaction) -> None:
            participants.consent(tx, person.id, spoken, now)
            participants.name(tx, person.id, full_name)
            participants.delegation(tx, person.id, self.programme, delegation)
            participants.register(tx, person.id, now)

        await self.db.write(write)
        self.application.people.changed(person.id)
        await person.start()
        await person.sees(self.programme.forum.title.say(spoken))

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
        await organizer.press("go:inviting")
        await organizer.press(button)
        message = await organizer.sees("?start=i_")
        return message.text.split("?start=")[1].split()[0]

    async def at(self, moment: dt.datetime) -> None:
        """Move everybody's clock."""
        await self.telegram.clock(to=moment.timestamp())


async def register(person: Person, delegation: str | None = f"rd:{DELEGATION}") -> None:
    """The way everybody registers; with `delegation` None where the programme has none."""
    await person.start()
    await fill_in(person, delegation)
    await person.sees("✅")


async def fill_in(person: Person, delegation: str | None = f"rd:{DELEGATION}") -> None:
    """Registration, from the greeting on."""
    for button in ("c:", "rn", delegation, "rs"):
        if button is not None and button.startswith("rd:"):
            await turn_to(person, button)
        if button is not None:
            await person.press(button)


async def turn_to(person: Person, delegation: str) -> None:
    """The page of delegations that has this button."""
    for _ in range(20):
        if any(message.button(delegation) for message in await person.messages()):
            return
        await person.press("›")


class Storage:
    """Counts the units of a database that are under way: a bot that waits for one of them is not idle, however long it
    takes on a busy machine."""

    def __init__(self, db: Database) -> None:
        self.under_way = 0
        for name in ("read", "write"):
            setattr(db, name, self._counted(getattr(db, name)))

    def _counted(self, run: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def counted(*args: Any, **kwargs: Any) -> Any:
            self.under_way += 1
            try:
                return await run(*args, **kwargs)
            finally:
                self.under_way -= 1

        return counted


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
        self.storage: Storage | None = None
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
        self.application = Application(
            read_settings(None, **values),
            router=shared_router(),
            introduce=introduce,
            clock=self.clock,
            programme=self.programme,
            reach=self.reach,
        )
        self._stop, started = asyncio.Event(), asyncio.Event()
        self._task = asyncio.create_task(self.application.run(self._stop, started))
        ready = asyncio.create_task(started.wait())
        await asyncio.wait((self._task, ready), return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if self._task.done():
            self._task.result()
        self.storage = Storage(self.application.db)
        return self.application

    async def stop(self) -> None:
        if self._task is not None:
            self._stop.set()
            await self._task
            self._task = None

    def at_work(self) -> bool:
        return self.storage is not None and self.storage.under_way > 0

    async def time_moved(self) -> None:
        await self.application.time_moved()

    async def connect(self) -> Telegram:
        """The people's side of its Telegram."""
        telegram = await Telegram.connect(self.url)

        async def linger() -> None:
            self.clock.linger(READING)

        telegram.linger = linger
        return telegram

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Forum]:
        """Start the bot: the forum with nobody there yet. Afterwards it still runs."""
        application = await self.start()
        async with await self.connect() as telegram:
            yield Forum(telegram, self.clock, self.programme, self.folder, self.url, application)


@pytest.fixture
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting in the environment, and no .env in the folder."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The url of this process's PostgreSQL."""
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """The url of the server, once it has what `postgres.forum` copies."""
    postgres.make_template(postgres_server)
    return postgres_server


@pytest.fixture(scope="session")
def forum_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the forum's tables, to be copied."""
    file = tmp_path_factory.mktemp("template") / "forum.db"

    async def migrate() -> None:
        await (await open_database(str(file))).close()

    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        runner.run(migrate())
    return file


@pytest.fixture(scope="session")
def sample() -> Programme:
    return load_file(PROGRAMME)


@pytest.fixture
def programme(sample: Programme) -> Programme:
    """The programme of these tests; a file of tests may have another."""
    return sample


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
    rehearsal: Rehearsal, tmp_path: Path, clock: StillClock, programme: Programme, forum_file: Path
) -> AsyncIterator[Running]:
    """A bot that is not started yet, on a Telegram that is."""
    url = await rehearsal.start()
    shutil.copy(forum_file, tmp_path)  # the migrations have tests of their own
    running = Running(url, tmp_path, clock, programme)
    rehearsal.on_clock = running.time_moved
    rehearsal.at_work = running.at_work
    yield running
    await running.stop()


@pytest.fixture
async def forum(running: Running) -> AsyncIterator[Forum]:
    """The bot, running, with nobody there yet."""
    async with running.open() as forum:
        yield forum
