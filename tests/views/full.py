"""A large forum as there may be one: nine hundred sessions with long titles, and what there is of everything else. The
extremes of tests.views.extremes in the same places, with the words and numbers that people write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from itertools import islice
from typing import Any

from bot.programme.model import Day, Delegation, Forum, Page, Programme, Room, Session, Speaker, Text, Topic
from bot.texts import LANGUAGES, Html
from bot.views.screen import visible
from tests.views import extremes as most

DAYS, SESSIONS = 20, 900
TITLES = (
    {
        "kk": "Дөңгелек үстел: «Қоғамдық бақылау: мемлекет пен азаматтық қоғамның өзара жауапкершілігі туралы»",
        "ru": "Круглый стол «Общественный контроль: взаимная ответственность государства и гражданского общества»",
        "en": "Round table: public oversight and the mutual accountability of the state and civil society",
    },
    {
        "kk": "Жұмыс тобы: үкіметтік емес ұйымдар туралы заң жобасына ұсыныстар дайындау",
        "ru": "Рабочая группа: подготовка предложений к законопроекту о неправительственных организациях",
        "en": "Working group: proposals on the draft law on non-governmental organisations",
    },
    {"kk": "Форумның ашылуы", "ru": "Открытие форума", "en": "Opening of the forum"},
)
BODY = " ".join(TITLES[0][one] for one in ("kk", "ru"))
HALLS = (
    {"kk": "Қорқыт ата сарайының үлкен залы", "ru": "Большой зал Дворца Коркыт Ата", "en": "Great hall of the palace"},
    {"kk": "А залы", "ru": "Зал А", "en": "Room A"},
)
NAMES = ("Құдайбергенова Айгүл Нұрланқызы", "Абдрахманов Мұхамеджан Қайратұлы", "Ким Е. С.")
OFFICE = {
    "kk": "Қазақстан Республикасы Мәдениет және ақпарат министрлігі Азаматтық қоғам істері комитетінің төрағасы",
    "ru": "председатель Комитета по делам гражданского общества Министерства культуры и информации",
    "en": "Chair of the Committee for Civil Society of the Ministry of Culture and Information",
}
WORDS = ("Ауылдық жерлердегі мұғалімдердің жалақысы қашан көтеріледі және бұл қалай қаржыландырылады? ") * 6
JUNK = frozenset("<&😀я")
FEWEST = 300  # from which on a number is one of the extremes


def text(variants: Mapping[str, str], number: int = 0) -> Text:
    return Text({language: f"{words} {number}" if number else words for language, words in variants.items()})


def session(number: int) -> Session:
    of_day = SESSIONS // DAYS
    day = most.FIRST + dt.timedelta(days=number // of_day)
    at = number % of_day
    start = dt.datetime.combine(day, dt.time(9, tzinfo=most.ZONE)) + dt.timedelta(minutes=90 * (at // 9))
    like = most.PROGRAMME.sessions[number % 7]
    return replace(
        like,
        code=most.code("s", number),
        title=text(TITLES[number % 3], number),
        start=start,
        end=start + dt.timedelta(minutes=75),
        day=day,
        abstract=Text({"kk": WORDS}),
        room=most.code("r", number % 40),
        speakers=like.speakers[:6],
        moderators=tuple(most.code("p", one) for one in (7, 8)),
        topic=most.code("t", number % 12),
    )


PROGRAMME = Programme(
    forum=Forum(text(TITLES[0]), Text({"kk": WORDS}), text(HALLS[0]), text(HALLS[0]), (43.3, 68.25), "Asia/Almaty"),
    days=tuple(Day(most.FIRST + dt.timedelta(days=one), text(TITLES[2], one)) for one in range(DAYS)),
    rooms=tuple(Room(most.code("r", one), text(HALLS[one % 2], one), text(HALLS[0])) for one in range(40)),
    topics=tuple(Topic(most.code("t", one), text(HALLS[0], one)) for one in range(12)),
    speakers=tuple(
        Speaker(most.code("p", one), Text(f"{NAMES[one % 3]} {one}"), text(OFFICE), Text({"kk": WORDS}))
        for one in range(300)
    ),
    delegations=tuple(Delegation(most.code("d", one), text(HALLS[0], one)) for one in range(14)),
    pages=tuple(Page(most.code("pg", one), text(TITLES[one % 3], one), Text({"kk": WORDS})) for one in range(15)),
    sessions=tuple(map(session, range(SESSIONS))),
)
OF_CODE = {
    one.code: one
    for part in ("sessions", "rooms", "topics", "speakers", "delegations", "pages")
    for one in getattr(PROGRAMME, part)
}


def likely(value: Any) -> Any:
    """The same with likely words, numbers and sessions in it."""
    if value is most.EMPTY:
        return value
    if isinstance(value, Programme):
        return PROGRAMME
    if isinstance(value, Session | Room | Topic | Speaker | Delegation | Page):
        return OF_CODE.get(value.code, value)
    if isinstance(value, Html):
        return Html(words(len(visible(value)))) if JUNK & set(value) else value
    if isinstance(value, str):
        return words(len(value)) if JUNK & set(value) and value[0] not in "s[{" else value
    if isinstance(value, int) and not isinstance(value, bool):
        return FEWEST + value - most.LARGE if value >= most.LARGE else value
    return whole(value)


def whole(value: Any) -> Any:
    """Of what consists of parts."""
    if isinstance(value, dict):
        return {likely(key): likely(one) for key, one in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_make"):  # a named one
        return value._make(map(likely, value))
    if isinstance(value, list | tuple | frozenset):
        return type(value)(likely(one) for one in islice(value, 60))
    if isinstance(value, Text):
        return Text({one: likely(value.say(one)) for one in LANGUAGES})
    if is_dataclass(value) and not isinstance(value, type):
        own = {one.name: getattr(value, one.name) for one in fields(value) if one.init}
        return replace(value, **{name: likely(one) for name, one in own.items()})
    return value


@cache
def words(length: int) -> str:
    """So many characters, as people write names and questions."""
    return NAMES[0] if length <= 64 else WORDS[:length].strip()
