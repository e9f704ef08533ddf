"""Moderators in a hurry: cards, decisions, the desk, and everybody's card following."""

from __future__ import annotations

import asyncio

import pytest

from bot.actions.moderation.desk import REASONS
from tests.conftest import Forum
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, claims_end, moderator_of, outbox, said, sessions

REFUSED = said("refusal.not_moderator")
ENDED = said("staff.ended", what=f"{said('staff.moderator')} ({said('staff.all_sessions')})")
OLD = 4_000_000  # the id of a message that is long gone


async def test_a_card_comes_to_the_moderators_of_that_session_only(forum: Forum) -> None:
    first, second = (one.code for one in sessions(forum)[:2])
    organizer = await forum.organizer()
    everywhere = await forum.moderator(organizer, "Марат")
    here = await moderator_of(forum, organizer, first, "Гүлнар", "kk")
    elsewhere = await moderator_of(forum, organizer, second, "Иван")
    delegate = await forum.delegate()
    for person in (organizer, elsewhere):
        await person.look_away()

    await ask(delegate, first, "Бюджет қашан жарияланады?")
    for moderator in (everywhere, here):
        card = await moderator.sees("№1", "Бюджет қашан жарияланады?", "Айгерім")
        assert [len(row) for row in card.rows] == [2, 2]
    await elsewhere.quiet()
    await organizer.quiet()


async def test_without_a_moderator_it_comes_to_the_organizers(forum: Forum) -> None:
    """Not to the one of the settings who has never registered: for them it waits at the desk."""
    delegate = await forum.delegate()
    await ask(delegate, sessions(forum)[0].code, "Кто это прочтёт?")
    await forum.telegram.idle()
    assert outbox(forum, "card") == []

    organizer = await forum.organizer()
    await ask(delegate, sessions(forum)[0].code, "А это кто прочтёт?")
    await organizer.sees("№2", "А это кто прочтёт?")
    await organizer.send("/moderate")
    await organizer.sees(said("moderation.waiting", n=2))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_every_step_is_told_to_the_author_in_their_language(forum: Forum, language: str) -> None:
    moderator = await forum.moderator(await forum.organizer())
    delegate = await forum.delegate("Айгерім", language)
    await ask(delegate, sessions(forum)[0].code, "Бір & <екі>?")
    assert (await moderator.press("kd:1:approve")).text == said("moderation.done_approve", number=1)
    await delegate.sees("№1", "Бір & <екі>?", said("questions.state_approved", language))
    await moderator.press("kd:1:asked")
    await delegate.sees("№1", said("questions.state_asked", language))
    await moderator.press("kd:1:answer")
    await moderator.sees("№1", "Бір & <екі>?")
    await moderator.send("Да: 5 < 6")
    await delegate.sees("№1", said("questions.state_answered", language), "Да: 5 < 6")
    await forum.telegram.idle()
    texts = {message.text: message for message in await moderator.messages()}
    assert said("moderation.done_answer", number=1) in texts
    [card] = [text for text in texts if "👤" in text]
    assert said("questions.state_answered") + " · Марат" in card
    assert not texts[card].button("kd:")


async def test_a_ready_reason_is_read_in_the_authors_language(forum: Forum) -> None:
    moderator = await forum.moderator(await forum.organizer())
    code = sessions(forum)[0].code
    reasons = iter(REASONS)
    for language in ("kk", "ru", "en"):
        delegate = await forum.delegate("Ася", language)
        for reason in (next(reasons), next(reasons)):
            number = await ask(delegate, code, f"Вопрос для причины {reason}")
            await moderator.press(f"kd:{number}:decline")
            await moderator.press(f"kr:{number}:{reason}")
            await delegate.sees(f"№{number}", said(f"reason.{reason}", language))


