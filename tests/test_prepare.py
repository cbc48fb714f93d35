"""What every start does, and does once."""

import itertools
from contextlib import nullcontext

import pytest
from django.conf import settings as settings_of_site
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from treatments.management.commands import prepare
from treatments.models import LoadedContent, triggers
from treatments.page_cache import troubles

from .migrations import newest

DONE = ["migrate", "load_content"]


@pytest.fixture
def called(monkeypatch, tmp_path) -> list[str]:
    """The commands that a start calls on a new machine; none of them does anything."""
    names = []
    monkeypatch.setattr(prepare, "LEDGER", tmp_path / "ledger.json")
    monkeypatch.setattr(prepare, "call_command", lambda name, **options: names.append(name))
    return names


@pytest.fixture
def release(monkeypatch):
    """Turns to a release: `release("second")`."""

    def turn_to(digest):
        monkeypatch.setattr(prepare, "release_digest", lambda *folders: digest)

    turn_to("first")
    return turn_to


def test_a_second_start_does_nothing_again(db, called, release):
    call_command("prepare")
    assert called == DONE
    call_command("prepare")
    assert called == DONE


def test_no_empty_site_is_begun_where_one_has_lost_its_database(
    db, called, release, monkeypatch, tmp_path
):
    monkeypatch.setitem(connection.settings_dict, "NAME", tmp_path / "db.sqlite3")
    call_command("prepare")
    assert called == DONE  # a new machine
    called.clear()
    (tmp_path / "ledger.json").write_text("{}")
    release("second")
    has_a_file = connection.vendor == "sqlite"  # a server's is not ours to look for
    refuses = pytest.raises(CommandError, match=r"restore the newest backup.*prepare --new")
    with refuses if has_a_file else nullcontext():
        call_command("prepare")
    assert called == [] if has_a_file else DONE
    called.clear()
    release("third")
    call_command("prepare", "--new")
    assert called == DONE


def test_other_content_is_another_release(tmp_path, monkeypatch):
    monkeypatch.setattr(prepare, "FIXTURES", tmp_path)
    before = prepare._release()
    (tmp_path / "a-treatment.json").write_text("{}")
    assert prepare._release() != before


def test_a_new_release_and_an_earlier_one_again_are_prepared(db, called, release):
    call_command("prepare")
    for name in ("second", "first"):
        release(name)
        call_command("prepare")
    assert called == DONE * 3
    assert LoadedContent.objects.filter(name__startswith=prepare.RELEASE).count() == 1


def test_what_somebody_undid_by_hand_is_done_again(db, called, release):
    call_command("prepare")
    MigrationRecorder(connection).record_unapplied("treatments", newest()[0])
    call_command("prepare")
    assert called == DONE * 2
    MigrationRecorder(connection).record_applied("treatments", newest()[0])
    triggers.remove(connection)
    call_command("prepare")
    triggers.install(connection)
    assert called == DONE * 3


def test_what_could_not_be_loaded_is_tried_at_the_next_start(db, called, release, monkeypatch):
    def refuse(name, **options):
        called.append(name)
        if name == "load_content":
            raise CommandError("Nothing was loaded.")

    monkeypatch.setattr(prepare, "call_command", refuse)
    call_command("prepare")
    call_command("prepare")
    assert called == DONE * 2


def test_static_files_are_collected_once_and_again_when_one_changes(
    db, called, release, settings, tmp_path, monkeypatch
):
    settings.VAR_DIR, settings.STATIC_ROOT = tmp_path / "var", tmp_path / "static"
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "a.css").write_text("a{}")
    settings.STATICFILES_DIRS = [folder]
    monkeypatch.setattr(prepare, "get_finders", lambda: [FileSystemFinder()])

    def collect(name, **options):
        called.append(name)
        settings.STATIC_ROOT.mkdir(exist_ok=True)
        (settings.STATIC_ROOT / "staticfiles.json").write_text("{}")

    monkeypatch.setattr(prepare, "call_command", collect)

    def collected() -> int:
        call_command("prepare", "--static")
        return called.count("collectstatic")

    assert collected() == 1
    assert collected() == 1
    (folder / "a.css").write_text("b{}")
    assert collected() == 2
    (settings.STATIC_ROOT / "staticfiles.json").unlink()  # somebody cleared the folder
    assert collected() == 3


# --- A database that is away ----------------------------------------------------------------------


@pytest.fixture
def away(db, monkeypatch, settings):
    """A PostgreSQL that nobody runs, and a clock of which each look takes a second."""
    here = settings_of_site.DATABASES["default"]
    there = {"NAME": "clinic", "USER": "rina", "PASSWORD": "SECRETMARK", "HOST": "127.0.0.1", "PORT": 1}  # fmt: skip
    monkeypatch.setitem(settings.DATABASES, "default", here | there)
    nobody = DatabaseWrapper({**here, **there, "OPTIONS": {"connect_timeout": 3}, "TIME_ZONE": None, "AUTOCOMMIT": True})  # fmt: skip
    for module in (prepare, troubles):
        monkeypatch.setattr(module, "connection", nobody)
    seconds = itertools.count()
    monkeypatch.setattr(prepare.time, "monotonic", lambda: next(seconds))
    monkeypatch.setattr(prepare.time, "sleep", lambda length: None)


def test_a_site_without_its_database_says_what_it_waits_for(away, capsys):
    call_command("prepare", wait=25.0)
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        *["Waiting for the database"] * 3,
        "The site starts without its database",
    ]
    assert all("clinic at 127.0.0.1:1 as rina" in line for line in lines)
    assert "SECRETMARK" not in "".join(lines)


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ('FATAL: password authentication failed for user "rina"', "password in DATABASE_URL"),
        ('FATAL: database "clinic" does not exist', "Create it"),
    ],
)
def test_what_no_waiting_mends_is_explained(away, said, advice):
    assert advice in troubles.why_unreachable(Exception(f"{said} SECRETMARK"))
    assert "SECRETMARK" not in troubles.why_unreachable(Exception(f"{said} SECRETMARK"))
