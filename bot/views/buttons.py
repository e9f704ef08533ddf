"""All callback data on one page. It is a public format: buttons outlive deployments.

Never change a class here; add a new one with a new prefix. At most 64 bytes (Bot API,
InlineKeyboardButton.callback_data), ids only: what they mean is looked up again at each press.
A session's or room's code has at most 24 characters (bot.programme); `back` says where a card was
opened from, as "d.20261126.0", "r.hall-a.0", "p.speaker", "my", "my.1", "now", "w.0.words of a search" or "".
"""

from __future__ import annotations

from typing import Any

from aiogram.filters.callback_data import CallbackData

Button = dict[str, Any]
"""An InlineKeyboardButton as the Bot API has it. A page has thirty of them, and a model takes ten times as long
to make and to send (docs/benchmarks.md)."""


class Go(CallbackData, prefix="go"):
    """A screen without parameters: now, my, days, rooms, speakers, ask, settings, info, desk, staff, nothing."""

    where: str


class DayPage(CallbackData, prefix="d"):
    day: str  # 20261126
    page: int


class RoomPage(CallbackData, prefix="r"):
    room: str
    page: int


class RoomsPage(CallbackData, prefix="rl"):
    page: int


class MyPage(CallbackData, prefix="my"):
    page: int


class SessionCard(CallbackData, prefix="s"):
    session: str
    back: str


class Found(CallbackData, prefix="w"):
    """What a search found; `query` without ":", and only while it is short enough."""

    query: str
    page: int


class Star(CallbackData, prefix="b"):
    session: str
    wanted: int
    back: str


class Calendar(CallbackData, prefix="i"):
    which: str  # my, all


class SpeakersPage(CallbackData, prefix="ps"):
    page: int


class SpeakerCard(CallbackData, prefix="p"):
    speaker: str
    page: int


class InfoPage(CallbackData, prefix="pg"):
    page: str


class AskDay(CallbackData, prefix="qd"):
    day: str
    page: int


class AskIn(CallbackData, prefix="q"):
    session: str


class Anonymous(CallbackData, prefix="qa"):
    session: str
    wanted: int


class LeaveForm(CallbackData, prefix="x"):
    """Cancel whatever form is open."""


class MyQuestions(CallbackData, prefix="mq"):
    page: int


class MyQuestion(CallbackData, prefix="m1"):
    number: int


class EditQuestion(CallbackData, prefix="me"):
    number: int


class WithdrawQuestion(CallbackData, prefix="mw"):
    number: int
    sure: int


class FeedPage(CallbackData, prefix="f"):
    session: str
    page: int


class Vote(CallbackData, prefix="v"):
    """`wanted` is the wish the button showed, so that a double tap is one vote and not a vote taken back."""

    number: int
    wanted: int
    page: int


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


class Greet(CallbackData, prefix="l"):
    """The greeting in another language, before consent; `then` is the deep link the person came by."""

    language: str
    then: str


class Agree(CallbackData, prefix="c"):
    language: str
    then: str


class Look(CallbackData, prefix="lo"):
    """Look around without registering."""

    then: str


class TakeName(CallbackData, prefix="rn"):
    """Take the name of the Telegram profile."""


class TakeDelegation(CallbackData, prefix="rd"):
    delegation: str


class DelegationsPage(CallbackData, prefix="rp"):
    page: int


class SkipOrganization(CallbackData, prefix="rs"):
    pass


class SetLanguage(CallbackData, prefix="sn"):
    language: str


class SetLead(CallbackData, prefix="sl"):
    minutes: int


class SetMuted(CallbackData, prefix="sm"):
    muted: int


class SetQuiet(CallbackData, prefix="sq"):
    hours: str  # one of bot.actions.quiet.CHOICES


class Profile(CallbackData, prefix="sp"):
    """Change one's profile: name, delegation, organization, or no_organization."""

    what: str


class Forget(CallbackData, prefix="fg"):
    sure: int


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
    act: str  # one of bot.actions.moderation.DECISIONS, take, back


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


class AddVoice(CallbackData, prefix="ja"):
    """Instead of asking the same again."""

    number: int


class SendAnyway(CallbackData, prefix="jn"):
    """`message` is the author's message that holds the question."""

    message: int


class HallScreen(CallbackData, prefix="hs"):
    session: str


class HallPrivate(CallbackData, prefix="hp"):
    """The screen of a session, or (`room`) of the room it is in."""

    session: str
    room: int
    wanted: int


class AnnounceDesk(CallbackData, prefix="ad"):
    number: int
    act: str  # open, new, preview, replace, confirm, urgent, calm, link, back, drop, approve, decline


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
    act: str  # open, write, name, drop; of a correction: correct, staged, apply


class AnnounceFailures(CallbackData, prefix="af"):
    number: int
    page: int


class NewsPage(CallbackData, prefix="ap"):
    page: int


class NewsItem(CallbackData, prefix="ao"):
    number: int


def button(text: str, data: CallbackData, style: str | None = None) -> Button:
    made = {"text": text, "callback_data": data.pack()}
    return made if style is None else {**made, "style": style}
