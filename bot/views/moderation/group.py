"""The moderators' desk in a group: how to get it there, what it says there, a question's card in it."""

from __future__ import annotations

from bot.actions.moderation.cards import CardFacts
from bot.actions.moderation.claims import WORKED_ON
from bot.programme.model import Programme
from bot.texts import LANGUAGE_NAMES, LANGUAGES, Translator
from bot.views.buttons import Button, Go, button
from bot.views.moderation.buttons import AskCloseDesk, GroupCard, GroupDesk, GroupLanguage, GroupReason
from bot.views.moderation.desk import card_text, decision_keys, of_the_state, reason_rows
from bot.views.moderation.twins import group_keys
from bot.views.names import GONE_SIGN
from bot.views.screen import Screen, screen, shorten, units
from storage.desk_groups import DeskGroup
from storage.questions import APPROVED, ASKED, PENDING

# What the link asks for when the bot is added (core.telegram.org/api/links, bot admin rights): to make the sessions'
# topics, and to pin what says how the desk works.
RIGHTS = "manage_topics+pin_messages"
START = "desk"  # the link's payload
NAME_LIMIT = 128  # units of a topic's name (Bot API, createForumTopic)
ROOM_LIMIT = 40  # characters of the room's name in it

# The card's buttons by the question's state. Read across the states, from the top and from the bottom.
SETTLED = (("more", "undo"),)
ROWS = {
    PENDING: (("approve", "decline"), ("answer", "take"), ("undo", "more")),
    APPROVED: (("answer", "decline"), ("undo", "take"), ("asked", "more")),
    ASKED: (("answer", "more", "undo"),),
}
# While the card names another question like it. Where the merge stands, nothing decides on a card of three rows or of
# one, to which it leads: neither from the top nor from the bottom.
ROWS_OF_TWINS = {
    PENDING: (("approve", "decline"), ("take",), ("choose", "merge"), ("answer",), ("undo", "more")),
    APPROVED: (("answer", "decline"), ("take",), ("choose", "merge"), ("undo",), ("asked", "more")),
}


def how_to(t: Translator, username: str, group: DeskGroup | None) -> Screen:
    """For an organizer in their own chat: three steps, and where the desk is now."""
    if group is None:
        state = t("group.nowhere")
    elif group.fault:
        state = t("group.broken_in", title=group.title)
    else:
        state = t("group.is_in", title=group.title)
    link = f"https://t.me/{username}?startgroup={START}&admin={RIGHTS}"
    return screen(
        f"👥 <b>{t('group.title')}</b>\n{state}\n\n{t('group.steps')}",
        [link_button(t.plain("group.choose"), link)],
        [] if group is None else [button(t.plain("group.close"), AskCloseDesk(wanted=1))],
        [button(t.plain("menu.back"), Go(where="staff"))],
    )


def link_button(text: str, url: str) -> Button:
    return {"text": text, "url": url}


def offer(t: Translator) -> Screen:
    return screen(
        f"🛎 <b>{t('group.title')}</b>\n{t('group.offer')}",
        [button(t.plain("group.open"), GroupDesk(act="open"), "primary")],
    )


def opened(t: Translator, forum: bool) -> Screen:
    where = t("group.by_topics") if forum else t("group.one_stream")
    languages = [
        button(("● " if code == t.language else "") + LANGUAGE_NAMES[code], GroupLanguage(language=code))
        for code in LANGUAGES
    ]
    return screen(
        f"🛎 <b>{t('group.opened')}</b>\n{where}\n\n{t('group.rules')}",
        languages,
        [button(t.plain("group.close"), AskCloseDesk(wanted=1))],
    )


def close_sure(t: Translator) -> Screen:
    return screen(
        t("group.close_sure"),
        [button(t.plain("group.close_yes"), GroupDesk(act="close"), "danger")],
        [button(t.plain("menu.back"), AskCloseDesk(wanted=0))],
    )


