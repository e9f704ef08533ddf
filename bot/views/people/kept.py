"""A form that was left before it was sent: offered again after what was done instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.programme.model import Programme
from bot.texts import Html, Translator, escape
from bot.views.buttons import Go, button
from bot.views.names import GONE_SIGN, session_name
from bot.views.people.buttons import KeptForm
from bot.views.questions.buttons import SendAnyway
from bot.views.screen import TEXT_LIMIT, Screen, cut, screen

# By the state of a form (handlers.forms): what is not sent yet, as kept.<name> says it. What is not among these is
# begun anew without a loss (a search), or goes on by itself (the registration with /start).
NAMES = {
    "QuestionForm:text": "question",
    "QuestionForm:alike": "question",
    "QuestionForm:edit": "wording",
    "RatingForm:word": "rating",
    "DecisionForm:words": "decision",
    "EditingForm:text": "editing",
    "StopWordsForm:words": "stop_words",
    "StageForm:answer": "answer",
    "StageForm:note": "note",
    "ClosingForm:word": "closing",
    "AnnouncementForm:text": "announcement",
    "AnnouncementForm:time": "time",
    "AnnouncementForm:office": "office",
    "ProgrammeForm:start": "programme",
    "ProgrammeForm:length": "programme",
    "ProgrammeForm:room": "programme",
    "ProgrammeForm:person": "programme",
    "ProgrammeForm:everywhere": "programme",
    "ProgrammeForm:text": "programme",
    "ProgrammeForm:slot": "programme",
    "ProgrammeForm:title": "programme",
    "SpeakerForm:photo": "photo",
    "WatchForm:address": "watch",
    "ProfileForm:name": "name",
    "ProfileForm:organization": "organization",
}

TYPED_MAX = 2000  # characters of what was typed already: a question has fewer


def offer(t: Translator, programme: Programme, state: str, data: Mapping[str, Any], at: int) -> Screen:
    """That it waits, with what was typed already; `at` is when it was left, which tells it from another."""
    lines = [f"✍️ {t(f'kept.{NAMES[state]}', number=data.get('number', ''))}"]
    session = data.get("session")
    if isinstance(session, str):
        lines.append(f"<i>{cut(session_name(t, programme, session), 200)}</i>")
    return screen(
        "\n".join(lines) + quoted(data.get("typed")),
        [
            button(t.plain("kept.go_on"), KeptForm(wanted=1, at=at)),
            button(t.plain("kept.discard"), KeptForm(wanted=0, at=at)),
        ],
    )


def quoted(typed: object) -> str:
    return f"\n\n<blockquote>{cut(escape(typed), TYPED_MAX)}</blockquote>" if isinstance(typed, str) else ""


def discarded(t: Translator, typed: object) -> Screen:
    return screen(t("kept.discarded") + quoted(typed))


def typed_before(t: Translator, typed: str, message: int) -> Screen:
    """A question that was typed already, in that message, when its form was left."""
    return screen(
        t("kept.typed_before") + quoted(typed),
        [button(t.plain("likeness.send_anyway"), SendAnyway(message=message))],
    )


def gone(t: Translator, why: Html, typed: object) -> Screen:
    """It cannot be gone on with."""
    return screen(f"{GONE_SIGN} {why}" + quoted(typed), [button(t.plain("questions.ask_elsewhere"), Go(where="ask"))])


def given_back(t: Translator, typed: str) -> tuple[Html, Html]:
    """Words that a form could not take any more, to be copied with a tap: what is said before them, and they."""
    return t("kept.given_back"), cut(f"<pre>{escape(typed)}</pre>", TEXT_LIMIT)
