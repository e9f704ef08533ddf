"""Walks a person's screens: opens each, presses each kind of button on it, and taps a second time at the same place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.views.apart import cells, wrongly_placed
from bot.views.buttons import meaning_of
from tests.callback_data import CLASSES
from tests.conftest import Forum
from tests.scenarios.second_reader import Rows, tables
from tests.screen import Json, Message
from tests.telegram import Person


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


KINDS = {one.__prefix__: one for one in CLASSES}
# Of callback data, what says which thing or screen; all else says what is done, and is pressed with each value.
THINGS = words(
    "session number person speaker day page room code stamp revision read mark digest base deed other target "
    "until upto to back after written_at at topic heir asked beside order list_page message query here there "
    "delegation minutes then value"
)
# What is about nobody but the person, and passes: where they are, what they are typing, what they are at.
PASSING = words(
    "inbox inbox_mark conversations cards stages claims serving_bot announcement_screens boards typed_messages"
)
SETTLE = 0.1  # seconds without a call: a report and a group's card come by themselves, a moment after the press
Step = tuple[str, str]  # ("say", a text or command), ("press", callback data), or ("see", how a button's data begin)
Path = tuple[Step, ...]


def kind_of(data: str) -> str:
    """What a button does, whatever it does it to."""
    prefix, *values = data.split(":")
    kind = KINDS[prefix]
    if kind.__name__ in FILES or kind.__name__ in ONE_OF_MANY:
        return kind.__name__
    named = zip(kind.model_fields, values, strict=False)
    return ":".join((kind.__name__, *(value for name, value in named if name not in THINGS)))


@dataclass
class Walk:
    """One person's walk. `faults` says what a second tap did, `walked` which classes were pressed."""

    forum: Forum
    person: Person
    chat: int | None = None
    walked: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    pressed: set[tuple[str, str]] = field(default_factory=set)
    decisive: list[tuple[Path, str]] = field(default_factory=list)
    ways: list[Path] = field(default_factory=list)
    pressed_kinds: set[str] = field(default_factory=set)  # of what decides, found or pressed
    known: set[str] = field(default_factory=set)
    seen: set[tuple[str, ...]] = field(default_factory=set)
    harmless: set[str] = field(default_factory=set)  # kinds that lead to no screen on which anything decides

    async def everywhere(self, *starts: Path) -> None:
        """From these starts on: first all that decides nothing, then what decides, and on from what that leads to."""
        self.ways += starts
        while self.ways or self.decisive:
            if self.ways:
                await self.look_around(self.ways.pop(0))
            else:
                path, kind = self.decisive.pop(0)
                await self.decide(path, kind)

    async def look_around(self, path: Path) -> None:
        """Press what decides nothing on the screen at the end of the path, and note what decides; once for each screen,
        as far as its buttons tell screens apart."""
        shown = await self.open(path)
        shape = shape_of(shown) if shown else ()
        if shape in self.seen:
            return
        self.seen.add(shape)
        while shown is not None:
            todo = next(
                (
                    data
                    for data in self.kinds(shown)
                    if kind_of(data) not in self.harmless and (self.name(path), kind_of(data)) not in self.pressed
                ),
                None,
            )
            if todo is None:
                return
            self.pressed.add((self.name(path), kind_of(todo)))
            if meaning_of(todo) is not None:
                self.pressed_kinds.add(kind_of(todo))
                self.decisive.append((path, kind_of(todo)))
                continue
            after = await self.tap_twice(shown, todo, self.name(path))
            self.go_on(path, todo, shown, after)
            if after is None or not decides(after) or KINDS[todo.split(":")[0]].__name__ in FILES:
                self.harmless.add(kind_of(todo))
            if after is None or (after.id, after.rows) != (shown.id, shown.rows):
                shown = await self.open(path)

    async def decide(self, path: Path, kind: str) -> None:
        """Press what decides where it is found again, for others of the kind may have been decided meanwhile; then what
        decides on the screen that it led to, e.g. the way back."""
        shown = await self.open(path)
        where = self.name(path)
        while shown is not None:
            data = next((one for one in self.kinds(shown) if kind_of(one) == kind), None)
            if data is None:
                return
            after = await self.tap_twice(shown, data, where)
            if after is None:
                return
            for one in self.kinds(after):
                if meaning_of(one) is None:
                    self.go_on(path, one, after, after)
            new = [one for one in self.kinds(after) if meaning_of(one) and kind_of(one) not in self.pressed_kinds]
            if not new:
                return
            self.pressed_kinds.add(kind_of(new[0]))
            where, shown = kind, await self.now(after)
            kind = kind_of(new[0])
            if shown is None or shown.rows != after.rows:  # the second tap led away
                self.decisive.append(((*path, ("press", data)), kind))
                return

    async def decide_on(self, data: str) -> None:
        """Press only the button whose data begin so, on the newest message that has it."""
        path: Path = (("see", data),)
        message = await self.open(path)
        found = message.button(data) if message else None
        assert found is not None, f"no button {data}\n{await self.person.screen()}"
        await self.decide(path, kind_of(found["callback_data"]))

    def go_on(self, path: Path, data: str, shown: Message, after: Message | None) -> None:
        """Look around later on the screen that the press led to, once for each kind. It is opened from nowhere, but for
        what depends on the message it is pressed on."""
        kind = kind_of(data)
        if kind not in self.known:
            self.known.add(kind)
            chained = after is not None and after.id != shown.id
            chained = chained or KINDS[data.split(":")[0]].__name__ in OF_THE_MESSAGE
            self.ways.append((*(path if chained else ()), ("press", data)))

    def name(self, path: Path) -> str:
        way, last = path[-1]
        return kind_of(last) if way == "press" else last

    def kinds(self, message: Message) -> Iterator[str]:
        """The first button of each kind, in the order in which they stand."""
        seen = set()
        for row in message.rows:
            for one in row:
                data = one.get("callback_data")
                if data and data != "go:nothing" and kind_of(data) not in seen:
                    seen.add(kind_of(data))
                    yield data

    # doing

    async def open(self, path: Path) -> Message | None:
        """The screen at the end of the path, in its natural order: the last press was on no button that it had."""
        message: Message | None = None
        for way, what in path:
            if way == "say":
                await self.person.send(what, chat=self.chat)
                await self.forum.telegram.idle(settle=SETTLE)
                message = await self.newest()
            elif way == "see":
                message = await self.newest(what)
            else:
                same = [one for one in self.kinds(message) if kind_of(one) == kind_of(what)] if message else []
                if message is None and what.startswith("t"):
                    await self.forum.telegram.idle(
                        settle=SETTLE
                    )  # a card that was here may be on its way still, over the stage
                message = await self.press(same[0] if same else what, message or await self.blank())
        return message

    async def now(self, message: Message) -> Message | None:
        return next((one for one in await self.person.messages(self.chat) if one.id == message.id), None)

    async def blank(self) -> Message:
        """A message to open a screen in. Nothing was pressed on it."""
        message = (await self.newest()) or await self.person.last(self.chat)
        stage = message.button("tl:")
        if stage is not None:  # a stage is followed until it is left
            message = await self.press(stage["callback_data"], message) or message
        if self.chat is None and any(message.button(data) for data in ("kn:", "km:", "kc:")):
            return await self.press("go:desk", message) or message  # a card follows its question until it is left
        return message

    async def newest(self, data: str = "") -> Message | None:
        """The newest message with buttons, or with one whose data begin so."""
        found = [one for one in await self.person.messages(self.chat) if one.from_bot and one.rows]
        found = [one for one in found if not data or one.button(data)]
        return found[-1] if found else None

    async def press(self, data: str, message: Message) -> Message | None:
        """What stands in the place of the message after the press, or below it if that is new."""
        before = {one.id for one in self.person.shown(self.chat)}
        answer = await self.person.press_data(data, message.id, chat=self.chat)
        if not answer.answered:
            self.faults.append(f"{data} was not answered")
        await self.settle(data)
        shown = await self.person.messages(self.chat)
        same = next((one for one in shown if one.id == message.id), None)
        new = [one for one in shown if one.id not in before and one.from_bot and one.rows]
        if self.chat is not None and same is not None:
            return same  # in a group a press changes its message; what is new there is a card that came meanwhile
        return new[-1] if new and (same is None or same.rows == message.rows) else same

    async def settle(self, data: str) -> None:
        """Cards in a group and reports follow by themselves."""
        if KINDS[data.split(":")[0]].__name__ in (
            "Announce",
            "AnnounceRun",
            "AnnounceApply",
            "GroupCard",
            "GroupReason",
        ):
            await self.forum.telegram.idle(settle=SETTLE)

    # the second tap

    async def tap_twice(self, shown: Message, data: str, on: str) -> Message | None:
        """Press, look what stands there now, and press that where the first press or the screen it led to decides."""
        self.walked.add(KINDS[data.split(":")[0]].__name__)
        before = self.rows()
        after = await self.press(data, shown)
        where = f"{self.person.data['first_name']}: {on} → {data}"
        if meaning_of(data) is None and KINDS[data.split(":")[0]].__name__ not in CHOICES:
            changed = differences(before, self.rows())
            if changed:
                self.faults.append(f"{where} decides nothing, and changed {changed}")
        stands = after is not None and any(one.id == shown.id for one in self.person.shown(self.chat))
        if after is None or (after.id != shown.id and stands):
            return after  # what stood there stands there still
        for one in wrongly_placed(after.rows, data, cells(shown.rows, data)):
            self.faults.append(f"{where}: there stands now {one['text']!r} {one['callback_data']}")
        if meaning_of(data) or decides(after):
            for second in under(shown, data, after):
                await self.tap_again(second, after, where)
        return after

    async def tap_again(self, data: str, message: Message, where: str) -> None:
        if meaning_of(data) is not None or KINDS[data.split(":")[0]].__name__ in CHOICES:
            return  # it stays on purpose: time protects it
        changed: object = True
        for settled in (False, True):
            if not changed:
                return
            if settled:  # what the first tap set going may have come about meanwhile
                await self.forum.telegram.idle(settle=SETTLE)
            before = self.rows()
            await self.press(data, message)
            changed = differences(before, self.rows())
        if changed:
            self.faults.append(f"{where}: a second tap, on {data}, changed {changed}")

    def rows(self) -> dict[str, Rows]:
        return {name: rows for name, rows in tables(self.forum.folder).items() if name not in PASSING}


