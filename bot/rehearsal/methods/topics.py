"""Forum topics of a supergroup."""

from __future__ import annotations

from bot.rehearsal.errors import bad_request
from bot.rehearsal.methods.registry import method
from bot.rehearsal.people import Chat, Topic
from bot.rehearsal.wire import Json, Params, utf16
from bot.rehearsal.world import World

COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
"""The six colours a topic may have (core.telegram.org/bots/api#createforumtopic)."""
MAX_NAME = 128


# A bot edits, closes and reopens a topic that it made without any right, and here every topic is the bot's.
def _forum(world: World, params: Params) -> Chat:
    chat = world.find_chat(params.text("chat_id"))
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    return chat


def _name(params: Params) -> str:
    name = params.text("name").strip()
    if not name:
        raise bad_request("TOPIC_TITLE_EMPTY")
    if utf16(name) > MAX_NAME:
        raise bad_request("TOPIC_TITLE_INVALID")
    return name


def _topic(world: World, params: Params) -> tuple[Chat, Topic]:
    chat = _forum(world, params)
    topic = chat.topics.get(params.integer("message_thread_id"))
    if topic is None:
        raise bad_request("message thread not found")
    return chat, topic


def _service(world: World, chat: Chat, topic: Topic, content: Json) -> None:
    where = {"message_thread_id": topic.id, "is_topic_message": True}
    world.new_message(chat, world.profile.user, {**where, **content})


@method("createForumTopic")
def create_forum_topic(world: World, params: Params) -> Json:
    chat, name = _forum(world, params), _name(params)
    if "can_manage_topics" not in chat.bot_rights:
        raise bad_request("not enough rights to create a topic")
    color = params.integer("icon_color", COLORS[0])
    if color not in COLORS:
        raise bad_request("TOPIC_ICON_COLOR_INVALID")
    created: Json = {"name": name, "icon_color": color}
    if params.has("icon_custom_emoji_id"):
        created["icon_custom_emoji_id"] = params.text("icon_custom_emoji_id")
    # A topic's number is that of the service message which opens it.
    message = world.new_message(chat, world.profile.user, {"forum_topic_created": created})
    topic_id = message["message_id"]
    chat.topics[topic_id] = Topic(topic_id, name, color, params.text("icon_custom_emoji_id"))
    world.tell_chat(chat)
    return {"message_thread_id": topic_id, **created}


@method("editForumTopic")
def edit_forum_topic(world: World, params: Params) -> bool:
    chat, topic = _topic(world, params)
    name = _name(params) if params.has("name") else topic.name
    icon = topic.icon_custom_emoji_id
    if "icon_custom_emoji_id" in params.values:
        icon = params.text("icon_custom_emoji_id")
    if (name, icon) == (topic.name, topic.icon_custom_emoji_id):
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name, topic.icon_custom_emoji_id = name, icon
    world.tell_chat(chat)
    _service(world, chat, topic, {"forum_topic_edited": {"name": name}})
    return True


def _set_closed(world: World, params: Params, closed: bool) -> bool:
    chat, topic = _topic(world, params)
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    _service(world, chat, topic, {"forum_topic_closed" if closed else "forum_topic_reopened": {}})
    return True


@method("closeForumTopic")
def close_forum_topic(world: World, params: Params) -> bool:
    return _set_closed(world, params, True)


@method("reopenForumTopic")
def reopen_forum_topic(world: World, params: Params) -> bool:
    return _set_closed(world, params, False)


@method("deleteForumTopic")
def delete_forum_topic(world: World, params: Params) -> bool:
    """Delete a topic with everything written in it."""
    chat, topic = _topic(world, params)
    if "can_delete_messages" not in chat.bot_rights:
        raise bad_request("not enough rights to delete the topic")
    remove_topic(world, chat, topic)
    return True


def remove_topic(world: World, chat: Chat, topic: Topic) -> None:
    """Take a topic away with everything written in it, whoever deletes it. The bot gets no update of it."""
    del chat.topics[topic.id]
    inside = [
        message_id
        for message_id, message in chat.messages.items()
        if message.get("message_thread_id") == topic.id or message_id == topic.id
    ]
    world.delete_messages(chat, inside)
    world.tell_chat(chat)
