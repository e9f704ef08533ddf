from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.rehearsal import Rehearsal
from tests.rehearsal.stage import TOKEN, Stage, StillClock
from tests.telegram import Telegram


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    clock = StillClock()
    rehearsal = Rehearsal(token=TOKEN, clock=clock, zone="Asia/Almaty")
    url = await rehearsal.start()
    async with aiohttp.ClientSession() as http, await Telegram.connect(url) as telegram:
        yield Stage(rehearsal, url, http, telegram, clock)
    await rehearsal.stop()
