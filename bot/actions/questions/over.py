"""The end of a session, for the questions that were neither decided nor asked: when it stops taking questions, whoever
cares hears that there was no time, and what happens now."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions import outgoing
from bot.actions.agenda.ratings import DELAY, over
from bot.actions.questions import telling
from bot.actions.questions.questions import STAYS_OPEN
from bot.programme.estimates import Runs
from bot.programme.model import Programme, Session
from storage import cards, deliveries, unheard
from storage.database import Transaction
from storage.unheard import LeftOver

AT_ONCE = 40  # questions in a transaction: each may have hundreds who are told


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be done now: sessions whose authors are to hear that there was no time (`unheard`), sessions that take
    questions again though theirs heard so (`again`), and those that are just over (`left`), each with something open
    and with when it ended.
    `following` is the moment (epoch seconds) at which the next will be."""

    unheard: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    left: tuple[tuple[Session, int], ...] = ()
    following: int | None = None


def closes(programme: Programme, runs: Runs, session: Session) -> int:
    """When it takes no questions any more, and their authors are told that there was no time."""
    return over(programme, runs, session) + int(STAYS_OPEN.total_seconds()) + 1


def due(programme: Programme, runs: Runs, open_: Sequence[LeftOver], now: int) -> Due:
    """As marks and the programme have it at the moment, whatever was done before. A session that is cancelled or gone
    has notices of its own."""
    of_programme = ((programme.session(one.session), one) for one in open_)
    held = [
        (session, one)
        for session, one in of_programme
        if session is not None and not (session.is_break or session.cancelled)
    ]
    ended = {session.code: over(programme, runs, session) + DELAY for session, _ in held}
    end = {session.code: closes(programme, runs, session) for session, _ in held}
    moments = (at for code in end for at in (ended[code], end[code]) if at > now)
    return Due(
        unheard=tuple(one.session for _, one in held if end[one.session] <= now and one.told < one.all),
        again=tuple(one.session for _, one in held if end[one.session] > now and one.told),
        left=tuple(
            (session, ended[session.code] - DELAY)
            for session, _ in held
            if ended[session.code] <= now < end[session.code]
        ),
        following=min(moments, default=None),
    )


def tell_some(tx: Transaction, session: str, now: int) -> bool:
    """Tell whoever cares about the next open questions of the session that there was no time. Whether that was all."""
    numbers = unheard.untold(tx, session, AT_ONCE)
    for number in numbers:
        news = new_news(tx, number, now)
        if unheard.mark(tx, number, news.at):
            telling.tell(tx, news, now)
            touched(tx, number, now)
    return len(numbers) < AT_ONCE


def new_news(tx: Transaction, number: int, now: int) -> outgoing.Unheard:
    """Other than all before: a clock that was set back may come to the same second again."""
    at = now
    while deliveries.any_put(tx, outgoing.Unheard.kind, outgoing.Unheard(number, at).thing):
        at += 1
    return outgoing.Unheard(number, at)


def take_some_back(tx: Transaction, session: str, now: int) -> bool:
    """The session takes questions again: the news is not sent to anyone it has not reached yet, and corrected for the
    others. Whether that was all."""
    told = unheard.told(tx, session, AT_ONCE)
    for number, at in told:
        if unheard.unmark(tx, number, at):
            news = outgoing.Unheard(number, at)
            deliveries.withdraw(tx, news.kind, news.thing, now, "it goes on")
            telling.correct(tx, news, now)
            touched(tx, number, now)
    return len(told) < AT_ONCE


def touched(tx: Transaction, number: int, now: int) -> None:
    """The question's cards say so too; nobody waits for that, and a group takes twenty messages a minute."""
    change, chats = outgoing.CardChange.touch(number, secrets.token_hex(4)), cards.chats(tx, number)
    about = change.beginning(number)
    outgoing.enqueue_unless_waiting(tx, change, about, recipients=chats, lane=deliveries.LANE_CARD, now=now)
