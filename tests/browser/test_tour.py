"""The rehearsal's first minute: what is on when it opens, the guided tour, what folds, what a reload leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Route, expect

from rehearse import DELEGATE_ID, MODERATOR_ID, ORGANIZER_ID
from tests.browser.hands import Hands
from tests.browser.stage import PHONE, PROGRAMME, Stage, Window, rehearsal, window

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def first_minute(browser: Browser) -> AsyncIterator[Stage]:
    """A rehearsal of its own: the tour registers a person whom other tests expect to be new."""
    async with rehearsal("--programme", str(PROGRAMME)) as opened:
        yield opened


class Tour:
    """The strip that leads through the tour."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.strip = window.page.locator("#tour")

    async def says(self, step: str, *texts: str) -> None:
        await expect(self.strip.locator("b")).to_contain_text(step)
        for text in texts:
            await expect(self.strip.locator("p")).to_contain_text(text)

    def button(self, action: str) -> Locator:
        return self.strip.locator(f"[data-action={action}]")

    async def show_phone(self, person: int) -> None:
        """It means a phone that is not in sight, and brings it."""
        await self.button("tour-phone").click()
        await expect(self.window.page.locator(f'.phone.meant[data-person="{person}"]')).to_be_visible()
        await expect(self.button("tour-phone")).to_have_count(0)

    async def covers_nothing(self) -> None:
        """The strip lies beside the phones and the bar, not over them."""
        over = await self.strip.evaluate(
            """(strip) => {
              const box = strip.getBoundingClientRect();
              return [...document.querySelectorAll("button, textarea, input, select")].filter((one) => {
                if (strip.contains(one)) return false;
                const { left, right, top, bottom } = one.getBoundingClientRect();
                const within = one.closest(".scroller") ? false : bottom > box.top + 1 && top < box.bottom - 1;
                return within && right > left && right > box.left && left < box.right;
              }).length;
            }"""
        )
        assert over == 0


async def test_five_steps_are_done_by_oneself_on_a_phone(browser: Browser, first_minute: Stage) -> None:
    async with window(browser, first_minute.url, PHONE, language="ru-RU") as small:
        page, tour = small.page, Tour(small)
        delegate, moderator, organizer = (Hands(small, one) for one in (DELEGATE_ID, MODERATOR_ID, ORGANIZER_ID))

        # Something is on, whatever the real hour is: the first session that takes questions began five minutes ago.
        start = next(one for one in first_minute.programme.sessions if not one.is_break).start
        await expect(page.locator("[data-action=director] b")).to_have_text(f"{start + dt.timedelta(minutes=5):%H:%M}")

        await tour.says("1/5", "Айгерім Сәрсенова", "СТАРТ")
        await tour.covers_nothing()
        await delegate.register()
        await tour.says("1/5", "✋")
        await page.reload()  # how far it is, is kept
        await tour.says("1/5", "✋")
        await delegate.tap("✋")
        await delegate.button("q").wait_for()
        if not await delegate.button("qa:").count():  # of several sessions one is chosen
            await delegate.press("q:")
        await delegate.send("Кітапты ауыл кітапханаларына жеткізу жоспарда бар ма?")

        await tour.says("2/5", "Марат Оспанов", "✅")
        await tour.show_phone(MODERATOR_ID)
        # A tap that the bot refuses is no approval. What it says closes by Esc, and by a tap beside it.
        for close in ("Escape", "beside"):
            refused = {"person": MODERATOR_ID, "message_id": 1, "data": "kd:999:approve:-"}
            assert (await page.request.post(f"{small.url}/api/press", data=refused)).ok
            said = moderator.root.locator("[data-alert]")
            await expect(said).to_be_visible()
            if close == "Escape":
                await page.keyboard.press("Escape")
            else:
                await said.click(position={"x": 5, "y": 5})
            await expect(said).to_have_count(0)
            await tour.says("2/5")
        await moderator.press("kd:", ":approve:-")

        await tour.says("3/5", "Айгерім Сәрсенова", "⭐")
        await tour.show_phone(DELEGATE_ID)
        await delegate.tap("📅")
        await delegate.press("s:opening")
        await delegate.press("b:opening:1")
        await tour.says("3/5", "⏰")
        await expect(page.locator("#time")).to_be_hidden()
        await tour.button("tour-clock").click()
        await page.locator("[data-moment]", has_text="10:10 − 10 мин").click()
        await tour.says("4/5", "Dinara Akhmetova", "/announce")
        await tour.covers_nothing()
        await page.locator("[data-action=director]").click()

        await tour.show_phone(ORGANIZER_ID)
        await organizer.root.locator("[data-action=commands]").click()
        await organizer.root.locator("[data-command=announce]").click()
        await organizer.sees("📣")
        await organizer.send("The bus leaves at 18:30")
        await tour.says("4/5", "📣")
        await organizer.press("ad:", ":confirm")
        await organizer.press("an:", ":send")

        await tour.says("5/5", "✏️")
        await organizer.send("/agenda")
        for data in ("s:opening", "pes:", "pes:opening:time"):
            await organizer.press(data)
        await tour.says("5/5", "✅")
        for data in ("peh:opening:o:10", "ppa:", "ppy:"):
            await organizer.press(data)
        await tour.says("5/5", "↩️")
        await organizer.press("ppu:")
        await tour.says("Знакомство", "закончено")
        await tour.button("tour-end").click()
        await expect(tour.strip).to_be_hidden()
        assert await page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
        assert small.faults == []


