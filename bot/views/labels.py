"""Labels that can be read on a phone. No client of Telegram breaks a button's text: what is too long ends in "…"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.programme.model import Session
from bot.texts import Translator
from bot.views.buttons import Button
from bot.views.screen import Row, shorten

# Characters that a button shows on a phone 390 px wide, with the usual text size: alone in its row, one of two:
# tests/views/phone.py measures it.
WHOLE = 36
HALF = 16
MIDDLE = 14  # where two labels that begin alike should part at the latest


def side_by_side(buttons: Sequence[Button]) -> list[Row]:
    """Rows of two where both labels fit, in order; a longer one has a row of its own."""
    rows: list[Row] = []
    for button in buttons:
        short = len(button["text"]) <= HALF
        if short and rows and len(rows[-1]) == 1 and len(rows[-1][0]["text"]) <= HALF:
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows


def distinguish(titles: Sequence[str], limit: int) -> list[str]:
    """The titles cut to `limit` characters; where several begin alike, their first words give way to what differs:
    "Working group: proposals on the draft law on NGOs" becomes "…on the draft law on NGOs"."""
    words = [title.split() for title in titles]
    return [shorten(_without_start(own, [other for other in words if other != own], limit), limit) for own in words]


def timed(t: Translator, sessions: Sequence[Session], begins: Sequence[str] = ()) -> list[str]:
    """ "12:00 …draft law on NGOs": the sessions of a list of buttons, one in each row. `begins` says when each begins,
    as people are told (times.begin); without it they go by the plan, where the plan itself is what is at hand."""
    clocks = begins or [t.time(session.start) for session in sessions]
    limit = WHOLE - max((len(clock) for clock in clocks), default=0) - 1
    titles = distinguish([t.say_plain(session.title) for session in sessions], limit)
    return [f"{clock} {title}" for clock, title in zip(clocks, titles, strict=True)]


def _without_start(own: list[str], others: list[list[str]], limit: int) -> str:
    title = " ".join(own)
    alike = max((_common(own, other) for other in others), default=0)
    shared = len(" ".join(own[:alike]))
    if len(title) <= limit or shared <= limit // 2:
        return title
    dropped = 0
    while dropped < alike and len(" ".join(own[dropped:alike])) > MIDDLE:
        dropped += 1
    return f"…{' '.join(own[dropped:])}"


def _common(one: list[str], other: list[str]) -> int:
    """How many words both begin with."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
