"""The callback data of staff's buttons; for everybody's, and the rules of both, see buttons.py.

Whoever presses is asked for their right anew: a button may have been forwarded, or be older than a role.
"""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class DeskPage(CallbackData, prefix="kp"):
    page: int


class DeskSession(CallbackData, prefix="ks"):
    session: str


class DeskNext(CallbackData, prefix="kn"):
    """The first question of a list ("w" waiting, "a" approved) with a number above `after`."""

    session: str
    which: str
    after: int


class Decide(CallbackData, prefix="kd"):
    """`desk` is w or a when the card was opened from that list, - when it came by itself."""

    number: int
    decision: str
    desk: str


class Reason(CallbackData, prefix="kr"):
    """`reason` is one of the ready ones, "none" or "own"."""

    number: int
    reason: str
    desk: str


class ShowCard(CallbackData, prefix="kc"):
    number: int
    desk: str


class Announce(CallbackData, prefix="an"):
    number: int
    act: str  # send, cancel


class Invite(CallbackData, prefix="si"):
    role: str
    session: str


class InviteDay(CallbackData, prefix="sd"):
    day: str
    page: int


class Revoke(CallbackData, prefix="sr"):
    person: int
    role: str
    session: str
    sure: int


class WithdrawInvitation(CallbackData, prefix="sw"):
    digest: str  # its first 16 characters


class OpenStage(CallbackData, prefix="to"):
    session: str


class LeaveStage(CallbackData, prefix="tl"):
    session: str


class StageMove(CallbackData, prefix="tm"):
    """`read` is the revision of the question that the button stood under; `move` one of bot.actions.stage.MOVES."""

    number: int
    read: int
    move: str


class StageAnswer(CallbackData, prefix="ta"):
    number: int
    read: int


class StageUndo(CallbackData, prefix="tu"):
    deed: int


class StageList(CallbackData, prefix="tp"):
    session: str
    page: int


class StageSkipped(CallbackData, prefix="tk"):
    session: str
    page: int


class StageNote(CallbackData, prefix="tn"):
    """Write a note to the chair."""

    session: str


class ClearNote(CallbackData, prefix="tc"):
    """Take away the note written at that moment (epoch seconds), and no later one; `place`: stage, form."""

    session: str
    written_at: int
    place: str


class Papers(CallbackData, prefix="ym"):
    """The papers of a session; of the whole forum when it is ""."""

    session: str


class GetPaper(CallbackData, prefix="yf"):
    session: str
    kind: str  # docx, xlsx, csv


class ReadSummary(CallbackData, prefix="ys"):
    session: str


class GroupDesk(CallbackData, prefix="gd"):
    """The desk in the group in which it is pressed."""

    act: str  # open, check, move, stay, close


class GroupCard(CallbackData, prefix="gc"):
    """On a card in the moderators' group."""

    number: int
    act: str  # one of bot.actions.moderation.DECISIONS, take, back, undo, more


class GroupReason(CallbackData, prefix="gr"):
    number: int
    reason: str  # as in Reason


class Work(CallbackData, prefix="kw"):
    """Claim a question, let go of it, or take it over from who has claimed it."""

    number: int
    act: str  # take, leave, over
    desk: str


class More(CallbackData, prefix="km"):
    """What else can be done about a question; `desk` as in Decide."""

    number: int
    desk: str


class SetVoice(CallbackData, prefix="kv"):
    """Mute the author of a question, or let them ask again; `desk` "m" is the list of who is muted."""

    number: int
    muted: int
    desk: str


class MutedPage(CallbackData, prefix="kq"):
    page: int


class Undo(CallbackData, prefix="ku"):
    deed: int
    desk: str


class History(CallbackData, prefix="kh"):
    """What was done about a question, and by whom."""

    number: int
    desk: str


class DeedsPage(CallbackData, prefix="ka"):
    """Who did what: of one person (0: everybody) about one session ("": all)."""

    person: int
    session: str
    page: int


class DeedsBy(CallbackData, prefix="kf"):
    """Whose deeds, or about which session: the choice."""

    what: str  # person, session
    page: int


class Correct(CallbackData, prefix="je"):
    """Correct the wording of a question; `desk` here and below as in Decide."""

    number: int
    desk: str


class ShowOriginal(CallbackData, prefix="jo"):
    number: int
    desk: str


class MergePick(CallbackData, prefix="jm"):
    """What the question could be merged into."""

    number: int
    page: int
    desk: str


class MergeWith(CallbackData, prefix="jt"):
    number: int
    target: int
    desk: str


class MergeNow(CallbackData, prefix="jy"):
    """`read` and `beside` are the revisions of the two that were shown side by side."""

    number: int
    target: int
    read: int
    beside: int
    desk: str


class Unmerge(CallbackData, prefix="ju"):
    number: int
    desk: str


class LabelPick(CallbackData, prefix="jl"):
    number: int
    desk: str


class SetLabel(CallbackData, prefix="jb"):
    number: int
    topic: str
    wanted: int
    desk: str


class LabelCounts(CallbackData, prefix="jf"):
    session: str


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


class RemoveStopWord(CallbackData, prefix="jr"):
    mark: str  # bot.actions.stop_words.mark
    page: int


class HallScreen(CallbackData, prefix="hs"):
    session: str


class HallPrivate(CallbackData, prefix="hp"):
    """The screen of a session, or (`room`) of the room it is in."""

    session: str
    room: int
    wanted: int


class AnnounceDesk(CallbackData, prefix="ad"):
    number: int
    act: str  # open, new, preview, replace, confirm, urgent, calm, link, back, drop


class AnnounceDecide(CallbackData, prefix="ay"):
    """A second organizer's word about an announcement as it was put forward at `asked` (epoch seconds): taken back and
    put forward anew, it may say something else."""

    number: int
    asked: int
    act: str  # approve, decline


class AnnounceRun(CallbackData, prefix="ar"):
    """What has begun."""

    number: int
    act: str  # pause, resume, stop, correct, remove, removal


class AnnounceList(CallbackData, prefix="al"):
    page: int


class AnnounceAudience(CallbackData, prefix="aa"):
    """One choice more or less, or (value "") only the page of a kind's choices."""

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

    number: int
    purpose: str
    session: str
    page: int


class AnnounceVersion(CallbackData, prefix="av"):
    number: int
    language: str
    act: str  # open, write, name, drop; of a correction: correct, staged


class AnnounceApply(CallbackData, prefix="az"):
    """Carry out the correction of a version that was shown above the button; `mark` as bot.actions.wording has it."""

    number: int
    language: str
    mark: str


class AnnounceSendBack(CallbackData, prefix="at"):
    """Do not: fields as of AnnounceApply."""

    number: int
    language: str
    mark: str


class AnnounceFailures(CallbackData, prefix="af"):
    number: int
    page: int
