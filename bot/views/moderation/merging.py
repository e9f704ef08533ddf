"""Merging a question into one that says the same."""

from __future__ import annotations

from collections.abc import Sequence

from bot.texts import Translator, escape
from bot.views.buttons import button
from bot.views.moderation.buttons import (
    MergeNow,
    MergePick,
    MergeWith,
    ShowCard,
)
from bot.views.pager import pager
from bot.views.questions.questions import STATE_MARKS, voices
from bot.views.screen import Screen, cut, in_rows, screen
from storage.questions import Question

PAGE = 6  # texts that a thumb scrolls past


def pick(
    t: Translator, question: Question, *, others: Sequence[Question], near: int, page: int, pages: int, desk: str
) -> Screen:
    """What the question could be merged into: of `others`, those of this page, the first `near` say nearly the same."""
    back = [button(t.plain("menu.back"), ShowCard(number=question.number, desk=desk))]
    if not others:
        return screen(t("merging.alone"), back)
    lines = [f"🔗 <b>{t('merging.into', number=question.number)}</b>", f"<i>{cut(escape(question.text), 200)}</i>", ""]
    if near:
        lines.append(f"<b>{t('merging.near')}</b>")
    for place, one in enumerate(others):
        if near and place == near:
            lines.append(f"<b>{t('merging.others')}</b>")
        mark = STATE_MARKS.get(one.state, "•")
        lines.append(f"<b>№{one.number}</b> {mark}{voices(one)}\n{cut(escape(one.text), 240)}\n")
    keys = [button(f"№{one.number}", MergeWith(number=question.number, target=one.number, desk=desk)) for one in others]
    return screen(
        "\n".join(lines),
        *in_rows(keys, 3),
        pager(page, pages, lambda to: MergePick(number=question.number, page=to, desk=desk)),
        back,
    )


def sure(t: Translator, question: Question, target: Question, desk: str) -> Screen:
    """Both texts, and which of them stays."""
    votes = f" · {t.n('questions.votes', target.votes)}" if target.votes else ""
    merge = MergeNow(
        number=question.number, target=target.number, read=question.revision, beside=target.revision, desk=desk
    )
    return screen(
        f"🔗 <b>{t('merging.sure', number=question.number, target=target.number)}</b>\n\n"
        f"{t('merging.stays', number=target.number)}{votes}\n<blockquote>{escape(target.text)}</blockquote>\n"
        f"{t('merging.goes', number=question.number)}\n<blockquote>{escape(question.text)}</blockquote>\n"
        f"{t('merging.hint')}",
        [button(t.plain("merging.yes", target=target.number), merge, style="primary")],
        [button(t.plain("menu.back"), MergePick(number=question.number, page=0, desk=desk))],
    )
