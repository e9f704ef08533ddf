"""A mute holds as far as the right of whoever said it: in a session, or in all."""

from __future__ import annotations

import pytest

from tests.conftest import Forum
from tests.scenarios.moderation.test_mutes import ask_anonymously, muted
from tests.scenarios.people.test_privacy import my_data
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, moderator_of, now_in, said, sessions
from tests.telegram import Message, Person


def scopes(forum: Forum) -> list[str]:
    return sorted(row["scope"] for row in tables(forum.folder)["mutes"])


async def two_desks(forum: Forum) -> tuple[Person, Person, str, str]:
    """The organizer, a moderator of the first session only, and both sessions' codes."""
    organizer = await forum.organizer()
    first, second = (one.code for one in sessions(forum)[:2])
    return organizer, await moderator_of(forum, organizer, first, "Гүлнар"), first, second


async def refused(author: Person, session: str, word: str, language: str = "ru") -> None:
    await author.look_away()
    await author.start(f"q_{session}")
    await author.sees(said(word, language))


async def listed_by(person: Person) -> Message:
    await person.send("/muted")
    return await person.sees(said("mutes.title"))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_a_moderator_of_one_session_mutes_in_that_one(forum: Forum, language: str) -> None:
    organizer, here, first, second = await two_desks(forum)
    author = await forum.delegate("Ася", language)
    await author.start(f"q_{first}")
    await author.sees("✋")
    sent = await author.send("Вопрос первой сессии")
    await author.sees("🧾")
    card = await here.sees("Вопрос первой сессии")
    await muted(here, card, 1, "mutes.done_mute_here")
    menu = await now_in(here, card)
    assert said("mutes.is_here") in menu.text
    assert said("mutes.unmute_here") in menu.buttons
    assert scopes(forum) == [first]

    await refused(author, first, "mutes.asking_here", language)
    await author.edit(sent, "Другие слова в ней")
    await author.sees(said("mutes.words_back_here", language, text="Другие слова в ней"))
    assert await ask(author, second, "Вопрос второй сессии") == 2
    elsewhere = await organizer.sees("Вопрос второй сессии")
    assert "🔇" not in elsewhere.text

    assert (await here.press("kv:1:0", card)).text == said("mutes.done_unmute_here")
    assert await ask(author, first, "Снова в первой сессии") == 3


async def test_both_stand_on_their_own_and_each_is_lifted_by_those_who_may(forum: Forum) -> None:
    organizer, here, first, second = await two_desks(forum)
    author = await forum.delegate("Ася", "ru")
    await ask(author, first, "Дважды заглушённый вопрос")
    card = await here.sees("Дважды заглушённый вопрос")
    await muted(here, card, 1, "mutes.done_mute_here")
    await organizer.send("/moderate")
    theirs = await organizer.sees("🛎")
    await organizer.press_data("km:1:-", theirs.id)
    menu = await now_in(organizer, theirs)
    assert said("mutes.is_here") in menu.text
    assert {said("mutes.mute"), said("mutes.unmute_here")} <= set(menu.buttons)
    assert (await organizer.press("kv:1:1", theirs)).text == said("mutes.done_mute")
    menu = await now_in(organizer, theirs)
    assert said("mutes.is_everywhere") in menu.text
    assert said("mutes.is_here") in menu.text
    assert {said("mutes.unmute"), said("mutes.unmute_here")} <= set(menu.buttons)
    assert scopes(forum) == ["", first]
    await refused(author, first, "mutes.asking")
    await refused(author, second, "mutes.asking")

    # The moderator of the session says nothing about what holds everywhere.
    shown = await listed_by(here)
    assert shown.text.count("🔇") == 2
    assert [label for label in shown.buttons if "🔊" in label] == [said("mutes.unmute_one", name="Ася")]
    await here.press("kz:1", shown)
    assert (await here.press("kv:1:0:m", shown)).text == said("mutes.done_unmute_here")
    assert scopes(forum) == [""]
    left = await now_in(here, shown)
    assert left.text.count("🔇") == 1
    assert not any("🔊" in label for label in left.buttons)
    forged = await here.press_data("kv:1:0:m", left.id)
    assert (forged.text, forged.alert) == (said("mutes.wider"), True)
    await here.press_data("km:1:-", card.id)
    menu = await now_in(here, card)
    assert said("mutes.is_everywhere") in menu.text
    assert said("mutes.mute_here") in menu.buttons
    assert scopes(forum) == [""]
    await refused(author, first, "mutes.asking")

    # Nor does the organizer's word about all sessions lift what was said about one.
    await here.press("kv:1:1", card)
    await organizer.press_data("km:1:-", theirs.id)
    assert (await organizer.press("kv:1:0", theirs)).text == said("mutes.done_unmute")
    assert scopes(forum) == [first]
    await refused(author, first, "mutes.asking_here")
    assert await ask(author, second, "Во второй уже можно") == 2
    assert (await organizer.press("kb:1:0", theirs)).text == said("mutes.done_unmute_here")
    assert scopes(forum) == []
    assert await ask(author, first, "И в первой тоже можно") == 3


