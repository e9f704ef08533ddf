"""Who an announcement is for: chosen with buttons, counted at every press, and nobody else gets it."""

from __future__ import annotations

import pytest

from tests.conftest import Forum, fill_in, register
from tests.scenarios.announcements.announcing import bot_messages, draft, second_organizer
from tests.scenarios.second_reader import tables, traces
from tests.scenarios.steps import said, sessions
from tests.telegram import Person

pytestmark = pytest.mark.usefixtures("quick_reports")


async def delegate_of(forum: Forum, name: str, *, language: str, delegation: str) -> Person:
    person = await forum.telegram.person(name, language)
    await register(person, f"rd:{delegation}")
    return person


async def goes_to(forum: Forum, organizer: Person, people: list[Person], others: list[Person], text: str) -> None:
    await organizer.press("ad:1:confirm")
    await organizer.sees(said("announcements.confirm", n=len(people)))
    await organizer.press("an:1:send")
    for person in people:
        await person.sees(text)
    await forum.telegram.idle()
    for person in others:
        assert text not in [message.text for message in await bot_messages(person)]


async def test_by_language_and_delegation_and_everybody_again(forum: Forum) -> None:
    organizer = await forum.organizer()
    one = await delegate_of(forum, "Ася", language="kk", delegation=forum.programme.delegations[1].code)
    two = await delegate_of(forum, "Ира", language="ru", delegation=forum.programme.delegations[1].code)
    three = await delegate_of(forum, "Ержан", language="kk", delegation=forum.programme.delegations[0].code)
    await draft(organizer, "Тек сізге")
    await organizer.press("aa:1:l::")
    await organizer.sees(said("audience.gets", n=4))
    await organizer.press("aa:1:l:kk:1")
    await organizer.sees(said("audience.gets", n=2), "Қазақша")
    await organizer.press("aa:1:d::")
    await organizer.press(f"aa:1:d:{forum.programme.delegations[0].code}:1")
    await organizer.sees(said("audience.gets", n=1))
    await organizer.press(f"aa:1:d:{forum.programme.delegations[1].code}:1")  # or, within a kind
    await organizer.sees(said("audience.gets", n=2))
    await organizer.press("aa:1:l::")
    await organizer.press("aa:1:::")
    await organizer.sees(said("audience.gets", n=4))
    await organizer.press("aa:1:l:kk:1")
    await organizer.press("aa:1:d::")
    await organizer.press(f"aa:1:d:{forum.programme.delegations[1].code}:1")
    await organizer.sees(said("audience.gets", n=1))
    await organizer.press("aa:1:l::")
    await organizer.press("ad:1:open")
    await goes_to(forum, organizer, [one], [two, three], "Тек сізге")


async def test_by_role_delegates_are_neither_moderators_nor_organizers(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer)
    helper = await second_organizer(forum, organizer)
    delegate = await forum.delegate()
    await draft(organizer, "По ролям")
    await organizer.press("aa:1:l::")
    for role, count in (("organizer", 2), ("moderator", 3), ("delegate", 4)):
        await organizer.press(f"aa:1:r:{role}:1")
        await organizer.sees(said("audience.gets", n=count))
    await organizer.press("aa:1:r:organizer:0")
    await organizer.press("aa:1:r:delegate:0")
    await organizer.sees(said("audience.gets", n=1))
    await organizer.press("ad:1:open")
    await goes_to(forum, organizer, [moderator], [helper, delegate], "По ролям")


async def test_by_a_starred_session_and_presence(forum: Forum) -> None:
    organizer = await forum.organizer()
    here, away, neither = [await forum.delegate(name, "ru") for name in ("Ася", "Ира", "Оля")]
    code = sessions(forum)[0].code
    for person in (here, away):
        await person.press_data(f"b:{code}:1:", 1)
    await draft(organizer, "Кто пришёл на открытие")
    await organizer.press("aa:1:l::")
    await organizer.press("ad:1:link")
    link = await organizer.sees("?start=p_")
    payload = link.text.split("?start=")[1].split()[0]
    await here.start(payload)
    await here.sees(said("presence.here"))
    await here.start(payload)  # again is the same
    await here.sees(said("presence.here"))
    await neither.start("p_" + "x" * 12)
    await neither.sees(said("fallback.bad_link"))
    await organizer.press("aa:1:l::")
    await organizer.press("aa:1:s::")
    await organizer.press(f"aa:1:s:{code}:1")
    await organizer.sees(said("audience.gets", n=2))
    await organizer.press("aa:1:l::")
    await organizer.press("aa:1:p:1:1")
    await organizer.sees(said("audience.gets", n=1))
    await organizer.press("ad:1:open")
    await goes_to(forum, organizer, [here], [away, neither], "Кто пришёл на открытие")


async def test_the_link_survives_a_registration_and_forgetting(forum: Forum) -> None:
    organizer = await forum.organizer()
    await draft(organizer, "Черновик")
    await organizer.press("aa:1:l::")
    await organizer.press("ad:1:link")
    link = await organizer.sees("?start=p_")
    person = await forum.telegram.person("Новичок", "ru")
    await person.start(link.text.split("?start=")[1].split()[0])
    await fill_in(person)
    await person.sees(said("presence.here"))
    [row] = [row for row in tables(forum.folder)["participants"] if row["id"] == person.id]
    assert row["present_at"] == forum.clock.seconds()
    await person.press_data("fg:1", 1)
    await forum.telegram.idle()
    assert [trace for trace in traces(forum.folder, person.id) if not trace.startswith("inbox")] == []


async def test_urgent_reaches_who_muted_and_the_count_says_so(forum: Forum) -> None:
    organizer, muted = await forum.organizer(), await forum.delegate("Тишь", "ru")
    await muted.send("/settings")
    await muted.press("sm:1")
    await draft(organizer, "Пожарная тревога")
    await organizer.press("ad:1:urgent")
    assert (await organizer.toast("")).text == said("announcements.urgent_toast")
    await goes_to(forum, organizer, [organizer, muted], [], "Пожарная тревога")
