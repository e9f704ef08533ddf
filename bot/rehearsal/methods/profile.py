"""The bot's own face: getMe, commands, names, descriptions, the menu button."""

from __future__ import annotations

import re
from typing import Any

from bot.rehearsal.errors import bad_request
from bot.rehearsal.methods.registry import Method, method
from bot.rehearsal.profile import ALL_ADMINS, ALL_GROUPS, ALL_PRIVATE, DEFAULT, Scope
from bot.rehearsal.wire import Json, Params, utf16
from bot.rehearsal.world import World

MAX_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
LIMITS = {"name": 64, "description": 512, "short_description": 120}
"""Longest texts (core.telegram.org/bots/api#setmyname and its neighbours)."""


@method("getMe")
def get_me(world: World, params: Params) -> Json:
    return {
        **world.profile.user,
        "first_name": world.profile.text("name", ""),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
    }


@method("logOut", "close")
def log_out(world: World, params: Params) -> bool:
    """Nothing to leave: there is only this one server."""
    return True


def _scope(world: World, params: Params) -> Scope:
    try:
        given = params.json("scope")
    except ValueError:
        raise bad_request("Can't parse BotCommandScope JSON object") from None
    if given is None:
        return DEFAULT
    if not isinstance(given, dict):
        raise bad_request("Can't parse BotCommandScope: BotCommandScope must be an Object")
    options = Params(given)
    whole = {s[0]: s for s in (DEFAULT, ALL_PRIVATE, ALL_GROUPS, ALL_ADMINS)}
    kind = options.text("type")
    if kind in whole:
        return whole[kind]
    if kind not in ("chat", "chat_administrators", "chat_member"):
        raise bad_request("Can't parse BotCommandScope: Unsupported type specified")
    if not options.has("chat_id"):
        raise bad_request("Can't parse BotCommandScope: Empty chat_id specified")
    chat = world.find_chat(options.text("chat_id"))
    if kind == "chat_member":
        user_id = options.integer("user_id")
        if user_id <= 0:
            raise bad_request("Can't parse BotCommandScope: Invalid user_id specified")
        return (kind, chat.id, user_id)
    return (kind, chat.id)


def _language(params: Params) -> str:
    code = params.text("language_code")
    if not _LANGUAGE.fullmatch(code):
        raise bad_request("Invalid language code specified")
    return code


def _command(given: Any) -> Json:
    if not isinstance(given, dict):
        raise bad_request("Can't parse BotCommand: expected an Object")
    for field in ("command", "description"):
        if not isinstance(given.get(field), str):
            raise bad_request(f"Can't parse BotCommand: Can't find field \"{field}\"")
    name = given["command"].strip().removeprefix("/")
    description = given["description"].strip()
    if not name:
        raise bad_request("Command must be non-empty")
    if len(name) > 32:
        raise bad_request("Command length must not exceed 32")
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description:
        raise bad_request("Command description must be non-empty")
    if len(description) > 256:
        raise bad_request("Command description length must not exceed 256")
    return {"command": name, "description": description}


@method("setMyCommands")
def set_my_commands(world: World, params: Params) -> bool:
    try:
        given = params.json("commands")
    except ValueError:
        raise bad_request("Can't parse commands JSON object") from None
    if not isinstance(given, list):
        raise bad_request("Expected an Array of BotCommand")
    if len(given) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = [_command(item) for item in given]
    place = (_scope(world, params), _language(params))
    if commands:
        world.profile.commands[place] = commands
    else:
        world.profile.commands.pop(place, None)
    world.tell_commands()
    return True


@method("getMyCommands")
def get_my_commands(world: World, params: Params) -> list[Json]:
    return world.profile.commands.get((_scope(world, params), _language(params)), [])


@method("deleteMyCommands")
def delete_my_commands(world: World, params: Params) -> bool:
    if world.profile.commands.pop((_scope(world, params), _language(params)), None) is not None:
        world.tell_commands()
    return True


def _setter(kind: str) -> Method:
    def set_text(world: World, params: Params) -> bool:
        text = params.text(kind).strip()
        if utf16(text) > LIMITS[kind]:
            raise bad_request(f"BOT_{'TITLE' if kind == 'name' else 'INFO'}_TOO_LONG")
        place = (kind, _language(params))
        if text:
            world.profile.texts[place] = text
        elif place != ("name", ""):
            world.profile.texts.pop(place, None)
        world.events.add("bot", bot=world.profile.as_page())
        return True

    return set_text


def _getter(kind: str) -> Method:
    def get_text(world: World, params: Params) -> Json:
        return {kind: world.profile.text(kind, _language(params))}

    return get_text


for _kind, _name in (
    ("name", "Name"),
    ("description", "Description"),
    ("short_description", "ShortDescription"),
):
    method(f"setMy{_name}")(_setter(_kind))
    method(f"getMy{_name}")(_getter(_kind))


@method("setChatMenuButton")
def set_chat_menu_button(world: World, params: Params) -> bool:
    try:
        button = params.json("menu_button") or {"type": "default"}
    except ValueError:
        raise bad_request("Can't parse menu button JSON object") from None
    if not isinstance(button, dict) or button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("Can't parse menu button: MenuButton has unsupported type")
    if params.has("chat_id"):
        world.profile.menus[world.find_chat(params.text("chat_id")).id] = button
    else:
        world.profile.menu = {"type": "commands"} if button["type"] == "default" else button
    return True


@method("getChatMenuButton")
def get_chat_menu_button(world: World, params: Params) -> Json:
    if not params.has("chat_id"):
        return world.profile.menu
    chat = world.find_chat(params.text("chat_id"))
    button = world.profile.menus.get(chat.id, {"type": "default"})
    return world.profile.menu if button["type"] == "default" else button
