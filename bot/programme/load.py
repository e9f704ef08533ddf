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

# The schedule of a congress of a thousand talks is 2 to 4 MB.
LARGEST_MEGABYTES = 10

_READERS = {".toml": read_toml, ".json": read_frab_json, ".xml": read_frab_xml}


@dataclass(frozen=True, slots=True)
class Report:
    """What checking a file found: a programme, or what is wrong with it; warnings only beside a programme."""

    programme: Programme | None
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


def read_programme(data: bytes, name: str) -> Programme:
    """The programme in a file's bytes; `name` gives the extension where the content does not tell the format.

    Raises ProgrammeFaults with everything that is wrong, and nothing else, whatever the bytes are.
    """
    if len(data) > LARGEST_MEGABYTES * 1_000_000:
        refuse("fault.too_large", megabytes=LARGEST_MEGABYTES)
    # No TOML begins with these, so a schedule saved under a wrong name is read all the same.
    beginning = data[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    extension = {b"{": ".json", b"<": ".xml"}.get(beginning, Path(name).suffix.lower())
    reader = _READERS.get(extension)
    if reader is None:
        refuse("fault.unknown_format", name=Path(name).name)
    return reader(data)


def load_file(path: str | Path) -> Programme:
    """The programme in a file. Raises ProgrammeFaults, also when the file cannot be read."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_MEGABYTES * 1_000_000 + 1)
    except OSError as error:
        refuse("fault.unreadable", name=path.name, problem=error.strerror or error)
    return read_programme(data, path.name)


def check_file(path: str | Path) -> Report:
    """All that is to be said about a file, without raising."""
    try:
        programme = load_file(path)
    except ProgrammeFaults as found:
        return Report(None, found.faults, ())
    return Report(programme, (), tuple(warnings(programme)))


def warnings(programme: Programme) -> Iterator[Fault]:
    """What is allowed in a programme, but is rarely meant: a room or a person taken twice at a time."""
    if not programme.sessions:
        yield Fault("", "warning.no_sessions")
    for room in programme.rooms:
        for first, second in clashes(programme.in_room(room.code)):
            yield _overlap("warning.room_overlap", first, second, room=room.code)
    for speaker in programme.speakers:
        for first, second in clashes(programme.of_speaker(speaker.code)):
            yield _overlap("warning.speaker_overlap", first, second, speaker=speaker.code)


def _overlap(key: str, first: Session, second: Session, **fields: str) -> Fault:
    return Fault(second.code, key, {"first": first.code, "second": second.code, **fields})
