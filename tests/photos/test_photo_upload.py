"""A photo's way from the change page to patients."""

import json
import os
from datetime import timedelta
from importlib import import_module

import boto3
import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from moto import mock_aws

from treatments.document.content import in_language
from treatments.document.json_form import parse
from treatments.language.text import format_json
from treatments.models import (
    LANGUAGES,
    LoadedContent,
    Photo,
    Picture,
    Publication,
    Snapshot,
    Treatment,
)
from treatments.photos import storage
from treatments.photos.processing import make_renditions
from treatments.publishing import fixtures
from treatments.publishing.publish import Refused, publish, withdraw
from treatments.publishing.snapshots import newest_snapshot, restore, save_snapshot

from ..admin_forms import form_data
from ..conftest import FORM, NOW, ROOT
from ..pages import soup, words
from .test_photos import photo, with_gps

PAGE = "/en/treatments/iontophoresis/"
ALT = {"en": "Two hands rest in trays of water.", "bn": "দুটি হাত পানির ট্রেতে রাখা।"}
CAPTION = {"en": "The trays at the clinic.", "bn": "ক্লিনিকের ট্রে।"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT / "pictures"


def change(treatment) -> str:
    return reverse("admin:treatments_treatment_change", args=[treatment.pk])


def opened(client, treatment) -> dict:
    return form_data(client.get(change(treatment)).content, "treatment_form")


def chosen(content: bytes, name: str = "IMG_20260309.jpg", number: int = 0) -> dict:
    """The fields of a new photo, as a browser sends them."""
    prefix = f"photo_set-{number}"
    texts = {f"{prefix}-alt_{code}": ALT[code] for code in LANGUAGES}
    texts |= {f"{prefix}-caption_{code}": CAPTION[code] for code in LANGUAGES}
    upload = SimpleUploadedFile(name, content, content_type="image/jpeg")
    return {
        "photo_set-TOTAL_FORMS": str(number + 1),
        f"{prefix}-upload": upload,
        f"{prefix}-image": "",
        f"{prefix}-position": "0",
        **texts,
    }


def save(client, treatment, **fields):
    data = opened(client, treatment) | {"_continue": "1"} | fields
    return client.post(change(treatment), data)


@pytest.fixture
def shown(staff, iontophoresis):
    """A treatment whose newest snapshot has a photo."""
    assert save(staff, iontophoresis, **chosen(with_gps(6))).status_code == 302
    return iontophoresis.photo_set.get()


@pytest.fixture
def bare(site) -> Treatment:
    """A draft without a word in it: a small change page."""
    return Treatment.objects.create(slug="bare")


@pytest.fixture
def small(staff, bare) -> Photo:
    """The photo of a draft that has nothing else."""
    assert save(staff, bare, **chosen(photo(600, 400))).status_code == 302
    return bare.photo_set.get()


def with_a_photo(treatment) -> Photo:
    """The same without the admin."""
    picture = storage.store_photo(make_renditions(photo(1000, 700)), now=timezone.now())
    pairs = {f"alt_{code}": ALT[code] for code in LANGUAGES}
    size = {"image": picture.name, "width": picture.width, "height": picture.height}
    return Photo.objects.create(treatment=treatment, **size, **pairs)


# --- Choosing one ---------------------------------------------------------------------------------


def test_an_uploaded_photo_reaches_patients_when_it_is_published(shown, iontophoresis, media):
    public = Client()
    assert not soup(public.get(PAGE)).find("picture")
    publish(newest_snapshot(iontophoresis), LANGUAGES, now=timezone.now())

    with CaptureQueriesContext(connection) as queries:
        page = soup(public.get(PAGE))
    assert len(queries) <= 4
    figure = page.select_one("#photos figure")
    assert words(figure.figcaption) == CAPTION["en"]
    image = figure.img
    assert image["alt"] == ALT["en"]
    assert (image["width"], image["height"]) == (str(shown.width), str(shown.height))
    assert (shown.width, shown.height) == (960, 1280)
    assert (image["loading"], image["decoding"]) == ("lazy", "async")
    assert [source["type"] for source in figure.find_all("source")] == ["image/avif", "image/webp"]
    offered = [image["src"]] + [
        entry.split()[0]
        for element in (*figure.find_all("source"), image)
        for entry in element["srcset"].split(", ")
    ]
    assert len(set(offered)) == 6
    for address in offered:
        response = public.get(address)
        assert response.status_code == 200
        assert b"".join(response) == (media / address.rsplit("/", 1)[1]).read_bytes()

    bangla = soup(public.get(PAGE.replace("/en/", "/bn/"))).select_one("#photos figure")
    assert bangla.img["alt"] == ALT["bn"]
    assert words(bangla.figcaption) == CAPTION["bn"]


def test_the_upload_itself_is_nowhere(shown, media):
    assert len(list(media.iterdir())) == 6
    for path in media.iterdir():
        assert b"SECRET" not in path.read_bytes()


def test_the_change_page_shows_the_photo_and_saving_it_untouched_changes_nothing(
    staff, small, bare
):
    page = soup(staff.get(change(bare)))
    assert page.find("img", src=f"/media/pictures/{small.image}-480.jpg")
    before = bare.snapshots.count()
    save(staff, bare)
    assert bare.snapshots.count() == before


def test_photos_cost_the_change_page_one_query_however_many_there_are(staff, bare):
    with CaptureQueriesContext(connection) as without:
        staff.get(change(bare))
    for _number in range(3):
        with_a_photo(bare)
    with CaptureQueriesContext(connection) as queries:
        staff.get(change(bare))
    assert len(queries) == len(without)


def test_the_same_photo_again_is_the_same_picture(staff, small, bare):
    fields = chosen(photo(600, 400), number=1)
    save(staff, bare, **fields)
    assert Picture.objects.count() == 1
    assert [row.image for row in bare.photo_set.all()] == [small.image] * 2


def test_another_photo_takes_the_place_of_the_first_one(staff, small, bare):
    upload = SimpleUploadedFile("other.png", photo(500, 400))
    save(staff, bare, **{"photo_set-0-upload": upload})
    now = bare.photo_set.get()
    assert (now.uid, now.pk) == (small.uid, small.pk)
    assert now.image != small.image
    assert (now.width, now.height) == (480, 384)


def errors_of(response) -> str:
    return words(soup(response).select_one("#photo_set-group .field-upload .errorlist"))


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "x.jpg", "This is a drawing (SVG)"),
        (photo()[:5000], "x.jpg", "This photo is damaged or incomplete."),
        (b"", "x.jpg", "The submitted file is empty."),
    ],
)
def test_a_refused_file_is_explained_beside_its_field_and_every_word_is_kept(
    staff, bare, media, content, name, said
):
    fields = chosen(content, name) | {"translations-0-title": "A title just typed"}
    response = save(staff, bare, **fields)
    assert response.status_code == 200
    assert said in errors_of(response)
    again = form_data(response.content, "treatment_form")
    assert again["translations-0-title"] == "A title just typed"
    assert again["photo_set-0-alt_en"] == ALT["en"]
    assert not media.exists() and not Picture.objects.exists()
    assert not bare.photo_set.exists()


