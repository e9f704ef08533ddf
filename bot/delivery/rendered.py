"""What a renderer comes to: the calls of the Bot API that deliver an outgoing message, or why there are none now."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from aiogram.methods import EditMessageText, SendMessage, TelegramMethod

from bot.views.screen import Screen
from storage.questions import Question

AT_ONCE = 0  # needed by then: in quiet hours without sound, so that what is wrong does not stand until the morning
REPEATABLE = ("edit", "delete")  # how the methods begin that done twice are as good as done once


def repeatable(call: TelegramMethod[Any]) -> bool:
    return call.__api_method__.startswith(REPEATABLE)


@dataclass(frozen=True, slots=True)
class Send:
    """The calls that deliver it, in order. `card` is the question whose card its messages show.

    `needed_by`: when it must be known at the latest (epoch seconds), where that is before the delivery's end. `then` is
    called with the id of each message once it is there.
    """

    calls: Sequence[TelegramMethod[Any]]
    card: Question | None = None
    needed_by: int | None = None
    then: Callable[[int], Awaitable[None]] | None = None

    @property
    def repeatable(self) -> bool:
        """Only edits and deletions: done twice they leave no second copy."""
        return all(map(repeatable, self.calls))

    @property
    def silent(self) -> bool:
        """It rings nobody: it only changes what is there, or says so itself."""
        return self.repeatable or all(getattr(call, "disable_notification", None) is True for call in self.calls)


@dataclass(frozen=True, slots=True)
class Later:
    """Not now but at `due_at` (unix seconds): no try was made. What is not valid any more by then is dropped.

    `error` is what the ledger says meanwhile.
    """

    due_at: int
    error: str = ""


@dataclass(frozen=True, slots=True)
class Requeued:
    """The ledger has let go of it already: it waits as another message than the one that was claimed."""


# None: it is no longer true, and is dropped.
Rendered = Send | Later | Requeued | None


def screen_sent(chat: int, screen: Screen, card: Question | None = None) -> Send:
    return Send([SendMessage(chat_id=chat, text=screen.text, reply_markup=screen.keyboard)], card)


def screen_edited(chat: int, message: int, screen: Screen) -> EditMessageText:
    return EditMessageText(chat_id=chat, message_id=message, text=screen.text, reply_markup=screen.keyboard)
