"""Body areas: pages show the names that they were published with, whatever becomes of the rows."""

import json
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from treatments.document.content import in_language
from treatments.document.json_form import load_stored, parse
from treatments.document.rows import from_rows, to_rows
from treatments.language.text import format_json
from treatments.models import LANGUAGES, BodyArea, Publication, Review, Snapshot, Treatment, Waiver
from treatments.publishing.preflight import check_draft
from treatments.publishing.snapshots import newest_snapshot, restore, save_snapshot
from treatments.staff.publication import language_statuses

from ..admin_forms import form_data
from ..conftest import NOW, ROOT
from ..migrations import migration
from ..pages import soup, words
from ..publishing.reading import publish_as_read


def address(action: str, area: BodyArea) -> str:
    return reverse(f"admin:treatments_bodyarea_{action}", args=[area.pk])


def shown(client, language: str = "en", slug: str = "iontophoresis") -> str:
    return words(soup(client.get(f"/{language}/treatments/{slug}/")).find(id="what_it_is"))


@pytest.fixture
def underarms(site) -> BodyArea:
    return BodyArea.objects.get(key="underarms")


# --- A new name -----------------------------------------------------------------------------------


def rename(staff, area: BodyArea, **changes):
    page = staff.get(address("change", area))
    data = form_data(page.content, "bodyarea_form") | changes
    return staff.post(address("change", area), data, follow=True)


def test_a_new_name_is_on_a_page_once_it_is_published_again(staff, iontophoresis, underarms):
    assert "Hands, Feet, Underarms" in shown(staff)
    assert "হাত, পায়ের পাতা, বগল" in shown(staff, "bn")
    answer = rename(staff, underarms, name_en="Armpits", name_bn="বগলের নিচ")
    said = words(soup(answer))
    assert "until you publish them again: Iontophoresis for sweating (in the clinic)." in said
    assert "Armpits" not in shown(staff)
    assert [state.draft_differs for state in _states(iontophoresis)] == [True, True]

    publish_as_read(newest_snapshot(iontophoresis), ["en"], now=timezone.now())
    assert "Hands, Feet, Armpits" in shown(staff)
    assert "বগলের নিচ" not in shown(staff, "bn")


def _states(treatment):
    return language_statuses(treatment, newest_snapshot(treatment))


def test_a_new_name_in_one_language_changes_no_word_of_the_other(staff, iontophoresis, underarms):
    rename(staff, underarms, name_en="Armpits")
    assert [state.draft_differs for state in _states(iontophoresis)] == [True, False]


def test_a_review_of_one_name_is_none_of_another(staff, iontophoresis, underarms):
    before = in_language(load_stored(newest_snapshot(iontophoresis).document), "en")
    rename(staff, underarms, name_en="Armpits")
    after = in_language(load_stored(newest_snapshot(iontophoresis).document), "en")
    assert before.medical_digest != after.medical_digest


def test_the_order_of_the_areas_is_published_too_and_changes_no_words(staff, site, underarms):
    before = in_language(from_rows(site[0]), "en")
    rename(staff, underarms, position="0")
    assert "Hands, Feet, Underarms" in shown(staff)
    after = in_language(from_rows(site[0]), "en")
    assert list(after.body_areas.values()) == ["Underarms", "Hands", "Feet"]
    assert after.digest == before.digest


def test_the_history_shows_the_names_of_its_time(staff, iontophoresis, underarms):
    first = newest_snapshot(iontophoresis)
    rename(staff, underarms, name_en="Armpits")
    second = newest_snapshot(iontophoresis)
    old = reverse("admin:treatments_treatment_version", args=[iontophoresis.pk, first.pk, "en"])
    assert "Hands, Feet, Underarms" in words(soup(staff.get(old)))
    compare = reverse("admin:treatments_treatment_compare", args=[iontophoresis.pk])
    page = staff.get(compare, {"old": first.pk, "new": second.pk})
    assert "Armpits" in words(soup(page))


# --- The key --------------------------------------------------------------------------------------


