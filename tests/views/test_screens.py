"""No screen exceeds what Telegram takes, whatever organizers and people have written.

Every function of bot.views that makes a Screen is called, in every language, with the extremes of its
parameters; the rehearsal's own parser, which refuses what Telegram refuses, reads what came out.
"""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import os
import pkgutil
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import bot.views
from bot.actions.agenda.agenda import Agenda
from bot.actions.agenda.ratings import Result
from bot.actions.agenda.speaking import Linked, OwnSessions
from bot.actions.announcements.amending import CORRECTABLE, COUNTS, COUNTS_ASKED, STAGES, Amended
from bot.actions.announcements.announcements import Facts
from bot.actions.announcements.from_whom import MOST, Choice
from bot.actions.announcements.moved import Offer
from bot.actions.announcements.repairs import Reached, Staged
from bot.actions.entrance.posters import RoomNow
from bot.actions.entrance.presence import Arrival, Guest
from bot.actions.moderation.cards import CardFacts
from bot.actions.moderation.desk import Decision
from bot.actions.moderation.hall import HallLinks
from bot.actions.moderation.left_over import Reach, Several
from bot.actions.moderation.papers import Summary
from bot.actions.moderation.stage import Stage
from bot.actions.publishing.drafts import Draft
from bot.actions.publishing.files import Tally
from bot.actions.publishing.hanging import Hang, Hanging, Moved
from bot.actions.publishing.notices import News, Report
from bot.actions.publishing.publishing import PAGE as VERSIONS
from bot.actions.publishing.publishing import (
    NamedVersion,
    Pair,
    Preview,
    Published,
    Undoing,
    VersionsPage,
)
from bot.actions.questions.following import Reading
from bot.actions.questions.questions import Feed, OwnQuestion
from bot.actions.staff.audit import Journal, NamedStaffAction
from bot.actions.staff.board import Board
from bot.actions.staff.outbox import Outbox
from bot.actions.staff.stats import Stats
from bot.programme.differences import RecordChange, SessionChange
from bot.programme.estimates import NO_RUNS, Runs
from bot.programme.faults import Fault
from bot.programme.model import Page, Programme, Room, Session, Speaker
from bot.programme.texts import About
from bot.programme.typed.understood import AtTime
from bot.rehearsal.formatted import finish
from bot.rehearsal.html import parse_html
from bot.rehearsal.markup import read
from bot.rehearsal.wire import Params, utf16
from bot.texts import LANGUAGES, Html, Translator, Translators
from bot.views.agenda.buttons import Found, SessionCard, Star
from bot.views.agenda.found import Looked
from bot.views.agenda.sessions import Reader, back_to_search
from bot.views.buttons import Button
from bot.views.moderation.carrying import Load
from bot.views.people import menu, participants
from bot.views.people.kept import NAMES
from bot.views.screen import CAPTION_LIMIT, TEXT_LIMIT, Screen, cut, screen
from bot.views.staff.way_back import way_back
from bot.who import Who
from handlers.people.deep_links import LONGEST_PAYLOAD
from storage.announced import Failure
from storage.announcement_parts import Part
from storage.announcements import Announcement
from storage.cards import MENU, REASONS, Place
from storage.desk_groups import DeskGroup
from storage.drafts import Step
from storage.mutes import Mute
from storage.presence import Attendance, Named
from storage.programme_watches import Watch
from storage.programmes import Version
from storage.questions import ANSWERED, APPROVED, MERGED, Question
from storage.ratings import Rating
from storage.roles import Invitation, Role
from storage.told import REPLACED, WITHDRAWN
from storage.unheard import LeftOver
from tests.callback_data import CLASSES
from tests.views import extremes as most

View = Callable[..., Screen]


