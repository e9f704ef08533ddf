"""How far an announcement has come, what became of it, and who did not get it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions.announcements.announcements import Facts
from bot.actions.announcements.wording import STAGED
from bot.texts import Html, Translator, escape
from bot.views.announcements import truth
from bot.views.announcements.buttons import (
    AnnounceAsk,
    AnnounceDesk,
    AnnounceFailures,
    AnnounceRun,
    AnnounceStaged,
    AnnounceVersion,
)
from bot.views.announcements.choices import go_on, short_name
from bot.views.announcements.decisions import decided_lines
from bot.views.announcements.lines import behind_line, preview_button, right_button, title, to_list
from bot.views.announcements.pace import bar, moving_lines
from bot.views.announcements.repaired import repaired, unrepaired
from bot.views.buttons import button
from bot.views.labels import side_by_side
from bot.views.screen import Row, Screen, screen, shorten
from storage.announced import CORRECTING, REMOVING, SENDING, Asleep, Failure, Tally
from storage.announcements import CANCELLED, PAUSED, Announcement
from storage.announcements import SENDING as UNDER_WAY
from storage.deliveries import BLOCKED, DROPPED, FAILED, SENT, UNSURE

FAILURES_PAGE = 20
ALONE = 2  # versions that each have a row; more stand side by side
REPAIRS = {CORRECTING: "✏️", REMOVING: "🗑"}  # before who has the announcement, but not its repair


def report(t: Translator, facts: Facts, untrue: Sequence[str] = ()) -> Screen:
    """How far it is, and at the end what became of it; the languages in which it says what is not so any more."""
    announcement = facts.announcement
    sending = facts.tallies.get(SENDING, Tally())
    lines = [
        report_head(t, announcement, sending, facts.asleep),
        f"<i>{title(t, announcement, 80, facts.parts)}</i>",
        *decided_lines(t, facts),
        "",
        bar(sending.total - sending.open, sending.total),
        t("announcements.delivered", count=sending.states.get(SENT, 0)),
        *([t("announcements.twice", count=sending.twice)] if sending.twice else []),
        t("announcements.blocked", count=sending.states.get(BLOCKED, 0)),
        t("announcements.failed", count=sending.states.get(FAILED, 0) + sending.states.get(DROPPED, 0)),
    ]
    if sending.states.get(UNSURE):
        lines.append(t("announcements.unsure", count=sending.states[UNSURE]))
    if sending.open:
        lines.append(t("announcements.waiting", count=sending.open))
        lines += moving_lines(t, sending, facts) if announcement.state == UNDER_WAY else []
    for kind, key in ((CORRECTING, "announcements.corrected"), (REMOVING, "announcements.removed")):
        lines += repaired(t, facts.tallies.get(kind, Tally()), key)
    missed = sending.undelivered + sum(unrepaired(facts.tallies.get(kind, Tally())) for kind in (CORRECTING, REMOVING))
    holds = announcement.withdrawn_at is None
    if holds:
        lines += [*truth.outdated(t, untrue), *behind_line(t, facts)]
    return screen(
        "\n".join(lines),
        *report_rows(t, announcement, sending, missed),
        *(truth.word_again(t, facts, untrue, "moving.correct") if holds else []),
        *(version_rows(t, facts, right=not untrue) if holds else []),
        [to_list(t)],
        pause_row(t, announcement, sending),
    )


def version_rows(t: Translator, facts: Facts, *, right: bool) -> list[Row]:
    """The corrections that were written and are not in place; the versions behind, which are `right` as they are or to
    be corrected. Many versions stand side by side, by their names alone.

    These stand last: what stood above them stays where it was, and nothing was confirmed where "right" stands.
    """
    number = facts.announcement.number
    coming = dict.fromkeys(part.language for part in facts.parts if part.language.startswith(STAGED))
    staged = [one.removeprefix(STAGED) for one in coming]
    behind = [one for one in facts.behind if one not in staged]
    confirm = [right_button(t, facts)] if facts.behind and right else []
    if len(staged) + len(behind) > ALONE:
        those = [button(f"⏳ {short_name(t, one)}", AnnounceStaged(number=number, language=one)) for one in staged]
        for one in behind:
            data = AnnounceVersion(number=number, language=one, act="correct")
            those.append(button(f"✏️ {short_name(t, one)}", data))
        return [*confirm, *side_by_side(those)]
    waiting = [
        [
            button(
                t.plain("announcements.staged", version=short_name(t, one)), AnnounceStaged(number=number, language=one)
            )
        ]
        for one in staged
    ]
    return [*waiting, *confirm, *go_on(t, number, behind, "correct")]


def report_head(t: Translator, announcement: Announcement, sending: Tally, asleep: Asleep) -> Html:
    key = "running" if sending.open else "over"
    if asleep.people and asleep.people == sending.open:
        key = "asleep_only"
    if announcement.withdrawn_at is not None:
        key = "withdrawn"
    elif announcement.state == PAUSED:
        key = "paused"
    elif announcement.state == CANCELLED:
        key = "stopped"
    return Html(f"📣 <b>{t(f'announcements.{key}', number=announcement.number)}</b>")


def report_rows(t: Translator, announcement: Announcement, sending: Tally, missed: int) -> list[Row]:
    number = announcement.number
    rows: list[Row] = []
    if announcement.withdrawn_at is None:
        rows.append(
            [run(t, number, "correct", "announcements.correct"), run(t, number, "remove", "announcements.remove")]
        )
    if missed:
        label = t.plain("announcements.failures", count=missed)
        rows.append([button(label, AnnounceFailures(number=number, page=0))])
    refresh = button(t.plain("announcements.refresh"), AnnounceDesk(number=number, act="open"))
    return [*rows, [preview_button(t, number), refresh]]


def pause_row(t: Translator, announcement: Announcement, sending: Tally) -> Row:
    """At the very bottom: where it was sent, corrected or deleted from, no such button stood."""
    if announcement.state not in (UNDER_WAY, PAUSED) or announcement.withdrawn_at or not sending.open:
        return []
    pausing = ("resume", "announcements.resume") if announcement.state == PAUSED else ("pause", "announcements.pause")
    stop = AnnounceAsk(number=announcement.number, act="stop", language="")
    return [run(t, announcement.number, *pausing), button(t.plain("announcements.stop"), stop)]


def run(t: Translator, number: int, act: str, key: str) -> dict[str, str]:
    return button(t.plain(key), AnnounceRun(number=number, act=act))


def failures(t: Translator, number: int, failed: Sequence[Failure], page: int, more: bool) -> Screen:
    """Who did not get it, its correction or its deletion, and why; names only."""
    lines = [f"⚠️ <b>{t('announcements.failures_of', number=number)}</b>", ""]
    lines += [failure_line(t, one) for one in failed]
    turn: Row = []
    if page > 0:
        turn.append(button("‹", AnnounceFailures(number=number, page=page - 1)))
    if more:
        turn.append(button("›", AnnounceFailures(number=number, page=page + 1)))
    return screen("\n".join(lines), turn, [button(t.plain("menu.back"), AnnounceDesk(number=number, act="open"))])


def failure_line(t: Translator, failure: Failure) -> str:
    why = t(f"announcements.fate_{failure.state}")
    named = t("announcements.failure", name=shorten(failure.name or "—", 40), why=why)
    error = f" <i>({escape(shorten(failure.error, 80))})</i>" if failure.error else ""
    return f"{REPAIRS.get(failure.kind, '•')} {named}{error}"
