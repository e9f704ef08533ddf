"""The rehearsal's stage: the bot and a local Telegram in one process, the sample forum moved to today."""

from __future__ import annotations

import asyncio
import datetime as dt
import socket
import tempfile
from pathlib import Path

import aiohttp
from aiogram import Router

from bot import logs
from bot.actions.people import participants
from bot.app import Application, AtStart
from bot.clock import Clock
from bot.commands import BAD_SETTINGS, FAILED, until_stopped, unusable
from bot.programme.faults import ProgrammeFaults
from bot.programme.load import load_file
from bot.programme.model import Programme
from bot.rehearsal import PersonSpec, Rehearsal
from bot.settings import SettingsError, read_settings, say
from bot.who import MODERATOR
from storage import roles
from storage.contract import Transaction
from storage.database import open_database

TOKEN = "4200000000:rehearsal-rehearsal-rehearsal"
HOST = "127.0.0.1"
ORGANIZER_ID, MODERATOR_ID = 7001, 7002
CAST = (
    PersonSpec(first_name="Айгерім", last_name="Сәрсенова", language_code="kk", role="delegate", id=7003),
    PersonSpec(first_name="Сергей", last_name="Ким", language_code="ru", role="delegate", id=7004),
    PersonSpec(first_name="Марат", last_name="Оспанов", language_code="ru", role="moderator", id=MODERATOR_ID),
    PersonSpec(first_name="Dinara", last_name="Akhmetova", language_code="en", role="organizer", id=ORGANIZER_ID),
)
GROUP = "Модераторлар"
EARLY = dt.timedelta(minutes=15)


async def rehearse(router: Router, introduce: AtStart, port: int, file: Path, at: dt.time | None) -> int:
    """Run until stopped. Without `at` the clock is real, or just before the first session when the real time
    is outside the forum's hours."""
    logs.set_up("WARNING", "text")
    try:
        programme = load_file(file)
    except ProgrammeFaults as found:
        return unusable(file, found)
    zone = programme.forum.zone
    clock = Clock()
    programme = programme.moved_to(clock.now().astimezone(zone).date())
    clock.move(opening(programme, clock.now(), at) - clock.now())
    telegram = Rehearsal(
        token=TOKEN,
        clock=clock,
        zone=programme.forum.timezone,
        moments=lambda: moments(programme, clock.now()),
        people=CAST,
    )
    try:
        url = await telegram.start(port=port)
    except OSError as error:
        say(f"port {port} cannot be opened ({error.strerror}); take another: --port 8082, or --port 0 for any free one")
        return FAILED
    try:
        with tempfile.TemporaryDirectory(prefix="minber-rehearsal-") as folder:
            settings = read_settings(
                None,
                bot_token=TOKEN,
                bot_api_url=url,
                data_dir=Path(folder),
                database_url="",
                programme=file,
                listen=f"{HOST}:{port_beside(url)}",
                organizers=frozenset((ORGANIZER_ID,)),
            )
            await cast_staff(settings.database, clock)
            application = Application(settings, router=router, introduce=introduce, clock=clock, programme=programme)
            telegram.on_clock = application.time_moved
            started = asyncio.Event()
            screens = f"{settings.web_address}/hall/{one_place(programme)}"
            greeting = asyncio.create_task(open_house(url, screens, started))
            try:
                return await until_stopped(application, started)
            finally:
                greeting.cancel()
    except SettingsError as error:
        say(str(error))
        return BAD_SETTINGS
    finally:
        await telegram.stop()


async def cast_staff(database: str, clock: Clock) -> None:
    """The moderator and the organizer of the cast are registered already, as on the morning of the forum."""

    def cast(tx: Transaction, now: int) -> None:
        for person in CAST:
            if person.role in ("moderator", "organizer"):
                assert person.id is not None
                participants.consent(tx, person.id, person.language_code, now)
                participants.name(tx, person.id, f"{person.first_name} {person.last_name}")
                participants.register(tx, person.id, now)
        roles.grant(tx, MODERATOR_ID, role=MODERATOR, session=roles.ALL_SESSIONS, granted_by=ORGANIZER_ID, now=now)

    db = await open_database(database)
    try:
        await db.write(cast, clock.seconds())
    finally:
        await db.close()


def port_beside(url: str) -> int:
    """The port after the chat page's for the bot's own web server, or any free one when it is taken."""
    wanted = int(url.rpartition(":")[2]) + 1
    with socket.socket() as server:
        try:
            server.bind((HOST, wanted))
        except (OSError, OverflowError):
            server.bind((HOST, 0))
        port: int = server.getsockname()[1]
        return port


def one_place(programme: Programme) -> str:
    """A place to begin with when one looks at the hall screens: the first room's code."""
    codes = [*(room.code for room in programme.rooms), *(session.code for session in programme.sessions)]
    return codes[0] if codes else ""


async def open_house(url: str, screens: str, started: asyncio.Event) -> None:
    """Staff press START, so that their menus are open; the operator reads where to look."""
    await started.wait()
    async with aiohttp.ClientSession() as session:
        for person in (MODERATOR_ID, ORGANIZER_ID):
            async with session.post(f"{url}/api/start", json={"person": person}):
                pass
        # The moderators have their group, and the bot is in it: the desk there is one press away.
        group = {"title": GROUP, "members": [ORGANIZER_ID, MODERATOR_ID], "forum": True}
        async with session.post(f"{url}/api/groups", json=group):
            pass
    say(f"The rehearsal is open: {url}\nA hall's screen: {screens}\nStop it with Ctrl+C; nothing of it is kept.")


def opening(programme: Programme, now: dt.datetime, at: dt.time | None) -> dt.datetime:
    """The moment at which the forum's clock starts."""
    zone = programme.forum.zone
    if at is not None:
        day = now.astimezone(zone).date()
        return dt.datetime.combine(day, at, zone)
    if not programme.days:
        return now
    today = programme.of_day(programme.days[0].date)
    if not today or today[0].start - EARLY <= now <= max(one.end for one in today):
        return now
    first = next((one for one in today if not one.is_break), today[0])
    return first.start - EARLY


def moments(programme: Programme, now: dt.datetime) -> list[tuple[str, dt.datetime]]:
    """Where the chat page's clock can jump to, in order: ten minutes before each of the next starts, and into them."""
    starts = sorted({one.start for one in programme.sessions if not one.is_break and one.start > now})[:8]
    before = [(f"{start:%H:%M} − 10 min", start - dt.timedelta(minutes=10)) for start in starts]
    into = [(f"{start:%H:%M} + 1 min", start + dt.timedelta(minutes=1)) for start in starts]
    return sorted(((label, at) for label, at in (*before, *into) if at > now), key=lambda moment: moment[1])
