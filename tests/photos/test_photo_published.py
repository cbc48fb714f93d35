"""A photo is published with its page, and comes back with an older version of it."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from treatments.document.content import SCHEMA, in_language
from treatments.document.json_form import parse
from treatments.language.text import format_json
from treatments.models import LANGUAGES, LoadedContent, Picture, Snapshot, Treatment
from treatments.photos import storage
from treatments.publishing import fixtures
from treatments.publishing.publish import Refused
from treatments.publishing.snapshots import newest_snapshot, restore, save_snapshot

from ..admin_forms import page_of
from ..conftest import NOW
from ..migrations import migration
from ..older_form import as_in_schema_4
from ..pages import soup
from ..publishing.reading import publish_as_read
from ..sheet import TextForm
from .uploading import CAPTION, PAGE, file_of, with_a_photo

# --- Publishing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_photo_is_published_only_with_words_for_who_cannot_see_it(iontophoresis, language):
    row = with_a_photo(iontophoresis)
    setattr(row, f"alt_{language}", "")
    row.save()
    snapshot = save_snapshot(iontophoresis, now=timezone.now())
    with pytest.raises(Refused) as refusal:
        publish_as_read(snapshot, LANGUAGES, now=timezone.now())
    assert {(each.section, each.item, each.field) for each in refusal.value.blocking} == {
        ("photos", row.uid, "alt")
    }


def test_words_below_a_photo_may_be_left_out_of_both_languages_but_not_of_one(iontophoresis):
    row = with_a_photo(iontophoresis)
    publish_as_read(save_snapshot(iontophoresis, now=timezone.now()), LANGUAGES, now=timezone.now())
    row.caption_en = CAPTION["en"]
    row.save()
    with pytest.raises(Refused):
        publish_as_read(
            save_snapshot(iontophoresis, now=timezone.now()), LANGUAGES, now=timezone.now()
        )


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
    call_command("load_content", moved_here(iontophoresis, tmp_path), "--drafts", verbosity=0)
    treatment = Treatment.objects.get(slug="iontophoresis")
    publish_as_read(newest_snapshot(treatment), LANGUAGES, now=timezone.now())
    assert soup(Client().get(PAGE)).select_one("#photos img")["src"] == file_of(name, 960)
    assert Client().get(file_of(name, 960)).status_code == 200


# --- Documents from before there were photos ------------------------------------------------------


def as_in_schema_1(document: str) -> str:
    plain = as_in_schema_4(json.loads(document)) | {"schema": 1}
    del plain["sections"]["photos"], plain["sections"]["answers"]
    plain["body_areas"] = [area["key"] for area in plain["body_areas"]]
    return format_json(plain)


@pytest.fixture
def old(iontophoresis):
    """A treatment that was saved and published by the program of that time, and updated since."""
    iontophoresis.answer_set.all().delete()
    for snapshot in Snapshot.objects.all():
        Snapshot.objects.filter(pk=snapshot.pk).update(document=as_in_schema_1(snapshot.document))
    migration("area_names").name_areas(apps, connection.schema_editor())
    return iontophoresis


def test_an_old_document_reads_as_one_without_photos(old):
    document = parse(newest_snapshot(old).document)
    assert document.items("photos") == ()
    assert parse(document.json) == document
    assert json.loads(document.json)["schema"] == SCHEMA


def test_an_old_publication_is_still_live_and_its_reviews_hold(old):
    assert Client().get(PAGE).status_code == 200
    snapshot = newest_snapshot(old)
    for code in LANGUAGES:
        edition = in_language(parse(snapshot.document), code)
        assert edition.medical_digest == getattr(snapshot, f"medical_{code}")


def test_saving_an_old_treatment_untouched_keeps_no_new_version(staff, old):
    assert save_snapshot(old, now=NOW) is None
    for link in soup(staff.get(page_of(old))).select(".text a.edit")[::9]:
        TextForm(staff, staff.get(link["href"])).save()
    assert old.snapshots.count() == 1


def test_an_old_version_is_restored(old):
    snapshot = newest_snapshot(old)
    with_a_photo(old)
    save_snapshot(old, now=timezone.now())
    assert restore(snapshot, now=timezone.now())
    assert not old.photo_set.exists()
