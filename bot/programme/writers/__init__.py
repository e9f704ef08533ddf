"""The programme as files: what a reader of bot.programme.readers makes of one is the programme again."""

from __future__ import annotations

from bot.programme.model import Programme
from bot.programme.writers.frab_json import write_frab_json
from bot.programme.writers.frab_xml import write_frab_xml
from bot.programme.writers.toml import write_toml
from bot.programme.writers.xlsx import write_xlsx

FORMATS = ("xlsx", "toml", "json", "xml")


def write(programme: Programme, format_: str, language: str) -> bytes:
    """The programme in one of FORMATS.

    `language` is that of the headings in a workbook, and of what a schedule of frab says in one language only. Takes
    tenths of a second for a congress: not for the event loop.
    """
    match format_:
        case "xlsx":
            return write_xlsx(programme, language)
        case "toml":
            return write_toml(programme)
        case "json":
            return write_frab_json(programme, language)
        case "xml":
            return write_frab_xml(programme, language)
    raise ValueError(f"unknown format: {format_!r}")
