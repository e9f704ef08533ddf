"""What a delegate, a speaker or a moderator reads when their sessions have changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.actions.publishing.notices import News
from bot.programme.differences import HELD, PEOPLE, ROOM, TIME
from bot.texts import Html, Translator
from bot.views.agenda.buttons import SessionCard
from bot.views.agenda.sessions import MINE
from bot.views.buttons import Go, button
from bot.views.labels import timed
from bot.views.publishing.changes import (
    both_times,
    change_lines,
    people_lines,
    room_name,
    title,
)
from bot.views.screen import Row, Screen, screen

SHOWN = 10  # sessions; the others are in the agenda


def change(t: Translator, news: Sequence[News]) -> Screen:
    """Old and new side by side, a paragraph for each session; `news` in the order in which people are to read them."""
    return screen("\n\n".join((f"🔔 <b>{t('notices.title')}</b>", *paragraphs(t, news))), *rows(t, news))


def outdated(t: Translator, news: Sequence[News], gone: Collection[str]) -> Screen:
    """In place of an earlier notice. The sessions of these codes have changed again since and are struck out; what was
    said of the others still holds, and no newer message says it."""
    return screen(
        "\n\n".join((f"⚠️ <b>{t('notices.outdated')}</b>", *paragraphs(t, news, gone))),
        *rows(t, news),
    )


def paragraphs(t: Translator, news: Sequence[News], gone: Collection[str] = ()) -> list[Html]:
    more = len(news) - SHOWN
    shown = [(one.change.code in gone, paragraph(t, one)) for one in news[:SHOWN]]
    return [
        *(Html(f"<s>{words}</s>") if struck else words for struck, words in shown),
        *([t.n("notices.more", more)] if more > 0 else []),
    ]


def paragraph(t: Translator, one: News) -> Html:
    return Html("\n".join((title(t, one.change), *(taken_back(t, one) if one.again else change_lines(t, one.change)))))


def taken_back(t: Translator, one: News) -> list[Html]:
    """What holds again, in place of what the last message said."""
    change = one.change
    if HELD & {*change.told} or change.before is None or change.after is None:
        return [t("notices.again"), *change_lines(t, change)]
    lines = [t("notices.again")]
    if TIME in change.told:
        was, now = both_times(t, change.before, change.after)
        lines.append(Html(f"🕙 <b>{now}</b> {t('notices.not', what=was)}"))
    if ROOM in change.told:
        old, new = (room_name(t, room) for room in change.rooms)
        lines.append(Html(f"📍 <b>{new}</b> {t('notices.not', what=old)}"))
    if PEOPLE in change.told:
        lines += people_lines(t, change)
    return lines


def rows(t: Translator, news: Sequence[News]) -> list[Row]:
    """To the cards of those that are still in the programme, and to one's agenda."""
    shown = [one.change.after for one in news[:SHOWN] if one.change.after is not None]
    labels = timed(t, shown)
    return [
        *(
            [button(label, SessionCard(session=session.code, back=MINE))]
            for session, label in zip(shown, labels, strict=True)
        ),
        [button(t.plain("agenda.tab_my"), Go(where="my"))],
    ]
