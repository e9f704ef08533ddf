"""One's name with a question: hidden or shown until it is decided."""

from __future__ import annotations

import asyncio

import pytest

from bot.actions.questions.questions import EDITS
from storage.database import Transaction
from tests.conftest import Forum
from tests.scenarios.moderation.groups import group_of
from tests.scenarios.moderation.test_papers import cells, paper
from tests.scenarios.people.test_privacy import my_data
from tests.scenarios.second_reader import tables, traces
from tests.scenarios.steps import ask, first_question, now_in, said, sessions
from tests.telegram import Message, Person

LANGUAGES = ("kk", "ru", "en")
NAME, TEXT = "Айгерім Сатыбалды", "Кто увидит моё имя?"


async def asked(forum: Forum, language: str = "ru") -> tuple[Person, Person, Message, Message]:
    """A moderator with the card of question 1, its author, and the author's receipt."""
    moderator = await forum.moderator(await forum.organizer())
    author = await forum.delegate(NAME, language)
    await ask(author, sessions(forum)[0].code, TEXT)
    card = await moderator.sees(TEXT)
    return moderator, author, card, await author.last()


def hidden(forum: Forum) -> bool:
    return bool(first_question(forum)["anonymous"])


async def hide(author: Person, screen: Message, number: int = 1) -> Message:
    """Hide the name, from any screen that offers it; the screen afterwards."""
    await author.press(f"qn:{number}:0:0", screen)
    await author.press(f"qn:{number}:0:1", screen)
    return await now_in(author, screen)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_hidden_from_the_receipt_with_a_word_of_who_may_have_seen_it(forum: Forum, language: str) -> None:
    moderator, author, card, receipt = await asked(forum, language)
    assert NAME in card.text
    await author.press(said("questions.be_anonymous", language), receipt)
    sure = await now_in(author, receipt)
    assert said("naming.seen_moderators", language) in sure.text
    assert said("naming.seen_hall", language) not in sure.text
    assert not hidden(forum)
    await author.press("qn:1:0:1", receipt)
    done = await now_in(author, receipt)
    assert said("naming.hidden", language) in done.text
    assert said("questions.be_named", language) in done.buttons
    assert hidden(forum)
    assert first_question(forum)["side"] == "?"
    changed = await now_in(moderator, card)
    assert NAME not in changed.text
    assert said("questions.anonymous") in changed.text

    await author.press(said("questions.be_named", language), receipt)
    assert said("questions.form_named", language) in (await now_in(author, receipt)).text
    assert hidden(forum)
    await author.press("qn:1:1:1", receipt)
    assert said("naming.shown", language) in (await now_in(author, receipt)).text
    assert NAME in (await now_in(moderator, card)).text
    assert first_question(forum)["side"] != "?"


async def test_nothing_is_said_of_moderators_who_cannot_have_seen_it(forum: Forum) -> None:
    """There is none, and no organizer: the question waits for the first of them."""
    author = await forum.delegate(NAME, "ru")
    await ask(author, sessions(forum)[0].code, TEXT)
    receipt = await author.last()
    await author.press("qn:1:0:0", receipt)
    sure = (await now_in(author, receipt)).text
    assert said("naming.hide_sure", number=1) in sure
    assert "⚠️" not in sure


async def test_one_that_was_approved_for_a_while_says_that_the_hall_may_know(forum: Forum) -> None:
    moderator, author, card, receipt = await asked(forum)
    await moderator.press("kd:1:approve", card)
    await author.sees(said("questions.state_approved"))
    await moderator.press("ku:", card)
    await forum.telegram.idle()
    await author.press("qn:1:0:0", receipt)
    assert said("naming.seen_hall") in (await now_in(author, receipt)).text


async def test_all_that_anybody_reads_afterwards_is_without_the_name(forum: Forum) -> None:
    organizer = await forum.organizer()
    chat = await group_of(forum, organizer)
    author = await forum.delegate(NAME, "ru")
    code = sessions(forum)[0].code
    await ask(author, code, TEXT)
    receipt = await author.last()
    card = await organizer.sees(TEXT, chat=chat)
    assert NAME in card.text
    before = len(tables(forum.folder)["audit"])
    await hide(author, receipt)
    in_group = next(one for one in await organizer.messages(chat) if one.id == card.id)
    assert NAME not in in_group.text
    assert len(tables(forum.folder)["audit"]) == before  # the journal says nothing of it
    await organizer.press("gc:1:approve", in_group, chat=chat)
    await author.sees(said("questions.state_approved"))
    for words in ("/moderate", "/stage"):
        await organizer.look_away()
        await organizer.send(words)
        await forum.telegram.idle()
        assert NAME not in await organizer.screen()
    await organizer.send("/moderate")
    await organizer.press(f"ks:{code}")
    await organizer.press("ym:")
    await organizer.sees("📄")
    _, raw = await paper(forum, organizer, f"yf:{code}:xlsx", 1)
    assert NAME.encode() not in raw
    assert cells(raw)[0]["Автор"] == said("questions.anonymous")
    assert traces(forum.folder, NAME) == ["participants.name"]


