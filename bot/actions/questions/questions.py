"""Asking, changing and withdrawing a question; voting for others'."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions import outgoing
from bot.actions.questions import desk_cards, twins
from bot.actions.questions.likeness import nearest
from bot.actions.questions.reading import as_read
from bot.actions.questions.telling import tell, tell_followers
from bot.actions.questions.voice import need_voice
from bot.actions.rights import need_moderator
from bot.actions.typed import says_something, tidy
from bot.errors import BadInput, NotRegistered, Stale, TooMany
from bot.programme.estimates import Runs, ends
from bot.programme.lookup import need_session
from bot.programme.model import Programme, Session
from bot.who import Who
from storage import cards, deliveries, followers, merges, questions, votes
from storage.database import Transaction
from storage.questions import Question

SHORTEST, LONGEST = 5, 500  # characters
PER_MINUTE = 3
PER_SESSION = 10
EDITS = 20  # of one question: each of them moves the cards of all its moderators
STAYS_OPEN = dt.timedelta(hours=2)  # after a session's end, for what is answered in writing


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A person's own question, or one they follow, and the one that stands for it when it was merged."""

    question: Question
    stays: Question | None = None
    followed: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """A session's public questions, and which of them the person voted for and follows, by number."""

    questions: Sequence[Question]
    voted: frozenset[int] = frozenset()
    followed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Voted:
    question: Question
    mine: bool
    changed: bool


def takes_questions(programme: Programme, runs: Runs, session: Session, now: dt.datetime) -> bool:
    if session.is_break or session.cancelled or programme.session(session.code) is None:
        return False
    return now <= ends(programme, runs, session) + STAYS_OPEN


def lost(programme: Programme, code: str) -> bool:
    """Whether the session does not take place, so that nobody can ask there what they have typed already."""
    session = programme.session(code)
    return session is None or session.cancelled or session.is_break


def written_only(programme: Programme, runs: Runs, code: str, now: dt.datetime) -> bool:
    """Whether the session is over, so that no question is asked in the hall any more."""
    session = programme.session(code)
    return session is not None and now >= ends(programme, runs, session)


def session_to_ask(programme: Programme, runs: Runs, code: str, now: dt.datetime) -> Session:
    """The session, if it takes questions now; else Stale with the reason."""
    session = need_session(programme, code)
    if session.cancelled:
        raise Stale("questions.session_cancelled")
    if not takes_questions(programme, runs, session, now):
        raise Stale("questions.session_closed")
    return session


def worded(typed: str) -> str:
    """The question as it will be kept; BadInput when it is too short, too long or says nothing."""
    text = tidy(typed)
    if len(text) < SHORTEST or not says_something(text):
        raise BadInput("questions.too_short", least=SHORTEST)
    if len(text) > LONGEST:
        raise BadInput("questions.too_long", most=LONGEST, length=len(text), over=len(text) - LONGEST)
    return text


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody sent to be asked. `message` is the message that brought it: the same again is the same question."""

    session: str
    message: int
    anonymous: bool
    typed: str


def ask(tx: Transaction, who: Who, now: int, programme: Programme, runs: Runs, *, asked: Asked) -> Question:
    """Take a question in and enqueue its card for the session's moderators."""
    known = questions.by_message(tx, who.id, asked.message)
    return known or take_in(tx, who, now, asked, askable(who, now, programme, runs, asked))


def ask_unless_near(
    tx: Transaction, who: Who, now: int, programme: Programme, runs: Runs, *, asked: Asked, limit: int
) -> Question | list[Question]:
    """As `ask`, unless others have publicly asked much the same in the session: then up to `limit` of theirs, the
    nearest first, and nothing is taken in."""
    known = questions.by_message(tx, who.id, asked.message)
    if known is not None:
        return known
    text = askable(who, now, programme, runs, asked)
    # Here, and not between a read and a write: a session's few dozen take less than the way to another thread.
    near = nearest(text, questions.public_texts(tx, asked.session, who.id), limit)
    if near:
        return [found(tx, number) for number, _ in near]
    return take_in(tx, who, now, asked, text)


def askable(who: Who, now: int, programme: Programme, runs: Runs, asked: Asked) -> str:
    """The question as it will be kept, if they may ask it in that session now; else what was typed is given back."""
    if not who.registered:
        raise NotRegistered(then=f"q_{asked.session}")
    session = need_session(programme, asked.session)
    if session.cancelled:
        raise Stale("questions.session_cancelled_words", text=asked.typed)
    if not takes_questions(programme, runs, session, dt.datetime.fromtimestamp(now, dt.UTC)):
        raise Stale("questions.session_closed_words", text=asked.typed)
    return worded(asked.typed)


