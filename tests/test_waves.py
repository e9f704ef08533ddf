"""Reminders of a large audience begin so early that the last is on time."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from bot.actions.agenda.reminders import TRAVEL, Wave, scheduled

START = 1_795_000_000
waves = st.builds(
    lambda number, minute, lead, people: Wave(f"s{number}", START + minute * 60, lead, people),
    st.integers(0, 9),
    st.integers(0, 40),
    st.sampled_from((5, 10, 15, 30)),
    st.integers(1, 4000),
)


def test_three_thousand_of_one_session_are_told_by_the_lead_and_not_much_earlier() -> None:
    (wave,) = scheduled([Wave("opening", START, 10, 3000)], per_second=20)
    assert (wave.begins, wave.ends) == (START - 600 - TRAVEL - 150, START - 600 - TRAVEL)


def test_one_person_is_told_on_the_minute() -> None:
    (wave,) = scheduled([Wave("opening", START, 10, 1)], per_second=20)
    assert START - 600 - 2 <= wave.begins < wave.ends < START - 600


def test_two_sessions_that_start_together_share_their_time() -> None:
    first, second = scheduled([Wave("a", START, 10, 1000), Wave("b", START, 10, 1000)], per_second=20)
    assert (first.begins, first.ends) == (second.begins, second.ends)
    assert first.ends - first.begins == 100


def test_a_wave_that_would_meet_the_next_is_over_before_it() -> None:
    early, late = scheduled([Wave("a", START, 10, 100), Wave("b", START + 60, 10, 2000)], per_second=20)
    assert late.ends == START + 60 - 600 - TRAVEL
    assert early.ends == late.begins == late.ends - 100
    assert early.begins == early.ends - 5


@given(st.lists(waves, max_size=12), st.integers(1, 30))
def test_nobody_is_told_late_and_never_more_at_once_than_the_pace_allows(found: list[Wave], per_second: int) -> None:
    planned = scheduled(found, per_second)
    assert Counter((one.session, one.start, one.lead, one.people) for one in planned) == Counter(
        (one.session, one.start, one.lead, one.people) for one in found
    )
    slots: Counter[tuple[int, int]] = Counter()
    for wave in planned:
        assert wave.begins < wave.ends <= wave.start - wave.lead * 60 - TRAVEL
        slots[wave.begins, wave.ends] += wave.people
    in_order = sorted(slots.items())
    for (begins, ends), people in in_order:
        assert ends - begins == ceil(people / per_second)
    for ((_, ends), _), ((begins, _), _) in pairwise(in_order):
        assert ends <= begins
