"""What the command line does, but for the rehearsal."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from pathlib import Path

from aiogram import Router
from aiogram.exceptions import TelegramNotFound, TelegramUnauthorizedError

from bot.app import Application, AtStart
from bot.programme.faults import ProgrammeFaults
from bot.programme.load import check_file
from bot.settings import NO_TOKEN, Settings, SettingsError, read_settings, say, unknown_names
from bot.texts.faults import console
from bot.web.server import CannotListen
from storage.database import DatabaseError, backup_file

FAILED, BAD_SETTINGS = 1, 2


async def run(settings: Settings, router: Router, introduce: AtStart) -> int:
    return await until_stopped(Application(settings, router=router, introduce=introduce))


async def until_stopped(application: Application, started: asyncio.Event | None = None) -> int:
    """Run until SIGTERM or SIGINT. A start that fails says why in a line."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    # Windows has no such handlers; there Ctrl+C cancels the main task, which stops the bot in order too.
    with suppress(NotImplementedError):
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
    try:
        await application.run(stop, started)
    except (TelegramUnauthorizedError, TelegramNotFound):
        say("BOT_TOKEN: Telegram does not know this token; get a fresh one from @BotFather")
        return BAD_SETTINGS
    except ProgrammeFaults as found:
        return unusable(application.settings.programme, found)
    except (DatabaseError, CannotListen) as error:
        say(str(error))
        return FAILED
    return 0


def unusable(file: Path, found: ProgrammeFaults) -> int:
    """Say why no bot can start with the programme of this file."""
    say("\n".join([f"{file}: the programme cannot be used", *console(found.faults)]))
    return FAILED


def check(file: Path | None) -> int:
    """Report every fault of the settings and of a programme file. 0 when there is none."""
    faulty = False
    programme = file or Path(Settings.model_fields["programme"].default)
    try:
        settings = read_settings()
        programme = file or settings.programme
        if settings.bot_token is None:
            say(f"settings: fine, but {NO_TOKEN}")
        else:
            say("settings: fine")
    except SettingsError as error:
        faulty = True
        say("settings:\n" + "\n".join(f"  {fault}" for fault in error.faults))
    for name in unknown_names(Path(".env")):
        say(f"  {name} in .env is not a setting of this bot and has no effect")
    report = check_file(programme)
    if report.programme is None:
        say(f"{programme}: errors: {len(report.faults)}")
    else:
        found = report.programme
        say(f"{programme}: {len(found.days)} days, {len(found.sessions)} sessions, {len(found.speakers)} speakers")
    for fault in console(report.faults):
        say(f"  {fault}")
    for warning in console(report.warnings):
        say(f"  (warning) {warning}")
    return FAILED if faulty or report.programme is None else 0


def backup(target: Path) -> int:
    try:
        settings = read_settings()
        backup_file(settings.database, target)
    except (SettingsError, DatabaseError) as error:
        say(str(error))
        return FAILED
    say(f"{target}: a copy of {settings.database}")
    return 0
