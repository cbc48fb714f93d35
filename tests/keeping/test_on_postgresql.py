"""The same with PostgreSQL, and from one kind of database to the other."""

import os

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings
from psycopg.conninfo import conninfo_to_dict

from treatments.keeping import databases, moving, programs, restoring
from treatments.management.commands import move_database
from treatments.models import Clinic, PageChange, Publication, Snapshot, Treatment
from treatments.page_cache.invalidation import machine_lock

from ..postgresql import PROGRAMS
from .looking import (
    backup_in,
    ctrl_c,
    interrupted,
    is_signed_in,
    log_in,
    publications,
    refused,
    run,
)


@pytest.fixture
def new_database(db):
    """Makes a database, empty or with the shipped pages; returns its settings and its address."""
    own, made = connections["default"], []

    def make(template: str = "template0") -> tuple[dict, str]:
        name = f"kept_{os.getpid()}_{len(made)}"
        with own._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        made.append(name)
        host = own.settings_dict["HOST"] or own.settings_dict["OPTIONS"].get("host", "")
        user = own.settings_dict["USER"]
        return {"NAME": name}, f"postgres://{user}:@/{name}?host={host}"

    yield make
    with own._nodb_cursor() as cursor:
        for name in made:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_older_programs_are_told_nothing_that_they_do_not_know(db, monkeypatch):
    """psycopg's library is newer than a server's pg_dump, which ends at an option of later years."""
    told = []
    monkeypatch.setattr(programs, "run", lambda arguments, **more: told.extend(arguments))
    programs.run_postgresql(connection, "pg_dump")
    [_program, address] = told
    said = conninfo_to_dict(address.removeprefix("--dbname="))
    assert said["dbname"] == connection.settings_dict["NAME"]
    assert {*said} <= {"dbname", "host", "port", "user", *connection.get_connection_params()}


@pytest.fixture
def shipped_database(new_database) -> dict:
    return new_database(f"{connections['default'].settings_dict['NAME']}_kept")[0]


@pytest.fixture
def site(turn_to, shipped_database, monkeypatch):
    """A site with the shipped pages in PostgreSQL, and the programs of its version."""
    monkeypatch.setenv("PATH", f"{PROGRAMS}:{os.environ['PATH']}")
    with turn_to("here", shipped_database) as folder:
        yield folder


@pytest.fixture
def quick_tables(monkeypatch):
    """Tables as the models have them, for a target of a move: migrations take ten seconds."""

    class NoMigrations:
        def __contains__(self, app):
            return True

        def __getitem__(self, app):
            return None

    every = list(MigrationLoader(None).disk_migrations)

    def make_tables():
        with override_settings(MIGRATION_MODULES=NoMigrations()):
            call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        for app, name in every:
            recorder.record_applied(app, name)

    monkeypatch.setattr(moving, "migrate", make_tables)


def number_of_rows() -> dict[str, int]:
    rows, _migrations = databases.contents(connection)
    return {
        table: number
        for table, number in rows.items()
        if table not in ("django_session", "django_migrations")
    }


def test_all_of_it_moves_to_sqlite_and_back(site, client, turn_to, new_database, quick_tables):
    log_in(client)
    before, rows = publications(), number_of_rows() | {"treatments_session": 0}
    Clinic.objects.update(address_en="12 Lake Road", hours=[{"days": [0], "from": "09:00"}])
    run("move_database", f"sqlite:///{site / 'moved.sqlite3'}")
    assert publications() == before, "the database of before stays"
    settings_dict, address = new_database()
    sqlite = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(site / "moved.sqlite3")}
    with turn_to("sqlite", sqlite | {"OPTIONS": {}}):
        assert connection.vendor == "sqlite"
        assert publications() == before and number_of_rows() == rows
        assert not is_signed_in(client)
        assert "compare" not in run("move_database", address)
    with turn_to("back", settings_dict):
        assert publications() == before and number_of_rows() == rows
        assert Clinic.objects.get().address_en == "12 Lake Road"
        assert Clinic.objects.get().hours == [{"days": [0], "from": "09:00"}]
        newest = Snapshot.objects.order_by("pk").last()
        treatment = Treatment.objects.create(slug="one-more")
        assert treatment.pk > newest.treatment_id, "numbers go on where they were"
        token = PageChange.objects.get(subject="site").token
        Clinic.objects.update(address_en="13 Lake Road")
        assert PageChange.objects.get(subject="site").token != token, "triggers are there"