def test_the_key_is_fixed_once_a_draft_or_an_old_version_names_it(staff, iontophoresis, underarms):
    iontophoresis.body_areas.remove(underarms)
    save_snapshot(iontophoresis, now=NOW + timedelta(hours=1))
    page = staff.get(address("change", underarms)).content
    assert "key" not in form_data(page, "bodyarea_form")
    underarms.key = "armpits"
    with pytest.raises(ValidationError):
        underarms.save()
    assert BodyArea.objects.get(pk=underarms.pk).key == "underarms"


def test_the_key_of_what_nothing_names_can_be_put_right(staff, site):
    area = BodyArea.objects.create(key="fase", name_en="Face", name_bn="মুখ")
    rename(staff, area, key="face")
    assert BodyArea.objects.get(pk=area.pk).key == "face"


# --- Deleting -------------------------------------------------------------------------------------


def only_a_draft(iontophoresis, area):
    Snapshot.objects.filter(treatment=iontophoresis).delete()


def only_an_old_version(iontophoresis, area):
    Publication.objects.all().delete()
    iontophoresis.body_areas.remove(area)
    save_snapshot(iontophoresis, now=NOW + timedelta(hours=1))


def only_a_publication(iontophoresis, area):
    iontophoresis.body_areas.remove(area)


@pytest.mark.parametrize("named_by", [only_a_draft, only_an_old_version, only_a_publication])
def test_what_a_treatment_names_is_not_deleted(staff, iontophoresis, underarms, named_by):
    named_by(iontophoresis, underarms)
    for answer in (
        staff.get(address("delete", underarms), follow=True),
        staff.post(address("delete", underarms), {"post": "yes"}, follow=True),
        _delete_in_bulk(staff, underarms),
    ):
        said = words(soup(answer))
        assert "“Underarms” cannot be deleted" in said
        assert said.count("Iontophoresis for sweating (in the clinic)") == 1
    for delete in (underarms.delete, BodyArea.objects.filter(key="underarms").delete):
        with pytest.raises(ProtectedError), transaction.atomic():
            delete()
    assert BodyArea.objects.filter(key="underarms").exists()


def _delete_in_bulk(staff, *areas: BodyArea):
    page = staff.get(reverse("admin:treatments_bodyarea_changelist"))
    data = form_data(page.content, "changelist-form")
    data |= {"action": "delete_selected", "_selected_action": [area.pk for area in areas]}
    return staff.post(page.wsgi_request.path, data, follow=True)


def test_of_several_none_is_deleted_where_one_is_named(staff, underarms):
    face = BodyArea.objects.create(key="face", name_en="Face", name_bn="মুখ")
    assert "Nothing was deleted" in words(soup(_delete_in_bulk(staff, face, underarms)))
    assert BodyArea.objects.filter(key="face").exists()


def test_what_nothing_names_is_deleted(staff, site):
    for key in ("face", "neck"):
        BodyArea.objects.create(key=key, name_en=key, name_bn="মুখ")
    face, neck = BodyArea.objects.filter(key__in=["face", "neck"])
    staff.post(address("delete", face), {"post": "yes"})
    asked = _delete_in_bulk(staff, neck)
    form = soup(asked).find("form", method="post", id=None)
    sent = [
        (field["name"], field.get("value"))
        for field in form.find_all("input", attrs={"name": True})
    ]
    staff.post(asked.wsgi_request.path, dict(sent))
    assert not BodyArea.objects.filter(key__in=["face", "neck"]).exists()


def test_a_key_within_another_ones_is_not_taken_for_it(site):
    arms = BodyArea.objects.create(key="arms", name_en="Arms", name_bn="বাহু")
    benefit = site[0].benefit_set.first()
    benefit.text_en = '{"key": "arms", "name"}'
    benefit.save()
    save_snapshot(site[0], now=NOW + timedelta(hours=1))
    assert not arms.named_by().exists()


# --- Documents from before names stood in them ------------------------------------------------------


