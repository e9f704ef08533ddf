"""Half-typed forms: what a version has stored is read by the next one, and stored the same way."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.base import StorageKey

from bot.dialogues import Dialogues
from bot.errors import Stale
from bot.inbound.switchboard import states_of
from bot.views.people.kept import NAMES
from handlers import forms
from handlers.forms import Form, InForm
from storage.conversations import Conversation

# Rows as the version with dictionaries wrote them: the state, the data, and what it is now.
STORED: list[tuple[str, str, Form]] = [
    ("Registration:name", "{}", forms.RegistrationName()),
    ("Registration:name", '{"then": "q_opening"}', forms.RegistrationName("q_opening")),
    ("Registration:delegation", '{"then": "h_5f1d"}', forms.RegistrationDelegation("h_5f1d")),
    ("Registration:organization", '{"then": "-"}', forms.RegistrationOrganization("-")),
    ("ProfileForm:name", "{}", forms.ProfileName()),
    ("ProfileForm:organization", "{}", forms.ProfileOrganization()),
    ("QuestionForm:text", '{"session": "opening", "anonymous": true}', forms.AskForm("opening", True)),
    (
        "QuestionForm:alike",
        '{"session": "opening", "anonymous": false, "typed": "Қашан? <b>", "message": 12}',
        forms.AlikeForm("opening", False, "Қашан? <b>", 12),
    ),
    ("QuestionForm:edit", '{"number": 7}', forms.EditAskedForm(7)),
    (
        "DecisionForm:words",
        '{"number": 7, "decision": "answer", "desk": "-", "revision": 2}',
        forms.DecisionForm(number=7, decision="answer", desk="-", revision=2),
    ),
    (
        "EditingForm:text",
        '{"number": 7, "desk": "w", "revision": 1}',
        forms.EditingForm(number=7, desk="w", revision=1),
    ),
    ("StopWordsForm:words", "{}", forms.StopWordsForm()),
    ("AnnouncementForm:text", "{}", forms.AnnouncementForm()),
    ("AnnouncementForm:text", '{"number": 3, "language": ""}', forms.AnnouncementForm(3, "")),
    ("AnnouncementForm:text", '{"number": 3, "language": "+kk"}', forms.AnnouncementForm(3, "+kk")),
    (
        "AnnouncementForm:more",
        '{"number": 3, "language": "", "group": "way", "desk": 250}',
        forms.AlbumForm(number=3, language="", group="way", desk=250),
    ),
    ("AnnouncementForm:time", '{"number": 3}', forms.SendTimeForm(3)),
    ("AnnouncementForm:office", '{"number": 3}', forms.OfficeForm(3)),
    ("StageForm:answer", '{"number": 1, "revision": 2}', forms.StageAnswerForm(number=1, revision=2)),
    ("StageForm:note", '{"session": "opening"}', forms.StageNoteForm("opening")),
    ("ClosingForm:word", '{"session": "opening", "upto": 7}', forms.ClosingForm(session="opening", upto=7)),
    ("ProgrammeForm:find", "{}", forms.FindSessionForm()),
    ("ProgrammeForm:start", '{"session": "plenary-2"}', forms.StartForm("plenary-2")),
    ("ProgrammeForm:length", '{"session": "plenary-2"}', forms.LengthForm("plenary-2")),
    ("ProgrammeForm:room", '{"session": "plenary-2"}', forms.RoomForm("plenary-2")),
    (
        "ProgrammeForm:person",
        '{"session": "plenary-2", "seat": "s", "old": ""}',
        forms.PersonForm(session="plenary-2", seat="s", old=""),
    ),
    (
        "ProgrammeForm:person",
        '{"session": "talk", "seat": "0", "old": "kurmanov", "typed": "Серик"}',
        forms.PersonForm(session="talk", seat="0", old="kurmanov", typed="Серик"),
    ),
    ("ProgrammeForm:everywhere", '{"old": "kurmanov"}', forms.EverywhereForm(old="kurmanov")),
    (
        "ProgrammeForm:everywhere",
        '{"old": "kurmanov", "typed": "Серик"}',
        forms.EverywhereForm(old="kurmanov", typed="Серик"),
    ),
    (
        "ProgrammeForm:text",
        '{"kind": "s", "code": "plenary-2", "field": "t", "language": "ru"}',
        forms.TextForm(kind="s", code="plenary-2", field="t", language="ru"),
    ),
    ("ProgrammeForm:slot", '{"day": "2026-11-26"}', forms.SlotForm("2026-11-26")),
    (
        "ProgrammeForm:title",
        '{"day": "2026-11-26", "start": "2026-11-26T18:30:00+05:00", "minutes": 30}',
        forms.TitleForm("2026-11-26", start="2026-11-26T18:30:00+05:00", minutes=30),
    ),
    ("SpeakerForm:name", "{}", forms.FindSpeakerForm()),
    ("SpeakerForm:photo", '{"speaker": "kurmanov", "page": 2}', forms.PhotoForm("kurmanov", 2)),
    ("WatchForm:address", "{}", forms.WatchForm()),
    ("RatingForm:word", '{"session": "opening"}', forms.RatingForm("opening")),
    ("EntranceForm:name", "{}", forms.EntranceForm()),
]
FORMS = {one.STATE: one for one in vars(forms).values() if isinstance(one, type) and hasattr(one, "STATE")}

# Forms that are not kept when they are left (bot.middlewares.kept), and why nothing is lost with them.
LEFT = {
    "Registration:name": "goes on with /start",
    "Registration:delegation": "goes on with /start",
    "Registration:organization": "goes on with /start",
    "AnnouncementForm:more": "the draft has the album's pictures already",
    "ProgrammeForm:find": "a search",
    "SpeakerForm:name": "a search",
    "EntranceForm:name": "a search",
}


def kept(state: str | None, data: str) -> FSMContext:
    """The person's dialogue, as it is after a start with this row."""
    storage = Dialogues([Conversation("7:7", 7, state, json.loads(data))])
    return FSMContext(storage, StorageKey(bot_id=42, chat_id=7, user_id=7))


