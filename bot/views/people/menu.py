"""The main menu: the keyboard under the input field, the command menu, help, the forum's pages."""

from __future__ import annotations

from aiogram.types import BotCommand, KeyboardButton, ReplyKeyboardMarkup

from bot.programme.model import Page, Programme
from bot.texts import Html, Translator
from bot.views.agenda.buttons import Calendar
from bot.views.announcements.buttons import NewsPage
from bot.views.buttons import Go, button
from bot.views.labels import WHOLE, side_by_side
from bot.views.pager import pager
from bot.views.people.buttons import InfoPage, InfoPages
from bot.views.screen import Screen, page_of, screen, shorten
from bot.who import Who

# The keys of the menu's buttons, row by row; a handler answers to each in every language.
ROWS = (
    ("menu.agenda", "menu.my"),
    ("menu.ask", "menu.questions"),
    ("menu.speakers", "menu.info"),
    ("menu.settings",),
)
STAFF_ROW = (("menu.desk", "moderator"), ("menu.announce", "organizer"), ("menu.staff", "organizer"))

PAGES_ROWS = 4  # of the forum's pages

COMMANDS = (
    "agenda",
    "now",
    "my",
    "speakers",
    "ask",
    "questions",
    "news",
    "menu",
    "badge",
    "settings",
    "help",
    "privacy",
    "mydata",
    "forget",
    "cancel",
)
MODERATOR_COMMANDS = ("moderate", "muted", "entrance")
ORGANIZER_COMMANDS = ("announce", "programme", "staff", "stats", "outbox", "export", "audit")


def keyboard(t: Translator, who: Who) -> ReplyKeyboardMarkup:
    """The menu that stays under the input field, two keys in a row; the keys of staff follow the others."""
    staff = [key for key, role in STAFF_ROW if getattr(who, role)]
    keys = [KeyboardButton(text=t.plain(key)) for key in (*(key for row in ROWS for key in row), *staff)]
    return ReplyKeyboardMarkup(
        keyboard=[keys[start : start + 2] for start in range(0, len(keys), 2)],
        resize_keyboard=True,
        is_persistent=True,
        input_field_placeholder=t.plain("menu.placeholder"),
    )


def welcome(t: Translator, programme: Programme, who: Who) -> Html:
    if who.registered:
        return t("menu.welcome", name=who.name, forum=t.say_plain(programme.forum.title))
    return t("menu.welcome_guest", forum=t.say_plain(programme.forum.title))


def help_text(t: Translator, who: Who) -> Screen:
    parts = [t("help.text")]
    if who.moderator:
        parts.append(t("help.moderator"))
    if who.organizer:
        parts.append(t("help.organizer"))
    return screen("\n\n".join(parts))


def commands(t: Translator, who: Who | None = None) -> list[BotCommand]:
    """Telegram's own command menu; None is everybody's."""
    names: tuple[str, ...] = COMMANDS
    if who is not None and who.organizer:
        names = (*names[:6], *MODERATOR_COMMANDS, *ORGANIZER_COMMANDS, *names[6:])
    elif who is not None and who.moderator:
        names = (*names[:6], *MODERATOR_COMMANDS, *names[6:])
    return [BotCommand(command=name, description=t.plain(f"command.{name}")) for name in names]


def info(t: Translator, programme: Programme, page: int = 0) -> Screen:
    """What the forum is, and its pages."""
    forum = programme.forum
    parts = [f"<b>{t.say(forum.title)}</b>"]
    if programme.days:
        first, last = programme.days[0].date, programme.days[-1].date
        parts.append(f"📅 {t.date(first)}" + (f" – {t.date(last)}" if last != first else ""))
    where = ", ".join(part for part in (t.say(forum.place), t.say(forum.address)) if part)
    if where:
        parts.append(f"📍 {where}")
    if forum.description:
        parts += ["", t.say_html(forum.description)]
    keys = [button(shorten(t.say_plain(one.title), WHOLE - 2), InfoPage(page=one.code)) for one in programme.pages]
    shown, page, pages = page_of(side_by_side(keys), page, PAGES_ROWS)
    rows = [*shown, pager(page, pages, lambda to: InfoPages(page=to))]
    if forum.point:
        rows.append([button(t.plain("info.map"), Go(where="map"))])
    rows.append([button(t.plain("info.calendar"), Calendar(which="all"))])
    rows.append([button(t.plain("news.button"), NewsPage(page=0))])
    return screen("\n".join(parts), *rows)


def page(t: Translator, one: Page) -> Screen:
    return screen(
        f"<b>{t.say(one.title)}</b>\n\n{t.say_html(one.body)}",
        [button(t.plain("menu.back"), Go(where="info"))],
    )
