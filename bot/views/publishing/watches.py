"""For organizers: the watched address, and the news of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.actions.publishing.hanging import NOTHING, Hanging
from bot.actions.publishing.watches import CHANGED, FAILING
from bot.texts import Html, Translator, escape
from bot.views.buttons import Go, LeaveForm, button
from bot.views.publishing.buttons import CheckWatch, EndWatch, WatchAddress
from bot.views.publishing.hanging import total
from bot.views.screen import Screen, cut, screen
from storage.programme_watches import Watch

SHOWN = 500  # characters of an address


def watch(t: Translator, one: Watch | None) -> Screen:
    """What is watched, and how that goes."""
    back = [button(t.plain("menu.back"), Go(where="programme"))]
    if one is None:
        return screen(
            f"🔭 <b>{t('watch.title')}</b>\n\n{t('watch.how')}", [button(t.plain("watch.set"), WatchAddress())], back
        )
    lines = [
        f"🔭 <b>{t('watch.title')}</b>",
        f"<code>{cut(escape(one.address), SHOWN)}</code>",
        "",
        t("watch.taken", at=t.moment(one.taken_at)),
    ]
    if one.checked_at is not None:
        lines.append(t("watch.checked", at=t.moment(one.checked_at)))
    if one.fault is not None:
        lines += ["", f"⚠️ {fault_words(t, one.fault)}"]
    return screen(
        "\n".join(lines),
        [button(t.plain("watch.check"), CheckWatch())],
        [button(t.plain("watch.other"), WatchAddress())],
        [button(t.plain("watch.end"), EndWatch(sure=0))],
        back,
    )


def fault_words(t: Translator, fault: Mapping[str, Any]) -> Html:
    """Why a look came to nothing; of faults in what is there, how many and the first of them."""
    first = fault.get("first")
    if first is None:
        return t(fault["key"], **fault["fields"])
    place = f"{first['place']}: " if first["place"] else ""
    return t(fault["key"], first=place + t.plain(first["key"], **first["fields"]), **fault["fields"])


def type_address(t: Translator) -> Screen:
    return screen(t("watch.type_address"), [button(t.plain("form.cancel"), LeaveForm())])


def looking(t: Translator) -> Screen:
    return screen(t("watch.looking"))


def not_begun(t: Translator, fault: Mapping[str, Any]) -> Screen:
    """The form stays open: another address may be typed."""
    return screen(f"⚠️ {fault_words(t, fault)}\n\n{t('watch.try_again')}", [button(t.plain("form.cancel"), LeaveForm())])


def begun(t: Translator, changes: int) -> Screen:
    """The first version was taken."""
    return screen(
        f"🔭 {t.n('watch.begun', changes) if changes else t('watch.begun_same')}",
        [button(t.plain("watch.to_draft"), Go(where="draft"))] if changes else [],
        [button(t.plain("menu.back"), Go(where="programme"))],
    )


def end_sure(t: Translator) -> Screen:
    return screen(
        t("watch.end_sure"),
        [button(t.plain("watch.end_yes"), EndWatch(sure=1), style="danger")],
        [button(t.plain("menu.back"), Go(where="watch"))],
    )


def news(
    t: Translator,
    outcome: str,
    changes: int,
    host: str,
    fault: Mapping[str, Any] | None,
    *,
    hanging: Hanging = NOTHING,
) -> Screen:
    """`outcome` is CHANGED (in so many things; what hangs on all that the draft takes away by now), FAILING (then
    `fault` says why) or WELL."""
    if outcome == CHANGED:
        hangs = f"\n\n⚠️ {total(t, 'hanging.ahead', hanging)}" if hanging else ""
        return screen(
            f"🔭 {t.n('watch.changed', changes, host=host)}{hangs}",
            [button(t.plain("watch.to_draft"), Go(where="draft"))],
        )
    words = t("watch.failing", host=host) if outcome == FAILING else t("watch.well", host=host)
    why = f"\n{fault_words(t, fault)}" if outcome == FAILING and fault is not None else ""
    return screen(f"🔭 {words}{why}", [button(t.plain("watch.open"), Go(where="watch"))])
