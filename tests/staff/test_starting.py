"""Starting a page: empty, or as a copy of another treatment's."""

import pytest
from django.test import Client
from django.urls import reverse

from treatments.document.rows import from_rows
from treatments.models import Treatment
from treatments.publishing.snapshots import newest_snapshot

from ..admin_forms import form_data
from ..pages import soup, words

ADD = "/admin/treatments/treatment/add/"


def start(client, **typed):
    """Fills in the page that asks how to begin, and sends it."""
    fields = form_data(client.get(ADD).content, "start")
    assert {*typed} <= {*fields}
    return client.post(ADD, fields | typed)


def test_a_new_page_is_a_draft_and_leads_to_where_it_is_written(staff, site):
    answer = start(staff, title_en="Cryotherapy for warts", title_bn="আঁচিলের ক্রায়োথেরাপি")
    treatment = Treatment.objects.get(slug="cryotherapy-for-warts")
    page = reverse("admin:treatments_treatment_change", args=[treatment.pk])
    assert answer.status_code == 302 and answer["Location"] == page
    shown = words(soup(staff.get(page)))
    assert "Cryotherapy for warts" in shown and "আঁচিলের ক্রায়োথেরাপি" in shown
    assert Client().get("/en/treatments/cryotherapy-for-warts/").status_code == 404


def test_an_empty_page_says_from_the_beginning_what_it_needs(staff, site):
    start(staff, title_en="Cryotherapy", title_bn="ক্রায়োথেরাপি")
    treatment = Treatment.objects.get(slug="cryotherapy")
    page = soup(staff.get(reverse("admin:treatments_treatment_change", args=[treatment.pk])))
    needs = words(page.find(id="needs"))
    assert "Who must not have it" in needs and "Danger signs" in needs


def test_one_language_can_be_begun_before_the_other(staff, site):
    start(staff, title_bn="লেজার", slug="laser")
    document = from_rows(Treatment.objects.get(slug="laser"))
    assert document.prose["en"] is None
    assert document.prose["bn"]["title"] == "লেজার"


def test_a_copy_has_all_texts_and_none_is_confirmed(staff, iontophoresis):
    start(staff, way="copy", source=str(iontophoresis.pk), title_en="Laser", title_bn="লেজার")
    copy = Treatment.objects.get(slug="laser")
    ours, theirs = from_rows(copy), from_rows(iontophoresis)
    assert ours.sections == theirs.sections and ours.plan == theirs.plan
    assert ours.prose["en"] == {**theirs.prose["en"], "title": "Laser"}
    assert newest_snapshot(copy).unconfirmed > 20
    assert newest_snapshot(iontophoresis).unconfirmed == 0


def test_two_pages_of_one_name_have_two_addresses(staff, site):
    start(staff, title_en="Laser")
    start(staff, title_en="Laser")
    assert Treatment.objects.filter(slug__in=["laser", "laser-2"]).count() == 2


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({}, "title_en", "what the treatment is called"),
        ({"title_en": "x" * 121}, "title_en", "too long"),
        ({"title_bn": "লেজার"}, "slug", "small English letters"),
        ({"title_en": "Laser", "way": "copy"}, "source", "Choose the treatment"),
        *(
            ({"title_en": "Laser", "slug": slug}, "slug", "")
            for slug in ("Skin Care", "ত্বক", "-a", "a--b", "a/b", "iontophoresis")
        ),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_begins_nothing(staff, site, typed, field, said):
    before = Treatment.objects.count()
    page = soup(start(staff, **typed))
    (error,) = page.select(".errorlist")
    assert error.find_next(attrs={"name": field}) and said in words(error)
    for name in {*typed} - {"way", "source"}:
        assert page.find(attrs={"name": name})["value"] == typed[name]
    assert Treatment.objects.count() == before
