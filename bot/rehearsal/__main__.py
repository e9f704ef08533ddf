"""`python -m bot.rehearsal --port 8081`: the local Telegram alone, for any bot."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal

from bot.rehearsal import PersonSpec, Rehearsal

TOKEN = "42:REHEARSAL"


async def _serve(host: str, port: int, token: str, limits: bool) -> None:
    people = [
        PersonSpec(first_name="Айгерім", language_code="kk", role="delegate"),
        PersonSpec(first_name="Иван", language_code="ru", role="delegate"),
        PersonSpec(first_name="Anna", language_code="en", role="moderator"),
    ]
    rehearsal = Rehearsal(token=token, people=people, flood_limits=limits)
    url = await rehearsal.start(host, port)
    logging.info("chat page and Bot API: %s  token: %s", url, token)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()
    await rehearsal.stop()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bot.rehearsal", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--limits", action="store_true", help="refuse what is too fast for Telegram, with 429")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    asyncio.run(_serve(given.host, given.port, given.token, given.limits))


if __name__ == "__main__":
    main()
