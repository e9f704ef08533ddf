"""The most that any view can be asked to show: what readers of programmes and forms of people let through, and more."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.actions.agenda import speaking
from bot.actions.agenda.ratings import Result
from bot.actions.agenda.speaking import Linked, OwnSessions
from bot.actions.announcements import claims, signing
from bot.actions.announcements.announcements import Facts, Verdict
from bot.actions.announcements.moved import Offer
from bot.actions.entrance.presence import Arrival, Guest
from bot.actions.moderation.cards import CardFacts
from bot.actions.moderation.desk import Decision
from bot.actions.moderation.left_over import Reach as Together
from bot.actions.moderation.papers import Line, Summary
from bot.actions.moderation.stage import Stage
from bot.actions.publishing.drafts import Draft
from bot.actions.publishing.hanging import Hang, Hanging, Moved
from bot.actions.publishing.notices import Reach as Concerned
from bot.actions.publishing.publishing import Preview
from bot.actions.staff.audit import STAFF_ACTIONS as ACTIONS_DONE
from bot.actions.staff.audit import Journal, NamedStaffAction
from bot.actions.staff.board import Board, Late, Scheduled, Waiting
from bot.actions.staff.outbox import Outbox
from bot.programme.changes import diff
from bot.programme.concerns import Concern
from bot.programme.differences import record_changes, session_changes
from bot.programme.estimates import Runs, Span
from bot.programme.model import Day, Delegation, Forum, Page, Programme, Room, Session, Speaker, Text, Topic
from bot.programme.moves import moves
from bot.programme.search import Findings, Thing
from bot.programme.texts import FIELDS, About
from bot.views.agenda.found import Looked
from bot.views.moderation.carrying import Load
from bot.who import Who
from storage.announced import Asleep, Tally
from storage.announcement_parts import Part
from storage.announcements import Announcement
from storage.audiences import Condition, Reach
from storage.audit import StaffAction
from storage.boards import Drafted, Lost
from storage.desk_groups import DeskGroup
from storage.drafts import Step
from storage.mutes import Mute
from storage.outbox import Fault, Queue
from storage.papers import Author
from storage.participants import Participant
from storage.presence import Attendance, Named
from storage.programme_watches import Watch
from storage.programmes import Version
from storage.questions import ANSWERED, APPROVED, ASKED, CLOSED, DECLINED, MERGED, PENDING, WITHDRAWN, Question
from storage.ratings import Rating
from storage.roles import Invitation, Role
from storage.session_runs import SessionRun
from storage.unheard import LeftOver

ZONE = ZoneInfo("Asia/Almaty")
FIRST = dt.date(2026, 11, 26)
NOW = dt.datetime(2026, 11, 26, 10, 30, tzinfo=ZONE)
CODE_MAX = 24
LARGE = 2**40

# A thousand characters that are HTML, quotes and emoji, in one language only: the others are marked as missing.
TITLE = Text({"ru": ("<b>&\"'😀 " * 200)[:1000]})
BODY = Text({"kk": "<b>сөз &amp; <i>😀</i></b> &lt;br&gt; " * 2000})


def code(kind: str, number: int) -> str:
    """As long as a code may be."""
    return f"{kind}-{number}-".ljust(CODE_MAX, "x")


def session(number: int) -> Session:
    start = dt.datetime(2026, 11, 26 + number // 100, 10, tzinfo=ZONE) + dt.timedelta(minutes=number % 100)
    return Session(
        code=code("s", number),
        kind="panel",
        title=TITLE,
        start=start,
        end=start + dt.timedelta(hours=23),
        day=FIRST + dt.timedelta(days=number // 100),
        abstract=BODY,
        room=code("r", number % 200),
        speakers=tuple(code("p", one) for one in range(40)),
        moderators=tuple(code("p", one) for one in range(20, 60)),
        topic=code("t", 0),
        cancelled=number % 7 == 6,
    )


PROGRAMME = Programme(
    forum=Forum(TITLE, BODY, TITLE, TITLE, (43.3, 68.25), "Asia/Almaty"),
    days=tuple(Day(FIRST + dt.timedelta(days=number), TITLE) for number in range(20)),
    rooms=tuple(Room(code("r", number), TITLE, TITLE) for number in range(200)),
    topics=(Topic(code("t", 0), TITLE),),
    speakers=tuple(Speaker(code("p", number), TITLE, TITLE, BODY, "photo.png") for number in range(60)),
    delegations=tuple(Delegation(code("d", number), TITLE) for number in range(100)),
    pages=tuple(Page(code("pg", number), TITLE, BODY) for number in range(40)),
    sessions=tuple(session(number) for number in range(400)),
)
EMPTY = Programme(forum=Forum(Text("Forum"), timezone="Asia/Almaty"))

PERSON = Participant(LARGE, "ru", 1, "<" * 64, code("d", 0), "&" * 128, 1, 30, True, None)
ROLES = tuple(Role(LARGE + number, "moderator", code("s", number), None, 1) for number in range(100))
WHO = Who(LARGE, "ru", PERSON, ROLES[:1], chief=True)
GUEST = Who(LARGE, "kk")
INVITATIONS = tuple(
    Invitation("f" * 64, "moderator", code("s", number), LARGE, LARGE // 1000, None) for number in range(100)
)
LINKED = (Linked(tuple((LARGE + number, "<" * 64) for number in range(40)), INVITATIONS), Linked())
OWN_SESSIONS = (
    OwnSessions(
        PROGRAMME.speakers,
        PROGRAMME.sessions[: speaking.PAGE],
        {one.code: LARGE for one in PROGRAMME.sessions},
        0,
        7,
    ),
    OwnSessions((), (), {}, 0, 1),
)
WATCH_FAULTS = (
    {"key": "watch.status", "fields": {"status": 599}},
    {"key": "watch.too_slow", "fields": {"seconds": 20}},
    {"key": "watch.too_large", "fields": {"megabytes": 10}},
    {"key": "watch.forbidden", "fields": {}},
    {
        "key": "watch.unreadable",
        "fields": {"count": LARGE},
        "first": {"place": "<" * 200, "key": "fault.unknown_key", "fields": {"name": "&" * 60}, "line": None},
    },
)
WATCHES = tuple(
    Watch(f"https://{'a' * 63}.kz/{'&' * 1900}", "", "", fault, LARGE, True, LARGE // 1000, checked, 1)
    for fault, checked in ((None, None), *((fault, LARGE // 1000) for fault in WATCH_FAULTS))
)
ANNOUNCEMENT = Announcement(LARGE, LARGE, "<b>&lt;😀</b>" * 1000, "sending", LARGE, 1, 1)
OFFICE = Text(dict.fromkeys(("kk", "ru", "en"), "<" * 100))
SAID_BY = signing.write(Text(dict.fromkeys(("kk", "ru", "en"), "&" * 110)))
CONDITION = Condition(
    languages=("kk", "ru", "en"),
    delegations=tuple(code("d", number) for number in range(40)),
    roles=("delegate", "moderator", "organizer"),
    sessions=(*(code("s", number) for number in range(39)), "gone"),
    present=False,
)
FATES = ("waiting", "claimed", "held", "sent", "blocked", "failed", "dropped", "unsure")
TALLY = Tally(dict.fromkeys(FATES, LARGE), LARGE, LARGE, LARGE)
UNTRUE = claims.of(1, PROGRAMME, [code("s", 0)]).replace("[", "[1", 1)
PARTS = tuple(Part(tongue, at, "photo", "<😀" * 300, "f" * 90, UNTRUE) for tongue in ("kk", "ru") for at in range(10))
ANNOUNCED = tuple(
    Facts(
        replace(
            ANNOUNCEMENT,
            state=state,
            send_with=code("s", 0),
            said_by=SAID_BY,
            expires_at=LARGE // 1000,
            urgent=True,
            started_at=1 if state in ("sending", "paused", "sent") else None,
            withdrawn_at=1 if state == "sent" else None,
        ),
        PARTS,
        CONDITION,
        Reach(LARGE, LARGE // 3, LARGE // 3),
        dict.fromkeys(("announcement", "announcement-edit", "announcement-delete"), TALLY),
        "<" * 64,
        "<" * 64,
        behind=("", "kk", "ru", "en"),
        asleep=Asleep(LARGE, LARGE // 1000, LARGE // 1000 + 3600),
        verdict=Verdict("correction_declined", "<" * 64),
    )
    for state in ("draft", "asked", "scheduled", "sending", "paused", "sent", "cancelled")
)
PHOTO = Path("photo.png")
DESK_GROUP = DeskGroup(-LARGE, "<" * 128, True, "ru", LARGE, 1, "")


def question(number: int, state: str, session_code: str) -> Question:
    """Five hundred characters of question, a thousand of reason and of answer."""
    return Question(
        number=LARGE + number,
        session=session_code,
        author=LARGE,
        anonymous=number % 2 == 0,
        language="ru",
        text="<😀&" * 166,
        state=state,
        reason="=offtopic" if number % 2 else "<&" * 500,
        answer="😀<" * 500,
        revision=1,
        decided_by=LARGE,
        asked_at=1795000000,
        decided_at=1795000000,
        votes=LARGE,
        original="😀<&" * 166,
        merged_into=LARGE,
        unheard_at=1795000000 if number % 3 == 0 else None,
    )


STATES = (PENDING, APPROVED, DECLINED, ASKED, ANSWERED, WITHDRAWN, MERGED, CLOSED)
QUESTIONS = tuple(question(number, STATES[number % len(STATES)], code("s", number)) for number in range(60))
CARDS = tuple(
    CardFacts(
        one,
        "<" * 192,
        "<" * 64,
        claimed_by="<" * 64,
        claimed_until=1795000000,
        labels=(code("t", 0),) * 3,
        flags=("<&😀" * 8,) * 10,
        merged=LARGE,
        first=True,
        muted_in=("", one.session),
        undo=LARGE,
        delegation=code("d", 0),
        twin=replace(QUESTIONS[one.number % 2], number=LARGE),
        claimant=LARGE,
        mine=True,
        wide=True,
    )
    for one in QUESTIONS[:12]
)
LEFT_OVER = (
    *(LeftOver(one, LARGE, LARGE, LARGE // 2, LARGE, 2_147_483_647) for one in (code("s", 0), "gone")),
    LeftOver(code("s", 0), approved=1, skipped=1),
    LeftOver(code("s", 0)),
)
REACHES = (Together(LARGE, LARGE, 2_147_483_647), Together(1, 0, 1))
LOADS = (
    Load(code("s", 1), "w", REACHES[1], QUESTIONS[1]),
    Load("gone", "-", REACHES[1], QUESTIONS[0]),
    Load(code("s", 0), "-", REACHES[0]),
)
DECISION = Decision(QUESTIONS[0], True, "<" * 64, undo=LARGE)
STAFF_ACTIONS = Journal(
    [
        NamedStaffAction(
            StaffAction(LARGE, 1795000000 + number, LARGE, action, LARGE, code("s", 0), {}, LARGE), "<😀" * 32
        )
        for number, action in enumerate((*ACTIONS_DONE[:4], "<" * 64, "undo"))
    ],
    999,
    1000,
    LARGE,
    code("s", 0),
)
NO_ACTIONS = Journal((), 0, 1, 0, "")
MUTES = tuple(
    Mute(LARGE + number, code("s", number), number % 2, "<" * 64 if number % 2 else "", LARGE // 1000)
    for number in range(40)
)
# Every hall is behind: everything has begun twenty minutes late, and runs over.
RUNS = Runs(
    SessionRun(one.code, int(one.start.timestamp()) + 1200, int(one.end.timestamp()) + 3600, revision=999_999)
    for one in PROGRAMME.sessions
)
RATING = Rating(code("s", 0), 5, "<😀&" * 166, 1795000000)
RESULTS = tuple(
    Result(code("s", number), LARGE, dict.fromkeys(range(1, 6), LARGE // 5), ((5, "<😀&" * 166),) * 20)
    if number % 2 == 0
    else Result(code("s", number), 2)
    for number in range(400)
)
ARRIVAL = Arrival(LARGE, "<" * 64, "&" * 128, code("d", 0), 1795000000, "<" * 64, True, True, Attendance(LARGE, LARGE))
GUEST_AT_THE_DOOR = Guest(LARGE, "<" * 64, "&" * 128, code("d", 0), 1795000000, 1795000000, "<" * 64)
PRESENT = {one.code: Attendance(LARGE - 1, LARGE) for one in PROGRAMME.delegations} | {"": Attendance(0, 1)}
NAMED = tuple(Named(LARGE + number, "<" * 64, code("d", number)) for number in range(10))
LINES = tuple(
    Line(one, Author("<" * 64, "&" * 128, code("d", 0)), "<" * 64, (code("t", 0), "gone")) for one in QUESTIONS
)
SUMMARY = Summary(
    received=LARGE,
    anonymous=LARGE,
    delegations=LARGE,
    asked=LARGE,
    answered=LARGE,
    waiting=LARGE,
    pending=LARGE,
    declined=LARGE,
    merged=LARGE,
    no_time=LARGE,
    closed=LARGE,
    withdrawn=LARGE,
    topics=((code("t", 0), LARGE),) * 3,
    leading=LINES[:5],
)
STAGES = (
    *(
        Stage(
            code("s", number),
            line,
            since,
            following=QUESTIONS[1],
            behind=LARGE,
            skipped=LARGE,
            note="<&😀" * 50,
            note_by="<" * 64,
            note_at=1795000000,
            last=StaffAction(LARGE, 1795000000, LARGE, "later", LARGE, code("s", 0), {}, None),
        )
        for number, (line, since) in enumerate(zip(LINES[:7], (1795000000, None) * 4, strict=False))
        if line.question.state in (APPROVED, ASKED, ANSWERED)
    ),
    Stage("gone"),
)
OUTBOXES = (
    Outbox(
        tuple(Queue(lane, LARGE, LARGE, 1) for lane in range(4)),
        LARGE,
        LARGE,
        dict.fromkeys(("sent", "blocked", "failed", "unsure", "dropped"), LARGE),
        dict.fromkeys(("sent", "blocked", "failed", "unsure", "dropped"), LARGE),
        tuple(Fault(number % 4, "failed", "<Bad & Request> " * 100, LARGE, 1795000000) for number in range(5)),
        LARGE,
    ),
    Outbox((), 0, 0, {}, {}, ()),
)

LATE = tuple(Late(one, bool(at % 2), LARGE, Span(one.start, one.end)) for at, one in enumerate(PROGRAMME.sessions[:9]))
BOARDS = (
    Board(
        LATE,
        Waiting(LARGE, tuple(one.code for one in PROGRAMME.sessions), 1),
        Waiting(LARGE, tuple(one.code for one in PROGRAMME.sessions)),
        (ANNOUNCEMENT,) * 9,
        Attendance(LARGE, LARGE),
        tuple(Drafted(LARGE + at if at else None, "<" * 64, LARGE) for at in range(9)),
        (Scheduled(ANNOUNCEMENT, LARGE // 1000),) * 9,
        Lost(LARGE, LARGE, LARGE // 1000),
        WATCHES[1],
        replace(DESK_GROUP, fault="topics"),
    ),
    Board(
        LATE[:2],
        Waiting(1, ("gone",), 1),
        Waiting(1, ("gone",)),
        (ANNOUNCEMENT,),
        Attendance(0, 1),
        (),
        (),
        Lost(1, 0, 1),
        None,
        None,
    ),
    Board((), Waiting(), Waiting(), (), Attendance(0, 0), (), (), Lost(0, 0, 0), None, None),
)

# Everything in it is new: there is no larger difference.
DRAFTS = (
    Draft(
        LARGE,
        LARGE,
        EMPTY,
        PROGRAMME,
        tuple(Step(LARGE + number, "import", {"file": "<" * 200}, (), LARGE, 1) for number in range(100)),
        diff(EMPTY, PROGRAMME),
    ),
    Draft(1, 0, PROGRAMME, PROGRAMME, (), ()),
)
TEXTS = tuple(
    About(kind, {"s": code("s", 0), "p": code("p", 0), "r": code("r", 0), "g": code("pg", 0), "f": ""}[kind], letter)
    for kind, letters in FIELDS.items()
    for letter in letters
)
# Everything hangs on what goes away.
HANGINGS = (
    Hanging(
        tuple(
            Hang(one, how, LARGE, LARGE, heir)
            for one, how, heir in zip(
                PROGRAMME.sessions[:40], ("removed", "cancelled", "break") * 20, (code("s", 3), "") * 20, strict=False
            )
        ),
        LARGE,
    ),
    Hanging(),
)
MOVED = Moved(LARGE, LARGE, LARGE)
VERSION = Version(LARGE, {}, "<" * 255, LARGE, 1, LARGE)

OTHER_PLACES = replace(
    PROGRAMME,
    sessions=tuple(
        replace(
            one,
            title=BODY,
            start=one.start + dt.timedelta(days=1),
            end=one.end + dt.timedelta(days=1),
            room=None,
            speakers=one.moderators,
            moderators=(),
            cancelled=number % 5 == 4,
        )
        for number, one in enumerate(PROGRAMME.sessions)
    ),
)
SESSION_CHANGES = session_changes(PROGRAMME, OTHER_PLACES)
PREVIEWS = (
    Preview(
        DRAFTS[0],
        (*session_changes(PROGRAMME, OTHER_PLACES), *record_changes(EMPTY, PROGRAMME, DRAFTS[0].changes)),
        Concerned({one.code: LARGE for one in PROGRAMME.sessions}, LARGE),
        {LARGE: "<" * 64},
        tuple(Concern("room", code("s", 0), code("s", 1), code("r", 0)) for _ in range(50)),
        HANGINGS[0],
        MOVED,
    ),
    Preview(DRAFTS[1], (), Concerned({}, 0), {}, ()),
)
OFFERS = (
    Offer(moves(PROGRAMME, OTHER_PLACES, 0), LARGE, ANNOUNCEMENT, (ANNOUNCEMENT,) * 9),
    Offer(moves(OTHER_PLACES, PROGRAMME, 0), LARGE, None, ()),
    Offer((), 0, None, ()),
)
THINGS: tuple[Thing, ...] = (PROGRAMME.rooms[0], PROGRAMME.speakers[0], PROGRAMME.pages[0], *PROGRAMME.sessions[:40])
LOOKED = (
    Looked("<" * 200, Findings(THINGS, "&" * 200), PROGRAMME.sessions[:3], PROGRAMME.sessions[0]),
    Looked("слово", Findings(THINGS), PROGRAMME.sessions[:3]),
    Looked("a:b", Findings(PROGRAMME.sessions)),
    Looked("?", Findings(), PROGRAMME.sessions[:3], PROGRAMME.sessions[0]),
)
