"""What is wrong with a programme file, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from bot.programme.faults import Fault
from bot.programme.text import Text
from bot.texts.translator import Translator


def said(t: Translator, fault: Fault) -> str:
    """Plain text, the place first: "Sessions!D14: there is no room 5"."""
    line = t.plain("fault.at_line", line=str(fault.line)) if fault.line else ""
    fields = {name: t.say_plain(value) if isinstance(value, Text) else value for name, value in fault.fields.items()}
    words = t.plain(fault.key, **fields)
    where = ", ".join(part for part in (line, fault.place) if part)
    return f"{where}: {words}" if where else words


def console(faults: Iterable[Fault]) -> Iterator[str]:
    """A line each in English, which is what the command line speaks."""
    t = Translator("en", ZoneInfo("UTC"))
    return (said(t, fault) for fault in faults)
