"""The way into every form there is, by what is public: commands and callback data."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tests.conftest import turn_to
from tests.scenarios.announcements.announcing import PNG
from tests.telegram import Person, Telegram

Press = Callable[..., Awaitable[None]]
Keep = Callable[[Person, str], Awaitable[None]]


def presser(telegram: Telegram) -> Press:
    async def press(person: Person, *data: str) -> None:
        """The newest button that begins so; else as if it stood on the last message."""
        for one in data:
            shown = [message for message in await person.messages() if message.from_bot]
            found = one, shown[-1].id
            for message in shown:
                button = message.button(one)
                if button is not None:
                    found = button["callback_data"], message.id
            assert (await person.press_data(*found)).answered, one
            await telegram.idle()

    return press


async def go_through_forms(newcomer: Person, organizer: Person, author: Person, press: Press, keep: Keep) -> None:
    """`keep` is called in each state; it waits for rest. The organizer has rated the opening, question 7 is the
    author's and waits, 1 is approved, announcement 1 was sent and 3 is a draft."""

    async def pressed(state: str, *data: str) -> None:
        await press(organizer, *data)
        await keep(organizer, state)

    await newcomer.start("q_opening")
    await newcomer.press("c:")
    await newcomer.sees()
    await keep(newcomer, "Registration:name")
    await newcomer.press("rn")
    await keep(newcomer, "Registration:delegation")
    await turn_to(newcomer, "rd:shymkent")
    await newcomer.press("rd:shymkent")
    await keep(newcomer, "Registration:organization")
    await pressed("ProfileForm:name", "sp:name")
    await pressed("ProfileForm:organization", "sp:organization")
    await pressed("QuestionForm:text", "q:opening", "qa:opening:1")
    await press(author, "me:7")
    await keep(author, "QuestionForm:edit")
    await pressed("QuestionForm:text", "q:opening")
    await organizer.send("Will there be a recording of it")
    await keep(organizer, "QuestionForm:alike")
    await pressed("DecisionForm:words", "kc:7:w", "kd:7:answer:w")
    await pressed("DecisionForm:words", "kc:7:-", "kd:7:decline:-", "kr:7:own:-")
    await pressed("EditingForm:text", "je:7:-")
    await pressed("StopWordsForm:words", "jw:0")
    await organizer.send("/announce")
    await keep(organizer, "AnnouncementForm:text")
    await pressed("AnnouncementForm:text", "ad:3:replace")
    await pressed("AnnouncementForm:text", "av:3:kk:write")
    await pressed("AnnouncementForm:text", "ar:1:correct")
    await organizer.send("/announce")
    await organizer.send_album("way", ("photo", PNG, "Зал"), ("photo", PNG, ""))
    await keep(organizer, "AnnouncementForm:more")
    await pressed("AnnouncementForm:time", "aw:3:typed")
    await pressed("AnnouncementForm:office", "ajo:3::write")
    await pressed("StageForm:answer", "ta:1:2")
    await pressed("ClosingForm:word", "ls:opening:7:0")
    await pressed("StageForm:note", "tn:opening")
    await pressed("ProgrammeForm:find", "go:change")
    for what in ("start", "length", "room"):
        await pressed(f"ProgrammeForm:{what}", f"pet:plenary-2:{what}")
    await pressed("ProgrammeForm:person", "pef:plenary-2:s")
    await organizer.send("Серик Ахметов")
    await keep(organizer, "ProgrammeForm:person")
    await pressed("ProgrammeForm:person", "pef:talk-kurmanov:0")
    await pressed("ProgrammeForm:everywhere", "za:kurmanov")
    await organizer.send("Серик Ахметов")
    await keep(organizer, "ProgrammeForm:everywhere")
    await pressed("ProgrammeForm:text", "pej:s:plenary-2:t:ru")
    await pressed("ProgrammeForm:slot", "peg:20261126")
    await organizer.send("18:30-19:00")
    await keep(organizer, "ProgrammeForm:title")
    await pressed("SpeakerForm:name", "skf")
    await pressed("SpeakerForm:photo", "ph:kurmanov:0")
    await pressed("WatchForm:address", "wa")
    await pressed("RatingForm:word", "rtw:opening")
    await pressed("EntranceForm:name", "go:find")
