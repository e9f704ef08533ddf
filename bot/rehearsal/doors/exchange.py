"""JSON in and out of the people's doors."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from bot.rehearsal.errors import DoorError
from bot.rehearsal.wire import Json, Upload, dumps

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(slots=True)
class Given:
    """The body of a request to a door. Getters raise DoorError for values of a wrong kind."""

    values: Json
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str, *, required: bool = False) -> str:
        value = self.values.get(name)
        text = "" if value is None else str(value)
        if required and not text.strip():
            raise DoorError(f"{name} is missing")
        return text

    def integer(self, name: str) -> int | None:
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return int(value)
        except (TypeError, ValueError):
            raise DoorError(f"{name} is not a whole number") from None

    def number(self, name: str) -> float | None:
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return float(value)
        except (TypeError, ValueError):
            raise DoorError(f"{name} is not a number") from None


def require(values: Json, *names: str) -> None:
    for name in names:
        if not isinstance(values.get(name), (int, float)):
            raise DoorError(f"{name} is missing")


async def read(request: web.Request) -> Given:
    if request.content_type == "multipart/form-data":
        given = Given({})
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or not part.name:
                continue
            data = bytes(await part.read(decode=True))
            if part.filename is None:
                given.values[part.name] = data.decode("utf-8", "replace")
            else:
                mime = part.headers.get("Content-Type", "application/octet-stream")
                given.files[part.name] = Upload(part.filename, mime, data)
        return given
    try:
        values = json.loads(await request.read() or b"{}")
    except ValueError:
        raise DoorError("the body is not JSON") from None
    if not isinstance(values, dict):
        raise DoorError("the body is not an object")
    return Given(values)


def door(work: Callable[[web.Request], Awaitable[Any]]) -> Handler:
    """A handler that answers with what `work` returns, or with {"error": ...}."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            return answer(await work(request))
        except DoorError as error:
            return answer({"error": str(error)}, error.status)

    return handle


def answer(value: Any, status: int = 200) -> web.Response:
    return web.Response(body=dumps(value), status=status, content_type="application/json")
