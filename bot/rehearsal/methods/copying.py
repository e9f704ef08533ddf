"""Copying and forwarding messages between chats."""

from __future__ import annotations

from collections.abc import Callable

from bot.rehearsal.errors import bad_request
from bot.rehearsal.methods.deleting import message_ids
from bot.rehearsal.methods.editing import CAPTIONED
from bot.rehearsal.methods.registry import method
from bot.rehearsal.methods.sending import Draft, admit, deliver, draft, place
from bot.rehearsal.methods.words import caption_fields
from bot.rehearsal.people import Chat
from bot.rehearsal.wire import Json, Params
from bot.rehearsal.world import World

_CONTENT = (
    *CAPTIONED,
    "sticker",
    "location",
    "venue",
    "contact",
    "text",
    "entities",
    "link_preview_options",
    "caption",
    "caption_entities",
    "has_media_spoiler",
)


def _content(message: Json) -> Json:
    return {key: message[key] for key in _CONTENT if key in message}


def _links(message: Json) -> Json | None:
    """The inline keyboard that travels with a message: only one made of links alone does."""
    keyboard: Json | None = message.get("reply_markup")
    if keyboard and all("url" in button for row in keyboard["inline_keyboard"] for button in row):
        return keyboard
    return None


def _source(world: World, params: Params) -> Chat:
    return world.find_chat(params.text("from_chat_id"))


def _one(world: World, params: Params, verb: str) -> Json:
    message_id = params.integer("message_id")
    if message_id <= 0:
        raise bad_request("Message identifier is not specified")
    message = _source(world, params).messages.get(message_id)
    if message is None:
        raise bad_request(f"message to {verb} not found")
    _check_free(message, "copied" if verb == "copy" else "forwarded")
    return message


def _check_free(message: Json, done: str) -> None:
    if not _content(message) or message.get("has_protected_content"):
        raise bad_request(f"the message can't be {done}")


def _forwarded(message: Json) -> Json:
    """The content of a forward with its origin; a forward of a forward keeps the first one."""
    origin = message.get("forward_origin") or {
        "type": "user",
        "sender_user": message["from"],
        "date": message["date"],
    }
    return {**_content(message), "forward_origin": origin}


@method("copyMessage")
def copy_message(world: World, params: Params) -> Json:
    message = _one(world, params, "copy")
    content = _content(message)
    if params.has("caption") and any(field in message for field in CAPTIONED):
        for field in ("caption", "caption_entities"):
            content.pop(field, None)
        content |= caption_fields(world, params)
    target = draft(world, params)
    if target.keyboard is None:
        target.keyboard = _links(message)
    return {"message_id": deliver(world, target, content)["message_id"]}


@method("forwardMessage")
def forward_message(world: World, params: Params) -> Json:
    message = _one(world, params, "forward")
    target = draft(world, params)
    target.keyboard = _links(message)
    return deliver(world, target, _forwarded(message))


def _many(world: World, params: Params, verb: str, remake: Callable[[Json], Json]) -> list[Json]:
    source = _source(world, params)
    found = [source.messages[i] for i in message_ids(params) if i in source.messages]
    found = [m for m in found if _content(m) and not m.get("has_protected_content")]
    if not found:
        raise bad_request(f"there are no messages to {verb}")
    target = draft(world, params)
    for _ in found:
        admit(world, target.chat)
    return [
        {"message_id": place(world, Draft(target.chat, target.extra, _links(m)), remake(m))["message_id"]}
        for m in found
    ]


@method("copyMessages")
def copy_messages(world: World, params: Params) -> list[Json]:
    without_caption = params.flag("remove_caption")

    def remake(message: Json) -> Json:
        content = _content(message)
        return {k: v for k, v in content.items() if not (without_caption and k.startswith("caption"))}

    return _many(world, params, "copy", remake)


@method("forwardMessages")
def forward_messages(world: World, params: Params) -> list[Json]:
    return _many(world, params, "forward", _forwarded)
