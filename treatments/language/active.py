"""Numbers in the digits of the language that is being spoken."""

from django.utils.translation import get_language

from .digits import digits_in


def in_active_digits(value: object) -> str:
    """A value (never HTML) written in the digits of the active language."""
    return digits_in(get_language(), value)
