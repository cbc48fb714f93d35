"""The way back: what is refused, what is kept, and what patients read afterwards."""

import json
import sqlite3
from contextlib import closing

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from treatments.keeping import archive, backups, databases, restoring
from treatments.models import PageChange, Picture, Publication, Treatment
from treatments.page_cache import invalidation
from treatments.publishing.photos import remove_photo
from treatments.publishing.snapshots import save_snapshot

from ..migrations import newest
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

PHOTO = "media/pictures/0123456789abcdef-480.jpg"


@pytest.fixture
def kept(here):
    """The site as it was backed up; then everything that is live is withdrawn."""
    run("backup")
    Publication.objects.update(live_until=timezone.now())
    return backup_in(here)


@pytest.fixture
def typed(monkeypatch):
    """`typed("word")` is what the operator answers."""
    return lambda word: monkeypatch.setattr("builtins.input", lambda question: word)


def test_into_an_empty_place_it_goes_by_itself(kept, turn_to, here):
    before = publications()
    with turn_to("there") as there:
        said = run("restore", kept)
        assert "The site is as it was" in said and "before" not in said
        assert [row[:2] for row in publications()] == [row[:2] for row in before]
        assert Publication.objects.filter(live_until=None).count() == 6
        assert (there / PHOTO).read_bytes() == (here / PHOTO).read_bytes()
        assert not [path for path in there.iterdir() if path.name.startswith(".")]


def test_a_site_is_replaced_only_by_the_word_and_what_was_there_stays_beside(kept, here, typed):
    now = publications()
    assert "Say --replace" in refused("restore", kept)
    typed("yes")
    assert "not typed" in refused("restore", kept, replace=True)
    assert publications() == now
    typed("replace")
    said = run("restore", kept, replace=True)
    assert Publication.objects.filter(live_until=None).count() == 6
    [before] = here.glob("db.sqlite3.before-*[0-9]Z")
    assert str(before) in said
    with closing(sqlite3.connect(before)) as database:
        withdrawn = "SELECT COUNT(*) FROM treatments_publication WHERE live_until IS NOT NULL"
        assert database.execute(withdrawn).fetchone() == (6,)


def test_no_finished_page_of_before_is_trusted(kept, here):
    invalidation.sync()
    token = PageChange.objects.get(subject="site").token
    assert invalidation.load_ledger()
    run("restore", kept, yes_replace_everything=True)
    assert invalidation.load_ledger() is None
    assert PageChange.objects.get(subject="site").token != token


def test_nobody_is_signed_in_by_a_backup_that_still_has_sessions(here, client, monkeypatch):
    log_in(client)
    with monkeypatch.context() as earlier:
        earlier.setattr(databases, "session_tables", list)
        run("backup")
        assert "treatments_session: 1" in run("verify_backup", backup_in(here))
    run("restore", backup_in(here), yes_replace_everything=True)
    assert not is_signed_in(client)


def test_while_the_site_runs_nothing_is_restored(kept, monkeypatch):
    """Which is said before anybody is asked."""
    now = publications()
    with invalidation.machine_lock("keeper"):
        assert "The site is running" in refused("restore", kept, yes_replace_everything=True)
        monkeypatch.setattr("builtins.input", ctrl_c)  # would end otherwise
        assert "The site is running" in refused("restore", kept, replace=True)
    assert publications() == now


def test_a_damaged_database_can_be_replaced(kept, here):
    (here / "db.sqlite3").write_bytes(b"no database at all" * 1000)
    for end in ("-wal", "-shm"):
        (here / f"db.sqlite3{end}").unlink(missing_ok=True)
    assert "Say --replace" in refused("restore", kept)
    run("restore", kept, yes_replace_everything=True)
    assert Publication.objects.filter(live_until=None).count() == 6


def test_what_is_left_of_another_database_is_not_read_with_the_new_one(kept, here, turn_to):
    Publication.objects.update(title="Of another database")
    left = {end: (here / f"db.sqlite3{end}").read_bytes() for end in ("-wal", "-shm")}
    with turn_to("there") as there:
        for end, data in (left | {"-journal": b"a journal"}).items():
            (there / f"db.sqlite3{end}").write_bytes(data)
        said = run("restore", kept)
        assert Publication.objects.filter(live_until=None).count() == 6
        assert not Publication.objects.filter(title="Of another database").exists()
        assert databases.faults_of_sqlite(there / "db.sqlite3") == []
        [wal] = there.glob("db.sqlite3.before-*Z-wal")
        assert wal.read_bytes() == left["-wal"] and str(wal).removesuffix("-wal") in said


@pytest.mark.parametrize("step", ["link", "replace"])
def test_when_the_change_of_names_breaks_off_both_are_whole(kept, here, monkeypatch, step):
    """Whatever had been written last among it, which does not stand in the database's file yet."""
    now = publications()
    with monkeypatch.context() as broken:
        broken.setattr(restoring.os, step, killed)
        with pytest.raises(SystemExit):
            run("restore", kept, yes_replace_everything=True)
    connection.close()
    assert publications() == now
    for before in here.glob("db.sqlite3.before-*"):
        connection.close()
        before.rename(here / "db.sqlite3")
        assert databases.faults_of_sqlite(here / "db.sqlite3") == []
        assert publications() == now


