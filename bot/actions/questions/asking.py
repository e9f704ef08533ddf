"""Words that were typed outside any form: whether they may be a question, and for which sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from bot.actions.questions.questions import SHORTEST, takes_questions
from bot.actions.typed import says_something, tidy
from bot.programme.estimates import Runs, ends, starts
from bot.programme.model import Programme, Session
from bot.programme.now import now as on_now

OFFERED = 3  # sessions
SEVERAL = 3  # words that are more than the name of something


def may_be_question(typed: str, *, found: bool) -> bool:
    """Whether to offer to ask it; `found`: the search has something for it."""
    text = tidy(typed)
    if len(text) < SHORTEST or not says_something(text):
        return False
    return not found or "?" in text or len(text.split()) >= SEVERAL


def offered(programme: Programme, runs: Runs, starred: Collection[str], now: dt.datetime) -> list[Session]:
    """The sessions that a question typed now is likely for: those on now that take questions, one's own first; when
    none is on, the next that does, and when none comes any more the last, which is answered in writing."""

    def of_others(session: Session) -> bool:
        return session.code not in starred

    def late(session: Session) -> tuple[float, bool]:
        return starts(programme, runs, session).timestamp(), of_others(session)

    def ended(session: Session) -> float:
        return ends(programme, runs, session).timestamp()

    current = [one for one in on_now(programme, runs, now) if takes_questions(programme, runs, one, now)]
    if current:
        return sorted(current, key=of_others)[:OFFERED]
    asked = [one for one in programme.sessions if takes_questions(programme, runs, one, now)]
    coming = [one for one in asked if starts(programme, runs, one) > now]
    return [min(coming, key=late)] if coming else sorted(asked, key=ended)[-1:]