def views() -> dict[str, View]:
    """Every public function of bot.views that answers with a Screen, by its name."""
    found: dict[str, View] = {}
    for info in pkgutil.walk_packages(bot.views.__path__, "bot.views."):
        module = importlib.import_module(info.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = function.__module__ == module.__name__ and info.name != "bot.views.screen"
            if own and get_type_hints(function).get("return") is Screen:
                found[f"{info.name.removeprefix('bot.views.')}.{name}"] = function
    return found


# `make quick` asks for the screens of one package, and says which.
VIEWS = {name: view for name, view in views().items() if name.startswith(os.environ.get("MINBER_QUICK", ""))}

LONG = "<b>" + "&amp;" * 4096 + "</b>"
# By the type of a parameter, where that says enough.
BY_TYPE: dict[Any, Sequence[Any]] = {
    bool: (True, False),
    float: (0.1, 1000.0),
    dt.datetime: (most.NOW,),
    dt.date: (most.FIRST, most.FIRST + dt.timedelta(days=10)),
    Draft: most.DRAFTS,
    Preview: most.PREVIEWS,
    Offer: most.OFFERS,
    Step: most.DRAFTS[0].steps[:1],
    Published: (
        Published(most.VERSION, most.LARGE, 1, most.MOVED, most.MOVED),
        Published(replace(most.VERSION, restores=None), 0, None),
    ),
    Hanging: most.HANGINGS,
    Hang: most.HANGINGS[0].sessions[:3],
    Moved: (most.MOVED, Moved()),
    Undoing: (Undoing(most.HANGINGS[0], most.MOVED),),
    Agenda: (Agenda(most.PROGRAMME.sessions, most.PROGRAMME.sessions), Agenda((), most.PROGRAMME.sessions), Agenda(())),
    Html: (Html("&amp;" * 1000),),
    VersionsPage: (VersionsPage((NamedVersion(most.VERSION, "<" * 64),) * VERSIONS, 999, 1000),),
    Pair: (
        Pair(*(NamedVersion(most.VERSION, "<" * 64),) * 2, before=most.LARGE - 1),
        Pair(*(NamedVersion(most.VERSION, "<" * 64),) * 2, before=None, report=Report(*(most.LARGE,) * 5)),
    ),
    Sequence[SessionChange | RecordChange]: (most.PREVIEWS[0].changes, ()),
    Sequence[News]: (
        tuple(News(one, again) for one in most.SESSION_CHANGES for again in (True, False)),
        tuple(
            News(one, questions=tuple(range(most.LARGE, most.LARGE + 40)), star_on=one.session)
            for one in most.SESSION_CHANGES
        ),
        tuple(News(one, state=WITHDRAWN, since=one) for one in most.SESSION_CHANGES),
        tuple(News(one, state=state, since=one) for one in most.SESSION_CHANGES for state in (REPLACED, WITHDRAWN)),
    ),
    Version: (most.VERSION,),
    About: most.TEXTS,
    Tally: (Tally(most.LARGE, most.LARGE, most.LARGE, most.LARGE, most.LARGE), Tally()),
    Sequence[Fault]: (
        (Fault("<&" * 50, "fault.sheet_part", {"name": "<&" * 30, "problem": "<&" * 30}, most.LARGE),) * 1000,
        (Fault("", "fault.xml_doctype"),),
    ),
    Room: (most.PROGRAMME.rooms[0],),
    Room | None: (most.PROGRAMME.rooms[0], None),
    Looked: most.LOOKED,
    AtTime: (AtTime(most.NOW), AtTime(most.NOW + dt.timedelta(days=400))),
    Session: (most.PROGRAMME.sessions[0], most.PROGRAMME.sessions[6]),
    Speaker: (most.PROGRAMME.speakers[0],),
    OwnSessions: most.OWN_SESSIONS,
    Linked: most.LINKED,
    Mapping[str, Linked]: (dict.fromkeys((one.code for one in most.PROGRAMME.speakers), most.LINKED[0]), {}),
    Watch | None: (*most.WATCHES, None),
    Mapping[str, Any]: most.WATCH_FAULTS,
    Mapping[str, Any] | None: (*most.WATCH_FAULTS, None),
    Translators: (Translators(most.ZONE),),
    Page: (most.PROGRAMME.pages[0],),
    Reader: (
        Reader(starred=True, asks=True, approved=most.LARGE, moderates=True, changes=True),
        Reader(True, True, approved=0, moderates=True, changes=True, at_the_same_time=most.PROGRAMME.sessions),
        Reader(starred=False, asks=False, approved=0, moderates=False, changes=False),
    ),
    Reached: (Reached(most.LARGE, most.LARGE, most.LARGE), Reached(most.LARGE, 0)),
    Staged: (
        Staged("f" * 16, most.LARGE, LONG, LONG, most.LARGE, others=tuple(Part(one, 1, "text") for one in LANGUAGES)),
        Staged("f" * 16, most.LARGE, "", "", asked=True),
    ),
    Collection[int]: ((most.ANNOUNCEMENT.number,), ()),
    Choice: (
        Choice(most.ANNOUNCEMENT, [most.OFFICE] * MOST, ""),
        Choice(replace(most.ANNOUNCEMENT, said_by=most.SAID_BY), [], most.SAID_BY),
    ),
    Sequence[Part]: (tuple(Part(one, 1, "text") for one in LANGUAGES[:2]), (Part("", 1, "text"),)),
    Amended: tuple(Amended(most.LARGE, "kk", came) for came in (COUNTS, COUNTS_ASKED, STAGES, CORRECTABLE)),
    Who: (most.WHO, most.GUEST),
    Role: most.ROLES[:1],
    Runs: (most.RUNS, NO_RUNS),
    Announcement: (most.ANNOUNCEMENT,),
    Sequence[Announcement]: ((most.ANNOUNCEMENT,) * 30, ()),
    Facts: most.ANNOUNCED,
    Facts | None: (*most.ANNOUNCED, None),
    Sequence[tuple[str, str]]: (((most.code("d", 0), "<" * 64),) * 100, ()),
    Sequence[Failure]: ((Failure("<" * 64, "failed", "&" * 300), Failure("", "unsure", "")) * 10, ()),
    tuple[str, ...]: (("", *LANGUAGES), LANGUAGES[:1], ()),
    Question: most.QUESTIONS[:12],
    Question | None: (most.QUESTIONS[4], most.QUESTIONS[6], None),
    CardFacts: most.CARDS,
    Place: (Place(most.LARGE, 1, "w", MENU), Place(most.LARGE, 1, "-", REASONS)),
    Outbox: most.OUTBOXES,
    Board: most.BOARDS,
    Screen: (screen("<b>x</b>", *[[{"text": "x", "callback_data": "go:nothing"}]] * 7), screen("x"), screen(LONG)),
    Button | None: (way_back(Translator("ru", most.ZONE)), None),
    Decision | None: (most.DECISION, None),
    Decision: (most.DECISION,),
    Journal: (most.STAFF_ACTIONS, most.NO_ACTIONS),
    Sequence[NamedStaffAction]: (most.STAFF_ACTIONS.actions, ()),
    Sequence[Mute]: (most.MUTES, ()),
    Mute: most.MUTES[:2],
    Sequence[tuple[int, str]]: (((most.LARGE, "<" * 64),) * 40, ()),
    Arrival: (
        most.ARRIVAL,
        replace(most.ARRIVAL, new=False),
        replace(most.ARRIVAL, new=False, by="", delegation="gone"),
    ),
    Guest: (most.GUEST_AT_THE_DOOR, replace(most.GUEST_AT_THE_DOOR, since=None, used_at=None, by="")),
    Attendance: (Attendance(most.LARGE, most.LARGE),),
    Mapping[str, Attendance]: (most.PRESENT, {}),
    Sequence[Named]: (most.NAMED, ()),
    RoomNow: (
        RoomNow(most.PROGRAMME.rooms[0], most.PROGRAMME.sessions[0], most.PROGRAMME.sessions[399], True),
        RoomNow(most.PROGRAMME.rooms[0], most.PROGRAMME.sessions[399], None, True),
        RoomNow(most.PROGRAMME.rooms[0], None, None, False),
    ),
    Rating: (most.RATING, replace(most.RATING, session="gone", word="")),
    Result: (*most.RESULTS[:2], Result("gone", 0)),
    Sequence[Result]: (most.RESULTS, ()),
    Summary: (most.SUMMARY, Summary()),
    Stage: most.STAGES,
    LeftOver: most.LEFT_OVER,
    Reach: most.REACHES,
    Load: most.LOADS,
    Several: (Several(most.LARGE, most.LARGE, most.LARGE), Several(held=1)),
    list[Html]: ([Html("&amp;" * 1000)],),
    DeskGroup | None: (most.DESK_GROUP, replace(most.DESK_GROUP, fault="topics"), None),
    HallLinks: (
        HallLinks(most.PROGRAMME.sessions[0], "k" * 22, "k" * 22),
        HallLinks(most.PROGRAMME.sessions[0], "k" * 22, "", room_known=False),
        HallLinks(most.PROGRAMME.sessions[6], "", ""),
    ),
    Path | str | None: (most.PHOTO, "https://example.org/photo.png", None),
    Collection[str]: ((most.SESSION_CHANGES[0].code,), ()),
    frozenset[str]: (frozenset(one.code for one in most.PROGRAMME.sessions),),
    frozenset[int]: (frozenset(one.number for one in most.QUESTIONS),),
    Sequence[Session]: (most.PROGRAMME.sessions, ()),
    Sequence[Speaker]: (most.PROGRAMME.speakers, ()),
    Sequence[Question]: (most.QUESTIONS, ()),
    Feed: (Feed(most.QUESTIONS, frozenset(range(1, 9)), frozenset(range(1, 99))), Feed(())),
    OwnQuestion: tuple(OwnQuestion(one, most.QUESTIONS[0], followed=one.author == 1) for one in most.QUESTIONS[:9]),
    Sequence[OwnQuestion]: (tuple(OwnQuestion(one, followed=one.number % 2 == 1) for one in most.QUESTIONS), ()),
    Reading: tuple(
        Reading(one, one if one.state == MERGED else None, own=False, followed=followed, voted=followed)
        for one in most.QUESTIONS[:12]
        for followed in (True, False)
    ),
    Sequence[dt.date]: (tuple(day.date for day in most.PROGRAMME.days), ()),
    Sequence[tuple[Role, str]]: (tuple((role, "<" * 64) for role in most.ROLES), ()),
    Sequence[Invitation]: (most.INVITATIONS, ()),
    Invitation: (*most.INVITATIONS[:1], replace(most.INVITATIONS[0], session="gone")),
    Sequence[str]: (("<" * 64,) * 20, ()),
    Mapping[str, int]: (dict.fromkeys((*most.STATES, "waiting", "sent", "blocked", "failed"), most.LARGE), {}),
    Mapping[str, Mapping[str, int]]: (
        {one.code: dict.fromkeys(most.STATES, most.LARGE) for one in most.PROGRAMME.sessions},
        {},
    ),
    Stats: (
        Stats(
            by_delegation=[(one.code, most.LARGE) for one in most.PROGRAMME.delegations],
            by_language=[(language, most.LARGE) for language in LANGUAGES],
            blocked=most.LARGE,
            by_state=dict.fromkeys(most.STATES, most.LARGE),
            reminders=dict.fromkeys(("sent", "dropped", "failed"), most.LARGE),
            waiting=most.LARGE,
        ),
    ),
}
# By its name, for texts and numbers.
BY_NAME: dict[str, Sequence[Any]] = {
    "at": (most.LARGE,),
    "state": tuple(NAMES),
    "data": ({"session": most.code("s", 0), "number": most.LARGE, "typed": "<" * 500}, {}),
    "back": (f"r.{most.code('r', 0)}.999", f"p.{most.code('p', 0)}", "w.9.ключевые слова", "my.999", "now", ""),
    "code": (most.PROGRAMME.rooms[0].code,),
    "language": ("kk", ""),
    "before": ("я" * 500, None),
    "chosen": (most.code("d", 0), None),
    "kept": ("<" * 64, ""),
    "revision": (most.LARGE,),
    "listed": (most.LARGE, 0),
    "paused": (most.LARGE, 0),
    "most_in_flight": (most.LARGE,),
    "now": (1795000000,),
    "mark": ("f" * 16,),
    "office": (most.OFFICE,),
    "older": (most.LARGE, 0),
    "people": (most.LARGE, most.LARGE),
    "purpose": ("w", "x"),
    "reader": (most.LARGE, 1),
    "first": (most.LARGE,),
    "former": (most.PROGRAMME.sessions[0].code, "gone"),
    "fate": ("approved", "declined", "session", "late"),
    "kind": ("d", "s"),
    "count": (most.LARGE, 0),
    "pages": (9999, 1),
    "place": ("stage", "card", "now", "page", "form"),
    "act": ("drop", "stop", "version"),
    "word": ("<" * 40,),
    "lies": ("<&😀" * 50, ""),
    "written_at": (1795000000,),
    "list_page": (999,),
    "order": ("p", "m"),
    "page": (0, 999, -1),
    "then": ("s_" + "я" * ((LONGEST_PAYLOAD - 2) // 2), ""),
    "suggested": ("<" * 64, ""),
    "query": ("<" * 200, "слово", "a:b"),
    "session": (most.PROGRAMME.sessions[0].code, "", "gone"),
    "role": ("moderator", "organizer"),
    "link": ("https://t.me/" + "b" * 32 + "?start=i_" + "x" * 22,),
    "desk": ("w", "a", "-"),
    "when": ("🕒 &amp;\n", ""),
    "to": (most.PROGRAMME.sessions[1].code, "gone"),
    "day": ("20261126", ""),
    "which": ("w", "a"),
    "decision": ("decline", "answer"),
    "author": ("<" * 64 + ", " + "&" * 128, ""),
    "decider": ("<" * 64, ""),
    "name": ("<" * 64,),
    "news": ("",),
    "lead": ("",),
    "message": (most.LARGE,),
    "near": (3, 0),
    "seen_by": ("hall", "moderators", ""),
    "sorting": ("", "delegation"),
    "fault": ("topics", "write"),
    "what": ("topics", "write", "removed"),
    "title": ("<" * 128,),
    "unprinted": (most.LARGE, 0),
    "username": ("b" * 32,),
    "source": ("&" * 255,),
    "approved": (most.LARGE, 0),
    "number": (most.LARGE,),
    "published_at": (1795000000,),
    "heir": (most.PROGRAMME.sessions[0].code,),
    "typed": ("<" * 4096,),
    "asked": ("start", "length", "room"),
    "me": (most.LARGE, 1),
    "of_kind": ("p", "r", "g", "x"),
    "scope": ("o", "r", "d"),
    "seat": ("s", "m", "0", "59", "99"),
    "does": ("speaks", "chairs", "moderates"),
    "speaker": (most.code("p", 0), "gone"),
    "changes": (most.LARGE, 0),
    "host": ("a" * 63 + ".kz",),
    "outcome": ("changed", "failing", "well"),
    "web_address": ("https://" + "a" * 200 + ".org", "http://127.0.0.1:8080", ""),
    "topic": (most.code("t", 0), ""),
    "recipients": (most.LARGE, 0),
    "undo": (most.LARGE, 0),
    "merged": (most.LARGE,),
    "waiting": (most.LARGE, 0),
}


def calls(function: View, programme: Programme) -> list[dict[str, Any]]:
    """Arguments that give each parameter each of its extremes at least once."""
    hints = {name: hint for name, hint in get_type_hints(function).items() if name not in ("return", "t")}
    choices: dict[str, Sequence[Any]] = {}
    for name, hint in hints.items():
        if hint is Programme:
            choices[name] = (programme,)
        elif hint in BY_TYPE:
            choices[name] = BY_TYPE[hint]
        else:
            assert name in BY_NAME, f"what is the most that {function.__name__} can get as {name}: {hint}?"
            choices[name] = BY_NAME[name]
    rounds = max((len(values) for values in choices.values()), default=1)
    return [{name: values[turn % len(values)] for name, values in choices.items()} for turn in range(rounds)]


CUT = cache(cut)


@pytest.fixture(autouse=True)
def cut_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """To cut takes longest, and many screens say the same."""
    monkeypatch.setattr("bot.views.screen.cut", CUT)


@cache
def length(html: str) -> int:
    """What Telegram counts of it. Many screens say the same."""
    return utf16(finish(*parse_html(html))[0])


def check(screen: Screen) -> None:
    for html, limit in ((screen.text, TEXT_LIMIT), (screen.caption, CAPTION_LIMIT)):
        assert 0 < length(html) <= limit
    if screen.keyboard is None:
        return
    # As it goes over the wire: `read` refuses what Telegram refuses, 64 bytes of data and 100 buttons among it.
    sent = screen.keyboard.model_dump(exclude_none=True, warnings=False)
    assert read(Params({"reply_markup": sent}), private=True, inline_only=True) is not None
    buttons = [button for row in sent["inline_keyboard"] for button in row]
    assert len(buttons) <= 100
    for button in buttons:
        assert button["text"].strip(" ·✖️")
        assert 1 <= len(button.get("callback_data", "x").encode()) <= 64


def faults(function: View, programme: Programme) -> list[str]:
    """What is wrong with the view's screens, in every language."""
    found = []
    for language in LANGUAGES:
        words = {"t": Translator(language, most.ZONE)} if takes_words(function) else {}
        for turn, arguments in enumerate(calls(function, programme)):
            try:
                check(function(**words, **arguments))
            except Exception as error:
                found.append(f"{language}, call {turn}: {error!r}")
    return found


@pytest.mark.parametrize("name", VIEWS)
def test_the_most_of_everything_fits(name: str) -> None:
    assert faults(VIEWS[name], most.PROGRAMME) == []


@pytest.mark.parametrize("name", [name for name in VIEWS if name not in ("agenda.agenda.room",)])
def test_a_programme_that_has_lost_everything_breaks_no_screen(name: str) -> None:
    """Old records about sessions, rooms and people that a new version no longer has."""
    assert faults(VIEWS[name], most.EMPTY) == []


def takes_words(function: View) -> bool:
    return "t" in inspect.signature(function).parameters


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_comes_with_the_menu_under_the_field_fits_too(language: str) -> None:
    t = Translator(language, most.ZONE)
    for text in (
        menu.welcome(t, most.PROGRAMME, most.WHO),
        menu.welcome(t, most.PROGRAMME, most.GUEST),
        participants.registered(t, most.PROGRAMME, most.PERSON),
    ):
        assert length(text) <= TEXT_LIMIT
    keyboard = menu.keyboard(t, most.WHO).model_dump(exclude_none=True)
    assert read(Params({"reply_markup": keyboard}), private=True) is not None
    for command in menu.commands(t, most.WHO):
        assert 1 <= len(command.command) <= 32
        assert 1 <= len(command.description) <= 256


def test_every_state_of_a_question_is_among_the_extremes() -> None:
    assert {one.state for one in BY_TYPE[Question]} >= {APPROVED, ANSWERED, *most.STATES}


def test_a_search_travels_in_the_buttons_as_far_as_they_hold_it() -> None:
    code = most.code("s", 0)
    travelled = [length for length in range(1, 65) if back_to_search("x" * length, 9, code)]
    assert travelled == list(range(1, len(travelled) + 1))
    assert len(travelled) > 25
    back = back_to_search("x" * len(travelled), 9, code)
    for data in (
        SessionCard(session=code, back=back),
        Star(session=code, wanted=1, back=back),
        Found(query="x" * len(travelled), page=9),
    ):
        assert len(data.pack().encode()) <= 64
    assert back_to_search("доклад: фонда", 0, "a") == "w.0.доклад фонда"


def test_no_two_kinds_of_button_share_a_prefix() -> None:
    """A press is recognised by its prefix: two classes with one would open each other's screens."""
    prefixes = [one.__prefix__ for one in CLASSES]
    assert len(prefixes) == len(set(prefixes)) > 90