async def test_a_decline_without_a_reason_and_one_in_own_words(forum: Forum) -> None:
    moderator = await forum.moderator(await forum.organizer())
    delegate = await forum.delegate("Ася", "ru")
    code = sessions(forum)[0].code
    await ask(delegate, code, "Первый вопрос")
    await moderator.press("kd:1:decline")
    await moderator.press("kr:1:none")
    news = await delegate.sees("№1", said("questions.state_declined"))
    assert said("questions.reason", text="") not in news.text

    await ask(delegate, code, "Второй вопрос")
    await moderator.press("kd:2:decline")
    await moderator.press("kr:2:own")
    await moderator.sees("№2", "Второй вопрос")
    await moderator.sticker()
    await moderator.sees(said("moderation.text_only"))
    await moderator.send("…")
    await moderator.sees(said("moderation.say_something"))
    await moderator.send("x" * 1001)
    await moderator.sees("1001")
    await moderator.send("=rude <b>так</b>")
    await moderator.sees(said("moderation.done_decline", number=2))
    await delegate.sees("№2", "=rude <b>так</b>")


@pytest.mark.parametrize("words", ["=rude", "==rude", "=offtopic?"])
async def test_own_words_that_look_like_a_ready_reason_stay_own_words(forum: Forum, words: str) -> None:
    moderator = await forum.moderator(await forum.organizer())
    delegate = await forum.delegate("Ася", "ru")
    await ask(delegate, sessions(forum)[0].code, "Какой-то вопрос")
    await moderator.press("kd:1:decline")
    await moderator.press("kr:1:own")
    await moderator.send(words)
    news = await delegate.sees("№1", said("questions.state_declined"))
    assert news.text.splitlines()[-1] == said("questions.reason", text=words)


async def test_of_two_who_press_at_once_one_decides_and_the_other_reads_who(forum: Forum) -> None:
    organizer = await forum.organizer()
    one = await forum.moderator(organizer, "Марат <i>&")
    other = await forum.moderator(organizer, "Алия", "en")
    delegate = await forum.delegate("Ася", "ru")
    await ask(delegate, sessions(forum)[0].code, "Кто быстрее?")
    cards = [await person.sees("Кто быстрее?") for person in (one, other)]
    answers = await asyncio.gather(one.press("kd:1:approve", cards[0]), other.press_data("kr:1:rude:-", cards[1].id))
    [late] = [answer for answer in answers if answer.alert]
    if late is answers[1]:
        assert late.text == said(
            "moderation.too_late", "en", state=said("questions.state_approved", "en"), by="Марат <i>&"
        )
        await one.sees(said("questions.state_approved") + " · Марат <i>&")
        await other.sees(said("questions.state_approved", "en") + " · Марат <i>&")
    else:
        assert late.text == said("moderation.too_late", state=said("questions.state_declined"), by="Алия")
        await one.sees(said("questions.state_declined") + " · Алия")
        await other.sees(said("questions.state_declined", "en") + " · Алия")
    await forum.telegram.idle()
    assert len(outbox(forum, "fate")) == 1


async def test_a_double_tap_is_one_decision_and_one_step(forum: Forum) -> None:
    moderator = await forum.moderator(await forum.organizer())
    delegate = await forum.delegate()
    code = sessions(forum)[0].code
    for word in ("Бірінші сұрақ", "Екінші сұрақ", "Үшінші сұрақ"):
        await ask(delegate, code, word)
    await moderator.send("/moderate")
    desk = await moderator.sees(said("moderation.waiting", n=3))
    await moderator.press(f"ks:{code}", desk)
    await moderator.press("kn:", desk)
    answers = await asyncio.gather(*(moderator.press_data("kd:1:approve:w", desk.id) for _ in range(2)))
    assert [(answer.text, answer.alert) for answer in answers] == [
        (said("moderation.done_approve", number=1), False)
    ] * 2
    await forum.telegram.idle()
    [shown] = [message for message in await moderator.messages() if message.id == desk.id]
    assert "Екінші сұрақ" in shown.text


