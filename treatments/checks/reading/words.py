"""The words of a text with the forms they may be, so that lexicons name each of them once."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import regex

from ...language.text import WORD, ZWJ, ZWNJ, compile_pattern, normalise, sentence_spans
from ..lexicon import table

_JOINERS = str.maketrans("", "", ZWJ + ZWNJ)


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """`forms` are what a lexicon may call it, the longest first: "=word" as it is written, "word"
    with its endings taken off, "word-" for the stem of a Bangla verb; `mark` is what stands between it
    and the word before."""

    text: str
    start: int
    end: int
    sentence: int  # which of the text it stands in, from 0
    forms: tuple[str, ...]
    mark: str


def plain(text: str) -> str:
    """What words are compared by: normal form, no joiners, no case, straight apostrophes."""
    return _key(normalise(text))


def _key(word: str) -> str:
    """The same of a word out of a text, which is in normal form already."""
    return word.translate(_JOINERS).casefold().replace("’", "'")


# The English words that say when something is so, or on what condition.
WHENEVER = frozenset({"if", "when", "whenever", "once", "unless", "until", "till", "while"})
NOES = frozenset({"না", "নি", "নয়", "নেই"})  # the Bangla words that say nothing but no

# হয়নি, করেনি, পাইনি, করবেননা and তেলছাড়া are two words in one.
_BANGLA_WORD = compile_pattern(
    r"(?!(?:তিনি|যিনি|ইনি|চিনি|বেনি|কিনি|বিকিনি|কাহিনি|বাহিনি)(?![\p{L}\p{M}]))"
    r"([\p{L}\p{M}]+(?:য়|ে|ি|ন|ই))(নি)"
    r"|(?!কেননা)([\p{L}\p{M}]*(?:েন|বে|চ্ছে|হয়|যায়|দেয়|নেয়|খায়|করে|লাগে|থাকে|কমে|পারে|আসে))(না)"
    r"|((?!(?:এ|তা|হাত|ঘর|বাড়ি|ছন্ন|লাগাম)ছাড়া)[\p{L}\p{M}]{2,})(ছাড়া)"
)
_ENGLISH_WORD = regex.compile(r"[\p{L}\p{N}]+(?:['’]\p{L}+)?")


@lru_cache(maxsize=2048)
def words(text: str, language: str) -> tuple[Word, ...]:
    """The words of a plain text, in its order."""
    find, forms_of = (
        (_english_words, english_forms) if language == "en" else (_bangla_words, bangla_forms)
    )
    spans, sentence, found = sentence_spans(text), 0, []
    before = 0
    for start, end in find(text):
        while sentence + 1 < len(spans) and start >= spans[sentence + 1][0]:
            sentence += 1
        key = _key(text[start:end])
        found.append(Word(key, start, end, sentence, forms_of(key), text[before:start].strip()))
        before = end
    return tuple(found)


def _english_words(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _ENGLISH_WORD.finditer(text))


def _bangla_words(text: str) -> Iterator[tuple[int, int]]:
    for match in WORD.finditer(text):
        two = _BANGLA_WORD.fullmatch(match[0])
        if two:
            middle = match.start() + two.start(two.lastindex)
            yield match.start(), middle
            yield middle, match.end()
        else:
            yield match.span()


# --- English --------------------------------------------------------------------------------------

_VOWELS = "aeiou"
_SHORTEST_WITHOUT = 6  # letters of a word that says “without” at its end: needleless, গন্ধহীন
WITHOUT = "=without"  # a form of English words that end in -less
UNDONE = "=un"  # a form of English words that say no as they begin: unwashable, untreated
COMPARED = "=er"  # a form of English comparatives: no older than
_COMPARED = regex.compile(
    r"(?!(?:oth|ov|und|ev|nev|eith|neith|wheth|rath|aft|numb|wat|pap|fing|weath)er$)[a-z]{2,}er"
)
_UNDONE = regex.compile(r"un(?!der|i|til|less|cle|ease)[a-z]{2,}(?:able|ible|ed)")
DOING = "=doing"  # a form of every English verb in -ing: keep =doing
_NOUNS = frozenset(["dressing", "morning", "evening", "clothing", "bedding", "during", "swelling"])
_IRREGULAR = {form: (word,) for word, forms in table("irregular") for form in forms.split()}


@lru_cache(maxsize=8192)
def english_forms(word: str) -> tuple[str, ...]:
    """What an English word may be a form of: stopped → stopped, stop."""
    bases = {word: None}
    for base in [word, *([word[:-2]] if word.endswith("'s") else ())]:
        bases |= dict.fromkeys([base, *_IRREGULAR.get(base, ()), *_without_ending(base)])
    without = [WITHOUT] if len(word) > _SHORTEST_WITHOUT and word.endswith("less") else []
    undone = [UNDONE] if _UNDONE.fullmatch(word) else []
    compared = [COMPARED] if _COMPARED.fullmatch(word) else []
    doing = [DOING] if word.endswith("ing") and len(bases) > 1 and word not in _NOUNS else []
    return (f"={word}", *bases, *without, *undone, *compared, *doing)


_ES = ("ses", "xes", "zes", "ches", "shes", "oes", "ies")


def _without_ending(word: str) -> Iterator[str]:
    if word.endswith("ies") or word.endswith("ied"):
        yield word[:-3] + "y"
    if word.endswith(_ES):
        yield word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
    for ending in ("ed", "ing"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            yield stem
            yield stem + "e"
            if stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
                yield stem[:-1]


# --- Bangla ---------------------------------------------------------------------------------------

_CLASSIFIERS = (
    "গুলো গুলি সমূহ টুকু টি টা টো খানা জন দের রা েরা যুক্ত ওয়ালা মুক্ত হীন জাতীয় জনিত সহ সমৃদ্ধ "
    "েরটা েরটি েরগুলো েরগুলি রটা রটি রগুলো রগুলি"  # the one on it: কানেরটা
)
_CASES = "এরা এর এ কে দের য়ের েরা ের েতে য়েতে য়ে ে য় র তে কে রা"
_NOUN_EMPHASIS = "ই ও েই েও"
_VERBS = (
    "া ার াও ি িস ে েন ো ছি ছে ছেন ছিল ছিলেন েছি েছে েছেন েছিল েছিলেন েছিলাম লাম ল লো লে "
    "লেন তাম ত তো তে তেন ব বো বে বেন ুন ুক উন উক ন বার িয়ে ায় ান ানো ানোর ানোয় াবেন াবে "
    "ালে াতে াচ্ছে াচ্ছেন িয়েছে িয়েছেন িয়েছিল িয়েছিলেন াল ালো ালেন াক য় ই ও ওয়া ওয়ার "
    "ওয়াতে ওয়ায় ওয়ান ওয়ানো ওয়ানোর ওয়াবেন ওয়ালে ওয়াচ্ছেন ওয়াতে য়ে য়েছে য়েছেন "
    "য়েছিল য়েন চ্ছে চ্ছেন চ্ছি চ্ছিল চ্ছিলেন িয় নো নোর নোয় িতে িলে িবে াইয়া িয়া ো"
)
_VERB_EMPHASIS = "ই ও"


def _joined(*kinds: str) -> frozenset[str]:
    """Endings of which each kind may be there or not, in this order."""
    choices = [["", *endings.split()] for endings in kinds]
    return frozenset(plain("".join(chosen)) for chosen in product(*choices))


_NOUN_ENDINGS = _joined(_CLASSIFIERS, _CASES, _NOUN_EMPHASIS)
_VERB_ENDINGS = _joined(_VERBS, _VERB_EMPHASIS)
_LONGEST_ENDING = max(map(len, _NOUN_ENDINGS | _VERB_ENDINGS))


_CHANGED = compile_pattern(r"\p{L}ে[ঁ]?\p{L}\p{M}?")


_NO_BEHIND = plain("নি")
# প্রায়ই is often, and no almost.
_WITHOUT_EMPHASIS = frozenset({_NO_BEHIND, plain("প্রায়")})
_NOES = frozenset({plain("না"), _NO_BEHIND})  # নাকে is a nose, and নিই takes something


@lru_cache(maxsize=8192)
def bangla_forms(word: str) -> tuple[str, ...]:
    """What a Bangla word may be a form of: হাতের → হাতের, হাত; মাখবেন → মাখবেন, মাখ-."""
    forms = [f"={word}", word, f"{word}-"]
    if word.endswith("বেই"):
        forms.append("=হবেই")  # of any verb: it is bound to be
    if len(word) > _SHORTEST_WITHOUT and word.endswith(("মুক্ত", "হীন")):
        forms.append("=মুক্ত")
    for size in range(len(word) - 1, max(0, len(word) - _LONGEST_ENDING - 1), -1):
        head, ending = word[:size], word[size:]
        if ending in ("ই", "ও") and head not in _WITHOUT_EMPHASIS:
            forms.append(f"={head}")
        if ending in _NOUN_ENDINGS and head not in _NOES:
            forms.append(head)
        if ending in _VERB_ENDINGS:
            forms.append(f"{head}-")
            # বেড়ে, রেখেছেন: the root has an া before these.
            if ending.startswith("ে") and _CHANGED.fullmatch(head):
                forms.append(f"{head.replace('ে', 'া', 1)}-")
    return tuple(forms)


GAP = "…"  # in a form: a few words may stand here
_PART = regex.compile(r"=?[\p{L}\p{M}\p{N}']+-?(?![\p{L}\p{M}])|…")


def parts(form: str) -> tuple[str, ...]:
    """A form of a lexicon, which is in the stored form, in words, each as `Word.forms` has it:
    "মাথা ঘোর-", "=left hand"."""
    return tuple(part for word in _PART.findall(_key(form)) for part in _in_two(word))


def _in_two(word: str) -> tuple[str, ...]:
    two = _BANGLA_WORD.fullmatch(word)
    return (two[1] or two[3], two[2] or two[4]) if two else (word,)
