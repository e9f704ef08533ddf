"""What is left of a session that is over, and what was done with all of it."""

from __future__ import annotations

import datetime as dt

from bot.actions.agenda.ratings import over
from bot.actions.moderation.left_over import Reach, Several, Undone
from bot.actions.questions.over import closes
from bot.programme.estimates import Runs
from bot.programme.model import Programme
from bot.texts import Html, Translator
from bot.views.buttons import Go, button
from bot.views.moderation.buttons import DeskNext, DeskSession
from bot.views.moderation.desk import NO_LIST, READY, WAITING
from bot.views.moderation.left_over_buttons import CarryPick, CloseAll, OpenLeftOver, UndoTogether
from bot.views.moderation.stage_buttons import StageSkipped
from bot.views.names import session_name
from bot.views.screen import Row, Screen, screen
from storage.unheard import LeftOver


def notice(t: Translator, programme: Programme, runs: Runs, left: LeftOver, now: dt.datetime) -> Screen:
    """For the session's moderators when it is just over."""
    return screen(
        news(t, programme, runs, left, now),
        [button(t.plain("left.open", count=left.all), OpenLeftOver(session=left.session), style="primary")],
    )


def in_group(t: Translator, programme: Programme, runs: Runs, left: LeftOver, now: dt.datetime) -> Screen:
    """The same for their group, where nothing is done about it."""
    return screen(f"{news(t, programme, runs, left, now)}\n{t('left.in_private')}")


def news(t: Translator, programme: Programme, runs: Runs, left: LeftOver, now: dt.datetime) -> str:
    return f"🔚 <b>{t('left.notice')}</b>\n{head(t, programme, left)}\n{when_told(t, programme, runs, left, now)}"


def head(t: Translator, programme: Programme, left: LeftOver) -> str:
    """Of which session, and how many of each kind."""
    lines = [f"<i>{session_name(t, programme, left.session)}</i>", ""]
    lines += [f"⏳ {t('questions.state_pending')}: {left.pending}"] if left.pending else []
    lines += [f"✅ {t('left.approved')}: {left.approved}"] if left.approved else []
    lines += [f"⏭ {t('left.skipped')}: {left.skipped}"] if left.skipped else []
    return "\n".join(lines)


def when_told(t: Translator, programme: Programme, runs: Runs, left: LeftOver, now: dt.datetime) -> str:
    """When the authors hear that there was no time, or that they have."""
    session = programme.session(left.session)
    if left.told:
        return t("left.told", count=left.told)
    if session is None or session.cancelled:
        return ""
    if now.timestamp() < over(programme, runs, session):
        return t("left.goes_on")
    return t("left.will_tell", time=t.clock(closes(programme, runs, session)))


def left_over(t: Translator, programme: Programme, runs: Runs, left: LeftOver, now: dt.datetime) -> Screen:
    """All that is left, as it is now, and what can be done with it."""
    back = way_back(t, programme, left.session)
    title = f"🔚 <b>{t('left.title')}</b>\n"
    if not left.all:
        return screen(f"{title}{head(t, programme, left)}\n{t('left.none')}", back)
    text = f"{title}{head(t, programme, left)}\n{when_told(t, programme, runs, left, now)}\n\n{t('left.hint')}"
    lined = left.approved - left.skipped
    code, rows = left.session, list[Row]()
    if left.pending:
        word = t.plain("moderation.to_read", count=left.pending)
        rows.append([button(word, DeskNext(session=code, which=WAITING, after=0))])
    if lined:
        word = t.plain("left.answer", count=lined)
        rows.append([button(word, DeskNext(session=code, which=READY, after=0))])
    if left.skipped:
        word = t.plain("stage.skipped", count=left.skipped)
        rows.append([button(word, StageSkipped(session=code, page=0))])
    pick = CarryPick(number=0, session=code, day="", page=0, desk=NO_LIST)
    rows.append([button(t.plain("left.carry_all", count=left.all), pick)])
    rows.append([button(t.plain("left.close_all", count=left.all), CloseAll(session=code, upto=left.last, sure=0))])
    return screen(text, *rows, back)


def way_back(t: Translator, programme: Programme, session: str) -> Row:
    """To the session's desk; where the programme has it no more, to the list of all."""
    if programme.session(session) is None:
        return [button(t.plain("moderation.all_sessions"), Go(where="desk"))]
    return [button(t.plain("moderation.to_session"), DeskSession(session=session))]


def close_form(t: Translator, programme: Programme, session: str, reach: Reach) -> Screen:
    """Whether to close all of it, with how many; a word for the authors may be typed."""
    return screen(
        f"🔚 <b>{t('left.close_sure')}</b>\n<i>{session_name(t, programme, session)}</i>\n\n{numbers(t, reach)}\n\n"
        f"{t('left.close_how')}",
        [
            button(
                t.plain("left.close_silent", count=reach.questions),
                CloseAll(session=session, upto=reach.upto, sure=1),
                style="danger",
            )
        ],
        [button(t.plain("menu.back"), OpenLeftOver(session=session))],
    )


def numbers(t: Translator, reach: Reach) -> str:
    return f"{t('left.questions', count=reach.questions)}\n{t('left.people', count=reach.people)}"


def closed(t: Translator, programme: Programme, session: str, made: Several, word: str = "") -> Screen:
    """What came of it, with the way back."""
    lines = [t("left.closed", count=made.done)]
    return done(t, programme, session, made, [*lines, t("questions.closing", text=word)] if word else lines)


def carried(t: Translator, programme: Programme, session: str, made: Several, to: str) -> Screen:
    lines = [t("left.carried", count=made.done), Html(f"<i>{session_name(t, programme, to)}</i>")]
    return done(t, programme, session, made, lines)


def done(t: Translator, programme: Programme, session: str, made: Several, lines: list[Html]) -> Screen:
    held = [t("left.held", count=made.held)] if made.held else []
    undo = [button(t.plain("left.undo", count=made.done), UndoTogether(deed=made.first))] if made.done else []
    return screen(
        "\n".join([*lines, *held]),
        way_back(t, programme, session),
        undo,
        [button(t.plain("left.title_button"), OpenLeftOver(session=session))],
    )


def undone(t: Translator, made: Undone) -> str:
    """For a toast."""
    words = t.plain("left.undone", count=made.back)
    return f"{words}\n{t.plain('left.moved_on', count=made.left)}" if made.left else words


def word_told(t: Translator, session: str, first: int) -> Screen:
    """An edit of the word came when somebody had read it."""
    return screen(
        t("left.word_told"),
        [button(t.plain("left.undo_closing"), UndoTogether(deed=first))],
        [button(t.plain("left.title_button"), OpenLeftOver(session=session))],
    )
