"""What is stored about a person, as a file for them, and the question before it is erased.

A `chief` is an organizer whom the settings name: what is said to them says also that their id stays.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from bot.texts import Html, Translator
from bot.views.buttons import button
from bot.views.people.buttons import Forget
from bot.views.people.participants import register_row
from bot.views.screen import Screen, screen
from bot.who import Who


def my_data(t: Translator, everything: Any) -> bytes:
    """The file: JSON that a person can read, with the times at the forum instead of epoch seconds."""
    return json.dumps(readable(everything, t), ensure_ascii=False, indent=2).encode()


def readable(value: Any, t: Translator, name: str = "") -> Any:
    """`value` with every time in it, known by its name, as "2026-11-26T09:45:00+05:00"."""
    if isinstance(value, dict):
        return {key: readable(one, t, key) for key, one in value.items()}
    if isinstance(value, list):
        return [readable(one, t) for one in value]
    if isinstance(value, int) and (name == "at" or name.endswith("_at")):
        return dt.datetime.fromtimestamp(value, t.zone).isoformat()
    return value


def policy(t: Translator, who: Who) -> Screen:
    return screen(whole(t, t("privacy.text"), who.chief), register_row(t, who))


def caption(t: Translator, who: Who) -> Screen:
    """Of the file."""
    return screen(whole(t, t("privacy.mydata_caption"), who.chief), register_row(t, who))


def nothing_stored(t: Translator, who: Who) -> Screen:
    """Instead of the file, or of the question whether to erase it, to whoever has consented to nothing."""
    key = "privacy.only_in_settings" if who.chief else "privacy.nothing_stored"
    return screen(f"{t(key)}\n\n{t('privacy.once_registered')}", register_row(t, who))


def ask_forget(t: Translator, chief: bool) -> Screen:
    return screen(
        whole(t, t("privacy.forget_sure"), chief),
        [button(t.plain("privacy.forget_yes"), Forget(sure=1), style="danger")],
        [button(t.plain("privacy.forget_no"), Forget(sure=0))],
    )


def forgotten(t: Translator, chief: bool) -> Screen:
    return screen(whole(t, t("privacy.forgotten"), chief))


def whole(t: Translator, text: Html, chief: bool) -> Html:
    return Html(f"{text}\n\n{t('privacy.in_settings')}") if chief else text
