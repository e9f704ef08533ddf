"""Words that flag a question for its moderators, and do nothing else."""

from __future__ import annotations

import pytest

from bot.actions.moderation.stop_words import found, spoken
from tests.conftest import Forum
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, said, sessions
from tests.telegram import Message, Person

MET = (
    ("дурак", "Какие же дураки это придумали?"),
    ("дурак", "ДУРААААК ли министр?"),
    ("дурак", "д у р а к"),
    ("дурак", "д.у.р.а.к!"),
    ("дурак", "дypaк, в чужих буквах"),
    ("дурак", "дур@к"),
    ("жемқор", "жемкорлар кімдер?"),
    ("жемқор", "Жемқорлықпен күрес"),
    ("пара", "пара алады"),
    ("қара пиар", "бұл қара пиардың жолы"),
    ("сайлау", "сайлаудың нәтижесі"),
    ("закон", "законы приняты"),
)
NOT_MET = (
    ("пара", "парақ жетпейді"),
    ("қара", "қаражат қайда?"),
    ("қара пиар", "қара жол мен пиар"),
    ("дурак", "дорога в Кентау"),
    ("сайлау", "сайт қашан ашылады"),
    ("кот", "который час"),
)


@pytest.mark.parametrize(("word", "text"), MET)
def test_a_word_is_met_in_any_form_and_disguise(word: str, text: str) -> None:
    assert found(spoken(word), spoken(text))


@pytest.mark.parametrize(("word", "text"), NOT_MET)
def test_another_word_is_not(word: str, text: str) -> None:
    assert not found(spoken(word), spoken(text))


async def open_list(organizer: Person) -> Message:
    await organizer.send("/staff")
    staff = await organizer.sees("🗝")
    await organizer.press("jw:0", staff)
    return await organizer.sees(said("stop_words.title"))


async def test_organizers_keep_the_list(forum: Forum) -> None:
    organizer = await forum.organizer()
    listed = await open_list(organizer)
    assert said("stop_words.none") in listed.text
    await organizer.send("Дурак, жемқор\nқара пиар; дурак")
    await organizer.sees(said("stop_words.added", n=3))
    listed = await organizer.sees(said("stop_words.count", n=3))
    assert {"✖️ дурак", "✖️ жемқор", "✖️ қара пиар"} <= set(listed.buttons)
    await organizer.send("дурак")  # the form stays open; what is there already is no news
    await organizer.sees(said("stop_words.added", n=0))
    for wrong, refusal in (("?!", said("stop_words.say_something")), ("я" * 41, said("stop_words.too_long", most=40))):
        await organizer.send(wrong)
        await organizer.sees(refusal)
    await organizer.sticker()
    await organizer.sees(said("moderation.text_only"))
    await organizer.press("✖️ дурак")
    await organizer.sees(said("stop_words.sure", word="дурак"))
    answer = await organizer.press("jr:")
    assert answer.text == said("stop_words.removed")
    shown = await organizer.sees(said("stop_words.count", n=2))
    assert "✖️ дурак" not in shown.buttons
    await organizer.send(", ".join(f"слово{number}" for number in range(30)))
    full = await organizer.sees(said("stop_words.count", n=32))
    await organizer.press("›", full)
    assert "2/3" in next(one for one in await organizer.messages() if one.id == full.id).buttons
    await organizer.send(", ".join(f"ещё{number}" for number in range(300)))
    await organizer.sees(said("stop_words.too_many", most=300))
    assert len(tables(forum.folder)["stop_words"]) == 32
    await organizer.send("/staff")
    await organizer.sees("🗝")
    await organizer.send("дурак")  # the form is left: a word is a search again
    await organizer.sees("дурак")
    assert len(tables(forum.folder)["stop_words"]) == 32
    actions = [row["deed"] for row in tables(forum.folder)["audit"]]
    assert (actions.count("stopword_added"), actions.count("stopword_removed")) == (33, 1)


async def test_a_word_flags_the_card_and_its_author_never_knows(forum: Forum) -> None:
    organizer = await forum.organizer()
    await open_list(organizer)
    await organizer.send("жемқор")
    await organizer.sees(said("stop_words.added", n=1))
    moderator = await forum.moderator(organizer)
    author = await forum.delegate("Автор", "kk")
    await ask(author, sessions(forum)[0].code, "Жемқорлармен күрес қалай жүреді?")
    await moderator.sees("№1", "⚠️ жемқор")
    await author.press("m1:1")
    assert not any("⚠️" in message.text for message in await author.messages())
    await moderator.press("kd:1:approve")
    await author.sees(said("questions.state_approved", "kk"))


async def test_moderators_and_delegates_do_not_read_the_list(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer)
    for data in ("jw:0", "jr:0123456789abcdef:0"):
        answer = await moderator.press_data(data, (await moderator.last()).id)
        assert (answer.text, answer.alert) == (said("refusal.not_organizer"), True)
