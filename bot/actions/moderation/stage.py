"""The chair on stage: one question at a time, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.actions.again import just_did
from bot.actions.moderation import desk as moderation
from bot.actions.moderation import papers, undo
from bot.actions.moderation.cards import decider_name
from bot.actions.moderation.claims import Claim, take
from bot.actions.moderation.papers import Line
from bot.actions.paging import in_range
from bot.actions.questions.questions import (
    cards_changed,
    found,
    moderated,
)
from bot.actions.rights import (
    need_moderator,
)
from bot.actions.typed import says_something, tidy
from bot.errors import BadInput, Stale
from bot.who import Who
from storage import audit, participants, questions, session_desks, stages
from storage.audit import StaffAction
from storage.database import Transaction
from storage.questions import APPROVED, PUBLIC, Question
from storage.session_desks import SessionDesk

NOTE_MAX = 200  # characters: to be read at a glance
ENDED_TURN = ("asked", "answer", "later", "skip")  # actions that take a question off the stage
LOOK_BACK = 5  # of the chair's own actions: putting the next one on stage and laying notes are among them


@dataclass(frozen=True, slots=True)
class Stage:
    """A session as its chair sees it.

    `line` is the question on stage since `since` (epoch seconds), or, where that is None, the one whose turn is next;
    None when no question is ready. `following` comes after it, `behind` counts all that are ready but `line`. `note_by`
    is the name of whoever wrote the note at `note_at`. `last` is what the chair did last, if it can be undone.
    """

    session: str
    line: Line | None = None
    since: int | None = None
    following: Question | None = None
    behind: int = 0
    skipped: int = 0
    note: str = ""
    note_by: str = ""
    note_at: int = 0
    last: StaffAction | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What a move is about: the question as it is, its session's desk, and the revision that the chair has `read`."""

    question: Question
    desk: SessionDesk
    read: int


@dataclass(frozen=True, slots=True)
class Moved:
    """`made` is False when the question is no longer what the chair has read: nothing was changed, and
    `question` is what it is now, `by` who decided about it; or `claim` says who is answering it already."""

    question: Question
    made: bool
    by: str = ""
    claim: Claim | None = None


def on_stage(tx: Transaction, desk: SessionDesk) -> Question | None:
    """The question on stage. One asked or answered from the desk is still being spoken of there, until the next one
    comes; one declined, merged, withdrawn or skipped is not there any more."""
    question = None if desk.on_stage is None else questions.get(tx, desk.on_stage)
    if question is None or question.skipped or question.state not in PUBLIC:
        return None
    return question


def stage(tx: Transaction, who: Who, session: str) -> Stage:
    need_moderator(who, session)
    desk = session_desks.get(tx, session)
    live = on_stage(tx, desk)
    waiting = [
        one for one in questions.ready(tx, session, desk.sorting, 3) if live is None or one.number != live.number
    ]
    first, *rest = [live, *waiting] if live else [*waiting, None]
    return Stage(
        session,
        line=None if first is None else papers.line_of(tx, first),
        since=desk.on_stage_at if live else None,
        following=rest[0] if rest else None,
        behind=questions.count_ready(tx, session) - (first is not None and first.state == APPROVED),
        skipped=questions.count_skipped(tx, session),
        note=desk.note,
        note_by=participants.name_of(tx, desk.note_by),
        note_at=desk.note_at or 0,
        last=last_turn(tx, who, session),
    )


def last_turn(tx: Transaction, who: Who, session: str) -> StaffAction | None:
    """What the chair did last with a question of the session, while it can be undone."""
    for action in audit.latest(tx, who.id, session, LOOK_BACK):
        if action.deed in ENDED_TURN and action.undone_at is None and action.question is not None:
            question = questions.get(tx, action.question)
            standing = None if question is None else undo.undoable(tx, question)
            return action if standing is not None and standing.id == action.id else None
    return None


def choices(tx: Transaction, who: Who, session: str, limit: int, page: int) -> tuple[list[Question], int, int]:
    """A page of those ready in the session's order, which page it is, and how many there are."""
    need_moderator(who, session)
    page, pages = in_range(page, count=questions.count_ready(tx, session), size=limit)
    sorting = session_desks.get(tx, session).sorting
    return questions.ready(tx, session, sorting, limit, page * limit), page, pages


def skipped(tx: Transaction, who: Who, session: str) -> list[Question]:
    need_moderator(who, session)
    return questions.skipped(tx, session)


