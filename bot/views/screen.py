"""What a view answers with, and the tools that keep it within Telegram's limits."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar, cast

from aiogram.types import InlineKeyboardMarkup

from bot.actions.paging import in_range
from bot.bare import bare
from bot.texts import Html
from bot.texts.length import CAPTION_LIMIT as CAPTION_LIMIT
from bot.texts.length import TEXT_LIMIT as TEXT_LIMIT
from bot.texts.length import units as units
from bot.texts.length import visible as visible
from bot.views.apart import NOTHING, Cell, Rows, apart
from bot.views.buttons import Button

TOAST_LIMIT = 200  # Bot API, answerCallbackQuery

BLANK = {tuple(one.items()) for one in NOTHING}
DECIDED_ON = "decided on"  # among what a keyboard keeps to itself

Row = list[Button]
Item = TypeVar("Item")

TOKENS = re.compile(r"<(/?)([a-z-]+)[^>]*>|&#?\w+;|[^<&]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Screen:
    """A message: HTML within Telegram's limits, buttons, and a photo when there is one."""

    text: Html
    keyboard: InlineKeyboardMarkup | None = None
    photo: Path | str | None = None

    @property
    def caption(self) -> Html:
        """The text as it fits under the photo; without the photo all of it can be shown."""
        return cut(self.text, CAPTION_LIMIT)

    def apart(self, pressed: str, where: Sequence[Cell]) -> Screen:
        """The same, to take the place of a screen on which a button with this data was pressed there."""
        if self.keyboard is None or (placed := arranged(self.keyboard, pressed, where)) is self.keyboard:
            return self
        return replace(self, keyboard=placed)

    def says_as(self, other: Screen) -> bool:
        """Whether both say the same and have the same buttons, in whatever order."""
        mine, theirs = ({tuple(one.items()) for row in each.rows for one in row} for each in (self, other))
        return self.text == other.text and mine - BLANK == theirs - BLANK

    @property
    def rows(self) -> Rows:
        """Its buttons as they were made, see `screen`."""
        return cast(Rows, self.keyboard.inline_keyboard) if self.keyboard else []


def screen(text: str, *rows: Row, photo: Path | str | None = None, decided_on: object = "") -> Screen:
    """A screen whose text is cut to what Telegram takes; empty rows are left out.

    `decided_on`: what a press of its buttons decides upon, e.g. a question's revision, where the buttons do not carry
    it. With another state they mean something else (bot.taps); votes and counts are none of it.
    """
    filled = [row for row in rows if row]
    # Not validated: the buttons are what Telegram is to get, and aiogram would make a model of each.
    keyboard = bare(InlineKeyboardMarkup, inline_keyboard=filled) if filled else None
    if keyboard is not None and keyboard.__pydantic_private__ is not None:
        keyboard.__pydantic_private__[DECIDED_ON] = str(decided_on)  # nothing private is ever sent
    return Screen(cut(text, TEXT_LIMIT), keyboard, photo)


def arranged(keyboard: InlineKeyboardMarkup, pressed: str, where: Sequence[Cell]) -> InlineKeyboardMarkup:
    """The keyboard with its rows apart from where that was pressed."""
    rows = cast(Rows, keyboard.inline_keyboard)
    placed = apart(rows, pressed, where)
    if placed is rows:
        return keyboard
    made = screen("", *map(list, placed), decided_on=state_of(keyboard)).keyboard
    assert made is not None
    return made


def state_of(keyboard: InlineKeyboardMarkup) -> str:
    """The state of things that the keyboard's buttons decide upon and do not carry."""
    return str((keyboard.__pydantic_private__ or {}).get(DECIDED_ON, ""))


def cut(text: str, limit: int) -> Html:
    """HTML cut to at most `limit` visible units, ending in "…", with every open tag closed."""
    # Markup only makes it longer: what is short with it needs no counting.
    if units(text) <= limit:
        return Html(text)
    if units(visible(text)) <= limit:
        return Html(text)
    kept: list[str] = []
    stack: list[str] = []
    room = limit - 1
    for token in TOKENS.finditer(text):
        closing, tag = token.group(1), token.group(2)
        if tag:
            if closing:
                if stack and stack[-1] == tag:
                    stack.pop()
            else:
                stack.append(tag)
            kept.append(token.group())
            continue
        room -= units(html.unescape(token.group()))
        if room < 0:
            break
        kept.append(token.group())
    return Html("".join(kept).rstrip() + "…" + "".join(f"</{tag}>" for tag in reversed(stack)))


def shorten(text: str, limit: int) -> str:
    """Plain text cut to `limit` characters at a word's end."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    space = head.rfind(" ")
    return (head[:space] if space > limit // 2 else head).rstrip(" ,.;:—-") + "…"


def back_in_form(form: Screen, why: Html) -> Screen:
    """A form that is open for what did not fit, with the reason first; what was typed stays in the chat."""
    return replace(form, text=cut(f"{why}\n\n{form.text}", TEXT_LIMIT))


def page_of(items: Sequence[Item], page: int, size: int) -> tuple[Sequence[Item], int, int]:
    """The items of a page, the page's number brought into range, and how many pages there are."""
    page, pages = in_range(page, count=len(items), size=size)
    return items[page * size : (page + 1) * size], page, pages


def in_rows(buttons: Sequence[Button], width: int) -> list[Row]:
    return [list(buttons[start : start + width]) for start in range(0, len(buttons), width)]
