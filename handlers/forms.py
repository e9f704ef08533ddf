"""The forms a person can be in the middle of, each with what was entered so far.

States and keys are kept in the database: never rename a STATE or a field. A version may find rows of the one before it,
so a field that comes later needs a default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self, get_type_hints

from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.errors import Stale
from bot.middlewares.forms import OWN


@dataclass(frozen=True, slots=True)
class Form:
    """One state of a dialogue. Its fields are stored under their names, in their order; a None is not stored.

    A form ends with `state.clear()`, whichever it is.
    """

    STATE: ClassVar[str]

    @classmethod
    async def load(cls, state: FSMContext) -> Self:
        """What is stored, for a handler that stands behind InForm. Stale, which closes the form (see
        bot.middlewares.forms), when it cannot be read."""
        return cls.of(await state.get_data())

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """As `load`, of what was stored of it."""
        form = cls._read(stored)
        if form is None:
            raise Stale("refusal.stale")
        return form

    @classmethod
    async def opened(cls, state: FSMContext) -> Self | None:
        """The form, for a press that may come when it is open no more: then None, as when it cannot be read."""
        return cls._read(await state.get_data()) if await state.get_state() == cls.STATE else None

    @classmethod
    async def enter(cls, state: FSMContext) -> None:
        """Begin the form and leave what is stored: where a deep link leads outlasts a look at the settings."""
        await state.set_state(cls.STATE)

    async def save(self, state: FSMContext) -> None:
        """Begin the form, or go on with it, with nothing stored but its fields."""
        values = {name: getattr(self, name) for name in kinds(type(self))}
        await state.set_state(self.STATE)
        await state.set_data({name: value for name, value in values.items() if value is not None})

    @classmethod
    def _read(cls, stored: Mapping[str, Any]) -> Self | None:
        """A key that is missing or holds something else has its field's default; None when there is no default."""
        known = {name: stored.get(name) for name, kind in kinds(cls).items() if isinstance(stored.get(name), kind)}
        try:
            return cls(**known)
        except TypeError:
            return None


KINDS: dict[type[Form], dict[str, Any]] = {}  # kept, for every typed word asks for them


def kinds(form: type[Form]) -> dict[str, Any]:
    """The types of a form's fields, in order."""
    if form not in KINDS:
        hints = get_type_hints(form)
        KINDS[form] = {one.name: hints[one.name] for one in fields(form)}
    return KINDS[form]


class InForm(StateFilter):
    """Whoever is in one of these forms. A handler behind it is the form's own (see bot.middlewares.forms)."""

    def __init__(self, *forms: type[Form]) -> None:
        super().__init__(*(form.STATE for form in forms))

    def update_handler_flags(self, flags: dict[str, Any]) -> None:
        flags["form"] = OWN


class OfForm(Filter):
    """The message that an open form keeps (its field `message`): an edit of it is as good as the message."""

    def __init__(self, form: type[Form]) -> None:
        self.form = form

    async def __call__(self, message: Message, state: FSMContext) -> bool:
        form = await self.form.opened(state)
        return form is not None and getattr(form, "message", None) == message.message_id


# Registration and profile


@dataclass(frozen=True, slots=True)
class Registration(Form):
    """`then` is the deep link to come back to, as handlers.people.deep_links seals it."""

    then: str | None = None


@dataclass(frozen=True, slots=True)
class RegistrationName(Registration):
    STATE = "Registration:name"


@dataclass(frozen=True, slots=True)
class RegistrationDelegation(Registration):
    STATE = "Registration:delegation"


@dataclass(frozen=True, slots=True)
class RegistrationOrganization(Registration):
    STATE = "Registration:organization"


@dataclass(frozen=True, slots=True)
class ProfileName(Form):
    STATE = "ProfileForm:name"


@dataclass(frozen=True, slots=True)
class ProfileOrganization(Form):
    STATE = "ProfileForm:organization"


# Questions and ratings


@dataclass(frozen=True, slots=True)
class AskForm(Form):
    """`anonymous` has no default: nobody's name is shown by a guess."""

    STATE = "QuestionForm:text"
    session: str
    anonymous: bool


@dataclass(frozen=True, slots=True)
class AlikeForm(AskForm):
    """One like it was asked already: what was typed waits as typed, with the message that brought it."""

    STATE = "QuestionForm:alike"
    typed: str
    message: int


