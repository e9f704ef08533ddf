"""What a session, a delegation and topics are called when only their codes are known."""

from __future__ import annotations

from collections.abc import Sequence

from bot.programme.model import Programme
from bot.programme.outside import OUTSIDE, kind_of
from bot.texts import Html, Translator
from bot.views.screen import cut


def session_name(t: Translator, programme: Programme, code: str) -> Html:
    session = programme.session(code)
    return cut(t.say(session.title), 200) if session else t("questions.session_gone")


def delegation_name(t: Translator, programme: Programme, code: str) -> str:
    return known_delegation(t, programme, code) or code


def known_delegation(t: Translator, programme: Programme, code: str | None) -> str:
    """The name of a delegation, or of those who are in none; "" for what is not, or not any more, in the programme."""
    if code in OUTSIDE:
        return t.plain(f"delegation.{kind_of(code)}")
    delegation = programme.delegation(code) if code else None
    return t.say_plain(delegation.name) if delegation else ""


def delegation_names(t: Translator, programme: Programme) -> list[tuple[str, str]]:
    """The codes and names of all that people can be of, those in no delegation last."""
    named = [(one.code, t.say_plain(one.name)) for one in programme.delegations]
    return named + [(code, known_delegation(t, programme, code)) for code in OUTSIDE]


def topic_names(t: Translator, programme: Programme, codes: Sequence[str]) -> str:
    topics = ((code, programme.topic(code)) for code in codes)
    return ", ".join(t.say_plain(topic.name) if topic else code for code, topic in topics)
