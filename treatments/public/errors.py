"""What readers are told while the database is away and their page is not stored."""

from types import SimpleNamespace

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from ..page_cache import invalidation

RETRY_SECONDS = 30


def is_outage(error: BaseException | None) -> bool:
    return isinstance(error, OperationalError | InterfaceError)


def temporarily_unavailable(request: HttpRequest) -> HttpResponse:
    """Needs no database: the clinic's numbers are those last known."""
    language = get_language()
    clinic = last_known_contact(language)
    response = render(request, "503.html", {"language": language, "clinic": clinic}, status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def last_known_contact(language: str) -> SimpleNamespace:
    """The clinic's name, phone_list and emergency_number; each empty where it is not known."""
    known = invalidation.load()
    plain = known.contact if known else invalidation.NO_CONTACT
    return SimpleNamespace(**plain | {"name": plain["name"].get(language, "")})
