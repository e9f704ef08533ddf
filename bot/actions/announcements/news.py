"""The announcements that still hold, for anyone who looks them up or came late."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions.announcements import audience
from bot.errors import NotRegistered, Stale
from bot.who import Who
from storage import announcement_parts, announcements, audiences
from storage.announcement_parts import Part
from storage.announcements import Announcement
from storage.database import Transaction


def valid(tx: Transaction, who: Who, now: int) -> list[Announcement]:
    """Those for this person, the newest first: neither over nor withdrawn, muted or not."""
    if not who.registered:
        raise NotRegistered("news")
    return [one for one in announcements.valid(tx, now) if is_for(tx, one, who)]


def item(tx: Transaction, who: Who, now: int, number: int) -> tuple[Announcement, Sequence[Part]]:
    """One of `valid` and what it says. Stale when it is not one of them any more."""
    for one in valid(tx, who, now):
        if one.number == number:
            return one, announcement_parts.of(tx, number)
    raise Stale("news.gone")


def is_for(tx: Transaction, announcement: Announcement, who: Who) -> bool:
    return audiences.includes(tx, audience.read(announcement.audience), who.id)