def move(tx: Transaction, who: Who, now: int, number: int, *, read: int, name: str) -> Moved:
    """Do one of MOVES with the question at the revision that the chair has `read`, and at no other."""
    question = moderated(tx, who, number)
    if name not in MOVES:
        raise Stale("refusal.stale")
    desk = session_desks.get(tx, question.session)
    return MOVES[name](tx, who, now, Turn(question, desk, read))


def begin_answer(tx: Transaction, who: Who, now: int, number: int, *, read: int) -> Moved:
    """Before a written answer is asked for: no two people are to write one at a time."""
    question = moderated(tx, who, number)
    if question.revision != read or "answer" not in moderation.possible(question):
        return late(tx, question)
    claim = take(tx, who, now, number)
    return Moved(question, claim.mine, claim=None if claim.mine else claim)


def answer(tx: Transaction, who: Who, now: int, number: int, *, read: int, words: str) -> Moved:
    """Answered in writing, from the stage: if it stood there, the next one comes."""
    question = moderated(tx, who, number)
    desk = session_desks.get(tx, question.session)
    done = moderation.decide(tx, who, now, number, moderation.Verdict("answer", words), read=read, on_stage=True)
    return decided(tx, who, now, desk, done)


def take_back(tx: Transaction, who: Who, now: int, action: int) -> Question:
    """Undo one of ENDED_TURN: the question is on stage again, for that is where it was sent away from.

    A second tap changes nothing: by then another may stand there.
    """
    before = audit.get(tx, action)
    question = undo.undo(tx, who, now, action)
    if before is None or before.undone_at is not None:
        return question
    desk = session_desks.get(tx, question.session)
    return put(tx, who, now, Turn(question, desk, question.revision)).question


def put(tx: Transaction, who: Who, now: int, turn: Turn) -> Moved:
    """On stage, instead of whatever stands there; a skipped one is back in line with it."""
    question, desk = turn.question, turn.desk
    live = on_stage(tx, desk)
    if live is not None and live.number == question.number:
        return Moved(question, made=True)  # a second tap, or the other chair's: it keeps its time
    if question.state != APPROVED or question.revision != turn.read:
        return late(tx, question)
    if question.skipped:
        questions.put_back(tx, question.number, turn.read, question.postponed_at)
        cards_changed(tx, found(tx, question.number), now)
    session_desks.put_on_stage(tx, question.session, question.number, now)
    audit.note(tx, who.id, "stage_on", now, question=question.number, session=question.session)
    return Moved(found(tx, question.number), made=True)


def off(tx: Transaction, who: Who, now: int, turn: Turn) -> Moved:
    """Off the stage, and still the next in line: the hall sees no question."""
    question = turn.question
    if session_desks.clear_stage(tx, question.session, question.number):
        audit.note(tx, who.id, "stage_off", now, question=question.number, session=question.session)
    return Moved(question, made=True)


def asked(tx: Transaction, who: Who, now: int, turn: Turn) -> Moved:
    done = moderation.decide(
        tx, who, now, turn.question.number, moderation.Verdict("asked"), read=turn.read, on_stage=True
    )
    return decided(tx, who, now, turn.desk, done)


def following(tx: Transaction, who: Who, now: int, turn: Turn) -> Moved:
    """The next one, where the one on stage was decided about already from the desk."""
    advance(tx, turn.desk, turn.question.number, now)
    return Moved(turn.question, made=True)


def later(tx: Transaction, who: Who, now: int, turn: Turn) -> Moved:
    """Behind all others."""
    made = questions.postpone(tx, turn.question.number, read=turn.read, now=now)
    return put_off(tx, who, now, "later", turn, made=made)


def skip(tx: Transaction, who: Who, now: int, turn: Turn) -> Moved:
    """Off today's line, and approved still: it can be brought back or answered in writing."""
    return put_off(tx, who, now, "skip", turn, made=questions.skip(tx, turn.question.number, turn.read))


def back(tx: Transaction, who: Who, now: int, turn: Turn) -> Moved:
    """A skipped one is in line again, where it was."""
    question = turn.question
    if not question.skipped or not questions.put_back(tx, question.number, turn.read, question.postponed_at):
        twice = just_did(tx, who, "brought_back", session=question.session, question=question.number)
        return Moved(question, made=True) if twice else late(tx, question)
    audit.note(tx, who.id, "brought_back", now, question=question.number, session=question.session)
    return changed(tx, question.number, now)


