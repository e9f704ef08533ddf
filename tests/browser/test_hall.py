"""The hall's screen in a real browser: what is read from the last row, and what happens to it on a bad connection."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
import segno
from playwright.async_api import Browser, expect

from bot.texts import LANGUAGES
from bot.web import live
from rehearse import MODERATOR_ID
from storage import hall_keys
from tests.browser.conftest import NewPerson
from tests.browser.hands import Hands
from tests.browser.projector import SIZES, Stand, projector, stand
from tests.browser.stage import Stage, Window
from tests.browser.test_staff import ask
from tests.scenarios.steps import said

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

# Five hundred characters, the most that a question has: short words, and words no line can break.
LONG = ("Ауыл мен қаланың арасындағы айырмашылық азаюы үшін не істеліп жатыр, нақты мерзімдері қандай? " * 6)[:500]
WIDE = ("Қоғамдастырылмағандықтарыңыздан " * 16)[:500]
UPDATES = 1000
KEY = "k" * 22


@pytest_asyncio.fixture(loop_scope="session")
async def hall(tmp_path: Path) -> AsyncIterator[Stand]:
    async with stand(str(tmp_path / "forum.db")) as opened:
        yield opened


async def test_a_vote_on_the_phone_moves_a_question_on_the_screen(
    browser: Browser, stage: Stage, page: Window, person: NewPerson
) -> None:
    """The whole way, in the running bot: asked, approved, voted for, on the wall."""
    moderator, author, other = Hands(page, MODERATOR_ID), await person("Ләззат", "kk"), await person("Олег")
    first, session = await ask(author, "Бірінші сұрақ қашан оқылады?")
    await moderator.sees("Бірінші сұрақ")
    await moderator.press(f"kd:{first}:approve")
    await author.press(f"q:{session}")
    await author.send("Екінші сұрақтың кезегі қашан?")
    await moderator.sees("Екінші сұрақтың")
    await moderator.press(f"kd:{first + 1}:approve")
    async with projector(browser, f"{stage.hall}/{session}") as screen:
        shown = screen.page.locator(".item")
        await expect(shown.filter(has_text="Екінші сұрақтың")).to_have_count(1)
        before = await screen.listed()
        await other.register()
        await other.follow(f"s_{session}")
        await other.press("f:")
        await other.press(f"v:{first + 1}:1")
        await expect(screen.page.locator(".at0")).to_contain_text("Екінші сұрақтың")
        await expect(screen.page.locator(".at0 .votes")).to_have_text("1")
        assert before[0] != (await screen.listed())[0] == "1 Екінші сұрақтың кезегі қашан?"
        assert screen.faults == []


async def test_the_order_follows_the_votes_and_nobody_jumps(browser: Browser, hall: Stand) -> None:
    """With motion allowed the one that rises is seen to move, and is the same element all the way."""
    first, second = await hall.ask("Бірінші сұрақ", 1), await hall.ask("Екінші сұрақ")
    async with projector(browser, hall.url, still=False) as screen:
        rising = screen.page.locator(f'[data-number="{second}"]')
        await expect(rising).to_have_class("item at1")
        await rising.evaluate("element => { element.witness = true; }")
        await hall.vote(second)
        await hall.vote(second)
        await expect(rising).to_have_class("item at0")
        await expect(screen.page.locator(f'[data-number="{first}"]')).to_have_class("item at1")
        assert await rising.evaluate("element => element.witness")
        # The place is reached in a calm move, not at once.
        duration = await rising.evaluate("element => getComputedStyle(element).transitionDuration")
        assert duration == "0.6s"
        assert screen.faults == []


async def test_what_is_put_on_stage_is_on_the_screen(browser: Browser, hall: Stand) -> None:
    first, second = await hall.ask("Бірінші сұрақ", 2), await hall.ask("Екінші сұрақ", 1)
    async with projector(browser, f"{hall.url}?lang=kk") as screen:
        await expect(screen.page.locator(".item")).to_have_count(2)
        await hall.put_on_stage(second)
        await expect(screen.page.locator("#question")).to_have_text("Екінші сұрақ")
        await expect(screen.page.locator("#question")).to_be_visible()
        await expect(screen.page.locator("#author")).to_have_text("Айгерім Сәрсенова · Түркістан облысы")
        await expect(screen.page.locator("#for")).to_have_text("1")
        assert await screen.listed() == ["2 Бірінші сұрақ"]
        await hall.put_on_stage(first)
        await expect(screen.page.locator("#question")).to_have_text("Бірінші сұрақ")
        assert screen.faults == []


async def test_a_cut_network_keeps_the_last_state_and_mends_alone(browser: Browser, hall: Stand) -> None:
    number = await hall.ask("Бірінші сұрақ", 1)
    async with projector(browser, hall.url) as screen:
        votes, sign = screen.page.locator(".votes"), screen.page.locator("#lost")
        await expect(votes).to_have_text("1")
        await expect(sign).to_be_hidden()
        await hall.line.cut()
        await expect(sign).to_be_visible()
        await hall.vote(number)
        await expect(votes).to_have_text("1")
        await hall.line.restore()
        await expect(votes).to_have_text("2")
        await expect(sign).to_be_hidden()
        await hall.vote(number)
        await expect(votes).to_have_text("3")
        # The browser itself notes in its console that it lost the line; the page says nothing.
        assert [fault for fault in screen.faults if "ERR_" not in fault] == []


async def test_a_line_that_dies_without_a_word_is_noticed(browser: Browser, hall: Stand) -> None:
    """As after a long sleep: no error comes, only silence. The page's own clock is moved."""
    await hall.ask("Бірінші сұрақ", 1)
    async with projector(browser, "about:blank") as screen:
        await screen.page.clock.install()
        asked: list[str] = []
        screen.page.on("request", lambda request: asked.append(request.url))
        await screen.page.goto(hall.url)
        await expect(screen.page.locator(".votes")).to_have_text("1")
        lines = len([url for url in asked if url.endswith("/events")])
        await screen.page.clock.fast_forward(60_000)
        await screen.page.clock.run_for(5_000)
        await expect(screen.page.locator("#lost")).to_be_hidden()
        assert len([url for url in asked if url.endswith("/events")]) > lines


