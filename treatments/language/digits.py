"""Numbers as the two languages write them. Standard library and `regex` only."""

import unicodedata

import regex

_TO_BANGLA = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
_TO_ASCII = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")
_INVISIBLE = regex.compile(r"[\p{Cf}\p{Default_Ignorable_Code_Point}]+")


def bangla_digits(text: str) -> str:
    return text.translate(_TO_BANGLA)


def ascii_digits(text: str) -> str:
    return text.translate(_TO_ASCII)


def typed_digits(text: str) -> str:
    """What was typed where digits are meant: those of any script in ASCII, nothing invisible."""
    return "".join(
        character if (value := unicodedata.decimal(character, None)) is None else str(value)
        for character in _INVISIBLE.sub("", text)
    )


def digits_in(language: str, value: object) -> str:
    """A value (never HTML) written in the digits of `language`."""
    return bangla_digits(str(value)) if language == "bn" else ascii_digits(str(value))


def range_in(language: str, low: int, high: int) -> str:
    """A range in the digits of `language`: "20–30", or "3" where both ends are equal."""
    return digits_in(language, low if low == high else f"{low}–{high}")
