"""Numbers for organizers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions import outgoing
from bot.actions.rights import need_organizer
from bot.who import Who
from storage import deliveries, outbox, participants, question_counts
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts of registered people by delegation code and language, of questions and reminders by state."""

    by_delegation: list[tuple[str | None, int]]
    by_language: list[tuple[str, int]]
    blocked: int
    by_state: dict[str, int]
    reminders: dict[str, int]
    waiting: int

    @property
    def people(self) -> int:
        return sum(count for _, count in self.by_delegation)


def numbers(tx: Transaction, who: Who, now: int) -> Stats:
    need_organizer(who)
    return Stats(
        by_delegation=participants.count_by_delegation(tx),
        by_language=participants.count_by_language(tx),
        blocked=participants.count_blocked(tx),
        by_state=question_counts.by_state(tx),
        reminders=deliveries.report_of_kind(tx, outgoing.Reminder.kind),
        waiting=outbox.in_flight(tx) + sum(one.due + one.later for one in outbox.queues(tx, now)),
    )


@dataclass(frozen=True, slots=True)
class Registrations:
    """`by_delegation` the largest first; `moments` (epoch seconds) one a person, in order."""

    by_delegation: list[tuple[str | None, int]]
    moments: list[int]

    @property
    def people(self) -> int:
        return len(self.moments)


def registrations(tx: Transaction, who: Who) -> Registrations:
    need_organizer(who)
    return Registrations(participants.count_by_delegation(tx), participants.registered_at(tx))
