"""What was answered in groups just now. Nothing outlives a restart."""

from __future__ import annotations

from collections import OrderedDict

from bot.clock import Clock

MINUTE = 60.0
A_MINUTE = 10  # answers in one group: of the twenty messages it takes, the others are for the moderators' cards
MOST = 10_000  # groups remembered


class GroupAnswers:
    """Says whether a command in a group is to be answered: the same one once a minute, for until then its answer stands
    a few messages above, and no more than A_MINUTE in all."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._given: OrderedDict[int, dict[tuple[str, str], float]] = OrderedDict()

    def due(self, chat: int, command: str, language: str) -> bool:
        """Whether this command is due an answer in this language; from now on it counts as answered."""
        now = self._clock.steady()
        lately = {what: at for what, at in self._given.pop(chat, {}).items() if now - at < MINUTE}
        self._given[chat] = lately
        if len(self._given) > MOST:
            self._given.popitem(last=False)
        if (command, language) in lately or len(lately) >= A_MINUTE:
            return False
        lately[(command, language)] = now
        return True