def decides(message: Message) -> bool:
    return any(meaning_of(one.get("callback_data", "")) for row in message.rows for one in row)


def shape_of(message: Message) -> tuple[str, ...]:
    """What its buttons do, row by row; of rows of one kind in a list the first."""
    rows = [
        ",".join(kind_of(one.get("callback_data", "x")) for one in row if "callback_data" in one)
        for row in message.rows
    ]
    return tuple(row for at, row in enumerate(rows) if at == 0 or row != rows[at - 1])


def under(shown: Message, data: str, after: Message) -> list[str]:
    """What stands after a press where it was made, counted from the top and from the bottom."""
    found = [
        one.get("callback_data", "")
        for cell in cells(shown.rows, data)
        for row in cell.rows(len(after.rows))
        for at, one in enumerate(after.rows[row])
        if cell.meets(at, len(after.rows[row]))
    ]
    return [one for one in dict.fromkeys(found) if one and one != "go:nothing"]


def differences(before: dict[str, Rows], after: dict[str, Rows]) -> dict[str, Sequence[Json]]:
    """The tables that say something else, with the rows that are new; of what goes out only what was not enqueued
    before."""
    return {
        name: [row for row in after[name] if row not in before[name]]
        for name in after
        if content(name, before[name]) != content(name, after[name])
    }


