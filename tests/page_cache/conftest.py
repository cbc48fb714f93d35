"""A machine's folder, its store of pages, and what a test in one transaction calls a commit."""

from contextlib import contextmanager
from functools import cache, lru_cache

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections, connection

from treatments.page_cache import invalidation, refresher
from treatments.page_cache.page import compress
from treatments.page_cache.store import Pages, release_digest


@pytest.fixture
def machine(db, tmp_path, monkeypatch):
    """Turns to the folder of a machine: `machine("a")`. Each has a ledger and pages of its own."""

    def turn_to(name: str) -> None:
        folder = tmp_path / name
        monkeypatch.setattr(invalidation, "FOLDER", folder)
        monkeypatch.setattr(invalidation, "LOCKS", folder / "locks")
        monkeypatch.setattr(invalidation, "LEDGER", folder / "ledger.json")
        monkeypatch.setattr(invalidation, "STAMP", folder / "stamp")
        monkeypatch.setattr(invalidation, "_latest", None)
        monkeypatch.setattr(invalidation, "_shared", None)
        invalidation.sync()

    turn_to("one")
    signals = (request_started, request_finished)
    for signal in signals:  # the test's transaction must outlive its requests
        signal.disconnect(close_old_connections)
    yield turn_to
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def store(site, machine):
    return Pages(WSGIHandler())


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """A transaction of its own, as far as the store can tell."""

    @contextmanager
    def transaction_of_its_own():
        connection.run_on_commit = []
        with django_capture_on_commit_callbacks(execute=True):
            yield
        connection.run_on_commit = []

    return transaction_of_its_own


_compressed = lru_cache(maxsize=300)(compress)
_release_digest = cache(release_digest)


@pytest.fixture(autouse=True)
def nothing_twice(monkeypatch):
    """The same page is compressed once for all tests; so are the files of the release read."""
    monkeypatch.setattr("treatments.page_cache.store.compress", _compressed)
    monkeypatch.setattr("treatments.page_cache.store.release_digest", _release_digest)


@pytest.fixture(autouse=True)
def no_threads(monkeypatch):
    monkeypatch.setattr(refresher, "_in_turn", lambda site: None)
    monkeypatch.setattr(refresher, "close_old_connections", lambda: None)  # a test is a transaction


@pytest.fixture
def no_database():
    """`with no_database():` every query fails, as where there is no database to ask."""
    gone = connection.Database.OperationalError("no such file, or no server")
    if connection.vendor == "sqlite":
        gone.sqlite_errorname = "SQLITE_CANTOPEN"

    def refuse(*args):
        raise OperationalError from gone

    @contextmanager
    def away():
        watching, connection.execute_wrappers = connection.execute_wrappers, [refuse]
        yield
        connection.execute_wrappers = watching

    return away


@pytest.fixture(scope="module")
def running():
    """What was started, to be stopped at the end."""
    started = []
    yield started
    for one in reversed(started):
        one.stop()
