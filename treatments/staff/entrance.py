"""The way in: the password, then the second factor; and how a person gets one.

Between the two nobody is logged in. The session then knows only whose password was right, and that
for a quarter of an hour; whoever has no second factor yet makes one in that state.
"""

from datetime import datetime, timedelta
from functools import wraps

from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, RedirectURLMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from ..language.text import one_line
from ..models import AuthenticatorApp, Passkey, RecoveryCode
from . import language, logins, second_factor, sessions

PENDING = "password_was_right"  # in a session: whose, until when, where she was going
PENDING_FOR = timedelta(minutes=15)
NEW_SECRET = "secret_of_a_new_app"  # in a session, encrypted, until the app shows its first code
LONGEST_NAME = Passkey._meta.get_field("name").max_length


class PasswordView(LoginView):
    next_page = "admin:index"  # where no page of this site was asked for

    def form_valid(self, form):
        person, there = form.get_user(), self.get_success_url()
        language.flush_session(self.request)
        if not second_factor.is_wanted(person):
            return _logged_in(self.request, person, there)
        self.request.session[PENDING] = {
            "person": person.pk,
            "password": person.get_session_auth_hash(),
            "until": (timezone.now() + PENDING_FOR).timestamp(),
            "next": there,
        }
        has_one = second_factor.has_factor(person)
        return redirect("admin:second_factor" if has_one else "admin:set_up")


def _pending_person(request: HttpRequest) -> User | None:
    """Who has given the right password and nothing else yet."""
    pending = request.session.get(PENDING)
    if not pending or pending["until"] < timezone.now().timestamp():
        return None
    person = User.objects.filter(pk=pending["person"], is_active=True, is_staff=True).first()
    is_same = person and constant_time_compare(pending["password"], person.get_session_auth_hash())
    return person if is_same else None


def _complete(request: HttpRequest, person: User) -> None:
    """Logs her in. The answer is for `logins.remember_browser`."""
    is_first = person.last_login is None
    is_known = bool(logins.known_browser(request, person.get_username()))
    language.flush_session(request)
    login(request, person)
    language.remember_choice(request)
    new = None if is_known or is_first else sessions.note_new_device(request, person)
    sessions.tell_of_new_devices(request, person, known=is_known, but=new)


def _logged_in(request: HttpRequest, person: User, there: str) -> HttpResponse:
    _complete(request, person)
    response = HttpResponseRedirect(there)
    logins.remember_browser(response, person.get_username())
    return response


def _back_to_login(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("Please give your user name and password once more."))
    return redirect("admin:login")


# --- The second factor ----------------------------------------------------------------------------


@sensitive_post_parameters("code", "passkey")
def ask_second_factor(request: HttpRequest) -> HttpResponse:
    """Raises Locked after too many wrong ones."""
    person = _pending_person(request)
    if person is None:
        return _back_to_login(request)
    if not second_factor.has_factor(person):
        return redirect("admin:set_up")
    error, now = "", timezone.now()
    if request.method == "POST":
        this = logins.try_code(request, person, now)
        if _is_right(request, person, now):
            this.take_back()
            return _logged_in(request, person, request.session[PENDING]["next"])
        logins.tell_of_failure(request, person.get_username())
        error = _wrong(request)
    has_passkeys = Passkey.objects.filter(person=person).exists()
    is_here = second_factor.takes_passkeys(request)
    context = {
        "title": _("One more step"),
        "error": error,
        "has_app": AuthenticatorApp.objects.filter(person=person).exists(),
        "has_passkeys": has_passkeys,
        "passkey_host": second_factor.passkey_host(),
        "asked": second_factor.begin_asking_passkey(request, person)
        if has_passkeys and is_here
        else "",
    }
    return render(request, "staff/entrance/second_factor.html", context)


def _is_right(request: HttpRequest, person: User, now: datetime) -> bool:
    if answer := request.POST.get("passkey"):
        return second_factor.take_passkey(request, person, answer, now)
    return second_factor.take_code(person, request.POST.get("code", ""), now)


def _wrong(request: HttpRequest) -> str:
    if request.POST.get("passkey"):
        return _("This passkey does not belong to your login. Try another one, or a code.")
    return _(
        "This code is not right. A code of the app is good for half a minute and for one login; so "
        "wait for the next one. A recovery code is good for one login too."
    )


# --- Getting one ----------------------------------------------------------------------------------


def _who_adds(request: HttpRequest) -> User | None:
    """A factor is added by who gave the password and has none, or who is logged in and confirmed."""
    if request.user.is_authenticated:
        return request.user if request.user.is_staff and sessions.is_confirmed(request) else None
    person = _pending_person(request)
    return None if person is None or second_factor.has_factor(person) else person


