"""Who may do what: organizers, and moderators at the desk."""

from __future__ import annotations

from bot.errors import NotAllowed, NotRegistered
from bot.who import Who


def need_organizer(who: Who) -> None:
    if not who.organizer:
        raise NotAllowed("refusal.not_organizer")
    if not who.registered:
        raise NotRegistered  # one named in the settings, who has consented to nothing yet


def need_moderator(who: Who, session: str) -> None:
    if not who.moderates(session):
        raise NotAllowed("refusal.not_moderator")
    if not who.registered:
        raise NotRegistered(then=f"s_{session}")


def need_a_desk(who: Who) -> None:
    """Refuse anyone who moderates nothing at all."""
    if not who.moderator:
        raise NotAllowed("refusal.not_moderator")
    if not who.registered:
        raise NotRegistered
