"""Which sessions are on at the same time."""

from __future__ import annotations

import heapq
from collections.abc import Iterable

from bot.programme.model import Session


def clashes(sessions: Iterable[Session]) -> tuple[tuple[Session, Session], ...]:
    """The pairs that overlap, the earlier session first, in the order of the later ones.

    Ends that touch do not clash, and cancelled sessions clash with nothing. O(n log n), and one step a pair.
    """
    held = sorted((s for s in sessions if not s.cancelled), key=lambda s: (s.start.timestamp(), s.code))
    running: list[tuple[float, int]] = []  # a heap of (end, number) of what has begun
    pairs = []
    for number, session in enumerate(held):
        start = session.start.timestamp()
        while running and running[0][0] <= start:
            heapq.heappop(running)
        pairs += [(held[earlier], session) for earlier in sorted(n for _, n in running)]
        heapq.heappush(running, (session.end.timestamp(), number))
    return tuple(pairs)
