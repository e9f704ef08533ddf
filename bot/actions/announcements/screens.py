"""The screens of announcements that stand open in organizers' chats: what they need to be brought up to date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.actions.announcements import behind
from bot.actions.announcements.announcements import Facts, about
from bot.actions.announcements.wording import mark, version
from storage import announcement_parts, announcement_screens, announcements
from storage.announcement_parts import Part
from storage.announcement_screens import ITSELF, LEFT, REMOVE, SEND, WRITE, AnnouncementScreen
from storage.announcements import DRAFT, Announcement
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Standing:
    """An announcement as it is stored, without the outcome of its messages; None when it is erased."""

    announcement: Announcement | None
    parts: Sequence[Part]
    behind: Sequence[str]

    @property
    def under_way(self) -> bool:
        """It is being sent or repaired, and was not yet reported as finished."""
        one = self.announcement
        return one is not None and one.started_at is not None and one.finished_at is None


def standing(tx: Transaction) -> tuple[list[AnnouncementScreen], dict[int, Standing]]:
    """The open screens, and the announcements that they show or that are under way."""
    screens = announcement_screens.every(tx)
    numbers = {one.announcement for one in screens} | {one.number for one in announcements.running(tx)}
    return screens, {
        number: Standing(announcements.get(tx, number), announcement_parts.of(tx, number), behind.of(tx, number))
        for number in sorted(numbers)
    }


def facts_of(tx: Transaction, numbers: Iterable[int], now: int) -> Mapping[int, Facts]:
    """All that the screens of these announcements say, but of those that are erased."""
    found = (announcements.get(tx, number) for number in numbers)
    return {one.number: about(tx, one, now) for one in found if one is not None}


def shows_now(screen: AnnouncementScreen, facts: Facts) -> str:
    """What the message has to show: what it asks as long as that is open, else the announcement itself."""
    announcement, asks = facts.announcement, screen.asks
    if asks == LEFT:
        return ITSELF if over(announcement) else LEFT
    if asks == SEND:
        return asks if announcement.state == DRAFT else ITSELF
    if announcement.withdrawn_at is not None:
        return ITSELF
    if asks == WRITE:
        return asks if announcement.state == DRAFT or announcement.started_at is not None else ITSELF
    if asks in (ITSELF, REMOVE):
        return asks
    language, _, its_mark = asks.rpartition(":")
    return asks if mark(version(facts.parts, language)) == its_mark else ITSELF


def over(announcement: Announcement) -> bool:
    return announcement.started_at is not None and announcement.finished_at is not None
