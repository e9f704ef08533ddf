"""docs/benchmarks.md: each benchmark puts its tables between two marks of its own."""

from __future__ import annotations

import datetime as dt
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path

import psutil

from benchmarks.processes import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
LIBRARIES = ("aiogram", "aiohttp", "pydantic", "aiosqlite")


def machine() -> str:
    """What it was measured on, and how busy that was besides."""
    load = psutil.getloadavg()[2] / (psutil.cpu_count() or 1)
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{dt.date.today():%Y-%m-%d}, {processor()}, {psutil.cpu_count()} cores, {platform.system()}, "  # noqa: DTZ011 - the day on this machine
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {libraries}. "
        f"Load of the machine in the last quarter of an hour: {load:.1f} a core."
    )


def processor() -> str:
    """The processor's name where the system says it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def put(block: str, text: str) -> None:
    """Print the tables and write them into their block; what people wrote around it stays."""
    text = f"{machine()}\n\n{text.strip()}"
    print(text)
    begin, end = f"<!-- {block}: begin -->", f"<!-- {block}: end -->"
    before, found, rest = PAGE.read_text(encoding="utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"{PAGE} has no place for the tables: {begin} and {end}")
    PAGE.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
