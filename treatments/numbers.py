"""Numbers as the two languages write them. Standard library and `regex` only."""

_TO_BANGLA = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
_TO_ASCII = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")


def bangla_digits(text: str) -> str:
    return text.translate(_TO_BANGLA)


def ascii_digits(text: str) -> str:
    return text.translate(_TO_ASCII)


def digits_in(language: str, value: object) -> str:
    """A value (never HTML) written in the digits of `language`."""
    return bangla_digits(str(value)) if language == "bn" else ascii_digits(str(value))


def range_in(language: str, low: int, high: int) -> str:
    """A range in the digits of `language`: "20–30", or "3" where both ends are equal."""
    return digits_in(language, low if low == high else f"{low}–{high}")
