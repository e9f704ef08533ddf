"""The organizer's lists: roles and invitations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.programme.model import Programme, Session
from bot.texts import (
    LANGUAGE_NAMES,
    Html,
    Translator,
    Translators,
    escape,
)
from bot.views.agenda.agenda import day_key
from bot.views.buttons import Go, button
from bot.views.labels import WHOLE, timed
from bot.views.moderation.buttons import StopWordsPage
from bot.views.names import session_title
from bot.views.pager import pager
from bot.views.screen import Row, Screen, page_of, screen, shorten
from bot.views.staff.buttons import (
    AskWithdraw,
    Invite,
    InviteDay,
    OpenBoard,
    Revoke,
    TakeInvitation,
    TeamPage,
    WithdrawInvitation,
)
from bot.who import MODERATOR, ORGANIZER, SPEAKER
from storage.roles import ALL_SESSIONS, Invitation, Role

SHOWN = 4  # roles and invitations named on the organizers' screen
PAGE = 4  # of the team
OF_DAY = 5  # sessions
SCOPE_MAX = 40  # characters of a session's title or a speaker's name beside a role
NAME_MAX = 18  # of a name on a button, beside the role
FORUM_MAX = 200  # characters of its name in an invitation


def scope(t: Translator, programme: Programme, session: str) -> str:
    if session == ALL_SESSIONS:
        return t.plain("staff.all_sessions")
    return session_title(t, programme, session, SCOPE_MAX)


def role_name(t: Translator, programme: Programme, role: str, session: str) -> str:
    """ "organizer", "moderator (all sessions)", "moderator (The opening)", "speaker (A. Serik)"."""
    name = t.plain(f"staff.{role}")
    if role == SPEAKER:
        speaker = programme.speaker(session)
        return f"{name} ({shorten(t.say_plain(speaker.name), SCOPE_MAX) if speaker else session})"
    return f"{name} ({scope(t, programme, session)})" if role == MODERATOR else name


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody's role, or an open invitation: how it is listed, and the button that ends it; none for what the settings
    say."""

    line: Html
    end: Row


def members(
    t: Translator,
    programme: Programme,
    roles: Sequence[tuple[Role, str]],
    invitations: Sequence[Invitation],
    chiefs: Sequence[str],
) -> list[Member]:
    found = [Member(Html(f"• {escape(name)} — {t('staff.chief')}"), []) for name in chiefs]
    for role, name in roles:
        what = role_name(t, programme, role.role, role.session)
        data = Revoke(person=role.person, role=role.role, session=role.session, sure=0)
        label = shorten(f"✖️ {shorten(name, NAME_MAX)} · {what}", WHOLE)
        found.append(Member(Html(f"• {escape(name)} — {escape(what)}"), [button(label, data)]))
    for invitation in invitations:
        what = role_name(t, programme, invitation.role, invitation.session)
        line = t("staff.open_invitation", what=what, until=t.moment(invitation.expires_at))
        data_of = AskWithdraw(digest=invitation.digest[:16])
        found.append(
            Member(Html(f"• {line}"), [button(shorten(t.plain("staff.withdraw_one", what=what), WHOLE), data_of)])
        )
    return found


def staff(
    t: Translator,
    programme: Programme,
    roles: Sequence[tuple[Role, str]],
    invitations: Sequence[Invitation],
    chiefs: Sequence[str],
) -> Screen:
    """All that organizers do, by its subject; and who they are."""
    team = members(t, programme, roles, invitations, chiefs)
    lines = [f"🗝 <b>{t('staff.screen')}</b>", "", *(one.line for one in team[:SHOWN])]
    if len(team) > SHOWN:
        lines.append("• " + t.n("staff.more", len(team) - SHOWN))
    return screen(
        "\n".join(lines),
        [button(t.plain("board.open"), OpenBoard())],
        [
            button(t.plain("staff.team", count=len(team)), TeamPage(page=0)),
            button(t.plain("staff.invite"), Go(where="inviting")),
        ],
        [button(t.plain("programme.open"), Go(where="programme"))],
        [button(t.plain("speaking.desk_button"), Go(where="speakers"))],
        [button(t.plain("presence.open"), Go(where="entrance"))],
        [button(t.plain("group.title_button"), Go(where="group"))],
        [button(t.plain("audit.button"), Go(where="audit")), button(t.plain("stop_words.open"), StopWordsPage(page=0))],
    )


