"""The sitemap: every live page, each with its other language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from .models import LANGUAGES, Publication

FIXED = ("home", "treatment-list", "about", "privacy", "disclaimer")


def pages() -> list[dict]:
    """`[{"addresses": {"en": path, …}, "changed": {"en": datetime or None, …}}, …]`."""
    listed = [
        {"addresses": {code: reverse(name, args=[code]) for code in LANGUAGES}, "changed": {}}
        for name in FIXED
    ]
    treatments: dict[str, dict] = {}
    live = Publication.objects.live(timezone.now()).select_related("treatment")
    for publication in live.order_by("treatment__position", "treatment__pk", "language"):
        slug, code = publication.treatment.slug, publication.language
        entry = treatments.setdefault(slug, {"addresses": {}, "changed": {}})
        entry["addresses"][code] = reverse("treatment", args=[code, slug])
        entry["changed"][code] = publication.live_from
    return listed + list(treatments.values())


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "sitemap.xml",
        {"pages": pages(), "public_url": settings.PUBLIC_URL},
        content_type="application/xml; charset=utf-8",
    )
