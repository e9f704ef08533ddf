"""The outbox on both engines: enqueued once, sent by one, recorded as it was."""

from __future__ import annotations

import asyncio
from typing import Any

from storage import announced, deliveries, leases
from storage.database import Database, Transaction
from storage.deliveries import (
    BLOCKED,
    CLAIMED,
    DROPPED,
    FAILED,
    HELD,
    LANE_ANNOUNCEMENT,
    LANE_ANSWER,
    LANE_CARD,
    LANE_REMINDER,
    SENT,
    UNSURE,
    WAITING,
    Delivery,
    Outcome,
)
from storage.leases import PutBack

NOW, LEASE = 1000, 60
NEWS = "announcement"
STATES = "SELECT recipient, state, error, attempts, due_at, lost, own FROM deliveries ORDER BY recipient, id"


async def enqueue(tables: Database, people: int, thing: str = "1", lane: int = LANE_ANNOUNCEMENT, **more: Any) -> int:
    return await tables.write(
        deliveries.put, NEWS, thing=thing, recipients=list(range(1, people + 1)), lane=lane, now=NOW, **more
    )


async def claim(
    tables: Database, holder: str, limit: int = 10, lane: int = LANE_ANNOUNCEMENT, now: int = NOW
) -> list[Delivery]:
    return await tables.write(leases.claim, holder, now=now, until=now + LEASE, limit=limit, lane=lane)


async def states(tables: Database) -> list[tuple[int, str]]:
    return [(row["recipient"], row["state"]) for row in await tables.read(rows)]


def rows(tx: Transaction) -> list[Any]:
    return tx.rows(STATES)


async def test_what_is_owed_twice_is_owed_once(tables: Database) -> None:
    assert await enqueue(tables, 3) == 3
    assert await enqueue(tables, 4) == 1
    await tables.write(lambda tx: tx.run("UPDATE deliveries SET urgent = 1 WHERE recipient = 4"))
    assert [one.urgent for one in await claim(tables, "a")] == [False, False, False, True]


async def test_several_senders_never_meet(tables: Database) -> None:
    await enqueue(tables, 60)

    async def all_of(holder: str) -> list[int]:
        mine: list[int] = []
        while batch := await claim(tables, holder, limit=7):
            mine += [one.id for one in batch]
            await tables.write(leases.settle, holder, [Outcome(one.id, SENT, [one.id]) for one in batch], NOW)
        return mine

    claimed = await asyncio.gather(*(all_of(holder) for holder in "abcd"))
    everything = [one for mine in claimed for one in mine]
    assert len(everything) == len(set(everything)) == 60
    assert await states(tables) == [(person, SENT) for person in range(1, 61)]


async def test_a_person_gets_one_at_a_time_the_most_urgent_first(tables: Database) -> None:
    await enqueue(tables, 1, "news")
    await enqueue(tables, 1, "reminder", LANE_REMINDER)
    await enqueue(tables, 1, "answer", LANE_ANSWER)
    order = []
    while batch := await claim(tables, "a"):
        assert await claim(tables, "b") == []
        [one] = batch
        order.append(one.thing)
        await tables.write(leases.settle, "a", [Outcome(one.id, SENT)], NOW)
    assert order == ["answer", "reminder", "news"]


async def test_only_the_lanes_asked_for_are_claimed(tables: Database) -> None:
    await enqueue(tables, 2, "news")
    await tables.write(deliveries.put, NEWS, thing="card", recipients=[7], lane=LANE_CARD, now=NOW)
    assert [one.thing for one in await claim(tables, "a", lane=LANE_REMINDER)] == ["card"]
    assert [one.thing for one in await claim(tables, "a")] == ["news", "news"]


async def test_a_lease_that_ended_is_anybodys_and_one_that_is_renewed_is_not(tables: Database) -> None:
    await enqueue(tables, 2)
    [dead] = await claim(tables, "dead", limit=1)
    [alive] = await claim(tables, "alive", limit=1)
    late = NOW + LEASE + 1
    assert await tables.write(leases.renew, "alive", NOW + LEASE - 1, late + LEASE) == 0
    assert await claim(tables, "other", now=late) == []
    assert await tables.write(leases.renew, "other", late, late + LEASE) == 1
    assert [one.id for one in await claim(tables, "other", now=late)] == [dead.id]
    # It was not dead but slow: what it says now would be about a delivery that another carries.
    await tables.write(leases.settle, "dead", [Outcome(dead.id, UNSURE)], late)
    assert set(await states(tables)) == {(dead.recipient, "claimed"), (alive.recipient, "claimed")}


