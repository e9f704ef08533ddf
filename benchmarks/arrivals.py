"""What reaches whom and when: read from a local Telegram's stream of events."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from contextlib import AbstractAsyncContextManager

import aiohttp

from benchmarks.people import following

EVERY = 0.2  # seconds between looks: looking all the time takes the processor from those who are measured
TOO_MANY = 429


class Arrivals:
    """Messages of the bot by person, the moments at which they were seen, and how often it was asked to slow down."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self._url = url
        self._session = session
        self._since = 0
        self.count: Counter[int] = Counter()
        self.refused = 0
        self.wall: dict[int, float] = {}
        """By person: when the last message came, in Unix time as Telegram dates it."""
        self.first = self.last = 0.0
        """When the first and the last message were seen, in seconds of the monotonic clock."""

    async def follow(self) -> None:
        """Read the events, until cancelled."""
        while True:
            query = {"since": str(self._since), "wait": "30"}
            async with self._session.get(f"{self._url}/api/events", params=query) as answer:
                found = json.loads(await answer.read())
            self._since = found["seq"]
            for event in found["events"]:
                if event["type"] == "message" and event["message"]["from"]["is_bot"]:
                    self.last = time.perf_counter()
                    self.first = self.first or self.last
                    self.count[event["chat_id"]] += 1
                    self.wall[event["chat_id"]] = event["message"]["date"]
                elif event["type"] == "call" and event["error_code"] == TOO_MANY:
                    self.refused += 1
            await asyncio.sleep(EVERY)

    async def until(self, messages: int, patience: float) -> None:
        """Wait until so many have come. Raises TimeoutError."""
        async with asyncio.timeout(patience):
            while self.count.total() < messages:  # noqa: ASYNC110 - it is what is looked at all the time
                await asyncio.sleep(EVERY)


def arrivals_at(url: str) -> AbstractAsyncContextManager[Arrivals]:
    return following(url, Arrivals)
