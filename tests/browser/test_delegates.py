"""A delegate on the page: registering, the agenda, a reminder, a language, a small screen."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.async_api import Browser, expect

from rehearse import CAST
from tests.browser.conftest import NewPerson
from tests.browser.hands import Hands
from tests.browser.stage import PHONE, SMALL_LAPTOP, Stage, Window, window

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

AIGERIM = next(one.id for one in CAST if one.first_name == "Айгерім")


def hour(moment: dt.datetime) -> str:
    return f"{moment:%H:%M}"


async def test_registers_in_kazakh_by_tapping(browser: Browser, stage: Stage) -> None:
    assert AIGERIM is not None
    async with window(browser, stage.url, SMALL_LAPTOP) as page:
        aigerim = Hands(page, AIGERIM)
        await expect(aigerim.root.locator(".welcome")).to_contain_text("Форум осы чатта")
        await aigerim.register()
        await aigerim.sees("✅", "Айгерім Сәрсенова")
        await expect(aigerim.keys().nth(1)).to_contain_text("Бағдарлама")
        # A form is one message that is edited: the chat holds /start, the last form and the welcome.
        await expect(aigerim.messages).to_have_count(3)
        # Long screens became short ones meanwhile: she still stands at the end.
        await expect(aigerim.root.locator(".pill")).to_be_hidden()


async def test_a_star_brings_a_reminder_when_the_clock_is_moved(page: Window, stage: Stage, person: NewPerson) -> None:
    session = next(one for one in stage.programme.sessions if not one.is_break and hour(one.start) > "10:15")
    delegate = await person("Эльмира")
    await delegate.register()
    await delegate.tap("📅")
    await delegate.press("d:", ":1")
    await delegate.press(f"s:{session.code}")
    await delegate.press(f"b:{session.code}:1")
    await expect(delegate.toast("10")).to_be_visible()
    await page.page.locator("[data-moment]", has_text=f"{hour(session.start)} − 10 min").click()
    reminder = await delegate.sees("⏰", session.title.say("ru"))
    await expect(reminder.locator("time")).to_have_text(hour(session.start - dt.timedelta(minutes=10)))
    await reminder.locator("[data-callback]").first.click()
    await expect(reminder.or_(delegate.messages.last)).to_contain_text("📍")
    await page.idle()


async def test_walking_through_the_agenda_edits_one_message(page: Window, person: NewPerson) -> None:
    delegate = await person("Emma", "en")
    await delegate.register()
    await delegate.tap("📅")
    before = await delegate.messages.count()
    for data in ("go:rooms", "r:", "go:now", "go:days", "s:", "d:"):
        await delegate.press(data)
    await expect(delegate.messages).to_have_count(before)
    await expect(delegate.messages.last).to_contain_text("edited")


async def test_another_language_changes_the_keyboard(page: Window, person: NewPerson) -> None:
    delegate = await person("Ержан", "kk")
    await delegate.register()
    await expect(delegate.keys().nth(1)).to_have_text("📅\u00a0Бағдарлама")
    await delegate.send("/settings")
    await delegate.press("sn:en")
    await expect(delegate.keys().nth(1)).to_have_text("📅\u00a0Agenda")
    await delegate.root.locator("[data-action=commands]").click()
    await expect(delegate.root.locator("[data-command=agenda]")).to_contain_text("Agenda")


async def test_one_phone_at_a_time_on_a_small_screen(
    browser: Browser, stage: Stage, page: Window, person: NewPerson
) -> None:
    delegate = await person("Гүлнәр", "kk")
    async with window(browser, stage.url, PHONE, language="kk") as small:
        await small.page.locator(f'[data-tab="{delegate.id}"]').click()
        await expect(small.page.locator(".phone:not([hidden])")).to_have_count(1)
        gulnar = Hands(small, delegate.id)
        await gulnar.register()
        assert await broken_words(gulnar) == []
        for screen in ("/now", "/agenda", "форум", "/ask", "/settings"):
            await gulnar.send(screen)
            assert await cut_off(gulnar) == [], screen
        width = await small.page.evaluate("document.documentElement.scrollWidth")
        assert width == PHONE[0]
        assert await small.unanswered() == 0
        assert small.faults == []


async def cut_off(hands: Hands) -> list[str]:
    """The labels that the page ends with an ellipsis, as a phone would: a thumb cannot know where they lead."""
    labels = hands.messages.last.locator(".inline .label")
    cut: list[str] = await labels.evaluate_all(
        "labels => labels.filter(one => one.scrollWidth > one.clientWidth).map(one => one.textContent)"
    )
    return cut


async def broken_words(hands: Hands) -> list[str]:
    """The words on the keys under the input field that are broken in two."""
    found: list[str] = await hands.keys().evaluate_all(
        """keys => keys.flatMap(key => {
            const text = document.createTreeWalker(key, NodeFilter.SHOW_TEXT).nextNode();
            return [...text.data.matchAll(/\\p{L}+/gu)].filter(word => {
                const range = document.createRange();
                range.setStart(text, word.index);
                range.setEnd(text, word.index + word[0].length);
                return range.getClientRects().length > 1;
            }).map(word => word[0]);
        })"""
    )
    return found
