"""A rehearsal to test: the server on a free port, a bare Bot API client and the people's side."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from bot.rehearsal import Rehearsal
from tests.telegram import Person, Telegram

TOKEN = "42:TEST"
START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class RefusedError(Exception):
    """The Bot API said no."""

    def __init__(self, status: int, answer: dict[str, Any]) -> None:
        super().__init__(answer["description"])
        self.status = status
        self.code: int = answer["error_code"]
        self.description: str = answer["description"]
        self.parameters: dict[str, Any] = answer.get("parameters", {})


class StillClock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self._now = START

    def now(self) -> datetime:
        return self._now

    def move(self, by: timedelta) -> None:
        self._now += by


@dataclass
class Stage:
    rehearsal: Rehearsal
    url: str
    http: aiohttp.ClientSession
    telegram: Telegram
    clock: StillClock

    async def call(self, method: str, *, token: str = TOKEN, **params: Any) -> Any:
        """Call a method as a form, the way most clients do; the result, or RefusedError."""
        form = {k: v if isinstance(v, str) else json.dumps(v) for k, v in params.items()}
        async with self.http.post(f"{self.url}/bot{token}/{method}", data=form) as response:
            return await self.unpack(response)

    @staticmethod
    async def unpack(response: aiohttp.ClientResponse) -> Any:
        answer = json.loads(await response.read())
        if answer["ok"]:
            assert response.status == 200
            return answer["result"]
        assert response.status == answer["error_code"]
        raise RefusedError(response.status, answer)

    async def say(self, person: Person, text: str = "Hello", **params: Any) -> dict[str, Any]:
        """The bot writes to a person."""
        message: dict[str, Any] = await self.call("sendMessage", chat_id=person.id, text=text, **params)
        return message

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.call("getUpdates", **params)
        return found

    async def person(self, first_name: str = "Айгерім", language: str = "kk") -> Person:
        """Somebody who has pressed START, with that update already confirmed."""
        person = await self.telegram.person(first_name, language)
        await person.start()
        waiting = await self.updates()
        await self.updates(offset=waiting[-1]["update_id"] + 1)
        return person
