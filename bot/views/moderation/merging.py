"""Merging a question with one that says the same."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions.moderation.cards import CardFacts
from bot.actions.moderation.merging import may_stay
from bot.programme.model import Programme
from bot.texts import Translator, escape
from bot.views.buttons import button
from bot.views.moderation.buttons import MergeNow, MergePick, MergeWith, PartAgain, ShowCard
from bot.views.moderation.desk import card_rows, card_text
from bot.views.moderation.twins import pair
from bot.views.pager import pager
from bot.views.questions.questions import STATE_MARKS, numbered, voices
from bot.views.screen import Screen, cut, screen
from storage.questions import APPROVED, Question

PAGE = 4  # texts
WORDS_MAX = 60  # characters of each; both are read whole before they are merged


def pick(
    t: Translator, question: Question, *, others: Sequence[Question], near: int, page: int, pages: int, desk: str
) -> Screen:
    """What the question could be merged with: of `others`, those of this page, the first `near` say nearly the same."""
    back = [button(t.plain("menu.back"), ShowCard(number=question.number, desk=desk))]
    if not others:
        return screen(t("merging.alone"), back)
    lines = [
        f"🧩 <b>{t('merging.into', number=question.number)}</b>",
        f"<i>{cut(escape(question.text), WORDS_MAX)}</i>",
        "",
    ]
    if near:
        lines.append(f"<b>{t('merging.near')}</b>")
    for place, one in enumerate(others):
        if near and place == near:
            lines.append(f"<b>{t('merging.others')}</b>")
        mark = STATE_MARKS.get(one.state, "•")
        lines.append(f"<b>{t.number(one.number)}</b> {mark}{voices(one)}\n{cut(escape(one.text), WORDS_MAX)}")
    keys = [
        [button(numbered(t, one), MergeWith(number=question.number, target=one.number, desk=desk))] for one in others
    ]
    return screen(
        "\n".join(lines),
        *keys,
        pager(page, pages, lambda to: MergePick(number=question.number, page=to, desk=desk)),
        back,
    )


def sure(t: Translator, question: Question, other: Question, desk: str) -> Screen:
    """Both texts, and which of them is to stay: either, unless the hall reads only one of them."""
    ways = [(other, question), (question, other)]
    keys = [
        [button(t.plain("merging.stays", number=stays.number), MergeNow(**pair(goes, stays), desk=desk), "primary")]
        for goes, stays in ways
        if may_stay(stays, goes)
    ]
    read = [approved for approved in (question, other) if approved.state == APPROVED]
    hint = f"{t('merging.read_in_hall', number=read[0].number)}\n" if len(read) == 1 else ""
    return screen(
        f"🧩 <b>{t('merging.sure', number=question.number, target=other.number)}</b>\n\n"
        + "\n".join(
            f"<b>{t.number(one.number)}</b> {STATE_MARKS.get(one.state, '•')}{voices(one)}\n"
            f"<blockquote>{escape(one.text)}</blockquote>"
            for one in (question, other)
        )
        + f"\n{hint}{t('merging.hint')}",
        *keys,
        [button(t.plain("menu.back"), MergePick(number=question.number, page=0, desk=desk))],
    )


def joined(t: Translator, programme: Programme, facts: CardFacts, *, merged: int, undo: int, desk: str) -> Screen:
    """The card of the question that stayed, and the way back from the merge."""
    part = button(t.plain("undo.of", number=merged), PartAgain(deed=undo, number=facts.question.number, desk=desk))
    return screen(
        card_text(t, programme, facts),
        *card_rows(t, facts, desk),
        [part] if undo else [],
        decided_on=facts.question.revision,
    )
