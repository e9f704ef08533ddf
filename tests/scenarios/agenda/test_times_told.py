"""Wherever people read when a session begins, they read what its card says: the estimate, where it differs."""

from __future__ import annotations

import pytest

from bot.texts import LANGUAGES
from bot.who import SPEAKER
from storage import roles
from tests.conftest import Forum
from tests.scenarios.steps import announce, at, said
from tests.telegram import Message, Person

LATE, NEXT = "opening", "talk-kurmanov"  # one after the other in the same hall


async def delayed(forum: Forum, organizer: Person, until: str = "10:29") -> str:
    """The opening begins so late that what follows is 19 minutes late; the words of a card for it."""
    await forum.at(at(forum, until))
    await organizer.start(f"s_{LATE}")
    card = await organizer.sees("🕒")
    await organizer.press(f"rnp:{LATE}", card)
    await organizer.press(f"rnm:{LATE}:start", card)
    await organizer.look_away()
    return "≈10:49"


def label(message: Message, code: str) -> str:
    """The words of the button that has this in its data."""
    found = [one["text"] for row in message.rows for one in row if code in one.get("callback_data", "")]
    assert found, (code, message.rows)
    return str(found[0])


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_form_and_the_list_of_where_to_ask_say_what_the_card_says(forum: Forum, language: str) -> None:
    organizer, person = await forum.organizer(language), await forum.delegate("Дина", language)
    begins = await delayed(forum, organizer)
    await person.start(f"s_{NEXT}")
    card = await person.sees(begins)
    times = card.text.split("🕒")[1].split("\n")[0].split(", ")[-1]
    await person.start(f"q_{NEXT}")
    await person.sees("✋", times)
    await person.send("/ask")
    await person.press("go:ask")
    await person.press("qd:20261126")
    listed = await person.sees(said("questions.choose_in_day", language, day="")[:10])
    assert label(listed, f"q:{NEXT}").startswith(f"{begins} ")
    for button in (one["text"] for row in listed.rows for one in row):
        assert len(button) <= 38


async def test_what_was_not_moved_goes_by_the_plan(forum: Forum) -> None:
    organizer, person = await forum.organizer(), await forum.delegate("Дина", "ru")
    await delayed(forum, organizer, until="10:13")  # three minutes late: on time
    await person.start(f"q_{NEXT}")
    form = await person.sees("✋", "10:30–10:50")
    assert "≈" not in form.text


async def test_moderators_read_the_estimate_in_the_list_of_their_desk(forum: Forum) -> None:
    organizer = await forum.organizer()
    begins = await delayed(forum, organizer)
    await organizer.send("/moderate")
    desk = await organizer.sees("🛎")
    while not desk.button(f"ks:{NEXT}"):
        await organizer.press("›", desk)
        desk = next(one for one in await organizer.messages() if one.id == desk.id)
    assert f"{begins} " in label(desk, f"ks:{NEXT}")


async def test_a_speaker_and_their_card_have_the_estimate(forum: Forum) -> None:
    organizer, person = await forum.organizer(), await forum.delegate("Дина", "ru")
    await forum.db.write(roles.grant, person.id, role=SPEAKER, session="kurmanov", granted_by=None, now=1)
    forum.application.people.changed(person.id)
    begins = await delayed(forum, organizer)
    await person.press_data("p:kurmanov:0", (await person.last()).id)
    card = await person.sees("Курманов", begins)
    assert label(card, f"s:{NEXT}").startswith(begins)
    await person.press_data("go:speaking", (await person.last()).id)
    mine = await person.sees(said("speaking.mine"), begins)
    assert label(mine, f"s:{NEXT}").startswith(begins)


async def test_an_announcements_lists_of_sessions_have_the_estimate(forum: Forum) -> None:
    organizer = await forum.organizer()
    begins = await delayed(forum, organizer)
    draft = await announce(organizer, "Встречаемся в зале")
    for data, button in (("aa:1:s::0:0", f":s:{NEXT}"), ("as:1:w::0", f"as:1:w:{NEXT}:")):
        await organizer.press_data(data, draft.id)
        await forum.telegram.idle()
        shown = next(one for one in await organizer.messages() if one.id == draft.id)
        assert f"{begins} " in label(shown, button)