async def test_what_was_sent_is_sent_though_the_lease_had_ended(tables: Database) -> None:
    await enqueue(tables, 2)
    both = await claim(tables, "slow")
    await tables.write(leases.renew, "other", NOW + LEASE + 1, NOW + 2 * LEASE)
    results: list[Outcome | PutBack] = [
        Outcome(both[0].id, SENT, [5]),
        PutBack(both[1].id, NOW + 500, tried=True),
    ]
    await tables.write(leases.settle, "slow", results, NOW + LEASE + 2)
    assert await states(tables) == [(1, SENT), (2, WAITING)]
    assert (await tables.read(rows))[1]["attempts"] == 0  # no longer its to put off
    assert await tables.write(leases.release, "slow") == 0


async def test_who_stops_lets_go_of_its_own_only(tables: Database) -> None:
    await enqueue(tables, 2)
    await claim(tables, "a", limit=1)
    await claim(tables, "b", limit=1)
    assert await tables.write(leases.release, "a") == 1
    assert sorted(state for _, state in await states(tables)) == ["claimed", WAITING]
    assert await tables.write(leases.release_all) == 1


async def lost(tables: Database) -> list[tuple[str, int, bool]]:
    """The state of each row, how many of its claims were lost, and whether a copy nobody knows of may stand."""
    return [
        (row["state"], row["lost"], await tables.read(deliveries.doubtful, NEWS, "1", row["recipient"]))
        for row in await tables.read(rows)
    ]


async def test_what_a_dead_process_had_claimed_is_lost_and_what_another_let_go_is_not(tables: Database) -> None:
    await enqueue(tables, 3)
    await claim(tables, "stopped", limit=1)
    await tables.write(leases.release, "stopped")
    one, two, three = await claim(tables, "dead")
    await tables.write(leases.settle, "dead", [PutBack(three.id)], NOW)
    assert await tables.write(leases.release_all) == 2
    assert await lost(tables) == [(WAITING, 1, True), (WAITING, 1, True), (WAITING, 0, False)]
    await claim(tables, "dead again", limit=1)
    await tables.write(leases.renew, "other", NOW + LEASE + 1, NOW + 2 * LEASE)
    await claim(tables, "alive")
    outcomes = [Outcome(one.id, SENT, [5]), Outcome(two.id, SENT, [6], changed=True), Outcome(three.id, SENT, [7])]
    await tables.write(leases.settle, "alive", outcomes, NOW)
    # An edit that was tried twice leaves no second copy.
    assert await lost(tables) == [(SENT, 2, True), (SENT, 0, False), (SENT, 0, False)]
    assert [row["own"] for row in await tables.read(rows)] == [1, 0, 1]


async def test_what_was_only_slow_is_not_lost(tables: Database) -> None:
    await enqueue(tables, 3)
    one, two, three = await claim(tables, "slow")
    await tables.write(leases.renew, "other", NOW + LEASE + 1, NOW + 2 * LEASE)
    assert [row["lost"] for row in await tables.read(rows)] == [1, 1, 1]
    results: list[Outcome | PutBack] = [
        Outcome(one.id, SENT, [5]),
        Outcome(two.id, BLOCKED, error="blocked"),
        PutBack(three.id),
    ]
    await tables.write(leases.settle, "slow", results, NOW + LEASE + 2)
    assert await lost(tables) == [(SENT, 0, False), (BLOCKED, 0, False), (WAITING, 0, False)]


async def test_what_a_dead_process_lost_stays_so_when_another_puts_it_back(tables: Database) -> None:
    await enqueue(tables, 1)
    await claim(tables, "dead")
    await tables.write(leases.release_all)
    [one] = await claim(tables, "alive")
    await tables.write(leases.settle, "alive", [PutBack(one.id)], NOW)
    assert await lost(tables) == [(WAITING, 1, True)]
    assert await tables.read(deliveries.reached, NEWS, "1") == [1]


