"""Changes by thumb: each leaves the programme whole, is a difference, and does what it says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.errors import BadInput, Refusal, Stale
from bot.programme import edits, texts
from bot.programme.changes import apply, diff
from bot.programme.clean import is_clean
from bot.programme.codes import LONGEST, unused_code
from bot.programme.concerns import KINDS, fresh, standing
from bot.programme.estimates import NO_RUNS
from bot.programme.lookup import need_session, need_speaker
from bot.programme.model import LANGUAGES, Day, Forum, Programme, Room, Session, Speaker, Text
from tests.programme.made import CODES, FIRST, ZONE, programmes, whole

MINUTE = dt.timedelta(minutes=1)
MORNING = dt.datetime.combine(FIRST, dt.time(5), ZONE)
NAME = Text("Жаңа")
code = st.sampled_from(CODES)
minutes = st.integers(-120, 120)
moments = st.integers(0, 72 * 12).map(lambda fives: MORNING + dt.timedelta(minutes=5 * fives))


@st.composite
def any_edit(draw: st.DrawFn) -> edits.Edit:
    """One edit, of anything."""
    one, other, now = draw(code), draw(code), draw(moments)
    role, number = draw(st.sampled_from("sm")), draw(minutes)
    scope, language = draw(st.sampled_from(edits.SCOPES)), draw(st.sampled_from(("", *LANGUAGES)))
    kind, letter = draw(st.sampled_from([(kind, letter) for kind, all_ in texts.FIELDS.items() for letter in all_]))
    new = Session("new", "talk", NAME, now, now + dt.timedelta(minutes=30), FIRST)
    every: tuple[edits.Edit, ...] = (
        edits.Shift(one, number, scope, now=now),
        edits.Move(one, now, day=FIRST),
        edits.Lengthen(one, abs(number)),
        edits.ToRoom(one, draw_room(other)),
        edits.ToRoom(one, "new", new=Room("new", NAME)),
        edits.Swap(one, other),
        edits.AddPerson(one, other, role),
        edits.AddPerson(one, "new", role, new=Speaker("new", NAME)),
        edits.DropPerson(one, other, role),
        edits.ReplacePerson(one, other, "a"),
        edits.ReplaceEverywhere(one, other, new=Speaker(other, NAME), now=now, runs=NO_RUNS),
        edits.Remove("p", one),
        edits.Remove("r", one),
        edits.SwapRooms(FIRST, one, other, now=now, runs=NO_RUNS),
        edits.Cancel(one),
        edits.Uncancel(one),
        edits.SetKind(one, "break"),
        edits.AddSession(new.code, new=new),
        edits.Reword(kind, one, letter, language, words="сөз" if number > 0 else ""),
    )
    return draw(st.sampled_from(every))


def draw_room(code: str) -> str:
    return "" if code == "f" else code


@given(programmes(), st.lists(any_edit(), max_size=5))
def test_every_edit_leaves_a_whole_programme_and_is_a_difference(programme: Programme, steps: list[edits.Edit]) -> None:
    edited = programme
    for edit in steps:
        try:
            edited = edit.apply(edited)
        except Refusal:
            continue
        assert whole(edited)
        assert Programme.from_document(edited.to_document()) == edited
    assert apply(programme, diff(programme, edited)) == edited


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(programmes(), code, st.sampled_from(edits.SCOPES), minutes)
def test_a_shift_there_and_back_is_none_and_keeps_every_length(
    programme: Programme, one: str, scope: str, number: int
) -> None:
    assume(programme.session(one))
    before = edits.following(programme, one, edits.DAY, MORNING)
    try:
        shifted = edits.Shift(one, number, scope, now=MORNING - dt.timedelta(days=1)).apply(programme)
    except BadInput:
        return
    moved = [edit.code for edit in programme.sessions if shifted.session(edit.code) != edit]
    assert number == 0 or set(moved) == {
        edit.code for edit in edits.following(programme, one, scope, MORNING - dt.timedelta(days=1))
    }
    assert set(moved) <= {edit.code for edit in before}
    for each in moved:
        was, now_is = need_session(programme, each), need_session(shifted, each)
        assert edits.minutes_of(was) == edits.minutes_of(now_is)
        assert (now_is.start - was.start) == dt.timedelta(minutes=number)
    back = shifted
    for each in moved:
        back = edits.Shift(each, -number, edits.ONLY, now=MORNING - dt.timedelta(days=1)).apply(back)
    assert back == programme


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(programmes(), code, st.sampled_from(edits.SCOPES), moments)
def test_what_is_over_is_never_shifted(programme: Programme, one: str, scope: str, now: dt.datetime) -> None:
    assume(programme.session(one))
    try:
        shifted = edits.Shift(one, 5, scope, now=now).apply(programme)
    except BadInput:
        assert all(session.end <= now for session in edits.following(programme, one, scope, MORNING))
        return
    for session in programme.sessions:
        if session.end <= now:
            assert shifted.session(session.code) == session


@given(programmes(), st.data())
def test_swapping_twice_is_nothing(programme: Programme, data: st.DataObject) -> None:
    assume(programme.sessions)
    codes = st.sampled_from([one.code for one in programme.sessions])
    one, other = data.draw(codes), data.draw(codes)
    once = edits.Swap(one, other).apply(programme)
    second = need_session(programme, other)
    assert (need_session(once, one).start, need_session(once, one).room) == (second.start, second.room)
    assert edits.minutes_of(need_session(once, other)) == edits.minutes_of(second)
    assert edits.Swap(one, other).apply(once) == programme


@given(programmes(), st.data())
def test_a_person_is_replaced_where_they_were_and_stays_once(programme: Programme, data: st.DataObject) -> None:
    held_by = [(one, person) for one in programme.sessions for person in edits.people_of(one)]
    assume(held_by and len(programme.speakers) > 1)
    session, old = data.draw(st.sampled_from(held_by))
    new = data.draw(st.sampled_from([one.code for one in programme.speakers if one.code != old]))
    one = session.code
    done = need_session(edits.ReplacePerson(one, old, new).apply(programme), one)
    for before, after in ((session.speakers, done.speakers), (session.moderators, done.moderators)):
        assert old not in after
        assert len(after) == len(set(after))
        assert (new in after) == (new in before or old in before)


def about(data: st.DataObject, session: Session) -> dt.datetime:
    """Before a session, at its start, in it, at its end, or after it."""
    return data.draw(st.sampled_from((session.start, session.end))) + data.draw(st.integers(-1, 1)) * MINUTE


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(programmes(), st.data())
def test_a_person_is_replaced_everywhere_but_where_it_is_over(programme: Programme, data: st.DataObject) -> None:
    held_by = [(one, person) for one in programme.sessions for person in edits.people_of(one)]
    assume(held_by and len(programme.speakers) > 1)
    session, old = data.draw(st.sampled_from(held_by))
    new = data.draw(st.sampled_from([one.code for one in programme.speakers if one.code != old]))
    now = about(data, session)
    try:
        done = edits.ReplaceEverywhere(old, new, new=need_speaker(programme, new), now=now, runs=NO_RUNS).apply(
            programme
        )
    except BadInput:
        assert all(one.end <= now for one in programme.of_speaker(old))
        return
    assert done.speakers == programme.speakers
    for before in programme.sessions:
        after = need_session(done, before.code)
        if before.end <= now or old not in edits.people_of(before):
            assert after == before
        else:
            assert after == need_session(edits.ReplacePerson(before.code, old, new).apply(programme), before.code)
    if all(one.end <= now for one in programme.of_speaker(old)):
        assert not programme.of_speaker(old)


@given(programmes())
def test_only_what_nothing_uses_is_taken_out_and_nothing_else_changes(programme: Programme) -> None:
    for one in CODES:
        for edit, there, uses, part in (
            (edits.Remove("p", one), programme.speaker(one), programme.of_speaker(one), "speakers"),
            (edits.Remove("r", one), programme.room(one), programme.in_room(one), "rooms"),
        ):
            if there is None or uses:
                with pytest.raises(BadInput if uses else Stale):
                    edit.apply(programme)
                continue
            left = tuple(record for record in getattr(programme, part) if record != there)
            changed: dict[str, Any] = {part: left}
            assert edit.apply(programme) == replace(programme, **changed)


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(programmes(), st.data())
def test_rooms_swap_what_has_not_begun_that_day_and_twice_is_nothing(programme: Programme, data: st.DataObject) -> None:
    roomed = [one for one in programme.sessions if one.room]
    assume(roomed and len(programme.rooms) > 1)
    session = data.draw(st.sampled_from(roomed))
    one, day, now = session.room or "", session.day, about(data, session)
    other = data.draw(st.sampled_from([room.code for room in programme.rooms if room.code != one]))
    there = {one: other, other: one}
    try:
        done = edits.SwapRooms(day, one, other, now=now, runs=NO_RUNS).apply(programme)
    except BadInput:
        assert all(edits.yet_to_begin(programme, day, room, now, NO_RUNS) == () for room in there)
        return
    for before in programme.sessions:
        moves = before.day == day and before.start > now and before.room in there
        after = need_session(done, before.code)
        assert after == (replace(before, room=there[before.room or ""]) if moves else before)
    assert edits.SwapRooms(day, one, other, now=now, runs=NO_RUNS).apply(done) == programme


@given(programmes(), st.lists(any_edit(), max_size=4), moments)
def test_warnings_name_only_what_is_there_and_what_is_new(
    programme: Programme, steps: list[edits.Edit], now: dt.datetime
) -> None:
    assert fresh(programme, programme, now) == ()
    edited = programme
    for edit in steps:
        try:
            edited = edit.apply(edited)
        except Refusal:
            continue
    known = {one.mark for session in programme.sessions for one in standing(programme, session)}
    found = fresh(programme, edited, now)
    assert len({one.mark for one in found}) == len(found)
    for one in found:
        assert one.kind in KINDS
        assert one.mark not in known
        for named in filter(None, (one.session, one.other)):
            assert not need_session(edited, named).cancelled
        assert not one.subject or edited.room(one.subject) or edited.speaker(one.subject)
    every = {one.mark for session in edited.sessions for one in standing(edited, session)}
    assert every - known <= {one.mark for one in found}


def made(*sessions: Session) -> Programme:
    people = {person for one in sessions for person in edits.people_of(one)}
    return Programme(
        Forum(Text("x"), timezone="Asia/Almaty"),
        days=(Day(FIRST), Day(FIRST + dt.timedelta(days=1))),
        rooms=(Room("hall", Text("Зал")), Room("foyer", Text("Фойе"))),
        speakers=tuple(Speaker(person, Text(person)) for person in sorted(people)),
        sessions=sessions,
    )


def held(name: str, start: str, length: int = 60, room: str | None = "hall", kind: str = "talk", *who: str) -> Session:
    at = dt.datetime.combine(FIRST, dt.time.fromisoformat(start), ZONE)
    return Session(name, kind, Text(name), at, at + dt.timedelta(minutes=length), FIRST, room=room, speakers=who)


def warned(before: Programme, after: Programme, now: dt.datetime = MORNING) -> list[tuple[str, str, str]]:
    return [(one.kind, one.session, one.other) for one in fresh(before, after, now)]


def test_each_warning_is_said_once_where_it_is_due() -> None:
    coffee = held("coffee", "11:00", 30, "foyer", "break")
    lunch = held("lunch", "13:00", 60, None, "break")
    both = made(
        held("a", "10:00", 60, "hall", "talk", "x"),
        coffee,
        held("b", "12:00"),
        lunch,
        held("c", "15:00", 60, None, "talk", "x"),
    )
    assert warned(both, edits.Shift("a", 15, edits.ONLY, now=MORNING).apply(both)) == [("break", "a", "coffee")]
    assert warned(both, edits.Shift("b", 30, edits.ONLY, now=MORNING).apply(both)) == [("break", "b", "lunch")]
    assert warned(both, edits.Shift("b", -120, edits.ONLY, now=MORNING).apply(both)) == [("room", "a", "b")]
    moved = edits.Move("c", both.sessions[0].start, day=FIRST).apply(both)
    assert warned(both, moved) == [("person", "a", "c")]
    assert warned(both, edits.Cancel("a").apply(moved)) == []
    assert warned(both, edits.ToRoom("b", "").apply(both)) == [("no_room", "b", "")]
    assert warned(both, edits.Move("b", MORNING, day=FIRST).apply(both)) == [("past", "b", ""), ("day", "b", "")]
    late = dt.datetime.combine(FIRST, dt.time(23, 30), ZONE)
    assert warned(both, edits.Move("b", late, day=FIRST).apply(both)) == [("day", "b", "")]
    # What the published version has as well is not said again, whatever else of the session changes.
    said = edits.Shift("b", 30, edits.ONLY, now=MORNING).apply(both)
    assert warned(said, edits.Cancel("a").apply(edits.ToRoom("b", "foyer").apply(said))) == []
    assert [one.kind for one in standing(said, need_session(said, "b"))] == ["break"]
    # A break in the hall itself.
    own = made(held("a", "10:00"), held("tea", "11:00", 30, "hall", "break"))
    assert warned(own, edits.Shift("a", 15, edits.ONLY, now=MORNING).apply(own)) == [("break", "a", "tea")]
    # A foyer in which sessions are held is a place like any other.
    stand = made(*both.sessions, held("stand", "16:00", 60, "foyer"))
    assert warned(stand, edits.Shift("a", 15, edits.ONLY, now=MORNING).apply(stand)) == []


def test_a_shift_stops_at_the_end_of_its_day() -> None:
    programme = made(held("gala", "22:00", 300), held("a", "10:00"))
    with pytest.raises(BadInput) as refused:
        edits.Shift("a", 6 * 60, edits.ROOM, now=MORNING).apply(programme)
    assert refused.value.fields == {"start": "04:00"}
    assert need_session(edits.Shift("a", 5 * 60, edits.ROOM, now=MORNING).apply(programme), "gala").start.hour == 3


def test_what_is_not_there_is_stale() -> None:
    programme = made(held("a", "10:00"))
    late: tuple[Callable[[], Programme], ...] = (
        lambda: edits.Shift("gone", 5, edits.ONLY, now=MORNING).apply(programme),
        lambda: edits.ToRoom("a", "gone").apply(programme),
        lambda: edits.AddPerson("a", "gone", "s").apply(programme),
        lambda: edits.DropPerson("a", "gone", "x").apply(programme),
        lambda: edits.ReplacePerson("a", "gone", "gone").apply(programme),
        lambda: edits.SetKind("a", "party").apply(programme),
        lambda: edits.AddSession(programme.sessions[0].code, new=programme.sessions[0]).apply(programme),
        lambda: edits.ToRoom("a", "hall", new=programme.rooms[0]).apply(programme),
        lambda: texts.reword(programme, texts.About("p", "gone", "n"), "kk", "x"),
        lambda: texts.reword(programme, texts.About("s", "a", "x"), "kk", "x"),
        lambda: texts.reword(programme, texts.About("s", "a", "t"), "de", "x"),
    )
    for edit in late:
        with pytest.raises(Stale):
            edit()


@given(st.lists(st.text(max_size=40), max_size=12))
def test_codes_are_new_and_fit(names: list[str]) -> None:
    taken: set[str] = set()
    for name in (*names, *names):
        made_code = unused_code(name or "x", taken)
        assert made_code not in taken
        assert 1 <= len(made_code) <= LONGEST
        assert all(letter in "abcdefghijklmnopqrstuvwxyz0123456789-_" for letter in made_code)
        taken.add(made_code)


def test_one_text_for_all_stays_where_no_other_was_written() -> None:
    assert texts.said_in(Text("x"), "ru", "y") == Text({"kk": "x", "ru": "y", "en": "x"})
    assert texts.said_in(Text({"kk": "x", "ru": "y"}), "ru", "") == Text({"kk": "x"})
    assert texts.said_in(Text({"kk": "x", "ru": "y"}), "", "z") == Text("z")
    with pytest.raises(BadInput):
        texts.reword(made(held("a", "10:00")), texts.About("s", "a", "t"), "", "")


def test_names_are_a_line_for_all_or_a_line_a_language() -> None:
    assert texts.read_names(" Ашылу ") == Text("Ашылу")
    assert texts.read_names("Ашылу\n\nОткрытие\nOpening") == Text({"kk": "Ашылу", "ru": "Открытие", "en": "Opening"})
    assert texts.read_names("en: Opening\nKK: Ашылу") == Text({"kk": "Ашылу", "en": "Opening"})
    assert texts.read_names("ru: Открытие") == Text({"ru": "Открытие"})
    for bad in ("", "a\nb\nc\nd", "!!!", "x" * 301, "kk: …"):
        with pytest.raises(BadInput):
            texts.read_names(bad)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("* 5 * is <b>bold</b> &amp; &lt;x&gt;", "* 5 * is <b>bold</b> &amp; &lt;x&gt;"),
        ("one\ntwo\n\nthree", "one\ntwo\n\nthree"),
        ('<tg-spoiler>hidden</tg-spoiler> <tg-emoji emoji-id="5">x</tg-emoji>', "hidden x"),
        ("<blockquote expandable>said</blockquote>", "<blockquote>said</blockquote>"),
        ('<pre><code language="language-py">a &lt; b</code></pre>', "<pre>a &lt; b</pre>"),
        ('<a href="https://example.org/?a=1&amp;b=2">here</a>', '<a href="https://example.org/?a=1&amp;b=2">here</a>'),
    ],
)
def test_what_is_sent_with_formatting_is_kept_as_it_looks(typed: str, kept: str) -> None:
    assert texts.read_markup(typed) == kept
    assert is_clean(kept)
