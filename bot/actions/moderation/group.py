"""The moderators' desk in a group: opening, closing, and what happens to it when the group changes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from bot.actions import outgoing
from bot.actions.again import just_did
from bot.actions.moderation import claims
from bot.actions.moderation.cards import (
    Card,
    CardFacts,
    card_facts,
    decider_name,
    seen_by,
)
from bot.actions.moderation.desk import (
    DECISIONS,
    Decision,
    Verdict,
    choose,
    decide,
    revision_on,
)
from bot.actions.moderation.merging import Merge, both, merge
from bot.actions.moderation.undo import undo, undoable
from bot.actions.questions.desk_cards import (
    enqueue_in_group,
    give_back,
    serving,
    stands,
)
from bot.actions.questions.questions import (
    enqueue_change,
    moderated,
)
from bot.actions.rights import (
    need_organizer,
)
from bot.errors import NotAllowed, Stale
from bot.who import Who
from storage import audit, cards, deliveries, desk_groups, roles
from storage.database import Transaction
from storage.desk_groups import DeskGroup, DeskTopic
from storage.questions import Question

# What the desk can lack: the right to manage topics, the right to write, the bot itself.
TOPICS, WRITE, REMOVED = "topics", "write", "removed"
MAKING = 90  # seconds that making a topic may take, its call's timeout of a minute included
OFFER_ONCE = 10  # seconds: being added and the link's /start come together and make one offer


def offer(tx: Transaction, who: Who, now: int, chat: int) -> bool:
    """Enqueue for the group the message that opens the desk, or closes it. False for anyone who may do neither."""
    if not (who.organizer and who.registered):
        return False
    if not deliveries.put_lately(tx, outgoing.DeskOffer.kind, chat, now - OFFER_ONCE):
        outgoing.enqueue(tx, outgoing.DeskOffer(who.language, now), [chat], deliveries.LANE_ANSWER, now)
    return True


def current(tx: Transaction) -> DeskGroup | None:
    return desk_groups.current(tx)


def elsewhere(tx: Transaction, chat: int) -> DeskGroup | None:
    """Another group that holds the desk now."""
    group = desk_groups.current(tx)
    return None if group is None or group.chat == chat else group


def open_here(
    tx: Transaction,
    who: Who,
    now: int,
    chat: int,
    *,
    title: str,
    forum: bool,
    fault: str,
    move: bool,
) -> DeskGroup | None:
    """The desk is in this group from now on. With a `fault` it begins to work when that is repaired.

    None when another group holds the desk and nobody has said to `move` it; a group with a fault never takes it from
    one that works.
    """
    need_organizer(who)
    former = elsewhere(tx, chat)
    if former is not None and (not move or fault):
        return None
    if former is not None:
        desk_groups.close(tx, former.chat)
        cards.delete(tx, former.chat)
        outgoing.enqueue(tx, outgoing.DeskLeft(former.language, now), [former.chat], deliveries.LANE_ANSWER, now)
    if desk_groups.current(tx) is None:
        desk_groups.open_group(
            tx, chat, title=title, forum=forum, language=who.language, person=who.id, now=now, fault=fault
        )
        audit.note(tx, who.id, "group_opened", now, detail={"title": title})
    standing(tx, chat, fault, forum, now)
    group = desk_groups.current(tx)
    assert group is not None
    if not group.fault:
        enqueue_in_group(tx, group, waiting_for_card(tx, group), now)
    return group


def waiting_for_card(tx: Transaction, group: DeskGroup) -> list[tuple[int, str]]:
    """The live questions whose card does not stand where it belongs in the group, as (number, session)."""
    shown = {question for _, question in cards.of_chat(tx, group.chat)}
    return [
        (number, session)
        for number, session in desk_groups.live(tx)
        if number not in shown or not stands(tx, group, number, session)
    ]


def close(tx: Transaction, who: Who, now: int, chat: int | None) -> None:
    """Close the desk in this group; None: wherever it is."""
    need_organizer(who)
    group = desk_groups.current(tx)
    if group is None or chat not in (None, group.chat):
        raise Stale("group.not_here")
    end(tx, group.chat, now)
    audit.note(tx, who.id, "group_closed", now, detail={"title": group.title})


def speak(tx: Transaction, who: Who, now: int, chat: int, language: str) -> DeskGroup:
    """The bot speaks that language in the group from now on; what stands there follows."""
    need_organizer(who)
    group = desk_groups.current(tx)
    if group is None or group.chat != chat:
        raise Stale("group.not_here")
    if desk_groups.speak(tx, chat, language):
        audit.note(tx, who.id, "group_language", now, detail={"language": language})
        touch, latest = secrets.token_hex(4), reversed(cards.of_chat(tx, chat))
        for number in dict.fromkeys(question for _, question in latest):
            change, about = outgoing.CardChange.touch(number, touch), outgoing.CardChange.beginning(number)
            outgoing.enqueue_unless_waiting(tx, change, about, recipients=[chat], lane=deliveries.LANE_CARD, now=now)
    return replace(group, language=language)


def end(tx: Transaction, chat: int, now: int) -> None:
    desk_groups.close(tx, chat)
    cards.delete(tx, chat)
    give_back(tx, now)


def removed(tx: Transaction, chat: int, now: int) -> None:
    """The bot is no longer in the group. The organizers are notified once, whoever notices first."""
    deliveries.delete(tx, chat)  # nothing reaches it any more, and whoever adds the bot again gets a new offer
    group = desk_groups.current(tx)
    if group is not None and group.chat == chat:
        end(tx, chat, now)
        notify_organizers(tx, REMOVED, group.title, now)


def standing(tx: Transaction, chat: int, fault: str, forum: bool, now: int) -> None:
    """What the bot lacks in the group now, "" for nothing: news of a change goes where it matters."""
    group = desk_groups.current(tx)
    if group is None or group.chat != chat or not desk_groups.set_standing(tx, chat, fault, forum):
        return
    if fault and not group.fault:
        notify_organizers(tx, fault, group.title, now)
        give_back(tx, now)
    group = serving(tx)
    if group is not None:
        enqueue_in_group(tx, group, waiting_for_card(tx, group), now)


def notify_organizers(tx: Transaction, what: str, title: str, now: int) -> None:
    outgoing.enqueue(tx, outgoing.DeskNews(what, now, title), roles.organizers(tx), deliveries.LANE_ANSWER, now)


def moved(tx: Transaction, former: int, *, chat: int, now: int) -> None:
    """The group became a supergroup: another id, and none of its messages can be edited any more.

    What was on its way goes to the new id, and the cards of what still waits are shown again there.
    """
    deliveries.redirect(tx, former, chat)
    if not desk_groups.move(tx, former, chat):
        return
    cards.delete(tx, former)
    group = serving(tx)
    if group is not None:
        outgoing.enqueue(tx, outgoing.DeskOffer(group.language, now), [chat], deliveries.LANE_ANSWER, now)
        enqueue_in_group(tx, group, desk_groups.live(tx), now)


# Topics


def topics_to_do(tx: Transaction) -> tuple[DeskGroup, list[str], list[DeskTopic]] | None:
    """The working group with topics, the sessions that need one, and the topics there are; None without such a group.

    A session's topic is made with its first question: sixty empty topics would bury the three that matter.
    """
    group = serving(tx)
    if group is None or not group.forum:
        return None
    return group, desk_groups.wanting(tx, group.chat), desk_groups.topics(tx, group.chat)


def begin_topic(tx: Transaction, group: DeskGroup, session: str, now: int) -> bool:
    """Before the session's topic is made. False when another instance of the bot makes it, or has made it."""
    return desk_groups.begin_topic(tx, group.chat, session, now, now + MAKING)


