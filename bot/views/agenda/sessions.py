"""One session: how its people are written, and its card."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.programme.estimates import Runs
from bot.programme.model import Programme, Session, Speaker
from bot.texts import Translator, escape
from bot.views.agenda.buttons import (
    DayPage,
    Found,
    MyPage,
    RoomPage,
    SessionCard,
    SessionPeople,
    SpeakerCard,
    Star,
)
from bot.views.agenda.runs import ON_CARD, mark_row
from bot.views.buttons import Go, button
from bot.views.labels import WHOLE, side_by_side
from bot.views.moderation.buttons import DeskSession
from bot.views.names import in_quotes
from bot.views.pager import pager
from bot.views.publishing.buttons import ChangeSession
from bot.views.questions.buttons import AskIn, FeedPage
from bot.views.screen import TEXT_LIMIT, Row, Screen, cut, page_of, screen, shorten, units
from bot.views.times import expected_start, expected_times, progress

PEOPLE_SHOWN = 12  # of speakers, and of chairs: a card names them, a reminder too
PEOPLE_ROWS = 3  # of their buttons on a card
PEOPLE_PAGE = 6  # rows of them on a page of their own
CLASHES_NAMED, CLASH_MAX = 2, 45  # a toast holds them, below how long before a session there is a reminder
HEAD_MAX = 2500  # of a card's part above the abstract, so that some of the abstract is always left
ABSTRACT_LEAST = 500
FOUND, DAY, ROOM, SPEAKER = "w", "d", "r", "p"  # the kinds of `back`, see buttons
BACK_MAX = 28  # characters of a `back` beside a page
MINE, NOW, SPEAKING = "my", "now", "speaking"


@dataclass(frozen=True, slots=True)
class Reader:
    """What a session's card says and offers to its reader. `asks`: they may ask now; `approved`: how many questions
    there are to read; `moderates` and `changes`: they may moderate the session, may change the programme;
    `at_the_same_time`: what else they have starred then."""

    starred: bool
    asks: bool
    approved: int
    moderates: bool
    changes: bool
    at_the_same_time: tuple[Session, ...] = ()


def card(
    t: Translator,
    programme: Programme,
    runs: Runs,
    session: Session,
    reader: Reader,
    *,
    back: str,
    now: dt.datetime,
) -> Screen:
    """A session's card."""
    back = back if travels(back, session.code) else ""
    head = [f"<b>{t.say(session.title)}</b>"]
    if session.cancelled:
        head.append(f"❌ <b>{t('agenda.cancelled')}</b>")
    head.append(f"🕒 {t.date(session.start)}, {expected_times(t, programme, runs, session, now)}")
    head += progress(t, programme, runs, session)
    if reader.at_the_same_time:
        head.append(escape(same_time(t, programme, runs, reader.at_the_same_time, now)))
    head += room_lines(t, programme, session)
    topic = programme.topic(session.topic) if session.topic else None
    if topic:
        head.append(f"🏷 {t.say(topic.name)}")
    people = people_lines(t, programme, session)
    body = "\n".join(head) + (f"\n\n{people}" if people else "")
    if session.abstract:
        body = cut(body, HEAD_MAX)
        left = max(TEXT_LIMIT - units(body) - 2, ABSTRACT_LEAST)
        body = f"{body}\n\n{cut(t.say_html(session.abstract), left)}"
    return screen(
        body,
        star_row(t, session, reader.starred, back),
        question_row(t, session, reader.asks, reader.approved),
        staff_row(t, session, reader.moderates, reader.changes),
        mark_row(t, programme, runs, session.code, now=now, place=ON_CARD) if reader.moderates else [],
        *people_rows(t, programme, session, back),
        back_row(t, back),
    )


def same_time(t: Translator, programme: Programme, runs: Runs, others: Sequence[Session], now: dt.datetime) -> str:
    """What else of one's own is on then: "⚠️ At the same time: 10:00 «…»"."""
    named = [
        f"{expected_start(t, programme, runs, one, now)} {in_quotes(t, one, CLASH_MAX)}"
        for one in others[:CLASHES_NAMED]
    ]
    more = f" +{len(others) - CLASHES_NAMED}" if len(others) > CLASHES_NAMED else ""
    return t.plain("agenda.same_time", sessions=", ".join(named) + more)


def speakers_of(programme: Programme, codes: Sequence[str]) -> list[Speaker]:
    return [speaker for code in dict.fromkeys(codes) if (speaker := programme.speaker(code))]


def room_lines(t: Translator, programme: Programme, session: Session) -> list[str]:
    """Where it is and how to get there; nothing without a room."""
    room = programme.room(session.room) if session.room else None
    if room is None:
        return []
    hint = f" · <i>{t.say(room.hint)}</i>" if room.hint else ""
    return [f"📍 {t.say(room.name)}{hint}"]


