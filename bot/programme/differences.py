"""What differs between two versions of a programme for those who attend: session by session."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.programme.changes import FORUM, ORDER, WHOLE, Change
from bot.programme.model import Programme, Room, Session, Speaker, Text

TIME, ROOM, PEOPLE = "time", "room", "people"
CANCELLED, RESTORED, REMOVED, ADDED = "cancelled", "restored", "removed", "added"
# People are notified of these. What else changes is how a session is written about, and notifies nobody.
TOLD = (CANCELLED, REMOVED, RESTORED, ADDED, TIME, ROOM, PEOPLE)
# Whether it takes place at all: with that everything else that was said of it changes too.
HELD = frozenset((CANCELLED, REMOVED, RESTORED, ADDED))

FIELDS = {TIME: ("start", "end"), ROOM: ("room",), PEOPLE: ("speakers", "moderators")}
WORDS = ("title", "abstract", "kind", "topic", "language", "day")


@dataclass(frozen=True, slots=True)
class SessionChange:
    """One session in two versions; None in the one where it is not.

    `told` are the changes people are notified of, in the order of TOLD; `words` what else differs: names of fields, and
    of FIELDS where that is nobody's news, as the time of what is cancelled. The rooms are those of before and after,
    `left` and `joined` the people who are not in the session any more and who are new, `people_after` all who are.
    """

    before: Session | None
    after: Session | None
    told: tuple[str, ...]
    words: tuple[str, ...]
    rooms: tuple[Room | None, Room | None]
    left: tuple[Speaker, ...]
    joined: tuple[Speaker, ...]
    people_after: tuple[Speaker, ...] = ()

    @property
    def session(self) -> Session:
        """As it is now, or was."""
        session = self.after or self.before
        assert session is not None
        return session

    @property
    def code(self) -> str:
        return self.session.code

    @property
    def people(self) -> frozenset[str]:
        """Codes of the speakers whom it concerns: those of before and after."""
        both = [one for one in (self.before, self.after) if one is not None]
        return frozenset(code for one in both for code in (*one.speakers, *one.moderators))

    @property
    def over_at(self) -> float:
        """When the news is worth nothing any more, epoch seconds: the later of both ends."""
        return max(one.end.timestamp() for one in (self.before, self.after) if one is not None)

    @property
    def starts(self) -> tuple[float, ...]:
        """Of before and after, epoch seconds: by the first that is still to come one must know."""
        return tuple(one.start.timestamp() for one in (self.before, self.after) if one is not None)


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A hall, a speaker, the forum itself…: what of it differs.

    `part` is as in bot.programme.changes; `fields` are those of the document, WHOLE for what is new or (`gone`) not
    there any more; a change of the order of a part has no name.
    """

    part: str
    name: Text
    fields: tuple[str, ...]
    gone: bool = False


def record_changes(before: Programme, after: Programme, changes: Iterable[Change]) -> tuple[RecordChange, ...]:
    """Those that are about no session; `changes` are diff(before, after)."""
    found: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        if change.part != "sessions" and not only_made_room(change):
            found.setdefault((change.part, change.code), []).append(change)
    return tuple(
        RecordChange(
            part,
            _name(after, part, code) or _name(before, part, code),
            tuple(one.field for one in of_record),
            of_record[0].field == WHOLE and of_record[0].new is None,
        )
        for (part, code), of_record in found.items()
    )


def only_made_room(change: Change) -> bool:
    """Whether an order is another one only because of what is new and what is gone, which is said by itself."""
    if change.field != ORDER or change.code:
        return False
    return [one for one in change.old if one in change.new] == [one for one in change.new if one in change.old]


def _name(programme: Programme, part: str, code: str) -> Text:
    if part == FORUM:
        return programme.forum.title
    if part == "days":
        return Text(code)
    if part == "pages":
        page = programme.page(code)
        return page.title if page else Text()
    named = {
        "rooms": programme.room,
        "topics": programme.topic,
        "speakers": programme.speaker,
        "delegations": programme.delegation,
    }[part](code)
    return named.name if named else Text()


def session_changes(before: Programme, after: Programme) -> tuple[SessionChange, ...]:
    """The sessions that differ, in the order of the time at which they are, or were."""
    old = {one.code: one for one in before.sessions}
    new = {one.code: one for one in after.sessions}
    found = [
        session_change(before, after, old.get(code), new.get(code))
        for code in dict.fromkeys((*old, *new))
        if old.get(code) != new.get(code)
    ]
    changed = (one for one in found if one.told or one.words)
    return tuple(sorted(changed, key=lambda one: (one.session.start.timestamp(), one.code)))


def session_change(before: Programme, after: Programme, old: Session | None, new: Session | None) -> SessionChange:
    rooms = _room(before, old), _room(after, new)
    was, now = _people(before, old), _people(after, new)
    left = _without(was, now)
    joined = _without(now, was)
    told = _told(old, new, _moved(rooms), bool(left or joined))
    return SessionChange(old, new, told, _words(old, new, told), rooms, left, joined, now)


def _words(old: Session | None, new: Session | None, told: tuple[str, ...]) -> tuple[str, ...]:
    if old is None or new is None:
        return ()
    known = {*told, *FIELDS} if HELD & {*told} else {*told}
    known |= {"day"} if TIME in known else set()
    differs = [name for name in WORDS if getattr(old, name) != getattr(new, name)]
    differs += [name for name, fields in FIELDS.items() if any(getattr(old, f) != getattr(new, f) for f in fields)]
    return tuple(name for name in differs if name not in known)


def _told(old: Session | None, new: Session | None, moved: bool, others: bool) -> tuple[str, ...]:
    held_before = old is not None and not old.cancelled
    held_after = new is not None and not new.cancelled
    if not held_before and not held_after:
        return ()  # whoever knows that it does not take place needs to know no more
    if not held_after:
        return (REMOVED if new is None else CANCELLED,)
    if not held_before:
        return (ADDED if old is None else RESTORED,)
    assert old is not None
    assert new is not None
    times = [(one.start.timestamp(), one.end.timestamp()) for one in (old, new)]
    differs = {TIME: times[0] != times[1], ROOM: moved, PEOPLE: others}
    return tuple(name for name in TOLD if differs.get(name))


def _room(programme: Programme, session: Session | None) -> Room | None:
    return programme.room(session.room) if session is not None and session.room else None


def _moved(rooms: tuple[Room | None, Room | None]) -> bool:
    """A room that got another code, as after an import from elsewhere, is where it was."""
    old, new = rooms
    if old is None or new is None:
        return old is not new
    return old.code != new.code and old.name != new.name


def _people(programme: Programme, session: Session | None) -> tuple[Speaker, ...]:
    codes = () if session is None else dict.fromkeys((*session.speakers, *session.moderators))
    return tuple(one for one in map(programme.speaker, codes) if one is not None)


def _without(these: Iterable[Speaker], those: Iterable[Speaker]) -> tuple[Speaker, ...]:
    """Like rooms: the same code or the same name is the same person."""
    codes = {one.code for one in those}
    names = {one.name for one in those}
    return tuple(one for one in these if one.code not in codes and one.name not in names)
