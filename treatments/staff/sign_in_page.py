"""“How you sign in”: what somebody signs in with, and where she is signed in."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import AuthenticatorApp, Passkey, RecoveryCode
from . import entrance, second_factor, sessions

SIGN_OUT, SIGN_OUT_OTHERS = "sign_out", "sign_out_others"  # these need no password
REMOVE_PASSKEY, REMOVE_APP, NEW_CODES = "remove_passkey", "remove_app", "new_codes"
SURE = "sure"  # these are asked about first, on a page of their own


def sign_in_page(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _done(request)
    person = request.user
    context = {
        **admin.site.each_context(request),
        "title": _("How you sign in"),
        "passkeys": Passkey.objects.filter(person=person),
        "app": AuthenticatorApp.objects.filter(person=person).first(),
        "codes": RecoveryCode.objects.filter(person=person).count(),
        "sessions": sessions.sessions_of(request),
        "has_factor": second_factor.has_factor(person),
        "takes_passkeys": second_factor.takes_passkeys(request),
        "passkey_host": second_factor.passkey_host(),
    }
    return render(request, "staff/entrance/sign_in.html", context)


def _done(request: HttpRequest) -> HttpResponse:
    """Does what the button says that was pressed; what is not there any more is no mistake."""
    person, back = request.user, redirect("admin:sign_in")
    if SIGN_OUT in request.POST or SIGN_OUT_OTHERS in request.POST:
        marks = request.POST.getlist(SIGN_OUT)
        _sign_out(request, marks)
        return back
    if not sessions.is_confirmed(request):
        return entrance.redirect_to_confirm(reverse("admin:sign_in"))
    if NEW_CODES in request.POST:
        if not second_factor.has_factor(person):
            return back
        if SURE not in request.POST:
            return _ask(
                request,
                _("Make new recovery codes?"),
                _("The codes that you have kept are good for nothing then."),
                _("Make new codes"),
            )
        told = _("The codes from before are good for nothing any more.")
        return entrance.recovery_codes_page(request, person, reverse("admin:sign_in"), told)
    if second_factor.is_last(person):
        messages.error(
            request, _("Without it you could not log in. Add another passkey or an app first.")
        )
    elif REMOVE_APP in request.POST and AuthenticatorApp.objects.filter(person=person).exists():
        if SURE not in request.POST:
            return _ask(
                request,
                _("Remove the app?"),
                _("The codes that it shows for this site are good for nothing then."),
                _("Remove the app"),
            )
        second_factor.remove_app(person)
        messages.success(request, _("The app is removed."))
    elif passkey := _passkey(request):
        if SURE not in request.POST:
            return _ask(
                request,
                _("Remove the passkey “%(name)s”?") % {"name": passkey.name},
                _("Nobody logs in with it then."),
                _("Remove the passkey"),
            )
        second_factor.remove_passkey(passkey)
        messages.success(request, _("The passkey is removed."))
    return back


def _ask(request: HttpRequest, title: str, then: str, label: str) -> HttpResponse:
    """Asks for the same once more, as it was pressed."""
    pressed = [
        (name, request.POST[name])
        for name in (REMOVE_PASSKEY, REMOVE_APP, NEW_CODES)
        if name in request.POST
    ]
    context = {
        **admin.site.each_context(request),
        "title": title,
        "then": then,
        "label": label,
        "sent": [*pressed, (SURE, "yes")],
    }
    return render(request, "staff/entrance/sure.html", context)


def _passkey(request: HttpRequest) -> Passkey | None:
    number = request.POST.get(REMOVE_PASSKEY, "")
    hers = Passkey.objects.filter(person=request.user)
    return next((one for one in hers if str(one.pk) == number), None)


def _sign_out(request: HttpRequest, marks: list[str]) -> None:
    ended = sessions.end_sessions(request.user, but=request.session.session_key, marks=marks)
    if marks:
        messages.success(request, _("You are signed out there."))
    elif ended:
        messages.success(request, _("You are signed out everywhere else."))
    else:
        messages.info(request, _("You were signed in nowhere else."))
