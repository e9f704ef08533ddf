"""Whatever organizers publish and undo while messages go out: the last word each person has is the programme's."""

from __future__ import annotations

import asyncio
import datetime as dt
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from aiogram.methods import EditMessageText
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.actions.outgoing import ChangeMark, ChangeNotice
from bot.actions.publishing import publishing
from bot.actions.publishing.drafts import read as read_draft
from bot.actions.publishing.drafts import whole
from bot.clock import StillClock
from bot.delivery.notices import Notices
from bot.delivery.rendered import Later, Requeued, Send
from bot.programme.changes import diff, to_json
from bot.programme.current import CurrentProgramme
from bot.programme.differences import session_changes
from bot.programme.model import Forum, Programme, Room, Session, Speaker, Text
from bot.texts import Translators
from bot.versions import Versions
from bot.who import Who
from storage import bookmarks, drafts, leases, participants, programmes, roles
from storage.database import Database, Transaction, open_database
from storage.deliveries import DROPPED, SENT, Delivery, Outcome
from storage.leases import PutBack
from tests.examples import examples

FORUM = Forum(Text("x"), timezone="Asia/Almaty")
MORNING = dt.datetime(2026, 11, 26, 6, tzinfo=FORUM.zone)
ROOMS = (Room("r", Text("Отырар")), Room("q", Text("Сығанақ")))
SPEAKERS = (Speaker("ann", Text("Анна")), Speaker("bek", Text("Бек")))
ORGANIZER, STARS, BOTH, SPEAKS, NOBODY = 1, 2, 3, 4, 5
PEOPLE = (ORGANIZER, STARS, BOTH, SPEAKS, NOBODY)
CODES = ("a", "b", "c")


def first() -> Programme:
    sessions = tuple(
        Session(code, "talk", Text(code), at, at + dt.timedelta(minutes=40), at.date(), room="r", speakers=("ann",))
        for number, code in enumerate(CODES)
        for at in [MORNING + dt.timedelta(hours=6 + number)]
    )
    return Programme(FORUM, rooms=ROOMS, speakers=SPEAKERS, sessions=sessions, days=())


@dataclass(frozen=True)
class Edit:
    session: str
    minutes: int = 0
    room: str | None = None
    cancel: bool = False
    speaker: str | None = None

    def __call__(self, programme: Programme) -> Programme:
        return replace(programme, sessions=tuple(map(self._of, programme.sessions)))

    def _of(self, one: Session) -> Session:
        if one.code != self.session:
            return one
        by = dt.timedelta(minutes=self.minutes)
        return replace(
            one,
            start=one.start + by,
            end=one.end + by,
            room=self.room or one.room,
            cancelled=one.cancelled != self.cancel,
            speakers=(self.speaker,) if self.speaker else one.speakers,
        )


EDITS = st.one_of(
    st.builds(Edit, st.sampled_from(CODES), minutes=st.sampled_from((10, 20, -10, -20))),
    st.builds(Edit, st.sampled_from(CODES), room=st.sampled_from("rq")),
    st.builds(Edit, st.sampled_from(CODES), cancel=st.just(True)),
    st.builds(Edit, st.sampled_from(CODES), speaker=st.sampled_from(("ann", "bek"))),
)
# An edit is published at once; the claims of what is sent slowly stand while that happens.
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("publish"), EDITS),
        st.tuples(st.just("undo"), st.none()),
        st.tuples(st.just("wait"), st.sampled_from((5, 30, 70, 400))),
        st.tuples(st.just("claim"), st.none()),
        st.tuples(st.just("write"), st.none()),
        st.tuples(st.just("send"), st.none()),
        st.tuples(st.just("put back"), st.sampled_from((None, 30, 300))),
    ),
    max_size=14,
)


