import gc
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from urllib.parse import quote

import django
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.db.backends.signals import connection_created
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iontoinfo.settings")
django.setup(set_prefix=False)

from iontoinfo.postgresql import expect_answers  # noqa: E402
from treatments.page_cache import refresher  # noqa: E402
from treatments.page_cache.page import CACHE_CONTROL  # noqa: E402
from treatments.page_cache.store import Pages  # noqa: E402

BOOT_ERROR = 3  # with which a gunicorn worker says that there is no use in starting another

for database in connections.settings.values():
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # Only `migrate` makes a database: an empty one where the file has gone would lose all pages.
        database["NAME"] = f"file:{quote(str(database['NAME']))}?mode=rw"
connection_created.connect(expect_answers)

logging.captureWarnings(True)  # else they are printed, whatever stands in them
log = logging.getLogger(__name__)


# Finished pages need little of the program. They are answered while a thread reads in the rest, and
# who wants more than a page waits for that.
_loaded: Future[WSGIHandler] = Future()


def _load() -> None:
    try:
        handler = WSGIHandler()
        reverse("admin:index")  # the addresses, and so all views
    except BaseException:
        log.critical("The program cannot be loaded", exc_info=True)
        os._exit(BOOT_ERROR)
    gc.collect()
    gc.freeze()  # what the site has loaded stays: the collector need not go through it again
    _loaded.set_result(handler)


def django_application(environ: dict, start_response: Callable) -> Iterable[bytes]:
    return _loaded.result()(environ, start_response)


pages = Pages(django_application)
refresher.start(pages)
threading.Thread(target=_load, name="loader", daemon=True).start()


def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
    """Finished pages are for whoever sends nothing; Django checks first what may be sent."""
    sends = environ.get("CONTENT_LENGTH", "0") not in ("", "0")
    chosen = django_application if sends or "HTTP_TRANSFER_ENCODING" in environ else pages
    if "HTTP_X_FORWARDED_FOR" not in environ:  # no proxy in front
        return chosen(environ, start_response)

    asked = int(time.time())

    def start(status: str, headers: list, *exc_info: object) -> Callable:
        # nginx counts whole seconds, so that by itself it takes one for up to two. It keeps the one
        # in which the page was asked for: while it was made, what it shows may have changed.
        if ("Cache-Control", CACHE_CONTROL) in headers:
            headers = [*headers, ("X-Accel-Expires", f"@{asked}")]
        return start_response(status, headers, *exc_info)

    return chosen(environ, start)
