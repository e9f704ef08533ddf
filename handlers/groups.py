"""Commands in a group, e.g. of a delegation. The rule, the same each time:

- /start, /now and /agenda are answered there, for all to read: what is on, today, and the way to the private chat;
- any other command that names the bot (/ask@…) is answered with the way to the private chat, for it is about one
  person, and so is /start with something behind it;
- anything else is not answered: a word, a file, another bot's command, and one that names no bot, which may be meant
  for another and which Telegram brings only where the bot is an administrator;
- the same command is answered once a minute, whoever sends it, in the language of whoever did (bot.groups), and where
  the desk is in the group's.

Where the moderators' desk is, its own commands come first (handlers.moderation.group).
"""

from __future__ import annotations

from dataclasses import replace

from aiogram.types import Chat, Message

from bot.actions.moderation import group as desk_group
from bot.context import Context
from bot.groups import GroupAnswers
from bot.programme.estimates import ends
from bot.programme.now import nearest_day, next_up
from bot.programme.now import now as on_now
from bot.texts import Translator, Translators
from bot.views.agenda import groups as views
from bot.views.screen import Screen

START, NOW, AGENDA = "start", "now", "agenda"


async def spoken_in(chat: Chat, ctx: Context, translators: Translators) -> Translator:
    """The words for a message in that chat: in the desk's group those of its language, whoever pressed there."""
    group = await ctx.db.read(desk_group.current)
    return translators[group.language] if group is not None and group.chat == chat.id else ctx.t


async def in_group(
    message: Message, ctx: Context, username: str, group_answers: GroupAnswers, translators: Translators
) -> None:
    command = command_of(message.text or "", username)
    if not command:
        return
    ctx = replace(ctx, t=await spoken_in(message.chat, ctx, translators))
    if group_answers.due(message.chat.id, command, ctx.t.language):
        await message.reply(answer(command, ctx, username).text)


def command_of(text: str, username: str) -> str:
    """The command of ours that a message is, without the bot's name; "" for anything else."""
    first, *rest = text.split(maxsplit=1) or [""]
    name, addressed, bot = first.removeprefix("/").partition("@")
    if not first.startswith("/") or (addressed and bot.casefold() != username.casefold()):
        return ""
    if not addressed and name not in (START, NOW, AGENDA):
        return ""
    return f"{START} {rest[0]}" if name == START and rest else name


def answer(command: str, ctx: Context, username: str) -> Screen:
    if command not in (START, NOW, AGENDA):
        return views.elsewhere(ctx.t, username)
    if command == AGENDA:
        date = nearest_day(ctx.programme, ctx.now.astimezone(ctx.t.zone).date())
        sessions = ctx.programme.of_day(date) if date else ()
        left = [one for one in sessions if ends(ctx.programme, ctx.runs, one) > ctx.now]
        return views.day(ctx.t, ctx.programme, ctx.runs, left or sessions, username=username, now=ctx.now)
    current, coming = (find(ctx.programme, ctx.runs, ctx.now) for find in (on_now, next_up))
    show = views.hello if command == START else views.now_and_next
    return show(ctx.t, ctx.programme, ctx.runs, current, coming=coming, username=username, now=ctx.now)
