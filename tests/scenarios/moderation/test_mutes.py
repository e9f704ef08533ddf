"""Somebody asks nothing for now, and as easily again."""

from __future__ import annotations

from tests.conftest import Forum
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, moderator_of, now_in, said, sessions
from tests.telegram import Message, Person

ASKING = said("mutes.asking")


async def muted(moderator: Person, card: Message, number: int, word: str = "mutes.done_mute") -> None:
    await moderator.press(f"km:{number}", card)
    assert (await moderator.press(f"kv:{number}:1", card)).text == said(word)


async def ask_anonymously(author: Person, session: str, text: str) -> None:
    await author.start(f"q_{session}")
    await author.press("qa:")
    await author.send(text)
    await author.sees("🧾")


async def test_who_is_muted_is_told_when_they_ask_and_gets_their_words_back(forum: Forum) -> None:
    moderator = await forum.moderator(await forum.organizer())
    author, neighbour = await forum.delegate("Ася", "ru"), await forum.delegate("Ерлан", "kk")
    code = sessions(forum)[0].code
    await ask(neighbour, code, "Көршінің сұрағы")
    await moderator.press("kd:1:approve")
    await ask(author, code, "Первый вопрос")
    card = await moderator.sees("Первый вопрос")
    await author.start(f"q_{code}")  # the form is open already
    await author.look_away()
    await muted(moderator, card, 2)
    assert "🔇" in (await now_in(moderator, card)).text
    await author.quiet()  # nobody is shamed in the middle of a hall

    await author.send("Вопрос <b>длинный</b> & с трудом набранный")
    await author.sees(ASKING.split(".")[0], "Вопрос <b>длинный</b> & с трудом набранный")
    assert len(tables(forum.folder)["questions"]) == 2
    await author.send("/cancel")
    await author.start(f"q_{code}")
    await author.sees(ASKING)
    await author.send("Отырар")  # no form was opened: a word is a search
    await author.sees("🔍")
    await author.press_data(f"f:{code}:0", (await author.last()).id)
    await author.press("v:1:1")
    assert [(row["question"], row["person"]) for row in tables(forum.folder)["votes"]] == [(1, author.id)]

    await moderator.press("kv:2:0", card)
    assert "🔇" not in (await now_in(moderator, card)).text
    assert await ask(author, code, "Снова можно?") == 3
    assert [row["deed"] for row in tables(forum.folder)["audit"] if row["question"] == 2] == ["mute", "unmute"]


async def test_the_list_of_who_is_muted_gives_the_word_back(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer)
    code = sessions(forum)[0].code
    author = await forum.delegate("Ася", "ru")
    await moderator.send("/muted")
    await moderator.sees(said("mutes.nobody_muted"))
    for text in ("Первый вопрос", "Второй вопрос"):
        await ask(author, code, text)
    await muted(moderator, await moderator.sees("Первый вопрос"), 1)
    second = await moderator.sees("Второй вопрос")
    await moderator.press("km:2", second)
    assert "🔇" in (await now_in(moderator, second)).text  # muted by name: all that have it say so
    await moderator.press_data("kv:2:1:-", second.id)
    await moderator.send("/muted")
    listed = await moderator.sees(said("mutes.title"), "Ася")
    assert listed.text.count("🔇") == 1  # a person stands there once
    await moderator.press("kz:", listed)
    await moderator.press("kv:", await moderator.sees(said("mutes.unmute_sure", name="Ася")))
    await moderator.sees(said("mutes.nobody_muted"))
    assert tables(forum.folder)["mutes"] == []
    assert await ask(author, code, "Третий вопрос") == 3
    await author.send("/muted")
    await author.sees(said("refusal.not_moderator"))


async def test_an_anonymous_author_stays_unnamed_also_by_their_other_questions(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer)
    code = sessions(forum)[0].code
    author = await forum.delegate("Айгерім", "kk", last_name="Сәрсенова")
    await ask(author, code, "Атымды айтамын")
    named = await moderator.sees("Атымды айтамын", "Айгерім")
    await ask_anonymously(author, code, "Атымды айтпаймын")
    hidden = await moderator.sees("Атымды айтпаймын")
    await muted(moderator, hidden, 2)
    assert "🔇" in (await now_in(moderator, hidden)).text
    assert "🔇" not in (await now_in(moderator, named)).text
    await moderator.press("km:1", named)
    assert "🔇 " not in (await now_in(moderator, named)).text  # nor when the card is read afresh
    for person in (moderator, organizer):
        await person.send("/muted")
        listed = await person.sees(said("mutes.author_of", number=2))
        assert "Айгерім" not in listed.text
        assert not any("Айгерім" in label for label in listed.buttons)
    await moderator.press("kv:1:1", named)
    await moderator.send("/muted")
    both = await moderator.sees(said("mutes.author_of", number=2))
    assert both.text.count("🔇") == 2
    await moderator.press("kz:1", both)
    await moderator.press("kv:1:0:m", both)
    left = await moderator.sees(said("mutes.author_of", number=2))
    assert "Айгерім" not in left.text
    await author.start(f"q_{code}")
    await author.sees(said("mutes.asking", "kk"))


