"""The organizers' screen by subject, and a team of many pages."""

from __future__ import annotations

import pytest

from bot.who import MODERATOR
from storage import roles
from storage.database import Transaction
from tests.conftest import Forum
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import enrol_all, now_in, said, sessions


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_a_team_of_forty_is_listed_in_pages_and_each_role_can_be_ended(forum: Forum, language: str) -> None:
    organizer = await forum.organizer(language)
    people = range(5000, 5040)
    code = sessions(forum)[0].code

    def many(tx: Transaction) -> None:
        enrol_all(tx, people)
        for person in people:
            roles.grant(tx, person, role=MODERATOR, session=code, granted_by=None, now=1)

    await forum.db.write(many)
    await organizer.send("/staff")
    shown = await organizer.sees("🗝", said("staff.screen", language))
    assert len(shown.rows) <= 8
    await organizer.press("svt:0", shown)
    ended: set[str] = set()
    for _ in range(11):
        listed = await now_in(organizer, shown)
        assert len(listed.rows) <= 8
        ended |= {one["callback_data"].split(":")[1] for row in listed.rows for one in row if "✖️" in one["text"]}
        await organizer.press("›", listed)
    assert ended == {str(person) for person in people}

    await organizer.press_data(f"sr:5005:moderator:{code}:0", shown.id)
    asked = await now_in(organizer, shown)
    await organizer.press("svt:0", asked)  # back
    await organizer.press_data(f"sr:5005:moderator:{code}:1", shown.id)
    assert (await organizer.toast()).text == said("staff.revoked", language)
    assert 5005 not in {row["person"] for row in tables(forum.folder)["roles"]}


async def test_nobody_else_sees_the_team_or_invites(forum: Forum) -> None:
    delegate = await forum.delegate("Ася", "ru")
    await delegate.send("/my")
    shown = await delegate.sees("⭐")
    for data in ("svt:0", "go:inviting", "sve:altayev:0:0", "gpo:20261126:0", "gpc:20261126"):
        answer = await delegate.press_data(data, shown.id)
        assert answer.text == said("refusal.not_organizer"), data
