"""For organizers: which of the programme's speakers use the bot, the invitation of one, and their photo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.actions.agenda.speaking import Linked
from bot.actions.publishing.drafts import Draft
from bot.programme.model import Programme, Speaker
from bot.texts import Html, Translator, Translators
from bot.views.buttons import Go, LeaveForm, button
from bot.views.labels import WHOLE
from bot.views.pager import pager
from bot.views.publishing.buttons import (
    DropPhoto,
    FindSpeaker,
    SendPhoto,
    SpeakerLink,
    SpeakerLinks,
    Texts,
)
from bot.views.publishing.more_buttons import SpeakerEnds
from bot.views.screen import Row, Screen, cut, page_of, screen, shorten
from bot.views.staff.buttons import AskWithdraw, Invite, Revoke
from bot.views.staff.staff import forwarded
from bot.who import SPEAKER

PAGE = 5
ENDS = 3  # links and invitations that a card has room for
ENDS_PAGE = 6
FOUND = 7  # that a typed name finds at most
PEOPLE = 5  # who are one speaker: the speaker, an assistant, hardly more
OPEN = 5  # invitations of one speaker
NAME_MAX = 100


def speakers(t: Translator, programme: Programme, linked: Mapping[str, Linked], page: int) -> Screen:
    """Everybody of the programme, a page of them."""
    people = programme.speakers
    shown, page, pages = page_of(people, page, PAGE)
    here = sum(1 for one in people if linked.get(one.code, Linked()).people)
    text = f"👤 <b>{t('speaking.desk_title')}</b>\n\n"
    text += t("speaking.desk_how", linked=here, all=len(people)) if people else t("speakers.none")
    return screen(
        text,
        *rows(t, shown, linked, page),
        pager(page, pages, lambda to: SpeakerLinks(page=to)),
        [button(t.plain("speaking.find"), FindSpeaker())] if pages > 1 else [],
        [button(t.plain("menu.back"), Go(where="programme"))],
    )


def found(t: Translator, people: Sequence[Speaker], linked: Mapping[str, Linked]) -> Screen:
    """Whom a typed name fits."""
    return screen(
        t("speaking.found") if people else t("speaking.not_found"),
        *rows(t, people[:FOUND], linked, 0),
        [button(t.plain("speaking.all"), SpeakerLinks(page=0))],
    )


def rows(t: Translator, people: Sequence[Speaker], linked: Mapping[str, Linked], page: int) -> list[Row]:
    return [
        [
            button(
                shorten(f"{mark(linked.get(one.code, Linked()))} {t.say_plain(one.name)}", WHOLE),
                SpeakerLink(speaker=one.code, page=page),
            )
        ]
        for one in people
    ]


def mark(one: Linked) -> str:
    """Uses the bot, is invited, or neither."""
    return "✅" if one.people else "🔗" if one.invitations else "▫️"


def find(t: Translator) -> Screen:
    return screen(t("speaking.type_name"), [button(t.plain("form.cancel"), LeaveForm())])


def speaker(
    t: Translator, draft: Draft, one: Speaker, *, linked: Linked, page: int, photo: Path | str | None
) -> Screen:
    """One speaker as the draft has them; only those in the published programme can be invited."""
    published = draft.published.speaker(one.code) is not None
    lines = [f"👤 <b>{cut(t.say(one.name), NAME_MAX)}</b>"]
    if one.office:
        lines.append(f"<i>{cut(t.say(one.office), 200)}</i>")
    lines += ["", t.n("speaking.sessions", len(draft.programme.of_speaker(one.code)))]
    lines += [t("speaking.is", name=name) for _, name in linked.people[:PEOPLE]]
    lines += [t("speaking.invited", until=t.moment(sent.expires_at)) for sent in linked.invitations[:OPEN]]
    if not published:
        lines.append(t("speaking.unpublished"))
    elif not linked.people and not linked.invitations:
        lines.append(t("speaking.is_nobody"))
    lines.append(t("speaking.photo_set" if one.photo else "speaking.photo_none"))
    ends = end_rows(t, one, linked)
    every = SpeakerEnds(speaker=one.code, page=0, list_page=page)
    drop = DropPhoto(speaker=one.code, page=page, revision=draft.revision)
    return screen(
        "\n".join(lines),
        [button(t.plain("speaking.invite"), Invite(role=SPEAKER, session=one.code))] if published else [],
        [
            button(t.plain("speaking.photo"), SendPhoto(speaker=one.code, page=page)),
            *([button(t.plain("speaking.photo_drop"), drop)] if one.photo else []),
        ],
        [button(t.plain("change.person_button"), Texts(kind="p", code=one.code, field=""))],
        *(ends if len(ends) <= ENDS else [[button(t.plain("speaking.links", count=len(ends)), every)]]),
        [button(t.plain("watch.to_draft"), Go(where="draft"))] if draft.steps else [],
        [button(t.plain("speaking.all"), SpeakerLinks(page=page))],
        photo=photo,
    )


def end_rows(t: Translator, one: Speaker, linked: Linked) -> list[Row]:
    """To end each link with a person of the bot, and to withdraw each open invitation."""
    links = [
        (f"✖️ {name}", Revoke(person=person, role=SPEAKER, session=one.code, sure=0)) for person, name in linked.people
    ]
    invitations = [
        (f"✖️ {t.plain('speaking.withdraw', until=t.moment(sent.expires_at))}", AskWithdraw(digest=sent.digest[:16]))
        for sent in linked.invitations
    ]
    return [[button(shorten(label, WHOLE), data)] for label, data in (*links, *invitations)]


def ends(t: Translator, one: Speaker, linked: Linked, *, page: int, list_page: int) -> Screen:
    """All links and invitations of a speaker who has many."""
    shown, page, pages = page_of(end_rows(t, one, linked), page, ENDS_PAGE)
    return screen(
        f"👤 <b>{cut(t.say(one.name), NAME_MAX)}</b>",
        *shown,
        pager(page, pages, lambda to: SpeakerEnds(speaker=one.code, page=to, list_page=list_page)),
        [button(t.plain("menu.back"), SpeakerLink(speaker=one.code, page=list_page))],
    )


def invited(t: Translator, one: Speaker) -> Screen:
    """Above the message that is to be forwarded."""
    return screen(
        t("speaking.invitation", name=shorten(t.say_plain(one.name), NAME_MAX)),
        [button(t.plain("menu.back"), SpeakerLink(speaker=one.code, page=0))],
    )


def invitation(translators: Translators, programme: Programme, one: Speaker, link: str) -> Screen:
    def words(t: Translator, forum: str) -> Html:
        return t("speaking.letter", name=shorten(t.say_plain(one.name), NAME_MAX), forum=forum)

    return screen(forwarded(translators, programme, words, link))


def send_photo(t: Translator, one: Speaker) -> Screen:
    return screen(
        t("speaking.send_photo", name=shorten(t.say_plain(one.name), NAME_MAX)),
        [button(t.plain("form.cancel"), LeaveForm())],
    )