def killed(*arguments, **options):
    raise SystemExit


def test_a_restore_that_runs_out_of_room_leaves_nothing_half_written(kept, here, monkeypatch):
    def copy(source, target):
        target.write_bytes(b"half")
        error = OSError(28, "No space left on device")
        error.filename, error.filename2 = str(source), str(target)
        raise error

    monkeypatch.setattr(restoring.shutil, "copyfile", copy)
    error = refused("restore", kept, yes_replace_everything=True)
    assert f"{here}/.db.sqlite3.half: No space left" in error
    assert not [path for path in here.iterdir() if path.name.startswith(".")]


def test_a_database_that_somebody_uses_is_not_replaced(kept, here):
    now = publications()
    with closing(sqlite3.connect(here / "db.sqlite3", isolation_level=None)) as somebody:
        somebody.execute("BEGIN")
        somebody.execute("SELECT * FROM treatments_publication").fetchone()
        assert "Stop it first" in refused("restore", kept, yes_replace_everything=True)
    assert publications() == now


def full_disk(*arguments, **options):
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("step", ["_restore_photos", "_put_in_place", "migrate"])
def test_what_fails_on_the_way_leaves_the_database_of_before(kept, here, monkeypatch, step):
    now = publications()
    monkeypatch.setattr(restoring, step, full_disk)
    assert "No space left" in refused("restore", kept, yes_replace_everything=True)
    assert publications() == now
    assert not (here / ".keeping").exists()


@pytest.mark.parametrize("step", ["_restore_photos", "_put_in_place", "migrate"])
def test_one_that_is_stopped_leaves_the_database_of_before(kept, here, monkeypatch, step):
    now = publications()
    monkeypatch.setattr(restoring, step, ctrl_c)
    said = interrupted("restore", kept, yes_replace_everything=True)
    assert said == "Nothing was restored. It was stopped." and publications() == now
    monkeypatch.setattr("builtins.input", ctrl_c)
    assert interrupted("restore", kept, replace=True) == said


def test_a_damaged_backup_is_not_restored(kept):
    data = bytearray(kept.read_bytes())
    data[len(data) // 2] ^= 1
    kept.write_bytes(data)
    now = publications()
    assert "use another backup" in refused("restore", kept, yes_replace_everything=True)
    assert publications() == now


# --- Of another release, or another kind of database --------------------------------------------


def with_manifest(path, **changes):
    """The same backup, as if another program had written it."""
    out, about = path.with_name("other.tar.gz"), None
    with out.open("wb") as file:
        writer = archive.Writer(file)
        for name, member in archive._members(path):
            data = member.read()
            if name == archive.MANIFEST:
                about = json.loads(data)
                continue
            copy = path.with_name("member")
            copy.write_bytes(data)
            writer.add(name, copy)
        del about["format"], about["members"]
        writer.finish(**about | changes)
    return out


def test_a_backup_of_a_newer_release_is_refused(kept, here):
    with closing(sqlite3.connect(here / "db.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('treatments', '9999_of_tomorrow', '2030-01-01')"
        )
    run("backup", here / "newer.tar.gz")
    error = refused("restore", here / "newer.tar.gz", yes_replace_everything=True)
    assert "treatments.9999_of_tomorrow" in error and "Update the program first" in error


def test_an_older_backup_is_brought_up_to_date(kept, here, turn_to):
    last, before = newest()
    call_command("migrate", "treatments", before, verbosity=0)
    with closing(sqlite3.connect(here / "db.sqlite3")) as database, database:
        database.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('gone', '0001', '2020-01-01')")  # fmt: skip
    run("backup", here / "older.tar.gz")
    with turn_to("there") as there:
        run("restore", here / "older.tar.gz")
        with closing(sqlite3.connect(there / "db.sqlite3")) as database:
            names = {name for (name,) in database.execute("SELECT name FROM django_migrations")}
        assert last in names


def test_a_backup_of_postgresql_is_not_for_sqlite(kept, monkeypatch):
    monkeypatch.setattr(
        backups, "_check", lambda plain, folder: (archive.check(plain, folder), folder)
    )
    monkeypatch.setitem(archive.DATABASE, "postgresql", "database.sqlite3")
    other = with_manifest(kept, database="postgresql")
    error = refused("restore", other, yes_replace_everything=True)
    assert "a backup of PostgreSQL" in error and "move_database" in error


# --- A photo that somebody wants gone -----------------------------------------------------------


def test_a_photo_that_was_removed_since_is_named(here):
    treatment = Treatment.objects.get(slug="iontophoresis")
    size = {"width": 480, "height": 320}
    picture = Picture.objects.create(name="0123456789abcdef", uploaded_at=timezone.now(), **size)
    treatment.photo_set.create(uid="photo-1", image=picture.name, **size)
    save_snapshot(treatment, now=timezone.now())
    run("backup")
    remove_photo(picture, because="consent", now=timezone.now())
    said = run("restore", backup_in(here), yes_replace_everything=True)
    assert "Remove it again: 0123456789abcdef" in said and "iontophoresis" in said
    assert (here / PHOTO).exists()
