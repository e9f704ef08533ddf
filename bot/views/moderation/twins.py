"""On a question's card: another open one that says much the same, to be read there and merged with one tap."""

from __future__ import annotations

from bot.actions.moderation.cards import CardFacts
from bot.actions.questions.twins import goes_and_stays
from bot.texts import Html, Translator, escape
from bot.views.buttons import Button, button
from bot.views.moderation.buttons import GroupTwin, MergeNow
from bot.views.questions.questions import STATE_MARKS, voices
from storage.questions import Question


def twin_text(t: Translator, twin: Question | None) -> list[Html]:
    """Its whole text: nobody merges what they have not read."""
    if twin is None:
        return []
    head = f"🧩 <b>{t('merging.like', number=twin.number)}</b> {STATE_MARKS.get(twin.state, '•')}{voices(twin)}"
    return [Html(f"\n{head}\n<blockquote>{escape(twin.text)}</blockquote>")]


def merge_key(t: Translator, facts: CardFacts, desk: str) -> dict[str, Button]:
    """By its name, as ROWS have it: the button that merges the two as they stand on the card; none without a twin."""
    if facts.twin is None:
        return {}
    goes, stays = goes_and_stays(facts.question, facts.twin)
    joins = "merging.yes" if goes is facts.question else "merging.join"
    word = t.plain(joins, number=goes.number, target=stays.number)
    return {"merge": button(word, MergeNow(**pair(goes, stays), desk=desk))}


def group_keys(t: Translator, facts: CardFacts) -> dict[str, Button]:
    """The same in a group, and the way to say which of the two stays."""
    if facts.twin is None:
        return {}
    goes, stays = goes_and_stays(facts.question, facts.twin)
    word = t.plain("merging.arrow", number=goes.number, target=stays.number)
    return {
        "merge": button(word, GroupTwin(act="merge", **pair(goes, stays))),
        "choose": button(t.plain("merging.choose"), GroupTwin(act="choose", **pair(facts.question, facts.twin))),
    }


def pair(goes: Question, stays: Question) -> dict[str, int]:
    """What a button that merges carries: it is about these two texts and no others."""
    return {"number": goes.number, "target": stays.number, "read": goes.revision, "beside": stays.revision}
