"""Presses that no button of ours makes: what they say is none of what a button says, and nothing is done by default."""

from __future__ import annotations

import pytest

from tests.callback_data import CLASSES
from tests.conftest import Forum
from tests.scenarios.moderation.test_claims import two_moderators
from tests.scenarios.moderation.test_group_cards import card_of, staffed
from tests.scenarios.second_reader import Rows, at_rest, tables
from tests.scenarios.steps import ask, first_question, said, sessions
from tests.scenarios.walk import THINGS, words

PASSING = words("inbox inbox_mark")  # an update comes in, whatever happens to it


def kept(forum: Forum) -> dict[str, Rows]:
    return {name: rows for name, rows in tables(forum.folder).items() if name not in PASSING}


@pytest.mark.parametrize(
    "data", ["kr:1:because:-", "kr:1::-", "kr:1:None:-", "kr:1:rude:x", "kd:1:decline:", "kd:1:x:-"]
)
async def test_a_forged_press_of_a_decision_declines_nothing(forum: Forum, data: str) -> None:
    moderator, _ = await two_moderators(forum)
    await ask(await forum.delegate(), sessions(forum)[0].code, "Себепсіз бас тарта ма?")
    card = await moderator.sees("Себепсіз бас тарта ма?")
    await moderator.press("kd:1:decline", card)
    await at_rest(forum)
    before = kept(forum)
    answer = await moderator.press_data(data, card.id)
    assert (answer.text, answer.alert) == (said("refusal.stale"), True)
    after = kept(forum)
    for table in ("questions", "audit", "cards", "claims", "deliveries"):
        assert after[table] == before[table], table
    assert (await moderator.press("kr:1:none", card)).text == said("moderation.done_decline", number=1)
    assert first_question(forum)["reason"] == ""


@pytest.mark.parametrize("data", ["gr:1:because", "gr:1:", "gc:1:decide", "gd:x", "gq:7", "ki:de"])
async def test_nor_does_one_in_the_group(forum: Forum, data: str) -> None:
    organizer, _, chat = await staffed(forum, "Отклонят ли без причины?")
    card = await card_of(organizer, chat, 1)
    await organizer.press("gc:1:decline", card, chat=chat)
    await at_rest(forum)
    before = kept(forum)
    answer = await organizer.press_data(data, card.id, chat=chat)
    assert (answer.text, answer.alert) == (said("refusal.stale"), True)
    assert kept(forum) == before


@pytest.mark.parametrize(
    "data",
    [
        *("kn:{}:x:0", "kv:1:7:-", "kv:1:1:x", "kb:1:1:-", "hp:{}:2:1", "hp:{}:0:2", "b:{}:5:", "v:1:2:0", "mw:1:2"),
        *("i:x", "fg:2", "sm:2", "qa:{}:3", "ppd:0:2", "as:1:z:{}:0", "jb:1:law:2:-", "kw:1:leave:x", "tc:{}:0:x"),
        *("fw:1:7:0", "fs:1:2:0", "ls:{}:1:7", "lc:1:{}::0:x", "lk:1:{}:x", "lx:1:{}:1:x", "gz:{}:x:2", "jd:1:1:x"),
        *("qn:1:2:1", "qn:1:0:7", "ajo:1::take"),
        "bc:else",
    ],
)
async def test_what_no_button_says_does_nothing_by_default(forum: Forum, data: str) -> None:
    organizer = await forum.organizer()
    code = sessions(forum)[0].code
    await ask(organizer, code, "Подделают ли кнопку?")
    await at_rest(forum)
    before = kept(forum)
    answer = await organizer.press_data(data.format(code), (await organizer.last()).id)
    assert (answer.text, answer.alert) == (said("refusal.stale"), True)
    assert kept(forum) == before


# Looked up, or refused, by whoever handles the press; Press(..., act=...) takes what it names and nothing else.
LOOKED_UP = {
    *("Announce.act", "AnnounceDesk.act", "AnnounceDecide.act", "AnnounceRun.act", "AnnounceVersion.act"),
    *("AnnounceAsk.language", "AnnounceApply.language", "AnnounceSendBack.language", "AnnounceStaged.language"),
    *("AnnounceVersion.language", "AnnounceAudience.kind", "AnnounceTime.choice", "AnnounceUntil.choice"),
    *("AnnounceFrom.choice", "AnnounceOffice.office"),
    *("Agree.language", "Greet.language", "SetLanguage.language", "TypeText.language", "DropText.language"),
    *("TypeText.kind", "DropText.kind", "Texts.kind", "TextsList.kind", "Texts.field", "TypeText.field"),
    *("DropText.field", "SetKind.kind", "SeeRemoval.kind", "RemoveNow.kind", "ProgrammeFile.kind", "GetPaper.kind"),
    *("GetPoster.what", "BadgeSheet.which", "TypeChange.what", "JournalBy.what", "Go.where", "Sort.sorting"),
    *("Shift.scope", "ShiftScope.scope", "FindPerson.seat", "DropPerson.seat", "TakePerson.seat", "NewPerson.seat"),
    *("Invite.role", "Revoke.role", "MarkRun.move", "UnmarkRun.move", "StageMove.move", "SetQuiet.hours"),
    *("NameVersion.language", "NameVersion.becomes"),
    *("Rate.stars", "SpeakerLink.speaker"),
}


def test_every_value_of_a_button_is_looked_up_or_one_of_those_it_may_have() -> None:
    """A field that says what is to be done, and that nobody checks, falls through to whatever is done otherwise."""
    unknown = [
        f"{one.__name__}.{name}"
        for one in CLASSES
        for name in one.model_fields
        if name not in THINGS - {"then"} and name not in getattr(one, "among", {})
    ]
    assert sorted(set(unknown) - LOOKED_UP - {one for one in unknown if one.endswith(".then")}) == []
