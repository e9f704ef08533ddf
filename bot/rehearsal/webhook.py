"""Delivering updates to the bot's own address.

One update at a time in order; an answer other than 2xx is tried again after a growing pause, as
long as the update lives (telegram-bot-api/WebhookActor.cpp). Unlike the real server this takes
plain HTTP and any port, as its --local mode does, since a rehearsal runs without certificates.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress

import aiohttp

from bot.rehearsal.errors import bad_request
from bot.rehearsal.updates import UpdateQueue
from bot.rehearsal.wire import Json, Params, dumps

_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
TIMEOUT = 60.0
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
_HEADERS = {"Content-Type": "application/json"}


class Webhook:
    def __init__(self, updates: UpdateQueue, now: Callable[[], float]) -> None:
        self._updates = updates
        self._now = now
        self._task: asyncio.Task[None] | None = None
        self._added = asyncio.Event()
        self._url = ""
        self._secret = ""
        self._max_connections = 40
        self._error: Json = {}

    def set(self, params: Params) -> None:
        """Start delivering to `url`. Raises ApiError for an address or a secret that is none."""
        url, secret = params.text("url"), params.text("secret_token")
        if not url.startswith(("http://", "https://")):
            raise bad_request("invalid webhook URL specified")
        if len(secret) > 256:
            raise bad_request("secret token is too long")
        if not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        self._updates.allow(params)
        self._max_connections = min(max(params.integer("max_connections", 40), 1), 100)
        if params.flag("drop_pending_updates"):
            self._updates.clear()
        self.remove()
        self._url, self._secret, self._error = url, secret, {}
        self._updates.end_poll("terminated by setWebhook request")
        self._updates.on_add = self._added.set
        self._task = asyncio.create_task(self._deliver(), name="rehearsal webhook")

    def remove(self) -> None:
        self._url = ""
        self._updates.on_add = None
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def close(self) -> None:
        task = self._task
        self.remove()
        if task is not None:
            with suppress(asyncio.CancelledError):
                await task

    @property
    def on(self) -> bool:
        return bool(self._url)

    def info(self) -> Json:
        found: Json = {
            "url": self._url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
        }
        if self._url:
            found |= {"max_connections": self._max_connections, **self._error}
        return found

    async def _deliver(self) -> None:
        timeout = aiohttp.ClientTimeout(total=TIMEOUT)
        headers = dict(_HEADERS)
        if self._secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._secret
        pause = FIRST_PAUSE
        async with aiohttp.ClientSession(timeout=timeout, headers=headers) as session:
            while True:
                self._added.clear()
                batch = self._updates.head(1)
                if not batch:
                    await self._added.wait()
                elif await self._post(session, batch[0]):
                    self._updates.drop(batch[0]["update_id"])
                    pause = FIRST_PAUSE
                else:
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, LONGEST_PAUSE)

    async def _post(self, session: aiohttp.ClientSession, update: Json) -> bool:
        try:
            async with session.post(self._url, data=dumps(update), allow_redirects=False) as answer:
                if 200 <= answer.status < 300:
                    return True
                fault = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            fault = "Read timeout expired" if isinstance(error, TimeoutError) else "Connection refused"
        self._error = {"last_error_date": int(self._now()), "last_error_message": fault}
        return False
