"""Reading in both languages: confirming, taking that back, putting back what would be lost."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..document.places import Place
from ..models import LANGUAGES, Snapshot, Treatment
from ..publishing.confirmations import (
    WRITE,
    NotYours,
    ShownOtherwise,
    compare,
    confirm,
    take_back,
    unconfirmed_in,
)
from ..publishing.put_back import can_be_put_back, put_back
from ..publishing.snapshots import newest_snapshot
from .publication import chosen_languages, log, require_permission


def unconfirmed_by_item(snapshot: Snapshot) -> set[Place]:
    """The items and prose fields of a draft of which something is not confirmed."""
    if not snapshot.unconfirmed:
        return set()
    return {passage.place.whole_item for passage in unconfirmed_in(snapshot)}


def confirm_view(model_admin, request: HttpRequest, treatment: Treatment) -> HttpResponse:
    """Both languages say the same, or what is lost may be lost. POST only; a GET leads on."""
    if request.method == "POST":
        now, keys = timezone.now(), request.POST.getlist("key")
        try:
            done = confirm(
                newest_snapshot(treatment), _languages(request), keys, at=now, now=now,
                by=request.user,
            )  # fmt: skip
        except NotYours as why:
            messages.error(request, str(why))
        except ShownOtherwise:
            messages.error(request, _shown_otherwise())
        else:
            log(request, treatment, f"Confirmed {len(done)} texts")
            if len(keys) > 1:
                told = ngettext(
                    "%(number)s text confirmed.", "%(number)s texts confirmed.", len(done)
                )
                messages.success(request, told % {"number": len(done)})
    return _back(request, treatment)


def take_back_view(model_admin, request: HttpRequest, treatment: Treatment) -> HttpResponse:
    """Undoes one's own confirmation. POST only."""
    if request.method == "POST":
        key = request.POST.get("key", "")
        if take_back(treatment, key, now=timezone.now(), by=request.user):
            log(request, treatment, "Took a confirmation back")
        else:
            messages.error(request, _("Only who confirmed this can take it back."))
    return _back(request, treatment)


def put_back_view(model_admin, request: HttpRequest, treatment: Treatment) -> HttpResponse:
    """The draft says again what patients read now. POST only."""
    require_permission(request, WRITE)
    if request.method == "POST":
        now, snapshot = timezone.now(), newest_snapshot(treatment)
        shown = compare(snapshot, _languages(request), at=now).by_key
        difference = shown.get(request.POST.get("key", ""))
        if difference is None or not can_be_put_back(difference):
            messages.error(request, _shown_otherwise())
        else:
            put_back(treatment, difference, now=now, by=request.user)
            messages.success(request, _("Put back: patients will go on reading it."))
            log(request, treatment, "Put back what patients read")
    return _back(request, treatment)


def _languages(request: HttpRequest) -> list[str]:
    return chosen_languages(request, "languages") or list(LANGUAGES)


def _shown_otherwise() -> str:
    return _(
        "Somebody changed this since you opened the page. Nothing was confirmed. The page now shows "
        "how it stands: read it again."
    )


def _back(request: HttpRequest, treatment: Treatment) -> HttpResponseRedirect:
    """To the publish page, where the next text is."""
    page = reverse("admin:treatments_treatment_publish", args=[treatment.pk])
    chosen = "&".join(f"languages={code}" for code in chosen_languages(request, "languages"))
    return HttpResponseRedirect(f"{page}?{chosen}#next" if chosen else f"{page}#next")
