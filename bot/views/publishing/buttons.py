"""Callback data of the programme's draft, its versions, its files, and its people's links and photos.

A button says which draft it showed: `stamp` is its revision. A press on an older one changes nothing.
"""

from __future__ import annotations

from typing import ClassVar

from aiogram.filters.callback_data import CallbackData

from bot.views.buttons import YES_NO, Decides

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def stamp_of(revision: int) -> str:
    """A revision as short as a button needs it beside two codes: in base 36, eight digits up to 2**41."""
    digits = ""
    while revision >= len(_DIGITS):
        revision, rest = divmod(revision, len(_DIGITS))
        digits = _DIGITS[rest] + digits
    return _DIGITS[revision] + digits


def revision_of(stamp: str) -> int:
    """The revision of a stamp; of anything else one that no draft has."""
    try:
        return int(stamp, len(_DIGITS))
    except ValueError:
        return -1


class ChangeDay(CallbackData, prefix="ped"):
    """The sessions of a day, to change one."""

    day: str  # 20261126
    page: int


class ChangeSession(CallbackData, prefix="pes"):
    """`part` of the session's screens: "" its own, time, room, swap, people, kind."""

    among: ClassVar = {"part": ("", "time", "room", "swap", "people", "kind")}

    session: str
    part: str
    page: int


class ShiftScope(CallbackData, prefix="peo"):
    """The session's time, with how far a shift goes (bot.programme.edits.SCOPES)."""

    session: str
    scope: str


class Shift(CallbackData, prefix="peh"):
    session: str
    scope: str
    minutes: int
    stamp: str


class TypeChange(CallbackData, prefix="pet"):
    """A form: what of the session is typed next: start, length, room."""

    session: str
    what: str


class ToRoom(CallbackData, prefix="per"):
    session: str
    room: str  # "" is none
    stamp: str


class SwapWith(Decides, CallbackData, prefix="pew"):
    session: str
    other: str
    stamp: str


class SetKind(CallbackData, prefix="pek"):
    session: str
    kind: str
    stamp: str


class SetCancelled(Decides, CallbackData, prefix="pec"):
    stays: ClassVar = {"wanted": (), "stamp": ()}
    among: ClassVar = {"wanted": YES_NO}

    session: str
    wanted: int
    stamp: str


class PersonIn(CallbackData, prefix="pen"):
    """A person of a session."""

    session: str
    speaker: str


class DropPerson(Decides, CallbackData, prefix="pex"):
    session: str
    speaker: str
    seat: str  # s speaks, m moderates
    stamp: str


class FindPerson(CallbackData, prefix="pef"):
    """A form: who comes. `seat` is s or m for one more, or the number of the one they replace."""

    session: str
    seat: str


class TakePerson(Decides, CallbackData, prefix="pe"):
    session: str
    seat: str
    speaker: str
    stamp: str


class NewPerson(Decides, CallbackData, prefix="pea"):
    """The person typed into the form is new."""

    session: str
    seat: str


class ReplaceEverywhere(CallbackData, prefix="za"):
    """A form: who comes in the place of a person in all their sessions."""

    speaker: str


class SeeReplacing(CallbackData, prefix="zb"):
    """What it would mean that `other` comes for the speaker; "" is the person typed into the form, somebody new."""

    speaker: str
    other: str


class ReplaceNow(Decides, CallbackData, prefix="ze"):
    speaker: str
    other: str
    stamp: str


class SeeRemoval(CallbackData, prefix="zd"):
    """Whether a person (p) or a room (r) can be taken out of the programme."""

    kind: str
    code: str
    page: int


class RemoveNow(Decides, CallbackData, prefix="zx"):
    kind: str
    code: str
    stamp: str


class HallsOfDay(CallbackData, prefix="zh"):
    """Choose two rooms to change places for the rest of a day: the first, or, when there is `room`, the second."""

    day: str
    room: str
    page: int


class SeeHalls(CallbackData, prefix="zw"):
    """What it would mean that the two change places."""

    day: str
    room: str
    other: str


class SwapHalls(Decides, CallbackData, prefix="zs"):
    """The rooms by their places among those of the draft whose stamp it is: two codes leave a stamp no room."""

    day: str
    here: int
    there: int
    stamp: str


