"""The hall's page as the server draws it: the state is all there before, or without, any script."""

from __future__ import annotations

import hashlib
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from bot.programme.text import LANGUAGES
from bot.texts import Translators
from bot.web.state import Json

FOLDER = Path(__file__).with_name("page")
# By the length of the question on stage, the size of its letters (hall.css); the script takes the largest that fits.
SIZES = ((50, 0), (90, 1), (130, 2), (160, 3), (240, 4), (400, 5))
SMALL = 6


@cache
def asset(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


@cache
def build() -> str:
    """Changes with the page's files: part of their addresses, so that no browser keeps an old one."""
    parts = b"".join(asset(name) for name in ("hall.css", "hall.js"))
    return hashlib.sha256(parts).hexdigest()[:12]


@cache
def template(name: str) -> Template:
    return Template(asset(name).decode())


def page(state: Json, language: str, fixed: bool) -> str:
    """The page in one language; `fixed`: it stays in it, else the languages take turns."""
    words, stage, qr = state["words"][language], state["stage"], state["qr"]
    # The page stands one step below the style and the script, wherever a proxy has put them.
    fields = words | {
        "language": language,
        "fixed": language if fixed else "",
        "build": build(),
        "up": "..",
        "view": state["view"] + (f" beneath{stage['beneath']}" if stage else ""),
        "question": stage["text"] if stage else "",
        "size": f"size{size(stage['text'])}" if stage else "",
        "for": str(stage["votes"] or "") if stage else "",
        "by": stage["by"] if stage else "",
        "box": f"-4 -4 {qr['side'] + 8} {qr['side'] + 8}" if qr else "0 0 1 1",
        "path": qr["path"] if qr else "",
        "bot": state["bot"],
    }
    safe = {name: escape(value) for name, value in fields.items()}
    return template("hall.html").substitute(safe, items="".join(map(item, range(len(state["list"])), state["list"])))


def item(place: int, one: Json) -> str:
    votes = "votes many" if one["votes"] > 999 else "votes"
    return (
        f'<div class="item at{place}" data-number="{one["number"]}"><div class="{votes}">{one["votes"]}</div>'
        f'<div class="text">{escape(one["text"])}</div><div class="by">{escape(one["by"])}</div></div>'
    )


def size(text: str) -> int:
    return next((step for most, step in SIZES if len(text) <= most), SMALL)


def missing(translators: Translators) -> str:
    """There is no such screen, or not for this link: in all languages, for nobody knows who reads it."""
    lines = "\n".join(
        f'<p lang="{language}">{escape(translators[language].plain("hall.missing"))}</p>' for language in LANGUAGES
    )
    return template("missing.html").substitute(up="..", build=build(), paragraphs=lines)
