"""The public template over what the form says, before anything is kept."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override

from ..document import from_rows
from ..middleware import public_policy
from ..models import LANGUAGES, Clinic, Treatment
from ..treatment_page import context


def wanted(request: HttpRequest) -> str:
    """The language that a preview was asked for in, or an empty text."""
    language = request.POST.get("_preview", "")
    return language if language in LANGUAGES else ""


def show(request: HttpRequest, treatment: Treatment) -> HttpResponse:
    """The page of the treatment's rows as they stand in this transaction."""
    language = wanted(request)
    document = from_rows(treatment)
    if document.prose[language] is None:
        return render(
            request, "admin/treatments/treatment/preview_empty.html", {"language": language}
        )
    with override(language):
        clinic = Clinic.the_one()
        page = context(document, language, slug=treatment.slug, clinic=clinic, published_at=None)
        site = {
            "language": language,
            "other_language": next(code for code in LANGUAGES if code != language),
            "public_url": settings.PUBLIC_URL,
            "addresses": {language: reverse("treatment", args=[language, treatment.slug])},
            "is_preview": True,
        }
        response = render(request, "treatments/treatment.html", page | site)
    response["Content-Security-Policy"] = public_policy()
    response["Content-Language"] = language
    return response


def refused(request: HttpRequest, errors) -> HttpResponse:
    return render(
        request, "admin/treatments/treatment/preview_refused.html", {"errors": errors}, status=422
    )
