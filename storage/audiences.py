"""Who an announcement is for, as one condition on the people: kinds are joined by AND, choices within one by OR."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from storage.database import Transaction, Value
from storage.deliveries import CHANNEL, LANE_ANNOUNCEMENT
from storage.records import reader

# Codes and languages stand between colons, which none of them holds: ":kk:ru:". What REPLACE finds is in the list; ""
# asks nothing. (LIKE would take an underscore of a code for any character.)
CHIEF = "people.id IN (SELECT person FROM chief_organizers)"
HOLDS = "EXISTS (SELECT 1 FROM roles WHERE roles.person = people.id AND roles.role = "
AUDIENCE = f"""
    FROM participants AS people WHERE people.registered_at IS NOT NULL
      AND (CAST(:languages AS TEXT) = ''
        OR REPLACE(CAST(:languages AS TEXT), ':' || people.language || ':', '') <> CAST(:languages AS TEXT))
      AND (CAST(:delegations AS TEXT) = ''
        OR REPLACE(CAST(:delegations AS TEXT), ':' || people.delegation || ':', '') <> CAST(:delegations AS TEXT))
      AND (CAST(:sessions AS TEXT) = '' OR EXISTS (
        SELECT 1 FROM bookmarks WHERE bookmarks.person = people.id
          AND REPLACE(CAST(:sessions AS TEXT), ':' || bookmarks.session || ':', '') <> CAST(:sessions AS TEXT)))
      AND (CAST(:present AS BIGINT) < 0
        OR (CAST(:present AS BIGINT) = 1 AND people.present_at IS NOT NULL)
        OR (CAST(:present AS BIGINT) = 0 AND people.present_at IS NULL))
      AND (CAST(:anybody AS BIGINT) = 1
        OR (CAST(:organizers AS BIGINT) = 1 AND ({CHIEF} OR {HOLDS}'organizer')))
        OR (CAST(:moderators AS BIGINT) = 1 AND {HOLDS}'moderator'))
        OR (CAST(:delegates AS BIGINT) = 1
          AND NOT ({CHIEF} OR {HOLDS}'organizer') OR {HOLDS}'moderator')))
        OR (CAST(:speakers AS BIGINT) = 1 AND {HOLDS}'speaker')))
"""
COUNT = f"""
    SELECT COUNT(*) AS people,
           COALESCE(SUM(CASE WHEN people.blocked_at IS NOT NULL THEN 1 ELSE 0 END), 0) AS blocked,
           COALESCE(SUM(CASE WHEN people.blocked_at IS NULL AND people.muted <> 0 THEN 1 ELSE 0 END), 0) AS muted
    {AUDIENCE}
"""
INCLUDES = f"SELECT 1 {AUDIENCE} AND people.id = :person"
# This one statement enqueues :thing for ten thousand people; anyone who has it in the outbox already is passed over.
ENQUEUE = f"""
    INSERT INTO deliveries (kind, thing, recipient, lane, state, due_at, valid_until, urgent, created_at)
    SELECT CAST(:kind AS TEXT), CAST(:thing AS TEXT), people.id, CAST(:lane AS BIGINT), 'waiting',
           CAST(:now AS BIGINT), CAST(:valid_until AS BIGINT), CAST(:urgent AS BIGINT), CAST(:now AS BIGINT)
    {AUDIENCE} AND people.blocked_at IS NULL AND (people.muted = 0 OR CAST(:urgent AS BIGINT) = 1)
    ON CONFLICT (kind, thing, recipient) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Condition:
    """What is asked of people. An empty list asks nothing, nor does `present` None.

    `roles` are "delegate", "speaker", "moderator" and "organizer", and a speaker is a delegate too.
    """

    languages: tuple[str, ...] = ()
    delegations: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    sessions: tuple[str, ...] = ()  # starred
    present: bool | None = None

    def parameters(self) -> dict[str, Value]:
        return {
            "languages": listed(self.languages),
            "delegations": listed(self.delegations),
            "sessions": listed(self.sessions),
            "present": -1 if self.present is None else int(self.present),
            "anybody": int(not self.roles),
            "organizers": int("organizer" in self.roles),
            "moderators": int("moderator" in self.roles),
            "delegates": int("delegate" in self.roles),
            "speakers": int("speaker" in self.roles),
        }


@dataclass(frozen=True, slots=True)
class Reach:
    """How many registered people fit, and how many of them blocked the bot or muted announcements."""

    people: int
    blocked: int
    muted: int

    def gets(self, urgent: bool) -> int:
        """How many of them it would be sent to: what is urgent passes mute."""
        return self.people - self.blocked - (0 if urgent else self.muted)


reach_record = reader(Reach)


def listed(items: Iterable[str]) -> str:
    """ ":a:b:", "" for none."""
    text = ":".join(items)
    return f":{text}:" if text else ""


def count(tx: Transaction, condition: Condition) -> Reach:
    row = tx.row(COUNT, **condition.parameters())
    assert row is not None
    return reach_record(row)


def includes(tx: Transaction, condition: Condition, person: int) -> bool:
    return tx.value(INCLUDES, **condition.parameters(), person=person) is not None


def enqueue(
    tx: Transaction, condition: Condition, *, kind: str, thing: str, now: int, valid_until: int | None, urgent: bool
) -> int:
    """Enqueue `thing` for everybody it is for who can be reached and, unless it is urgent, wants announcements. How
    many."""
    tx.notify(CHANNEL)
    return tx.run(
        ENQUEUE,
        **condition.parameters(),
        kind=kind,
        thing=thing,
        lane=LANE_ANNOUNCEMENT,
        now=now,
        valid_until=valid_until,
        urgent=int(urgent),
    )
