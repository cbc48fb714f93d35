"""The real settings in local mode. TEST_DATABASE=postgresql starts a PostgreSQL for the run."""

import os
import tempfile
from pathlib import Path

# Playwright's event loop runs in the thread of the browser tests; nothing async touches the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
_folder = tempfile.TemporaryDirectory(prefix="iontoinfo-tests-", ignore_cleanup_errors=True)
_var = Path(_folder.name)  # gone when this process ends
(_var / "static").mkdir()
os.environ.update(
    IONTOINFO_MODE="local",
    IONTOINFO_VAR=str(_var),
    SECRET_KEY="only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz",
    PORT="8000",
    DATABASE_URL=f"sqlite:///{_var / 'db.sqlite3'}",
)
if os.environ.get("TEST_DATABASE") == "postgresql":
    if "TEST_SERVER" not in os.environ:  # the first of several processes starts it for all
        from .postgresql import start

        os.environ["TEST_SERVER"] = start(_var / "pg").get_uri()
    os.environ["DATABASE_URL"] = os.environ["TEST_SERVER"]

from iontoinfo.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["tests.hashing.QuickHasher"]
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]  # noqa: F405
STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
