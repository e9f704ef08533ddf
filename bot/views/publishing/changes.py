"""What differs between two versions of the programme, in people's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.programme.changes import ORDER, WHOLE
from bot.programme.differences import (
    ADDED,
    CANCELLED,
    PEOPLE,
    REMOVED,
    RESTORED,
    ROOM,
    TIME,
    RecordChange,
    SessionChange,
)
from bot.programme.model import Room, Session, Speaker
from bot.texts import Html, Translator
from bot.views.publishing.concerns import quoted
from bot.views.screen import cut
from bot.views.times import times

PAGE = 6  # changes on a page
TITLE_MAX = 120
NAME_MAX = 60
PEOPLE_MAX = 4  # who come, and who do not any more: in a message to many the first are enough
SIGNS = {
    "forum": "🏛",
    "days": "📅",
    "rooms": "📍",
    "topics": "🏷",
    "speakers": "👤",
    "delegations": "👥",
    "pages": "ℹ️",
}


def entry(t: Translator, change: SessionChange | RecordChange, reach: Mapping[str, int]) -> Html:
    """One change, whole. `reach` has how many people a session's change concerns, by its code."""
    if isinstance(change, RecordChange):
        return record(t, change)
    lines = [title(t, change), *change_lines(t, change)]
    if change.words:
        lines.append(words(t, change))
    if reach.get(change.code):
        lines.append(Html(f"👥 {t.n('publishing.concerns', reach[change.code])}"))
    return Html("\n".join(lines))


def title(t: Translator, change: SessionChange, since: Session | None = None) -> Html:
    """With the day and time at which people know it, where what follows does not say them; `since` is the session if it
    has moved after the change."""
    known = change.before or change.session
    name = Html(f"<b>{cut(t.say(known.title), TITLE_MAX)}</b>")
    when = known_time(t, change, since)
    return Html(f"{name} · {when}") if when else name


def known_time(t: Translator, change: SessionChange, since: Session | None = None) -> str:
    """Only what the lines below leave out: two times of which one does not hold are one too many."""
    known = change.before or change.session
    if since is not None and TIME not in change.told:
        known = since
    if {RESTORED, ADDED} & {*change.told}:
        return ""
    if TIME not in change.told:
        return f"{t.short_date(known.start)}, {t.time(known.start)}"
    return t.short_date(known.start) if same_day(t, known, change.session) else ""


def change_lines(t: Translator, change: SessionChange) -> list[Html]:
    """A line for each change that people are notified of: what was, and what is."""
    return [line for kind in change.told for line in LINES[kind](t, change)]


def time_lines(t: Translator, change: SessionChange) -> list[Html]:
    assert change.before is not None
    assert change.after is not None
    was, now = both_times(t, change.before, change.after)
    return [Html(f"🕒 {instead(t, now, was)}")]


def instead(t: Translator, now: str, was: str) -> Html:
    """ "14:30 instead of 14:00"."""
    return t("changes.instead", now=Html(now), was=Html(was))


def both_times(t: Translator, one: Session, other: Session) -> tuple[str, str]:
    """The date only where it differs."""
    if same_day(t, one, other):
        return times(t, one), times(t, other)
    return dated(t, one), dated(t, other)


def same_day(t: Translator, one: Session, other: Session) -> bool:
    return one.start.astimezone(t.zone).date() == other.start.astimezone(t.zone).date()


def dated(t: Translator, session: Session) -> str:
    return f"{t.short_date(session.start)}, {times(t, session)}"


def room_lines(t: Translator, change: SessionChange) -> list[Html]:
    was, now = (room_name(t, one) for one in change.rooms)
    return [Html(f"📍 {instead(t, now, was)}")]


def room_name(t: Translator, room: Room | None) -> Html:
    return cut(t.say(room.name), NAME_MAX) if room else t("changes.no_room")


def people_lines(t: Translator, change: SessionChange) -> list[Html]:
    """Who speaks there instead of whom, and the same of those who chair it; whoever comes, or goes, without another."""
    return [line for left, joined in by_role(change) for line in exchanged(t, left, joined)]


