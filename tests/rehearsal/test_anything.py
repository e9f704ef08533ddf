"""Whatever a bot sends gets an answer or a refusal in Telegram's form, never a crash."""

from __future__ import annotations

import io
import json
from typing import Any

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rehearsal import Rehearsal
from bot.rehearsal.clock import ShiftedClock
from bot.rehearsal.errors import ApiError
from bot.rehearsal.methods import METHODS
from bot.rehearsal.methods.chats import RIGHTS, set_standing
from bot.rehearsal.people import PersonSpec
from bot.rehearsal.wire import Params, Upload, dumps
from bot.rehearsal.world import World
from tests.examples import examples
from tests.rehearsal.stage import TOKEN

ASYNCHRONOUS = {"getupdates", "setwebhook", "deletewebhook"}

WORDS = st.sampled_from(
    ["", "x", "7", "-1", "1e999", "9" * 5000, "HTML", "<b>x", "<a href='", "&#x110000;", "&#xd800;", "\ud800", "😀",
     "@x", "http://", "http://[", "tg://user?id=7", "attach://file", "true", "photo", "chat", "emoji", "bold", "pre",
     "date_time", "text_mention", "text_link", "<tg-emoji emoji-id='99999999999999999999'>x</tg-emoji>", "kk", "typing"]
)  # fmt: skip
ATOMS = st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.text(max_size=8)
FIELDS = st.sampled_from(
    ["type", "text", "url", "data", "media", "caption", "offset", "length", "language", "user", "id", "message_id",
     "chat_id", "user_id", "unix_time", "date_time_format", "custom_emoji_id", "keyboard", "inline_keyboard",
     "callback_data", "style", "web_app", "copy_text", "login_url", "request_contact", "force_reply",
     "remove_keyboard", "command", "description", "emoji", "quote"]
)  # fmt: skip
VALUES = st.recursive(ATOMS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=4))
NAMES = st.sampled_from(
    ["text", "parse_mode", "entities", "caption", "caption_entities", "reply_markup", "reply_parameters",
     "reply_to_message_id", "message_thread_id", "link_preview_options", "message_id", "message_ids", "from_chat_id",
     "media", "photo", "document", "sticker", "voice", "latitude", "longitude", "title", "address", "phone_number",
     "first_name", "action", "reaction", "callback_query_id", "file_id", "commands", "scope", "language_code", "name",
     "description", "short_description", "menu_button", "user_id", "icon_color", "url", "show_alert"]
)  # fmt: skip

HTML = st.lists(WORDS | st.sampled_from(["&#1114112;", "&#0;", "&lt", "</", ">", "<b", "</b>", "<pre>", "</a>", "="]))
BUTTON = st.fixed_dictionaries({"text": WORDS}, optional={"callback_data": WORDS, "url": WORDS, "style": ATOMS})
ENTITY = st.fixed_dictionaries(
    {"type": WORDS, "offset": st.integers(-1, 9), "length": st.integers(-1, 9)},
    optional={"url": WORDS, "user": VALUES, "unix_time": ATOMS, "custom_emoji_id": ATOMS, "language": ATOMS},
)
SHAPED = st.fixed_dictionaries(
    {"text": HTML.map("".join), "caption": HTML.map("".join)},
    optional={
        "parse_mode": st.just("HTML"),
        "entities": st.lists(ENTITY, max_size=4),
        "caption_entities": st.lists(ENTITY, max_size=4),
        "reply_markup": st.fixed_dictionaries(
            {}, optional={name: st.lists(st.lists(BUTTON)) for name in ("keyboard", "inline_keyboard")}
        ),
    },
)


def world() -> World:
    made = World(bot_id=42, username="b", name="B", clock=ShiftedClock(), zone="UTC", moments=None, flood_limits=False)
    person = made.add_person(PersonSpec(first_name="A", language_code="kk", id=7))
    person.started = True
    made.new_message(made.chats[7], made.profile.user, {"text": "x"})
    group = made.add_group("G", [7], forum=True, supergroup=True)
    set_standing(made, group, made.profile.user, "administrator", frozenset(RIGHTS))
    return made


@settings(max_examples=examples(500), deadline=None)
@given(
    st.sampled_from(sorted(set(METHODS) - ASYNCHRONOUS)),
    st.dictionaries(NAMES, VALUES, max_size=8) | SHAPED,
    st.sampled_from([7, "7", -1_001_000_000_001, 8]),
    st.booleans(),
)
def test_any_parameters(name: str, values: dict[str, Any], chat: object, as_form: bool) -> None:
    values = {"message_id": 1, "from_chat_id": 7, **values, "chat_id": chat}
    if as_form:
        values = {k: v if isinstance(v, str) else json.dumps(v) for k, v in values.items() if v is not None}
    params = Params(values, {"file": Upload("x", "text/plain", b"x"), "photo": Upload("x", "image/png", b"\xff\xd8")})
    place = world()
    try:
        answer = {"ok": True, "result": METHODS[name](place, params)}
    except ApiError as refusal:
        answer = refusal.as_json()
    answer = json.loads(dumps(answer))
    assert answer["ok"] or (400 <= answer["error_code"] < 500 and answer["description"])
    json.loads(dumps(place.events.since(0)))


async def test_too_big_a_body() -> None:
    rehearsal = Rehearsal(token=TOKEN)
    url = await rehearsal.start()
    async with aiohttp.ClientSession() as http:
        form = aiohttp.FormData()
        form.add_field("document", io.BytesIO(bytes(52 * 1024 * 1024)), filename="big")
        async with http.post(f"{url}/bot{TOKEN}/sendDocument", data=form) as answer:
            assert answer.status == 413
            assert await answer.json() == {
                "ok": False,
                "error_code": 413,
                "description": "Request Entity Too Large",
            }
    await rehearsal.stop()


@pytest.mark.parametrize("body", ["{", "[1]", '"x"', "\xff"])
async def test_bodies_that_are_no_object(body: str) -> None:
    rehearsal = Rehearsal(token=TOKEN)
    url = await rehearsal.start()
    call, kind = f"{url}/bot{TOKEN}/getMe", {"Content-Type": "application/json"}
    async with aiohttp.ClientSession() as http, http.post(call, data=body.encode("latin-1"), headers=kind) as answer:
        assert (await answer.json())["description"] == "Bad Request: can't parse JSON object"
    await rehearsal.stop()
