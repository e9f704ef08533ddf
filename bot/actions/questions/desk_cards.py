"""Who gets a question's card: the moderators' group while the desk is open in one, else each moderator.

A question must not vanish: without a moderator of its own it goes to the organizers, and what the group can no
longer show goes to the moderators' private chats again.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from bot.actions import outgoing
from storage import cards, deliveries, desk_groups, questions, roles
from storage.database import Transaction
from storage.desk_groups import DeskGroup
from storage.questions import LIVE

STREAM = 0  # the thread of a group without topics


def enqueue(tx: Transaction, number: int, session: str, now: int) -> None:
    """Enqueue a new question's card for those who are to decide about it."""
    group = serving(tx)
    if group is None:
        enqueue_privately(tx, number, session, now)
    else:
        enqueue_in_group(tx, group, [(number, session)], now)


def serving(tx: Transaction) -> DeskGroup | None:
    """The group that takes cards; None when there is none, or when it cannot take them."""
    group = desk_groups.current(tx)
    return None if group is None or group.fault else group


def holds_desk(tx: Transaction, chat: int) -> bool:
    group = desk_groups.current(tx)
    return group is not None and group.chat == chat


def enqueue_privately(tx: Transaction, number: int, session: str, now: int) -> None:
    """Anyone who was sent the card before is passed over: theirs has followed the question since."""
    readers = roles.moderators_of(tx, session) or roles.organizers(tx)
    outgoing.enqueue(tx, outgoing.Card(number), readers, deliveries.LANE_CARD, now)


def enqueue_in_group(tx: Transaction, group: DeskGroup, waiting: Iterable[tuple[int, str]], now: int) -> None:
    """Enqueue for the group the cards of these (number, session).

    A session that has no topic yet gets its cards with the topic (bot.delivery.topics), which is notified here.
    """
    tx.notify(desk_groups.CHANNEL)
    for number, session in waiting:
        thread = desk_groups.thread(tx, group.chat, session) if group.forum else STREAM
        if thread is not None:
            enqueue_in_thread(tx, group, number, thread=thread, now=now)


def enqueue_in_thread(tx: Transaction, group: DeskGroup, number: int, *, thread: int, now: int) -> None:
    """One card at a time: another that is enqueued while the first is on its way finds it in place, and is dropped."""
    card = outgoing.DeskCard(number, thread, secrets.token_hex(4))
    about = card.beginning(number, thread)
    outgoing.enqueue_unless_waiting(tx, card, about, recipients=[group.chat], lane=deliveries.LANE_CARD, now=now)


def strays(tx: Transaction, group: DeskGroup, number: int, session: str) -> frozenset[int]:
    """The group's messages with the question's card that stand in another topic than its session's: it was carried."""
    if not group.forum:
        return frozenset()
    thread = desk_groups.thread(tx, group.chat, session)
    brought = deliveries.messages(tx, outgoing.DeskCard.kind, group.chat, outgoing.DeskCard.beginning(number))
    return frozenset(one for one, thing in brought.items() if outgoing.DeskCard.parse(thing).thread != thread)


def stands(tx: Transaction, group: DeskGroup, number: int, session: str) -> bool:
    """Whether the question's card stands in the group where it belongs."""
    places = {place.message for place in cards.in_chat(tx, number, group.chat)}
    return bool(places and places - strays(tx, group, number, session))


def give_back(tx: Transaction, now: int) -> None:
    """The group shows nothing new any more: what waits goes to the moderators themselves."""
    for number, session in desk_groups.live(tx):
        enqueue_privately(tx, number, session, now)


def replace_card(tx: Transaction, chat: int, *, message: int, now: int) -> None:
    """A card of the group is gone, deleted by a hand or with its topic: what still waits is shown again."""
    number = cards.shown_in(tx, chat, message)
    cards.lift(tx, chat, message)
    group = serving(tx)
    lost = None if number is None else questions.get(tx, number)
    if group is None or group.chat != chat or lost is None or lost.state not in LIVE:
        return
    thread = desk_groups.thread(tx, chat, lost.session) if group.forum else STREAM
    if thread is not None:
        enqueue_in_thread(tx, group, lost.number, thread=thread, now=now)