class Stage:
    """The actions and the outgoing messages on a real database, with a sender that takes its time."""

    def __init__(self, db: Database, clock: StillClock) -> None:
        self.db = db
        self.clock = clock
        self.current = CurrentProgramme(first(), 1)
        self.versions = Versions(db, self.current)
        self.notices = Notices(db, self.versions, clock)
        self.t = Translators(FORUM.zone)["ru"]
        self.who = Who(ORGANIZER, "ru", participant(ORGANIZER), chief=True)
        self.claimed: list[Delivery] = []
        self.on_its_way: list[Outcome | PutBack] = []  # what has left, and is not written down yet
        self.notified: list[tuple[int, int, ChangeNotice]] = []  # recipient, message, what it says
        self.marked: dict[int, str] = {}  # message -> what it shows since

    async def publish(self, edit: Edit) -> None:
        stored = await self.db.read(read_draft)
        published = self.current.programme
        changes = to_json(diff(published, edit(published)))
        if changes:
            await self.db.write(self._add, changes)
            stored = await self.db.read(read_draft)
            draft = whole(published, stored)
            await self.db.write(publishing.publish, self.who, self.clock.seconds(), draft, False)
            await self.versions.refresh()

    def _add(self, tx: Transaction, changes: Sequence[object]) -> None:
        assert drafts.move_on(tx, drafts.revision(tx))
        drafts.add(tx, "x", detail={}, changes=changes, made_by=ORGANIZER, now=1)

    async def undo(self) -> None:
        number = self.current.number
        if number > 1:
            older = await self.db.read(publishing.before, self.who, number)
            now, former = self.current.programme, await self.versions.get(older)
            await self.db.write(
                publishing.undo, self.who, self.clock.seconds(), number, programme=now, older=older, former=former
            )
            await self.versions.refresh()

    async def claim(self) -> None:
        now = self.clock.seconds()
        self.claimed += await self.db.write(leases.claim, "s", now=now, until=now + 999_999, limit=100, lane=3)

    async def write(self) -> None:
        results = [await self._carried(delivery) for delivery in self.claimed]
        self.on_its_way += [one for one in results if one is not None]
        self.claimed = []

    async def send(self) -> None:
        await self.write()
        for result in self.on_its_way:
            await self._settle(result)
        self.on_its_way = []

    async def _carried(self, delivery: Delivery) -> Outcome | PutBack | None:
        if delivery.kind == ChangeNotice.kind:
            notice = ChangeNotice.parse(delivery.thing)
            rendered = await self.notices.change(notice, delivery, self.t)
            if isinstance(rendered, Requeued):
                return None
            if rendered is None:
                return Outcome(delivery.id, DROPPED)
            assert notice.after == self.current.number, "old news"
            self.notified.append((delivery.recipient, delivery.id, notice))
            return Outcome(delivery.id, SENT, [delivery.id])
        rendered = await self.notices.mark(ChangeMark.parse(delivery.thing), delivery.recipient, self.t)
        if isinstance(rendered, Later):
            return PutBack(delivery.id, rendered.due_at)
        if rendered is None:
            return Outcome(delivery.id, DROPPED)
        assert isinstance(rendered, Send)
        [call] = rendered.calls
        assert isinstance(call, EditMessageText)
        assert call.message_id is not None
        assert call.text is not None
        self.marked[call.message_id] = call.text
        return Outcome(delivery.id, SENT, [call.message_id])

    async def put_back(self, pause: int | None) -> None:
        """They wait again: as a flood does, or some seconds as a server's error does."""
        due_at = None if pause is None else self.clock.seconds() + pause
        for delivery in self.claimed:
            await self._settle(PutBack(delivery.id, due_at))
        self.claimed = []

    async def _settle(self, result: Outcome | PutBack) -> None:
        await self.db.write(leases.settle, "s", [result], self.clock.seconds())

    async def wait(self, seconds: int) -> None:
        self.clock.move(dt.timedelta(seconds=seconds))

    async def struck(self, person: int, *, before: int, after: int) -> str:
        """What the message is to show when all is said: what is not so any more is struck out."""
        rendered = await self.notices.mark(ChangeMark(before, after), person, self.t)
        assert isinstance(rendered, Send), rendered
        [call] = rendered.calls
        assert isinstance(call, EditMessageText)
        return str(call.text)

    async def run_dry(self) -> None:
        for _ in range(40):
            await self.send()
            await self.wait(100)
            await self.claim()
            if not self.claimed and not await self.db.read(waiting):  # what was put back may be due in minutes
                return
        raise AssertionError("messages go round and round")


def waiting(tx: Transaction) -> int:
    return int(tx.value("SELECT COUNT(*) FROM deliveries WHERE state = 'waiting'"))


def participant(person: int) -> participants.Participant:
    return participants.Participant(person, "ru", 1, "x", None, None, 1, 10, False, None)


