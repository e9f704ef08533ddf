"""Labels from the programme's topics."""

from __future__ import annotations

import asyncio

from tests.conftest import Forum
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, said, sessions

TEXT = "Когда появится единый реестр НПО?"


async def test_a_label_is_put_on_shown_on_every_card_and_found_by(forum: Forum) -> None:
    organizer = await forum.organizer()
    one, other = await forum.moderator(organizer, "Марат"), await forum.moderator(organizer, "Алия")
    code = sessions(forum)[0].code
    author = await forum.delegate("Автор", "ru")
    for text in (TEXT, "Будут ли субтитры у трансляции?"):
        await ask(author, code, text)
    await other.sees("субтитры")
    first, second = forum.programme.topics[:2]
    await one.press("km:1:-")
    await one.press("jl:1:-")
    pick = await one.sees(said("labelling.hint"), TEXT)
    await asyncio.gather(*(one.press_data(f"jb:1:{first.code}:1:-", pick.id) for _ in range(3)))
    await one.press(f"jb:1:{second.code}:1", pick)
    shown = next(message for message in await one.messages() if message.id == pick.id)
    assert sum(label.startswith("✓ ") for label in shown.buttons) == 2
    await other.sees("№1", "🏷", first.name.say("ru"), second.name.say("ru"))
    await one.press(f"jb:1:{second.code}:0", pick)
    card = await other.sees("№1", first.name.say("ru"))
    assert second.name.say("ru") not in card.text
    await one.press(said("menu.back"), pick)
    await one.sees("№1", TEXT, "🏷")
    assert [(row["question"], row["topic"]) for row in tables(forum.folder)["labels"]] == [(1, first.code)]
    actions = [row["deed"] for row in tables(forum.folder)["audit"] if row["question"] == 1]
    assert actions == ["label", "label", "unlabel"]

    await one.look_away()
    await one.send("/moderate")
    desk = await one.sees("🛎")
    await one.press(f"ks:{code}", desk)
    await one.press("jf:", desk)
    counts = await one.sees(said("labelling.find"))
    assert counts.buttons[0].startswith("1 · ")
    await one.press(f"jg:{code}:{first.code}", desk)
    listed = await one.sees(TEXT)
    assert "субтитры" not in listed.text
    await one.press("kc:1", desk)
    await one.sees("№1", TEXT, "🏷")


async def test_a_topic_that_the_programme_lost_is_taken_off_and_not_put_on(forum: Forum) -> None:
    moderator = await forum.moderator(await forum.organizer())
    author = await forum.delegate("Автор", "ru")
    await ask(author, sessions(forum)[0].code, TEXT)
    card = await moderator.sees(TEXT)
    answer = await moderator.press_data("jb:1:gone:1:-", card.id)
    assert answer.text == said("labelling.no_such_topic")
    assert (await moderator.press_data("jb:1:gone:0:-", card.id)).answered
    assert tables(forum.folder)["labels"] == []
    refused = await author.press_data("jl:1:-", card.id)
    assert refused.text == said("refusal.not_moderator")
