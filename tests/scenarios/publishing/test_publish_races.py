"""Publications that overtake each other: several organizers within the minutes in which news still waits."""

from __future__ import annotations

from tests.conftest import Forum
from tests.scenarios.publishing.changing import instead
from tests.scenarios.publishing.test_publishing import (
    MINUTE,
    debounced,
    far,
    later,
    span,
    step,
)
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import star
from tests.telegram import Person


async def press(organizer: Person, data: str) -> None:
    """On whatever stands there: it is the order that matters here."""
    assert (await organizer.press_data(data, (await organizer.last()).id)).answered
    await organizer.telegram.idle()


async def publish(forum: Forum, organizer: Person) -> None:
    stored = tables(forum.folder)
    base, revision = stored["programmes"][-1]["number"], stored["draft_revision"][0]["revision"]
    await press(organizer, f"ppy:{base}:{revision}:0")
    assert tables(forum.folder)["programmes"][-1]["number"] == base + 1


async def test_an_old_version_brought_back_onto_another_is_no_old_version(forum: Forum) -> None:
    """One organizer takes version 1 into the draft, another undoes version 3 meanwhile: what is published then keeps
    a change of version 2, of which people are still to be notified."""
    first = far(forum)
    second, third = [one for one in forum.programme.sessions if one.start > first.start and not one.is_break][:2]
    organizer, delegate = await forum.organizer(), await forum.delegate()
    await star(delegate, first)
    await step(forum, organizer, lambda one: later(third, 5)(later(first, 10)(one)))
    await publish(forum, organizer)
    await step(forum, organizer, lambda one: later(second, 10)(later(first, 0)(one)))
    await publish(forum, organizer)
    revision = tables(forum.folder)["draft_revision"][0]["revision"]
    await press(organizer, f"pvb:1:{revision}")
    await press(organizer, "ppu:3")
    await publish(forum, organizer)
    held = forum.application.current.programme.session(first.code)
    assert held is not None
    assert held.start == first.start + 10 * MINUTE
    await debounced(forum, 400)
    await delegate.sees("🔔", instead(span(first, 10), span(first), "kk"))
    assert [row["restores"] for row in tables(forum.folder)["programmes"]] == [None, None, None, 2, None]
