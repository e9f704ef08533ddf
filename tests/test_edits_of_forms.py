"""Every form in which a typed message becomes something knows what an edit of that very message means."""

from __future__ import annotations

import inspect
import json
from dataclasses import fields
from typing import Any, get_args, get_type_hints

import pytest
from aiogram.dispatcher.event.handler import HandlerObject

from bot.actions import became
from bot.actions.became import Became
from handlers import forms
from handlers.filters import WasTyped
from handlers.forms import Form, InForm, OfForm
from handlers.questions import questions
from tests.conftest import the_router
from tests.test_dispatch import handlers

FORMS = {
    one for one in vars(forms).values() if isinstance(one, type) and issubclass(one, Form) and hasattr(one, "STATE")
}

# Nothing of these is found by what the message became, and why.
BY_ITSELF = {
    forms.AskForm: "a question remembers the message that brought it",
    forms.AlikeForm: "the form remembers the message",
    forms.RegistrationDelegation: "it is answered by buttons",
    forms.FindSessionForm: "a search becomes nothing",
    forms.FindSpeakerForm: "a search becomes nothing",
    forms.EntranceForm: "a search becomes nothing",
}


def called(handler: HandlerObject) -> Any:
    return inspect.unwrap(handler.callback)


def becomes(handler: HandlerObject) -> set[type[Became]]:
    """What the handler says that a message becomes."""
    hint = get_type_hints(called(handler)).get("return")
    kinds = get_args(hint) or (hint,)
    return {one for one in kinds if isinstance(one, type) and issubclass(one, Became)}


def filters_of(handler: HandlerObject, kind: type[Any]) -> list[Any]:
    return [one.callback for one in handler.filters or [] if isinstance(one.callback, kind)]


def typed() -> dict[type[Form], set[type[Became]]]:
    found: dict[type[Form], set[type[Became]]] = {form: set() for form in FORMS}
    states = {form.STATE: form for form in FORMS}
    for handler in handlers([the_router()], "message"):
        for one in filters_of(handler, InForm):
            for state in one.states:
                found[states[state]] |= becomes(handler)
    return found


@pytest.mark.parametrize("form", sorted(FORMS, key=str), ids=str)
def test_what_is_typed_into_a_form_is_remembered_or_there_is_a_reason(form: type[Form]) -> None:
    assert bool(typed()[form]) != (form in BY_ITSELF)


def test_every_thing_that_a_message_becomes_is_found_by_an_edit() -> None:
    edits = list(handlers([the_router()], "edited_message"))
    taken = {kind for handler in edits for one in filters_of(handler, WasTyped) for kind in one.kinds}
    in_forms = {kind for handler in edits if filters_of(handler, OfForm) for kind in becomes(handler)}
    every = {kind for handler in handlers([the_router()], "message") for kind in becomes(handler)}
    assert every <= taken | in_forms
    assert set(became.KINDS.values()) == every
    assert forms.AlikeForm in {one.form for handler in edits for one in filters_of(handler, OfForm)}
    assert questions.edit_by_message in [called(handler) for handler in edits]


def test_an_edit_that_is_no_text_is_answered_as_when_it_is_typed() -> None:
    """After the handler of a text stands one that takes the same without asking for a text."""
    edits = list(handlers([the_router()], "edited_message"))
    loose = {
        kind
        for handler in edits
        if len(handler.filters or []) == 1
        for one in filters_of(handler, WasTyped)
        for kind in one.kinds
    }
    assert set(became.KINDS.values()) - loose == {became.SoughtName, became.ProgrammeUpload}


@pytest.mark.parametrize("kind", became.KINDS.values(), ids=lambda kind: kind.KIND)
def test_what_is_stored_is_read_again(kind: type[Became]) -> None:
    values = {one.name: 7 if one.type == "int" else "«Ұлы» : <b>\n" for one in fields(kind)}
    one = kind(**values)
    assert became.of(kind.KIND, one.thing) == one
    assert json.loads(one.thing) == values


@pytest.mark.parametrize(("kind", "thing"), [("gone", "{}"), ("note", "{}"), ("note", "[1]"), ("note", "{")])
def test_what_another_version_wrote_is_nothing(kind: str, thing: str) -> None:
    assert became.of(kind, thing) is None
