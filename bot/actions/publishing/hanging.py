"""What hangs on a session that goes away, counted; and moving it to another session, its heir.

A session goes away when it leaves the programme, is cancelled or becomes a break: there nobody asks any more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.actions import outgoing
from bot.actions.agenda.runs import marks
from bot.actions.publishing import drafts
from bot.actions.publishing.drafts import Draft
from bot.actions.questions import telling
from bot.actions.questions.carrying import as_it_stood, carried, is_target, moved_with_cards
from bot.actions.questions.questions import STAYS_OPEN, enqueue_change, found, lost, takes_questions
from bot.actions.rights import need_organizer
from bot.errors import Stale
from bot.programme.differences import CANCELLED, REMOVED
from bot.programme.estimates import Runs
from bot.programme.model import Programme, Session
from bot.who import Who
from storage import audit, cards, carrying, deliveries, hanging, heirs, questions, unheard
from storage.database import Transaction
from storage.heirs import MovedQuestion
from storage.questions import LIVE

BREAK = "break"
LOOK_BACK = 50  # actions about one question


@dataclass(frozen=True, slots=True)
class Hang:
    """`session` as it was; `how` it goes away: REMOVED, CANCELLED or BREAK; `heir` is a code, "" for none."""

    session: Session
    how: str
    questions: int
    stars: int
    heir: str = ""


@dataclass(frozen=True, slots=True)
class Hanging:
    """Only the sessions on which anything hangs; `people` are counted once each, and each question without a name as
    somebody else's. False when nothing does."""

    sessions: tuple[Hang, ...] = ()
    people: int = 0

    @property
    def questions(self) -> int:
        return sum(one.questions for one in self.sessions)

    @property
    def stars(self) -> int:
        return sum(one.stars for one in self.sessions)

    def __bool__(self) -> bool:
        return bool(self.sessions)


NOTHING = Hanging()


@dataclass(frozen=True, slots=True)
class Moved:
    """How many were moved, or brought back; `stay` are questions that do not come back: they were dealt with where
    they had been moved to, or are elsewhere by now."""

    questions: int = 0
    stars: int = 0
    stay: int = 0

    def __add__(self, other: Moved) -> Moved:
        return Moved(self.questions + other.questions, self.stars + other.stars, self.stay + other.stay)

    def __bool__(self) -> bool:
        return bool(self.questions or self.stars or self.stay)


NONE = Moved()


def way(before: Session, after: Session | None) -> str:
    """How the session goes away with the next version; "" when it does not."""
    if after is None:
        return REMOVED
    if after.cancelled and not before.cancelled:
        return CANCELLED
    return BREAK if after.is_break and not before.is_break else ""


def going(before: Programme, after: Programme) -> list[tuple[Session, str]]:
    """The sessions that go away, and how."""
    ways = ((one, way(one, after.session(one.code))) for one in before.sessions)
    return [(one, how) for one, how in ways if how]


def coming(before: Programme, after: Programme) -> list[str]:
    """Codes of the sessions that are there again, or for the first time."""
    return [
        one.code
        for one in after.sessions
        if not (one.cancelled or one.is_break)
        for was in [before.session(one.code)]
        if was is None or was.cancelled or was.is_break
    ]


def count(tx: Transaction, gone: Iterable[tuple[Session, str]], chosen: Mapping[str, str] | None = None) -> Hanging:
    """What hangs on these sessions; `chosen` are their heirs."""
    live, stars, chosen = hanging.live(tx), hanging.stars(tx), chosen or {}
    sessions = tuple(
        Hang(one, how, live.get(one.code, 0), stars.get(one.code, 0), chosen.get(one.code, ""))
        for one, how in gone
        if one.code in live or one.code in stars
    )
    people = set[tuple[int, int]]().union(*(hanging.people(tx, one.session.code) for one in sessions))
    return Hanging(sessions, len(people))


def of_draft(tx: Transaction, who: Who, now: int, draft: Draft) -> Hanging:
    """What hangs on what publishing the draft takes away, with the heirs that still can take it."""
    need_organizer(who)
    return count(tx, going(draft.published, draft.programme), open_heirs(tx, draft.programme, now))


