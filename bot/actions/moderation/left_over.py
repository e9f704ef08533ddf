"""What is left of a session that is over: moderators see it before its authors are told that there was no time, and
carry all of it to another session or close all of it with one word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.actions import outgoing
from bot.actions.became import digest
from bot.actions.moderation import carrying
from bot.actions.moderation.cards import card_touched
from bot.actions.moderation.carrying import need_target
from bot.actions.moderation.claims import held_by_another
from bot.actions.moderation.desk import kept_reason, read_reason, take_back, worth_reading
from bot.actions.moderation.undo import UNDO_HANDLERS, undo
from bot.actions.questions import desk_cards
from bot.actions.questions.questions import cards_changed, found, notify_of_fate
from bot.actions.rights import need_a_desk, need_moderator
from bot.errors import NotAllowed, Stale
from bot.programme.estimates import Runs
from bot.programme.model import Programme, Session
from bot.who import Who
from storage import audit, claims, deliveries, questions, roles, session_desks, unheard
from storage.audit import StaffAction
from storage.database import Transaction
from storage.questions import CLOSED, Question
from storage.unheard import LeftOver

AT_ONCE = 40  # questions in a transaction: each may have hundreds who are told
ANOTHER_END = 30 * 60  # seconds after an end that was told: another one is told again
TOGETHER = ("close", "carry")  # actions that are done to all at once


@dataclass(frozen=True, slots=True)
class Reach:
    """What would be done with one press: to how many questions, and how many people are told. `upto` is the number of
    the last of them: what comes in meanwhile is not meant."""

    questions: int
    people: int
    upto: int


@dataclass(frozen=True, slots=True)
class Several:
    """What was done so far with one press: to how many questions, and how many others are working on; `first` is the
    first action (storage.audit), `last` the number it has come to, `more` whether some are left to do."""

    done: int = 0
    held: int = 0
    first: int = 0
    last: int = 0
    more: bool = True

    @property
    def nothing(self) -> bool:
        return not (self.done or self.held)


@dataclass(frozen=True, slots=True)
class Undone:
    """What came of undoing all that was done with one press: how many questions of `session` are as before, and how
    many have moved on since; `last` is the action it has come to."""

    session: str
    back: int = 0
    left: int = 0
    last: int = 0
    more: bool = True


# Told before their authors are


def not_notified(tx: Transaction, sessions: Iterable[tuple[Session, int]]) -> list[tuple[Session, int]]:
    """Those, each with when it ended, whose moderators do not know yet that something is left: an end that was taken
    back does not count for one long after it, nor does every minute that an end is moved by make a notice."""
    return [
        (session, ended)
        for session, ended in sessions
        if all(ended - former >= ANOTHER_END for former in ends_told(tx, notice(session, ended)))
    ]


def ends_told(tx: Transaction, news: outgoing.LeftOver) -> list[int]:
    """When the session had ended, as its moderators were told before."""
    about = f"{news.session}{news.separator}{news.start}{news.separator}"
    return [outgoing.LeftOver.parse(thing).ended for thing in deliveries.things(tx, news.kind, about)]


def notice(session: Session, ended: int) -> outgoing.LeftOver:
    return outgoing.LeftOver(session.code, int(session.start.timestamp()), ended)


def notify(tx: Transaction, session: Session, ended: int, now: int) -> None:
    """Enqueue for the session's moderators, or else the organizers, what is left; into the desk's group too."""
    readers = roles.moderators_of(tx, session.code) or roles.organizers(tx)
    group = desk_cards.serving(tx)
    chats = [*readers, *([group.chat] if group else ())]
    outgoing.enqueue(tx, notice(session, ended), chats, deliveries.LANE_CARD, now)


def left(tx: Transaction, who: Who, session: str) -> LeftOver:
    """What is left of a session, which may be gone from the programme."""
    need_moderator(who, session)
    return unheard.of_session(tx, session)


def reach(tx: Transaction, who: Who, session: str, upto: int = 0) -> Reach:
    """Of all that is left, or of no later question than `upto`. Stale when it is nothing."""
    found_ = left(tx, who, session)
    upto = upto or found_.last
    count = len(unheard.numbers(tx, session, upto))
    if not count:
        raise Stale("left.nothing")
    return Reach(count, unheard.count_people(tx, session, upto), upto)


# Closing


def close_some(tx: Transaction, who: Who, now: int, session: str, *, upto: int, word: str, so_far: Several) -> Several:
    """Close the next of the session's open questions, no later one than `upto`, each with the same word for whoever
    cares, "" for none. What somebody else works on is left to them."""
    need_moderator(who, session)
    reason = kept_reason(worth_reading(word), "") if word else ""
    numbers = [one for one in unheard.numbers(tx, session, upto) if one > so_far.last]
    for number in numbers[:AT_ONCE]:
        held = held_by_another(tx, who, now, number) is not None
        action = 0 if held else close(tx, who, now, found(tx, number), reason=reason, first=so_far.first)
        so_far = counted(so_far, number, held=held, action=action)
    return replace(so_far, more=len(numbers) > AT_ONCE)


def close(tx: Transaction, who: Who, now: int, before: Question, *, reason: str, first: int) -> int:
    """Close one question, and tell whoever cares. The action, 0 when somebody was faster."""
    number = before.number
    if not questions.decide(tx, number, expected=before.state, state=CLOSED, moderator=who.id, now=now, reason=reason):
        return 0
    question = found(tx, number)
    claims.drop(tx, number)
    session_desks.clear_stage(tx, question.session, number)
    kept = {"state": before.state, "decided_at": before.decided_at, "revision": question.revision}
    kept |= {"first": first} if first else {}
    action = audit.note(tx, who.id, "close", now, question=number, session=question.session, detail=kept)
    cards_changed(tx, question, now)
    notify_of_fate(tx, question, now)
    return action


UNDO_HANDLERS["close"] = take_back


def counted(so_far: Several, number: int, *, held: bool, action: int) -> Several:
    return replace(
        so_far,
        done=so_far.done + bool(action),
        held=so_far.held + held,
        first=so_far.first or action,
        last=number,
    )


@dataclass(frozen=True, slots=True)
class Amended:
    """`made` is False when somebody has read the former word. `first` is the action that undoes all."""

    session: str
    made: bool
    first: int


def amend_word(tx: Transaction, who: Who, now: int, first: int, *, kept: str, typed: str) -> Amended | None:
    """The message with the word that all were closed with, whose digest is `kept`, is edited: it counts while nobody
    has read it. None when it says the same."""
    word = worth_reading(typed)
    if digest(word) == kept:
        return None
    begun = audit.get(tx, first)
    if begun is None or begun.actor != who.id or begun.deed != "close":
        raise Stale("edited.replaced")
    need_moderator(who, begun.session)
    standing = (standing_as_left(tx, one) for one in audit.together(tx, begun))
    closed = [one for one in standing if one is not None and digest(read_reason(one.reason)[1]) == kept]
    if not closed:
        raise Stale("edited.replaced")
    news = (outgoing.Fate(one.number, one.revision) for one in closed)
    if any(deliveries.reached(tx, one.kind, one.thing) for one in news):
        return Amended(begun.session, False, first)
    for one in closed:
        unheard.reword(tx, one.number, kept_reason(word, ""), one.revision)
        card_touched(tx, one.number, now)
    return Amended(begun.session, True, first)


def standing_as_left(tx: Transaction, action: StaffAction) -> Question | None:
    """The question of an action, while it is as that left it."""
    question = None if action.question is None or action.undone_at is not None else questions.get(tx, action.question)
    return question if question is not None and question.revision == action.detail.get("revision") else None


# Carrying


@dataclass(frozen=True, slots=True)
class Way:
    """All that is left of `session`, no later question than `upto`, to the session `to`."""

    session: str
    to: str
    upto: int


def carry_some(
    tx: Transaction, who: Who, now: int, programme: Programme, runs: Runs, *, way: Way, so_far: Several
) -> Several:
    """Carry the next of them. What somebody else works on is left to them."""
    need_moderator(who, way.session)
    need_target(programme, runs, way.to, dt.datetime.fromtimestamp(now, dt.UTC))
    numbers = [one for one in unheard.numbers(tx, way.session, way.upto) if one > so_far.last]
    for number in numbers[:AT_ONCE]:
        one = carrying.Way(number, way.to, read=found(tx, number).revision, first=so_far.first)
        made = carrying.carry(tx, who, now, programme, runs, way=one)
        so_far = counted(so_far, number, held=made.claim is not None, action=made.action)
    return replace(so_far, more=len(numbers) > AT_ONCE)


# Undoing


def last_together(tx: Transaction, who: Who, action: str, session: str) -> Several:
    """What the person did last about the session, if that was done to all: a second tap shows it again."""
    latest = next(iter(audit.latest(tx, who.id, session, 1)), None)
    if latest is None or latest.deed != action or latest.undone_at is not None:
        return Several(more=False)
    begun = audit.get(tx, latest.detail.get("first", latest.id))
    return Several(more=False) if begun is None else Several(len(audit.together(tx, begun)), first=begun.id, more=False)


def undo_some(tx: Transaction, who: Who, now: int, first: int, so_far: Undone | None) -> Undone:
    """Undo the next of what was done with one press: one's own, or any for organizers. Questions that have moved on
    since stay as they are."""
    need_a_desk(who)
    begun = audit.get(tx, first)
    if begun is None or begun.deed not in TOGETHER or begun.actor is None:
        raise Stale("undo.moved_on")
    if begun.actor != who.id and not who.organizer:
        raise NotAllowed("undo.not_yours")
    all_of_it = audit.together(tx, begun)
    # What is known of the questions of somebody who has erased their data says nothing of the session.
    homes = (one.detail["session"] for one in all_of_it if "session" in one.detail)
    so_far = so_far or Undone(next(homes, begun.session))
    actions = [one for one in all_of_it if one.id > so_far.last]
    for one in actions[:AT_ONCE]:
        back = one.undone_at is not None or (standing_as_left(tx, one) is not None and undone(tx, who, now, one))
        so_far = replace(so_far, back=so_far.back + back, left=so_far.left + (not back), last=one.id)
    return replace(so_far, more=len(actions) > AT_ONCE)


def undone(tx: Transaction, who: Who, now: int, action: StaffAction) -> bool:
    """False when something has happened to the question since."""
    try:
        undo(tx, who, now, action.id)
    except Stale:
        return False
    return True
