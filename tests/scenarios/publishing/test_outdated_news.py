"""News that changes again: what does not hold any more is struck out where it stands, what does is left in peace."""

from __future__ import annotations

import pytest

from tests.conftest import Forum
from tests.scenarios.publishing.changing import instead, open_session, publish, tap, the_draft
from tests.scenarios.publishing.forum_day import NEWS, Day
from tests.scenarios.steps import at, now_in, outbox, said, star
from tests.telegram import Message, Person

ONE, OTHER = "plenary-1", "dialogue"


pytestmark = pytest.mark.usefixtures("no_regular_look")


def struck(message: Message) -> str:
    """All of a message's text that is struck out."""
    units = message.text.encode("utf-16-le")
    parts = [one for one in message.entities if one["type"] == "strikethrough"]
    return "\n".join(
        units[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le") for one in parts
    )


async def later(organizer: Person, session: str, minutes: int, scope: str = "o") -> None:
    screen = await open_session(organizer, session, "time")
    if scope != "o":
        screen = await tap(organizer, f"peo:{session}:{scope}", screen)
    await tap(organizer, f"peh:{session}:{scope}:{minutes}:", screen)
    await publish(organizer)


async def test_only_what_has_changed_again_is_struck_out(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate(language="ru")
    for code in (ONE, OTHER):
        session = forum.programme.session(code)
        assert session is not None
        await star(delegate, session)
    day = Day(forum, {"delegate": delegate})
    await later(organizer, ONE, 20, "d")
    await day.at("09:47")
    first = await delegate.sees(NEWS, instead("13:35–14:35", "13:15–14:15"), instead("17:20–18:50", "17:00–18:30"))

    # One of the two moves on: the other is in no newer message, so it stays readable in this one.
    await later(organizer, ONE, 10)
    await day.at("09:49")
    newer = await delegate.sees(NEWS, instead("13:45–14:45", "13:35–14:35"))
    assert "17:20" not in newer.text
    await day.at("09:50")
    marked = await delegate.sees(said("notices.outdated"))
    assert marked.id == first.id
    assert instead("13:35–14:35", "13:15–14:15") in struck(marked)
    assert instead("17:20–18:50", "17:00–18:30") in marked.text
    assert "17:00" not in struck(marked)

    # Then the other does too.
    await later(organizer, OTHER, 10)
    await day.at("09:52")
    await day.at("09:53")
    marked = next(one for one in await delegate.messages() if one.id == first.id)
    assert instead("17:20–18:50", "17:00–18:30") in struck(marked)
    assert "13:15–14:15" in struck(marked)
    newer = next(one for one in await delegate.messages() if one.id == newer.id)
    assert not struck(newer), "what it says of the first still holds"
    assert [row["thing"] for row in outbox(forum, "change-mark")] == ["1:2"]


async def test_an_undo_in_time_tells_nobody_and_says_so(forum: Forum) -> None:
    """Anyone still to be notified of an earlier version is; of what came and went nobody is."""
    organizer = await forum.organizer()
    people = {code: await forum.delegate(code, "ru") for code in (ONE, OTHER)}
    for code, person in people.items():
        session = forum.programme.session(code)
        assert session is not None
        await star(person, session)
    day = Day(forum, people)
    await day.got()
    await later(organizer, ONE, 20)
    await later(organizer, OTHER, 20)
    undone = await tap(organizer, "ppu:3")
    assert said("publishing.told_from", n=1, at="09:16") in undone.text
    assert [(row["recipient"], row["thing"]) for row in outbox(forum, "change") if row["state"] == "waiting"] == [
        (people[ONE].id, "1:4")
    ]
    await day.at("09:21")
    await day.notifies({ONE: (NEWS, instead("13:35–14:35", "13:15–14:15"))})


async def test_what_was_published_quietly_is_taken_back_quietly(forum: Forum) -> None:
    """Nobody was notified of the slip, so nobody is notified that it is over."""
    organizer, delegate = await forum.organizer(), await forum.delegate(language="ru")
    session = forum.programme.session(ONE)
    assert session is not None
    await star(delegate, session)
    day = Day(forum, {"delegate": delegate})
    await day.got()
    await tap(organizer, f"peh:{ONE}:o:20:", await open_session(organizer, ONE, "time"))
    await publish(organizer, quiet=1)
    undone = await tap(organizer, "ppu:2")
    assert said("publishing.nobody_told") in undone.text
    assert not undone.button("ppu:3")
    await organizer.press_data("ppu:3", undone.id)  # and so is the undo of the undo, whose button an older bot showed
    assert said("publishing.nobody_told") in (await now_in(organizer, undone)).text
    await day.at("09:20")
    await day.quiet()
    assert outbox(forum, "change") == []
    await organizer.send("/programme")
    versions = await tap(organizer, "go:versions")
    assert versions.text.count("🔕") == 3


async def test_a_notice_that_a_flood_holds_up_goes_with_the_next_one(forum: Forum) -> None:
    """Published again while it waits for its chat: one message, from what the person knew to what is true."""
    organizer, delegate = await forum.organizer(), await forum.delegate(language="ru")
    session = forum.programme.session(ONE)
    assert session is not None
    await star(delegate, session)
    day = Day(forum, {"delegate": delegate})
    await day.got()
    await later(organizer, ONE, 20)
    async with forum.telegram.held(method="sendMessage", chat=delegate.id) as hold:
        await forum.at(at(forum, "09:17"))
        await hold.reached()
        assert outbox(forum, "change")[0]["state"] == "claimed"
        await later(organizer, ONE, 10)
        await forum.telegram.flood(next=1)
    await day.at("09:19")
    await day.notifies({"delegate": (NEWS, instead("13:45–14:45", "13:15–14:15"))})
    states = {row["thing"]: row["state"] for row in outbox(forum, "change")}
    assert states == {"1:3": "sent", "2:3": "dropped"}
    assert {row["state"] for row in outbox(forum, "change-mark")} <= {"dropped"}


async def test_who_was_not_told_yet_is_not_counted_when_it_is_undone(forum: Forum) -> None:
    """Published, put back by hand and published again within the minute: each number is of those who get a message."""
    organizer = await forum.organizer()
    people = {code: await forum.delegate(code, "ru") for code in (ONE, OTHER)}
    for code, person in people.items():
        session = forum.programme.session(code)
        assert session is not None
        await star(person, session)
    day = Day(forum, people)
    await day.got()
    await later(organizer, ONE, 15)
    await tap(organizer, f"peh:{ONE}:o:-15:", await open_session(organizer, ONE, "time"))
    asked = await tap(organizer, "ppa:", await the_draft(organizer))
    assert said("publishing.nobody") in asked.text
    assert set(asked.buttons) == {said("draft.publish"), said("menu.back")}, "nobody to be quiet to"
    done = await tap(organizer, "ppy:", asked)
    assert said("publishing.nobody_told") in done.text
    assert [(row["thing"], row["state"], row["error"]) for row in outbox(forum, "change")] == [
        ("1:3", "dropped", "undone")
    ]
    await tap(organizer, f"peh:{ONE}:o:15:", await open_session(organizer, ONE, "time"))
    await tap(organizer, f"peh:{OTHER}:o:30:", await open_session(organizer, OTHER, "time"))
    asked = await tap(organizer, "ppa:", await the_draft(organizer))
    assert said("publishing.audience", n=2) in asked.text
    await tap(organizer, "ppy:", asked)

    # One of the two is put back, the other moves on: of the first nobody is notified, of the second one person.
    await tap(organizer, f"peh:{ONE}:o:-15:", await open_session(organizer, ONE, "time"))
    await tap(organizer, f"peh:{OTHER}:o:5:", await open_session(organizer, OTHER, "time"))
    asked = await tap(organizer, "ppa:", await the_draft(organizer))
    assert said("publishing.audience", n=1) in asked.text
    done = await tap(organizer, "ppy:", asked)
    assert said("publishing.told_from", n=1, at="09:16") in done.text
    await day.at("09:22")
    await day.notifies({OTHER: (NEWS, instead("17:35–19:05", "17:00–18:30"))})
    assert sorted(row["state"] for row in outbox(forum, "change")) == ["dropped", "dropped", "sent"]