def left(tx: Transaction, who: Who, programme: Programme) -> Hanging:
    """What still hangs on sessions that do not take place."""
    need_organizer(who)
    cancelled = [(one, CANCELLED) for one in programme.sessions if one.cancelled]
    breaks = [(one, BREAK) for one in programme.sessions if one.is_break and not one.cancelled]
    return count(tx, [*((one, REMOVED) for one in programme.gone), *cancelled, *breaks])


def open_heirs(tx: Transaction, programme: Programme, now: int) -> dict[str, str]:
    """The heirs that were chosen with the draft, without those that take no questions any more."""
    able = {one.code for one in candidates(programme, marks(tx), now)}
    return {session: heir for session, heir in heirs.of_draft(tx).items() if heir in able}


def candidates(programme: Programme, runs: Runs, now: int) -> list[Session]:
    """The sessions that can take what hangs on another: what is on or to come, for a star wants a session to go to."""
    moment = dt.datetime.fromtimestamp(now, dt.UTC)
    return [one for one in programme.sessions if is_target(programme, runs, one, moment)]


def need_heir(programme: Programme, runs: Runs, now: int, code: str) -> None:
    if code not in {one.code for one in candidates(programme, runs, now)}:
        raise Stale("hanging.no_heir")


def choose(tx: Transaction, who: Who, now: int, draft: Draft, *, session: str, heir: str) -> None:
    """Choose with the draft where what hangs on the session is moved, "" for nowhere. Stale when the draft has changed
    since, when the session does not go away, or the heir takes no questions."""
    need_organizer(who)
    if all(one.code != session for one, _ in going(draft.published, draft.programme)):
        raise Stale("draft.moved_on")
    if heir:
        need_heir(draft.programme, marks(tx), now, heir)
    drafts.take_in_hand(tx, draft.revision)
    heirs.choose(tx, session, heir)


def is_chosen(tx: Transaction, who: Who, session: str, heir: str) -> bool:
    need_organizer(who)
    return heirs.of_draft(tx).get(session, "") == heir


def move_left(tx: Transaction, who: Who, now: int, programme: Programme, *, session: str, heir: str) -> Moved:
    """Move what still hangs on a session that does not take place."""
    need_organizer(who)
    if not lost(programme, session):
        raise Stale("hanging.is_back")
    need_heir(programme, marks(tx), now, heir)
    return move(tx, who, now, session, heir, noticed=False)


def move(tx: Transaction, who: Who, now: int, session: str, heir: str, *, noticed: bool) -> Moved:
    """Everything that waits, as it is: whoever does this moderates all sessions. Whoever cares about a question is told
    of it, quietly published or not, and so are the owners of stars, unless they are `noticed` that the session goes
    away and read there where their star is."""
    numbers = hanging.live_in(tx, session)
    for number in numbers:
        question = found(tx, number)
        carrying.carry(tx, number, session=heir, state=question.state, read=question.revision)
        after, _ = carried(tx, who, now, question)
        heirs.note_question(tx, MovedQuestion(session, number, heir, after.revision))
    people = heirs.move_stars(tx, session, heir)
    if people:
        audit.note(tx, who.id, "stars_moved", now, session=session, detail={"heir": heir, "stars": len(people)})
    if not noticed:
        outgoing.enqueue(tx, outgoing.StarMoved(session, now), people, deliveries.LANE_REMINDER, now)
    return Moved(len(numbers), len(people))


def bring_back(tx: Transaction, who: Who, now: int, sessions: Iterable[str]) -> Moved:
    """These sessions are there again, and with them what was moved from them, where nothing else has happened to it
    since; what was told of it is corrected."""
    done = NONE
    for session in heirs_first(tx, sessions):
        back = stay = 0
        for moved in heirs.moved_questions(tx, session):
            question = found(tx, moved.question)
            if question.session == session:
                continue  # somebody has undone it already
            if question.session != moved.heir or question.state not in LIVE:
                stay += 1
                continue
            before = replace(as_it_stood(tx, question, moving(tx, moved)), session=session)
            carrying.carry_back(tx, before, question.revision)
            moved_with_cards(tx, who, now, question)
            telling.retract(tx, outgoing.Carried(moved.question, moved.revision), now)
            back += 1
        heirs.forget_questions(tx, session)
        done += Moved(back, heirs.return_stars(tx, session), stay)
    return done


