"""The sessions of a list that a phone shows at once: two lines or three of each, and a button with its title."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.programme.estimates import Runs, is_on
from bot.programme.model import Programme, Session, Text
from bot.texts import Html, Translator, escape
from bot.views.agenda.buttons import SessionCard
from bot.views.buttons import button
from bot.views.labels import timed
from bot.views.screen import Row, shorten
from bot.views.times import begin, expected_times

LISTED_MAX = 56  # characters of a title
HALL_MAX = 24  # of a room's name beside it
STAR = "⭐"


def entry(
    t: Translator, programme: Programme, runs: Runs, session: Session, *, mark: str, now: dt.datetime, hall: bool = True
) -> Html:
    """One session of a list whose buttons say when it begins and what it is called: what they leave out. A button
    follows for each, in the same order."""
    running = is_on(programme, runs, session, now)
    title = named(t, session.title, LISTED_MAX)
    if session.cancelled:
        title = Html(f"<s>{title}</s> {t('agenda.cancelled_mark')}")
    marks = ("🔴 " if running else "") + (f"{mark} " if mark else "")
    room = programme.room(session.room) if hall and session.room else None
    where = f" · 📍 {named(t, room.name, HALL_MAX)}" if room else ""
    return Html(f"<b>{expected_times(t, programme, runs, session, now)}</b> {marks}{title}{where}")


def named(t: Translator, text: Text, most: int) -> Html:
    """A title or a name, cut at a word's end."""
    return escape(shorten(t.say_plain(text), most))


def entries(
    t: Translator,
    programme: Programme,
    runs: Runs,
    sessions: Sequence[Session],
    *,
    marked: frozenset[str],
    now: dt.datetime,
    mark: str = STAR,
    hall: bool = True,
) -> list[Html]:
    """Of each; those in `marked` have the `mark`. Without the `hall`: all are in one."""
    return [
        entry(t, programme, runs, one, mark=mark if one.code in marked else "", now=now, hall=hall) for one in sessions
    ]


def titled(
    t: Translator,
    programme: Programme,
    runs: Runs,
    sessions: Sequence[Session],
    *,
    starred: frozenset[str],
    back: str,
    now: dt.datetime,
) -> list[Row]:
    """A button for each session, with when it begins and what it is called."""
    begins = begin(t, programme, runs, sessions, now)
    stars = [f" {STAR}" if one.code in starred else "" for one in sessions]
    labels = timed(t, sessions, [f"{at}{star}" for at, star in zip(begins, stars, strict=True)])
    return [
        [button(label, SessionCard(session=one.code, back=back))] for one, label in zip(sessions, labels, strict=True)
    ]
