"""What people have been told of changes of the programme: each copy of a notice that may stand in a chat, and what it
shows.

A copy is written down before it leaves. Its delivery has its outcome as long as that is the claim under which it
left; a claim that was let go before anything left takes its copy with it (storage.leases).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from storage.audiences import listed
from storage.database import Transaction, Value
from storage.deliveries import CHANNEL, LANE_REMINDER
from storage.records import reader

TOLD, REPLACED, WITHDRAWN, RESTORED = "told", "replaced", "withdrawn", "restored"


@dataclass(frozen=True, slots=True)
class Copy:
    """What differs between two versions, of these sessions in this order (None: of all that concern the person).

    `message` is its id; None while it is `on_its_way`, and when nobody knows whether it arrived. `own` is one that was
    sent to correct another. `delivery` and `holder` say under which claim it left.
    """

    number: int
    delivery: int
    older: int
    newer: int
    sessions: Sequence[str] | None
    state: str
    message: int | None
    on_its_way: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a version's notices that were sent, in people: `told`, of whom `repeated` may have it twice; not
    reached; and those of whom nobody knows."""

    told: int
    on_their_way: int
    unreached: int
    unsure: int
    repeated: int


report_record = reader(Report)


def _codes(text: str) -> Sequence[str] | None:
    return text.strip(":").split(":") if text else None


record = reader(Copy, sessions=_codes, on_its_way=bool, own=bool)

TELL = """
    INSERT INTO told (delivery, holder, older, newer, sessions, state)
    SELECT id, holder, CAST(:older AS BIGINT), CAST(:newer AS BIGINT), CAST(:sessions AS TEXT), CAST(:state AS TEXT)
    FROM deliveries WHERE id = :delivery AND state = 'claimed'
"""
# The claim under which it left is the delivery's last one.
LAST_CLAIM = """
    told.holder = deliveries.holder
    AND NOT EXISTS (SELECT 1 FROM told AS later WHERE later.delivery = told.delivery AND later.number > told.number)
"""
# Of what failed or was refused it is known that it is not there.
MAY_STAND = f"NOT (deliveries.state IN ('failed', 'blocked') AND {LAST_CLAIM})"
OF_PERSON = f"""
    SELECT told.number, told.delivery, told.older, told.newer, told.sessions, told.state,
           CASE WHEN deliveries.state = 'sent' AND {LAST_CLAIM} THEN deliveries.message END AS message,
           CASE WHEN deliveries.state = 'claimed' AND {LAST_CLAIM} THEN 1 ELSE 0 END AS on_its_way,
           CASE WHEN deliveries.kind <> :kind THEN 1 ELSE 0 END AS own
    FROM told JOIN deliveries ON deliveries.id = told.delivery
    WHERE deliveries.recipient = :person AND {MAY_STAND}
    ORDER BY told.number
"""
SHOW = "UPDATE told SET state = :state WHERE number = :number AND state <> :state"
# Whoever has been told this is to look whether it still holds. What is on its way is looked at again too, for nobody
# knows which version its sender knew, but only when that has arrived.
MARKS = f"""
    (kind, thing, recipient, lane, state, due_at, created_at)
    SELECT DISTINCT CAST(:mark AS TEXT), CAST(told.older AS TEXT) || ':' || CAST(told.newer AS TEXT),
           deliveries.recipient, CAST(:lane AS BIGINT), 'waiting', CAST(:due_at AS BIGINT), CAST(:now AS BIGINT)
    FROM told JOIN deliveries ON deliveries.id = told.delivery
    JOIN participants AS people ON people.id = deliveries.recipient AND people.blocked_at IS NULL
    WHERE {MAY_STAND}
"""
AFRESH = """
    ON CONFLICT (kind, thing, recipient) DO UPDATE SET
        due_at = CASE WHEN deliveries.state = 'waiting' AND deliveries.due_at < excluded.due_at
                      THEN deliveries.due_at
                      WHEN deliveries.state = 'claimed' AND excluded.due_at < CAST(:landed AS BIGINT)
                      THEN CAST(:landed AS BIGINT) ELSE excluded.due_at END,
        created_at = excluded.created_at, valid_until = NULL, state = 'waiting', holder = '', attempts = 0,
        done_at = NULL, error = ''
"""
WORDS = "SELECT DISTINCT older, newer, sessions FROM told"
LOOK_AGAIN = f"""
    INSERT INTO deliveries {MARKS} AND told.older = :older AND told.newer = :newer AND told.sessions = :sessions
    {AFRESH}
"""
LOOK_AGAIN_FOR = f"INSERT INTO deliveries {MARKS} AND deliveries.recipient = :person {AFRESH}"
AGAIN = """
    INSERT INTO deliveries (kind, thing, recipient, lane, state, due_at, created_at)
    VALUES (:kind, :thing, :recipient, :lane, 'waiting', :now, :now)
    ON CONFLICT (kind, thing, recipient) DO UPDATE SET
        due_at = excluded.due_at, created_at = excluded.created_at, state = 'waiting', holder = '', attempts = 0,
        done_at = NULL, error = ''
"""
# The outcomes of the notices of a version, by people: of some there may be a second copy, of some nobody knows.
REPORT = f"""
    SELECT COUNT(DISTINCT CASE WHEN deliveries.state = 'sent' THEN deliveries.recipient END) AS told,
           COUNT(DISTINCT CASE WHEN deliveries.state = 'claimed' AND {LAST_CLAIM} THEN deliveries.recipient END)
             AS on_their_way,
           COUNT(DISTINCT CASE WHEN NOT {MAY_STAND} THEN deliveries.recipient END) AS unreached,
           COUNT(DISTINCT CASE WHEN deliveries.state = 'sent' AND NOT ({LAST_CLAIM}) THEN deliveries.recipient END)
             AS repeated,
           COUNT(DISTINCT CASE WHEN deliveries.state NOT IN ('sent', 'claimed') AND {MAY_STAND}
             THEN deliveries.recipient END) AS unsure
    FROM told JOIN deliveries ON deliveries.id = told.delivery
    WHERE deliveries.kind = :kind AND told.older < :version AND told.newer >= :version
"""
LANDED = 10  # seconds until what is on its way has surely arrived or failed