def topic_failed(tx: Transaction, group: DeskGroup, session: str) -> None:
    """The topic could not be made: the next to look may try at once."""
    desk_groups.end_topic(tx, group.chat, session)


def topic_made(tx: Transaction, group: DeskGroup, *, session: str, thread: int, name: str, now: int) -> None:
    """The session has its topic: the cards that waited for it are enqueued."""
    desk_groups.put_topic(tx, group.chat, session, thread, name)
    desk_groups.end_topic(tx, group.chat, session)
    enqueued = [(number, code) for number, code in waiting_for_card(tx, group) if code == session]
    enqueue_in_group(tx, group, enqueued, now)


def topic_named(tx: Transaction, chat: int, thread: int, name: str) -> None:
    desk_groups.rename_topic(tx, chat, thread, name)


def topic_gone(tx: Transaction, chat: int, thread: int) -> None:
    desk_groups.drop_topic(tx, chat, thread)


# Presses on a card in the group


def pressed(tx: Transaction, who: Who, number: int, card: Card) -> Question:
    """The question of a card in the group, for anyone who may moderate it: to be in the group gives no right.

    Stale when the desk is not, or no longer, in that group.
    """
    if not who.moderator:
        raise NotAllowed("refusal.not_moderator")
    if not who.registered:
        raise NotAllowed("group.start_me")  # not NotRegistered: the greeting would be written into the group
    group = desk_groups.current(tx)
    if group is None or group.chat != card[0]:
        raise Stale("group.not_here")
    return moderated(tx, who, number)


