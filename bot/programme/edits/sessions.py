"""Edits of one session as such: whether it takes place, of what kind it is, that there is one more."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, replace

from bot.errors import Stale
from bot.programme.edits.edit import Edit
from bot.programme.lookup import need_session
from bot.programme.model import KINDS, Programme, Session


@dataclass(frozen=True, slots=True)
class Cancel(Edit):
    what = "cancel"

    session: str

    def apply(self, programme: Programme) -> Programme:
        return changed(programme, replace(need_session(programme, self.session), cancelled=True))


@dataclass(frozen=True, slots=True)
class Uncancel(Edit):
    what = "uncancel"

    session: str

    def apply(self, programme: Programme) -> Programme:
        return changed(programme, replace(need_session(programme, self.session), cancelled=False))


@dataclass(frozen=True, slots=True)
class SetKind(Edit):
    what = "kind"

    session: str
    kind: str

    def apply(self, programme: Programme) -> Programme:
        if self.kind not in KINDS:
            raise Stale("refusal.stale")
        return changed(programme, replace(need_session(programme, self.session), kind=self.kind))


@dataclass(frozen=True, slots=True)
class AddSession(Edit):
    """`session` is the code of the `new` one."""

    what = "added"

    session: str
    _: KW_ONLY
    new: Session

    def apply(self, programme: Programme) -> Programme:
        need_free(programme.session(self.session))
        if programme.day(self.new.day) is None:
            raise Stale("change.no_such_day", day=self.new.day.isoformat())
        return replace(programme, sessions=(*programme.sessions, self.new))


def need_free(taken: object) -> None:
    """The code of something new was chosen when nothing had it: who took it since changed the draft."""
    if taken is not None:
        raise Stale("draft.moved_on")


def changed(programme: Programme, *sessions: Session) -> Programme:
    """The programme with these in the place of those that have their codes."""
    new = {one.code: one for one in sessions}
    return replace(programme, sessions=tuple(new.get(one.code, one) for one in programme.sessions))
