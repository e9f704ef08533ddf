"""The sheets of a programme's workbook and their columns, by the names people give them.

Every name may be written in Kazakh, Russian or English, in any case and with any spaces and signs; the first name of a
language is the one that is written. Reader and writer share this page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.programme.text import LANGUAGES

TEXT, MARKUP = "text", "markup"  # one column for everybody, or one a language
STRING, CODE, LIST, FLAG, KIND = "string", "code", "list", "flag", "kind"
DATE, TIME, MINUTES, POINT = "date", "time", "minutes", "point"


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is the key of docs/programme.md, `names` are by language, the one that is written first."""

    key: str
    type: str
    names: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]  # kk, ru, en
    refers: str = ""  # the sheet whose code or name stands here

    @property
    def by_language(self) -> bool:
        return self.type in (TEXT, MARKUP)

    def heading(self, language: str) -> str:
        return self.names[LANGUAGES.index(language)][0]


@dataclass(frozen=True, slots=True)
class Sheet:
    key: str
    names: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    columns: tuple[Column, ...]

    def title(self, language: str) -> str:
        return self.names[LANGUAGES.index(language)][0]

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


def _column(key: str, *, type_: str, kk: str, ru: str, en: str, refers: str = "") -> Column:
    return Column(key, type_, (_names(kk), _names(ru), _names(en)), refers)


def _sheet(key: str, kk: str, ru: str, en: str, *columns: Column) -> Sheet:
    return Sheet(key, (_names(kk), _names(ru), _names(en)), columns)


def _names(joined: str) -> tuple[str, ...]:
    return tuple(joined.split("|"))


_CODED = _column("code", type_=CODE, kk="Код", ru="Код", en="Code|id")
_NAME = _column("name", type_=TEXT, kk="Атауы|аты", ru="Название|имя|наименование", en="Name|title")
_TITLE = _column("title", type_=TEXT, kk="Атауы|тақырыбы", ru="Название|заголовок|тема", en="Title|name")

SHEETS = (
    _sheet(
        "forum",
        "Форум",
        "Форум|о форуме|конференция",
        "Forum|about|conference",
        _TITLE,
        _column("description", type_=MARKUP, kk="Сипаттама", ru="Описание", en="Description"),
        _column("place", type_=TEXT, kk="Өтетін жері|орны|қала", ru="Место|город", en="Place|city|venue"),
        _column("address", type_=TEXT, kk="Мекенжайы", ru="Адрес", en="Address"),
        _column("point", type_=POINT, kk="Координаттар", ru="Координаты|точка", en="Coordinates|point"),
        _column("timezone", type_=STRING, kk="Уақыт белдеуі", ru="Часовой пояс", en="Time zone"),
    ),
    _sheet(
        "days",
        "Күндер",
        "Дни",
        "Days",
        _column("date", type_=DATE, kk="Күні", ru="Дата|день", en="Date|day"),
        _TITLE,
    ),
    _sheet(
        "rooms",
        "Залдар|зал|бөлмелер",
        "Залы|зал|помещения",
        "Rooms|halls|room",
        _CODED,
        _NAME,
        _column(
            "hint",
            type_=TEXT,
            kk="Қалай табуға болады|қалай бару",
            ru="Как пройти|подсказка",
            en="How to get there|hint",
        ),
    ),
    _sheet("topics", "Бағыттар|тақырыптар", "Направления|темы|треки", "Topics|tracks", _CODED, _NAME),
    _sheet(
        "speakers",
        "Спикерлер|баяндамашылар",
        "Спикеры|докладчики|выступающие",
        "Speakers|people",
        _CODED,
        _column("name", type_=TEXT, kk="Аты-жөні|аты", ru="Имя|фио|фамилия имя", en="Name|full name"),
        _column("office", type_=TEXT, kk="Лауазымы", ru="Должность", en="Office|position"),
        _column("bio", type_=MARKUP, kk="Өмірбаяны", ru="Биография|о себе", en="Biography|bio"),
        _column("photo", type_=STRING, kk="Фото|сурет", ru="Фото|фотография", en="Photo|picture"),
    ),
    _sheet("delegations", "Делегациялар", "Делегации", "Delegations", _CODED, _NAME),
    _sheet(
        "pages",
        "Беттер",
        "Страницы",
        "Pages",
        _CODED,
        _TITLE,
        _column("body", type_=MARKUP, kk="Мәтіні", ru="Текст", en="Text|body"),
    ),
    _sheet(
        "sessions",
        "Сессиялар|бағдарлама|отырыстар",
        "Сессии|программа|расписание",
        "Sessions|programme|program|schedule",
        _CODED,
        _column("day", type_=DATE, kk="Күні", ru="День|дата", en="Day|date"),
        _column("start", type_=TIME, kk="Басталуы", ru="Начало", en="Start|from|begins"),
        _column("end", type_=TIME, kk="Аяқталуы|соңы", ru="Конец|окончание", en="End|to|till"),
        _column(
            "minutes",
            type_=MINUTES,
            kk="Минут|ұзақтығы",
            ru="Минуты|длительность|продолжительность",
            en="Minutes|duration",
        ),
        _TITLE,
        _column("kind", type_=KIND, kk="Түрі", ru="Вид|тип|формат", en="Kind|type|format"),
        _column("room", type_=STRING, kk="Зал", ru="Зал|помещение", en="Room|hall", refers="rooms"),
        _column(
            "speakers",
            type_=LIST,
            kk="Спикерлер|баяндамашылар",
            ru="Спикеры|докладчики",
            en="Speakers",
            refers="speakers",
        ),
        _column(
            "moderators", type_=LIST, kk="Модераторлар", ru="Модераторы|ведущие", en="Moderators", refers="speakers"
        ),
        _column("topic", type_=STRING, kk="Бағыты", ru="Направление|трек", en="Topic|track", refers="topics"),
        _column("abstract", type_=MARKUP, kk="Сипаттама|аннотация", ru="Описание|аннотация", en="Description|abstract"),
        _column(
            "language", type_=STRING, kk="Өткізілу тілі|тілі", ru="Язык проведения|язык", en="Spoken language|language"
        ),
        _column(
            "cancelled", type_=FLAG, kk="Болмайды|тоқтатылды", ru="Отменена|отменено|отмена", en="Cancelled|canceled"
        ),
    ),
)
BY_KEY = {sheet.key: sheet for sheet in SHEETS}

