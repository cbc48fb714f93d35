"""Text as it is stored and compared: normal form, words, scripts. Standard library and `regex` only."""

import unicodedata

import regex

ZWNJ, ZWJ = "\u200c", "\u200d"

# Word characters of `re` end at Bangla vowel signs; these do not.
WORD = regex.compile(rf"[\p{{L}}\p{{N}}][\p{{L}}\p{{M}}\p{{N}}{ZWNJ}{ZWJ}]*")
LATIN_RUN = regex.compile(
    r"[\p{Latin}](?:[\p{Latin}\p{M}0-9]|[ .,:;/&()'’–\-](?=[\p{Latin}0-9]))*"
)

_DROPPED = regex.compile(r"[\u200b\ufeff\u2060]|[\p{Cc}&&[^\n\t]]", regex.V1)
_BLANKS = regex.compile(r"[^\S\n]+")
_BREAKS = regex.compile(r" ?\n ?")


def normalise(text: str) -> str:
    """The one stored form of a text: NFC, real ৎ and আ, no invisible litter, no stray white space.

    Keyboards and converters write ড় ঢ় য় composed; NFC takes them apart, so every input and every
    query comes through here. ZWJ and ZWNJ stay: র‍্যাশ needs its ZWJ. Idempotent.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", _DROPPED.sub("", text))
    text = text.replace("ত্\u200d", "ৎ").replace("অা", "আ")
    return _BREAKS.sub("\n", _BLANKS.sub(" ", text)).strip()


def comparison_key(text: str) -> str:
    """What two texts are compared on: normal form, no joiners, ASCII digits, no case."""
    from .numbers import ascii_digits

    text = normalise(text).replace(ZWJ, "").replace(ZWNJ, "").replace("\ufe0f", "")
    return ascii_digits(text).casefold()


def words(text: str) -> list[str]:
    """The words of a text in either language, vowel signs kept with their letters."""
    return WORD.findall(text)
