"""Carrying a question, or all that is left of a session, to another session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.filters.callback_data import CallbackData

from bot.actions.moderation.desk import Decision
from bot.actions.moderation.left_over import Reach
from bot.programme.estimates import NOTABLE, Runs, is_on, late, starts
from bot.programme.model import Programme, Session
from bot.texts import Translator, escape
from bot.views.agenda.agenda import day_key
from bot.views.buttons import Button, button
from bot.views.labels import WHOLE, distinguish
from bot.views.moderation.buttons import ShowCard
from bot.views.moderation.desk import undo_row
from bot.views.moderation.left_over import numbers
from bot.views.moderation.left_over import way_back as left_over_back
from bot.views.moderation.left_over_buttons import CarryAll, CarryAsk, CarryAskAll, CarryNow, CarryPick, OpenLeftOver
from bot.views.names import session_name
from bot.views.pager import pager
from bot.views.screen import Row, Screen, cut, page_of, screen
from bot.views.times import expected_times
from storage.questions import APPROVED, Question

PAGE = 5  # sessions


@dataclass(frozen=True, slots=True)
class Load:
    """What is carried: one `question` from the list `desk`, or all that is left of `session`, which has `reach`."""

    session: str
    desk: str
    reach: Reach
    question: Question | None = None

    def pick(self, day: str = "", page: int = 0) -> CarryPick:
        """A question says itself which session it is of."""
        if self.question is None:
            return CarryPick(number=0, session=self.session, day=day, page=page, desk=self.desk)
        return CarryPick(number=self.question.number, session="", day=day, page=page, desk=self.desk)

    def ask(self, to: str) -> CallbackData:
        if self.question is None:
            return CarryAskAll(session=self.session, to=to)
        return CarryAsk(number=self.question.number, to=to, desk=self.desk)

    def go(self, to: str) -> CallbackData:
        if self.question is None:
            return CarryAll(session=self.session, to=to, upto=self.reach.upto)
        return CarryNow(number=self.question.number, to=to, read=self.question.revision, desk=self.desk)

    def back(self) -> CallbackData:
        if self.question is None:
            return OpenLeftOver(session=self.session)
        return ShowCard(number=self.question.number, desk=self.desk)


def pick(
    t: Translator,
    programme: Programme,
    runs: Runs,
    load: Load,
    *,
    sessions: Sequence[Session],
    now: dt.datetime,
    day: str,
    page: int,
) -> Screen:
    """Where to: `sessions` are all that are on or to come, of which a day's are shown, with when they are expected."""
    back = [button(t.plain("menu.back"), load.back())]
    days = list(dict.fromkeys(day_key(one.day) for one in sessions))
    if not days:
        return screen(t("carrying.nowhere"), back)
    shown_day = day if day in days else days[0]
    of_day = [one for one in sessions if day_key(one.day) == shown_day]
    shown, page, pages = page_of(of_day, page, PAGE)
    keys = labelled(t, programme, runs, load, sessions=shown, now=now)
    return screen(
        f"➡️ <b>{title(t, load)}</b>\n{t.date(of_day[0].day)}",
        *([key] for key in keys),
        pager(page, pages, lambda to: load.pick(shown_day, to)),
        day_row(t, load, days, shown_day, of_day[0].day),
        back,
    )


def title(t: Translator, load: Load) -> str:
    if load.question is not None:
        return t("carrying.where", number=load.question.number)
    return t("carrying.where_all", count=load.reach.questions)


def labelled(
    t: Translator, programme: Programme, runs: Runs, load: Load, *, sessions: Sequence[Session], now: dt.datetime
) -> list[Button]:
    """A button for each: "🔴 ≈10:20 Opening"."""
    titles = distinguish([t.say_plain(one.title) for one in sessions], WHOLE - len("🔴  ≈00:00 "))
    keys = []
    for one, name in zip(sessions, titles, strict=True):
        on = "🔴 " if is_on(programme, runs, one, now) else ""
        about = "≈" if late(programme, runs, one) >= NOTABLE else ""
        keys.append(button(f"{on}{about}{t.time(starts(programme, runs, one))} {name}", load.ask(one.code)))
    return keys


def day_row(t: Translator, load: Load, days: Sequence[str], shown: str, date: dt.date) -> Row:
    """‹ Sun, 22 Nov ›; nothing when there is one day."""
    if len(days) < 2:
        return []
    at = days.index(shown)
    before, after = days[at - 1], days[(at + 1) % len(days)]
    return [
        button("‹", load.pick(before)),
        button(t.short_date(date), load.pick(shown)),
        button("›", load.pick(after)),
    ]


def sure(
    t: Translator, programme: Programme, runs: Runs, load: Load, *, to: Session, now: dt.datetime, moderates: bool
) -> Screen:
    """Whether to carry it there, with how many; `moderates`: whoever asks moderates that session too."""
    question = load.question
    lines = [f"➡️ <b>{t('carrying.sure')}</b>", f"<i>{cut(t.say(to.title), 300)}</i>"]
    lines.append(f"🕒 {t.date(to.start)}, {expected_times(t, programme, runs, to, now)}")
    if question is not None:
        lines += ["", t.number(question.number), f"<blockquote>{escape(question.text)}</blockquote>"]
    lines += ["", numbers(t, load.reach)]
    if not moderates and (question is None or question.state == APPROVED):
        lines.append(t("carrying.decided_anew"))
    return screen(
        "\n".join(lines),
        [button(t.plain("carrying.other"), load.pick(day_key(to.day)))],
        [button(t.plain("carrying.yes", count=load.reach.questions), load.go(to.code), style="primary")],
        [button(t.plain("menu.back"), load.back())],
    )


def elsewhere(t: Translator, programme: Programme, question: Question) -> Screen:
    """In the place of a card, for whoever does not moderate where the question is now."""
    return screen(
        f"➡️ {t('carrying.elsewhere', number=question.number)}\n<i>{session_name(t, programme, question.session)}</i>"
    )


def done(t: Translator, programme: Programme, made: Decision, former: str, desk: str) -> Screen:
    """What was done with one question, whose session was `former`, with the way back."""
    return screen(
        f"➡️ {t('carrying.elsewhere', number=made.question.number)}\n"
        f"<i>{session_name(t, programme, made.question.session)}</i>",
        left_over_back(t, programme, former),
        undo_row(t, made, desk),
    )