# Who works on a question is told on the other cards; how the last look at an address went comes when it went so.
BY_THEMSELVES = words("card-change watch-news")


def content(name: str, rows: Rows) -> list[object]:
    if name == "deliveries":
        return [row["id"] for row in rows if row["kind"] not in BY_THEMSELVES]
    if name == "programme_watches":
        return [row["address"] for row in rows]  # how the last look went is the watcher's
    if name == "desk_topics":  # how a topic is called follows the programme and the group's language by itself
        return [(row["session"], row["thread"]) for row in rows]
    if name == "announcements":  # when a sending has come to its end is the sender's
        return [{**row, "finished_at": None, "state": row["state"].replace("sent", "sending")} for row in rows]
    return list(rows)


# Choices that write something and are no decision: what is chosen shows at once, and one more tap chooses otherwise.
CHOICES = words(
    "SetLanguage SetLead SetMuted SetQuiet Profile Rate Anonymous Sort Shift SetKind ToRoom AnnounceAudience "
    "AnnounceFrom AnnounceTime AnnounceUntil AnnounceWith AnnounceVersion AnnounceDesk CheckWatch Go BadgeSheet "
    "GetPoster NameVersion OpenStage GroupLanguage SetHeir"
)
# These send a file or a picture, and are pressed once.
FILES = words("GetPoster ProgrammeFile GetPaper BadgeSheet RegistrationsPicture RatingsPicture RatingsFile Calendar")
# Of these one pressed will do.
ONE_OF_MANY = words("SetKind ToRoom Shift SetLanguage SetLead SetQuiet Rate Sort")
# These mean something only on the message they are pressed on.
OF_THE_MESSAGE = words("AskPublish Decide GroupCard Reason MergePick MergeWith AskUnmute AskUnmuteHere")
