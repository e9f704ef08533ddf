"""The people's side of the tests: it sees what is there, and a failure says what was seen."""

from __future__ import annotations

import asyncio

import pytest

from tests.rehearsal.stage import Stage

KEYS = {"keyboard": [["Agenda", "My agenda"]]}
INLINE = {
    "inline_keyboard": [
        [{"text": "« Back", "callback_data": "back"}, {"text": "Next »", "callback_data": "next"}],
        [{"text": "Map", "url": "https://a.kz"}],
    ]
}


async def test_seeing_what_comes_later(stage: Stage) -> None:
    person = await stage.person()
    looking = asyncio.create_task(person.sees("Hello", "world"))
    await stage.say(person, "Hello")
    await stage.say(person, "Hello, world")
    message = await looking
    assert message.text == "Hello, world"
    # What was seen is not seen again until it changes.
    with pytest.raises(AssertionError, match="does not see 'Hello'"):
        await person.sees("Hello", timeout=0)
    await stage.call("editMessageText", chat_id=person.id, message_id=message.id, text="Hello again")
    assert (await person.sees("Hello")).edited


async def test_a_failure_shows_the_screen(stage: Stage) -> None:
    person = await stage.person("Айгерім")
    await stage.say(person, "<b>Menu</b>", parse_mode="HTML", reply_markup=INLINE)
    await stage.say(person, "Below", reply_markup=KEYS)
    with pytest.raises(AssertionError) as failed:
        await person.sees("nothing of the kind", timeout=0)
    assert str(failed.value) == (
        "Айгерім does not see 'nothing of the kind' within 0 s\n"
        "--- the screen of Айгерім ---\n"
        "#1 Айгерім: /start\n"
        "#2 bot: Menu\n"
        "    [« Back] [Next »]\n"
        "    [Map]\n"
        "#3 bot: Below\n"
        "  <Agenda> <My agenda>"
    )
    assert await person.screen() == str(failed.value).partition("\n")[2]


async def test_pressing_finds_the_newest_button(stage: Stage) -> None:
    person = await stage.person()
    first = await stage.say(person, "1", reply_markup=INLINE)
    second = await stage.say(person, "2", reply_markup=INLINE)
    assert not (await person.press("Next", timeout=0)).answered
    messages = {m.id: m for m in await person.messages()}
    assert not (await person.press("back", messages[first["message_id"]], timeout=0)).answered
    pressed = [u["callback_query"] for u in await stage.updates()]
    assert [(q["data"], q["message"]["message_id"]) for q in pressed] == [
        ("next", second["message_id"]),
        ("back", first["message_id"]),
    ]
    with pytest.raises(AssertionError, match="no button 'Vote' on the screen"):
        await person.press("Vote", timeout=0)
    with pytest.raises(AssertionError, match="does not go to the bot"):
        await person.press("Map", timeout=0)


async def test_tapping_prefers_the_exact_key(stage: Stage) -> None:
    person = await stage.person()
    await stage.say(person, reply_markup={"keyboard": [["My agenda", "agenda"]]})
    assert (await person.tap("agenda")).text == "agenda"
    assert (await person.tap("My")).text == "My agenda"
    with pytest.raises(AssertionError, match="no key 'Ask' on the keyboard"):
        await person.tap("Ask", timeout=0)


async def test_toasts_in_order(stage: Stage) -> None:
    person = await stage.person()
    for text in ("", "First", "Second"):
        pressing = asyncio.create_task(person.press_data("x", 1))
        [update] = await stage.updates(timeout=5)
        await stage.updates(offset=update["update_id"] + 1)
        await stage.call("answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text=text)
        assert (await pressing).text == text
    assert (await person.toast()).text == "First"
    assert (await person.toast("Sec")).text == "Second"
    with pytest.raises(AssertionError, match="no answer with ''"):
        await person.toast(timeout=0)


async def test_quiet_and_looking_away(stage: Stage) -> None:
    person = await stage.person()
    poll = asyncio.create_task(stage.updates(timeout=30))
    await person.quiet()
    await stage.say(person, "Surprise")
    with pytest.raises(AssertionError, match=r"expected silence, but: .*Surprise"):
        await person.quiet()
    await person.look_away()
    await person.quiet()
    poll.cancel()


async def test_deletions_are_seen(stage: Stage) -> None:
    person = await stage.person()
    sent = await stage.say(person, "Gone soon")
    message = await person.sees("Gone soon")
    await stage.call("deleteMessage", chat_id=person.id, message_id=sent["message_id"])
    await person.gone(message)
    assert "Gone soon" not in await person.screen()


async def test_another_connection_sees_the_same(stage: Stage) -> None:
    person = await stage.person("Иван")
    await stage.say(person, "Kept")
    async with await type(stage.telegram).connect(stage.url) as later:
        ivan = later.known("Иван")
        assert ivan.id == person.id
        assert "Kept" in await ivan.screen()
        await ivan.sees("Kept")  # it stood there before this connection looked
        with pytest.raises(AssertionError, match="nobody is called"):
            later.known("Nobody")
