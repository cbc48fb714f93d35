"""The words that numbers of Bangla texts are made of."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import regex

from ...language.inflection import BANGLA_ENDING
from ...language.text import compile_pattern, normalise
from ..lexicon import numbers, spaced
from .quantity import TIME, UNITS


def words_of(text: str) -> frozenset[str]:
    return frozenset(spaced(text))


def _by_word(rows: dict[str, str]) -> dict[str, str]:
    """The name of its row by each word."""
    return {word: name for name, words in rows.items() for word in spaced(words)}


def any_of(words: object) -> str:
    return "|".join(sorted(map(regex.escape, words), key=len, reverse=True))


_WORDS = numbers("word", "bn")
POWERS = numbers("power", "bn")
SHIFTS = numbers("shift", "bn")
PARTS = numbers("part", "bn")
ORDINALS = numbers("ordinal", "bn")
LOOSE = numbers("loose", "bn")
MONTHS_LONG = numbers("months", "bn")
MONTHS_WORD = compile_pattern(rf"(?P<word>{any_of(MONTHS_LONG)}){BANGLA_ENDING}")
UNIT = {word: unit for unit, words in UNITS.items() for word in words["bn"]}
NINE, _SIX = normalise("নয়"), normalise("ছ")  # also "is not", and half of some words
BOTH_WORD = compile_pattern(r"(?:দুই|দু)(?:টি|টো|টা|জন)(?:কে|তে|র|ের|য়)?[ইও]")  # দুটোতেই, দুজনেরও
# What counts a number in one word with it: দুজন, তিনবার, সাতদিন.
_GLUED = spaced("টি টা টো টে খানা খানি জন জনা বার গুণ বেলা দিন মাস বছর ভাগ ঘণ্টা মিনিট সপ্তাহ রাত")
_NUMBER_WORD = compile_pattern(
    rf"(?P<word>{any_of(_WORDS)})(?P<hundred>শ|শো|শত)?(?P<power>হাজার|লাখ|কোটি)?"
    rf"(?:(?P<part>{any_of(PARTS)})|(?P<nth>তম)|(?P<glued>{any_of(_GLUED)}))?(?P<ending>{BANGLA_ENDING})"
)
HUNDRED_WORD = compile_pattern(
    rf"(?P<power>{any_of(POWERS)})(?P<glued>{any_of(_GLUED)})?{BANGLA_ENDING}"
)
ORDINAL_WORD = compile_pattern(rf"(?P<word>{any_of(ORDINALS)})(?:টি|টা|বার|দিন|জন)?{BANGLA_ENDING}")
# বিশেক, দুয়েক: about as many. সপ্তাহখানেক: about one.
_ABOUT_WORD = compile_pattern(
    rf"(?P<word>{any_of(_WORDS)})(?:য়েক|েক)(?P<glued>{any_of(_GLUED)})?{BANGLA_ENDING}"
)
ONE_OR_SO = compile_pattern(rf"(?P<unit>.*)খানেক{BANGLA_ENDING}")
_UNIT_WORD = compile_pattern(rf"(?P<unit>{any_of(UNIT)})(?:জুড়ে|ভর|ব্যাপী)?{BANGLA_ENDING}")  # সপ্তাহজুড়ে
FEW = words_of("কয়েক কিছু অনেক বহু কতক গোটাকয়েক")
_OF_TIME = any_of(word for word, unit in UNIT.items() if unit in TIME)
FEW_WORD = compile_pattern(rf"(?:কয়েক|কিছু)(?P<unit>{_OF_TIME}){BANGLA_ENDING}")
EACH = normalise("প্রতি")
EACH_WORD = compile_pattern(rf"(?P<each>প্রতি|ফি)(?P<unit>{_OF_TIME}){BANGLA_ENDING}")
ADVERBS = _by_word(
    {
        "day": "রোজ রোজই রোজকার রোজের প্রত্যহ নিত্য নিত্যদিন দৈনিক দৈনন্দিন হররোজ দিনপ্রতি",
        "week": "সাপ্তাহিক সপ্তাহিক",
        "hour": "ঘণ্টাপ্রতি",
        "year": "বার্ষিক",
    }
)
PART_OF_DAY = _by_word(
    {
        "morning": "সকাল সকালে ভোর ভোরে ভোররাত ভোররাতে সকালবেলা",
        "noon": "দুপুর দুপুরে দুপুরবেলা",
        "afternoon": "বিকাল বিকেল বিকালে বিকেলে বিকেলবেলা",
        "evening": "সন্ধ্যা সন্ধ্যায় সন্ধ্যাবেলা",
        "night": "রাত রাতে মাঝরাত মধ্যরাত",
    }
)
EACH_NIGHT = compile_pattern(f"প্রতি(?:{any_of(PART_OF_DAY)}){BANGLA_ENDING}")
LOCATIVE = compile_pattern(".*(?:ে|য়|তে)(?:ই|ও)?")
_SAME = normalise("একই")
SPAN = compile_pattern(rf"(?:যত|তত|এত|কত|কয়|ক|বহু|অনেক|দীর্ঘ|কয়টা)(?:দিন|কাল|ক্ষণ){BANGLA_ENDING}")
MINUS = normalise("মাইনাস")
MEAL, IN_DAYTIME = normalise("বেলা"), normalise("বেলায়")
EVERY, AT_A_TIME, AT = normalise("প্রত্যেক"), normalise("করে"), normalise("টায়")


@dataclass(frozen=True, slots=True)
class Word:
    """A word with a number in it."""

    value: Decimal
    counted: str = ""  # the classifier or unit in one word with it
    part: str = ""
    about: bool = False
    scale: Decimal = Decimal(1)  # 100 of দুইশ
    nth: bool = False


@lru_cache(maxsize=8192)
def number_word(word: str) -> Word | None:
    match = _NUMBER_WORD.fullmatch(word)
    if match and not (match["word"] == _SIX and word == _SIX) and not _is_no_number(match):
        scale = Decimal(100 if match["hundred"] else 1) * POWERS.get(match["power"] or "", 1)
        return Word(
            _WORDS[match["word"]] * scale,
            match["glued"] or "",
            match["part"] or "",
            False,
            scale,
            bool(match["nth"]),
        )
    match = _ABOUT_WORD.fullmatch(word)
    if match and _WORDS[match["word"]] != 1:  # একেক: each
        return Word(_WORDS[match["word"]], match["glued"] or "", "", True)
    return None


def _is_no_number(match: regex.Match) -> bool:
    """Whether the word only looks like one: আটকে, held; একই, the same."""
    return (match["ending"] == "কে" and not match["glued"]) or match[0] == _SAME


@lru_cache(maxsize=8192)
def unit_of(word: str) -> str:
    """The unit that a word with its endings names, or ""."""
    if word in UNIT:
        return UNIT[word]
    match = _UNIT_WORD.fullmatch(word)
    return UNIT[match["unit"]] if match else ""


@lru_cache(maxsize=8192)
def says_something(word: str) -> bool:
    """Whether a quantity may begin with a word."""
    patterns = (
        BOTH_WORD,
        MONTHS_WORD,
        HUNDRED_WORD,
        ORDINAL_WORD,
        EACH_WORD,
        EACH_NIGHT,
        FEW_WORD,
        SPAN,
        ONE_OR_SO,
    )
    return (
        word in SHIFTS.keys() | LOOSE.keys() | ADVERBS.keys() | POWERS.keys()
        or word in {MINUS, EACH, EVERY}
        or unit_of(word) in TIME
        or number_word(word) is not None
        or any(pattern.fullmatch(word) for pattern in patterns)
    )


@lru_cache(maxsize=8192)
def glued_unit(counted: str) -> str:
    return "time" if counted == MEAL else unit_of(counted)
