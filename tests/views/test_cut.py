"""Cutting HTML: valid, never longer than the limit, and a beginning of what was there."""

from __future__ import annotations

import html
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rehearsal.html import parse_html
from bot.rehearsal.wire import utf16
from bot.views.screen import cut, page_of, shorten, units
from tests.examples import examples

WORDS = st.text(
    st.sampled_from("аб ё\n<>&\"';#😀👩‍👧é…") | st.characters(exclude_categories=["Cs", "Cc"]), max_size=30
).map(lambda text: html.escape(text, quote=False))


def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = st.sampled_from(
        ["b", "i", "u", "s", "code", "tg-spoiler", "blockquote", 'a href="https://example.org/?a=1&amp;b=2"']
    )
    return st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>", tags, st.lists(inner, max_size=4)
    )


MARKUP = st.lists(st.recursive(WORDS, wrapped, max_leaves=20), max_size=8).map("".join)


def visible(text: str) -> str:
    return parse_html(text)[0]


@settings(max_examples=examples(150), deadline=None)
@given(text=MARKUP, limit=st.integers(1, 120))
def test_what_is_cut_is_valid_and_within_the_limit(text: str, limit: int) -> None:
    whole, short = visible(text), visible(cut(text, limit))
    assert utf16(short) <= limit
    if utf16(whole) <= limit:
        assert short == whole
    else:
        assert short.endswith("…")
        assert whole.startswith(short.removesuffix("…"))


@settings(max_examples=examples(80), deadline=None)
@given(text=MARKUP, limit=st.integers(1, 120))
def test_to_cut_again_changes_nothing(text: str, limit: int) -> None:
    once = cut(text, limit)
    assert visible(cut(once, limit)) == visible(once)


@given(text=st.text(max_size=60), limit=st.integers(2, 40))
def test_plain_text_is_shortened_to_its_limit(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit
    assert short == text if len(text) <= limit else short.endswith("…")


@given(text=st.text(max_size=60))
def test_length_is_what_telegram_counts(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(items=st.lists(st.integers(), max_size=50), page=st.integers(-100, 100), size=st.integers(1, 9))
def test_pages_are_in_range_and_hold_everything(items: list[int], page: int, size: int) -> None:
    shown, number, pages = page_of(items, page, size)
    assert 0 <= number < pages
    assert len(shown) <= size
    assert [one for turn in range(pages) for one in page_of(items, turn, size)[0]] == items


def test_a_link_keeps_its_address_when_its_words_are_cut() -> None:
    cut_link = cut('<a href="https://example.org/?a=1&amp;b=2">' + "слово " * 40 + "</a>", 20)
    assert re.fullmatch(r'<a href="https://example\.org/\?a=1&amp;b=2">.{19}…</a>', cut_link)