async def test_the_desk_counts_goes_on_by_itself_and_says_when_it_is_done(forum: Forum) -> None:
    moderator = await forum.moderator(await forum.organizer())
    delegate = await forum.delegate()
    code, title = sessions(forum)[0].code, sessions(forum)[0].title.say("ru")
    for word in ("Бірінші сұрақ", "Екінші сұрақ"):
        await ask(delegate, code, word)
    await moderator.tap(said("menu.desk"))
    desk = await moderator.sees(said("moderation.waiting", n=2))
    assert desk.buttons[0].startswith("⏳ 2 · 09:30 " + title[:20])
    await moderator.press("⏳ 2", desk)
    await moderator.sees(title, said("questions.state_pending") + ": 2")
    await moderator.press(said("moderation.to_read", count=2))
    await moderator.sees("Бірінші сұрақ")
    await moderator.press("kn:", desk)
    await moderator.sees("Екінші сұрақ")
    await moderator.press("kn:", desk)
    await moderator.sees("Бірінші сұрақ")
    await moderator.press("kd:1:approve:w", desk)
    await moderator.sees("Екінші сұрақ")
    await moderator.press("kd:2:decline:w", desk)
    await moderator.press("kr:2:unclear:w", desk)
    await moderator.sees(said("moderation.list_done"))
    await moderator.press("ks:", desk)
    await moderator.press("kn:", desk)
    await moderator.sees("Бірінші сұрақ", said("questions.state_approved"))
    await moderator.press("kd:1:asked:a", desk)
    await moderator.sees(said("moderation.nothing_to_ask"))


async def test_words_typed_at_the_desk_go_on_to_the_next_question_too(forum: Forum) -> None:
    moderator = await forum.moderator(await forum.organizer())
    delegate = await forum.delegate()
    code = sessions(forum)[0].code
    for word in ("Бірінші сұрақ", "Екінші сұрақ"):
        await ask(delegate, code, word)
    await moderator.look_away()
    await moderator.send("/moderate")
    desk = await moderator.sees("🛎")
    await moderator.press(f"ks:{code}", desk)
    await moderator.press("kn:", desk)
    await moderator.press("kd:1:answer:w", desk)
    await moderator.sees("№1", "Бірінші сұрақ")
    await moderator.send("Сәуірде")
    await moderator.sees(said("moderation.done_answer", number=1))
    await moderator.sees("Екінші сұрақ")


async def test_a_card_opened_from_the_desk_follows_and_keeps_its_way_on(forum: Forum) -> None:
    organizer = await forum.organizer()
    one, other = await forum.moderator(organizer, "Марат"), await forum.moderator(organizer, "Алия")
    delegate = await forum.delegate()
    code = sessions(forum)[0].code
    for word in ("Бірінші сұрақ", "Екінші сұрақ"):
        await ask(delegate, code, word)
    await one.look_away()
    await one.send("/moderate")
    desk = await one.sees("🛎")
    await one.press(f"ks:{code}", desk)
    await one.press("kn:", desk)
    await one.sees("Бірінші сұрақ")
    await claims_end(forum)
    await other.press("kd:1:approve")
    for _ in range(2):  # the card that came by itself, and the one of the desk
        await one.sees("Бірінші сұрақ", said("questions.state_approved") + " · Алия")
    [shown] = [message for message in await one.messages() if message.id == desk.id]
    assert shown.button("kn:")
    await one.press("kn:", desk)
    await one.sees("Екінші сұрақ")


async def test_a_card_on_its_way_while_others_decide_says_so_when_it_arrives(forum: Forum) -> None:
    organizer = await forum.organizer()
    one, other = await forum.moderator(organizer, "Марат"), await forum.moderator(organizer, "Алия")
    delegate = await forum.delegate()
    code = sessions(forum)[0].code
    await one.send("/moderate")
    desk = await one.sees("🛎")
    await delegate.start(f"q_{code}")
    await delegate.sees("✋")
    await forum.telegram.idle()
    async with forum.telegram.held(method="sendMessage", text="Успеет ли карточка?", next=3) as hold:
        await delegate.send("Успеет ли карточка?")
        await hold.reached(3)  # the receipt and both cards
        await one.press_data("kd:1:approve:-", desk.id)  # an old message: what it decides about is shown there first
        await one.press("kd:1:approve", desk)
    card = await other.sees("Успеет ли карточка?")
    assert not card.edited
    assert card.button("kd:1:approve")
    await other.sees("Успеет ли карточка?", said("questions.state_approved") + " · Марат")


