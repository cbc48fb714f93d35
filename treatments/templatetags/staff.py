from django import forms, template
from django.utils.safestring import SafeString

from ..document.places import Place

register = template.Library()


@register.simple_tag(takes_context=True)
def media_with_nonce(context, media: forms.Media) -> SafeString | forms.Media:
    """A form's media; the editor's carry an inline import map, which the policy lets through."""
    if hasattr(media, "with_nonce"):
        return media.with_nonce(str(context["request"].csp_nonce))
    return media


@register.simple_tag(takes_context=True)
def beside(context, section: str, item: str) -> dict | None:
    """What is to be said beside a place of the change page: its findings, and what it lags."""
    place = Place(section, item)
    found = context.get("findings_by_place", {}).get(place, [])
    behind = context.get("behind", {}).get(place)
    return {"findings": found, "behind": behind} if found or behind else None