def by_role(change: SessionChange) -> list[tuple[list[Speaker], list[Speaker]]]:
    """Those who left and those who joined, as speakers first and then as chairs; of both roles as the first."""
    roles: list[tuple[list[Speaker], list[Speaker]]] = []
    for before, after in zip(seats(change.before), seats(change.after), strict=True):
        left = [one for one in change.left if one.code in before]
        joined = [one for one in change.joined if one.code in after]
        known = [one for role in roles for side in role for one in side]
        roles.append(([one for one in left if one not in known], [one for one in joined if one not in known]))
    return roles


def seats(session: Session | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return ((), ()) if session is None else (tuple(session.speakers), tuple(session.moderators))


def exchanged(t: Translator, left: Sequence[Speaker], joined: Sequence[Speaker]) -> list[Html]:
    if not left or not joined:
        return [*named(t, "−", left), *named(t, "+", joined)]
    now, was = (in_a_row(t, people) for people in (joined, left))
    return [Html(f"👤 {instead(t, now, was)}")]


def in_a_row(t: Translator, people: Sequence[Speaker]) -> Html:
    names = ", ".join(cut(t.say(one.name), NAME_MAX) for one in people[:PEOPLE_MAX])
    more = len(people) - PEOPLE_MAX
    return Html(f"{names} +{more}" if more > 0 else names)


def named(t: Translator, sign: str, people: Sequence[Speaker]) -> list[Html]:
    lines = [Html(f"👤 {sign} {cut(t.say(one.name), NAME_MAX)}") for one in people[:PEOPLE_MAX]]
    if len(people) > PEOPLE_MAX:
        lines.append(t.n("agenda.more_people", len(people) - PEOPLE_MAX))
    return lines


def cancelled_lines(t: Translator, change: SessionChange) -> list[Html]:
    return [Html(f"❌ <b>{t('agenda.cancelled')}</b>")]


def removed_lines(t: Translator, change: SessionChange) -> list[Html]:
    return [Html(f"❌ <b>{t('changes.removed')}</b>")]


def restored_lines(t: Translator, change: SessionChange) -> list[Html]:
    return [Html(f"✅ <b>{t('changes.restored')}</b>"), *whereabouts(t, change)]


def added_lines(t: Translator, change: SessionChange) -> list[Html]:
    return [Html(f"🆕 <b>{t('changes.added')}</b>"), *whereabouts(t, change)]


def whereabouts(t: Translator, change: SessionChange) -> list[Html]:
    lines = [Html(f"🕒 {dated(t, change.session)}")]
    if change.rooms[1] is not None:
        lines.append(Html(f"📍 {room_name(t, change.rooms[1])}"))
    return lines


LINES = {
    TIME: time_lines,
    ROOM: room_lines,
    PEOPLE: people_lines,
    CANCELLED: cancelled_lines,
    REMOVED: removed_lines,
    RESTORED: restored_lines,
    ADDED: added_lines,
}


def words(t: Translator, change: SessionChange) -> Html:
    """Which texts of a session were corrected; of its title also how."""
    names = ", ".join(t(f"changes.field_{name}") for name in change.words)
    return Html("\n".join((f"✏️ {names}", *retitled(t, change))))


def retitled(t: Translator, change: SessionChange) -> list[Html]:
    """What it is called instead, where its reader sees that."""
    assert change.before is not None
    assert change.after is not None
    was, now = (cut(t.say(one.title), NAME_MAX) for one in (change.before, change.after))
    return [instead(t, quoted(t, now), quoted(t, was))] if was != now else []


def record(t: Translator, change: RecordChange) -> Html:
    """ "👤 Aigerim Serik: office, about the person"."""
    sign = SIGNS[change.part]
    if change.fields == (ORDER,) and not change.name:
        return Html(f"{sign} {t('changes.order', what=t.plain(f'changes.part_{change.part}'))}")
    name = cut(t.say(change.name) or t(f"changes.part_{change.part}"), NAME_MAX)
    if WHOLE in change.fields:
        return Html(f"{sign} <b>{name}</b>: {t('changes.gone' if change.gone else 'changes.new')}")
    fields = ", ".join(t(f"changes.field_{named_field(change.part, field)}") for field in change.fields)
    return Html(f"{sign} <b>{name}</b>: {fields}")


def named_field(part: str, field: str) -> str:
    """A person's name is another word than a hall's in Kazakh and Russian."""
    return "person" if (part, field) == ("speakers", "name") else field
