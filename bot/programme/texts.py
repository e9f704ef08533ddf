"""The texts of a programme that can be corrected one by one, and how what was typed becomes one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from bot.errors import BadInput, Stale
from bot.programme.clean import clean, plain, unmarked
from bot.programme.model import LANGUAGES, Programme, Text
from bot.programme.text import LONGEST_NAME

EVERYBODY = ""  # the language of one text for all

# What Telegram's own markup has beyond what a programme keeps.
_CODE_OF_LANGUAGE = re.compile(r"<pre><code [^<>]*>(.*?)</code></pre>", re.DOTALL)
_BEYOND = re.compile(r"</?tg-[a-z]+(?: [^<>]*)?>|(?<=<blockquote) expandable(?=>)")
_LANGUAGE_SAID = re.compile(r"(kk|ru|en)\s*[:：]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Field:
    """A text of a record: its name in the model, whether it has markup, and whether it must say something."""

    name: str
    markup: bool = False
    required: bool = False


# By the letters that travel in buttons: never change one. FORUM has no code.
FORUM = "f"
PARTS = {"s": "sessions", "p": "speakers", "r": "rooms", "g": "pages", FORUM: "forum"}
FIELDS = {
    "s": {"t": Field("title", required=True), "a": Field("abstract", markup=True)},
    "p": {"n": Field("name", required=True), "o": Field("office"), "b": Field("bio", markup=True)},
    "r": {"n": Field("name", required=True), "h": Field("hint")},
    "g": {"t": Field("title", required=True), "b": Field("body", markup=True)},
    FORUM: {
        "t": Field("title", required=True),
        "d": Field("description", markup=True),
        "p": Field("place"),
        "a": Field("address"),
    },
}


@dataclass(frozen=True, slots=True)
class About:
    """What a text is of: the kind and the code of a record, the letter of a field, "" for the record as a whole."""

    kind: str
    code: str = ""
    letter: str = ""


def field_of(about: About) -> Field:
    found = FIELDS.get(about.kind, {}).get(about.letter)
    if found is None:
        raise Stale("refusal.stale")
    return found


def record_of(programme: Programme, about: About) -> Any:
    """The session, speaker, room, page or forum. Stale when it is not there."""
    finders = {"s": programme.session, "p": programme.speaker, "r": programme.room, "g": programme.page}
    if about.kind == FORUM:
        return programme.forum
    record = finders[about.kind](about.code) if about.kind in finders else None
    if record is None:
        raise Stale("refusal.stale")
    return record


def text_of(programme: Programme, about: About) -> Text:
    found: Text = getattr(record_of(programme, about), field_of(about).name)
    return found


def left_behind(published: Programme, programme: Programme, about: About) -> tuple[str, ...]:
    """The languages in which a text stayed as it is published while it was changed in another; () when nothing did, or
    all were."""
    before, after = _own(published, about), _own(programme, about)
    if EVERYBODY in before and EVERYBODY not in after:
        before = dict.fromkeys(LANGUAGES, before[EVERYBODY])
    same = tuple(one for one, words in after.items() if before.get(one) == words)
    changed = any(one in before and before[one] != words for one, words in after.items())
    return same if changed else ()


def changed_in_part(published: Programme, programme: Programme) -> Iterator[tuple[About, tuple[str, ...]]]:
    """Every text of which that is so, with those languages."""
    for kind, part in PARTS.items():
        records: tuple[Any, ...] = (programme.forum,) if kind == FORUM else getattr(programme, part)
        former = {} if kind == FORUM else {one.code: one for one in getattr(published, part)}
        for record in records:
            code = "" if kind == FORUM else record.code
            if record == (published.forum if kind == FORUM else former.get(code)):
                continue
            for letter in FIELDS[kind]:
                about = About(kind, code, letter)
                behind = left_behind(published, programme, about)
                if behind:
                    yield about, behind


def _own(programme: Programme, about: About) -> dict[str, str]:
    try:
        return dict(text_of(programme, about).variants)
    except Stale:
        return {}


def reword(programme: Programme, about: About, language: str, words: str) -> Programme:
    """Say it in a language in other words; "" takes the language out. EVERYBODY: one text in the place of all.

    What was one text for all stays what those languages read that have no words of their own now.
    """
    field = field_of(about)
    text = said_in(text_of(programme, about), language, words)
    if field.required and not text:
        raise BadInput("change.must_say")
    record = replace(record_of(programme, about), **{field.name: text})
    if about.kind == FORUM:
        return replace(programme, forum=record)
    part = PARTS[about.kind]
    records = tuple(record if one.code == about.code else one for one in getattr(programme, part))
    changed: dict[str, Any] = {part: records}
    return replace(programme, **changed)


def said_in(text: Text, language: str, words: str) -> Text:
    if language == EVERYBODY:
        return Text(words)
    if language not in LANGUAGES:
        raise Stale("refusal.stale")
    own = dict(text.variants)
    if EVERYBODY in own:
        own = dict.fromkeys(LANGUAGES, own[EVERYBODY])
    return Text({**own, language: words})


def read_words(about: About, typed: str, typed_html: str) -> str:
    """What was typed as the field keeps it. BadInput when it says nothing, or too much for a name."""
    if field_of(about).markup:
        words = read_markup(typed_html)
        if not any(letter.isalnum() for letter in unmarked(words)):
            raise BadInput("change.says_nothing")
        return words
    return _name(typed)


def read_markup(typed_html: str) -> str:
    """A message's text with its formatting, cleaned as that of files is: what Telegram shows is what is kept."""
    kept = _BEYOND.sub("", _CODE_OF_LANGUAGE.sub(r"<pre>\1</pre>", typed_html))
    return clean(f"<tg>{kept.strip()}</tg>")


def read_names(typed: str) -> Text:
    """A name of one line for all, or of a line a language: in the order of LANGUAGES, or marked as "ru: …"."""
    lines = [line for line in map(plain, typed.split("\n")) if line]
    if not lines or len(lines) > len(LANGUAGES):
        raise BadInput("change.bad_lines")
    marked = [_LANGUAGE_SAID.match(line) for line in lines]
    if all(marked):
        said = {mark[1].lower(): _name(line[mark.end() :]) for mark, line in zip(marked, lines, strict=True) if mark}
        return Text(said)
    if len(lines) == 1:
        return Text(_name(lines[0]))
    return Text(dict(zip(LANGUAGES, map(_name, lines), strict=False)))


def _name(typed: str) -> str:
    words = plain(typed)
    if not any(letter.isalnum() for letter in words):
        raise BadInput("change.says_nothing")
    if len(words) > LONGEST_NAME:
        raise BadInput("change.too_long", most=LONGEST_NAME)
    return words
