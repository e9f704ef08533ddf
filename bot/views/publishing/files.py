"""The programme's files: what can be taken away, and what came of one that was sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.actions.publishing.drafts import Draft
from bot.actions.publishing.files import CALENDAR, TEMPLATE, Tally
from bot.actions.publishing.hanging import NOTHING, Hanging
from bot.programme.faults import Fault
from bot.programme.ics import calendar
from bot.programme.writers import write
from bot.programme.writers.xlsx import Guide, template
from bot.texts import Html, Translator, escape
from bot.texts.faults import said
from bot.views.buttons import Go, button
from bot.views.publishing.buttons import ProgrammeFile, TakeBackChange, stamp_of
from bot.views.publishing.hanging import total
from bot.views.screen import Row, Screen, cut, screen

SHOWN = 10  # faults in the message; all of them in a file
NAME_MAX = 60
FAULT_MAX = 300


def files(t: Translator) -> Screen:
    """Which files there are, and how to send one back."""
    kinds: tuple[tuple[str, ...], ...] = (("xlsx", "toml"), ("json", "xml"), (CALENDAR,))
    return screen(
        f"📄 <b>{t('files.title')}</b>\n\n{t('files.how')}",
        [button(t.plain("files.template"), ProgrammeFile(kind=TEMPLATE))],
        *([button(f"⬇ .{kind}", ProgrammeFile(kind=kind)) for kind in row] for row in kinds),
        [button(t.plain("menu.back"), Go(where="programme"))],
    )


def make(kind: str, t: Translator, draft: Draft, now: dt.datetime, username: str) -> tuple[str, bytes]:
    """The name and content of a file of one of KINDS, in the translator's language: not for the event loop.

    Calendars show the published programme; all else goes back into the draft and therefore comes from it.
    """
    date = f"{now.astimezone(t.zone):%Y-%m-%d}"
    if kind == TEMPLATE:
        guide = Guide(t.plain("files.guide_sheet"), t.plain("files.guide").split("\n"))
        return f"programme-{t.language}.xlsx", template(t.language, guide)
    if kind == CALENDAR:
        sessions = draft.published.sessions
        link = f"https://t.me/{username}?start=s_"
        return f"programme-{date}.ics", calendar(draft.published, sessions, t.language, now, link)
    return f"programme-{date}.{kind}", write(draft.programme, kind, t.language)


def faults(t: Translator, name: str, found: Sequence[Fault]) -> Screen:
    """What is wrong with a file, the first of it."""
    lines = [f"❗ {t.n('files.faulty', len(found), file=cut(escape(name), NAME_MAX))}", ""]
    lines += [f"• {cut(escape(said(t, fault)), FAULT_MAX)}" for fault in found[:SHOWN]]
    if len(found) > SHOWN:
        lines += ["", t("files.all_in_file")]
    return screen("\n".join([*lines, "", t("files.mend")]), _back(t))


def fault_list(t: Translator, found: Sequence[Fault]) -> bytes:
    """All faults as a text file, a line each; with a mark of UTF-8 for the editors of Windows."""
    return "\r\n".join(said(t, fault) for fault in found).encode("utf-8-sig", "replace")


def taken(
    t: Translator,
    name: str,
    *,
    revision: int,
    number: int,
    tally: Tally,
    notes: Sequence[Fault],
    hanging: Hanging = NOTHING,
) -> Screen:
    """What a file changes in the draft, which is at this revision: it is step `number` there, 0 for none. What hangs on
    all that the draft takes away by now."""
    file = cut(escape(name), NAME_MAX)
    if not tally:
        return screen(f"👌 {t('files.nothing', file=file)}", _back(t))
    counted = (
        ("files.new", tally.new),
        ("files.changed", tally.changed),
        ("files.gone", tally.gone),
        ("files.others", tally.others),
        ("files.replaced", tally.replaced),
    )
    lines = [f"📥 <b>{t('files.taken', file=file)}</b>", ""]
    lines += [t(key, count=count) for key, count in counted if count]
    lines += [Html(f"⚠️ {cut(escape(said(t, note)), FAULT_MAX)}") for note in notes]
    lines += [Html(f"⚠️ {total(t, 'hanging.ahead', hanging)}")] if hanging else []
    back = TakeBackChange(session="", number=number, stamp=stamp_of(revision))
    return screen(
        "\n".join([*lines, "", t("files.not_yet")]),
        [button(t.plain("files.look"), Go(where="draft"), style="primary")],
        [button(t.plain("files.take_back"), back)],
    )


def _back(t: Translator) -> Row:
    return [button(t.plain("menu.back"), Go(where="files"))]