async def test_a_moderator_of_another_session_neither_mutes_nor_sees_it(forum: Forum) -> None:
    first, second = (one.code for one in sessions(forum)[:2])
    organizer = await forum.organizer()
    here = await moderator_of(forum, organizer, first, "Гүлнар")
    elsewhere = await moderator_of(forum, organizer, second, "Иван")
    await ask(await forum.delegate("Ася", "ru"), first, "Чья я?")
    await muted(here, await here.sees("Чья я?"), 1, "mutes.done_mute_here")
    await elsewhere.send("/muted")
    listed = await elsewhere.sees(said("mutes.title"))
    assert "Ася" not in listed.text
    assert (await elsewhere.press_data("kv:1:0:m", listed.id)).text == said("refusal.not_moderator")
    assert len(tables(forum.folder)["mutes"]) == 1


async def test_nobody_mutes_themselves_or_who_has_erased_their_data(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer)
    code = sessions(forum)[0].code
    await ask(moderator, code, "Мой собственный вопрос")
    own = await moderator.sees("Мой собственный вопрос", "№1", "👤")
    assert (await moderator.press_data("kv:1:1:-", own.id)).text == said("mutes.yourself")
    author = await forum.delegate("Ася", "ru")
    await ask(author, code, "Сотрите меня")
    card = await moderator.sees("Сотрите меня")
    await muted(moderator, card, 2)
    await author.send("/forget")
    await author.press("fg:1")
    await moderator.sees("№2", said("moderation.erased"))
    assert (await moderator.press_data("kv:2:1:-", card.id)).text == said("mutes.nobody")
    assert tables(forum.folder)["mutes"] == []


async def test_who_is_muted_puts_no_other_words_into_a_question_that_waits(forum: Forum) -> None:
    moderator = await forum.moderator(await forum.organizer())
    author = await forum.delegate("Ася", "ru")
    await author.start(f"q_{sessions(forum)[0].code}")
    await author.sees("✋")
    sent = await author.send("Вежливый вопрос")
    await author.sees("🧾")
    await author.press_data("me:1", (await author.last()).id)  # the form is open already
    await muted(moderator, await moderator.sees("Вежливый вопрос"), 1)
    for grumble in (author.send("Грубость в форме"), author.edit(sent, "Грубость на месте")):
        await author.look_away()
        await grumble
        await author.sees(ASKING.split(".")[0], "Грубость")
    await author.send("/cancel")
    assert (await author.press_data("me:1", (await author.last()).id)).text == ASKING
    assert [row["text"] for row in tables(forum.folder)["questions"]] == ["Вежливый вопрос"]
    await author.press_data("mw:1:1", (await author.last()).id)  # nobody has to take it back
    assert [row["state"] for row in tables(forum.folder)["questions"]] == ["withdrawn"]


async def test_each_moderator_finds_whom_they_muted_though_another_session_did_too(forum: Forum) -> None:
    first, second = (one.code for one in sessions(forum)[:2])
    organizer = await forum.organizer()
    here = await moderator_of(forum, organizer, first, "Гүлнар")
    there = await moderator_of(forum, organizer, second, "Иван")
    author = await forum.delegate("Ася", "ru")
    await ask(author, first, "Вопрос номер один")
    await ask(author, second, "Вопрос номер два")
    await muted(here, await here.sees("Вопрос номер один"), 1, "mutes.done_mute_here")
    card = await there.sees("Вопрос номер два")
    await there.press_data("kv:2:1:-", card.id)
    for person, buttons in ((here, ["kz:1"]), (there, ["kz:2"]), (organizer, ["kg:1", "kg:2"])):
        await person.send("/muted")
        listed = await person.sees(said("mutes.title"), "Ася")
        assert listed.text.count("🔇") == len(buttons)
        assert all(listed.button(button) for button in buttons)
