"""Change notices: whom a published version concerns, and what each person reads when the notice is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.actions.outgoing import ChangeMark, ChangeNotice
from bot.programme.differences import HELD, SessionChange, session_changes
from bot.programme.model import Programme
from storage import notices, programmes
from storage.database import Transaction
from storage.deliveries import Delivery
from storage.notices import Ties, Touched

# An organizer who moves five sessions in a minute causes one message; those whose session is near do not wait.
PATIENCE, HASTE = 60, 10  # seconds from the publication to the news
NEAR = 20 * 60  # seconds before a session, old or new, within which there is haste
LONGEST = 300  # seconds for which further publications can put the news off


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people a difference concerns, `by_session`; and how many will be notified of it, each once.

    Nobody is notified of what is undone before its notice was sent.
    """

    by_session: Mapping[str, int]
    people: int


def reach(tx: Transaction, base: int, changes: Sequence[SessionChange], programme: Programme, now: float) -> Reach:
    """Whom the changes concern that make `programme` of version `base`, the newest."""
    of_sessions = concerned_by(tx, news(changes, now))
    everybody = set[int]().union(*of_sessions.values()).difference(*undone(tx, base, programme, now).values())
    return Reach({code: len(people) for code, people in of_sessions.items()}, len(everybody))


def concerned_by(tx: Transaction, changes: Sequence[SessionChange]) -> dict[str, set[int]]:
    """By session."""
    return {one.code: notices.people(tx, one.code, one.people) for one in changes}


def undone(tx: Transaction, base: int, programme: Programme, now: float) -> dict[int, set[int]]:
    """Who waits for a notice of version `base` and needs none any more when `programme` holds instead; by the version
    that they know."""
    found = {}
    for thing, people in notices.waiting(tx, ChangeNotice.kind, base).items():
        known = ChangeNotice.parse(thing).before
        version = programmes.get(tx, known)
        assert version is not None, f"version {known} is gone"
        left = session_changes(Programme.from_document(version.document), programme)
        found[known] = people.difference(*concerned_by(tx, news(left, now)).values())
    return found


def enqueue(
    tx: Transaction,
    before: int,
    *,
    after: int,
    changes: Sequence[SessionChange],
    programme: Programme,
    quiet: bool,
    now: int,
) -> None:
    """Enqueue the news of the published version `after`, which is `programme`, for everybody concerned.

    Anyone whose notice of the version before still waits gets one message of both, and none when it comes to nothing
    for them. `quiet`: nobody else gets one, but messages that become untrue are marked as such all the same, which
    makes no sound.
    """
    idle = undone(tx, before, programme, now)
    notices.extend(
        tx, ChangeNotice.kind, before=before, after=after, due_at=now + PATIENCE, soon=HASTE, longest=LONGEST
    )
    what = [Touched(one.code, one.people, now + wait(one, now), int(one.over_at)) for one in news(changes, now)]
    notices.note(tx, after, what)
    if not quiet:
        notices.enqueue(tx, ChangeNotice.kind, before, after=after, now=now)
    for known, people in idle.items():
        notices.withdraw(tx, ChangeNotice.kind, ChangeNotice(known, after).thing, people, now)
    for thing in notices.things(tx, ChangeNotice.kind):
        notice = ChangeNotice.parse(thing)
        notices.mark(
            tx,
            notice.kind,
            mark=ChangeMark.kind,
            thing=notice.thing,
            first=notice.before,
            last=notice.after,
            version=after,
            now=now,
        )


def news(changes: Sequence[SessionChange], now: float) -> list[SessionChange]:
    """Those that people are notified of: nobody needs to know how a session was that is over."""
    return [one for one in changes if one.told and one.over_at > now]


def wait(change: SessionChange, now: int) -> int:
    return HASTE if any(now - NEAR < start < now + NEAR for start in change.starts) else PATIENCE


def concerned(ties: Ties, changes: Sequence[SessionChange]) -> list[SessionChange]:
    """Those that the person is notified of: their sessions, and those where they speak or spoke."""
    return [one for one in changes if one.told and (one.code in ties.sessions or ties.speakers & one.people)]


def outdates(said: SessionChange, since: SessionChange) -> bool:
    """Whether what was `said` of a session does not hold any more after what has changed `since`."""
    return bool(since.told) and bool({*said.told} & {*since.told} or {*said.told, *since.told} & HELD)


def facts(tx: Transaction, person: int) -> tuple[Ties, ChangeNotice | None]:
    """What concerns the person, and the notice they were sent last."""
    last = notices.last_notified(tx, ChangeNotice.kind, person)
    return notices.ties(tx, person), None if last is None else ChangeNotice.parse(last)


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
    """One session of a notice; `again`: it is as it was before the person's last notice."""

    change: SessionChange
    again: bool = False
