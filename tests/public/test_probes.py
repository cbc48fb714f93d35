"""What watches the site: /healthz and /readyz."""

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from treatments.page_cache import invalidation
from treatments.public import probes

from ..migrations import newest


@pytest.fixture
def stranger(settings, monkeypatch):
    """Who watches a production site, by whatever name and without TLS."""
    settings.SECURE_SSL_REDIRECT = True
    monkeypatch.setattr(probes, "_latest", (float("-inf"), {}))
    monkeypatch.setattr(probes, "close_old_connections", lambda: None)  # a test is a transaction
    return Client(headers={"host": "10.0.0.7:8000"})


@pytest.fixture
def disk(tmp_path, settings, monkeypatch):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(invalidation, "FOLDER", tmp_path / "pages")


def no_database(*args):
    raise DatabaseError("no")


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_living_process_says_so_to_anybody_also_without_its_database(stranger, method):
    answer = getattr(stranger, method)("/healthz")  # this test may not ask a database
    assert answer.status_code == 200
    assert answer.content == (b"ok\n" if method == "get" else b"")
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_site_that_can_work_says_of_what(db, stranger, disk):
    answer = stranger.get("/readyz")
    assert answer.status_code == 200
    assert answer.text == "database: ok\nmigrations: ok\npages: ok\ndisk: ok\n"
    asked = stranger.get("/readyz", headers={"accept": "application/json"})
    assert asked.json() == dict.fromkeys(("database", "migrations", "pages", "disk"), "ok")


def take_away_a_migration(monkeypatch, tmp_path):
    MigrationRecorder(connection).record_unapplied("treatments", newest()[0])
    return ["migrations"]


def take_away_the_folder(monkeypatch, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(invalidation, "FOLDER", tmp_path / "file" / "pages")
    return ["pages"]


def take_away_the_room(monkeypatch, tmp_path):
    monkeypatch.setattr(probes, "LEAST_DISK", 10**18)
    return ["disk"]


@pytest.mark.parametrize(
    "take_away", [take_away_a_migration, take_away_the_folder, take_away_the_room]
)
def test_what_is_wrong_is_named_and_nothing_more(
    db, stranger, disk, monkeypatch, tmp_path, take_away
):
    wrong = take_away(monkeypatch, tmp_path)
    answer = stranger.get("/readyz")
    assert answer.status_code == 503
    said = dict(line.split(": ") for line in answer.text.splitlines())
    assert [name for name, word in said.items() if word == "not ok"] == wrong
    assert {*said.values()} == {"ok", "not ok"}


def test_who_asks_often_is_answered_from_what_was_found(db, stranger, disk, monkeypatch):
    stranger.get("/readyz")
    with connection.execute_wrapper(no_database):
        assert stranger.get("/readyz").status_code == 200
        monkeypatch.setattr(probes, "KEPT_SECONDS", 0)
        answer = stranger.get("/readyz")
    assert answer.status_code == 503
    assert answer.text == "database: not ok\nmigrations: not ok\npages: ok\ndisk: ok\n"


def test_nothing_else_is_answered_before_its_turn(stranger):
    assert stranger.get("/healthz/").status_code == 400
    assert stranger.post("/readyz").status_code == 400