async def test_what_may_have_arrived_never_ends_as_if_nobody_had_got_it(tables: Database) -> None:
    await enqueue(tables, 4)
    await enqueue(tables, 1, "2", valid_until=NOW + 5)
    assert len(await claim(tables, "dead")) == 4
    await tables.write(leases.release_all)
    batch = await claim(tables, "alive", limit=3)
    states = (BLOCKED, FAILED, DROPPED)
    outcomes = [Outcome(one.id, state, error="x") for one, state in zip(batch, states, strict=True)]
    await tables.write(leases.settle, "alive", outcomes, NOW)
    assert await tables.write(deliveries.withdraw, NEWS, "1", NOW) == 1
    assert {state for state, _, _ in await lost(tables)} == {UNSURE, WAITING}
    await claim(tables, "dead")
    await tables.write(leases.release_all)
    await claim(tables, "late", now=NOW + 5)
    assert {(row["state"], row["error"]) for row in await tables.read(rows)} == {
        (UNSURE, "x"),
        (UNSURE, "withdrawn"),
        (UNSURE, "too late"),
    }


async def test_results_are_written_down(tables: Database) -> None:
    await enqueue(tables, 4)
    one, two, three, four = await claim(tables, "a")
    results: list[Outcome | PutBack] = [
        Outcome(one.id, SENT, [481, 482]),
        Outcome(two.id, UNSURE, [483], "only in part"),
        PutBack(three.id, NOW + 8, "Bad Gateway", tried=True),
        PutBack(four.id),
    ]
    await tables.write(leases.settle, "a", results, NOW)
    assert await tables.read(announced.served, "1", 1) == ([481, 482], NOW)
    assert await tables.read(announced.served, "1", 2) == ([], 0)
    assert await tables.read(announced.served, "1", 9) == ([], 0)
    assert [(row["state"], row["error"], row["attempts"], row["due_at"]) for row in await tables.read(rows)] == [
        (SENT, "", 0, NOW),
        (UNSURE, "only in part", 0, NOW),
        (WAITING, "Bad Gateway", 1, NOW + 8),
        (WAITING, "", 0, NOW),
    ]
    assert await tables.read(leases.next_due, NOW) == NOW + 8
    await claim(tables, "a", now=NOW + 8)
    await tables.write(leases.settle, "a", [PutBack(three.id)], NOW + 8)
    assert (await tables.read(rows))[2]["error"] == "Bad Gateway"  # why it is late is still to be seen


async def test_what_is_held_waits_and_what_was_on_its_way_joins_it_when_it_comes_back(tables: Database) -> None:
    await enqueue(tables, 4)
    await enqueue(tables, 1, "another")
    one, two = [delivery for delivery in await claim(tables, "a", limit=2) if delivery.thing == "1"]
    assert await tables.write(deliveries.hold, NEWS, "1") == 2
    await tables.write(leases.settle, "a", [Outcome(one.id, SENT), PutBack(two.id)], NOW)
    assert [row.thing for row in await claim(tables, "a")] == ["another"]
    assert await states(tables) == [(1, SENT), (1, CLAIMED), (2, HELD), (3, HELD), (4, HELD)]
    assert await tables.write(deliveries.resume, NEWS, "1") == 3
    assert len(await claim(tables, "a")) == 3


async def test_what_is_withdrawn_reaches_nobody_else(tables: Database) -> None:
    await enqueue(tables, 4)
    [one] = await claim(tables, "a", limit=1)
    assert await tables.write(deliveries.hold, NEWS, "1") == 3
    assert await tables.write(deliveries.withdraw, NEWS, "1", NOW) == 3
    await tables.write(leases.settle, "a", [Outcome(one.id, SENT)], NOW)
    assert await states(tables) == [(1, SENT), (2, DROPPED), (3, DROPPED), (4, DROPPED)]
    assert {row["error"] for row in (await tables.read(rows))[1:]} == {"withdrawn"}


async def test_what_comes_too_late_is_dropped(tables: Database) -> None:
    await enqueue(tables, 1, valid_until=NOW + 5)
    assert await claim(tables, "a", now=NOW + 5) == []
    assert (await tables.read(rows))[0]["error"] == "too late"


async def test_who_claims_all_that_is_due_learns_when_the_next_will_be(tables: Database) -> None:
    async def look(limit: int, lane: int = LANE_ANNOUNCEMENT) -> tuple[int, int | None]:
        batch, due = await tables.write(leases.claim_or_wait, "a", now=NOW, until=NOW + LEASE, limit=limit, lane=lane)
        return len(batch), due

    assert await look(5) == (0, None)
    await enqueue(tables, 3)
    await enqueue(tables, 1, "later", LANE_REMINDER, due_at=NOW + 20)
    await enqueue(tables, 1, "sooner", due_at=NOW + 10)
    assert await look(2) == (2, None)  # one more may be due
    assert await look(2, LANE_REMINDER) == (0, NOW + 10)
    assert await look(2) == (1, NOW + 10)
