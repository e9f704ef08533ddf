"""t.me/<bot>?start=…: a card, a question, an invitation; right, wrong, early and late."""

from __future__ import annotations

import pytest

from tests.conftest import Forum, fill_in, register
from tests.scenarios.second_reader import at_rest, tables, traces
from tests.telegram import Person


async def register_here(person: Person) -> None:
    """From the greeting that a deep link has opened."""
    await fill_in(person, "rd:abai")
    await person.sees("✅")


async def test_a_card_is_shown_to_a_guest_who_looks_around_and_after_registration(forum: Forum) -> None:
    guest = await forum.telegram.person("Гость", "ru")
    await guest.start("s_opening")
    await guest.sees("Здравствуйте")
    await guest.press("осмотреться")
    await guest.sees("Торжественное открытие", "🕒")
    await register_here(guest)
    await guest.sees("Торжественное открытие", "🕒")
    await guest.start("s_opening")
    await guest.sees("Торжественное открытие", "🕒")


@pytest.mark.parametrize(("payload", "sign"), [("s_opening", "🕒"), ("q_opening", "✋")])
async def test_who_is_registered_gets_what_the_link_leads_to_and_no_greeting(
    forum: Forum, payload: str, sign: str
) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.look_away()
    await person.start(payload)
    await person.sees("Торжественное открытие", sign)
    await forum.telegram.idle()
    [only] = [one for one in (await person.messages())[-2:] if one.from_bot]
    assert sign in only.text


async def test_a_question_link_opens_the_form_after_registration(forum: Forum) -> None:
    guest = await forum.telegram.person("Guest", "en")
    await guest.start("q_opening")
    await register_here(guest)
    await guest.sees("✋", "5–500")
    await guest.send("Is it on?")
    await guest.sees("🧾")
    assert tables(forum.folder)["questions"][0]["session"] == "opening"


async def test_an_invitation_survives_the_registration_and_works_once(forum: Forum) -> None:
    organizer = await forum.organizer()
    token = await forum.invitation(organizer, "si:moderator:")
    guest, late = await forum.telegram.person("Марат", "ru"), await forum.delegate("Дина", "ru")
    await guest.start(token)
    await guest.press("осмотреться")
    await guest.sees("/start")
    assert tables(forum.folder)["roles"] == []
    await register_here(guest)
    await guest.sees("🗝")
    assert [(row["person"], row["role"]) for row in tables(forum.folder)["roles"]] == [(guest.id, "moderator")]
    await late.start(token)
    await late.sees("приглашени")
    assert len(tables(forum.folder)["roles"]) == 1


@pytest.mark.parametrize(
    "payload", ["s_nowhere", "q_", "zzz", "s_" + "x" * 62, "i_wrong", "_", "%D0%AF", "s_opening extra", "a:b", "::::"]
)
async def test_a_wrong_link_is_said_once_and_does_no_harm(forum: Forum, payload: str) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.start(payload)
    await person.sees("👋")
    await person.sees("ссылка неверна" if payload != "i_wrong" else "недействительно")
    guest = await forum.telegram.person("Гость", "ru")
    await guest.start(payload)
    await guest.sees("Здравствуйте")
    await register_here(guest)
    await at_rest(forum)
    assert tables(forum.folder)["roles"] == []
    assert tables(forum.folder)["conversations"] == []


async def test_of_an_invitation_no_more_is_kept_than_its_digest(forum: Forum) -> None:
    token = await forum.invitation(await forum.organizer(), "si:organizer:")
    guest = await forum.telegram.person("Марат", "ru")
    await guest.start(token)
    await guest.press("c:")
    await at_rest(forum)
    assert len(tables(forum.folder)["conversations"]) == 1
    assert traces(forum.folder, token, token.removeprefix("i_")) == []
    await guest.start()  # begun again: where the link leads is not forgotten
    for step in ("rn", "rd:abai", "rs"):
        await guest.press(step)
    await guest.sees("🗝")


@pytest.mark.parametrize("registered", [True, False])
async def test_the_digest_of_an_invitation_is_no_link(forum: Forum, registered: bool) -> None:
    await forum.invitation(await forum.organizer(), "si:organizer:")
    [invitation] = tables(forum.folder)["invitations"]
    payload = f"h_{invitation['digest']}"
    thief = await forum.telegram.person("Дина", "ru")
    if not registered:
        await thief.start()
        await thief.press("c:")
    else:
        await register(thief)
    await thief.start(payload)
    await thief.press_data(f"c:ru:{payload}"[:64], (await thief.last()).id)
    if not registered:
        for step in ("rn", "rd:abai", "rs"):
            await thief.press(step)
    await thief.sees("ссылка неверна")
    assert tables(forum.folder)["roles"] == []
