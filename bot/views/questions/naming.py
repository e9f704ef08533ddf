"""Hiding or showing one's name with a question that was sent."""

from __future__ import annotations

from bot.actions.questions.naming import NOBODY
from bot.texts import Html, Translator
from bot.views.buttons import button
from bot.views.questions.buttons import MyQuestion, ShowName
from bot.views.screen import Row, Screen, screen
from storage.questions import PENDING, Question


def name_row(t: Translator, question: Question) -> Row:
    """The other way round from how it is; nothing once it is decided."""
    if question.state != PENDING:
        return []
    return [other_way(t, question, sure=0)]


def other_way(t: Translator, question: Question, sure: int) -> dict[str, str]:
    label = t.plain("questions.be_named" if question.anonymous else "questions.be_anonymous")
    return button(label, ShowName(number=question.number, wanted=int(question.anonymous), sure=sure))


def name_sure(t: Translator, question: Question, seen_by: str) -> Screen:
    """Who will see it, or may have seen it."""
    number = question.number
    if question.anonymous:
        words = [t("naming.show_sure", number=number), t("questions.form_named")]
    else:
        seen = [] if seen_by == NOBODY else [t(f"naming.seen_{seen_by}")]
        words = [t("naming.hide_sure", number=number), *seen, t("naming.hide_how")]
    return screen(
        "\n\n".join(words),
        [other_way(t, question, sure=1)],
        [button(t.plain("menu.back"), MyQuestion(number=number))],
        decided_on=question.revision,
    )


def chosen(t: Translator, question: Question) -> Html:
    return t("naming.hidden" if question.anonymous else "naming.shown")
