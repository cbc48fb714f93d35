import os
from urllib.parse import quote

from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iontoinfo.settings")
django_application = get_wsgi_application()

from treatments import keeper  # noqa: E402
from treatments.pages import Pages  # noqa: E402

for database in connections.settings.values():
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # Only `migrate` makes a database: an empty one where the file has gone would lose all pages.
        database["NAME"] = f"file:{quote(str(database['NAME']))}?mode=rw"

application = Pages(django_application)
keeper.start(application)
