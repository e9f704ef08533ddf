"""The words of the catalogues: as docs/glossary.md has them, with its signs and icons, and a next step at the end."""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from bot.programme.text import LANGUAGES
from bot.texts import Translator
from tests.test_texts import REFUSALS, catalogue, forms, modules, uses

GLOSSARY = Path(__file__).parent.parent / "docs/glossary.md"
NBSP = "\u00a0"
UTC = ZoneInfo("UTC")
SUNDAY = dt.date(2026, 11, 22)
# Unit of a number: words that stand beside one in each language.
UNITS = {
    "kk": r"мин\b|минут|сағ\b|сағат|секунд|с\b|күн\b|МБ|мм\b|%|таңба|рет\b",
    "ru": r"мин\b|минут|ч\b|час|секунд|с\b|день\b|дней|МБ|мм\b|%|знак|раз\b",
    "en": r"min\b|minute|h\b|hour|second|s\b|days?\b|MB|mm\b|%|characters?\b|times\b",
}
COUNTED = r"(?:\{(?:count|minutes|seconds|limit|most|least|over|length|megabytes)\}|(?<![\w.])\d+)"
ICON = re.compile("[\u2139\u2190-\u2bff\U0001f000-\U0001faff][\u2190-\u2bff\U0001f000-\U0001faff\ufe0f]*")
NO_ICONS = re.compile("[→−≈█]")
NO_VERBS = {
    *(
        "этим",
        "ним",
        "каким",
        "таким",
        "одним",
        "другим",
        "третьим",
        "прежним",
        "последним",
        "следующим",
        "похожим",
        "своём",
    ),
    *("ведущим", "сообщением", "названием", "приложением", "опозданием", "приём", "объявлением", "вашим"),
}
SENTENCE = re.compile(r"[.!?:;…](?=\s|$)| — ")
COMMAND = re.compile(r"(?<![\w<])/[a-z]+")

# What says no and yet needs no second sentence, and why.
ENOUGH = {
    "change.says_nothing": "says what to do, and nothing else",
    "change.bad_lines": "says what to do, and nothing else",
    "registration.bad_name": "says what to do, and nothing else",
    "registration.bad_organization": "says what to do, and nothing else",
    "stop_words.say_something": "says what to do, and nothing else",
    "watch.no_answer": "watch.try_again stands below it, or watch.failing before it",
    "watch.redirects": "watch.try_again stands below it, or watch.failing before it",
    "watch.status": "watch.try_again stands below it, or watch.failing before it",
    "watch.too_large": "watch.try_again stands below it, or watch.failing before it",
    "watch.too_slow": "watch.try_again stands below it, or watch.failing before it",
}


class Row(NamedTuple):
    """Words never used for a thing, in one language, in some texts."""

    thing: str
    language: str
    word: str
    outside: tuple[str, ...]
    where: str


