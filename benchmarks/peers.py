"""How others notify everybody: `python -m benchmarks.peers loop|broadcaster FIRST COUNT`, compared with our delivery.

`loop` is what most bots do: a message, a twentieth of a second of sleep, the next; an error is passed over.
`broadcaster` is aiogram-broadcaster, with the pause between messages that its documentation shows.
"""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError

TEXT = "Обед сегодня в 13:00 в большом зале."
PAUSE = 0.05  # seconds


async def loop(bot: Bot, people: range) -> None:
    for person in people:
        with suppress(TelegramAPIError):
            await bot.send_message(person, TEXT)
        await asyncio.sleep(PAUSE)


async def broadcaster(bot: Bot, people: range) -> None:
    from aiogram_broadcaster import Broadcaster  # noqa: PLC0415 - of the development group only
    from aiogram_broadcaster.contents import TextContent  # noqa: PLC0415 - of the development group only
    from aiogram_broadcaster.intervals import SimpleInterval  # noqa: PLC0415 - of the development group only
    from aiogram_broadcaster.storages import FileStorage  # noqa: PLC0415 - of the development group only

    storage = FileStorage("mailers.json")
    await storage.startup()
    everybody = Broadcaster(bot, storage=storage)
    mailer = await everybody.create_mailer(people, TextContent(text=TEXT), interval=SimpleInterval(interval=PAUSE))
    await mailer.start()


PEERS = {"loop": loop, "broadcaster": broadcaster}


async def main(name: str, first: int, count: int) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["BOT_API_URL"]))
    bot = Bot(os.environ["BOT_TOKEN"], session=session)
    async with bot.context():
        await PEERS[name](bot, range(first, first + count))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
