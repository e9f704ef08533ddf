"""People at the doors of a local Telegram: they write and press, and know when they were answered."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any, Protocol, TypeVar

import aiohttp

PATIENCE = 30.0  # seconds; an answer that has not come by then is a fault of the benchmark
SETTLED = 0.05  # seconds without a call, after which a bot with nothing in its outbox rests


class People:
    """Everybody on one Telegram. Answers are seen through its stream of events, as the chat page sees them."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self._url = url
        self._session = session
        self._awaited: dict[int, set[str]] = {}
        self._answered: dict[int, asyncio.Future[None]] = {}
        self.shown: dict[int, int] = {}
        """By person: the bot's last message to them."""
        self._since = 0

    async def join(self, people: Iterable[int], *, started: bool = False) -> None:
        """`started`: they opened the bot some day before, so that it may write to them."""
        for person in people:
            name = f"Delegate {person}"
            await self._post("people", id=person, first_name=name, language_code="ru", started=started)

    async def write(self, person: int, text: str) -> float:
        """Send a message; the seconds until the bot's message was there."""
        return await self._timed({"message"}, "send", person=person, text=text)

    async def press(self, person: int, data: str) -> float:
        """Press a button with this data under the bot's last message; the seconds until that message
        had changed and the button had stopped spinning."""
        shown = self.shown[person]
        return await self._timed({"edit", "answer"}, "press", person=person, message_id=shown, data=data)

    async def rest(self) -> None:
        """Wait until the bot has taken every update and makes no call."""
        async with self._session.get(f"{self._url}/api/idle", params={"wait": "60", "settle": str(SETTLED)}) as answer:
            if await answer.json() is not True:
                raise RuntimeError("the bot does not come to rest")

    async def follow(self) -> None:
        """Read the events, until cancelled."""
        while True:
            query = {"since": str(self._since), "wait": "30"}
            async with self._session.get(f"{self._url}/api/events", params=query) as answer:
                found = json.loads(await answer.read())
            self._since = found["seq"]
            for event in found["events"]:
                self._take(event)

    def _take(self, event: dict[str, Any]) -> None:
        kind = event["type"]
        if kind == "answer":
            person = event["person"]
        elif kind in ("message", "edit") and event["message"]["from"]["is_bot"]:
            person = event["chat_id"]
            self.shown[person] = event["message"]["message_id"]
        else:
            return
        awaited = self._awaited.get(person)
        if awaited is None:
            return
        awaited.discard(kind)
        if not awaited:
            del self._awaited[person]
            self._answered.pop(person).set_result(None)

    async def _timed(self, wanted: set[str], door: str, person: int, **body: Any) -> float:
        self._awaited[person] = wanted
        answered = self._answered[person] = asyncio.get_running_loop().create_future()
        begun = time.perf_counter()
        await self._post(door, person=person, **body)
        try:
            await asyncio.wait_for(answered, PATIENCE)
        except TimeoutError:
            raise RuntimeError(f"nobody answered {person} {body}: still waiting for {wanted}") from None
        return time.perf_counter() - begun

    async def _post(self, door: str, **body: Any) -> None:
        async with self._session.post(f"{self._url}/api/{door}", json=body) as answer:
            if answer.status != 200:
                raise RuntimeError(f"{door} {body}: {await answer.text()}")
            await answer.read()


class Follower(Protocol):
    """Reads a Telegram's events until it is cancelled."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None: ...

    async def follow(self) -> None: ...


Reader = TypeVar("Reader", bound=Follower)


def people_at(url: str) -> AbstractAsyncContextManager[People]:
    """The people of the Telegram at `url`, with their eyes open."""
    return following(url, People)


@asynccontextmanager
async def following(url: str, kind: type[Reader]) -> AsyncIterator[Reader]:
    """A follower of the Telegram at `url`, who reads for as long as the context lasts."""
    async with aiohttp.ClientSession() as session:
        reader = kind(url, session)
        reading = asyncio.create_task(reader.follow())
        try:
            yield reader
        finally:
            reading.cancel()
            with suppress(asyncio.CancelledError):
                await reading
