"""/news: the announcements that hold, exactly as they were sent."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.actions.announcements import claims
from bot.actions.announcements import news as actions
from bot.actions.announcements.signing import line
from bot.context import Context
from bot.delivery import content
from bot.views.announcements import news as views
from bot.views.announcements.buttons import NewsItem, NewsPage
from handlers.answers import need_message, send_calls, show
from handlers.filters import Press, page_in


def register(routes: Router) -> None:
    routes.message.register(open_news, Command("news"))
    routes.callback_query.register(open_news, Press(NewsPage))
    routes.callback_query.register(show_item, Press(NewsItem))


async def open_news(event: Message | CallbackQuery, ctx: Context, press: NewsPage | None = None) -> None:
    valid = await ctx.read(actions.valid, ctx.seconds)
    await show(event, views.feed(ctx.t, valid, page_in(press)))


async def show_item(query: CallbackQuery, press: NewsItem, ctx: Context) -> None:
    announcement, parts = await ctx.read(actions.item, ctx.seconds, press.number)
    message = need_message(query, "news.gone")
    read = content.read_by(parts, ctx.who.language, line(announcement.said_by, ctx.who.language))
    await send_calls(message, content.sent(ctx.who.id, read))
    if claims.untrue(read, ctx.programme, ctx.seconds):
        await show(message, views.outdated(ctx.t))


async def notify_latecomer(message: Message, ctx: Context) -> None:
    """After the registration: how many hold, and a button; not all of them at once."""
    valid = await ctx.read(actions.valid, ctx.seconds)
    if valid:
        await show(message, views.waiting(ctx.t, len(valid)))
