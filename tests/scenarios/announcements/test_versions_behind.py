"""An announcement changed in one language says which of its versions were not, and offers to go on to them."""

from __future__ import annotations

import pytest

from tests.conftest import Forum
from tests.scenarios.announcements.announcing import draft, second_organizer
from tests.scenarios.steps import said
from tests.telegram import Message, Person

pytestmark = pytest.mark.usefixtures("quick_reports")

LANGUAGES = ("kk", "ru", "en")
NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
BEHIND = {one: said("announcements.behind", one, languages="") for one in LANGUAGES}
LUNCH = {"kk": "Түскі ас", "ru": "Обед", "en": "Lunch"}


async def written(organizer: Person, *languages: str) -> None:
    """A draft with a version in each of these."""
    await draft(organizer, LUNCH[languages[0]])
    await organizer.press("av:1::open")
    await organizer.press(f"av:1:{languages[0]}:name")
    for language in languages[1:]:
        await write(organizer, language, LUNCH[language])
    await organizer.look_away()


async def write(organizer: Person, language: str, text: str) -> Message:
    """A version of the draft; its screen."""
    await organizer.press_data(f"av:1:{language}:write", (await organizer.last()).id)
    await organizer.look_away()
    await organizer.send(text)
    return await organizer.sees("📣", "№1", "✍️")


async def send_out(organizer: Person, people: int) -> None:
    await organizer.press_data("ad:1:confirm", (await organizer.last()).id)
    await organizer.press("an:1:send")
    await organizer.sees(f"{people}/{people}")
    await organizer.look_away()


async def correct(organizer: Person, language: str, text: str) -> None:
    await organizer.press_data(f"av:1:{language}:correct", (await organizer.last()).id)
    await organizer.send(text)
    await organizer.press("az:1:", await organizer.sees(text, said("announcements.will_say")))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_after_a_correction_each_other_version_is_named_until_it_is_corrected_too(
    forum: Forum, language: str
) -> None:
    organizer = await forum.organizer(language)
    await forum.delegate()
    await written(organizer, *LANGUAGES)
    await send_out(organizer, 2)
    await organizer.press_data("av:1:ru:correct", (await organizer.last()).id)
    await organizer.send("Обед в 14:00")
    await organizer.sees(said("announcements.others_stay", language, languages="Қазақша, English"))
    await organizer.press("az:1:")
    report = await organizer.sees(said("announcements.behind", language, languages="Қазақша, English"))
    assert said("languages.correct_kk", language) in report.buttons
    await organizer.press("al:0")
    listed = await organizer.sees(said("announcements.title", language))
    assert any("⚠️" in label and "№1" in label for label in listed.buttons)
    await organizer.press("ad:1:open")
    await organizer.press(said("languages.correct_kk", language))
    await organizer.send("Түскі ас 14:00")
    await organizer.press("az:1:")
    await organizer.sees(said("announcements.behind", language, languages="English"))
    await organizer.press(said("announcements.right_as_they_are", language))
    await organizer.press(said("announcements.right_yes", language))
    report = await organizer.last()
    assert BEHIND[language] not in report.text
    assert said("languages.correct_en", language) not in report.buttons
    await organizer.press("al:0")
    assert not any("⚠️" in label for label in (await organizer.last()).buttons)


async def test_a_version_that_stands_in_for_readers_of_others_counts_for_them(forum: Forum) -> None:
    organizer = await forum.organizer()
    await written(organizer, "kk", "ru")
    await send_out(organizer, 1)
    await correct(organizer, "kk", "Түскі ас 14:00")
    await organizer.sees(said("announcements.behind", languages="Русский (+ English)"))


