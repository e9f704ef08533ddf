"""Before a question is sent: others have asked it already."""

from __future__ import annotations

from collections.abc import Sequence

from bot.texts import Html, Translator, escape
from bot.views.buttons import Go, LeaveForm, button
from bot.views.questions.buttons import AddVoice, FeedPage, SendAnyway
from bot.views.questions.questions import marked_state
from bot.views.screen import Row, Screen, cut, screen
from storage.questions import ANSWERED, APPROVED, Question

NEAR = 2  # questions of 500 characters that a phone still shows above the keys


def asked_already(t: Translator, near: Sequence[Question], message: int) -> Screen:
    """The near ones, the nearest first. What was typed stays in the chat, and waits in the form."""
    lines = [f"<b>{t('likeness.answered' if near[0].state == ANSWERED else 'likeness.asked')}</b>" if near else ""]
    rows: list[Row] = []
    for one in near:
        mark = f"{marked_state(t, one)} · " if one.shown_state != APPROVED else ""
        answer = f"\n{t('questions.answer', text=cut(escape(one.answer), 600))}" if one.state == ANSWERED else ""
        lines.append(f"<b>№{one.number}</b> · {mark}👍 {one.votes}\n{escape(one.text)}{answer}")
        if one.state == APPROVED:
            rows.append([button(t.plain("likeness.add_voice", number=one.number), AddVoice(number=one.number))])
    return screen(
        "\n\n".join(lines) + f"\n\n{t('likeness.hint')}",
        *rows,
        [button(t.plain("likeness.send_anyway"), SendAnyway(message=message))],
        [button(t.plain("form.cancel"), LeaveForm())],
    )


def not_sent(t: Translator, why: Html) -> Screen:
    """It cannot be asked there any more: why, with the words that were typed."""
    return screen(why, [button(t.plain("questions.ask"), Go(where="ask"))])


def voice_added(t: Translator, question: Question) -> Screen:
    return screen(
        f"👍 {t('likeness.voice_added', number=question.number)} {t.n('questions.votes', question.votes)}\n\n"
        f"<blockquote>{escape(question.text)}</blockquote>\n{t('likeness.follow')}",
        [button(t.plain("likeness.to_feed"), FeedPage(session=question.session, page=0))],
    )
