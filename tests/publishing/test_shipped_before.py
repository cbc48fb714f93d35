"""Databases of before shipped words were kept."""

import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from treatments.document.json_form import load_stored, parse
from treatments.models import OldAddress, ShippedWords, Snapshot, Treatment
from treatments.publishing import slugs
from treatments.publishing.snapshots import save_snapshot

from ..conftest import FIXTURES
from ..migrations import migration
from ..older_form import as_in_schema_4
from .releases import OURS, SLUG, clinic_says, in_rows

SHIPPED_WORDS = migration("shipped_words")


@pytest.fixture
def before(site):
    """A database that knows nothing yet of shipped words; with the clinic's own changes."""
    ShippedWords.objects.all().delete()
    clinic_says(site[0], "benefits", 0, **in_rows(OURS))
    return site


def filled() -> dict[str, tuple[str, str]]:
    SHIPPED_WORDS.fill(apps, None)
    return {
        row.name: (row.treatment.slug, row.document)
        for row in ShippedWords.objects.select_related("treatment")
    }


def test_the_first_version_is_what_was_shipped(before):
    found = filled()
    assert set(found) == {treatment.slug for treatment in before}
    for treatment in before:
        slug, document = found[treatment.slug]
        assert slug == treatment.slug
        shipped_then = parse((FIXTURES / f"{slug}.json").read_text("utf-8"))
        assert load_stored(document) == shipped_then
    call_command("load_content", stdout=StringIO())
    assert not ShippedWords.objects.exclude(offered="").exists()


def test_an_old_document_is_read_in_todays_form(before):
    first = before[0].snapshots.last()
    plain = as_in_schema_4(json.loads(first.document)) | {"schema": 2}
    plain["body_areas"] = [area["key"] for area in plain["body_areas"]]
    Snapshot.objects.filter(pk=first.pk).update(document=json.dumps(plain))
    assert parse(filled()[before[0].slug][1])
    call_command("load_content", stdout=StringIO())
    assert not ShippedWords.objects.exclude(offered="").exists()


def test_a_treatment_is_found_by_the_address_that_it_had(before):
    slugs.change_slug(before[0], "sweating-hands", now=timezone.now())
    assert filled()[SLUG][0] == "sweating-hands"


def test_a_draft_whose_address_was_changed_without_a_trace_is_found_if_it_is_the_only_one(before):
    OldAddress.objects.all().delete()
    Treatment.objects.filter(slug=SLUG).update(slug="sweating-hands")
    assert filled()[SLUG][0] == "sweating-hands"


def test_of_two_such_drafts_nothing_is_guessed(before):
    for number, treatment in enumerate(before[:2]):
        Treatment.objects.filter(pk=treatment.pk).update(slug=f"other-{number}")
    assert set(filled()) == {before[2].slug}


def test_a_page_that_somebody_wrote_at_the_address_of_a_deleted_one_is_its_own(before, nurse):
    Treatment.objects.filter(slug=SLUG).delete()
    own = Treatment.objects.create(slug=SLUG)
    save_snapshot(own, now=timezone.now(), by=nurse)
    assert SLUG not in filled()


def test_what_somebody_saved_at_that_very_moment_was_not_loaded(before, nurse):
    Snapshot.objects.filter(pk=before[0].snapshots.last().pk).update(saved_by=nurse)
    assert SLUG not in filled()


def test_where_nobody_can_say_who_wrote_the_first_version_there_is_no_base(before):
    Snapshot.objects.filter(pk=before[0].snapshots.last().pk).update(saved_at=timezone.now())
    assert filled()[SLUG] == (SLUG, "")


def test_two_names_that_lead_to_one_treatment_stop_no_update(before):
    Treatment.objects.filter(slug="iontophoresis-at-home").delete()
    slugs.change_slug(before[0], "iontophoresis-at-home", now=timezone.now())
    assert set(filled()) == {"iontophoresis-for-medicine"}


def test_the_migration_runs_on_a_database_with_content(transactional_db, site):
    ShippedWords.objects.all().delete()
    call_command("migrate", *SHIPPED_WORDS.Migration.dependencies[0], verbosity=0)
    call_command("migrate", "treatments", verbosity=0)
    assert {row.name for row in ShippedWords.objects.exclude(document="")} == {
        treatment.slug for treatment in site
    }