@pytest.fixture
def before() -> dict:
    """A snapshot of schema 2 with its review and waiver, as the program of then had kept them."""
    return json.loads((ROOT / "tests" / "data" / "schema_2.json").read_text("utf-8"))


def test_a_document_of_then_has_the_digests_of_then(before):
    document = parse(format_json(before["document"]))
    assert document == load_stored(format_json(before["document"]))
    for code in LANGUAGES:
        assert in_language(document, code).digest == before["snapshot"][f"digest_{code}"]
        assert in_language(document, code).medical_digest == before["snapshot"][f"medical_{code}"]


def test_after_the_upgrade_every_review_waiver_and_publication_holds(client, site, before):
    treatment = _kept_then(before)
    migration("area_names").name_areas(apps, None)

    snapshot = newest_snapshot(treatment)
    assert "Hands, Feet" in shown(client, "en", treatment.slug)
    assert "হাত, পায়ের পাতা" in shown(client, "bn", treatment.slug)
    for code in LANGUAGES:
        page = words(soup(client.get(f"/{code}/treatments/{treatment.slug}/")))
        assert "Reviewer" in page
        edition = in_language(load_stored(snapshot.document), code)
        assert getattr(snapshot, f"digest_{code}") == edition.digest
    assert not any(state.draft_differs for state in _states(treatment))
    assert [waiver.check_id for waiver in check_draft(snapshot).waivers.values()] == ["numbers"]

    # The same words, saved and published again, are the same words still.
    assert restore(snapshot, now=NOW + timedelta(hours=5)) is None
    treatment = Treatment.objects.get(pk=treatment.pk)
    treatment.benefit_set.update(to_confirm=True)
    again = save_snapshot(treatment, now=NOW + timedelta(hours=6))
    assert again.medical_en == snapshot.medical_en
    (published, _bangla) = publish_as_read(again, LANGUAGES, now=timezone.now())
    assert published.review.reviewer == "A. Reviewer"


def _kept_then(before: dict) -> Treatment:
    treatment = Treatment.objects.get(slug="iontophoresis-at-home")
    treatment.publications.all().delete()
    treatment.snapshots.all().delete()
    snapshot = Snapshot.objects.create(
        treatment=treatment,
        document=format_json(before["document"]),
        saved_at=NOW,
        **before["snapshot"],
    )
    document = parse(snapshot.document)
    to_rows(document, treatment)
    Waiver.objects.create(
        treatment=treatment, finding="…", reason="…", waived_at=NOW, **before["waiver"]
    )
    for code in LANGUAGES:
        review = Review.objects.create(
            treatment=treatment,
            snapshot=snapshot,
            language=code,
            digest=before["reviews"][code],
            reviewer="A. Reviewer",
            qualification="Dermatologist",
            reviewed_on=date(2026, 3, 1),
            next_due=date(2027, 3, 1),
            recorded_at=NOW,
        )
        Publication.objects.create(
            treatment=treatment,
            snapshot=snapshot,
            language=code,
            title=document.prose[code]["title"],
            summary=document.prose[code]["summary"],
            review=review,
            live_from=NOW,
        )
    return treatment


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ({"name_en": "hands"}, "Another body area has this name."),
        ({"name_bn": "হাত"}, "Another body area has this name."),
        ({"name_bn": "Feet"}, "in the letters of its own language"),
        ({"name_en": "পা"}, "in the letters of its own language"),
        ({"name_bn": "पैर"}, "in the letters of its own language"),
        ({"name_en": "F\u0435et"}, "in the letters of its own language"),
    ],
)
def test_a_name_that_would_mislead_is_refused_in_words(staff, site, names, told):
    feet = BodyArea.objects.get(key="feet")
    address = reverse("admin:treatments_bodyarea_change", args=[feet.pk])
    data = form_data(staff.get(address).content, "bodyarea_form") | names
    assert told in words(soup(staff.post(address, data)))
    assert BodyArea.objects.get(pk=feet.pk).name_en == feet.name_en
