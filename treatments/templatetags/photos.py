from django import template
from django.urls import reverse

from ..photos.processing import rendition_widths

register = template.Library()


@register.simple_tag
def photo_address(name: str, width: int, extension: str) -> str:
    """Of the widest file at most `width` pixels wide: /media/pictures/NAME-960.jpg"""
    return reverse("picture", args=[name, rendition_widths(width)[-1], extension])


@register.simple_tag
def srcset(photo, extension: str) -> str:
    """The addresses of all widths of a photo, each with its width, for the browser to choose."""
    return ", ".join(
        f"{photo_address(photo.image, width, extension)} {width}w"
        for width in rendition_widths(photo.width)
    )
