"""Adding a session to the programme by thumb: what is asked for."""

from __future__ import annotations

import datetime as dt

from bot.texts import Translator
from bot.views.agenda.agenda import day_key
from bot.views.buttons import Button, button
from bot.views.publishing.buttons import ChangeDay
from bot.views.screen import Screen, screen


def slot(t: Translator, date: dt.date) -> Screen:
    """When, and how long."""
    return screen(f"➕ <b>{t.date(date)}</b>\n\n{t('change.type_slot')}", [cancel(t, date)])


def title(t: Translator, date: dt.date, start: dt.datetime, end: dt.datetime) -> Screen:
    """What it is called."""
    return screen(
        f"➕ <b>{t.date(date)}, {t.time(start)}–{t.time(end)}</b>\n\n{t('change.type_title')}", [cancel(t, date)]
    )


def cancel(t: Translator, date: dt.date) -> Button:
    return button(t.plain("form.cancel"), ChangeDay(day=day_key(date), page=0))
