"""Telling everybody: draft, confirm, follow."""

from __future__ import annotations

from bot.actions import letters
from bot.actions.staff import need_organizer
from bot.errors import Stale
from bot.who import Who
from storage import announcements, deliveries
from storage.announcements import Announcement
from storage.database import Transaction


def draft(tx: Transaction, who: Who, message: int, html: str, now: int) -> tuple[Announcement, int]:
    """Keep what the organizer wrote; with it the number of people it would reach now."""
    need_organizer(who)
    return announcements.draft(tx, who.id, message, html, now), deliveries.count_all(tx)


def confirm(tx: Transaction, who: Who, number: int, report_message: int, now: int) -> bool:
    """Owe the announcement to everybody who wants announcements. False, and nothing changes, the second time."""
    announcement = own(tx, who, number)
    if announcement.state == announcements.CANCELLED:
        raise Stale("announcements.gone")
    if announcement.state != announcements.DRAFT:
        return False
    owed = deliveries.put_to_all(tx, letters.ANNOUNCEMENT, str(number), deliveries.LANE_ANNOUNCEMENT, now)
    return announcements.confirm(tx, number, owed, report_message, now)


def cancel(tx: Transaction, who: Who, number: int) -> bool:
    """Drop a draft; again is the same. False when it is on its way already."""
    return own(tx, who, number).state == announcements.CANCELLED or announcements.cancel(tx, number)


def own(tx: Transaction, who: Who, number: int) -> Announcement:
    """The organizer's own announcement; somebody else's is as good as none."""
    need_organizer(who)
    announcement = get(tx, number)
    if announcement.author != who.id:
        raise Stale("announcements.gone")
    return announcement


def get(tx: Transaction, number: int) -> Announcement:
    announcement = announcements.get(tx, number)
    if announcement is None:
        raise Stale("announcements.gone")
    return announcement


def report(tx: Transaction, number: int) -> tuple[Announcement, dict[str, int]]:
    """The announcement and how many deliveries are in each state."""
    return get(tx, number), deliveries.report(tx, letters.ANNOUNCEMENT, str(number))


def running(tx: Transaction) -> list[tuple[Announcement, dict[str, int]]]:
    return [report(tx, one.number) for one in announcements.running(tx)]


def finish(tx: Transaction, number: int) -> bool:
    return announcements.finish(tx, number)
