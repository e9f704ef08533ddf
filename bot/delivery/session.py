"""The lean way to Telegram and back: JSON out, and of an answer no more than is read.

aiogram writes every call as a form, field by field, and builds the whole Message of every answer, with all
its buttons, which nobody looks at: measured, a third of what a press costs (docs/benchmarks.md). Files,
errors and all other answers go aiogram's own way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast

from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import EditMessageText, SendMessage, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import Chat, Message
from aiogram.types.base import TelegramObject
from aiohttp import ClientError, ClientSession

from bot.bare import bare
from bot.clock import Clock
from bot.delivery.http_client import Client, spoken
from bot.taps import Taps

TEXTS = (SendMessage, EditMessageText)
# How the answer about a message begins that we wrote or edited. When a server writes it otherwise, aiogram reads it.
WRITTEN = re.compile(rb'\{"ok":true,"result":\{"message_id":([0-9]{1,15})[,}]')
# Results that need no model: JSON's own types, by what a method says it returns.
PLAIN: dict[Any, type] = {bool: bool, list[dict[str, Any]]: list}


class NotPlain(Exception):
    """A value that is not plain JSON: a file, or a time that aiogram converts."""


class LeanSession(AiohttpSession):
    """aiogram's session; a message that was sent or whose text was edited comes back with no more than its id.

    Raises what aiogram's raises.
    """

    def __init__(self, taps: Taps | None = None, **settings: Any) -> None:
        super().__init__(**settings)
        self._taps = taps or Taps(Clock())
        self._client = Client(self._connector_init["ssl"])  # trusts whom aiogram trusts

    async def close(self) -> None:
        await self._client.close()
        await super().close()

    async def create_session(self) -> ClientSession:
        # Before its first session, which carries the first file, aiogram closes what there was before: its own only,
        # or a file would break off the poll and every message that our client has under way.
        if self._should_reset_connector:
            await super().close()
            self._should_reset_connector = False
        return await super().create_session()

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's own parameter
    ) -> TelegramType:
        with self._taps.shown(method) as answers:
            answers.append(await self._make(bot, method, timeout))
        return cast(TelegramType, answers[0])

    async def _make(self, bot: Bot, method: TelegramMethod[TelegramType], within: int | None) -> Any:
        try:
            body = encode(method, bot)
        except NotPlain:
            return await super().make_request(bot, method, within)
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        if self.proxy is not None or spoken(url) is None:
            return await super().make_request(bot, method, within)
        try:
            status, content = await self._client.post(url, body, self.timeout if within is None else within)
        except TimeoutError as error:
            raise TelegramNetworkError(method=method, message="Request timeout error") from error
        except ClientError as error:
            raise TelegramNetworkError(method=method, message=f"{type(error).__name__}: {error}") from error
        result = glance(method, content, bot) if status == HTTPStatus.OK else None
        if result is None:
            text = content.decode("utf-8", "replace")
            result = self.check_response(bot, method, status, text).result
        return result


def encode(method: TelegramMethod[Any], bot: Bot) -> bytes:
    """The call's parameters as JSON. Raises NotPlain when there is a file among them."""

    def plain(value: object) -> object:
        if isinstance(value, TelegramObject):
            return given(value, bot)
        raise NotPlain(type(value).__name__)

    # As in aiogram's forms, a parameter that is empty text is left out.
    parameters = {name: value for name, value in given(method, bot).items() if value != ""}
    return json.dumps(parameters, default=plain, ensure_ascii=False, separators=(",", ":")).encode()


def given(model: TelegramObject | TelegramMethod[Any], bot: Bot) -> dict[str, Any]:
    """The fields that are set, with the bot's defaults in their places."""
    fields: Mapping[str, Any] = model.__dict__
    if model.__pydantic_extra__:
        fields = {**fields, **model.__pydantic_extra__}
    return {
        name: found
        for name, value in fields.items()
        if (found := bot.default[value.name] if type(value) is Default else value) is not None
    }


def glance(method: TelegramMethod[Any], content: bytes, bot: Bot) -> Any:
    """The result in an answer that needs no model, or only a small one; None when aiogram is to read it."""
    if isinstance(method, TEXTS):
        found = WRITTEN.match(content)
        return only(int(found[1]), method.chat_id, bot) if found and isinstance(method.chat_id, int) else None
    wanted = PLAIN.get(method.__returning__)
    if wanted is None:
        return None
    try:
        answer = json.loads(content)
    except ValueError:
        return None
    result = answer.get("result") if isinstance(answer, dict) and answer.get("ok") is True else None
    return result if isinstance(result, wanted) else None


def only(number: int, chat: int, bot: Bot) -> Message:
    """A message that can be edited or deleted; to ask it for more than its ids is an AttributeError."""
    return bare(Message, bot, message_id=number, chat=bare(Chat, bot, id=chat), business_connection_id=None)
