"""Posters for the doors of halls: A4, three languages, a QR code that a phone reads from some steps away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions.entrance.posters import (
    ASK,
    RoomPoster,
    SessionPoster,
    Wanted,
)
from bot.papers.pages import BOLD, HEIGHT, MM, PLAIN, WIDTH, Pages, cut, document, printable
from bot.programme.model import Programme
from bot.programme.text import LANGUAGES, Text
from bot.texts import Translators

MARGIN, FOOT = 16 * MM, 15 * MM
INNER = WIDTH - 2 * MARGIN
MIDDLE = WIDTH / 2
FORUM_SIZE = 9.0
LIST_SIZES = (10.0, 9.0, 8.0, 7.0)


@dataclass(frozen=True, slots=True)
class Poster:
    """What stands on a page, from its top: the forum, when and where, the titles, what to do, the code. `day` is a
    small list: a line of time, and the titles of a session, for each."""

    forum: tuple[str, ...]
    when: str
    where: str
    titles: tuple[str, ...]
    calls: tuple[str, ...]  # "Ask a question", in each language
    link: str
    day: tuple[tuple[str, tuple[str, ...]], ...] = ()


def poster_pages(translators: Translators, programme: Programme, wanted: Sequence[Wanted], username: str) -> bytes:
    """A PDF with a page for each. Not for the event loop."""
    hint = " · ".join(in_each(translators, "posters.camera"))

    def draw(pages: Pages) -> None:
        for number, one in enumerate(wanted):
            if number:
                pages.turn()
            draw_poster(pages, poster_of(translators, programme, one, f"https://t.me/{username}?start="), hint)

    return document("Posters", draw)


def poster_of(translators: Translators, programme: Programme, one: Wanted, start: str) -> Poster:
    """`start` is the beginning of every link to the bot."""
    if isinstance(one, SessionPoster):
        return session_poster(translators, programme, one, start)
    if isinstance(one, RoomPoster):
        return room_poster(translators, programme, one, start)
    return Poster(
        forum=(),
        when="",
        where=joined(programme.forum.place),
        titles=distinct(programme.forum.title),
        calls=in_each(translators, "posters.arrival"),
        link=f"{start}p_{one.token}",
    )


def session_poster(translators: Translators, programme: Programme, one: SessionPoster, start: str) -> Poster:
    session, zone = one.session, programme.forum.zone
    begins, ends = session.start.astimezone(zone), session.end.astimezone(zone)
    room = programme.room(session.room) if session.room else None
    return Poster(
        forum=distinct(programme.forum.title),
        when=f"{begins:%d.%m.%Y} · {begins:%H:%M}–{ends:%H:%M}",
        where=joined(room.name) if room else "",
        titles=distinct(session.title),
        calls=in_each(translators, "posters.ask" if one.leads == ASK else "posters.about"),
        link=f"{start}{one.leads}_{session.code}",
    )


def room_poster(translators: Translators, programme: Programme, one: RoomPoster, start: str) -> Poster:
    """The day is on the door, what is on now behind the code."""
    zone = programme.forum.zone
    held = [session for session in programme.in_room(one.room.code) if session.day == one.day and not session.cancelled]
    return Poster(
        forum=distinct(programme.forum.title),
        when=f"{one.day:%d.%m.%Y}",
        where=joined(one.room.hint),
        titles=distinct(one.room.name),
        calls=in_each(translators, "posters.room"),
        link=f"{start}r_{one.room.code}",
        day=tuple((f"{session.start.astimezone(zone):%H:%M}", distinct(session.title)) for session in held),
    )


def draw_poster(pages: Pages, poster: Poster, hint: str) -> None:
    """From both ends: the code and what it is for stand on the foot of the page, the rest hangs from its top."""
    side = (66 if poster.day else 96) * MM  # of the code with its margin
    code = FOOT + 10 * MM  # the code's lower edge
    calls, call_sizes = (23 * MM, (16.0, 10.0)) if poster.day else (31 * MM, (21.0, 10.0))
    above = code + side + 2 * MM + calls  # where the words above the code begin
    block(pages, paragraphs=poster.calls, top=above, height=calls, font=BOLD, sizes=call_sizes, gap=0.15)
    pages.qr(poster.link, MIDDLE - side / 2, y=code, side=side)
    pages.link(poster.link, MIDDLE - side / 2, y=code, width=side, height=side)
    block(
        pages,
        paragraphs=[poster.link.removeprefix("https://")],
        top=code + 1 * MM,
        height=7 * MM,
        font=BOLD,
        sizes=(14, 8),
    )
    pages.grey(0.35)
    block(pages, paragraphs=[hint], top=FOOT + 3 * MM, height=9 * MM, font=PLAIN, sizes=(11, 7))
    below = HEIGHT - MARGIN
    for title in poster.forum:
        below -= FORUM_SIZE * 1.3
        pages.words(
            cut(printable(title, PLAIN), PLAIN, FORUM_SIZE, INNER),
            x=MIDDLE,
            y=below,
            font=PLAIN,
            size=FORUM_SIZE,
            centred=True,
        )
    pages.grey(0)
    below = block(pages, paragraphs=[poster.when], top=below - 4 * MM, height=14 * MM, font=BOLD, sizes=(30, 16))
    below = (
        block(pages, paragraphs=[poster.where], top=below - 2 * MM, height=14 * MM, font=PLAIN, sizes=(18, 9)) - 5 * MM
    )
    if poster.day:
        below = block(pages, paragraphs=poster.titles, top=below, height=32 * MM, font=BOLD, sizes=(28, 12), gap=0.15)
        draw_day(pages, poster.day, below - 5 * MM, above + 4 * MM)
    else:
        block(
            pages, paragraphs=poster.titles, top=below, height=below - above - 4 * MM, font=BOLD, sizes=(40, 9), gap=0.5
        )


def block(
    pages: Pages,
    *,
    paragraphs: Sequence[str],
    top: float,
    height: float,
    font: str,
    sizes: tuple[float, float],
    gap: float = 0.0,
) -> float:
    """Centred between the margins; where it ends below."""
    said = [one for one in paragraphs if one]
    return (
        pages.block(said, box=(MARGIN, top, INNER, height), font=font, sizes=sizes, gap=gap, centred=True)
        if said
        else top
    )


def draw_day(pages: Pages, day: Sequence[tuple[str, tuple[str, ...]]], top: float, bottom: float) -> None:
    """A line for each language of each title, as large as all of them fit. In a day that is too full for that the
    languages share a line, and at last only its first sessions are listed."""
    most = max(len(titles) for _, titles in day)
    choices = [(languages, size) for languages in range(most, 0, -1) for size in LIST_SIZES]
    heights = {choice: list_height(day, *choice) for choice in choices}
    languages, size = next((one for one in choices if heights[one] <= top - bottom), choices[-1])
    indent = 4.2 * size
    y = top
    for time, titles in day:
        if y - size * 1.25 * min(languages, len(titles)) < bottom:
            break
        for number, title in enumerate(titles[:languages] if languages > 1 else [" · ".join(titles)]):
            y -= size * 1.25
            font = PLAIN if number else BOLD
            pages.grey(0.35 if number else 0)
            if number == 0:
                pages.words(time, x=MARGIN, y=y, font=BOLD, size=size)
            pages.words(
                cut(printable(title, font), font, size, INNER - indent), x=MARGIN + indent, y=y, font=font, size=size
            )
        y -= size * 0.5
    pages.grey(0)


def list_height(day: Sequence[tuple[str, tuple[str, ...]]], languages: int, size: float) -> float:
    return sum(size * (1.25 * min(languages, len(titles)) + 0.5) for _, titles in day)


def distinct(text: Text) -> tuple[str, ...]:
    """The words in every language there is, each once."""
    return tuple(dict.fromkeys(text.say(language) for language in LANGUAGES if text))


def joined(text: Text) -> str:
    return " · ".join(distinct(text))


def in_each(translators: Translators, key: str) -> tuple[str, ...]:
    return tuple(translators[language].plain(key) for language in LANGUAGES)
