"""The files of photos: handed out to patients and to staff, swept, kept in a bucket."""

import os
from datetime import timedelta

import boto3
import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from moto import mock_aws

from treatments.models import LANGUAGES, Photo, Picture, Publication, Treatment
from treatments.photos import storage
from treatments.photos.processing import make_renditions
from treatments.publishing.publish import withdraw
from treatments.publishing.snapshots import save_snapshot

from ..conftest import FORM, NOW
from ..migrations import migration
from ..publishing.reading import publish_as_read
from ..sheet import TextForm
from .pictures import photo
from .uploading import ALT, errors_of, file_of, put, with_a_photo

# --- A database from before it was kept which publication shows what ------------------------------


def test_what_was_live_before_shows_its_photos_after_the_update(live, iontophoresis):
    Publication.pictures.through.objects.all().delete()
    Picture.objects.all().delete()
    assert Client().get(file_of(live.image)).status_code == 404
    migration("picture_removed").link_publications(apps, connection.schema_editor())
    assert Client().get(file_of(live.image)).status_code == 200
    assert Publication.objects.filter(pictures__name=live.image).count() == 2


# --- The files ------------------------------------------------------------------------------------


@pytest.fixture
def live(iontophoresis) -> Photo:
    """A photo on a page that is live in both languages."""
    row = with_a_photo(iontophoresis)
    publish_as_read(save_snapshot(iontophoresis, now=timezone.now()), LANGUAGES, now=timezone.now())
    return row