def test_a_photo_without_a_file_is_refused(staff, bare):
    fields = chosen(b"")
    del fields["photo_set-0-upload"]
    assert "Choose a photo." in errors_of(save(staff, bare, **fields))


@pytest.mark.parametrize("name", ["0" * 16, "../../../etc/passwd"])
def test_a_picture_that_is_not_there_cannot_be_named(staff, bare, name):
    fields = chosen(b"") | {"photo_set-0-image": name}
    del fields["photo_set-0-upload"]
    response = save(staff, bare, **fields)
    assert "This photo is no longer there. Choose it again." in errors_of(response)


def test_a_refused_file_leaves_the_photo_that_was_there(staff, small, bare):
    upload = SimpleUploadedFile("x.jpg", b"nothing")
    response = save(staff, bare, **{"photo_set-0-upload": upload})
    assert "This is not a photo" in errors_of(response)
    assert soup(response).find("img", src=f"/media/pictures/{small.image}-480.jpg")
    assert bare.photo_set.get().image == small.image


def test_a_page_refused_for_another_reason_still_has_its_photo(staff, bare):
    fields = chosen(photo()) | {"visit_minutes_min": "90", "visit_minutes_max": "30"}
    response = save(staff, bare, **fields)
    assert response.status_code == 200
    again = form_data(response.content, "treatment_form") | {"_continue": "1"}
    again |= {"visit_minutes_min": "30", "visit_minutes_max": "45"}
    assert staff.post(change(bare), again).status_code == 302
    assert bare.photo_set.get().width == 1440


def test_a_full_disk_is_said_and_loses_nothing(staff, bare, media):
    media.parent.mkdir()
    media.write_text("a file where the folder should be")
    response = save(staff, bare, **chosen(photo()))
    assert "The photo could not be kept" in errors_of(response)
    assert form_data(response.content, "treatment_form")["photo_set-0-alt_en"] == ALT["en"]


