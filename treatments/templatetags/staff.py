from django import forms, template
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def media_with_nonce(context, media: forms.Media) -> SafeString | forms.Media:
    """A form's media; the editor's carry an inline import map, which the policy lets through."""
    if hasattr(media, "with_nonce"):
        return media.with_nonce(str(context["request"].csp_nonce))
    return media
