"""When announcements begin and end: at once, at a time, with a session that may move, or start late in its hall."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions import outgoing
from bot.actions.agenda.runs import marks
from bot.actions.announcements import audience, claims, signing
from bot.actions.announcements.wording import languages_of
from bot.errors import BadInput
from bot.programme.estimates import Runs, ends, starts
from bot.programme.model import Programme, Session
from storage import announced, announcement_parts, announcements, audiences, deliveries, programmes
from storage.announcement_parts import Part
from storage.announcements import ASKED, SCHEDULED, SENDING, Announcement
from storage.database import Transaction

# "Lunch is served" helps nobody an hour later; half an hour later it may.
LATEST = 3600  # seconds behind its time after which its author is asked again whether to send it

# People who are notified of their own sessions get the announcement of the whole day a little later.
APART = 60  # seconds


def need_sense(tx: Transaction, announcement: Announcement, programme: Programme, runs: Runs, now: int) -> None:
    """Refuse what could reach nobody: no words, no people, a session that is over, an end before the beginning."""
    if not languages_of(announcement_parts.of(tx, announcement.number)):
        raise BadInput("announcements.empty")
    signing.need_room(announcement.said_by, announcement_parts.of(tx, announcement.number))
    moment = planned(announcement, programme, runs)
    if moment is None or (announcement.send_with and moment <= now):
        raise BadInput("announcements.session_over")
    if moment and now - moment > LATEST:
        raise BadInput("announcements.past_time")
    if announcement.expires_at is not None and announcement.expires_at <= max(moment, now):
        raise BadInput("announcements.ends_first")
    if outdated(tx, announcement_parts.of(tx, announcement.number), now):
        raise BadInput("moving.outdated")
    reach = audiences.count(tx, audience.read(announcement.audience))
    if moment <= now and not reach.gets(announcement.urgent):
        raise BadInput("announcements.nobody")


def outdated(tx: Transaction, parts: Sequence[Part], now: int) -> bool:
    """Whether they say what is not so by the newest version, which may be newer than the one in memory."""
    if not any(claims.sessions(part) for part in parts):
        return False
    version = programmes.get(tx, programmes.newest_number(tx))
    assert version is not None
    programme = Programme.from_document(version.document)
    return not all(claims.holds(part, programme, now) for part in parts)


def planned(announcement: Announcement, programme: Programme, runs: Runs) -> int | None:
    """When it is to begin, in epoch seconds, 0 for at once; None when its session is gone or cancelled.

    With a session it begins when that is marked as started, else when it is expected to start.
    """
    if not announcement.send_with:
        return announcement.send_at or 0
    session = companion(announcement, programme)
    return None if session is None else int(starts(programme, runs, session).timestamp())


def companion(announcement: Announcement, programme: Programme) -> Session | None:
    """The session it goes out with, unless that is cancelled."""
    session = programme.session(announcement.send_with)
    return None if session is None or session.cancelled else session


def settle(tx: Transaction, announcement: Announcement, programme: Programme, runs: Runs, now: int) -> int | None:
    """Begin a scheduled announcement if it is due; else the moment at which it will be.

    One whose session was cancelled or is over, that would come after its own end, or LATEST behind its time because
    the bot was down or approval came late, is a draft again, and its author is notified.
    """
    session = companion(announcement, programme)
    if announcement.send_with and (session is None or ends(programme, runs, session).timestamp() <= now):
        call_off(tx, announcement, "session", now)
        return None
    moment = planned(announcement, programme, runs) or 0
    if announcement.expires_at is not None and announcement.expires_at <= max(moment, now):
        call_off(tx, announcement, "late", now)
        return None
    if moment and now - moment > LATEST:
        call_off(tx, announcement, "missed", now)
        return None
    if moment > now:
        return moment
    if outdated(tx, announcement_parts.of(tx, announcement.number), now):
        give_back(tx, announcement, "outdated", now)
        return None
    condition = audience.read(announcement.audience)
    sending = outgoing.Announcement(announcement.number)
    until, urgent = announcement.expires_at, announcement.urgent
    enqueued = audiences.enqueue(
        tx, condition, kind=sending.kind, thing=sending.thing, now=now, valid_until=until, urgent=urgent
    )
    if any(claims.sessions(part) for part in announcement_parts.of(tx, announcement.number)):
        announced.put_off(tx, sending.thing, behind=outgoing.ChangeNotice.kind, seconds=APART, now=now)
    announcements.start(tx, announcement.number, recipients=enqueued, now=now)
    return None


def call_off(tx: Transaction, announcement: Announcement, why: str, now: int) -> None:
    """Give it back, to be sent at once or at another time."""
    give_back(tx, announcement, why, now)
    announcements.set_time(tx, announcement.number, None, "")


def give_back(tx: Transaction, announcement: Announcement, why: str, now: int) -> None:
    """Make it a draft again and notify its author. One whose author is forgotten would be nobody's, and is erased."""
    announcements.back(tx, announcement.number)
    if announcement.author is None:
        announcements.erase(tx, announcement.number)
    notify_author(tx, announcement, why, now)


