"""The page's script is ECMAScript 5, and its style needs nothing a projector of 2014 does not have."""

from __future__ import annotations

import re

import pytest

from bot.web.page import asset

TOKENS = re.compile(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)
NEWER = {
    "arrow functions": r"=>",
    "template strings": r"`",
    "let, const, class": r"\b(let|const|class|extends|super)\b",
    "async, generators": r"\b(async|await|yield)\b|function\s*\*",
    "modules": r"\b(import|export)\b",
    "spread and rest": r"\.\.\.",
    "for-of": r"\bfor\s*\([^)]*\bof\b",
    "optional chaining and ??": r"\?\.(?!\d)|\?\?",
    "exponent": r"\*\*",
    "default parameters": r"function\s*\w*\s*\([^)]*=",
    "shorthand methods and destructuring": r"\b(var)\s*[\[{]",
    "newer built-ins": r"\b(fetch|Promise|Map|Set|WeakMap|Symbol|Proxy)\b"
    r"|\.(includes|startsWith|endsWith|find|closest|append|prepend|remove|replaceWith|assign|entries|dataset)\b",
    "markup from text": r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b",
}


def code_of(source: str) -> str:
    """Without comments and strings."""
    return TOKENS.sub(lambda found: '""' if found.group()[0] in "\"'" else " ", source)


@pytest.mark.parametrize("what", NEWER)
def test_the_script_uses_no(what: str) -> None:
    found = re.search(NEWER[what], code_of(asset("hall.js").decode()))
    assert found is None, found


def test_these_checks_see_what_they_look_for() -> None:
    guilty = code_of(
        """
        "=> in a string"; // `a comment`
        const f = (a = 1) => `x${a}`; let {b} = c; for (x of y) import("z"); a?.b ?? c; class D extends E {}
        var [p] = q; async function g(...rest) { await fetch(2 ** 3); } function h(i = 2) { el.innerHTML = j; }
        """
    )
    assert "string" not in guilty
    assert "comment" not in guilty
    assert [what for what, pattern in NEWER.items() if not re.search(pattern, guilty)] == []


def test_the_style_needs_no_grid_flexbox_or_variables() -> None:
    style = re.sub(r"/\*.*?\*/", "", asset("hall.css").decode(), flags=re.DOTALL)
    assert not re.search(
        r"\b(grid|flex|gap|aspect-ratio:|inset)\b|var\(|--\w|calc\(|clamp\(|min\(|max\(|@import|url\(", style
    )
