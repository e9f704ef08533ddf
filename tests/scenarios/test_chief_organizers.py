"""The organizers that the settings name: theirs is the right as long as they stand there, and nobody else takes it."""

from __future__ import annotations

import json

import pytest

from bot.texts import LANGUAGES
from tests.conftest import ORGANIZER, Forum, Running
from tests.scenarios.second_reader import at_rest, tables, traces
from tests.scenarios.steps import announce, ask, said
from tests.telegram import Person

ORGANIZES, FORBIDDEN = "🗝", said("refusal.not_organizer")


async def restart(running: Running, *organizers: int) -> None:
    await running.stop()
    running.settings["organizers"] = frozenset(organizers)
    await running.start()


async def test_who_is_taken_out_loses_the_right_at_the_next_start_and_who_is_put_in_has_it(running: Running) -> None:
    async with running.open() as forum:
        former, coming = await forum.organizer(), await forum.delegate("Алия", "ru")
        author = await forum.delegate("Айгерім", "kk")
        await former.send("/staff")
        listed = await former.sees(f"Динара — {said('staff.chief')}")
        await coming.send("/staff")
        await coming.sees(FORBIDDEN)
        await forum.telegram.idle()

        await restart(running, coming.id)
        assert tables(running.folder)["chief_organizers"] == [{"person": coming.id}]
        await coming.send("/staff")
        assert "Динара" not in (await coming.sees(f"Алия — {said('staff.chief')}")).text
        await former.send("/staff")
        await former.sees(FORBIDDEN)
        for data in ("si:organizer:", f"sr:{coming.id}:organizer::1"):
            assert (await former.press_data(data, listed.id)).text == FORBIDDEN
        await ask(author, "opening", "Кімге келеді?")
        await coming.sees("Кімге келеді?")  # nobody moderates the session: it is theirs
        await former.quiet()

        await restart(running)
        assert tables(running.folder)["chief_organizers"] == []
        await coming.send("/staff")
        await coming.sees(FORBIDDEN)


async def test_with_the_right_goes_what_hangs_on_it(running: Running) -> None:
    """A link that was kept would give the right back, and a scheduled announcement would go out in their name."""
    async with running.open() as forum:
        former, coming = await forum.organizer(), await forum.delegate("Алия", "ru")
        link = await forum.invitation(former, "si:organizer:")
        await announce(former, "Автобусы в 18:30")
        number = tables(running.folder)["announcements"][0]["number"]
        await former.press_data(f"aw:{number}:60", (await former.last()).id)
        await former.press_data(f"an:{number}:send", (await former.last()).id)
        await at_rest(forum)
        assert tables(running.folder)["announcements"][0]["state"] == "scheduled"

        await restart(running, coming.id)
        await coming.sees("⏸", "№1")
        assert tables(running.folder)["announcements"][0]["state"] == "asked"
        await former.start(link)
        await former.sees(said("staff.bad_invitation"))
        assert tables(running.folder)["roles"] == []


async def test_nobody_revokes_them_from_inside(running: Running) -> None:
    async with running.open() as forum:
        chief, helper = await forum.organizer(), await forum.delegate("Алия", "ru")
        await helper.start(await forum.invitation(chief, "si:organizer:"))
        await helper.sees(ORGANIZES)
        await helper.send("/staff")
        listed = await helper.sees(f"Динара — {said('staff.chief')}", "Алия — ")
        assert [button for button in listed.buttons if "Динара" in button] == []
        for sure in (0, 1):
            await helper.press_data(f"sr:{ORGANIZER}:organizer::{sure}", listed.id)
            await chief.press_data(f"sr:{ORGANIZER}:organizer::{sure}", (await chief.last()).id)
        await chief.look_away()
        for start_again in (False, True):
            if start_again:
                await restart(running, ORGANIZER)
            assert tables(running.folder)["chief_organizers"] == [{"person": ORGANIZER}]
            await chief.send("/staff")
            await chief.sees(f"Динара — {said('staff.chief')}")


async def everything_said_of_their_data(person: Person, language: str) -> str:
    """What /privacy, /mydata and /forget say, until all is erased and once it is."""
    words = []
    for command, shows in (("/privacy", "🔒"), ("/mydata", said("privacy.mydata_caption", language))):
        await person.send(command)
        words.append((await person.sees(shows)).text)
    await person.send("/forget")
    asked = await person.sees("⚠️")
    await person.press("fg:1")
    words += [asked.text, (await person.sees(said("privacy.forgotten", language))).text]
    return "\n".join(words)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_they_are_told_that_their_id_is_kept_until_the_settings_name_it_no_more(
    running: Running, language: str
) -> None:
    async with running.open() as forum:
        chief = await forum.organizer(language)
        words = await everything_said_of_their_data(chief, language)
        assert words.count(said("privacy.in_settings", language)) == 4
        await at_rest(forum)
        assert traces(forum.folder, chief.id, "Динара") == ["chief_organizers.person"]
        for command in ("/mydata", "/forget"):
            await chief.send(command)
            await chief.sees(said("privacy.only_in_settings", language))
        answer = await chief.press_data("fg:1", (await chief.last()).id)
        assert answer.text == said("privacy.only_in_settings", language)
        await forum.telegram.idle()

        await restart(running)
        await chief.send("/mydata")
        await chief.sees(said("privacy.nothing_stored", language))
        forum.application = running.application
        await at_rest(forum)
        assert traces(forum.folder, chief.id) == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_nobody_else_is_told_of_the_settings(forum: Forum, language: str) -> None:
    """Not a delegate, and not an organizer who was invited."""
    chief = await forum.organizer()
    delegate, invited = await forum.delegate("Алия", language), await forum.delegate("Марат", language)
    await invited.start(await forum.invitation(chief, "si:organizer:"))
    await invited.sees(ORGANIZES)
    for person in (delegate, invited):
        assert said("privacy.in_settings", language) not in await everything_said_of_their_data(person, language)
        for command in ("/mydata", "/forget"):
            await person.send(command)
            await person.sees(said("privacy.nothing_stored", language))


async def test_the_file_of_their_data_says_it_too(forum: Forum) -> None:
    found = []
    for person in (await forum.organizer(), await forum.delegate("Алия", "ru")):
        await person.send("/mydata")
        message = await person.sees("/forget")
        assert message.document is not None
        data = json.loads(await forum.telegram.file(message.document["file_id"]))
        found.append(data["organizer_by_settings"])
    assert found == [True, False]
