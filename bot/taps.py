"""Since when a button that decides something has stood in its message: what a second tap must not hit.

Anyone who taps twice taps on what the first tap has put under the thumb. So a press that decides something counts only
when what it decides has stood there long enough to be seen.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramNotFound, TelegramRetryAfter
from aiogram.methods import TelegramMethod
from aiogram.types import InlineKeyboardMarkup, Message

from bot.clock import Clock
from bot.views.apart import Cell
from bot.views.buttons import meaning_of, once
from bot.views.screen import arranged, state_of

SEEN = 0.7  # seconds in which nobody has read what came under their thumb
MOST = 20_000  # messages remembered; what is forgotten counts as standing there for long
NOT_YET = float("inf")

Place = tuple[int, int]
Meaning = tuple[str, str]
"""What a button decides, and the state of things that it is decided upon."""

REFUSED = (TelegramBadRequest, TelegramForbiddenError, TelegramNotFound, TelegramRetryAfter)


class Taps:
    """Follows the keyboards of the messages that the bot sends and edits. Nothing outlives a restart."""

    def __init__(self, clock: Clock, most: int = MOST) -> None:
        self._clock = clock
        self._most = most
        # By chat and message: what can be decided there, and since when (`Clock.steady`).
        self._standing: OrderedDict[Place, dict[Meaning, float]] = OrderedDict()
        # By chat and message: what was pressed there last, and where it stood.
        self._pressed: OrderedDict[Place, tuple[str, Sequence[Cell]]] = OrderedDict()

    def too_soon(self, chat: int, message: int, data: str, received: float) -> bool:
        """Whether the press, received at that moment of `Clock.steady`, came before anybody could have seen what it
        decides. While an edit is under way, a button that stood there before in another state is left to its handler,
        which knows what the message has shown."""
        standing = self._standing.get((chat, message), {})
        since = [moment for (act, _), moment in standing.items() if act == meaning_of(data)]
        stands = [moment for moment in since if moment != NOT_YET]
        return bool(since) and received - max(stands or since) < SEEN

    def again(self, chat: int, message: int, data: str) -> bool:
        """Whether the press repeats the last one there, of something to be done once that is no longer on offer: the
        phone has not shown yet what has come of it."""
        last, _ = self._pressed.get((chat, message), ("", ()))
        act, standing = meaning_of(data), self._standing.get((chat, message), {})
        return act is not None and once(data) and act == meaning_of(last) and all(act != one for one, _ in standing)

    def pressed(self, chat: int, message: int, data: str, where: Sequence[Cell]) -> None:
        """It counts. Until the next press nothing wrong comes to stand there, whoever edits the message."""
        self._pressed.pop((chat, message), None)
        self._pressed[(chat, message)] = data, where
        while len(self._pressed) > self._most:
            self._pressed.popitem(last=False)

    @contextmanager
    def shown(self, method: TelegramMethod[Any]) -> Iterator[list[Any]]:
        """Around a call of the Bot API, whose answer goes into the list that this gives.

        A button stands from Telegram's answer on; where none came, from when the call was given up, and what stood
        there before may still do. A call that was refused has changed nothing.
        """
        answers: list[Any] = []
        chat, message = getattr(method, "chat_id", None), getattr(method, "message_id", None)
        if not isinstance(chat, int) or not hasattr(method, "reply_markup"):
            yield answers
            return
        place = None if message is None else (chat, message)
        keyboard = method.reply_markup
        last = self._pressed.get(place) if place is not None and chat > 0 else None
        if last is not None and isinstance(keyboard, InlineKeyboardMarkup):
            # What follows a stage or a card knows nothing of the press. In a group the thumbs are many.
            method.reply_markup = arranged(keyboard, *last)
        new = meanings(keyboard)
        known = {} if place is None else self._standing.get(place, {})
        before = {one: since for one, since in known.items() if since != NOT_YET}
        if place is not None and new:
            self._standing[place] = {**dict.fromkeys(new, NOT_YET), **known}
        try:
            yield answers
        except REFUSED:
            if place is not None:
                self._stand(place, before.keys(), new)
            raise
        except BaseException:
            if place is not None:
                self._stand(place, {*before, *new}, new)
            raise
        for answer in answers:
            if isinstance(answer, Message):
                place = (chat, answer.message_id)
        if place is not None:
            self._stand(place, new, new)

    def _stand(self, place: Place, meanings: Collection[Meaning], new: Collection[Meaning]) -> None:
        """These stand there now: those that did before, since then. What other edits than the one of what is `new` have
        under way is still to come."""
        now, known = self._clock.steady(), self._standing.pop(place, {})
        stand = {one: since for one, since in known.items() if since == NOT_YET and one not in new}
        stand |= {one: min(known.get(one, now), now) for one in meanings}
        if stand:
            self._standing[place] = stand
            while len(self._standing) > self._most:
                self._standing.popitem(last=False)


def meanings(keyboard: object) -> set[Meaning]:
    """What the buttons of a keyboard decide."""
    if not isinstance(keyboard, InlineKeyboardMarkup):
        return set()
    acts = (meaning_of(data) for row in keyboard.inline_keyboard for one in row if (data := data_of(one)))
    return {(act, state_of(keyboard)) for act in acts if act is not None}


def data_of(button: Any) -> str | None:
    data: str | None = button.get("callback_data") if isinstance(button, dict) else button.callback_data
    return data
