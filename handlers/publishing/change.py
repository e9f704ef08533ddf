"""What a press that edits the draft is answered with, beside the draft as it is then."""

from __future__ import annotations

from bot.context import Context
from bot.drafts import MOVED_ON, Changed, Outcome
from bot.middlewares.answers import Toast


def toast_of(ctx: Context, changed: Changed) -> Toast | None:
    """None also for a second tap: a thumb that trembled must not be asked to press again."""
    match changed.outcome:
        case Outcome.SAME:
            return Toast(ctx.t.plain("change.same"))
        case Outcome.MOVED_ON:
            return Toast(ctx.t.plain(MOVED_ON), alert=True)
        case Outcome.MADE | Outcome.TWICE:
            return None
