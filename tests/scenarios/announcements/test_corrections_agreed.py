"""A correction that another organizer must agree to: carried out or sent back, and its author is notified."""

from __future__ import annotations

import pytest

from tests.conftest import Forum
from tests.scenarios.announcements.announcing import data, decided, draft, second_organizer, together
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import said
from tests.telegram import Message, Person

pytestmark = pytest.mark.usefixtures("quick_reports")


async def sent(forum: Forum) -> tuple[Person, Person, Person]:
    """The author of an announcement that has gone out, and two more organizers."""
    author = await forum.organizer()
    second, third = await second_organizer(forum, author), await second_organizer(forum, author, "Сауле")
    await draft(author, "Обед в 13:00")
    await author.press("ad:1:confirm")
    await author.press("an:1:send")
    await second.press(said("announcements.approve"))
    await author.sees(said("announcements.over", number=1))
    for person in (author, second, third):
        await person.look_away()
    return author, second, third


async def propose(person: Person, text: str) -> Message:
    """Write a correction and put it forward; the screen on which that was done."""
    await person.press_data("ar:1:correct", (await person.last()).id)
    await person.sees(said("announcements.form_correction", number=1))
    await person.send(text)
    shown = await person.sees("Обед в 13:00", text)
    assert not shown.button("at:1:")  # one's own is not sent back: it is not put forward, or written again
    assert (await person.press("az:1:", shown)).text == said("announcements.second")
    return shown


async def test_sent_back_it_changes_nothing_and_who_wrote_it_is_told(approving: None, forum: Forum) -> None:
    delegate = await forum.delegate()
    author, second, third = await sent(forum)
    await delegate.look_away()
    mine = await propose(third, "Обед в полночь")
    asked = [await person.sees("Обед в полночь") for person in (author, second)]
    assert (await second.press("at:1:", asked[1])).text == said("announcements.toast_declined")
    await second.sees(said("announcements.over", number=1))
    await third.sees(said("announcements.news_correction_declined", number=1))
    for act in ("az:1:", "at:1:"):
        late = await author.press_data(data(asked[0], act), asked[0].id)
        assert late.text == decided("correction_declined", "Алия")
    assert (await third.press_data(data(mine, "az:1:"), mine.id)).text == decided("correction_declined", "Алия")
    await author.look_away()
    await delegate.quiet()
    kept = tables(forum.folder)
    assert [part["text"] for part in kept["announcement_parts"]] == ["Обед в 13:00"]
    actions = [(row["deed"], row["actor"]) for row in kept["audit"] if "announcement" in row["detail"]]
    assert actions[-2:] == [("corrected", third.id), ("declined", second.id)]

    await propose(third, "Обед в 14:00")
    again = await second.sees("Обед в 14:00")
    assert (await second.press("az:1:", again)).text == ""
    await delegate.sees("Обед в 14:00")
    await third.sees(said("announcements.news_correction_approved", number=1))
    await author.sees(said("announcements.news_corrected", number=1))


async def test_only_who_was_asked_sends_it_back_and_of_two_at_once_one_decides(approving: None, forum: Forum) -> None:
    author, second, third = await sent(forum)
    await propose(author, "Обед в 15:00")
    asked = [await person.sees("Обед в 15:00") for person in (second, third)]
    button = asked[0].button("at:1:")
    assert button is not None
    assert (await author.press_data(button["callback_data"], 1)).text == said("announcements.not_now")
    apply, refuse = data(asked[0], "az:1:"), data(asked[1], "at:1:")
    answers = await together(second.press_data(apply, asked[0].id), third.press_data(refuse, asked[1].id))
    declined = said("announcements.toast_declined") in answers
    won = decided("correction_declined", "Сауле") if declined else decided("correction_approved", "Алия")
    assert answers.count(won) == 1
    await author.sees(said(f"announcements.news_correction_{'declined' if declined else 'approved'}", number=1))
    text = tables(forum.folder)["announcement_parts"][0]["text"]
    assert text == ("Обед в 13:00" if declined else "Обед в 15:00")


async def test_who_wrote_it_and_is_forgotten_is_told_nothing(approving: None, forum: Forum) -> None:
    _, second, third = await sent(forum)
    await propose(third, "Обед в 16:00")
    asked = await second.sees("Обед в 16:00")
    await third.press_data("fg:1", 1)
    await forum.telegram.idle()
    await third.look_away()
    assert (await second.press("at:1:", asked)).text == said("announcements.toast_declined")
    await third.quiet()
