"""The reading lists for native readers: up to date, with every text, and with real values in the place of fields."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from bot.programme.text import LANGUAGES
from tests.reading_list import FIELD, file_of, page, sections, shown, texts

ROW = re.compile(r"^\| `(\S+)` \| (.*) \| \|$", re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_committed_list_is_what_the_command_writes(language: str) -> None:
    assert page(language) == file_of(language).read_text(encoding="utf-8"), "make texts writes the lists again"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_on_the_list_once_and_filled_in(language: str) -> None:
    rows = ROW.findall(file_of(language).read_text(encoding="utf-8"))
    assert sorted(key for key, _ in rows) == sorted(texts(language))
    assert [key for key, said in rows if FIELD.search(said)] == []


def test_every_key_has_one_place_and_its_own_place_before_its_family() -> None:
    keys = list(texts(LANGUAGES[0]))
    placed = list(chain.from_iterable(keys for _, keys in sections(keys)))
    assert sorted(placed) == sorted(keys)
    assert placed.index("registration.greeting") < placed.index("registration.agree") < placed.index("agenda.now")
    assert placed.index("questions.receipt") < placed.index("moderation.open") < placed.index("publishing.undo")


def test_a_key_of_a_family_that_is_named_nowhere_comes_last() -> None:
    *_, (_, last) = sections(["agenda.now", "zebra.stripes"])
    assert last == ["zebra.stripes"]


def test_markup_is_shown_and_no_sign_of_a_text_makes_any() -> None:
    assert shown("<b>5 | 6</b>\n<code>a*b</code> &lt;tg&gt;") == r"**5 \| 6**<br>a\*b &lt;tg>"
