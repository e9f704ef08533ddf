"""Badges to print and cut: ten on a page of A4, 90 by 55 mm each, as holders for visiting cards take them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions.entrance.badges import Badge
from bot.papers.pages import BOLD, HEIGHT, MM, PLAIN, WIDTH, Pages, document, qr_picture
from bot.programme.model import Programme
from bot.texts import Translator, Translators
from bot.views.names import known_delegation

BADGE_WIDTH, BADGE_HEIGHT = 90 * MM, 55 * MM
COLUMNS, ROWS = 2, 5
LEFT, TOP = (WIDTH - COLUMNS * BADGE_WIDTH) / 2, HEIGHT - (HEIGHT - ROWS * BADGE_HEIGHT) / 2
INSET = 5 * MM
QR_SIDE = 29 * MM
CUT_MARK = 4 * MM


def link_of(username: str, code: str) -> str:
    """What the QR code of a badge leads to."""
    return f"https://t.me/{username}?start=c_{code}"


def badge_sheet(translators: Translators, programme: Programme, badges: Sequence[Badge], username: str) -> bytes:
    """A PDF of badges in their order, each in its holder's language. Takes seconds for thousands of them."""

    def draw(pages: Pages) -> None:
        for number, badge in enumerate(badges):
            place = number % (COLUMNS * ROWS)
            if place == 0:
                if number:
                    pages.turn()
                cut_marks(pages)
            left, top = LEFT + place % COLUMNS * BADGE_WIDTH, TOP - place // COLUMNS * BADGE_HEIGHT
            draw_badge(
                pages,
                t=translators[badge.holder.language],
                programme=programme,
                badge=badge,
                username=username,
                left=left,
                top=top,
            )

    return document("Badges", draw)


def phone_badge(username: str, code: str) -> bytes:
    """The QR code alone, as a PNG for a phone's screen."""
    return qr_picture(link_of(username, code))


def draw_badge(
    pages: Pages, *, t: Translator, programme: Programme, badge: Badge, username: str, left: float, top: float
) -> None:
    """One badge, its upper left corner at (left, top): the name across it, below it words and the QR code."""
    holder, x = badge.holder, left + INSET
    whole, beside = BADGE_WIDTH - 2 * INSET, BADGE_WIDTH - QR_SIDE - INSET - 2 * MM
    foot = top - BADGE_HEIGHT + INSET
    pages.grey(0.4)
    pages.block(
        [programme.forum.title.say(t.language)], box=(x, top - 3 * MM, whole, 6 * MM), font=PLAIN, sizes=(7.5, 5.5)
    )
    pages.grey(0)
    below = pages.block([holder.name], box=(x, top - 9.5 * MM, whole, 16 * MM), font=BOLD, sizes=(22, 8)) - 2 * MM
    lines = [known_delegation(t, programme, holder.delegation), holder.organization]
    role = t.plain(f"badges.role_{badge.role}") if badge.role else ""
    height = below - foot - (6 * MM if role else 0)
    pages.block([line for line in lines if line], box=(x, below, beside, height), font=PLAIN, sizes=(10, 5.5), gap=0.4)
    if role:
        pages.block([role.upper()], box=(x, foot + 5 * MM, beside, 5 * MM), font=BOLD, sizes=(10, 6))
    corner = left + BADGE_WIDTH - QR_SIDE - 2 * MM, top - BADGE_HEIGHT + 2 * MM
    pages.qr(link_of(username, holder.code), *corner, side=QR_SIDE)


def cut_marks(pages: Pages) -> None:
    """Short lines at the edges of a page, between the badges: nothing of them is left on what is cut."""
    right, bottom = LEFT + COLUMNS * BADGE_WIDTH, TOP - ROWS * BADGE_HEIGHT
    for column in range(COLUMNS + 1):
        x = LEFT + column * BADGE_WIDTH
        pages.line(x, y1=TOP + 1 * MM, x2=x, y2=TOP + 1 * MM + CUT_MARK)
        pages.line(x, y1=bottom - 1 * MM, x2=x, y2=bottom - 1 * MM - CUT_MARK)
    for row in range(ROWS + 1):
        y = TOP - row * BADGE_HEIGHT
        pages.line(LEFT - 1 * MM, y1=y, x2=LEFT - 1 * MM - CUT_MARK, y2=y)
        pages.line(right + 1 * MM, y1=y, x2=right + 1 * MM + CUT_MARK, y2=y)