def tables(title: str) -> list[list[str]]:
    """The rows under a heading of the glossary, without the head."""
    part = GLOSSARY.read_text(encoding="utf-8").split(f"\n## {title}\n")[1].split("\n## ")[0]
    rows = [line.strip("| \n").split(" | ") for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


@cache
def never() -> list[Row]:
    found = []
    for thing, *_, words, where in tables("Things"):
        for said in words.split(";"):
            language, _, listed = said.strip().partition(" ")
            for word, outside in re.findall(r"([^,(]+?)\s*(?:\(([^)]*)\))?\s*(?:,|$)", listed):
                left = tuple(one.strip().removeprefix("not ").lower() for one in outside.split(", ") if one)
                found.append(Row(thing, language, word.strip().lower(), left, where.strip("`")))
    return found


def fits(key: str, where: str) -> bool:
    globs = where.split()
    return any(fnmatchcase(key, one) for one in globs if one[0] != "!") and not any(
        fnmatchcase(key, one[1:]) for one in globs if one[0] == "!"
    )


def plain(text: str) -> str:
    """As one reads it: no tags, no break that is not seen."""
    return re.sub(r"</?\w+>|\{\w+\}", " ", text.replace(NBSP, " "))


def stands(row: Row, text: str) -> bool:
    said = plain(text).lower()
    for one in row.outside:
        said = said.replace(one, " ")
    end = "" if row.word.endswith("-") else r"(?!\w)"
    return re.search(rf"(?<![\w/]){re.escape(row.word.rstrip('-'))}{end}", said) is not None


def every(language: str) -> Iterator[tuple[str, str]]:
    for key, message in catalogue(language).items():
        for form in forms(message):
            yield key, form


def test_the_glossary_has_all_three_languages() -> None:
    rows = tables("Things")
    assert len(rows) >= 50
    assert {len(row) for row in rows} == {6}
    assert {row.language for row in never()} == set(LANGUAGES)
    assert sum("†" in row[1] for row in rows) > 10
    keys = list(catalogue("en"))
    for _, *_, where in rows + tables("Icons"):
        for glob in where.strip("`").split():
            assert any(fnmatchcase(key, glob.lstrip("!")) for key in keys), glob


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_thing_has_one_word(language: str) -> None:
    wrong = [
        f"{key}: {row.word!r} for {row.thing}: {form}"
        for row in never()
        if row.language == language
        for key, form in every(language)
        if fits(key, row.where) and stands(row, form)
    ]
    assert wrong == []


def test_nobody_is_we() -> None:
    """Words are in the glossary; in Kazakh it is also an ending, and the bot asks no leave in the first person."""
    said = re.compile(r"\w(?:йық|йік)(?!\w)|\w(?:йын ба|йін бе)(?!\w)")
    assert [f"{key}: {form}" for key, form in every("kk") if said.search(plain(form))] == []
    # "Попросим", "меняем?": what is no verb and ends so is listed.
    plural = re.compile(r"(?<!\w)[а-яё]+(?:[аеёиоуя][её]м|им)(?!\w)", re.IGNORECASE)
    verbs = {word.lower(): key for key, form in every("ru") for word in plural.findall(plain(form))}
    assert {word: key for word, key in verbs.items() if word not in NO_VERBS} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_stay_with_their_units_and_signs(language: str) -> None:
    loose = re.compile(rf"{COUNTED} (?:{UNITS[language]})|№ ?[{{\d]|No\. |#{NBSP}?[ ]|\S [–—](?:\s|$)")
    assert [f"{key}: {form}" for key, form in every(language) if loose.search(form)] == []


def test_english_has_its_own_signs() -> None:
    for key, form in every("en"):
        assert not re.search(r"\w'\w|\w'(?=\s|$)|№|[«»]|\"", re.sub(r"<[^>]*>", "", form)), f"{key}: {form}"
    for language in ("kk", "ru"):
        for key, form in every(language):
            assert not re.search(r"[“”]|#\{", form), f"{key}: {form}"


def test_the_code_leaves_the_sign_of_a_number_to_the_language() -> None:
    for file, module in modules().items():
        for node in ast.walk(module):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert "№" not in node.value or file.name == "translator.py", f"{file}: {node.value}"
    assert {language: Translator(language, UTC).number(5) for language in LANGUAGES} == {
        "kk": f"№{NBSP}5",
        "ru": f"№{NBSP}5",
        "en": "#5",
    }


def test_a_date_is_said_as_its_language_says_it() -> None:
    said = {language: Translator(language, UTC) for language in LANGUAGES}
    assert {language: t.date(SUNDAY) for language, t in said.items()} == {
        "kk": f"22{NBSP}қараша, жексенбі",
        "ru": f"22{NBSP}ноября, воскресенье",
        "en": f"Sunday, 22{NBSP}November",
    }
    for t in said.values():
        assert re.search(rf"\d{NBSP}\w", t.short_date(SUNDAY)), t.language
        assert re.search(rf"\d{NBSP}\w", t.moment(0)), t.language


def icons() -> dict[str, str]:
    return {icon: where.strip("`") for sign, _, where in tables("Icons") for icon in sign.split()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_icon_has_one_act(language: str) -> None:
    known = icons()
    for key, form in every(language):
        found = ICON.match(form)
        if found:
            assert found[0] in known, f"{key}: {form}"
            assert fits(key, known[found[0]]), f"{key}: {form}"


def test_an_icon_before_a_name_is_known() -> None:
    """Of labels that the code puts together."""
    known = set(icons()) | set(ICON.findall(GLOSSARY.read_text(encoding="utf-8").split("\n## Signs")[0]))
    found = 0
    for file, module in modules().items():
        for node in ast.walk(module):
            first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else None
            text = NO_ICONS.sub(" ", str(first.value)) if isinstance(first, ast.Constant) else ""
            if icon := ICON.match(text):
                found += 1
                assert icon[0] in known, f"{file}: {ast.unparse(node)}"
    assert found > 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_so_says_what_to_do(language: str) -> None:
    """Two sentences, or a command to go on with."""
    short = set()
    for key in {use.key for use in uses() if use.function in REFUSALS}:
        for form in forms(catalogue(language)[key]):
            parts = [part for part in SENTENCE.split(plain(form)) if part.strip()]
            if len(parts) < 2 and not COMMAND.search(form):
                short.add(key)
    assert short - set(ENOUGH) == set()


def test_no_reason_is_left_over() -> None:
    refusals = {use.key for use in uses() if use.function in REFUSALS}
    assert set(ENOUGH) <= refusals