def test_photos_are_drawn_before_anybody_else_has_to_wait(staff, bare, monkeypatch):
    around, inside = len(connection.savepoint_ids), []

    def recorded(data):
        inside.append(len(connection.savepoint_ids))
        return make_renditions(data)

    monkeypatch.setattr("treatments.staff.photo_uploads.renditions", recorded)
    save(staff, bare, **chosen(photo()))
    assert inside == [around]


def test_who_may_not_edit_draws_no_photo(client, django_user_model, bare, media):
    reviewer = django_user_model.objects.create_user("reviewer", password="x", is_staff=True)
    reviewer.groups.add(Group.objects.get(name="Reviewer"))
    client.force_login(reviewer)
    data = {"slug": "bare"} | chosen(photo())
    assert client.post(change(bare), data).status_code == 403
    assert not media.exists() and not Picture.objects.exists()


def test_an_editor_may_upload(client, django_user_model, bare):
    person = django_user_model.objects.create_user("person", password="x", is_staff=True)
    person.groups.add(Group.objects.get(name="Editor"))
    client.force_login(person)
    assert save(client, bare, **chosen(photo())).status_code == 302
    assert Picture.objects.get().uploaded_by == person


def test_a_preview_shows_the_photo_and_keeps_no_item(staff, bare):
    data = opened(staff, bare) | chosen(photo()) | {"_preview": "en", "translations-0-title": "x"}
    response = staff.post(change(bare), data)
    image = soup(response).select_one("#photos img")
    assert staff.get(image["src"]).status_code == 200
    assert "img-src 'self'" in response["Content-Security-Policy"]
    assert not bare.photo_set.exists()


# --- Publishing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_photo_is_published_only_with_words_for_who_cannot_see_it(iontophoresis, language):
    row = with_a_photo(iontophoresis)
    setattr(row, f"alt_{language}", "")
    row.save()
    snapshot = save_snapshot(iontophoresis, now=timezone.now())
    with pytest.raises(Refused) as refusal:
        publish(snapshot, LANGUAGES, now=timezone.now())
    assert {(each.section, each.item, each.field) for each in refusal.value.blocking} == {
        ("photos", row.uid, "alt")
    }


def test_words_below_a_photo_may_be_left_out_of_both_languages_but_not_of_one(iontophoresis):
    row = with_a_photo(iontophoresis)
    publish(save_snapshot(iontophoresis, now=timezone.now()), LANGUAGES, now=timezone.now())
    row.caption_en = CAPTION["en"]
    row.save()
    with pytest.raises(Refused):
        publish(save_snapshot(iontophoresis, now=timezone.now()), LANGUAGES, now=timezone.now())


def test_a_deleted_photo_comes_back_with_the_version_that_had_it(staff, iontophoresis):
    row = with_a_photo(iontophoresis)
    snapshot = save_snapshot(iontophoresis, now=timezone.now())
    row.delete()
    save_snapshot(iontophoresis, now=timezone.now())
    storage.delete_unused(now=timezone.now() + timedelta(days=3))
    again = restore(snapshot, now=timezone.now())
    assert again.document == snapshot.document
    row = iontophoresis.photo_set.get()
    assert staff.get(f"/media/pictures/{row.image}-960.avif").status_code == 200


def moved_here(treatment, tmp_path):
    """The content of a site that has this treatment with a photo, as files."""
    fixtures.dump(tmp_path / "content")
    for model in (Treatment, LoadedContent, Picture):
        model.objects.all().delete()
    return tmp_path / "content"


def test_content_whose_photo_is_not_there_stays_a_draft_and_says_so(
    iontophoresis, media, tmp_path, capsys
):
    with_a_photo(iontophoresis)
    folder = moved_here(iontophoresis, tmp_path)
    next(media.glob("*-480.webp")).unlink()
    with pytest.raises(CommandError):
        call_command("load_content", folder)
    assert "The file of this photo is not on this site" in capsys.readouterr().err
    assert Client().get(PAGE).status_code == 404
    with pytest.raises(SystemExit):
        call_command("check_content", "iontophoresis")
    assert "The file of this photo is not on this site" in capsys.readouterr().out


def test_content_whose_photos_were_copied_here_is_published_with_them(iontophoresis, tmp_path):
    name = with_a_photo(iontophoresis).image
    call_command("load_content", moved_here(iontophoresis, tmp_path), verbosity=0)
    assert soup(Client().get(PAGE)).select_one("#photos img")["src"] == file_of(name, 960)
    assert Client().get(file_of(name, 960)).status_code == 200


