"""Buttons: how one is made, and the callback data that no subject owns. Each subject's is in the module `buttons` of
its package. Callback data is a public format: buttons outlive deployments.

Never change a class; add a new one with a new prefix. At most 64 bytes (Bot API,
InlineKeyboardButton.callback_data), ids only: what they mean is looked up again at each press.
A session's or room's code has at most 24 characters (bot.programme); `back` says where a card was
opened from, as "d.20261126.0", "r.hall-a.0", "p.speaker", "my", "my.1", "now", "speaking", "w.0.words of a search"
or "".

A press on a button of staff's is checked again for the person's rights: it may have been forwarded, or be older than a
role.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, ClassVar

from aiogram.filters.callback_data import MAX_CALLBACK_LENGTH, CallbackData

Button = dict[str, Any]
"""An InlineKeyboardButton as the Bot API has it. A page has thirty of them, and a model takes ten times as long
to make and to send (docs/benchmarks.md)."""


PLAIN = (str, int)  # what most data consist of
YES_NO = (0, 1)


class Decides:
    """Mixed into callback data whose press decides, publishes, sends, deletes, withdraws, undoes, or takes such a step
    back: bot.taps protects it from a second tap.

    `when` names the values with which it does, by field; with others the button only asks or opens. The fields `aside`
    say where it was opened from, not what it does.

    After a press, no button that decides anything else stands where it was pressed (bot.views.apart). `stays` says what
    may: a button that differs in these fields only, each with the values among which it may change, all if there are
    none. So stay a switch, which carries the desired state, and an act on the next thing that can be undone as quickly:
    time protects both, and placement does not. `anywhere` is a mark of one's own that one more tap takes off again: it
    may come to stand where anything was pressed.
    """

    when: ClassVar[Mapping[str, Collection[str]]] = {}
    aside: ClassVar[Collection[str]] = ("page", "desk", "back", "place")
    stays: ClassVar[Mapping[str, Collection[str]]] = {}
    anywhere: ClassVar[bool] = False
    once: ClassVar[bool] = False
    kinds: ClassVar[dict[str, Any]] = {}  # by prefix

    def __init_subclass__(cls, prefix: str, **settings: Any) -> None:
        super().__init_subclass__(prefix=prefix, **settings)  # type: ignore[call-arg]  # CallbackData's, beside it
        cls.kinds[prefix] = cls


class Go(CallbackData, prefix="go"):
    """A screen without parameters: now, my, days, rooms, speakers, ask, settings, desk, staff, entrance, nothing…"""

    where: str


class LeaveForm(CallbackData, prefix="x"):
    """Cancel whatever form is open."""


def button(text: str, data: CallbackData, style: str | None = None) -> Button:
    made = {"text": text, "callback_data": packed(data)}
    return made if style is None else {**made, "style": style}


def packed(data: CallbackData) -> str:
    """What `data.pack()` gives, without dumping the model first. Whatever is not plain and short is left to it."""
    values = data.__dict__.values()
    whole = ":".join((data.__prefix__, *map(str, values)))
    plain = all(type(value) in PLAIN for value in values) and whole.count(":") == len(values)
    return whole if plain and len(whole.encode()) <= MAX_CALLBACK_LENGTH else data.pack()


def forged(data: CallbackData) -> bool:
    """Whether it says what none of our buttons says: its class names, by field, the values `among` which one is.

    Fields that name a thing are looked up by whoever handles the press, and refused there.
    """
    among: Mapping[str, Collection[Any]] = getattr(data, "among", {})
    return any(getattr(data, name) not in values for name, values in among.items())


@lru_cache(maxsize=8192)  # a list shows the same buttons to everybody
def meaning_of(data: str) -> str | None:
    """What a press of a button with this callback data decides, its act and object, wherever it was opened from; None
    when it decides nothing."""
    prefix, *values = data.split(":")
    kind = Decides.kinds.get(prefix)
    if kind is None:
        return None
    fields = dict(zip(kind.model_fields, values, strict=False))
    if any(fields.get(name) not in wanted for name, wanted in kind.when.items()):
        return None
    return ":".join((prefix, *(value for name, value in fields.items() if name not in kind.aside)))


def once(data: str) -> bool:
    """Whether a press of a button with this data does it again each time."""
    kind = Decides.kinds.get(data.split(":", 1)[0])
    return kind is not None and bool(kind.once)


def may_follow(pressed: str, data: str) -> bool:
    """Whether a button may stand where another was pressed: it decides nothing, the same again, or what `stays`."""
    if meaning_of(data) in (None, meaning_of(pressed)):
        return True
    prefix, *values = data.split(":")
    was, *before = pressed.split(":")
    kind = Decides.kinds[prefix]
    if was != prefix or kind.anywhere:
        return bool(kind.anywhere)
    for name, old, new in zip(kind.model_fields, before, values, strict=False):
        among = kind.stays.get(name)
        if old != new and name not in kind.aside and (among is None or not {old, new} <= set(among or (old, new))):
            return False
    return True
