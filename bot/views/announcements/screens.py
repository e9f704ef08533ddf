"""The messages that follow an announcement: which they are, and what stands in them when they do not any more."""

from __future__ import annotations

from typing import Any

from aiogram.types import InlineKeyboardMarkup

from bot.actions.announcements.announcements import Facts
from bot.actions.announcements.wording import STAGED
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.announcements.announcements import desk
from bot.views.announcements.buttons import Announce, AnnounceApply, AnnounceDesk, AnnounceRun, LeaveWriting
from bot.views.announcements.lines import to_list
from bot.views.buttons import button
from bot.views.screen import Screen, screen
from storage.announcement_screens import ITSELF, REMOVE, SEND, WRITE

OURS = tuple(f"{kind.__prefix__}:" for kind in (AnnounceDesk, Announce, AnnounceRun, AnnounceApply, LeaveWriting))


def outcome(t: Translator, programme: Programme, facts: Facts | None, reader: int) -> Screen:
    """The announcement as it stands now; None when it is erased."""
    return screen(t("announcements.gone"), [to_list(t)]) if facts is None else desk(t, programme, facts, reader)


def left(t: Translator, number: int) -> Screen:
    """In place of one that newer screens of the chat have left behind: what it said would not stay true."""
    return screen(
        t("announcements.left", number=number),
        [button(t.plain("announcements.open", number=number), AnnounceDesk(number=number, act="open"))],
    )


def shown_by(keyboard: object) -> tuple[int, str] | None:
    """Which announcement a message with these buttons shows, and what it asks about it, as
    storage.announcement_screens has it. None for all other messages."""
    if not isinstance(keyboard, InlineKeyboardMarkup):
        return None
    rows: Any = keyboard.inline_keyboard  # as bot.views.screen makes them
    for row in rows:
        for one in row:
            found = asked_by(one.get("callback_data", ""))
            if found is not None:
                return found
    return None


def asked_by(data: str) -> tuple[int, str] | None:
    """Each of these buttons stands on one kind of screen only."""
    if not data.startswith(OURS):
        return None
    prefix, _, rest = data.partition(":")
    number, _, more = rest.partition(":")
    act = (prefix, more)
    if act == (AnnounceDesk.__prefix__, "preview"):
        return int(number), ITSELF
    if act == (Announce.__prefix__, "send"):
        return int(number), SEND
    if act == (AnnounceRun.__prefix__, "removal"):
        return int(number), REMOVE
    if prefix == LeaveWriting.__prefix__:
        return int(number), WRITE
    if prefix == AnnounceApply.__prefix__:
        press = AnnounceApply.unpack(data)
        return press.number, f"{STAGED}{press.language}:{press.mark}"
    return None
