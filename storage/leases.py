"""The outbox as senders use it: who carries which delivery, until when, and its outcome.

A claim is held by a process (`holder`) until its lease ends. The process renews it while it lives; when it died, the
claim's delivery waits again once the lease has run out. Several senders never hold the same delivery. A claim that
ended with its process is counted as lost: what was claimed may have arrived.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from storage import boards
from storage.database import Transaction
from storage.deliveries import GIVEN_UP, LANES, SENT, UNSURE, Delivery, Outcome, record
from storage.records import columns


@dataclass(frozen=True, slots=True)
class PutBack:
    """A claim that was let go. `due_at` None: due as before. `tried` counts a try that failed."""

    id: int
    due_at: int | None = None
    error: str = ""
    tried: bool = False


# What is bound to a moment and was not sent in time is not sent any more.
DROP_LATE = f"""
    UPDATE deliveries SET state = {GIVEN_UP}, error = 'too late', done_at = :now
    WHERE state = 'waiting' AND valid_until <= :now
"""
# One message at a time to a person, and in order: two edits of one message must not overtake each other.
# Two questions, not one with OR: each is answered by the index, however many messages the person has had.
# {skip_locked} is the one real difference between the engines (see Transaction.skip_locked).
CLAIM = f"""
    UPDATE deliveries SET state = 'claimed', claimed_until = :until, holder = :holder
    WHERE id IN (
        SELECT id FROM deliveries AS due WHERE state = 'waiting' AND due_at <= :now AND lane <= :lane
          AND NOT EXISTS (
            SELECT 1 FROM deliveries AS before WHERE before.recipient = due.recipient AND before.state = 'claimed'
          )
          AND NOT EXISTS (
            SELECT 1 FROM deliveries AS before
            WHERE before.recipient = due.recipient AND before.state = 'waiting' AND before.due_at <= :now
              AND (before.lane, before.due_at, before.id) < (due.lane, due.due_at, due.id)
          )
        ORDER BY lane, due_at, id LIMIT :limit {{skip_locked}}
    )
    RETURNING {columns(Delivery)}
"""
# The end of a claim. When the others of its thing were held meanwhile, it is held too.
LET_GO = """
    claimed_until = NULL, state = CASE WHEN EXISTS (
        SELECT 1 FROM deliveries AS other
        WHERE other.kind = deliveries.kind AND other.thing = deliveries.thing AND other.state = 'held'
    ) THEN 'held' ELSE 'waiting' END
"""
RENEW = "UPDATE deliveries SET claimed_until = :until WHERE state = 'claimed' AND holder = :holder"
LOSE = f"UPDATE deliveries SET lost = lost + 1, {LET_GO} WHERE state = 'claimed'"
RELEASE_EXPIRED = f"{LOSE} AND claimed_until < :now"
HELD_BY = "SELECT id FROM deliveries WHERE state = 'claimed' AND holder = :holder"
RELEASE = f"UPDATE deliveries SET {LET_GO} WHERE state = 'claimed' AND holder = :holder"
RELEASE_ALL = LOSE
# Also when the lease ran out meanwhile, unless another process has it by now: what was sent was sent, and the claim
# that was taken for lost was not.
LOST = """
    CASE WHEN CAST(:changed AS BIGINT) = 1 THEN 0 WHEN state <> 'claimed' AND lost > 0 THEN lost - 1 ELSE lost END
"""
FINISH = f"""
    UPDATE deliveries
    SET state = CASE WHEN {LOST} > 0 AND CAST(:state AS TEXT) <> 'sent' THEN 'unsure' ELSE CAST(:state AS TEXT) END,
        lost = {LOST}, own = :own, message = :message, messages = :messages, error = :error,
        claimed_until = NULL, done_at = :now
    WHERE id = :id AND holder = :holder AND state IN ('claimed', 'waiting', 'held')
"""
# The same of what did not arrive: whoever puts it back knows that. Before PUT_BACK, which is about what is claimed.
NOT_LOST = """
    UPDATE deliveries SET lost = lost - 1
    WHERE id = :id AND holder = :holder AND state IN ('waiting', 'held') AND lost > 0
"""
PUT_BACK = f"""
    UPDATE deliveries SET {LET_GO}, due_at = COALESCE(CAST(:due_at AS BIGINT), due_at),
           error = COALESCE(CAST(:error AS TEXT), error), attempts = attempts + :tried
    WHERE id = :id AND holder = :holder AND state = 'claimed'