def _first_confirm(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect_to_confirm(request.path)
    return redirect("admin:second_factor") if _pending_person(request) else _back_to_login(request)


def _back(request: HttpRequest) -> str:
    return reverse("admin:sign_in" if request.user.is_authenticated else "admin:set_up")


def redirect_to_confirm(there: str) -> HttpResponse:
    return redirect(f"{reverse('admin:confirm')}?{urlencode({'next': there})}")


def set_up(request: HttpRequest) -> HttpResponse:
    """What a person without a second factor chooses from before anything else opens."""
    person = _who_adds(request)
    if person is None:
        return _first_confirm(request)
    if request.method == "POST":  # “Log out”
        logout(request)
        return redirect("admin:login")
    context = {
        "title": _("Set up your second step"),
        "takes_passkeys": second_factor.takes_passkeys(request),
        "passkey_host": second_factor.passkey_host(),
    }
    return render(request, "staff/entrance/set_up.html", context)


def _or_start_again(view):
    """Of two who set up the first factor of a login at once, one does."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except second_factor.HasOne:
            language.flush_session(request)
            return _back_to_login(request)

    return answer


def _secret_of_new_app(request: HttpRequest) -> str:
    """The same for each try: the app may have it already."""
    secret = second_factor.decrypted(request.session.get(NEW_SECRET, "").encode())
    if not secret:
        secret = second_factor.new_secret()
        request.session[NEW_SECRET] = second_factor.encrypted(secret).decode()
    return secret


@sensitive_post_parameters("code")
@_or_start_again
def add_app(request: HttpRequest) -> HttpResponse:
    person = _who_adds(request)
    if person is None:
        return _first_confirm(request)
    secret = _secret_of_new_app(request)
    error = ""
    if request.method == "POST":
        code = request.POST.get("code", "")
        is_first = not request.user.is_authenticated
        if second_factor.add_app(person, secret, code, timezone.now(), first=is_first):
            del request.session[NEW_SECRET]
            return _added(request, person, _("The app is set up."))
        error = _(
            "This is not the code of this moment. Look at the app and type the six digits that it "
            "shows for this site. If it still fails: is the clock of the phone right?"
        )
    address = second_factor.secret_address(person, secret)
    context = {
        "title": _("Set up an authenticator app"),
        "back": _back(request),
        "error": error,
        "address": address,
        "qr": second_factor.qr_drawing(address),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }
    return render(request, "staff/entrance/add_app.html", context)


@_or_start_again
def add_passkey(request: HttpRequest) -> HttpResponse:
    person = _who_adds(request)
    if person is None:
        return _first_confirm(request)
    here, error = second_factor.takes_passkeys(request), ""
    device = sessions.device_in_words(*sessions.device_of(request.headers.get("User-Agent", "")))
    name = one_line(request.POST.get("name", ""))[:LONGEST_NAME] or device
    if request.method == "POST" and here:
        answer = request.POST.get("passkey", "")
        is_first = not request.user.is_authenticated
        if second_factor.add_passkey(request, person, answer, name, timezone.now(), first=is_first):
            return _added(request, person, _("The passkey is added."))
        error = _("No passkey was made. Please try once more.")
    context = {
        "title": _("Add a passkey"),
        "back": _back(request),
        "error": error,
        "name": name,
        "longest": LONGEST_NAME,
        "passkey_host": second_factor.passkey_host(),
        "asked": second_factor.begin_adding_passkey(request, person) if here else "",
    }
    return render(request, "staff/entrance/add_passkey.html", context)


def _added(request: HttpRequest, person: User, told: str) -> HttpResponse:
    """Recovery codes belong to the first factor; and who came to the login for it is logged in."""
    there = reverse("admin:sign_in")
    was_pending = not request.user.is_authenticated
    if was_pending:
        there = request.session[PENDING]["next"]
        _complete(request, person)
    if RecoveryCode.objects.filter(person=person).exists():
        messages.success(request, told)
        response = HttpResponseRedirect(there)
    else:
        response = recovery_codes_page(request, person, there, told)
    if was_pending:
        logins.remember_browser(response, person.get_username())
    return response


def recovery_codes_page(request: HttpRequest, person: User, there: str, told: str) -> HttpResponse:
    """New codes, which are shown in this one answer only."""
    context = {
        "title": _("Your recovery codes"),
        "told": told,
        "codes": second_factor.new_recovery_codes(person),
        "there": there,
    }
    return render(request, "staff/entrance/recovery_codes.html", context)


# --- The password once more -----------------------------------------------------------------------


class _Next(RedirectURLMixin):
    """Where to go on to; an address of another site is not taken."""

    next_page = "admin:sign_in"

    def __init__(self, request: HttpRequest):
        self.request = request


@sensitive_post_parameters("password")
def confirm(request: HttpRequest) -> HttpResponse:
    """Asks for the password before the login itself is changed. Raises Busy or Locked."""
    there, error = _Next(request).get_success_url(), ""
    if request.method == "POST":
        password = request.POST.get("password", "")
        if logins.person_with(request, request.user.get_username(), password) == request.user:
            sessions.confirm(request)
            return HttpResponseRedirect(there)
        error = _("This is not your password.")
    context = {"title": _("Is it you?"), "error": error, "next": there}
    return render(request, "staff/entrance/confirm.html", context)
