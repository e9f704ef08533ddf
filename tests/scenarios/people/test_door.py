"""The door: whose an invitation is, and where somebody stands who is not registered yet."""

from __future__ import annotations

import pytest

from bot.who import MODERATOR, ORGANIZER, SPEAKER
from storage import roles
from tests.conftest import ORGANIZER as CHIEF
from tests.conftest import Forum, fill_in
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import said, sessions
from tests.telegram import Person

TAKE = "bb:"


def spent(forum: Forum) -> list[object]:
    return [row["used_by"] for row in tables(forum.folder)["invitations"]]


def given(forum: Forum) -> list[tuple[int, str, str]]:
    return [(row["person"], row["role"], row["session"]) for row in tables(forum.folder)["roles"]]


async def speaker_link(forum: Forum, organizer: Person) -> tuple[str, str]:
    """A speaker's code and the payload of a link for them."""
    code = forum.programme.speakers[0].code
    listed = await organizer.last()
    await organizer.press_data(f"si:speaker:{code}", listed.id)
    link = await organizer.sees("?start=i_")
    return code, link.text.split("?start=")[1].split()[0]


async def grant(forum: Forum, person: Person, role: str, session: str) -> None:
    await forum.db.write(roles.grant, person.id, role=role, session=session, granted_by=None, now=1)
    forum.application.people.changed(person.id)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("role", [ORGANIZER, MODERATOR])
async def test_who_opens_their_own_invitation_does_not_use_it_up(forum: Forum, role: str, language: str) -> None:
    organizer = await forum.organizer(language)
    token = await forum.invitation(organizer, f"si:{role}:")
    guest = await forum.delegate("Марат", "ru")
    for _ in range(2):
        await organizer.start(token)
        await organizer.sees("🔗", said("staff.have_it", language))
    assert (spent(forum), given(forum)) == ([None], [])
    await guest.start(token)
    await guest.sees("🗝")
    assert given(forum) == [(guest.id, role, "")]


@pytest.mark.parametrize(
    ("has", "link"),
    [
        ((ORGANIZER, ""), "si:organizer:"),
        ((ORGANIZER, ""), "si:moderator:"),
        ((ORGANIZER, ""), "si:moderator:{session}"),
        ((MODERATOR, ""), "si:moderator:"),
        ((MODERATOR, ""), "si:moderator:{session}"),
        ((MODERATOR, "{session}"), "si:moderator:{session}"),
    ],
)
async def test_who_has_the_right_already_spends_nothing(forum: Forum, has: tuple[str, str], link: str) -> None:
    code = sessions(forum)[0].code
    organizer, helper = await forum.organizer(), await forum.delegate("Алия", "ru")
    await grant(forum, helper, has[0], has[1].format(session=code))
    before = given(forum)
    await organizer.send("/staff")
    listed = await organizer.sees("🗝")
    await organizer.press_data(link.format(session=code), listed.id)
    message = await organizer.sees("?start=i_")
    await helper.start(message.text.split("?start=")[1].split()[0])
    await helper.sees("🔗", said("staff.have_it"))
    assert (spent(forum), given(forum)) == ([None], before)


async def test_a_narrower_right_takes_the_wider_invitation(forum: Forum) -> None:
    """Whoever moderates one session gains by a link for all, or for another session."""
    organizer, helper = await forum.organizer(), await forum.delegate("Алия", "ru")
    await grant(forum, helper, MODERATOR, sessions(forum)[0].code)
    await helper.start(await forum.invitation(organizer, "si:moderator:"))
    await helper.sees("🗝")
    assert spent(forum) == [helper.id]
    assert (helper.id, MODERATOR, "") in given(forum)


async def test_a_chief_who_registers_by_a_link_leaves_it_good(forum: Forum) -> None:
    helper, chief = await forum.delegate("Алия", "ru"), await forum.telegram.person("Динара", "ru", id=CHIEF)
    await grant(forum, helper, ORGANIZER, "")
    await chief.start(await forum.invitation(helper, "si:organizer:"))
    await fill_in(chief)
    await chief.sees("✅")
    await chief.sees("🔗", said("staff.have_it"))
    assert (spent(forum), given(forum)) == ([None], [(helper.id, ORGANIZER, "")])


async def test_an_organizer_takes_a_speakers_link_only_when_they_say_so(forum: Forum) -> None:
    organizer = await forum.organizer()
    code, token = await speaker_link(forum, organizer)
    await organizer.start(token)
    offer = await organizer.sees("🔗", said("staff.is_it_for_you"))
    assert spent(forum) == [None]
    await organizer.press(TAKE)
    await organizer.sees("🎤")
    assert (spent(forum), given(forum)) == ([organizer.id], [(organizer.id, SPEAKER, code)])
    await organizer.press_data(TAKE + tables(forum.folder)["invitations"][0]["digest"][:16], offer.id)
    assert given(forum) == [(organizer.id, SPEAKER, code)]
    _, again = await speaker_link(forum, organizer)
    await organizer.start(again)
    await organizer.sees("🔗", said("staff.have_it"))
    assert spent(forum) == [organizer.id, None]


async def test_the_offer_of_a_speakers_link_that_somebody_took_meanwhile_or_forged(forum: Forum) -> None:
    organizer, speaker = await forum.organizer(), await forum.delegate("Серік", "ru")
    code, token = await speaker_link(forum, organizer)
    digest = tables(forum.folder)["invitations"][0]["digest"]
    thief = await forum.delegate("Дина", "ru")
    answer = await thief.press_data(TAKE + digest[:16], (await thief.last()).id)
    assert answer.alert
    assert spent(forum) == [None]
    await organizer.start(token)
    offer = await organizer.sees("🔗")
    await speaker.start(token)
    await speaker.sees("🎤")
    answer = await organizer.press_data(TAKE + digest[:16], offer.id)
    assert answer.text == said("staff.used_invitation")
    assert given(forum) == [(speaker.id, SPEAKER, code)]
    moderators = await forum.invitation(organizer, "si:moderator:")
    assert moderators
    digest = tables(forum.folder)["invitations"][-1]["digest"]
    await organizer.press_data(TAKE + digest[:16], offer.id)
    assert given(forum) == [(speaker.id, SPEAKER, code)]