def take_in(tx: Transaction, who: Who, now: int, asked: Asked, text: str) -> Question:
    need_voice(tx, who, asked.session, text)
    lately, there = questions.count_of_author(tx, who.id, now - 60, asked.session)
    if lately >= PER_MINUTE:
        raise TooMany("questions.too_fast", limit=PER_MINUTE)
    if there >= PER_SESSION:
        raise TooMany("questions.too_many", limit=PER_SESSION)
    number = questions.ask(
        tx,
        asked.session,
        author=who.id,
        message=asked.message,
        anonymous=asked.anonymous,
        language=who.language,
        text=text,
        now=now,
    )
    assert number is not None
    desk_cards.enqueue(tx, number, asked.session, now)
    question = found(tx, number)
    twins_looked_at(tx, question, now)
    return question


def editable(tx: Transaction, who: Who, number: int) -> Question:
    """The person's own question, if its words can still be changed. Other words are another question: anyone who is
    muted cannot change them."""
    question = of_author(tx, who, number)
    need_voice(tx, who, question.session)
    if question.state != questions.PENDING:
        raise Stale("questions.not_yours_to_change")
    if merges.direct(tx, number):
        raise Stale("questions.stands_for_others")
    # Until it is decided little but an edit makes a new revision.
    if question.revision > EDITS:
        raise TooMany("questions.too_many_edits", limit=EDITS)
    return question


def edit(tx: Transaction, who: Who, now: int, number: int, typed: str) -> Question:
    text = worded(typed)
    need_voice(tx, who, of_author(tx, who, number).session, text)
    editable(tx, who, number)
    questions.edit(tx, number, who.id, text)
    question = found(tx, number)
    cards_changed(tx, question, now)
    return question


def edit_by_message(tx: Transaction, who: Who, now: int, message: int, typed: str) -> Question | None:
    """The author edited the very message that brought the question; None when it changes no question.

    Telegram also reports edits that leave the text as it was.
    """
    question = questions.by_message(tx, who.id, message)
    if question is None or tidy(typed) in (question.text, question.original):
        return None
    return edit(tx, who, now, question.number, typed)


def edit_again(tx: Transaction, who: Who, now: int, number: int, *, kept: str, typed: str) -> Question | None:
    """The author edited the message with the new words that were `kept`; None when that changes nothing."""
    question = of_author(tx, who, number)
    if worded(typed) == kept:
        return None
    if question.text == worded(typed):
        return question
    if kept not in (question.text, question.original):
        raise Stale("edited.replaced")
    return edit(tx, who, now, number, typed)


def withdraw(tx: Transaction, who: Who, now: int, number: int) -> Question:
    """Take one's own pending question back; again is the same. Those merged into it wait for themselves again, and
    whoever has followed it since it was approved hears of it."""
    if questions.withdraw(tx, number, author=who.id, now=now):
        withdrawn = found(tx, number)
        cards_changed(tx, withdrawn, now)
        release_merged(tx, number, now)
        tell_followers(tx, outgoing.Fate(number, withdrawn.revision), now)
    question = of_author(tx, who, number)
    if question.state != questions.WITHDRAWN:
        raise Stale("questions.not_yours_to_change")
    return question


def vote(tx: Transaction, who: Who, now: int, programme: Programme, number: int, *, wanted: bool) -> Voted:
    """Add one's voice to an approved question, or take it back; of a merged one, to what stands for it."""
    number = merges.stays(tx, number) or number
    question = found(tx, number)
    need_session(programme, question.session)
    if not who.registered:
        raise NotRegistered(then=f"v_{number}" if wanted else f"s_{question.session}")
    if question.state != questions.APPROVED:
        raise Stale("questions.voting_closed")
    changed = votes.vote(tx, number, person=who.id, now=now) if wanted else votes.take_back(tx, number, who.id)
    return Voted(found(tx, number), wanted, changed)


def feed(tx: Transaction, person: int, session: str) -> Feed:
    return Feed(
        questions.feed(tx, session), votes.voted(tx, person, session), followers.in_session(tx, person, session)
    )


def found(tx: Transaction, number: int) -> Question:
    question = questions.get(tx, number)
    if question is None:
        raise Stale("questions.no_such_question")
    return question


