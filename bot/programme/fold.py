"""Words as the search compares them: the same form for every way of writing one word.

People type Kazakh on a Russian keyboard («казакстан»), Russian in any case form («законы»), and both in
Latin letters ("zakon", "turkistan").
"""

from __future__ import annotations

import re
import threading
import unicodedata

import snowballstemmer

# Kazakh letters that a Russian keyboard lacks, and the one that Russians leave out themselves.
_KEYBOARD = str.maketrans("әғқңөұүһіё", "агкноуухие")
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['’ʼʹ`]")
_CYRILLIC = re.compile("[а-яё]")
_ACCENTED = re.compile("[\u00df-\u024f\u1e00-\u1eff]")  # Latin only: й is no и

# Kazakh endings, folded, the longest first: plural, possessive, case, and the commonest that derive a word.
_ENDING_LIST = """
    лар лер дар дер тар тер лары лери дары дери тары тери ымыз имиз ныз низ ыныз иниз
    нын нин дын дин тын тин га ге ка ке на не ны ни ды ди ты ти да де та те нда нде
    дан ден тан тен нан нен мен бен пен сы си сынын синин ынын инин лык лик дык дик тык тик
    лыгы лиги дыгы диги тыгы тиги гы ги кы ки дагы деги тагы теги шы ши лы ли сыз сиз ы и а е
"""
_ENDINGS = sorted(_ENDING_LIST.split(), key=len, reverse=True)
_SHORTEST_ROOT = 4

# How Cyrillic letters sound, after folding; J, C and S stand for zh, ch and sh.
_LATIN = dict(zip("абвгдезийклмнопрстуфхыэ", "abvgdeziiklmnoprstufkie", strict=True))
_LATIN |= {"ж": "J", "ц": "ts", "ч": "C", "ш": "S", "щ": "S", "ъ": "", "ь": "", "ю": "iu", "я": "ia"}
# How people write those sounds in Latin letters. "kh", "h" and "q" all meet in k, so that kazakhstan,
# qazaqstan and kazakstan are one word.
_SPELLINGS = (
    ("shch", "S"),
    ("sch", "S"),
    ("zh", "J"),
    ("kh", "k"),
    ("gh", "g"),
    ("ch", "C"),
    ("sh", "S"),
    ("tz", "ts"),
    ("ye", "e"),
    ("yo", "e"),
    ("ya", "ia"),
    ("yu", "iu"),
    ("ja", "ia"),
    ("ju", "iu"),
    ("q", "k"),
    ("h", "k"),
    ("x", "ks"),
    ("w", "v"),
    ("j", "J"),
    ("y", "i"),
    ("c", "ts"),
)
_SPECIAL_LATIN = str.maketrans({"ı": "i", "ş": "sh", "ç": "ch", "ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe"})
_DOUBLED = re.compile(r"(.)\1+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")

_RUSSIAN = snowballstemmer.stemmer("russian")
_ENGLISH = snowballstemmer.stemmer("english")
# They keep state while they work, and the index of a new version is made during searches in the old one.
_ONE_AT_A_TIME = threading.Lock()


def words(text: str) -> list[str]:
    """The folded words of a text, in order, with repetitions."""
    return _WORD.findall(fold(text))


def fold(text: str) -> str:
    """Lower case, Kazakh letters as a Russian keyboard has them, Latin letters without accents."""
    text = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", text)).lower().translate(_KEYBOARD)
    return text if text.isascii() else _ACCENTED.sub(_bare, text)


def _bare(match: re.Match[str]) -> str:
    letter = match[0].translate(_SPECIAL_LATIN)
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))


def stems(word: str) -> tuple[str, ...]:
    """The stems of a folded word: Snowball's, and for Cyrillic the Kazakh one as well."""
    with _ONE_AT_A_TIME:
        if not is_cyrillic(word):
            return (_ENGLISH.stemWord(word),)
        return tuple({_RUSSIAN.stemWord(word), kazakh_stem(word)})


def kazakh_stem(word: str) -> str:
    """A folded Kazakh word without its endings, as long as a root of four letters remains.

    Kazakh joins endings one after another (қоғам-дық-тар-дың), so they are taken off one after another.
    """
    while True:
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_ROOT:
                word = word[: -len(ending)]
                break
        else:
            return word


def is_cyrillic(word: str) -> bool:
    return bool(_CYRILLIC.search(word))


def sound(word: str) -> str:
    """How a folded word sounds, in Latin letters: one form for "zakon" and «закон»."""
    if is_cyrillic(word):
        word = "".join(_LATIN.get(char, char) for char in word)
    else:
        for written, heard in _SPELLINGS:
            word = word.replace(written, heard)
    return _DOUBLED.sub(r"\1", word)


_SLUG_LETTERS = _LATIN | {"ж": "zh", "х": "kh", "ч": "ch", "ш": "sh", "щ": "shch", "ы": "y", "й": "y"}
_SLUG_LETTERS |= {"ю": "yu", "я": "ya"}


def slug(text: str, length: int) -> str:
    """A readable code of at most `length` characters of [a-z0-9-]; "" when no letter allows one."""
    latin = "".join(_SLUG_LETTERS.get(char, char) for char in fold(text))
    return _NOT_SLUG.sub("-", latin).strip("-")[:length].strip("-")
