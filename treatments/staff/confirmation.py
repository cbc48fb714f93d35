"""Reading in both languages: confirming, taking that back, putting back what would be lost."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..document.sections import BY_KEY
from ..models import Treatment
from ..publishing.confirmations import (
    REVIEW,
    WRITE,
    IsPlanned,
    NotYours,
    ShownOtherwise,
    confirm,
    take_back,
)
from ..publishing.put_back import can_be_put_back, put_back
from ..publishing.snapshots import newest_snapshot, save_snapshot
from .publication import NotAMoment, log, redirect_to_treatment, require_permission
from .publish_page import Choice, choice_in, choice_or_none, redirect_to_publish, require_any_right


def confirm_view(model_admin, request: HttpRequest, treatment: Treatment) -> HttpResponse:
    """Both languages say the same, or what is lost may be lost. POST only; a GET leads on."""
    require_any_right(request)
    if request.method != "POST":
        return redirect_to_publish(treatment)
    snapshot, now, keys = newest_snapshot(treatment), timezone.now(), request.POST.getlist("key")
    try:
        choice = choice_in(request.POST, snapshot, now)
        done = confirm(
            snapshot, choice.languages, keys, at=choice.at or now, now=now, by=request.user,
            withdrawing=choice.withdrawing,
        )  # fmt: skip
    except (NotYours, NotAMoment) as why:
        return _refused(request, treatment, str(why))
    except ShownOtherwise:
        return _refused(request, treatment, _shown_otherwise())
    log(request, treatment, f"Confirmed {len(done)} texts")
    return _done(request, treatment, choice)


def take_back_view(model_admin, request: HttpRequest, treatment: Treatment) -> HttpResponse:
    """Undoes one's own confirmation. POST only; a GET leads on."""
    require_any_right(request)
    if request.method != "POST":
        return redirect_to_publish(treatment)
    key = request.POST.get("key", "")
    try:
        if not take_back(treatment, key, now=timezone.now(), by=request.user):
            why = _("Only who confirmed this can take it back. Nothing was changed.")
            return _refused(request, treatment, why)
    except IsPlanned:
        why = _("This is planned to go live. Cancel the plan first. Nothing was changed.")
        return _refused(request, treatment, why)
    log(request, treatment, "Took a confirmation back")
    return _done(request, treatment, choice_or_none(request.POST, newest_snapshot(treatment)))


def put_back_view(model_admin, request: HttpRequest, treatment: Treatment) -> HttpResponse:
    """The draft says again what patients read now. POST only; a GET leads on."""
    require_permission(request, WRITE)
    if request.method != "POST":
        return redirect_to_publish(treatment)
    snapshot, now = newest_snapshot(treatment), timezone.now()
    try:
        choice = choice_in(request.POST, snapshot, now)
    except NotAMoment as why:
        return _refused(request, treatment, str(why))
    difference = choice.compare(snapshot, now).by_key.get(request.POST.get("key", ""))
    if difference is None or not can_be_put_back(difference):
        return _refused(request, treatment, _shown_otherwise())
    put_back(treatment, difference, now=now, by=request.user)
    messages.success(request, _("Put back: patients will go on reading it."))
    log(request, treatment, "Put back what patients read")
    return redirect_to_publish(treatment, choice)


@transaction.atomic
def looked_at_view(model_admin, request: HttpRequest, treatment: Treatment) -> HttpResponse:
    """A doctor has looked at an item: its mark goes from the draft. POST only; a GET leads back."""
    require_permission(request, REVIEW)
    section, _slash, uid = request.POST.get("place", "").partition("/")
    if request.method != "POST" or section not in BY_KEY:
        return redirect_to_treatment(treatment)
    treatment = Treatment.objects.select_for_update().get(pk=treatment.pk)
    marked = BY_KEY[section].model.objects.filter(treatment=treatment, uid=uid, to_confirm=True)
    newest = str(newest_snapshot(treatment).pk)
    if request.POST.get("snapshot") != newest or not marked.update(to_confirm=False):
        messages.error(
            request,
            _("Somebody saved this treatment since you opened the page. Nothing was changed."),
        )
        return redirect_to_treatment(treatment)
    save_snapshot(treatment, now=timezone.now(), by=request.user)
    messages.success(
        request, _("The mark is gone from the draft. Patients see it until the page is published.")
    )
    log(request, treatment, f"A doctor has looked at {section}/{uid}")
    return redirect_to_treatment(treatment)


def _shown_otherwise() -> str:
    return _(
        "Somebody changed this since you opened the page. Nothing was confirmed. The page now shows "
        "how it stands: read it again."
    )


def _by_itself(request: HttpRequest) -> bool:
    """Whether the page goes on by a script, and wants to know no more than that it is done."""
    return not request.accepts("text/html")


def _done(request: HttpRequest, treatment: Treatment, choice: Choice | None) -> HttpResponse:
    return (
        HttpResponse(status=204) if _by_itself(request) else redirect_to_publish(treatment, choice)
    )


def _refused(request: HttpRequest, treatment: Treatment, why: str) -> HttpResponse:
    if _by_itself(request):
        return HttpResponse(why, status=409, content_type="text/plain; charset=utf-8")
    messages.error(request, why)
    return redirect_to_publish(treatment, choice_or_none(request.POST, newest_snapshot(treatment)))
