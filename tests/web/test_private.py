"""Screens that open by their link only, and how moderators and organizers make them so."""

from __future__ import annotations

import re

from tests.conftest import Forum
from tests.scenarios.second_reader import at_rest, tables
from tests.scenarios.steps import ask, moderator_of, said
from tests.telegram import Person
from tests.web.conftest import Screens


async def open_links(moderator: Person, session: str) -> str:
    """Open the hall's screen from the desk; its text."""
    await moderator.start(f"s_{session}")
    await moderator.press(f"ks:{session}")
    await moderator.press(f"hs:{session}")
    return (await moderator.sees("/hall/")).text


def keys(text: str) -> list[str]:
    return re.findall(r"\?key=([\w-]{22})\b", text)


async def test_a_private_screen_opens_by_its_link_only(screens: Screens) -> None:
    session = screens.session.code
    organizer = await screens.forum.organizer()
    shown = await open_links(organizer, session)
    assert f"{screens.url}/hall/{session}\n" in shown
    assert f"{screens.url}/hall/{screens.session.room}\n" in shown
    async with screens.stream(session) as open_screen:
        await open_screen.state()
        await organizer.press(f"hp:{session}:0:1")
        assert (await open_screen.event())[0] == "gone"
    [key] = keys((await organizer.sees("?key=")).text)
    assert (await screens.page(session))[0] == 404
    assert (await screens.page(session, key="x" * 22))[0] == 404
    assert (await screens.page(session, key="ключ"))[0] == 404
    assert (await screens.page(session, key=key))[0] == 200
    assert (await screens.page(screens.session.room or ""))[0] == 200
    async with screens.stream(session, key=key) as by_link:
        await by_link.state()
        # Public again: anyone with the link still sees it. Private again: the old link is worth nothing.
        await organizer.press(f"hp:{session}:0:0")
        await organizer.toast(said("hall.now_public"))
        assert (await screens.page(session))[0] == 200
        await organizer.press(f"hp:{session}:0:1")
        while (name := (await by_link.event())[0]) == "message":
            pass
        assert name == "gone"
    [other] = keys((await organizer.sees("?key=")).text)
    assert other != key
    assert (await screens.page(session, key=key))[0] == 404
    assert [row["deed"] for row in tables(screens.forum.folder)["audit"]] == [
        "hall_private",
        "hall_public",
        "hall_private",
    ]


async def test_what_a_session_shows_by_its_link_only_its_room_does_not_show_to_all(screens: Screens) -> None:
    session, room = screens.session.code, screens.session.room or ""
    organizer = await screens.forum.organizer()
    author = await screens.forum.delegate("Ася", "ru")
    await ask(author, session, "Только для своих?")
    await organizer.press("kd:1:approve")
    await author.sees(said("questions.state_approved"))
    assert "Только для своих?" in (await screens.page(room))[1]
    await open_links(organizer, session)
    async with screens.stream(room) as hall:
        await hall.state()
        await organizer.press(f"hp:{session}:0:1")
        state = await hall.until("closed")
        assert (state["stage"], state["qr"]) == (None, None)
        assert state["words"]["ru"]["message"] == said("hall.closed")
    assert "Только для своих?" not in (await screens.page(room))[1]
    # Anyone with the link of the room was given it for all that takes place there.
    await organizer.press(f"hp:{session}:1:1")
    key = keys((await organizer.sees("?key=", said("hall.is_private"))).text)[-1]
    assert "Только для своих?" in (await screens.page(room, key=key))[1]


async def test_a_rooms_screen_is_the_organizers_to_close(screens: Screens) -> None:
    session = screens.session.code
    organizer = await screens.forum.organizer()
    moderator = await moderator_of(screens.forum, organizer, session, "Марат")
    await open_links(moderator, session)
    screen = await moderator.last()
    assert screen.button(f"hp:{session}:0:1") is not None
    assert screen.button(f"hp:{session}:1:1") is None
    refused = await moderator.press_data(f"hp:{session}:1:1", screen.id)
    assert refused.text == said("refusal.not_organizer")
    await open_links(organizer, session)
    await organizer.press(f"hp:{session}:1:1")
    assert len(keys((await organizer.sees("?key=")).text)) == 1
    assert (await screens.page(screens.session.room or ""))[0] == 404
    assert (await screens.page(session))[0] == 200


async def test_the_link_of_a_private_room_is_for_those_who_moderate_all_that_it_shows(screens: Screens) -> None:
    session, room = screens.session.code, screens.session.room or ""
    organizer = await screens.forum.organizer()
    everywhere = await screens.forum.moderator(organizer, "Алия")
    here = await moderator_of(screens.forum, organizer, session, "Марат")
    assert f"/hall/{room}\n" in await open_links(here, session), "while it is public, everybody may have it"
    await open_links(organizer, session)
    await organizer.press(f"hp:{session}:1:1")
    [key] = keys((await organizer.sees("?key=")).text)
    assert keys(await open_links(everywhere, session)) == [key]
    shown = await open_links(here, session)
    assert keys(shown) == []
    assert f"/hall/{session}\n" in shown
    programme = screens.forum.programme
    name = next(one.name.say("ru") for one in programme.rooms if one.code == room)
    assert said("hall.room_private", room=name) in shown


async def test_a_delegate_has_no_business_here(screens: Screens) -> None:
    session = screens.session.code
    delegate = await screens.forum.delegate()
    shown = await delegate.last()
    for data in (f"hs:{session}", f"hp:{session}:0:1"):
        answer = await delegate.press_data(data, shown.id)
        assert answer.text == said("refusal.not_moderator", "kk")
    assert tables(screens.forum.folder)["hall_keys"] == []


async def test_without_a_web_server_the_operator_is_told_what_to_set(forum: Forum) -> None:
    organizer = await forum.organizer()
    session = next(one.code for one in forum.programme.sessions if not one.is_break)
    await organizer.start(f"s_{session}")
    await organizer.press(f"ks:{session}")
    await organizer.press(f"hs:{session}")
    await organizer.sees("LISTEN", "PUBLIC_URL")


async def test_who_closed_a_screen_is_forgotten_and_the_screen_stays_closed(screens: Screens) -> None:
    session = screens.session.code
    organizer = await screens.forum.organizer()
    await open_links(organizer, session)
    await organizer.press(f"hp:{session}:0:1")
    await organizer.sees("?key=")
    await organizer.send("/forget")
    await organizer.press("fg:1")
    await at_rest(screens.forum)
    [row] = tables(screens.forum.folder)["hall_keys"]
    assert (row["place"], row["made_by"]) == (session, None)
    assert (await screens.page(session))[0] == 404
