"""Sending text and things without files, and the steps every way of sending shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.rehearsal import markup
from bot.rehearsal.errors import bad_request
from bot.rehearsal.methods.registry import method
from bot.rehearsal.methods.words import text_fields
from bot.rehearsal.people import Chat
from bot.rehearsal.wire import Json, Params
from bot.rehearsal.world import World

ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "record_audio",
        "upload_audio",
        "upload_document",
        "choose_sticker",
        "find_location",
        "pick_up_location",
        "record_video_note",
        "upload_video_note",
    ]
)


@dataclass(slots=True)
class Draft:
    """Where a message goes and what hangs on it, checked."""

    chat: Chat
    extra: Json
    """Message fields common to every content: reply_to_message, message_thread_id and the like."""
    keyboard: Json | None


def draft(world: World, params: Params) -> Draft:
    """Read chat, topic, reply and keyboard of a send* call. Raises ApiError."""
    chat = world.find_chat(params.text("chat_id"))
    if chat.silent and chat.bot_status != "administrator":
        raise bad_request("not enough rights to send text messages to the chat")
    extra: Json = {}
    thread = params.integer("message_thread_id")
    if thread > 0 and (chat.is_forum or chat.private):
        topic = chat.topics.get(thread)
        if topic is None:
            raise bad_request("message thread not found")
        if topic.closed and chat.bot_status != "administrator":
            raise bad_request("TOPIC_CLOSED")
        extra |= {"message_thread_id": thread, "is_topic_message": True}
    replied = _reply(world, chat, params)
    if replied is not None:
        extra["reply_to_message"] = {k: v for k, v in replied.items() if k != "reply_to_message"}
    if params.flag("protect_content"):
        extra["has_protected_content"] = True
    if params.has("message_effect_id") and chat.private:
        extra["effect_id"] = params.text("message_effect_id")
    return Draft(chat, extra, markup.read(params, private=chat.private))


def _reply(world: World, chat: Chat, params: Params) -> Json | None:
    """The message replied to, by reply_parameters or the older reply_to_message_id."""
    try:
        given = params.json("reply_parameters")
    except ValueError:
        raise bad_request("Can't parse reply parameters JSON object") from None
    if given is not None and not isinstance(given, dict):
        raise bad_request("Object expected as reply parameters")
    if given:
        options = Params(given)
        if not options.has("message_id"):
            raise bad_request('Can\'t find field "message_id"')
        message_id, lenient = options.integer("message_id"), options.flag("allow_sending_without_reply")
        if options.has("chat_id"):
            chat = world.find_chat(options.text("chat_id"))
    else:
        message_id = params.integer("reply_to_message_id")
        lenient = params.flag("allow_sending_without_reply")
    if message_id <= 0:
        return None
    message = chat.messages.get(message_id)
    if message is None and not lenient:
        raise bad_request("message to be replied not found")
    return message


def admit(world: World, chat: Chat) -> None:
    """The last gate before anything reaches a chat: flood control, blocks. Raises ApiError."""
    refusal = world.flood.check(chat)
    if refusal is not None:
        raise refusal
    world.check_reachable(chat)


def deliver(world: World, draft: Draft, content: Json) -> Json:
    """Send one message; the Message of the answer. Raises ApiError."""
    admit(world, draft.chat)
    return place(world, draft, content)


def place(world: World, draft: Draft, content: Json) -> Json:
    """Put an admitted message into the chat and its keyboard under the person's input."""
    chat, keyboard = draft.chat, draft.keyboard
    fields = {**draft.extra, **content}
    if keyboard is not None and "inline_keyboard" in keyboard:
        fields["reply_markup"] = keyboard
    message = world.new_message(chat, world.profile.user, fields)
    if keyboard is not None and "inline_keyboard" not in keyboard:
        chat.plain_keyboards.add(message["message_id"])
        if chat.private:
            _show_keyboard(world, chat, keyboard, message["message_id"])
    return message


