"""What stands in the chats and in the database under a name: callback data, staff actions, forms, commands."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType, NoneType, UnionType
from typing import Any, Union, get_args, get_origin
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData

import handlers
from bot import views
from bot.actions.staff.audit import STAFF_ACTIONS
from bot.texts import LANGUAGES, Translators
from handlers.forms import Form
from tests.conftest import ORGANIZER, Forum, register
from tests.golden import expected
from tests.golden.expected import check

VALUES: dict[object, tuple[Any, ...]] = {
    int: (12, 0, -1),
    str: ("opening", "", "Ұлы"),
    bool: (True, False),
    float: (1.5,),
}


def modules(package: ModuleType) -> Iterator[ModuleType]:
    for one in walk_packages(package.__path__, f"{package.__name__}."):
        yield import_module(one.name)


def of_kind(package: ModuleType, kind: type) -> list[type]:
    """The classes that are defined anywhere below the package."""
    found = {
        one
        for module in modules(package)
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, kind) and one.__module__ == module.__name__
    }
    return sorted(found, key=lambda one: one.__name__)


# callback data


def values_of(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) in (Union, UnionType):
        return tuple(value for one in get_args(annotation) for value in values_of(one))
    if annotation is NoneType:
        return (None,)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return tuple(annotation)
    return VALUES[annotation]


def name_of(annotation: Any) -> str:
    return annotation.__name__ if isinstance(annotation, type) else str(annotation)


def buttons() -> list[type[CallbackData]]:
    return of_kind(views, CallbackData)


def examples(kind: type[CallbackData]) -> list[CallbackData]:
    """Enough of them that each field has had each of its values."""
    columns = {name: values_of(field.annotation) for name, field in kind.model_fields.items()}
    most = max((len(values) for values in columns.values()), default=1)
    return [kind(**{name: values[place % len(values)] for name, values in columns.items()}) for place in range(most)]


def test_callback_data_is_packed_as_it_was() -> None:
    found: dict[str, Any] = {}
    for kind in buttons():
        assert kind.__prefix__ not in found, kind
        found[kind.__prefix__] = {
            "separator": kind.__separator__,
            "fields": [f"{name}: {name_of(field.annotation)}" for name, field in kind.model_fields.items()],
            "packed": [one.pack() for one in examples(kind)],
        }
    check("callback_data", found)


def test_callback_data_of_old_messages_means_the_same() -> None:
    kept = json.loads((expected.FOLDER / "callback_data.json").read_text(encoding="utf-8"))
    by_prefix = {kind.__prefix__: kind for kind in buttons()}
    assert set(by_prefix) == set(kept)
    for prefix, one in kept.items():
        kind = by_prefix[prefix]
        assert [kind.unpack(text) for text in one["packed"]] == examples(kind)


# staff actions, forms, commands


def test_deeds_keep_their_codes_and_their_words() -> None:
    translators = Translators(ZoneInfo("UTC"))
    words = {
        action: {language: translators[language].plain(f"audit.{action}") for language in LANGUAGES}
        for action in STAFF_ACTIONS
    }
    check("deeds", words)


def test_what_is_noted_is_a_known_deed() -> None:
    """The literal codes of audit.note(), wherever it is called."""
    noted: set[str] = set()
    for file in sorted(Path(views.__path__[0]).parent.rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "audit.note":
                chosen = call.args[2]
                ways = [chosen.body, chosen.orelse] if isinstance(chosen, ast.IfExp) else [chosen]
                noted |= {way.value for way in ways if isinstance(way, ast.Constant) and isinstance(way.value, str)}
    assert noted <= set(STAFF_ACTIONS)
    assert {"published", "restored", "merge", "note"} <= noted


def test_states_of_forms_keep_their_names_and_all_are_among_the_stored_forms() -> None:
    states = sorted(form.STATE for form in of_kind(handlers, Form) if hasattr(form, "STATE"))
    check("form_states", states)
    stored = json.loads((expected.FOLDER / "forms_stored.json").read_text(encoding="utf-8"))
    assert {one.split(" ")[0] for one in stored} == set(states)


async def test_commands_keep_their_names(forum: Forum) -> None:
    stranger = await forum.telegram.person("Дина", "ru")
    organizer = await forum.telegram.person("Динара", "ru", id=ORGANIZER)
    await register(organizer)
    moderator = await forum.moderator(organizer)
    people = {"anybody": stranger, "organizer": organizer, "moderator": moderator}
    await forum.telegram.idle()
    for one in people.values():
        await one.look_away()
    check("commands", {name: one.commands for name, one in people.items()})
