"""A SQLite site on a disk that lets nothing be written: what was finished is read on."""

import os

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

from treatments.page_cache import invalidation
from treatments.page_cache.store import Pages

from .asking import PAGE, ask, unreachable


@pytest.fixture
def read_only(store, tmp_path, monkeypatch):
    """`read_only()`: from now on, for this machine; the stamp has run out since."""
    file = tmp_path / "db.sqlite3"
    file.touch()
    monkeypatch.setattr(invalidation, "FILE", str(file))
    monkeypatch.setattr(connection, "vendor", "sqlite")
    ledger = invalidation.ledger_if_trusted()

    def turn():
        invalidation._write_stamp(ledger.stamp, 0, 0)

        def refuse(*args, **more):
            raise OSError(30, "Read-only file system")

        access = os.access
        monkeypatch.setattr(
            invalidation.os, "access", lambda path, mode: mode != os.W_OK and access(path, mode)
        )
        monkeypatch.setattr(invalidation, "machine_lock", refuse)
        monkeypatch.setattr(invalidation, "_write_stamp", refuse)

    return turn


def test_finished_pages_are_read_on(store, read_only, monkeypatch):
    body = ask(store, PAGE).body
    read_only()
    store.django = unreachable
    assert ask(store, PAGE).body == body
    monkeypatch.setattr(invalidation, "_latest", None)  # a worker that started since
    assert ask(Pages(unreachable), PAGE).body == body


def test_what_this_process_has_just_written_is_no_finished_page(store, read_only):
    ask(store, PAGE)
    read_only()
    assert invalidation.sync(committed=True) is None
    assert invalidation.sync() is None


def test_a_file_that_can_be_written_may_have_changed(store, read_only, monkeypatch):
    ask(store, PAGE)
    read_only()
    monkeypatch.setattr(invalidation.os, "access", lambda path, mode: True)
    assert invalidation.ledger_if_trusted() is None
    assert ask(Pages(WSGIHandler()), PAGE).status == 200  # made for this reader
