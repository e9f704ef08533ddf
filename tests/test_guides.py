"""The organizer's guides keep step in three languages, and the buttons and commands they name are in the bot."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.programme.text import LANGUAGES
from bot.texts.translator import FOLDER
from bot.views.people.menu import COMMANDS, MODERATOR_COMMANDS, ORGANIZER_COMMANDS

DOCS = Path(__file__).parent.parent / "docs"
GUIDES = {language: (DOCS / f"organizers.{language}.md").read_text(encoding="utf-8") for language in LANGUAGES}
FIRST = LANGUAGES[0]
HEADING = re.compile(r"^(#+) (\d*)", re.MULTILINE)
STEP = re.compile(r"^(?:\d+\.|- \[ \]|-|\|) ", re.MULTILINE)
BUTTON = re.compile(r"\*\*\[(.+?)\]\*\*")
COMMAND = re.compile(r"`/(\w+)`")
PICTURE = re.compile(r'<img src="(.+?)"[^>]* alt=".+?">')
LINK = re.compile(r"\]\(([^):]+)\)")
BOTFATHERS = {"newbot", "setuserpic", "deletebot"}
SIZE_MOST, ALL_MOST = 100_000, 2_500_000  # bytes of a picture, and of all: a guide is read on a phone


def unbroken(text: str) -> str:
    """A guide may write "№12" and "10 min" with any space or none."""
    return re.sub("№[\u00a0 ]", "№", text).replace("\u00a0", " ")


def labels(language: str) -> list[re.Pattern[str]]:
    """What a button can say, with anything in the place of {fields}."""
    with (FOLDER / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    found = []
    for message in catalogue:
        forms = [message.string] if isinstance(message.string, str) else message.string or ()
        found += [re.sub(r"\\{\w+\\}", ".+", re.escape(unbroken(form))) for form in forms if form and message.id]
    return [re.compile(form) for form in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_is_in_the_catalogue(language: str) -> None:
    known = labels(language)
    named = set(map(unbroken, BUTTON.findall(GUIDES[language])))
    assert len(named) > 50
    assert {one for one in named if not any(label.fullmatch(one) for label in known)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_is_in_the_menu(language: str) -> None:
    named = set(COMMAND.findall(GUIDES[language]))
    assert named - BOTFATHERS <= {*COMMANDS, *MODERATOR_COMMANDS, *ORGANIZER_COMMANDS}
    assert named == set(COMMAND.findall(GUIDES[FIRST]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guides_keep_step(language: str) -> None:
    """The same headings, steps and rows of tables, and in each part as many buttons; the same pictures."""
    guide, first = GUIDES[language], GUIDES[FIRST]
    assert HEADING.findall(guide) == HEADING.findall(first)
    parts, others = (re.split(r"^#+ .+$", one, flags=re.MULTILINE) for one in (guide, first))
    for part, other in zip(parts, others, strict=True):
        assert len(STEP.findall(part)) == len(STEP.findall(other)), part
        assert len(BUTTON.findall(part)) == len(BUTTON.findall(other)), part
        assert pictures(part, language) == pictures(other, FIRST), part


def pictures(text: str, language: str) -> list[str]:
    return [one.replace(f"/{language}/", "/") for one in PICTURE.findall(text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_somewhere_and_every_picture_is_in_its_language(language: str) -> None:
    guide = GUIDES[language]
    assert [one for one in LINK.findall(guide) if not (DOCS / one).is_file()] == []
    assert guide.count("<img") == len(PICTURE.findall(guide))
    shown = {one for one in PICTURE.findall(guide) if one != "images/hall.png"}
    folder = DOCS / "images/organizers" / language
    assert {DOCS / one for one in shown} == set(folder.iterdir())
    assert all(one.stat().st_size <= SIZE_MOST for one in folder.iterdir())


def test_the_pictures_are_light() -> None:
    assert sum(one.stat().st_size for one in (DOCS / "images/organizers").rglob("*.png")) <= ALL_MOST


PROSE = {
    language: re.sub(r"\*\*\[.+?\]\*\*|`[^`]+`|\([^)]+\.md\)|<img[^>]+>", "", guide)
    for language, guide in GUIDES.items()
}
# Words that the guides do not use: the glossary's, and what people would read as something else. Buttons are quoted as
# they are.
NEVER = {
    "kk": r"күн тәртіб|еске сал|бейджтер|Команда(?!лы)|\bхабарды?\b|сурет(?!тері| түрінде)|бейне",
    "ru": r"Команда|живёт|придержан|повестк",
    "en": r"(?i)programme|\bdesk\b|\bhalls?\b(?! screen)|reckon|anew|№|\bwhoever\b",
}
LOOSE = re.compile(
    r" —|\d[ \n](?:минут|секунд|дней|часов|сообщений|күн|сағат|хабарлама|minutes|seconds|days|hours|messages)"
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guides_use_the_glossary_s_words_and_keep_numbers_with_their_units(language: str) -> None:
    assert re.findall(NEVER[language], PROSE[language]) == []
    assert LOOSE.findall(PROSE[language]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sign_a_guide_names_is_on_some_screen(language: str) -> None:
    catalogue = (FOLDER / f"{language}.po").read_text(encoding="utf-8")
    assert {
        one for one in re.findall("[\u23e9-\u23fa\U0001f300-\U0001faff]", PROSE[language]) if one not in catalogue
    } == set()
