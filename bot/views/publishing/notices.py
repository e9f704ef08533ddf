"""What a delegate, a speaker or a moderator reads when their sessions have changed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions.publishing.notices import News
from bot.programme.differences import HELD, PEOPLE, ROOM, TIME, SessionChange
from bot.programme.model import Programme, Session
from bot.texts import Html, Translator
from bot.views.agenda.buttons import SessionCard
from bot.views.agenda.sessions import MINE
from bot.views.buttons import Go, button
from bot.views.labels import timed
from bot.views.names import session_name
from bot.views.publishing.changes import (
    NAME_MAX,
    PEOPLE_MAX,
    both_times,
    change_lines,
    dated,
    people_lines,
    retitled,
    room_name,
    title,
)
from bot.views.screen import Row, Screen, cut, screen
from storage.told import REPLACED, WITHDRAWN

NUMBERS = 5  # of questions
SHOWN = 7  # sessions; the others are in the agenda


def change(t: Translator, news: Sequence[News]) -> Screen:
    """Old and new side by side, a paragraph for each session; `news` in the order in which people are to read them."""
    return screen("\n\n".join((f"🔔 <b>{t('notices.title')}</b>", *paragraphs(t, news))), *rows(t, news))


def outdated(t: Translator, news: Sequence[News]) -> Screen:
    """In place of an earlier notice. What does not hold any more is struck out, with what holds now below it, unless a
    newer message says that; what was said of the others still holds."""
    shown = {one.state for one in news[:SHOWN]}
    title = "notices.withdrawn" if WITHDRAWN in shown else "notices.outdated"
    return screen(
        "\n\n".join((f"⚠️ <b>{t(title)}</b>", *paragraphs(t, news, mixed={WITHDRAWN, REPLACED} <= shown))),
        *rows(t, news),
    )


def paragraphs(t: Translator, news: Sequence[News], mixed: bool = False) -> list[Html]:
    """`mixed`: some of what is struck out is said by a newer message, some by this one."""
    more = len(news) - SHOWN
    waits = sorted({number for one in news for number in one.questions if holds(one)})
    return [
        *(paragraph(t, one, mixed) for one in news[:SHOWN]),
        *([questions_stay(t, waits)] if waits else []),
        *([t.n("notices.more", more)] if more > 0 else []),
    ]


def paragraph(t: Translator, one: News, mixed: bool) -> Html:
    lines = taken_back(t, one) if one.again and holds(one) else told_lines(t, one.change)
    lines += [star_on(t, one.star_on)] if one.star_on is not None and holds(one) else []
    words = "\n".join((title(t, one.change, one.since.after if holds(one) and one.since else None), *lines))
    if holds(one):
        return Html(words)
    struck = f"<s>{words}</s>"
    if one.state == WITHDRAWN and one.since is not None:
        return Html("\n".join((struck, f"{t('notices.now')} {standing(t, one.change, one.since)}")))
    return Html(f"{struck}\n{t('notices.see_new')}" if mixed else struck)


def told_lines(t: Translator, change: SessionChange) -> list[Html]:
    """What people are notified of, and what it is called from now on: nobody is notified of that alone."""
    takes_place = change.before is not None and change.after is not None and not change.after.cancelled
    titles = retitled(t, change) if takes_place else []
    return [*(Html(f"✏️ {line}") for line in titles), *change_lines(t, change)]


def holds(one: News) -> bool:
    return one.state not in (WITHDRAWN, REPLACED)


def star_on(t: Translator, session: Session) -> Html:
    """Where the star is that stood on what went away."""
    return Html(f"⭐ {t('notices.star_on', session=cut(t.say(session.title), NAME_MAX), when=dated(t, session))}")


def star_moved(t: Translator, programme: Programme, former: str, session: Session) -> Screen:
    """To whoever had starred the `former` session, which does not take place."""
    (label,) = timed(t, [session])
    return screen(
        f"<b>{session_name(t, programme, former)}</b>\n{star_on(t, session)}",
        [button(label, SessionCard(session=session.code, back=MINE))],
        [button(t.plain("agenda.tab_my"), Go(where="my"))],
    )


def questions_stay(t: Translator, numbers: Sequence[int]) -> Html:
    """What becomes of the questions that the person waits for, wherever in the notice their sessions are."""
    listed = ", ".join(t.number(number) for number in numbers[:NUMBERS])
    more = f" +{len(numbers) - NUMBERS}" if len(numbers) > NUMBERS else ""
    return Html(f"❓ {listed}{more}: {t('notices.questions_stay')}")


def standing(t: Translator, said: SessionChange, since: SessionChange) -> Html:
    """What holds of a session now, in a line or two; its people only where they were spoken of."""
    session = since.after
    if session is None or session.cancelled:
        return Html(f"❌ <b>{t('changes.removed' if session is None else 'agenda.cancelled')}</b>")
    words = [f"<b>{dated(t, session)}</b>"]
    if since.rooms[1] is not None:
        words.append(f"📍 <b>{room_name(t, since.rooms[1])}</b>")
    line = " · ".join(words)
    if PEOPLE not in said.told:
        return Html(line)
    names = ", ".join(cut(t.say(one.name), NAME_MAX) for one in since.people_after[:PEOPLE_MAX])
    more = len(since.people_after) - PEOPLE_MAX
    return Html("\n".join((line, f"👤 {names or '—'}", *([t.n("agenda.more_people", more)] if more > 0 else []))))


def taken_back(t: Translator, one: News) -> list[Html]:
    """What holds again, in place of what the last message said."""
    change = one.change
    if HELD & {*change.told} or change.before is None or change.after is None:
        return [t("notices.again"), *change_lines(t, change)]
    lines = [t("notices.again")]
    if TIME in change.told:
        was, now = both_times(t, change.before, change.after)
        lines.append(Html(f"🕒 <b>{now}</b> {t('notices.not', what=was)}"))
    if ROOM in change.told:
        old, new = (room_name(t, room) for room in change.rooms)
        lines.append(Html(f"📍 <b>{new}</b> {t('notices.not', what=old)}"))
    if PEOPLE in change.told:
        lines += people_lines(t, change)
    return lines


def rows(t: Translator, news: Sequence[News]) -> list[Row]:
    """To the cards of those that are still in the programme, as it is now, and to one's agenda."""
    shown = [one for one in map(as_it_is, news[:SHOWN]) if one is not None]
    labels = timed(t, shown)
    return [
        *(
            [button(label, SessionCard(session=session.code, back=MINE))]
            for session, label in zip(shown, labels, strict=True)
        ),
        [button(t.plain("agenda.tab_my"), Go(where="my"))],
    ]


def as_it_is(one: News) -> Session | None:
    """The session today; None when it is not in the programme any more."""
    return one.change.after if one.since is None else one.since.after