async def test_a_browser_without_event_source_asks_instead(browser: Browser, hall: Stand) -> None:
    number = await hall.ask("Бірінші сұрақ", 1)
    async with projector(browser, "about:blank") as screen:
        await screen.page.add_init_script("delete window.EventSource")
        await screen.page.goto(hall.url)
        await expect(screen.page.locator(".votes")).to_have_text("1")
        await hall.vote(number)
        await expect(screen.page.locator(".votes")).to_have_text("2")
        await hall.line.cut()
        await expect(screen.page.locator("#lost")).to_be_visible()
        await hall.vote(number)
        await hall.line.restore()
        await expect(screen.page.locator(".votes")).to_have_text("3")
        await expect(screen.page.locator("#lost")).to_be_hidden()


async def test_a_screen_made_private_shows_no_more_but_to_its_link(browser: Browser, hall: Stand) -> None:
    await hall.ask("Бірінші сұрақ", 1)
    async with projector(browser, hall.url) as screen, projector(browser, f"{hall.url}?lang=ru") as other:
        await expect(screen.page.locator(".item")).to_have_count(1)
        await hall.db.write(hall_keys.lock, hall.session.code, KEY, 1, hall.clock.seconds())
        for one in (screen, other):
            await expect(one.page.locator("p")).to_have_count(len(LANGUAGES))
            await expect(one.page.locator("body")).not_to_contain_text("Бірінші сұрақ")
    async with projector(browser, f"{hall.url}?key={KEY}") as screen:
        await expect(screen.page.locator(".votes")).to_have_text("1")
        number = await hall.ask("Екінші сұрақ", 2)
        await expect(screen.page.locator(".at0")).to_have_attribute("data-number", str(number))