"""
# What was let go has not left: whatever was to be told with it was not (storage.told).
NOT_TOLD = """
    DELETE FROM told WHERE delivery = :id AND holder = :holder
      AND EXISTS (
        SELECT 1 FROM deliveries WHERE id = :id AND holder = :holder AND state IN ('claimed', 'waiting', 'held')
      )
"""
NONE_TOLD = """
    DELETE FROM told WHERE holder = :holder
      AND delivery IN (SELECT id FROM deliveries WHERE state = 'claimed' AND holder = :holder)
"""
# Asked lane by lane, as the index is: the messages of a night that wait for the morning are not gone through.
EVERY_LANE = " UNION ALL ".join(f"SELECT {lane} AS lane" for lane in LANES)
NEXT_DUE = f"""
    SELECT MIN((SELECT MIN(due_at) FROM deliveries WHERE state = 'waiting' AND lane = every.lane AND due_at > :now))
    FROM ({EVERY_LANE}) AS every
"""


def claim(tx: Transaction, holder: str, *, now: int, until: int, limit: int, lane: int) -> list[Delivery]:
    """Take up to `limit` due deliveries of the lanes up to `lane`, the most urgent first.

    At most one a person, and none to whom another is on its way. What is too late is dropped.
    """
    if tx.run(DROP_LATE, now=now):
        tx.notify(boards.CHANNEL)  # what may have arrived is unsure
    sql = CLAIM.replace("{skip_locked}", tx.skip_locked)
    rows = tx.rows(sql, holder=holder, now=now, until=until, limit=limit, lane=lane)
    return sorted((record(row) for row in rows), key=lambda delivery: (delivery.lane, delivery.due_at, delivery.id))


def claim_or_wait(
    tx: Transaction, holder: str, *, now: int, until: int, limit: int, lane: int
) -> tuple[list[Delivery], int | None]:
    """As `claim`; and when the next will be, unless some that are due did not fit into the batch."""
    batch = claim(tx, holder, now=now, until=until, limit=limit, lane=lane)
    return batch, None if len(batch) == limit else next_due(tx, now)


def next_due(tx: Transaction, now: int) -> int | None:
    """When the first of those that are not due at `now` will be."""
    due: int | None = tx.value(NEXT_DUE, now=now)
    return due


def renew(tx: Transaction, holder: str, now: int, until: int) -> int:
    """Hold on to all claims of the holder until then; those whose holder did not are lost, and wait again; how many."""
    tx.run(RENEW, holder=holder, until=until)
    return tx.run(RELEASE_EXPIRED, now=now)


def keep(tx: Transaction, holder: str, ids: Collection[int]) -> None:
    """Let go of all that the holder has claimed but these: claims that were stored without the holder learning of
    it."""
    astray = [row["id"] for row in tx.rows(HELD_BY, holder=holder) if row["id"] not in ids]
    settle(tx, holder, [PutBack(one) for one in astray], 0)


def release(tx: Transaction, holder: str) -> int:
    """Let go of what the holder has still claimed and has not begun, at its end; how many."""
    tx.run(NONE_TOLD, holder=holder)
    return tx.run(RELEASE, holder=holder)


def release_all(tx: Transaction) -> int:
    """Let go of all claims, which were lost: for the start of the only process. How many."""
    return tx.run(RELEASE_ALL)


def settle(tx: Transaction, holder: str, results: Collection[Outcome | PutBack], now: int) -> None:
    """Record the outcomes of deliveries that the holder had claimed."""
    if any(isinstance(one, Outcome) and one.state != SENT for one in results):
        tx.notify(boards.CHANNEL)
    finished = [
        {
            "id": one.id,
            "holder": holder,
            "state": one.state,
            "message": one.messages[-1] if one.messages else None,
            "messages": ",".join(map(str, one.messages)),
            "error": one.error,
            "changed": int(one.changed),
            "own": int(one.state in (SENT, UNSURE) and not one.changed),
            "now": now,
        }
        for one in results
        if isinstance(one, Outcome)
    ]
    let_go = [
        {"id": one.id, "holder": holder, "due_at": one.due_at, "error": one.error or None, "tried": one.tried}
        for one in results
        if isinstance(one, PutBack)
    ]
    for sql, rows in ((FINISH, finished), (NOT_TOLD, let_go), (NOT_LOST, let_go), (PUT_BACK, let_go)):
        if rows:
            tx.many(sql, rows)