def hold_back(tx: Transaction, author: int, organizers: Sequence[int], now: int) -> list[int]:
    """Let what a former organizer put forward or scheduled wait for one of the `organizers`, who are notified. The
    announcements' numbers."""
    held = [one.number for one in announcements.of_author(tx, author) if announcements.hold(tx, one.number, now)]
    for number in held:
        notify(tx, number, organizers, "held", now)
    return held


def notify_author(tx: Transaction, announcement: Announcement, what: str, now: int) -> None:
    """Enqueue the news for the author: approved, declined, corrected, session, late, missed."""
    if announcement.author is not None:
        notify(tx, announcement.number, [announcement.author], what, now)


def notify(tx: Transaction, number: int, people: Sequence[int], what: str, now: int) -> None:
    """Enqueue news of an announcement for organizers: what authors get, correction_approved and _declined, held."""
    outgoing.enqueue(tx, outgoing.AnnouncementNews(number, what, now), people, deliveries.LANE_ANSWER, now)


def look(tx: Transaction, programme: Programme, now: int) -> int | None:
    """Begin every scheduled announcement that is due; the moment at which the next one is."""
    runs = marks(tx)
    withhold(tx, programme, now)
    follow(tx, programme, runs, now)
    moments = [settle(tx, one, programme, runs, now) for one in announcements.scheduled(tx)]
    return min((moment for moment in moments if moment is not None), default=None)


def withhold(tx: Transaction, programme: Programme, now: int) -> None:
    """Keep back what says what is not so (any more): a sending pauses, what waits is a draft again."""
    for announcement in announcements.claiming(tx):
        number, state = announcement.number, announcement.state
        if state not in (ASKED, SCHEDULED, SENDING):
            continue
        if not claims.untrue(announcement_parts.of(tx, number), programme, now):
            continue
        sending = outgoing.Announcement(number)
        if state != SENDING:
            give_back(tx, announcement, "outdated", now)
            continue
        if announced.has_open(tx, sending.thing) and announcements.pause(tx, number):
            deliveries.hold(tx, sending.kind, sending.thing)
            notify_author(tx, announcement, "overtaken", now)


def follow(tx: Transaction, programme: Programme, runs: Runs, now: int) -> None:
    """Let those that hold until a session ends hold until it ends now; of one gone, the end last known counts."""
    for announcement in announcements.ending_with_sessions(tx, now):
        session = programme.session(announcement.expires_with)
        end = announcement.expires_at if session is None else int(ends(programme, runs, session).timestamp())
        if end is not None and end != announcement.expires_at:
            announcements.move_expiry(tx, announcement.number, end)
            sending = outgoing.Announcement(announcement.number)
            deliveries.prolong(tx, sending.kind, sending.thing, end)
