"""What pages need: whatever is broken is found and named, with what to do."""

import sqlite3
from contextlib import closing

import pytest
from django.db import connection
from django.utils import timezone

from treatments.keeping import integrity
from treatments.models import Clinic, Picture, Publication, Snapshot, Treatment, triggers
from treatments.publishing.snapshots import save_snapshot

from ..migrations import newest
from ..publishing.reading import publish_as_read
from .looking import run

PHOTO = "media/pictures/0123456789abcdef-480.jpg"


def faults(capsys=None) -> str:
    from io import StringIO

    from django.core.management import CommandError, call_command

    said = StringIO()
    with pytest.raises(CommandError, match="Found"):
        call_command("check_integrity", stdout=said, stderr=StringIO())
    return said.getvalue()


def test_a_whole_site_has_no_faults(here):
    assert "All is there" in run("check_integrity")


def test_a_version_that_was_changed_by_hand_is_found(here):
    snapshot = Snapshot.objects.first()
    changed = snapshot.document.replace("pregnant", "not pregnant", 1)
    Snapshot.objects.filter(pk=snapshot.pk).update(document=changed)
    assert f"Version {snapshot.pk} of {snapshot.treatment.slug} is not what was saved" in faults()
    Snapshot.objects.filter(pk=snapshot.pk).update(document=changed[:1000])
    assert "cannot be read" in faults()


def test_a_publication_that_says_other_words_is_found(here):
    publication = Publication.objects.first()
    Publication.objects.filter(pk=publication.pk).update(title="Another title")
    assert f"Publication {publication.pk} is not what" in faults()


def test_a_photo_of_a_live_page_that_is_not_there_is_found(here):
    size = {"width": 480, "height": 320}
    treatment = Treatment.objects.get(slug="iontophoresis")
    Picture.objects.create(name="0123456789abcdef", uploaded_at=timezone.now(), **size)
    alt = {"alt_en": "Two hands rest in trays.", "alt_bn": "দুটি হাত ট্রেতে রাখা।"}
    treatment.photo_set.create(uid="photo-1", image="0123456789abcdef", **size, **alt)
    snapshot = save_snapshot(treatment, now=timezone.now())
    for end in ("avif", "webp"):
        (here / PHOTO).with_suffix(f".{end}").write_bytes(b"photo")
    publish_as_read(snapshot, ["en", "bn"], now=timezone.now())
    assert "All is there" in run("check_integrity")
    (here / PHOTO).unlink()
    said = faults()
    assert "0123456789abcdef-480.jpg is not there" in said and "iontophoresis (bn)" in said


def test_rows_that_point_at_nothing_are_found(here):
    connection.close()
    with sqlite3.connect(here / "db.sqlite3") as database:
        database.execute("UPDATE treatments_publication SET snapshot_id = 999 WHERE id = 1")
    assert "points at a row of treatments_snapshot that is not there" in faults()


def test_a_damaged_file_is_found(here):
    connection.close()
    with (here / "db.sqlite3").open("r+b") as file:
        file.seek(60_000)
        file.write(b"\xff" * 300_000)
    assert "The database is damaged" in faults()


def test_a_whole_file_that_cannot_be_read_is_not_called_damaged(here, monkeypatch):
    """What stands in its way is said, and as whom it was tried."""
    connection.close()
    (here / "db.sqlite3-wal").mkdir()  # as good as a file that this user may not open
    said = faults()
    assert "cannot be read as the user" in said and "unable to open" in said
    assert "Whose are" in said and "damaged" not in said and "Restore" not in said
    (here / "db.sqlite3-wal").rmdir()
    monkeypatch.setattr(integrity, "faults_of_sqlite", full)
    said = faults()
    assert "make room" in said and "damaged" not in said


def full(path):
    """SQLite itself, in a file that may not grow."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript("PRAGMA max_page_count = 1; CREATE TABLE a (b)")


def test_what_a_start_puts_right_is_found(here):
    triggers.remove(connection)
    Clinic.objects.all().delete()
    assert "Triggers are missing" in faults()
    triggers.install(connection)
    assert "clinic's details are not there" in faults()
    last, _before = newest()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE name = %s", [last])
    assert f"has not had treatments.{last} yet" in faults()


def test_no_database_is_said(turn_to):
    with turn_to("empty") as folder:
        assert "There is no database" in faults()
        assert not (folder / "db.sqlite3").exists()
