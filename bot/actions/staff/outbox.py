"""What an organizer may want to know about what goes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.actions.rights import need_organizer
from bot.who import Who
from storage import outbox
from storage.database import Transaction
from storage.outbox import Fault, Queue

MINUTE, DAY = 60, 86400  # seconds
FAULTS = 5


@dataclass(frozen=True, slots=True)
class Outbox:
    """What waits in each lane, what is on its way, and the rest by state: in a minute, in a day; `twice`
    in a day, perhaps."""

    queues: Sequence[Queue]
    again: int
    in_flight: int
    minute: Mapping[str, int]
    day: Mapping[str, int]
    faults: Sequence[Fault]
    twice: int = 0


def overview(tx: Transaction, who: Who, now: int) -> Outbox:
    need_organizer(who)
    return Outbox(
        outbox.queues(tx, now),
        outbox.tried_again(tx),
        outbox.in_flight(tx),
        outbox.done_since(tx, now - MINUTE),
        outbox.done_since(tx, now - DAY),
        outbox.faults(tx, now - DAY, FAULTS),
        outbox.twice_since(tx, now - DAY),
    )
