"""How many people will be told: one number, on the draft, the button, the confirmation and the report."""

from __future__ import annotations

import re

import pytest

from storage import roles
from tests.conftest import Forum
from tests.scenarios.publishing.changing import data_of, here, open_session, tap, the_draft
from tests.scenarios.publishing.forum_day import NEWS, Day
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import at, moderator_of, outbox, said, star, until
from tests.telegram import Message, Person

ONE, OTHER, SPEAKER = "talk-kurmanov", "dialogue", "kurmanov"

pytestmark = pytest.mark.usefixtures("no_regular_look")


def number(text: str, key: str) -> int:
    """The number of people that a text of this key says; 0 where it is not there."""
    for n in range(30):
        if said(key, n=n, at="@").split("@")[0].strip(" .") in text:
            return n
    return 0


async def draft(organizer: Person, session: str, minutes: int) -> None:
    await tap(organizer, f"peh:{session}:o:{minutes}:", await open_session(organizer, session, "time"))


async def counts(organizer: Person, quiet: int = 0) -> tuple[int, int, int, int, Message]:
    """Publish: what the draft says, the question, its button, and what is said when it is done."""
    screen = await the_draft(organizer, await here(organizer))
    asked = await tap(organizer, "ppa:", screen)
    loud = next(one for one in asked.buttons if one.startswith("✅"))
    found = re.search(r"\d+", loud)
    button = int(found[0]) if found else 0
    data = data_of(asked, "ppy:")
    done = await tap(organizer, f"{data.removesuffix('0')}{quiet}", asked)
    numbers = number(screen.text, "publishing.audience"), number(asked.text, "publishing.audience")
    return *numbers, button, number(done.text, "publishing.told_from"), done


async def agree(organizer: Person, expected: int) -> Message:
    *numbers, done = await counts(organizer)
    assert numbers == [expected] * 4
    return done


async def report(organizer: Person, version: int) -> Message:
    await organizer.send("/programme")
    return await tap(organizer, f"pvc:{version}:", await tap(organizer, "go:versions"))


async def people(forum: Forum, organizer: Person) -> dict[str, Person]:
    """With a star on one session or both, somebody who speaks there, moderates it or everything."""
    found = {code: await forum.delegate(code, "ru") for code in (ONE, OTHER, "both", "speaks")}
    for name, codes in ((ONE, (ONE,)), (OTHER, (OTHER,)), ("both", (ONE, OTHER))):
        for code in codes:
            session = forum.programme.session(code)
            assert session is not None
            await star(found[name], session)
    await forum.db.write(roles.grant, found["speaks"].id, role="speaker", session=SPEAKER, granted_by=None, now=1)
    found["moderates"] = await moderator_of(forum, organizer, ONE, "Марат", "ru")
    found["everything"] = await forum.moderator(organizer, "Сәуле")
    return found


async def test_every_number_of_those_told_is_the_same(forum: Forum) -> None:
    organizer = await forum.organizer()
    found = await people(forum, organizer)
    day = Day(forum, found)
    await day.got()
    await draft(organizer, ONE, 10)
    await agree(organizer, 4)  # a star, both, the speaker, who moderates it
    await draft(organizer, OTHER, 10)
    await agree(organizer, 6)  # and those who still wait for the version before
    # One of them blocks the bot: they are counted nowhere from then on.
    await found[ONE].block()
    await forum.telegram.idle()
    await draft(organizer, OTHER, 5)
    await agree(organizer, 5)
    await draft(organizer, OTHER, -15)
    await agree(organizer, 3)  # what the others wait for is undone
    await day.at("09:25")
    got = await day.got()
    assert set(got) == {"both", "speaks", "moderates"}
    assert all(len(texts) == 1 for texts in got.values())

    await found[ONE].unblock()
    await forum.telegram.idle()
    await draft(organizer, OTHER, 20)
    await agree(organizer, 3)
    await day.at("09:27")
    assert set(await day.got()) == {OTHER, "both", "everything"}
    assert said("versions.report_told", count=3) in (await report(organizer, 6)).text


