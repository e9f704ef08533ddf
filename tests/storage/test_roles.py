"""Who has a part in a session, on both engines."""

from __future__ import annotations

from storage import deliveries, participants, roles
from storage.database import Database, Transaction

SLOT, THING = "slot", "opening@1795000000"


def people(tx: Transaction) -> None:
    held = {
        1: ("speaker", "a-serik"),
        2: ("speaker", "a_serik"),  # an underscore is no wildcard
        3: ("moderator", "opening"),
        4: ("moderator", ""),  # of all sessions: of none in particular
        5: ("organizer", ""),
        6: ("speaker", "a-serik"),  # blocked the bot
        7: ("speaker", "b-asan"),
        8: ("moderator", "closing"),
        9: ("speaker", "opening"),  # a speaker's code like the session's is none of its people
    }
    for person, (role, code) in held.items():
        participants.consent(tx, person, "kk", 10, 1)
        participants.register(tx, person, 1)
        roles.grant(tx, person, role, code, None, 1)
    roles.grant(tx, 1, "moderator", "opening", None, 1)
    participants.block(tx, 6, 2)


async def test_those_of_the_session_and_nobody_else_once(tables: Database) -> None:
    await tables.write(people)

    async def missing(*codes: str) -> list[int]:
        return await tables.read(roles.not_yet_owed, "opening", codes, SLOT, THING)

    assert await missing("a-serik", "b-asan") == [1, 3, 7]
    assert await missing("a_serik") == [1, 2, 3]
    assert await missing() == [1, 3]
    await tables.write(deliveries.put, SLOT, THING, [1, 7], deliveries.LANE_REMINDER, 5)
    assert await missing("a-serik", "b-asan") == [3]
    assert await tables.read(roles.not_yet_owed, "opening", ("b-asan",), SLOT, "opening@1795000600") == [1, 3, 7]


async def test_speakers_stand_last_on_the_list(tables: Database) -> None:
    await tables.write(people)
    listed = [role.role for role in await tables.read(roles.everyone)]
    assert listed == sorted(listed, key=("organizer", "moderator", "speaker").index)
