"""The organizers' board: one message for a phone that says what needs somebody, each a tap away."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence

from bot.actions.announcements import audience
from bot.actions.publishing.watches import host_of
from bot.actions.staff.board import Board, Late, Scheduled
from bot.programme.model import Programme, Session
from bot.texts import Html, Translator, escape
from bot.views.agenda.buttons import RunPage
from bot.views.announcements.buttons import AnnounceDesk, AnnounceList
from bot.views.announcements.choices import audience_words
from bot.views.announcements.lines import plain_title
from bot.views.buttons import Button, Go, button
from bot.views.labels import HALF
from bot.views.moderation.buttons import DeskSession, Papers
from bot.views.moderation.left_over_buttons import OpenLeftOver
from bot.views.screen import Screen, cut, in_rows, screen, shorten
from bot.views.staff.buttons import BoardBelow
from storage.announcements import Announcement

ROOMS, SOONEST, DRAFTERS, ASKED = 3, 3, 3, 3  # lines of each
TITLE = 40  # characters of a title in a line
NAME = 24  # and of a room or of a person


def board(t: Translator, programme: Programme, found: Board, now: dt.datetime) -> Screen:
    """What it says stands below its first line, which says as of when."""
    late_, waits_, failed_ = late(t, programme, found.late), waits(t, found, now), failed(t, found, now)
    here = t("presence.count", here=found.attendance.here, people=found.attendance.people)
    parts = (
        [] if late_ or waits_ or failed_ else [t("board.calm")],
        late_,
        waits_,
        [here, *drafted(t, found)],
        coming(t, programme, found.scheduled, now),
        failed_,
    )
    return screen(
        "\n\n".join("\n".join(part) for part in (heading(t, now), *parts) if part),
        *in_rows(
            [
                *late_buttons(t, programme, found.late),
                *wait_buttons(t, found),
                *announcement_buttons(t, found, now),
                button(t.plain("board.entrance"), Go(where="entrance")),
                *([button(t.plain("programme.draft_key"), Go(where="draft"))] if found.drafted else []),
                *([button(t.plain("board.watch"), Go(where="watch"))] if found.watch else []),
                *([button(t.plain("board.group"), Go(where="group"))] if found.group else []),
            ],
            2,
        ),
        [button(t.plain("board.stats"), Go(where="stats")), button(t.plain("board.export"), Papers(session=""))],
        [button(t.plain("board.outbox"), Go(where="outbox")), button(t.plain("board.below"), BoardBelow())],
    )


def heading(t: Translator, now: dt.datetime) -> list[Html]:
    return [Html(f"🎛 <b>{t('board.title')}</b> · {t('board.as_of', at=t.time(now))}")]


def moved_on(t: Translator) -> Screen:
    """In place of a board that a newer one has left behind."""
    return screen(t("board.moved_on"))


def ended(t: Translator) -> Screen:
    """In place of the board of somebody who is no organizer any more."""
    return screen(t("board.ended"))


def digest(shown: Screen) -> str:
    """What tells two boards apart: all they say and where their buttons lead, but not as of when."""
    _, _, says = shown.text.partition("\n")
    buttons = [one for row in shown.rows for one in row]
    return hashlib.sha256(repr((says or shown.text, buttons)).encode()).hexdigest()[:16]


# Running late


def late(t: Translator, programme: Programme, rooms: Sequence[Late]) -> list[Html]:
    if not rooms:
        return []
    lines = [late_line(t, programme, one) for one in rooms[:ROOMS]]
    more = [Html(f"… +{len(rooms) - ROOMS}")] if len(rooms) > ROOMS else []
    return [Html(f"<b>{t('board.late')}</b>"), *lines, *more]


def late_line(t: Translator, programme: Programme, one: Late) -> Html:
    at = one.expected.end if one.on else one.expected.start
    return t(
        "board.late_on" if one.on else "board.late_next",
        place=place(t, programme, one.session),
        minutes=one.by // 60,
        title=shorten(t.say_plain(one.session.title), TITLE),
        at=t.time(at),
    )


def place(t: Translator, programme: Programme, session: Session) -> str:
    """The room, or what is held where there is none."""
    room = programme.room(session.room) if session.room else None
    return shorten(t.say_plain(room.name if room else session.title), NAME)


def late_buttons(t: Translator, programme: Programme, rooms: Sequence[Late]) -> Iterator[Button]:
    """The marks of each room's session; of many rooms what is on now."""
    for one in rooms[:ROOMS]:
        label = shorten(f"+{one.by // 60} {place(t, programme, one.session)}", HALF - 2)
        yield button(f"🕒 {label}", RunPage(session=one.session.code))
    if len(rooms) > ROOMS:
        yield button(t.plain("board.now"), Go(where="now"))


