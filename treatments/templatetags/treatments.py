import json
from datetime import datetime

from django import template
from django.utils import formats, timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from ..hours import opening_times
from ..models import WEEKDAYS
from ..numbers import digits_in, range_in
from ..styles import stylesheet as the_stylesheet
from ..text import LATIN_RUN

register = template.Library()


@register.filter
def digits(value: object) -> str:
    """A value in the digits of the page's language: `{{ 12|digits }}` → 12 or ১২."""
    return digits_in(get_language(), formats.localize(value))


@register.filter
def plain_digits(value: object) -> str:
    """A phone number's digits, never grouped."""
    return digits_in(get_language(), value)


@register.filter
def span(ends: tuple[int, int]) -> str:
    """A range of the plan: `{{ plan.visit_minutes|span }}` → 30–45 or ৩০–৪৫."""
    return range_in(get_language(), *ends)


@register.filter
def day(moment: datetime) -> str:
    """A date in words: 9 March 2025 or ৯ মার্চ ২০২৫."""
    return digits_in(get_language(), formats.date_format(timezone.localtime(moment), "DATE_FORMAT"))


@register.filter
def iso_day(moment: datetime) -> str:
    return timezone.localtime(moment).date().isoformat()


@register.filter
def mark_latin(text: str) -> SafeString:
    """Plain text, escaped; on a Bangla page its Latin phrases are marked as English."""
    if get_language() != "bn":
        return conditional_escape(text)
    parts, end = [], 0
    for run in LATIN_RUN.finditer(text):
        parts += [conditional_escape(text[end : run.start()])]
        parts += [format_html('<span lang="en">{}</span>', run[0])]
        end = run.end()
    return mark_safe("".join([*parts, conditional_escape(text[end:])]))


@register.filter
def chosen(items, condition: str):
    """The items whose typed field has a value: `items|chosen:"level=must_not"`."""
    name, _, value = condition.partition("=")
    return [item for item in items if item.values.get(name) == value]


@register.filter
def items_of(edition, key: str):
    return edition.items(key)


@register.filter
def prose_of(edition, name: str) -> SafeString:
    """A rich field: sanitised when it was stored and again when the document was read."""
    return mark_safe(edition.prose[name])


@register.filter
def week(hours: list) -> list[tuple[str, list[str]]]:
    """Opening times by weekday, in words; an empty list of times is a closed day."""
    language = get_language()
    return [(name, opening_times(hours, name, language)) for name in WEEKDAYS]


@register.simple_tag
def stylesheet() -> SafeString:
    return mark_safe(the_stylesheet())


@register.simple_tag
def json_ld(data: dict) -> SafeString:
    """Structured data as a script element that no text in it can close."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04X}")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')
