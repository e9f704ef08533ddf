"""What the menu's keys are called, were called, and may be called by whoever types it."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo

from bot.texts import LANGUAGES, Translators
from bot.views.people import menu
from bot.who import Who

TRANSLATORS = Translators(ZoneInfo("UTC"))
VARIANT = "\ufe0f"  # asks for the coloured form of the sign before it; phones add and drop it as they like

# Every label that a key under the input field ever had: phones keep an old keyboard for months. The keys of today have
# a no-break space behind their sign, by which they differ from the same words of an older keyboard.
FORMER: dict[str, tuple[str, ...]] = {
    "menu.agenda": ("📅 Бағдарлама", "📅 Программа", "📅 Agenda"),
    "menu.my": ("⭐ Менің күн тәртібім", "⭐ Моя программа", "⭐ My agenda"),
    "menu.ask": ("✋ Сұрақ қою", "✋ Задать вопрос", "✋ Ask a question"),
    "menu.questions": ("❓ Менің сұрақтарым", "❓ Мои вопросы", "❓ My questions"),
    "menu.speakers": ("👥 Спикерлер", "👥 Спикеры", "👥 Speakers"),
    "menu.info": ("ℹ️ Форум туралы", "ℹ️ О форуме", "ℹ️ About the forum"),
    "menu.settings": ("⚙️ Баптаулар", "⚙️ Настройки", "⚙️ Settings"),
    "menu.desk": ("🛎 Модерация", "🛎 Модерация", "🛎 Moderation"),
    "menu.announce": ("📣 Хабарландыру", "📣 Объявление", "📣 Announce"),
    "menu.staff": ("🗝 Команда", "🗝 Команда", "🗝 Team"),
}
STAFFS = dict(menu.STAFF_ROW)

# Words without a sign that mean a command; the commands' own names do too.
WORDS = {
    "start": ("старт", "бастау"),
    "help": ("помощь", "справка", "көмек"),
    "cancel": ("отмена", "бас тарту"),
    "menu": ("меню", "мәзір"),
    "news": ("новости", "объявления", "жаңалықтар", "хабарландырулар"),
    "badge": ("бейдж", "мой бейдж", "my badge", "менің бейджім"),
}
# In these forms (handlers.forms) a bare menu word is a key: nobody asks "Agenda" on a stage.
QUESTION_FORMS = frozenset(("QuestionForm:text", "QuestionForm:alike", "QuestionForm:edit"))


def folded(text: str) -> str:
    """As labels are compared: without case, variant selectors and superfluous blanks."""
    return " ".join(text.replace(VARIANT, "").split()).casefold()


def glued(text: str) -> str:
    """Folded and without blanks: a label with its sign, for nobody minds the blank behind that."""
    return folded(text).replace(" ", "")


@cache
def labels() -> frozenset[str]:
    """Of today's keyboard, to the byte."""
    return frozenset(TRANSLATORS[one].plain(key) for key in menu.KEYS for one in LANGUAGES)


@cache
def former() -> frozenset[str]:
    """Of older keyboards, without the variant selectors that some phones drop."""
    return frozenset(label.replace(VARIANT, "") for former in FORMER.values() for label in former)


@cache
def ever() -> tuple[tuple[str, str], ...]:
    """Every label of today or before, in any language, with its key."""
    today = [(TRANSLATORS[one].plain(key), key) for key in (*menu.KEYS, *FORMER) for one in LANGUAGES]
    return (*((label, key) for key, former in FORMER.items() for label in former), *today)


@cache
def signed() -> dict[str, str]:
    return {glued(label): key for label, key in ever()}


@cache
def bare() -> dict[str, str]:
    """Without the sign before them."""
    return {folded(label).partition(" ")[2]: key for label, key in ever()}


def of_old_keyboard(text: str) -> bool:
    """Not for what is typed by hand: a key sends its label as it stands, and who types has today's keyboard."""
    return text not in labels() and text.replace(VARIANT, "") in former()


def meant(text: str, state: str | None, who: Who) -> str | None:
    """What the text would be if it had come from a key or the list of commands; None when it means neither.

    `state` is that of the form the person is in: there a label with its sign is a key, and a bare word an answer.
    """
    words = folded(text)
    if words.startswith("/"):
        command, blank, rest = text.lstrip().partition(" ")
        return f"{command.lower()}{blank}{rest}"
    if glued(text) in signed():
        return label_of(signed()[glued(text)])
    if state is not None and state not in QUESTION_FORMS:
        return None
    for command, others in WORDS.items():
        if words == command or words in others:
            return f"/{command}"
    key = bare().get(words)
    if key is not None and (key not in STAFFS or getattr(who, STAFFS[key])):
        return label_of(key)
    return f"/{words}" if words in menu.commands_of(who) else None


def label_of(key: str) -> str:
    """One that the key's handler answers to."""
    return TRANSLATORS[LANGUAGES[0]].plain(key)