async def test_the_oldest_button_still_answers(forum: Forum) -> None:
    moderator = await forum.moderator(await forum.organizer())
    delegate = await forum.delegate()
    await ask(delegate, sessions(forum)[0].code, "Ескі батырма жұмыс істей ме?")
    await moderator.look_away()
    assert (await moderator.press_data("kd:1:approve:-", OLD)).text == said("moderation.read_again")
    await moderator.sees("Ескі батырма", "№1")
    assert tables(forum.folder)["questions"][0]["state"] == "pending"  # nobody decides what they have not read
    assert (await moderator.press("kd:1:approve")).text == said("moderation.done_approve", number=1)
    card = await moderator.sees("Ескі батырма", said("questions.state_approved") + " · Марат")
    for data in (
        "kd:1:bury:-",
        "kd:99:approve:-",
        "kr:1:nonsense:-",
        "kn:nowhere:w:0",
        "ks:nowhere",
        "kc:99:-",
        "kd:x:y",
    ):
        answer = await moderator.press_data(data, OLD)
        assert answer.answered, data
    await moderator.press_data("kr:1:nonsense:-", card.id)
    assert tables(forum.folder)["questions"][0]["state"] == "approved"  # an unknown reason is no decline without one


async def test_a_revoked_moderator_is_told_and_their_old_buttons_do_nothing(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer)
    delegate = await forum.delegate()
    code = sessions(forum)[0].code
    await ask(delegate, code, "Бірінші сұрақ")
    card = await moderator.sees("Бірінші сұрақ")
    await moderator.press("kd:1:answer", card)
    await organizer.send("/staff")
    await organizer.press("svt:0")
    await organizer.press("sr:")
    await organizer.press(f"sr:{moderator.id}:moderator::1")
    await moderator.sees(ENDED)
    await moderator.look_away()
    assert "moderate" not in moderator.commands
    assert said("menu.desk") not in moderator.keys

    await moderator.send("Поздний ответ")
    await moderator.sees(REFUSED)
    for data in ("kd:1:approve:-", "kr:1:rude:-", "kc:1:-", f"kn:{code}:w:0", f"ks:{code}", "go:desk", "kp:0"):
        answer = await moderator.press_data(data, card.id)
        assert (answer.text, answer.alert) == (REFUSED, True)
    await moderator.send("/moderate")
    await moderator.sees(REFUSED)
    await moderator.send("Каратау")  # no form is left open: a word is a search again
    await moderator.sees("Каратау")
    await ask(delegate, code, "Екінші сұрақ")
    await organizer.sees("Екінші сұрақ")
    await moderator.quiet()
    assert tables(forum.folder)["questions"][0]["state"] == "pending"


async def test_a_card_follows_what_its_author_does(forum: Forum) -> None:
    moderator = await forum.moderator(await forum.organizer())
    delegate = await forum.delegate()
    code = sessions(forum)[0].code
    await ask(delegate, code, "Бірінші нұсқа")
    card = await moderator.sees("Бірінші нұсқа")
    await delegate.press("m1:1")
    await delegate.press("me:1")
    await delegate.send("Екінші нұсқа")
    await moderator.sees("№1", "Екінші нұсқа")
    await delegate.press("mw:1:0")
    await delegate.press("mw:1:1")
    withdrawn = await moderator.sees("№1", said("questions.state_withdrawn"))
    assert withdrawn.id == card.id
    assert not withdrawn.button("kd:")
    late = await moderator.press_data("kd:1:approve:-", card.id)
    assert late.alert
    assert said("questions.state_withdrawn") in late.text

    await ask(delegate, code, "Үшінші сұрақ")
    await moderator.sees("Үшінші сұрақ", "Айгерім")
    await delegate.send("/forget")
    await delegate.press("fg:1")
    erased = await moderator.sees("№2", said("moderation.erased"))
    assert "Айгерім" not in erased.text
    assert "Үшінші" not in erased.text


async def test_nobody_learns_who_asked_anonymously(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer)
    delegate = await forum.delegate("Айгерім", "kk", last_name="Сәрсенова")
    await delegate.start(f"q_{sessions(forum)[0].code}")
    await delegate.press("qa:")
    await delegate.send("Атымды айтпаймын")
    card = await moderator.sees("Атымды айтпаймын", said("questions.anonymous"))
    assert "Айгерім" not in card.text
    await moderator.press("kd:1:approve", card)
    await moderator.look_away()
    await organizer.send("/export")
    await organizer.look_away()
    await organizer.press("yf::csv")
    file = (await organizer.sees(said("papers.caption", n=1))).document
    assert file is not None
    assert "Айгерім" not in (await forum.telegram.file(file["file_id"])).decode("utf-8-sig")
