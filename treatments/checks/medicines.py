"""Names of medicines, which no translation may exchange: warfarin, ওয়ারফারিন."""

from collections.abc import Iterator
from functools import lru_cache

import regex

from .beside import Agreement
from .lexicon import table
from .reading.sound import bangla_sounds, english_sounds
from .reading.words import Word, words

# How names of medicines end that the table does not have.
_ENDING = regex.compile(
    r".{3,}(?:cillin|mycin|micin|cycline|floxacin|azole|idazole|conazole|olol|pril|sartan|statin|"
    r"dipine|gliptin|gliflozin|prazole|tidine|setron|caine|azepam|azolam|barbital|mab|tinib|vir|"
    r"sone|solone|nide|asone|retinoin|profen|fenac|oxicam|xaban|parin|thiazide|semide|formin|"
    r"zepine|triptan|triptyline|oxetine|pidem|dronate|lukast|terol|tropium|phylline|trexate|"
    r"limus|sporin|mectin|thrin|quine|quin|trizine|ratadine|fenadine)"
)


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(name for row in table("medicines") for name in row[0].split())


@lru_cache(maxsize=1)
def _sounds() -> frozenset[str]:
    return frozenset(sound for name in _names() for sound in english_sounds(name) if len(sound) > 3)


def is_medicine(english: str) -> bool:
    return english in _names() or bool(_ENDING.fullmatch(english))


def sounds_like_medicine(bangla: Word) -> bool:
    return not bangla_sounds(bangla.forms).isdisjoint(_sounds())


def medicines_alone(beside: Agreement) -> tuple[list[Word], list[Word]]:
    """The medicines that only one of two texts names: of the English, and of the Bangla."""
    return (
        [word for word in beside.unknown_english if is_medicine(word.text)],
        [word for word in beside.unknown_bangla if sounds_like_medicine(word)],
    )


def medicines_in_both(english: str, bangla: str) -> Iterator[tuple[Word, Word]]:
    """The medicines that both texts name, each as it stands in them."""
    for one in words(english, "en"):
        if is_medicine(one.text):
            sounds = english_sounds(one.text)
            for other in words(bangla, "bn"):
                if not sounds.isdisjoint(bangla_sounds(other.forms)):
                    yield one, other
