"""Changing what was sent, and answering pressed buttons."""

from __future__ import annotations

from bot.rehearsal import markup
from bot.rehearsal.errors import bad_request
from bot.rehearsal.methods.media import input_media
from bot.rehearsal.methods.registry import method
from bot.rehearsal.methods.sending import admit, link_preview
from bot.rehearsal.methods.words import caption_fields, text_fields
from bot.rehearsal.people import Chat
from bot.rehearsal.wire import Json, Params, utf16
from bot.rehearsal.world import World

MEDIA_FIELDS = ("photo", "document", "video", "animation", "audio")
CAPTIONED = (*MEDIA_FIELDS, "voice")
ANSWER_LENGTH = 200

_UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def _target(world: World, params: Params) -> tuple[Chat, Json]:
    """The message to edit. Raises ApiError."""
    if params.has("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    message_id = params.integer("message_id")
    if not params.has("message_id") or message_id <= 0:
        raise bad_request("Message identifier is not specified")
    chat = world.find_chat(params.text("chat_id"))
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request("message to edit not found")
    # A bot edits only its own messages, neither forwarded ones nor ones that carry a reply keyboard.
    if (
        message["from"]["id"] != world.profile.user["id"]
        or "forward_origin" in message
        or message_id in chat.plain_keyboards
    ):
        raise bad_request("message can't be edited")
    return chat, message


def _replace(world: World, chat: Chat, message: Json, without: tuple[str, ...], content: Json) -> Json:
    """Swap content and inline keyboard; the edited Message. Raises ApiError when nothing changes."""
    gone = {*without, "reply_markup"}
    kept = {key: value for key, value in message.items() if key not in gone}
    edited = {**kept, **content}
    if edited == message:
        raise bad_request(_UNCHANGED)
    admit(world, chat)
    edited["edit_date"] = int(world.now())
    return world.edit_message(chat, edited)


def _check_has_media(message: Json) -> None:
    """Locations, contacts and stickers have nothing to edit but their keyboard."""
    if not any(field in message for field in CAPTIONED):
        raise bad_request("message can't be edited")


def _keyboard(params: Params, chat: Chat) -> Json:
    found = markup.read(params, private=chat.private, inline_only=True)
    return {"reply_markup": found} if found else {}


@method("editMessageText")
def edit_message_text(world: World, params: Params) -> Json:
    content = text_fields(world, params) | link_preview(params)
    chat, message = _target(world, params)
    if "text" not in message:
        _check_has_media(message)
        raise bad_request("there is no text in the message to edit")
    gone = ("entities", "link_preview_options")
    return _replace(world, chat, message, gone, {**content, **_keyboard(params, chat)})


@method("editMessageCaption")
def edit_message_caption(world: World, params: Params) -> Json:
    caption = caption_fields(world, params)
    chat, message = _target(world, params)
    if not any(field in message for field in CAPTIONED):
        if "text" not in message:
            _check_has_media(message)
        raise bad_request("there is no caption in the message to edit")
    gone = ("caption", "caption_entities")
    return _replace(world, chat, message, gone, {**caption, **_keyboard(params, chat)})


@method("editMessageMedia")
def edit_message_media(world: World, params: Params) -> Json:
    try:
        given = params.json("media")
    except ValueError:
        raise bad_request("Can't parse input media JSON object") from None
    _, fields = input_media(world, params, given)
    chat, message = _target(world, params)
    if not any(field in message for field in (*MEDIA_FIELDS, "text")):
        raise bad_request("message can't be edited")
    gone = (*MEDIA_FIELDS, "caption", "caption_entities", "has_media_spoiler", "text", "entities")
    return _replace(world, chat, message, gone, {**fields, **_keyboard(params, chat)})


@method("editMessageReplyMarkup")
def edit_message_reply_markup(world: World, params: Params) -> Json:
    chat, message = _target(world, params)
    return _replace(world, chat, message, (), _keyboard(params, chat))


@method("answerCallbackQuery")
def answer_callback_query(world: World, params: Params) -> bool:
    text, url = params.text("text"), params.text("url")
    if utf16(text) > ANSWER_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
    bot_link = f"t.me/{world.profile.user['username']}?start="
    if url and bot_link.lower() not in url.lower():
        raise bad_request("URL_INVALID")
    callback = world.take_callback(params.text("callback_query_id"))
    answer = {"text": text, "show_alert": params.flag("show_alert"), "url": url}
    if not callback.answered.done():
        callback.answered.set_result(answer)
    world.events.add("answer", person=callback.person, query_id=callback.id, **answer)
    return True
