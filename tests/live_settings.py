"""The real settings for a site that runs beside the tests; static files need no collecting."""

from iontoinfo.settings import *  # noqa: F403

STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
