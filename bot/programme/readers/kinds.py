"""What kind of session an event of a foreign schedule is, by its type."""

from __future__ import annotations

import re

_KIND_WORDS = {
    "break": """break breaks pause lunch dinner breakfast coffee tea registration checkin
        перерыв обед ужин завтрак кофе чай регистрация үзіліс түскі кешкі шай тіркеу""",
    "plenary": "plenary keynote keynotes пленарное пленарная пленарный пленарлық",
    "panel": "panel panels podium roundtable панель панельная круглый панельдік",
    "workshop": """workshop workshops tutorial tutorials training hackathon
        мастер класс семинар тренинг шеберлік""",
    "dialogue": "dialogue dialog discussion discussions debate bof qa ama диалог дискуссия дебаты пікірталас",
    "ceremony": """ceremony opening closing award awards
        церемония открытие закрытие награждение марапаттау ашылу""",
    "other": """other assembly meetup meeting social party concert film movie performance exhibition expo
        game dance djset другое встреча концерт фильм выставка көрме""",
}
_WORDS = {word: kind for kind, words in _KIND_WORDS.items() for word in words.split()}
_WORD = re.compile(r"[^\W_]+")


def kind_of(type_name: str, title: str, has_people: bool) -> str:
    """The kind for an event's type ("lightning_talk", "Keynote"); a talk when the type says nothing.

    Schedules often list coffee as a talk of nobody, so a short title without people means a break as well;
    "Breaking TLS" by somebody stays a talk.
    """
    for word in _words(type_name):
        if word in _WORDS:
            return _WORDS[word]
    words = _words(title)
    if not has_people and len(words) <= 4 and any(_WORDS.get(word) == "break" for word in words):
        return "break"
    return "talk"


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
