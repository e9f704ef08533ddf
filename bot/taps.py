"""Since when a button that decides something has stood in its message: what a second tap must not hit.

Anyone who taps twice taps on what the first tap has put under the thumb. So a press that decides something counts only
when what it decides has stood there long enough to be seen.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramNotFound, TelegramRetryAfter
from aiogram.methods import TelegramMethod
from aiogram.types import InlineKeyboardMarkup, Message

from bot.clock import Clock
from bot.views.buttons import meaning_of
from bot.views.screen import state_of

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

    def too_soon(self, chat: int, message: int, data: str, received: float) -> bool:
        """Whether the press, received at that moment of `Clock.steady`, came before anybody could have seen what it
        decides. While an edit is under way, a button that stood there before in another state is left to its handler,
        which knows what the message has shown."""
        standing = self._standing.get((chat, message), {})
        since = [moment for (act, _), moment in standing.items() if act == meaning_of(data)]
        stands = [moment for moment in since if moment != NOT_YET]
        return bool(since) and received - max(stands or since) < SEEN

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
        new = meanings(method.reply_markup)
        place = None if message is None else (chat, message)
        before = {} if place is None else self._standing.get(place, {})
        if place is not None and new:
            self._standing[place] = {**dict.fromkeys(new, NOT_YET), **before}
        try:
            yield answers
        except REFUSED:
            if place is not None:
                self._stand(place, before.keys())
            raise
        except BaseException:
            if place is not None:
                self._stand(place, {*before, *new})
            raise
        for answer in answers:
            if isinstance(answer, Message):
                place = (chat, answer.message_id)
        if place is not None:
            self._stand(place, new)

    def _stand(self, place: Place, meanings: Collection[Meaning]) -> None:
        """These stand there now: those that did before, since then."""
        now, known = self._clock.steady(), self._standing.pop(place, {})
        if meanings:
            self._standing[place] = {one: min(known.get(one, now), now) for one in meanings}
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
