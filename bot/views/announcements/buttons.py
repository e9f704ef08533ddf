"""Callback data of announcements and news."""

from __future__ import annotations

from typing import ClassVar

from aiogram.filters.callback_data import CallbackData

from bot.programme.text import LANGUAGES
from bot.views.buttons import YES_NO, Decides


class NewsPage(CallbackData, prefix="ap"):
    page: int


class NewsItem(CallbackData, prefix="ao"):
    number: int


class Announce(Decides, CallbackData, prefix="an"):
    number: int
    act: str  # send, cancel


class AnnounceDesk(Decides, CallbackData, prefix="ad"):
    when: ClassVar = {"act": ("back", "drop")}

    number: int
    act: str  # open, new, preview, replace, confirm, urgent, calm, link, back, drop


class AnnounceAsk(CallbackData, prefix="ah"):
    """Whether to do what nobody can undo; `language` is the version's that is to be deleted."""

    among: ClassVar = {"act": ("drop", "stop", "version")}

    number: int
    act: str  # drop, stop, version
    language: str


class LeaveWriting(CallbackData, prefix="ajw"):
    """Back from what was to be written to the announcement."""

    number: int


class AnnounceFrom(CallbackData, prefix="aj"):
    """From whom it is; `choice` "" shows what there is."""

    number: int
    choice: str  # organizers, none, the code of an office


class AnnounceOffice(Decides, CallbackData, prefix="ajo"):
    """The offices that announcements may be from, and what new ones begin with."""

    when: ClassVar = {"act": ("drop", "default")}
    among: ClassVar = {"act": ("write", "ask", "drop", "default")}

    number: int
    office: str
    act: str  # write, ask (whether to drop it), drop, default


class AnnounceDecide(Decides, CallbackData, prefix="ay"):
    """A second organizer's decision about an announcement as it was put forward at `asked` (epoch seconds): taken back
    and put forward again, it may say something else."""

    number: int
    asked: int
    act: str  # approve, decline


class AnnounceRun(Decides, CallbackData, prefix="ar"):
    """What has begun."""

    when: ClassVar = {"act": ("pause", "resume", "stop", "removal")}
    stays: ClassVar = {"act": ("pause", "resume")}

    number: int
    act: str  # pause, resume, stop, correct, remove, removal


class AnnounceList(CallbackData, prefix="al"):
    page: int


class AnnounceAudience(CallbackData, prefix="aa"):
    """Add or remove one choice, or (value "") only the page of a kind's choices."""

    among: ClassVar = {"wanted": YES_NO}

    number: int
    kind: str  # l languages, r roles, d delegations, s sessions, p present, "" everybody again
    value: str
    wanted: int
    page: int


class AnnounceTime(CallbackData, prefix="aw"):
    number: int
    choice: str  # now, minutes from now, typed, session; "" the choices


class AnnounceUntil(CallbackData, prefix="ax"):
    number: int
    choice: str  # never, today, hours from the sending, session; "" the choices


class AnnounceWith(CallbackData, prefix="as"):
    """The session it goes out with ("w") or that it holds until the end of ("x"); session "" is only a page."""

    among: ClassVar = {"purpose": ("w", "x")}

    number: int
    purpose: str
    session: str
    page: int


class AnnounceVersion(Decides, CallbackData, prefix="av"):
    when: ClassVar = {"act": ("drop",)}

    number: int
    language: str
    act: str  # open, write, name, drop; of a correction: correct, staged


class NameVersion(CallbackData, prefix="bk"):
    """The version that is said to be in a language is in another one, or ("") for everybody again; while it is a
    draft."""

    among: ClassVar = {"language": LANGUAGES, "becomes": ("", *LANGUAGES)}

    number: int
    language: str
    becomes: str


class AnnounceApply(Decides, CallbackData, prefix="az"):
    """Carry out the correction of a version that was shown above the button; `mark` as
    bot.actions.announcements.wording has it."""

    number: int
    language: str
    mark: str


class AnnounceSendBack(Decides, CallbackData, prefix="at"):
    """Do not: fields as of AnnounceApply."""

    number: int
    language: str
    mark: str


class WordAgain(Decides, CallbackData, prefix="aq"):
    """Word by the programme of now what the bot had worded: a draft, or corrections of what has gone out."""

    number: int


class AnnounceFailures(CallbackData, prefix="af"):
    number: int
    page: int


class AnnounceStaged(CallbackData, prefix="ag"):
    """The correction of a version that is staged, with what to do about it."""

    number: int
    language: str


class AnnounceRight(Decides, CallbackData, prefix="ak"):
    """The versions that were not changed since another was are right as they are; asks first."""

    when: ClassVar = {"sure": ("1",)}
    among: ClassVar = {"sure": YES_NO}

    number: int
    sure: int
