"""Who has come: people open the link that hangs at the entrance."""

from __future__ import annotations

import secrets

from bot.actions.staff import need_organizer
from bot.errors import NotRegistered, Stale
from bot.who import Who
from storage import forum_settings, participants
from storage.database import Transaction

NAME = "checkin"  # in forum_settings: the unguessable end of the link
TOKEN_BYTES = 9  # 12 characters of base64url: short enough for a QR code that is read from afar


def token(tx: Transaction, who: Who) -> str:
    """The end of the link, made when it is first asked for."""
    need_organizer(who)
    return forum_settings.get_or_set(tx, NAME, secrets.token_urlsafe(TOKEN_BYTES))


def arrive(tx: Transaction, who: Who, given: str, now: int) -> None:
    """The person is here. Stale for a link that is none of ours."""
    if not who.registered:
        raise NotRegistered(then=f"p_{given}")
    kept = forum_settings.get(tx, NAME)
    if kept is None or not secrets.compare_digest(kept.encode(), given.encode()):
        raise Stale("fallback.bad_link")
    participants.arrive(tx, who.id, now)
