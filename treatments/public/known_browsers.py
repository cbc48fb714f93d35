"""The cookies of browsers in which somebody logged in before; staff/logins.py gives them."""

from datetime import timedelta

from django.http import HttpRequest

KEPT_FOR = timedelta(days=180)
KNOWN = "known_"  # how their names begin


def is_known_browser(request: HttpRequest) -> bool:
    """Whether any account was logged in to in it before."""
    return any(mark(request, each) for each in request.COOKIES if each.startswith(KNOWN))


def mark(request: HttpRequest, cookie: str) -> str:
    """What a cookie of ours says, or an empty text for any other."""
    return request.get_signed_cookie(cookie, "", max_age=KEPT_FOR)
