"""The rehearsal refuses what Telegram refuses, in Telegram's words."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rehearsal.stage import RefusedError, Stage

BR = "Bad Request: "
PARSE = f"{BR}can't parse entities: "


def inline(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Press", **button}]]}


def html(text: str) -> dict[str, Any]:
    return {"text": text, "parse_mode": "HTML"}


SEND = [
    ({"text": ""}, BR + "message text is empty"),
    ({"text": " \n\u200b "}, BR + "text must be non-empty"),
    ({"text": "x" * 4097}, BR + "message is too long"),
    ({"text": "😀" * 2049}, BR + "message is too long"),
    ({"text": "x" * 40_000}, BR + "text is too long"),
    (html("<b>" + "x" * 4097 + "</b>"), BR + "message is too long"),
    (html("<b></b>"), BR + "text must be non-empty"),
    (html("<b>Hi"), PARSE + 'Can\'t find end tag corresponding to start tag "b"'),
    (html("<x>Hi</x>"), PARSE + 'Unsupported start tag "x" at byte offset 0'),
    (html("Сәлем <br>"), PARSE + 'Unsupported start tag "br" at byte offset 11'),
    (html("Hi</b>"), PARSE + "Unexpected end tag at byte offset 2"),
    (html("<b>Hi</i>"), PARSE + 'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"'),
    (html("1 < 2"), PARSE + 'Unsupported start tag "" at byte offset 2'),
    (html("a <b"), PARSE + "Unclosed start tag at byte offset 2"),
    (html("<b>x</b"), PARSE + "Unclosed end tag at byte offset 4"),
    (html('<a href="x'), PARSE + "Unclosed start tag at byte offset 0"),
    (html("<a >x</a >"), None),
    (html("<a =1>x</a>"), PARSE + 'Empty attribute name in the tag "a" at byte offset 0'),
    (html("<a href=/x>x</a>"), PARSE + "Unexpected end of name token at byte offset 8"),
    (html("<span>x</span>"), PARSE + 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    (html('<tg-emoji emoji-id="x">👍</tg-emoji>'), PARSE + "Invalid custom emoji identifier specified"),
    (html('<tg-time unix="5" format="q">x</tg-time>'), PARSE + "Invalid date format used"),
    ({"text": "x", "parse_mode": "BBCode"}, BR + "unsupported parse_mode"),
    (
        {"text": "abc", "entities": [{"type": "bold", "offset": 1, "length": 5}]},
        BR + "entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 6",
    ),
    (
        {"text": "abc", "entities": [{"type": "bold", "offset": 3, "length": 1}]},
        BR + "entity begins after the end of the text at UTF-16 offset 3",
    ),
    (
        {"text": "😀", "entities": [{"type": "bold", "offset": 1, "length": 1}]},
        BR + "entity begins in a middle of a UTF-16 symbol at byte offset 4",
    ),
    (
        {"text": "x", "entities": [{"type": "glow", "offset": 0, "length": 1}]},
        BR + "can't parse MessageEntity: Unsupported type specified",
    ),
    ({"text": "x", "reply_markup": inline(callback_data="x" * 65)}, BR + "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": inline(callback_data="ү" * 33)}, BR + "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": inline(callback_data="ү" * 32)}, None),
    ({"text": "x", "reply_markup": inline(callback_data="\ud800")}, None),
    (
        {"text": "x", "reply_markup": inline(callback_data="")},
        BR + "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        {"text": "x", "reply_markup": inline(url="http://localhost:8080/")},
        BR + "inline keyboard button URL 'http://localhost:8080/' is invalid: Wrong HTTP URL",
    ),
    (
        {"text": "x", "reply_markup": inline(web_app={"url": "http://a.kz"})},
        BR + "inline keyboard button Web App URL 'http://a.kz' is invalid: Only HTTPS links are allowed",
    ),
    ({"text": "x", "reply_markup": inline(copy_text={"text": ""})}, BR + "BUTTON_COPY_TEXT_INVALID"),
    ({"text": "x", "reply_markup": "{"}, BR + "can't parse reply keyboard markup JSON object"),
    ({"text": "x", "reply_markup": "[]"}, BR + "object expected as reply markup"),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [{"text": "a"}]}},
        BR + 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "url": "a.kz"}] * 5] * 21}},
        BR + "reply markup is too long",
    ),
    ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "", "url": "a.kz"}]]}}, None),
    ({"text": "x", "reply_parameters": {"message_id": 999}}, BR + "message to be replied not found"),
    ({"text": "x", "reply_parameters": {"message_id": 9, "allow_sending_without_reply": True}}, None),
    ({"text": "x", "reply_to_message_id": "999"}, BR + "message to be replied not found"),
    ({"text": "x", "message_thread_id": 5}, BR + "message thread not found"),
    ({"text": "x", "disable_web_page_preview": True, "no_such_parameter": 1}, None),
]


@pytest.mark.parametrize(("params", "reason"), SEND)
async def test_what_a_message_may_be(stage: Stage, params: dict[str, Any], reason: str | None) -> None:
    person = await stage.person()
    if reason is None:
        await stage.call("sendMessage", chat_id=person.id, **params)
        return
    with pytest.raises(RefusedError) as refused:
        await stage.call("sendMessage", chat_id=person.id, **params)
    assert (refused.value.code, refused.value.description) == (400, reason)
    assert [m.text for m in await person.messages()] == ["/start"]


OTHERS = [
    ("sendMessage", {"chat_id": "", "text": "x"}, BR + "chat_id is empty"),
    ("sendMessage", {"chat_id": 5, "text": "x"}, BR + "chat not found"),
    ("sendMessage", {"chat_id": "@nobody", "text": "x"}, BR + "chat not found"),
    ("sendPhoto", {"photo": ""}, BR + "there is no photo in the request"),
    ("sendPhoto", {"photo": "http://a.kz/x.png"}, BR + "failed to get HTTP URL content"),
    (
        "sendDocument",
        {"document": "AgAD"},
        BR + "wrong remote file identifier specified: Wrong string length",
    ),
    ("sendLocation", {"latitude": 43}, BR + "longitude is empty"),
    ("sendVenue", {"latitude": 43, "longitude": 68, "address": "x"}, BR + "venue title must be non-empty"),
    ("sendChatAction", {"action": "dancing"}, BR + "wrong parameter action in request"),
    ("sendMediaGroup", {"media": []}, BR + "there are no messages to send"),
    ("editMessageText", {"message_id": 99, "text": "x"}, BR + "message to edit not found"),
    ("editMessageText", {"text": "x"}, BR + "message identifier is not specified"),
    ("deleteMessage", {"message_id": 99}, BR + "message to delete not found"),
    ("deleteMessages", {"message_ids": [1] * 101}, BR + "too many message identifiers specified"),
    ("copyMessage", {"from_chat_id": 5, "message_id": 1}, BR + "chat not found"),
    ("pinChatMessage", {"message_id": 99}, BR + "message to pin not found"),
    ("setMessageReaction", {"message_id": 99}, BR + "message to react not found"),
    ("getFile", {"file_id": "x"}, BR + "wrong file_id or the file is temporarily unavailable"),
    ("setMyCommands", {"commands": [{"command": "Start", "description": "x"}]}, BR + "BOT_COMMAND_INVALID"),
    (
        "setMyCommands",
        {"commands": [{"command": "start", "description": " "}]},
        BR + "command description must be non-empty",
    ),
    (
        "answerCallbackQuery",
        {"callback_query_id": "1"},
        BR + "query is too old and response timeout expired or query ID is invalid",
    ),
    ("createForumTopic", {"name": "x"}, BR + "the chat is not a forum"),
]


@pytest.mark.parametrize(("method", "params", "reason"), OTHERS)
async def test_what_other_methods_refuse(stage: Stage, method: str, params: dict[str, Any], reason: str) -> None:
    person = await stage.person()
    with pytest.raises(RefusedError) as refused:
        await stage.call(method, **{"chat_id": person.id, **params})
    assert (refused.value.code, refused.value.description) == (400, reason)


async def test_who_may_be_written_to(stage: Stage) -> None:
    stranger = await stage.telegram.person("Иван")
    with pytest.raises(RefusedError, match="Bad Request: chat not found"):
        await stage.say(stranger)
    await stage.telegram.group("Forum", stranger)
    with pytest.raises(RefusedError, match="Forbidden: bot can't initiate conversation with a user"):
        await stage.say(stranger)
    await stranger.start()
    await stage.say(stranger)
    await stranger.block()
    with pytest.raises(RefusedError, match="Forbidden: bot was blocked by the user") as refused:
        await stage.say(stranger)
    assert refused.value.code == 403
    await stranger.unblock()
    await stage.say(stranger)


async def test_token_and_method(stage: Stage) -> None:
    with pytest.raises(RefusedError) as refused:
        await stage.call("getMe", token="42:WRONG")
    assert (refused.value.code, refused.value.description) == (401, "Unauthorized")
    with pytest.raises(RefusedError) as refused:
        await stage.call("sendTelepathy")
    assert (refused.value.code, refused.value.description) == (404, "Not Found: method not found")
    assert (await stage.call("GETME"))["id"] == 42


async def test_edits(stage: Stage) -> None:
    person = await stage.person()
    keyboard = inline(callback_data="a")
    sent = await stage.say(person, "<b>One</b>", parse_mode="HTML", reply_markup=keyboard)
    where = {"chat_id": person.id, "message_id": sent["message_id"]}
    same = "message is not modified: specified new message content and reply markup are exactly the same"
    with pytest.raises(RefusedError, match=same):
        await stage.call("editMessageText", **where, text="<b>One</b>", parse_mode="HTML", reply_markup=keyboard)
    with pytest.raises(RefusedError, match=same):
        await stage.call("editMessageReplyMarkup", **where, reply_markup=keyboard)
    edited = await stage.call("editMessageText", **where, text="One", reply_markup=keyboard)
    assert edited["edit_date"] == int(stage.clock.now().timestamp())
    assert "entities" not in edited
    # Without a keyboard the edit takes the old one away.
    assert "reply_markup" not in await stage.call("editMessageText", **where, text="Two")
    with pytest.raises(RefusedError, match="there is no caption in the message to edit"):
        await stage.call("editMessageCaption", **where, caption="x")

    own = (await person.messages())[0]
    with pytest.raises(RefusedError, match="message can't be edited"):
        await stage.call("editMessageText", chat_id=person.id, message_id=own.id, text="x")
    keys = await stage.say(person, "x", reply_markup={"keyboard": [["A"]]})
    with pytest.raises(RefusedError, match="message can't be edited"):
        await stage.call("editMessageText", chat_id=person.id, message_id=keys["message_id"], text="y")
    with pytest.raises(RefusedError, match="Bad Request: inline keyboard expected"):
        await stage.call("editMessageText", **where, text="y", reply_markup={"keyboard": [["A"]]})


async def test_two_days_later_nothing_is_deleted(stage: Stage) -> None:
    person = await stage.person()
    sent = await stage.say(person)
    await stage.telegram.clock(by=48 * 3600 + 1)
    with pytest.raises(RefusedError, match="message can't be deleted for everyone"):
        await stage.call("deleteMessage", chat_id=person.id, message_id=sent["message_id"])
    # Editing one's own message knows no window.
    await stage.call("editMessageText", chat_id=person.id, message_id=sent["message_id"], text="x")


async def test_callbacks_grow_old_and_are_answered_once(stage: Stage) -> None:
    person = await stage.person()
    sent = await stage.say(person, reply_markup=inline(callback_data="a"))
    ids = [
        (await stage.telegram.post("press", person=person.id, message_id=sent["message_id"], data="a"))["query_id"]
        for _ in range(2)
    ]
    await stage.call("answerCallbackQuery", callback_query_id=ids[0], text="ok")
    old = "query is too old and response timeout expired or query ID is invalid"
    with pytest.raises(RefusedError, match=old):
        await stage.call("answerCallbackQuery", callback_query_id=ids[0])
    with pytest.raises(RefusedError, match="MESSAGE_TOO_LONG"):
        await stage.call("answerCallbackQuery", callback_query_id=ids[1], text="x" * 201)
    await stage.telegram.clock(by=151)
    with pytest.raises(RefusedError, match=old):
        await stage.call("answerCallbackQuery", callback_query_id=ids[1])


async def test_4096_counts_after_parsing(stage: Stage) -> None:
    person = await stage.person()
    text = "<b>" + "&lt;" * 4096 + "</b>"
    sent = await stage.say(person, text, parse_mode="HTML")
    assert sent["text"] == "<" * 4096
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]
