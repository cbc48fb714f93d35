"""What may be sent to the site: decided by a request's headers, before anything of it is read.

Patients send a vote, and whoever logs in sends a name and a password: some hundred bytes. Only
staff send more, so in the admin nothing is taken from anybody who is not logged in. Only what was typed
where somebody was logged in before is read once more, to be handed back after the login ran out.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext_lazy

from ..language.active import in_active_digits
from ..photos.processing import MAX_BYTES
from .errors import can_be_sent_again, is_sent_by_a_page, send_again
from .known_browsers import is_known_browser
from .middleware import is_for_staff

# In bytes.
STRANGERS = 16 * 1024
A_FORM = 2 * 1024 * 1024  # where a form is sent percent-encoded: nine bytes a Bangla letter
# A photo with its words, or a Word file; with room to refuse what is too large at its own field.
A_FILE = 2 * MAX_BYTES + 2 * 1024 * 1024  # nginx's 32m

# The addresses that take so much, as their forms are sent in parts.
LARGE_FORMS = {"treatments_treatment_add", "treatments_treatment_text"}

# The addresses of the admin that take something from whoever is not logged in.
AT_THE_DOOR = {
    "login", "logout", "language", "second_factor", "set_up", "add_app", "add_passkey",
    "password_reset", "password_reset_confirm",
}  # fmt: skip

TOO_LARGE = gettext_lazy("What was sent is too large. Nothing was saved.")
UNMEASURED = gettext_lazy("What was sent does not say how long it is. Nothing was saved.")
NONSENSE = gettext_lazy("This request makes no sense. Nothing was saved.")

UNPARSED = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def limit_requests(get_response: Callable) -> Callable:
    def middleware(request: HttpRequest) -> HttpResponse:
        return refusal_response(request) or get_response(request)

    return middleware


def refusal_response(request: HttpRequest) -> HttpResponse | None:
    """The answer to a request that brings what cannot be taken from whoever sends it."""
    if _holds_a_nul(request):
        return _in_short(NONSENSE, 400)
    if "HTTP_TRANSFER_ENCODING" in request.META:
        return _in_short(UNMEASURED, 411)
    declared = request.META.get("CONTENT_LENGTH") or "0"
    if not (declared.isascii() and declared.isdigit()):
        return _in_short(UNMEASURED, 400)
    length = int(declared.lstrip("0")[:20] or 0)
    if not length:
        return None
    in_parts = request.content_type.startswith("multipart/")
    if not is_for_staff(request) or _name_of(request) in AT_THE_DOOR:
        return None if length <= STRANGERS and not in_parts else too_large(request)
    if not admin.site.has_permission(request):
        if length > (A_FORM if _may_be_handed_back(request) else STRANGERS):
            return render(request, "staff/logged_out.html", status=413)
        if not in_parts and can_be_sent_again(request):
            return send_again(request, logged_out=True)
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    most = A_FORM
    if in_parts:
        most = A_FILE if _name_of(request) in LARGE_FORMS else STRANGERS
    return None if length <= most else too_large(request)


def _may_be_handed_back(request: HttpRequest) -> bool:
    in_parts = request.content_type.startswith("multipart/")
    return not in_parts and is_known_browser(request) and is_sent_by_a_page(request)


def too_large(request: HttpRequest) -> HttpResponse:
    """Says so, to staff with what to do."""
    if is_for_staff(request) and _name_of(request) not in AT_THE_DOOR:
        context = {"megabytes": in_active_digits(MAX_BYTES // 1024 // 1024)}
        return render(request, "staff/too_large.html", context, status=413)
    return _in_short(TOO_LARGE, 413)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A form with more text, fields or files than are taken, or what makes no sense at all."""
    if isinstance(exception, UNPARSED):
        return too_large(request)
    return _in_short(NONSENSE, 400)


def _in_short(words: str, status: int) -> HttpResponse:
    return HttpResponse(
        f"{words}\n",
        status=status,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )


def _holds_a_nul(request: HttpRequest) -> bool:
    """Whether there is one where no address, query or login of ours has one; PostgreSQL takes it in
    no text."""
    query = request.META.get("QUERY_STRING", "").replace("%00", "\0")
    login = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return any("\0" in said for said in (request.path_info, query, login))


def _name_of(request: HttpRequest) -> str | None:
    try:
        return resolve(request.path_info).url_name
    except Resolver404:
        return None
