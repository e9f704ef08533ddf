"""Real values for the fields of the catalogues' texts, three for each, from the sample programme."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.programme.model import Programme
from bot.texts.translator import Html, Translator
from bot.views.publishing.concerns import quoted

COUNTS = (1, 5, 21)
PLURAL_COUNTS = (1, 2, 5, 21)
SESSIONS = ("plenary-2", "opening", "talk-nurgaziyeva")
OTHERS = ("projects-1", "film", "group-concept")
ROOMS = ("uly-dala", "otyrar", "foyer")
PEOPLE = ("nurgaziyeva", "altayev", "chinkisbayeva")
CALLED = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
QUESTIONS = {
    "kk": (
        "Ауылдағы ҮЕҰ грантқа қалай өтінім береді?",
        "Форум қорытындысы қайда жарияланады?",
        "Қор есебін кім тексереді?",
    ),
    "ru": ("Как сельским НПО подать заявку на грант?", "Где опубликуют итоги форума?", "Кто проверяет отчёты фондов?"),
    "en": (
        "How can a village NGO apply for a grant?",
        "Where will the results be published?",
        "Who checks the reports?",
    ),
}
TYPED = {
    "kk": ("заң", "Нұрғазиева", "асханаа"),
    "ru": ("закон", "Нургазиева", "столоваяя"),
    "en": ("law", "Nurgaziyeva", "lunhc"),
}
CORRECTED = {
    "kk": ("заң", "Нұрғазиева", "асхана"),
    "ru": ("закон", "Нургазиева", "столовая"),
    "en": ("law", "Nurgaziyeva", "lunch"),
}

Values = Sequence[object]


class RealValues:
    """What stands in the place of {fields}, in one language. A text's own field goes before its family's and these."""

    def __init__(self, t: Translator, programme: Programme) -> None:
        self._t, self._programme = t, programme
        self._fields = self._anywhere() | self._marks() | self._counts()
        self._own = self._of_families() | self._of_keys()

    def of(self, key: str, field: str) -> Values:
        family = key.partition(".")[0]
        for name in (f"{key}:{field}", f"{family}:{field}"):
            if name in self._own:
                return self._own[name]
        if field in self._fields:
            return self._fields[field]
        raise KeyError(f"{key}: no real values for {{{field}}}; tests/reading_values.py has them")

    def _titles(self, codes: Sequence[str]) -> list[str]:
        found = (self._programme.session(code) for code in codes)
        return [self._t.say_plain(one.title) for one in found if one is not None]

    def _times(self, codes: Sequence[str]) -> list[str]:
        found = (self._programme.session(code) for code in codes)
        return [self._t.time(one.start) for one in found if one is not None]

    def _names(self) -> list[str]:
        found = (self._programme.speaker(code) for code in PEOPLE)
        return [self._t.say_plain(one.name) for one in found if one is not None]

    def _anywhere(self) -> dict[str, Values]:
        t, programme = self._t, self._programme
        rooms = [t.say_plain(one.name) for code in ROOMS if (one := programme.room(code)) is not None]
        titles, others, names = self._titles(SESSIONS), self._titles(OTHERS), self._names()
        topics = [t.say_plain(one.name) for one in programme.topics]
        languages = list(CALLED.values())
        return {
            "by": names,
            "name": names,
            "names": [", ".join(names[:2]), names[2], ", ".join(names)],
            "named": names,
            "old": names,
            "person": names[1:] + names[:1],
            "was": names[1:] + names[:1],
            "speaker": names,
            "subject": names,
            "session": titles,
            "title": titles,
            "titles": [titles[1], others[1], f"{titles[1]}, {others[1]}"],
            "one": titles,
            "heir": others,
            "other": others,
            "place": rooms,
            "room": rooms,
            "topics": [topics[0], topics[1], f"{topics[1]}, {topics[2]}"],
            "forum": [t.say_plain(programme.forum.title)],
            "text": QUESTIONS[t.language],
            "words": QUESTIONS[t.language],
            "word": TYPED[t.language],
            "query": TYPED[t.language],
            "instead": CORRECTED[t.language],
            "language": languages,
            "languages": [languages[0], languages[1], ", ".join(languages[:2])],
            "version": languages,
            "what": [t.plain("staff.moderator"), t.plain("staff.organizer"), titles[1]],
            "state": [t.plain(f"questions.state_{one}") for one in ("approved", "asked", "declined")],
            "why": [t.plain(f"announcements.fate_{one}") for one in ("blocked", "failed", "unsure")],
            "field": [t.plain(f"changes.field_{one}") for one in ("title", "abstract", "name")],
            "source": [t.plain("versions.file", name="forum.xlsx")],
        }

    def _marks(self) -> dict[str, Values]:
        """Dates, times and what only a machine reads."""
        t, days = self._t, self._programme.days
        starts = self._times(SESSIONS)
        dates = [t.date(one.date) for one in days]
        epochs = [int(one.start.timestamp()) for one in self._programme.sessions[:3]]
        return {
            "at": [t.moment(one) for one in epochs],
            "time": starts,
            "start": starts,
            "oldest": starts,
            "plan": starts,
            "since": starts,
            "when": [starts[0], t.plain_n("agenda.in_minutes", 12), f"{dates[1]}, {starts[1]}"],
            "first": starts,
            "last": self._times(OTHERS),
            "end": self._times(OTHERS),
            "until": self._times(OTHERS),
            "day": dates,
            "to": dates[1:] + dates[:1],
            "date": [dt.date(2026, 11, 26).isoformat()],
            "code": ["plenary-2", "uly-dala", "Zal 5"],
            "command": ["/agenda", "/my", "/ask"],
            "file": ["forum.xlsx", "schedule.json", "forum.toml"],
            "host": ["forum.example.org"],
            "id": ["1fd22ea5"],
            "kind": ["speech"],
            "kinds": ["talk, panel, plenary, workshop, break"],
            "like": ["speakers", "start", "title"],
            "link": ["t.me/forum_bot?start=h_7Q2k"],
            "mark": ["?"],
            "problem": ["Expected '=' after a key"],
            "status": [404, 500, 503],
            "timezone": ["Almaty"],
            "value": ["25:70", "26/11", "half an hour"],
        }

    def _counts(self) -> dict[str, Values]:
        t = self._t
        any_count = "all count days dropped failed here linked lost now over questions sent speakers stars unsure votes"
        steps = [t.plain_n("programme.steps", count) for count in COUNTS]
        return dict.fromkeys(any_count.split(), COUNTS) | {
            "allowed": (28,),
            "byte": (112,),
            "columns": (200,),
            "done": (1, 37, 120),
            "fewest": (3,),
            "least": (10,),
            "length": (1240, 621, 5021),
            "limit": (10,),
            "line": (2, 15, 121),
            "mean": ("4.7", "3.9", "5") if t.language == "en" else ("4,7", "3,9", "5"),
            "megabytes": (20,),
            "minute": (1, 28, 1541),
            "minutes": (5, 10, 21),
            "most": (500,),
            "newer": (4, 12, 21),
            "number": (5, 12, 143),
            "older": (3, 11, 20),
            "people": (21, 240, 1250),
            "restores": (2, 3, 11),
            "rows": (10_000,),
            "seconds": (20,),
            "sessions": [t.plain_n("step.sessions", count) for count in COUNTS],
            "speed": (28,),
            "step": steps,
            "steps": steps,
            "target": (12, 5, 21),
            "total": (5, 40, 121),
        }

    def _of_families(self) -> dict[str, Values]:
        groups = {"kk": "Модераторлар", "ru": "Модераторы", "en": "Moderators"}
        columns = ("title.kk", "start", "room")
        titles, others = ([quoted(self._t, Html(one)) for one in self._titles(codes)] for codes in (SESSIONS, OTHERS))
        return {
            "group:title": [groups[self._t.language]],
            "registration:limit": (64,),
            "stop_words:most": (40,),
            "fault:name": columns,
            "fault:first": ("Sessions!B2", "Days!A3", "Speakers!A1"),
            "fault:start": ("12:30", "18:00", "09:45"),
            "warning:first": titles,
            "warning:second": others,
            "concern:one": titles,
            "concern:other": others,
            "step:session": titles,
            "step:one": titles,
            "step:other": others,
            "step:what": titles,
            "staff:what": (self._t.plain("staff.moderator"), self._t.plain("staff.organizer")),
            "staff:until": self._fields["at"],
            "speaking:until": self._fields["at"],
            "agenda:sessions": self._titles(OTHERS),
        }

    def _of_keys(self) -> dict[str, Values]:
        t = self._t
        delegations = [t.say_plain(one.name) for one in self._programme.delegations[:3]]
        rooms = list(self._fields["room"])
        minutes = [t.plain("step.minutes", minutes=one) for one in ("+20", "−5", "+90")]
        languages = list(CALLED.values())
        return {
            "announcements.not_said:name": languages,
            "change.too_long:most": (300, 1000, 4000),
            "fault.bad_language:language": ("de", "kz", "uz"),
            "fault.sheet_part:name": ("xl/workbook.xml",),
            "fault.unknown_format:name": ("agenda.pdf", "forum.doc", "agenda.zip"),
            "fault.too_many:most": (2000,),
            "fault.unreadable:name": ("forum.toml",),
            "group.speaks:name": languages,
            "notices.not:what": self._times(OTHERS),
            "outbox.pace:now": (28, 14, 5),
            "outbox.sent:day": (240, 1250, 5021),
            "programme.version:sessions": COUNTS,
            "questions.too_fast:limit": (3,),
            "ratings.mean:most": (5,),
            "registration.bad_organization:limit": (128,),
            "settings.announcements:value": (t.plain("settings.heard"), t.plain("settings.muted")),
            "settings.delegation:value": delegations,
            "settings.lead:value": (t.plain_n("settings.minutes", 10), t.plain("settings.off")),
            "settings.name:value": self._names(),
            "settings.organization:value": ("ҮЕҰ «Жастар»", "Civil Alliance", "Қазақстан халқына"),
            "settings.quiet:value": ("22–7",),
            "speaking.welcome:minutes": (30,),
            "stage.note_form:most": (200,),
            "step.halls:one": rooms,
            "step.halls:other": rooms[1:] + rooms[:1],
            "step.shift:minutes": minutes,
            "step.shift_more:minutes": minutes,
            # The tour of the rehearsal names buttons.
            "tour:agenda": (t.plain("menu.agenda"),),
            "tour:approve": (t.plain("moderation.approve"),),
            "tour:ask": (t.plain("menu.ask"),),
            "tour:change": (t.plain("change.button"),),
            "tour:publish": (t.plain("draft.publish"),),
            "tour:send": (t.plain_n("announcements.send", 5),),
            "tour:star": (t.plain("agenda.star"),),
            "tour:time": (t.plain("change.part_time"),),
            "tour:undo": (t.plain("publishing.undo"),),
            "versions.file:name": ("forum.xlsx", "schedule.json", "forum.toml"),
            "watch.unreadable:first": ("Sessions!D14",),
        }
