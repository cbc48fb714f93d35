"""What is said in the language that is being spoken: its digits, and what is in the other one."""

from django.utils.html import format_html
from django.utils.translation import get_language

from .digits import digits_in


def in_active_digits(value: object) -> str:
    """A value (never HTML) written in the digits of the active language."""
    return digits_in(get_language(), value)


def marked_english(text: str) -> str:
    """Marked as English, if it has no Bangla letter or digit: numbers, times, addresses too."""
    is_bangla = any("\u0980" <= letter <= "\u09ff" for letter in text)
    return text if is_bangla else format_html('<span lang="en">{}</span>', text)
