"""Callback data of the moderators' desk and group, the papers and the hall's screen."""

from __future__ import annotations

from typing import ClassVar

from aiogram.filters.callback_data import CallbackData

from bot.actions.moderation.desk import DECISIONS, REASONS
from bot.programme.text import LANGUAGES
from bot.views.buttons import YES_NO, Decides

READY = (*REASONS, "none")  # the reasons that decline with one tap
DESKS = ("w", "a", "-")  # from which list a card was opened, see Decide


class DeskPage(CallbackData, prefix="kp"):
    page: int


class DeskSession(CallbackData, prefix="ks"):
    session: str


class DeskNext(CallbackData, prefix="kn"):
    """The first question of a list ("w" waiting, "a" approved) with a number above `after`."""

    among: ClassVar = {"which": ("w", "a")}

    session: str
    which: str
    after: int


class Decide(Decides, CallbackData, prefix="kd"):
    """`desk` is w or a when the card was opened from that list, - when it came by itself."""

    when: ClassVar = {"decision": ("approve", "asked")}
    stays: ClassVar = {"number": ()}
    among: ClassVar = {"decision": tuple(DECISIONS), "desk": DESKS}

    number: int
    decision: str
    desk: str


class Reason(Decides, CallbackData, prefix="kr"):
    """`reason` is one of the ready ones, "none" or "own"."""

    when: ClassVar = {"reason": READY}
    among: ClassVar = {"reason": (*READY, "own"), "desk": DESKS}

    number: int
    reason: str
    desk: str


class ShowCard(CallbackData, prefix="kc"):
    among: ClassVar = {"desk": DESKS}

    number: int
    desk: str


class Papers(CallbackData, prefix="ym"):
    """The papers of a session; of the whole forum when it is ""."""

    session: str


class GetPaper(CallbackData, prefix="yf"):
    session: str
    kind: str  # one of bot.papers.KINDS


class ReadSummary(CallbackData, prefix="ys"):
    session: str


class GroupDesk(Decides, CallbackData, prefix="gd"):
    """The desk in the group in which it is pressed."""

    when: ClassVar = {"act": ("open", "move", "close")}
    among: ClassVar = {"act": ("open", "check", "move", "stay", "close")}

    act: str  # open, check, move, stay, close


class AskCloseDesk(CallbackData, prefix="gq"):
    """Whether to close the desk in the group: in which it is pressed, or in an organizer's own chat; not `wanted`
    leads back."""

    among: ClassVar = {"wanted": YES_NO}

    wanted: int


class GroupLanguage(CallbackData, prefix="ki"):
    """The language in which the bot speaks in the group."""

    among: ClassVar = {"language": LANGUAGES}

    language: str


class GroupCard(Decides, CallbackData, prefix="gc"):
    """On a card in the moderators' group."""

    when: ClassVar = {"act": ("approve", "asked", "take", "undo")}
    among: ClassVar = {"act": (*DECISIONS, "take", "back", "undo", "more")}

    number: int
    act: str  # one of bot.actions.moderation.desk.DECISIONS, take, back, undo, more


class GroupReason(Decides, CallbackData, prefix="gr"):
    when: ClassVar = {"reason": READY}
    among: ClassVar = {"reason": (*READY, "own")}

    number: int
    reason: str  # as in Reason


class Work(Decides, CallbackData, prefix="kw"):
    """Claim a question, let go of it, or take it over from whoever has claimed it."""

    stays: ClassVar = {"act": ()}
    among: ClassVar = {"act": ("take", "leave", "over"), "desk": DESKS}

    number: int
    act: str  # take, leave, over
    desk: str


class More(CallbackData, prefix="km"):
    """What else can be done about a question; `desk` as in Decide."""

    among: ClassVar = {"desk": DESKS}

    number: int
    desk: str


class AskUnmute(CallbackData, prefix="kz"):
    """From the list of muted people: whether to let the author of a question ask again."""

    number: int


class SetVoice(Decides, CallbackData, prefix="kv"):
    """Mute the author of a question as far as one may, or let them ask again; `desk` "m" is the list of muted
    people."""

    stays: ClassVar = {"muted": ()}
    among: ClassVar = {"muted": YES_NO, "desk": (*DESKS, "m")}

    number: int
    muted: int
    desk: str


