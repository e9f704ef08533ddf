"""Change notices: whom a published version concerns, and what each person reads when the notice is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.actions.outgoing import ChangeMark, ChangeNotice, ChangeWord
from bot.actions.publishing.hanging import waiting_for
from bot.programme.differences import CANCELLED, HELD, REMOVED, SessionChange, session_changes
from bot.programme.model import Programme, Session
from storage import heirs, notices, programmes, told
from storage.database import Transaction
from storage.deliveries import Delivery
from storage.notices import Ties, Touched
from storage.told import TOLD, Copy

# An organizer who moves five sessions in a minute causes one message; those whose session is near do not wait.
PATIENCE, HASTE = 60, 10  # seconds from the publication to the news
NEAR = 20 * 60  # seconds before a session, old or new, within which there is haste
LONGEST = 300  # seconds for which further publications can put the news off


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people a difference concerns, `by_session`; and how many will be notified of it, each once.

    Nobody is notified of what is undone before its notice was sent. Of the `people`, `waiting` are still to be sent an
    earlier notice, and get one of both even if this is published quietly.
    """

    by_session: Mapping[str, int]
    people: int
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a difference concerns, by session; and who will be notified of it: those who wait for an earlier notice
    anyway, and `others` when it is not published quietly."""

    by_session: Mapping[str, set[int]]
    waiting: set[int]
    others: set[int]

    @property
    def reach(self) -> Reach:
        by_session = {code: len(people) for code, people in self.by_session.items()}
        return Reach(by_session, len(self.waiting) + len(self.others), len(self.waiting))


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a version's notices: `told` people, of whom `repeated` may have it twice; still `waiting`; not
    `reached`; `unsure` whether it arrived."""

    told: int
    waiting: int
    unreached: int
    unsure: int
    repeated: int


NOBODY = Report(0, 0, 0, 0, 0)


def audience(tx: Transaction, changes: Sequence[SessionChange], programme: Programme, now: float) -> Audience:
    """Who will be notified when `programme` is published, which makes these changes of the newest version. Whatever is
    said of their number, before and after, is counted here."""
    by_session = concerned_by(tx, news(changes, now))
    untold = notices.untold_by(tx, ChangeNotice.kind)
    waiting: set[int] = set()
    for known in sorted({*untold.values()}):
        version = programmes.get(tx, known)
        assert version is not None, f"version {known} is gone"
        left = session_changes(Programme.from_document(version.document), programme)
        people = set[int]().union(*concerned_by(tx, news(left, now)).values())
        waiting |= {person for person in people if untold.get(person) == known}
    return Audience(by_session, waiting, set[int]().union(*by_session.values()) - untold.keys())


def report(tx: Transaction, version: int) -> Report:
    left = told.report(tx, ChangeNotice.kind, version)
    waiting = sum(known < version for known in notices.untold_by(tx, ChangeNotice.kind).values())
    return Report(left.told, left.on_their_way + waiting, left.unreached, left.unsure, left.repeated)


def concerned_by(tx: Transaction, changes: Sequence[SessionChange]) -> dict[str, set[int]]:
    """By session."""
    return {one.code: notices.people(tx, one.code, one.people, asked(one), goes=goes(one)) for one in changes}


def enqueue(
    tx: Transaction,
    before: int,
    *,
    after: int,
    changes: Sequence[SessionChange],
    whom: Audience,
    quiet: bool,
    now: int,
) -> None:
    """Enqueue the news of the published version `after`.

    Anyone whose notice of a version before still waits gets one message of both, and none when it comes to nothing
    for them. `quiet`: nobody else gets one. What people were told is looked at again all the same, which makes no
    sound: it shows what holds. After a quiet version it does so at once, for no message comes.
    """
    undone = notices.untold_by(tx, ChangeNotice.kind).keys() - whom.waiting
    notices.extend(tx, ChangeNotice.kind, after=after, now=now, due_at=now + PATIENCE, soon=HASTE, longest=LONGEST)
    what = [
        Touched(one.code, one.people, now + wait(one, now), int(one.over_at), asked(one), goes(one))
        for one in news(changes, now)
    ]
    notices.note(tx, after, what)
    if not quiet:
        notices.enqueue(tx, ChangeNotice.kind, before, after=after, now=now)
    notices.withdraw(tx, ChangeNotice.kind, undone, now)
    for seconds, codes in marked(changes, quiet, now).items():
        told.look_again(tx, ChangeMark.kind, codes, due_at=now + seconds, now=now)


def marked(changes: Sequence[SessionChange], quiet: bool, now: int) -> dict[int, list[str]]:
    """In how many seconds what people were told of which sessions is looked at, over or not: after the newer notice,
    for that may yet be undone."""
    found: dict[int, list[str]] = {}
    for one in changes:
        if one.told:
            found.setdefault(0 if quiet else wait(one, now), []).append(one.code)
    return found


def rewind(tx: Transaction, now: int) -> None:
    """The clock was ahead, and what was enqueued then would wait until it is there again. What waits for the end of
    quiet hours is looked at once more, and waits on."""
    notices.rewind(tx, (ChangeNotice.kind, ChangeMark.kind, ChangeWord.kind), now, LONGEST)


def news(changes: Sequence[SessionChange], now: float) -> list[SessionChange]:
    """Those that people are notified of: nobody needs to know how a session was that is over."""
    return [one for one in changes if one.told and one.over_at > now]