class AddSession(CallbackData, prefix="peg"):
    day: str


class TextsList(CallbackData, prefix="pel"):
    """The records whose texts can be corrected (bot.programme.texts.PARTS)."""

    kind: str
    page: int


class Texts(CallbackData, prefix="pei"):
    """The texts of a record, or of one field in all languages; `code` is "" for the forum."""

    kind: str
    code: str
    field: str


class TypeText(CallbackData, prefix="pej"):
    """A form: a text in a language, "" is one text for all."""

    kind: str
    code: str
    field: str
    language: str


class DropText(Decides, CallbackData, prefix="peu"):
    kind: str
    code: str
    field: str
    language: str
    stamp: str


class TakeBackChange(Decides, CallbackData, prefix="pey"):
    """The draft's last step, from the screen of a session, "" for none."""

    session: str
    number: int
    stamp: str


class ProgrammeFile(CallbackData, prefix="pf"):
    """A file to take away: bot.actions.publishing.files.KINDS."""

    kind: str


class DraftPage(CallbackData, prefix="pp"):
    page: int


class AskPublish(CallbackData, prefix="ppa"):
    """What publishing would mean, and the question."""

    revision: int


class Publish(Decides, CallbackData, prefix="ppy"):
    """The draft upon version `base`; `quiet` notifies nobody."""

    among: ClassVar = {"quiet": YES_NO}

    base: int
    revision: int
    quiet: int


GONE = -1  # instead of a draft's revision: of sessions that are gone already


class GoingAway(CallbackData, prefix="pvd"):
    """What hangs on the sessions that the draft at this revision takes away; -1: on those that are gone already."""

    revision: int
    page: int


class PickHeir(CallbackData, prefix="gx"):
    """Where what hangs on a session is moved; the revision as above."""

    session: str
    page: int
    revision: int


class SetHeir(CallbackData, prefix="gy"):
    """The draft's choice; "" for none."""

    session: str
    heir: str
    stamp: str


class MoveLeft(Decides, CallbackData, prefix="gz"):
    """What hangs on a session that is gone to another; without `sure` it is asked first."""

    among: ClassVar = {"sure": YES_NO}
    when: ClassVar = {"sure": ("1",)}

    session: str
    heir: str
    sure: int


class UndoPublishSure(Decides, CallbackData, prefix="pve"):
    """As UndoPublish, when it has been said what hangs on it."""

    number: int


class UndoPublish(Decides, CallbackData, prefix="ppu"):
    """Publish what was before version `number` again."""

    number: int


class TellEverybody(Decides, CallbackData, prefix="ppe"):
    """An announcement of the day or hall that version `number` moves."""

    number: int


class TakeBackStep(Decides, CallbackData, prefix="ppt"):
    """The draft's last step; `sure` where it is another organizer's."""

    among: ClassVar = {"sure": YES_NO}

    revision: int
    number: int
    sure: int


class DiscardDraft(Decides, CallbackData, prefix="ppd"):
    when: ClassVar = {"sure": ("1",)}
    among: ClassVar = {"sure": YES_NO}

    revision: int
    sure: int


class VersionsPage(CallbackData, prefix="pv"):
    page: int


class CompareVersions(CallbackData, prefix="pvc"):
    """What differs between a version and another; 0 is the newest."""

    number: int
    target: int
    page: int


class BringBack(Decides, CallbackData, prefix="pvb"):
    """Make the version the draft's next step."""

    number: int
    revision: int


class SpeakerLinks(CallbackData, prefix="sk"):
    page: int


class SpeakerLink(CallbackData, prefix="skd"):
    speaker: str
    page: int


class FindSpeaker(CallbackData, prefix="skf"):
    """Type a name."""


class SendPhoto(CallbackData, prefix="ph"):
    speaker: str
    page: int


class DropPhoto(Decides, CallbackData, prefix="phx"):
    """`revision` is the draft's that was shown."""

    speaker: str
    page: int
    revision: int


class WatchAddress(CallbackData, prefix="wa"):
    """Type an address."""


class CheckWatch(CallbackData, prefix="wac"):
    """Look at the address now."""


class EndWatch(Decides, CallbackData, prefix="wax"):
    when: ClassVar = {"sure": ("1",)}
    among: ClassVar = {"sure": YES_NO}

    sure: int
