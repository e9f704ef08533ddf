"""The organizers' board: what runs late, what waits, who is here, what is drafted and scheduled, and what failed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions.announcements import timing
from bot.actions.rights import need_organizer
from bot.programme.estimates import Runs, Span, ends, is_on, shown
from bot.programme.model import Programme, Session
from bot.who import Who
from storage import announcements, boards, desk_groups, presence, programme_watches
from storage.announcements import ASKED, Announcement
from storage.boards import Drafted, Lost
from storage.database import Transaction
from storage.desk_groups import DeskGroup
from storage.presence import Attendance
from storage.programme_watches import Watch

LATELY = 86400  # seconds for which what failed is shown, as long as /outbox shows it


@dataclass(frozen=True, slots=True)
class Late:
    """The first session of a room that is notably behind: it is `on` and will end late, or it will begin late. `by`
    seconds; `expected` as people are told."""

    session: Session
    on: bool
    by: int
    expected: Span


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many questions, of these sessions; the `oldest` waits since then, epoch seconds, where that is of interest."""

    questions: int = 0
    sessions: Sequence[str] = ()
    oldest: int = 0


@dataclass(frozen=True, slots=True)
class Scheduled:
    """`at` is when it is to begin, epoch seconds."""

    announcement: Announcement
    at: int


@dataclass(frozen=True, slots=True)
class Board:
    """`review` waits for a moderator while its session is still to be or goes on; `left` has no answer and its session
    is over or gone. `asked` wait for approval; `watch` and `group` only where there is a fault."""

    late: Sequence[Late]
    review: Waiting
    left: Waiting
    asked: Sequence[Announcement]
    attendance: Attendance
    drafted: Sequence[Drafted]
    scheduled: Sequence[Scheduled]
    lost: Lost
    watch: Watch | None
    group: DeskGroup | None


def board(tx: Transaction, who: Who, programme: Programme, runs: Runs, now: dt.datetime) -> Board:
    need_organizer(who)
    return read(tx, programme, runs, now)


def stands_below(tx: Transaction, who: Who, message: int) -> bool:
    """Whether the person's board is a later message than this one already."""
    need_organizer(who)
    return any(one.message > message for one in boards.in_chat(tx, who.id) if not one.former)


def read(tx: Transaction, programme: Programme, runs: Runs, now: dt.datetime) -> Board:
    """What any organizer's board shows: without asking who wants it, for the bot itself."""
    review, left = waiting(tx, programme, runs, now)
    coming = announcements.coming(tx)
    watch, group = programme_watches.get(tx), desk_groups.current(tx)
    return Board(
        late_rooms(programme, runs, now),
        review,
        left,
        [one for one in coming if one.state == ASKED],
        presence.total(tx),
        boards.drafted(tx),
        scheduled(coming, programme, runs),
        boards.lost(tx, int(now.timestamp()) - LATELY),
        watch if watch is not None and watch.fault is not None else None,
        group if group is not None and group.fault else None,
    )


def waiting(tx: Transaction, programme: Programme, runs: Runs, now: dt.datetime) -> tuple[Waiting, Waiting]:
    """What is to be reviewed, and what is left of sessions that are over."""
    found = boards.open_questions(tx)
    coming = {one.session for one in found if still_to_be(programme, runs, one.session, now)}
    review = [one for one in found if one.session in coming and one.oldest is not None]
    left = [one for one in found if one.session not in coming]
    return (
        Waiting(
            sum(one.pending for one in review),
            [one.session for one in review],
            min((one.oldest for one in review if one.oldest is not None), default=0),
        ),
        Waiting(sum(one.questions for one in left), [one.session for one in left]),
    )


def still_to_be(programme: Programme, runs: Runs, code: str, now: dt.datetime) -> bool:
    """Whether the session is in the programme, and not over."""
    session = programme.session(code)
    return session is not None and ends(programme, runs, session) > now


def late_rooms(programme: Programme, runs: Runs, now: dt.datetime) -> list[Late]:
    """Where marks have put a room behind: of each room its first session that is behind, the earliest of them first."""
    moved = [one for one in map(programme.session, runs.moved(programme)) if one is not None]
    found: dict[str, Late] = {}
    for session in sorted(moved, key=lambda one: one.start):
        place = session.room or session.code
        if place not in found and (late := behind(programme, runs, session, now)) is not None:
            found[place] = late
    return list(found.values())


def behind(programme: Programme, runs: Runs, session: Session, now: dt.datetime) -> Late | None:
    if session.cancelled or ends(programme, runs, session) <= now:
        return None
    on, expected = is_on(programme, runs, session, now), shown(programme, runs, session, now)
    late = expected.end - session.end if on else expected.start - session.start
    return Late(session, on, int(late.total_seconds()), expected) if late > dt.timedelta() else None


def scheduled(coming: Sequence[Announcement], programme: Programme, runs: Runs) -> list[Scheduled]:
    """Those with a moment to come, the next one first."""
    planned = [(one, timing.planned(one, programme, runs)) for one in coming if one.state != ASKED]
    return sorted((Scheduled(one, at) for one, at in planned if at), key=lambda one: (one.at, one.announcement.number))