def team(
    t: Translator,
    programme: Programme,
    roles: Sequence[tuple[Role, str]],
    invitations: Sequence[Invitation],
    chiefs: Sequence[str],
    *,
    page: int,
) -> Screen:
    """Who may do what, a page of them, each with a button that asks whether to end it."""
    shown, page, pages = page_of(members(t, programme, roles, invitations, chiefs), page, PAGE)
    return screen(
        "\n".join([f"🗝 <b>{t('staff.title')}</b>", "", *(one.line for one in shown)]),
        *(one.end for one in shown),
        pager(page, pages, lambda to: TeamPage(page=to)),
        [button(t.plain("menu.back"), Go(where="staff")), button(t.plain("staff.invite"), Go(where="inviting"))],
    )


def inviting(t: Translator) -> Screen:
    """Whom to invite."""
    return screen(
        t("staff.whom"),
        [button(t.plain("staff.invite_moderator"), Invite(role=MODERATOR, session=ALL_SESSIONS))],
        [button(t.plain("staff.invite_for_session"), Go(where="invite"))],
        [button(t.plain("staff.invite_organizer"), Invite(role=ORGANIZER, session=ALL_SESSIONS))],
        [button(t.plain("menu.back"), Go(where="staff"))],
    )


def choose_session(
    t: Translator, programme: Programme, sessions: Sequence[Session], date: dt.date, page: int
) -> Screen:
    shown, page, pages = page_of(sessions, page, OF_DAY)
    rows: list[Row] = [
        [button(label, Invite(role=MODERATOR, session=session.code))]
        for session, label in zip(shown, timed(t, shown), strict=True)
    ]
    before = [day.date for day in programme.days if day.date < date][-1:]
    after = [day.date for day in programme.days if day.date > date][:1]
    return screen(
        t("staff.choose_session", day=t.date(date)),
        *rows,
        pager(page, pages, lambda to: InviteDay(day=day_key(date), page=to)),
        [
            *(button(f"‹ {t.short_date(one)}", InviteDay(day=day_key(one), page=0)) for one in before),
            *(button(f"{t.short_date(one)} ›", InviteDay(day=day_key(one), page=0)) for one in after),
        ],
        [button(t.plain("menu.back"), Go(where="inviting"))],
    )


def invited(t: Translator, programme: Programme, role: str, session: str) -> Screen:
    """Above the message that is to be forwarded."""
    what = role_name(t, programme, role, session)
    return screen(t("staff.invitation", what=what), [button(t.plain("menu.back"), Go(where="staff"))])


def invitation(translators: Translators, programme: Programme, role: str, *, session: str, link: str) -> Screen:
    def words(t: Translator, forum: str) -> Html:
        return t("staff.letter", what=role_name(t, programme, role, session), forum=forum)

    return screen(forwarded(translators, programme, words, link))


def forwarded(
    translators: Translators, programme: Programme, words: Callable[[Translator, str], Html], link: str
) -> str:
    """To be forwarded as it is, in all languages: nobody knows yet which one the invited person reads. `words` gets the
    forum's name."""
    spoken = [translators[language] for language in LANGUAGE_NAMES]
    parts = [words(t, shorten(t.say_plain(programme.forum.title), FORUM_MAX)) for t in spoken]
    return "\n\n".join((*parts, escape(link)))


def for_somebody_else(t: Translator, programme: Programme, invitation: Invitation, offered: bool) -> Screen:
    """To whoever opened a link by which they gain nothing; `offered`: unless they are the speaker whose it is."""
    what = role_name(t, programme, invitation.role, invitation.session)
    text = t("staff.for_somebody_else", what=what, until=t.moment(invitation.expires_at))
    if not offered:
        return screen(f"{text}\n{t('staff.have_it')}")
    take = button(t.plain("staff.take_it"), TakeInvitation(digest=invitation.digest[:16]))
    return screen(f"{text}\n{t('staff.is_it_for_you')}", [take])


def withdraw_sure(t: Translator, programme: Programme, invitation: Invitation) -> Screen:
    what = role_name(t, programme, invitation.role, invitation.session)
    return screen(
        t("staff.withdraw_sure", what=what, until=t.moment(invitation.expires_at)),
        [button(t.plain("staff.withdraw_yes"), WithdrawInvitation(digest=invitation.digest[:16]), style="danger")],
        [button(t.plain("menu.back"), TeamPage(page=0))],
    )


def revoke_sure(t: Translator, programme: Programme, role: Role, name: str) -> Screen:
    what = role_name(t, programme, role.role, role.session)
    return screen(
        t("staff.revoke_sure", name=name, what=what),
        [
            button(
                t.plain("staff.revoke_yes"),
                Revoke(person=role.person, role=role.role, session=role.session, sure=1),
                style="danger",
            )
        ],
        [button(t.plain("menu.back"), TeamPage(page=0))],
    )
