"""What a hall screen says, as plain data for its page: the words in three languages, the questions in their own."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

import segno

from bot.actions.moderation.hall import HallFacts, HallQuestion
from bot.programme.estimates import Runs, ends, starts
from bot.programme.model import Programme, Session
from bot.programme.text import LANGUAGES
from bot.texts import Translator, Translators
from bot.views.names import known_delegation
from bot.views.screen import shorten
from bot.views.times import expected_times

Json = dict[str, Any]

TITLE_MAX = 160  # characters: two lines of the head
LISTED_MAX = 170  # of a question in the list: three lines next to its votes
# By the length of the question on stage, how many of the list fit beneath: a long one takes the list's place.
LISTED_BENEATH = ((160, 3), (280, 2), (380, 1))


def state(
    translators: Translators,
    *,
    programme: Programme,
    runs: Runs,
    place: str,
    facts: HallFacts,
    username: str,
    now: dt.datetime,
) -> Json:
    """All that the page shows:

    view      stage, list, empty (nobody has asked yet), over, cancelled, closed (seen by its own link only) or nothing
              (a room without sessions)
    words     language -> the name of a place on the page -> what stands there in this language
    stage     {number, text, by, votes, beneath: how many of the list fit under it} or null
    list      [{number, text, by, votes}], the first of those still to be asked
    qr        {side: in modules, path: of its dark ones, in SVG}, null when no questions are taken
    bot       the bot's address, to be typed
    """
    session, stage = facts.session, facts.stage
    view = view_of(programme, runs, facts, now)
    beneath = listed_beneath(stage) if stage else len(facts.leading)
    listed = facts.leading[:beneath] if view in ("stage", "list") else ()
    asks = session is not None and view in ("stage", "list", "empty")
    return {
        "view": view,
        "words": {
            language: words(
                translators[language],
                programme,
                runs,
                place,
                facts=facts,
                view=view,
                more=facts.ready - len(listed),
                now=now,
            )
            for language in LANGUAGES
        },
        "stage": None if stage is None else {**question(translators, programme, stage), "beneath": beneath},
        "list": [question(translators, programme, one) | {"text": shorten(one.text, LISTED_MAX)} for one in listed],
        "qr": code(f"https://t.me/{username}?start=q_{session.code}") if asks and session else None,
        "bot": f"t.me/{username}",
    }


def view_of(programme: Programme, runs: Runs, facts: HallFacts, now: dt.datetime) -> str:
    if facts.session is None:
        return "nothing"
    if facts.session.cancelled:
        return "cancelled"
    if facts.closed:
        return "closed"
    if facts.stage is not None:
        return "stage"
    if now >= ends(programme, runs, facts.session):
        return "over"
    return "list" if facts.leading else "empty"


def listed_beneath(stage: HallQuestion) -> int:
    return next((many for most, many in LISTED_BENEATH if len(stage.text) <= most), 0)


def words(
    t: Translator,
    programme: Programme,
    runs: Runs,
    place: str,
    *,
    facts: HallFacts,
    view: str,
    more: int,
    now: dt.datetime,
) -> dict[str, str]:
    """What each place of the page says; "" leaves it empty."""
    session = facts.session
    if view == "cancelled":
        message = t.plain("agenda.cancelled")
    elif view == "closed":
        message = t.plain("hall.closed")
    elif view == "over":
        message = t.plain("hall.over")
    elif view == "nothing":
        message = t.plain("hall.nothing")
    else:
        message = t.plain("hall.first") if view == "empty" else ""
    return {
        "forum": shorten(programme.forum.title.say(t.language), TITLE_MAX),
        "title": shorten(session.title.say(t.language), TITLE_MAX) if session else room_name(t, programme, place),
        "when": when(t, programme, runs, session, place=place, now=now) if session else "",
        "stage": t.plain("hall.stage"),
        "leading": t.plain("hall.leading" if facts.by_votes else "hall.line"),
        "more": t.plain_n("hall.more", more) if more > 0 else "",
        "scan": t.plain("hall.scan"),
        "message": message,
        "lost": t.plain("hall.lost"),
    }


def when(t: Translator, programme: Programme, runs: Runs, session: Session, *, place: str, now: dt.datetime) -> str:
    """ "10:00–11:30 · Big Hall", before the session "Next: 26 November, Thursday, 10:00 · Big Hall"."""
    parts = [expected_times(t, programme, runs, session, now)]
    if now < starts(programme, runs, session):
        day = session.start.astimezone(t.zone).date()
        if day != now.astimezone(t.zone).date():
            parts.insert(0, t.date(session.start))
        parts.insert(0, t.plain("hall.next" if place == session.room else "hall.soon"))
    if session.room:
        parts.append(shorten(room_name(t, programme, session.room), 60))
    return " · ".join(parts)


def room_name(t: Translator, programme: Programme, code: str) -> str:
    room = programme.room(code)
    return room.name.say(t.language) if room else ""


def question(translators: Translators, programme: Programme, one: HallQuestion) -> Json:
    """A question with its author's line in the question's own language; of an anonymous one the line is empty."""
    t = translators[one.language]
    by = [part for part in (one.author, known_delegation(t, programme, one.delegation)) if part]
    return {"number": one.number, "text": one.text, "by": " · ".join(by) if one.author else "", "votes": one.votes}


@lru_cache(maxsize=64)
def code(link: str) -> Json:
    """The QR code of a link: a line for each run of dark modules, to be drawn one module wide."""
    rows = segno.make(link, error="m", micro=False).matrix
    path = []
    for y, row in enumerate(rows):
        begun = None
        for x, dark in enumerate([*row, 0]):
            if dark and begun is None:
                begun = x
            elif not dark and begun is not None:
                path.append(f"M{begun} {y}.5h{x - begun}")
                begun = None
    return {"side": len(rows), "path": "".join(path)}
