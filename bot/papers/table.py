"""The questions as rows of cells, the same for every kind of spreadsheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.actions.moderation.papers import Line
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.names import (
    delegation_name,
    session_title,
    topic_names,
)
from bot.views.questions.questions import reason_words

Cell = str | int | float | dt.datetime


def heads(t: Translator) -> list[str]:
    return t.plain("papers.columns").split("|")


def rows(t: Translator, programme: Programme, lines: Sequence[Line]) -> list[list[Cell]]:
    """A row for each question, its cells in the order of `heads`. Times are of the forum's clock, without a zone."""
    return [row(t, programme, line) for line in lines]


def row(t: Translator, programme: Programme, line: Line) -> list[Cell]:
    question, author = line.question, line.author
    return [
        question.number,
        session_title(t, programme, question.session),
        t.plain(f"questions.state_{question.shown_state}"),
        question.votes,
        question.text,
        question.original,
        t.plain("questions.anonymous") if question.anonymous else author.name,
        author.organization,
        delegation_name(t, programme, author.delegation),
        question.language,
        topic_names(t, programme, line.labels),
        question.merged_into or "",
        reason_words(t, question.reason),
        question.answer,
        line.decider,
        at(t, question.asked_at),
        at(t, question.decided_at) if question.decided_at else "",
    ]


def at(t: Translator, epoch: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(epoch, t.zone).replace(tzinfo=None)
