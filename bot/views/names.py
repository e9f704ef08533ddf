"""What a session, a delegation and topics are called when only their codes are known."""

from __future__ import annotations

from collections.abc import Sequence

from bot.programme.model import Programme
from bot.texts import Html, Translator
from bot.views.screen import cut


def session_name(t: Translator, programme: Programme, code: str) -> Html:
    session = programme.session(code)
    return cut(t.say(session.title), 200) if session else t("questions.session_gone")


def delegation_name(t: Translator, programme: Programme, code: str) -> str:
    delegation = programme.delegation(code)
    return t.say_plain(delegation.name) if delegation else code


def topic_names(t: Translator, programme: Programme, codes: Sequence[str]) -> str:
    topics = ((code, programme.topic(code)) for code in codes)
    return ", ".join(t.say_plain(topic.name) if topic else code for code, topic in topics)