async def test_the_tour_can_be_skipped_ended_and_begun_again_in_each_language(
    browser: Browser, first_minute: Stage
) -> None:
    async with window(browser, first_minute.url) as opened:
        page, tour = opened.page, Tour(opened)
        await tour.says("1/5", "Айгерім")
        for language, word in (("kk", "Аттап"), ("ru", "Пропустить"), ("en", "Skip")):
            await page.locator("[name=words]").select_option(language)
            await expect(tour.button("tour-skip")).to_contain_text(word)
            await tour.covers_nothing()
        for step in ("2/5", "3/5", "4/5", "5/5"):
            await tour.button("tour-skip").click()
            await tour.says(step)
        await tour.button("tour-skip").click()
        await tour.says("Tour")
        await tour.button("tour-again").click()
        await tour.says("1/5")
        await tour.button("tour-skip").click()
        await tour.button("tour-end").click()
        await expect(tour.strip).to_be_hidden()
        await page.reload()
        await expect(page.locator("[data-action=tour]")).to_be_visible()
        await expect(tour.strip).to_be_hidden()
        await page.locator("[data-action=tour]").focus()
        await page.keyboard.press("Enter")
        await tour.says("1/5")
        assert opened.faults == []


async def test_another_rehearsal_has_a_tour_of_its_own_or_says_why_not(browser: Browser, first_minute: Stage) -> None:
    async with window(browser, first_minute.url) as opened:
        page, tour = opened.page, Tour(opened)
        answer: dict[str, Any] = {}

        async def state(route: Route) -> None:
            real = await (await route.fetch()).json()
            await route.fulfill(json={**real, **answer})

        await page.route("**/api/state", state)
        await tour.says("1/5")
        await tour.button("tour-skip").click()
        await page.reload()
        await tour.says("2/5")
        answer["world"] = "another"
        await page.reload()
        await tour.says("1/5")
        answer.update(world="empty", tour={"steps": [], "instead": {"en": "Nothing to ask about"}})
        await page.reload()
        await tour.says("Tour", "Nothing to ask about")
        await expect(tour.button("tour-skip")).to_have_count(0)
        await tour.button("tour-end").click()
        await expect(tour.strip).to_be_hidden()
        answer.update(world="no tour", tour=None)
        await page.reload()
        await page.locator(".phone:not([hidden])").first.wait_for()
        await expect(page.locator("[data-action=tour]")).to_be_hidden()
        await page.unroute_all(behavior="wait")
        assert opened.faults == []


async def test_the_directors_controls_fold_and_remember(browser: Browser, first_minute: Stage) -> None:
    async with window(browser, first_minute.url, PHONE) as small:
        page = small.page
        fold = page.locator("[data-action=director]")
        folded = page.locator("#time, #weather, [data-action=add]")
        await expect(fold).to_have_attribute("aria-expanded", "false")
        assert [await one.is_visible() for one in await folded.all()] == [False] * 3
        await fold.focus()
        await page.keyboard.press("Enter")
        assert [await one.is_visible() for one in await folded.all()] == [True] * 3
        await page.keyboard.press("Tab")
        await expect(page.locator("#people :focus, #weather :focus, #time :focus")).to_have_count(1)
        await page.reload()
        await expect(page.locator("#time")).to_be_visible()
        await page.set_viewport_size({"width": 1440, "height": 900})
        await fold.click()
        await expect(page.locator("#time")).to_be_hidden()
        await page.reload()
        await expect(fold).to_have_attribute("aria-expanded", "false")


