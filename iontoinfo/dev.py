"""Settings of the development server, `make dev`: a local copy that shows each edit at once."""

import functools
import sys
from collections.abc import Callable

from django.template import autoreload

from .settings import *  # noqa: F403

if not LOCAL:  # noqa: F405
    raise SystemExit(
        "The development server is for a local copy: IONTOINFO_MODE must be local, not production."
    )

DEBUG = True  # Django's error page, with all it tells: `runserver` listens on this machine alone
MIDDLEWARE = ["iontoinfo.dev.read_anew", *MIDDLEWARE]  # noqa: F405
STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
LOGGING = {}  # Django's own, with every request


def read_anew(get_response: Callable) -> Callable:
    """For each request, what was read from files before is read again: the templates, and whatever
    a function keeps, such as the style sheet in a page and the hash that allows it."""

    def middleware(request):
        autoreload.reset_loaders()
        for name, module in [*sys.modules.items()]:
            if name.startswith("treatments."):
                for value in [*vars(module).values()]:
                    if isinstance(value, functools._lru_cache_wrapper):
                        value.cache_clear()
        response = get_response(request)
        if response.status_code in (404, 500):  # Django's error pages bring styles of their own
            del response["Content-Security-Policy"]
        return response

    return middleware
