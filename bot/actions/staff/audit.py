"""Who did what, for the organizers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions.paging import in_range
from bot.actions.questions.questions import (
    moderated,
)
from bot.actions.rights import (
    need_organizer,
)
from bot.who import Who
from storage import audit, participants
from storage.audit import StaffAction
from storage.database import Transaction

PAGE = 6  # actions
HISTORY = 15  # actions about one question: the last ones

# Every action that is logged, each with its words under "audit.": about a question, about the desk, announcements,
# roles.
STAFF_ACTIONS = (
    *("approve", "decline", "asked", "answer", "edit", "merge", "unmerge", "label", "unlabel", "mute", "unmute"),
    *("undo", "take_over", "stage_on", "stage_off", "later", "skip", "brought_back", "carry", "close", "stars_moved"),
    *("note", "group_opened", "group_closed", "stopword_added", "stopword_removed", "hall_private", "hall_public"),
    "group_language",
    *("announced", "cancelled", "corrected", "withdrawn", "approved", "paused", "resumed", "declined", "taken_back"),
    "held_back",
    *("role_given", "role_ended", "watch_set", "watch_ended"),
    *("run_started", "run_over", "run_ended", "run_reset"),
    *("arrival_taken_back", "badges_printed", "badge_reissued"),
    *("draft_step_back", "draft_discarded", "published", "restored"),
)


@dataclass(frozen=True, slots=True)
class NamedStaffAction:
    """`by` is "" for anyone who has erased their data since."""

    action: StaffAction
    by: str


@dataclass(frozen=True, slots=True)
class Journal:
    """A page of actions, the newest first: of `person` (0: everybody), about `session` ("": all)."""

    actions: Sequence[NamedStaffAction]
    page: int
    pages: int
    person: int
    session: str


def journal(tx: Transaction, who: Who, person: int, session: str, page: int) -> Journal:
    """The page is brought into range."""
    need_organizer(who)
    page, pages = in_range(page, count=audit.count(tx, person, session), size=PAGE)
    found = audit.page(tx, person, session, PAGE, page * PAGE)
    return Journal(named(tx, found), page, pages, person, session)


def history(tx: Transaction, who: Who, number: int) -> Sequence[NamedStaffAction]:
    """What was done about a question, the last first, for anyone who may moderate it."""
    moderated(tx, who, number)
    return named(tx, audit.of_question(tx, number, HISTORY))


def actors(tx: Transaction, who: Who) -> Sequence[tuple[int, str]]:
    """Who has done something: (person, name), the busiest first."""
    need_organizer(who)
    return [(person, participants.name_of(tx, person) or str(person)) for person, _ in audit.actors(tx)]


def sessions(tx: Transaction, who: Who) -> frozenset[str]:
    """Codes of the sessions something was done about."""
    need_organizer(who)
    return frozenset(audit.sessions(tx))


def named(tx: Transaction, found: Sequence[StaffAction]) -> Sequence[NamedStaffAction]:
    names = {actor: participants.name_of(tx, actor) for actor in {one.actor for one in found}}
    return [NamedStaffAction(one, names[one.actor]) for one in found]