def decide_in_group(tx: Transaction, who: Who, now: int, number: int, verdict: Verdict, *, card: Card) -> Decision:
    """As `moderation.decide_pressed`; the card itself follows through the outbox, like every other of the question.

    So the twenty messages a minute of a group are spent on what is new, and a press is answered at once.
    """
    question = pressed(tx, who, number, card)
    if verdict.decision not in DECISIONS:
        raise Stale("refusal.stale")
    read = revision_on(tx, card, number)
    result = decide(tx, who, now, number, verdict, read=read)
    if not result.made and read != question.revision:
        refresh(tx, card, question, now)
    return result


def merge_in_group(
    tx: Transaction, who: Who, now: int, number: int, *, card: Card, target: int, read: int, beside: int
) -> Merge:
    """As `merging.merge`. The cards of both follow: if one has changed since, they do so already."""
    pressed(tx, who, number, card)
    return merge(tx, who, now, number, target=target, read=read, beside=beside)


def twins(tx: Transaction, who: Who, number: int, *, card: Card, other: int) -> tuple[Question, Question]:
    """The two, to choose in the private chat which of them stays."""
    pressed(tx, who, number, card)
    return both(tx, who, number, other)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of taking a question, as a decision: not `made` when another holds it, or has decided it while the
    thumb was on its way; its `claim` says who holds it. `card` is what comes into the taker's own chat, None when it
    stands there since they took it."""

    decision: Decision
    card: CardFacts | None = None


def take(tx: Transaction, who: Who, now: int, number: int, card: Card) -> Taken:
    """Claim the question, so that its card says so to everybody, and have it at hand in one's own chat."""
    question = pressed(tx, who, number, card)
    if question.state not in claims.WORKED_ON:
        return Taken(Decision(question, False, decider_name(tx, question)))
    before = claims.held(tx, who, now, number)
    claim = claims.take(tx, who, now, number)
    at_hand = before is not None and before.mine and cards.in_chat(tx, number, who.id)
    taken = Decision(question, claim.mine, claim.by, claim)
    return Taken(taken, seen_by(who, card_facts(tx, number, now)) if claim.mine and not at_hand else None)


def more(tx: Transaction, who: Who, now: int, number: int, card: Card) -> CardFacts:
    """What the menu of a card in the group says in one's own chat; whoever works on the question goes on."""
    pressed(tx, who, number, card)
    claims.keep(tx, who, now, number, None)
    return seen_by(who, card_facts(tx, number, now))


def begin(tx: Transaction, who: Who, now: int, number: int, decision: str, *, card: Card, covered: bool) -> Decision:
    """Before a reason or an answer is asked for, as `moderation.choose`."""
    question = pressed(tx, who, number, card)
    choice = choose(tx, who, now, number, decision, pressed=card, covered=covered)
    if not choice.made and choice.claim is None:
        refresh(tx, card, question, now)
    return choice


def undo_in_group(tx: Transaction, who: Who, now: int, number: int, card: Card) -> bool:
    """Undo what was done last, as the card shows it, whoever did it: the card is one for all, and the journal says who
    undid. False when it does not show the question as it is now: then the last thing is not the one that was read. A
    second tap of the same person is the same."""
    question = pressed(tx, who, number, card)
    last = undoable(tx, question)
    if last is None or revision_on(tx, card, number) != question.revision:
        refresh(tx, card, question, now)
        return just_did(tx, who, "undo", session=question.session, question=number)
    undo(tx, who, now, last.id, on_shared_card=True)
    return True


def fold(tx: Transaction, who: Who, now: int, number: int, card: Card) -> claims.Claim | None:
    """The decision that was begun is not made: whoever began it leaves the question to the others. Nobody else folds
    what they unfolded: then this is their claim."""
    pressed(tx, who, number, card)
    other = claims.held_by_another(tx, who, now, number)
    if other is None:
        claims.let_go(tx, who, now, number, card)
        cards.fold(tx, number)
    return other


def group_card(tx: Transaction, number: int, now: int) -> tuple[str, CardFacts]:
    """The group's language, and what the question's card says."""
    group = desk_groups.current(tx)
    if group is None:
        raise Stale("group.not_here")
    return group.language, card_facts(tx, number, now)


def refresh(tx: Transaction, card: Card, question: Question, now: int) -> None:
    """Bring an outdated card up to date, if it is one of ours."""
    chat, message = card
    if revision_on(tx, card, question.number):
        enqueue_change(tx, outgoing.CardChange.to_revision(question.number, question.revision, message), [chat], now)
