"""Programmes of every shape that the readers can make, for properties."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.programme.clean import clean, plain
from bot.programme.model import (
    KINDS,
    Day,
    Delegation,
    Forum,
    Page,
    Programme,
    Room,
    Session,
    Speaker,
    Text,
    Topic,
)

# One that never changes its clocks, two that do, and one that once was moved (Kazakhstan in 2024).
ZONES = ("Asia/Almaty", "Europe/Berlin", "America/New_York", "Asia/Qyzylorda", "Etc/GMT-5")

# Times that are hard to say: a night, an hour that comes twice, and one that never comes (Berlin's).
_HARD = (
    dt.datetime.fromisoformat("2026-10-25T02:30:00"),
    dt.datetime.fromisoformat("2026-10-25T02:30:00").replace(fold=1),
    dt.datetime.fromisoformat("2026-03-29T02:30:00"),
    dt.datetime.fromisoformat("2026-11-26T03:59:30"),
    dt.datetime.fromisoformat("2026-11-27T00:00:00"),
)

_WORDS = st.one_of(
    st.sampled_from(
        [
            "Ашылу",
            "Открытие",
            '"x" \\ y',
            "'",
            "=1+1",
            "_x0041_",
            "12",
            "TRUE",
            "a;b, c",
            "<b>",
            "&amp;",
            "*a*",
            "{}",
            "1.5",
        ]
    ),
    st.text(max_size=12),
)
_MARKED = st.one_of(
    st.sampled_from(
        [
            *("\\*as it is\\*", "**b**\n\n- one\n- two", "<ul><li><blockquote>q</blockquote></ul>", "a\n# b", "1\\. x"),
            *("<pre>a\n  b</pre>", "[x](https://e.org/a_b?c=1&d=2)", "> q\n> r\n\n5 < 6", "<tg>*x*</tg>", "x" * 40_000),
        ]
    ),
    st.text(max_size=30),
)


def _text(words: st.SearchStrategy[str]) -> st.SearchStrategy[Text]:
    return st.one_of(words.map(Text), st.dictionaries(st.sampled_from(("kk", "ru", "en")), words, max_size=3).map(Text))


PLAIN = _text(_WORDS.map(plain))
NAME = PLAIN.filter(bool)
MARKUP = _text(_MARKED.map(clean))
CODES = st.lists(st.from_regex(r"[a-z0-9_-]{1,24}", fullmatch=True), unique=True, max_size=4)
_PHOTOS = st.sampled_from([None, "a/b.jpg", "https://e.org/a.png", "telegram:AgAC_-1"])


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    rooms = tuple(Room(code, draw(NAME), draw(PLAIN)) for code in draw(CODES))
    topics = tuple(Topic(code, draw(NAME)) for code in draw(CODES))
    speakers = tuple(Speaker(code, draw(NAME), draw(PLAIN), draw(MARKUP), draw(_PHOTOS)) for code in draw(CODES))
    sessions = tuple(draw(_session(code, zone, rooms=rooms, topics=topics, speakers=speakers)) for code in draw(CODES))
    return Programme(
        forum=Forum(draw(NAME), draw(MARKUP), draw(PLAIN), draw(PLAIN), draw(_POINTS), zone.key),
        days=tuple(Day(date, draw(PLAIN)) for date in {session.day for session in sessions}),
        rooms=rooms,
        topics=topics,
        speakers=speakers,
        delegations=tuple(Delegation(code, draw(NAME)) for code in draw(CODES)),
        pages=tuple(Page(code, draw(NAME), draw(MARKUP)) for code in draw(CODES)),
        sessions=sessions,
    )


_POINTS = st.one_of(st.none(), st.tuples(st.floats(-90, 90), st.floats(-180, 180)))
_STARTS = st.one_of(
    st.sampled_from(_HARD),
    st.datetimes(dt.datetime.fromisoformat("2026-03-27"), dt.datetime.fromisoformat("2026-11-28")).map(
        # A fold outside an hour that comes twice is a time that no reader makes, and no format says.
        lambda t: t.replace(microsecond=0, fold=0)
    ),
)


@st.composite
def _session(
    draw: st.DrawFn,
    code: str,
    zone: ZoneInfo,
    *,
    rooms: tuple[Room, ...],
    topics: tuple[Topic, ...],
    speakers: tuple[Speaker, ...],
) -> Session:
    start = draw(_STARTS).replace(tzinfo=zone)
    length = dt.timedelta(minutes=draw(st.integers(1, 1440)))
    end = (start.astimezone(dt.UTC) + length).astimezone(zone)
    people = st.lists(st.sampled_from(speakers or (None,)), unique=True, max_size=3)
    return Session(
        code=code,
        kind=draw(st.sampled_from(KINDS)),
        title=draw(NAME),
        start=start,
        end=end,
        day=start.date() - dt.timedelta(days=draw(st.integers(-1, 2))),
        abstract=draw(MARKUP),
        room=draw(st.sampled_from([None, *(room.code for room in rooms)])),
        speakers=tuple(one.code for one in draw(people) if one),
        moderators=tuple(one.code for one in draw(people) if one),
        topic=draw(st.sampled_from([None, *(topic.code for topic in topics)])),
        cancelled=draw(st.booleans()),
        language=draw(st.sampled_from([None, "kk", "en"])),
    )
