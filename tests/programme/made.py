"""Programmes for property tests: any that a reader could have read."""

import datetime as dt
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from bot.programme.model import (
    KINDS,
    LANGUAGES,
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

ZONE = Forum(Text("x"), timezone="Asia/Almaty").zone
WORDS = st.sampled_from(
    ["Ашылу", "Қоғам және мемлекет", "Открытие", "Круглый стол", "Opening", "Q&A: “why?”", "a, b; c\\d"]
)
TEXTS = st.one_of(WORDS.map(Text), st.dictionaries(st.sampled_from(LANGUAGES), WORDS, min_size=1).map(Text))
MAYBE = st.one_of(st.just(Text()), TEXTS)
MARKUP = st.one_of(st.just(Text()), TEXTS.map(lambda text: Text("<b>x</b> &amp; y") if text else text))
CODES = ("a", "b", "c", "d", "e", "f")
FIRST = dt.date(2026, 11, 26)


def some(*, most: int = 4) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(CODES), unique=True, max_size=most)


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    def each(make: Any) -> Any:
        return tuple(make(code) for code in draw(some()))

    rooms = each(lambda code: Room(code, draw(TEXTS), draw(MAYBE)))
    topics = each(lambda code: Topic(code, draw(TEXTS)))
    speakers = each(lambda code: Speaker(code, draw(TEXTS), draw(MAYBE), draw(MARKUP)))
    sessions = each(lambda code: draw(sessions_of(code, rooms, topics, speakers)))
    return Programme(
        Forum(draw(TEXTS), draw(MARKUP), draw(MAYBE), timezone="Asia/Almaty"),
        tuple(Day(date, draw(MAYBE)) for date in sorted({one.day for one in sessions})),
        rooms,
        topics,
        speakers,
        each(lambda code: Delegation(code, draw(TEXTS))),
        each(lambda code: Page(code, draw(TEXTS), draw(MARKUP))),
        sessions,
    )


@st.composite
def sessions_of(
    draw: st.DrawFn, code: str, rooms: tuple[Room, ...], topics: tuple[Topic, ...], speakers: tuple[Speaker, ...]
) -> Session:
    def one_of(items: Any) -> str | None:
        chosen: str | None = draw(st.sampled_from([None, *(item.code for item in items)]))
        return chosen

    people = [speaker.code for speaker in speakers]
    chosen = st.lists(st.sampled_from(people), unique=True).map(tuple) if people else st.just(())
    day = FIRST + dt.timedelta(days=draw(st.integers(0, 2)))
    start = dt.datetime.combine(day, dt.time(8), ZONE) + dt.timedelta(minutes=5 * draw(st.integers(0, 120)))
    return Session(
        code=code,
        kind=draw(st.sampled_from(KINDS)),
        title=draw(TEXTS),
        start=start,
        end=start + dt.timedelta(minutes=5 * draw(st.integers(1, 24))),
        day=day,
        abstract=draw(MARKUP),
        room=one_of(rooms),
        speakers=draw(chosen),
        moderators=draw(chosen),
        topic=one_of(topics),
        cancelled=draw(st.booleans()),
        language=draw(st.sampled_from([None, "kk", "ru"])),
    )


def whole(programme: Programme) -> bool:
    """Nothing in it speaks of what is not there."""
    return all(
        programme.day(one.day) is not None
        and (one.room is None or programme.room(one.room) is not None)
        and (one.topic is None or programme.topic(one.topic) is not None)
        and all(programme.speaker(code) is not None for code in one.speakers + one.moderators)
        for one in programme.sessions
    )


def reordered(programme: Programme) -> Programme:
    return replace(programme, rooms=programme.rooms[::-1], speakers=programme.speakers[::-1])
