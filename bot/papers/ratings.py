"""The ratings as a spreadsheet: a row a session, without anybody's name."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions.agenda.ratings import Result
from bot.papers.sheet import workbook
from bot.papers.table import Cell
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.names import session_title
from storage.ratings import STARS

WIDTHS = (18, 60, 24, 10, 10, 6, 6, 6, 6, 6, 80)  # characters a column is wide
CELL = 32_767  # characters a cell of Excel holds


def sheet(t: Translator, programme: Programme, results: Sequence[Result]) -> bytes:
    """An .xlsx in the translator's language."""
    heads = t.plain("ratings.columns").split("|")
    return workbook(t.plain("ratings.title"), heads, [row(t, programme, one) for one in results], WIDTHS)


def row(t: Translator, programme: Programme, found: Result) -> list[Cell]:
    session = programme.known(found.session)
    room = programme.room(session.room) if session and session.room else None
    return [
        session.start.astimezone(t.zone).replace(tzinfo=None) if session else "",
        session_title(t, programme, found.session),
        t.say_plain(room.name) if room else "",
        found.people,
        "" if found.mean is None else round(found.mean, 2),
        *("" if found.mean is None else found.by_stars.get(stars, 0) for stars in reversed(STARS)),
        "\n".join(f"{stars} · {word}" for stars, word in found.words)[:CELL],
    ]
