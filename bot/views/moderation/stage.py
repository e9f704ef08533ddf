"""The stage on its chair's phone: one question, read from an arm's length, pressed with one thumb."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.actions.moderation.papers import Line
from bot.actions.moderation.stage import NOTE_MAX, Stage
from bot.programme.estimates import Runs, span
from bot.programme.model import Programme
from bot.texts import Translator, escape
from bot.views.agenda.runs import ON_STAGE, mark_row
from bot.views.buttons import LeaveForm, button
from bot.views.labels import HALF, side_by_side
from bot.views.moderation.buttons import DeskSession
from bot.views.moderation.papers import (
    known_as,
)
from bot.views.moderation.stage_buttons import (
    AskClearNote,
    ClearNote,
    LeaveStage,
    OpenStage,
    StageAnswer,
    StageList,
    StageMove,
    StageNote,
    StageSkipped,
    StageUndo,
)
from bot.views.names import (
    session_name,
    topic_names,
)
from bot.views.pager import pager
from bot.views.questions.questions import (
    marked_state,
    numbered,
    voices,
)
from bot.views.screen import Row, Screen, page_of, screen, shorten
from bot.views.times import expected_times, times, when
from storage.questions import APPROVED, Question

PAGE = 4  # questions to choose from
WORDS_MAX = 70  # characters of each
PREVIEW = 120


def stage(t: Translator, programme: Programme, runs: Runs, facts: Stage, now: dt.datetime) -> Screen:
    """The note first, since somebody wants something; then the question; what comes after it is small."""
    time = clock(t, programme, runs, facts, now)
    parts = [f"🎤 <i>{session_name(t, programme, facts.session, 100)}</i>\n{time}"]
    if facts.note:
        by = f" · {escape(facts.note_by)}" if facts.note_by else ""
        parts.append(f"📌 <b>{escape(facts.note)}</b>\n<i>{t.clock(facts.note_at)}{by}</i>")
    if facts.line is None:
        parts.append(t("stage.nothing"))
    else:
        parts.append(question_text(t, programme, facts.line, facts.since))
        parts.append(ahead(t, facts))
    return screen("\n\n".join(parts), *rows(t, programme, runs, facts, now))


def clock(t: Translator, programme: Programme, runs: Runs, facts: Stage, now: dt.datetime) -> str:
    """How much time is left, in whole minutes: it changes once a minute, and not after the end."""
    session = programme.session(facts.session)
    if session is None:
        known = programme.known(facts.session)
        planned = f"\n🕒 {t.date(known.start)}, {times(t, known)}" if known else ""
        return f"⚠️ {t('stage.gone')}{planned}"
    if session.cancelled:
        return f"⚠️ {t('questions.session_cancelled')}"
    start, end = span(programme, runs, session)
    if now < start:
        return f"🕒 {t('stage.begins', when=when(t, start, now))}\n{expected_times(t, programme, runs, session, now)}"
    ended_at = runs.of(programme, session.code).ended_at
    if ended_at is not None:
        return f"⏹ <b>{t('runs.ended', time=t.clock(ended_at))}</b>"
    if now >= end:
        return f"🔚 <b>{t('stage.over', end=t.time(session.end))}</b>"
    minutes = -(-int((end - now).total_seconds()) // 60)
    return f"⏳ <b>{t.n('stage.left', minutes)}</b> · {t('stage.until', end=t.time(end))}"


def question_text(t: Translator, programme: Programme, line: Line, since: int | None) -> str:
    question = line.question
    place = t("stage.next") if since is None else t("stage.on", since=t.clock(since))
    done = f" · {marked_state(t, question)}" if question.shown_state != APPROVED else ""
    named = shorten(known_as(t, programme, line.author), 300)
    lines = [
        f"{place} · {t.number(question.number)}{voices(question)}{done}",
        f"<b>{escape(question.text)}</b>",
        f"👤 {escape(named) if named else t('questions.anonymous')}",
    ]
    if line.labels:
        lines.append(f"🏷 {escape(shorten(topic_names(t, programme, line.labels), 200))}")
    return "\n".join(lines)


def ahead(t: Translator, facts: Stage) -> str:
    if facts.following is None:
        return f"<i>{t('stage.last')}</i>"
    one = facts.following
    head = f"{t.n('stage.behind', facts.behind)} {t.number(one.number)}{voices(one)}"
    return f"<i>{head}\n{escape(shorten(one.text, PREVIEW))}</i>"


def rows(t: Translator, programme: Programme, runs: Runs, facts: Stage, now: dt.datetime) -> list[Row]:
    """What is pressed every few minutes on top, what is pressed seldom below. Rows come and go as little as may be: the
    chair does not look where the thumb is."""
    keys: list[Row] = []
    if facts.line is not None:
        keys += question_rows(t, facts.line.question, live=facts.since is not None)
    if facts.note:
        ask = AskClearNote(session=facts.session, written_at=facts.note_at, place=ON_STAGE)
        keys.append([button(t.plain("stage.note_read"), ask)])
    lists: Row = []
    if facts.behind:
        lists.append(button(t.plain("stage.choose"), StageList(session=facts.session, page=0)))
    if facts.skipped:
        word = t.plain("stage.skipped", count=facts.skipped)
        lists.append(button(word, StageSkipped(session=facts.session, page=0)))
    marks = mark_row(t, programme, runs, facts.session, now=now, place=ON_STAGE)
    last = [button(t.plain("moderation.to_session"), LeaveStage(session=facts.session))]
    if facts.last is not None:
        last.append(button(t.plain("stage.undo", number=facts.last.question), StageUndo(deed=facts.last.id)))
    return [*keys, *side_by_side(lists), marks, last]


def question_rows(t: Translator, question: Question, live: bool) -> list[Row]:
    """Putting it on stage stands to the left, that it was asked to the right: one tap too many does not do both."""

    def key(move: str, style: str | None = None) -> dict[str, str]:
        word = t.plain(f"stage.move_{move}", number=question.number)
        return button(word, StageMove(number=question.number, read=question.revision, move=move), style)

    if question.state != APPROVED:
        return [[key("next", "primary"), key("off")]]
    answer = button(t.plain("stage.answer"), StageAnswer(number=question.number, read=question.revision))
    if live:
        return [[answer, key("asked", "success")], [key("later"), key("skip"), key("off")]]
    return [[key("put", "primary"), answer], [key("later"), key("skip")]]


def choose(t: Translator, session: str, questions: Sequence[Question], page: int, pages: int) -> Screen:
    """Another one to put on stage; `questions` are those of the page."""
    keys = [
        [button(numbered(t, one, before="🎤 "), StageMove(number=one.number, read=one.revision, move="put"))]
        for one in questions
    ]
    return screen(
        listed(t, t("stage.choose_hint") if questions else t("stage.nothing"), questions),
        *keys,
        pager(page, pages, lambda to: StageList(session=session, page=to)),
        [button(t.plain("stage.back"), OpenStage(session=session))],
    )


def skipped(t: Translator, session: str, questions: Sequence[Question], page: int) -> Screen:
    """Those off today's line: each can be brought back, or answered in writing."""
    shown, page, pages = page_of(questions, page, PAGE)
    keys = [
        [
            button(
                t.plain("stage.move_back", number=one.number),
                StageMove(number=one.number, read=one.revision, move="back"),
            ),
            button(numbered(t, one, HALF - 2, "💬 "), StageAnswer(number=one.number, read=one.revision)),
        ]
        for one in shown
    ]
    return screen(
        listed(t, t("stage.skipped_hint") if questions else t("stage.nothing_skipped"), shown),
        *keys,
        pager(page, pages, lambda to: StageSkipped(session=session, page=to)),
        [button(t.plain("stage.back"), OpenStage(session=session))],
    )


