"""Pages that help a reader to act: the check before booking."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from .document import in_language
from .models import LANGUAGES
from .planner_views import live_documents, only_in_the_other_language
from .views import public_page, site_context, the_clinic


@public_page
def check(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The reasons not to have a treatment, as questions. Answers never leave the device."""
    live = {
        code: found
        for code, found in live_documents(slug).items()
        if found[1].items("contraindications")
    }
    if not live:
        raise Http404
    if language not in live:
        return only_in_the_other_language(request, live)
    publication, document = live[language]
    base = site_context(request, the_clinic(), live_in=[code for code in LANGUAGES if code in live])
    page = {
        "title": _("Check before you book"),
        "description": _(
            "Questions to answer before you book. Your answers stay on your phone: nothing is sent."
        ),
    }
    context = base | {
        "page": page,
        "slug": slug,
        "treatment_title": publication.title,
        "items": in_language(document, language).items("contraindications"),
    }
    return render(request, "treatments/check.html", context)
