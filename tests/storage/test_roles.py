"""Who has a part in a session, on both engines."""

from __future__ import annotations

import asyncio

from storage import deliveries, participants, roles
from storage.database import Database, Transaction, open_database

SLOT, THING = "slot", "opening@1795000000"


def people(tx: Transaction) -> None:
    held = {
        1: ("speaker", "a-serik"),
        2: ("speaker", "a_serik"),  # an underscore is no wildcard
        3: ("moderator", "opening"),
        4: ("moderator", ""),  # of all sessions: of those that nobody else moderates
        5: ("organizer", ""),
        6: ("speaker", "a-serik"),  # blocked the bot
        7: ("speaker", "b-asan"),
        8: ("moderator", "closing"),
        9: ("speaker", "opening"),  # a speaker's code like the session's is none of its people
    }
    for person, (role, code) in held.items():
        participants.consent(tx, person, "kk", 10, 1)
        participants.register(tx, person, 1)
        roles.grant(tx, person, role=role, session=code, granted_by=None, now=1)
    roles.grant(tx, 1, role="moderator", session="opening", granted_by=None, now=1)
    participants.block(tx, 6, 2)


async def test_those_of_the_session_and_nobody_else_once(tables: Database) -> None:
    await tables.write(people)

    async def missing(*codes: str) -> list[int]:
        return await tables.read(roles.not_yet_enqueued, "opening", codes, SLOT, THING)

    assert await missing("a-serik", "b-asan") == [1, 3, 7]
    assert await missing("a_serik") == [1, 2, 3]
    assert await missing() == [1, 3]
    await tables.write(deliveries.put, SLOT, thing=THING, recipients=[1, 7], lane=deliveries.LANE_REMINDER, now=5)
    assert await missing("a-serik", "b-asan") == [3]
    assert await tables.read(roles.not_yet_enqueued, "opening", ("b-asan",), SLOT, "opening@1795000600") == [1, 3, 7]


async def test_who_moderates_all_has_a_part_where_nobody_is_named_and_if_they_want_reminders(tables: Database) -> None:
    await tables.write(people)
    assert await tables.read(roles.not_yet_enqueued, "panel", (), SLOT, THING) == [4]
    assert await tables.read(roles.not_yet_enqueued, "panel", (), SLOT, THING, due_at=0) == [], "the role came later"
    await tables.write(participants.set_lead, 4, 0)
    assert await tables.read(roles.not_yet_enqueued, "panel", (), SLOT, THING) == []
    await tables.write(participants.set_lead, 4, 10)
    for person in (1, 3):
        await tables.write(participants.block, person, 2)
    assert await tables.read(roles.not_yet_enqueued, "opening", (), SLOT, THING) == [4]
    assert [await tables.read(roles.has_own_moderator, one) for one in ("closing", "opening")] == [True, False]


async def test_speakers_stand_last_on_the_list(tables: Database) -> None:
    await tables.write(people)
    listed = [role.role for role in await tables.read(roles.everyone)]
    assert listed == sorted(listed, key=("organizer", "moderator", "speaker").index)


async def test_the_organizers_of_the_settings_are_replaced_whole(tables: Database) -> None:
    await tables.write(roles.name_chiefs, {3, 9})
    await tables.write(roles.name_chiefs, {9, 2})
    assert await tables.read(roles.chiefs) == [2, 9]
    assert [await tables.read(roles.is_chief, person) for person in (2, 3, 9)] == [True, False, True]
    await tables.write(roles.name_chiefs, frozenset())
    assert await tables.read(roles.chiefs) == []


async def test_organizers_are_those_invited_and_those_of_the_settings_who_can_be_reached(tables: Database) -> None:
    await tables.write(people)
    await tables.write(participants.consent, 20, "kk", 10, 1)  # consented and went no further
    await tables.write(roles.name_chiefs, {5, 6, 7, 20, 30})  # 5 was invited too, 6 blocked the bot, 30 never came
    assert await tables.read(roles.organizers) == [5, 7, 20]


async def test_what_is_done_inside_leaves_the_organizers_of_the_settings_alone(tables: Database) -> None:
    await tables.write(people)
    await tables.write(roles.name_chiefs, {5})
    assert not await tables.write(roles.revoke, 5, "organizer", "elsewhere")
    assert await tables.write(roles.revoke, 5, "organizer", "")
    await tables.write(roles.forget, 5)
    assert await tables.read(roles.chiefs) == [5]


async def test_instances_that_start_together_name_the_same_organizers(tables: Database, forum_url: str) -> None:
    instances = [tables]
    if tables.engine == "postgres":
        instances += [await open_database(forum_url) for _ in range(2)]
    await tables.write(roles.name_chiefs, set(range(10)))
    for start in range(5):
        named = set(range(start, start + 50))
        await asyncio.gather(*(one.write(roles.name_chiefs, named) for one in instances for _ in range(4)))
        assert await tables.read(roles.chiefs) == sorted(named)
    for one in instances[1:]:
        await one.close()


async def test_an_invitation_is_known_by_the_beginning_of_its_digest_while_it_is_the_only_one(tables: Database) -> None:
    for digest in ("a" * 64, "a" * 16 + "b" * 48, "c" * 64):
        await tables.write(roles.invite, digest, role="moderator", session="", invited_by=1, now=1, expires_at=9)
    found = {prefix: await tables.read(roles.whole_digest, prefix) for prefix in ("c" * 16, "a" * 16, "", "%", "d")}
    assert found == {"c" * 16: "c" * 64, "a" * 16: None, "": None, "%": None, "d": None}