def listed(t: Translator, hint: str, questions: Sequence[Question]) -> str:
    later = {one.number: f" · {t('stage.put_off')}" for one in questions if one.postponed_at and not one.skipped}
    texts = [
        f"<b>{t.number(one.number)}</b>{voices(one)}{later.get(one.number, '')}\n{escape(shorten(one.text, WORDS_MAX))}"
        for one in questions
    ]
    return "\n".join([f"🎤 <b>{hint}</b>", "", *texts])


def note_form(t: Translator, programme: Programme, session: str, lies: str, written_at: int) -> Screen:
    """`lies` is the note that lies before the chair now, "" for none."""
    clear = button(t.plain("stage.note_clear"), AskClearNote(session=session, written_at=written_at, place="form"))
    return screen(
        t("stage.note_form", session=session_name(t, programme, session), most=NOTE_MAX)
        + (f"\n\n{t('stage.note_lies', text=lies)}" if lies else ""),
        [clear] if lies else [],
        [button(t.plain("form.cancel"), LeaveForm())],
    )


def clear_note_sure(t: Translator, session: str, lies: str, *, written_at: int, place: str) -> Screen:
    """Whether the note that lies there can go: nobody brings it back."""
    clear = ClearNote(session=session, written_at=written_at, place=place)
    back = (
        button(t.plain("stage.back"), OpenStage(session=session))
        if place == ON_STAGE
        else button(t.plain("form.cancel"), LeaveForm())
    )
    return screen(
        t("stage.note_sure", text=lies),
        [button(t.plain("stage.note_clear"), clear, style="danger")],
        [back],
    )


def note_laid(t: Translator, session: str, lies: str) -> Screen:
    """What lies before the chair now, "" when the note was taken away."""
    return screen(
        t("stage.note_laid", text=lies) if lies else t("stage.note_gone"),
        [button(t.plain("stage.note"), StageNote(session=session))],
        [button(t.plain("moderation.to_session"), DeskSession(session=session))],
    )