def people(tx: Transaction) -> None:
    for person in PEOPLE:
        participants.consent(tx, person, "ru", 10, 1)
        participants.register(tx, person, 1)
    bookmarks.add(tx, STARS, "a", 1)
    bookmarks.add(tx, BOTH, "a", 1)
    bookmarks.add(tx, BOTH, "b", 1)
    roles.grant(tx, SPEAKS, role="speaker", session="bek", granted_by=None, now=1)
    programmes.publish(tx, first().to_document(), source="x", published_by=None, now=1)


def concerned_by(person: int, before: Programme, after: Programme) -> bool:
    wanted = {STARS: {"a"}, BOTH: {"a", "b"}}.get(person, set())
    return any(
        one.code in wanted or (person == SPEAKS and "bek" in one.people)
        for one in session_changes(before, after)
        if one.told
    )


async def play(folder: Path, actions: Sequence[tuple[str, object]]) -> None:
    db = await open_database(str(folder / "forum.db"))
    try:
        await db.write(people)
        stage = Stage(db, StillClock(MORNING.astimezone(dt.UTC)))
        for action, what in actions:
            match action, what:
                case "publish", Edit():
                    await stage.publish(what)
                case "wait", int():
                    await stage.wait(what)
                case "undo", _:
                    await stage.undo()
                case "claim", _:
                    await stage.claim()
                case "write", _:
                    await stage.write()
                case "send", _:
                    await stage.send()
                case "put back", (int() | None) as pause:
                    await stage.put_back(pause)
        await stage.run_dry()
        await holds(stage)
    finally:
        await db.close()


async def holds(stage: Stage) -> None:
    versions = {number: await stage.versions.get(number) for number in range(1, stage.current.number + 1)}
    now = stage.current.programme
    for person in PEOPLE:
        notified = [(message, notice.before, notice.after) for to, message, notice in stage.notified if to == person]
        assert notified == sorted(notified, key=lambda one: one[1]), "what was said later is newer"
        # Each message is about a difference of its own.
        steps = Counter(number for _, before, after in notified for number in range(before, after))
        assert all(times == 1 for times in steps.values()), (person, notified)
        for _, before, after in notified:
            assert concerned_by(person, versions[before], versions[after])
        # Told or never interesting: each step that concerned them is in a message, or was undone before it was sent.
        untold = [number for number in range(1, stage.current.number) if number not in steps]
        for start, end in spans(untold):
            if person != SPEAKS:  # in what they do not speak any more, a step of others is nobody's
                assert not concerned_by(person, versions[start], versions[end]), (person, start, end, notified)
        for message, before, after in notified:
            said = {one.code: one for one in session_changes(versions[before], versions[after]) if one.told}
            changed = {one.code: one for one in session_changes(versions[after], now) if one.told}
            mine = {"a"} if person == STARS else {"a", "b"} if person == BOTH else set()
            same = [code for code in mine & said.keys() & changed.keys() if {*said[code].told} & {*changed[code].told}]
            if same:
                assert message in stage.marked, (person, notified, same)
                assert stage.marked[message] == await stage.struck(person, before=before, after=after), (
                    person,
                    notified,
                    same,
                )
            if not changed:
                assert message not in stage.marked or any(one[1] >= after for one in notified)


def spans(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Versions between which nobody was notified: (2, 5) of the steps 2, 3, 4."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number:
            found[-1] = (found[-1][0], number + 1)
        else:
            found.append((number, number + 1))
    return found


def later(session: str) -> tuple[str, object]:
    return "publish", Edit(session, minutes=10)


def wait(seconds: int) -> tuple[str, object]:
    return "wait", seconds


CLAIM, WRITE, SEND, PUT_BACK = ((action, None) for action in ("claim", "write", "send", "put back"))
TOLD = [wait(70), CLAIM, SEND]
# The next publication finds it claimed, and then it waits again.
HELD_UP = [later("a"), wait(70), CLAIM, later("a"), PUT_BACK]
HELD_UP_LONG = [later("a"), wait(70), CLAIM, later("b"), ("put back", 300)]
PUT_OFF = [("publish", Edit("a", cancel=True)), wait(70), CLAIM, ("put back", 300)]
# The mark for the first session's sake has left when the second changes.
MARK_ON_ITS_WAY = [later("a"), later("b"), *TOLD, later("a"), *TOLD, wait(5), CLAIM, WRITE, later("b"), SEND]


@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(ACTIONS)
@example(HELD_UP)
@example(HELD_UP_LONG)
@example(PUT_OFF)
@example(MARK_ON_ITS_WAY)
def test_everybodys_last_word_is_true(actions: Sequence[tuple[str, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(Path(folder), actions))
