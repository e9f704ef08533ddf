"""Turns text keys into words of one language, as HTML for Telegram."""

from __future__ import annotations

import datetime as dt
import html
import io
from functools import cache, lru_cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.programme.text import LANGUAGES, Text

FOLDER = Path(__file__).parent

# Telegram languages whose speakers read Russian more likely than English; see language_for.
READ_RUSSIAN = frozenset(("ru", "be", "uk", "uz", "ky", "tg", "tk", "az", "hy", "ka", "tt", "ba", "ug", "mn"))

# "A missing translation is seen": whose text stands in for it.
MARKS = {"kk": "қаз", "ru": "рус", "en": "eng"}


def language_for(code: str | None) -> str:
    """Our language for Telegram's `language_code` (an IETF tag, or None when Telegram sends none)."""
    code = (code or "ru").split("-")[0].lower()
    if code in LANGUAGES:
        return code
    return "ru" if code in READ_RUSSIAN else "en"


class Html(str):
    """Text that is HTML for Telegram already; anything else is escaped when it is filled in."""

    __slots__ = ()


def escape(value: object) -> Html:
    """`value` as HTML; Html stays as it is."""
    return value if isinstance(value, Html) else Html(html.escape(str(value), quote=False))


class Translator:
    """The words of one language: `t("agenda.title")`, `t.n("votes", 3)`.

    Fields are escaped unless they are Html, so that nothing a person typed can become markup.
    A plural text gets the field `count`.
    """

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self.language = language
        self.zone = zone
        self._catalogue = catalogue(language)

    def into(self, language: str) -> Translator:
        """The same in another language, as Translators have it."""
        return Translator(language if language in LANGUAGES else "ru", self.zone)

    def __call__(self, key: str, /, **fields: Any) -> Html:
        text = self._catalogue.gettext(key)
        if not fields:
            return Html(text)
        return Html(text.format_map({name: escape(value) for name, value in fields.items()}))

    def n(self, key: str, count: int, /, **fields: Any) -> Html:
        """A text that depends on a number: "1 question", "2 questions"."""
        text = self._catalogue.ngettext(key, key, count)
        return Html(text.format_map({"count": count} | {name: escape(value) for name, value in fields.items()}))

    def plain(self, key: str, /, **fields: Any) -> str:
        """For places that know no markup: buttons, toasts, commands."""
        text = self._catalogue.gettext(key)
        return text.format_map(fields) if fields else text

    def plain_n(self, key: str, count: int, /, **fields: Any) -> str:
        return self._catalogue.ngettext(key, key, count).format_map({"count": count} | fields)

    def say(self, text: Text) -> Html:
        """An organizer's plain text, with a mark when it stands in for a missing translation."""
        return Html(html.escape(self.say_plain(text), quote=False))

    def say_plain(self, text: Text) -> str:
        words = text.say(self.language)
        said = text.language_said(self.language)
        return words if said in (None, self.language) else f"{words} [{MARKS[said]}]"

    def say_html(self, text: Text) -> Html:
        """An organizer's text that is clean Telegram HTML already (abstracts, bios, pages)."""
        words = text.say(self.language)
        said = text.language_said(self.language)
        return Html(words if said in (None, self.language) else f"<i>[{MARKS[said]}]</i> {words}")

    def number(self, number: int | None) -> str:
        """A question or an announcement by its number: "#5", "№ 5"."""
        return self.plain("names.number", number=number)

    def time(self, moment: dt.datetime) -> str:
        """The time of day at the forum, 09:30."""
        return moment.astimezone(self.zone).strftime("%H:%M")

    def clock(self, epoch: int) -> str:
        """Epoch seconds as the time of day at the forum, 09:30."""
        return self.time(dt.datetime.fromtimestamp(epoch, self.zone))

    def date(self, moment: dt.date) -> str:
        """ "22 қараша, жексенбі", "22 ноября, воскресенье", "Sunday, 22 November"."""
        return long_date(self.language, day_at(moment, self.zone))

    def short_date(self, moment: dt.date) -> str:
        """ "22 қар.", for buttons."""
        return short_date(self.language, day_at(moment, self.zone))

    def moment(self, epoch: int) -> str:
        """Epoch seconds as "22 November, 09:30" at the forum."""
        at = dt.datetime.fromtimestamp(epoch, self.zone)
        return f"{medium_date(self.language, at.date())}, {at:%H:%M}"


def day_at(moment: dt.date, zone: ZoneInfo) -> dt.date:
    return moment.astimezone(zone).date() if isinstance(moment, dt.datetime) else moment


@lru_cache(maxsize=512)
def long_date(language: str, day: dt.date) -> str:
    return unbroken(day, "EEEE, d MMMM" if language == "en" else "d MMMM, EEEE", language)


@lru_cache(maxsize=512)
def medium_date(language: str, day: dt.date) -> str:
    return unbroken(day, "d MMMM", language)


@lru_cache(maxsize=512)
def short_date(language: str, day: dt.date) -> str:
    return unbroken(day, "EEE, d MMM", language)


def unbroken(day: dt.date, form: str, language: str) -> str:
    """No line ends between the day and its month."""
    return format_date(day, form.replace("d M", "d\u00a0M"), locale=language)


@cache
def catalogue(language: str) -> GNUTranslations:
    """The language's .po file, compiled in memory. Poedit and Weblate edit it as it is."""
    with (FOLDER / f"{language}.po").open("rb") as file:
        source = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, source)
    compiled.seek(0)
    return GNUTranslations(compiled)


class Translators:
    """The translators of all languages for one forum's time zone."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._by_language = {language: Translator(language, zone) for language in LANGUAGES}

    def __getitem__(self, language: str) -> Translator:
        return self._by_language.get(language) or self._by_language["ru"]
