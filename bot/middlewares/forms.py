"""Leaving a half-typed form by doing something else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.flags import get_flag
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.base import StorageKey
from aiogram.types import Message, TelegramObject

from bot.actions.moderation import claims
from bot.context import context_of
from bot.errors import NotAllowed, NotRegistered, Stale
from bot.views.people.kept import given_back

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

OWN = "own"
"""The flag "form" of a form's own handlers. Others that have it leave the form open, and may close it themselves."""
ENDS = "ends"
"""The flag "form" of a handler that ends whatever form is open for good: it is not kept (bot.middlewares.kept)."""
# The forms (handlers.forms) for which a question is claimed, by their states: it is their "number".
CLAIMING = ("DecisionForm:words", "EditingForm:text", "StageForm:answer")


class ClaimsMiddleware(BaseMiddleware):
    """Around every handler of a message or a press: a form for which a question was claimed and which is left,
    whichever way (/cancel, another key, another form in its place, a refusal), holds nobody off any longer.

    Where its own handler ends the form, that has dealt with the claim.
    """

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        before = await claimed_for(data)
        ended = False
        try:
            result = await handler(event, data)
            ended = get_flag(data, "form") == OWN
            return result
        finally:
            if before is not None and not ended and await claimed_for(data) != before:
                await context_of(data).write(claims.let_go, before)


async def claimed_for(data: dict[str, Any]) -> int | None:
    """The question that is claimed for the form which is open in the person's own chat."""
    own = own_state(data)
    if own is None or await own.get_state() not in CLAIMING:
        return None
    number = (await own.get_data()).get("number")
    return number if isinstance(number, int) else None


def own_state(data: dict[str, Any]) -> FSMContext | None:
    """Of the person's own chat, also for a press in a group: there no form is filled in."""
    state: FSMContext | None = data.get("state")
    if state is None:
        return None
    person = context_of(data).who.id
    return FSMContext(state.storage, StorageKey(bot_id=state.key.bot_id, chat_id=person, user_id=person))


class FormsMiddleware(BaseMiddleware):
    """A message that is handled by anything but a form's own handler (flag "form", set by handlers.forms.InForm) closes
    the form: a menu key or a command is never taken for an answer, and the next word typed not for a question.

    Where a deep link leads after the registration is kept: it is begun again with /start. A form whose end is
    refused for good (the session is over, the role was revoked) closes too, and what was typed is given back; bad input
    leaves it open.
    """

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if data.get("raw_state") is not None and not get_flag(data, "form"):
            state: FSMContext = data["state"]
            form = await state.get_data()
            await state.set_state(None)
            await state.set_data({"then": form["then"]} if form.get("then") else {})
        try:
            return await handler(event, data)
        except (NotAllowed, NotRegistered, Stale):
            if data.get("raw_state") is not None:
                await data["state"].clear()
            if get_flag(data, "form") == OWN and isinstance(event, Message) and event.text:
                await give_back(event, event.text, data)
            raise


async def give_back(message: Message, typed: str, data: dict[str, Any]) -> None:
    """What was typed into a form that takes it no more."""
    for said in given_back(context_of(data).t, typed):
        await message.answer(said)
