"""What typed words mean, by language: the words that are no search, and those that mean the same in a search.

All are compared folded (bot.programme.fold). No word means two things: tests/programme/test_vocabulary.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from bot.programme.fold import stems, words

SHORTEST_STEM = 4  # of a word that has others of the same meaning

Phrases = Mapping[str, str]
"""By language, separated by commas."""

THANKS: Phrases = {
    "kk": "рахмет, рақмет, көп рахмет, алғыс, рахмет сізге",
    "ru": "спасибо, спс, благодарю, спасибки, мерси",
    "en": "thanks, thank you, thx, thank u, many thanks",
}
THANKFUL_SIGNS = "👍🙏❤👌🤝💐🌹😊"
GREETING: Phrases = {
    "kk": "сәлем, салем, сәлеметсіз бе, саламатсыз ба, ассалаумағалейкум, армысыз, қайырлы таң, қайырлы күн,"
    " қайырлы кеш, саламатсыздар ма",
    "ru": "привет, здравствуйте, здравствуй, добрый день, доброе утро, добрый вечер, доброго дня, приветствую, салам",
    "en": "hello, hi, hey, good morning, good afternoon, good evening, good day, greetings",
}
AGREED: Phrases = {
    "kk": "жақсы, жарайды, түсінікті, иә, керемет, тамаша",
    "ru": "хорошо, понятно, ясно, ок, окей, ладно, отлично, супер, ага",
    "en": "ok, okay, got it, great, fine, cool, yes",
}
NOW: Phrases = {
    "kk": "қазір, дәл қазір, қазіргі, келесі, содан кейін",
    "ru": "сейчас, прямо сейчас, щас, дальше, далее, следующее, следующая",
    "en": "now, right now, currently, next",
}
# Days from today.
DAYS: Mapping[int, Phrases] = {
    -1: {"kk": "кеше, кешегі", "ru": "вчера, вчерашний, вчерашняя", "en": "yesterday, yesterdays"},
    0: {"kk": "бүгін, бүгінгі", "ru": "сегодня, сегодняшний, сегодняшняя, на сегодня", "en": "today, todays"},
    1: {"kk": "ертең, ертеңгі", "ru": "завтра, завтрашний, завтрашняя, на завтра", "en": "tomorrow, tomorrows"},
    2: {"kk": "бүрсігүні, арғы күні", "ru": "послезавтра", "en": "day after tomorrow, the day after tomorrow"},
}
# Days of the forum, the first is 1.
FORUM_DAYS: Mapping[int, Phrases] = {
    1: {"kk": "бірінші күн, 1 күн", "ru": "первый день, день 1, 1 день", "en": "first day, day 1, day one"},
    2: {"kk": "екінші күн, 2 күн", "ru": "второй день, день 2, 2 день", "en": "second day, day 2, day two"},
    3: {"kk": "үшінші күн, 3 күн", "ru": "третий день, день 3, 3 день", "en": "third day, day 3, day three"},
}
# Monday is 0.
WEEKDAYS: Mapping[int, Phrases] = {
    0: {"kk": "дүйсенбі, дүйсенбіде", "ru": "понедельник, пн", "en": "monday, mon"},
    1: {"kk": "сейсенбі, сейсенбіде", "ru": "вторник, вт", "en": "tuesday, tue"},
    2: {"kk": "сәрсенбі, сәрсенбіде", "ru": "среда, среду, ср", "en": "wednesday, wed"},
    3: {"kk": "бейсенбі, бейсенбіде", "ru": "четверг, чт", "en": "thursday, thu"},
    4: {"kk": "жұма, жұмада", "ru": "пятница, пятницу, пт", "en": "friday, fri"},
    5: {"kk": "сенбі, сенбіде", "ru": "суббота, субботу, сб", "en": "saturday, sat"},
    6: {"kk": "жексенбі, жексенбіде", "ru": "воскресенье, воскресение, вс", "en": "sunday, sun"},
}
# Beside the number of a day only.
MONTHS: Mapping[int, Phrases] = {
    1: {"kk": "қаңтар, қаңтарда", "ru": "января, январь, янв", "en": "january, jan"},
    2: {"kk": "ақпан, ақпанда", "ru": "февраля, февраль, фев", "en": "february, feb"},
    3: {"kk": "наурыз, наурызда", "ru": "марта, март, мар", "en": "march, mar"},
    4: {"kk": "сәуір, сәуірде", "ru": "апреля, апрель, апр", "en": "april, apr"},
    5: {"kk": "мамыр, мамырда", "ru": "мая, май", "en": "may"},
    6: {"kk": "маусым, маусымда", "ru": "июня, июнь, июн", "en": "june, jun"},
    7: {"kk": "шілде, шілдеде", "ru": "июля, июль, июл", "en": "july, jul"},
    8: {"kk": "тамыз, тамызда", "ru": "августа, август, авг", "en": "august, aug"},
    9: {"kk": "қыркүйек, қыркүйекте", "ru": "сентября, сентябрь, сен, сент", "en": "september, sep, sept"},
    10: {"kk": "қазан, қазанда", "ru": "октября, октябрь, окт", "en": "october, oct"},
    11: {"kk": "қараша, қарашада, қар", "ru": "ноября, ноябрь, ноя, нояб", "en": "november, nov"},
    12: {"kk": "желтоқсан, желтоқсанда, жел", "ru": "декабря, декабрь, дек", "en": "december, dec"},
}
# Hours at which a part of the day begins.
PARTS: Mapping[int, Phrases] = {
    9: {"kk": "таңертең, таңғы", "ru": "утром, утро", "en": "morning, in the morning, this morning"},
    12: {"kk": "түсте, талтүсте", "ru": "полдень, днём, днем", "en": "noon, midday"},
    14: {"kk": "түстен кейін", "ru": "после обеда", "en": "afternoon, this afternoon"},
    18: {"kk": "кешке, кешкі", "ru": "вечером, вечер", "en": "evening, tonight, this evening"},
}
WHERE: Phrases = {
    "kk": "қайда, қай жерде, қайдан табамын, қалай барамын, қалай баруға болады, қай қабатта",
    "ru": "где, где находится, как пройти, как найти, как добраться, куда идти, на каком этаже",
    "en": "where is, where are, where, wheres, how to get to, how do i get to, how to find, how do i find, which floor",
}
ROOM: Phrases = {
    "kk": "зал, залы, залға, залда, залында, залына, бөлме, бөлмесі, аудитория",
    "ru": "зал, зала, залу, зале, комната, комнату, аудитория, аудиторию, кабинет",
    "en": "room, hall, rooms, halls, auditorium",
}
# The place of the forum itself, with a word of WHERE.
VENUE: Phrases = {
    "kk": "форум, іс шара, өтетін орны, орны",
    "ru": "форум, мероприятие, место проведения, место, площадка",
    "en": "forum, event, venue, place, location",
}
# The same without one.
ADDRESS: Phrases = {"kk": "мекенжай, мекен жай, мекенжайы", "ru": "адрес, карта, карту", "en": "address, map"}
AGENDA: Phrases = {
    "kk": "бағдарлама, бағдарламасы, кесте, күн тәртібі",
    "ru": "программа, программу, программы, расписание, повестка, план",
    "en": "agenda, programme, program, schedule, timetable",
}
# What says nothing of what is looked for.
SILENT: Phrases = {
    "kk": "не, кім, кімдер, қашан, қай, қандай, қалай, неше, бола, болады, болып, болған, жатыр, жатқан, бар,"
    " бар ма, ма, ме, ба, бе, па, пе, да, де, та, те, және, мен, бен, үшін, туралы, сағат, сағ, күні, күн,"
    " айтыңызшы, өтінемін, бұл, осы, сол, ол, сіз, сізге, маған, бізге, біз, көп, үлкен, өтеді, өтіп,"
    " басталады, сөйлейді, сөйлеп, бот, қатысады, керек, ақпарат, көрсетіңіз, көмектескеніңізге",
    "ru": "что, кто, когда, какой, какая, какое, какие, каком, какую, как, сколько, ли, в, во, на, о, об, от,"
    " до, с, со, к, и, а, но, у, по, за, из, для, это, этот, эта, будет, будут, есть, идёт, идет, идут,"
    " идти, проходит, пройдёт, пройдет, происходит, находится, находятся, начинается, начнётся, начнется,"
    " выступает, выступают, скажите, подскажите, пожалуйста, плз, мне, вам, вас, тебе, всем, нам, можно,"
    " нужен, нужно, нет, не, там, тут, бы, же, где то, большое, огромное, помощь, время, часов, часам,"
    " часа, час, ч, день, бот, покажи, показать, хочу, найти, про, форума",
    "en": "what, whats, who, whos, when, whens, how, is, are, am, be, will, the, a, an, of, to, in, on, at,"
    " for, from, by, with, about, and, do, does, did, was, were, i, me, my, we, us, our, you, it, its,"
    " there, theres, this, that, please, show, tell, find, can, could, any, so, very, much, a lot, lot, happening,"
    " going, time, oclock, bot, your, help, need, want, know, day",
}

# What means the same in a search: who types one may find another.
SAME: tuple[Phrases, ...] = (
    {
        "kk": "уайфай, вайфай, ғаламтор, құпиясөз, құпия сөз, желі",
        "ru": "вайфай, вайфая, вай фай, интернет, пароль, вифи",
        "en": "wifi, wi fi, internet, password, wlan",
    },
    {
        "kk": "тамақ, тамақтану, түскі ас, асхана, ас, кешкі ас, таңғы ас, дәмхана",
        "ru": "обед, еда, ланч, питание, поесть, покушать, кушать, столовая, ужин, завтрак, буфет, банкет",
        "en": "lunch, food, eat, meal, meals, dinner, breakfast, canteen, catering, banquet",
    },
    {
        "kk": "кофе, үзіліс, шай",
        "ru": "кофебрейк, кофе брейк, перерыв, чай, пауза",
        "en": "coffee, break, tea, coffee break",
    },
    {
        "kk": "көлік, автобус, автобустар, трансфер",
        "ru": "транспорт, шаттл, такси, автобусы, доехать",
        "en": "bus, buses, shuttle, transfer, taxi, transport",
    },
    {
        "kk": "қонақүй, қонақ үй, тұратын жер",
        "ru": "гостиница, отель, проживание, жильё",
        "en": "hotel, accommodation, lodging",
    },
    {
        "kk": "байланыс, ұйымдастырушылар, телефон",
        "ru": "контакты, оргкомитет, организаторы, телефоны",
        "en": "contacts, contact, organizers, organisers, phone",
    },
    {"kk": "тұрақ, көлік тұрағы", "ru": "парковка, стоянка, паркинг", "en": "parking"},
    {"kk": "дәретхана", "ru": "туалет, уборная", "en": "toilet, restroom, wc"},
    {"kk": "тіркеу, тіркелу, бейдж", "ru": "регистрация, аккредитация, бейджик", "en": "registration, badge, badges"},
    {"kk": "аударма, ілеспе аударма", "ru": "перевод, переводчик, наушники", "en": "translation, interpretation"},
    {"kk": "дәрігер, медпункт", "ru": "врач, медицинская помощь", "en": "doctor, medical, first aid"},
    {"kk": "киім ілгіш", "ru": "гардероб, раздевалка", "en": "cloakroom, wardrobe"},
    {"kk": "намазхана, намаз", "ru": "молельная, молитва", "en": "prayer, prayer room"},
    {"kk": "тікелей эфир, эфир", "ru": "трансляция, прямой эфир", "en": "stream, broadcast, livestream"},
)


def folded(phrases: Phrases) -> frozenset[str]:
    """The phrases of all languages, folded, their words one space apart."""
    every = (phrase for text in phrases.values() for phrase in text.split(","))
    return frozenset(" ".join(words(phrase)) for phrase in every)


def meaning(numbered: Mapping[int, Phrases]) -> dict[str, int]:
    """The number that each of the folded phrases means."""
    return {phrase: number for number, phrases in numbered.items() for phrase in folded(phrases)}


def pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Finds one of these phrases among words with a space before and behind each; the longest first."""
    return re.compile(f" ({'|'.join(sorted(map(re.escape, phrases), key=len, reverse=True))})(?= )")


@cache
def idle() -> frozenset[str]:
    """What is looked for only where nothing else is: courtesies, and words that say nothing of what is meant."""
    by_day = (one for day in (*DAYS.values(), *WEEKDAYS.values()) for one in folded(day))
    return frozenset().union(*map(folded, (SILENT, GREETING, THANKS, WHERE, NOW)), by_day)


@cache
def same() -> dict[str, frozenset[str]]:
    """By a word, or by the words of a phrase joined, what else means the same; by its stem too."""
    groups = [frozenset("".join(phrase.split()) for phrase in folded(one)) for one in SAME]
    by_stem = {stem: group for group in groups for word in group for stem in stems(word) if len(stem) >= SHORTEST_STEM}
    return by_stem | {word: group for group in groups for word in group}
