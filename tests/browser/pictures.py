"""Makes the README's pictures again: python -m tests.browser.pictures"""

from __future__ import annotations

import asyncio
import tempfile

from playwright.async_api import Browser

from rehearse import CAST
from tests.browser.hands import Hands
from tests.browser.projector import projector, stand
from tests.browser.stage import LAPTOP, PHONE, ROOT, Stage, Window, chromium, rehearsal, window

IMAGES = ROOT / "docs/images"
AIGERIM, SERGEY, MARAT, DINARA = (one.id or 0 for one in CAST)


async def main() -> None:
    async with chromium() as browser, rehearsal() as stage:
        await laptop(browser, stage)
        await phone(browser, stage)
        await desk_group(browser, stage)
        await hall(browser)


async def laptop(browser: Browser, stage: Stage) -> None:
    """Everybody at once on a laptop: a reminder, a vote, a question to decide, an announcement and its report."""
    async with window(browser, stage.url, LAPTOP) as page:
        aigerim, sergey, marat, dinara = (Hands(page, one) for one in (AIGERIM, SERGEY, MARAT, DINARA))
        now = next(one for one in stage.programme.sessions if not one.is_break)
        soon = next(one for one in stage.programme.sessions if one.code == "opening")

        await aigerim.register("turkistan")
        await aigerim.follow(f"s_{now.code}")
        await aigerim.press(f"q:{now.code}")
        await aigerim.send("Кітапты ауыл кітапханаларына жеткізу жоспарда бар ма?")
        await marat.sees("№ 1", "Кітапты")
        await marat.press("kd:1:approve")
        await aigerim.follow(f"s_{soon.code}")
        await aigerim.press(f"b:{soon.code}:1")

        await sergey.register("astana")
        await sergey.follow(f"q_{now.code}")
        await sergey.send("Где можно получить книгу после презентации?")
        await marat.sees("№ 2", "Где можно")
        await sergey.follow(f"s_{now.code}")
        await sergey.press(f"f:{now.code}")
        await sergey.press("v:1:1")

        await dinara.send("/announce")
        await dinara.send("Buses to Keruen-Saray leave at 18:30 from the main entrance.")
        await dinara.press("ad:", ":confirm")
        await dinara.press("an:", ":send")
        await dinara.sees("📣", "4/4")

        moment = page.page.locator("[data-moment]", has_text=f"{soon.start:%H:%M} − 10 min")
        await moment.click()
        await aigerim.sees("⏰", soon.title.say("kk"))
        for one in (sergey, marat, dinara):
            await fold(one)
        await end_tour(page)
        await page.idle()
        await page.page.mouse.move(0, 0)
        await page.page.locator(".toast").first.wait_for(state="detached")
        await page.page.screenshot(path=IMAGES / "rehearsal.png")


async def fold(hands: Hands) -> None:
    """Fold the bot's keyboard, so that the chat is seen."""
    await hands.root.locator("[data-action=keyboard]").click()


async def end_tour(page: Window) -> None:
    await page.page.locator("[data-action=tour-end]").click()


async def phone(browser: Browser, stage: Stage) -> None:
    """A delegate's phone: a session's card."""
    async with window(browser, stage.url, PHONE, language="kk") as small:
        await small.page.locator(f'[data-tab="{AIGERIM}"]').click()
        aigerim = Hands(small, AIGERIM)
        await aigerim.press("s:")
        await fold(aigerim)
        await end_tour(small)
        await small.page.mouse.move(0, 0)
        await small.page.screenshot(path=IMAGES / "phone.png")


async def hall(browser: Browser) -> None:
    """The wall of a hall in the middle of a session."""
    with tempfile.TemporaryDirectory() as folder:
        async with stand(f"{folder}/forum.db") as wall:
            asked = (
                ("kk", "Айгерім Сәрсенова", "Ауыл кітапханаларына жаңа кітаптар қашан жеткізіледі?", 46),
                ("ru", "Сергей Ким", "Где будет опубликован отчёт о том, что стало с прошлогодними предложениями?", 38),
                ("en", "Dinara Akhmetova", "How can an NGO from a small town apply for next year's grants?", 31),
                ("kk", "", "Волонтёрлердің еңбек өтілі зейнетақыға есептеле ме?", 24),
                ("ru", "Марат Оспанов", "Планируется ли поддержка музеев в малых городах?", 12),
                ("kk", "Ләззат Құрманғалиева", "Жастар бағдарламаларына кім қатыса алады?", 9),
            )
            numbers = [await wall.ask(text, most, name=name, language=language) for language, name, text, most in asked]
            await wall.put_on_stage(numbers[0])
            async with projector(browser, f"{wall.url}?lang=kk") as screen:
                await screen.page.locator(".item").nth(2).wait_for()
                await screen.page.screenshot(path=IMAGES / "hall.png")


async def desk_group(browser: Browser, stage: Stage) -> None:
    """The moderators' group: a topic a session, a card a question, one of them taken."""
    soon = next(one for one in stage.programme.sessions if one.code == "opening")
    async with window(browser, stage.url, LAPTOP, language="ru-RU") as page:
        sergey, marat, dinara = (Hands(page, one) for one in (SERGEY, MARAT, DINARA))
        for one in (marat, dinara):
            await one.open_group()
        await dinara.press("gd:open")
        for words in ("Опубликуют ли итоги форума и где?", "Будет ли трансляция на языке жестов?"):
            await sergey.follow(f"q_{soon.code}")
            await sergey.send(words)
        for one in (marat, dinara):
            await one.open_group(f"{soon.start:%H:%M}")
        await marat.sees("Будет ли трансляция")
        await marat.press("gc:3:approve")
        await marat.press("gc:4:take")
        await dinara.sees("Марат Оспанов", "Будет ли трансляция")
        await page.page.locator(f'[data-tab="{AIGERIM}"]').click()
        await fold(sergey)
        await end_tour(page)
        await page.idle()
        await page.page.mouse.move(0, 0)
        await page.page.locator(".toast").first.wait_for(state="detached")
        await page.page.screenshot(path=IMAGES / "desk-group.png")


if __name__ == "__main__":
    asyncio.run(main())
