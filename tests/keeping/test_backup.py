"""Backups: what they hold, and when there is none."""

import json
import os
import tarfile
import threading
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import connections
from django.utils import timezone

from treatments.keeping import backups
from treatments.keeping.databases import as_default, open_beside
from treatments.models import LANGUAGES, Publication, Session, Treatment
from treatments.publishing.publish import withdraw

from ..publishing.reading import publish_as_read
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
MORNING = datetime(2026, 3, 9, 4, 0, tzinfo=UTC)


def last(folder) -> dict:
    return json.loads((folder / "last_backup.json").read_text())


def wal(folder) -> bytes:
    """What has been written to the database lately."""
    path = folder / "db.sqlite3-wal"
    return path.read_bytes() if path.exists() else b""


def left_in(folder) -> list[str]:
    """What lies there, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_is_one_file_for_its_owner_alone_and_any_tar_reads_it(here):
    said = run("backup")
    path = backup_in(here)
    assert str(path) in said and path.stat().st_mode & 0o777 == 0o600
    with tarfile.open(path) as tar:
        assert tar.getnames() == ["database.sqlite3", PHOTO, "manifest.json"]
        assert tar.extractfile(PHOTO).read() == (here / PHOTO).read_bytes()
    assert last(here) == {
        "finished_at": last(here)["finished_at"],
        "path": str(path),
        "bytes": path.stat().st_size,
        "verified": True,
        "error": None,
    }
    datetime.fromisoformat(last(here)["finished_at"])
    assert not [name for name in left_in(here) if name.startswith(".")]


def test_verify_backup_says_what_it_holds(here):
    run("backup")
    said = run("verify_backup", backup_in(here))
    assert "is whole" in said and "Photos: 1 files" in said
    assert f"treatments_publication: {Publication.objects.count()}\n" in said


def test_who_reads_a_backup_is_not_logged_in_by_it(here, client):
    key = log_in(client)
    run("backup")
    with tarfile.open(backup_in(here)) as tar:
        kept = tar.extractfile("database.sqlite3").read()
    assert key.encode() in (here / "db.sqlite3").read_bytes() + wal(here)
    assert key.encode() not in kept
    assert "session:" not in run("verify_backup", backup_in(here))
    assert Session.objects.filter(pk=key).exists() and is_signed_in(client)


def test_a_photo_with_two_names_is_kept_under_both(here):
    """As `cp --link` and what saves room on a disk make them."""
    os.link(here / PHOTO, here / "media" / "again.jpg")
    run("backup")
    with tarfile.open(backup_in(here)) as tar:
        for name in (PHOTO, "media/again.jpg"):
            assert tar.extractfile(tar.getmember(name)).read() == (here / PHOTO).read_bytes()
            assert tar.getmember(name).isreg()


def test_a_backup_while_somebody_publishes_is_of_one_moment(here, turn_to):
    """She publishes both languages in one transaction, and withdraws them in another."""
    stop, published, failures = threading.Event(), threading.Event(), []
    database = connections["default"].settings_dict

    def publish_and_withdraw():
        other = open_beside(database)
        try:
            with as_default(other):
                treatment = Treatment.objects.first()
                while not stop.is_set():
                    now = timezone.now()
                    withdraw(treatment, LANGUAGES, now=now)
                    publish_as_read(treatment.snapshots.first(), LANGUAGES, now=now)
                    published.set()
        except Exception as error:
            failures.append(error)
        finally:
            published.set()
            other.close()

    staff = threading.Thread(target=publish_and_withdraw)
    staff.start()
    published.wait()
    run("backup", here / "kept.tar.gz")
    stop.set()
    staff.join()
    assert not failures
    everything = {row[:2]: row[-1] for row in publications()}
    with turn_to("there") as there:
        run("restore", here / "kept.tar.gz")
        kept = publications()
        assert len(kept) > 6 and {row[:2]: row[-1] for row in kept}.items() <= everything.items()
        moments = Counter(row[4] for row in kept if row[5] is None)
        assert all(number % 2 == 0 for number in moments.values()), "half of a publication"
        assert (there / PHOTO).read_bytes() == (here / PHOTO).read_bytes()


# --- No backup ----------------------------------------------------------------------------------


def test_a_backup_that_fails_leaves_the_last_whole_one_in_the_note(here):
    refused("backup", here / "nowhere" / "a.tar.gz")
    assert last(here)["last_whole"] is None
    run("backup")
    whole = last(here)
    for _again in range(2):
        refused("backup", here / "nowhere" / "a.tar.gz")
        assert last(here)["verified"] is False and last(here)["last_whole"] == whole


def full_disk(*arguments, **options):
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("destination", "says"),
    [
        ("nowhere/backup.tar.gz", "There is no folder"),
        ("db.sqlite3", "is there already"),
        ("disk", "There is no folder"),
        ("backup.tar.gz.age", "ends in .tar.gz."),  # which is not encrypted
    ],
)
def test_a_mistyped_path_is_an_error_and_leaves_nothing(here, destination, says):
    before = (here / "db.sqlite3").read_bytes()
    error = refused("backup", here / destination)
    assert says in error and "\n" not in error
    assert (here / "db.sqlite3").read_bytes() == before
    assert set(left_in(here)) <= {"db.sqlite3", "last_backup.json", "media", "pages"}
    assert says in last(here)["error"] and last(here)["verified"] is False


def test_without_a_database_there_is_no_backup_and_no_database_either(turn_to):
    with turn_to("empty") as folder:
        assert "There is no database" in refused("backup")
        assert not (folder / "db.sqlite3").exists() and not left_in(folder / "backups")


def test_a_damaged_database_is_said_and_not_kept(here):
    with (here / "db.sqlite3").open("r+b") as file:
        file.seek(60_000)
        file.write(b"\xff" * 300_000)
    assert "The database" in refused("backup") or "damaged" in last(here)["error"]
    assert not left_in(here / "backups")


@pytest.mark.parametrize("step", ["_add_photos", "_check", "sync_folder"])
def test_whatever_fails_on_the_way_no_half_backup_is_taken_for_one(here, monkeypatch, step):
    monkeypatch.setattr(backups, step, full_disk)
    assert "No space left on device" in refused("backup")
    assert not [name for name in left_in(here / "backups") if step != "sync_folder"]
    assert last(here)["error"] == "No space left on device"


def test_one_that_is_stopped_says_so_in_a_line(here, monkeypatch):
    """It is not told as a failure: whoever has stopped it knows."""
    run("backup")
    whole, path = last(here), backup_in(here)
    monkeypatch.setattr(backups, "_check", ctrl_c)
    said = interrupted("backup", here / "another.tar.gz")
    assert said == "No backup was taken. It was stopped."
    assert interrupted("verify_backup", path) == "It was stopped."
    assert last(here) == whole
    assert not [name for name in left_in(here) if "another" in name]


def test_what_a_killed_backup_left_goes_with_the_next_one(here):
    half = here / "backups" / ".iontoinfo-2026-01-01T000000Z.tar.gz.half"
    half.parent.mkdir()
    half.write_bytes(b"half")
    fresh = half.with_name(".iontoinfo-2026-01-02T000000Z.tar.gz.half")
    fresh.write_bytes(b"another site's, under way")
    os.utime(half, (0, 0))
    run("backup")
    assert not half.exists() and fresh.exists()


def test_two_at_a_time_do_not_get_in_each_others_way(here):
    with backups.workspace():
        assert "Another backup is being taken" in refused("backup")


def test_root_is_told_to_run_it_as_the_sites_user(here, monkeypatch):
    """Or the site could not write where root has written."""
    owner = here.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(backups, "_owner_of", lambda folder: owner + 1)
    assert f"setpriv --reuid {owner + 1}" in refused("backup")


# --- Old ones -----------------------------------------------------------------------------------


def test_keep_removes_the_oldest_of_its_own_and_nothing_else(here):
    folder = here / "backups"
    folder.mkdir()
    own = [folder / f"iontoinfo-2026-01-0{day}T000000Z.tar.gz" for day in range(1, 5)]
    others = [folder / name for name in ("iontoinfo-old.tar.gz", "iontoinfo-2026-01-01T000000Z.tar.gz.txt", "notes")]  # fmt: skip
    for path in (*own, *others):
        path.write_bytes(b"kept")
    run("backup", keep=3)
    [new] = set(folder.iterdir()) - {*own, *others}
    assert sorted(folder.iterdir()) == sorted([*own[2:], *others, new])


def test_a_backup_that_fails_removes_no_older_one(here, monkeypatch):
    folder = here / "backups"
    folder.mkdir()
    old = folder / "iontoinfo-2026-01-01T000000Z.tar.gz"
    old.write_bytes(b"kept")
    monkeypatch.setattr(backups, "_check", full_disk)
    refused("backup", keep=1)
    assert old.exists()
    assert "from 1" in refused("backup", keep=0) and old.exists()


# --- Where photos are in a bucket ---------------------------------------------------------------


def test_photos_in_a_bucket_are_said_not_to_be_in_it(here, settings):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    }
    run("backup")
    assert "Photos: not in it" in run("verify_backup", backup_in(here))
