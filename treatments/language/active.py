"""What is said in the language that is being spoken: its digits, and what is in the other one."""

from datetime import date, datetime

from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import get_language

from .digits import digits_in
from .text import normalise


def in_active_digits(value: object) -> str:
    """A value (never HTML) written in the digits of the active language."""
    return digits_in(get_language(), value)


def date_in_words(day: date | datetime, form: str = "DATE_FORMAT") -> str:
    """A day, or a moment as it is here: 9 March 2025 or ৯ মার্চ ২০২৫."""
    here = timezone.localtime(day) if isinstance(day, datetime) else day
    return in_active_digits(normalise(formats.date_format(here, form)))


def marked_english(text: str) -> str:
    """Marked as English, if it has no Bangla letter or digit: numbers, times, addresses too."""
    is_bangla = any("\u0980" <= letter <= "\u09ff" for letter in text)
    return text if is_bangla else format_html('<span lang="en">{}</span>', text)
