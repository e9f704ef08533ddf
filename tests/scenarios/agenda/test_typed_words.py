"""A word typed outside any form: a time, a place, a courtesy, or something that is looked for."""

from __future__ import annotations

import pytest

from bot.programme.model import Programme
from tests.conftest import Forum
from tests.scenarios.agenda.congress import congress
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import at, said
from tests.telegram import Message, Person

LANGUAGES = ("kk", "ru", "en")


async def answered(forum: Forum, language: str, typed: str, *seen: str) -> tuple[Person, Message]:
    """A guest, and what they are answered."""
    person = await forum.telegram.person("Қонақ", language)
    await person.send(typed)
    return person, await person.sees(*seen)


def fits(message: Message) -> bool:
    """Whether it has no more than eight rows of buttons, each label short enough for a phone."""
    return len(message.rows) <= 8 and all(len(label) <= 38 for label in message.buttons)


@pytest.mark.parametrize(
    ("language", "typed", "key"),
    [
        *(("kk", "рахмет", "thanks"), ("ru", "Спасибо большое!", "thanks"), ("en", "🙏", "thanks")),
        *(("kk", "Сәлем", "greeting"), ("ru", "добрый день", "greeting"), ("en", "hello", "greeting")),
        *(("ru", "ок", "agreed"), ("ru", "thanks", "thanks")),
    ],
)
async def test_a_courtesy_is_answered_and_leads_on(forum: Forum, language: str, typed: str, key: str) -> None:
    person, shown = await answered(forum, language, typed, said(f"typed.{key}", language))
    assert fits(shown)
    await person.press(said("agenda.tab_now", language), shown)
    await person.sees(said("agenda.now", language))


@pytest.mark.parametrize(("language", "typed"), [("kk", "қазір"), ("ru", "Что сейчас?"), ("en", "what's on now")])
async def test_now_is_the_screen_of_now(forum: Forum, language: str, typed: str) -> None:
    await forum.at(at(forum, "10:15"))
    await answered(forum, language, typed, said("agenda.now", language), "10:10–10:30")


@pytest.mark.parametrize(
    ("language", "typed", "seen"),
    [
        *(("kk", "ертең", "27 қараша"), ("ru", "завтра", "27 ноября"), ("en", "tomorrow", "27 November")),
        *(("kk", "27 қараша", "27 қараша"), ("ru", "27.11", "27 ноября"), ("en", "on friday", "27 November")),
        *(("kk", "бүгін", "26 қараша"), ("ru", "СЕГОДНЯ", "26 ноября"), ("en", "Today?", "26 November")),
    ],
)
async def test_a_day_is_shown(forum: Forum, language: str, typed: str, seen: str) -> None:
    await answered(forum, language, typed, "📅", seen)


@pytest.mark.parametrize(("language", "typed"), [("kk", "1 желтоқсан"), ("ru", "01.12.2026"), ("en", "December 1st")])
async def test_a_day_without_a_programme_is_said_and_the_nearest_shown(forum: Forum, language: str, typed: str) -> None:
    _, shown = await answered(forum, language, typed, said("typed.no_day", language, date="").removeprefix(": "))
    assert "27" in shown.text


@pytest.mark.parametrize(
    ("language", "typed"),
    [("kk", "сағат 10:15-те не болады?"), ("ru", "10.15"), ("en", "at 10:15"), ("en", "10:15")],
)
async def test_a_time_shows_what_is_on_then_and_what_follows(forum: Forum, language: str, typed: str) -> None:
    person, shown = await answered(forum, language, typed, "🕒", "10:15", "10:10–10:30", "10:30–10:50")
    assert fits(shown)
    await person.press("s:opening:", shown)
    await person.sees("🕒")


@pytest.mark.parametrize("hour", ["09:40", "10:12", "15:00"])
async def test_what_follows_a_time_has_its_own_time_whatever_the_clock_says(forum: Forum, hour: str) -> None:
    """ "In 15 minutes" would be counted from now by whoever reads it, and from the past for what is over."""
    await forum.at(at(forum, hour))
    _, shown = await answered(forum, "ru", "10:15", "🕒", "10:15")
    assert said("agenda.next", when="10:30") in shown.text


async def test_a_time_of_another_day_and_one_at_which_nothing_is_on(forum: Forum) -> None:
    person, shown = await answered(forum, "ru", "завтра в 3", "🕒", "27 ноября", "03:00")
    assert said("typed.nothing_then") in shown.text
    await person.send("завтра в 23")
    late = await person.sees("23:00", said("typed.nothing_then"))
    assert "⏭" not in late.text
    await person.press("d:20261127:0", late)
    await person.sees("📅", "27 ноября")


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        *(("kk", "Отырар залы қайда?"), ("ru", "где зал Отырар"), ("en", "Where is Otyrar?")),
        *(("ru", "где находится зал отрар"), ("en", "where is the otirar hall")),
    ],
)
async def test_where_a_room_is(forum: Forum, language: str, typed: str) -> None:
    person, shown = await answered(forum, language, typed, "📍")
    room = forum.programme.room("otyrar")
    assert room is not None
    for part in (room.name, room.hint, forum.programme.forum.address):
        assert part.say(language) in shown.text
    assert said("info.map", language) in shown.buttons
    await person.press("r:otyrar:0", shown)
    await person.sees(room.name.say(language))