async def test_the_languages_take_turns_and_nothing_moves(browser: Browser, hall: Stand) -> None:
    await hall.put_on_stage(await hall.ask("Бірінші сұрақ", 1))
    await hall.ask("Екінші сұрақ")
    async with projector(browser, "about:blank") as screen:
        page = screen.page
        await page.clock.install()
        await page.goto(hall.url)
        await expect(page.locator(".item")).to_have_count(1)
        places = "() => [...document.body.children].map(one => JSON.stringify(one.getBoundingClientRect()))"
        first = await page.evaluate(places)
        for language in ("kk", "ru", "en", "kk"):
            await expect(page.locator("#scan")).to_have_text(said("hall.scan", language))
            await expect(page.locator("html")).to_have_attribute("lang", language)
            await expect(page.locator("#title")).to_have_text(hall.session.title.say(language))
            await expect(page.locator("#question")).to_have_text("Бірінші сұрақ")
            # Of 40 s moved in a moment the page heard nothing, so it opens its line again, and says so meanwhile.
            await expect(page.locator("#lost")).to_be_hidden()
            assert await page.evaluate(places) == first
            await page.clock.run_for(20_000)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_chosen_language_stays(browser: Browser, hall: Stand, language: str) -> None:
    async with projector(browser, "about:blank") as screen:
        await screen.page.clock.install()
        await screen.page.goto(f"{hall.url}?lang={language}")
        await expect(screen.page.locator("#scan")).to_have_text(said("hall.scan", language))
        await screen.page.clock.run_for(45_000)
        await expect(screen.page.locator("#scan")).to_have_text(said("hall.scan", language))


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_any_question_fits_any_projector(browser: Browser, hall: Stand, size: tuple[int, int]) -> None:
    """The longest ones too, whole and without scrolling, in characters of at least a thirtieth of the height."""
    for number in range(5):
        await hall.ask(f"{LONG[:150]} {number}", number)
    texts = ["Қашан?", LONG[:90], LONG[:160], LONG[:280], LONG[:380], LONG, WIDE]
    async with projector(browser, f"{hall.url}?lang=kk", size) as screen:
        page = screen.page
        for text in texts:
            await hall.put_on_stage(await hall.ask(text))
            await expect(page.locator("#question")).to_have_text(text.strip())
            found = await page.evaluate(
                """() => {
                  const place = document.getElementById("question");
                  return {
                    letters: parseFloat(getComputedStyle(place).fontSize) / innerHeight,
                    over: place.scrollHeight - place.clientHeight,
                    wide: place.scrollWidth - place.clientWidth,
                    page: document.documentElement.scrollHeight - innerHeight,
                    covered: [...document.querySelectorAll("#stage, #list, #ask, #head")]
                      .map(one => one.getBoundingClientRect())
                      .filter(box => box.bottom > innerHeight + 1 || box.right > innerWidth + 1).length,
                  };
                }"""
            )
            assert found["over"] <= 1, (size, len(text), found)
            assert (found["wide"], found["page"], found["covered"]) == (0, 0, 0), (size, len(text), found)
            assert found["letters"] >= (1 / 30 if text != WIDE else 0.028), (size, len(text), found)


async def test_the_code_leads_a_phone_to_the_session(browser: Browser, hall: Stand) -> None:
    """The path on the screen is the code of the deep link, with its quiet zone."""
    async with projector(browser, hall.url) as screen:
        await expect(screen.page.locator("body")).to_have_class("empty")
        path = await screen.page.locator("#path").get_attribute("d")
        box = await screen.page.locator("#code").bounding_box()
        frame = await screen.page.locator("#code").get_attribute("viewBox")
    rows = segno.make(f"https://t.me/minber_bot?start=q_{hall.session.code}", error="m", micro=False).matrix
    dark = {(x, y) for y, row in enumerate(rows) for x, module in enumerate(row) if module}
    drawn = {
        (int(x) + step, int(y))
        for x, y, run in re.findall(r"M(\d+) (\d+)\.5h(\d+)", path or "")
        for step in range(int(run))
    }
    assert drawn == dark
    assert frame == f"-4 -4 {len(rows) + 8} {len(rows) + 8}"
    assert box is not None
    assert min(box["width"], box["height"]) > 1080 / 2


