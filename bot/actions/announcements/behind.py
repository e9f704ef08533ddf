"""An announcement changed in one language leaves its other versions saying the old thing: which ones, until each is
changed too or an organizer says that they are right as they are."""

from __future__ import annotations

from bot.actions.announcements.wording import STAGED, in_order, languages_of
from storage import announcement_parts, behind_versions
from storage.database import Transaction


def changed(tx: Transaction, number: int, language: str) -> None:
    """The version in that language says something else: the others are behind, unless it was behind itself and has
    caught up."""
    behind_versions.call_off(tx, number, STAGED + language)
    leave_behind(tx, number, language, language)


def proposed(tx: Transaction, number: int, language: str) -> None:
    """The same of a correction that another organizer must agree to."""
    if language not in behind_versions.of(tx, number):
        leave_behind(tx, number, language, STAGED + language)


def sent_back(tx: Transaction, number: int, language: str) -> None:
    """The correction that was proposed does not come."""
    behind_versions.call_off(tx, number, STAGED + language)


def leave_behind(tx: Transaction, number: int, language: str, because: str) -> None:
    if behind_versions.catch_up(tx, number, language):
        return
    for other in languages_of(announcement_parts.of(tx, number)):
        if other != language:
            behind_versions.put(tx, number, other, because)


def of(tx: Transaction, number: int) -> tuple[str, ...]:
    """The languages of the versions behind, in their order."""
    behind = behind_versions.of(tx, number)
    return in_order(one for one in languages_of(announcement_parts.of(tx, number)) if one in behind)
