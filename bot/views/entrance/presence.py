"""The entrance: what a scan found, who is here, how somebody without a badge is let in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.actions.entrance.presence import FOUND_MOST, Arrival, Guest
from bot.programme.model import Programme
from bot.programme.outside import OUTSIDE
from bot.texts import Translator, escape
from bot.views.buttons import Go, button
from bot.views.entrance.buttons import (
    BadgeSheet,
    GetPoster,
    GuestCard,
    LetIn,
    PresentPage,
    Reissue,
    TakeBack,
)
from bot.views.labels import WHOLE
from bot.views.names import (
    delegation_name,
)
from bot.views.pager import pager
from bot.views.screen import Row, Screen, cut, page_of, screen, shorten
from bot.who import Who
from storage.presence import Attendance, Named

PAGE = 10  # delegations
NAME_MAX = 60


def arrival(t: Translator, programme: Programme, found: Arrival, by_name: bool) -> Screen:
    """Read at a glance by whoever stands at the door: may this person come in? `by_name`: they were found without a
    badge, and the next may be."""
    head = f"✅ <b>{escape(found.name)}</b>"
    lines = [t("presence.count", here=found.attendance.here, people=found.attendance.people)]
    if not found.new:
        head = f"⚠️ <b>{t('presence.already', at=t.clock(found.since))}</b>\n<b>{escape(found.name)}</b>"
        lines = [t("presence.by", name=found.by)] if found.by else []
    rows: list[Row] = []
    if found.revocable:
        rows.append([button(t.plain("presence.take_back"), TakeBack(person=found.person, at=found.since))])
    rows.append([button(t.plain("presence.next"), Go(where="find"))] if by_name else [])
    return screen("\n".join([head, *of_whom(t, programme, found), "", *lines]).rstrip(), *rows)


def taken_back(t: Translator, guest: Guest) -> Screen:
    return screen(t("presence.taken_back", name=guest.name))


def of_whom(t: Translator, programme: Programme, found: Arrival | Guest) -> list[str]:
    """The delegation and the organization, a line each."""
    delegation = delegation_name(t, programme, found.delegation)
    return [cut(escape(part), 200) for part in (delegation, found.organization) if part]


def entrance(t: Translator, who: Who, attendance: Attendance) -> Screen:
    """How a badge is scanned, and for organizers the way to all the rest."""
    head = f"🎫 <b>{t('presence.title')}</b>\n{t('presence.count', here=attendance.here, people=attendance.people)}\n\n"
    if not who.organizer:
        again = button(t.plain("presence.again"), Go(where="entrance"))
        return screen(f"{head}{t('presence.how')} {t('presence.without_badge')}", [again])
    return screen(
        f"{head}{t('presence.how')} {t('presence.moderators_too')}",
        [button(t.plain("presence.who"), Go(where="present")), button(t.plain("presence.find"), Go(where="find"))],
        [button(t.plain("badges.open"), Go(where="badges")), button(t.plain("posters.open"), Go(where="posters"))],
        [button(t.plain("presence.link"), Go(where="checkin"))],
        [button(t.plain("menu.back"), Go(where="staff"))],
    )


def present(t: Translator, programme: Programme, groups: Mapping[str, Attendance], page: int, now: int) -> Screen:
    """By delegation, in the programme's order, then people in none; last those no longer in the programme, and who did
    not say."""
    codes = [one for one in (*(one.code for one in programme.delegations), *OUTSIDE) if one in groups]
    codes += sorted(set(groups) - set(codes), reverse=True)
    shown, page, pages = page_of(codes, page, PAGE)
    here, people = (sum(getattr(one, name) for one in groups.values()) for name in ("here", "people"))
    count = t("presence.count", here=here, people=people)
    lines = [f"👥 <b>{count}</b>", f"<i>{t('papers.as_of', at=t.moment(now))}</i>", ""]
    for code in shown:
        name = cut(escape(delegation_name(t, programme, code) or t.plain("stats.no_delegation")), NAME_MAX)
        lines.append(f"{mark(groups[code])} {name} — {groups[code].here}/{groups[code].people}")
    return screen(
        "\n".join(lines),
        pager(page, pages, lambda to: PresentPage(page=to)),
        [button(t.plain("presence.again"), PresentPage(page=page))],
        [button(t.plain("menu.back"), Go(where="entrance"))],
    )


def mark(group: Attendance) -> str:
    if not group.here:
        return "○"
    return "●" if group.here == group.people else "◐"


def find(t: Translator) -> Screen:
    return screen(t("presence.find_how"), [button(t.plain("menu.back"), Go(where="entrance"))])


def found(t: Translator, programme: Programme, people: Sequence[Named]) -> Screen:
    """Everybody whom a typed name may mean, a button for each."""
    rows = [
        [
            button(
                shorten(f"{one.name} · {delegation_name(t, programme, one.delegation)}".rstrip(" ·"), WHOLE),
                GuestCard(person=one.person),
            )
        ]
        for one in people[:FOUND_MOST]
    ]
    text = t("presence.found_many", count=FOUND_MOST) if len(people) >= FOUND_MOST else t("presence.found")
    return screen(
        text if people else t("presence.found_nobody"), *rows, [button(t.plain("menu.back"), Go(where="entrance"))]
    )


def guest(t: Translator, programme: Programme, one: Guest) -> Screen:
    lines = [f"👤 <b>{escape(one.name)}</b>", *of_whom(t, programme, one), ""]
    if one.since is None:
        lines.append(t("presence.not_here"))
    else:
        lines.append(t("presence.here_since", at=t.moment(one.since)))
    if one.by:
        lines.append(t("presence.by", name=one.by))
    door = [button(t.plain("presence.let_in"), LetIn(person=one.person), style="success")]
    if one.used_at is not None:
        door = [button(t.plain("presence.take_back"), TakeBack(person=one.person, at=one.used_at))]
    return screen(
        "\n".join(lines),
        door,
        [button(t.plain("badges.print_one"), BadgeSheet(which="person", value=str(one.person)))],
        [button(t.plain("badges.reissue"), Reissue(person=one.person, sure=0))],
        [button(t.plain("menu.back"), Go(where="find"))],
    )


def link(t: Translator, link: str) -> Screen:
    """The link for the entrance, and a poster of it."""
    return screen(
        t("audience.link_words", link=link),
        [button(t.plain("posters.get"), GetPoster(what="p", value=""))],
        [button(t.plain("menu.back"), Go(where="entrance"))],
    )
