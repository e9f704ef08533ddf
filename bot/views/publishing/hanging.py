"""What hangs on sessions that go away: what the publish screens say of it, and where it can be moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from bot.actions.publishing.hanging import BREAK, Hang, Hanging, Moved
from bot.actions.publishing.publishing import Published
from bot.programme.differences import CANCELLED
from bot.programme.estimates import Runs
from bot.programme.model import Programme, Session
from bot.texts import Html, Translator
from bot.views.buttons import Button, Go, button
from bot.views.labels import WHOLE, timed
from bot.views.names import GONE_SIGN
from bot.views.pager import pager
from bot.views.publishing.buttons import GONE, AskPublish, GoingAway, MoveLeft, PickHeir, SetHeir, stamp_of
from bot.views.publishing.changes import dated
from bot.views.screen import Row, Screen, cut, page_of, screen, shorten
from bot.views.times import begin, times

SHOWN = 4  # sessions, on a screen of the publication
PAGE = 3
TITLE_MAX = 44
SIGNS = {CANCELLED: "❌", BREAK: "☕"}


def ahead(t: Translator, programme: Programme, found: Hanging, back: Moved) -> list[Html]:
    """Before the publication; `programme` is the one that comes."""
    lines = [Html(""), Html(f"⚠️ {total(t, 'hanging.ahead', found)}"), *each(t, programme, found)] if found else []
    return [*lines, *returned(t, "hanging.comes_back", back)]


def behind(t: Translator, done: Published, left: Hanging) -> list[Html]:
    """After the publication: what was moved, what has come back, what is left."""
    lines = returned(t, "hanging.moved", done.moved)
    lines += returned(t, "hanging.came_back", done.back)
    lines += [Html(""), Html(f"⚠️ {total(t, 'hanging.left', left)}")] if left else []
    return [*lines, *(told_anyway(t, left) if done.version.quiet else [])]


def told_anyway(t: Translator, found: Hanging) -> list[Html]:
    """What a quiet publication tells all the same."""
    return [t("hanging.told_anyway")] if found.questions else []


def total(t: Translator, key: str, found: Hanging) -> Html:
    return t(key, questions=found.questions, stars=found.stars, people=found.people)


def each(t: Translator, programme: Programme, found: Hanging) -> list[Html]:
    more = len(found.sessions) - SHOWN
    return [
        *(line(t, programme, one) for one in found.sessions[:SHOWN]),
        *([Html(f"… +{more}")] if more > 0 else []),
    ]


def line(t: Translator, programme: Programme, one: Hang) -> Html:
    """ "🚫 10:00–11:00 Opening: ❓ 2 · ⭐ 3 → Closing"."""
    title = cut(t.say(one.session.title), TITLE_MAX)
    heir = programme.session(one.heir) if one.heir else None
    goes = f" → <b>{cut(t.say(heir.title), TITLE_MAX)}</b>" if heir else ""
    return Html(f"{sign(one)} {times(t, one.session)} {title}: {marks(one)}{goes}")


def sign(one: Hang) -> str:
    return SIGNS.get(one.how, GONE_SIGN)


def marks(one: Hang) -> str:
    return f"❓ {one.questions} · ⭐ {one.stars}"


def returned(t: Translator, key: str, moved: Moved) -> list[Html]:
    lines = [Html(""), t(key, questions=moved.questions, stars=moved.stars)] if moved else []
    return [*lines, *([t("hanging.stay", questions=moved.stay)] if moved.stay else [])]


def going_away(t: Translator, programme: Programme, found: Hanging, *, revision: int, page: int) -> Screen:
    """Each session on which something hangs, a button that leads to the choice of its heir."""
    shown, page, pages = page_of(found.sessions, page, PAGE)
    labels = timed(t, [one.session for one in shown])
    rows = [
        [
            button(
                shorten(f"{'➡️' if one.heir else sign(one)} {marks(one)} · {label}", WHOLE),
                PickHeir(session=one.session.code, page=0, revision=revision),
            )
        ]
        for one, label in zip(shown, labels, strict=True)
    ]
    head = total(t, "hanging.left" if revision == GONE else "hanging.ahead", found) if found else t("hanging.nothing")
    hint = [Html(""), t("hanging.hint" if revision == GONE else "hanging.hint_draft")] if found else []
    return screen(
        "\n".join([f"➡️ <b>{head}</b>", *(line(t, programme, one) for one in shown), *hint]),
        *rows,
        pager(page, pages, lambda to: GoingAway(revision=revision, page=to)),
        [up(t, revision)],
    )


def up(t: Translator, revision: int) -> Button:
    """Back to where it was opened."""
    to = Go(where="desk") if revision == GONE else AskPublish(revision=revision)
    return button(t.plain("moderation.all_sessions" if revision == GONE else "menu.back"), to)


def pick(
    t: Translator,
    programme: Programme,
    runs: Runs,
    one: Hang,
    candidates: Sequence[Session],
    *,
    now: dt.datetime,
    revision: int,
    page: int,
) -> Screen:
    """The sessions that can take it, those of the draft or of the programme, with when they are expected; with the
    draft also none."""
    shown, page, pages = page_of(candidates, page, PAGE)
    labels = timed(t, shown, begin(t, programme, runs, shown, now))

    def choice(heir: str) -> SetHeir | MoveLeft:
        code = one.session.code
        if revision == GONE:
            return MoveLeft(session=code, heir=heir, sure=0)
        return SetHeir(session=code, heir=heir, stamp=stamp_of(revision))

    chosen: Callable[[str], str] = lambda code: "● " if code == one.heir else ""  # noqa: E731 - one word
    rows: list[Row] = [
        [button(f"{chosen(session.code)}{label}", choice(session.code))]
        for session, label in zip(shown, labels, strict=True)
    ]
    return screen(
        f"➡️ {t('hanging.pick')}\n{line(t, programme, one)}" + ("" if shown else f"\n\n{t('hanging.no_candidates')}"),
        *rows,
        pager(page, pages, lambda to: PickHeir(session=one.session.code, page=to, revision=revision)),
        [button(t.plain("hanging.leave"), choice(""))] if one.heir else [],
        [button(t.plain("menu.back"), GoingAway(revision=revision, page=0))],
    )


def ask_move(t: Translator, one: Hang, heir: Session) -> Screen:
    """How much is moved, and where."""
    words = t(
        "hanging.move_sure",
        session=cut(t.say(one.session.title), TITLE_MAX),
        heir=cut(t.say(heir.title), TITLE_MAX),
        when=dated(t, heir),
        questions=one.questions,
        stars=one.stars,
    )
    return screen(
        f"➡️ {words}",
        [button(t.plain("menu.back"), PickHeir(session=one.session.code, page=0, revision=GONE))],
        [button(t.plain("hanging.move_yes"), MoveLeft(session=one.session.code, heir=heir.code, sure=1))],
    )