def _show_keyboard(world: World, chat: Chat, keyboard: Json, message_id: int) -> None:
    person = world.people[chat.id]
    before = (person.keyboard, person.keyboard_from, person.force_reply)
    if "keyboard" in keyboard:
        person.keyboard, person.keyboard_from, person.force_reply = keyboard, message_id, None
    elif "remove_keyboard" in keyboard:
        person.keyboard, person.keyboard_from, person.force_reply = None, None, None
    else:
        person.force_reply = message_id
    if before != (person.keyboard, person.keyboard_from, person.force_reply):
        world.tell_person(person)


@method("sendMessage")
def send_message(world: World, params: Params) -> Json:
    content = text_fields(world, params) | link_preview(params)
    return deliver(world, draft(world, params), content)


def link_preview(params: Params) -> Json:
    """The message field of link_preview_options; {} without any. Raises ApiError."""
    try:
        options = params.json("link_preview_options")
    except ValueError:
        raise bad_request("Can't parse link preview options JSON object") from None
    if options is not None and not isinstance(options, dict):
        raise bad_request("Object expected as link preview options")
    if options is None and params.flag("disable_web_page_preview"):
        options = {"is_disabled": True}  # the name this had before Bot API 7.0
    return {"link_preview_options": options} if options else {}


def location(params: Params) -> Json:
    """The Location of a call. Raises ApiError."""
    found: Json = {}
    for field, bound in (("latitude", 90), ("longitude", 180)):
        if not params.has(field):
            raise bad_request(f"{field} is empty")
        value = params.number(field)
        if value is None or not -bound <= value <= bound:
            raise bad_request("Wrong location specified")
        found[field] = value
    return found


@method("sendLocation")
def send_location(world: World, params: Params) -> Json:
    return deliver(world, draft(world, params), {"location": location(params)})


@method("sendVenue")
def send_venue(world: World, params: Params) -> Json:
    place_ = location(params)
    title, address = params.text("title").strip(), params.text("address").strip()
    if not title:
        raise bad_request("Venue title must be non-empty")
    if not address:
        raise bad_request("Venue address must be non-empty")
    venue = {"location": place_, "title": title, "address": address}
    return deliver(world, draft(world, params), {"location": place_, "venue": venue})


@method("sendContact")
def send_contact(world: World, params: Params) -> Json:
    phone, first_name = params.text("phone_number").strip(), params.text("first_name").strip()
    if not phone:
        raise bad_request("Phone number must be non-empty")
    if not first_name:
        raise bad_request("First name must be non-empty")
    contact: Json = {"phone_number": phone, "first_name": first_name}
    if params.has("last_name"):
        contact["last_name"] = params.text("last_name")
    return deliver(world, draft(world, params), {"contact": contact})


@method("sendChatAction")
def send_chat_action(world: World, params: Params) -> bool:
    action = params.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("Wrong parameter action in request")
    chat = world.find_chat(params.text("chat_id"))
    world.check_reachable(chat)
    world.events.add("action", chat_id=chat.id, action=action)
    return True


@method("setMessageReaction")
def set_message_reaction(world: World, params: Params) -> bool:
    chat = world.find_chat(params.text("chat_id"))
    message_id = params.integer("message_id")
    if message_id not in chat.messages:
        raise bad_request("message to react not found")
    reactions: list[Any] = params.items("reaction") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    emoji = ""
    for reaction in reactions:
        if not isinstance(reaction, dict) or reaction.get("type") not in ("emoji", "custom_emoji"):
            raise bad_request("Can't parse ReactionType: invalid reaction type specified")
        emoji = str(reaction.get("emoji") or reaction.get("custom_emoji_id") or "")
        if not emoji:
            raise bad_request("REACTION_INVALID")
    world.check_reachable(chat)
    world.events.add("reaction", chat_id=chat.id, message_id=message_id, bot=world.profile.user["id"], emoji=emoji)
    return True