class SetVoiceHere(Decides, CallbackData, prefix="kb"):
    """As SetVoice, only in the session of the question by which they are muted: for those who moderate all sessions,
    whose SetVoice is everywhere."""

    stays: ClassVar = {"muted": ()}
    among: ClassVar = {"muted": (0,), "desk": (*DESKS, "m")}

    number: int
    muted: int
    desk: str


class AskUnmuteHere(CallbackData, prefix="kg"):
    """As AskUnmute, of a SetVoiceHere."""

    number: int


class MutedPage(CallbackData, prefix="kq"):
    page: int


class Undo(Decides, CallbackData, prefix="ku"):
    among: ClassVar = {"desk": DESKS}

    deed: int
    desk: str


class History(CallbackData, prefix="kh"):
    """What was done about a question, and by whom."""

    among: ClassVar = {"desk": DESKS}

    number: int
    desk: str


class Correct(CallbackData, prefix="je"):
    """Correct the wording of a question; `desk` here and below as in Decide."""

    among: ClassVar = {"desk": DESKS}

    number: int
    desk: str


class ShowOriginal(CallbackData, prefix="jo"):
    among: ClassVar = {"desk": DESKS}

    number: int
    desk: str


class MergePick(CallbackData, prefix="jm"):
    """What the question could be merged into."""

    among: ClassVar = {"desk": DESKS}

    number: int
    page: int
    desk: str


class MergeWith(CallbackData, prefix="jt"):
    among: ClassVar = {"desk": DESKS}

    number: int
    target: int
    desk: str


class MergeNow(Decides, CallbackData, prefix="jy"):
    """`read` and `beside` are the revisions of the two that were shown side by side."""

    among: ClassVar = {"desk": DESKS}

    number: int
    target: int
    read: int
    beside: int
    desk: str


class GroupTwin(Decides, CallbackData, prefix="jc"):
    """On a card in the moderators' group that names another question like it; fields as of MergeNow. `act` "merge"
    does it, and after it the next may stand there; "choose" leads to where one says which of the two stays."""

    among: ClassVar = {"act": ("merge", "choose")}
    when: ClassVar = {"act": ("merge",)}
    stays: ClassVar = {"number": (), "target": (), "read": (), "beside": ()}

    act: str
    number: int
    target: int
    read: int
    beside: int


class PartAgain(Decides, CallbackData, prefix="jd"):
    """Undo the merge `deed`, on the card of the question that stayed: `number`."""

    among: ClassVar = {"desk": DESKS}

    deed: int
    number: int
    desk: str


class Unmerge(Decides, CallbackData, prefix="ju"):
    among: ClassVar = {"desk": DESKS}

    number: int
    desk: str


class LabelPick(CallbackData, prefix="jl"):
    among: ClassVar = {"desk": DESKS}

    number: int
    desk: str


class SetLabel(Decides, CallbackData, prefix="jb"):
    anywhere: ClassVar = True
    among: ClassVar = {"wanted": YES_NO, "desk": DESKS}

    number: int
    topic: str
    wanted: int
    desk: str


class LabelCounts(CallbackData, prefix="jf"):
    session: str


class LabelPage(CallbackData, prefix="svl"):
    """Another page of the topics that one question may have."""

    among: ClassVar = {"desk": DESKS}

    number: int
    desk: str
    page: int


class LabelCountsPage(CallbackData, prefix="svc"):
    """Another page of the topics of a session's questions."""

    session: str
    page: int


class LabelList(CallbackData, prefix="jg"):
    session: str
    topic: str
    page: int


class Sortings(CallbackData, prefix="jp"):
    session: str


class Sort(CallbackData, prefix="js"):
    session: str
    sorting: str  # one of storage.lines.SORTINGS


class StopWordsPage(CallbackData, prefix="jw"):
    page: int


class AskStopWord(CallbackData, prefix="jx"):
    """Whether to remove it; fields as of RemoveStopWord."""

    mark: str
    page: int


class RemoveStopWord(Decides, CallbackData, prefix="jr"):
    mark: str  # bot.actions.moderation.stop_words.mark
    page: int


class HallScreen(CallbackData, prefix="hs"):
    session: str


class HallPrivate(Decides, CallbackData, prefix="hp"):
    """The screen of a session, or (`room`) of the room it is in."""

    stays: ClassVar = {"wanted": ()}
    among: ClassVar = {"room": YES_NO, "wanted": YES_NO}

    session: str
    room: int
    wanted: int
