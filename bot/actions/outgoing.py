"""What the outbox carries: a class for each kind of outgoing message.

A row of the outbox holds a message's `kind` and its `thing`, which are its fields (bot.actions.codec); both are public
formats, and stay. It holds no words: they are chosen when it is sent, in the language the person has by then and about
the world as it is by then (bot.delivery.rendering has a renderer for each class).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.actions.announcement_messages import Announcement as Announcement
from bot.actions.announcement_messages import AnnouncementDelete as AnnouncementDelete
from bot.actions.announcement_messages import AnnouncementEdit as AnnouncementEdit
from bot.actions.announcement_messages import AnnouncementNews as AnnouncementNews
from bot.actions.announcement_messages import Approval as Approval
from bot.actions.announcement_messages import EditApproval as EditApproval
from bot.actions.codec import OutgoingMessage
from storage import deliveries
from storage.database import Transaction

# Questions


@dataclass(frozen=True, slots=True)
class Fate(OutgoingMessage):
    """To the author, and the authors of all merged into it: the outcome of the question at that revision."""

    kind = "fate"
    question: int
    revision: int


@dataclass(frozen=True, slots=True)
class Edited(OutgoingMessage):
    """To the author: a moderator corrected the question, which made that revision."""

    kind = "edited"
    question: int
    revision: int


@dataclass(frozen=True, slots=True)
class Carried(OutgoingMessage):
    """To everybody who cares about the question: it was carried to another session, which made that revision."""

    kind = "carried"
    question: int
    revision: int


@dataclass(frozen=True, slots=True)
class Unheard(OutgoingMessage):
    """To everybody who cares about the question: there was no time for it, as was found at that moment."""

    kind = "unheard"
    question: int
    at: int


QuestionNews = Fate | Edited | Carried | Unheard


@dataclass(frozen=True, slots=True)
class Correction(OutgoingMessage):
    """To everybody who was sent that news of a question (QuestionNews): it does not hold any more."""

    kind = "correction"
    separator = "@"
    news_kind: str
    news_thing: str

    @classmethod
    def to(cls, news: QuestionNews) -> Correction:
        return cls(news.kind, news.thing)

    @property
    def news(self) -> QuestionNews:
        news = of(self.news_kind, self.news_thing)
        if not isinstance(news, QuestionNews):
            raise ValueError(f"{self.news_kind!r} is not corrected")
        return news


@dataclass(frozen=True, slots=True)
class StandsAgain(OutgoingMessage):
    """To everybody whose news of the question may say that its session does not take place: at that moment it did."""

    kind = "stands-again"
    question: int
    at: int


@dataclass(frozen=True, slots=True)
class Card(OutgoingMessage):
    """To a moderator, the question."""

    kind = "card"
    question: int


@dataclass(frozen=True, slots=True)
class CardChange(OutgoingMessage):
    """To a chat with cards of the question: what they say now.

    "12:3": question 12 is at revision 3; "12:3:480": message 480 came to show it as it was before; "12:x4f0a1b2c":
    something about the question changed without a new revision, "12:x4f0a1b2c:480" but not for message 480;
    "12:u1795000000": the claim until then is over.
    """

    kind = "card-change"
    question: int
    mark: str
    message: int | None = None

    @classmethod
    def to_revision(cls, question: int, revision: int, message: int | None = None) -> CardChange:
        return cls(question, str(revision), message)

    @classmethod
    def touch(cls, question: int, token: str, passed_over: int | None = None) -> CardChange:
        """The token makes it another message than the touch before, at the same revision of the question."""
        return cls(question, f"x{token}", passed_over)

    @classmethod
    def claim_end(cls, question: int, until: int) -> CardChange:
        return cls(question, f"u{until}")

    @property
    def passed_over(self) -> int | None:
        """The message that a touch leaves out."""
        return self.message if self.mark.startswith("x") else None

    @property
    def end_of_claim(self) -> int | None:
        """When the claim is over, if this message is to say so."""
        return int(self.mark[1:]) if self.mark.startswith("u") else None


@dataclass(frozen=True, slots=True)
class CardUnfolded(OutgoingMessage):
    """To a chat whose message is to show again what the question's card led to there, which a change of the card may
    have covered. The token makes it another one than the last."""

    kind = "card-unfolded"
    question: int
    message: int
    token: str


# The moderators' group


@dataclass(frozen=True, slots=True)
class DeskCard(OutgoingMessage):
    """To the moderators' group, the question in that topic (0: no topics). The token distinguishes it from one that was
    refused, or sent and deleted, before."""

    kind = "desk-card"
    question: int
    thread: int
    token: str


@dataclass(frozen=True, slots=True)
class DeskOffer(OutgoingMessage):
    """To a group, the button that opens the desk there."""

    kind = "desk-offer"
    separator = "@"
    language: str
    at: int


@dataclass(frozen=True, slots=True)
class DeskMoved(OutgoingMessage):
    """To a group that held the desk until then, of a version that kept no language with it."""

    kind = "desk-moved"
    at: int


@dataclass(frozen=True, slots=True)
class DeskLeft(OutgoingMessage):
    """To a group that held the desk until then, in the language it had there."""

    kind = "desk-left"
    separator = "@"
    language: str
    at: int


@dataclass(frozen=True, slots=True)
class DeskNews(OutgoingMessage):
    """To organizers: what happened to the desk in the group of that title."""

    kind = "desk-news"
    separator = "@"
    what: str
    at: int
    title: str


# Sessions


@dataclass(frozen=True, slots=True)
class Reminder(OutgoingMessage):
    """To everybody who starred the session that starts then."""

    kind = "reminder"
    separator = "@"
    session: str
    start: int


@dataclass(frozen=True, slots=True)
class Slot(OutgoingMessage):
    """To everybody who speaks at the session that starts then, or moderates it."""

    kind = "slot"
    separator = "@"
    session: str
    start: int


@dataclass(frozen=True, slots=True)
class LeftOver(OutgoingMessage):
    """To the moderators of the session that was planned to start then: it is over, by what is known since `ended`, and
    these questions are left."""

    kind = "left-over"
    separator = "@"
    session: str
    start: int
    ended: int


@dataclass(frozen=True, slots=True)
class RatingRequest(OutgoingMessage):
    """To everybody who had the session in their agenda or asked there: how was it? Once, wherever it is."""

    kind = "rating"
    session: str


@dataclass(frozen=True, slots=True, order=True)
class ChangeNotice(OutgoingMessage):
    """To everybody whom it concerns: what differs between two versions of the programme."""

    kind = "change"
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class ChangeMark(OutgoingMessage):
    """To everybody who has the notice of the same versions, in its place: what holds of it since."""

    kind = "change-mark"
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class ChangeWord(OutgoingMessage):
    """To whoever may have a copy of that notice whose message nobody knows: what holds of it, as a message of its
    own."""

    kind = "change-word"
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class StarMoved(OutgoingMessage):
    """To whoever had starred the session, which does not take place: their star stands on another since then. No notice
    says so."""

    kind = "star-moved"
    separator = "@"
    session: str
    at: int


# Staff


@dataclass(frozen=True, slots=True)
class RoleEnded(OutgoingMessage):
    """To whoever had the role until then."""

    kind = "role-ended"
    separator = "@"
    role: str
    session: str
    at: int


@dataclass(frozen=True, slots=True)
class WatchNews(OutgoingMessage):
    """To organizers: what a look at the watched address came to, and how many changes it brought."""

    kind = "watch-news"
    separator = "@"
    what: str
    at: int
    changes: int


MESSAGES: tuple[type[OutgoingMessage], ...] = (
    *(Fate, Edited, Carried, Unheard, Correction, StandsAgain),
    *(Card, CardChange, CardUnfolded),
    *(DeskCard, DeskOffer, DeskMoved, DeskLeft, DeskNews),
    *(Reminder, Slot, RatingRequest, LeftOver, ChangeNotice, ChangeMark, ChangeWord, StarMoved),
    *(Announcement, AnnouncementEdit, AnnouncementDelete, Approval, EditApproval, AnnouncementNews),
    *(RoleEnded, WatchNews),
)
BY_KIND = {message.kind: message for message in MESSAGES}
# All that these do is to change messages that are there.
CHANGES = (CardChange.kind, CardUnfolded.kind, ChangeMark.kind, StandsAgain.kind)
# What makes true again what somebody was told before. Anyone who blocked the bot gets it when they come back.
REPAIRS = (
    *(Correction.kind, StandsAgain.kind, CardChange.kind, ChangeMark.kind),
    *(AnnouncementEdit.kind, AnnouncementDelete.kind),
)


def of(kind: str, thing: str) -> OutgoingMessage | None:
    """The message of a row of the outbox; None when nothing has that kind (any more, or yet).

    ValueError when it is not a thing of this kind.
    """
    message = BY_KIND.get(kind)
    return None if message is None else message.parse(thing)


def enqueue(
    tx: Transaction,
    message: OutgoingMessage,
    recipients: Iterable[int],
    lane: int,
    now: int,
    *,
    due_at: int | None = None,
    valid_until: int | None = None,
) -> int:
    """Put the message into the outbox for each recipient; anyone who has it there already is passed over. How many
    are new."""
    return deliveries.put(
        tx,
        message.kind,
        thing=message.thing,
        recipients=recipients,
        lane=lane,
        now=now,
        due_at=due_at,
        valid_until=valid_until,
    )


def enqueue_unless_waiting(
    tx: Transaction, message: OutgoingMessage, about: str, *, recipients: Iterable[int], lane: int, now: int
) -> int:
    """As `enqueue`, but for recipients for whom one of its kind waits anyway, whose thing begins with `about`
    (`OutgoingMessage.beginning`)."""
    return deliveries.put_unless_waiting(
        tx, message.kind, thing=message.thing, about=about, recipients=recipients, lane=lane, now=now
    )
