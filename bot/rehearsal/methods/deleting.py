"""Deleting and pinning."""

from __future__ import annotations

from bot.rehearsal.errors import bad_request
from bot.rehearsal.methods.registry import method
from bot.rehearsal.people import Chat
from bot.rehearsal.wire import Json, Params
from bot.rehearsal.world import World

DELETE_WINDOW = 48 * 3600
MAX_IDS = 100


def message_ids(params: Params) -> list[int]:
    """The `message_ids` of a call, 1 to 100 of them. Raises ApiError."""
    if not params.has("message_ids"):
        raise bad_request("Message identifiers are not specified")
    items = params.items("message_ids")
    if items is None:
        raise bad_request("Expected an Array of message identifiers")
    if len(items) > MAX_IDS:
        raise bad_request("Too many message identifiers specified")
    if not items:
        raise bad_request("Message identifiers are not specified")
    found: list[int] = []
    for item in items:
        try:
            found.append(int(item))
        except (TypeError, ValueError, OverflowError):
            raise bad_request("Can't parse message identifier as a Number") from None
        if found[-1] <= 0:
            raise bad_request("Invalid message identifier specified")
    return found


def _check_deletable(world: World, chat: Chat, message: Json) -> None:
    own = message["from"]["id"] == world.profile.user["id"]
    if not chat.private and not own and "can_delete_messages" not in chat.bot_rights:
        raise bad_request("message can't be deleted")
    if world.now() - message["date"] > DELETE_WINDOW:
        raise bad_request("message can't be deleted for everyone")


@method("deleteMessage")
def delete_message(world: World, params: Params) -> bool:
    if not params.has("chat_id"):
        raise bad_request("Chat identifier is not specified")
    message_id = params.integer("message_id")
    if message_id <= 0:
        raise bad_request("Message identifier is not specified")
    chat = world.find_chat(params.text("chat_id"))
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request("message to delete not found")
    _check_deletable(world, chat, message)
    world.delete_messages(chat, [message_id])
    return True


@method("deleteMessages")
def delete_messages(world: World, params: Params) -> bool:
    """Messages that are not there are skipped, as Telegram does."""
    ids = message_ids(params)
    chat = world.find_chat(params.text("chat_id"))
    there = [message_id for message_id in dict.fromkeys(ids) if message_id in chat.messages]
    for message_id in there:
        _check_deletable(world, chat, chat.messages[message_id])
    if there:
        world.delete_messages(chat, there)
    return True


@method("pinChatMessage")
def pin_chat_message(world: World, params: Params) -> bool:
    chat = world.find_chat(params.text("chat_id"))
    message_id = params.integer("message_id")
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request("message to pin not found")
    _check_pinning(chat)
    if message_id in chat.pinned:
        chat.pinned.remove(message_id)
    chat.pinned.append(message_id)
    pinned = {k: v for k, v in message.items() if k != "reply_to_message"}
    world.new_message(chat, world.profile.user, {"pinned_message": pinned})
    return True


@method("unpinChatMessage")
def unpin_chat_message(world: World, params: Params) -> bool:
    chat = world.find_chat(params.text("chat_id"))
    _check_pinning(chat)
    message_id = params.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    return True


@method("unpinAllChatMessages")
def unpin_all_chat_messages(world: World, params: Params) -> bool:
    chat = world.find_chat(params.text("chat_id"))
    _check_pinning(chat)
    chat.pinned.clear()
    return True


def _check_pinning(chat: Chat) -> None:
    if not chat.private and "can_pin_messages" not in chat.bot_rights:
        raise bad_request("not enough rights to manage pinned messages in the chat")