async def test_an_organizer_lifts_a_session_s_from_the_list(forum: Forum) -> None:
    organizer, here, first, _ = await two_desks(forum)
    title = sessions(forum)[0].title.say("ru")[:30]
    await ask(await forum.delegate("Ася", "ru"), first, "Сниму из списка")
    await muted(here, await here.sees("Сниму из списка"), 1, "mutes.done_mute_here")
    listed = await listed_by(organizer)
    assert said("mutes.only_in", session="").split(":")[0] in listed.text
    assert title in listed.text
    await organizer.press("kg:1", listed)
    sure = await now_in(organizer, listed)
    assert said("mutes.only_in", session="").split(":")[0] in sure.text
    assert said("mutes.unmute_here") in sure.buttons
    assert (await organizer.press("kb:1:0:m", listed)).text == said("mutes.done_unmute_here")
    assert said("mutes.nobody_muted") in (await now_in(organizer, listed)).text
    again = await organizer.press_data("kg:1", listed.id)
    assert again.text == said("mutes.done_unmute_here")


async def test_who_moderates_all_sessions_mutes_in_all_of_them(forum: Forum) -> None:
    organizer, _, first, second = await two_desks(forum)
    everywhere = await forum.moderator(organizer)
    author = await forum.delegate("Ася", "ru")
    await ask(author, second, "Молчать ли везде?")
    await muted(everywhere, await everywhere.sees("Молчать ли везде?"), 1)
    assert scopes(forum) == [""]
    listed = await listed_by(everywhere)
    assert said("mutes.everywhere", session="").split(" · ")[0] in listed.text
    for session in (first, second):
        await refused(author, session, "mutes.asking")


async def test_to_moderate_two_sessions_is_not_to_moderate_all(forum: Forum) -> None:
    organizer, here, first, second = await two_desks(forum)
    await organizer.send("/staff")
    await organizer.press_data(f"si:moderator:{second}", (await organizer.sees("🗝")).id)
    link = await organizer.sees("?start=i_")
    await here.start(link.text.split("?start=")[1].split()[0])
    await here.sees("🗝")
    author = await forum.delegate("Ася", "ru")
    await ask(author, second, "Где я замолчу?")
    await muted(here, await here.sees("Где я замолчу?"), 1, "mutes.done_mute_here")
    assert scopes(forum) == [second]
    assert await ask(author, first, "А здесь я говорю") == 2


async def test_an_anonymous_author_stays_unnamed_in_a_session_too(forum: Forum) -> None:
    organizer, here, first, second = await two_desks(forum)
    author = await forum.delegate("Айгерім", "kk", last_name="Сәрсенова")
    await ask(author, first, "Атымды айтамын")
    named = await here.sees("Атымды айтамын", "Айгерім")
    await ask_anonymously(author, first, "Атымды айтпаймын")
    hidden = await here.sees("Атымды айтпаймын")
    await muted(here, hidden, 2, "mutes.done_mute_here")
    await here.press("km:1", named)
    menu = await now_in(here, named)
    assert said("mutes.is_here") not in menu.text
    assert said("mutes.mute_here") in menu.buttons
    for person in (here, organizer):
        listed = await listed_by(person)
        assert said("mutes.author_of", number=2) in listed.text
        assert "Айгерім" not in listed.text
        assert not any("Айгерім" in label for label in listed.buttons)
    await refused(author, first, "mutes.asking_here", "kk")
    assert await ask(author, second, "Басқа жерде сұраймын") == 3


