"""What organizers do with a sending that is under way."""

from __future__ import annotations

from bot.actions import outgoing
from bot.actions.announcements.announcements import seen
from bot.who import Who
from storage import announced, announcements, audit, deliveries
from storage.database import Transaction


def stop(tx: Transaction, who: Who, now: int, number: int, message: int | None) -> bool:
    """End it: anyone who was not sent it does not get it any more. As with `pause` and `resume`, `message` in the
    organizer's chat follows it from then on."""
    seen(tx, who, number)
    if not announcements.stop(tx, number):
        return False
    sending = outgoing.Announcement(number)
    deliveries.withdraw(tx, sending.kind, sending.thing, now)
    announcements.follow(tx, number, who.id, message)
    audit.note(tx, who.id, "cancelled", now, detail={"announcement": number})
    return True


def pause(tx: Transaction, who: Who, now: int, number: int, message: int | None) -> bool:
    seen(tx, who, number)
    if not announcements.pause(tx, number):
        return False
    sending = outgoing.Announcement(number)
    deliveries.hold(tx, sending.kind, sending.thing)
    announcements.follow(tx, number, who.id, message)
    audit.note(tx, who.id, "paused", now, detail={"announcement": number})
    return True


def resume(tx: Transaction, who: Who, now: int, number: int, message: int | None) -> bool:
    seen(tx, who, number)
    if not announcements.resume(tx, number):
        return False
    sending = outgoing.Announcement(number)
    deliveries.resume(tx, sending.kind, sending.thing)
    announced.go_on(tx, sending.thing, now)
    announcements.follow(tx, number, who.id, message)
    audit.note(tx, who.id, "resumed", now, detail={"announcement": number})
    return True