# Waiting


def waits(t: Translator, found: Board, now: dt.datetime) -> list[Html]:
    lines = []
    if found.review.questions:
        oldest = moment(t, found.review.oldest, now)
        lines.append(t("board.review", count=found.review.questions, oldest=oldest))
    if found.left.questions:
        lines.append(t("board.left", count=found.left.questions, sessions=len(found.left.sessions)))
    if found.asked:
        named = [f"{number(t, one)} {quoted(t, one)}" for one in found.asked[:ASKED]]
        named += ["…"] if len(found.asked) > ASKED else []
        lines.append(t("board.approve", count=len(found.asked), named=", ".join(named)))
    return [Html(f"<b>{t('board.waits')}</b>"), *lines] if lines else []


def wait_buttons(t: Translator, found: Board) -> Iterator[Button]:
    """Of one session at once to it, of several to the desk, where they stand first."""
    review, left = found.review, found.left
    if review.questions:
        one = DeskSession(session=review.sessions[0]) if len(review.sessions) == 1 else Go(where="desk")
        yield button(t.plain("board.review_key", count=review.questions), one)
    if left.questions:
        those = OpenLeftOver(session=left.sessions[0]) if len(left.sessions) == 1 else Go(where="desk")
        yield button(t.plain("board.left_key", count=left.questions), those)


# The draft, and what is scheduled


def drafted(t: Translator, found: Board) -> list[Html]:
    """How many steps, and whose."""
    if not found.drafted:
        return []
    steps = t.plain_n("programme.steps", sum(one.steps for one in found.drafted))
    named = [f"{drafter(t, one.person, one.name)} {one.steps}" for one in found.drafted[:DRAFTERS]]
    named += ["…"] if len(found.drafted) > DRAFTERS else []
    return [t("board.draft", steps=steps, named=", ".join(named))]


def drafter(t: Translator, person: int | None, name: str) -> str:
    return t.plain("draft.by_itself") if person is None else shorten(name or t.plain("audit.gone"), NAME)


def coming(t: Translator, programme: Programme, ones: Sequence[Scheduled], now: dt.datetime) -> list[Html]:
    if not ones:
        return []
    lines = [
        t(
            "board.coming_line",
            at=moment(t, one.at, now),
            number=number(t, one.announcement),
            to=cut(audience_words(t, programme, audience.read(one.announcement.audience)), TITLE),
            title=quoted(t, one.announcement),
        )
        for one in ones[:SOONEST]
    ]
    more = [Html(f"… +{len(ones) - SOONEST}")] if len(ones) > SOONEST else []
    return [Html(f"<b>{t('board.coming')}</b>"), *lines, *more]


def announcement_buttons(t: Translator, found: Board, now: dt.datetime) -> Iterator[Button]:
    """The one to approve and the next to go out; the list where there are several to approve."""
    if found.asked:
        one = found.asked[0]
        several = len(found.asked) > 1
        yield button(
            t.plain("board.approve_key", count=len(found.asked)),
            AnnounceList(page=0) if several else AnnounceDesk(number=one.number, act="open"),
        )
    if found.scheduled:
        next_ = found.scheduled[0]
        label = shorten(moment(t, next_.at, now, short=True), HALF - 2)
        yield button(f"📣 {label}", AnnounceDesk(number=next_.announcement.number, act="open"))


def number(t: Translator, one: Announcement) -> str:
    return t.plain("board.number", number=one.number)


def quoted(t: Translator, one: Announcement) -> str:
    return t.plain("change.quoted", words=plain_title(t, one, TITLE))


# What failed


def failed(t: Translator, found: Board, now: dt.datetime) -> list[Html]:
    lines = []
    if found.lost.failed or found.lost.unsure:
        last = moment(t, found.lost.last, now)
        lines.append(t("board.lost", failed=found.lost.failed, unsure=found.lost.unsure, last=last))
    if found.watch is not None:
        lines.append(t("board.watch_fails", host=shorten(host_of(found.watch.address), TITLE)))
    if found.group is not None:
        lines.append(Html(f"{escape(shorten(found.group.title, TITLE))}: {t(f'group.lacks_{found.group.fault}')}"))
    return [Html(f"<b>{t('board.failed')}</b>"), *lines] if lines else []


def moment(t: Translator, epoch: int, now: dt.datetime, short: bool = False) -> str:
    """The time of day; of another day its date too, or (`short`) alone."""
    at = dt.datetime.fromtimestamp(epoch, t.zone)
    if at.date() == now.astimezone(t.zone).date():
        return t.time(at)
    return t.short_date(at) if short else t.moment(epoch)