async def test_a_draft_changed_in_one_language_says_so_up_to_its_sending(forum: Forum) -> None:
    organizer = await forum.organizer()
    await written(organizer, *LANGUAGES)
    assert BEHIND["ru"] not in (await organizer.last()).text
    desk = await write(organizer, "ru", "Обед в 14:00")
    assert said("announcements.behind", languages="Қазақша, English") in desk.text
    await organizer.press("ad:1:confirm", desk)
    await organizer.sees(said("announcements.behind", languages="Қазақша, English"))
    await organizer.press("ad:1:open")
    await organizer.press(f"⚠️ {NAMES['en']}")
    await organizer.send("Lunch at 14:00")
    await organizer.sees(said("announcements.behind", languages="Қазақша"))
    await organizer.press("av:1::open")
    await organizer.press("ah:1:version:kk")
    await organizer.press("av:1:kk:drop")
    await organizer.press("ad:1:open")
    assert BEHIND["ru"] not in (await organizer.last()).text


async def test_the_message_of_one_version_is_edited_and_the_others_are_named(forum: Forum) -> None:
    organizer = await forum.organizer()
    await written(organizer, "kk", "ru")
    await organizer.press_data("av:1:ru:write", (await organizer.last()).id)
    message = await organizer.send("Обед")
    await organizer.look_away()
    await organizer.edit(message, "Обед в 14:00")
    await organizer.sees(said("announcements.behind", languages="Қазақша"))


async def test_a_version_for_all_beside_others_is_gone_on_to(forum: Forum) -> None:
    organizer = await forum.organizer()
    await draft(organizer, "Обед")
    await write(organizer, "kk", "Түскі ас")
    desk = await write(organizer, "kk", "Түскі ас 14:00")
    assert said("announcements.behind", languages=said("announcements.for_all")) in desk.text
    await organizer.press(f"⚠️ {said('card.for_all')}", desk)
    await organizer.send("Обед в 14:00")
    desk = await organizer.sees("📣", "№1", "Обед в 14:00")
    assert BEHIND["ru"] not in desk.text


async def test_what_is_put_forward_says_it_and_sent_back_it_says_it_no_more(approving: None, forum: Forum) -> None:
    author = await forum.organizer()
    second = await second_organizer(forum, author)
    await written(author, *LANGUAGES)
    await author.press_data("ad:1:confirm", (await author.last()).id)
    await author.press("an:1:send")
    await second.press(said("announcements.approve"))
    await author.sees(said("announcements.over", number=1))
    await correct(author, "ru", "Обед в полночь")
    shown = await author.last()
    assert said("announcements.others_stay", languages="Қазақша, English") in shown.text
    assert said("languages.correct_kk") in shown.buttons
    await author.press("ad:1:open", shown)
    report = await author.last()
    assert said("announcements.behind", languages="Қазақша, English") in report.text
    asked = await second.sees("Обед в полночь")
    # One goes on to another version and comes back to the first.
    await author.press(f"✏️ {NAMES['kk']}", report)
    await author.press("ad:1:open")
    await author.press(f"⏳ {NAMES['ru']}")
    await author.sees("Обед в полночь")
    await second.press("at:1:", asked)
    await author.press("ad:1:open")
    assert BEHIND["ru"] not in (await author.last()).text
    assert (await author.press_data("ag:1:ru", (await author.last()).id)).text == said("announcements.not_now")


async def test_agreed_to_it_is_the_others_that_are_behind(approving: None, forum: Forum) -> None:
    author = await forum.organizer()
    second = await second_organizer(forum, author)
    await written(author, "kk", "ru")
    await author.press_data("ad:1:confirm", (await author.last()).id)
    await author.press("an:1:send")
    await second.press(said("announcements.approve"))
    await author.sees(said("announcements.over", number=1))
    for language, words in (("ru", "Обед в 14:00"), ("kk", "Түскі ас 14:00")):
        await second.look_away()
        await correct(author, language, words)
        await second.press("az:1:", await second.sees(words))
    await forum.telegram.idle()
    await author.press_data("ad:1:open", (await author.last()).id)
    assert BEHIND["ru"] not in (await author.last()).text
