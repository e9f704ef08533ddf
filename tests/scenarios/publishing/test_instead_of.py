"""A notice says what holds instead of what: a time, a room, a person, a title."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.programme.model import Programme, Room, Session, Speaker
from bot.programme.text import Text
from storage import roles
from tests.conftest import Forum
from tests.scenarios.publishing.changing import instead
from tests.scenarios.publishing.test_publishing import (
    LANGUAGES,
    MINUTE,
    debounced,
    far,
    later,
    news,
    publish,
    span,
    step,
    with_session,
)
from tests.scenarios.steps import said, star
from tests.telegram import Person


def quoted(title: str, language: str) -> str:
    return f"“{title}”" if language == "en" else f"«{title}»"


def others(forum: Forum, session: Session) -> list[Speaker]:
    there = {*session.speakers, *session.moderators}
    return [one for one in forum.programme.speakers if one.code not in there]


def room_of(forum: Forum, session: Session) -> Room:
    room = forum.programme.room(session.room or "")
    assert room is not None
    return room


def speaker_of(forum: Forum, code: str) -> Speaker:
    speaker = forum.programme.speaker(code)
    assert speaker is not None
    return speaker


async def told(forum: Forum, person: Person, organizer: Person, edit: Callable[[Programme], Programme]) -> str:
    await step(forum, organizer, edit)
    await person.look_away()
    await publish(forum, organizer)
    await debounced(forum)
    return (await person.sees("🔔")).text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_kind_of_change_says_the_new_instead_of_the_former(forum: Forum, language: str) -> None:
    session = far(forum)
    room = next(one for one in forum.programme.rooms if one.code != session.room)
    comes = others(forum, session)[0]
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", language)
    await star(delegate, session)
    edit = with_session(
        session.code,
        start=session.start + 15 * MINUTE,
        end=session.end + 15 * MINUTE,
        room=room.code,
        speakers=(comes.code, *session.speakers[1:]),
        title=Text("Жаңа & <3 New"),
    )
    text = await told(forum, delegate, organizer, edit)
    assert f"🕒 {instead(span(session, 15), span(session), language)}" in text
    assert f"📍 {instead(room.name.say(language), room_of(forum, session).name.say(language), language)}" in text
    leaves = speaker_of(forum, session.speakers[0])
    assert f"👤 {instead(comes.name.say(language), leaves.name.say(language), language)}" in text
    former = session.title.say(language)
    if not any(mark in former for mark in "«»“”"):
        former = quoted(former, language)
    assert f"✏️ {instead(quoted('Жаңа & <3 New', language), former, language)}" in text
    assert "→" not in text


async def test_several_publications_are_one_notice_from_the_first_to_the_last(forum: Forum) -> None:
    session = far(forum)
    first, last = others(forum, session)[:2]
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "en")
    await star(delegate, session)
    await delegate.look_away()
    for minutes, speaker in ((10, first), (25, last)):
        moved = with_session(
            session.code,
            start=session.start + minutes * MINUTE,
            end=session.end + minutes * MINUTE,
            speakers=(speaker.code, *session.speakers[1:]),
        )
        await step(forum, organizer, moved)
        await publish(forum, organizer)
    await debounced(forum)
    text = (await delegate.sees("🔔")).text
    assert instead(span(session, 25), span(session), "en") in text
    leaves = speaker_of(forum, session.speakers[0])
    assert instead(last.name.say("en"), leaves.name.say("en"), "en") in text
    assert first.name.say("en") not in text
    assert len(news(delegate)) == 1


async def test_a_chair_and_a_speaker_are_not_instead_of_one_another(forum: Forum) -> None:
    """One speaker leaves, and somebody comes to chair: nobody takes anybody's place."""
    session = far(forum)
    chair = others(forum, session)[0]
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    await star(delegate, session)
    edit = with_session(session.code, speakers=session.speakers[1:], moderators=(*session.moderators, chair.code))
    text = await told(forum, delegate, organizer, edit)
    assert f"👤 − {speaker_of(forum, session.speakers[0]).name.say('ru')}" in text
    assert f"👤 + {chair.name.say('ru')}" in text
    assert "было:" not in text


async def test_two_who_come_stand_instead_of_the_one_who_leaves(forum: Forum) -> None:
    session = far(forum)
    one, two = others(forum, session)[:2]
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    await star(delegate, session)
    edit = with_session(session.code, speakers=(one.code, two.code, *session.speakers[1:]))
    text = await told(forum, delegate, organizer, edit)
    both = f"{one.name.say('ru')}, {two.name.say('ru')}"
    assert f"👤 {instead(both, speaker_of(forum, session.speakers[0]).name.say('ru'))}" in text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_speaker_and_the_moderator_read_the_same(forum: Forum, language: str) -> None:
    session = far(forum)
    organizer = await forum.organizer()
    speaker, moderator = await forum.delegate("Спикер", language), await forum.delegate("Марат", language)

    for person, role in ((speaker, "speaker"), (moderator, "moderator")):
        target = session.speakers[0] if role == "speaker" else session.code
        await forum.db.write(roles.grant, person.id, role=role, session=target, granted_by=None, now=1)
        forum.application.people.changed(person.id)
        await person.look_away()
    await step(forum, organizer, later(session, 20))
    await publish(forum, organizer)
    await debounced(forum)
    for person in (speaker, moderator):
        await person.sees("🔔", instead(span(session, 20), span(session), language))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_so_the_preview_of_the_draft_says_it(forum: Forum, language: str) -> None:
    session = far(forum)
    organizer, delegate = await forum.organizer(language), await forum.delegate("Ася", language)
    await star(delegate, session)
    await step(forum, organizer, later(session, 20))
    await organizer.send("/programme")
    await organizer.press(said("programme.draft_key", language))
    await organizer.sees(instead(span(session, 20), span(session), language))


async def test_a_title_alone_notifies_nobody(forum: Forum) -> None:
    session = far(forum)
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    await star(delegate, session)
    await delegate.look_away()
    await step(forum, organizer, with_session(session.code, title=Text("Новое название")))
    await publish(forum, organizer)
    await debounced(forum)
    await delegate.quiet()
