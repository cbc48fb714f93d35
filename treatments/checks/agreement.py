"""What two texts name, read from the tables and the glossary, and what of it answers what."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from ..language.text import WORD, normalise, sentence_spans
from .base import GlossaryTerm
from .beside import NAMED, Agreement, Named
from .lexicon import listed, table
from .phrases import Phrases, is_said_in_words, is_said_whole, unsaid_phrases
from .reading.concepts import Concept, Lexicon, Mention
from .reading.quantities import quantities
from .reading.quantity import SHARE
from .reading.sound import bangla_sounds, english_sounds
from .reading.words import DOING, Word, words

TABLES = ("opposites", "things", "words")
GLOSSARY = "glossary"
_CLOSE = 10  # forms of a row; those further back are seldom said for it


@lru_cache(maxsize=1)
def concepts() -> tuple[Concept, ...]:
    """The rows of the tables that come with the checks.

    A form is firm in the rows that name it earliest, unless ~ stands before it.
    """
    rows = [
        (kind, {"en": listed(english), "bn": listed(bangla)}, frozenset(listed(near)))
        for name in TABLES
        for kind, english, bangla, near in table(name)
    ]
    ranks: dict[tuple[bool, str, str], int] = {}
    for kind, forms, _near in rows:
        for language, form, rank in _ranked(forms):
            if form[0] == "~":
                continue
            key = ("/" in kind, language, form)
            ranks[key] = min(rank, ranks.get(key, rank))
    return tuple(
        Concept(
            _name(kind, forms["en"][0].strip("~=")),
            kind,
            {language: [form.strip("~") for form in some] for language, some in forms.items()},
            frozenset(
                (language, form)
                for language, form, rank in _ranked(forms)
                if form[0] != "~"
                and (
                    (
                        rank == ranks["/" in kind, language, form]
                        and (rank < _CLOSE or "/" not in kind or form[0] == "=")
                    )
                    or (_is_compound(form) and "/" in kind)
                )
            ),
            near,
        )
        for kind, forms, near in rows
    )


def _is_compound(form: str) -> bool:
    """Whether it is a Bangla verb of two words, which says what it says: চালিয়ে যা-."""
    return " " in form and form[-1] == "-"


def _name(kind: str, first: str) -> str:
    return f"{kind} {first}" if "/" in kind else first


def _ranked(forms: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str, int]]:
    for language, some in forms.items():
        for rank, form in enumerate(some):
            yield language, form, rank


@lru_cache(maxsize=1)
def _tables() -> Lexicon:
    return Lexicon(concepts())


@lru_cache(maxsize=2)
def lexicon(terms: tuple[GlossaryTerm, ...]) -> Lexicon:
    """The tables, and the rows of a glossary: more words for what they have, or what they lack."""
    return Lexicon([*concepts(), *(row for term in terms for row in _joining(term))])


def _joining(term: GlossaryTerm) -> Iterator[Concept]:
    # Staff may write anything: only the tables have signs beside their words.
    english, *bangla = (
        " ".join(WORD.findall(normalise(form))) for form in (term.english, *term.bangla)
    )
    there = words(english, "en")
    named = tuple(_tables().find(there, "en"))
    forms = {"en": (english,), "bn": tuple(bangla)}
    if not named:
        new = [form for form in bangla if not any(_tables().mentions(form, "bn"))]
        yield Concept(f"{GLOSSARY} {term.english}", GLOSSARY, {**forms, "bn": new})
    elif len(named) == 1 and len(named[0].words) == len(there):
        for concept in named[0].concepts:
            yield replace(concept, forms=forms, firm=frozenset())


_FEW = 12  # phrases of a text that are looked at one by one; six in two languages are many


@lru_cache(maxsize=512)
def agreement(english: str, bangla: str, known: Lexicon) -> Agreement:
    """Of two texts; a phrase that the other text does not have is read word by word: গরম সেঁক is
    hot where no pack is named."""
    texts = {"en": english, "bn": bangla}
    there = {code: words(text, code) for code, text in texts.items()}
    is_aligned = len(sentence_spans(english)) == len(sentence_spans(bangla))

    def read(apart: Phrases) -> Agreement:
        found = {
            code: tuple(_find(text, there[code], code, known, apart))
            for code, text in texts.items()
        }
        return _beside(there, found, is_aligned)

    apart: Phrases = frozenset()
    kept: Phrases = frozenset()
    beside = read(apart)
    # Each is looked at once, so that this comes to an end.
    while phrases := unsaid_phrases(beside, known) - kept - apart:
        beside = read(apart | phrases)
        said = frozenset(filter(partial(is_said_in_words, beside), phrases))
        # বেশির ভাগ is said by “most” once “most severe” is read word by word.
        for phrase in said if 1 < len(said) <= _FEW else ():
            if is_said_whole(read(apart | said - {phrase}), phrase):
                said -= {phrase}
        kept |= phrases - said
        apart |= said
        if said != phrases:
            beside = read(apart)
    return beside


def _beside(
    there: Mapping[str, tuple[Word, ...]],
    found: Mapping[str, tuple[Mention, ...]],
    is_aligned: bool,
) -> Agreement:
    pairs, firm = _paired(found["en"], found["bn"], is_aligned)
    left = [_left(found["en"], pairs, 0), _left(found["bn"], pairs, 1)]
    unknown = {code: _unknown(there[code], found[code]) for code in there}
    named = {code: Named.of(those) for code, those in found.items()}
    sounds = _Sounds(there["en"], there["bn"])
    missing = [
        one
        for one in left[0]
        if not named["bn"].has(one) and not all(map(sounds.of_english, one.words))
    ]
    extra = [
        one for one in left[1] if not named["en"].has(one) and not sounds.of_bangla(one.words[0])
    ]
    return Agreement(
        english=found["en"],
        bangla=found["bn"],
        pairs=tuple(pairs),
        firm=firm,
        missing=tuple(missing),
        extra=tuple(extra),
        spare_english=tuple(one for one in left[0] if one not in missing),
        spare_bangla=tuple(one for one in left[1] if one not in extra),
        unknown_english=tuple(word for word in unknown["en"] if not sounds.of_english(word)),
        unknown_bangla=tuple(word for word in unknown["bn"] if not sounds.of_bangla(word)),
        is_aligned=is_aligned,
    )


def _find(
    text: str, those: tuple[Word, ...], language: str, known: Lexicon, apart: Phrases
) -> Iterator[Mention]:
    """What words name, and what stands in the gaps of forms that have one: bring the pain down."""
    shares = [one for one in quantities(text, language) if one.form == SHARE]
    for mention in known.find(those, language, apart):
        if not mention.kinds & _COUNTED and any(
            one.start <= mention.start < one.end for one in shares
        ):
            continue  # 9 out of 10 are not outside
        yield mention
        if DOING in mention.form:
            yield from known.find(mention.words[-1:], language)
        if len(mention.words) > len(mention.form):
            own = mention.own_words
            between = tuple(word for word in mention.words if word not in own)
            yield from known.find(between, language, apart)


_COUNTED = NAMED - {"person"}  # what a share is of: প্রতি তিনটি আঁচিলের দুটি
_SHORTEST = 4  # letters of a word that is looked for by its sound


class _Sounds:
    """How two texts sound: a word written by ear is named as well, laser by লেজার."""

    def __init__(self, english: Sequence[Word], bangla: Sequence[Word]):
        self._english = frozenset().union(*map(_sounds, english))
        self._bangla = frozenset().union(*(bangla_sounds(word.forms) for word in bangla))

    def of_english(self, word: Word) -> bool:
        """Whether any Bangla word may be this English one."""
        return not self._bangla.isdisjoint(_sounds(word))

    def of_bangla(self, word: Word) -> bool:
        return not self._english.isdisjoint(bangla_sounds(word.forms))


def _sounds(word: Word) -> frozenset[str]:
    """How a long English word sounds, one of many as well: tattoos, ট্যাটু."""
    if len(word.text) < _SHORTEST:
        return frozenset()
    return english_sounds(word.text) | english_sounds(word.text.removesuffix("s"))


def _unknown(those: Sequence[Word], found: Sequence[Mention]) -> tuple[Word, ...]:
    known = {id(word) for mention in found for word in mention.own_words}
    return tuple(word for word in those if id(word) not in known)


def _left(
    found: Sequence[Mention], pairs: Sequence[tuple[Mention, Mention]], side: int
) -> list[Mention]:
    paired = {id(pair[side]) for pair in pairs}
    return [mention for mention in found if id(mention) not in paired]


_Alike = Callable[[Mention, Mention], bool]


def _paired(
    english: Sequence[Mention], bangla: Sequence[Mention], is_aligned: bool
) -> tuple[list[tuple[Mention, Mention]], int]:
    """Each mention with one of the other text, the closest in meaning and place first, and how
    many of these pairs are firm."""

    def firm(one: Mention, other: Mention) -> bool:
        return not one.firm_names.isdisjoint(other.firm_names)

    def same(one: Mention, other: Mention) -> bool:
        return not one.names.isdisjoint(other.names)

    def near(one: Mention, other: Mention) -> bool:
        return one.may_be(other)

    def beside(alike: _Alike) -> _Alike:
        return lambda one, other: one.sentence == other.sentence and alike(one, other)

    def across(alike: _Alike) -> _Alike:
        # Of two opposites each belongs to its sentence: go on in one, stop in the next.
        return lambda one, other: not (one.opposites or other.opposites) and alike(one, other)

    alike_ones = _alike_ones(english, bangla)
    pairs: list[tuple[Mention, Mention]] = []
    paired: set[int] = set()
    # What stands in the same sentence comes before what means it more surely in another one.
    rules = (beside(firm), beside(same), across(firm), across(same), beside(near))
    for rule in rules if is_aligned else (firm, same, near):
        for one in english:
            if id(one) in paired:
                continue
            others = alike_ones[id(one)]
            other = next((b for b in others if id(b) not in paired and rule(one, b)), None)
            if other is not None:
                paired |= {id(one), id(other)}
                pairs.append((one, other))
    pairs.sort(key=lambda pair: not firm(*pair))
    number = sum(firm(*pair) for pair in pairs)
    return pairs, number


def _alike_ones(english: Sequence[Mention], bangla: Sequence[Mention]) -> dict[int, list[Mention]]:
    """By the id of each English mention the Bangla ones that it may be, as `Mention.may_be` says;
    found by their names, since a long text has too many pairs to ask of each."""
    named, reached = defaultdict(set), defaultdict(set)
    for place, other in enumerate(bangla):
        for name in other.names:
            named[name].add(place)
        for name in other.reach:
            reached[name].add(place)
    nobody: frozenset[int] = frozenset()
    alike = {}
    for one in english:
        places = nobody.union(
            *(reached.get(name, nobody) for name in one.names | one.directions),
            *(named.get(name, nobody) for name in one.reach),
        )
        alike[id(one)] = [bangla[place] for place in sorted(places)]
    return alike
