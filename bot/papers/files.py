"""Which files there are, and what they are called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions.moderation.papers import WHOLE_FORUM, Line
from bot.papers.comma import comma_separated
from bot.papers.document import document
from bot.papers.sheet import workbook
from bot.papers.table import heads, rows
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.names import session_title

ANNEX = "annex"  # a .docx with what was not put
KINDS = ("docx", ANNEX, "xlsx", "csv")


@dataclass(frozen=True, slots=True)
class Paper:
    name: str  # of the file
    content: bytes


def make(
    kind: str, *, t: Translator, programme: Programme, session: str, lines: Sequence[Line], now: dt.datetime
) -> Paper:
    """One of KINDS about a session or the WHOLE_FORUM, in the translator's language.

    Takes seconds for thousands of questions: not for the event loop.
    """
    ending = f"-{ANNEX}.docx" if kind == ANNEX else f".{kind}"
    name = f"{session or 'forum'}-{now.astimezone(t.zone):%Y-%m-%d}{ending}"
    if kind in ("docx", ANNEX):
        whole = session == WHOLE_FORUM
        title = t.plain("papers.forum") if whole else session_title(t, programme, session)
        return Paper(name, document(t, programme, title, lines, now, annex=kind == ANNEX))
    table = rows(t, programme, lines)
    if kind == "xlsx":
        return Paper(name, workbook(t.plain("papers.sheet"), heads(t), table))
    return Paper(name, comma_separated(heads(t), table))
