"""What is written is read as what it was: every format, every programme."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.programme.changes import diff
from bot.programme.clean import clean, is_clean, plain, written
from bot.programme.load import load_file, read_programme
from bot.programme.model import Programme
from bot.programme.readers.times import end_at, said_of, start_at
from bot.programme.writers import FORMATS, write
from tests.examples import examples
from tests.programme.programmes import programmes
from tests.programme.schedules import as_json, pretalx
from tests.programme.test_clean import _MARKUP

SAMPLE = Path(__file__).parents[2] / "programme" / "turkistan.toml"


def same(before: Programme, after: Programme) -> None:
    assert diff(before, after) == ()
    assert after == before


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_sample_comes_back(format_: str, language: str) -> None:
    programme = load_file(SAMPLE)
    same(programme, read_programme(write(programme, format_, language), f"p.{format_}"))


@pytest.mark.parametrize("format_", FORMATS)
def test_a_congress_comes_back(format_: str) -> None:
    programme = read_programme(as_json(pretalx(days=3, rooms=6, a_day=8)), "schedule.json")
    same(programme, read_programme(write(programme, format_, "en"), f"p.{format_}"))


@pytest.mark.parametrize("format_", FORMATS)
@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(programme=programmes(), language=st.sampled_from(["kk", "ru", "en"]))
def test_any_programme_comes_back(format_: str, programme: Programme, language: str) -> None:
    same(programme, read_programme(write(programme, format_, language), f"p.{format_}"))


@settings(deadline=None, max_examples=examples(200))
@given(st.one_of(st.text(), _MARKUP))
def test_markup_is_written_so_that_it_is_read_as_it_was(text: str) -> None:
    cleaned = clean(text)
    assert is_clean(cleaned)
    assert clean(written(cleaned)) == cleaned
    assert plain(plain(text)) == plain(text)


@settings(deadline=None)
@given(programmes())
def test_times_are_written_so_that_they_are_read_as_they_were(programme: Programme) -> None:
    zone = programme.forum.zone
    for session in programme.sessions:
        start, end = said_of(session, zone)
        again = start_at(session.day, start, zone)
        assert again.isoformat() == session.start.isoformat()
        assert end_at(again, end, zone).isoformat() == session.end.isoformat()


def test_a_time_of_day_is_enough_where_it_is() -> None:
    programme = load_file(SAMPLE)
    assert all(
        isinstance(said, dt.time) for session in programme.sessions for said in said_of(session, programme.forum.zone)
    )
    assert start_at(dt.date(2026, 11, 26), dt.time(0, 30), ZoneInfo("Asia/Almaty")).day == 27
