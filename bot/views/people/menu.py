"""The main menu: the keys under the input field, its own screen, the command menu, help, the forum's pages."""

from __future__ import annotations

from aiogram.types import BotCommand, KeyboardButton, ReplyKeyboardMarkup

from bot.programme.model import Page, Programme
from bot.texts import Html, Translator
from bot.views.agenda.buttons import Calendar, SpeakersPage
from bot.views.announcements.buttons import NewsPage
from bot.views.buttons import Go, button
from bot.views.labels import WHOLE, side_by_side
from bot.views.pager import pager
from bot.views.people.buttons import InfoPage, InfoPages, MenuPage
from bot.views.screen import Row, Screen, page_of, screen, shorten
from bot.who import Who

# The keys under the input field, row by row; a handler answers to each in every language. What they were called before:
# bot.views.people.menu_words.
ROWS = (
    ("menu.now", "menu.agenda", "menu.ask"),
    ("menu.my", "menu.questions", "menu.menu"),
)
STAFF_ROW = (("menu.desk", "moderator"), ("menu.announce", "organizer"), ("menu.staff", "organizer"))
KEYS = (*(key for row in ROWS for key in row), *(key for key, _ in STAFF_ROW))

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
ORGANIZER_COMMANDS = ("board", "announce", "programme", "staff", "stats", "outbox", "export", "audit")


def keyboard(t: Translator, who: Who) -> ReplyKeyboardMarkup:
    """The keys under the input field; staff have a third row. It is not persistent, so that it can be folded away."""
    staff = tuple(key for key, role in STAFF_ROW if getattr(who, role))
    return ReplyKeyboardMarkup(
        keyboard=[[KeyboardButton(text=t.plain(key)) for key in row] for row in (*ROWS, staff) if row],
        resize_keyboard=True,
        is_persistent=False,
        input_field_placeholder=t.plain("menu.placeholder"),
    )


def everything(t: Translator, programme: Programme, who: Who) -> Screen:
    """The menu's own screen: all that has no key of its own."""
    own = [
        button(t.plain("menu.speakers"), SpeakersPage(page=0)),
        button(t.plain("menu.info"), Go(where="info")),
        button(t.plain("news.button"), NewsPage(page=0)),
        button(t.plain("menu.settings"), Go(where="settings")),
        button(t.plain("menu.help"), MenuPage(what="help")),
        button(t.plain("menu.privacy"), MenuPage(what="privacy")),
        *([button(t.plain("badges.own"), Go(where="badge"))] if who.registered else []),
    ]
    staff = (
        ("menu.programme", "programme", who.organizer),
        ("menu.entrance", "entrance", who.moderator),
        ("menu.stats", "stats", who.organizer),
        ("menu.outbox", "outbox", who.organizer),
        ("menu.audit", "audit", who.organizer),
    )
    theirs = [button(t.plain(key), Go(where=where)) for key, where, may in staff if may]
    rows = [*side_by_side(own), *side_by_side(theirs)]
    return screen(f"<b>{t.say(programme.forum.title)}</b>\n\n{t('menu.everything')}", *rows)


def welcome(t: Translator, programme: Programme, who: Who) -> Html:
    if who.registered:
        return t("menu.welcome", name=who.name, forum=t.say_plain(programme.forum.title))
    return t("menu.welcome_guest", forum=t.say_plain(programme.forum.title))


def help_text(t: Translator, who: Who) -> Screen:
    parts = [t("help.text")]
    if who.moderator:
        parts.append(t("help.moderator"))
    if who.organizer:
        parts.append(Html(f"{t('help.organizer')}\n{t('help.board')}"))
    return screen("\n\n".join(parts))


def to_menu(t: Translator) -> Row:
    """The way back from one of its pages."""
    return [button(t.plain("menu.back"), MenuPage(what="menu"))]


def commands(t: Translator, who: Who | None = None) -> list[BotCommand]:
    """Telegram's own command menu; None is everybody's."""
    return [BotCommand(command=name, description=t.plain(f"command.{name}")) for name in commands_of(who)]


def commands_of(who: Who | None) -> tuple[str, ...]:
    if who is not None and who.organizer:
        return (*COMMANDS[:6], *MODERATOR_COMMANDS, *ORGANIZER_COMMANDS, *COMMANDS[6:])
    if who is not None and who.moderator:
        return (*COMMANDS[:6], *MODERATOR_COMMANDS, *COMMANDS[6:])
    return COMMANDS


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