def moving(tx: Transaction, moved: MovedQuestion) -> Mapping[str, Any]:
    """What is kept of how the question stood before that move."""
    actions = audit.standing(tx, moved.question, LOOK_BACK)
    kept = (one.detail for one in actions if one.deed == "carry" and one.detail.get("revision") == moved.revision)
    return next(kept, {})


def heirs_first(tx: Transaction, sessions: Iterable[str]) -> list[str]:
    """Those from which anything was moved, each after the sessions it was moved to: what an heir passed on comes back
    to it, and from there to where it was before."""
    left = sorted(heirs.moved_from(tx).intersection(sessions))
    ordered: list[str] = []
    while left:
        ready = [one for one in left if not heirs.heirs_of(tx, one).intersection(left)] or left[:1]
        ordered += ready
        left = [one for one in left if one not in ready]
    return ordered


def to_bring_back(tx: Transaction, before: Programme, after: Programme) -> Moved:
    """What `bring_back` will do with the next version."""
    done = NONE
    for session in heirs.moved_from(tx).intersection(coming(before, after)):
        moved = [(one, found(tx, one.question)) for one in heirs.moved_questions(tx, session)]
        moved = [(one, now) for one, now in moved if now.session != session]
        back = sum(now.session == one.heir and now.state in LIVE for one, now in moved)
        done += Moved(back, heirs.stars_to_return(tx, session), len(moved) - back)
    return done


def heard_again(tx: Transaction, programme: Programme, now: int, sessions: Iterable[str]) -> None:
    """Where questions are taken again, those that wait have another chance, and what was told of them is corrected."""
    waiting = hanging.live(tx).keys() & set(sessions)
    runs, moment = marks(tx), dt.datetime.fromtimestamp(now, dt.UTC)
    for session in sorted(waiting):
        for number in hanging.live_in(tx, session):
            for one in (number, *questions.fellows(tx, number)):
                telling.stands_again(tx, one, now)
        held = programme.session(session)
        if held is None or not takes_questions(programme, runs, held, moment):
            continue
        for number in hanging.live_in(tx, session):
            for news in told_lost(tx, number):
                # First, or the correction would say still that there was no time for it, and not come again.
                unheard.unmark(tx, number, news.at)
                telling.retract(tx, news, now)


def mark_cards(tx: Transaction, now: int, sessions: Iterable[str], version: int) -> None:
    """On the cards of what waits there stands whether their session takes place."""
    for session in sorted(hanging.live(tx).keys() & set(sessions)):
        for number in hanging.live_in(tx, session):
            touch = outgoing.CardChange.touch(number, f"v{version}")
            enqueue_change(tx, touch, cards.chats(tx, number), now)


def told_lost(tx: Transaction, number: int) -> list[outgoing.Unheard]:
    """The news of the question, sent or not, that there was no time for it, or is no session any more."""
    put = deliveries.things(tx, outgoing.Unheard.kind, outgoing.Unheard.beginning(number))
    return [outgoing.Unheard.parse(thing) for thing in put]


def tell_later(tx: Transaction, now: int, sessions: Iterable[str]) -> None:
    """No notice says that these sessions go away. Whoever cares about a question that is left there hears of it all the
    same, when its moderators have had as much time as after a session's end; unless they have read already that there
    was no time for it."""
    for session in sorted(hanging.live(tx).keys() & set(sessions)):
        for number in hanging.live_in(tx, session):
            if found(tx, number).unheard_at is None:
                # Other than all before: what was withdrawn in this second is not sent again.
                at = max([now, *(news.at + 1 for news in told_lost(tx, number))])
                due_at = now + int(STAYS_OPEN.total_seconds())
                telling.tell(tx, outgoing.Unheard(number, at), now, due_at=due_at)


def waiting_for(tx: Transaction, person: int) -> Mapping[str, tuple[int, ...]]:
    """Session code -> the questions there that the person waits for."""
    found_: dict[str, tuple[int, ...]] = {}
    for number, session in hanging.live_of(tx, person):
        found_[session] = (*found_.get(session, ()), number)
    return found_
