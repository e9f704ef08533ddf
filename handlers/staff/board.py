"""/board: the organizers' board. From then on it is kept up to date (bot.delivery.board)."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.actions.staff import board as actions
from bot.context import Context
from bot.delivery.board import Boards
from bot.views.staff import board as views
from bot.views.staff.buttons import BoardBelow, OpenBoard
from handlers.answers import send_to, show
from handlers.filters import Press


def register(routes: Router) -> None:
    routes.message.register(open_board, Command("board"))
    routes.callback_query.register(open_board, Press(OpenBoard))
    routes.callback_query.register(bring_below, Press(BoardBelow))


async def open_board(event: Message | CallbackQuery, ctx: Context, boards: Boards) -> None:
    found = await ctx.read(actions.board, ctx.programme, ctx.runs, ctx.now)
    screen = views.board(ctx.t, ctx.programme, found, ctx.now)
    await boards.opened(await show(event, screen), screen)


async def bring_below(query: CallbackQuery, ctx: Context, boards: Boards) -> None:
    """In a new message; the one that was pressed says that it has moved on. A second tap makes no other."""
    if query.message is not None and await ctx.read(actions.stands_below, query.message.message_id):
        return
    found = await ctx.read(actions.board, ctx.programme, ctx.runs, ctx.now)
    screen = views.board(ctx.t, ctx.programme, found, ctx.now)
    await boards.opened(await send_to(query.bot, ctx.who.id, screen), screen)
