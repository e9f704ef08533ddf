"""Phones keep an old keyboard for months: its keys work, and bring the new one.

FORMER has all labels that the keyboard's keys had in the catalogues of any commit before 0.9.0, and no others: compared
by a script, once, for they change no more.
"""

from __future__ import annotations

import pytest

from bot.texts import LANGUAGES
from bot.views.people.menu_words import FORMER, of_old_keyboard
from tests.conftest import Forum
from tests.person import Person
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import TRANSLATORS, said

# By former key: words that its screen has, and no other of these screens.
SCREENS = {
    "menu.agenda": "agenda.tab_rooms",
    "menu.my": "agenda.mine_empty",
    "menu.ask": "questions.choose_day",
    "menu.questions": "questions.none_yet",
    "menu.speakers": "speakers.title",
    "menu.info": "info.calendar",
    "menu.settings": "settings.title",
    "menu.desk": "moderation.title",
    "menu.announce": "announcements.form",
    "menu.staff": "staff.screen",
}


async def answers(forum: Forum, person: Person, text: str) -> list[str]:
    """What the bot writes to that, without the new keyboard's message."""
    before = {one.id for one in await person.messages()}
    await person.send(text)
    await forum.telegram.idle()
    return [f"{one.text} {one.buttons}" for one in await person.messages() if one.from_bot and one.id not in before]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_former_key_opens_its_screen_and_brings_the_new_keyboard(forum: Forum, language: str) -> None:
    """In whatever language the keyboard was."""
    organizer = await forum.organizer(language)
    fewer = said("menu.fewer", language)
    assert SCREENS.keys() == FORMER.keys()
    for key, labels in FORMER.items():
        for label in set(labels):
            organizer.data["keyboard"] = None
            then = await answers(forum, organizer, label)
            assert [one for one in then if fewer in one], (label, then)
            assert [one for one in then if said(SCREENS[key], language) in one], (label, then)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_guest_with_an_old_keyboard_gets_the_new_one_and_leaves_nothing_stored(
    forum: Forum, language: str
) -> None:
    guest = await forum.telegram.person("Guest", language)
    for label in {label for labels in FORMER.values() for label in labels}:
        shown = await answers(forum, guest, label)
        assert len(shown) >= 2, label
        assert said("menu.fewer", language) in shown[-1]
    assert tables(forum.folder)["participants"] == []
    assert tables(forum.folder)["conversations"] == []


async def test_a_key_of_today_brings_no_second_keyboard(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.send("/menu")
    await person.sees(said("menu.everything"))
    for key in ("menu.agenda", "menu.my", "menu.questions"):
        label = TRANSLATORS["ru"].plain(key)
        assert not of_old_keyboard(label)
        assert len(await answers(forum, person, label)) == 1
