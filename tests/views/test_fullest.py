"""Every screen at its fullest fits a phone of 390 x 844: at most eight rows of buttons, also where rows are moved apart
from where was pressed; no label cut; a list seen at once with its buttons.

Rows are counted with the extremes and with a large forum, labels and lines with the forum (tests.views.full), as wide
and high as tests.views.phone measures them: DejaVu Sans, 13.5 pixels on buttons and 14 in texts.

A screen that cannot be so is named below, with the reason.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, get_type_hints

import pytest

from bot.programme.load import load_file
from bot.texts import LANGUAGES, Translator
from bot.views.apart import Cell, Rows, apart
from bot.views.buttons import Go, button, may_follow
from bot.views.labels import HALF, WHOLE
from bot.views.screen import Screen, screen, shorten
from storage.questions import Question
from tests.conftest import PROGRAMME
from tests.views import extremes as most
from tests.views import full, phone
from tests.views.test_screens import CUT, VIEWS, calls, takes_words

# Views that are given one page of a list by an action; the extremes are given all of it.
PAGED = ("moderation.labelling.listed", "moderation.merging.pick", "moderation.stage.choose")
# Lists, beside those whose views turn the pages.
LISTS = ("agenda.speaking.my_sessions", "questions.choosing.choose", "staff.staff.staff")
# Read word by word, and scrolled for it.
TEXTS = {
    "agenda.ratings.one_session": "what people wrote, 500 characters each",
    "agenda.found.found": "whole titles and offices with times and halls, to tell what was meant; the best come first",
    "agenda.speakers.speaker": "a card, with what it says about the person",
    "announcements.report.failures": "what Telegram said, word by word",
    "people.menu.info": "a card, with what it says about the forum",
    "publishing.publishing.draft": "all that a publication changes",
    "publishing.speaker_links.speaker": "a card, under a photo",
    "publishing.versions.compare": "all that differs between two versions",
    "questions.following.one": "a card of one question",
    "questions.questions.feed": "whole questions of 500 characters, to vote for",
}
HARMLESS = Go(where="now").pack()


@pytest.fixture(autouse=True)
def cut_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """To cut takes longest, and many screens say the same."""
    monkeypatch.setattr("bot.views.screen.cut", CUT)


def shown(name: str, language: str, *, likely: bool) -> Iterator[Screen]:
    """The view's screens: with the extremes, or with what is likely in a large forum."""
    view = VIEWS[name]
    words = {"t": Translator(language, most.ZONE)} if takes_words(view) else {}
    for arguments in calls(view, most.PROGRAMME):
        if name in PAGED:
            arguments = {key: one_page(view, value) for key, value in arguments.items()}
        yield view(**words, **(full.likely(arguments) if likely else arguments))


def one_page(view: Any, value: Any) -> Any:
    return value[: sys.modules[view.__module__].PAGE] if value and is_questions(value) else value


def is_questions(value: Any) -> bool:
    return isinstance(value, Sequence) and isinstance(value[0], Question)


def is_list(name: str) -> bool:
    return name not in TEXTS and (name in LISTS or "page" in get_type_hints(VIEWS[name]))


def screens(name: str, *, likely: bool) -> Iterator[tuple[str, Screen]]:
    return ((language, one) for language in LANGUAGES for one in shown(name, language, likely=likely))


NAMES = [*VIEWS]


@pytest.mark.parametrize("name", NAMES)
def test_no_screen_has_more_than_eight_rows_of_buttons(name: str) -> None:
    for likely in (True, False):
        found = {(language, len(one.rows)) for language, one in screens(name, likely=likely)}
        assert {(language, rows) for language, rows in found if rows > phone.ROWS} == set()


@pytest.mark.parametrize("name", NAMES)
def test_no_phone_cuts_a_label(name: str) -> None:
    found = {(language, label) for language, one in screens(name, likely=True) for label in phone.cut_labels(one)}
    assert found == set()


@pytest.mark.parametrize("name", [name for name in NAMES if is_list(name)])
def test_a_list_is_seen_at_once_with_its_buttons(name: str) -> None:
    high = {
        (language, phone.height(one), phone.lines(one.text), len(one.rows))
        for language, one in screens(name, likely=True)
        if phone.height(one) > phone.CHAT
    }
    assert high == set()


def shape(rows: Rows) -> tuple[tuple[bool, ...], ...]:
    """Which of its buttons decide something."""
    return tuple(tuple(not may_follow(HARMLESS, one.get("callback_data", "")) for one in row) for row in rows)


@pytest.mark.parametrize("name", NAMES)
def test_where_rows_are_moved_apart_there_are_no_more_than_eight(name: str) -> None:
    """Wherever on another screen was pressed what led here."""
    seen = {shape(one.rows): one.rows for _, one in screens(name, likely=True)}
    places = [
        Cell(top, bottom, at, of)
        for top, bottom in product(range(phone.ROWS), repeat=2)
        if top + bottom < phone.ROWS
        for at, of in ((0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (2, 3))
    ]
    for rows in seen.values():
        if any(any(row) for row in shape(rows)):
            assert max(len(apart(rows, HARMLESS, [place])) for place in places) <= phone.ROWS


def test_the_measure_sees_what_is_too_much() -> None:
    assert phone.fits("Бағдарламаны ашу", 2)
    assert not phone.fits("Бағдарламаны ашу", 3)
    assert phone.cut_labels(screen("", [button("Бағдарламаны ашу", Go(where="now"))] * 3)) != []
    assert phone.lines("Бағдарлама " * 20) == 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_shows_as_many_characters_as_labels_have(language: str) -> None:
    """What the views count by, on titles as they are."""
    titles = [one[language] for one in full.TITLES]
    titles += [session.title.say(language) for session in load_file(PROGRAMME).sessions]
    for in_row, limit in ((1, WHOLE), (2, HALF)):
        assert [title for title in titles if not phone.fits(shorten(title, limit), in_row)] == []


def test_what_is_named_here_exists() -> None:
    assert {*PAGED, *LISTS, *TEXTS} <= {*VIEWS}
