"""Giving a treatment another web address; the old one leads on, where patients know it."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import LANGUAGE_CHOICES, Treatment
from ..publishing import slugs
from .publication import PUBLISH, log, page_context, redirect_to_treatment, require_permission


def address_view(model_admin, request: HttpRequest, treatment: Treatment) -> HttpResponse:
    if treatment.has_been_published:
        require_permission(request, PUBLISH)
    elif not model_admin.has_change_permission(request, treatment):
        raise PermissionDenied
    before, error = treatment.slug, ""
    typed = request.POST.get("slug", before).strip()
    if request.method == "POST":
        try:
            slugs.change_slug(treatment, typed, now=timezone.now(), by=request.user)
        except ValidationError as refusal:
            error = " ".join(refusal.messages)
        except IntegrityError:  # somebody else took it at the same moment
            error = _("Another treatment already has this web address.")
        else:
            _tell(request, treatment, before, typed)
            return redirect_to_treatment(treatment)
    context = page_context(model_admin, request, treatment, _("Change the web address")) | {
        "typed": typed,
        "error": error,
        "languages": LANGUAGE_CHOICES,
        "public_url": settings.PUBLIC_URL,
        "old_addresses": treatment.old_addresses.all(),
    }
    return TemplateResponse(request, "staff/treatment/address.html", context)


def _tell(request: HttpRequest, treatment: Treatment, before: str, now: str) -> None:
    if now == before:
        messages.info(request, _("This is the web address already. Nothing was changed."))
        return
    text = _("The web address is “%(now)s” now.")
    if treatment.has_been_published:
        text = _("The web address is “%(now)s” now. Links to “%(before)s” lead there.")
    messages.success(request, text % {"now": now, "before": before})
    log(request, treatment, f"Changed the web address from {before} to {now}")
