"""The desk of a session that has left the programme: what was asked there waits for its moderators still."""

from __future__ import annotations

from collections.abc import Mapping

from bot.programme.model import Session
from bot.texts import Translator
from bot.views.buttons import Go, button
from bot.views.moderation.buttons import Papers
from bot.views.moderation.desk import counted, list_rows
from bot.views.moderation.stage_buttons import OpenStage
from bot.views.names import GONE_SIGN
from bot.views.publishing.buttons import GONE, PickHeir
from bot.views.screen import Screen, cut, screen
from bot.views.times import times
from storage.questions import LIVE


def session(t: Translator, one: Session, count: Mapping[str, int], *, moves: bool) -> Screen:
    """With its last title and time. Whoever `moves` may give to another session what hangs on it."""
    waits = any(count.get(state) for state in LIVE)
    lines = [
        f"<b>{cut(t.say(one.title), 300)}</b>",
        f"🕒 {t.date(one.start)}, {times(t, one)}",
        f"{GONE_SIGN} {t('moderation.gone' if waits else 'stage.gone')}",
        "",
        *counted(t, count),
    ]
    stage = button(t.plain("stage.open"), OpenStage(session=one.code))
    move = button(t.plain("hanging.move"), PickHeir(session=one.code, page=0, revision=GONE))
    return screen(
        "\n".join(lines),
        *list_rows(t, one, count, sum(count.get(state, 0) for state in LIVE)),
        [stage, button(t.plain("papers.open"), Papers(session=one.code))],
        [move] if moves and waits else [],
        [button(t.plain("moderation.all_sessions"), Go(where="desk"))],
    )