def lacking(t: Translator, fault: str) -> Screen:
    """Which right is missing, and how to grant it."""
    return screen(
        f"⚠️ {t(f'group.lacks_{fault}')}\n\n{t(f'group.grant_{fault}')}",
        [button(t.plain("group.check"), GroupDesk(act="check"), "primary")],
    )


def elsewhere(t: Translator, title: str) -> Screen:
    return screen(
        t("group.elsewhere", title=title),
        [button(t.plain("group.move"), GroupDesk(act="move"), "primary")],
        [button(t.plain("group.stay"), GroupDesk(act="stay"))],
    )


def closed(t: Translator) -> Screen:
    return screen(t("group.closed"), [button(t.plain("group.open"), GroupDesk(act="open"))])


def moved(t: Translator, title: str) -> Screen:
    """For the group that held the desk before."""
    return screen(t("group.moved", title=title))


def news(t: Translator, what: str, title: str) -> Screen:
    """For an organizer: the desk in their group does not work any more, and why."""
    return screen(
        f"⚠️ {t(f'group.news_{what}', title=title)}\n{t('group.given_back')}",
        [button(t.plain("group.title_button"), Go(where="group"))],
    )


def card(t: Translator, programme: Programme, facts: CardFacts) -> Screen:
    """A question's card. Everybody's thumb is on it, and anyone's decision changes it for all: whatever becomes of the
    question, nothing that decides comes to stand where "Approve" or what led there stood."""
    number = facts.question.number
    keys = decision_keys(t, facts.question, lambda name: GroupCard(number=number, act=name))
    keys |= {"take": button(t.plain("group.take"), GroupCard(number=number, act="take"))} if worked_on(facts) else {}
    keys |= {"undo": button(t.plain("undo.this"), GroupCard(number=number, act="undo"))} if facts.undo else {}
    keys["more"] = button(t.plain("moderation.more"), GroupCard(number=number, act="more"))
    keys |= group_keys(t, facts)
    if facts.question.state == APPROVED:
        keys.setdefault("undo", keys["more"])  # its place is not for the button beside it
    rows = of_the_state(keys, layout(facts))
    return screen(card_text(t, programme, facts), *rows, decided_on=facts.question.revision)


def layout(facts: CardFacts) -> tuple[tuple[str, ...], ...]:
    return (ROWS if facts.twin is None else ROWS_OF_TWINS).get(facts.question.state, SETTLED)


def worked_on(facts: CardFacts) -> bool:
    return facts.question.state in WORKED_ON


def reasons(t: Translator, programme: Programme, facts: CardFacts) -> Screen:
    """The same card, unfolded: why it is declined. None of the reasons stands where "Approve" and "Decline" stood, nor
    the way back where it would end on one of them."""
    number = facts.question.number
    *ready, last, [none, own] = reason_rows(t, lambda reason: GroupReason(number=number, reason=reason))
    more = button(t.plain("moderation.more"), GroupCard(number=number, act="more"))
    back = button(t.plain("menu.back"), GroupCard(number=number, act="back"))
    rows = [[more], *ready, last, [none, back]]
    rows.insert(len(rows) + 1 - len(layout(facts)), [own])  # as high above the bottom as "Decline" stood
    return screen(card_text(t, programme, facts), *rows, decided_on=facts.question.revision)


def topic_name(t: Translator, programme: Programme, code: str) -> str:
    """ "09:30 Opening · Hall A", with the date where the forum has several days; marked where the session is gone.

    A list of topics shows some thirty characters of a name: what distinguishes the sessions comes first.
    """
    session = programme.known(code)
    if session is None:
        return code
    room = programme.room(session.room) if session.room else None
    day = f"{session.start.astimezone(t.zone):%d.%m} " if len(programme.days) > 1 else ""
    head = f"{'' if programme.session(code) else f'{GONE_SIGN} '}{day}{t.time(session.start)} "
    place = f" · {shorten(t.say_plain(room.name), ROOM_LIMIT)}" if room else ""
    title = t.say_plain(session.title)
    while units(head + title + place) > NAME_LIMIT:
        title = shorten(title, len(title) - 1)
    return head + title + place