# --- Documents from before there were photos ------------------------------------------------------


def as_in_schema_1(document: str) -> str:
    plain = json.loads(document)
    plain["schema"] = 1
    del plain["sections"]["photos"]
    plain["body_areas"] = [area["key"] for area in plain["body_areas"]]
    return format_json(plain)


def migration(name: str):
    (path,) = (ROOT / "treatments" / "migrations").glob(f"*_{name}.py")
    return import_module(f"treatments.migrations.{path.stem}")


@pytest.fixture
def old(iontophoresis):
    """A treatment that was saved and published by the program of that time, and updated since."""
    for snapshot in Snapshot.objects.all():
        Snapshot.objects.filter(pk=snapshot.pk).update(document=as_in_schema_1(snapshot.document))
    migration("area_names").name_areas(apps, connection.schema_editor())
    return iontophoresis


def test_an_old_document_reads_as_one_without_photos(old):
    document = parse(newest_snapshot(old).document)
    assert document.items("photos") == ()
    assert parse(document.json) == document
    assert json.loads(document.json)["schema"] == 3


def test_an_old_publication_is_still_live_and_its_reviews_hold(old):
    assert Client().get(PAGE).status_code == 200
    snapshot = newest_snapshot(old)
    for code in LANGUAGES:
        edition = in_language(parse(snapshot.document), code)
        assert edition.medical_digest == getattr(snapshot, f"medical_{code}")


def test_saving_an_old_treatment_untouched_keeps_no_new_version(staff, old):
    assert save_snapshot(old, now=NOW) is None
    save(staff, old)
    assert old.snapshots.count() == 1


def test_an_old_version_is_restored(old):
    snapshot = newest_snapshot(old)
    with_a_photo(old)
    save_snapshot(old, now=timezone.now())
    assert restore(snapshot, now=timezone.now())
    assert not old.photo_set.exists()


# --- A database from before it was kept which publication shows what ------------------------------


def test_what_was_live_before_shows_its_photos_after_the_update(live, iontophoresis):
    Publication.pictures.through.objects.all().delete()
    Picture.objects.all().delete()
    assert Client().get(file_of(live.image)).status_code == 404
    migration("picture_removed").link_publications(apps, connection.schema_editor())
    assert Client().get(file_of(live.image)).status_code == 200
    assert Publication.objects.filter(pictures__name=live.image).count() == 2


# --- The files ------------------------------------------------------------------------------------


def file_of(name: str, width: int = 480, extension: str = "jpg") -> str:
    return f"/media/pictures/{name}-{width}.{extension}"


@pytest.fixture
def live(iontophoresis) -> Photo:
    """A photo on a page that is live in both languages."""
    row = with_a_photo(iontophoresis)
    publish(save_snapshot(iontophoresis, now=timezone.now()), LANGUAGES, now=timezone.now())
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
    publish(with_it, LANGUAGES, now=timezone.now(), at=timezone.now() + timedelta(days=1))
    assert is_for_staff_alone(staff, row.image)

    publish(with_it, LANGUAGES, now=timezone.now())
    assert Client().get(file_of(row.image)).status_code == 200
    withdraw(iontophoresis, ["en"], now=timezone.now())
    assert Client().get(file_of(row.image)).status_code == 200
    withdraw(iontophoresis, ["bn"], now=timezone.now())
    assert is_for_staff_alone(staff, row.image)


def test_a_photo_taken_off_a_live_page_is_gone_with_its_publication(staff, live, iontophoresis):
    live.delete()
    snapshot = save_snapshot(iontophoresis, now=timezone.now())
    assert Client().get(file_of(live.image)).status_code == 200
    publish(snapshot, LANGUAGES, now=timezone.now())
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
    assert save(staff, bare, **chosen(photo())).status_code == 302
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
    response = save(staff, bare, **chosen(photo()))
    assert "The photo could not be kept" in errors_of(response)
    assert form_data(response.content, "treatment_form")["photo_set-0-alt_en"] == ALT["en"]


def test_the_sweep_has_nothing_to_do_before_the_first_photo(db):
    assert storage.delete_unused(now=NOW) == []


def test_the_pictures_of_a_deleted_treatment_go_with_the_next_sweep(iontophoresis, media):
    with_a_photo(iontophoresis)
    save_snapshot(iontophoresis, now=timezone.now())
    Publication.objects.all().delete()
    Treatment.objects.get(pk=iontophoresis.pk).delete()
    storage.delete_unused(now=timezone.now() + timedelta(days=2))
    assert not list(media.iterdir())
