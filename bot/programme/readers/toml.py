"""Our own format, TOML: docs/programme.md explains to organizers what goes where."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bot.programme.faults import Faults, refuse
from bot.programme.model import (
    KINDS,
    Day,
    Delegation,
    Forum,
    Page,
    Programme,
    Room,
    Session,
    Speaker,
    Text,
    Topic,
)
from bot.programme.readers.lines import Lines
from bot.programme.readers.table import Table, Where
from bot.programme.readers.times import DAY_STARTS, LONGEST, end_at, start_at
from bot.programme.readers.zones import zone_named
from bot.programme.text import LONGEST_HINT, LONGEST_LINK

_POSITION = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")

# tomllib takes memory by the square of the steps of a key such as a.b.c: forty kilobytes of them take a gigabyte. Ours
# have three steps. It is looked for in texts too, where nobody puts fifty words with nothing but dots between them.
_ABYSS = re.compile(
    r"""(?<![A-Za-z0-9_.\\-])(?:(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){50}"""
)

# A photo that was sent to the bot: Telegram keeps it, under a file_id.
_SENT_PHOTO = re.compile(r"telegram:[A-Za-z0-9_-]{1,250}")

_Coded = TypeVar("_Coded", Room, Topic, Speaker, Delegation, Page)


def read_toml(data: bytes) -> Programme:
    """A programme of our own format. Raises ProgrammeFaults with everything that is wrong."""
    try:
        source = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        refuse("fault.not_utf8", byte=error.start)
    if _ABYSS.search(source):
        refuse("fault.too_deep")
    try:
        document = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        position = _POSITION.search(str(error))
        line = int(position[1]) if position and position[1] else source.count("\n") + 1
        refuse("fault.toml_syntax", line, problem=error)
    except RecursionError:
        refuse("fault.too_deep")
    except ValueError as error:  # a date that no calendar has, a number that no machine holds
        refuse("fault.toml_syntax", problem=error)
    return read_document(document, Lines(source), Faults())


def read_document(document: Mapping[str, Any], where: Where, faults: Faults) -> Programme:
    """A programme from the tables that a TOML file has, whatever file they were taken from.

    Raises ProgrammeFaults with everything that is wrong with them, and with what `faults` holds already.
    """
    programme = _Reader(Table(document, "", faults, where)).read()
    faults.stop_if_any()
    return programme


class _Reader:
    """Reads the parts in the order in which they refer to each other."""

    def __init__(self, root: Table) -> None:
        self._root = root
        self._taken: dict[str, dict[str, str]] = {}  # collection -> code -> where it was first
        self._zone = ZoneInfo("UTC")

    def read(self) -> Programme:
        forum = self._forum()
        rooms = self._coded(
            "rooms", lambda t, code: Room(code, t.text("name", required=True), t.text("hint", most=LONGEST_HINT))
        )
        topics = self._coded("topics", lambda t, code: Topic(code, t.text("name", required=True)))
        speakers = self._coded("speakers", _speaker)
        delegations = self._coded("delegations", lambda t, code: Delegation(code, t.text("name", required=True)))
        pages = self._coded("pages", lambda t, code: Page(code, t.text("title", required=True), t.markup("body")))
        days: list[Day] = []
        sessions: list[Session] = []
        for table in self._root.tables("days"):
            self._day(table, days, sessions)
        self._root.close()
        return Programme(forum, tuple(days), rooms, topics, speakers, delegations, pages, tuple(sessions))

    def _forum(self) -> Forum:
        table = self._root.table("forum")
        if table is None:
            return Forum(Text())
        title = table.text("title", required=True)
        description, place, address = (
            table.markup("description"),
            table.text("place"),
            table.text("address", most=LONGEST_HINT),
        )
        point = table.point("point")
        if not table.has("timezone"):
            table.fault("fault.missing_key", "timezone", name="timezone")
        name = table.string("timezone")
        zone = zone_named(name) if name else None
        if zone:
            self._zone = zone
        elif name:
            table.fault("fault.bad_timezone", "timezone", timezone=name)
        table.close()
        return Forum(title, description, place, address, point, self._zone.key)

    def _coded(self, name: str, make: Callable[[Table, str], _Coded]) -> tuple[_Coded, ...]:
        return tuple(self._each(name, make))

    def _each(self, name: str, make: Callable[[Table, str], _Coded]) -> Iterator[_Coded]:
        self._taken[name] = {}
        for table in self._root.tables(name):
            yield make(table, self._code(name, table))
            table.close()

    def _code(self, collection: str, table: Table) -> str:
        code = table.code()
        first = self._taken.setdefault(collection, {}).setdefault(code, table.path)
        if code and first != table.path:
            table.fault("fault.duplicate_code", "code", code=code, first=table.place_of(first))
        return code

    def _day(self, table: Table, days: list[Day], sessions: list[Session]) -> None:
        date = table.date("date")
        day = Day(date or dt.date(1970, 1, 1), table.text("title"))
        if date:
            first = self._taken.setdefault("days", {}).setdefault(date.isoformat(), table.path)
            if first != table.path:
                table.fault("fault.duplicate_day", "date", date=date, first=table.place_of(first))
        listed = [self._session(item, day.date) for item in table.tables("sessions")]
        sessions += listed
        if listed:
            days.append(day)
        table.close()

    def _session(self, table: Table, day: dt.date) -> Session:
        code = self._code("sessions", table)
        kind = table.string("kind") or "talk"
        if kind not in KINDS:
            table.fault("fault.unknown_kind", "kind", kind=kind, kinds=", ".join(KINDS))
        start, end = self._times(table, day)
        session = Session(
            code=code,
            kind=kind,
            title=table.text("title", required=True),
            start=start,
            end=end,
            day=day,
            abstract=table.markup("abstract"),
            room=self._one(table, "room", collection="rooms", unknown="fault.unknown_room"),
            speakers=self._people(table, "speakers"),
            moderators=self._people(table, "moderators"),
            topic=self._one(table, "topic", collection="topics", unknown="fault.unknown_topic"),
            cancelled=table.flag("cancelled"),
            language=table.string("language"),
        )
        table.close()
        return session

    def _times(self, table: Table, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
        starts_said, end_said, minutes_said = table.has("start"), table.has("end"), table.has("minutes")
        start_time, end_time, minutes = table.time("start"), table.time("end"), table.minutes("minutes")
        if not starts_said:
            table.fault("fault.missing_key", "start", name="start")
        if end_said and minutes_said:
            table.fault("fault.session_end_twice")
        if not end_said and not minutes_said:
            table.fault("fault.session_without_end")
        start = start_at(day, start_time or DAY_STARTS, self._zone)
        end = start + dt.timedelta(minutes=minutes or 1)
        if start_time and end_time:
            end = end_at(start, end_time, self._zone)
        # timestamp(), since two times of one zone compare by the wall clock and forget an hour that is left out
        lasts = end.timestamp() - start.timestamp()
        if lasts <= 0:
            table.fault("fault.session_end_before_start", "end", start=f"{start:%H:%M}", end=f"{end:%H:%M}")
        elif lasts > LONGEST.total_seconds() and end_time:
            table.fault("fault.session_too_long", "end")
        return start, end

    def _one(self, table: Table, name: str, *, collection: str, unknown: str) -> str | None:
        code = table.string(name)
        if code is not None and code not in self._taken[collection]:
            table.fault(unknown, name, code=code)
        return code

    def _people(self, table: Table, name: str) -> tuple[str, ...]:
        people: dict[str, None] = {}
        for place, code in table.strings(name):
            if code not in self._taken["speakers"]:
                table.fault("fault.unknown_speaker", place, code=code)
            people[code] = None
        return tuple(people)


def _speaker(table: Table, code: str) -> Speaker:
    photo = table.string("photo", LONGEST_LINK)
    if photo is not None and not is_photo(photo):
        table.fault("fault.bad_photo", "photo", value=photo)
    return Speaker(code, table.text("name", required=True), table.text("office"), table.markup("bio"), photo)


def is_photo(value: str) -> bool:
    """An http(s) address, a path that stays in the folder of the programme's file, or "telegram:<file_id>"."""
    if value.startswith(("http://", "https://")) or _SENT_PHOTO.fullmatch(value):
        return True
    steps = value.replace("\\", "/").split("/")
    return steps[0] != "" and ".." not in steps and ":" not in value
