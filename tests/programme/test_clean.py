"""Foreign words become text that Telegram takes, and that still says what was meant."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.programme.clean import clean, plain, unmarked

_TOKEN = re.compile(r'<(/?)(b|i|u|s|a|code|pre|blockquote)(?: href="([^"<>]*)")?>|&(?:amp|lt|gt|quot|#x27);')
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def check_for_telegram(markup: str) -> None:
    """Refuses what Telegram refuses: tags it does not know, unbalanced ones, bare <, > and &."""
    stack: list[str] = []
    for token in _TOKEN.finditer(markup):
        if token[2] is None:
            continue
        assert (token[2] == "a") == (token[3] is not None) or token[1]
        if token[1]:
            assert stack.pop() == token[2]
        else:
            assert token[2] not in stack
            assert not {"code", "pre"} & set(stack)
            stack.append(token[2])
        if token[3] is not None:
            assert re.match(r"(https?://|tg://|mailto:|tel:)\S", token[3], re.IGNORECASE)
            assert not re.search(r"\s", token[3])
    assert stack == []
    assert not re.search("[<>&]", _TOKEN.sub("", markup))
    assert "\n\n\n" not in markup
    assert not _UNSEEN.search(markup)
    markup.encode()


@pytest.mark.parametrize(
    ("foreign", "telegram"),
    [
        ("<p>A <strong>big <em>world</em></strong>!</p>\n<p>End</p>", "A <b>big <i>world</i></b>!\n\nEnd"),
        ("<b>one <i>two</b> three</i>", "<b>one <i>two</i></b> three"),
        ("<p>a</p><ul><li>one</li><li><p>two</p><ol><li>x</li></ol></li><li></li></ul>b",
         "a\n\n• one\n• two\n\u00a0\u00a01. x\n\nb"),
        ("one<br>two<br/><br><br><br>three", "one\ntwo\n\nthree"),
        ("<h2>Title</h2>text", "<b>Title</b>\n\ntext"),
        ('<a href="https://e.org/?a=1&amp;b=2">go</a>', '<a href="https://e.org/?a=1&amp;b=2">go</a>'),
        ("<a href='javascript:alert(1)'>bad</a> <a>none</a>", "bad none"),
        ("<script>alert('<b>')</script><style>p{}</style>ok", "ok"),
        ("<p>5 &lt; 6 &amp; <code>x<b>y</b></code></p>", "5 &lt; 6 &amp; <code>xy</code>"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a | b\nc"),
        ("<blockquote>a <blockquote>b</blockquote></blockquote>", "<blockquote>a\n\nb</blockquote>"),
        ("<b></b><i> </i>left <u>", "left"),
        ("if a < b and Vec<u8> or x<y: <name>", "if a &lt; b and Vec&lt;u8&gt; or x&lt;y: &lt;name&gt;"),
        ("# Head\n\n**bold** and *it* and ~~no~~", "<b>Head</b>\n\n<b>bold</b> and <i>it</i> and <s>no</s>"),
        ("Head\n====\ntext", "<b>Head</b>\n\ntext"),
        ("- one\n* two **b**\n  - three\n1. four", "• one\n• two <b>b</b>\n\u00a0\u00a0• three\n1. four"),
        ("> quote\n> more\n\nafter", "<blockquote>quote\nmore</blockquote>\n\nafter"),
        ("```python\nif a < b:\n    go()\n```", "<pre>if a &lt; b:\n    go()</pre>"),
        ("`a*b*c` snake_case_name 2*3*4", "<code>a*b*c</code> snake_case_name 2*3*4"),
        ("[**text**](https://e.org/a_b_c) https://e.org/_x_/y",
         '<a href="https://e.org/a_b_c"><b>text</b></a> https://e.org/_x_/y'),
        (r"\*as it is\*", "*as it is*"),
        ("line\nline\n\n\n\n\npara", "line\nline\n\npara"),
        ("a\u200bb\u202ec\u00ad\x00d &#8203; &#x202e;e", "abcd e"),
        ("👨\u200d👩\u200d👧 \ud800", "👨\u200d👩\u200d👧"),
        (("word " * 14 + "\n") * 3 + "and\n\nend", "word " * 42 + "and\n\nend"),
        ("Turkistan, a street with quite a long name, house 5\nroom 12\nhere",
         "Turkistan, a street with quite a long name, house 5\nroom 12\nhere"),
        ("a <!-- never <b>seen --> b <!-- open", "a b &lt;!-- open"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_becomes_of_it(foreign: str, telegram: str) -> None:
    assert clean(foreign) == telegram
    check_for_telegram(telegram)


def test_a_long_abstract_stays_whole() -> None:
    assert clean("word " * 4000) == ("word " * 4000).strip()


_PIECE_LIST = """
    <b> </b> <i> <em </em> <a href='http://e.org'> <a href="tg://x" </a> <p> </p> <br> <li> <ul> </ol> <ol>
    <pre> </pre> <code> </code> <blockquote> </blockquote> <script> </script> <td> <h1> </h1> <!-- --> ``` `
    ** * _ __ ~~ > # - 1. [x](http://e.org) [ ]( ) \\ & &lt; &#0; &#xd800; &#x200b; https://e.org < > " ' word
"""
_PIECES = st.sampled_from(_PIECE_LIST.split())
_SPACES = st.sampled_from([" ", "\n", "\n\n"])
_MARKUP = st.lists(st.one_of(_PIECES, _SPACES, st.text(max_size=5)), max_size=40).map("".join)


@settings(deadline=None)
@given(st.one_of(st.text(), _MARKUP))
def test_whatever_comes_in_telegram_takes_what_comes_out(text: str) -> None:
    check_for_telegram(clean(text))


_STUMBLING_BLOCKS = (
    *("<", "<a ", "*a", "[", "`", "<b>", "<!--", '<a "', "_a ", "[](", "<p>&", "x\n", "- x\n", "> x\n"),
    "# a" + " " * 50_000 + "x",
    "<" + " " * 50_000,
    "# " + "#" * 50_000 + "x",
)


@pytest.mark.parametrize("piece", _STUMBLING_BLOCKS, ids=lambda piece: piece[:8])
def test_no_text_is_slow_to_clean(piece: str) -> None:
    """A hundred thousand characters of what regular expressions stumble over: slow ones would never end."""
    check_for_telegram(clean(piece * (100_000 // len(piece))))


@pytest.mark.parametrize(("written", "shown"), [("## Title ##", "Title"), ("# C#", "C#"), ("# a # b #", "a # b")])
def test_a_heading_loses_its_closing_signs_only(written: str, shown: str) -> None:
    assert clean(written) == f"<b>{shown}</b>"


def test_words_without_their_markup() -> None:
    assert unmarked(clean("**1** < 2 &amp; [x](http://e.org)\n\nend")) == "1 < 2 & x\n\nend"


@settings(deadline=None)
@given(st.text())
def test_plain_is_one_visible_line(text: str) -> None:
    line = plain(text)
    assert line == " ".join(line.split())
    assert not _UNSEEN.search(line)
    line.encode()
