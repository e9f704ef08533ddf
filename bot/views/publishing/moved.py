"""That a day or a hall moves as a whole: what the publish screens say of it, and the words for everybody registered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from bot.actions.announcements.moved import Offer
from bot.programme.differences import ROOM, SessionChange
from bot.programme.model import Programme, Session
from bot.programme.moves import DATE, INTO, SWAPPED, Move
from bot.texts import Html, Translator
from bot.views.announcements.buttons import WordAgain
from bot.views.buttons import button
from bot.views.publishing.buttons import TellEverybody
from bot.views.publishing.changes import NAME_MAX, both_times, room_name
from bot.views.screen import TEXT_LIMIT, Row, cut, units, visible
from bot.views.times import times

SHOWN = 4  # moves, on a screen of the publication
UNTRUE = 3  # announcements
LINES = 30  # sessions that an announcement lists: Telegram shows the marks of the first hundred places only
TITLE_MAX = 100
MARGIN = 200  # of a message, for how many more there are, and the mark of a language that stands in


def ahead(t: Translator, offer: Offer) -> list[Html]:
    """Before the publication: what moves, whom one will be able to tell, which announcements become untrue."""
    lines = [Html(""), *headlines(t, offer.moves), t.n("moving.can_tell", offer.registered)] if offer.moves else []
    return [*lines, *(untrue_line(t, one.number, "moving.becomes_untrue") for one in offer.untrue[:UNTRUE])]


def behind(t: Translator, offer: Offer) -> list[Html]:
    """After the publication."""
    lines = [Html(""), *headlines(t, offer.moves), t.n("moving.offer", offer.registered)] if offer.moves else []
    return [*lines, *(untrue_line(t, one.number, "moving.is_untrue") for one in offer.untrue[:UNTRUE])]


def untrue_line(t: Translator, number: int, key: str) -> Html:
    return Html(f"⚠️ {t(key, number=number)}")


def rows(t: Translator, offer: Offer, version: int) -> list[Row]:
    """The announcement to make, or the one that was made; corrections of those untrue now."""
    found: list[Row] = []
    if offer.made is not None:
        number = offer.made.number
        label = t.plain("announcements.open", number=number)
        found.append([button(label, TellEverybody(number=version))])
    elif offer.moves:
        found.append([button(t.plain("moving.tell"), TellEverybody(number=version), "success")])
    for one in offer.untrue[:UNTRUE]:
        found.append([button(t.plain("moving.correct_number", number=one.number), WordAgain(number=one.number))])
    return found


def headlines(t: Translator, moves: Sequence[Move]) -> list[Html]:
    more = len(moves) - SHOWN
    return [
        *(Html(f"📅 {headline(t, one)}") for one in moves[:SHOWN]),
        *([Html(f"… +{more}")] if more > 0 else []),
    ]


def headline(t: Translator, move: Move) -> Html:
    """ "Friday, 27 November: Hall A and Hall B change places"."""
    day = t.date(move.day)
    names = [room_name(t, room) for room in move.rooms]
    if move.kind == SWAPPED:
        return t("moving.head_swapped", day=day, one=names[0], other=names[1])
    if move.kind == INTO:
        return t("moving.head_into", day=day, one=names[0], other=names[1])
    fields = {"day": day}
    if move.kind == DATE and move.to is not None:
        fields["to"] = t.date(move.to)
    if names:
        fields["room"] = names[0]
    return t(f"moving.head_{'hall' if names else 'day'}_{move.kind}", **fields)


def words(t: Translator, programme: Programme, moves: Sequence[Move]) -> Html:
    """What everybody registered reads; `programme` is the one that holds."""
    lines = [Html(f"📢 <b>{t('moving.title')}</b>")]
    left = LINES
    for move in moves:
        lines += [Html(""), Html(f"<b>{headline(t, move)}</b>")]
        lines += [line(t, move, one) for one in move.changes[:left]]
        left -= min(left, len(move.changes))
    return whole(t, lines, sum(len(move.changes) for move in moves))


def line(t: Translator, move: Move, change: SessionChange) -> Html:
    """One session: its times, former and new where they differ, its title and where it is now."""
    session = change.session
    title = cut(t.say(session.title), TITLE_MAX)
    if change.after is None or session.cancelled:
        known = change.before or session
        return Html(f"❌ {times(t, known)} {title}")
    was = now = f"<b>{times(t, session)}</b>"
    if change.before is not None:
        same_move = move.kind == DATE and session.day == move.to
        old, new = (times(t, change.before), times(t, session)) if same_move else both_times(t, change.before, session)
        now = f"{old} → <b>{new}</b>" if old != new else was
    hall = room_name(t, change.rooms[1]) if change.rooms[1] is not None else None
    if hall is not None and ROOM in change.told:
        hall = Html(f"<b>{hall}</b>")
    return Html(f"🕒 {now} {title}" + (f" · {hall}" if hall else ""))


def correction(t: Translator, former: Programme, programme: Programme, codes: Iterable[str]) -> Html:
    """In place of what was announced: these sessions as they are now; of what is gone, as they were in the `former`."""
    known = [programme.session(code) or former.session(code) for code in codes]
    found = [one for one in known if one is not None]
    found.sort(key=lambda one: (one.start.timestamp(), one.code))
    lines = [Html(f"📢 <b>{t('moving.corrected')}</b>")]
    day: dt.date | None = None
    for session in found[:LINES]:
        if session.day != day:
            day = session.day
            lines += [Html(""), Html(f"<b>{t.date(day)}</b>")]
        lines.append(as_it_is(t, programme, session))
    return whole(t, lines, len(found))


def as_it_is(t: Translator, programme: Programme, session: Session) -> Html:
    title = cut(t.say(session.title), TITLE_MAX)
    if session.cancelled or programme.session(session.code) is None:
        return Html(f"❌ {times(t, session)} {title}")
    room = programme.room(session.room) if session.room else None
    return Html(f"🕒 <b>{times(t, session)}</b> {title}" + (f" · {cut(t.say(room.name), NAME_MAX)}" if room else ""))


def whole(t: Translator, lines: Sequence[Html], sessions: int) -> Html:
    """As many lines as a message takes, how many sessions more there are, and where the whole agenda is."""
    end = [Html(""), t("moving.agenda")]
    kept: list[Html] = []
    room = TEXT_LIMIT - MARGIN - units(visible("\n".join(end)))
    for one in lines:
        room -= units(visible(one)) + 1
        if room < 0:
            break
        kept.append(one)
    listed = sum(one.startswith(("🕒", "❌")) for one in kept)
    more = [t.n("moving.more", sessions - listed)] if sessions > listed else []
    return Html("\n".join([*kept, *more, *end]))