async def test_the_colours_can_be_told_apart_by_everybody(browser: Browser, hall: Stand) -> None:
    """WCAG AAA: 7:1 for whatever is written."""
    await hall.put_on_stage(await hall.ask("Бірінші сұрақ", 1))
    await hall.ask("Екінші сұрақ")
    async with projector(browser, hall.url) as screen:
        await expect(screen.page.locator(".item")).to_have_count(1)
        ratios = await screen.page.evaluate(
            """() => {
              const bright = (colour) => {
                const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(Number).map((value) => {
                  value /= 255;
                  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
                });
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const ground = (element) => {
                const colour = getComputedStyle(element).backgroundColor;
                return colour === "rgba(0, 0, 0, 0)" ? ground(element.parentElement) : colour;
              };
              return [...document.querySelectorAll("h1, h2, div")]
                .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
                .map((one) => {
                  const [a, b] = [bright(getComputedStyle(one).color), bright(ground(one))];
                  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                });
            }"""
        )
    assert len(ratios) > 8
    assert min(ratios) >= 7


async def test_without_scripts_the_page_is_whole(browser: Browser, hall: Stand) -> None:
    for text in ("Бірінші сұрақ", "Екінші сұрақ"):
        await hall.ask(text)
    await hall.put_on_stage(await hall.ask(LONG))
    async with projector(browser, f"{hall.url}?lang=ru", (1024, 768), scripts=False) as screen:
        await expect(screen.page.locator("#question")).to_be_visible()
        await expect(screen.page.locator("#question")).to_have_text(LONG.strip())
        await expect(screen.page.locator("#scan")).to_have_text(said("hall.scan", "ru"))


async def test_a_thousand_updates_leave_nothing_behind(
    browser: Browser, hall: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither elements nor memory: a screen stands for three days."""
    monkeypatch.setattr(live, "PAUSE", 0.0)
    numbers = [await hall.ask(f"Сұрақ {number}: {LONG[:100]}") for number in range(8)]
    async with projector(browser, hall.url) as screen, aiohttp.ClientSession() as http:
        await expect(screen.page.locator(".item")).to_have_count(5)
        cdp = await screen.page.context.new_cdp_session(screen.page)

        async def measured() -> tuple[int, int, int]:
            """Once the page shows what holds: a slow one is some updates behind."""
            async with http.get(f"{hall.url}/state") as answer:
                top = (await answer.json())["list"][0]
            await expect(screen.page.locator(".at0 .votes")).to_have_text(str(top["votes"]))
            await cdp.send("HeapProfiler.collectGarbage")
            counts = await cdp.send("Memory.getDOMCounters")
            heap = await cdp.send("Runtime.getHeapUsage")
            return counts["nodes"], counts["jsEventListeners"], heap["usedSize"]

        async with http.get(f"{hall.url}/events") as witness:
            before, seen = (0, 0, 0), 0
            async for raw in witness.content:
                if not raw.startswith(b"data: {"):
                    continue
                seen += 1
                if seen == UPDATES // 10:
                    before = await measured()
                if seen > UPDATES:
                    break
                # Everybody comes to lead once in a while, and now and then somebody is on stage.
                await hall.vote(numbers[seen * 7 % len(numbers)])
                if seen % 50 == 0:
                    await hall.put_on_stage(numbers[seen // 50 % len(numbers)])
        nodes, listeners, heap = await measured()
        assert nodes <= before[0] + 10
        assert listeners == before[1]
        assert heap <= before[2] * 1.15 + 100_000
        assert screen.faults == []
