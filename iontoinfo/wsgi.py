import logging
import os
import time
from collections.abc import Callable, Iterable
from urllib.parse import quote

from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iontoinfo.settings")
django_application = get_wsgi_application()

from treatments.page_cache import refresher  # noqa: E402
from treatments.page_cache.page import CACHE_CONTROL  # noqa: E402
from treatments.page_cache.store import Pages  # noqa: E402

for database in connections.settings.values():
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # Only `migrate` makes a database: an empty one where the file has gone would lose all pages.
        database["NAME"] = f"file:{quote(str(database['NAME']))}?mode=rw"

logging.captureWarnings(True)  # else they are printed, whatever stands in them
pages = Pages(django_application)
refresher.start(pages)


def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
    """Finished pages are for whoever sends nothing; Django checks first what may be sent."""
    sends = environ.get("CONTENT_LENGTH", "0") not in ("", "0")
    chosen = django_application if sends or "HTTP_TRANSFER_ENCODING" in environ else pages
    if "HTTP_X_FORWARDED_FOR" not in environ:  # no proxy in front
        return chosen(environ, start_response)

    def start(status: str, headers: list, *exc_info: object) -> Callable:
        # nginx counts whole seconds, so that by itself it takes one for up to two. It keeps this.
        if ("Cache-Control", CACHE_CONTROL) in headers:
            headers = [*headers, ("X-Accel-Expires", f"@{int(time.time())}")]
        return start_response(status, headers, *exc_info)

    return chosen(environ, start)
