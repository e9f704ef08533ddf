"""A moderator and an organizer on the page, and what delegates see of their work."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from rehearse import MODERATOR_ID, ORGANIZER_ID, TOKEN
from tests.browser.conftest import NewPerson
from tests.browser.hands import Hands
from tests.browser.stage import Window

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def ask(delegate: Hands, text: str) -> tuple[int, str]:
    """Register, ask what is on now or the first session of the first day; the question's number, the session."""
    await delegate.register()
    await delegate.tap("✋")
    form, days = delegate.button("go:ask"), delegate.button("qd:")
    await form.or_(days).last.wait_for()
    if await form.count():
        await delegate.press("go:ask")  # away from the form of what is on
    await delegate.press("qd:")
    await delegate.press("q:")
    await delegate.send(text)
    receipt = await delegate.sees("🧾", text)
    number = re.search(r"(?:№\s?|#)(\d+)", await receipt.inner_text())
    another = await receipt.locator("[data-callback^='q:']").get_attribute("data-callback")
    assert number is not None
    assert another is not None
    return int(number.group(1)), another.removeprefix("q:")


async def test_an_approved_question_is_voted_for(page: Window, person: NewPerson) -> None:
    moderator, author, other = Hands(page, MODERATOR_ID), await person("Ләззат", "kk"), await person("Олег")
    number, session = await ask(author, "Грант алуға кім өтініш бере алады?")
    await moderator.sees("Грант алуға кім өтініш бере алады?", "Ләззат")
    await moderator.press(f"kd:{number}:approve")
    card = await moderator.sees("Грант алуға кім өтініш бере алады?", "одобрен")
    await expect(card.locator(f"[data-callback^='kd:{number}:approve']")).to_have_count(0)
    await author.sees("Грант алуға кім өтініш бере алады?", "✅")

    await other.register()
    await other.follow(f"s_{session}")
    await other.press("f:")
    await other.press(f"v:{number}:1")
    await other.sees("Грант алуға кім өтініш бере алады?", "👍 1 ✓")
    await other.press(f"v:{number}:0")
    await other.sees("Грант алуға кім өтініш бере алады?", "👍 0")


async def test_a_declined_question_comes_back_with_its_reason(page: Window, person: NewPerson) -> None:
    moderator, author = Hands(page, MODERATOR_ID), await person("Bolat", "en")
    number, _ = await ask(author, "When is lunch, and is it any good?")
    await moderator.press(f"kd:{number}:decline")
    await moderator.press(f"kr:{number}:offtopic")
    await moderator.sees("When is lunch", "отклонён", "Не об этой сессии")
    await author.sees(f"#{number}", "declined", "Reason: Not about this session")


async def test_an_announcement_is_seen_before_it_is_sent_and_reported_after(page: Window, person: NewPerson) -> None:
    organizer, delegate, gone = Hands(page, ORGANIZER_ID), await person("Сауле"), await person("Тимур")
    await delegate.register()
    await gone.register()
    await gone.switch_block()
    await expect(gone.root.locator("[data-action=unblock]")).to_be_visible()
    await organizer.tap("📣")
    await organizer.send("The bus leaves at 18:30")
    # As it will be seen, and where it is decided about.
    await expect(organizer.root.locator(".message.in", has_text="The bus leaves at 18:30")).to_have_count(2)
    await expect(delegate.shown("The bus leaves at 18:30")).to_have_count(0)
    await organizer.press("ad:", ":confirm")
    await organizer.sees("?")
    recipients = re.search(r"\d+", await organizer.messages.last.inner_text())
    assert recipients is not None
    await organizer.press("an:", ":send")
    await delegate.sees("The bus leaves at 18:30")
    await organizer.sees("📣", f"Delivered: {recipients.group()}", "Blocked the bot: 0")
    await expect(gone.shown("The bus leaves at 18:30")).to_have_count(0)


async def test_a_429_delays_and_whoever_blocks_meanwhile_is_counted(page: Window, person: NewPerson) -> None:
    organizer, delegate, gone = Hands(page, ORGANIZER_ID), await person("Жанна"), await person("Нурлан")
    await delegate.register()
    await gone.register()
    await organizer.tap("📣")
    await organizer.send("Lunch is served")
    await organizer.press("ad:", ":confirm")
    await page.page.locator("[name=retry_after]").fill("1")
    flood = page.page.locator("[data-action=flood]")
    await flood.click()
    await expect(flood).to_have_attribute("aria-checked", "true")
    await organizer.see(organizer.button("an:", ":send"))
    await organizer.button("an:", ":send").click()
    # The log of calls says that Telegram refused.
    await expect(page.page.locator("[data-action=log] .badge")).to_be_visible()
    await gone.root.locator("[data-action=block]").click()
    await expect(gone.root.locator("[data-action=unblock]")).to_be_visible()
    await expect(delegate.shown("Lunch is served")).to_have_count(0)
    await flood.click()
    await delegate.sees("Lunch is served")
    await organizer.sees("📣", "Blocked the bot: 1")
    await page.idle()
    await expect(delegate.messages.filter(has_text="Lunch is served")).to_have_count(1)


async def test_edits_and_deletions_are_live(page: Window, person: NewPerson) -> None:
    delegate = await person("Асель")
    await delegate.register()
    await delegate.send("первое слово")
    own = delegate.root.locator(".message.out", has_text="первое слово")
    await own.hover()
    await own.locator(".actions").click()
    await delegate.root.locator(".menu [data-action=edit]").click()
    await delegate.send("второе слово")
    await expect(delegate.messages.filter(has_text="edited").filter(has_text="второе слово")).to_have_count(1)

    api, bot = page.page.request, f"{page.url}/bot{TOKEN}"
    sent = await (await api.post(f"{bot}/sendMessage", data={"chat_id": delegate.id, "text": "Ошибка"})).json()
    message = await delegate.sees("Ошибка")
    await api.post(f"{bot}/deleteMessage", data={"chat_id": delegate.id, "message_id": sent["result"]["message_id"]})
    await expect(message).to_have_count(0)