def tell(tx: Transaction, delivery: int, *, older: int, newer: int, sessions: Sequence[str], state: str = TOLD) -> bool:
    """Write down that a copy leaves now; False when the claim was lost."""
    return tx.run(TELL, delivery=delivery, older=older, newer=newer, sessions=listed(sessions), state=state) == 1


def of_person(tx: Transaction, kind: str, person: int) -> list[Copy]:
    """What may stand in the person's chat, in the order in which it was sent; `kind` is that of notices."""
    return [record(row) for row in tx.rows(OF_PERSON, kind=kind, person=person)]


def show(tx: Transaction, copies: Iterable[Copy], state: str) -> None:
    """Write down what these are to show from now on."""
    tx.many(SHOW, [{"number": one.number, "state": state} for one in copies])


def look_again(tx: Transaction, mark: str, sessions: Collection[str], *, due_at: int, now: int) -> None:
    """Enqueue a message `mark` for everybody who has been told of one of these sessions."""
    tx.notify(CHANNEL)
    common: dict[str, Value] = {
        "mark": mark,
        "lane": LANE_REMINDER,
        "due_at": due_at,
        "landed": now + LANDED,
        "now": now,
    }
    words = [row for row in tx.rows(WORDS) if not row["sessions"] or {*sessions} & {*row["sessions"].split(":")}]
    tx.many(LOOK_AGAIN, [{**common, **row} for row in words])


def look_again_for(tx: Transaction, mark: str, person: int, now: int) -> None:
    """Enqueue a message `mark` for all that the person has been told: while they could not be reached, it may have
    changed."""
    tx.notify(CHANNEL)
    tx.run(LOOK_AGAIN_FOR, mark=mark, person=person, lane=LANE_REMINDER, due_at=now, landed=now + LANDED, now=now)


def enqueue_again(tx: Transaction, kind: str, thing: str, recipient: int, now: int) -> None:
    """Enqueue what may have been sent before."""
    tx.notify(CHANNEL)
    tx.run(AGAIN, kind=kind, thing=thing, recipient=recipient, lane=LANE_REMINDER, now=now)


def report(tx: Transaction, kind: str, version: int) -> Report:
    row = tx.row(REPORT, kind=kind, version=version)
    assert row is not None
    return report_record(row)
