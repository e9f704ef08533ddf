"""The words for what changes: a person's name is not taken for a room's, and titles with marks are quoted once."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.programme.differences import RecordChange, SessionChange
from bot.programme.model import Session
from bot.programme.text import Text
from bot.programme.texts import About
from bot.texts import Translator, escape
from bot.views.publishing.changes import instead, record, words
from bot.views.publishing.concerns import quoted
from bot.views.publishing.steps import field_name

ZONE = ZoneInfo("Asia/Almaty")
NAMES = {"kk": ("Аты-жөні", "Атауы"), "ru": ("Имя", "Название"), "en": ("Name", "Name")}


@pytest.mark.parametrize("language", NAMES)
def test_the_name_of_a_person_is_another_word_than_that_of_a_room(language: str) -> None:
    t = Translator(language, ZONE)
    assert (field_name(t, About("p", "x", "n")), field_name(t, About("r", "x", "n"))) == NAMES[language]
    shown = [record(t, RecordChange(part, Text("Х"), ("name",))) for part in ("speakers", "rooms")]
    assert [one.rpartition(": ")[2].capitalize() for one in shown] == list(NAMES[language])


@pytest.mark.parametrize(("language", "marks"), [("kk", "«»"), ("ru", "«»"), ("en", "“”")])
def test_titles_stand_in_the_marks_of_the_language_and_never_in_two_pairs(language: str, marks: str) -> None:
    t = Translator(language, ZONE)
    assert quoted(t, escape("Open")) == f"{marks[0]}Open{marks[1]}"
    assert quoted(t, escape("Фонд «Үміт»")) == "Фонд «Үміт»"
    old, new = (a_session(title) for title in ("Ашылу", "Фонд «Үміт»"))
    change = SessionChange(old, new, (), ("title",), (None, None), (), ())
    assert words(t, change).endswith(f"\n{instead(t, 'Фонд «Үміт»', f'{marks[0]}Ашылу{marks[1]}')}")


def a_session(title: str) -> Session:
    start = dt.datetime(2026, 11, 26, 10, tzinfo=ZONE)
    return Session("one", "talk", Text(title), start, start + dt.timedelta(minutes=20), start.date())
