"""Chats and their members."""

from __future__ import annotations

from bot.rehearsal.errors import bad_request
from bot.rehearsal.methods.registry import method
from bot.rehearsal.people import Chat
from bot.rehearsal.wire import Json, Params
from bot.rehearsal.world import World

RIGHTS = [
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
    "can_pin_messages",
    "can_manage_topics",
]


def bot_member(world: World, status: str, rights: frozenset[str]) -> Json:
    """The bot as a ChatMember of a group."""
    member: Json = {"user": world.profile.user, "status": status}
    if status == "administrator":
        member |= {"can_be_edited": False, "is_anonymous": False} | {right: right in rights for right in RIGHTS}
    elif status == "kicked":
        member["until_date"] = 0
    return member


def person_member(world: World, chat: Chat, person_id: int) -> Json:
    """A person as a ChatMember; the one named first made the group and owns it."""
    user = world.people[person_id].as_user()
    if chat.private:
        return {"user": user, "status": "member"}
    if person_id not in chat.members:
        return {"user": user, "status": "left"}
    if chat.members[0] == person_id:
        return {"user": user, "status": "creator", "is_anonymous": False}
    return {"user": user, "status": "member"}


@method("getChat")
def get_chat(world: World, params: Params) -> Json:
    chat = world.find_chat(params.text("chat_id"))
    found: Json = {
        **world.chat_json(chat),
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }
    if chat.pinned:
        found["pinned_message"] = chat.messages[chat.pinned[-1]]
    return found


@method("getChatMember")
def get_chat_member(world: World, params: Params) -> Json:
    chat = world.find_chat(params.text("chat_id"))
    user_id = params.integer("user_id")
    if user_id == world.profile.user["id"]:
        return bot_member(world, "member" if chat.private else chat.bot_status, chat.bot_rights)
    if user_id not in world.people:
        raise bad_request("PARTICIPANT_ID_INVALID" if user_id > 0 else "invalid user_id specified")
    return person_member(world, chat, user_id)


@method("getChatAdministrators")
def get_chat_administrators(world: World, params: Params) -> list[Json]:
    chat = world.find_chat(params.text("chat_id"))
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    found = [person_member(world, chat, person_id) for person_id in chat.members[:1]]
    if chat.bot_status == "administrator":
        found.append(bot_member(world, "administrator", chat.bot_rights))
    return found


@method("getChatMemberCount")
def get_chat_member_count(world: World, params: Params) -> int:
    chat = world.find_chat(params.text("chat_id"))
    return 2 if chat.private else len(chat.members) + 1


@method("leaveChat")
def leave_chat(world: World, params: Params) -> bool:
    chat = world.find_chat(params.text("chat_id"))
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    set_standing(world, chat, world.profile.user, "left", frozenset())
    return True


def set_standing(world: World, chat: Chat, by: Json, status: str, rights: frozenset[str]) -> None:
    """`by` made the bot this in a group, an administrator with these rights; the bot and the page are notified."""
    old = (chat.bot_status, chat.bot_rights)
    chat.bot_status, chat.bot_rights = status, rights if status == "administrator" else frozenset()
    if (chat.bot_status, chat.bot_rights) != old:
        tell_membership(world, chat, by, old, (chat.bot_status, chat.bot_rights))
        world.tell_chat(chat)


Standing = tuple[str, frozenset[str]]


def tell_membership(world: World, chat: Chat, by: Json, old: Standing, new: Standing) -> None:
    """Queue my_chat_member: the bot's own status and rights in `chat` went from `old` to `new`."""
    world.updates.add(
        "my_chat_member",
        {
            "chat": world.chat_json(chat),
            "from": by,
            "date": int(world.now()),
            "old_chat_member": bot_member(world, *old),
            "new_chat_member": bot_member(world, *new),
        },
    )
