"""Who decided about an announcement, as its screens and a toast say it."""

from __future__ import annotations

from bot.actions.announcements.announcements import Facts, Verdict
from bot.texts import Html, Translator
from storage.announcements import DRAFT

# What the screens say of decisions; that it was approved stands there as long as it holds.
TOLD = ("declined", "cancelled", "proposed", "correction_approved", "correction_declined")


def decided_lines(t: Translator, facts: Facts) -> list[str]:
    """Who approved it, and what was decided since."""
    approver, verdict = facts.approver, facts.verdict
    lines: list[str] = [t("announcements.decision_approved", name=approver)] if approver else []
    told = ("declined",) if facts.announcement.state == DRAFT else TOLD
    if verdict is not None and verdict.what in told:
        lines.append(decision_words(t, verdict))
    return lines


def decision_words(t: Translator, verdict: Verdict) -> Html:
    return t(f"announcements.decision_{verdict.what}", name=verdict.name)


def decided(t: Translator, verdict: Verdict | None) -> str:
    """To whoever decides a moment later: who did, and what."""
    words = t.plain("announcements.decided")
    if verdict is None:
        return words
    return f"{words}\n{t.plain(f'announcements.decision_{verdict.what}', name=verdict.name)}"
