"""Bangla typed with Bijoy: Latin letters and signs that only its fonts show as Bangla."""

import regex

_FONT = regex.compile(r"sutonny|bijoy|^(?:[a-z]+)mj$", regex.IGNORECASE)
_BANGLA = regex.compile(r"\p{Bengali}")
_WORD = regex.compile(r"[\p{L}†‡ˆ‰‹Œ˜™š›Ÿ¡-¬®-¿×÷]{3,}")
# Signs of Bijoy's vowels and joined letters; a capital after a small letter; no vowel at all.
_ODD = regex.compile(
    r"[†‡ˆ‰‹˜™›¡-¬®-¿×÷]|\p{Ll}\p{Lu}|^(?!\p{Lu}+$)[^aeiouyAEIOUY]+$|^[^aeiouyAEIOUY]*[vwx]$"
)


def is_bijoy_font(name: str) -> bool:
    return bool(_FONT.search(name))


def looks_like_bijoy(text: str) -> bool:
    """Whether most of its longer words are of no language written in these letters."""
    if _BANGLA.search(text):
        return False
    words = _WORD.findall(text)
    return len(words) >= 2 and sum(bool(_ODD.search(word)) for word in words) * 2 > len(words)
