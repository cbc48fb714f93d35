"""In every template without loading it: Django never writes Bangla digits."""

from django import template
from django.template import defaultfilters
from django.utils import formats

from ..language.active import in_active_digits

register = template.Library()


@register.filter
def digits(value: object) -> str:
    """A value in the digits of the page's language: `{{ 12|digits }}` → 12 or ১২; HTML as it is."""
    if hasattr(value, "__html__"):
        return value
    return in_active_digits(formats.localize(value))


@register.filter(expects_localtime=True)
def date(value, form: str | None = None) -> str:
    """Django's filter, for people's eyes: in the same digits."""
    return in_active_digits(defaultfilters.date(value, form))
