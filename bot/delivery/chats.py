"""How much each chat takes: a private one a message a second with short bursts, a group twenty a minute."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable

# Bots FAQ, "Broadcasting to Users". How Telegram counts is not published, and not all messages travel equally
# fast, so the windows are a little longer than its own. Edits count as messages, as the rehearsal has it.
PRIVATE_BURST, PRIVATE_WINDOW = 5, 5.5  # messages, seconds
GROUP_BURST, GROUP_WINDOW = 20, 61.0
GROUP_ROOM = 5  # of a group's twenty the outbox leaves so many to those who press there
MANY = 1000  # chats remembered at least before those that rest are forgotten


class Chats:
    """Turns taken in each chat, and chats that Telegram has refused. Times are of the monotonic clock, in seconds.

    A turn is a moment, now or later: whoever takes one waits until then by itself.
    """

    def __init__(self, limited: bool, clock: Callable[[], float]) -> None:
        self._limited = limited
        self._clock = clock
        self._turns: dict[int, list[float]] = {}  # chat -> its latest turns in order, those to come too
        self._many = MANY
        self._refused: dict[int, float] = {}  # chat -> until when it takes nothing

    def take(self, chat: int, messages: int = 1, tap: bool = True) -> float:
        """Take the chat's next turn for so many messages; its moment. `tap`: the answer to somebody who waits."""
        now = self._clock()
        if not self._limited:
            return now
        burst, window = measure(chat)
        if chat < 0 and not tap:
            burst -= GROUP_ROOM
        messages = min(messages, burst)
        turns = self._of(chat, now)
        last = burst - messages + 1  # with the so many latest turns in its window nothing is free
        moment = now if len(turns) < last else max(now, turns[-last] + window)
        self._note(chat, turns, moment, messages)
        return moment

    def free(self, chat: int) -> int:
        """How many messages the chat takes at once now."""
        burst, window = measure(chat)
        since = self._clock() - window
        return burst - sum(moment > since for moment in self._turns.get(chat, ()))

    def charge(self, chat: int) -> None:
        """A message of the chat is edited: that takes a turn but waits for none.

        Whoever presses quickly has to see at once what comes of it; where it is too much, Telegram says so.
        """
        if self._limited:
            now = self._clock()
            self._note(chat, self._of(chat, now), now, 1)

    def give_back(self, chat: int, moment: float) -> None:
        """Nothing was sent in the turn of that moment."""
        turns = self._turns.get(chat, [])
        if moment in turns:
            turns.remove(moment)

    def refuse(self, chat: int, seconds: float) -> bool:
        """Telegram takes nothing for the chat for so long. True: it refuses another chat too, so it means the bot."""
        now = self._clock()
        self._refused = {one: until for one, until in self._refused.items() if until > now}
        self._refused[chat] = max(now + seconds, self._refused.get(chat, 0.0))
        return len(self._refused) > 1

    def rest(self, chat: int) -> float:
        """Seconds until the chat takes something again, after a refusal."""
        return max(self._refused.get(chat, 0.0) - self._clock(), 0.0) if self._refused else 0.0

    def __len__(self) -> int:
        return len(self._turns)

    def _of(self, chat: int, now: float) -> list[float]:
        if len(self._turns) >= self._many:
            self._turns = {
                one: turns for one, turns in self._turns.items() if turns and turns[-1] > now - measure(one)[1]
            }
            self._many = max(MANY, 2 * len(self._turns))  # at a thousand a second thousands do not rest
        return self._turns.setdefault(chat, [])

    def _note(self, chat: int, turns: list[float], moment: float, messages: int) -> None:
        for _ in range(messages):
            insort(turns, moment)
        del turns[: -measure(chat)[0]]


def measure(chat: int) -> tuple[int, float]:
    """How many messages the chat takes within how many seconds. Groups have negative ids."""
    return (GROUP_BURST, GROUP_WINDOW) if chat < 0 else (PRIVATE_BURST, PRIVATE_WINDOW)
