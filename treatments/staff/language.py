"""The language in which each person reads the admin. What is stored is the same in either."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, get_language_from_request, override
from django.utils.translation import gettext as _
from django.views.i18n import LANGUAGE_QUERY_PARAMETER, JavaScriptCatalog, set_language

from ..models import LANGUAGES, StaffLanguage
from ..public.middleware import is_for_staff
from .django_words import SCRIPT_WORDS

PRESSED = "language_pressed"  # in a session in which nobody is logged in


def language_of_the_person(get_response):
    """What stands in front of it speaks the language of the address: to staff, English."""

    def middleware(request):
        if not is_for_staff(request):
            return get_response(request)
        request.LANGUAGE_CODE = language = _chosen(request) or get_language_from_request(request)
        with override(language):
            response = get_response(request)
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def _chosen(request: HttpRequest) -> str | None:
    try:
        row = StaffLanguage.objects.filter(person=request.user.pk)
        return row.values_list("language", flat=True).first() if request.user.pk else None
    except (DatabaseError, InterfaceError):  # a cookie too that no database takes is answered
        return None


def language_of(person: User, otherwise: str = settings.LANGUAGE_CODE) -> str:
    """What she chose; `otherwise` is for who never did."""
    chosen = StaffLanguage.objects.filter(person=person).values_list("language", flat=True)
    return chosen.first() or otherwise


def choose_language(request: HttpRequest) -> HttpResponse:
    """Keeps what a person chose with the account, and for this browser's login page; leads back.

    Of somebody who is not logged in yet the session keeps that she pressed it.
    """
    response = set_language(request)
    language = request.POST.get(LANGUAGE_QUERY_PARAMETER)
    if request.user.is_authenticated and language in LANGUAGES:
        _keep(request.user, language)
    elif language in LANGUAGES:
        request.session[PRESSED] = language
    return response


def _keep(person: User, language: str) -> None:
    StaffLanguage.objects.update_or_create(person=person, defaults={"language": language})


def flush_session(request: HttpRequest) -> None:
    """Ends the session of whoever was here before, but for the language that was just pressed."""
    pressed = request.session.get(PRESSED)
    request.session.flush()
    if pressed:
        request.session[PRESSED] = pressed


def remember_choice(request: HttpRequest) -> None:
    """Somebody logged in. A language that was pressed on the way in is chosen for good; what the
    login page was read in otherwise stays where she has never chosen."""
    if pressed := request.session.pop(PRESSED, None):
        return _keep(request.user, pressed)
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if language in LANGUAGES:
        StaffLanguage.objects.get_or_create(person=request.user, defaults={"language": language})


# Django's scripts put numbers into words with `interpolate`.
BANGLA_DIGITS = """
{
  const plain = globalThis.interpolate;
  const inBangla = (digit) => String.fromCodePoint(0x09e6 + Number(digit));
  globalThis.interpolate = (...given) => plain(...given).replace(/[0-9]/g, inBangla);
}
"""


class ScriptWords(JavaScriptCatalog):
    """The words of Django's scripts and of the editor, those from our catalogue too."""

    def get_catalog(self):
        ours = {word: _(word) for word in SCRIPT_WORDS}
        return super().get_catalog() | {word: said for word, said in ours.items() if word != said}

    def render_to_response(self, context, **response_kwargs):
        response = super().render_to_response(context, **response_kwargs)
        if get_language() == "bn":
            response.write(BANGLA_DIGITS)
        return response
