"""A forum whose bot serves the screens of the halls, and somebody who looks at them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from bot.programme.model import Session
from storage import session_desks
from tests.conftest import Forum, Running
from tests.process import free_port
from tests.scenarios.steps import ask
from tests.telegram import Person

Json = dict[str, Any]
PATIENCE = 20.0  # seconds


class Stream:
    """An open screen's line: the events of /hall/<place>/events, as the page gets them."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer

    async def event(self) -> tuple[str, str]:
        """The next event's name and data; ("", "") at the end."""
        name, data = "message", ""
        async with asyncio.timeout(PATIENCE):
            async for raw in self._answer.content:
                line = raw.decode().rstrip("\n")
                field, _, value = line.partition(": ")
                if field == "event":
                    name = value
                elif field == "data":
                    data = value
                elif not line:
                    return name, data
        return "", ""

    async def state(self) -> Json:
        name, data = await self.event()
        assert name == "message", name
        found: Json = json.loads(data)
        return found

    async def until(self, view: str, *numbers: int) -> Json:
        """Wait for a state with this view and these questions in its list."""
        while True:
            state = await self.state()
            if state["view"] == view and [one["number"] for one in state["list"]] == list(numbers):
                return state


@dataclass
class Screens:
    """The bot's web server at `url`, and the forum behind it."""

    forum: Forum
    url: str
    http: aiohttp.ClientSession

    async def page(self, place: str, **query: str) -> tuple[int, str]:
        async with self.http.get(f"{self.url}/hall/{place}", params=query) as answer:
            return answer.status, await answer.text()

    async def state(self, place: str, **query: str) -> Json:
        async with self.http.get(f"{self.url}/hall/{place}/state", params=query) as answer:
            assert answer.status == 200
            found: Json = await answer.json()
            return found

    @asynccontextmanager
    async def stream(self, place: str, **query: str) -> AsyncIterator[Stream]:
        async with self.http.get(f"{self.url}/hall/{place}/events", params=query) as answer:
            assert answer.status == 200
            assert answer.content_type == "text/event-stream"
            yield Stream(answer)

    @property
    def session(self) -> Session:
        """The first one of the programme that takes questions."""
        return next(one for one in self.forum.programme.sessions if not one.is_break)

    async def during(self, session: Session) -> None:
        await self.forum.at(session.start + (session.end - session.start) / 2)

    async def put_on_stage(self, session: str, number: int) -> None:
        await self.forum.db.write(session_desks.put_on_stage, session, number, self.forum.clock.seconds())


@pytest.fixture
async def screens(running: Running) -> AsyncIterator[Screens]:
    port = free_port()
    running.settings["listen"] = f"127.0.0.1:{port}"
    async with running.open() as forum, aiohttp.ClientSession() as http:
        yield Screens(forum, f"http://127.0.0.1:{port}", http)


async def approved(author: Person, moderator: Person, session: str, text: str) -> int:
    """A question that was asked and approved; its number."""
    number = await ask(author, session, text)
    await moderator.sees(text)
    await moderator.press(f"kd:{number}:approve")
    return number
