"""What was measured as Markdown: printed, and put into docs/benchmarks.md between its two marks."""

from __future__ import annotations

import datetime as dt
import platform
import sqlite3
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import psutil

from benchmarks import congress
from benchmarks.figures import ratio
from benchmarks.footprint import FEW, MANY, Footprint
from benchmarks.speed import CROWDS, PRESSES, Results

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
LIBRARIES = ("aiogram", "aiohttp", "pydantic", "aiosqlite")
ECHO = "echo"


def report(speed: Results, footprints: dict[str, Footprint], rounds: int) -> str:
    return "\n".join((*machine(rounds), "", *cpu(speed), "", *latency(speed), "", *footprint(footprints), ""))


def machine(rounds: int) -> Iterator[str]:
    load = psutil.getloadavg()[2] / (psutil.cpu_count() or 1)
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    yield (
        f"{dt.date.today():%Y-%m-%d}, {processor()}, {psutil.cpu_count()} cores, {platform.system()}, "  # noqa: DTZ011
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {libraries}. "
        f"{rounds} rounds: the median, and in brackets the least and the most. "
        f"Load of the machine in the last quarter of an hour: {load:.1f} a core."
    )


def processor() -> str:
    """The processor's name where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def cpu(results: Results) -> Iterator[str]:
    names = list(dict.fromkeys(name for name, _ in results))
    yield f"| CPU ms a press ({congress.PARTICIPANTS:,} participants, 900 sessions) |" + "".join(
        f" {crowd} at once | × echo |" for crowd in CROWDS
    )
    yield "|---|" + "---|---|" * len(CROWDS)
    for name in names:
        cells = []
        for crowd in CROWDS:
            figure, base = results[name, crowd].figures()[0], results[ECHO, crowd].figures()[0]
            cells += [figure.shown(), "1" if name == ECHO else f"**{ratio(figure, base).shown()}**"]
        yield f"| {name} | " + " | ".join(cells) + " |"


def latency(results: Results) -> Iterator[str]:
    names = list(dict.fromkeys(name for name, _ in results))
    yield "| ms from the press to the answer |" + "".join(
        f" {crowd} at once ({PRESSES[crowd]} presses a round), median | 95 % |" for crowd in CROWDS
    )
    yield "|---|" + "---|---|" * len(CROWDS)
    for name in names:
        cells = []
        for crowd in CROWDS:
            _, middle, slow = results[name, crowd].figures()
            cells += [middle.shown(1), slow.shown(1)]
        yield f"| {name} | " + " | ".join(cells) + " |"


def footprint(found: dict[str, Footprint]) -> Iterator[str]:
    names = {
        ECHO: "echo",
        "sample": "ours, the sample forum",
        "congress": f"ours, {congress.PARTICIPANTS:,} participants and 900 sessions",
    }
    yield (
        f"| | RSS, MB, after {FEW} people | after {MANY} people | against echo "
        "| from start to the first poll, s | to the first answer, s |"
    )
    yield "|---|---|---|---|---|---|"
    base = found[ECHO].many.middle
    for key, name in names.items():
        one = found[key]
        more = "" if key == ECHO else f"**{one.many.middle - base:+.0f} MB**"
        yield (
            f"| {name} | {one.few.shown(0)} | {one.many.shown(0)} | {more} | {one.first_poll.shown()} "
            f"| {one.first_answer.shown()} |"
        )


def write(text: str, file: Path) -> None:
    """Put the tables in their place in `file`; what people wrote around them stays."""
    page = file.read_text(encoding="utf-8")
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{file} has no place for the tables: {BEGIN} and {END}")
    file.write_text(f"{before}{BEGIN}\n{text}{END}{after}", encoding="utf-8")
