"""The rehearsal's stage: the bot and a local Telegram in one process, the forum moved to today."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
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
from bot.programme.model import Programme, Session
from bot.rehearsal import Moment, PersonSpec, Rehearsal
from bot.settings import SettingsError, read_settings, say
from bot.texts import LANGUAGES, Translators
from bot.views.people import menu, tour
from bot.who import MODERATOR, Who
from storage import roles
from storage.contract import Transaction
from storage.database import open_database
from storage.roles import Role

TOKEN = "4200000000:rehearsal-rehearsal-rehearsal"
HOST = "127.0.0.1"
ORGANIZER_ID, MODERATOR_ID, DELEGATE_ID = 7001, 7002, 7003
CAST = (
    PersonSpec(first_name="Айгерім", last_name="Сәрсенова", language_code="kk", role="delegate", id=DELEGATE_ID),
    PersonSpec(first_name="Сергей", last_name="Ким", language_code="ru", role="delegate", id=7004),
    PersonSpec(first_name="Марат", last_name="Оспанов", language_code="ru", role="moderator", id=MODERATOR_ID),
    PersonSpec(first_name="Dinara", last_name="Akhmetova", language_code="en", role="organizer", id=ORGANIZER_ID),
)
STAFF = (
    Who(MODERATOR_ID, "ru", roles=(Role(MODERATOR_ID, MODERATOR, roles.ALL_SESSIONS, ORGANIZER_ID, 0),)),
    Who(ORGANIZER_ID, "en", chief=True),
)
GROUP = "Модераторлар"
ACTORS = tour.Cast(
    **{
        one.role: tour.Actor(one.id, f"{one.first_name} {one.last_name}", one.language_code)
        for one in reversed(CAST)
        if one.id is not None
    }
)
"""Whose phones the tour needs: the first of the cast in each role."""
INTO = dt.timedelta(minutes=5)
"""So long after its start the rehearsal comes into the first session; into a short one sooner."""
BEFORE, AFTER = 10, 1
"""Minutes before and after a start to which the page's clock can jump."""


async def rehearse(router: Router, introduce: AtStart, port: int, file: Path, at: dt.time | None) -> int:
    """Run until stopped. Without `at` the forum is in its first session that takes questions, whatever the hour."""
    logs.set_up("WARNING", "text")
    try:
        programme = load_file(file)
    except ProgrammeFaults as found:
        return unusable(file, found)
    zone = programme.forum.zone
    clock = Clock()
    programme = programme.moved_to(clock.now().astimezone(zone).date())
    clock.move(opening(programme, clock.now(), at) - clock.now())
    translators = Translators(zone)
    first = first_asked(programme)
    if first is None:
        say(f"{translators['en'].plain('tour.nothing')} (--programme)")
    telegram = Rehearsal(
        token=TOKEN,
        clock=clock,
        zone=programme.forum.timezone,
        moments=lambda: moments(programme, translators, clock.now()),
        people=CAST,
    )
    telegram.tour = tour.nothing(translators) if first is None else tour.tour(translators, ACTORS)
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
            greeting = asyncio.create_task(open_house(url, screens, translators, started))
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


async def open_house(url: str, screens: str, translators: Translators, started: asyncio.Event) -> None:
    """Staff press START, so that their menus are open; the operator reads where to look."""
    await started.wait()
    async with aiohttp.ClientSession() as session:
        for who in STAFF:
            # They have not been invited over the bot, which sets their commands then.
            commands = [one.model_dump() for one in menu.commands(translators[who.language], who)]
            form = {"commands": json.dumps(commands), "scope": json.dumps({"type": "chat", "chat_id": who.id})}
            async with session.post(f"{url}/api/start", json={"person": who.id}):
                pass
            async with session.post(f"{url}/bot{TOKEN}/setMyCommands", data=form):
                pass
        # The moderators have their group, and the bot is in it: the desk there is one press away.
        group = {"title": GROUP, "members": [ORGANIZER_ID, MODERATOR_ID], "forum": True}
        async with session.post(f"{url}/api/groups", json=group):
            pass
    say(f"The rehearsal is open: {url}\nA hall's screen: {screens}\nStop it with Ctrl+C; nothing of it is kept.")


def first_asked(programme: Programme) -> Session | None:
    """The forum's first session that takes questions."""
    return next((one for one in programme.sessions if not (one.is_break or one.cancelled)), None)


def opening(programme: Programme, now: dt.datetime, at: dt.time | None) -> dt.datetime:
    """The moment at which the forum's clock starts: something is on, and it takes questions."""
    zone = programme.forum.zone
    if at is not None:
        asked = dt.datetime.combine(now.astimezone(zone).date(), at, zone)
        night = asked + dt.timedelta(days=1)
        today = programme.of_day(programme.days[0].date) if programme.days else ()
        # Of a day that goes on after midnight ten past twelve is its end, not its beginning.
        late = any(on(one, night) for one in today) and not any(on(one, asked) for one in today)
        return night if late else asked
    first = first_asked(programme) or next(iter(programme.sessions), None)
    return now if first is None else first.start + min(INTO, (first.end - first.start) / 3)


def on(session: Session, moment: dt.datetime) -> bool:
    return session.start <= moment < session.end


def moments(programme: Programme, translators: Translators, now: dt.datetime) -> list[Moment]:
    """Where the chat page's clock can jump to, in order: ten minutes before each of the next starts, and into them."""
    starts = sorted({one.start for one in programme.sessions if not one.is_break and one.start > now})[:8]
    found: list[Moment] = []
    for start in starts:
        hour = f"{start:%H:%M}"
        before = {one: tour.before(translators[one], hour, BEFORE) for one in LANGUAGES}
        into = {one: tour.into(translators[one], hour, AFTER) for one in LANGUAGES}
        found.append((before, start - dt.timedelta(minutes=BEFORE)))
        found.append((into, start + dt.timedelta(minutes=AFTER)))
    return sorted(((label, at) for label, at in found if at > now), key=lambda moment: moment[1])
