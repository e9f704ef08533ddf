"""What the pictures show: ratings by session, who registered from where, and when."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from bot.actions.agenda.ratings import Result
from bot.actions.staff.stats import Registrations
from bot.papers.pictures import Bar, Tick, bars, curve
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.agenda.ratings import decimal
from bot.views.labels import distinguish
from bot.views.names import (
    delegation_name,
    session_title,
)
from storage.ratings import STARS

DELEGATIONS = 24  # bars of a picture; the others are counted under its title
LETTERS = 56  # of a label, where several titles begin alike: what differs must be seen
BY_HOUR = 3 * 86400  # seconds of registering up to which the axis counts hours
STEPS = (1, 2, 5)  # what the marks of an axis go by, with as many noughts as need be
HOURS = (1, 2, 3, 6, 12, 24)


def ratings_picture(t: Translator, programme: Programme, results: Sequence[Result]) -> bytes:
    """The mean of each session, in the order given; of too few ratings only how many there are."""
    titles = distinguish([session_title(t, programme, one.session) for one in results], LETTERS)
    rows = [
        Bar(title, one.mean, f"({one.people})" if one.mean is None else f"{decimal(t, one.mean)} ({one.people})")
        for one, title in zip(results, titles, strict=True)
    ]
    ticks = [Tick(stars, str(stars)) for stars in STARS]
    return bars(t.plain("ratings.title"), t.plain("ratings.picture_note"), rows, STARS[-1], ticks)


def delegations_picture(t: Translator, programme: Programme, registrations: Registrations) -> bytes:
    """How many registered from each delegation, the largest first."""
    shown = registrations.by_delegation[:DELEGATIONS]
    left = sum(count for _, count in registrations.by_delegation[DELEGATIONS:])
    rows = [Bar(from_where(t, programme, code), count, str(count)) for code, count in shown]
    note = t.plain("stats.people", count=registrations.people)
    if left:
        note = f"{note} · {t.plain('stats.other_delegations', count=left)}"
    return bars(t.plain("stats.by_delegation"), note, rows, max((count for _, count in shown), default=1))


def from_where(t: Translator, programme: Programme, code: str | None) -> str:
    return delegation_name(t, programme, code) if code else t.plain("stats.no_delegation")


def growth_picture(t: Translator, registrations: Registrations, now: dt.datetime) -> bytes:
    """How many had registered by when, up to `now`. At least one has."""
    moments = registrations.moments
    end = max(int(now.timestamp()), moments[-1] + 1)
    reached = 0
    points: list[tuple[float, float]] = [(moments[0], 0)]
    for moment, people in sorted(Counter(moments).items()):
        reached += people
        points.append((moment, reached))
    points.append((end, reached))
    note = t.plain("stats.people", count=registrations.people)
    return curve(t.plain("stats.over_time"), note, points, times(t, moments[0], end), heights(reached))


def times(t: Translator, first: int, last: int) -> list[Tick]:
    """Marks at midnights, or at hours when it is all within a few days; never more than the axis holds."""
    start = dt.datetime.fromtimestamp(first, t.zone)
    day = start.replace(hour=0, minute=0, second=0, microsecond=0)
    if last - first <= BY_HOUR:
        step = next((hours for hours in HOURS if (last - first) / 3600 / hours <= 8), HOURS[-1])
        marks = [day + dt.timedelta(hours=hours) for hours in range(0, BY_HOUR // 3600 + 48, step)]
    else:
        days = (last - first) // 86400 + 2
        marks = [day + dt.timedelta(days=number) for number in range(0, days, -(-days // 4))]
    return [Tick(mark.timestamp(), moment(t, mark)) for mark in marks if first <= mark.timestamp() <= last]


def moment(t: Translator, mark: dt.datetime) -> str:
    return t.time(mark) if mark.hour else t.short_date(mark)


def heights(most: int) -> list[Tick]:
    """Up to six round numbers from 0 to above `most`."""
    noughts = 1
    while True:
        for step in STEPS:
            if most <= 5 * step * noughts:
                by = step * noughts
                return [Tick(value, str(value)) for value in range(0, by * (-(-most // by)) + 1, by)]
        noughts *= 10
