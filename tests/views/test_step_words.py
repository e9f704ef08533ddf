"""Each edit of the draft: what is stored of it, and its words."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.actions.publishing.drafts import Draft
from bot.programme import edits
from bot.programme.estimates import NO_RUNS
from bot.programme.model import Forum, Programme, Session, Speaker, Text
from bot.texts import LANGUAGES, Translator
from bot.views.publishing.steps import WORDS, step
from storage.drafts import Step
from storage.programmes import packed

ZONE = ZoneInfo("Asia/Almaty")
START = dt.datetime(2026, 11, 26, 10, 20, tzinfo=ZONE)
DAY = START.date()
PROGRAMME = Programme(Forum(Text("x"), timezone="Asia/Almaty"))
DRAFT = Draft(1, 1, PROGRAMME, PROGRAMME, (), ())
NEW = Speaker("new", Text("Жаңа"))
SESSION = Session("late", "talk", Text("Кеш"), START, START + dt.timedelta(minutes=20), DAY)

# Never change what is stored: the drafts of running bots hold it.
STORED: tuple[tuple[edits.Edit, str, str], ...] = (
    (edits.Shift("one", -5, "r", now=START), "shift", '{"session":"one","minutes":-5,"scope":"r"}'),
    (edits.Move("one", START, day=DAY), "move", '{"session":"one","start":"2026-11-26T10:20:00+05:00"}'),
    (edits.Lengthen("one", 45), "length", '{"session":"one","minutes":45}'),
    (edits.Swap("one", "two"), "swap", '{"session":"one","other":"two"}'),
    (edits.ToRoom("one", "hall"), "room", '{"session":"one","room":"hall"}'),
    (edits.ToRoom("one", ""), "room", '{"session":"one","room":""}'),
    (
        edits.SwapRooms(DAY, "hall", "foyer", now=START, runs=NO_RUNS),
        "halls",
        '{"day":"2026-11-26","one":"hall","other":"foyer"}',
    ),
    (edits.AddPerson("one", "new", "s", new=NEW), "person_in", '{"session":"one","person":"new","role":"s"}'),
    (edits.DropPerson("one", "aru", "m"), "person_out", '{"session":"one","person":"aru","role":"m"}'),
    (
        edits.ReplacePerson("one", "aru", "new", new=NEW),
        "person_replaced",
        '{"session":"one","old":"aru","person":"new"}',
    ),
    (
        edits.ReplaceEverywhere("aru", "new", new=NEW, now=START, runs=NO_RUNS),
        "person_everywhere",
        '{"old":"aru","person":"new"}',
    ),
    (edits.Photo("aru", photo="telegram:x"), "photo", '{"speaker":"aru"}'),
    (edits.DropPhoto("aru"), "photo_off", '{"speaker":"aru"}'),
    (edits.Cancel("one"), "cancel", '{"session":"one"}'),
    (edits.Uncancel("one"), "uncancel", '{"session":"one"}'),
    (edits.SetKind("one", "panel"), "kind", '{"session":"one","kind":"panel"}'),
    (edits.AddSession("late", new=SESSION), "added", '{"session":"late"}'),
    (
        edits.Reword("s", "one", "t", "kk", words="Ашылу"),
        "text",
        '{"kind":"s","code":"one","field":"t","language":"kk"}',
    ),
    (edits.Remove("p", "aru"), "removed", '{"kind":"p","code":"aru"}'),
    (edits.Import("Бағдарлама.xlsx", found=PROGRAMME, whole=True), "import", '{"file":"Бағдарлама.xlsx"}'),
    (edits.Restore(3, former=PROGRAMME), "restore", '{"version":3}'),
    (edits.Watched("x.example", 7, taken=PROGRAMME), "watched", '{"host":"x.example","changes":7}'),
)


def made(what: str, detail: dict[str, Any]) -> Step:
    return Step(1, what, detail, (), 1, 0)


def test_every_edit_is_registered_told_and_among_these() -> None:
    """`__subclasses__` also holds the classes that `slots` made others of: by name they are the same."""
    every = set(edits.EDITS.values())
    assert {one.__name__ for one in every} == {one.__name__ for one in edits.Edit.__subclasses__()}
    assert every == set(WORDS) == {type(edit) for edit, _, _ in STORED}


@pytest.mark.parametrize(("edit", "what", "detail"), STORED)
def test_what_is_stored_stays_and_is_read_again(edit: edits.Edit, what: str, detail: str) -> None:
    assert (edit.what, packed(edit.detail())) == (what, detail)
    back = edits.read(what, edit.detail())
    assert type(back) is type(edit)
    assert packed(back.detail()) == detail


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("edit", [edit for edit, _, _ in STORED])
def test_every_step_has_words_of_its_own(edit: edits.Edit, language: str) -> None:
    t = Translator(language, ZONE)
    words = step(t, DRAFT, made(edit.what, edit.detail()))
    assert words not in ("", t("step.other"))
    assert not words.startswith("step.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_step_that_is_not_known_only_that_there_was_one_is_said(language: str) -> None:
    t = Translator(language, ZONE)
    assert step(t, DRAFT, made("x", {"session": "one"})) == t("step.other")
    assert step(t, DRAFT, made("shift", {"session": "one"})) == t("step.other")


def test_files_and_versions_of_which_nothing_is_known_are_told_all_the_same() -> None:
    t = Translator("en", ZONE)
    assert step(t, DRAFT, made("import", {})) == t("step.import", file="")
    assert step(t, DRAFT, made("restore", {})) == t("step.restore", version="?")
