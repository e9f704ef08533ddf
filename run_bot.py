"""Minber's command line: run · rehearse · check · backup. See README.md."""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="run_bot.py", description="Minber: the bot for running a forum.")
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("run", help="the real bot; needs BOT_TOKEN (the default)")
    rehearse = commands.add_parser("rehearse", help="the whole bot with a local Telegram in the browser, no token")
    rehearse.add_argument("--port", type=port, default=8081, help="of the chat page (8081; 0 takes a free one)")
    rehearse.add_argument("--programme", type=Path, default=Path("programme/turkistan.toml"))
    begin = "the time of day at which the forum's clock starts (else in the first session that takes questions)"
    rehearse.add_argument("--at", type=time, metavar="HH:MM", help=begin)
    check = commands.add_parser("check", help="the settings and a programme file: all faults at once")
    check.add_argument("file", nargs="?", type=Path, help="a programme file (else PROGRAMME of the settings)")
    backup = commands.add_parser("backup", help="a consistent copy of the database while the bot runs")
    backup.add_argument("file", type=Path, help="the copy; must not exist yet")
    options = parser.parse_args(arguments)

    # Late imports: --help and a missing token answer at once, without the second that aiogram takes.
    from bot.fast_import import import_aiogram

    if options.command in ("check", "backup"):
        import_aiogram()
        from bot import commands as command

        return command.check(options.file) if options.command == "check" else command.backup(options.file)
    from bot import logs
    from bot.settings import settings_to_run

    settings = None if options.command == "rehearse" else settings_to_run()
    if settings is not None:
        logs.set_up(settings.log_level, settings.log_format)
    elif options.command != "rehearse":
        return 2
    import_aiogram()
    from bot.commands import run
    from handlers import router
    from handlers.commands import introduce

    if settings is not None:
        return asyncio.run(run(settings, router(), introduce))
    from rehearse import rehearse as stage

    return asyncio.run(stage(router(), introduce, options.port, options.programme, options.at))


def port(typed: str) -> int:
    if not typed.isdecimal() or int(typed) > 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(typed)


def time(typed: str) -> dt.time:
    try:
        return dt.datetime.strptime(typed, "%H:%M").time()  # noqa: DTZ007 - the forum's own zone is joined later
    except ValueError:
        raise argparse.ArgumentTypeError("a time of day looks like 09:45") from None


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)  # before the bot runs there is nothing to finish
