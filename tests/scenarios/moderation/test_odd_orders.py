"""Carrying, merging, closing and undoing where they meet, in odd orders."""

from __future__ import annotations

from storage.questions import APPROVED, PENDING
from tests.conftest import Forum
from tests.scenarios.moderation.test_carrying import carry, target, two_desks
from tests.scenarios.questions.ending import (
    a_session,
    asked,
    merged,
    question,
)
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import moderator_of, now_in, said
from tests.telegram import Message, Person


async def desk_card(person: Person, number: int) -> Message:
    """The question's card in the person's own chat."""
    await person.look_away()
    await person.send("/moderate")
    desk = await person.sees("🛎")
    await person.press_data(f"kc:{number}:-", desk.id)
    return await now_in(person, desk)


async def test_nobody_approves_for_another_session_by_parting(forum: Forum) -> None:
    """Two were approved where they were asked, merged, and carried to others' hands: who parts them there decides."""
    organizer = await forum.organizer()
    chair = await moderator_of(forum, organizer, a_session(forum).code, "Бірінші")
    other = await moderator_of(forum, organizer, target(forum).code, "Екінші")
    one, two = await forum.delegate("Ася", "ru"), await forum.delegate("Бота", "ru")
    for author, text in ((one, "Когда это будет?"), (two, "Когда же это будет?")):
        await asked(forum, a_session(forum), author, text, APPROVED)
    await merged(forum, 2, 1)
    await forum.db.write(
        lambda tx: tx.run(
            "INSERT INTO audit (at, actor, deed, question, session, detail) VALUES (1, 1, 'merge', 2, :s, :d)",
            s=a_session(forum).code,
            d='{"revision": 3, "target": 1, "state": "approved", "decided_at": 1}',
        )
    )
    await carry(forum, chair, await desk_card(chair, 1))
    assert (question(forum, 1)["state"], question(forum, 2)["session"]) == (PENDING, target(forum).code)
    card = await desk_card(other, 2)
    await other.press("km:2", card)
    await other.press("ju:2", await now_in(other, card))
    assert question(forum, 2)["state"] == PENDING
    await two.look_away()
    await two.send("/questions")
    assert said("questions.state_pending") in (await two.sees("№2")).text


async def test_a_carried_question_that_is_taken_back_is_not_the_others_work(forum: Forum) -> None:
    chair, other, _, card = await two_desks(forum)
    done = await carry(forum, chair, card)
    theirs = await other.sees("Куда меня перенесут?")
    await other.press("kd:1:decline", theirs)
    assert [row["moderator"] for row in tables(forum.folder)["claims"]] == [other.id]
    await chair.press("ku:", done)
    assert [row["moderator"] for row in tables(forum.folder)["claims"]] in ([], [chair.id])
    assert (await now_in(chair, card)).button("kd:1:approve")