async def test_a_quiet_version_still_reaches_those_who_wait_and_says_so(forum: Forum) -> None:
    organizer = await forum.organizer()
    found = await people(forum, organizer)
    day = Day(forum, found)
    await day.got()
    await draft(organizer, ONE, 10)
    await agree(organizer, 4)
    await draft(organizer, OTHER, 10)
    screen = await tap(organizer, "ppa:", await the_draft(organizer, await here(organizer)))
    assert said("publishing.quiet_hint_waiting", n=4) in screen.text
    assert said("publishing.quiet_hint") not in screen.text
    loud = data_of(screen, "ppy:")
    done = await tap(organizer, f"{loud.removesuffix('0')}1", screen)
    assert number(done.text, "publishing.told_from") == 4
    await day.at("09:25")
    got = await day.got()
    assert set(got) == {ONE, "both", "speaks", "moderates"}
    assert ["17:00" in text for text in got["both"]] == [True], "of both changes in one"

    # Where only those would be told who are told anyway, there is no choice.
    await draft(organizer, ONE, 10)
    await agree(organizer, 4)
    await draft(organizer, ONE, 10)
    screen = await tap(organizer, "ppa:", await the_draft(organizer, await here(organizer)))
    assert len([one for one in screen.buttons if "🔕" in one]) == 0
    assert said("publishing.audience", n=4) in screen.text


async def test_a_second_tap_says_the_same_when_all_is_sent(forum: Forum) -> None:
    organizer = await forum.organizer()
    found = await people(forum, organizer)
    day = Day(forum, found)
    await draft(organizer, ONE, 10)
    screen = await tap(organizer, "ppa:", await the_draft(organizer, await here(organizer)))
    data = data_of(screen, "ppy:")
    done = await tap(organizer, data, screen)
    await day.at("09:25")
    await organizer.press_data(data, done.id)
    assert (await here(organizer)).text == done.text


async def test_who_is_held_up_by_a_flood_is_counted_once(forum: Forum) -> None:
    """Put back after the next version: undone, it is neither counted nor sent; moved on, it is one."""
    organizer = await forum.organizer()
    delegate = await forum.delegate("Ася", "ru")
    session = forum.programme.session(ONE)
    assert session is not None
    await star(delegate, session)
    day = Day(forum, {"delegate": delegate})
    await day.got()
    await draft(organizer, ONE, 10)
    await agree(organizer, 1)
    await forum.telegram.flood(next=1, retry_after=20)
    await forum.at(at(forum, "09:17"))
    await forum.telegram.idle()
    await until(lambda: forum.application._pace.for_chats == 1)  # it was put back, and waits for its chat
    await draft(organizer, ONE, 5)
    await agree(organizer, 1)
    await draft(organizer, ONE, -15)
    *numbers, _ = await counts(organizer)
    assert numbers == [0, 0, 0, 0]
    await day.at("09:30")
    await day.quiet()
    assert not tables(forum.folder)["told"]
    assert {row["state"] for row in outbox(forum, "change")} == {"dropped"}


async def test_what_became_of_a_publication_is_told(forum: Forum) -> None:
    """Told, not reached, not known, perhaps twice: where organizers look at versions."""
    organizer = await forum.organizer()
    found = await people(forum, organizer)
    day = Day(forum, found)
    await draft(organizer, ONE, 10)
    await agree(organizer, 4)
    await found["moderates"].block()
    async with forum.telegram.held(method="sendMessage", chat=found["both"].id, after=True) as hold:
        await forum.at(at(forum, "09:17"))
        await hold.reached()
        [mine] = [row for row in outbox(forum, "change") if row["recipient"] == found["both"].id]
        # Its process dies: another sends it again.
        await forum.db.write(lambda tx: tx.run("UPDATE told SET holder = 'dead' WHERE delivery = :id", id=mine["id"]))
    await day.at("09:18")
    await until(lambda: {row["state"] for row in outbox(forum, "change")} == {"sent", "blocked"})
    await found["both"].sees(NEWS)
    shown = (await report(organizer, 2)).text
    assert said("versions.report_told", count=3) in shown
    assert said("versions.report_unreached", count=1) in shown
    assert said("versions.report_repeated", count=1) in shown
