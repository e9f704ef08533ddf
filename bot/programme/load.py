"""A programme from a file of any format that is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.programme.clashes import clashes
from bot.programme.faults import Fault, ProgrammeFaults, refuse
from bot.programme.model import Programme, Session
from bot.programme.readers.frab_json import read_frab_json
from bot.programme.readers.frab_xml import read_frab_xml
from bot.programme.readers.toml import read_toml
from bot.programme.readers.xlsx import read_xlsx
from bot.programme.text import Text

# The schedule of a congress of a thousand talks is 2 to 4 MB.
LARGEST_MEGABYTES = 10
# The largest public congresses have 1,000 to 3,000. All that are held at once clash in pairs, which grow by the square.
MOST_SESSIONS = 5_000

_SCHEDULES = {".json": read_frab_json, ".xml": read_frab_xml}

# What a file begins with says what it is, so one saved under a wrong name is read. No TOML begins so.
_SHEET = ".xlsx"
_SIGNS = {b"PK": _SHEET, b"\xd0\xcf": _SHEET, b"{": ".json", b"<": ".xml"}


@dataclass(frozen=True, slots=True)
class Report:
    """What checking a file found: a programme, or what is wrong with it; warnings only with a programme."""

    programme: Programme | None
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A programme that was read. `notes` is what the reader found worth a look (not yet the warnings()).

    `whole` is False for a schedule of another program, whose shape has no room for delegations, pages and more.
    """

    programme: Programme
    notes: tuple[Fault, ...] = ()
    whole: bool = True


def read_programme(data: bytes, name: str) -> Programme:
    """The programme in a file's bytes; `name` gives the extension where the content does not show the format.

    Raises ProgrammeFaults with everything that is wrong, and nothing else, whatever the bytes are.
    """
    return read(data, name).programme


def read(data: bytes, name: str) -> Read:
    """read_programme(), with what else is to be said about the file."""
    found = _read(data, name)
    if len(found.programme.sessions) > MOST_SESSIONS:
        refuse("fault.too_many", most=MOST_SESSIONS)
    return found


def _read(data: bytes, name: str) -> Read:
    if len(data) > LARGEST_MEGABYTES * 1_000_000:
        refuse("fault.too_large", megabytes=LARGEST_MEGABYTES)
    beginning = data[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()
    extension = next((ending for sign, ending in _SIGNS.items() if beginning.startswith(sign)), _ending(name))
    if extension == _SHEET:
        return Read(*read_xlsx(data))
    if extension == ".toml":
        return Read(read_toml(data))
    reader = _SCHEDULES.get(extension)
    if reader is None:
        refuse("fault.unknown_format", name=Path(name).name)
    programme, own = reader(data)
    return Read(programme, whole=own)


def _ending(name: str) -> str:
    return Path(name).suffix.lower()


def load_file(path: str | Path) -> Programme:
    """The programme in a file. Raises ProgrammeFaults, also when the file cannot be read."""
    return read_programme(*_bytes_of(Path(path)))


def _bytes_of(path: Path) -> tuple[bytes, str]:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_MEGABYTES * 1_000_000 + 1)
    except OSError as error:
        refuse("fault.unreadable", name=path.name, problem=error.strerror or error)
    return data, path.name


def check_file(path: str | Path) -> Report:
    """All that is to be said about a file, without raising."""
    try:
        found = read(*_bytes_of(Path(path)))
    except ProgrammeFaults as error:
        return Report(None, error.faults, ())
    return Report(found.programme, (), (*found.notes, *warnings(found.programme)))


def warnings(programme: Programme) -> Iterator[Fault]:
    """What is allowed in a programme, but is rarely meant: a room or a person taken twice at a time."""
    if not programme.sessions:
        yield Fault("", "warning.no_sessions")
    for room in programme.rooms:
        for first, second in clashes(programme.in_room(room.code)):
            yield _overlap("warning.room_overlap", first, second, room=room.name)
    for speaker in programme.speakers:
        for first, second in clashes(programme.of_speaker(speaker.code)):
            yield _overlap("warning.speaker_overlap", first, second, speaker=speaker.name)


def _overlap(key: str, first: Session, second: Session, **fields: Text) -> Fault:
    return Fault(second.code, key, {"first": first.title, "second": second.title, **fields})
