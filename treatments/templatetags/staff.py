from collections.abc import Iterable

from django import forms, template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..document.diff import ADDED, REMOVED, SAME, Span
from ..document.places import Place

register = template.Library()

MARKS = {SAME: "{}", REMOVED: "<del>{}</del>", ADDED: "<ins>{}</ins>"}


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
    findings = context.get("findings_by_place", {}).get(place, [])
    behind = context.get("behind", {}).get(place)
    return {"findings": findings, "behind": behind} if findings or behind else None


def _marked(spans: Iterable[Span]) -> SafeString:
    return mark_safe("".join(format_html(MARKS[span.kind], span.text) for span in spans))


@register.filter
def compared(spans: Iterable[Span]) -> SafeString:
    """Two texts in one: what was taken out and what was put in is marked."""
    return _marked(spans) or mark_safe('<span class="quiet">–</span>')


@register.filter
def asked(spans: Iterable[Span]) -> SafeString:
    """What one side says, what is new in it marked."""
    said = _marked(span for span in spans if span.kind != REMOVED)
    return said or format_html("<em>{}</em>", _("nothing"))
