"""A form that is left before it was sent is kept, and offered again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any, Self

from aiogram import BaseMiddleware
from aiogram.dispatcher.flags import get_flag
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramAPIError
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.base import StorageKey
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.context import context_of
from bot.middlewares.forms import ENDS, OWN, own_state
from bot.views.announcements.buttons import AnnounceDesk
from bot.views.people.buttons import KeptForm
from bot.views.people.kept import NAMES, offer

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

BY = "by"  # in a form's data: the press that opened it
BESIDE = "kept"  # where the form that was left stands, beside the one that is open
LASTS = 24 * 3600  # seconds
OBJECT = ("session", "number", "kind", "code", "field", "language", "seat", "old", "speaker")
# The forms of these states are opened again by handlers.people.kept, for no press opens them as they were.
OWN_WAY = frozenset(("QuestionForm:text", "QuestionForm:alike", "DecisionForm:words", "ProgrammeForm:title"))
# Forms that a command opens too: the press that does the same.
COMMANDS = {"AnnouncementForm:text": AnnounceDesk(number=0, act="new").pack()}


@dataclass(frozen=True, slots=True)
class Kept:
    """The form that a person left last; `at` in epoch seconds."""

    state: str
    data: Mapping[str, Any]
    at: int

    @classmethod
    async def of(cls, state: FSMContext, now: int) -> Self | None:
        """None when there is none; what is too old, or cannot be read, is forgotten."""
        stored = await beside(state).get_data()
        if not stored:
            return None
        try:
            kept = cls(**stored)
            if kept.state in NAMES and now - kept.at < LASTS:
                return kept
        except TypeError:
            pass  # another version has stored it otherwise
        await beside(state).clear()
        return None

    @property
    def by(self) -> str | None:
        """The press that opens it again, as it did the first time."""
        return None if self.state in OWN_WAY else self.data.get(BY)


def beside(state: FSMContext) -> FSMContext:
    key = state.key
    return FSMContext(state.storage, StorageKey(key.bot_id, key.user_id, key.user_id, destiny=BESIDE))


async def drop(state: FSMContext) -> bool:
    """Forget the form that was left; whether there was one."""
    there = bool(await beside(state).get_data())
    await beside(state).clear()
    return there


class KeptMiddleware(BaseMiddleware):
    """Around everything else, so that the offer stands under what was asked for instead.

    A message leaves the form it does not answer; a press only one in whose place it opens another, as one in a group
    does too. To go on is the press that opened the form, made again: what was checked then is checked now, and a claim
    is taken again.
    """

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        state = own_state(data)
        if state is None or (isinstance(event, Message) and not in_private(event)):
            return await handler(event, data)
        before = await state.get_state(), await state.get_data()
        pressed = event.data if isinstance(event, CallbackQuery) else None
        kept = await asked_for(event, state, data)
        if kept is not None and isinstance(event, CallbackQuery):
            event = event.model_copy(update={"data": kept.by})
            pressed = kept.by
        result = await handler(event, data)
        after = await state.get_state(), await state.get_data()
        if kept is not None and same(after, (kept.state, kept.data)):
            await drop(state)
            await state.set_data({**kept.data, **after[1]})
        else:
            await self._remember(state, before, after, pressed)
            other = await Kept.of(state, context_of(data).seconds)
            if other is not None and same(after, (other.state, other.data)) and "typed" not in other.data:
                await drop(state)  # it is open again, by another way
        if left(event, before, after, data):
            await self._keep(state, before, data)
        return result

    async def _remember(self, state: FSMContext, before: Form, after: Form, pressed: str | None) -> None:
        """With the form, the press that opened it."""
        by = before[1].get(BY) if same(before, after) else pressed or COMMANDS.get(after[0] or "")
        if after[0] in NAMES and by is not None and after[1].get(BY) != by:
            await state.update_data({BY: by})

    async def _keep(self, state: FSMContext, before: Form, data: dict[str, Any]) -> None:
        ctx = context_of(data)
        kept = Kept(before[0] or "", before[1], ctx.seconds)
        if kept.state not in OWN_WAY and kept.by is None:
            return
        await beside(state).set_data(asdict(kept))
        screen = offer(ctx.t, ctx.programme, kept.state, kept.data, kept.at)
        with suppress(TelegramAPIError):
            await data["bot"](SendMessage(chat_id=ctx.who.id, text=screen.text, reply_markup=screen.keyboard))


Form = tuple[str | None, Mapping[str, Any]]


def in_private(event: TelegramObject) -> bool:
    owner = event.message if isinstance(event, CallbackQuery) else event
    return isinstance(owner, Message) and owner.chat.type == ChatType.PRIVATE


async def asked_for(event: TelegramObject, state: FSMContext, data: dict[str, Any]) -> Kept | None:
    """The form that is kept, when this press is to go on with it and another opens it."""
    going_on = isinstance(event, CallbackQuery) and (event.data or "").startswith(f"{KeptForm.__prefix__}:")
    if not isinstance(event, CallbackQuery) or not going_on or not in_private(event):
        return None
    kept = await Kept.of(state, context_of(data).seconds)
    wanted = kept is not None and event.data == KeptForm(wanted=1, at=kept.at).pack()
    return kept if kept is not None and wanted and kept.by is not None else None


def same(one: Form, other: Form) -> bool:
    """Whether both ask for the same thing."""
    return meant(*one) == meant(*other)


def meant(state: str | None, data: Mapping[str, Any]) -> tuple[Any, ...]:
    return (NAMES.get(state or "", state), *(data.get(name) for name in OBJECT))


def left(event: TelegramObject, before: Form, after: Form, data: dict[str, Any]) -> bool:
    if before[0] not in NAMES or same(before, after):
        return False
    if isinstance(event, CallbackQuery):
        return after[0] is not None
    return get_flag(data, "form") not in (OWN, ENDS)
