"""What moves as a whole is found in the difference of two programmes, whichever edits made it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.programme import edits
from bot.programme.differences import CANCELLED, RESTORED, ROOM, TIME
from bot.programme.estimates import NO_RUNS
from bot.programme.load import load_file
from bot.programme.model import Programme, Room, Session, Text
from bot.programme.moves import DATE, INTO, SWAPPED, moves

SAMPLE = load_file(Path("programme/turkistan.toml"))
FIRST, SECOND = (day.date for day in SAMPLE.days)
BEFORE = SAMPLE.sessions[0].start - dt.timedelta(hours=1)
HOUR = dt.timedelta(hours=1)
Found = list[tuple[str, dt.date, tuple[str, ...], int]]


def found(before: Programme, after: Programme, now: dt.datetime = BEFORE) -> Found:
    """Kind, day, halls and how many sessions, of each."""
    seen = moves(before, after, now.timestamp())
    return [(one.kind, one.day, tuple(room.code for room in one.rooms), len(one.changes)) for one in seen]


def edited(change: Callable[[Session], Session], *codes: str, of: Programme = SAMPLE) -> Programme:
    return replace(of, sessions=tuple(change(one) if one.code in codes else one for one in of.sessions))


def later(session: Session) -> Session:
    return replace(session, start=session.start + HOUR, end=session.end + HOUR)


def codes(day: dt.date, room: str = "") -> list[str]:
    return [one.code for one in SAMPLE.of_day(day) if not room or one.room == room]


def test_a_day_however_it_is_shifted() -> None:
    whole = edited(later, *codes(FIRST))
    by_button = edits.Shift(codes(FIRST)[0], 60, edits.DAY, now=BEFORE).apply(SAMPLE)
    one_by_one = SAMPLE
    for code in codes(FIRST):
        one_by_one = edits.Shift(code, 60, edits.ONLY, now=BEFORE).apply(one_by_one)
    expected = [(TIME, FIRST, (), 17)]
    assert found(SAMPLE, whole) == expected
    assert found(SAMPLE, by_button) == expected
    assert found(SAMPLE, one_by_one) == expected
    assert found(whole, SAMPLE) == expected


def test_most_of_a_day_is_a_day_and_less_is_not() -> None:
    day = codes(SECOND)
    half = len(day) // 2
    assert [kind for kind, *_ in found(SAMPLE, edited(later, *day[: half + 1]))][:1] == [TIME]
    few = [one.code for one in SAMPLE.of_day(SECOND) if one.room in (None, "syganak")]
    assert found(SAMPLE, edited(later, *few)) == []


def test_only_what_is_to_come_counts() -> None:
    last = SAMPLE.of_day(FIRST)[-3:]
    evening = last[0].start - HOUR / 2
    shifted = edited(later, *(one.code for one in last))
    assert [kind for kind, *_ in found(SAMPLE, shifted, evening)] == [TIME]
    assert found(SAMPLE, shifted, BEFORE) == []
    assert found(SAMPLE, shifted, SAMPLE.sessions[-1].end + 24 * HOUR) == []


def test_the_last_session_of_an_evening_is_no_day() -> None:
    last = max(SAMPLE.of_day(FIRST), key=lambda one: one.end)
    assert found(SAMPLE, edited(later, last.code), last.end - HOUR / 4) == []


def test_to_another_date_cancelled_and_back() -> None:
    day = dt.timedelta(days=1)
    gone = edited(lambda s: replace(s, start=s.start + day, end=s.end + day, day=s.day + day), *codes(SECOND))
    [move] = moves(SAMPLE, gone, BEFORE.timestamp())
    assert (move.kind, move.day, move.to) == (DATE, SECOND, SECOND + day)
    off = edited(lambda s: replace(s, cancelled=True), *codes(SECOND))
    assert found(SAMPLE, off) == [(CANCELLED, SECOND, (), 13)]
    assert found(off, SAMPLE) == [(RESTORED, SECOND, (), 13)]
    removed = replace(SAMPLE, sessions=tuple(one for one in SAMPLE.sessions if one.day != SECOND))
    assert found(SAMPLE, removed) == [(CANCELLED, SECOND, (), 13)]


def test_a_file_with_other_codes_is_the_same_programme() -> None:
    other = edited(lambda s: replace(s, code=f"{s.code}-2"), *codes(FIRST))
    assert found(SAMPLE, other) == []
    shifted = edited(lambda s: later(replace(s, code=f"{s.code}-2")), *codes(FIRST))
    assert found(SAMPLE, shifted) == [(TIME, FIRST, (), 17)]


def test_halls() -> None:
    swapped = edits.SwapRooms(SECOND, "otyrar", "sauran", now=BEFORE, runs=NO_RUNS).apply(SAMPLE)
    assert found(SAMPLE, swapped) == [(SWAPPED, SECOND, ("otyrar", "sauran"), 4)]
    into = edited(lambda s: replace(s, room="uly-dala"), *codes(SECOND, "otyrar"))
    assert found(SAMPLE, into) == [(INTO, SECOND, ("otyrar", "uly-dala"), 2)]
    one, other = codes(SECOND, "otyrar")
    apart = edited(lambda s: replace(s, room="sauran"), one, of=edited(lambda s: replace(s, room="foyer"), other))
    assert found(SAMPLE, apart) == [(ROOM, SECOND, ("otyrar",), 2)]
    late = edited(later, *codes(SECOND, "otyrar"))
    assert found(SAMPLE, late) == [(TIME, SECOND, ("otyrar",), 2)]
    # In one hall only one session moves.
    assert found(SAMPLE, edited(lambda s: replace(s, room="uly-dala"), one)) == []


def test_two_halls_of_which_one_has_a_single_session_change_places() -> None:
    one, other = codes(FIRST, "otyrar"), codes(FIRST, "uly-dala")
    first = edited(lambda s: replace(s, room="uly-dala"), *one)
    swapped = edited(lambda s: replace(s, room="otyrar"), *other, of=first)
    assert found(SAMPLE, swapped) == [(SWAPPED, FIRST, ("uly-dala", "otyrar"), len(one) + len(other))]


def test_a_hall_under_another_code_or_name_stays_where_it_is() -> None:
    renamed = replace(
        SAMPLE, rooms=tuple(Room(one.code, Text("X")) if one.code == "otyrar" else one for one in SAMPLE.rooms)
    )
    assert found(SAMPLE, renamed) == []
    recoded = replace(
        edited(lambda s: replace(s, room="o"), *codes(FIRST, "otyrar"), *codes(SECOND, "otyrar")),
        rooms=tuple(replace(one, code="o") if one.code == "otyrar" else one for one in SAMPLE.rooms),
    )
    assert found(SAMPLE, recoded) == []


@pytest.mark.parametrize("words", [{"title": Text("Другое")}, {"speakers": ()}, {"abstract": Text("x")}])
def test_what_is_said_of_sessions_moves_nothing(words: dict[str, object]) -> None:
    assert found(SAMPLE, edited(lambda s: replace(s, **words), *codes(FIRST))) == []  # type: ignore[arg-type]  # fields by name