async def test_an_open_menu_of_a_moderator_loses_the_name_too(forum: Forum) -> None:
    moderator, author, card, receipt = await asked(forum)
    await moderator.press("kd:1:decline", card)
    menu = await now_in(moderator, card)
    assert menu.button("kr:1:rude")
    await hide(author, receipt)
    after = await now_in(moderator, card)
    assert NAME not in after.text
    assert said("questions.anonymous") in after.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("decision", ["approve", "decline"])
async def test_an_old_button_says_that_it_is_decided(forum: Forum, language: str, decision: str) -> None:
    moderator, author, card, receipt = await asked(forum, language)
    await moderator.press(f"kd:1:{decision}", card)
    if decision == "decline":
        await moderator.press("kr:1:rude", card)
    await forum.telegram.idle()
    for data in ("qn:1:0:0", "qn:1:0:1", "qn:1:1:1"):
        answer = await author.press_data(data, receipt.id)
        assert answer.text == said("naming.decided", language, number=1)
    assert not hidden(forum)
    await author.press("m1:1")
    assert not (await author.last()).button("qn:")


async def test_withdrawn_and_strangers_questions_are_left_alone(forum: Forum) -> None:
    _, author, _, receipt = await asked(forum)
    stranger = await forum.delegate("Дина", "ru")
    for data in ("qn:1:0:0", "qn:1:0:1"):
        refused = await stranger.press_data(data, (await stranger.last()).id)
        assert refused.text == said("questions.no_such_question")
    await author.press("m1:1", receipt)
    await author.press("mw:1:0", receipt)
    await author.press("mw:1:1", receipt)
    assert (await author.press_data("qn:1:0:1", receipt.id)).text == said("naming.decided", number=1)
    assert not hidden(forum)


async def test_pressed_twice_and_late_it_is_as_was_wanted(forum: Forum) -> None:
    _, author, _, receipt = await asked(forum)
    await author.press("qn:1:0:0", receipt)
    await forum.at(forum.clock.now())
    await asyncio.gather(*(author.press_data("qn:1:0:1", receipt.id) for _ in range(3)))
    await forum.telegram.idle()
    assert hidden(forum)
    await author.press_data("qn:1:0:0", receipt.id)  # of a phone that lags: nothing to ask
    assert said("questions.be_named") in (await now_in(author, receipt)).buttons


def worn(tx: Transaction) -> None:
    """Changed as often as it may be."""
    tx.run("UPDATE questions SET revision = :revision", revision=EDITS + 1)


async def test_hidden_as_often_as_one_likes_but_shown_no_oftener_than_worded_again(forum: Forum) -> None:
    author = await forum.delegate(NAME, "ru")
    await ask(author, sessions(forum)[0].code, TEXT)
    receipt = await author.last()

    await forum.db.write(worn)
    await hide(author, receipt)
    assert hidden(forum)
    await author.press("qn:1:1:0", receipt)
    answer = await author.press("qn:1:1:1", receipt)
    assert answer.text == said("questions.too_many_edits", limit=EDITS)
    assert hidden(forum)


async def test_a_mute_by_name_goes_with_the_name(forum: Forum) -> None:
    """Muted by a question that shows no name any more, only that question says so."""
    moderator, author, card, receipt = await asked(forum)
    await moderator.press("km:1:", card)
    await moderator.press("kv:1:1", card)
    await moderator.look_away()
    await moderator.send("/muted")
    assert NAME in (await moderator.sees(said("mutes.title"))).text
    await hide(author, receipt)
    await moderator.look_away()
    await moderator.send("/muted")
    assert NAME not in (await moderator.sees(said("mutes.title"))).text


async def test_my_data_shows_it(forum: Forum) -> None:
    _, author, _, receipt = await asked(forum)
    assert (await my_data(forum, author))["questions"][0]["anonymous"] is False
    await hide(author, receipt)
    assert (await my_data(forum, author))["questions"][0]["anonymous"] is True
