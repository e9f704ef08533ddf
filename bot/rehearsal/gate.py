"""The Bot API over HTTP: from a request to a method and back."""

from __future__ import annotations

import asyncio
import inspect
import json
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from bot.rehearsal.errors import ApiError, bad_request
from bot.rehearsal.faults import ONLY_LATE, Faults
from bot.rehearsal.holds import Hold, Holds
from bot.rehearsal.methods import METHODS
from bot.rehearsal.wire import Json, Params, Upload, dumps
from bot.rehearsal.world import World

_FORM = "application/x-www-form-urlencoded"


class Gate:
    def __init__(self, world: World, token: str) -> None:
        self._world = world
        self._token = token
        self.faults = Faults()
        self.holds = Holds()
        self.in_flight = 0
        """Calls being worked on or held, waiting getUpdates aside."""
        self.last_call = 0.0
        """When the last call ended or was held, in loop seconds."""

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token:[^/]+}/{method:[^/]+}", self.call),
            web.get("/file/bot{token:[^/]+}/{path:.+}", self.download),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        method = name.lower()
        if request.match_info["token"] != self._token:
            return _refusal(ApiError(401, "Unauthorized"))
        if method == "getupdates":
            return await self._answer(request, method, name)
        self.in_flight += 1
        try:
            return await self._answer(request, method, name)
        finally:
            self.in_flight -= 1
            self.last_call = asyncio.get_running_loop().time()

    async def _answer(self, request: web.Request, method: str, name: str) -> web.StreamResponse:
        fault = self.faults.take(method)
        if fault is not None:
            await asyncio.sleep(fault.delay)
            if not fault.after and fault.status != ONLY_LATE:
                return _strike(request, fault.status)
        chat_id: str | None = None
        error: ApiError | None = None
        result: Any = None
        silent = False
        hold: Hold | None = None
        try:
            params = await read_params(request)
            chat_id = params.text("chat_id") or None
            silent = params.flag("disable_notification")
            function = METHODS.get(method)
            if function is None:
                raise ApiError(404, "Not Found: method not found")
            if method != "getupdates":  # which waits anyway
                hold = self.holds.take(method, params)
            if hold is not None and not hold.after:
                await self._wait(hold, name, chat_id)
                if hold.status != ONLY_LATE:
                    return _strike(request, hold.status)
            result = function(self._world, params)
            if inspect.isawaitable(result):
                result = await result
        except ApiError as refusal:
            error = refusal
        except web.HTTPRequestEntityTooLarge:
            error = ApiError(413, "Request Entity Too Large")
        if method != "getupdates":
            self._world.events.add(
                "call",
                method=name,
                error_code=error.code if error else None,
                description=error.description if error else None,
                chat_id=chat_id,
                silent=silent,
            )
        if hold is not None and hold.after:
            await self._wait(hold, name, chat_id)
            if hold.status != ONLY_LATE:
                return _strike(request, hold.status)
        if fault is not None and fault.status != ONLY_LATE:
            return _strike(request, fault.status)
        if error is not None:
            return _refusal(error)
        return _json({"ok": True, "result": result})

    async def _wait(self, hold: Hold, name: str, chat_id: str | None) -> None:
        """Hold a call until its release."""
        call: Json = {"method": name, "chat_id": chat_id}
        hold.calls.append(call)
        self.last_call = asyncio.get_running_loop().time()
        self._world.events.add("held", **call)
        try:
            await hold.released.wait()
        finally:
            hold.calls = [one for one in hold.calls if one is not call]

    async def download(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self._token:
            return _refusal(ApiError(401, "Unauthorized"))
        stored = self._world.files.at(request.match_info["path"])
        if stored is None:
            return _refusal(ApiError(404, "Not Found"))
        return web.Response(body=stored.data, content_type="application/octet-stream")


def _json(answer: Json, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(body=dumps(answer), status=status, headers=headers, content_type="application/json")


def _refusal(error: ApiError) -> web.Response:
    retry_after = (error.parameters or {}).get("retry_after")
    headers = {"Retry-After": str(retry_after)} if retry_after else None
    return _json(error.as_json(), error.code, headers)


def _strike(request: web.Request, status: int) -> web.StreamResponse:
    if status == 0:
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)
    if status == 502:
        # What stands before the real servers answers in HTML.
        return web.Response(status=502, text="<html><h1>502 Bad Gateway</h1></html>", content_type="text/html")
    return _refusal(ApiError(status, "Internal Server Error"))


async def read_params(request: web.Request) -> Params:
    """The parameters of a call from wherever they stand. Raises ApiError for a body that is none."""
    values: dict[str, Any] = dict(request.query) if request.query_string else {}
    if request.method != "POST" or not request.can_read_body:
        return Params(values)
    kind = request.content_type
    if kind == _FORM:
        body = await request.text()
        values.update(parse_qsl(body, keep_blank_values=True))
    elif kind == "application/json":
        try:
            given = json.loads(await request.read() or b"{}")
        except ValueError:
            raise bad_request("can't parse JSON object") from None
        if not isinstance(given, dict):
            raise bad_request("can't parse JSON object")
        values.update(given)
    elif kind == "multipart/form-data":
        return await _read_multipart(request, values)
    return Params(values)


async def _read_multipart(request: web.Request, values: dict[str, Any]) -> Params:
    files: dict[str, Upload] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or not part.name:
            continue
        data = await part.read(decode=True)
        if part.filename is None:
            values[part.name] = bytes(data).decode("utf-8", "replace")
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            files[part.name] = Upload(part.filename, mime, bytes(data))
    return Params(values, files)
