"""Times and lengths that organizers type, and what a word finds in the draft."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions.publishing.drafts import Draft
from bot.actions.publishing.edit import (
    read_length,
    read_slot,
    read_start,
    says,
    sessions_found,
)
from bot.errors import BadInput
from bot.programme import edits
from bot.programme.model import Day, Forum, Programme, Session, Text
from bot.programme.search import Index

ZONE = ZoneInfo("Asia/Almaty")
DAY = dt.date(2026, 11, 26)
NEXT = dt.date(2026, 11, 27)
PROGRAMME = Programme(Forum(Text("x"), timezone="Asia/Almaty"), days=(Day(DAY), Day(NEXT)))


def at(day: dt.date, time: str) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.fromisoformat(time), ZONE)


@pytest.mark.parametrize(
    ("typed", "day", "start"),
    [
        ("10:20", DAY, at(DAY, "10:20")),
        (" 9.05 ", DAY, at(DAY, "09:05")),
        ("27.11 10:20", NEXT, at(NEXT, "10:20")),
        ("27/11/2026, 10:20", NEXT, at(NEXT, "10:20")),
        ("00:30", DAY, at(NEXT, "00:30")),  # of the evening before
    ],
)
def test_a_start_is_read_with_its_day(typed: str, day: dt.date, start: dt.datetime) -> None:
    assert read_start(typed, PROGRAMME, DAY) == (day, start)


@pytest.mark.parametrize(
    ("typed", "minutes"), [("45", 45), ("45 мин", 45), ("1440", 1440), ("21:30", 90), ("00:30", 270), ("1.05", 305)]
)
def test_a_length_is_minutes_or_an_end(typed: str, minutes: int) -> None:
    assert read_length(typed, at(DAY, "20:00")) == minutes


@pytest.mark.parametrize("typed", ["14:00 45", "14:00–14:45", "14.00 - 14.45", "14:00, 45 минут"])
def test_a_slot_is_a_start_and_a_length(typed: str) -> None:
    assert read_slot(typed, PROGRAMME, DAY) == (at(DAY, "14:00"), 45)


@given(st.text(max_size=20))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    with suppress(BadInput):
        read_start(typed, PROGRAMME, DAY)
    with suppress(BadInput):
        assert 1 <= read_length(typed, at(DAY, "10:00")) <= edits.MOST_MINUTES
    with suppress(BadInput):
        assert 1 <= read_slot(typed, PROGRAMME, DAY)[1] <= edits.MOST_MINUTES


@pytest.mark.parametrize("typed", ["0", "1441", "24:30", "10:00", "час", "", "-5"])
def test_what_is_no_length_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        read_length(typed, at(DAY, "10:00"))


def test_what_only_the_draft_has_is_found_too_and_what_it_lost_is_not() -> None:
    opening = Session("opening", "talk", Text("Открытие"), at(DAY, "10:00"), at(DAY, "11:00"), DAY)
    concert = replace(opening, code="concert", title=Text({"kk": "Кешкі концерт", "ru": "Вечерний концерт"}))
    published = edits.AddSession(opening.code, new=opening).apply(PROGRAMME)
    draft = Draft(1, 1, published, edits.AddSession(concert.code, new=concert).apply(published), (), ())
    index = Index(published)
    for typed, codes in (("открытие", ["opening"]), ("КОНЦЕРТ веч", ["concert"]), ("кешки", ["concert"]), ("?!", [])):
        assert [one.code for one in sessions_found(index, draft, typed, "ru")] == codes
    gone = replace(draft, programme=PROGRAMME)
    assert sessions_found(index, gone, "открытие", "ru") == []
    assert not says(Text("x"), "")


def test_a_message_of_spaces_is_refused_at_once() -> None:
    """It held up everybody for a minute."""
    with pytest.raises(BadInput):
        read_slot("10:00" + " " * 4000 + "x\ny", PROGRAMME, DAY)
