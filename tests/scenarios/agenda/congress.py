"""Programmes for the delegates of the tests: the sample with the hard cases in it, and a big congress."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from pathlib import Path

from bot.programme.load import load_file, read_programme
from bot.programme.model import Programme, Session, Speaker, Text
from tests.programme.schedules import as_json, pretalx

SAMPLE = Path("programme/turkistan.toml")


@cache
def with_hard_cases() -> Programme:
    """The sample forum and, on its first day, sessions of every awkward kind.

    `clash` is at the time of the opening, `cancelled` is, `bare` has neither room nor people nor abstract,
    `night` goes over midnight, `long` has an abstract of 10,000 characters, `crowd` has forty speakers.
    """
    sample = load_file(SAMPLE)
    opening = next(one for one in sample.sessions if one.code == "opening")
    crowd = tuple(Speaker(f"speaker-{number}", Text(f"Спикер {number}")) for number in range(40))
    evening = opening.start.replace(hour=20, minute=0)
    more = [
        session("clash", "Параллельная встреча", opening.start, 60, opening.day, room="otyrar"),
        session("cancelled", "Отменённая встреча", evening, 60, opening.day, room="otyrar", cancelled=True),
        session("bare", "Встреча без зала", evening, 60, opening.day),
        session("night", "Вечер до утра", evening.replace(hour=23, minute=30), 90, opening.day, room="otyrar"),
        session("long", "Длинное описание", evening, 45, opening.day, abstract=Text("<b>слово</b> & " * 1000)),
        session("crowd", "Все вместе", evening, 45, opening.day, speakers=tuple(one.code for one in crowd)),
    ]
    return replace(sample, sessions=(*sample.sessions, *more), speakers=(*sample.speakers, *crowd))


def session(code: str, title: str, start: dt.datetime, minutes: int, day: dt.date, **more: object) -> Session:
    end = start + dt.timedelta(minutes=minutes)
    return replace(Session(code, "talk", Text(title), start, end, day), **more)  # type: ignore[arg-type]  # fields by name


@cache
def congress(days: int = 5, rooms: int = 30, a_day: int = 6) -> Programme:
    """Nine hundred sessions, with the sample's delegations."""
    read = read_programme(as_json(pretalx(days=days, rooms=rooms, a_day=a_day)), "schedule.json")
    return replace(read, delegations=load_file(SAMPLE).delegations)
