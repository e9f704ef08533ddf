"""Writes every text of the bot with real values for a native reader: python -m tests.reading_list

docs/reading-list.{kk,ru,en}.md have a row for each key, in the order people meet them, and room for remarks.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.messages.pofile import read_po

from bot.programme.load import load_file
from bot.programme.text import LANGUAGES
from bot.texts.translator import FOLDER, Translator
from tests.reading_values import PLURAL_COUNTS, RealValues

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "programme/turkistan.toml"
FIELD = re.compile(r"\{(\w+)\}")
EXAMPLES = 3

HEAD = {
    "kk": """# Оқу тізімі: боттың барлық мәтіні

Ана тілінде оқитын адамға арналған. Әр жолда мәтін нақты мәндермен берілген: адамдар оны экранда осылай көреді.
Табиғи естілмейтін, түсініксіз немесе қате жерін «Пікір» бағанына жазыңыз. Нөмірленген жолдар — бір мәтіннің әр түрлі
мәндермен берілген үлгілері. Күмәнді сөздер сөздікте (docs/glossary.md) белгіленген.
""",
    "ru": """# Список для вычитки: все тексты бота

Для носителя языка. В каждой строке текст с настоящими значениями, каким его видят люди. Всё, что звучит неестественно,
непонятно или неверно, запишите в столбец «Замечание». Пронумерованные строки — один текст с разными значениями.
Сомнительные слова отмечены в глоссарии (docs/glossary.md).
""",
    "en": """# Reading list: all texts of the bot

For a native reader. Each row has a text with real values, as people see it. Write down in the column “Remark” what
sounds unnatural, unclear or wrong. Numbered lines are one text with different values. Words that are in doubt are
marked in docs/glossary.md.
""",
}
COLUMNS = {"kk": "Кілт | Мәтін | Пікір", "ru": "Ключ | Текст | Замечание", "en": "Key | Text | Remark"}

# The order in which people meet the texts. A name is a family of keys or one key; what stands alone goes before its
# family, whose other keys follow by the alphabet. Families that are named nowhere come last.
ORDER = (
    (
        {"kk": "Танысу және тіркелу", "ru": "Знакомство и регистрация", "en": "First steps and registration"},
        """bot registration.greeting registration.agree registration.look registration.begin registration.name
        registration.bad_name registration.choose_delegation registration.delegation registration.organization
        registration.bad_organization registration.done registration delegation names menu.welcome menu help command
        fallback typed form kept refusal unread info groups""",
    ),
    (
        {"kk": "Бағдарлама", "ru": "Программа", "en": "The agenda"},
        """agenda.tab_now agenda.now agenda.next agenda.nothing_now agenda.tab_days agenda.tab_rooms agenda.tap_number
        agenda.star agenda.starred agenda.starred_lead agenda.same_time agenda.mine agenda reminder speakers notices""",
    ),
    (
        {"kk": "Сұрақ қою", "ru": "Вопросы делегатов", "en": "Asking questions"},
        """questions.ask questions.choose_now questions.choose_day questions.choose_in_day questions.form
        questions.form_named questions.form_anonymous naming likeness questions.receipt
        questions.mine questions.state_pending questions.state_approved questions.state_asked questions following
        edited""",
    ),
    (
        {
            "kk": "Хабарландырулар, бағалау, баптау",
            "ru": "Объявления, оценки, настройки",
            "en": "News, ratings, settings",
        },
        "news ratings settings privacy",
    ),
    (
        {"kk": "Спикерлерге", "ru": "Спикерам", "en": "For speakers"},
        "speaking",
    ),
    (
        {"kk": "Модераторларға", "ru": "Модераторам", "en": "For moderators"},
        """moderation.open moderation.title moderation claims reason editing merging labelling sorting carrying undo
        stop_words mutes group stage hall runs left papers""",
    ),
    (
        {"kk": "Ұйымдастырушыларға: бағдарлама", "ru": "Организаторам: программа", "en": "For organizers: the agenda"},
        "programme change step concern draft publishing hanging moving versions changes files fault warning watch",
    ),
    (
        {
            "kk": "Ұйымдастырушыларға: хабарландыру",
            "ru": "Организаторам: объявления",
            "en": "For organizers: announcements",
        },
        """announcements.title announcements.new announcements.form_version announcements.languages
        announcements.languages_how announcements.audience audience announcements.when announcements.preview
        announcements.send card from_whom announcements languages""",
    ),
    (
        {
            "kk": "Ұйымдастырушыларға: кіреберіс, рөлдер, журнал",
            "ru": "Организаторам: вход, роли, журнал",
            "en": "For organizers: entrance, roles, journal",
        },
        "board staff presence badges posters stats outbox audit",
    ),
    (
        {"kk": "Репетиция", "ru": "Репетиция", "en": "The rehearsal"},
        "tour",
    ),
)
REST = {"kk": "Басқа мәтіндер", "ru": "Остальные тексты", "en": "Other texts"}


@cache
def texts(language: str) -> dict[str, tuple[str, ...]]:
    """Each key's text, or its plural forms."""
    with (FOLDER / f"{language}.po").open("rb") as file:
        found = [message for message in read_po(file, locale=language) if message.id]
    return {
        str(one.id if isinstance(one.id, str) else one.id[0]): (
            (one.string,) if isinstance(one.string, str) else tuple(one.string or ())
        )
        for one in found
    }