def row(state: FSMContext) -> tuple[str | None, str]:
    """What is written of a dialogue that has changed."""
    assert isinstance(state.storage, Dialogues)
    (changed,) = state.storage.changes(7)
    return changed.state, json.dumps(changed.data, ensure_ascii=False)


@pytest.mark.parametrize(("name", "data", "form"), STORED)
async def test_what_was_stored_is_read_and_stored_the_same(name: str, data: str, form: Form) -> None:
    state = kept(name, data)
    assert await type(form).load(state) == form
    assert await type(form).opened(state) == form
    await form.save(state)
    assert row(state) == (name, data)


def test_every_form_is_among_the_stored_ones_and_no_two_share_a_state() -> None:
    every = [one for one in vars(forms).values() if isinstance(one, type) and issubclass(one, Form)]
    assert len(FORMS) == len([one for one in every if hasattr(one, "STATE")])
    assert {name: FORMS[name] for name, _, _ in STORED} == FORMS
    assert all(type(form) is FORMS[name] for name, _, form in STORED)


@pytest.mark.parametrize(("name", "data", "form"), STORED)
async def test_keys_that_nobody_knows_are_no_trouble(name: str, data: str, form: Form) -> None:
    stored = json.dumps({"later": [1], **json.loads(data)})
    assert await type(form).load(kept(name, stored)) == form


@pytest.mark.parametrize(
    ("data", "form"),
    [
        ("{}", forms.AnnouncementForm()),
        ('{"number": 3}', forms.AnnouncementForm(3)),
        ('{"number": "3", "language": "kk"}', forms.AnnouncementForm(None, "kk")),
        ('{"speaker": "kurmanov"}', forms.PhotoForm("kurmanov", 0)),
        ('{"then": null}', forms.RegistrationName()),
        ('{"then": 1}', forms.RegistrationName()),
    ],
)
async def test_what_is_missing_or_damaged_has_its_default(data: str, form: Form) -> None:
    assert await type(form).load(kept(form.STATE, data)) == form


@pytest.mark.parametrize(
    ("form", "data"),
    [
        (forms.AskForm, "{}"),
        (forms.AskForm, '{"session": "opening"}'),
        (forms.AskForm, '{"session": "opening", "anonymous": 0}'),
        (forms.AskForm, '{"session": null, "anonymous": true}'),
        (forms.EditAskedForm, '{"number": "7"}'),
        (forms.DecisionForm, '{"number": 7, "decision": "answer", "desk": "-"}'),
    ],
)
async def test_what_cannot_be_read_is_a_form_that_is_closed(form: type[Form], data: str) -> None:
    state = kept(form.STATE, data)
    assert await form.opened(state) is None
    with pytest.raises(Stale):
        await form.load(state)


@pytest.mark.parametrize("name", [None, "QuestionForm:alike"])
async def test_only_the_form_that_is_open_is_opened(name: str | None) -> None:
    assert await forms.AskForm.opened(kept(name, '{"session": "opening", "anonymous": true}')) is None


async def test_a_form_that_is_entered_keeps_what_is_stored() -> None:
    """A registration goes on after the name was changed in the settings, and still follows its link."""
    state = kept(None, '{"then": "q_opening"}')
    await forms.ProfileName.enter(state)
    assert row(state) == ("ProfileForm:name", '{"then": "q_opening"}')
    assert await forms.Registration.load(state) == forms.Registration("q_opening")


async def test_a_form_that_is_saved_forgets_the_former() -> None:
    state = kept("QuestionForm:text", '{"session": "opening", "anonymous": true}')
    await forms.StopWordsForm().save(state)
    assert row(state) == ("StopWordsForm:words", "{}")


async def test_the_switchboard_and_aiogram_know_who_is_in_a_form() -> None:
    both = InForm(forms.AskForm, forms.AlikeForm)
    assert states_of(both) == frozenset(("QuestionForm:text", "QuestionForm:alike"))
    assert states_of(InForm(forms.EntranceForm)) == frozenset(("EntranceForm:name",))
    asked: dict[str, Any] = {name: await both(None, raw_state=name) for name in FORMS}  # type: ignore[arg-type]  # no event is looked at
    assert {name for name, taken in asked.items() if taken} == {"QuestionForm:text", "QuestionForm:alike"}


def test_every_form_is_kept_when_it_is_left_or_named_here() -> None:
    assert sorted((*NAMES, *LEFT)) == sorted(FORMS)
