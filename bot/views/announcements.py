"""Announcements as the organizer follows them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.texts import Html, Translator
from bot.views.buttons import Announce, LeaveForm, button
from bot.views.screen import Screen, screen
from storage.announcements import Announcement
from storage.deliveries import BLOCKED, CLAIMED, DROPPED, FAILED, SENT, UNSURE, WAITING


def form(t: Translator) -> Screen:
    return screen(t("announcements.form"), [button(t.plain("form.cancel"), LeaveForm())])


def preview(announcement: Announcement) -> Screen:
    """Exactly what everybody will get."""
    return screen(announcement.text)


def confirm(t: Translator, announcement: Announcement, recipients: int) -> Screen:
    if not recipients:
        return screen(
            t("announcements.nobody"),
            [button(t.plain("form.cancel"), Announce(number=announcement.number, act="cancel"))],
        )
    return screen(
        t.n("announcements.confirm", recipients),
        [
            button(
                t.plain_n("announcements.send", recipients),
                Announce(number=announcement.number, act="send"),
                "success",
            )
        ],
        [button(t.plain("form.cancel"), Announce(number=announcement.number, act="cancel"))],
    )


def report(t: Translator, announcement: Announcement, states: Mapping[str, int]) -> Screen:
    """Progress while it runs, the result when it is over."""
    waiting = states.get(WAITING, 0) + states.get(CLAIMED, 0)
    head = "announcements.running" if waiting else "announcements.over"
    lines = [
        f"📣 <b>{t(head, number=announcement.number)}</b>",
        bar(announcement.recipients - waiting, announcement.recipients),
        t("announcements.delivered", count=states.get(SENT, 0)),
        t("announcements.blocked", count=states.get(BLOCKED, 0)),
        t("announcements.failed", count=states.get(FAILED, 0) + states.get(DROPPED, 0)),
    ]
    if states.get(UNSURE):
        lines.append(t("announcements.unsure", count=states[UNSURE]))
    if waiting:
        lines.append(t("announcements.waiting", count=waiting))
    return screen("\n".join(lines))


def bar(done: int, total: int) -> Html:
    full = 10 if total <= 0 else min(10, done * 10 // total)
    return Html("▰" * full + "▱" * (10 - full) + f" {done}/{total}")