def wait(change: SessionChange, now: int) -> int:
    return HASTE if any(now - NEAR < start < now + NEAR for start in change.starts) else PATIENCE


def concerned(ties: Ties, changes: Sequence[SessionChange]) -> list[SessionChange]:
    """Those that the person is notified of: their sessions, and those where they speak or spoke; who moderates all,
    those that nobody moderates; who follows a question, those of them that go away."""
    return [one for one in changes if one.told and concerns(ties, one)]


def concerns(ties: Ties, change: SessionChange) -> bool:
    if change.code in ties.sessions or ties.speakers & change.people:
        return True
    if goes(change) and change.code in ties.followed:
        return True
    return ties.all_but is not None and asked(change) and change.code not in ties.all_but


def asked(change: SessionChange) -> bool:
    """Whether there is anything to moderate."""
    return not change.session.is_break


def goes(change: SessionChange) -> bool:
    """Whether what was asked there has no session any more."""
    return bool({REMOVED, CANCELLED} & {*change.told})


def outdates(said: SessionChange, since: SessionChange) -> bool:
    """Whether what was `said` of a session does not hold any more after what has changed `since`."""
    return bool(since.told) and bool({*said.told} & {*since.told} or {*said.told, *since.told} & HELD)


def facts(tx: Transaction, person: int) -> tuple[Ties, list[Copy]]:
    """What concerns the person, and what they have been told, in its order."""
    return notices.ties(tx, person), told.of_person(tx, ChangeNotice.kind, person)


def left(tx: Transaction, person: int) -> Left:
    return Left(waiting_for(tx, person), heirs.stars_of(tx, person))


def leave(tx: Transaction, notice: ChangeNotice, delivery: Delivery, sessions: Sequence[str], now: int) -> bool:
    """Write down that the notice leaves now and speaks of these sessions. False when it is not to leave: there is more
    news for the person by now, and it waits again (`gather`), or another has it."""
    if overtaken(tx, notice, delivery):
        gather(tx, delivery, now)
        return False
    return told.tell(tx, delivery.id, older=notice.before, newer=notice.after, sessions=sessions)


def leave_word(tx: Transaction, notice: ChangeNotice, delivery: Delivery, sessions: Sequence[str], state: str) -> bool:
    """Write down that a correction of the notice leaves now, as a message of its own. False when the claim was lost."""
    return told.tell(tx, delivery.id, older=notice.before, newer=notice.after, sessions=sessions, state=state)


def correct(tx: Transaction, notice: ChangeNotice, person: int, now: int) -> None:
    """Let what holds of the notice go to the person as a message of its own."""
    word = ChangeWord(notice.before, notice.after)
    told.enqueue_again(tx, word.kind, word.thing, person, now)


def overtaken(tx: Transaction, notice: ChangeNotice, delivery: Delivery) -> bool:
    """Whether a claimed notice is to be put together again (`gather`): there is a newer version than its own, or
    another notice waits for the person."""
    return notice.after != programmes.newest_number(tx) or len(notices.untold(tx, ChangeNotice.kind, delivery)) > 1


def gather(tx: Transaction, delivery: Delivery, now: int) -> None:
    """Let a claimed notice wait again and speak of all that the person does not know yet, in one message.

    A publication does so with what waits (`enqueue`); this one was claimed then, and was put back, or is not gone yet.
    It is due with the newest of them, under the same bounds. Nothing is done when the claim was lost.
    """
    untold = notices.untold(tx, ChangeNotice.kind, delivery)
    if not any(one.claimed for one in untold):
        return
    first = min(ChangeNotice.parse(one.thing).before for one in untold)
    latest = max(untold, key=lambda one: ChangeNotice.parse(one.thing))
    hasty = [one.due_at for one in untold if one.due_at <= one.created_at + HASTE]
    notices.notify_together(
        tx,
        ChangeNotice.kind,
        delivery=delivery,
        thing=ChangeNotice(first, programmes.newest_number(tx)).thing,
        due_at=min(latest.due_at, min(one.created_at for one in untold) + LONGEST, *hasty),
        valid_until=max(one.valid_until for one in untold),
        now=now,
    )


@dataclass(frozen=True, slots=True)
class News:
    """One session of a notice; `again`: it is as it was before the person's last notice.

    `questions` are those that the person waits for and that stay where nobody asks any more, `star_on` is where their
    star is now. `state` is what is to be read of it: TOLD, REPLACED by a newer message, or WITHDRAWN, when it says what
    holds now: `since` is what has changed of the session after the notice. `moved`: the time in its title is another by
    now, which no newer message says.
    """

    change: SessionChange
    again: bool = False
    state: str = TOLD
    since: SessionChange | None = None
    moved: bool = False
    questions: tuple[int, ...] = ()
    star_on: Session | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """What a person has left at sessions, by their codes: the questions that they wait for, and where stars were
    moved."""

    questions: Mapping[str, tuple[int, ...]]
    stars: Mapping[str, str]

    def at(self, news: News, programme: Programme) -> News:
        """The news, with what happens to that; `programme` is the one that holds."""
        session = programme.session(news.change.code)
        if not goes(news.change) or (session is not None and not session.cancelled):
            return news
        star_on = programme.session(self.stars.get(news.change.code, ""))
        return replace(news, questions=self.questions.get(news.change.code, ()), star_on=star_on)
