"""Questions that say much the same while they are open: how many people asked one, and which is merged into which.

Nobody but a moderator reads a question that waits: others learn how many people have asked something like theirs.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.actions.questions.likeness import nearest
from storage import twins
from storage.database import Transaction
from storage.questions import APPROVED, LIVE, Question
from storage.twins import Waiting

LOOKED_AT = 100  # of one session: a rush is counted to the last person, and takes a few thousandths of a second


def look_again(tx: Transaction, question: Question) -> list[int]:
    """The question is new, has other words, or was decided, carried elsewhere or opened again: link it with the open
    ones of its session that say much the same, whoever asked them. The numbers of those whose cards name it, or did.

    Its author's own are linked too: a link that was missing would tell who asked without a name.
    """
    number = question.number
    before, named_by = twins.of(tx, number), twins.named_by(tx, number)
    found: dict[int, int] = {}
    if question.state in LIVE:
        others = twins.open_texts(tx, question.session, number)
        near = nearest(question.text, others, LOOKED_AT, looked_at=LOOKED_AT)
        found = {one: round(likeness) for one, likeness in near}
    if found != before:
        twins.link(tx, number, found)
        named_by += [one for one in twins.named_by(tx, number) if one not in named_by]
    return named_by


def people_waiting(tx: Transaction, session: str, person: int, text: str) -> int:
    """How many others than the person asked something like the text in the session, and wait for a moderator.

    Everybody who gave their name counts once; each question without a name counts as somebody else's, or counting
    would tell who asked it.
    """
    waiting = {one.number: one for one in twins.waiting(tx, session)}
    texts = {one.number: one.text for one in waiting.values() if one.merged_into is None}
    near = {number for number, _ in nearest(text, texts, LOOKED_AT, looked_at=LOOKED_AT)}
    others = [one for one in waiting.values() if one.author != person and stays(waiting, one) in near]
    return len({one.author for one in others if not one.anonymous}) + sum(one.anonymous for one in others)


def stays(waiting: Mapping[int, Waiting], one: Waiting) -> int | None:
    """The number of what stands for the question; None when that waits no more."""
    passed = set()
    while one.merged_into is not None:
        passed.add(one.number)
        if one.merged_into not in waiting or one.merged_into in passed:
            return None
        one = waiting[one.merged_into]
    return one.number


def goes_and_stays(one: Question, other: Question) -> tuple[Question, Question]:
    """Of two that say the same, the one to be merged, and the one to stay: what the hall reads, what more people want
    asked, what was asked first."""
    stays, goes = sorted((one, other), key=lambda each: (each.state != APPROVED, -each.votes, each.number))
    return goes, stays
