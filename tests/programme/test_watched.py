"""What a watched version does to the draft: what it says comes, all else stays, others' changes too."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings

from bot.programme.load import load_file
from bot.programme.model import Programme, Text
from bot.programme.watched import first, following
from tests.examples import examples
from tests.programme.made import programmes

SAMPLE = load_file("programme/turkistan.toml")


def bare(programme: Programme) -> Programme:
    """As a schedule of talks knows it: no delegations, no pages, no photos, no hints."""
    return replace(
        programme,
        delegations=(),
        pages=(),
        rooms=tuple(replace(room, hint=Text("")) for room in programme.rooms),
        speakers=tuple(replace(one, photo=None, bio=Text("")) for one in programme.speakers),
    )


def test_the_first_version_wipes_nothing_out_of_which_it_says_nothing() -> None:
    ours = replace(SAMPLE, speakers=tuple(replace(one, photo="telegram:abc", bio=Text("…")) for one in SAMPLE.speakers))
    assert first(ours, bare(SAMPLE)) == ours
    later = replace(SAMPLE, sessions=SAMPLE.sessions[:-1])
    assert first(ours, bare(later)) == replace(ours, sessions=SAMPLE.sessions[:-1])


@given(programmes(), programmes())
@settings(max_examples=examples(30), deadline=None)
def test_a_first_version_that_says_everything_is_taken_as_it_is(ours: Programme, theirs: Programme) -> None:
    taken = first(ours, theirs)
    assert {one.code for one in taken.sessions} == {one.code for one in theirs.sessions} or not theirs.sessions
    assert first(taken, theirs) == taken


@given(programmes(), programmes())
@settings(max_examples=examples(30), deadline=None)
def test_a_version_like_the_last_changes_nothing(ours: Programme, theirs: Programme) -> None:
    assert following(ours, theirs, theirs) == ours


def test_only_what_is_new_there_comes() -> None:
    opening = next(one for one in SAMPLE.sessions if one.code == "opening")
    later = dt.timedelta(minutes=20)
    ours = replace(SAMPLE, sessions=tuple(replace(one, title=Text("Ours")) for one in SAMPLE.sessions))
    theirs = replace(
        SAMPLE,
        sessions=tuple(
            replace(one, start=one.start + later, end=one.end + later) if one.code == "opening" else one
            for one in SAMPLE.sessions
        ),
    )
    made = following(ours, SAMPLE, theirs)
    assert {one.title for one in made.sessions} == {Text("Ours")}
    moved = made.session("opening")
    assert moved is not None
    assert moved.start == opening.start + later
    assert following(made, theirs, SAMPLE) == ours