def test_a_file_is_asked_for_each_time_and_can_do_nothing_but_be_looked_at(live):
    reader = Client()
    for extension, kind in (("avif", "image/avif"), ("webp", "image/webp"), ("jpg", "image/jpeg")):
        address = file_of(live.image, 480, extension)
        response = reader.get(address)
        assert response["Content-Type"] == kind
        assert response["Cache-Control"] == "public, max-age=0, s-maxage=1, stale-if-error=10"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response["Content-Security-Policy"] == "default-src 'none'"
        assert not response.cookies and not response.has_header("Vary")
        again = reader.get(address, HTTP_IF_NONE_MATCH=response["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        assert again["Cache-Control"] == response["Cache-Control"]
        assert reader.head(address).status_code == 200
        assert reader.post(address, content_type=FORM).status_code == 405


def is_for_staff_alone(staff, name: str) -> bool:
    there, unknown = (Client().get(file_of(each)) for each in (name, "0" * 16))
    for_staff = staff.get(file_of(name))
    assert for_staff.status_code == 200 and for_staff["Cache-Control"] == "private, no-store"
    assert (unknown.status_code, unknown.content) == (404, Client().get("/nothing").content)
    return (there.status_code, there.content, there.headers) == (
        404,
        unknown.content,
        unknown.headers,
    )


def test_a_photo_is_patients_only_while_a_live_page_shows_it(staff, iontophoresis):
    row = with_a_photo(iontophoresis)
    assert is_for_staff_alone(staff, row.image)
    with_it = save_snapshot(iontophoresis, now=timezone.now())
    assert is_for_staff_alone(staff, row.image)
    publish_as_read(with_it, LANGUAGES, now=timezone.now(), at=timezone.now() + timedelta(days=1))
    assert is_for_staff_alone(staff, row.image)

    publish_as_read(with_it, LANGUAGES, now=timezone.now())
    assert Client().get(file_of(row.image)).status_code == 200
    withdraw(iontophoresis, ["en"], now=timezone.now())
    assert Client().get(file_of(row.image)).status_code == 200
    withdraw(iontophoresis, ["bn"], now=timezone.now())
    assert is_for_staff_alone(staff, row.image)


def test_a_photo_taken_off_a_live_page_is_gone_with_its_publication(staff, live, iontophoresis):
    live.delete()
    snapshot = save_snapshot(iontophoresis, now=timezone.now())
    assert Client().get(file_of(live.image)).status_code == 200
    publish_as_read(snapshot, LANGUAGES, now=timezone.now())
    assert is_for_staff_alone(staff, live.image)


def test_who_has_a_login_and_no_role_is_no_staff(client, django_user_model, small):
    person = django_user_model.objects.create_user("person", password="x", is_staff=True)
    client.force_login(person)
    assert client.get(file_of(small.image)).status_code == 404
    person.groups.add(Group.objects.get(name="Reviewer"))
    assert client.get(file_of(small.image)).status_code == 200
    for field in ("is_staff", "is_active"):
        django_user_model.objects.filter(pk=person.pk).update(**{field: False})
        assert client.get(file_of(small.image)).status_code == 404


def test_a_photo_costs_a_reader_no_document_however_many_there_are(live):
    with CaptureQueriesContext(connection) as queries:
        Client().get(file_of(live.image))
    assert not [query for query in queries if '"document"' in query["sql"]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "0123456789abcdef-480.jpg",
        "0123456789abcdef-481.jpg",
        "0123456789abcdef-480.svg",
        "0123456789ABCDEF-480.jpg",
        "../db.sqlite3",
        "..%2F..%2Fdb.sqlite3",
        "",
    ],
)
def test_nothing_else_is_handed_out(client, path):
    assert client.get(f"/media/pictures/{path}").status_code == 404


def aged(media, days: int) -> None:
    then = (timezone.now() - timedelta(days=days)).timestamp()
    for path in media.iterdir():
        os.utime(path, (then, then))
    Picture.objects.update(uploaded_at=timezone.now() - timedelta(days=days))


def test_the_sweep_takes_what_nothing_shows_and_leaves_what_a_version_shows(
    iontophoresis, media, capsys
):
    row = with_a_photo(iontophoresis)
    save_snapshot(iontophoresis, now=timezone.now())
    row.delete()
    save_snapshot(iontophoresis, now=timezone.now())
    draft = with_a_photo(iontophoresis)
    draft.image = storage.store_photo(make_renditions(photo(700, 500)), now=timezone.now()).name
    draft.save()  # by a row only
    lost = storage.store_photo(make_renditions(photo(800, 500)), now=timezone.now()).name
    (media / "half.123").write_bytes(b"what a killed process left")
    aged(media, days=2)
    just_now = storage.store_photo(make_renditions(photo(900, 500)), now=timezone.now()).name

    call_command("sweep_pictures")
    assert capsys.readouterr().out == "4 files removed.\n"
    left = {path.name.partition("-")[0] for path in media.iterdir()}
    assert left == {row.image, draft.image, just_now}
    assert set(Picture.objects.values_list("name", flat=True)) == left
    assert lost not in left
    call_command("sweep_pictures")
    assert capsys.readouterr().out == "0 files removed.\n"


def test_an_upload_of_long_ago_that_is_chosen_again_outlives_the_sweep(db, media):
    name = storage.store_photo(make_renditions(photo()), now=timezone.now()).name
    aged(media, days=9)
    storage.store_photo(make_renditions(photo()), now=timezone.now())
    assert storage.delete_unused(now=timezone.now()) == []
    assert Picture.objects.get().name == name


@pytest.fixture
def bucket(settings, monkeypatch):
    """An S3-compatible bucket, as MEDIA_BUCKET configures it, in this process alone."""
    keys = {"access_key": "key", "secret_key": "secret", "region_name": "us-east-1"}
    with mock_aws():
        made = boto3.resource("s3", "us-east-1").create_bucket(Bucket="photos")
        settings.STORAGES = settings.STORAGES | {
            "default": {
                "BACKEND": "storages.backends.s3.S3Storage",
                "OPTIONS": {"bucket_name": "photos", **keys},
            }
        }
        yield made


def test_photos_in_a_bucket_are_kept_handed_out_and_swept(staff, bare, bucket, media):
    assert put(staff, bare, photo()).status_code == 302
    name = bare.photo_set.get().image
    assert len(list(bucket.objects.all())) == 9 and not media.exists()
    answer = staff.get(f"/media/pictures/{name}-480.jpg")
    assert answer.status_code == 200 and b"".join(answer)[:2] == b"\xff\xd8"
    assert Client().get("/media/pictures/0123456789abcdef-480.jpg").status_code == 404

    lost = storage.store_photo(make_renditions(photo(800, 500)), now=timezone.now()).name
    assert storage.delete_unused(now=timezone.now()) == []
    swept = storage.delete_unused(now=timezone.now() + timedelta(days=2))
    assert swept and all(f"/{lost}-" in path for path in swept)
    assert {file.key.split("/")[1][:16] for file in bucket.objects.all()} == {name}


def test_a_bucket_that_is_away_is_said_and_loses_nothing(staff, bare, bucket):
    bucket.delete()
    response = put(staff, bare, photo())
    assert "The photo could not be kept" in errors_of(response)
    assert TextForm(staff, response).says["alt_en"] == ALT["en"]


def test_the_sweep_has_nothing_to_do_before_the_first_photo(db):
    assert storage.delete_unused(now=NOW) == []


def test_the_pictures_of_a_deleted_treatment_go_with_the_next_sweep(iontophoresis, media):
    with_a_photo(iontophoresis)
    save_snapshot(iontophoresis, now=timezone.now())
    Publication.objects.all().delete()
    Treatment.objects.get(pk=iontophoresis.pk).delete()
    storage.delete_unused(now=timezone.now() + timedelta(days=2))
    assert not list(media.iterdir())
