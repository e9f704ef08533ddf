"""What really happens in a hall, in the hands of its moderators: started, runs over, ended, and each taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData

from bot.actions.agenda.runs import (
    DUE,
    END,
    ON_TIME,
    OVER,
    OVERRUNS,
    START,
    last,
    moved_by_start,
    possible,
)
from bot.programme.estimates import NOTABLE, Runs, late, markable, span, starts
from bot.programme.model import Programme, Session
from bot.texts import Translator
from bot.views.agenda.buttons import MarkLateStart, MarkRun, RunPage, SessionCard, UnmarkRun
from bot.views.buttons import Button, Go, button
from bot.views.labels import side_by_side
from bot.views.moderation.stage_buttons import OpenStage
from bot.views.screen import Row, Screen, cut, screen, shorten
from bot.views.times import expected_times, progress
from bot.who import Who

ON_STAGE, ON_CARD, ON_NOW, ON_PAGE = "stage", "card", "now", "page"
QUICK = OVERRUNS[:1]  # minutes: three keys a row are as many as a narrow phone shows with their words
REGRET = 600  # seconds for which an end can be taken back there
NAMED = 22  # characters of a title on a key
FOLLOWING = 3  # sessions that a page says are moved by this one


def page(t: Translator, programme: Programme, runs: Runs, session: Session, now: dt.datetime) -> Screen:
    """All marks of one session, and what comes of them for those after it in the room."""
    lines = [
        f"🕒 <b>{cut(t.say(session.title), 300)}</b>",
        f"🕒 {expected_times(t, programme, runs, session, now)}",
        *progress(t, programme, runs, session),
    ]
    follow = delayed(programme, runs, session, now)
    if follow:
        lines += ["", t("runs.follow")]
        lines += [
            f"• {expected_times(t, programme, runs, one, now)} {cut(t.say(one.title), 100)}"
            for one in follow[:FOLLOWING]
        ]
    can = possible(programme, runs, session, now)
    if not can and not last(runs.of(programme, session.code)):
        lines += ["", t("runs.not_now")]
    mark = Marks(t, programme, runs, session, now=now, place=ON_PAGE)
    first = [mark.key(move) for move in (START, ON_TIME) if move in can]
    return screen(
        "\n".join(lines),
        *side_by_side(first),
        mark.overruns(OVERRUNS) if OVER in can else [],
        *side_by_side([mark.key(move) for move in (DUE, END) if move in can]),
        mark.undo(),
        [button(t.plain("runs.to_card"), SessionCard(session=session.code, back="now"))],
        [button(t.plain("runs.to_now"), Go(where="now"))],
    )


def late_start_sure(
    t: Translator, programme: Programme, runs: Runs, session: Session, *, now: dt.datetime, place: str
) -> Screen:
    """Whether a session really begins only now that it should be over by plan: that moves whatever follows it."""
    read = runs.of(programme, session.code).revision
    after, moved = moved_by_start(programme, runs, session, now)
    lines = [f"🕒 <b>{cut(t.say(session.title), 300)}</b>", "", t("runs.late_sure", time=t.time(session.end)), ""]
    lines.append(t.n("runs.late_moves", len(moved)) if moved else t("runs.late_alone"))
    lines += [
        f"• {expected_times(t, programme, after, one, now)} {cut(t.say(one.title), 100)}" for one in moved[:FOLLOWING]
    ]
    lines += [f"… +{len(moved) - FOLLOWING}"] if len(moved) > FOLLOWING else []
    up: dict[str, CallbackData] = {
        ON_STAGE: OpenStage(session=session.code),
        ON_CARD: SessionCard(session=session.code, back="now"),
        ON_NOW: Go(where="now"),
    }
    return screen(
        "\n".join(lines),
        [button(t.plain("runs.late_yes"), MarkLateStart(session=session.code, read=read, place=place))],
        [button(t.plain("menu.back"), up.get(place, RunPage(session=session.code)))],
    )


def mark_row(t: Translator, programme: Programme, runs: Runs, code: str, *, now: dt.datetime, place: str) -> Row:
    """What is most likely to be marked next, in one row; empty when nothing can be."""
    session = programme.session(code)
    if session is None or session.cancelled or not markable(session, now.timestamp()):
        return []
    quick = Marks(t, programme, runs, session, now=now, place=place).quick()
    return [*quick, button("🕒 …" if quick else t.plain("runs.open"), RunPage(session=code))]


def undo_row(t: Translator, programme: Programme, runs: Runs, who: Who, *, now: dt.datetime) -> Row:
    """Under "now and next": to take back what has ended last, while that is just over."""
    ended = [
        (ended_at, one)
        for code in (runs.moved(programme) if who.moderator else ())
        if (ended_at := runs.of(programme, code).ended_at) is not None
        and now.timestamp() - ended_at < REGRET
        and (one := programme.session(code)) is not None
        and who.moderates(code)
    ]
    if not ended:
        return []
    _, last_one = max(ended, key=lambda pair: pair[0])
    name = shorten(t.say_plain(last_one.title), NAMED)
    return Marks(t, programme, runs, last_one, now=now, place=ON_NOW).undo(t.plain("runs.undo_named", session=name))


class Marks:
    """The keys of one session's marks, for one place."""

    def __init__(
        self,
        t: Translator,
        programme: Programme,
        runs: Runs,
        session: Session,
        *,
        now: dt.datetime,
        place: str,
    ) -> None:
        self._t = t
        self._mark = runs.of(programme, session.code)
        self._can = possible(programme, runs, session, now)
        self._session = session
        start, self._end = span(programme, runs, session)
        self._half_over = now >= start + (self._end - start) / 2
        # The overrun is counted from the end that everybody expects, from now when that has passed; whole minutes.
        base = max(self._end.timestamp(), now.timestamp())
        self._base = int(-(-base // 60) * 60)
        self._place = place

    def quick(self) -> Row:
        """The start until half of its time is over, then an overrun and the end; after that the end, which has been
        forgotten. What is marked as running over counts as begun, even unmarked."""
        if START in self._can and self._mark.ends_at is None and not (OVER in self._can and self._half_over):
            return [self.key(START)]
        if DUE in self._can:
            return [self.key(DUE), self.key(END)]
        if OVER in self._can:
            return [*self.overruns(QUICK), self.key(END)]
        return []

    def overruns(self, minutes: Sequence[int]) -> Row:
        return [self._button(self._t.plain("runs.more", minutes=more), OVER, more) for more in minutes]

    def key(self, move: str) -> Button:
        word = self._t.plain(f"runs.move_{move}", time=self._t.time(self._end if move == DUE else self._session.start))
        return self._button(word, move)

    def undo(self, named: str = "") -> Row:
        """Take the last mark back; `named` is what the key says where several sessions stand together."""
        move = last(self._mark)
        if not move:
            return []
        at = {START: self._mark.started_at, OVER: self._mark.ends_at, END: self._mark.ended_at}[move]
        word = self._t.plain(f"runs.undo_{move}", time=self._t.clock(at or 0))
        data = UnmarkRun(session=self._session.code, move=move, read=self._mark.revision, place=self._place)
        return [button(named or word, data)]

    def _button(self, word: str, move: str, more: int = 0) -> Button:
        until = self._base + more * 60 if more else 0
        read = self._mark.revision
        data = MarkRun(session=self._session.code, move=move, until=until, read=read, place=self._place)
        return button(word, data)


def delayed(programme: Programme, runs: Runs, session: Session, now: dt.datetime) -> list[Session]:
    """Those after it in its room on its day that are expected notably later than planned."""
    fellows = programme.in_room(session.room) if session.room else ()
    return [
        one
        for one in fellows
        if one.day == session.day
        and one.start.timestamp() >= session.end.timestamp()
        and starts(programme, runs, one).timestamp() > now.timestamp()
        and late(programme, runs, one) >= NOTABLE
    ]