Move = Callable[[Transaction, Who, int, Turn], Moved]
MOVES: dict[str, Move] = {
    "put": put,
    "off": off,
    "asked": asked,
    "next": following,
    "later": later,
    "skip": skip,
    "back": back,
}


def put_off(tx: Transaction, who: Who, now: int, action: str, turn: Turn, *, made: bool) -> Moved:
    """Its author is not notified: the chair sorts a pile and gives no verdict, and the next tap may undo it. Where it
    lasts beyond the session, they are told with all others (bot.actions.questions.over)."""
    question = turn.question
    if not made:
        twice = just_did(tx, who, action, session=question.session, question=question.number)
        return Moved(question, made=True) if twice else late(tx, question)
    before = {"postponed_at": question.postponed_at, "skipped": question.skipped, "revision": question.revision + 1}
    audit.note(tx, who.id, action, now, question=question.number, session=question.session, detail=before)
    advance(tx, turn.desk, question.number, now)
    return changed(tx, question.number, now)


def put_in_line_again(tx: Transaction, who: Who, now: int, action: StaffAction) -> None:
    """Undo `later` or `skip`."""
    assert action.question is not None
    read = found(tx, action.question).revision
    questions.put_back(tx, action.question, read, action.detail["postponed_at"], action.detail["skipped"])


undo.UNDO_HANDLERS |= {"later": put_in_line_again, "skip": put_in_line_again}


def decided(tx: Transaction, who: Who, now: int, desk: SessionDesk, decision: moderation.Decision) -> Moved:
    if decision.made:
        advance(tx, desk, decision.question.number, now)
    return Moved(decision.question, decision.made, decision.by, decision.claim)


def advance(tx: Transaction, desk: SessionDesk, number: int, now: int) -> None:
    """The question leaves the stage if it stood there, and the next in line takes its place by itself."""
    if desk.on_stage != number:
        return
    ahead = [one for one in questions.ready(tx, desk.session, desk.sorting, 2) if one.number != number]
    if ahead:
        session_desks.put_on_stage(tx, desk.session, ahead[0].number, now)
    else:
        session_desks.clear_stage(tx, desk.session, number)


def changed(tx: Transaction, number: int, now: int) -> Moved:
    question = found(tx, number)
    cards_changed(tx, question, now)
    return Moved(question, made=True)


def late(tx: Transaction, question: Question) -> Moved:
    return Moved(question, made=False, by=decider_name(tx, question))


def desk(tx: Transaction, who: Who, session: str) -> SessionDesk:
    need_moderator(who, session)
    return session_desks.get(tx, session)


def note(tx: Transaction, who: Who, now: int, session: str, typed: str) -> str:
    """Lay a silent note before the chair, in place of the one that lies there; the note as it is kept."""
    need_moderator(who, session)
    text = tidy(typed)
    if not says_something(text):
        raise BadInput("moderation.say_something")
    if len(text) > NOTE_MAX:
        raise BadInput("moderation.too_long", most=NOTE_MAX, length=len(text))
    session_desks.set_note(tx, session, text, who.id, now)
    audit.note(tx, who.id, "note", now, session=session)
    return text


def amend_note(tx: Transaction, who: Who, now: int, session: str, *, kept: str, typed: str) -> str | None:
    """The message of one's note that was `kept` is edited while it lies there; None when it says the same."""
    need_moderator(who, session)
    desk = session_desks.get(tx, session)
    if tidy(typed) == kept:
        return None
    if desk.note not in (kept, tidy(typed)) or desk.note_by != who.id:
        raise Stale("edited.replaced")
    return note(tx, who, now, session, typed)


def clear_note(tx: Transaction, who: Who, now: int, session: str, written_at: int) -> bool:
    """Take away the note that was written then. False when another lies there, which was not read, or none."""
    need_moderator(who, session)
    desk = session_desks.get(tx, session)
    if not desk.note or desk.note_at != written_at:
        return False
    session_desks.set_note(tx, session, "", who.id, now)
    return True


def place(tx: Transaction, who: Who, message: int, session: str) -> int | None:
    """The message of one's chat follows the session's stage from now on; the one that did so before, if another."""
    before = stages.in_chat(tx, who.id)
    stages.place(tx, who.id, message, session)
    return None if before is None or before.message == message else before.message


def lift(tx: Transaction, who: Who, message: int) -> None:
    """The message of one's chat shows something else now."""
    stages.lift(tx, who.id, message)
