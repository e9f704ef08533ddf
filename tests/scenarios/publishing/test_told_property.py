"""Whatever organizers publish, quietly or not, undo and bring back, whatever happens to messages and whoever blocks the
bot: the last word in each person's chat is true of the programme, and nothing promises a message that is not there."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiogram.methods import EditMessageText, SendMessage
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.actions.outgoing import ChangeMark, ChangeNotice, ChangeWord
from bot.actions.people import participants as people_actions
from bot.actions.publishing import notices, publishing
from bot.actions.publishing.drafts import read as read_draft
from bot.actions.publishing.drafts import whole
from bot.clock import StillClock
from bot.delivery.rendered import Later, Rendered, Requeued, Send
from bot.programme.changes import diff, to_json
from bot.programme.model import Programme, Session
from storage import bookmarks, leases, participants
from storage.database import open_database
from storage.deliveries import BLOCKED, DROPPED, SENT, UNSURE, Delivery, Outcome
from storage.leases import PutBack
from tests.examples import examples
from tests.scenarios.publishing.test_notices_property import BOTH, CODES, EDITS, MORNING, SPEAKS, STARS, Edit, people
from tests.scenarios.publishing.test_notices_property import Stage as Sending

READERS = (STARS, BOTH, SPEAKS)
ARRIVES, UNSURE_BUT_THERE, LOST, FLOOD, CRASH = "arrives", "unsure", "lost", "flood", "crash"

STEPS = st.one_of(
    st.tuples(st.just("publish"), st.tuples(EDITS, st.booleans())),
    st.tuples(st.just("publish"), st.tuples(EDITS, st.booleans())),
    st.tuples(st.just("undo"), st.none()),
    st.tuples(st.just("restore"), st.tuples(st.integers(1, 4), st.booleans())),
    st.tuples(st.just("wait"), st.sampled_from((1, 30, 70, 400))),
    st.tuples(st.just("jump"), st.sampled_from((86_400, -86_400, 5 * 3600, -5 * 3600))),
    st.tuples(st.just("carry"), st.sampled_from((ARRIVES, ARRIVES, UNSURE_BUT_THERE, LOST, FLOOD, CRASH))),
    st.tuples(st.just("block"), st.sampled_from(READERS)),
    st.tuples(st.just("back"), st.sampled_from(READERS)),
    st.tuples(st.just("star"), st.tuples(st.sampled_from((STARS, BOTH)), st.sampled_from(CODES), st.booleans())),
    st.tuples(st.just("rest"), st.none()),
    st.tuples(st.just("rest"), st.none()),
)
Steps = Sequence[tuple[str, object]]


@dataclass
class Standing:
    """A message in a chat; `known` is one whose id the bot has."""

    text: str
    known: bool


class Stage(Sending):
    """The actions and the outgoing messages, with chats in which one can read."""

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]  # as they are
        self.chats: dict[int, dict[int, Standing]] = {one: {} for one in READERS}
        self.blocked: set[int] = set()
        self.holder = "s0"
        self.next = 1000

    async def say(self, after: Programme, quiet: bool) -> None:
        await self.db.write(self._add, to_json(diff(self.current.programme, after)))
        draft = whole(self.current.programme, await self.db.read(read_draft))
        if draft.changes:
            await self.db.write(publishing.publish, self.who, self.clock.seconds(), draft, quiet)
            await self.versions.refresh()

    async def carry(self, fate: str) -> bool:
        """What is due now comes to this; whether there was any."""
        now = self.clock.seconds()
        batch = await self.db.write(leases.claim, self.holder, now=now, until=now + 999_999, limit=100, lane=3)
        for delivery in batch:
            result = await self._sent(delivery, fate)
            if result is not None and fate != CRASH:
                await self.db.write(leases.settle, self.holder, [result], self.clock.seconds())
        if fate == CRASH:
            await self.db.write(leases.release_all)
            self.holder = f"s{int(self.holder[1:]) + 1}"
        return bool(batch)

    async def _render(self, delivery: Delivery) -> Rendered:
        if delivery.kind == ChangeNotice.kind:
            return await self.notices.change(ChangeNotice.parse(delivery.thing), delivery, self.t)
        if delivery.kind == ChangeWord.kind:
            return await self.notices.word(ChangeWord.parse(delivery.thing), delivery, self.t)
        return await self.notices.mark(ChangeMark.parse(delivery.thing), delivery.recipient, self.t)

    async def _sent(self, delivery: Delivery, fate: str) -> Outcome | PutBack | None:
        rendered = await self._render(delivery)
        match rendered:
            case Requeued():
                return None
            case None:
                return Outcome(delivery.id, DROPPED)
            case Later():
                return PutBack(delivery.id, rendered.due_at)
        assert isinstance(rendered, Send)
        person = delivery.recipient
        if fate == FLOOD:
            return PutBack(delivery.id)
        if person in self.blocked:
            await self.db.write(participants.block, person, self.clock.seconds())
            return Outcome(delivery.id, BLOCKED)
        messages = []
        for call in rendered.calls:
            if isinstance(call, EditMessageText):
                assert call.message_id is not None
                assert call.text is not None
                self.chats[person][call.message_id].text = call.text
                messages.append(call.message_id)
                continue
            assert isinstance(call, SendMessage)
            assert delivery.kind == ChangeNotice.kind or call.disable_notification, "a correction makes no sound"
            if fate == LOST:
                return Outcome(delivery.id, UNSURE)
            self.next += 1
            self.chats[person][self.next] = Standing(call.text, fate == ARRIVES)
            if fate != ARRIVES:
                return Outcome(delivery.id, UNSURE)
            messages.append(self.next)
        return Outcome(delivery.id, SENT, messages)

    async def rest(self) -> None:
        """All comes to rest, and is true."""
        for _ in range(60):
            while await self.carry(ARRIVES):
                await self.wait(1)
            await self.wait(100)
        assert await self.db.read(leases.next_due, self.clock.seconds()) is None
        for person in READERS:
            if person not in self.blocked:
                true(self, person)

    async def blocks(self, person: int, blocked: bool) -> None:
        if blocked:
            self.blocked.add(person)
            return
        self.blocked.discard(person)
        await self.db.write(people_actions.blocked, person, False, self.clock.seconds())

    async def star(self, person: int, session: str, wanted: bool) -> None:
        if wanted:
            await self.db.write(bookmarks.add, person, session, 1)
        else:
            await self.db.write(bookmarks.remove, person, session)


@dataclass(frozen=True)
class Word:
    """What a message says of a session: (subject, words) pairs; or, struck out, nothing."""

    session: str
    said: tuple[tuple[str, str], ...]
    refers: bool  # to a newer message
    known: bool


LINE = {
    "time": re.compile(r"^🕒 .*?<b>(?:[^<]*, )?(\d\d:\d\d–\d\d:\d\d)</b>"),
    "held_time": re.compile(r"^🕒 [^<]*, (\d\d:\d\d–\d\d:\d\d)$"),
    "room": re.compile(r"^📍 (?:<b>)?([^<(]+?)(?:</b>.*)?$"),
    "left": re.compile(r"^👤 (?:− |<b>.+</b> \(было: )([^)]+)\)?$"),
    "joined": re.compile(r"^👤 (?:\+ |<b>)([^<]+)(?:</b>.*)?$"),
    "off": re.compile(r"^❌"),
    "held": re.compile(r"^(✅|🆕)"),
}
NOW = re.compile(r"^➡️ [^:]+: <b>[^<]*, (\d\d:\d\d–\d\d:\d\d)</b> · 📍 <b>([^<]+)</b>$")


def words(standing: Standing, t: object) -> Iterator[Word]:
    """Every paragraph of a message."""
    head, *paragraphs = standing.text.split("\n\n")
    for text in paragraphs:
        struck, _, after = text.partition("</s>") if text.startswith("<s>") else ("", "", text)
        session = re.search(r"<b>([abc])</b>", text)
        assert session, text
        lines = after.strip().split("\n")
        said: list[tuple[str, str]] = []
        refers = bool(struck) and not after.strip()
        refers |= any(line.startswith("⬇️") for line in lines)
        if struck and not refers:
            off = lines[0].startswith("➡️") and "❌" in lines[0]
            now = NOW.match(lines[0])
            assert off or now, text
            said += [("off", "")] if off else []
            said += [("time", now[1]), ("room", now[2]), ("held", "")] if now else []
            said += [("people", line[2:]) for line in lines[1:] if line.startswith("👤")]
        elif not struck:
            if found := re.search(r"</b> · [^,]+, [^,]+, (\d\d:\d\d)$", lines[0]):
                said.append(("start", found[1]))
            for line in lines:
                for subject, pattern in LINE.items():
                    if found := pattern.match(line):
                        said.append((subject, found[1] if found.re.groups else ""))
            assert said, text
        assert head.startswith("🔔") or struck or "⚠️" in head
        yield Word(session[1], tuple(said), refers, standing.known)


def holds(programme: Programme, word: Word) -> bool:
    """Whether all that it says is so."""
    one = programme.session(word.session)
    off = one is None or one.cancelled
    if off:
        return all(subject in ("off", "start") for subject, _ in word.said)
    assert one is not None
    return all(is_so(programme, one, subject, value) for subject, value in word.said)


def is_so(programme: Programme, session: Session, subject: str, value: str) -> bool:
    zone = programme.forum.zone
    names = {one.name.say("ru") for code in session.speakers if (one := programme.speaker(code))}
    match subject:
        case "off":
            return False
        case "held":
            return True
        case "start":
            return value == f"{session.start.astimezone(zone):%H:%M}"
        case "time" | "held_time":
            return value == f"{session.start.astimezone(zone):%H:%M}–{session.end.astimezone(zone):%H:%M}"
        case "room":
            room = programme.room(session.room or "")
            return room is not None and value == room.name.say("ru")
        case "left":
            return not {*value.split(", ")} & names
        case "joined":
            return {*value.split(", ")} <= names
        case "people":
            return {*value.split(", ")} == names
    raise AssertionError(subject)


SUBJECTS = {"held_time": "time", "start": "time", "left": "people", "joined": "people", "off": "held"}


def subjects(word: Word) -> set[str]:
    return {SUBJECTS.get(subject, subject) for subject, _ in word.said}


def true(stage: Stage, person: int) -> None:
    programme = stage.current.programme
    standing = stage.chats[person]
    story = {number: one.text for number, one in standing.items()}
    spoken = [word for _, one in sorted(standing.items()) for word in words(one, stage.t)]
    for at, word in enumerate(spoken):
        later = [one for one in spoken[at + 1 :] if one.session == word.session and one.said]
        right = [one for one in later if holds(programme, one)]
        if word.refers:
            assert right, (person, word, story)
        elif not holds(programme, word):
            assert not word.known, (person, word, story)
            assert any(subjects(one) & subjects(word) or "held" in subjects(one) for one in right), (
                person,
                word,
                story,
            )
    for code in CODES:
        last = [one for one in spoken if one.session == code and one.said]
        assert not last or holds(programme, last[-1]), (person, last[-1], story)


async def play(folder: Path, steps: Steps) -> None:
    db = await open_database(str(folder / "forum.db"))
    try:
        await db.write(people)
        stage = Stage(db, StillClock(MORNING.astimezone(dt.UTC)))
        for step, what in (*steps, *[("back", one) for one in READERS], ("rest", None)):
            match step, what:
                case "publish", (Edit() as edit, bool() as quiet):
                    await stage.say(edit(stage.current.programme), quiet)
                case "restore", (int() as number, bool() as quiet):
                    if number < stage.current.number:
                        await stage.say(await stage.versions.get(number), quiet)
                case "undo", _:
                    await stage.undo()
                case "wait", int() as seconds:
                    await stage.wait(seconds)
                case "jump", int() as seconds:
                    await stage.wait(seconds)
                    await db.write(notices.rewind, stage.clock.seconds())
                case "carry", str() as fate:
                    await stage.carry(fate)
                case "block" | "back", int() as person:
                    await stage.blocks(person, step == "block")
                case "star", (int() as person, str() as code, bool() as wanted):
                    await stage.star(person, code, wanted)
                case "rest", _:
                    await stage.rest()
    finally:
        await db.close()


def loud(code: str, minutes: int = 10) -> tuple[str, object]:
    return "publish", (Edit(code, minutes=minutes), False)


def quiet(code: str, minutes: int = 10) -> tuple[str, object]:
    return "publish", (Edit(code, minutes=minutes), True)


def told(code: str, **change: object) -> tuple[str, object]:
    return "publish", (Edit(code, **change), False)  # type: ignore[arg-type]  # as they are


REST = ("rest", None)
UNDO = ("undo", None)


@settings(max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEPS, max_size=14))
@example([loud("a"), REST, quiet("a"), REST, UNDO, REST])
@example([loud("a"), REST, loud("a"), REST, quiet("a", -10), REST])
@example([loud("a"), REST, ("block", STARS), quiet("a"), REST, ("back", STARS), REST])
@example([loud("a"), ("wait", 70), ("carry", UNSURE_BUT_THERE), quiet("a"), REST, UNDO, REST])
@example([loud("a"), ("wait", 70), ("carry", CRASH), REST, quiet("a"), REST, UNDO, REST])
@example([loud("a"), ("wait", 70), ("carry", CRASH), UNDO, REST])
@example([loud("a"), ("wait", 70), ("carry", FLOOD), loud("b"), UNDO, REST])
@example([loud("a"), REST, ("star", (STARS, "a", False)), loud("a"), REST])
@example([loud("a"), REST, ("jump", 86_400), quiet("a"), ("jump", -86_400), REST])
@example(
    [
        told("b", cancel=True),
        loud("b"),
        ("wait", 400),
        told("a", speaker="bek"),
        ("carry", CRASH),
        told("a", speaker="ann"),
    ]
)
def test_the_last_word_in_everybodys_chat_is_true(steps: Steps) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(Path(folder), steps))


@pytest.mark.endure
@settings(max_examples=4000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEPS, max_size=30))
def test_the_last_word_is_true_for_long(steps: Steps) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(Path(folder), steps))
