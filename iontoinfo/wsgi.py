import os
import time
from urllib.parse import quote

from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iontoinfo.settings")
django_application = get_wsgi_application()

from treatments import keeper  # noqa: E402
from treatments.pages import CACHE_CONTROL, Pages  # noqa: E402

for database in connections.settings.values():
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # Only `migrate` makes a database: an empty one where the file has gone would lose all pages.
        database["NAME"] = f"file:{quote(str(database['NAME']))}?mode=rw"


def with_its_second(site):
    """Tells nginx that the second for which it may keep an answer is the one that runs now.

    It counts in whole seconds, so that by itself it takes one for up to two. It keeps the header.
    """

    def answer(environ, start_response):
        if "HTTP_X_FORWARDED_FOR" not in environ:  # no proxy in front
            return site(environ, start_response)

        def start(status, headers, *exc_info):
            if ("Cache-Control", CACHE_CONTROL) in headers:
                headers = [*headers, ("X-Accel-Expires", f"@{int(time.time())}")]
            return start_response(status, headers, *exc_info)

        return site(environ, start)

    return answer


pages = Pages(django_application)
keeper.start(pages)
application = with_its_second(pages)