async def test_what_is_stored_of_a_mute_is_shown_with_where_it_holds(forum: Forum) -> None:
    _, here, first, _ = await two_desks(forum)
    author = await forum.delegate("Ася", "ru")
    await ask(author, first, "Что обо мне хранят?")
    await muted(here, await here.sees("Что обо мне хранят?"), 1, "mutes.done_mute_here")
    [theirs] = (await my_data(forum, author))["muted_by_question"]
    assert (theirs["question"], theirs["session"]) == (1, first)
    [said_by] = (await my_data(forum, here))["mutes"]
    assert (said_by["question"], said_by["session"]) == (1, first)


async def test_a_mute_stays_in_its_session_when_its_question_goes_to_another(forum: Forum) -> None:
    organizer, here, first, second = await two_desks(forum)
    there = await moderator_of(forum, organizer, second, "Иван")
    author = await forum.delegate("Ася", "ru")
    await ask(author, first, "Перенесут ли вопрос?")
    await muted(here, await here.sees("Перенесут ли вопрос?"), 1, "mutes.done_mute_here")
    await forum.db.write(lambda tx: tx.run("UPDATE questions SET session = :there WHERE number = 1", there=second))
    await refused(author, first, "mutes.asking_here")
    assert await ask(author, second, "А во второй спрошу") == 2
    assert "🔇" not in (await there.sees("А во второй спрошу")).text
    assert "🔊" not in "".join((await listed_by(there)).buttons)
    listed = await listed_by(here)
    await here.press("kz:1", listed)
    assert (await here.press("kv:1:0:m", listed)).text == said("mutes.done_unmute_here")
    assert scopes(forum) == []


@pytest.mark.parametrize("there_first", [True, False])
async def test_each_session_takes_back_its_own_when_both_muted_by_one_question(forum: Forum, there_first: bool) -> None:
    organizer, here, first, second = await two_desks(forum)
    there = await moderator_of(forum, organizer, second, "Иван")
    author = await forum.delegate("Ася", "ru")
    await ask(author, first, "Заглушат ли дважды?")
    await muted(here, await here.sees("Заглушат ли дважды?"), 1, "mutes.done_mute_here")
    await forum.db.write(lambda tx: tx.run("UPDATE questions SET session = :there WHERE number = 1", there=second))
    await there.send("/moderate")
    desk = await there.newest("ks:")
    await there.press_data("kc:1:-", desk.id)
    card = await now_in(there, desk)
    assert "🔇" not in card.text
    await muted(there, card, 1, "mutes.done_mute_here")
    assert scopes(forum) == sorted([first, second])

    async def lifts(person: Person) -> None:
        listed = await listed_by(person)
        await person.press("kz:1", listed)
        assert (await person.press("kv:1:0:m", listed)).text == said("mutes.done_unmute_here")

    await lifts(there if there_first else here)
    assert scopes(forum) == [first if there_first else second]
    await lifts(here if there_first else there)
    assert scopes(forum) == []


async def test_one_is_heard_again_by_any_card_where_they_were_muted_by_name(forum: Forum) -> None:
    """The card that is pressed came from a session where they are muted by itself."""
    organizer, here, first, second = await two_desks(forum)
    there = await moderator_of(forum, organizer, second, "Иван")
    author = await forum.delegate("Ася", "ru")
    await ask(author, first, "Первый из вопросов")
    await ask(author, second, "Второй из вопросов")
    await muted(here, await here.sees("Первый из вопросов"), 1, "mutes.done_mute_here")
    await muted(there, await there.sees("Второй из вопросов"), 2, "mutes.done_mute_here")
    await forum.db.write(lambda tx: tx.run("UPDATE questions SET session = :there WHERE number = 1", there=second))
    await there.send("/moderate")
    desk = await there.newest("ks:")
    await there.press_data("kc:1:-", desk.id)
    card = await now_in(there, desk)
    assert "🔇" in card.text
    await there.press("km:1", card)
    assert (await there.press("kv:1:0", card)).text == said("mutes.done_unmute_here")
    assert scopes(forum) == [first]
