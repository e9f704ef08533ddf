"""Whatever makes true again what people were told has an answer for a copy that nobody knows the id of.

Telegram's answer was lost, or a process died with the message under way and another sent it again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.actions import outgoing
from storage.database import Transaction
from tests.conftest import Forum
from tests.scenarios.announcements.announcing import announced
from tests.scenarios.moderation.test_undo import TAKEN_BACK, one_question
from tests.scenarios.steps import first_question, nothing_due, said
from tests.telegram import Person

pytestmark = pytest.mark.usefixtures("quick_reports")

UNKNOWN = {
    "unsure": "UPDATE deliveries SET state = 'unsure', message = NULL, messages = ''",
    "perhaps twice": "UPDATE deliveries SET lost = 1",
}
OF_PERSON = " WHERE kind = :kind AND recipient = :person"


async def unknown(forum: Forum, how: str, kind: str, person: Person) -> int:
    """So it is with what the person was sent; the last message that stands there."""
    await nothing_due(forum)

    def say(tx: Transaction) -> None:
        assert tx.run(UNKNOWN[how] + OF_PERSON, kind=kind, person=person.id) == 1

    await forum.db.write(say)
    return (await person.last()).id


async def fate(forum: Forum, how: str) -> None:
    moderator, author, card = await one_question(forum)
    await moderator.press("kd:1:approve", card)
    await author.sees(said("questions.state_approved"))
    last = await unknown(forum, how, "fate", author)
    await moderator.press("ku:", card)
    await nothing_due(forum)
    news = await author.last()
    assert TAKEN_BACK in news.text
    assert news.id > last


async def correction(forum: Forum, how: str) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    await announced(forum, organizer, "Зал А", 2)
    last = await unknown(forum, how, "announcement", delegate)
    await organizer.press("ar:1:correct")
    await organizer.sees(said("announcements.form_correction", number=1))
    await organizer.send("Зал Б")
    await organizer.press("az:1:")
    assert (await delegate.sees("✏️", "Зал Б")).id > last
    await organizer.sees(said("announcements.corrected", done=2, total=2, failed=0), said("announcements.own", count=1))
    assert [message.text for message in await delegate.messages()].count("Зал А") == (how == "unsure")


async def removal(forum: Forum, how: str) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    await announced(forum, organizer, "Зал А", 2)
    last = await unknown(forum, how, "announcement", delegate)
    await organizer.press("ar:1:remove")
    await organizer.press("ar:1:removal")
    assert (await delegate.sees("🗑")).id > last
    await organizer.sees(said("announcements.removed", done=2, total=2, failed=0), said("announcements.own", count=1))
    assert [message.text for message in await delegate.messages()].count("Зал А") == (how == "unsure")


async def card(forum: Forum, how: str) -> None:
    """A second card would be worse. A press on one that nobody knows of decides nothing: first it is read as it is."""
    moderator, _, card = await one_question(forum)
    await unknown(forum, how, "card", moderator)
    await forum.db.write(lambda tx: tx.run("DELETE FROM cards"))
    assert (await moderator.press("kd:1:approve", card)).text == said("moderation.read_again")
    assert first_question(forum)["state"] == "pending"


CASES: dict[str, Callable[[Forum, str], Awaitable[None]]] = {
    outgoing.Correction.kind: fate,
    outgoing.AnnouncementEdit.kind: correction,
    outgoing.AnnouncementDelete.kind: removal,
    outgoing.CardChange.kind: card,
}
# In tests/scenarios/publishing, with all that can happen to a notice.
ELSEWHERE = {outgoing.ChangeMark.kind, outgoing.StandsAgain.kind}


def test_each_kind_of_repair_has_a_case() -> None:
    assert set(CASES) | ELSEWHERE == set(outgoing.REPAIRS)


@pytest.mark.parametrize("how", UNKNOWN)
@pytest.mark.parametrize("kind", CASES)
async def test_what_may_stand_unknown_is_made_true_too(forum: Forum, kind: str, how: str) -> None:
    await CASES[kind](forum, how)
