"""The catalogues: complete, the same in all three languages, in use, and fit for where they are shown."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.actions.agenda import runs, speaking
from bot.actions.announcements import audience
from bot.actions.entrance import badges
from bot.actions.moderation import desk as moderation
from bot.actions.moderation import group as desk_group
from bot.actions.moderation import stage
from bot.actions.questions import naming
from bot.actions.staff import audit
from bot.programme import changes, concerns, differences, edits, moves, outside, texts
from bot.programme.model import KINDS
from bot.programme.text import LANGUAGES
from bot.programme.typed import understood
from bot.rehearsal.html import parse_html
from bot.texts.translator import FOLDER
from bot.views.announcements import announcements
from bot.views.people import kept, menu
from bot.views.publishing import edit_texts as programme_edit_texts
from bot.views.questions import questions as question_views
from bot.views.screen import TOAST_LIMIT
from bot.who import MODERATOR, ORGANIZER, SPEAKER
from storage import deliveries, questions

ROOT = Path(__file__).parent.parent
LABEL_LIMIT = 60  # what a button shows on a phone before it is cut; ours, Telegram names no limit

DECISIONS = ("approve", "decline", "asked", "answer")
# Of anything in the document that is not a session.
OTHER_FIELDS = (
    *("name", "person", "office", "bio", "photo", "hint", "body", "order"),
    *("description", "place", "address", "point", "timezone"),
)
FAMILIES = {
    "kept.": tuple(set(kept.NAMES.values())),
    "audit.": audit.STAFF_ACTIONS,
    "announcements.": (
        "running",
        "over",
        "withdrawn",
        "paused",
        "stopped",
        "asleep_only",
        "asleep",
        "asleep_until",
    ),
    "announcements.decision_": (
        "approved",
        "declined",
        "taken_back",
        "cancelled",
        "proposed",
        "correction_approved",
        "correction_declined",
    ),
    "announcements.fate_": (deliveries.BLOCKED, deliveries.DROPPED, deliveries.FAILED, deliveries.UNSURE),
    "announcements.kind_": ("text", "photo", "video", "document", "audio", "voice", "location"),
    "announcements.news_": (
        *("approved", "declined", "corrected", "correction_approved", "correction_declined"),
        *("held", "session", "late", "missed", "outdated", "overtaken"),
    ),
    "announcements.state_": (*announcements.ICONS, "withdrawn"),
    "announcements.toast_": ("approved", "declined", "late", "outdated"),
    "audience.role_": audience.ROLES,
    "badges.role_": badges.RANKS,
    "moving.head_": (
        *(f"day_{kind}" for kind in moves.OF_DAY),
        *(f"hall_{kind}" for kind in moves.OF_DAY),
        *(moves.INTO, moves.SWAPPED),
    ),
    "change.drop_": tuple(edits.ROLES),
    "change.field_": ("person", *(one.name for fields in texts.FIELDS.values() for one in fields.values())),
    "change.kind_": KINDS,
    "change.list_": programme_edit_texts.LISTED,
    "change.part_": ("time", "room", "swap", "people", "kind"),
    "change.scope_": edits.SCOPES,
    "change.type_": ("start", "length", "room"),
    "change.who_": tuple(edits.ROLES),
    "changes.field_": (*differences.WORDS, *differences.FIELDS, *OTHER_FIELDS),
    "changes.part_": (*(part for part in changes.KEYS if part != "sessions"), changes.FORUM),
    "claims.": ("take", "leave", "over"),
    "claims.done_": ("take", "leave", "over"),
    "command.": (*menu.COMMANDS, *menu.MODERATOR_COMMANDS, *menu.ORGANIZER_COMMANDS),
    "concern.": concerns.KINDS,
    "delegation.": tuple(map(outside.kind_of, outside.OUTSIDE)),
    "group.grant_": (desk_group.TOPICS, desk_group.WRITE),
    "group.lacks_": (desk_group.TOPICS, desk_group.WRITE),
    "group.news_": (desk_group.TOPICS, desk_group.WRITE, desk_group.REMOVED),
    "languages.correct_": (*LANGUAGES, "all"),
    "moderation.": DECISIONS,
    "moderation.done_": DECISIONS,
    "moderation.words_": ("decline", "answer"),
    "questions.state_": (
        questions.PENDING,
        questions.APPROVED,
        questions.DECLINED,
        questions.ASKED,
        questions.ANSWERED,
        questions.WITHDRAWN,
        questions.MERGED,
        questions.CLOSED,
        questions.NO_TIME,
        *question_views.LOST,
    ),
    "naming.seen_": (naming.MODERATORS, naming.HALL),
    "reason.": moderation.REASONS,
    "runs.done_": runs.MOVES,
    "runs.move_": (runs.START, runs.ON_TIME, runs.END, runs.DUE),
    "runs.undo_": (runs.START, runs.OVER, runs.END),
    "speaking.slot_": (speaking.SPEAKS, speaking.CHAIRS, speaking.MODERATES),
    "staff.": (MODERATOR, ORGANIZER, SPEAKER),
    "stage.done_": tuple(stage.MOVES),
    "stage.move_": tuple(stage.MOVES),
    "typed.": (understood.THANKS, understood.GREETING, understood.AGREED),
}
"""Keys that the code puts together: the part it writes down, and what may follow."""

TEXTS = {f"{prefix}{end}" for prefix, ends in FAMILIES.items() for end in ends}

PLAIN = {"plain", "plain_n"}
SPEAKING = {"n", *PLAIN}
REFUSALS = {"Refusal", "NotFetched", "NotAllowed", "Stale", "BadInput", "TooMany"}


@cache
def read(language: str) -> Catalog:
    with (FOLDER / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


@cache
def catalogue(language: str) -> dict[str, Message]:
    return {key_of(message): message for message in read(language) if message.id}


def key_of(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, tuple | list) else message.id)


def forms(message: Message) -> list[str]:
    """The text, or each of its plural forms."""
    return list(message.string) if isinstance(message.string, tuple | list) else [str(message.string)]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def filled(text: str, word: str = "x") -> str:
    return text.format_map(dict.fromkeys(fields(text), word))


class Use:
    """A key in the code: how it is said, and with which fields (None: they come from elsewhere)."""

    def __init__(self, key: str, call: ast.Call | None, file: Path) -> None:
        self.key = key
        self.where = f"{file}: {ast.unparse(call) if call else key}"
        self.function = ast.unparse(call.func) if call else ""
        self.given = {word.arg for word in call.keywords} if call else set()

    @property
    def method(self) -> str:
        return self.function.rpartition(".")[2]


@cache
def modules() -> dict[Path, ast.Module]:
    """The code that says something: all of bot and handlers, but for the rehearsal."""
    files = [file for folder in ("bot", "handlers") for file in sorted((ROOT / folder).rglob("*.py"))]
    return {
        file.relative_to(ROOT): ast.parse(file.read_text(encoding="utf-8"))
        for file in files
        if "rehearsal" not in file.parts
    }


def calls(module: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    """Every call with an argument, and what is called."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and node.args:
            yield node, ast.unparse(node.func)


