"""When sessions really begin and end: what marks in the halls say, and what follows from them for the rest of a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.programme.estimates import NO_RUNS, Runs, Span, ends, is_on, late, span, starts
from bot.programme.model import Programme, Room, Session, Text
from bot.programme.now import next_up, now
from storage.session_runs import SessionRun
from tests.programme.test_questions import at, codes, held, programme_of

ROOM = (Room("hall", Text("Зал")), Room("other", Text("Другой")))


def stamp(clock: str | None) -> int | None:
    return None if clock is None else int(at(clock).timestamp())


def marked(code: str, started: str | None = None, until: str | None = None, ended: str | None = None) -> SessionRun:
    return SessionRun(code, stamp(started), stamp(until), stamp(ended), 1)


def day(*more: Session) -> Programme:
    """One hall from ten to one with a break, and another one next to it."""
    return programme_of(
        held("a", "10:00", "11:00", room="hall"),
        held("b", "11:00", "11:30", room="hall"),
        replace(held("coffee", "11:30", "12:00", room="hall"), kind="break"),
        held("c", "12:00", "13:00", room="hall"),
        held("beside", "11:00", "12:00", room="other"),
        *more,
        rooms=ROOM,
    )


def clocks(programme: Programme, *marks: SessionRun) -> dict[str, str]:
    """The sessions that do not go by the plan: by code "10:05–11:05"."""
    moved = Runs(marks).moved(programme)
    return {code: f"{found.start:%H:%M}–{found.end:%H:%M}" for code, found in moved.items()}


def test_what_began_late_ends_later_and_pushes_what_follows_in_its_room() -> None:
    assert clocks(day(), marked("a", "10:10")) == {
        "a": "10:10–11:10",
        "b": "11:10–11:40",
        "coffee": "11:40–12:00",  # the break gives its ten minutes
    }


def test_a_break_gives_half_of_itself_and_no_more() -> None:
    assert clocks(day(), marked("a", "10:40")) == {
        "a": "10:40–11:40",
        "b": "11:40–12:10",
        "coffee": "12:10–12:25",
        "c": "12:25–13:25",
    }


def test_at_least_five_minutes_are_left_of_a_break() -> None:
    programme = programme_of(
        held("a", "10:00", "11:00", room="hall"),
        replace(held("coffee", "11:00", "11:06", room="hall"), kind="break"),
        held("b", "11:06", "12:00", room="hall"),
        rooms=ROOM,
    )
    assert clocks(programme, marked("a", ended="11:20"))["coffee"] == "11:20–11:25"


def test_time_between_sessions_is_given_up_first() -> None:
    programme = programme_of(
        held("a", "10:00", "11:00", room="hall"), held("b", "11:10", "12:00", room="hall"), rooms=ROOM
    )
    assert clocks(programme, marked("a", until="11:10")) == {"a": "10:00–11:10"}
    assert clocks(programme, marked("a", until="11:30"))["b"] == "11:30–12:20"


def test_running_over_and_ended_are_what_counts() -> None:
    assert clocks(day(), marked("a", "10:10", "11:05"))["a"] == "10:10–11:05"
    assert clocks(day(), marked("a", "10:10", "11:05", "11:01")) == {
        "a": "10:10–11:01",
        "b": "11:01–11:31",
        "coffee": "11:31–12:00",
    }
    assert clocks(day(), marked("a", "10:00", ended="10:45")) == {"a": "10:00–10:45"}  # nobody begins early by it


def test_who_forgets_to_say_ended_shifts_nothing() -> None:
    assert clocks(day(), marked("a", "10:00")) == {}
    assert clocks(day(), marked("a", "09:50")) == {"a": "09:50–11:00"}
    # The next one has begun: the one before is over, late as it was.
    assert clocks(day(), marked("a", "10:30"), marked("b", "11:00")) == {"a": "10:30–11:00"}


def test_other_rooms_other_days_and_what_overlaps_in_the_plan_are_not_pushed() -> None:
    tomorrow = held("d", "10:00", "11:00", room="hall")
    tomorrow = replace(
        tomorrow,
        start=tomorrow.start + dt.timedelta(days=1),
        end=tomorrow.end + dt.timedelta(days=1),
        day=tomorrow.day + dt.timedelta(days=1),
    )
    overlapping = held("both", "10:30", "11:15", room="hall")
    found = clocks(day(overlapping, tomorrow), marked("a", until="12:55"))
    assert "beside" not in found
    assert "d" not in found
    assert "both" not in found
    assert found["b"] == "12:55–13:25"


def test_cancelled_sessions_push_nobody_and_their_marks_are_void() -> None:
    programme = programme_of(
        held("a", "10:00", "11:00", room="hall", cancelled=True), held("b", "11:00", "12:00", room="hall"), rooms=ROOM
    )
    assert clocks(programme, marked("a", "10:30"), marked("gone", "10:30")) == {}


def test_marks_from_before_a_session_was_moved_away_are_void() -> None:
    marks = marked("c", "12:20")
    assert clocks(day(), marks)["c"] == "12:20–13:20"
    afternoon = replace(day().sessions[-1], start=at("18:00"), end=at("19:00"))
    assert afternoon.code == "c"
    assert clocks(programme_of(afternoon, rooms=ROOM), marks) == {}
    # Moved by as much as it is late it goes by the plan again.
    assert clocks(programme_of(replace(afternoon, start=at("12:20"), end=at("13:20")), rooms=ROOM), marks) == {}


def test_without_a_room_a_session_stands_alone() -> None:
    programme = programme_of(held("a", "10:00", "11:00"), held("b", "11:00", "12:00"), rooms=ROOM)
    assert clocks(programme, marked("a", "10:30")) == {"a": "10:30–11:30"}


def test_now_and_next_go_by_the_marks() -> None:
    programme = day()
    runs = Runs([marked("a", "10:10", "11:20")])
    assert codes(now(programme, runs, at("10:05"))) == []
    assert codes(next_up(programme, runs, at("10:05"))) == ["a"]
    assert codes(now(programme, runs, at("11:10"))) == ["a", "beside"]
    assert codes(next_up(programme, runs, at("11:10"))) == ["b"]
    assert codes(now(programme, Runs([marked("a", ended="10:30")]), at("10:40"))) == []
    early = Runs([marked("c", "11:50")])
    assert codes(now(programme, early, at("11:55"))) == ["beside", "c"]
    night = Runs([marked("c", until="16:30")])
    assert codes(now(programme, night, at("16:00"))) == ["c"]


MOMENTS = st.one_of(st.none(), st.integers(-90, 400).map(lambda more: int(at("10:00").timestamp()) + more * 60))
MARKS = st.lists(
    st.builds(SessionRun, st.sampled_from(["a", "b", "coffee", "c", "beside", "gone"]), MOMENTS, MOMENTS, MOMENTS),
    max_size=6,
    unique_by=lambda mark: mark.session,
)


@given(MARKS)
def test_whatever_is_marked_nothing_is_expected_before_its_plan_and_a_room_is_one_after_the_other(
    marks: list[SessionRun],
) -> None:
    programme, runs = day(), Runs(marks)
    before: Session | None = None
    for session in programme.in_room("hall"):
        mark = runs.of(programme, session.code)
        start, end = span(programme, runs, session)
        assert start <= end
        if mark.started_at is None and mark.ended_at is None:
            assert late(programme, runs, session) >= 0
            assert end - start <= session.end - session.start + (
                dt.timedelta(hours=6) if mark.ends_at else dt.timedelta()
            )
            if before is not None:
                assert start >= ends(programme, runs, before)
        before = session
    assert Runs(marks).moved(programme) == runs.moved(programme)


@given(MARKS)
def test_what_nobody_marked_in_a_room_goes_by_the_programme(marks: list[SessionRun]) -> None:
    programme = day()
    runs = Runs([mark for mark in marks if mark.session not in ("beside", "gone")])
    beside = programme.session("beside")
    assert beside is not None
    assert span(programme, runs, beside) == Span(beside.start, beside.end)


@given(MARKS, st.sampled_from(["a", "b", "coffee", "c"]))
def test_a_mark_taken_back_was_never_made(marks: list[SessionRun], code: str) -> None:
    programme = day()
    others = [mark for mark in marks if mark.session != code]
    taken_back = Runs([*others, SessionRun(code, revision=2)])
    assert taken_back.moved(programme) == Runs(others).moved(programme)


def test_without_marks_the_programme_holds() -> None:
    programme = day()
    assert NO_RUNS.moved(programme) == {}
    for session in programme.sessions:
        assert (starts(programme, NO_RUNS, session), ends(programme, NO_RUNS, session)) == (session.start, session.end)
        assert is_on(programme, NO_RUNS, session, session.start)
        assert not is_on(programme, NO_RUNS, session, session.end)
