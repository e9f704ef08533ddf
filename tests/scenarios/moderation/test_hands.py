"""What lies in a moderator's hand: buttons that fit their reader, and claims that follow their holder."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.actions.moderation.claims import LASTS
from bot.middlewares.forms import CLAIMING
from handlers.forms import DecisionForm, EditingForm, StageAnswerForm
from tests.conftest import Forum
from tests.scenarios.moderation.groups import group_of
from tests.scenarios.moderation.test_claims import claimed_until, holder, two_moderators
from tests.scenarios.moderation.test_group_cards import card_of, staffed
from tests.scenarios.second_reader import at_rest, tables
from tests.scenarios.steps import (
    ask,
    claims_end,
    first_question,
    moderator_of,
    nothing_due,
    now_in,
    open_list,
    said,
    sessions,
)
from tests.telegram import Message

LONG = LASTS - 20  # seconds in which a claim is not over, and is twice


async def later(forum: Forum, seconds: int) -> None:
    await forum.at(forum.clock.now() + dt.timedelta(seconds=seconds))
    await forum.telegram.idle()


def undo_on(card: Message) -> bool:
    return card.button("ku:") is not None


async def test_undo_stands_only_on_the_cards_of_those_who_may(forum: Forum) -> None:
    organizer = await forum.organizer()
    one, other = await forum.moderator(organizer, "Марат"), await forum.moderator(organizer, "Алия")
    code = sessions(forum)[0].code
    await ask(await forum.delegate(), code, "Кто вернёт?")
    mine, theirs = await one.sees("Кто вернёт?"), await other.sees("Кто вернёт?")
    await organizer.send("/moderate")
    third = await organizer.sees("🛎")
    await organizer.press_data("kc:1:-", third.id)
    await one.press("kd:1:approve", mine)
    await nothing_due(forum)
    assert undo_on(await now_in(one, mine))
    assert undo_on(await now_in(organizer, third)), "an organizer may, and the card has followed"
    shown = await now_in(other, theirs)
    assert said("questions.state_approved") in shown.text
    assert not undo_on(shown), "not by a card that has followed"
    await other.press("km:1:-", shown)
    await other.press("kc:1:-", shown)
    assert not undo_on(await now_in(other, shown)), "nor by one that was opened"
    listed = await open_list(other, code, "a")
    assert not undo_on(listed)
    undo = (await now_in(one, mine)).button("ku:")
    assert undo is not None
    refused = await other.press_data(undo["callback_data"], shown.id)
    assert (refused.text, refused.alert) == (said("undo.not_yours"), True)
    assert first_question(forum)["state"] == "approved"


async def test_what_another_put_off_is_not_offered_to_whoever_decides_the_same_again(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer)
    code = sessions(forum)[0].code
    await ask(await forum.delegate(), code, "Кто отложил?")
    card = await moderator.sees("Кто отложил?")
    await moderator.press("kd:1:approve", card)
    await organizer.send("/moderate")
    desk = await organizer.sees("🛎")
    await organizer.press_data(f"to:{code}", desk.id)
    await organizer.press("tm:1:2:later")
    await nothing_due(forum)
    again = await moderator.press_data("kd:1:approve:a", card.id)
    assert again.text == said("moderation.done_approve", number=1)
    assert not undo_on(await now_in(moderator, card))


async def test_in_the_group_everybody_who_moderates_the_session_undoes_and_the_journal_says_who(forum: Forum) -> None:
    organizer = await forum.organizer()
    first, second = (one.code for one in sessions(forum)[:2])
    here = await moderator_of(forum, organizer, first, "Гүлнар")
    elsewhere = await moderator_of(forum, organizer, second, "Иван")
    chat = await group_of(forum, organizer, here, elsewhere)
    await ask(await forum.delegate(), first, "Кто из группы вернёт?")
    await here.sees("Кто из группы вернёт?", chat=chat)
    await organizer.press("gc:1:approve", chat=chat)
    card = await card_of(here, chat, 1)
    assert card.button("gc:1:undo")
    refused = await elsewhere.press("gc:1:undo", card, chat=chat)
    assert (refused.text, refused.alert) == (said("refusal.not_moderator"), True)
    assert (await here.press("gc:1:undo", card, chat=chat)).text == said("undo.done", number=1)
    actions = [(row["deed"], row["actor"]) for row in tables(forum.folder)["audit"] if row["question"]]
    assert actions == [("approve", organizer.id), ("undo", here.id)]


async def test_a_menu_offers_what_its_reader_may_do_about_who_works_on_it(forum: Forum) -> None:
    organizer = await forum.organizer()
    one, other = await forum.moderator(organizer, "Марат"), await forum.moderator(organizer, "Алия")
    await ask(await forum.delegate(), sessions(forum)[0].code, "Чьи кнопки?")
    for person in (one, other):
        await person.press("km:1:-", await person.sees("Чьи кнопки?"))
    await organizer.send("/moderate")
    third = await organizer.sees("🛎")
    await one.press("kw:1:take")
    await organizer.press_data("km:1:-", third.id)
    offered = [one.button("kw:1") for one in (await now_in(organizer, third),)]
    assert [found and found["callback_data"] for found in offered] == ["kw:1:over:-"]
    menu = await other.last()
    await other.press_data("km:1:-", menu.id)
    assert (await now_in(other, menu)).button("kw:") is None
    mine = await one.last()
    await one.press("km:1:-", mine)
    assert (await now_in(one, mine)).button("kw:1:leave")
    assert (await now_in(one, mine)).button("kw:1:over") is None


async def test_nobody_is_offered_to_mute_themselves(forum: Forum) -> None:
    moderator = await forum.moderator(await forum.organizer())
    await ask(moderator, sessions(forum)[0].code, "Мой собственный вопрос")
    card = await moderator.sees("Мой собственный вопрос", "👤")
    await moderator.press("km:1:-", card)
    assert (await now_in(moderator, card)).button("kv:") is None


# A claim follows its holder


async def test_every_screen_behind_more_begins_the_two_minutes_again(forum: Forum) -> None:
    one, other = await two_moderators(forum)
    author = await forum.delegate()
    code = sessions(forum)[0].code
    for words in ("Ұзақ қараймын ба?", "Ұзақ қараймын ба, жоқ па?"):
        await ask(author, code, words)
    card = await one.sees("№1")
    await one.press("km:1:-", card)
    await one.press("kw:1:take", card)
    await one.press("km:1:-", card)
    for data in ("kh:1:-", "kc:1:-", "km:1:-", "jl:1:-", "jb:1", "kc:1:-", "km:1:-", "jm:1", "jt:1:2", "jm:1"):
        await later(forum, LONG)
        await one.press(data, card)
        assert holder(forum) == one.id
        assert tables(forum.folder)["claims"][0]["until"] == forum.clock.seconds() + LASTS, data
    theirs = await other.sees("№1", "Марат")
    assert said("claims.held", "kk", by="Марат", until=claimed_until(forum)) in (await now_in(other, theirs)).text
    await one.press("kc:1:-", card)
    await one.press("km:1:-", card)
    await one.press("je:1:-", card)
    await one.send("Ұзақ қараймын ба екен?")
    await one.sees(said("editing.done", number=1))
    shown = await one.sees("Ұзақ қараймын ба екен?", "👀")
    await one.press("km:1:-", shown)
    await later(forum, LONG)
    await one.press("jo:1:-", shown)
    assert tables(forum.folder)["claims"][0]["until"] == forum.clock.seconds() + LASTS


async def test_another_s_look_makes_no_claim_longer(forum: Forum) -> None:
    one, other = await two_moderators(forum)
    await ask(await forum.delegate(), sessions(forum)[0].code, "Бөтен қарай ма?")
    card, theirs = await one.sees("Бөтен қарай ма?"), await other.sees("Бөтен қарай ма?")
    await other.press("km:1:-", theirs)
    assert tables(forum.folder)["claims"] == [], "to look at a card that came by itself takes nothing"
    await one.press("km:1:-", card)
    await one.press("kw:1:take", card)
    until = tables(forum.folder)["claims"][0]["until"]
    await later(forum, 30)
    for data in ("kc:1:-", "km:1:-", "kh:1:-", "kc:1:-", "km:1:-", "jl:1:-"):
        await other.press(data, theirs)
    assert [(row["moderator"], row["until"]) for row in tables(forum.folder)["claims"]] == [(one.id, until)]


async def test_more_from_a_list_takes_the_question_as_the_card_does(forum: Forum) -> None:
    one, _ = await two_moderators(forum)
    code = sessions(forum)[0].code
    await ask(await forum.delegate(), code, "Тізімнен алам ба?")
    desk = await open_list(one, code)
    await claims_end(forum)
    assert (await now_in(one, desk)).button("km:1:w")
    await one.press("km:1:w", desk)
    assert holder(forum) == one.id
    assert tables(forum.folder)["claims"][0]["until"] == forum.clock.seconds() + LASTS


async def test_more_in_the_group_goes_on_too(forum: Forum) -> None:
    _, moderator, chat = await staffed(forum, "Продолжу ли?")
    card = await card_of(moderator, chat, 1)
    await moderator.press("gc:1:take", card, chat=chat)
    await later(forum, LONG)
    await moderator.press("gc:1:more", chat=chat)
    assert tables(forum.folder)["claims"][0]["until"] == forum.clock.seconds() + LASTS


def test_the_forms_that_claim_a_question_are_known() -> None:
    assert set(CLAIMING) == {DecisionForm.STATE, EditingForm.STATE, StageAnswerForm.STATE}


FORMS = {"answer": "kd:1:answer:-", "reason": "kd:1:decline:-", "wording": "je:1:-"}
LEAVING = ("/cancel", "the button", "/menu", "a key", "/start", "another form", "another question")


@pytest.mark.parametrize("way", LEAVING)
@pytest.mark.parametrize("form", FORMS)
async def test_a_form_that_is_left_holds_nobody_off(forum: Forum, form: str, way: str) -> None:
    one, other = await two_moderators(forum)
    author = await forum.delegate()
    code = sessions(forum)[0].code
    for words in ("Бірінші сұрақ кімде?", "Мүлдем басқа нәрсе жайлы"):
        await ask(author, code, words)
    card, next_card = await one.sees("№1"), await one.sees("№2")
    await one.press_data(FORMS[form], card.id)
    if form == "reason":
        await one.press("kr:1:own", card)
    await other.sees("№1", "Марат")
    assert holder(forum) == one.id
    if way == "the button":
        await one.press("x", await one.last())
    elif way == "a key":
        await one.tap(said("menu.agenda"))
    elif way == "another form":
        await one.press_data(f"q:{code}", next_card.id)
    elif way == "another question":
        await one.press("kd:2:answer", next_card)
    else:
        await one.send(way)
    await at_rest(forum)
    await nothing_due(forum)
    assert holder(forum) is None
    assert holder(forum, 2) == (one.id if way == "another question" else None)
    freed = await now_in(other, next(one for one in await other.messages() if one.text.startswith("№1 ")))
    assert "👀" not in freed.text
    assert (await other.press("kd:1:approve", freed)).text == said("moderation.done_approve", "kk", number=1)


async def test_so_does_the_answer_from_the_stage(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer)
    code = sessions(forum)[0].code
    await ask(await forum.delegate(), code, "Кто ответит со сцены?")
    card = await moderator.sees("Кто ответит со сцены?")
    await moderator.press("kd:1:approve", card)
    await organizer.send("/moderate")
    desk = await organizer.sees("🛎")
    await organizer.press_data(f"to:{code}", desk.id)
    await organizer.press("ta:1:2")
    assert holder(forum) == organizer.id
    await organizer.send("/cancel")
    await organizer.sees(said("form.cancelled"))
    await at_rest(forum)
    assert holder(forum) is None
    await nothing_due(forum)
    assert "👀" not in (await now_in(moderator, card)).text


async def test_a_form_that_a_refusal_closes_holds_nobody_off(forum: Forum) -> None:
    """Its role was taken away meanwhile."""
    organizer = await forum.organizer()
    code = sessions(forum)[0].code
    one = await moderator_of(forum, organizer, code, "Гүлнар")
    await ask(await forum.delegate(), code, "Ответит ли?")
    await one.press("kd:1:answer", await one.sees("Ответит ли?"))
    assert holder(forum) == one.id
    await organizer.press_data(f"sr:{one.id}:moderator:{code}:1", (await organizer.last()).id)
    await one.send("Отвечаю, хотя уже нельзя")
    await one.sees(said("refusal.not_moderator"))
    assert holder(forum) is None


async def test_a_form_of_the_group_that_is_left_or_replaced_holds_nobody_off(forum: Forum) -> None:
    organizer, moderator, chat = await staffed(forum, "Первый вопрос группы", "О чём-то совсем другом")
    await moderator.press("gc:1:answer", await card_of(moderator, chat, 1), chat=chat)
    assert (holder(forum, 1), holder(forum, 2)) == (moderator.id, None)
    await moderator.press("gc:2:answer", await card_of(moderator, chat, 2), chat=chat)
    assert (holder(forum, 1), holder(forum, 2)) == (None, moderator.id)
    assert "👀" not in (await card_of(organizer, chat, 1)).text.splitlines()[1]
    await moderator.send("/cancel")
    await moderator.sees(said("form.cancelled"))
    await at_rest(forum)
    assert holder(forum, 2) is None
    await nothing_due(forum)
    assert "👀" not in (await card_of(organizer, chat, 2)).text.splitlines()[1]


async def test_the_same_question_in_another_form_stays_claimed(forum: Forum) -> None:
    one, _ = await two_moderators(forum)
    await ask(await forum.delegate(), sessions(forum)[0].code, "Бір сұрақ, екі пішін")
    card = await one.sees("Бір сұрақ, екі пішін")
    await one.press("kd:1:answer", card)
    await one.press_data("je:1:-", card.id)
    assert holder(forum) == one.id
    await one.send("Бір сұрақ, екі түзету")
    await one.sees("Бір сұрақ, екі түзету", "👀")
    assert holder(forum) == one.id, "what is corrected is decided at once"
    await one.send("/cancel")
    await one.sees(said("form.cancelled"))  # the answer that was begun before, and kept
    await at_rest(forum)
    assert holder(forum) == one.id, "no form was left"