def people_lines(t: Translator, programme: Programme, session: Session) -> str:
    """The people with their offices, a line or two each; of a crowd the first, and how many more."""
    lines = []
    for key, codes in (("agenda.speaker", session.speakers), ("agenda.moderator", session.moderators)):
        people = speakers_of(programme, codes)
        for speaker in people[:PEOPLE_SHOWN]:
            office = f"\n     <i>{t.say(speaker.office)}</i>" if speaker.office else ""
            lines.append(f"{t(key, name=t.say_plain(speaker.name))}{office}")
        if len(people) > PEOPLE_SHOWN:
            lines.append(t.n("agenda.more_people", len(people) - PEOPLE_SHOWN))
    return "\n".join(lines)


def star_row(t: Translator, session: Session, starred: bool, back: str) -> Row:
    """Only a session that people can attend can be starred; what was starred before can always be taken out."""
    if not starred and (session.is_break or session.cancelled):
        return []
    word = t.plain("agenda.unstar" if starred else "agenda.star")
    return [button(word, Star(session=session.code, wanted=int(not starred), back=back))]


def staff_row(t: Translator, session: Session, moderates: bool, changes: bool) -> Row:
    row: Row = []
    if moderates and not session.is_break:
        row.append(button(t.plain("moderation.open"), DeskSession(session=session.code)))
    if changes:
        row.append(button(t.plain("change.button"), ChangeSession(session=session.code, part="", page=0)))
    return row


def question_row(t: Translator, session: Session, asks: bool, approved: int) -> Row:
    row: Row = []
    if asks:
        row.append(button(t.plain("questions.ask"), AskIn(session=session.code)))
    if approved:
        row.append(button(t.plain("questions.feed", count=approved), FeedPage(session=session.code, page=0)))
    return row


def people_rows(t: Translator, programme: Programme, session: Session, back: str) -> list[Row]:
    """The buttons of its people; of many the first, and the way to all of them."""
    rows = people_keys(t, programme, session)
    if len(rows) <= PEOPLE_ROWS:
        return rows
    count = sum(map(len, rows))
    every = SessionPeople(session=session.code, page=0, back=back if len(back) <= BACK_MAX else "")
    return [*rows[: PEOPLE_ROWS - 1], [button(t.plain("agenda.all_people", count=count), every)]]


def people_keys(t: Translator, programme: Programme, session: Session) -> list[Row]:
    people = speakers_of(programme, (*session.speakers, *session.moderators))
    return side_by_side(
        [button(shorten(t.say_plain(one.name), WHOLE), SpeakerCard(speaker=one.code, page=0)) for one in people]
    )


def people(t: Translator, programme: Programme, session: Session, *, page: int, back: str) -> Screen:
    """All people of a session, a page of them; `back` is its card's."""
    shown, page, pages = page_of(people_keys(t, programme, session), page, PEOPLE_PAGE)
    return screen(
        f"👤 <b>{cut(t.say(session.title), 300)}</b>",
        *shown,
        pager(page, pages, lambda to: SessionPeople(session=session.code, page=to, back=back)),
        [button(t.plain("menu.back"), SessionCard(session=session.code, back=back))],
    )


def back_to_search(query: str, page: int, code: str) -> str:
    """`back` to what a search found, "" when the words are too long to travel in a button of this session."""
    words = " ".join(query.replace(":", " ").split())
    back = f"{FOUND}.{page}.{words}"
    return back if words and travels(back, code) else ""


def travels(back: str, code: str) -> bool:
    """Whether `back` fits the longest button of the session's card; it may come from any callback data."""
    longest = Star.__prefix__, code, "1", back
    return len(":".join(longest).encode()) <= 64


def back_row(t: Translator, back: str) -> Row:
    """The way back to the list a card was opened from."""
    kind, _, rest = back.partition(".")
    word = t.plain("menu.back")
    key, _, tail = rest.rpartition(".")
    page = int(tail) if tail.isdecimal() else 0
    if kind == DAY and key:
        return [button(word, DayPage(day=key, page=page))]
    if kind == ROOM and key:
        return [button(word, RoomPage(room=key, page=page))]
    if kind == SPEAKER and rest:
        return [button(word, SpeakerCard(speaker=rest, page=0))]
    if kind == FOUND and rest:
        number, _, words = rest.partition(".")
        return [button(word, Found(query=words, page=int(number) if number.isdecimal() else 0))]
    if kind == MINE:
        return [button(word, MyPage(page=page))]
    if kind in (NOW, SPEAKING):
        return [button(word, Go(where=kind))]
    return [button(t.plain("agenda.tab_days"), Go(where="days"))]