def sections(keys: Sequence[str]) -> Iterator[tuple[dict[str, str], list[str]]]:
    """Every key once, under the titles of ORDER."""
    left = dict.fromkeys(sorted(keys))
    places = {entry: number for number, (_, entries) in enumerate(ORDER) for entry in entries.split()}
    for number, (title, entries) in enumerate(ORDER):
        here: list[str] = []
        for entry in entries.split():
            # A key that a later section names is left to it.
            here += [
                key
                for key in left
                if key not in here
                and (key == entry or (key.startswith(f"{entry}.") and places.get(key, number) == number))
            ]
        for key in here:
            del left[key]
        if here:
            yield title, here
    if left:
        yield REST, list(left)


def shown(text: str) -> str:
    """A text of the catalogue in a cell of a Markdown table: bold is bold, and no sign of a text makes markup."""
    parts = re.split(r"(</?(?:b|i|u|s|code|blockquote)>)", text)
    marks = {"b": "**", "i": "*"}
    said = ""
    for part in parts:
        if tag := re.fullmatch(r"</?(\w+)>", part):
            said += marks.get(tag[1], "")
        else:
            said += re.sub(r"([\\|*`\[\]])", r"\\\1", html.unescape(part)).replace("<", "&lt;")
    return said.strip().replace("\n", "<br>")


def examples(t: Translator, values: RealValues, key: str) -> list[str]:
    """The text with each of its values; of a plural text each form."""
    forms = texts(t.language)[key]
    fields = sorted({field for form in forms for field in FIELD.findall(form)})
    many = len(forms) > 1
    found: list[str] = []
    for at in range(len(PLURAL_COUNTS) if many else EXAMPLES if fields else 1):
        filled = {}
        for field in fields:
            known = values.of(key, field)
            filled[field] = known[at % len(known)]
        said = t.n(key, PLURAL_COUNTS[at], **without(filled, "count")) if many else t(key, **filled)
        if said not in found:
            found.append(said)
    return found


def without(fields: dict[str, object], name: str) -> dict[str, object]:
    return {one: value for one, value in fields.items() if one != name}


def cell(found: Sequence[str]) -> str:
    if len(found) == 1:
        return shown(found[0])
    return "<br>".join(f"{number}) {shown(one)}" for number, one in enumerate(found, start=1))


def page(language: str) -> str:
    programme = load_file(SAMPLE)
    t = Translator(language, ZoneInfo(programme.forum.timezone))
    values = RealValues(t, programme)
    lines = [HEAD[language]]
    for number, (title, keys) in enumerate(sections(list(texts(language))), start=1):
        lines += [f"## {number}. {title[language]}", "", f"| {COLUMNS[language]} |", "|---|---|---|"]
        lines += [f"| `{key}` | {cell(examples(t, values, key))} | |" for key in keys]
        lines.append("")
    return "\n".join(lines)


def file_of(language: str) -> Path:
    return ROOT / f"docs/reading-list.{language}.md"


if __name__ == "__main__":
    for one in LANGUAGES:
        file_of(one).write_text(page(one), encoding="utf-8", newline="\n")