@pytest.mark.parametrize(
    ("language", "typed"), [("kk", "форум қайда өтеді?"), ("ru", "адрес"), ("en", "where is the venue")]
)
async def test_where_the_forum_is(forum: Forum, language: str, typed: str) -> None:
    _, shown = await answered(forum, language, typed, forum.programme.forum.address.say(language))
    assert said("info.map", language) in shown.buttons


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        *(("kk", "wifi"), ("kk", "құпиясөз"), ("ru", "вай-фай"), ("ru", "вай фай"), ("ru", "Какой пароль от вайфая?")),
        *(("en", "Wi-Fi"), ("en", "internet password"), ("ru", "где пароль от интернета")),
    ],
)
async def test_pages_are_found(forum: Forum, language: str, typed: str) -> None:
    person, shown = await answered(forum, language, typed, "ℹ️", "Wi-Fi")
    await person.press("pg:wifi", shown)
    await person.sees("turkistan12")


@pytest.mark.parametrize(("language", "typed"), [("kk", "тамақ"), ("ru", "где обед?"), ("en", "when is lunch")])
async def test_what_means_the_same_is_found(forum: Forum, language: str, typed: str) -> None:
    _, shown = await answered(forum, language, typed, "🔍")
    assert any("s:lunch-1" in one["callback_data"] for row in shown.rows for one in row)


@pytest.mark.parametrize(("language", "typed"), [("kk", "чинкисбаева"), ("ru", "Чинкисбаеву"), ("en", "chinkisbaeva")])
async def test_a_speaker_shows_their_next_session(forum: Forum, language: str, typed: str) -> None:
    person, shown = await answered(forum, language, typed, "👤", "11:10–11:30", "📍")
    await person.press("p:chinkisbayeva:0", shown)
    await person.sees("11:10")


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        *(("kk", "вице-министір", "министр"), ("ru", "Чинкизбаева", "Чинкисбаева"), ("kk", "заңжоба", "Заң жоба")),
        *(("en", "turkstan", "Turkistan"), ("ru", "jnshfh", "Отырар"), ("ru", "концепцыя", "Концепци")),
    ],
)
async def test_mistakes_are_forgiven_and_said(forum: Forum, language: str, typed: str, meant: str) -> None:
    query, instead = typed, "…"
    before = said("typed.instead", language, query=query, instead=instead).split("…")[0]
    _, shown = await answered(forum, language, typed, before, meant)
    assert fits(shown)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        *(("🙂", "only_signs"), ("?!…", "only_signs"), ("🎉" * 2000, "only_signs")),
        *(("https://example.org/a?b=c", "only_link"), ("www.gov.kz", "only_link")),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_has_no_words_is_answered_with_the_next_step(
    forum: Forum, language: str, typed: str, key: str
) -> None:
    _, shown = await answered(forum, language, typed, said(f"typed.{key}", language))
    assert said("questions.ask", language) in shown.buttons


@pytest.mark.parametrize("typed", ["слово " * 682, "я" * 4096, "🙂 закон " * 450, "<b>&amp;</b> " * 300])
async def test_long_words_get_a_clear_answer(forum: Forum, typed: str) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.send(typed[:4096])
    assert fits(await person.sees(said("typed.ask_hint")))


async def test_words_of_two_languages_are_looked_for_together(forum: Forum) -> None:
    await answered(forum, "ru", "otyrar заң жобасы", "🔍")


@pytest.mark.parametrize(
    ("language", "typed", "begins"),
    [("kk", "12:00", "12:15"), ("ru", "12:00", "12:15"), ("en", "at 12 am", "09:00"), ("ru", "завтра в 9:35", "10:40")],
)
async def test_what_comes_next_is_said_with_its_time(forum: Forum, language: str, typed: str, begins: str) -> None:
    """Not in how many minutes: those would be counted from the time that was typed, and some of it is past."""
    await forum.at(at(forum, "09:15"))
    _, shown = await answered(forum, language, typed, "🕒")
    assert said("agenda.next", language, when=begins) in shown.text


async def test_nothing_of_a_guest_is_stored(forum: Forum) -> None:
    person, _ = await answered(forum, "ru", "Когда примут закон о волонтёрах?", said("typed.ask_hint"))
    for word in ("спасибо", "где Отырар", "12:15", "абракадабра"):
        await person.send(word)
    await forum.telegram.idle()
    assert tables(forum.folder)["conversations"] == []
    assert tables(forum.folder)["typed_messages"] == []


async def test_a_group_gets_no_answer_to_words(forum: Forum) -> None:
    person, organizer = await forum.delegate("Дина", "ru"), await forum.organizer()
    chat = await forum.telegram.group("Делегация", person, organizer)
    for text in ("спасибо", "сейчас", "где Отырар", "Когда примут закон?"):
        await person.send(text, chat=chat)
    await person.quiet(chat=chat)


class TestCongress:
    @pytest.fixture
    def programme(self) -> Programme:
        return congress(days=3, rooms=10, a_day=6)

    async def test_a_full_page_fits_a_phone(self, forum: Forum) -> None:
        person = await forum.delegate("Guest", "en")
        await person.send("how was democracy?")
        shown = await person.sees("Found: how", said("typed.ask_hint", "en"))
        assert fits(shown)
        await person.press("›", shown)
        second = await person.sees("Found: how", said("typed.ask_hint", "en"))
        assert second.id == shown.id
        await person.send("democracy")
        shown = await person.sees("Found: democracy")
        assert fits(shown)

    async def test_many_at_one_time_are_counted(self, forum: Forum) -> None:
        session = next(one for one in forum.programme.sessions if not one.is_break)
        person, shown = await answered(forum, "en", f"{session.start:%H:%M}", "🕒")
        assert fits(shown)
        await person.press(f"d:{session.day:%Y%m%d}:0", shown)
        await person.sees("📅")
