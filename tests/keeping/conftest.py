"""Sites of their own to be kept: a folder, a database file with the shipped pages, and photos."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.db import connection, connections
from django.db.utils import ConnectionHandler

from treatments.keeping.databases import as_default
from treatments.page_cache import invalidation


@pytest.fixture(scope="session")
def shipped(django_db_setup, django_db_blocker, tmp_path_factory) -> Path:
    """An SQLite file with the shipped pages, live."""
    path = tmp_path_factory.mktemp("shipped") / "db.sqlite3"
    with django_db_blocker.unblock(), closing(sqlite3.connect(path)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    return path


@pytest.fixture
def turn_to(db, tmp_path, settings, monkeypatch):
    """`with turn_to("a"):` is that site's own; its folder is empty at first."""

    @contextmanager
    def site(name: str, database: dict | None = None):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        settings.VAR_DIR, settings.MEDIA_ROOT = folder, folder / "media"
        pages = folder / "pages"
        for constant, path in {"LOCKS": "locks", "LEDGER": "ledger.json", "STAMP": "stamp"}.items():
            monkeypatch.setattr(invalidation, constant, pages / path)
        monkeypatch.setattr(invalidation, "FOLDER", pages)
        other = {"NAME": str(folder / "db.sqlite3")} if database is None else database
        own = ConnectionHandler({"default": connections.databases["default"] | other})["default"]
        with as_default(own):
            yield folder
        own.close()

    return site


@pytest.fixture
def fill(shipped) -> Callable[[Path], None]:
    """Puts the shipped pages and a photo's files into a site's folder."""

    def put(folder: Path) -> None:
        shutil.copy(shipped, folder / "db.sqlite3")
        pictures = folder / "media" / "pictures"
        pictures.mkdir(parents=True)
        (pictures / "0123456789abcdef-480.jpg").write_bytes(bytes(range(256)) * 40)

    return put


@pytest.fixture
def here(turn_to, fill):
    """A site with the shipped pages; its folder."""
    with turn_to("here") as folder:
        fill(folder)
        yield folder
