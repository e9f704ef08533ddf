"""The forms a person can be in the middle of. State names are kept in the database: never rename one."""

from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class Registration(StatesGroup):
    """Data: then (the deep link to come back to, see handlers.people.deep_links)."""

    name = State()
    delegation = State()
    organization = State()


class ProfileForm(StatesGroup):
    name = State()
    organization = State()


class QuestionForm(StatesGroup):
    """Data: session, anonymous; or number when an asked one is edited. `alike`: one like it was asked already, and
    what was typed waits as typed, with the message that brought it."""

    text = State()
    edit = State()
    alike = State()


class DecisionForm(StatesGroup):
    """Data: number, decision, desk, and the revision of the question that was read."""

    words = State()


class EditingForm(StatesGroup):
    """Data: number, desk, and the revision of the question that was read."""

    text = State()


class StopWordsForm(StatesGroup):
    words = State()


class AnnouncementForm(StatesGroup):
    """Data: number and language, of a draft that is there already; in `more` also the album's group and the message
    with the draft's desk."""

    text = State()
    more = State()
    time = State()


class StageForm(StatesGroup):
    """Data: number and revision of the question that is answered; or session, for a note to its chair."""

    answer = State()
    note = State()


class ProgrammeForm(StatesGroup):
    """Data: session, in `find` nothing; in `person` also seat, whom they replace (old, "" for nobody) and what was
    typed; in `everywhere` the latter two; in `text` what handlers.publishing.edit_texts needs; in `slot` day, in
    `title` also start and minutes."""

    find = State()
    start = State()
    length = State()
    room = State()
    person = State()
    everywhere = State()
    text = State()
    slot = State()
    title = State()


class SpeakerForm(StatesGroup):
    """Data: of a photo the speaker's code, and the page of the list they were opened from."""

    name = State()
    photo = State()


class WatchForm(StatesGroup):
    address = State()


class RatingForm(StatesGroup):
    """Data: session."""

    word = State()


class EntranceForm(StatesGroup):
    """Somebody without a badge is looked for."""

    name = State()
