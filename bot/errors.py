"""Refusals: what the bot will not do, as a text key that one place turns into words."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """Something the person may read. `key` is a text key, `fields` fill it in."""

    def __init__(self, key: str, **fields: Any) -> None:
        super().__init__(key)
        self.key = key
        self.fields = fields


class NotAllowed(Refusal):
    """The person lacks the right; checked on every action, whatever button they found."""


class NotRegistered(Refusal):
    """The action needs a registered person; `then` says what they wanted, where they are led once they are registered:
    a deep link, or what only a press of theirs can ask for (handlers.people.deep_links)."""

    def __init__(self, then: str = "") -> None:
        super().__init__("refusal.not_registered")
        self.then = then


class Stale(Refusal):
    """The world has moved on since the button was shown."""


class BadInput(Refusal):
    """What was typed or sent does not fit; the form stays open for another try."""


class TooMany(Refusal):
    """A limit per person is reached."""