def moderated(tx: Transaction, who: Who, number: int) -> Question:
    """A question, for somebody who may moderate it."""
    question = found(tx, number)
    need_moderator(who, question.session)
    return question


def mine(tx: Transaction, who: Who, number: int) -> OwnQuestion:
    """The person's own question, and what stands for it."""
    question = of_author(tx, who, number)
    return OwnQuestion(question, stands_for(tx, question))


def of_author(tx: Transaction, who: Who, number: int) -> Question:
    """The person's own question; somebody else's is treated as missing."""
    question = found(tx, number)
    if question.author != who.id:
        raise Stale("questions.no_such_question")
    return question


def fate(tx: Transaction, number: int, person: int) -> OwnQuestion | None:
    """The outcome of the person's question: of this one, or of theirs that was merged into it; and where none is
    theirs, of the one among them that they follow. None when it concerns them no more."""
    all_of_it = [found(tx, one) for one in (number, *questions.fellows(tx, number))]
    own = next((one for one in all_of_it if one.author == person), None)
    if own is not None:
        return OwnQuestion(own, stands_for(tx, own))
    followed = next((one for one in all_of_it if followers.follows(tx, one.number, person)), None)
    return None if followed is None else as_followed(tx, followed)


def as_followed(tx: Transaction, question: Question) -> OwnQuestion:
    """A question as those may read it who did not ask it, and what stands for it."""
    return OwnQuestion(as_read(tx, question), stands_for(tx, question), followed=True)


def as_anybody_reads(tx: Transaction, number: int) -> OwnQuestion:
    return as_followed(tx, found(tx, number))


def stands_for(tx: Transaction, question: Question) -> Question | None:
    """The question that stands for a merged one; None for one that stands for itself."""
    if question.state != questions.MERGED:
        return None
    number = merges.stays(tx, question.number)
    return None if number is None else found(tx, number)


def notify_of_fate(tx: Transaction, question: Question, now: int) -> None:
    """Enqueue the outcome of the question for its author and followers (bot.actions.questions.telling)."""
    tell(tx, outgoing.Fate(question.number, question.revision), now)


def release_merged(tx: Transaction, number: int, now: int) -> None:
    """What stood for others is gone: each of them waits for a moderator again, and its author is notified."""
    for one in merges.direct(tx, number):
        merged = found(tx, one)
        if merged.state == questions.MERGED and merges.part(tx, one, read=merged.revision, state=questions.PENDING):
            cards_changed(tx, found(tx, one), now)
            notify_of_fate(tx, found(tx, one), now)


def cards_changed(tx: Transaction, question: Question, now: int, at: tuple[int, int] | None = None) -> None:
    """Enqueue the question's new state for every chat with a card of it, or of one that names it as its twin; of the
    latter not for the card `at` which somebody pressed (its chat and message): there the press has its own answer."""
    twins_looked_at(tx, question, now, at)
    change = outgoing.CardChange.to_revision(question.number, question.revision)
    enqueue_change(tx, change, cards.chats(tx, question.number), now)


def twins_looked_at(tx: Transaction, question: Question, now: int, at: tuple[int, int] | None = None) -> None:
    """Find the question's twins as it is now, and have the cards that name it say so, but for the one pressed `at`."""
    for number in twins.look_again(tx, question):
        cards_touched(tx, number, now, at)


def cards_touched(tx: Transaction, number: int, now: int, passed_over: tuple[int, int] | None = None) -> None:
    """Enqueue what the question's cards say now for every chat with one, though the question is at the same revision;
    not for the card that is `passed_over`, by its chat and message."""
    touch = secrets.token_hex(4)
    for chat in cards.chats(tx, number):
        left_out = passed_over[1] if passed_over is not None and passed_over[0] == chat else None
        enqueue_change(tx, outgoing.CardChange.touch(number, touch, left_out), [chat], now)


def enqueue_change(tx: Transaction, change: outgoing.CardChange, chats: list[int], now: int) -> None:
    """One message for each chat at a time, however often the author edits: it shows the state at its sending."""
    about = change.beginning(change.question)
    people, groups = [chat for chat in chats if chat > 0], [chat for chat in chats if chat < 0]
    outgoing.enqueue_unless_waiting(tx, change, about, recipients=people, lane=deliveries.LANE_CARD, now=now)
    # A group takes twenty messages a minute: anyone who pressed there waits for no new cards.
    outgoing.enqueue_unless_waiting(tx, change, about, recipients=groups, lane=deliveries.LANE_ANSWER, now=now)
