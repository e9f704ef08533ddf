"""What words mean that are typed outside any form: each one thing, in three languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import combinations

import pytest

from bot.programme.model import Programme
from bot.programme.text import LANGUAGES
from bot.programme.typed import vocabulary
from bot.programme.typed.understood import (
    AGREED,
    GREETING,
    LINK,
    SIGNS,
    THANKS,
    AtTime,
    Courtesy,
    Meaning,
    OnDay,
    OnNow,
    Place,
    Sought,
    Unreadable,
    WholeAgenda,
    understand,
)


def meanings() -> Iterator[tuple[str, vocabulary.Phrases]]:
    """Every meaning of the vocabulary with its words."""
    for name, value in vars(vocabulary).items():
        if not name.isupper():
            continue
        if isinstance(value, tuple):
            yield from ((f"{name} {number}", one) for number, one in enumerate(value))
        elif isinstance(value, dict) and set(value) <= set(LANGUAGES):
            yield name, value
        elif isinstance(value, dict):
            yield from ((f"{name} {number}", one) for number, one in value.items())


def test_no_word_means_two_things() -> None:
    known = {name: vocabulary.folded(phrases) for name, phrases in meanings()}
    assert len(known) > 40
    twice = {(one, other): known[one] & known[other] for one, other in combinations(known, 2)}
    assert {pair: both for pair, both in twice.items() if both} == {}


def test_every_meaning_has_words_in_every_language() -> None:
    for name, phrases in meanings():
        assert set(phrases) == set(LANGUAGES), name
        assert all(text.strip() for text in phrases.values()), name
        assert "" not in vocabulary.folded(phrases), name


FIRST, SECOND = dt.date(2026, 11, 26), dt.date(2026, 11, 27)  # a Thursday and a Friday


def on(day: int, hour: int, minute: int = 0) -> tuple[int, int, int]:
    return day, hour, minute


UNDERSTOOD: list[tuple[str, Meaning | tuple[int, int, int]]] = [
    *((word, Courtesy(THANKS)) for word in ("рахмет", "Көп рахмет!", "спасибо", "Спасибо большое", "thanks")),
    *((word, Courtesy(THANKS)) for word in ("thank you very much", "🙏", "👍🏽", "❤️")),
    *((word, Courtesy(GREETING)) for word in ("сәлем", "Сәлеметсіз бе?", "Добрый день!", "hello", "Good morning")),
    *((word, Courtesy(AGREED)) for word in ("ok", "Хорошо", "жарайды")),
    *((word, OnNow()) for word in ("сейчас", "Что сейчас идёт?", "қазір", "Қазір не болып жатыр?", "now")),
    *((word, OnNow()) for word in ("what's on now?", "what’s on right now", "что дальше", "next")),
    *((word, OnDay(FIRST)) for word in ("сегодня", "бүгін", "today", "26.11", "четверг", "бейсенбі", "thursday")),
    *((word, OnDay(FIRST)) for word in ("день 1", "бірінші күн", "first day", "2026-11-26", "26.11.2026", "26/11")),
    *((word, OnDay(SECOND)) for word in ("ертең", "завтра", "tomorrow", "27.11", "27 қараша", "27 ноября")),
    *((word, OnDay(SECOND)) for word in ("27-го ноября", "november 27th", "в пятницу", "жұма күні", "on Friday")),
    *((word, OnDay(SECOND)) for word in ("программа на завтра", "ертеңгі бағдарлама", "tomorrow's agenda", "day 2")),
    ("вчера", OnDay(dt.date(2026, 11, 25))),
    ("понедельник", OnDay(dt.date(2026, 11, 30))),
    *((word, on(26, 12, 15)) for word in ("12:15", "12.15", "в 12:15", "сағат 12:15-те не болады?", "at 12:15")),
    *((word, on(26, 12)) for word in ("в 12", "сағат 12", "12-де", "at 12", "в 12 часов", "12 pm", "noon")),
    *((word, on(27, 15)) for word in ("завтра в 15", "ертең 15:00-де", "tomorrow at 3 pm", "27.11 15:00")),
    ("сегодня вечером", on(26, 18)),
    *((word, WholeAgenda()) for word in ("программа", "расписание", "what is the programme", "бағдарлама")),
    *((word, Place("отырар")) for word in ("Где зал Отырар?", "Отырар залы қайда?", "где находится Отырар")),
    *((word, Place("otyrar")) for word in ("where is Otyrar", "Where is the Otyrar hall?", "how to get to Otyrar")),
    *((word, Place("")) for word in ("где проходит форум?", "адрес", "мекенжай", "where is the venue", "форум қайда")),
    *((word, Unreadable(SIGNS)) for word in ("🙂", "?!", "…", "🎉🎉🎉", "\u200b🙂\u200d")),
    *((word, Unreadable(LINK)) for word in ("https://example.org/x?y=1", "t.me/minber https://a.kz", "www.gov.kz")),
    *((word, Sought()) for word in ("закон", "Сарсенова", "12", "99.99", "31.11", "закон в 12 зале", "x" * 4096)),
    *((word, Sought()) for word in ("Спасибо, а когда примут закон?", "добрый", "не", "когда обед", "мая")),
    *((word, Sought()) for word in ("Когда закон будет принят завтра?", "program for NGOs today")),
    # Links within a link, which could be told apart in more ways than there is time for.
    *((word, Sought()) for word in ("www.a" * 800 + " x", "http://" * 500 + " закон", "t.me/" * 800 + "\n?")),
    ("www." * 1000 + "a", Unreadable(LINK)),
]


@pytest.mark.parametrize(("typed", "meant"), UNDERSTOOD)
def test_what_is_understood(sample: Programme, typed: str, meant: Meaning | tuple[int, int, int]) -> None:
    zone = sample.forum.zone
    if isinstance(meant, tuple):
        day, hour, minute = meant
        meant = AtTime(dt.datetime(2026, 11, day, hour, minute, tzinfo=zone))
    assert understand(typed, sample, dt.datetime(2026, 11, 26, 9, tzinfo=zone)) == meant


def test_a_time_is_of_a_day_of_the_forum(sample: Programme) -> None:
    """Before the forum of its first day, and late in the evening still of today."""
    zone = sample.forum.zone
    first = AtTime(dt.datetime(2026, 11, 26, 10, 30, tzinfo=zone))
    assert understand("10:30", sample, dt.datetime(2026, 11, 1, 9, tzinfo=zone)) == first
    assert understand("10:30", sample, dt.datetime(2026, 11, 26, 23, tzinfo=zone)) == first


def test_days_are_those_of_the_forums_zone(sample: Programme) -> None:
    """Midnight has passed in Turkistan, not yet in UTC."""
    assert understand("today", sample, dt.datetime(2026, 11, 26, 20, tzinfo=dt.UTC)) == OnDay(SECOND)
