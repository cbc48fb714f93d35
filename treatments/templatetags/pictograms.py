from django import template
from django.utils.safestring import SafeString

from ..drawings import pictograms

register = template.Library()


@register.simple_tag
def pictogram(choice: str | None) -> SafeString:
    return pictograms.pictogram(choice)
