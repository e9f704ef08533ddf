"""Which sessions are on at the same time."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable

from bot.programme.estimates import Span
from bot.programme.model import Session


def planned(session: Session) -> Span:
    return Span(session.start, session.end)


def clashes(
    sessions: Iterable[Session], span: Callable[[Session], Span] = planned
) -> tuple[tuple[Session, Session], ...]:
    """The pairs that overlap, the earlier session first, in the order of the later ones; `span` says when one is.

    Ends that touch do not clash, and cancelled sessions clash with nothing. O(n log n), and one step a pair.
    """
    held = [s for s in sessions if not s.cancelled]
    spans = {s.code: span(s) for s in held}
    held.sort(key=lambda s: (spans[s.code].start.timestamp(), s.code))
    running: list[tuple[float, int]] = []  # a heap of (end, number) of what has begun
    pairs = []
    for number, session in enumerate(held):
        start, end = (edge.timestamp() for edge in spans[session.code])
        while running and running[0][0] <= start:
            heapq.heappop(running)
        pairs += [(held[earlier], session) for earlier in sorted(n for _, n in running)]
        heapq.heappush(running, (end, number))
    return tuple(pairs)
