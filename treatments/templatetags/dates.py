"""In every template without loading it: Django never writes Bangla digits."""

from django import template
from django.template import defaultfilters
from django.utils.translation import get_language

from ..language.digits import digits_in

register = template.Library()


@register.filter(expects_localtime=True)
def date(value, form: str | None = None) -> str:
    """Django's filter for people's eyes, in the page's digits."""
    return digits_in(get_language(), defaultfilters.date(value, form))