@dataclass(frozen=True, slots=True)
class EditAskedForm(Form):
    STATE = "QuestionForm:edit"
    number: int


@dataclass(frozen=True, slots=True)
class RatingForm(Form):
    STATE = "RatingForm:word"
    session: str


# Moderation


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionForm(Form):
    """The reason of a decline, or an answer, to the question as it was read."""

    STATE = "DecisionForm:words"
    number: int
    decision: str
    desk: str
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EditingForm(Form):
    """The new wording of the question as it was read."""

    STATE = "EditingForm:text"
    number: int
    desk: str
    revision: int


@dataclass(frozen=True, slots=True)
class StopWordsForm(Form):
    STATE = "StopWordsForm:words"


@dataclass(frozen=True, slots=True, kw_only=True)
class StageAnswerForm(Form):
    """The answer to the question as it was read."""

    STATE = "StageForm:answer"
    number: int
    revision: int


@dataclass(frozen=True, slots=True)
class StageNoteForm(Form):
    """A note to the session's chair."""

    STATE = "StageForm:note"
    session: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingForm(Form):
    """A word for the authors of all that is left of a session, up to the question with that number."""

    STATE = "ClosingForm:word"
    session: str
    upto: int


# Announcements


@dataclass(frozen=True, slots=True)
class AnnouncementForm(Form):
    """Number and language are those of a draft that is there already, or of a correction."""

    STATE = "AnnouncementForm:text"
    number: int | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlbumForm(Form):
    """The album's next message is waited for; `desk` is the message that shows the draft."""

    STATE = "AnnouncementForm:more"
    number: int
    language: str
    group: str
    desk: int


@dataclass(frozen=True, slots=True)
class SendTimeForm(Form):
    STATE = "AnnouncementForm:time"
    number: int


@dataclass(frozen=True, slots=True)
class OfficeForm(Form):
    """The name of an office, for the announcement with that number to be from."""

    STATE = "AnnouncementForm:office"
    number: int


# The programme's draft


@dataclass(frozen=True, slots=True)
class FindSessionForm(Form):
    STATE = "ProgrammeForm:find"


@dataclass(frozen=True, slots=True)
class SessionForm(Form):
    """Something of a session is typed."""

    session: str


@dataclass(frozen=True, slots=True)
class StartForm(SessionForm):
    STATE = "ProgrammeForm:start"


@dataclass(frozen=True, slots=True)
class LengthForm(SessionForm):
    STATE = "ProgrammeForm:length"


@dataclass(frozen=True, slots=True)
class RoomForm(SessionForm):
    STATE = "ProgrammeForm:room"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonForm(Form):
    """Who takes the seat of `old`, "" for nobody; `typed` is the last name that was looked for, in that message."""

    STATE = "ProgrammeForm:person"
    session: str
    seat: str
    old: str
    typed: str | None = None
    message: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EverywhereForm(Form):
    """Who takes the place of `old` wherever they speak; `typed` is the last name that was looked for, in that
    message."""

    STATE = "ProgrammeForm:everywhere"
    old: str
    typed: str | None = None
    message: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextForm(Form):
    """A text in a language: bot.views.publishing.buttons.TypeText, which opens the form."""

    STATE = "ProgrammeForm:text"
    kind: str
    code: str
    field: str
    language: str


@dataclass(frozen=True, slots=True)
class SlotForm(Form):
    """The time of a session that is added; `day` in ISO."""

    STATE = "ProgrammeForm:slot"
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleForm(SlotForm):
    """Its title then; `start` in ISO, typed in that message."""

    STATE = "ProgrammeForm:title"
    start: str
    minutes: int
    message: int | None = None


@dataclass(frozen=True, slots=True)
class FindSpeakerForm(Form):
    STATE = "SpeakerForm:name"


@dataclass(frozen=True, slots=True)
class PhotoForm(Form):
    """A speaker's photo is sent; `page` is the one of the list that they were opened from."""

    STATE = "SpeakerForm:photo"
    speaker: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class WatchForm(Form):
    STATE = "WatchForm:address"


# The entrance


@dataclass(frozen=True, slots=True)
class EntranceForm(Form):
    """Somebody without a badge is looked for."""

    STATE = "EntranceForm:name"
