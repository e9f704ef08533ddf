"""`python -m benchmarks.programme`: a congress of 900 sessions read from a file of each format, and compared."""

from __future__ import annotations

import argparse
import time
from dataclasses import replace

from benchmarks import page
from benchmarks.congress import A_DAY, DAYS, ROOMS
from bot.programme.changes import diff
from bot.programme.load import read_programme
from bot.programme.model import Programme, Text
from bot.programme.writers import FORMATS, write
from tests.programme.schedules import as_json, pretalx

LIMIT = 2.0  # seconds, of what an organizer waits for


def edited(programme: Programme) -> Programme:
    """Every tenth session has another title."""
    sessions = tuple(
        replace(one, title=Text(f"{one.code} again")) if number % 10 == 0 else one
        for number, one in enumerate(programme.sessions)
    )
    return replace(programme, sessions=sessions)


def measure(rounds: int) -> str:
    schedule = as_json(pretalx(DAYS, ROOMS, A_DAY))
    programme = read_programme(schedule, "schedule.json")
    lines = [
        f"{len(programme.sessions)} sessions, every tenth changed; the slowest of {rounds} rounds. "
        f"The promise: read and compared within {LIMIT:g} s.",
        "",
        "| format | size | written | read | compared | read and compared |",
        "|---|---|---|---|---|---|",
    ]
    for format_ in FORMATS:
        written, read, compared, size = 0.0, 0.0, 0.0, 0
        for _ in range(rounds):
            begun = time.perf_counter()
            data = write(edited(programme), format_, "ru")
            written, size, begun = max(written, time.perf_counter() - begun), len(data), time.perf_counter()
            again = read_programme(data, f"p.{format_}")
            read, begun = max(read, time.perf_counter() - begun), time.perf_counter()
            changes = diff(programme, again)
            compared = max(compared, time.perf_counter() - begun)
            assert len(changes) == len(programme.sessions) // 10
        spent = " | ".join(f"{1000 * part:.0f} ms" for part in (written, read, compared, read + compared))
        lines.append(f"| {format_} | {size / 1e6:.1f} MB | {spent} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.programme", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="of each format (5)")
    page.put("programme files", measure(parser.parse_args().rounds))


if __name__ == "__main__":
    main()