def test_a_move_that_fails_leaves_the_other_database_empty(
    site, turn_to, new_database, quick_tables, monkeypatch
):
    digests = iter(range(1000))
    monkeypatch.setattr(moving, "_digest", lambda model, database: (next(digests), ""))
    assert "differs" in refused("move_database", f"sqlite:///{site / 'other.sqlite3'}")
    assert [path.name for path in site.iterdir()] == ["pages"]
    settings_dict, address = new_database()
    other = connections["default"].settings_dict | settings_dict
    monkeypatch.setattr(moving, "_settings_of", lambda url: other)  # though of the same kind
    assert "differs" in refused("move_database", address)
    with turn_to("other", settings_dict):
        assert connection.introspection.table_names() == []


def test_what_cannot_be_moved_is_said_and_left_alone(site, new_database, turn_to):
    _settings, address = new_database()
    assert "same kind" in refused("move_database", address)
    assert "must begin with" in refused("move_database", "mysql://somewhere/name")
    there = site / "there.sqlite3"
    there.write_bytes(b"something")
    assert "is there already" in refused("move_database", f"sqlite:///{there}")
    (site / "left.sqlite3-wal").write_bytes(b"of another database")
    assert "left.sqlite3-wal is there already" in refused(
        "move_database", f"sqlite:///{site / 'left.sqlite3'}"
    )
    assert "no folder" in refused("move_database", f"sqlite:///{site / 'no' / 'db'}")
    with machine_lock("keeper"):
        assert "The site is running" in refused("move_database", f"sqlite:///{site / 'new'}")
    assert there.read_bytes() == b"something"


def test_the_address_may_be_asked_for(site, monkeypatch):
    monkeypatch.setattr(f"{move_database.__name__}.getpass", lambda prompt: "mysql://x/y ")
    assert "must begin with sqlite:// or postgres://" in refused("move_database", "-")


def test_a_dump_is_kept_checked_and_restored(site, client, turn_to, new_database):
    before = publications()
    log_in(client)
    run("backup")
    path = backup_in(site)
    assert "session:" not in run("verify_backup", path)
    assert "Database: PostgreSQL" in run("verify_backup", path)
    Publication.objects.all().delete()
    said = run("restore", path, yes_replace_everything=True)
    assert publications() == before and "before-restore-" in said
    [kept] = (site / "backups").glob("before-restore-*")
    assert "treatments_publication:" not in run("verify_backup", kept)
    settings_dict, _address = new_database()
    with turn_to("there", settings_dict):
        run("restore", path)
        assert publications() == before and not is_signed_in(client)


def test_a_restore_that_fails_leaves_what_was_there(site, monkeypatch):
    run("backup")
    Publication.objects.filter(language="en").delete()
    now = publications()
    run_program = restoring.run_postgresql

    def break_off(connection, *arguments):
        with open(arguments[-1].removeprefix("--file="), "a") as script:
            script.write("SELECT nothing_of_that_name;")
        run_program(connection, *arguments)

    monkeypatch.setattr(restoring, "run_postgresql", break_off)
    error = refused("restore", backup_in(site), yes_replace_everything=True)
    assert "nothing_of_that_name" in error and publications() == now


def test_a_restore_that_breaks_off_after_the_change_says_that_it_is_half_done(site, monkeypatch):
    run("backup")
    path = backup_in(site)
    with monkeypatch.context() as broken:
        broken.setattr(restoring, "migrate", ctrl_c)
        said = interrupted("restore", path, yes_replace_everything=True)
    [kept] = (site / "backups").glob("before-restore-*")
    assert "Nothing was restored" not in said
    assert "Restore it once more." in said and str(kept) in said


def test_a_program_that_is_missing_or_too_old_is_named(site, monkeypatch, tmp_path):
    program = tmp_path / "pg_dump"
    program.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "pg_dump is of PostgreSQL 9" in refused("backup")
    program.unlink()
    assert "apt-get install postgresql-client" in refused("backup")
    assert not list((site / "backups").iterdir())