def literals(node: ast.AST) -> Iterator[ast.Constant]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and inner.value in catalogue("en"):
            yield inner


@cache
def uses() -> list[Use]:
    return [use for file, module in modules().items() for use in uses_in(file, module)]


def uses_in(file: Path, module: ast.Module) -> Iterator[Use]:
    """Every literal that is a key, with the call whose first argument it is (or is chosen in)."""
    called: set[int] = set()
    for call, _ in calls(module):
        if not isinstance(call.args[0], ast.Call):
            for literal in literals(call.args[0]):
                called.add(id(literal))
                yield Use(str(literal.value), call, file)
    for literal in literals(module):
        if id(literal) not in called:
            yield Use(str(literal.value), None, file)


def says(function: str) -> bool:
    return function == "t" or function.rpartition(".")[2] in SPEAKING


def prefixes() -> set[str]:
    """What stands before the first field of an f-string that makes a key."""
    return {
        ast.unparse(call.args[0]).split("{")[0][2:]
        for module in modules().values()
        for call, function in calls(module)
        if says(function) and isinstance(call.args[0], ast.JoinedStr)
    }


def keys_within(name: str) -> set[str]:
    """Keys said inside calls of a function, e.g. button(t.plain(...), ...)."""
    return {
        str(literal.value)
        for module in modules().values()
        for call, function in calls(module)
        if function == name
        for literal in literals(call.args[0])
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_languages_have_the_same_keys_in_order(language: str) -> None:
    keys = list(catalogue(language))
    assert keys == sorted(keys)
    assert keys == list(catalogue("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_empty_fuzzy_or_left_over(language: str) -> None:
    assert [key for key, message in catalogue(language).items() if message.fuzzy] == []
    assert [
        key for key, message in catalogue(language).items() if not all(form.strip() for form in forms(message))
    ] == []
    assert list(read(language).obsolete) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_have_all_their_forms(language: str) -> None:
    plurals = {key for key, message in catalogue(language).items() if message.pluralizable}
    assert plurals == {key for key, message in catalogue("en").items() if message.pluralizable}
    number = {"kk": 2, "ru": 3, "en": 2}[language]
    assert read(language).num_plurals == number
    assert {len(forms(catalogue(language)[key])) for key in plurals} == {number}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_fields_are_filled_in(language: str) -> None:
    for key, message in catalogue(language).items():
        wanted = set().union(*(fields(form) for form in forms(catalogue("en")[key])))
        for form in forms(message):
            # "One hour" may be said without its number.
            assert fields(form) | ({"count"} & wanted) == wanted, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_html_that_telegram_takes(language: str) -> None:
    for message in catalogue(language).values():
        for form in forms(message):
            text, _ = parse_html(filled(form))
            assert text.strip()


def test_every_key_said_is_in_the_catalogues() -> None:
    for module in modules().values():
        for call, function in calls(module):
            if isinstance(call.args[0], ast.Constant) and (says(function) or function in REFUSALS | {"Key"}):
                assert call.args[0].value in catalogue("en"), ast.unparse(call)
    assert set(catalogue("en")) >= TEXTS


def test_every_family_of_keys_is_declared() -> None:
    assert prefixes() == set(FAMILIES)


def test_every_key_is_used() -> None:
    assert set(catalogue("en")) - {use.key for use in uses()} - TEXTS == set()


def test_every_field_of_a_text_is_given() -> None:
    for use in uses():
        message = catalogue("en")[use.key]
        if not (says(use.function) or use.function in REFUSALS) or None in use.given:
            continue
        wanted = set().union(*(fields(form) for form in forms(message)))
        if use.method in ("n", "plain_n"):
            wanted.discard("count")
        assert wanted <= use.given, use.where


def test_numbers_are_said_with_their_forms_and_nothing_else_is() -> None:
    for use in uses():
        if says(use.function):
            assert (use.method in ("n", "plain_n")) == bool(catalogue("en")[use.key].pluralizable), use.where


def plain_keys() -> set[str]:
    """Texts for places that know no markup."""
    said = {use.key for use in uses() if use.method in PLAIN or use.function in REFUSALS | {"Key"}}
    families = ("command.", "questions.state_", "reason.", "staff.", "moderation.done_", "stage.done_", "stage.move_")
    return said | {key for key in TEXTS if key.startswith(families)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_texts_hold_no_markup(language: str) -> None:
    for key in plain_keys():
        for form in forms(catalogue(language)[key]):
            assert not re.search(r"</?[a-z]|&[a-z#]", form), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_fit_their_buttons(language: str) -> None:
    keys = keys_within("button") | {key for row in menu.ROWS for key in row} | {key for key, _ in menu.STAFF_ROW}
    keys |= {f"moderation.{decision}" for decision in DECISIONS} | {f"reason.{reason}" for reason in moderation.REASONS}
    assert len(keys) > 40
    for key in keys:
        for form in forms(catalogue(language)[key]):
            assert len(filled(form, "12345")) <= LABEL_LIMIT, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_toasts_and_refusals_fit(language: str) -> None:
    """A refusal is shown as an alert when a press is refused."""
    refusals = {use.key for use in uses() if use.function in REFUSALS}
    keys = refusals | keys_within("Toast") | {key for key in TEXTS if key.startswith("moderation.done_")}
    assert len(keys) > 30
    for key in keys:
        for form in forms(catalogue(language)[key]):
            assert len(filled(form, "12345678")) <= TOAST_LIMIT, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_telegram_shows_of_the_bot_fits(language: str) -> None:
    texts = catalogue(language)
    for name in FAMILIES["command."]:
        assert 1 <= len(forms(texts[f"command.{name}"])[0]) <= 256  # Bot API, BotCommand.description
    assert len(forms(texts["bot.description"])[0]) <= 512  # Bot API, setMyDescription
    assert len(forms(texts["bot.short_description"])[0]) <= 120  # Bot API, setMyShortDescription
    assert 1 <= len(forms(texts["menu.placeholder"])[0]) <= 64  # Bot API, ReplyKeyboardMarkup
