"""Names that sound alike across the scripts: warfarin, ওয়ারফারিন."""

from functools import lru_cache
from itertools import product

import regex

# Letters that sound alike in the two scripts' spellings share a sign; vowels and h have none.
_BANGLA = str.maketrans(
    {
        letter: sign
        for letters, sign in [
            ("কখ", "k"), ("গঘ", "g"), ("চছ", "c"), ("জঝয", "j"), ("টঠতথৎ", "t"), ("ডঢদধ", "d"),
            ("নণ", "n"), ("ঙং", "N"), ("পফ", "p"), ("বভ", "b"), ("ম", "m"), ("র", "r"), ("ল", "l"),
            ("শষস", "s"),
        ]
        for letter in letters
    }
)  # fmt: skip
_ENGLISH = [  # (pattern, the signs it may be written with)
    ("tion|sion|cian", ["sn", "tsn", "jn"]),
    ("sch|sh", ["s"]),
    ("ch", ["c", "k", "s"]),
    ("ck|cc(?![eiy])|k|q", ["k"]),
    ("c(?=[eiy])", ["s"]),
    ("c", ["k"]),
    (r"(?<!\p{L})ps", ["s"]),
    ("ph|f|p", ["p"]),
    ("th|tt|t", ["t"]),
    ("x", ["ks", "j", "gj"]),
    ("z", ["j", "s"]),
    ("ss", ["s"]),
    ("s", ["s", "j"]),
    ("j", ["j"]),
    ("ng", ["N", "Ng", "ng", "nj"]),
    ("dge", ["j"]),
    ("gh", ["g", ""]),
    ("g(?=[eiy])", ["j", "g"]),
    ("g", ["g"]),
    ("dd|d", ["d"]),
    ("nn|n", ["n"]),
    ("mm|m", ["m"]),
    ("rr|r", ["r"]),
    ("ll|l", ["l"]),
    ("w|v", ["b", ""]),
    ("bb|b", ["b"]),
    ("y", ["", "j"]),
]  # fmt: skip
_SOUNDS = [(regex.compile(pattern), signs) for pattern, signs in _ENGLISH]
_MOST = 64  # spellings of one word; more are not tried


@lru_cache(maxsize=4096)
def bangla_sound(word: str) -> str:
    """The consonants of a Bangla word as signs: ওয়ারফারিন → rprn."""
    word = word.replace("য\u09bc", "").replace("্য", "").replace("ড\u09bc", "r")
    kept = "".join(sign for sign in word.translate(_BANGLA) if sign.isascii() and sign.isalpha())
    return regex.sub(r"(.)\1+", r"\1", kept)


@lru_cache(maxsize=4096)
def english_sounds(word: str) -> frozenset[str]:
    """The consonants an English word may be written with in Bangla, as signs."""
    choices, index = [], 0
    while index < len(word):
        for pattern, signs in _SOUNDS:
            match = pattern.match(word, index)
            if match:
                choices.append(signs)
                index = match.end()
                break
        else:
            index += 1
    if not choices or len(choices) > 12:
        return frozenset()
    spelled = set()
    for number, signs in enumerate(product(*choices)):
        if number >= _MOST:
            break
        spelled.add(regex.sub(r"(.)\1+", r"\1", "".join(signs)))
    return frozenset(spelled)


@lru_cache(maxsize=8192)
def bangla_sounds(forms: tuple[str, ...]) -> frozenset[str]:
    """How a Bangla word may sound, with endings or without; see `Word.forms`."""
    heads = (form for form in forms if form[0] != "=" and form[-1] != "-")
    return frozenset(sound for sound in map(bangla_sound, heads) if len(sound) > 1)