# How the kinds of sessions are called in a cell, in addition to their own names (bot.programme.model.KINDS).
KIND_NAMES = {
    "plenary": ("пленарлық отырыс", "пленарное заседание", "plenary"),
    "talk": ("баяндама", "доклад", "talk"),
    "panel": ("панельдік сессия", "панельная сессия", "panel"),
    "dialogue": ("диалог", "диалог", "dialogue"),
    "workshop": ("шеберлік сабағы", "мастер-класс", "workshop"),
    "ceremony": ("салтанатты рәсім", "церемония", "ceremony"),
    "break": ("үзіліс", "перерыв", "break"),
    "other": ("басқа", "другое", "other"),
}
YES = ("иә", "да", "yes")
_YES_MORE = ("true", "1", "+", "x", "✓", "ия", "истина", "ақиқат")
_NO = ("жоқ", "нет", "no", "false", "0", "-", "ложь", "жалған")

_LANGUAGE_WORDS = {
    "kk": ("kk", "kz", "каз", "қаз", "kaz", "қазақша", "казахский", "kazakh"),
    "ru": ("ru", "рус", "орыс", "rus", "орысша", "русский", "russian"),
    "en": ("en", "eng", "англ", "ағыл", "ағылшынша", "английский", "english"),
}
_LANGUAGES = {word: language for language, words in _LANGUAGE_WORDS.items() for word in words}
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading means: a column, its language ("" for all), which part of a very long text (from 1)."""

    column: Column
    language: str = ""
    part: int = 1


def folded(words: str) -> str:
    """Words as names are compared: without case, spaces and signs."""
    return "".join(_WORD.findall(words.casefold().replace("ё", "е")))


def sheet_named(name: str) -> Sheet | None:
    wanted = folded(name)
    return next((sheet for sheet in SHEETS if wanted in _folded_names(sheet.names)), None)


def heading(sheet: Sheet, words: str) -> Heading | None:
    """The column that a heading names, "Title kk" or «Название (рус)» 2; None when it names none."""
    parts = _WORD.findall(words.casefold().replace("ё", "е").replace("_", " "))
    part = 1
    if len(parts) > 1 and parts[-1].isdecimal() and len(parts[-1]) < 5:
        part = int(parts.pop())
    if column := _columns(sheet).get("".join(parts)):
        return Heading(column, part=part)
    language = _LANGUAGES.get(parts[-1]) if parts else None
    column = _columns(sheet).get("".join(parts[:-1]))
    if language and column and column.by_language:
        return Heading(column, language, part)
    return None


def column_names(sheet: Sheet) -> dict[str, str]:
    """Every name of a sheet's columns as names are compared, with the name as it is written."""
    return {folded(name): name for column in sheet.columns for names in column.names for name in names}


def sheet_names() -> dict[str, str]:
    return {folded(name): name for sheet in SHEETS for names in sheet.names for name in names}


def yes_or_no(words: str) -> bool | None:
    """What a cell says to a yes-or-no question; None when it is not an answer."""
    word = words.strip().casefold()
    if word in YES or word in _YES_MORE:
        return True
    return False if word in _NO else None


def kind_named(words: str) -> str:
    """The kind that a cell names in any language; the words themselves when it names none."""
    wanted = folded(words)
    return next((kind for kind, names in KIND_NAMES.items() if wanted in map(folded, (kind, *names))), words)


@cache
def _columns(sheet: Sheet) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for column in sheet.columns:
        for name in (column.key, *(name for names in column.names for name in names)):
            found.setdefault(folded(name), column)
    return found


def _folded_names(names: Sequence[Sequence[str]]) -> set[str]:
    return {folded(name) for group in names for name in group}