async def test_unsent_text_is_kept_for_each_person_and_chat(browser: Browser, first_minute: Stage) -> None:
    async with window(browser, first_minute.url) as opened:
        page = opened.page
        moderator, organizer = Hands(opened, MODERATOR_ID), Hands(opened, ORGANIZER_ID)
        fields = [one.root.locator("[name=text]") for one in (moderator, organizer)]
        await fields[0].fill("Спросить про автобусы")
        await fields[1].fill("Lunch is\nat one")
        await organizer.open_group()
        await expect(fields[1]).to_have_value("")
        await fields[1].fill("In the group")
        await page.reload()
        await expect(fields[0]).to_have_value("Спросить про автобусы")
        await expect(fields[1]).to_have_value("Lunch is\nat one")
        await organizer.open_group()
        await expect(fields[1]).to_have_value("In the group")
        await page.locator("[name=words]").select_option("kk")
        await expect(fields[0]).to_have_value("Спросить про автобусы")
        await expect(fields[1]).to_have_value("In the group")  # the open chat stays open

        # A command from the list leaves it; what was sent is gone.
        await moderator.root.locator("[data-action=commands]").click()
        await moderator.root.locator("[data-command=help]").click()
        await expect(fields[0]).to_have_value("Спросить про автобусы")
        await moderator.send("форум")
        await page.reload()
        await expect(fields[0]).to_have_value("")

        # What was begun before an edit comes back after it.
        await fields[0].fill("begun")
        own = moderator.root.locator(".message.out", has_text="форум").last
        await own.hover()
        await own.locator(".actions").click()
        await moderator.root.locator(".menu [data-action=edit]").click()
        await expect(fields[0]).to_have_value("форум")
        await fields[0].press("Escape")
        await expect(fields[0]).to_have_value("begun")


async def test_what_lies_open_closes_by_escape_and_by_a_press_elsewhere(browser: Browser, first_minute: Stage) -> None:
    async with window(browser, first_minute.url) as opened:
        page = opened.page
        moderator, organizer = Hands(opened, MODERATOR_ID), Hands(opened, ORGANIZER_ID)
        for button, shown in (
            (moderator.root.locator("[data-action=commands]"), moderator.root.locator(".commands")),
            (moderator.root.locator("[data-action=attach]"), page.locator(".menu")),
            (moderator.root.locator("[data-action=menu]"), page.locator(".menu")),
            (page.locator("[data-action=add]"), page.locator(".menu")),
        ):
            await button.click()
            await expect(shown).to_be_visible()
            await expect(button).to_have_attribute("aria-expanded", "true")
            await page.keyboard.press("Escape")
            await expect(shown).to_be_hidden()
            await button.click()
            await expect(shown).to_be_visible()
            await organizer.root.locator(".history").click()  # on another phone
            await expect(shown).to_be_hidden()
            await expect(button).to_have_attribute("aria-expanded", "false")

        # A form closes so, too, but not when a selection of its text ends beside it.
        form = page.get_by_role("dialog")
        for close in ("Escape", "beside"):
            await page.locator("[data-action=add]").click()
            await page.locator(".menu [data-action=add-person]").click()
            field = form.locator("[name=first_name]")
            await field.fill("Ерлан")
            box = await field.bounding_box()
            assert box is not None
            await page.mouse.move(box["x"] + 40, box["y"] + 10)
            await page.mouse.down()
            await page.mouse.move(5, 5)
            await page.mouse.up()
            await expect(field).to_have_value("Ерлан")
            if close == "Escape":
                await page.keyboard.press("Escape")
            else:
                await page.mouse.click(5, 5)
            await expect(form).to_have_count(0)


async def test_seven_people_have_a_phone_each(browser: Browser, first_minute: Stage) -> None:
    async with window(browser, first_minute.url, PHONE) as small:
        page = small.page
        for name in ("Бауыржан", "Гүлнәр", "Christopher"):
            about = {"first_name": name, "last_name": "Featherstonehaugh", "language_code": "kk", "role": "delegate"}
            assert (await page.request.post(f"{small.url}/api/people", data=about)).ok
        await expect(page.locator("[data-tab]")).to_have_count(7)
        last = page.locator("[data-tab]").last
        await last.click()
        await expect(page.locator(".phone:not([hidden])")).to_have_count(1)
        await expect(last).to_be_in_viewport(ratio=0.9)
        await page.reload()
        await expect(last).to_have_attribute("aria-pressed", "true")
        await expect(last).to_be_in_viewport(ratio=0.9)
        for width, height in ((1440, 900), (1920, 1080)):
            await page.set_viewport_size({"width": width, "height": height})
            await expect(page.locator(".phone:not([hidden])")).to_have_count(7)
            widths = await page.locator(".phone").evaluate_all("all => all.map(one => one.offsetWidth)")
            assert min(widths) >= 300
            phone = page.locator(".phone").last
            await last.click()  # out of sight: it is brought, not hidden
            await expect(phone).to_be_in_viewport(ratio=0.99)
            first = page.locator("[data-tab]").first
            await first.click()
            await expect(page.locator(".phone").first).to_be_in_viewport(ratio=0.99)
        assert small.faults == []
