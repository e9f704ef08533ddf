"""Before a question is sent: others have asked it already."""

from __future__ import annotations

from collections.abc import Sequence

from bot.texts import Html, Translator, escape
from bot.views.buttons import Go, LeaveForm, button
from bot.views.questions.buttons import AddVoice, FeedPage, Follow, FollowAlike, SendAnyway
from bot.views.questions.questions import like_it, marked_state
from bot.views.screen import Row, Screen, cut, screen
from storage.questions import ANSWERED, APPROVED, ASKED, Question

NEAR = 2  # questions of 500 characters that a phone still shows above the keys


def asked_already(
    t: Translator, near: Sequence[Question], message: int, waiting: int = 0, *, over: bool = False
) -> Screen:
    """The near ones, the nearest first, NEAR of them; `waiting`: how many others asked something like it, which nobody
    may read yet. What was typed stays in the chat, and waits in the form. Where the session is `over`, no hall will
    hear them."""
    near = near[:NEAR]
    asked = "likeness.over" if over else "likeness.asked"
    lines = [f"<b>{t('likeness.answered' if near[0].state == ANSWERED else asked)}</b>" if near else ""]
    rows: list[Row] = []
    for one in near:
        mark = f"{marked_state(t, one)} · " if one.shown_state != APPROVED else ""
        answer = f"\n{t('questions.answer', text=cut(escape(one.answer), 600))}" if one.state == ANSWERED else ""
        lines.append(f"<b>{t.number(one.number)}</b> · {mark}👍 {one.votes}\n{escape(one.text)}{answer}")
        if one.state == APPROVED:
            rows.append([button(t.plain("likeness.add_voice", number=one.number), AddVoice(number=one.number))])
    follow = [
        button(t.plain("following.follow_number", number=one.number), FollowAlike(number=one.number))
        for one in near
        if one.state in (APPROVED, ASKED)
    ]
    return screen(
        "\n\n".join([*lines, *like_it(t, waiting), t("likeness.hint")]),
        *rows,
        follow,
        [button(t.plain("likeness.send_anyway"), SendAnyway(message=message))],
        [button(t.plain("form.cancel"), LeaveForm())],
    )


def not_sent(t: Translator, why: Html) -> Screen:
    """It cannot be asked there any more: why, with the words that were typed."""
    return screen(why, [button(t.plain("questions.ask"), Go(where="ask"))])


def voice_added(t: Translator, question: Question) -> Screen:
    return screen(
        f"👍 {t('likeness.voice_added', number=question.number)} {t.n('questions.votes', question.votes)}\n\n"
        f"<blockquote>{escape(question.text)}</blockquote>\n{t('following.told')} {t('likeness.follow')}",
        [button(t.plain("likeness.to_feed"), FeedPage(session=question.session, page=0))],
        [button(t.plain("following.stop"), Follow(number=question.number, wanted=0, page=0))],
    )
